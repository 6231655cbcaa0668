//! An exact ratio and the one way it is printed.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// Decimals of a printed percentage (R25: one precision for a whole bulletin).
pub const DECIMALS: u32 = 1;

/// What a table shows where there is no unit to count: not the same as 0 of n (R15).
pub const NO_UNIT: &str = "—";

/// How a bulletin prints percentages: one way for the whole document (R25, R26).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PercentFormat {
    /// Decimals, 0 to 9.
    pub decimals: u8,
    /// True: trailing zeros of the fraction are printed.
    pub keep_zeros: bool,
}

/// A difference of two percentages, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which way: by the exact values, not by the printed ones.
    pub direction: Ordering,
    /// Percentage points without sign, half up.
    pub points: String,
}

impl Default for PercentFormat {
    /// [`DECIMALS`] decimals, a trailing `.0` dropped.
    fn default() -> Self {
        Self { decimals: DECIMALS as u8, keep_zeros: false }
    }
}

impl PercentFormat {
    /// The percentage without the sign, half up; none where there is no unit.
    pub fn percent(self, ratio: Ratio) -> Option<String> {
        let denominator = u128::from(ratio.denominator);
        let scaled = scaled_half_up(u128::from(ratio.numerator), denominator, self.decimals)?;
        Some(self.digits(scaled))
    }

    /// How far `now` lies from `before`, computed from the whole numbers and rounded once; none where either has no unit (or counts
    /// beyond 2⁵⁰ make the exact value too long).
    pub fn change(self, now: Ratio, before: Ratio) -> Option<Change> {
        let direction = match (now.is_empty(), before.is_empty()) {
            (false, false) => now.cmp_exact(before),
            _ => return None,
        };
        let cross = |a: Ratio, b: Ratio| u128::from(a.numerator) * u128::from(b.denominator);
        let distance = cross(now, before).abs_diff(cross(before, now));
        let denominator = u128::from(now.denominator) * u128::from(before.denominator);
        let scaled = scaled_half_up(distance, denominator, self.decimals)?;
        Some(Change { direction, points: self.digits(scaled) })
    }

    fn digits(self, scaled: u128) -> String {
        let width = usize::from(self.decimals.min(9));
        let scale = 10_u128.pow(width as u32);
        let (whole, fraction) = (scaled / scale, scaled % scale);
        if width == 0 || (fraction == 0 && !self.keep_zeros) {
            return whole.to_string();
        }
        let digits = format!("{fraction:0width$}");
        let digits = if self.keep_zeros { digits.as_str() } else { digits.trim_end_matches('0') };
        format!("{whole}.{digits}")
    }
}

/// floor(100·n·10^decimals/d + 1/2) in whole numbers; none for d = 0 and beyond 128 bits.
fn scaled_half_up(numerator: u128, denominator: u128, decimals: u8) -> Option<u128> {
    let scale = 10_u128.pow(u32::from(decimals.min(9)));
    let doubled = numerator.checked_mul(200)?.checked_mul(scale)?.checked_add(denominator)?;
    doubled.checked_div(denominator.checked_mul(2)?)
}

/// So many of so many. `numerator` is not bound to stay below `denominator` by the type; [`Ratio::complement`] saturates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ratio {
    /// Units that have the state asked for.
    pub numerator: u64,
    /// Units that should have it.
    pub denominator: u64,
}

impl Ratio {
    /// `numerator` of `denominator`.
    pub const fn new(numerator: u64, denominator: u64) -> Self {
        Self { numerator, denominator }
    }

    /// True where there is nothing to count, so that no percentage exists.
    pub fn is_empty(self) -> bool {
        self.denominator == 0
    }

    /// The rest of the same population: those that do not have the state (R35).
    #[must_use]
    pub fn complement(self) -> Self {
        Self::new(self.denominator.saturating_sub(self.numerator), self.denominator)
    }

    /// Both counts added: the ratio of two disjoint populations together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.numerator + other.numerator, self.denominator + other.denominator)
    }

    /// The percentage as printed, without the sign: [`DECIMALS`] decimals, half up, a trailing `.0` dropped (R26).
    /// None where there is no unit.
    pub fn percent_text(self) -> Option<String> {
        self.percent_text_with(DECIMALS)
    }

    /// The percentage with a given number of decimals (at most 9), half up, trailing zeros of the fraction dropped.
    pub fn percent_text_with(self, decimals: u32) -> Option<String> {
        PercentFormat { decimals: decimals.min(9) as u8, keep_zeros: false }.percent(self)
    }

    /// How far it lies above `before` in hundredths of a percentage point, half away from zero; none where either has no unit.
    pub fn points_since(self, before: Self) -> Option<i64> {
        let change = PercentFormat { decimals: 2, keep_zeros: true }.change(self, before)?;
        let hundredths: i64 = change.points.replace('.', "").parse().ok()?;
        Some(if change.direction == Ordering::Less { -hundredths } else { hundredths })
    }

    /// The percentage as a sentence prints it: `84.2%`, `0` without a sign (template T2), [`NO_UNIT`] where there is no unit.
    pub fn in_words(self) -> String {
        match self.percent_text() {
            None => NO_UNIT.to_owned(),
            Some(text) if text == "0" => text,
            Some(text) => text + "%",
        }
    }

    /// Compares by exact value; an empty ratio comes before every other.
    pub fn cmp_exact(self, other: Self) -> Ordering {
        match (self.is_empty(), other.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => (u128::from(self.numerator) * u128::from(other.denominator))
                .cmp(&(u128::from(other.numerator) * u128::from(self.denominator))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_printed_half_up_with_one_decimal_and_no_trailing_zero() {
        for (numerator, denominator, text, sentence) in [
            (7, 16, "43.8", "43.8%"), // 43.75: half goes up
            (2934, 8394, "35", "35%"),
            (1575, 3497, "45", "45%"),
            (0, 4, "0", "0"),
            (8, 8, "100", "100%"),
            (1, 3000, "0", "0"),
            (1, 2000, "0.1", "0.1%"),
            (1999, 2000, "100", "100%"),
        ] {
            let ratio = Ratio::new(numerator, denominator);
            assert_eq!(ratio.percent_text().as_deref(), Some(text), "{numerator}/{denominator}");
            assert_eq!(ratio.in_words(), sentence);
        }
        assert_eq!(Ratio::new(1575, 3497).percent_text_with(2).as_deref(), Some("45.04"));
        assert_eq!(Ratio::new(1, 1000).percent_text_with(3).as_deref(), Some("0.1"));
    }

    #[test]
    fn a_bulletin_may_print_whole_percents_or_two_fixed_decimals() {
        let format = |decimals, keep_zeros| PercentFormat { decimals, keep_zeros };
        for (format, text) in
            [(format(0, false), "50"), (format(1, true), "50.0"), (format(2, true), "50.00")]
        {
            assert_eq!(format.percent(Ratio::new(82, 164)).as_deref(), Some(text));
        }
        assert_eq!(format(2, true).percent(Ratio::new(1575, 3497)).as_deref(), Some("45.04"));
        assert_eq!(format(0, true).percent(Ratio::new(7, 16)).as_deref(), Some("44"));
    }

    #[test]
    fn changes_are_computed_from_whole_numbers_and_rounded_once() {
        let (now, before) = (Ratio::new(52, 110), Ratio::new(50, 110));
        let change = PercentFormat::default().change(now, before).unwrap();
        assert_eq!((change.direction, change.points.as_str()), (Ordering::Greater, "1.8"));
        assert_eq!(now.points_since(before), Some(182));
        assert_eq!(before.points_since(now), Some(-182));
        assert_eq!(now.points_since(Ratio::new(104, 220)), Some(0));
        assert_eq!(now.points_since(Ratio::default()), None);
        let huge = Ratio::new(u64::MAX, u64::MAX);
        assert_eq!(huge.points_since(Ratio::new(1, u64::MAX)), None);
    }

    #[test]
    fn no_unit_is_not_zero_of_n() {
        assert_eq!(Ratio::default().percent_text(), None);
        assert_eq!(Ratio::default().in_words(), NO_UNIT);
        assert_eq!(Ratio::default().cmp_exact(Ratio::new(0, 4)), Ordering::Less);
    }

    #[test]
    fn equal_prints_are_ordered_by_the_exact_value() {
        let (fuzhou, jingdezhen) = (Ratio::new(543, 720), Ratio::new(193, 256));
        assert_eq!(fuzhou.percent_text(), jingdezhen.percent_text());
        assert_eq!(fuzhou.cmp_exact(jingdezhen), Ordering::Greater);
        assert_eq!(Ratio::new(3, 21).cmp_exact(Ratio::new(1, 7)), Ordering::Equal);
    }
}
