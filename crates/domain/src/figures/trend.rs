//! A figure over several snapshots: how fast it moves and, if it went on like that, when it would be complete.
//!
//! The rate is that of the last weeks only, a straight line between two exact points; nothing is smoothed or fitted. Where the points
//! do not carry an answer there is none: fewer than two, less than a week apart, or no progress. A forecast is arithmetic, not a promise.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ratio::Ratio;
use crate::beijing;

/// Points closer together than this say nothing about a week.
pub const SPAN_DAYS_MIN: i64 = 7;

/// A forecast beyond this is "never at this rate": about ten years.
pub const FORECAST_DAYS_MAX: i64 = 3650;

const DAY_US: i128 = 24 * 3600 * 1_000_000;

/// One snapshot's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// As-of time of the snapshot.
    pub as_of: Timestamp,
    /// The value.
    pub ratio: Ratio,
}

/// How fast the numerator moves, between two points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyRate {
    /// The earlier point.
    pub from: Point,
    /// The newest point.
    pub to: Point,
    /// Units gained from one to the other; negative where units were lost.
    pub gained: i64,
    /// Hundredths of a unit per week, rounded toward zero.
    pub per_week_hundredths: i64,
    /// True where the denominators differ: units joined or left the register in between.
    pub denominator_changed: bool,
}

/// What the present weekly rate would lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// The deadline asked about.
    pub deadline: Option<Date>,
    /// Value at the end of that day; none where it has passed or none was asked about.
    pub at_deadline: Option<Ratio>,
    /// The day on which the last unit would be counted; none: never at this rate.
    pub complete_on: Option<Date>,
    /// What the forecast rests on, in Chinese.
    pub basis: String,
}

/// The rate over the last `weeks` weeks: from the oldest point in that window to the newest of all. `points` may be in any order.
pub fn weekly_rate(points: &[Point], weeks: u32) -> Option<WeeklyRate> {
    let counted = || points.iter().filter(|point| !point.ratio.is_empty());
    let to = *counted().max_by_key(|point| point.as_of)?;
    let window_us = i128::from(weeks) * 7 * DAY_US;
    let from =
        *counted().filter(|point| between_us(point, &to) <= window_us).min_by_key(|point| point.as_of)?;
    let span_us = between_us(&from, &to);
    if span_us < i128::from(SPAN_DAYS_MIN) * DAY_US {
        return None;
    }
    let gained = i64::try_from(i128::from(to.ratio.numerator) - i128::from(from.ratio.numerator)).ok()?;
    let per_week = i128::from(gained) * 7 * DAY_US * 100 / span_us;
    Some(WeeklyRate {
        from,
        to,
        gained,
        per_week_hundredths: i64::try_from(per_week).ok()?,
        denominator_changed: from.ratio.denominator != to.ratio.denominator,
    })
}

/// Carries a rate on from its newest point.
pub fn forecast(rate: &WeeklyRate, deadline: Option<Date>) -> Forecast {
    let today = beijing::day_of(rate.to.as_of);
    let days = (between_us(&rate.from, &rate.to) / DAY_US) as i64;
    let at_deadline = deadline
        .and_then(|due| Some(i64::from(due.since(today).ok()?.get_days())))
        .filter(|left| *left > 0)
        .map(|left| after_days(rate, left));
    Forecast {
        deadline,
        at_deadline,
        complete_on: complete_on(rate, today),
        basis: format!(
            "按{}至{}（{days}天）净增{}家的速度推算{}",
            beijing::full_day(beijing::day_of(rate.from.as_of)),
            beijing::full_day(today),
            rate.gained,
            if rate.denominator_changed { "，其间应接入底册有增减" } else { "" }
        ),
    }
}

/// The value so many days after the newest point, rounded down and kept between 0 and all.
fn after_days(rate: &WeeklyRate, days: i64) -> Ratio {
    let moved = i128::from(rate.gained) * i128::from(days) * DAY_US;
    let moved = moved.div_euclid(between_us(&rate.from, &rate.to));
    let all = rate.to.ratio.denominator;
    let numerator = (i128::from(rate.to.ratio.numerator) + moved).clamp(0, i128::from(all));
    Ratio::new(numerator as u64, all)
}

fn complete_on(rate: &WeeklyRate, today: Date) -> Option<Date> {
    let left = i128::from(rate.to.ratio.complement().numerator);
    if left == 0 {
        return Some(today);
    }
    let gained = i128::from(rate.gained);
    if gained <= 0 {
        return None;
    }
    // Whole days, rounded up: the day on which the last unit is in.
    let days = (left * between_us(&rate.from, &rate.to) + gained * DAY_US - 1) / (gained * DAY_US);
    let days = i64::try_from(days).ok().filter(|days| *days <= FORECAST_DAYS_MAX)?;
    today.checked_add(jiff::Span::new().days(days)).ok()
}

fn between_us(from: &Point, to: &Point) -> i128 {
    i128::from(to.as_of.as_microsecond()) - i128::from(from.as_of.as_microsecond())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn point(day: &str, numerator: u64, denominator: u64) -> Point {
        let as_of = format!("{day}T00:00:00Z").parse().unwrap();
        Point { as_of, ratio: Ratio::new(numerator, denominator) }
    }

    #[test]
    fn the_rate_is_that_of_the_last_weeks_and_the_last_unit_has_a_day() {
        let points =
            [point("2025-05-01", 0, 100), point("2025-08-19", 60, 100), point("2025-09-02", 80, 100)];
        let rate = weekly_rate(&points, 4).unwrap();
        assert_eq!((rate.gained, rate.per_week_hundredths), (20, 1000));
        let forecast = forecast(&rate, Some(date(2025, 9, 9)));
        assert_eq!(forecast.at_deadline, Some(Ratio::new(90, 100)));
        assert_eq!(forecast.complete_on, Some(date(2025, 9, 16)));
        assert_eq!(forecast.basis, "按2025年8月19日至2025年9月2日（14天）净增20家的速度推算");
        // Over all weeks it is slower.
        assert!(weekly_rate(&points, 26).unwrap().per_week_hundredths < 1000);
    }

    #[test]
    fn where_the_points_do_not_carry_an_answer_there_is_none() {
        assert_eq!(weekly_rate(&[], 4), None);
        assert_eq!(weekly_rate(&[point("2025-09-02", 1, 2)], 4), None);
        assert_eq!(
            weekly_rate(&[point("2025-08-29", 1, 9), point("2025-09-02", 2, 9)], 4),
            None,
            "four days"
        );
        assert_eq!(weekly_rate(&[point("2025-08-01", 0, 0), point("2025-09-02", 2, 9)], 8), None, "no units");
        let still = weekly_rate(&[point("2025-08-12", 5, 9), point("2025-09-02", 5, 9)], 4).unwrap();
        let none = forecast(&still, Some(date(2025, 8, 31)));
        assert_eq!((none.at_deadline, none.complete_on), (None, None), "no progress, deadline passed");
        let slow = weekly_rate(&[point("2025-08-12", 5, 90_000), point("2025-09-02", 6, 90_000)], 4).unwrap();
        assert_eq!(forecast(&slow, None).complete_on, None, "beyond ten years");
        let done = weekly_rate(&[point("2025-08-12", 5, 9), point("2025-09-02", 9, 9)], 4).unwrap();
        assert_eq!(forecast(&done, None).complete_on, Some(date(2025, 9, 2)));
        let fewer = weekly_rate(&[point("2025-08-12", 5, 12), point("2025-09-02", 4, 10)], 4).unwrap();
        assert!(fewer.denominator_changed && fewer.gained == -1);
        assert_eq!(forecast(&fewer, Some(date(2026, 9, 2))).at_deadline, Some(Ratio::new(0, 10)));
    }
}
