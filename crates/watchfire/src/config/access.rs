//! `[access]`: how devices are spoken with by GB/T 28181.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;

use domain::device::GbId;
use platform::access::devices::{AccessSettings, AllowedIds};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// `[access]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// The platform's 20 digits; empty for none.
    #[serde(deserialize_with = "id")]
    pub id: Option<GbId>,
    /// Where devices are heard, over UDP and TCP.
    pub listen: Vec<SocketAddr>,
    /// How devices know the platform; empty for the address listened on.
    pub address: String,
    /// Where devices send media; empty for the host of `address`.
    pub media_address: String,
    /// Under which devices reach HTTP; empty for none.
    #[serde(deserialize_with = "super::public_address")]
    pub upload_address: String,
    /// Where media are received.
    pub media_listen: IpAddr,
    /// Ports for media.
    #[serde(deserialize_with = "ports")]
    pub media_ports: RangeInclusive<u16>,
    /// Which ids may knock.
    #[serde(deserialize_with = "patterns")]
    pub allowed_ids: Vec<String>,
    /// Requests a second from one address.
    pub address_rate_hz: u32,
    /// A password that new devices share; empty for none.
    pub commissioning_password: String,
}

impl Default for Access {
    fn default() -> Self {
        Self {
            id: None,
            listen: vec![SocketAddr::from((Ipv4Addr::UNSPECIFIED, 5060))],
            address: String::new(),
            media_address: String::new(),
            upload_address: String::new(),
            media_listen: Ipv4Addr::UNSPECIFIED.into(),
            media_ports: 30_000..=30_999,
            allowed_ids: Vec::new(),
            address_rate_hz: 500,
            commissioning_password: String::new(),
        }
    }
}

impl Access {
    /// What the access desk needs; none where the platform has no id.
    pub fn settings(&self) -> Option<AccessSettings> {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Some(AccessSettings {
            id: self.id?,
            listen: self.listen.clone(),
            address: given(&self.address),
            media_address: given(&self.media_address),
            upload_address: given(&self.upload_address),
            media_ports: self.media_ports.clone(),
            media_listen: self.media_listen,
            allowed_ids: AllowedIds(self.allowed_ids.clone()),
            address_rate_hz: self.address_rate_hz,
            commissioning_password: given(&self.commissioning_password),
        })
    }
}

fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<GbId>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    let id = GbId::parse(&text).map_err(D::Error::custom)?;
    if id.type_code() != "200" {
        return Err(D::Error::custom("digits 11 to 13 of a platform's id are 200"));
    }
    Ok(Some(id))
}

fn ports<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RangeInclusive<u16>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let bounds = text
        .split_once('-')
        .and_then(|(low, high)| Some((low.trim().parse::<u16>().ok()?, high.trim().parse::<u16>().ok()?)));
    match bounds {
        Some((low, high)) if low >= 1024 && high > low => Ok(low..=high),
        _ => Err(D::Error::custom("two ports from 1024 on with a hyphen between, e.g. 30000-30999")),
    }
}

fn patterns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let rules = Vec::<String>::deserialize(deserializer)?;
    let is_rule = |rule: &String| {
        (1..=20).contains(&rule.len()) && rule.bytes().all(|byte| byte.is_ascii_digit() || byte == b'?')
    };
    match rules.iter().find(|rule| !is_rule(rule)) {
        Some(bad) => Err(D::Error::custom(format!("{bad:?}: 1 to 20 digits or ?"))),
        None => Ok(rules),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_id_no_device_is_spoken_with() {
        assert_eq!(Access::default().settings(), None);
        let access: Access =
            toml::from_str("id = \"36000000112000000001\"\nmedia_ports = \"40000-40010\"").unwrap();
        assert_eq!(access.settings().unwrap().media_ports, 40_000..=40_010);
    }

    #[test]
    fn what_cannot_work_is_refused_with_its_reason() {
        for (text, word) in [
            ("id = \"3600\"", "20 digits"),
            ("id = \"36000000111320000001\"", "200"),
            ("media_ports = \"10-20\"", "1024"),
            ("allowed_ids = [\"36*\"]", "digits"),
        ] {
            let error = toml::from_str::<Access>(text).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
