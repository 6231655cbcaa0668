//! Ids that may stand in a catalog: 20 digits, or a region code of 2, 4, 6 or 8 digits (annex J).

use std::fmt;
use std::str::FromStr;

use super::{GbId, ID_DIGITS, IdError, check_digits};

/// The longest region code: province, city, county, grassroots unit.
const REGION_DIGITS: usize = 8;

/// A region of GB/T 2260 at one of four levels: 2 digits a province, 4 a city, 6 a county, 8 a grassroots access unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode {
    digits: [u8; REGION_DIGITS],
    len: u8,
}

impl RegionCode {
    /// Reads 2, 4, 6 or 8 digits.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let text = text.trim();
        check_digits(text)?;
        if !matches!(text.len(), 2 | 4 | 6 | REGION_DIGITS) {
            return Err(IdError::Length(text.chars().count()));
        }
        let mut digits = [0; REGION_DIGITS];
        digits[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self { digits, len: text.len() as u8 })
    }

    /// The digits as they were written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.len)])
            .expect("a region code holds ASCII digits only")
    }

    /// The region above; `None` above a province.
    pub fn parent(&self) -> Option<Self> {
        let len = self.as_str().len().checked_sub(2).filter(|len| *len >= 2)?;
        Self::parse(&self.as_str()[..len]).ok()
    }

    /// Whether the other region is this one or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        other.as_str().starts_with(self.as_str())
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a `DeviceID` of a message or of a catalog item may be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CatalogId {
    /// A region code.
    Region(RegionCode),
    /// A 20-digit id.
    Device(GbId),
}

impl CatalogId {
    /// Reads either form.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let text = text.trim();
        if text.len() == ID_DIGITS {
            GbId::parse(text).map(Self::Device)
        } else {
            RegionCode::parse(text).map(Self::Region)
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Region(region) => region.as_str(),
            Self::Device(id) => id.as_str(),
        }
    }

    /// The 20-digit id, where it is one.
    pub fn device(&self) -> Option<GbId> {
        match self {
            Self::Region(_) => None,
            Self::Device(id) => Some(*id),
        }
    }
}

impl From<GbId> for CatalogId {
    fn from(id: GbId) -> Self {
        Self::Device(id)
    }
}

impl From<RegionCode> for CatalogId {
    fn from(region: RegionCode) -> Self {
        Self::Region(region)
    }
}

impl fmt::Display for CatalogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CatalogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CatalogId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::parse(text)
    }
}
