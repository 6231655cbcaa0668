//! Which hosts the platform may be made to contact.
//!
//! Addresses of devices come from people, from ranges and from devices themselves, and the platform stands in a network with
//! more in it than cameras. Only literal IPv4 addresses of private networks (RFC 1918) pass: a name could point elsewhere the
//! next time it is asked, the machine itself has services that trust it, and link-local addresses are where clouds keep their
//! machines' credentials.
//!
//! The services that store footage are another matter: whoever runs the machine enters them, by name as a rule, in any network and often on the machine itself.
//! They may be anywhere but where clouds keep credentials.
//!
//! What is told to the outside goes to addresses that people enter too, and those lie in the internet: everything else has to be allowed by name of its network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

/// What may be contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// 10/8, 172.16/12 and 192.168/16.
    #[default]
    Private,
    /// These and 127/8: for tests and simulated devices.
    PrivateAndLoopback,
}

impl Reach {
    /// True where `address` may be contacted.
    pub fn admits(self, address: Ipv4Addr) -> bool {
        address.is_private() || (self == Self::PrivateAndLoopback && address.is_loopback())
    }
}

/// Where clouds answer for a machine's credentials beside link-local addresses: Alibaba's and Amazon's.
const CREDENTIALS: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
];

/// Where a request over HTTP, or another connection of our own, may go. Asked of every address that a name leads to, for every connection.
#[derive(Debug, Clone)]
pub enum Egress {
    /// Services that store footage: anywhere but where credentials are.
    Storage,
    /// The public internet, and these networks besides.
    Public(Arc<[Network]>),
}

impl Egress {
    /// True where `address` may be connected to.
    pub fn admits(&self, address: IpAddr) -> bool {
        match self {
            Self::Storage => is_storage(address),
            Self::Public(allowed) => {
                let address = address.to_canonical();
                is_public(address) || allowed.iter().any(|network| network.contains(address))
            }
        }
    }
}

/// A network, e.g. `10.36.0.0/16` or `127.0.0.1/32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    prefix: u8,
}

impl Network {
    /// True where the address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0);
                u32::from(first) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix)).unwrap_or(0);
                u128::from(first) & mask == u128::from(address) & mask
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` is no network such as 10.36.0.0/16 or fd12::/16");
        let (first, prefix) = text.split_once('/').ok_or_else(bad)?;
        let first: IpAddr = first.parse().map_err(|_| bad())?;
        let prefix: u8 = prefix.parse().map_err(|_| bad())?;
        if prefix > if first.is_ipv4() { 32 } else { 128 } { Err(bad()) } else { Ok(Self { first, prefix }) }
    }
}

/// True for addresses that the internet routes (IANA's registries of special-purpose addresses, RFC 6890). IPv6 addresses that carry one of IPv4
/// inside (6to4, NAT64, Teredo) are none of ours: what they lead to is decided elsewhere.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            let is_special = matches!(
                (a, b, c),
                (0 | 10 | 127 | 224..=255, ..)
                    | (100, 64..=127, _)
                    | (169, 254, _)
                    | (172, 16..=31, _)
                    | (192, 168, _)
                    | (192, 0, 0 | 2)
                    | (192, 88, 99)
                    | (198, 18 | 19, _)
                    | (198, 51, 100)
                    | (203, 0, 113)
            );
            !is_special
        }
        // 2000::/3 without 2001::/23 (Teredo and others), 2001:db8::/32 and 2002::/16 (6to4).
        IpAddr::V6(address) => {
            let [a, b, ..] = address.segments();
            a & 0xe000 == 0x2000 && !(a == 0x2001 && (b < 0x0200 || b == 0x0db8)) && a != 0x2002
        }
    }
}

/// True where footage may be stored.
fn is_storage(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let is_local = match address {
        IpAddr::V4(address) => address.is_link_local() || address.is_broadcast(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    };
    !is_local && !address.is_unspecified() && !address.is_multicast() && !CREDENTIALS.contains(&address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_private_networks_are_reached() {
        for (text, is_private) in [
            ("10.0.0.1", true),
            ("172.31.255.254", true),
            ("192.168.1.64", true),
            ("172.32.0.1", false),
            ("8.8.8.8", false),
            ("169.254.169.254", false),
            ("100.100.100.200", false),
            ("127.0.0.1", false),
            ("0.0.0.0", false),
            ("239.255.255.250", false),
            ("255.255.255.255", false),
        ] {
            assert_eq!(Reach::Private.admits(text.parse().unwrap()), is_private, "{text}");
        }
        assert!(Reach::PrivateAndLoopback.admits(Ipv4Addr::LOCALHOST));
    }

    #[test]
    fn what_is_told_goes_to_the_internet_and_to_networks_that_are_named() {
        let closed = Egress::Public(Arc::from([]));
        for (text, may) in [
            ("8.8.8.8", true),
            ("223.5.5.5", true),
            ("2408:8000::1", true),
            ("10.0.0.5", false),
            ("172.20.1.1", false),
            ("192.168.1.64", false),
            ("127.0.0.1", false),
            ("169.254.169.254", false),
            ("100.100.100.200", false),
            ("0.0.0.0", false),
            ("198.18.0.1", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:169.254.169.254", false),
            ("64:ff9b::a9fe:a9fe", false),
            ("2002:a9fe:a9fe::1", false),
            ("fe80::1", false),
            ("fd00:ec2::254", false),
        ] {
            assert_eq!(closed.admits(text.parse().unwrap()), may, "{text}");
        }
        let open = Egress::Public(
            ["10.36.0.0/16".parse().unwrap(), "fd12::/16".parse().unwrap(), "127.0.0.1/32".parse().unwrap()]
                .into(),
        );
        for (text, may) in [
            ("10.36.255.1", true),
            ("10.37.0.1", false),
            ("::ffff:10.36.0.9", true),
            ("fd12:1::1", true),
            ("fd13::1", false),
            ("127.0.0.1", true),
            ("127.0.0.2", false),
        ] {
            assert_eq!(open.admits(text.parse().unwrap()), may, "{text}");
        }
        assert!(
            "0.0.0.0/0".parse::<Network>().unwrap().contains("169.254.169.254".parse().unwrap()),
            "whoever writes it gets it"
        );
        for text in ["10.0.0.0", "10.0.0.0/33", "fd12::/129", "school/8", ""] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }

    #[test]
    fn footage_is_stored_anywhere_but_where_credentials_are() {
        for (text, may) in [
            ("10.0.0.5", true),
            ("127.0.0.1", true),
            ("8.8.8.8", true),
            ("fd12::5", true),
            ("169.254.169.254", false),
            ("::ffff:169.254.169.254", false),
            ("fe80::1", false),
            ("100.100.100.200", false),
            ("fd00:ec2::254", false),
            ("0.0.0.0", false),
            ("239.1.2.3", false),
        ] {
            assert_eq!(is_storage(text.parse().unwrap()), may, "{text}");
        }
    }
}
