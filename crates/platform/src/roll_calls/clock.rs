//! What time does to roll-calls: deadlines, the alarms that failures are, asking again, and calls that a stop of the platform held up.

use std::sync::atomic::Ordering;

use domain::access::Access;
use domain::alarm::{AlarmCode, Source};
use domain::duty::roll_call::{RollCallOrigin, RollCallState};
use domain::ids::{AlarmId, DutyRoomId, RollCallRoundId};
use futures::StreamExt as _;
use jiff::Timestamp;
use store::FailedCall;
use tracing::{info, warn};

use super::answer::FOLLOWED_UP;
use super::ask::{AskedRoom, Asking};
use crate::alarms::{Reported, matter_id};
use crate::{Ask, Platform, PlatformError};

/// Failures that one look makes alarms; the next look, a second later, makes the rest.
const FAILURES_MAX: u32 = 2_000;
/// Alarms that are raised at a time; the alarm desk commits together what comes together.
const RAISED_AT_ONCE: usize = 256;

impl Platform {
    /// Gives calls that waited when the platform stopped their whole time anew, once after a start: nobody could answer them meanwhile.
    pub(super) async fn hold_up_calls(&self, now: Timestamp) -> Result<(), PlatformError> {
        if self.inner.roll_calls.is_started.load(Ordering::Relaxed) {
            return Ok(());
        }
        let waiting = self.inner.store.waiting_duty_calls().await?;
        let held: Vec<_> =
            waiting.iter().map(|one| (one.id, one.call.held_up(now, one.minutes).deadline_at)).collect();
        if !held.is_empty() {
            self.inner.store.hold_up_duty_calls(&held, now).await?;
            info!(calls = held.len(), "roll-calls that waited have their time anew");
        }
        self.inner.roll_calls.is_started.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Writes down which calls were not answered.
    pub(super) async fn end_calls(&self, now: Timestamp) -> Result<(), PlatformError> {
        let ended = self.inner.store.end_duty_calls(now).await?;
        if ended > 0 {
            info!(ended, "roll-calls not answered");
            self.calls_changed();
        }
        Ok(())
    }

    /// Makes alarms of failed calls. A call names its alarm only once that is kept, so a crash in between raises it again, and the alarm desk
    /// knows it by its observation.
    pub(super) async fn raise_failures(&self, now: Timestamp) -> Result<(), PlatformError> {
        let failed = self.inner.store.failed_duty_calls(FAILURES_MAX).await?;
        if failed.is_empty() {
            return Ok(());
        }
        futures::stream::iter(failed)
            .for_each_concurrent(RAISED_AT_ONCE, |failure| async move {
                if let Err(error) = self.raise_failure(&failure, now).await {
                    warn!(roll_call = %failure.id, %error, "failed roll-call not raised");
                }
            })
            .await;
        self.calls_changed();
        Ok(())
    }

    async fn raise_failure(&self, failure: &FailedCall, now: Timestamp) -> Result<(), PlatformError> {
        let Some(code) = failure.call.state.alarm() else { return Ok(()) };
        let is_late = failure.call.state == RollCallState::Late;
        if !is_late && let Some(alarm) = self.open_alarm_of(failure.call.room_id, now).await? {
            // A room that stays silent is one matter, however often it is asked.
            return Ok(self.inner.store.note_duty_call_alarm(failure.id, is_late, alarm).await?);
        }
        let report = Reported {
            code,
            unit_id: failure.unit_id,
            camera_id: failure.camera_id,
            source: Source::Device,
            occurred_at: if code == AlarmCode::D07 { now } else { failure.call.deadline_at },
            note: Some(said(failure)),
            simulated: failure.synthetic,
            observation_id: matter_id(&format!("roll-call {} {}", failure.id, code.as_str())),
            detector: None,
        };
        let alarm = self.raise_reported(report, now).await?;
        Ok(self.inner.store.note_duty_call_alarm(failure.id, is_late, alarm).await?)
    }

    /// The open alarm of a room that did not answer before.
    async fn open_alarm_of(
        &self,
        room: DutyRoomId,
        now: Timestamp,
    ) -> Result<Option<AlarmId>, PlatformError> {
        let since = now.saturating_sub(FOLLOWED_UP).unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(self.inner.store.unanswered_alarms(room, since).await?.pop())
    }

    /// Asks a room at whose seat nobody has shown a sign of life, unless it is being asked already.
    pub(crate) async fn ask_silent_room(
        &self,
        room: DutyRoomId,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let asked = self.inner.store.seat_calls(room, now).await?;
        if asked.iter().any(|call| call.state == RollCallState::Waiting) {
            return Ok(());
        }
        let room = self.inner.store.duty_room(&Access::PLATFORM, room).await?;
        let asking = Asking {
            origin: RollCallOrigin::Absence,
            minutes: self.inner.settings.roll_calls.minutes,
            reason: None,
            of_rooms: 1,
            sample_seed: None,
            rooms: vec![AskedRoom {
                id: room.id,
                unit_id: room.unit_id,
                planned_at: None,
                previous_id: None,
            }],
        };
        let id = RollCallRoundId(self.inner.surroundings.id(now));
        self.ask_round(&Ask::platform(now), id, &asking).await
    }

    /// Asks rooms again that failed, each with the minutes that it had.
    pub(super) async fn ask_again(&self, now: Timestamp) -> Result<(), PlatformError> {
        let mut due = self.inner.store.duty_calls_to_repeat(now).await?;
        for one in due.extract_if(.., |one| one.is_closed) {
            self.inner.store.stop_asking_room(one.room_id).await?;
        }
        due.sort_unstable_by_key(|one| one.minutes);
        for some in due.chunk_by(|one, other| one.minutes == other.minutes) {
            let rooms = some.iter().map(|one| AskedRoom {
                id: one.room_id,
                unit_id: one.unit_id,
                planned_at: None,
                previous_id: Some(one.id),
            });
            let asking = Asking {
                origin: RollCallOrigin::Again,
                minutes: some[0].minutes,
                reason: None,
                of_rooms: some.len(),
                sample_seed: None,
                rooms: rooms.collect(),
            };
            let id = RollCallRoundId(self.inner.surroundings.id(now));
            self.ask_round(&Ask::platform(now), id, &asking).await?;
        }
        Ok(())
    }
}

/// What happened, in both languages.
fn said(failure: &FailedCall) -> String {
    let (room, origin) = (&failure.room_name, failure.origin);
    let (zh, en) = match failure.call.state {
        RollCallState::Late => ("查岗迟答", "Roll-call answered late"),
        _ => ("查岗未应答", "Roll-call not answered"),
    };
    format!("{room}：{zh}（{}） {en} ({})", origin.name_zh(), origin.name_en())
}
