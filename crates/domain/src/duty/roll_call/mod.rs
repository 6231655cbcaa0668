//! Roll-calls (查岗) at duty rooms: asked at moments nobody can foresee, answered at the room's own seat, judged by the server's clock.
//!
//! [`schedule`] draws the moments from a seed to which the platform committed beforehand, so that neither the guards nor whoever runs the
//! platform can know, choose or leave out one unnoticed; [`code`] is what the seat shows and the room's camera has to see. The states are
//! those of this file. A roll-call at a transmission device by GB/T 26875.3 is another thing, `facility::roll_call`: a key is pressed there,
//! and no room, person or code is known.

pub mod code;
pub mod draw;
pub mod exemption;
pub mod schedule;
pub mod unproved;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::alarm::AlarmCode;
use crate::facility::roll_call::is_late;
use crate::ids::{DutyRoomId, StaffId};
use crate::recording::Span;
use crate::words::words;

/// Where a roll-call stands (§5.4 of the domain notes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollCallState {
    /// 待应答
    Waiting,
    /// 按时应答
    Answered,
    /// 迟答
    Late,
    /// 未应答
    Absent,
    /// 免查（计划内）
    Exempt,
}

words! { RollCallState:
    Waiting = "waiting", "待应答", "Waiting";
    Answered = "answered", "按时应答", "Answered in time";
    Late = "late", "迟答", "Answered late";
    Absent = "absent", "未应答", "Not answered";
    Exempt = "exempt", "免查（计划内）", "Exempt (planned)";
}

/// What happens to a roll-call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollCallEvent {
    /// A valid answer was received by the deadline.
    AnsweredInTime,
    /// A valid answer was received after it.
    AnsweredLate,
    /// The deadline is over.
    DeadlineOver,
}

/// Every event.
pub const ROLL_CALL_EVENTS: [RollCallEvent; 3] =
    [RollCallEvent::AnsweredInTime, RollCallEvent::AnsweredLate, RollCallEvent::DeadlineOver];

/// Why a roll-call was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollCallOrigin {
    /// Drawn in the schedule of the day.
    Scheduled,
    /// A regulator asks one, several or all rooms now.
    Regulator,
    /// The room's camera saw nobody.
    Absence,
    /// The one before was not answered in time.
    Again,
}

words! { RollCallOrigin:
    Scheduled = "scheduled", "计划抽查", "Drawn by lot";
    Regulator = "regulator", "监管查岗", "Asked by a regulator";
    Absence = "absence", "离岗触发", "The room looked empty";
    Again = "again", "未通过后复查", "Asked again after a failure";
}

/// Longest planned exemption. Longer ones are a matter of the contract, not of roll-calls.
pub const EXEMPTION_MAX: SignedDuration = SignedDuration::from_hours(4);

/// A roll-call as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollCall {
    /// Which room is asked.
    pub room_id: DutyRoomId,
    /// When the server asked.
    pub asked_at: Timestamp,
    /// Until when an answer is in time.
    pub deadline_at: Timestamp,
    /// Where it stands.
    pub state: RollCallState,
    /// Milliseconds from asking to the answer; none while there is none.
    pub answered_after_ms: Option<u32>,
}

/// An answer as it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollCallAnswer {
    /// The room to which the seat's key is bound; not what the seat says of itself.
    pub seat_room_id: DutyRoomId,
    /// Who answered, proved by log-in or PIN.
    pub guard_id: StaffId,
    /// Whether the code typed or read back is that of the room at that time.
    pub code_is_right: bool,
    /// When the server received it. This decides.
    pub received_at: Timestamp,
    /// When the device says that the key was pressed, of a seat that was cut off and sends what it queued. Kept as a note and never judged
    /// by: who owns the device sets its clock.
    pub device_at: Option<Timestamp>,
}

/// Why an answer is refused; the roll-call stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AnswerRefusal {
    /// Answered, ended or exempt already.
    #[error("a roll-call that is {} takes no answer", .0.as_str())]
    NotNow(RollCallState),
    /// From another room's seat.
    #[error("this seat does not belong to the room that was asked")]
    OtherRoom,
    /// The person is not on the roster of this room at this time.
    #[error("this guard is not on duty in the room now")]
    NotOnRoster,
    /// Another code, or an old one.
    #[error("this is not the code of the room")]
    WrongCode,
    /// Received before it was asked.
    #[error("the answer was received before the question")]
    BeforeAsked,
    /// More than an hour after the deadline.
    #[error("the answer is too late to belong to this roll-call")]
    TooLate,
}

/// A planned time in which a room is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exemption {
    /// Which room.
    pub room_id: DutyRoomId,
    /// When it is not asked.
    pub span: Span,
    /// When a regulator approved it.
    pub approved_at: Timestamp,
}

impl Exemption {
    /// Whether it holds at all: approved before it begins, and not longer than [`EXEMPTION_MAX`]. Nothing is exempted afterwards.
    pub fn is_planned(&self) -> bool {
        self.approved_at < self.span.start
            && self.span.length_us() <= EXEMPTION_MAX.as_micros() as i64
            && !self.span.is_empty()
    }
}

impl RollCall {
    /// Asks a room now. A deadline of zero minutes is none and becomes one minute.
    pub fn ask(room_id: DutyRoomId, asked_at: Timestamp, minutes: u8, exemptions: &[Exemption]) -> Self {
        let deadline = SignedDuration::from_mins(i64::from(minutes.max(1)));
        let covers = |exemption: &Exemption| {
            exemption.room_id == room_id
                && exemption.is_planned()
                && (exemption.span.start..exemption.span.end).contains(&asked_at)
        };
        let is_exempt = exemptions.iter().any(covers);
        Self {
            room_id,
            asked_at,
            deadline_at: asked_at.saturating_add(deadline).unwrap_or(asked_at),
            state: if is_exempt { RollCallState::Exempt } else { RollCallState::Waiting },
            answered_after_ms: None,
        }
    }

    /// The roll-call after an answer by somebody who is (or is not) on the roster of the room at the moment of receipt; or why it is none.
    pub fn answered(&self, answer: &RollCallAnswer, is_on_roster: bool) -> Result<Self, AnswerRefusal> {
        if answer.seat_room_id != self.room_id {
            return Err(AnswerRefusal::OtherRoom);
        }
        if !is_on_roster {
            return Err(AnswerRefusal::NotOnRoster);
        }
        if answer.received_at < self.asked_at {
            return Err(AnswerRefusal::BeforeAsked);
        }
        let event = timing(self.deadline_at, answer.received_at).ok_or(AnswerRefusal::TooLate)?;
        let state = next_state(self.state, event).ok_or(AnswerRefusal::NotNow(self.state))?;
        if !answer.code_is_right {
            return Err(AnswerRefusal::WrongCode);
        }
        let after_ms = answer.received_at.duration_since(self.asked_at).as_millis();
        Ok(Self { state, answered_after_ms: Some(u32::try_from(after_ms).unwrap_or(u32::MAX)), ..*self })
    }

    /// The roll-call after the platform had not been running: one that still waits gets its whole time anew, because nobody could answer it.
    #[must_use]
    pub fn held_up(&self, now: Timestamp, minutes: u8) -> Self {
        let anew = Self::ask(self.room_id, now, minutes, &[]).deadline_at;
        let is_waiting = self.state == RollCallState::Waiting;
        Self { deadline_at: if is_waiting { anew.max(self.deadline_at) } else { self.deadline_at }, ..*self }
    }

    /// The roll-call at `now`: unanswered once the deadline is over.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Self {
        let is_over = now > self.deadline_at;
        let after = is_over.then(|| next_state(self.state, RollCallEvent::DeadlineOver)).flatten();
        Self { state: after.unwrap_or(self.state), ..*self }
    }
}

impl RollCallState {
    /// The alarm that this state is.
    pub fn alarm(self) -> Option<AlarmCode> {
        match self {
            Self::Absent => Some(AlarmCode::D06),
            Self::Late => Some(AlarmCode::D07),
            Self::Waiting | Self::Answered | Self::Exempt => None,
        }
    }

    /// Whether it counts in the share of roll-calls answered in time: asked, and decided.
    pub fn counts(self) -> bool {
        matches!(self, Self::Answered | Self::Late | Self::Absent)
    }
}

/// The state after an event; none where the state does not know it.
pub fn next_state(state: RollCallState, event: RollCallEvent) -> Option<RollCallState> {
    use RollCallEvent as E;
    use RollCallState as S;
    Some(match (state, event) {
        // Received in time and worked on after the deadline was noted: the moment of receipt decides.
        (S::Waiting | S::Absent, E::AnsweredInTime) => S::Answered,
        (S::Waiting | S::Absent, E::AnsweredLate) => S::Late,
        (S::Waiting, E::DeadlineOver) => S::Absent,
        _ => return None,
    })
}

/// What the moment of receipt makes of an answer; none where it belongs to no roll-call any more.
pub fn timing(deadline_at: Timestamp, received_at: Timestamp) -> Option<RollCallEvent> {
    let is_late = is_late(deadline_at, received_at)?;
    Some(if is_late { RollCallEvent::AnsweredLate } else { RollCallEvent::AnsweredInTime })
}

#[cfg(test)]
#[path = "roll_call_tests.rs"]
mod tests;
