//! The words of an alarm's life: states, events, origins and side marks, each with its word in rows and JSON.
//!
//! What may follow what is not here but in [`super::life`].

use serde::{Deserialize, Serialize};

use crate::words::words;

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
    /// What was seen is no longer there: noted by the platform, ended by a person.
    Clear,
}

/// Every event.
pub const ALARM_EVENTS: [AlarmEvent; 17] = [
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
    AlarmEvent::Clear,
];

/// Where the alarm comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The watch saw it.
    Ai,
    /// A person reported it.
    Manual,
    /// A device sent it.
    Device,
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
    /// 静默规则: its rule was in quarantine when it was raised, so nobody was called
    Quarantined,
    /// 计划静默: raised during a planned silence; it rings when that is over
    Silenced,
    /// 故障抑制: seen by a camera whose picture could not be trusted, so nobody was called
    Inhibited,
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

    /// True for steps that the platform takes itself.
    pub fn is_platforms(self) -> bool {
        matches!(self, Self::Merge | Self::Escalate | Self::SilenceTimeout | Self::Clear)
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
            Self::Clear => "clear",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        ALARM_EVENTS.into_iter().find(|event| event.as_str() == word)
    }
}

words! { AlarmState:
    Waiting = "waiting", "待接警", "Waiting";
    Taken = "taken", "已接警", "Taken";
    Verifying = "verifying", "核实中", "Verifying";
    Confirmed = "confirmed", "确认真警", "Confirmed";
    Handling = "handling", "处置中", "Handling";
    InReview = "in_review", "待复核", "In review";
    Closed = "closed", "已办结", "Closed";
    FalseAlarm = "false_alarm", "误报", "False alarm";
    Test = "test", "测试/演练", "Test or drill";
    Merged = "merged", "重复（已归并）", "Merged";
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
}

impl Source {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ai => "ai",
            Self::Manual => "manual",
            Self::Device => "device",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Ai, Self::Manual, Self::Device].into_iter().find(|source| source.as_str() == word)
    }
}

impl Mark {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Escalated => "escalated",
            Self::Reassigned => "reassigned",
            Self::Reopened => "reopened",
            Self::Quarantined => "quarantined",
            Self::Silenced => "silenced",
            Self::Inhibited => "inhibited",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Escalated,
            Self::Reassigned,
            Self::Reopened,
            Self::Quarantined,
            Self::Silenced,
            Self::Inhibited,
        ]
        .into_iter()
        .find(|mark| mark.as_str() == word)
    }

    /// True where nobody was called of an alarm that bears it, and nobody is.
    pub fn calls_nobody(self) -> bool {
        matches!(self, Self::Quarantined | Self::Inhibited)
    }
}
