//! The 20-digit id of GB/T 28181 annex E, and the region codes that stand beside it in catalogs.
//!
//! Everything that a peer sends is keyed on the user part of its SIP address and on nothing else, because the host part comes in four
//! fashions (domain, domain with `.spvmn.cn`, address and port, DNS name). What is not twenty digits is refused here, so no
//! quotation mark, markup or control character of a stranger ever reaches a log, a page or a query by way of an id.
//!
//! The accessors are tolerant: an id with an unknown region, industry or type is still an id.

mod catalog;
mod industry;
mod kind;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

pub use catalog::{CatalogId, RegionCode};
pub use industry::{Industry, industry};
pub use kind::Kind;

/// How many digits an id has.
pub const ID_DIGITS: usize = 20;

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// There is nothing.
    #[error("the id is empty")]
    Empty,
    /// The wrong number of characters. The 18-digit rule B of the 2016 edition was dropped in 2022 and is refused, too.
    #[error("an id has 20 digits (a region code 2, 4, 6 or 8), this one has {0} characters")]
    Length(usize),
    /// Something else than a digit. The character is shown escaped.
    #[error("an id has digits only, but {found:?} stands at position {position}")]
    NotADigit {
        /// Where it stands, counted from 1.
        position: usize,
        /// What stands there.
        found: char,
    },
}

/// A 20-digit id: of a device, a channel, a platform, a user or a node of the catalog tree.
///
/// Twenty bytes, copied freely; equality and order are those of the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GbId([u8; ID_DIGITS]);

/// The parts an id is composed of; see [`GbId::compose`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdParts {
    /// Digits 1 to 6, GB/T 2260.
    pub region: u32,
    /// Digits 7 and 8: the grassroots access unit, 0 for none.
    pub grassroots: u8,
    /// Digits 9 and 10.
    pub industry: u8,
    /// Digits 11 to 13.
    pub type_code: u16,
    /// Digit 14: the network in the 2022 edition.
    pub network: u8,
    /// Digits 15 to 20.
    pub serial: u32,
}

impl GbId {
    /// Reads an id that stands alone, with white space around it forgiven.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let text = text.trim();
        check_digits(text)?;
        let digits = text.as_bytes().try_into().map_err(|_| IdError::Length(text.chars().count()))?;
        Ok(Self(digits))
    }

    /// Reads twenty digits and nothing else, as the user part of a SIP address should be.
    pub fn from_digits(digits: &[u8]) -> Option<Self> {
        let digits: [u8; ID_DIGITS] = digits.try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Self(digits))
    }

    /// The twenty digits as bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads the id out of a SIP address in any of its fashions: the bare id, `sip:ID@host`, `<sip:ID@host>;tag=x`,
    /// `"name" <sip:ID@host>`, with parameters or a password in the user part.
    pub fn from_address(address: &str) -> Result<Self, IdError> {
        Self::parse(user_part(address))
    }

    /// Composes an id; `None` when a part does not fit into its digits.
    pub fn compose(parts: IdParts) -> Option<Self> {
        let IdParts { region, grassroots, industry, type_code, network, serial } = parts;
        let fits = region <= 999_999
            && grassroots <= 99
            && industry <= 99
            && type_code <= 999
            && network <= 9
            && serial <= 999_999;
        if !fits {
            return None;
        }
        Self::parse(&format!("{region:06}{grassroots:02}{industry:02}{type_code:03}{network}{serial:06}"))
            .ok()
    }

    /// The twenty digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an id holds ASCII digits only")
    }

    /// Digits 1 to 6: the county, as a region code of GB/T 2260.
    pub fn region(&self) -> RegionCode {
        RegionCode::parse(&self.as_str()[..6]).expect("six digits are a region code")
    }

    /// Digits 7 and 8: the grassroots access unit, 0 for none.
    pub fn grassroots(&self) -> u8 {
        self.number(6, 8) as u8
    }

    /// Digits 9 and 10.
    pub fn industry_code(&self) -> u8 {
        self.number(8, 10) as u8
    }

    /// What digits 9 and 10 mean.
    pub fn industry(&self) -> Industry {
        industry(self.industry_code())
    }

    /// Digits 11 to 13.
    pub fn type_code(&self) -> u16 {
        self.number(10, 13) as u16
    }

    /// What digits 11 to 13 mean.
    pub fn kind(&self) -> Kind {
        Kind::of(self.type_code())
    }

    /// Digit 14. It is a network in the 2022 edition only; before, it was the first digit of the serial number. Read it only for a
    /// peer that is known to follow 2022.
    pub fn network(&self) -> u8 {
        self.number(13, 14) as u8
    }

    /// Digits 15 to 20: the serial number of the 2022 edition. A 2016 serial has digit 14 in front of it.
    pub fn serial(&self) -> u32 {
        self.number(14, 20)
    }

    /// The first ten digits: the SIP domain when this is the id of a server.
    pub fn domain(&self) -> &str {
        &self.as_str()[..10]
    }

    /// Digits 4 to 8, which stand in the middle of each SSRC that a server with this id gives out (9.2 and annex on SSRC).
    pub fn ssrc_domain(&self) -> u32 {
        self.number(3, 8)
    }

    fn number(&self, from: usize, to: usize) -> u32 {
        self.0[from..to].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    }
}

impl fmt::Display for GbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for GbId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for GbId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::parse(text)
    }
}

/// The user part of a SIP address, or the whole text where it is no address.
fn user_part(address: &str) -> &str {
    let address = address.trim();
    let inner = match address.rfind('<') {
        Some(open) => address[open + 1..].split('>').next().unwrap_or_default(),
        None => address,
    };
    let without_scheme = match inner.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips") => {
            rest
        }
        _ => inner,
    };
    let user = without_scheme.split('@').next().unwrap_or_default();
    user.split([';', ':']).next().unwrap_or_default().trim()
}

/// Refuses an empty text and anything that is no ASCII digit. Looks no further than an id is long.
fn check_digits(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    match text.chars().enumerate().take(ID_DIGITS + 1).find(|(_, found)| !found.is_ascii_digit()) {
        Some((at, found)) => Err(IdError::NotADigit { position: at + 1, found }),
        None => Ok(()),
    }
}
