//! Organisations (值守机构): third parties that do the 24-hour duty for units, and whether they may.
//!
//! The notice (R43, R60) found that nobody knew how many there were and who stood behind them. So an organisation is registered, approved
//! by the county it sits in, measured by four criteria ([`assessment`]), and serves units only under contracts ([`crate::contract`]).
//! Deliberately absent: rosters, duty rooms and what is proved of a day; an organisation here is a party, not a person on duty.

pub mod application;
pub mod assessment;
pub mod census;
pub mod certificate;
pub mod credit_code;
pub mod violation;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::words::words;

/// Where an organisation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationState {
    /// 待核: registered, and nobody has looked yet.
    Pending,
    /// 有效
    Valid,
    /// 限期整改: serves on, takes on nobody new, and has a day by which it is looked at again.
    Rectifying,
    /// 暂停新增: serves on, takes on nobody new, until somebody lifts it.
    Suspended,
    /// 调整更换: its units look for another; it serves until each is taken over.
    Replacing,
    /// 注销
    Cancelled,
}

/// What happens to an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationEvent {
    /// 核准
    Approve,
    /// 不予核准
    Decline,
    /// 责令限期整改
    OrderRectification,
    /// 暂停新增
    Suspend,
    /// 恢复有效
    Restore,
    /// 调整更换
    Replace,
    /// 注销
    Cancel,
}

words! { OrganisationState:
    Pending = "pending", "待核", "Pending";
    Valid = "valid", "有效", "Valid";
    Rectifying = "rectifying", "限期整改", "Ordered to rectify";
    Suspended = "suspended", "暂停新增", "No new contracts";
    Replacing = "replacing", "调整更换", "Being replaced";
    Cancelled = "cancelled", "注销", "Cancelled";
}

words! { OrganisationEvent:
    Approve = "approve", "核准", "Approve";
    Decline = "decline", "不予核准", "Decline";
    OrderRectification = "order_rectification", "责令限期整改", "Order to rectify";
    Suspend = "suspend", "暂停新增", "Stop new contracts";
    Restore = "restore", "恢复有效", "Restore";
    Replace = "replace", "调整更换", "Replace";
    Cancel = "cancel", "注销", "Cancel";
}

/// What a person of an organisation is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// 值班员
    Guard,
    /// 值班班长
    ShiftLeader,
    /// 负责人
    Leader,
}

words! { Post:
    Guard = "guard", "值班员", "Guard";
    ShiftLeader = "shift_leader", "值班班长", "Shift leader";
    Leader = "leader", "负责人", "Leader";
}

impl Post {
    /// Whether the post sits on shifts, and so needs a certificate.
    pub fn is_on_shift(self) -> bool {
        self != Self::Leader
    }
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OrganisationRefusal {
    /// The state does not know the event.
    #[error("an organisation that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(OrganisationState, OrganisationEvent),
    /// Nothing was said.
    #[error("{} needs a reason", .0.as_str())]
    ReasonMissing(OrganisationEvent),
    /// An order without a day is none.
    #[error("an order to rectify names the day by which it is looked at again, within 90 days")]
    DeadlineMissing,
    /// Units would be without duty.
    #[error("{0} contracts run: each unit is taken over or its contract ended first")]
    StillServing(u32),
}

impl OrganisationState {
    /// Whether it may accept a contract with another unit.
    pub fn may_take_on(self) -> bool {
        self == Self::Valid
    }

    /// Whether the contracts that it has go on.
    pub fn serves(self) -> bool {
        matches!(self, Self::Valid | Self::Rectifying | Self::Suspended | Self::Replacing)
    }
}

impl OrganisationEvent {
    /// True where nothing happens without words: everything but approval and restoring.
    pub fn needs_reason(self) -> bool {
        !matches!(self, Self::Approve | Self::Restore)
    }
}

/// The state machine: the state after an event.
pub fn next_state(
    state: OrganisationState,
    event: OrganisationEvent,
) -> Result<OrganisationState, OrganisationRefusal> {
    use OrganisationEvent as E;
    use OrganisationState as S;
    Ok(match (state, event) {
        (S::Pending, E::Approve) | (S::Rectifying | S::Suspended | S::Replacing, E::Restore) => S::Valid,
        (S::Pending, E::Decline) | (S::Valid | S::Rectifying | S::Suspended | S::Replacing, E::Cancel) => {
            S::Cancelled
        }
        (S::Valid | S::Rectifying | S::Suspended, E::OrderRectification) => S::Rectifying,
        (S::Valid | S::Rectifying, E::Suspend) => S::Suspended,
        (S::Valid | S::Rectifying | S::Suspended, E::Replace) => S::Replacing,
        _ => return Err(OrganisationRefusal::NotNow(state, event)),
    })
}

/// Decides an event of a regulator: `has_reason` and `has_deadline` say what came with it, `running_contracts` how many units it serves.
pub fn decide(
    state: OrganisationState,
    event: OrganisationEvent,
    has_reason: bool,
    has_deadline: bool,
    running_contracts: u32,
) -> Result<OrganisationState, OrganisationRefusal> {
    let to = next_state(state, event)?;
    if event.needs_reason() && !has_reason {
        return Err(OrganisationRefusal::ReasonMissing(event));
    }
    if event == OrganisationEvent::OrderRectification && !has_deadline {
        return Err(OrganisationRefusal::DeadlineMissing);
    }
    if to == OrganisationState::Cancelled && running_contracts > 0 {
        return Err(OrganisationRefusal::StillServing(running_contracts));
    }
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_state_and_event_is_known_or_refused() {
        use OrganisationEvent as E;
        use OrganisationState as S;
        let known = [
            (S::Pending, E::Approve, S::Valid),
            (S::Pending, E::Decline, S::Cancelled),
            (S::Valid, E::OrderRectification, S::Rectifying),
            (S::Valid, E::Suspend, S::Suspended),
            (S::Valid, E::Replace, S::Replacing),
            (S::Valid, E::Cancel, S::Cancelled),
            (S::Rectifying, E::OrderRectification, S::Rectifying),
            (S::Rectifying, E::Suspend, S::Suspended),
            (S::Rectifying, E::Restore, S::Valid),
            (S::Rectifying, E::Replace, S::Replacing),
            (S::Rectifying, E::Cancel, S::Cancelled),
            (S::Suspended, E::OrderRectification, S::Rectifying),
            (S::Suspended, E::Restore, S::Valid),
            (S::Suspended, E::Replace, S::Replacing),
            (S::Suspended, E::Cancel, S::Cancelled),
            (S::Replacing, E::Restore, S::Valid),
            (S::Replacing, E::Cancel, S::Cancelled),
        ];
        for state in S::ALL {
            for event in E::ALL {
                let wanted = known.iter().find(|(s, e, _)| (*s, *e) == (state, event)).map(|(_, _, to)| *to);
                assert_eq!(next_state(state, event).ok(), wanted, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn an_order_has_a_day_a_reason_is_given_and_nobody_is_left_alone() {
        use OrganisationEvent as E;
        use OrganisationState as S;
        assert_eq!(decide(S::Pending, E::Approve, false, false, 0), Ok(S::Valid));
        let order = E::OrderRectification;
        assert_eq!(decide(S::Valid, order, false, true, 3), Err(OrganisationRefusal::ReasonMissing(order)));
        assert_eq!(decide(S::Valid, order, true, false, 3), Err(OrganisationRefusal::DeadlineMissing));
        assert_eq!(decide(S::Valid, order, true, true, 3), Ok(S::Rectifying));
        assert_eq!(
            decide(S::Replacing, E::Cancel, true, false, 1),
            Err(OrganisationRefusal::StillServing(1))
        );
        assert_eq!(decide(S::Replacing, E::Cancel, true, false, 0), Ok(S::Cancelled));
    }

    #[test]
    fn only_a_valid_one_takes_on_more_and_all_but_two_serve() {
        for state in OrganisationState::ALL {
            assert_eq!(state.may_take_on(), state == OrganisationState::Valid);
            let serves = !matches!(state, OrganisationState::Pending | OrganisationState::Cancelled);
            assert_eq!(state.serves(), serves);
        }
    }
}
