//! The minutes of a Beijing day as a set of bits: 1 440 of them in 184 bytes, so that whole days are compared in a few words.

use jiff::civil::Date;

use crate::beijing::begin_of;
use crate::recording::Span;

/// Minutes of a day. Beijing has no summer time, so every day has them.
pub const DAY_MINUTES: u16 = 1440;
/// Microseconds of a minute.
pub const MINUTE_US: i64 = 60_000_000;

const WORDS: usize = 23;

/// A set of minutes of one day, numbered 0 (00:00) to 1439 (23:59).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Minutes([u64; WORDS]);

impl Minutes {
    /// No minute.
    pub const NONE: Self = Self([0; WORDS]);

    /// Every minute of the day.
    pub const ALL: Self = {
        let mut words = [u64::MAX; WORDS];
        words[WORDS - 1] = (1 << (DAY_MINUTES as usize % 64)) - 1;
        Self(words)
    };

    /// The minutes of `day` that lie wholly in one of the stretches. For what has to last the minute: a contract, a shift.
    pub fn within(day: Date, spans: &[Span]) -> Self {
        let mut set = Self::NONE;
        for span in crate::recording::union(spans) {
            set.insert_span(day, span.start.as_microsecond(), span.end.as_microsecond(), Rounding::Inwards);
        }
        set
    }

    /// The minutes of `day` that any of the stretches touches. For what spoils the minute it happens in: an unanswered roll-call.
    pub fn touched(day: Date, spans: &[Span]) -> Self {
        let mut set = Self::NONE;
        for span in spans.iter().filter(|span| !span.is_empty()) {
            set.insert_span(day, span.start.as_microsecond(), span.end.as_microsecond(), Rounding::Outwards);
        }
        set
    }

    /// Adds the minutes `from` up to but without `until`; what lies beyond the day is left out.
    pub fn insert(&mut self, from: u16, until: u16) {
        for minute in from..until.min(DAY_MINUTES) {
            self.0[usize::from(minute) / 64] |= 1 << (minute % 64);
        }
    }

    /// Whether a minute is in the set; false beyond the day.
    pub fn contains(&self, minute: u16) -> bool {
        minute < DAY_MINUTES && self.0[usize::from(minute) / 64] >> (minute % 64) & 1 == 1
    }

    /// How many minutes are in the set.
    pub fn count(&self) -> u16 {
        self.0.iter().map(|word| word.count_ones()).sum::<u32>() as u16
    }

    /// Minutes of both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    /// Minutes of either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// Minutes of this set that are not in the other.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & !other.0[i]))
    }

    fn insert_span(&mut self, day: Date, start_us: i64, end_us: i64, rounding: Rounding) {
        let begin_us = begin_of(day).as_microsecond();
        let floor = |us: i64| (us - begin_us).div_euclid(MINUTE_US);
        let ceil = |us: i64| -((begin_us - us).div_euclid(MINUTE_US));
        let (from, until) = match rounding {
            Rounding::Inwards => (ceil(start_us), floor(end_us)),
            Rounding::Outwards => (floor(start_us), ceil(end_us)),
        };
        let clamp = |minute: i64| minute.clamp(0, i64::from(DAY_MINUTES)) as u16;
        self.insert(clamp(from), clamp(until));
    }
}

/// What happens to a minute of which a stretch has only a part.
#[derive(Clone, Copy)]
enum Rounding {
    Inwards,
    Outwards,
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const DAY: Date = date(2026, 12, 1);

    fn span(from_s: i64, until_s: i64) -> Span {
        let begin = begin_of(DAY);
        Span::new(begin + SignedDuration::from_secs(from_s), begin + SignedDuration::from_secs(until_s))
    }

    #[test]
    fn a_minute_that_is_only_begun_is_not_within_and_is_touched() {
        for (from_s, until_s, within, touched) in [
            (0, 60, 1, 1),
            (0, 59, 0, 1),
            (1, 60, 0, 1),
            (30, 90, 0, 2),
            (30, 180, 2, 3),
            (-100, 86_400 + 100, 1440, 1440),
            (-100, -1, 0, 0),
            (86_400, 90_000, 0, 0),
            (600, 600, 0, 0),
        ] {
            let spans = [span(from_s, until_s)];
            let found = (Minutes::within(DAY, &spans).count(), Minutes::touched(DAY, &spans).count());
            assert_eq!(found, (within, touched), "{from_s}..{until_s}");
        }
        // Two shifts that meet in the middle of a minute leave no hole.
        assert_eq!(Minutes::within(DAY, &[span(0, 90), span(90, 180)]).count(), 3);
    }

    #[test]
    fn the_whole_day_has_1440_minutes_and_nothing_lies_beyond_it() {
        assert_eq!((Minutes::ALL.count(), Minutes::NONE.count()), (1440, 0));
        assert!(Minutes::ALL.contains(1439) && !Minutes::ALL.contains(1440));
        let mut set = Minutes::NONE;
        set.insert(1400, u16::MAX);
        assert_eq!(set.count(), 40);
    }

    proptest! {
        #[test]
        fn sets_agree_with_lists(ranges in prop::collection::vec((0_u16..1500, 0_u16..1500), 0..8)) {
            let (mut one, mut other) = (Minutes::NONE, Minutes::NONE);
            for (i, (from, until)) in ranges.iter().enumerate() {
                if i % 2 == 0 { one.insert(*from, *until) } else { other.insert(*from, *until) }
            }
            let listed = |set: &Minutes| (0..1500).filter(|minute| set.contains(*minute)).count();
            prop_assert_eq!(listed(&one), usize::from(one.count()));
            let both = one.and(&other);
            prop_assert_eq!(both.count() + one.or(&other).count(), one.count() + other.count());
            prop_assert_eq!(one.without(&other).count() + both.count(), one.count());
        }
    }
}
