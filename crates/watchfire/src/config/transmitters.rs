//! `[transmitters]`: how user information transmission devices of fire facilities are listened to.

use std::net::SocketAddr;
use std::time::Duration;

use gb26875::Address;
use jiff::SignedDuration;
use platform::access::transmitters::TransmitterSettings;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// `[transmitters]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Transmitters {
    /// Where devices connect; empty: nowhere.
    pub listen: Vec<SocketAddr>,
    /// The centre's address in the protocol.
    #[serde(deserialize_with = "address")]
    pub address: Address,
    /// Most connections at a time.
    pub connections_max: usize,
    /// Seconds of silence after which a connection is closed.
    #[serde(deserialize_with = "super::within::<_, 30, 86400>")]
    pub idle_s: u32,
    /// Seconds of quiet after which a device is asked how it is.
    #[serde(deserialize_with = "super::within::<_, 10, 7200>")]
    pub patrol_s: u32,
    /// Seconds after which a device of which nothing is heard is away.
    #[serde(deserialize_with = "super::within::<_, 10, 86400>")]
    pub absent_after_s: u32,
}

impl Default for Transmitters {
    fn default() -> Self {
        Self {
            listen: Vec::new(),
            address: Address::from_wire([1, 0, 0, 0, 0, 0]),
            connections_max: 2000,
            idle_s: 600,
            patrol_s: 60,
            absent_after_s: 300,
        }
    }
}

impl Transmitters {
    /// What the access desk needs; none where nobody is listened to.
    pub fn settings(&self) -> Option<TransmitterSettings> {
        let secs = |s: u32| Duration::from_secs(u64::from(s));
        (!self.listen.is_empty()).then(|| TransmitterSettings {
            listen: self.listen.clone(),
            address: self.address,
            connections_max: self.connections_max,
            idle: secs(self.idle_s),
            patrol_every: secs(self.patrol_s),
            absent_after: SignedDuration::from_secs(i64::from(self.absent_after_s)),
        })
    }
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Address, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_listened_to_unless_a_port_is_named() {
        assert_eq!(Transmitters::default().settings(), None);
        let given: Transmitters =
            toml::from_str("listen = [\"0.0.0.0:5900\"]\naddress = \"36000000000a\"").unwrap();
        assert_eq!(given.settings().unwrap().address.to_string(), "36000000000a");
        assert!(
            toml::from_str::<Transmitters>("address = \"36\"")
                .unwrap_err()
                .to_string()
                .contains("12 hexadecimal")
        );
        assert!(toml::from_str::<Transmitters>("idle_s = 1").is_err());
    }
}
