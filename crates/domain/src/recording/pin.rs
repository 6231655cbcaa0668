//! Pins (证据锁定): a stretch of one camera's recording that stays past its ceiling, because it is evidence of something.
//!
//! A pin has a reason, somebody who answers for it, and an end: recordings are deleted when their purpose is met (State Council
//! Decree 799 art. 17), and a pin without an end would be a way round that. Who needs longer pins again.

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use super::span::Span;

/// Longest stretch of one pin: what happened to somebody in a week, not a copy of the archive.
pub const PIN_RANGE_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Longest time a pin holds: cases of accountability stay for three years after they are closed.
pub const PIN_KEEP_MAX: SignedDuration = SignedDuration::from_hours(3 * 366 * 24);

/// Why a stretch cannot be pinned so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PinRefusal {
    /// No moment lies in it.
    #[error("the stretch is empty")]
    Empty,
    /// Longer than [`PIN_RANGE_MAX`].
    #[error("at most seven days are pinned at once")]
    TooLong,
    /// Without a reason nobody knows when it is met.
    #[error("a pin needs a reason")]
    NoReason,
    /// It would end before it begins to hold.
    #[error("a pin ends after now")]
    Ended,
    /// Longer than [`PIN_KEEP_MAX`].
    #[error("a pin holds for at most three years; pin again before it ends")]
    TooLate,
}

/// Whether a stretch may be pinned until `keep_until`.
pub fn check_pin(span: &Span, reason: &str, keep_until: Timestamp, now: Timestamp) -> Result<(), PinRefusal> {
    if span.is_empty() {
        return Err(PinRefusal::Empty);
    }
    if span.end.duration_since(span.start) > PIN_RANGE_MAX {
        return Err(PinRefusal::TooLong);
    }
    if reason.trim().is_empty() {
        return Err(PinRefusal::NoReason);
    }
    if keep_until <= now {
        return Err(PinRefusal::Ended);
    }
    if keep_until.duration_since(now) > PIN_KEEP_MAX {
        return Err(PinRefusal::TooLate);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_a_stretch_a_reason_and_an_end() {
        let day = |n: i64| Timestamp::from_second(n * 86_400).unwrap();
        for (start, end, reason, keep_until, refused) in [
            (0, 7, "火情", 200, None),
            (3, 3, "火情", 200, Some(PinRefusal::Empty)),
            (0, 8, "火情", 200, Some(PinRefusal::TooLong)),
            (0, 1, " ", 200, Some(PinRefusal::NoReason)),
            (0, 1, "火情", 100, Some(PinRefusal::Ended)),
            (0, 1, "火情", 100 + 3 * 366, None),
            (0, 1, "火情", 101 + 3 * 366, Some(PinRefusal::TooLate)),
        ] {
            let span = Span::new(day(start), day(end));
            assert_eq!(check_pin(&span, reason, day(keep_until), day(100)).err(), refused);
        }
    }
}
