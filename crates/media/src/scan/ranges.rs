//! Ranges of addresses that may be scanned: private, and not more than a campus has.

use crate::reach::Reach;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// Most addresses of one scan: a /22. A campus has fewer; a scan of a district would be an attack.
pub const ADDRESSES_MAX: usize = 1 << 10;

/// Addresses to scan, in order, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranges(Vec<Ipv4Addr>);

/// Why a range is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// Not `a.b.c.d/n` or `a.b.c.d`.
    #[error("{0} is no range: write 192.168.1.0/24, or one address")]
    Syntax(String),
    /// Not in a private network.
    #[error("{0} is not in a private network (10/8, 172.16/12, 192.168/16)")]
    NotPrivate(String),
    /// More than [`ADDRESSES_MAX`] addresses, alone or together.
    #[error("more than {ADDRESSES_MAX} addresses (a /22): scan one school after the other")]
    TooMany,
    /// Nothing to scan.
    #[error("no range is given")]
    None,
}

impl Ranges {
    /// Reads CIDR ranges and single addresses. Network and broadcast addresses of ranges up to /30 are left out.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>, reach: Reach) -> Result<Self, RangeError> {
        let mut all = BTreeSet::new();
        for text in texts {
            let (first, last) = range(text.trim(), reach)?;
            all.extend(first..=last);
            if all.len() > ADDRESSES_MAX {
                return Err(RangeError::TooMany);
            }
        }
        if all.is_empty() {
            return Err(RangeError::None);
        }
        Ok(Self(all.into_iter().map(Ipv4Addr::from_bits).collect()))
    }

    /// The addresses.
    pub fn addresses(&self) -> &[Ipv4Addr] {
        &self.0
    }
}

/// First and last host of a range.
fn range(text: &str, reach: Reach) -> Result<(u32, u32), RangeError> {
    let syntax = || RangeError::Syntax(text.chars().take(64).collect());
    let (address, prefix) = text.split_once('/').unwrap_or((text, "32"));
    let address: Ipv4Addr = address.parse().map_err(|_| syntax())?;
    let prefix = prefix
        .parse::<u32>()
        .ok()
        .filter(|prefix| *prefix <= 32 && !text.contains('+'))
        .ok_or_else(syntax)?;
    if prefix < 22 {
        return Err(RangeError::TooMany);
    }
    let mask = u32::MAX << (32 - prefix);
    let (low, high) = (address.to_bits() & mask, address.to_bits() | !mask);
    // A private network is a whole /12 or larger, so both ends lie in one or in none.
    if !reach.admits(Ipv4Addr::from_bits(low)) || !reach.admits(Ipv4Addr::from_bits(high)) {
        return Err(RangeError::NotPrivate(text.to_owned()));
    }
    Ok(if prefix <= 30 { (low + 1, high - 1) } else { (low, high) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(texts: &[&str]) -> Result<Ranges, RangeError> {
        Ranges::parse(texts.iter().copied(), Reach::Private)
    }

    #[test]
    fn ranges_become_hosts_each_once() {
        let ranges = parse(&["192.168.1.77/30", "192.168.1.78", "10.0.0.8/31"]).unwrap();
        let shown: Vec<String> = ranges.addresses().iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["10.0.0.8", "10.0.0.9", "192.168.1.77", "192.168.1.78"]);
        assert_eq!(parse(&["172.16.4.0/22"]).unwrap().addresses().len(), 1_022);
    }

    #[test]
    fn what_is_public_large_or_nonsense_is_refused() {
        assert_eq!(parse(&["10.0.0.0/21"]), Err(RangeError::TooMany));
        assert_eq!(parse(&["0.0.0.0/0"]), Err(RangeError::TooMany));
        assert_eq!(parse(&["10.0.0.0/22", "10.0.4.0/28"]), Err(RangeError::TooMany));
        assert_eq!(parse(&[]), Err(RangeError::None));
        for text in ["8.8.8.0/24", "127.0.0.1", "169.254.169.254", "172.32.0.0/24", "0.0.0.0"] {
            assert_eq!(parse(&[text]), Err(RangeError::NotPrivate(text.into())));
        }
        for text in
            ["", "camera", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+24", "10.0.0.0/", "10.0.0", "::1/128"]
        {
            assert_eq!(parse(&[text]), Err(RangeError::Syntax(text.into())));
        }
    }
}
