//! An exact ratio and the one way it is printed.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// Decimals of a printed percentage (R25: one precision for a whole bulletin).
pub const DECIMALS: u32 = 1;

/// What a table shows where there is no unit to count: not the same as 0 of n (R15).
pub const NO_UNIT: &str = "—";

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
        if self.is_empty() {
            return None;
        }
        let scale = 10_u128.pow(decimals.min(9));
        let denominator = u128::from(self.denominator);
        // floor(100·n·scale/d + 1/2) in whole numbers.
        let scaled = (200 * u128::from(self.numerator) * scale + denominator) / (2 * denominator);
        let (whole, fraction) = (scaled / scale, scaled % scale);
        if fraction == 0 {
            return Some(whole.to_string());
        }
        let digits = format!("{fraction:0width$}", width = decimals.min(9) as usize);
        Some(format!("{whole}.{}", digits.trim_end_matches('0')))
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
