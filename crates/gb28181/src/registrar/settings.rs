//! How the registrar behaves towards everybody.

use crate::digest::{Algorithm, Hashers};
use crate::edition::Edition;
use crate::id::GbId;

/// Settings of a registrar.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The digest realm: the first ten digits of the platform's id.
    pub realm: String,
    /// Ids of this platform. A camera configured with one of them is refused (log in WVP#2006).
    pub own_ids: Vec<GbId>,
    /// Which ids may knock at all; empty for every id.
    pub allowed: Vec<IdRule>,
    /// The edition that we speak, told in every answer to REGISTER (Annex I).
    pub version: Edition,
    /// The algorithm of the challenge.
    pub algorithm: Algorithm,
    /// Whether `qop=auth` is offered.
    pub offer_qop: bool,
    /// Hash functions at hand.
    pub hashers: Hashers,
    /// How long a nonce may be used, in milliseconds.
    pub nonce_age_ms: i64,
    /// Life of a registration that names none, in seconds.
    pub expires_default_s: u32,
    /// Shortest life that a registration really has here, in seconds, whatever the device asks.
    pub expires_floor_s: u32,
    /// Longest life that is granted, in seconds.
    pub expires_max_s: u32,
    /// Added to each expiry, for a refresh that is on its way.
    pub expires_grace_s: u32,
    /// Added to the last missed keep-alive, in milliseconds.
    pub keepalive_slack_ms: u64,
    /// Devices held at most.
    pub devices_max: usize,
    /// Requests a second from one address, and how many at once. A school district behind one address sends 33 keep-alives a second per
    /// 2 000 cameras, and twice their number after a power cut.
    pub address_rate: (f32, f32),
    /// Refusals a second that are spent on one address, and how many at once. Beyond it strangers hear nothing.
    pub refusal_rate: (f32, f32),
    /// REGISTER requests a second of one id from one address, and how many at once.
    pub id_rate: (f32, f32),
    /// Other requests a second of one registered device, and how many at once. A catalog of 10 000 items may come as 10 000 messages.
    pub device_rate: (f32, f32),
}

impl Settings {
    /// The usual settings of a platform with this id.
    pub fn new(platform: GbId) -> Self {
        Self {
            realm: platform.as_str()[..10].to_owned(),
            own_ids: vec![platform],
            allowed: Vec::new(),
            version: Edition::V2022,
            algorithm: Algorithm::Md5,
            offer_qop: false,
            hashers: Hashers::default(),
            nonce_age_ms: 60_000,
            expires_default_s: 86_400,
            expires_floor_s: 60,
            expires_max_s: 7 * 86_400,
            expires_grace_s: 30,
            keepalive_slack_ms: 15_000,
            devices_max: 250_000,
            address_rate: (500.0, 5_000.0),
            refusal_rate: (1.0, 30.0),
            id_rate: (1.0, 10.0),
            device_rate: (200.0, 4_000.0),
        }
    }

    pub(super) fn allows(&self, device: &GbId) -> bool {
        self.allowed.is_empty() || self.allowed.iter().any(|rule| rule.matches(device))
    }
}

/// A rule for ids: digits that must agree from the left, `?` for any. `33??????11` is every education id (industry 11) of one province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdRule(Box<[u8]>);

impl IdRule {
    /// Reads a rule; `None` when it is empty, longer than an id, or holds anything but digits and `?`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=20).contains(&text.len());
        let readable = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'?');
        (fits && readable).then(|| Self(text.as_bytes().into()))
    }

    /// Whether an id falls under the rule.
    pub fn matches(&self, device: &GbId) -> bool {
        let id = device.as_bytes();
        id.len() >= self.0.len() && self.0.iter().zip(id).all(|(rule, digit)| rule == digit || *rule == b'?')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_names_region_and_industry() {
        let rule = IdRule::parse("33??????11").unwrap();
        assert!(rule.matches(&GbId::from_digits(b"33010000111320000001").unwrap()));
        assert!(!rule.matches(&GbId::from_digits(b"33010000001320000001").unwrap()));
        assert!(!rule.matches(&GbId::from_digits(b"34010000111320000001").unwrap()));
    }

    #[test]
    fn a_rule_that_is_no_pattern_of_digits_is_refused() {
        for bad in ["", "33*", "330100001113200000011"] {
            assert_eq!(IdRule::parse(bad), None);
        }
    }
}
