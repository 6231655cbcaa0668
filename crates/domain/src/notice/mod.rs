//! Notices and supervision (通报督办): what a regulator sends to whoever answers for alarms that were not handled in time, and what
//! becomes of it until it is closed.
//!
//! A notice is about alarms that exceeded a clock ([`matter`]), lives by one state machine ([`life`]), and is written in the words of
//! an office ([`text`]). Lateness follows from the deadline and the time and is no state. Nothing here sends, waits or writes.

pub mod life;
pub mod matter;
pub mod text;

use serde::{Deserialize, Serialize};

use crate::alarm::Rung;
use crate::ids::{OrganisationId, UnitId};
use crate::words::words;

pub use life::{Change, Notice, NoticeEvent, NoticeState, Refusal, above, decide, next_state};
pub use matter::{Excuse, due_for_notice};
pub use text::{Letter, LetterAlarm, number, write};

/// How strongly it is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 提醒: to be signed for; no reply is asked, and it counts in no series.
    Reminder,
    /// 通报: to be signed for and replied to by the deadline.
    Notice,
    /// 督办: an order with a deadline; the reply is reviewed.
    Supervision,
}

words! { NoticeKind:
    Reminder = "reminder", "提醒", "Reminder";
    Notice = "notice", "通报", "Notice";
    Supervision = "supervision", "督办", "Supervision order";
}

impl NoticeKind {
    /// Whether the party owes a reply, and whether it counts among the notices of a party and of an alarm.
    pub fn asks_for_reply(self) -> bool {
        self != Self::Reminder
    }
}

/// Who answers for an alarm (责任方).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// The unit it happened at.
    Unit(UnitId),
    /// The organisation that does the unit's duty.
    Organisation(OrganisationId),
}

impl Party {
    /// The unit whose people sign and reply; none where that is an organisation.
    pub fn unit_id(self) -> Option<UnitId> {
        match self {
            Self::Unit(id) => Some(id),
            Self::Organisation(_) => None,
        }
    }

    /// The organisation whose people sign and reply; none where that is a unit.
    pub fn organisation_id(self) -> Option<OrganisationId> {
        match self {
            Self::Unit(_) => None,
            Self::Organisation(id) => Some(id),
        }
    }

    /// The level of those who sign and reply.
    pub fn level(self) -> Rung {
        match self {
            Self::Unit(_) => Rung::Unit,
            Self::Organisation(_) => Rung::Organisation,
        }
    }

    /// The word used in rows and JSON.
    pub fn kind(self) -> &'static str {
        self.level().as_str()
    }
}
