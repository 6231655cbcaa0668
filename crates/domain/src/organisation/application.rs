//! An organisation's own application for the register (登记申请, R43): written without an account, looked at by the office where it sits.
//!
//! Whoever applies proves nothing yet: the credit code's check character is right, and that is all the platform can know by itself. So an
//! application makes no organisation and no account; approval by a person of the office does. One that was returned is mended with the
//! receipt that was shown once.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::words::words;

/// How long a returned application waits to be mended, and an unanswered one for the office; then it lapses and its code is free.
pub const LAPSES_AFTER: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Applications from one address in [`PER_ADDRESS_WITHIN`].
pub const PER_ADDRESS_MAX: u32 = 5;
/// The stretch in which applications from one address are counted.
pub const PER_ADDRESS_WITHIN: SignedDuration = SignedDuration::from_hours(24);
/// Applications that wait in one region. A county has a handful of organisations; more than this is somebody who fills the list.
pub const WAITING_PER_REGION_MAX: u32 = 100;
/// Times that one application may be sent again.
pub const SENT_MAX: u32 = 10;

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// 待审核
    Waiting,
    /// 退回补正
    Returned,
    /// 已核准
    Approved,
    /// 不予登记
    Refused,
    /// 逾期失效
    Lapsed,
}

words! { ApplicationState:
    Waiting = "waiting", "待审核", "Waiting";
    Returned = "returned", "退回补正", "Returned to be mended";
    Approved = "approved", "已核准", "Approved";
    Refused = "refused", "不予登记", "Refused";
    Lapsed = "lapsed", "逾期失效", "Lapsed";
}

/// What happens to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationEvent {
    /// 核准
    Approve,
    /// 退回补正
    Return,
    /// 不予登记
    Refuse,
    /// 重新提交
    SendAgain,
    /// 逾期失效
    Lapse,
}

words! { ApplicationEvent:
    Approve = "approve", "核准登记", "Approve";
    Return = "return", "退回补正", "Return";
    Refuse = "refuse", "不予登记", "Refuse";
    SendAgain = "send_again", "重新提交", "Send again";
    Lapse = "lapse", "逾期失效", "Lapse";
}

impl ApplicationEvent {
    /// Whether an office decides it.
    pub fn is_offices(self) -> bool {
        matches!(self, Self::Approve | Self::Return | Self::Refuse)
    }
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ApplicationRefusal {
    /// The state does not know the event.
    #[error("an application that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(ApplicationState, ApplicationEvent),
    /// Nothing was said.
    #[error("{} needs a reason", .0.as_str())]
    ReasonMissing(ApplicationEvent),
}

/// The state after an event; none where the state does not know it.
pub fn next_state(state: ApplicationState, event: ApplicationEvent) -> Option<ApplicationState> {
    use ApplicationEvent as E;
    use ApplicationState as S;
    Some(match (state, event) {
        (S::Waiting, E::Approve) => S::Approved,
        (S::Waiting, E::Return) => S::Returned,
        (S::Waiting | S::Returned, E::Refuse) => S::Refused,
        (S::Returned, E::SendAgain) => S::Waiting,
        (S::Waiting | S::Returned, E::Lapse) => S::Lapsed,
        _ => return None,
    })
}

/// Decides `event`, or why it is refused.
pub fn decide(
    state: ApplicationState,
    event: ApplicationEvent,
    reason: &str,
) -> Result<ApplicationState, ApplicationRefusal> {
    let to = next_state(state, event).ok_or(ApplicationRefusal::NotNow(state, event))?;
    let needs_reason = matches!(event, ApplicationEvent::Return | ApplicationEvent::Refuse);
    if needs_reason && reason.trim().is_empty() {
        return Err(ApplicationRefusal::ReasonMissing(event));
    }
    Ok(to)
}

/// Whether time has ended it at `now`; `since` is its last step.
pub fn has_lapsed(state: ApplicationState, since: Timestamp, now: Timestamp) -> bool {
    next_state(state, ApplicationEvent::Lapse).is_some() && now.duration_since(since) >= LAPSES_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;
    use ApplicationEvent as E;
    use ApplicationState as S;

    #[test]
    fn every_pair_of_state_and_event() {
        let table = [
            (S::Waiting, [Some(S::Approved), Some(S::Returned), Some(S::Refused), None, Some(S::Lapsed)]),
            (S::Returned, [None, None, Some(S::Refused), Some(S::Waiting), Some(S::Lapsed)]),
            (S::Approved, [None; 5]),
            (S::Refused, [None; 5]),
            (S::Lapsed, [None; 5]),
        ];
        assert_eq!(table.map(|(state, _)| state), S::ALL);
        for (state, row) in table {
            for (event, expected) in E::ALL.into_iter().zip(row) {
                let expected = expected.ok_or(ApplicationRefusal::NotNow(state, event));
                assert_eq!(decide(state, event, "x"), expected, "{state:?} {event:?}");
                let silent = decide(state, event, "  ");
                if expected.is_ok() && matches!(event, E::Return | E::Refuse) {
                    assert_eq!(silent, Err(ApplicationRefusal::ReasonMissing(event)));
                } else {
                    assert_eq!(silent, expected);
                }
            }
        }
    }

    #[test]
    fn what_nobody_moves_for_thirty_days_lapses() {
        let since = Timestamp::UNIX_EPOCH;
        for state in S::ALL {
            let waits = matches!(state, S::Waiting | S::Returned);
            assert_eq!(has_lapsed(state, since, since + LAPSES_AFTER), waits);
            assert!(!has_lapsed(state, since, since + LAPSES_AFTER - SignedDuration::from_secs(1)));
        }
    }
}
