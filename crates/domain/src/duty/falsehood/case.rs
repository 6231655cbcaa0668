//! What becomes of a suspicion: raised with its evidence, replied to, decided by a person.
//!
//! The right to reply is part of the machine: nothing is upheld before a reply, or before the time for one has passed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::words::words;

/// How long whoever is suspected may reply; a proposal.
pub const REPLY_WITHIN: SignedDuration = SignedDuration::from_hours(72);

/// Where a suspicion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspicionState {
    /// 疑似，待申辩
    Raised,
    /// 已申辩
    Replied,
    /// 认定
    Upheld,
    /// 排除
    Dismissed,
}

words! { SuspicionState:
    Raised = "raised", "疑似，待申辩", "Suspected, reply awaited";
    Replied = "replied", "已申辩，待核定", "Replied, to be decided";
    Upheld = "upheld", "认定成立", "Upheld";
    Dismissed = "dismissed", "已排除", "Dismissed";
}

/// What happens to a suspicion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspicionEvent {
    /// 申辩
    Reply,
    /// 认定
    Uphold,
    /// 排除
    Dismiss,
}

words! { SuspicionEvent:
    Reply = "reply", "申辩", "Reply";
    Uphold = "uphold", "认定成立", "Uphold";
    Dismiss = "dismiss", "排除疑点", "Dismiss";
}

/// Why an event is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SuspicionRefusal {
    /// The state does not know the event.
    #[error("a suspicion that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(SuspicionState, SuspicionEvent),
    /// Whoever is suspected may still reply.
    #[error("the time for a reply has not passed yet")]
    ReplyAwaited,
    /// Nothing was said.
    #[error("{} needs words", .0.as_str())]
    WordsMissing(SuspicionEvent),
}

/// The state after an event; none where the state does not know it.
pub fn next_state(state: SuspicionState, event: SuspicionEvent) -> Option<SuspicionState> {
    use SuspicionEvent as E;
    use SuspicionState as S;
    Some(match (state, event) {
        (S::Raised, E::Reply) => S::Replied,
        (S::Raised | S::Replied, E::Uphold) => S::Upheld,
        (S::Raised | S::Replied, E::Dismiss) => S::Dismissed,
        _ => return None,
    })
}

/// Decides what `event` makes of a suspicion raised at `raised_at`, or why it is refused. A late reply is still read.
pub fn decide(
    state: SuspicionState,
    event: SuspicionEvent,
    words: &str,
    raised_at: Timestamp,
    now: Timestamp,
) -> Result<SuspicionState, SuspicionRefusal> {
    let to = next_state(state, event).ok_or(SuspicionRefusal::NotNow(state, event))?;
    if words.trim().is_empty() {
        return Err(SuspicionRefusal::WordsMissing(event));
    }
    let is_undefended = state == SuspicionState::Raised && event == SuspicionEvent::Uphold;
    if is_undefended && now <= reply_until(raised_at) {
        return Err(SuspicionRefusal::ReplyAwaited);
    }
    Ok(to)
}

/// Whether it stands against a unit's duty at `now`: upheld, or left unanswered past the time for a reply.
pub fn stands(state: SuspicionState, raised_at: Timestamp, now: Timestamp) -> bool {
    match state {
        SuspicionState::Upheld => true,
        SuspicionState::Raised => now > reply_until(raised_at),
        SuspicionState::Replied | SuspicionState::Dismissed => false,
    }
}

/// Until when a reply is in time.
pub fn reply_until(raised_at: Timestamp) -> Timestamp {
    raised_at.saturating_add(REPLY_WITHIN).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use SuspicionEvent as E;
    use SuspicionState as S;

    #[test]
    fn every_pair_of_state_and_event_before_and_after_the_time_for_a_reply() {
        let table = [
            (S::Raised, [Some(S::Replied), Some(S::Upheld), Some(S::Dismissed)]),
            (S::Replied, [None, Some(S::Upheld), Some(S::Dismissed)]),
            (S::Upheld, [None; 3]),
            (S::Dismissed, [None; 3]),
        ];
        assert_eq!(table.map(|(state, _)| state), S::ALL);
        let (raised, in_time) = (Timestamp::UNIX_EPOCH, reply_until(Timestamp::UNIX_EPOCH));
        let late = in_time + SignedDuration::from_secs(1);
        for (state, row) in table {
            for (event, expected) in E::ALL.into_iter().zip(row) {
                let expected = expected.ok_or(SuspicionRefusal::NotNow(state, event));
                assert_eq!(decide(state, event, "x", raised, late), expected);
                let hasty = state == S::Raised && event == E::Uphold;
                let expected = if hasty { Err(SuspicionRefusal::ReplyAwaited) } else { expected };
                assert_eq!(decide(state, event, "x", raised, in_time), expected, "{state:?} {event:?}");
                if next_state(state, event).is_some() {
                    assert_eq!(
                        decide(state, event, " ", raised, late),
                        Err(SuspicionRefusal::WordsMissing(event))
                    );
                }
            }
            assert_eq!(stands(state, raised, in_time), state == S::Upheld);
            assert_eq!(stands(state, raised, late), matches!(state, S::Upheld | S::Raised));
        }
    }
}
