//! The edition that a peer follows, from its `X-GB-Ver` (annex I).

/// An edition of GB/T 28181, older before younger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Edition {
    /// 2011, header 1.0.
    V2011,
    /// 2011 with its amendment, header 1.1.
    V2011Amended,
    /// 2016, header 2.0; also what a peer without the header is taken for.
    #[default]
    V2016,
    /// 2022, header 3.0.
    V2022,
}

impl Edition {
    /// Reads the value of `X-GB-Ver`. Newer numbers than ours count as 2022, unreadable ones as 2016.
    pub fn from_header(value: &str) -> Self {
        let (major, minor) = value.trim().split_once('.').unwrap_or((value.trim(), "0"));
        match (major.parse::<u8>(), minor) {
            (Ok(1), "0") => Self::V2011,
            (Ok(1), _) => Self::V2011Amended,
            (Ok(3..), _) => Self::V2022,
            _ => Self::V2016,
        }
    }

    /// The value for `X-GB-Ver`.
    pub fn header(self) -> &'static str {
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
    fn every_edition_reads_its_own_header() {
        for edition in [Edition::V2011, Edition::V2011Amended, Edition::V2016, Edition::V2022] {
            assert_eq!(Edition::from_header(edition.header()), edition);
        }
    }

    #[test]
    fn a_peer_without_a_readable_version_is_of_2016_and_a_newer_one_of_2022() {
        assert_eq!(Edition::from_header(""), Edition::V2016);
        assert_eq!(Edition::from_header("GB"), Edition::V2016);
        assert_eq!(Edition::from_header(" 3.1 "), Edition::V2022);
        assert_eq!(Edition::from_header("4"), Edition::V2022);
    }
}
