//! Answering: the room's own seat, a guard on its roster now, the code that the seat shows now. The server's clock decides what is late.

use domain::access::Access;
use domain::duty::roll_call::code::{SKEW_S, step_at};
use domain::duty::roll_call::{AnswerRefusal, RollCallAnswer, RollCallState};
use domain::duty::seat::SeatActKind;
use domain::ids::{DutyRollCallId, DutyRoomId, StaffId};
use domain::recording::Span;
use jiff::{SignedDuration, Timestamp};
use store::{DutyAnswer, DutyCallRow, FrameKind, Seat};

use super::call_object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// Failures of a room so long ago are another matter than those of now.
pub(super) const FOLLOWED_UP: SignedDuration = SignedDuration::from_hours(72);

/// An answer as a seat sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatAnswer {
    /// Which call.
    pub call_id: DutyRollCallId,
    /// The four digits that the seat shows.
    pub digits: String,
    /// When the key was pressed, of a seat that was cut off and sends what it queued.
    pub device_at: Option<Timestamp>,
}

/// What an answer became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// In time or late.
    pub state: RollCallState,
    /// Milliseconds from the question.
    pub after_ms: u32,
}

impl Platform {
    /// Takes the answer of a seat that was proved by its key, by whoever sits there.
    pub async fn answer_duty_call(
        &self,
        ask: &Ask,
        seat: &Seat,
        answer: SeatAnswer,
    ) -> Result<Answered, PlatformError> {
        let act = self.act_at(ask, seat, SeatActKind::RollCall).await?;
        let store = &self.inner.store;
        // The seat's key is the reach: a call of another room is refused as such.
        let row = store.duty_roll_call(&Access::PLATFORM, answer.call_id).await?;
        let judged = RollCallAnswer {
            seat_room_id: seat.room_id,
            guard_id: act.staff_id,
            code_is_right: self.is_code_of(seat.room_id, &answer, row.call.asked_at, ask.now).await?,
            received_at: ask.now,
            device_at: answer.device_at,
        };
        let is_on_roster = self.is_on_roster(seat.room_id, act.staff_id, ask.now).await?;
        let after = match row.call.answered(&judged, is_on_roster) {
            Ok(after) => after,
            Err(refusal) => {
                let why = Some(refusal.to_string());
                self.audit(ask, "duty_roll_call_answer", call_object(&row), "refused", why).await?;
                return Err(refused(refusal));
            }
        };
        let after_ms = after.answered_after_ms.unwrap_or_default();
        let written = DutyAnswer {
            states: (row.call.state, after.state),
            at: ask.now,
            after_ms,
            guard_id: act.staff_id,
            seat_id: seat.id,
            device_at: answer.device_at,
        };
        store.answer_duty_call(answer.call_id, &written).await?;
        store.note_seat_act(&act).await?;
        let detail = Some(format!("{} after {after_ms} ms", after.state.as_str()));
        self.audit(ask, "duty_roll_call_answer", call_object(&row), "ok", detail).await?;
        self.inner.events.publish(Event::RoomAnswered(seat.room_id));
        self.calls_changed();
        self.keep_pictures(row.id, seat.room_id, FrameKind::Answered, ask.now);
        self.end_alarms_of(&row, ask.now).await;
        Ok(Answered { state: after.state, after_ms })
    }

    /// Whether the digits are those of the room's code: now, or, of a seat that was cut off, when it says that the key was pressed. That moment
    /// lies between question and receipt, and decides about the code alone.
    async fn is_code_of(
        &self,
        room: DutyRoomId,
        answer: &SeatAnswer,
        asked_at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, PlatformError> {
        let shown_at = answer.device_at.filter(|at| (asked_at..=now).contains(at)).unwrap_or(now);
        let skew = SignedDuration::from_secs(SKEW_S);
        let first = step_at(shown_at.saturating_sub(skew).unwrap_or(shown_at));
        let last = step_at(shown_at.saturating_add(skew).unwrap_or(shown_at));
        let secret = self.room_secret(room).await?;
        let is_shown = |step| {
            let digits = secret.code(step).digits;
            digits.iter().map(|digit| char::from(b'0' + digit)).eq(answer.digits.chars())
        };
        Ok((first..=last).any(is_shown))
    }

    async fn is_on_roster(
        &self,
        room: DutyRoomId,
        guard: StaffId,
        now: Timestamp,
    ) -> Result<bool, PlatformError> {
        let moment = Span::new(now, now.saturating_add(SignedDuration::from_secs(1)).unwrap_or(now));
        let shifts = self.inner.store.shifts(&[room], moment).await?;
        Ok(shifts.iter().any(|shift| {
            shift.guard_id == guard
                && shift.room_id == room
                && (shift.span.start..shift.span.end).contains(&now)
        }))
    }

    /// Somebody is there: what was raised because nobody answered has lost its cause. A person still ends it.
    async fn end_alarms_of(&self, row: &DutyCallRow, now: Timestamp) {
        let since = now.saturating_sub(FOLLOWED_UP).unwrap_or(Timestamp::UNIX_EPOCH);
        match self.inner.store.unanswered_alarms(row.call.room_id, since).await {
            Ok(alarms) => {
                for alarm in alarms {
                    let note = "已有人应答查岗 Somebody answered a roll-call".to_owned();
                    if let Err(error) = self.note_cleared(alarm, Some(note)).await {
                        tracing::warn!(%alarm, %error, "answered roll-call not noted on its alarm");
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "alarms of a room that answers not found"),
        }
    }
}

fn refused(refusal: AnswerRefusal) -> PlatformError {
    use AnswerRefusal as R;
    let message = refusal.to_string();
    match refusal {
        R::OtherRoom => PlatformError::field("seat", "other_room", message),
        R::NotOnRoster => PlatformError::field("guard", "not_on_roster", message),
        R::WrongCode => PlatformError::field("digits", "wrong_code", message),
        R::TooLate => PlatformError::field("call", "too_late", message),
        R::NotNow(_) | R::BeforeAsked => PlatformError::Conflict(message),
    }
}
