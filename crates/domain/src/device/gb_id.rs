//! The 20-digit id of GB/T 28181—2022 annex E: given by whoever runs the network, never a key of ours.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

const DIGITS: usize = 20;

/// The id of a device or channel: exactly 20 ASCII digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GbId([u8; DIGITS]);

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GbIdError {
    /// Too short or too long.
    #[error("a GB/T 28181 id has 20 digits, this has {found} characters")]
    Length {
        /// Characters found.
        found: usize,
    },
    /// Something that is not one of 0 to 9; full-width digits are not.
    #[error("a GB/T 28181 id has only the digits 0 to 9, character {position} is another")]
    NotADigit {
        /// Which character, from 1.
        position: usize,
    },
}

impl GbId {
    /// Reads an id. Nothing is trimmed or completed: a wrong id that looks right registers nowhere.
    pub fn parse(text: &str) -> Result<Self, GbIdError> {
        if let Some(position) = text.chars().position(|c| !c.is_ascii_digit()) {
            return Err(GbIdError::NotADigit { position: position + 1 });
        }
        let digits = text.as_bytes().try_into();
        digits.map(Self).map_err(|_| GbIdError::Length { found: text.len() })
    }

    /// The 20 digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII digits were let in")
    }

    /// Digits 1 to 6: province, city and county (GB/T 2260).
    pub fn division_code(&self) -> &str {
        &self.as_str()[..6]
    }

    /// Digits 9 and 10: the trade, `11` and `55` being education.
    pub fn industry_code(&self) -> &str {
        &self.as_str()[8..10]
    }

    /// Digits 11 to 13: the type, e.g. `118` a recorder, `132` a network camera, `134` an alarm input, `200` a platform.
    pub fn type_code(&self) -> &str {
        &self.as_str()[10..13]
    }
}

impl fmt::Display for GbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for GbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GbId({self})")
    }
}

impl FromStr for GbId {
    type Err = GbIdError;

    fn from_str(text: &str) -> Result<Self, GbIdError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for GbId {
    type Error = GbIdError;

    fn try_from(text: String) -> Result<Self, GbIdError> {
        Self::parse(&text)
    }
}

impl From<GbId> for String {
    fn from(id: GbId) -> Self {
        id.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_and_taken_apart() {
        let id = GbId::parse("36042300111187654321").unwrap();
        assert_eq!(id.as_str(), "36042300111187654321");
        assert_eq!((id.division_code(), id.industry_code(), id.type_code()), ("360423", "11", "118"));
        assert_eq!(format!("{id:?} {id}"), "GbId(36042300111187654321) 36042300111187654321");
    }

    #[test]
    fn what_is_no_id_is_refused_with_the_reason() {
        for (text, error) in [
            ("", GbIdError::Length { found: 0 }),
            ("3604230011118765432", GbIdError::Length { found: 19 }),
            ("360423001111876543210", GbIdError::Length { found: 21 }),
            ("36042300111187654321 ", GbIdError::NotADigit { position: 21 }),
            ("36042300１11187654321", GbIdError::NotADigit { position: 9 }),
            ("360423'or 1=1--87654", GbIdError::NotADigit { position: 7 }),
        ] {
            assert_eq!(GbId::parse(text), Err(error), "{text:?}");
        }
    }
}
