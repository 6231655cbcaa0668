//! The life cycle of an alarm: one `match` over (state, event), and the conditions that rows and people must meet besides.
//!
//! Taking is owning: only the owner moves a taken alarm on, and an owner who stays silent loses it. Nothing here reads a clock or
//! writes a row; [`decide`] answers what would change.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::code::{AlarmCode, Level};
use super::reason::FalseAlarmReason;
use crate::ids::{AlarmId, CameraId, UnitId, UserId};

/// An alarm reopened within this span counts as 办结不实; later it cannot be reopened at all.
pub const REOPEN_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Where an alarm stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmState {
    /// 待接警
    Waiting,
    /// 已接警
    Taken,
    /// 核实中
    Verifying,
    /// 确认真警
    Confirmed,
    /// 处置中
    Handling,
    /// 待复核
    InReview,
    /// 已办结
    Closed,
    /// 误报
    FalseAlarm,
    /// 测试/演练
    Test,
    /// 重复（已归并）
    Merged,
}

/// Every state.
pub const ALARM_STATES: [AlarmState; 10] = [
    AlarmState::Waiting,
    AlarmState::Taken,
    AlarmState::Verifying,
    AlarmState::Confirmed,
    AlarmState::Handling,
    AlarmState::InReview,
    AlarmState::Closed,
    AlarmState::FalseAlarm,
    AlarmState::Test,
    AlarmState::Merged,
];

/// What happens to an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmEvent {
    /// Somebody looked at it for the first time (T2).
    Open,
    /// 接警 (T3)
    Take,
    /// The owner gives it back.
    Release,
    /// The owner begins to verify.
    StartVerify,
    /// 真警 (T4)
    Confirm,
    /// 误报 (T4)
    Reject,
    /// 测试/演练 (T4)
    MarkTest,
    /// Joined with another alarm about the same thing.
    Merge,
    /// Somebody is on site (T5).
    Arrive,
    /// Handling begins.
    StartHandling,
    /// Handled, result picture taken (T6).
    Handle,
    /// 复核通过 (T7)
    Approve,
    /// 复核退回
    Return,
    /// Opened again.
    Reopen,
    /// The next rung was told.
    Escalate,
    /// The owner stayed silent too long.
    SilenceTimeout,
}

/// Every event.
pub const ALARM_EVENTS: [AlarmEvent; 16] = [
    AlarmEvent::Open,
    AlarmEvent::Take,
    AlarmEvent::Release,
    AlarmEvent::StartVerify,
    AlarmEvent::Confirm,
    AlarmEvent::Reject,
    AlarmEvent::MarkTest,
    AlarmEvent::Merge,
    AlarmEvent::Arrive,
    AlarmEvent::StartHandling,
    AlarmEvent::Handle,
    AlarmEvent::Approve,
    AlarmEvent::Return,
    AlarmEvent::Reopen,
    AlarmEvent::Escalate,
    AlarmEvent::SilenceTimeout,
];

/// Where the alarm comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The watch saw it.
    Ai,
    /// A person reported it.
    Manual,
}

/// A side mark: something that happened to the alarm and stays true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 已升级
    Escalated,
    /// Its owner lost or gave it back.
    Reassigned,
    /// 办结不实: opened again within 24 h
    Reopened,
}

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
        }
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
            E::Open | E::Escalate,
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
        AlarmEvent::StartVerify | AlarmEvent::Merge | AlarmEvent::StartHandling => {}
    }
    Ok(change)
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

impl AlarmEvent {
    /// True for steps that only the owner takes.
    pub fn is_owners(self) -> bool {
        matches!(
            self,
            Self::Release
                | Self::StartVerify
                | Self::Confirm
                | Self::Reject
                | Self::MarkTest
                | Self::Arrive
                | Self::StartHandling
                | Self::Handle
        )
    }

    /// True for steps of the second person.
    pub fn is_reviewers(self) -> bool {
        matches!(self, Self::Approve | Self::Return | Self::Reopen)
    }

    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Take => "take",
            Self::Release => "release",
            Self::StartVerify => "start_verify",
            Self::Confirm => "confirm",
            Self::Reject => "reject",
            Self::MarkTest => "mark_test",
            Self::Merge => "merge",
            Self::Arrive => "arrive",
            Self::StartHandling => "start_handling",
            Self::Handle => "handle",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Reopen => "reopen",
            Self::Escalate => "escalate",
            Self::SilenceTimeout => "silence_timeout",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        ALARM_EVENTS.into_iter().find(|event| event.as_str() == word)
    }
}

impl AlarmState {
    /// True while somebody still has to do something.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::FalseAlarm | Self::Test | Self::Merged)
    }

    /// True where no one goes to the place: false alarm, test, merged.
    pub fn is_dismissed(self) -> bool {
        matches!(self, Self::FalseAlarm | Self::Test | Self::Merged)
    }

    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        self.row().0
    }

    /// Chinese name.
    pub fn name_zh(self) -> &'static str {
        self.row().1
    }

    /// English name.
    pub fn name_en(self) -> &'static str {
        self.row().2
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        ALARM_STATES.into_iter().find(|state| state.as_str() == word)
    }

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Waiting => ("waiting", "待接警", "Waiting"),
            Self::Taken => ("taken", "已接警", "Taken"),
            Self::Verifying => ("verifying", "核实中", "Verifying"),
            Self::Confirmed => ("confirmed", "确认真警", "Confirmed"),
            Self::Handling => ("handling", "处置中", "Handling"),
            Self::InReview => ("in_review", "待复核", "In review"),
            Self::Closed => ("closed", "已办结", "Closed"),
            Self::FalseAlarm => ("false_alarm", "误报", "False alarm"),
            Self::Test => ("test", "测试/演练", "Test or drill"),
            Self::Merged => ("merged", "重复（已归并）", "Merged"),
        }
    }
}

impl Source {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ai => "ai",
            Self::Manual => "manual",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Ai, Self::Manual].into_iter().find(|source| source.as_str() == word)
    }
}

impl Mark {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Escalated => "escalated",
            Self::Reassigned => "reassigned",
            Self::Reopened => "reopened",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Escalated, Self::Reassigned, Self::Reopened].into_iter().find(|mark| mark.as_str() == word)
    }
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
