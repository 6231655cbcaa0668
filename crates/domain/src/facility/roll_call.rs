//! A roll-call (查岗) at a transmission device: asked with a deadline in minutes, answered by a person who presses a key there.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::words::words;

/// Where a roll-call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollCallState {
    /// 待应答
    Waiting,
    /// 按时应答
    Answered,
    /// 迟答
    Late,
    /// 未应答
    Absent,
    /// 未送达: the device could not be reached, so nobody was asked
    Undelivered,
}

words! { RollCallState:
    Waiting = "waiting", "待应答", "Waiting";
    Answered = "answered", "按时应答", "Answered in time";
    Late = "late", "迟答", "Answered late";
    Absent = "absent", "未应答", "Not answered";
    Undelivered = "undelivered", "未送达", "Not delivered";
}

/// What happens to a roll-call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RollCallEvent {
    /// Somebody answered before the deadline.
    AnsweredInTime,
    /// Somebody answered after it.
    AnsweredLate,
    /// The deadline is over.
    DeadlineOver,
    /// The order did not reach the device.
    NotDelivered,
}

/// Deadline where nobody says another, in minutes.
pub const MINUTES_DEFAULT: u8 = 3;
/// An answer later than this after the deadline belongs to no roll-call.
pub const LATE_WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// The state after an event; none where the state does not know it.
pub fn next_state(state: RollCallState, event: RollCallEvent) -> Option<RollCallState> {
    use RollCallEvent as E;
    use RollCallState as S;
    Some(match (state, event) {
        (S::Waiting, E::AnsweredInTime) => S::Answered,
        (S::Waiting | S::Absent, E::AnsweredLate) => S::Late,
        (S::Waiting, E::DeadlineOver) => S::Absent,
        (S::Waiting, E::NotDelivered) => S::Undelivered,
        _ => return None,
    })
}

/// What an answer at `at` is to a roll-call with this deadline; none where it is too late to belong to it.
pub fn answer(deadline_at: Timestamp, at: Timestamp) -> Option<RollCallEvent> {
    let is_late = is_late(deadline_at, at)?;
    Some(if is_late { RollCallEvent::AnsweredLate } else { RollCallEvent::AnsweredInTime })
}

/// Whether an answer at `at` is late, at a device or at a seat; none where it is too late to belong to any roll-call.
pub(crate) fn is_late(deadline_at: Timestamp, at: Timestamp) -> Option<bool> {
    let late = at.duration_since(deadline_at);
    (late <= LATE_WITHIN).then_some(late > SignedDuration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use RollCallEvent as E;
    use RollCallState as S;

    #[test]
    fn every_pair_of_state_and_event() {
        let events = [E::AnsweredInTime, E::AnsweredLate, E::DeadlineOver, E::NotDelivered];
        let table = [
            (S::Waiting, [Some(S::Answered), Some(S::Late), Some(S::Absent), Some(S::Undelivered)]),
            (S::Answered, [None, None, None, None]),
            (S::Late, [None, None, None, None]),
            (S::Absent, [None, Some(S::Late), None, None]),
            (S::Undelivered, [None, None, None, None]),
        ];
        for (state, after) in table {
            for (event, expected) in events.into_iter().zip(after) {
                assert_eq!(next_state(state, event), expected, "{state:?} {event:?}");
            }
        }
        assert_eq!(table.len(), S::ALL.len());
    }

    #[test]
    fn an_answer_is_in_time_late_or_nobodys() {
        let at = |s| Timestamp::from_second(s).unwrap();
        assert_eq!(answer(at(180), at(180)), Some(E::AnsweredInTime));
        assert_eq!(answer(at(180), at(181)), Some(E::AnsweredLate));
        assert_eq!(answer(at(0), at(3601)), None);
    }
}
