//! Seen on: what a camera told of and still sees, after a person has ended the alarm about it.
//!
//! An open alarm takes repeats in. An ended one takes them in for a while, because smoke lingers and a person who has just looked is right more
//! often than not; after that they are a new alarm that names the one before. Each time it comes to that within a day the while doubles, so
//! that a lamp taken for a flame becomes no flood and a fire that somebody ended by mistake rings within minutes.
//!
//! The platform does not open the old one again: 办结不实 is said of a person's ending by a person ([`super::life::REOPEN_WITHIN`]).

use jiff::{SignedDuration, Timestamp};

/// How long an ended alarm takes in what is still seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AfterEnd {
    /// The first time.
    pub first: SignedDuration,
    /// At most, however often it was ended.
    pub longest: SignedDuration,
}

/// Longer than this nobody leaves a fire unsaid.
const LONGEST: SignedDuration = SignedDuration::from_mins(30);

impl AfterEnd {
    /// By its first while; it doubles up to half an hour.
    pub fn of(first: SignedDuration) -> Self {
        Self { first, longest: LONGEST.max(first) }
    }
}

/// What becomes of a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It is noted with the ended alarm and rings nobody.
    Joins,
    /// It is a new alarm, after the ended one.
    Follows,
}

/// What becomes at `now` of a repeat whose last alarm was ended at `ended_at`; `followed` alarms of the same camera and kind followed another
/// within the last day. An end that lies in the future is a clock that was put back, and nothing is kept quiet for that.
pub fn after_end(rule: AfterEnd, ended_at: Timestamp, followed: u32, now: Timestamp) -> Repeat {
    let doubled = 2_i32.saturating_pow(followed.min(30));
    let quiet_for = rule.first.saturating_mul(doubled).min(rule.longest);
    let since = now.duration_since(ended_at);
    if !since.is_negative() && since < quiet_for { Repeat::Joins } else { Repeat::Follows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeat_joins_for_a_while_that_doubles_to_half_an_hour_and_then_follows() {
        let rule = AfterEnd::of(SignedDuration::from_mins(2));
        let ended = Timestamp::from_second(1_800_000_000).unwrap();
        for (followed, quiet_s) in
            [(0, 120), (1, 240), (2, 480), (3, 960), (4, 1800), (5, 1800), (u32::MAX, 1800)]
        {
            let at = |s: i64| after_end(rule, ended, followed, ended + SignedDuration::from_secs(s));
            assert_eq!(at(0), Repeat::Joins, "{followed}");
            assert_eq!(at(quiet_s - 1), Repeat::Joins, "{followed}");
            assert_eq!(at(quiet_s), Repeat::Follows, "{followed}");
            assert_eq!(at(-1), Repeat::Follows, "a clock that was put back keeps nothing quiet");
        }
        let none = AfterEnd::of(SignedDuration::ZERO);
        assert_eq!(after_end(none, ended, 0, ended), Repeat::Follows);
        let long = AfterEnd::of(SignedDuration::from_hours(1));
        assert_eq!(after_end(long, ended, 3, ended + SignedDuration::from_mins(59)), Repeat::Joins);
    }

    #[test]
    fn a_source_that_is_ended_at_once_every_time_makes_few_alarms_in_a_watch() {
        let rule = AfterEnd::of(SignedDuration::from_mins(2));
        let begin = Timestamp::from_second(1_800_000_000).unwrap();
        let (mut ended, mut followed) = (begin, 0);
        // Told every minute for twelve hours, and each alarm ended ten seconds later.
        for minute in 1..=12 * 60 {
            let now = begin + SignedDuration::from_mins(minute);
            if after_end(rule, ended, followed, now) == Repeat::Follows {
                (ended, followed) = (now + SignedDuration::from_secs(10), followed + 1);
            }
        }
        assert!((20..=30).contains(&followed), "{followed} alarms in twelve hours");
    }
}
