//! The edition of GB/T 28181 that a peer says it speaks (`X-GB-Ver`, annex I).

/// An edition, older before younger: the side with the higher one must not send what the other cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Edition {
    /// 1.0, of 2011.
    V2011,
    /// 1.1, of 2011 with its amendment.
    V2011Amended,
    /// 2.0, of 2016; also taken for a peer that says nothing.
    #[default]
    V2016,
    /// 3.0, of 2022; also taken for anything higher.
    V2022,
}

impl Edition {
    /// Reads a header value; `None` for what is not a number with a dot.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let value = std::str::from_utf8(value).ok()?.trim();
        let (major, minor) = value.split_once('.').unwrap_or((value, "0"));
        match (major.parse::<u8>().ok()?, minor) {
            (0, _) => None,
            (1, "0") => Some(Self::V2011),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edition_is_read_as_it_is_written() {
        for edition in [Edition::V2011, Edition::V2011Amended, Edition::V2016, Edition::V2022] {
            assert_eq!(Edition::parse(edition.as_str().as_bytes()), Some(edition));
        }
    }

    #[test]
    fn a_higher_number_is_the_newest_and_nonsense_is_none() {
        assert_eq!(Edition::parse(b" 4.1 "), Some(Edition::V2022));
        for bad in [&b""[..], b"0.9", b"x", b"\xff"] {
            assert_eq!(Edition::parse(bad), None);
        }
    }
}
