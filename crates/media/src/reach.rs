//! Which hosts the platform may be made to contact.
//!
//! Addresses of devices come from people, from ranges and from devices themselves, and the platform stands in a network with
//! more in it than cameras. Only literal IPv4 addresses of private networks (RFC 1918) pass: a name could point elsewhere the
//! next time it is asked, the machine itself has services that trust it, and link-local addresses are where clouds keep their
//! machines' credentials.

use std::net::Ipv4Addr;

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
}
