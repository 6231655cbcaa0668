//! Printed decimals as exact numbers, and what a printed percentage says about whole numbers.
//!
//! A percentage with k decimals stands for every true value within half a unit of its last digit; both ends are accepted, so that
//! half-up and half-even rounding are both right. No float takes part.

use std::fmt;

/// Millionths: the scale of [`Decimal`].
pub(crate) const MICRO: i64 = 1_000_000;

/// Most decimals a printed number may have; more are not a percentage anybody printed.
pub(crate) const DECIMALS_MAX: u8 = 6;

/// A printed decimal number: its value in millionths and how many decimals stood behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decimal {
    /// Value × 1 000 000.
    pub micro: i64,
    /// Decimals as printed.
    pub decimals: u8,
}

impl Decimal {
    /// A whole number.
    pub(crate) const fn whole(value: i64) -> Self {
        Self { micro: value * MICRO, decimals: 0 }
    }

    /// Half a unit of the last printed digit, in millionths.
    pub(crate) fn half_micro(self) -> i64 {
        (MICRO / 2) / 10_i64.pow(u32::from(self.decimals.min(5)))
    }

    /// Sum; as precise as the more precise of both.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { micro: self.micro + other.micro, decimals: self.decimals.max(other.decimals) }
    }

    /// Difference; as precise as the more precise of both.
    pub(crate) fn minus(self, other: Self) -> Self {
        Self { micro: self.micro - other.micro, decimals: self.decimals.max(other.decimals) }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.micro < 0 { "-" } else { "" };
        let (whole, fraction) = (self.micro.abs() / MICRO, self.micro.abs() % MICRO);
        let digits = format!("{fraction:06}");
        let kept = &digits[..usize::from(self.decimals.min(6))];
        if kept.is_empty() {
            write!(formatter, "{sign}{whole}")
        } else {
            write!(formatter, "{sign}{whole}.{kept}")
        }
    }
}

/// True where `numerator` of `denominator`, as a percentage, may be printed as `percent`.
pub(crate) fn prints(numerator: u64, denominator: u64, percent: Decimal) -> bool {
    if denominator == 0 {
        return false;
    }
    let exact = i128::from(numerator) * 100 * i128::from(MICRO);
    let printed = i128::from(percent.micro) * i128::from(denominator);
    (exact - printed).abs() <= i128::from(percent.half_micro()) * i128::from(denominator)
}

/// Smallest and largest denominator with which `numerator` prints as `percent`; `None` where no whole number does.
/// The upper end is open (`u64::MAX`) where the percentage may be zero.
pub(crate) fn denominators(numerator: u64, percent: Decimal) -> Option<(u64, u64)> {
    let hundredfold = i128::from(numerator) * 100 * i128::from(MICRO);
    let (low, high) = (percent.micro - percent.half_micro(), percent.micro + percent.half_micro());
    if numerator == 0 {
        return (low <= 0).then_some((1, u64::MAX));
    }
    let first = (hundredfold + i128::from(high) - 1) / i128::from(high.max(1));
    let last = if low <= 0 { i128::from(u64::MAX) } else { hundredfold / i128::from(low) };
    let first = first.max(i128::from(numerator));
    (first <= last)
        .then(|| (u64::try_from(first).unwrap_or(u64::MAX), u64::try_from(last).unwrap_or(u64::MAX)))
}

/// The exact percentage with `decimals` decimals, half up, for people to read.
pub(crate) fn percent_text(numerator: u64, denominator: u64, decimals: u8) -> String {
    if denominator == 0 {
        return "—".to_owned();
    }
    let scale = 10_u128.pow(u32::from(decimals.min(6)));
    let denominator = u128::from(denominator);
    let scaled = (200 * u128::from(numerator) * scale + denominator) / (2 * denominator);
    let (whole, fraction) = (scaled / scale, scaled % scale);
    if decimals == 0 {
        return format!("{whole}%");
    }
    format!("{whole}.{fraction:0width$}%", width = usize::from(decimals.min(6)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let decimals = fraction.len() as u8;
        let micro = whole.parse::<i64>().unwrap() * MICRO + format!("{fraction:0<6}").parse::<i64>().unwrap();
        Decimal { micro, decimals }
    }

    #[test]
    fn printed_percentages_admit_whole_denominators() {
        for (numerator, percent, expected) in [
            (52, "47.3", Some((110, 110))),
            (70, "43.2", Some((162, 162))),
            (82, "50.0", Some((164, 164))),
            (1945, "55.6", Some((3496, 3501))),
            (1575, "45.04", Some((3497, 3497))),
            (7, "100", Some((7, 7))),
            (3, "99.9", None),
            (0, "0", Some((1, u64::MAX))),
            (0, "3", None),
        ] {
            assert_eq!(denominators(numerator, decimal(percent)), expected, "{numerator} at {percent}%");
        }
    }

    #[test]
    fn both_ways_of_rounding_a_half_are_right() {
        assert!(prints(7, 16, decimal("43.8")) && prints(7, 16, decimal("43.7")));
        assert!(!prints(7, 16, decimal("43.9")));
        assert!(!prints(7, 0, decimal("43.9")));
    }

    #[test]
    fn decimals_print_as_they_stood() {
        for text in ["45.04", "0", "100.0", "7.30"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(percent_text(2683, 3465, 1), "77.4%");
    }
}
