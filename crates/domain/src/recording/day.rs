//! A camera's day: how many minutes should have been recorded, how many were, how many are still there; and the nightly proof that the
//! days the law wants are present.
//!
//! Minutes are whole numbers. They are counted from the gaps and not from the files, so that the moments lost between two files do not
//! make a perfect day 1 439 minutes long; a day with any gap never has all of its minutes.

use jiff::civil::Date;

use super::gap::gaps;
use super::span::{Span, overlap, total_us};
use crate::beijing::{begin_of, day_after, day_of};

/// Microseconds of a minute.
pub const MINUTE_US: i64 = 60_000_000;

/// A day counts as present when at least this share of its minutes is there, percent: the bar that the programme sets for cameras that
/// count as connected.
pub const PRESENT_PERCENT: u64 = 95;

/// What a day of one camera came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMeasure {
    /// Minutes that should have been recorded.
    pub expected_minutes: u32,
    /// Minutes that were; never more than expected.
    pub recorded_minutes: u32,
    /// What is missing, in order; without causes.
    pub gaps: Vec<Span>,
}

/// A day of one camera as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CameraDay {
    /// The Beijing day.
    pub day: Date,
    /// Minutes that should have been recorded.
    pub expected_minutes: u32,
    /// Minutes that were recorded at the time.
    pub recorded_minutes: u32,
    /// Minutes that are still there.
    pub kept_minutes: u32,
}

/// Whether the days that have to be there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Days that have to be there.
    pub days_required: u32,
    /// Of these, the ones that are.
    pub days_kept: u32,
    /// The ones that are not, in order.
    pub missing: Vec<Date>,
}

/// The 24 hours of a Beijing day.
pub fn day_span(day: Date) -> Span {
    Span::new(begin_of(day), begin_of(day_after(day, 1)))
}

/// The days that have to be whole at `today`: those of the floor before it. Today itself is still being recorded.
pub fn required_days(floor_days: u16, today: Date) -> impl Iterator<Item = Date> {
    (1..=i32::from(floor_days)).rev().map(move |back| day_after(today, -back))
}

/// Measures the part of `expected` that falls on `day`.
pub fn measure_day(day: Date, recorded: &[Span], expected: &[Span]) -> DayMeasure {
    let expected = overlap(&[day_span(day)], expected);
    let gaps = gaps(recorded, &expected);
    let expected_us = total_us(&expected);
    let minutes = |us: i64| (us / MINUTE_US) as u32;
    DayMeasure {
        expected_minutes: minutes(expected_us),
        recorded_minutes: minutes(expected_us - total_us(&gaps)),
        gaps,
    }
}

impl CameraDay {
    /// Whether the day counts as present. A day of which nothing was expected is neither present nor missing.
    pub fn is_present(&self) -> bool {
        self.expected_minutes > 0
            && u64::from(self.kept_minutes) * 100 >= u64::from(self.expected_minutes) * PRESENT_PERCENT
    }
}

impl Proof {
    /// 录像缺失: whether alarm V05 is to be raised.
    pub fn is_short(&self) -> bool {
        self.days_kept < self.days_required
    }
}

/// Proves the days of one camera, of which `began` is the first on which it was to be recorded: before it nothing could be kept. Of a
/// required day without a row nobody knows anything, so it is missing.
pub fn prove(days: &[CameraDay], floor_days: u16, began: Date, today: Date) -> Proof {
    let mut proof = Proof { days_required: 0, days_kept: 0, missing: Vec::new() };
    for day in required_days(floor_days, today).filter(|day| *day >= began) {
        match days.iter().find(|one| one.day == day) {
            Some(one) if one.expected_minutes == 0 => continue,
            Some(one) if one.is_present() => proof.days_kept += 1,
            _ => proof.missing.push(day),
        }
        proof.days_required += 1;
    }
    proof
}

/// The days on which a stretch lies.
pub fn days_of(span: &Span) -> impl Iterator<Item = Date> {
    let (start, end) = (day_of(span.start), span.end);
    let day = move |n| day_after(start, n);
    (0..).map(day).take_while(move |day| begin_of(*day) < end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::{SignedDuration, Timestamp};

    const DAY: Date = date(2026, 3, 1);

    fn at(s: i64) -> Timestamp {
        begin_of(DAY) + SignedDuration::from_secs(s)
    }

    fn span(start: i64, end: i64) -> Span {
        Span::new(at(start), at(end))
    }

    fn minutes(recorded: &[Span], expected: &[Span]) -> (u32, u32) {
        let measure = measure_day(DAY, recorded, expected);
        (measure.recorded_minutes, measure.expected_minutes)
    }

    #[test]
    fn only_a_day_without_a_gap_has_all_its_minutes() {
        let always = [span(-1_000_000, 1_000_000)];
        for (recorded, is) in [
            (vec![span(0, 86_400)], (1440, 1440)),
            (vec![span(-60, 40_000), span(40_001, 90_000)], (1440, 1440)),
            (vec![span(0, 40_000), span(40_005, 86_400)], (1439, 1440)),
            (vec![span(0, 43_200)], (720, 1440)),
            (vec![], (0, 1440)),
            (vec![span(86_400, 90_000)], (0, 1440)),
        ] {
            assert_eq!(minutes(&recorded, &always), is, "{recorded:?}");
        }
    }

    #[test]
    fn what_nobody_expected_is_not_counted() {
        assert_eq!(minutes(&[span(0, 86_400)], &[span(3_600, 7_200)]), (60, 60));
        assert_eq!(minutes(&[span(0, 5_400)], &[span(3_600, 7_200)]), (30, 60));
        assert_eq!(minutes(&[span(0, 86_400)], &[]), (0, 0));
    }

    #[test]
    fn a_proof_misses_days_that_were_deleted_and_days_without_a_row() {
        let row = |back: i32, kept_minutes| CameraDay {
            day: day_after(DAY, -back),
            expected_minutes: 1440,
            recorded_minutes: 1440,
            kept_minutes,
        };
        let days = [row(1, 1440), row(2, 1368), row(3, 1367), row(5, 1440), row(6, 0)];
        let proof = prove(&days, 30, day_after(DAY, -5), DAY);
        assert_eq!((proof.days_required, proof.days_kept, proof.is_short()), (5, 3, true));
        assert_eq!(proof.missing, [day_after(DAY, -4), day_after(DAY, -3)]);
        let proof = prove(&days[..2], 2, day_after(DAY, -400), DAY);
        assert_eq!((proof.days_required, proof.days_kept, proof.is_short()), (2, 2, false));
    }

    #[test]
    fn a_day_on_which_nothing_was_expected_is_not_required() {
        let off =
            CameraDay { day: day_after(DAY, -1), expected_minutes: 0, recorded_minutes: 0, kept_minutes: 0 };
        assert_eq!(prove(&[off], 1, off.day, DAY), Proof { days_required: 0, days_kept: 0, missing: vec![] });
    }

    #[test]
    fn midnight_belongs_to_the_next_day() {
        assert_eq!(days_of(&span(-10, 0)).collect::<Vec<_>>(), [day_after(DAY, -1)]);
        assert_eq!(days_of(&span(0, 86_401)).collect::<Vec<_>>(), [DAY, day_after(DAY, 1)]);
    }
}
