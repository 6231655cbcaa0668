//! The life cycle of an alarm: one `match` over (state, event), and the conditions that rows and people must meet besides.
//!
//! Taking is owning: only the owner moves a taken alarm on, and an owner who stays silent loses it. Nothing here reads a clock or
//! writes a row; [`decide`] answers what would change.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::code::{AlarmCode, Level};
use super::reason::FalseAlarmReason;
use super::state::{AlarmEvent, AlarmState, Mark, Source};
use crate::ids::{AlarmId, CameraId, UnitId, UserId};

/// An alarm reopened within this span counts as 办结不实; later it cannot be reopened at all.
pub const REOPEN_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// T0 to T7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// T0: when it happened.
    pub occurred_at: Timestamp,
    /// T1: when it was committed and pushed.
    pub pushed_at: Timestamp,
    /// T2
    pub opened_at: Option<Timestamp>,
    /// T3
    pub taken_at: Option<Timestamp>,
    /// T4
    pub verified_at: Option<Timestamp>,
    /// T5
    pub arrived_at: Option<Timestamp>,
    /// T6
    pub handled_at: Option<Timestamp>,
    /// T7
    pub reviewed_at: Option<Timestamp>,
    /// Until when it rings nobody: the end of the planned silence it was raised in.
    pub quiet_until: Option<Timestamp>,
}

impl Times {
    /// The times of a new alarm.
    pub fn raised(occurred_at: Timestamp, pushed_at: Timestamp) -> Self {
        Self {
            occurred_at,
            pushed_at,
            opened_at: None,
            taken_at: None,
            verified_at: None,
            arrived_at: None,
            handled_at: None,
            reviewed_at: None,
            quiet_until: None,
        }
    }

    /// When it rings: pushed, or the end of the silence it was raised in. The clock of taking runs from then.
    pub fn rings_at(&self) -> Timestamp {
        self.quiet_until.map_or(self.pushed_at, |until| until.max(self.pushed_at))
    }
}

/// An alarm as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alarm {
    /// Own id.
    pub id: AlarmId,
    /// What it is about.
    pub code: AlarmCode,
    /// How urgent.
    pub level: Level,
    /// Where it stands.
    pub state: AlarmState,
    /// Side marks, each at most once.
    pub marks: Vec<Mark>,
    /// True for an announced drill.
    pub drill: bool,
    /// The unit it happened at.
    pub unit_id: UnitId,
    /// The camera, where one saw it.
    pub camera_id: Option<CameraId>,
    /// Origin.
    pub source: Source,
    /// Who owns it now.
    pub owner_id: Option<UserId>,
    /// Who handled it; the reviewer of a level-1 alarm must be somebody else.
    pub handler_id: Option<UserId>,
    /// Time line.
    pub times: Times,
    /// Why it was none.
    pub false_alarm_reason: Option<FalseAlarmReason>,
    /// True once a result picture is stored.
    pub has_result_picture: bool,
    /// Counts changes; a stale writer is refused.
    pub version: i64,
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The state does not know the event.
    #[error("an alarm in state {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(AlarmState, AlarmEvent),
    /// Somebody else owns it.
    #[error("another person owns this alarm; take it first")]
    NotOwner,
    /// A false alarm needs a reason.
    #[error("a false alarm needs a reason")]
    ReasonMissing,
    /// Levels 1 and 2 close only with a result picture.
    #[error("a level 1 or 2 alarm needs a result picture before it counts as handled")]
    PictureMissing,
    /// Level 1 closes only through a second person.
    #[error("a level 1 alarm is reviewed by somebody other than the one who handled it")]
    SecondPersonMissing,
    /// Too late to reopen.
    #[error("an alarm can be opened again within 24 hours; raise a new one")]
    TooLate,
}

/// What an accepted event changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// State after.
    pub to: AlarmState,
    /// Owner after.
    pub owner_id: Option<UserId>,
    /// Handler after.
    pub handler_id: Option<UserId>,
    /// Times after.
    pub times: Times,
    /// Mark to add.
    pub mark: Option<Mark>,
    /// Reason after.
    pub false_alarm_reason: Option<FalseAlarmReason>,
}

/// The state machine: the state after an event, or none where the state does not know it.
pub fn next_state(state: AlarmState, event: AlarmEvent) -> Option<AlarmState> {
    use AlarmEvent as E;
    use AlarmState as S;
    Some(match (state, event) {
        (S::Waiting, E::Take) => S::Taken,
        (S::Taken | S::Verifying, E::Release | E::SilenceTimeout)
        | (S::Closed | S::FalseAlarm, E::Reopen) => S::Waiting,
        (S::Taken, E::StartVerify) => S::Verifying,
        (S::Taken | S::Verifying, E::Confirm) => S::Confirmed,
        (S::Taken | S::Verifying, E::Reject) => S::FalseAlarm,
        (S::Taken | S::Verifying, E::MarkTest) => S::Test,
        (S::Waiting | S::Taken | S::Verifying, E::Merge) => S::Merged,
        (S::Confirmed | S::Handling, E::Arrive)
        | (S::Confirmed, E::StartHandling)
        | (S::InReview, E::Return) => S::Handling,
        (S::Handling, E::Handle) => S::InReview,
        (S::InReview, E::Approve) => S::Closed,
        (
            S::Waiting | S::Taken | S::Verifying | S::Confirmed | S::Handling | S::InReview,
            E::Open | E::Escalate | E::Clear,
        ) => state,
        _ => return None,
    })
}

/// Decides what `event` by `actor` (none: the platform) at `now` changes, or why it is refused.
pub fn decide(
    alarm: &Alarm,
    event: AlarmEvent,
    actor: Option<UserId>,
    reason: Option<FalseAlarmReason>,
    now: Timestamp,
) -> Result<Change, Refusal> {
    let to = next_state(alarm.state, event).ok_or(Refusal::NotNow(alarm.state, event))?;
    check(alarm, event, actor, reason, now)?;
    Ok(change(alarm, to, event, actor, reason, now))
}

/// What changes when people of the unit arrive who do not own the alarm (T5): the owner keeps it. None where that is no news.
pub fn arrive(alarm: &Alarm, now: Timestamp) -> Option<Change> {
    let to = next_state(alarm.state, AlarmEvent::Arrive).filter(|_| alarm.times.arrived_at.is_none())?;
    Some(change(alarm, to, AlarmEvent::Arrive, None, None, now))
}

/// Moves an alarm by a step that was accepted when it was written: for reading how it stood at a past moment.
pub fn replay(
    alarm: &mut Alarm,
    to: AlarmState,
    event: AlarmEvent,
    actor: Option<UserId>,
    reason: Option<FalseAlarmReason>,
    at: Timestamp,
) {
    let change = change(alarm, to, event, actor, reason, at);
    alarm.marks.extend(change.mark.filter(|mark| !alarm.marks.contains(mark)));
    alarm.state = change.to;
    alarm.owner_id = change.owner_id;
    alarm.handler_id = change.handler_id;
    alarm.times = change.times;
    alarm.false_alarm_reason = change.false_alarm_reason;
}

fn change(
    alarm: &Alarm,
    to: AlarmState,
    event: AlarmEvent,
    actor: Option<UserId>,
    reason: Option<FalseAlarmReason>,
    now: Timestamp,
) -> Change {
    let mut change = Change {
        to,
        owner_id: alarm.owner_id,
        handler_id: alarm.handler_id,
        times: alarm.times,
        mark: None,
        false_alarm_reason: alarm.false_alarm_reason,
    };
    match event {
        AlarmEvent::Open => change.times.opened_at = change.times.opened_at.or(Some(now)),
        AlarmEvent::Take => {
            change.owner_id = actor;
            change.times.opened_at = change.times.opened_at.or(Some(now));
            change.times.taken_at = change.times.taken_at.or(Some(now));
        }
        AlarmEvent::Release | AlarmEvent::SilenceTimeout => {
            change.owner_id = None;
            change.mark = Some(Mark::Reassigned);
        }
        AlarmEvent::Confirm | AlarmEvent::MarkTest => change.times.verified_at = Some(now),
        AlarmEvent::Reject => {
            change.times.verified_at = Some(now);
            change.false_alarm_reason = reason;
        }
        AlarmEvent::Arrive => change.times.arrived_at = change.times.arrived_at.or(Some(now)),
        AlarmEvent::Handle => {
            change.times.handled_at = Some(now);
            change.handler_id = actor;
        }
        AlarmEvent::Approve => change.times.reviewed_at = Some(now),
        AlarmEvent::Return => change.times.handled_at = None,
        AlarmEvent::Reopen => {
            change.owner_id = None;
            change.handler_id = None;
            change.false_alarm_reason = None;
            change.times =
                Times { opened_at: change.times.opened_at, ..Times::raised(alarm.times.occurred_at, now) };
            change.mark = Some(Mark::Reopened);
        }
        AlarmEvent::Escalate => change.mark = Some(Mark::Escalated),
        AlarmEvent::StartVerify | AlarmEvent::Merge | AlarmEvent::StartHandling | AlarmEvent::Clear => {}
    }
    change
}

fn check(
    alarm: &Alarm,
    event: AlarmEvent,
    actor: Option<UserId>,
    reason: Option<FalseAlarmReason>,
    now: Timestamp,
) -> Result<(), Refusal> {
    if event.is_owners() && actor.is_some() && alarm.owner_id != actor {
        return Err(Refusal::NotOwner);
    }
    match event {
        AlarmEvent::Reject if reason.is_none() => Err(Refusal::ReasonMissing),
        AlarmEvent::Handle if alarm.level <= Level::Two && !alarm.has_result_picture => {
            Err(Refusal::PictureMissing)
        }
        AlarmEvent::Approve if alarm.level == Level::One && alarm.handler_id == actor => {
            Err(Refusal::SecondPersonMissing)
        }
        AlarmEvent::Reopen => {
            let ended = alarm.times.reviewed_at.or(alarm.times.verified_at).unwrap_or(alarm.times.pushed_at);
            if now.duration_since(ended) > REOPEN_WITHIN { Err(Refusal::TooLate) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
