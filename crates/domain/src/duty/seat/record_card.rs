//! The two-hour record card (两小时记录): twelve times a day somebody writes down how the equipment is (GB 25201—2010).
//!
//! A slot is filled in its own two hours; within the next two it counts as late, afterwards it is missing and nothing is filled in any more.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::beijing::begin_of;
use crate::recording::Span;
use crate::words::words;

/// Records a day.
pub const RECORDS_A_DAY: usize = 12;
/// Hours from one to the next.
const HOURS: i64 = 2;

/// How a slot of the card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    /// Its time has not come.
    Ahead,
    /// To be filled in now.
    Due,
    /// Filled in its time.
    Recorded,
    /// Filled in after it.
    RecordedLate,
    /// Its time is over; it may still be filled in, late.
    Overdue,
    /// Nobody did.
    Missing,
}

words! { RecordState:
    Ahead = "ahead", "未到时间", "Ahead";
    Due = "due", "待填写", "Due";
    Recorded = "recorded", "已填写", "Recorded";
    RecordedLate = "recorded_late", "补填", "Recorded late";
    Overdue = "overdue", "已逾期待补", "Overdue";
    Missing = "missing", "缺填", "Missing";
}

/// The twelve slots of a day.
pub fn record_slots(day: Date) -> [Span; RECORDS_A_DAY] {
    let begin = begin_of(day);
    let at = |n: i64| begin.saturating_add(SignedDuration::from_hours(n * HOURS)).unwrap_or(begin);
    std::array::from_fn(|n| Span::new(at(n as i64), at(n as i64 + 1)))
}

/// How a slot is at `now`, filled in at `recorded_at` by the server's clock, if it was. What was written before its slot or after the time
/// for being late is no record of it.
pub fn record_state(slot: &Span, recorded_at: Option<Timestamp>, now: Timestamp) -> RecordState {
    let late_until = slot.end.saturating_add(SignedDuration::from_hours(HOURS)).unwrap_or(slot.end);
    match recorded_at.filter(|at| *at >= slot.start && *at < late_until) {
        Some(at) if at < slot.end => RecordState::Recorded,
        Some(_) => RecordState::RecordedLate,
        None if now < slot.start => RecordState::Ahead,
        None if now < slot.end => RecordState::Due,
        None if now < late_until => RecordState::Overdue,
        None => RecordState::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RecordState as S;

    #[test]
    fn a_day_has_twelve_slots_and_each_its_time() {
        let slots = record_slots(jiff::civil::date(2026, 12, 1));
        assert!(slots.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(slots[11].end, begin_of(jiff::civil::date(2026, 12, 2)));
        let at = |minute: i64| slots[3].start + SignedDuration::from_mins(minute);
        for (recorded, now, expected) in [
            (None, -1, S::Ahead),
            (None, 0, S::Due),
            (None, 119, S::Due),
            (None, 120, S::Overdue),
            (None, 240, S::Missing),
            (Some(0), 500, S::Recorded),
            (Some(119), 500, S::Recorded),
            (Some(120), 500, S::RecordedLate),
            (Some(239), 500, S::RecordedLate),
            (Some(240), 500, S::Missing),
            (Some(-1), 10, S::Due),
        ] {
            assert_eq!(record_state(&slots[3], recorded.map(at), at(now)), expected, "{recorded:?} {now}");
        }
    }
}
