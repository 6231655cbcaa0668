//! Which hosts the platform may be made to contact.
//!
//! Addresses of devices come from people, from ranges and from devices themselves, and the platform stands in a network with
//! more in it than cameras. Only literal IPv4 addresses of private networks (RFC 1918) pass: a name could point elsewhere the
//! next time it is asked, the machine itself has services that trust it, and link-local addresses are where clouds keep their
//! machines' credentials.
//!
//! The services that store footage are another matter: whoever runs the machine enters them, by name as a rule, in any network and often on the machine itself.
//! They may be anywhere but where clouds keep credentials.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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

/// True where footage may be stored. Asked of every address that a name leads to, for every connection.
pub(crate) fn is_storage(address: IpAddr) -> bool {
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
