//! `[media]`: how browsers look at cameras.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use platform::access::LiveSettings;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// UDP port where nothing else is said.
const WEBRTC_PORT: u16 = 8189;

/// `[media]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Media {
    /// Where browsers send to; none for the address of `server.listen`.
    #[serde(deserialize_with = "address")]
    pub webrtc_address: Option<IpAddr>,
    /// UDP port; 0 switches WebRTC off.
    pub webrtc_port: u16,
    /// Least distance of small pictures of one camera, in seconds.
    pub thumbnail_s: u32,
    /// Cameras coded anew for browsers at a time; 0 for none.
    pub conversions_max: usize,
}

impl Default for Media {
    fn default() -> Self {
        Self { webrtc_address: None, webrtc_port: WEBRTC_PORT, thumbnail_s: 5, conversions_max: 1 }
    }
}

impl Media {
    /// What the platform needs, where people come in at `listen`.
    pub fn settings(&self, listen: SocketAddr) -> LiveSettings {
        let address = self.webrtc_address.unwrap_or(listen.ip());
        LiveSettings {
            webrtc: (self.webrtc_port != 0).then_some(SocketAddr::new(address, self.webrtc_port)),
            thumbnail_every: Duration::from_secs(u64::from(self.thumbnail_s)),
            conversions_max: self.conversions_max,
        }
    }
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<IpAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<IpAddr>() {
        Ok(address) if !address.is_unspecified() && !address.is_multicast() => Ok(Some(address)),
        _ => Err(D::Error::custom("one IP address that browsers reach, e.g. 10.36.0.5")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_sent_to_one_address_or_not_at_all() {
        let settings = |text: &str, listen: &str| {
            toml::from_str::<Media>(text).unwrap().settings(listen.parse().unwrap()).webrtc
        };
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(settings("", "127.0.0.1:8080"), at("127.0.0.1:8189"));
        assert_eq!(settings("webrtc_port = 0", "127.0.0.1:8080"), None);
        assert_eq!(settings("", "0.0.0.0:8080"), at("0.0.0.0:8189"));
        assert_eq!(settings("webrtc_address = \"10.36.0.5\"", "0.0.0.0:8080"), at("10.36.0.5:8189"));
        assert!(toml::from_str::<Media>("webrtc_address = \"0.0.0.0\"").is_err());
        assert!(toml::from_str::<Media>("webrtc_address = \"school.example\"").is_err());
    }
}
