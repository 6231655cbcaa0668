//! 发文字号: the pattern of an office's reference numbers (GB/T 9704—2012, 7.2.5).

use thiserror::Error;

/// Longest pattern in characters.
pub const PATTERN_CHARS_MAX: usize = 40;

const YEAR: &str = "{year}";
const SERIAL: &str = "{n}";

/// A pattern like `赣教监管字〔{year}〕{n}号`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberPattern(String);

/// Why a text is no pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PatternError {
    /// The year or the running number is missing or stands twice: two bulletins would get one number, or a number nobody can read.
    #[error("a pattern of reference numbers holds {{year}} and {{n}} once each")]
    Slots,
    /// Too long, or with control characters or other braces.
    #[error(
        "a pattern of reference numbers has at most {PATTERN_CHARS_MAX} printable characters and no other braces"
    )]
    Letters,
}

impl NumberPattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let rest = text.replace(YEAR, "").replace(SERIAL, "");
        if text.matches(YEAR).count() != 1 || text.matches(SERIAL).count() != 1 {
            return Err(PatternError::Slots);
        }
        let is_odd = |c: char| c.is_control() || matches!(c, '{' | '}');
        if text.chars().count() > PATTERN_CHARS_MAX || rest.chars().any(is_odd) {
            return Err(PatternError::Letters);
        }
        Ok(Self(text.to_owned()))
    }

    /// The number of the `serial`-th bulletin of a year.
    pub fn number(&self, year: i16, serial: i64) -> String {
        self.0.replace(YEAR, &year.to_string()).replace(SERIAL, &serial.to_string())
    }
}

impl Default for NumberPattern {
    /// That of the office that wrote the Jiangxi notice.
    fn default() -> Self {
        Self("赣教监管字〔{year}〕{n}号".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_both_slots_once() {
        assert_eq!(NumberPattern::default().number(2026, 7), "赣教监管字〔2026〕7号");
        assert_eq!(NumberPattern::parse("{n}-{year}").unwrap().number(2026, 12), "12-2026");
        for text in ["", "{year}", "{n}号", "{year}{year}{n}", "{n}{n}{year}"] {
            assert_eq!(NumberPattern::parse(text), Err(PatternError::Slots), "{text}");
        }
        for text in ["{year}{n}\n", "{year}{n}{x}", &format!("{{year}}{{n}}{}", "号".repeat(40))] {
            assert_eq!(NumberPattern::parse(text), Err(PatternError::Letters), "{text}");
        }
    }
}
