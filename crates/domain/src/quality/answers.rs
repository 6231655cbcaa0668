//! The answers about one rule, counted, and what they say: precision with its interval, false alarms a day, and whether that is too much.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alarm::FalseAlarmReason;
use crate::interval::{Interval, wilson};
use crate::words::words;

/// Days of answers that count: long enough for a rare rule, short enough that a mended camera is forgiven.
pub const WINDOW_DAYS: i64 = 30;
/// The same as a span.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(WINDOW_DAYS * 24);
/// More false alarms than this on one day make a repeater (practice of fire-alarm operators: more than five a day).
pub const FALSE_A_DAY_MAX: u32 = 5;
/// With fewer answers nothing is said of a rule's precision.
pub const ANSWERS_MIN: u32 = 10;
/// A rule whose precision is surely below this cries wolf four times of five.
pub const PRECISION_LEAST_PERCENT: u32 = 20;

/// Why a rule is noisy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grounds {
    /// More than [`FALSE_A_DAY_MAX`] on one day.
    FalseADay,
    /// The upper end of its precision lies below [`PRECISION_LEAST_PERCENT`].
    Precision,
}

words! { Grounds:
    FalseADay = "false_a_day", "单日误报过多", "Too many false alarms on one day";
    Precision = "precision", "准确率过低", "Too low a precision";
}

/// Answers about a rule within the window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// Confirmed by a person.
    pub real: u32,
    /// Rejected, by reason.
    pub by_reason: Vec<(FalseAlarmReason, u32)>,
    /// False ones on the day (Beijing time) that had most.
    pub worst_day: u32,
    /// When the first of them was pushed.
    pub first_at: Option<Timestamp>,
}

impl Answers {
    /// Rejected ones.
    pub fn rejected(&self) -> u32 {
        self.by_reason.iter().map(|(_, count)| count).sum()
    }

    /// All.
    pub fn answered(&self) -> u32 {
        self.real + self.rejected()
    }

    /// Share of real ones, in 95 % of cases; none without answers.
    pub fn precision(&self) -> Option<Interval> {
        wilson(u64::from(self.real), u64::from(self.answered()))
    }

    /// Days that they came in: from the first of them until `now`, begun ones counting, [`WINDOW_DAYS`] at most.
    pub fn days(&self, now: Timestamp) -> u32 {
        let span = self.first_at.map_or(SignedDuration::ZERO, |first| now.duration_since(first));
        let begun = span.as_secs().max(0) / 86_400 + 1;
        begun.min(WINDOW_DAYS) as u32
    }

    /// Why the rule is noisy, if it is.
    pub fn grounds(&self) -> Option<Grounds> {
        if self.worst_day > FALSE_A_DAY_MAX {
            return Some(Grounds::FalseADay);
        }
        let least = f64::from(PRECISION_LEAST_PERCENT) / 100.0;
        let is_low = self.precision().is_some_and(|precision| precision.high < least);
        (self.answered() >= ANSWERS_MIN && is_low).then_some(Grounds::Precision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(real: u32, rejected: u32, worst_day: u32) -> Answers {
        let half = rejected / 2;
        let by_reason =
            vec![(FalseAlarmReason::SteamFog, half), (FalseAlarmReason::LightReflection, rejected - half)];
        Answers { real, by_reason, worst_day, first_at: None }
    }

    #[test]
    fn a_rule_is_noisy_by_one_bad_day_or_by_many_wrong_answers() {
        for (real, rejected, worst_day, grounds) in [
            (0, 0, 0, None),
            (0, 5, 5, None),
            (0, 6, 6, Some(Grounds::FalseADay)),
            (90, 6, 6, Some(Grounds::FalseADay)),
            // Nine answers say nothing of a share, and of fifteen none real the upper end is 20.4 %.
            (0, 9, 1, None),
            (0, 15, 1, None),
            (0, 16, 1, Some(Grounds::Precision)),
            (2, 40, 3, Some(Grounds::Precision)),
            (5, 40, 3, None),
        ] {
            assert_eq!(answers(real, rejected, worst_day).grounds(), grounds, "{real} of {real}+{rejected}");
        }
    }

    #[test]
    fn days_are_counted_from_the_first_answer() {
        let now: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
        let since =
            |text: &str| Answers { first_at: Some(text.parse().unwrap()), ..Answers::default() }.days(now);
        assert_eq!(since("2026-11-30T11:59:59Z"), 1);
        assert_eq!(since("2026-11-29T12:00:00Z"), 2);
        assert_eq!(since("2026-10-01T00:00:00Z"), 30);
        assert_eq!(Answers::default().days(now), 1);
    }
}
