//! What a failed roll-call leaves unproved: every minute from the question until somebody is shown to be there again.
//!
//! From the question and not from the deadline, because nobody knows since when the room was empty. Until the next answer to any roll-call,
//! or the next signed act at the room's seat – an alarm taken, a handover or a record signed –, never by a mouse that moves. So that a room
//! is not unproved for hours because of one mishap, it is asked again every [`ASK_AGAIN`] until it answers.

use jiff::{SignedDuration, Timestamp};

use super::{RollCall, RollCallState};
use crate::recording::{Span, union};

/// After which time a room that failed is asked again; a proposal.
pub const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// When a room is to be asked again after this roll-call; none where it was answered, or is still waiting.
pub fn ask_again_at(call: &RollCall) -> Option<Timestamp> {
    (call.state == RollCallState::Absent)
        .then(|| call.deadline_at.saturating_add(ASK_AGAIN).unwrap_or(Timestamp::MAX))
}

/// The stretches that the roll-calls of one room leave unproved, up to `until`, joined and in order. `acts` are the moments of signed acts at
/// the room's seat.
pub fn unproved(calls: &[RollCall], acts: &[Timestamp], until: Timestamp) -> Vec<Span> {
    let answers = calls.iter().filter_map(answered_at);
    let mut signs: Vec<Timestamp> = answers.chain(acts.iter().copied()).collect();
    signs.sort_unstable();
    let spans: Vec<Span> = calls
        .iter()
        .filter(|call| matches!(call.state, RollCallState::Absent | RollCallState::Late))
        .map(|call| {
            // An act before the deadline is none of somebody who did not answer: who is there and takes alarms can press a key.
            let from = if call.state == RollCallState::Late { call.asked_at } else { call.deadline_at };
            let next = signs[signs.partition_point(|sign| *sign <= from)..].first();
            Span::new(call.asked_at, next.map_or(until, |sign| (*sign).min(until)))
        })
        .collect();
    union(&spans)
}

fn answered_at(call: &RollCall) -> Option<Timestamp> {
    let after = SignedDuration::from_millis(i64::from(call.answered_after_ms?));
    call.asked_at.saturating_add(after).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DutyRoomId;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + s).unwrap()
    }

    /// Asked at `s` with three minutes; answered after so many seconds, or never.
    fn call(s: i64, after_s: Option<u32>) -> RollCall {
        let asked = RollCall::ask(DutyRoomId(uuid::Uuid::from_u128(1)), at(s), 3, &[]);
        let state = match after_s {
            None => RollCallState::Absent,
            Some(..=180) => RollCallState::Answered,
            Some(_) => RollCallState::Late,
        };
        RollCall { state, answered_after_ms: after_s.map(|s| s * 1000), ..asked }
    }

    #[test]
    fn a_failed_roll_call_spoils_everything_until_the_next_sign_of_somebody() {
        let end = 10_000;
        for (calls, acts, expected) in [
            (vec![], vec![], vec![]),
            (vec![call(0, Some(180))], vec![], vec![]),
            (vec![call(0, Some(400))], vec![], vec![(0, 400)]),
            (vec![call(0, None)], vec![], vec![(0, end)]),
            (vec![call(0, None), call(780, Some(20))], vec![], vec![(0, 800)]),
            (vec![call(0, None), call(780, None), call(1560, Some(200))], vec![], vec![(0, 1760)]),
            (vec![call(0, None)], vec![500], vec![(0, 500)]),
            // Somebody pressed keys and did not answer: that is what is to be explained.
            (vec![call(0, None)], vec![100, 180], vec![(0, end)]),
            (vec![call(0, Some(400))], vec![300], vec![(0, 300)]),
            (vec![call(0, None), call(5000, None)], vec![600, 6000], vec![(0, 600), (5000, 6000)]),
            (vec![RollCall { state: RollCallState::Waiting, ..call(0, None) }], vec![], vec![]),
            (vec![RollCall { state: RollCallState::Exempt, ..call(0, None) }], vec![], vec![]),
        ] {
            let acts: Vec<_> = acts.into_iter().map(at).collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(from, to)| Span::new(at(from), at(to))).collect();
            assert_eq!(unproved(&calls, &acts, at(end)), expected, "{calls:?} {acts:?}");
        }
        assert_eq!(ask_again_at(&call(0, None)), Some(at(780)));
        assert_eq!(ask_again_at(&call(0, Some(10))), None);
    }
}
