//! Beijing time: what day it is for people, and how a bulletin writes days and moments. Storage and arithmetic stay in UTC.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};

const BEIJING: Offset = Offset::constant(8);

/// The day on which a moment falls.
pub fn day_of(time: Timestamp) -> Date {
    BEIJING.to_datetime(time).date()
}

/// The moment a day begins. Beijing has had no summer time since 1991, so the next one begins 24 hours later.
pub fn begin_of(day: Date) -> Timestamp {
    BEIJING.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN)
}

/// Minutes since midnight, 0 to 1439.
pub fn minute_of_day(time: Timestamp) -> u16 {
    let local = BEIJING.to_datetime(time).time();
    u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs())
}

/// A day `days` later, or earlier when negative; stops at the ends of the calendar.
pub fn day_after(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// The last day of a period that ends before `until`: midnight belongs to the day before.
pub fn last_day_before(until: Timestamp) -> Date {
    let just_before = until.as_microsecond().saturating_sub(1);
    day_of(Timestamp::from_microsecond(just_before).unwrap_or(until))
}

/// 9月2日; with its year where that is not the year of `beside`.
pub fn say_day(day: Date, beside: Date) -> String {
    if day.year() == beside.year() { short_day(day) } else { full_day(day) }
}

/// 9月2日
pub fn short_day(day: Date) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// 2025年9月2日
pub fn full_day(day: Date) -> String {
    format!("{}年{}", day.year(), short_day(day))
}

/// 2025年9月2日08:00
pub fn say_moment(time: Timestamp) -> String {
    let local = BEIJING.to_datetime(time);
    format!("{}{:02}:{:02}", full_day(local.date()), local.hour(), local.minute())
}

/// 2025年9月2日08:00:05: for what is late by a second.
pub fn say_second(time: Timestamp) -> String {
    format!("{}:{:02}", say_moment(time), BEIJING.to_datetime(time).second())
}

/// Seconds as `45秒`, `5分钟`, `3小时` or `2天`: as much as one glance takes in.
pub fn say_span(s: i64) -> String {
    match s.max(0) {
        s @ ..60 => format!("{s}秒"),
        s @ ..3600 => format!("{}分钟", s / 60),
        s @ ..86_400 => format!("{}小时", s / 3600),
        s => format!("{}天", s / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_sixteen_hundred_utc() {
        let midnight: Timestamp = "2025-09-02T16:00:00Z".parse().unwrap();
        assert_eq!(full_day(day_of(midnight)), "2025年9月3日");
        assert_eq!(short_day(last_day_before(midnight)), "9月2日");
        assert_eq!(say_moment(midnight), "2025年9月3日00:00");
        assert_eq!(begin_of(day_of(midnight)), midnight);
        assert_eq!(minute_of_day(midnight), 0);
        assert_eq!(minute_of_day("2025-09-02T02:30:59Z".parse().unwrap()), 10 * 60 + 30);
        assert_eq!(short_day(day_after(day_of(midnight), -3)), "8月31日");
        let (may, next) = (jiff::civil::date(2025, 5, 31), jiff::civil::date(2026, 1, 1));
        assert_eq!((say_day(may, may).as_str(), say_day(may, next).as_str()), ("5月31日", "2025年5月31日"));
    }

    #[test]
    fn spans_are_said_in_one_unit() {
        assert_eq!(
            [-5, 59, 60, 3599, 7200, 200_000].map(say_span),
            ["0秒", "59秒", "1分钟", "59分钟", "2小时", "2天"]
        );
    }
}
