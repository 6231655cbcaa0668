//! The escalation ladder (升级): who is told while a clock of an alarm runs and nobody has stopped it.
//!
//! A ladder is configuration ([`plan`]); what is told next follows from it and from what was told already ([`look`]). Nothing here
//! sends, waits or writes: the desk asks, tells, keeps what it told and asks again.
//!
//! Who may be told is decided by role and reach of accounts, not here. A rung on which nobody stands is passed over: the next one
//! is told at once, because nobody waits on an empty chair. An acknowledgement says "we know" and ends the repeats of its own rung;
//! only people who do what the clock waits for end the climb.

pub mod look;
pub mod plan;

use serde::{Deserialize, Serialize};

use super::clock::Clock;
use crate::role::Role;

pub use look::{Look, Run, Telling, Told, look, runs, stopped_at};
pub use plan::{Ladder, LadderError, Ladders, RungPlan};

/// A rung, from the bottom up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// 值班员
    DutyGuard,
    /// 值班班长: who is on shift by the roster
    ShiftLeader,
    /// 值守机构负责人
    Organisation,
    /// 单位安全负责人
    Unit,
    /// 县级监管人员
    County,
    /// 市级监管人员
    City,
    /// 省级监管人员
    Province,
}

/// Every rung, from the bottom up.
pub const RUNGS: [Rung; 7] = [
    Rung::DutyGuard,
    Rung::ShiftLeader,
    Rung::Organisation,
    Rung::Unit,
    Rung::County,
    Rung::City,
    Rung::Province,
];

impl Rung {
    /// Whose rung it is: accounts of this role whose reach includes the alarm's unit.
    pub fn role(self) -> Role {
        match self {
            Self::DutyGuard => Role::DutyGuard,
            Self::ShiftLeader => Role::ShiftLeader,
            Self::Organisation => Role::Organisation,
            Self::Unit => Role::Unit,
            Self::County => Role::County,
            Self::City => Role::City,
            Self::Province => Role::Province,
        }
    }

    /// The rung of a role; none for those who are not told of alarms.
    pub fn of(role: Role) -> Option<Self> {
        RUNGS.into_iter().find(|rung| rung.role() == role)
    }

    /// The word used in rows and JSON, that of the role.
    pub fn as_str(self) -> &'static str {
        self.role().as_str()
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        RUNGS.into_iter().find(|rung| rung.as_str() == word)
    }

    /// True above those who answer for the alarm day and night: telling them is climbing, and stands in the alarm's time line.
    pub fn is_climb(self) -> bool {
        self > Self::DutyGuard
    }
}

/// True where alarms of the level have a limit for this step.
pub(crate) const fn has_ladder(clock: Clock, level: super::code::Level) -> bool {
    super::clock::Limits::of(level).limit_s(clock).is_some()
}
