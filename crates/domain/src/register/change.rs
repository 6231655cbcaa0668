//! Changes of the register of units that should connect (应接入底册, R8): one person proposes, another approves, and only then does a
//! unit begin or cease to count.
//!
//! Here are the words and the two rules that need no row: which reason fits which change, and that nobody decides a proposal of their
//! own. What counts at a moment is the version in force then; versions are kept by `store`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::UserId;
use crate::words::words;

/// Which way a unit goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// 纳入: it should connect from now on.
    Add,
    /// 移出: it no longer counts.
    Remove,
}

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeReason {
    /// 新设
    New,
    /// 撤并
    Merged,
    /// 停办
    Closed,
    /// 更正: it stood wrongly in the register, or was wrongly missing.
    Correction,
    /// 不属范围
    OutOfScope,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// 待审
    Proposed,
    /// 已批准
    Approved,
    /// 已驳回
    Rejected,
}

words! { ChangeKind:
    Add = "add", "纳入", "Add";
    Remove = "remove", "移出", "Remove";
}
words! { ChangeReason:
    New = "new", "新设", "New";
    Merged = "merged", "撤并", "Merged";
    Closed = "closed", "停办", "Closed";
    Correction = "correction", "更正", "Correction";
    OutOfScope = "out_of_scope", "不属范围", "Out of scope";
}
words! { ChangeState:
    Proposed = "proposed", "待审", "Proposed";
    Approved = "approved", "已批准", "Approved";
    Rejected = "rejected", "已驳回", "Rejected";
}

/// Why a proposal is not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecisionRefusal {
    /// It has been decided before.
    #[error("the change was decided before")]
    Decided,
    /// The two must be two people.
    #[error("a change is decided by somebody other than the one who proposed it")]
    SamePerson,
}

impl ChangeReason {
    /// Whether the reason can be given for the change: nothing is added because it closed, nothing removed because it is new.
    pub fn fits(self, kind: ChangeKind) -> bool {
        match kind {
            ChangeKind::Add => matches!(self, Self::New | Self::Correction),
            ChangeKind::Remove => !matches!(self, Self::New),
        }
    }
}

impl ChangeState {
    /// The state after a decision by `decider` (none: the platform) about what `proposer` proposed.
    pub fn decide(
        self,
        approve: bool,
        proposer: Option<UserId>,
        decider: Option<UserId>,
    ) -> Result<Self, DecisionRefusal> {
        match self {
            Self::Approved | Self::Rejected => Err(DecisionRefusal::Decided),
            Self::Proposed if proposer == decider => Err(DecisionRefusal::SamePerson),
            Self::Proposed if approve => Ok(Self::Approved),
            Self::Proposed => Ok(Self::Rejected),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_fit_their_direction() {
        for reason in ChangeReason::ALL {
            let fits = (reason.fits(ChangeKind::Add), reason.fits(ChangeKind::Remove));
            let expected = match reason {
                ChangeReason::New => (true, false),
                ChangeReason::Correction => (true, true),
                _ => (false, true),
            };
            assert_eq!(fits, expected, "{reason:?}");
        }
    }

    #[test]
    fn a_proposal_is_decided_once_by_a_second_person() {
        let (a, b) = (Some(UserId(uuid::Uuid::from_u128(1))), Some(UserId(uuid::Uuid::from_u128(2))));
        assert_eq!(ChangeState::Proposed.decide(true, a, b), Ok(ChangeState::Approved));
        assert_eq!(ChangeState::Proposed.decide(false, None, b), Ok(ChangeState::Rejected));
        for same in [a, None] {
            assert_eq!(ChangeState::Proposed.decide(true, same, same), Err(DecisionRefusal::SamePerson));
        }
        for decided in [ChangeState::Approved, ChangeState::Rejected] {
            assert_eq!(decided.decide(true, a, b), Err(DecisionRefusal::Decided));
        }
    }
}
