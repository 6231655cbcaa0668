//! Planned exemptions (免查): a time in which a room is not asked. Wished for by one person, approved by another before it begins, and never
//! longer than four hours.
//!
//! What it does not do: nothing is exempted afterwards, and the schedule of the day stays as it was drawn. A moment that falls into an
//! exemption becomes a roll-call in the state *exempt*, so that nobody can see from the rows that one was left out.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::EXEMPTION_MAX;
use crate::ids::UserId;
use crate::recording::Span;
use crate::words::words;

/// An exemption is asked for this long before it begins at most: whoever approves must know what will be.
pub const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Longest reason.
pub const REASON_CHARS_MAX: usize = 500;

/// Where an exemption stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExemptionState {
    /// Somebody asks for it. Undecided when it begins, it never holds.
    Asked,
    /// Another person approved it.
    Approved,
    /// Another person declined it.
    Declined,
    /// Taken back before it was over.
    Withdrawn,
}

words! { ExemptionState:
    Asked = "asked", "待批准", "Asked for";
    Approved = "approved", "已批准", "Approved";
    Declined = "declined", "未批准", "Declined";
    Withdrawn = "withdrawn", "已撤回", "Withdrawn";
}

/// What happens to an exemption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExemptionEvent {
    /// Another person approves it.
    Approve,
    /// Another person declines it.
    Decline,
    /// It is taken back.
    Withdraw,
}

words! { ExemptionEvent:
    Approve = "approve", "批准免查", "Approve";
    Decline = "decline", "不批准", "Decline";
    Withdraw = "withdraw", "撤回", "Withdraw";
}

/// Why an exemption, or a step of one, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExemptionRefusal {
    /// The state does not know the event.
    #[error("an exemption that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(ExemptionState, ExemptionEvent),
    /// Nobody can answer for it without one.
    #[error("a reason of 1 to {REASON_CHARS_MAX} characters")]
    Reason,
    /// It ends before it begins.
    #[error("it has to end after it begins")]
    Backwards,
    /// Longer than four hours.
    #[error("an exemption lasts four hours at most")]
    TooLong,
    /// It begins now or has begun.
    #[error("an exemption is approved before it begins")]
    Begun,
    /// Too far ahead.
    #[error("an exemption begins within thirty days")]
    TooFar,
    /// One's own wish.
    #[error("another person than the one who asked decides")]
    OwnWish,
}

/// Whether an exemption may be asked for.
pub fn check_wish(span: &Span, reason: &str, now: Timestamp) -> Result<(), ExemptionRefusal> {
    let chars = reason.trim().chars().count();
    if chars == 0 || chars > REASON_CHARS_MAX {
        return Err(ExemptionRefusal::Reason);
    }
    if span.is_empty() {
        return Err(ExemptionRefusal::Backwards);
    }
    if span.end.duration_since(span.start) > EXEMPTION_MAX {
        return Err(ExemptionRefusal::TooLong);
    }
    if span.start <= now {
        return Err(ExemptionRefusal::Begun);
    }
    if span.start.duration_since(now) > AHEAD_MAX {
        return Err(ExemptionRefusal::TooFar);
    }
    Ok(())
}

/// The state after an event.
pub fn next_state(state: ExemptionState, event: ExemptionEvent) -> Result<ExemptionState, ExemptionRefusal> {
    use ExemptionEvent as E;
    use ExemptionState as S;
    Ok(match (state, event) {
        (S::Asked, E::Approve) => S::Approved,
        (S::Asked, E::Decline) => S::Declined,
        (S::Asked | S::Approved, E::Withdraw) => S::Withdrawn,
        _ => return Err(ExemptionRefusal::NotNow(state, event)),
    })
}

/// Whether somebody may approve or decline at `now` what `asked_by` wished for.
pub fn check_decision(
    event: ExemptionEvent,
    (asked_by, by): (UserId, UserId),
    starts_at: Timestamp,
    now: Timestamp,
) -> Result<(), ExemptionRefusal> {
    match event {
        ExemptionEvent::Approve | ExemptionEvent::Decline if asked_by == by => Err(ExemptionRefusal::OwnWish),
        ExemptionEvent::Approve if starts_at <= now => Err(ExemptionRefusal::Begun),
        ExemptionEvent::Approve | ExemptionEvent::Decline | ExemptionEvent::Withdraw => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExemptionEvent as E;
    use ExemptionState as S;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + s).unwrap()
    }

    #[test]
    fn every_pair_of_state_and_event() {
        let table = [
            (S::Asked, [Some(S::Approved), Some(S::Declined), Some(S::Withdrawn)]),
            (S::Approved, [None, None, Some(S::Withdrawn)]),
            (S::Declined, [None, None, None]),
            (S::Withdrawn, [None, None, None]),
        ];
        for (state, after) in table {
            for (event, expected) in E::ALL.into_iter().zip(after) {
                assert_eq!(next_state(state, event).ok(), expected, "{state:?} {event:?}");
            }
        }
        assert_eq!(table.len(), S::ALL.len());
    }

    #[test]
    fn a_wish_is_short_ahead_and_has_a_reason() {
        let hour = 3600;
        for (from, to, reason, expected) in [
            (60, 60 + 4 * hour, "停电检修", Ok(())),
            (60, 61 + 4 * hour, "停电检修", Err(ExemptionRefusal::TooLong)),
            (0, hour, "停电检修", Err(ExemptionRefusal::Begun)),
            (60, 60, "停电检修", Err(ExemptionRefusal::Backwards)),
            (60, hour, "  ", Err(ExemptionRefusal::Reason)),
            (31 * 24 * hour, 31 * 24 * hour + 1, "停电检修", Err(ExemptionRefusal::TooFar)),
        ] {
            assert_eq!(
                check_wish(&Span { start: at(from), end: at(to) }, reason, at(0)),
                expected,
                "{from} {to}"
            );
        }
    }

    #[test]
    fn two_people_and_beforehand() {
        let (one, other) = (UserId(uuid::Uuid::from_u128(1)), UserId(uuid::Uuid::from_u128(2)));
        for (event, by, now, expected) in [
            (E::Approve, other, 9, Ok(())),
            (E::Approve, other, 10, Err(ExemptionRefusal::Begun)),
            (E::Approve, one, 9, Err(ExemptionRefusal::OwnWish)),
            (E::Decline, one, 9, Err(ExemptionRefusal::OwnWish)),
            (E::Decline, other, 11, Ok(())),
            (E::Withdraw, one, 11, Ok(())),
        ] {
            assert_eq!(check_decision(event, (one, by), at(10), at(now)), expected, "{event:?} at {now}");
        }
    }
}
