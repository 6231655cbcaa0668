//! A census (摸底, R43) of organisations and of the duty of units: opened by an office with a deadline, answered by every region below it from
//! the rows of the platform, signed by a person, returned where it does not convince, and closed.
//!
//! The regions of a census are a partition: each answers for the units and organisations that are entered at itself and not at a region below
//! it. So the sum of the answers is the whole, and nothing is counted twice.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::words::words;

/// Shortest and longest time for an answer.
pub const ANSWER_WITHIN_MIN: SignedDuration = SignedDuration::from_hours(1);
/// See [`ANSWER_WITHIN_MIN`].
pub const ANSWER_WITHIN_MAX: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Where the answer of a region stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CensusState {
    /// 待填报
    Awaited,
    /// 已填报
    Answered,
    /// 退回重报
    Returned,
    /// 已确认
    Accepted,
}

words! { CensusState:
    Awaited = "awaited", "待填报", "Awaited";
    Answered = "answered", "已填报，待确认", "Answered, to be accepted";
    Returned = "returned", "退回重报", "Returned";
    Accepted = "accepted", "已确认", "Accepted";
}

/// What happens to the answer of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CensusEvent {
    /// 填报
    Answer,
    /// 退回
    Return,
    /// 确认
    Accept,
}

words! { CensusEvent:
    Answer = "answer", "填报并签字", "Answer and sign";
    Return = "return", "退回重报", "Return";
    Accept = "accept", "确认", "Accept";
}

/// What a region's rows come to at the moment of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CensusCounts {
    /// Organisations entered there that are not cancelled.
    pub organisations: u32,
    /// Of these, approved and not under any order.
    pub valid: u32,
    /// Units entered there.
    pub units: u32,
    /// Of these, with a running contract.
    pub contracted: u32,
    /// Of these, with effective duty as observed.
    pub on_duty: u32,
}

impl CensusCounts {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            organisations: self.organisations + other.organisations,
            valid: self.valid + other.valid,
            units: self.units + other.units,
            contracted: self.contracted + other.contracted,
            on_duty: self.on_duty + other.on_duty,
        }
    }
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CensusRefusal {
    /// The state does not know the event.
    #[error("an answer that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(CensusState, CensusEvent),
    /// The census is closed: it is as it is.
    #[error("the census is closed")]
    Closed,
    /// Nothing was said.
    #[error("{} needs a reason", .0.as_str())]
    ReasonMissing(CensusEvent),
    /// What was confirmed is not what the rows say now.
    #[error("the counts confirmed are not those of the rows now: look again")]
    OtherCounts,
    /// Regions may still answer.
    #[error("{0} regions have not been accepted and the deadline is not over")]
    Awaited(u32),
}

/// The state after an event; none where the state does not know it.
pub fn next_state(state: CensusState, event: CensusEvent) -> Option<CensusState> {
    use CensusEvent as E;
    use CensusState as S;
    Some(match (state, event) {
        (S::Awaited | S::Returned, E::Answer) => S::Answered,
        (S::Answered | S::Accepted, E::Return) => S::Returned,
        (S::Answered, E::Accept) => S::Accepted,
        _ => return None,
    })
}

/// Decides `event` of a region's answer.
pub fn decide(
    state: CensusState,
    event: CensusEvent,
    is_closed: bool,
    reason: &str,
) -> Result<CensusState, CensusRefusal> {
    if is_closed {
        return Err(CensusRefusal::Closed);
    }
    let to = next_state(state, event).ok_or(CensusRefusal::NotNow(state, event))?;
    if event == CensusEvent::Return && reason.trim().is_empty() {
        return Err(CensusRefusal::ReasonMissing(event));
    }
    Ok(to)
}

/// Whether a census may be closed: every answer accepted, or the deadline over. Regions that did not answer are named in it as such.
pub fn may_close(states: &[CensusState], deadline: Timestamp, now: Timestamp) -> Result<(), CensusRefusal> {
    let missing = states.iter().filter(|state| **state != CensusState::Accepted).count();
    if missing == 0 || now >= deadline {
        return Ok(());
    }
    Err(CensusRefusal::Awaited(u32::try_from(missing).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use CensusEvent as E;
    use CensusState as S;

    #[test]
    fn every_pair_of_state_and_event() {
        let table = [
            (S::Awaited, [Some(S::Answered), None, None]),
            (S::Answered, [None, Some(S::Returned), Some(S::Accepted)]),
            (S::Returned, [Some(S::Answered), None, None]),
            (S::Accepted, [None, Some(S::Returned), None]),
        ];
        assert_eq!(table.map(|(state, _)| state), S::ALL);
        for (state, row) in table {
            for (event, expected) in E::ALL.into_iter().zip(row) {
                let expected = expected.ok_or(CensusRefusal::NotNow(state, event));
                assert_eq!(decide(state, event, false, "x"), expected, "{state:?} {event:?}");
                assert_eq!(decide(state, event, true, "x"), Err(CensusRefusal::Closed));
            }
        }
        assert_eq!(decide(S::Answered, E::Return, false, " "), Err(CensusRefusal::ReasonMissing(E::Return)));
    }

    #[test]
    fn a_census_closes_when_all_are_accepted_or_its_time_is_over() {
        let deadline = Timestamp::UNIX_EPOCH;
        let before = deadline - SignedDuration::from_secs(1);
        assert_eq!(may_close(&[S::Accepted, S::Accepted], deadline, before), Ok(()));
        let two = [S::Accepted, S::Answered, S::Awaited];
        assert_eq!(may_close(&two, deadline, before), Err(CensusRefusal::Awaited(2)));
        assert_eq!(may_close(&two, deadline, deadline), Ok(()));
    }
}
