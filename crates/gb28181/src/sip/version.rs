//! The edition of GB/T 28181 that a peer says it speaks.

/// `X-GB-Ver`, GB/T 28181—2022 Annex I. Ordered: the side with the higher version must not send what the other cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GbVersion {
    /// 1.0, the edition of 2011.
    V2011,
    /// 1.1, the amendment to the edition of 2011.
    V2011Amended,
    /// 2.0, the edition of 2016; also taken for a peer that says nothing.
    V2016,
    /// 3.0, the edition of 2022; also taken for anything higher.
    V2022,
}

impl GbVersion {
    /// Reads a header value; `None` for what is not a number with a dot.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let value = value.trim_ascii();
        let mut parts = value.splitn(2, |b| *b == b'.');
        let major = super::params::decimal(parts.next()?)?;
        let minor = parts.next().and_then(super::params::decimal).unwrap_or(0);
        match (major, minor) {
            (0, _) => None,
            (1, 0) => Some(Self::V2011),
            (1, _) => Some(Self::V2011Amended),
            (2, _) => Some(Self::V2016),
            _ => Some(Self::V2022),
        }
    }

    /// The header value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2011 => "1.0",
            Self::V2011Amended => "1.1",
            Self::V2016 => "2.0",
            Self::V2022 => "3.0",
        }
    }
}

impl Default for GbVersion {
    /// No header means 2.0.
    fn default() -> Self {
        Self::V2016
    }
}
