//! Times of the standard: `YYYY-MM-DDThh:mm:ss` in the local time of China, without a zone (A.2.1, `dateTime`).
//!
//! They are kept as microseconds since 1970 in UTC, as all times of this product, and always read and written with +08:00, whatever zone
//! this machine stands in: a server in UTC that forgets this moves every camera by eight hours (WVP#1700).

use std::fmt;

/// Beijing time minus UTC.
const OFFSET_S: i64 = 8 * 3600;
const DAY_S: i64 = 86_400;
const US: i64 = 1_000_000;

/// A moment as GB/T 28181 writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub unix_us: i64,
}

impl LocalTime {
    /// From whole seconds since 1970 in UTC, as SDP's `t=` of this standard counts.
    pub fn from_unix_s(seconds: i64) -> Self {
        Self { unix_us: seconds.saturating_mul(US) }
    }

    /// Whole seconds since 1970 in UTC.
    pub fn unix_s(self) -> i64 {
        self.unix_us.div_euclid(US)
    }

    /// Reads a time. Forgiven: a blank for the `T`, slashes in the date, one-digit fields, fractions, a zone (`Z`, `+08:00`, `+0800`), and the
    /// digits alone (`20261123193050`). `None` for what is no date and time between the years 1970 and 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() >= 14 && text.as_bytes()[..14].iter().all(u8::is_ascii_digit) {
            return Self::parse_compact(text);
        }
        let (date, time) = text.split_once(['T', 't', ' '])?;
        let mut date = date.splitn(3, ['-', '/']).map(|part| part.parse::<i64>().ok());
        let [year, month, day] = [date.next()??, date.next()??, date.next()??];
        let (time, offset_s) = split_zone(time.trim())?;
        let mut time = time.splitn(3, ':');
        let hour = time.next()?.parse().ok()?;
        let minute = time.next()?.parse().ok()?;
        let (second, fraction_us) = split_fraction(time.next().unwrap_or("0"))?;
        Self::from_civil([year, month, day, hour, minute, second], fraction_us, offset_s)
    }

    fn parse_compact(text: &str) -> Option<Self> {
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
        let fields =
            [number(0, 4)?, number(4, 6)?, number(6, 8)?, number(8, 10)?, number(10, 12)?, number(12, 14)?];
        Self::from_civil(fields, 0, OFFSET_S)
    }

    fn from_civil(fields: [i64; 6], fraction_us: i64, offset_s: i64) -> Option<Self> {
        let [year, month, day, hour, minute, second] = fields;
        let fits = (1970..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day)
            && (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..=60).contains(&second);
        if !fits {
            return None;
        }
        let seconds =
            days_since_1970(year, month, day) * DAY_S + hour * 3600 + minute * 60 + second - offset_s;
        Some(Self { unix_us: seconds * US + fraction_us })
    }

    /// With milliseconds, as the `Date` header of an answer to REGISTER has it (9.1.2.3): `2026-11-23T19:30:50.123`.
    pub fn with_millis(self) -> String {
        format!("{self}.{:03}", self.unix_us.rem_euclid(US) / 1000)
    }

    /// Year, month, day, hour, minute and second in Beijing.
    fn civil(self) -> [i64; 6] {
        let local = self.unix_s() + OFFSET_S;
        let [year, month, day] = date_of(local.div_euclid(DAY_S));
        let second = local.rem_euclid(DAY_S);
        [year, month, day, second / 3600, second / 60 % 60, second % 60]
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year, month, day, hour, minute, second] = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// Splits `19:30:50+08:00` into the time and the offset in seconds; Beijing time where there is none.
fn split_zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, OFFSET_S)) };
    let (time, zone) = time.split_at(at);
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes: i64 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    let hours: i64 = hours.parse().ok()?;
    if !(0..=14).contains(&hours) || !(0..60).contains(&minutes) {
        return None;
    }
    let offset = hours * 3600 + minutes * 60;
    Some((time, if zone.starts_with('-') { -offset } else { offset }))
}

/// Splits `50.123` into seconds and microseconds; finer than a millisecond, which nothing can be written as, is cut off.
fn split_fraction(second: &str) -> Option<(i64, i64)> {
    let (whole, fraction) = second.split_once(['.', ',']).unwrap_or((second, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let ms = fraction.bytes().chain(std::iter::repeat(b'0')).take(3);
    Some((whole.parse().ok()?, 1_000 * ms.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days before a year since the year 0 of the Gregorian calendar, reckoned backwards.
fn days_before_year(year: i64) -> i64 {
    let past = year - 1;
    365 * year + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400)
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let months: i64 = (1..month).map(|month| days_of_month(year, month)).sum();
    days_before_year(year) - days_before_year(1970) + months + day - 1
}

/// Year, month and day of a day counted from 1970-01-01.
fn date_of(days: i64) -> [i64; 3] {
    // The mean year is a little longer than 365 days, so the guess is right or one year late.
    let mut year = 1970 + days.div_euclid(365);
    while days_since_1970(year, 1, 1) > days {
        year -= (days_since_1970(year, 1, 1) - days).div_euclid(366).max(1);
    }
    let mut day = days - days_since_1970(year, 1, 1);
    let mut month = 1;
    while day >= days_of_month(year, month) {
        day -= days_of_month(year, month);
        month += 1;
    }
    [year, month, day + 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        LocalTime::parse(text).map(LocalTime::with_millis)
    }

    #[test]
    fn every_fashion_of_a_time_is_read_as_beijing_time() {
        for text in [
            "2026-11-23T19:30:50",
            "2026-11-23 19:30:50",
            "2026/11/23 19:30:50",
            "2026-11-23T19:30:50+08:00",
            "2026-11-23T19:30:50+0800",
            "2026-11-23T11:30:50Z",
            "2026-11-23T11:30:50.000Z",
            "20261123193050",
        ] {
            assert_eq!(shown(text).as_deref(), Some("2026-11-23T19:30:50.000"), "{text}");
        }
        assert_eq!(shown("2026-1-2T3:4:5.67").as_deref(), Some("2026-01-02T03:04:05.670"));
    }

    /// Found by the fuzzer: an alarm came back with another time.
    #[test]
    fn finer_than_a_millisecond_is_cut_off_because_it_cannot_be_written() {
        let time = LocalTime::parse("2026-11-23T19:30:50.59115").unwrap();
        assert_eq!(LocalTime::parse(&time.with_millis()), Some(time));
    }

    #[test]
    fn beijing_is_eight_hours_ahead() {
        assert_eq!(LocalTime::parse("1970-01-01T08:00:00"), Some(LocalTime { unix_us: 0 }));
        assert_eq!(LocalTime::from_unix_s(1_795_433_450).to_string(), "2026-11-23T19:30:50");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "now", "2026-02-30T00:00:00", "2026-11-23", "2026-11-23T25:00:00", "0000-00-00T00:00:00"]
        {
            assert_eq!(LocalTime::parse(text), None, "{text}");
        }
        assert_eq!(LocalTime::parse("2026-11-23T19:30:50+烟"), None);
    }

    #[test]
    fn leap_days_exist_in_leap_years_only() {
        assert!(LocalTime::parse("2028-02-29T00:00:00").is_some());
        assert!(LocalTime::parse("2100-02-29T00:00:00").is_none());
    }

    proptest::proptest! {
        #[test]
        fn a_time_is_read_as_it_was_written(ms in 0_i64..253_402_200_000_000) {
            let time = LocalTime { unix_us: ms * 1000 };
            proptest::prop_assert_eq!(LocalTime::parse(&time.with_millis()), Some(time));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,30}|[0-9TZ:+. -]{0,30}") {
            let _ = LocalTime::parse(&text);
        }

        #[test]
        fn any_moment_can_be_shown(unix_us: i64) {
            let shown = LocalTime { unix_us }.to_string();
            proptest::prop_assert!(!shown.is_empty());
        }
    }
}
