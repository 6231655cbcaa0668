//! `Date` of the answer to REGISTER: Beijing time as `YYYY-MM-DDThh:mm:ss.SSS`, not RFC 1123.
//!
//! Always eight hours east of UTC, whatever zone the machine is in: a container in UTC moved the clocks of whole sites (WVP#1700, #1997).

/// Length of the text.
pub const DATE_BYTES: usize = 23;

const EAST_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// Writes a Unix time in milliseconds; years 1970 to 9999.
pub fn beijing_date(unix_ms: i64) -> [u8; DATE_BYTES] {
    let local = unix_ms.clamp(0, 253_402_200_000_000) + EAST_MS;
    let (year, month, day) = civil(local / DAY_MS);
    let in_day = local % DAY_MS;
    let mut text = *b"0000-00-00T00:00:00.000";
    let mut put = |at: usize, width: usize, value: i64| {
        let mut left = value;
        for digit in text[at..at + width].iter_mut().rev() {
            *digit = b'0' + (left % 10) as u8;
            left /= 10;
        }
    };
    put(0, 4, year);
    put(5, 2, month);
    put(8, 2, day);
    put(11, 2, in_day / 3_600_000);
    put(14, 2, in_day / 60_000 % 60);
    put(17, 2, in_day / 1_000 % 60);
    put(20, 3, in_day % 1_000);
    text
}

/// Days since 1970-01-01 as a date of the Gregorian calendar. Years are counted from March, so that the leap day is the last.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_beijing_s_with_milliseconds() {
        for (unix_ms, text) in [
            (0, "1970-01-01T08:00:00.000"),
            (951_840_000_123, "2000-03-01T00:00:00.123"),
            (1_709_135_999_999, "2024-02-28T23:59:59.999"),
            (1_709_136_000_000, "2024-02-29T00:00:00.000"),
            (1_795_461_900_000, "2026-11-24T03:25:00.000"),
        ] {
            assert_eq!(std::str::from_utf8(&beijing_date(unix_ms)).unwrap(), text);
        }
    }
}
