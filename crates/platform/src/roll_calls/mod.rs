//! The desk of roll-calls of duty rooms (查岗): rooms are asked, by people, by a schedule that nobody can foresee, and again after a failure;
//! their seats hear of it at once, answer, and the room's camera is looked at for the code that the seat shows.
//!
//! The rules are the domain's (`domain::duty::roll_call`), what may follow what included. Here are the clock, the lot, the pictures and the
//! alarms. A transmission device's roll-calls are others, see `access::transmitters`.

mod answer;
mod ask;
mod clock;
mod days;
mod exemptions;
mod pictures;
mod seat;

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use domain::duty::roll_call::schedule::ScheduleRules;
use domain::ids::{DutyRollCallId, RollCallRoundId};
use domain::role::Capability;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{DutyCallFilter, DutyCallRow, FrameKind, Page, PageAsk, RollCallFrame, RoundFilter, RoundRow};
use tokio::time::MissedTickBehavior;
use tracing::warn;

use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

pub use answer::{Answered, SeatAnswer};
pub use ask::{ROOMS_MAX, RollCallWish};
pub use days::{DayCheck, Deviation};
pub use exemptions::{ExemptionDecision, ExemptionWish};
pub use seat::SEAT_WAIT_MAX;

/// How often the platform looks at the schedule and at deadlines.
const ROUND_PERIOD: Duration = Duration::from_secs(1);

/// How the desk behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollCallSettings {
    /// How often rooms are asked by the schedule.
    pub rules: ScheduleRules,
    /// Minutes to answer, where nobody says otherwise.
    pub minutes: u8,
    /// How long pictures stay.
    pub pictures_keep: SignedDuration,
    /// How long pictures stay of a call that was not answered in time, or whose code was an old or a wrong one.
    pub failed_pictures_keep: SignedDuration,
}

impl Default for RollCallSettings {
    fn default() -> Self {
        Self {
            rules: ScheduleRules::default(),
            minutes: 3,
            pictures_keep: SignedDuration::from_hours(90 * 24),
            failed_pictures_keep: SignedDuration::from_hours(3 * 365 * 24),
        }
    }
}

/// Old pictures are looked for so often.
const PICTURES_PERIOD: SignedDuration = SignedDuration::from_mins(1);

/// What the desk remembers.
#[derive(Default)]
pub(crate) struct Desk {
    /// The day's schedule and up to when it was asked.
    schedule: Mutex<Option<days::Running>>,
    /// Days that need no further look.
    days: Mutex<DaysDone>,
    /// When old pictures were last looked for.
    pictures: Mutex<Option<Timestamp>>,
    /// True where something changed since people were told.
    is_changed: AtomicBool,
    /// True once calls that a stop held up have their time anew.
    is_started: AtomicBool,
}

/// The last day that was committed to, and the one before which everything is published.
#[derive(Default)]
struct DaysDone {
    committed: Option<Date>,
    published: Option<Date>,
}

/// A roll-call with its pictures.
#[derive(Debug, Clone)]
pub struct RollCallDetail {
    /// As it stands.
    pub row: DutyCallRow,
    /// Which pictures there are.
    pub frames: Vec<RollCallFrame>,
}

/// Keeps schedule and deadlines until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut rounds = tokio::time::interval(ROUND_PERIOD);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = rounds.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        platform.keep_roll_calls(now).await;
    }
}

impl Platform {
    /// What the platform does about roll-calls by itself at `now`. A part that fails is told and tried again at the next look, and keeps none
    /// of the others from theirs.
    pub async fn keep_roll_calls(&self, now: Timestamp) {
        let parts = [
            ("calls held up", self.hold_up_calls(now).await),
            ("schedule committed", self.commit_to_tomorrow(now).await),
            ("schedule asked", self.ask_scheduled(now).await),
            ("rooms asked again", self.ask_again(now).await),
            ("deadlines settled", self.end_calls(now).await),
            ("failures raised", self.raise_failures(now).await),
            ("schedule published", self.reveal_days(now).await),
            ("old pictures dropped", self.drop_pictures(now).await),
        ];
        for (part, done) in parts {
            if let Err(error) = done {
                warn!(part, %error, "roll-calls not kept");
            }
        }
        self.tell_of_calls();
    }

    /// Rounds with rooms in reach, last asked first.
    pub async fn roll_call_rounds(
        &self,
        ask: &Ask,
        filter: &RoundFilter,
        page: &PageAsk,
    ) -> Result<Page<RoundRow>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        Ok(self.inner.store.roll_call_rounds(&ask.access, filter, page).await?)
    }

    /// One round.
    pub async fn roll_call_round(&self, ask: &Ask, id: RollCallRoundId) -> Result<RoundRow, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        Ok(self.inner.store.roll_call_round(&ask.access, id).await?)
    }

    /// Roll-calls of rooms in reach, last asked first.
    pub async fn duty_roll_calls(
        &self,
        ask: &Ask,
        filter: &DutyCallFilter,
        page: &PageAsk,
    ) -> Result<Page<DutyCallRow>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        Ok(self.inner.store.list_duty_roll_calls(&ask.access, filter, page).await?)
    }

    /// One roll-call.
    pub async fn duty_roll_call(
        &self,
        ask: &Ask,
        id: DutyRollCallId,
    ) -> Result<RollCallDetail, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let row = self.inner.store.duty_roll_call(&ask.access, id).await?;
        let frames = self.inner.store.roll_call_frames(&ask.access, id).await?;
        Ok(RollCallDetail { row, frames })
    }

    /// A picture of a roll-call. Every look leaves a row.
    pub async fn roll_call_picture(
        &self,
        ask: &Ask,
        id: DutyRollCallId,
        kind: FrameKind,
    ) -> Result<(RollCallFrame, Vec<u8>), PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let row = self.inner.store.duty_roll_call(&ask.access, id).await?;
        let found = self.inner.store.roll_call_frame(&ask.access, id, kind).await?;
        self.audit_look(ask, "view_roll_call_picture", call_object(&row)).await?;
        Ok(found)
    }
}

fn call_object(row: &DutyCallRow) -> Object {
    Object {
        kind: "duty_roll_call",
        id: Some(row.id.to_string()),
        name: Some(row.room_name.clone()),
        unit_id: Some(row.unit_id),
    }
}
