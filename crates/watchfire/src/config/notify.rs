//! `[notify]` and a section for each channel: how the outside is told of alarms.

use domain::alarm::Rung;
use platform::notify::{Endpoint, GatewaySettings, Network, NotifySettings};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::Config;

/// Rungs told by a channel unless something else is said: those that an alarm climbs to.
const RUNGS: [Rung; 4] = [Rung::Unit, Rung::County, Rung::City, Rung::Province];

/// `[notify]`
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Notify {
    /// Networks besides the internet that may be contacted.
    #[serde(deserialize_with = "networks")]
    pub allowed_networks: Vec<Network>,
}

/// `[webhook]`, `[dingtalk]`, `[feishu]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Signed {
    /// Where; empty: the channel is off.
    #[serde(deserialize_with = "super::public_address")]
    pub url: String,
    /// For signing; empty for none.
    pub secret: String,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// `[wecom]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keyed {
    /// Where, with its key; empty: the channel is off.
    #[serde(deserialize_with = "super::public_address")]
    pub url: String,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// `[sms]`, `[voice]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Gateway {
    /// Where, with places for number and text; empty: the channel is off.
    #[serde(deserialize_with = "super::public_address")]
    pub url: String,
    /// What is sent; empty: asked by GET.
    pub body: String,
    /// Value of the header; empty for none.
    pub authorization: String,
    /// What a good answer contains.
    pub good: String,
    /// Telephone numbers.
    pub numbers: Vec<String>,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

impl Default for Signed {
    fn default() -> Self {
        Self { url: String::new(), secret: String::new(), rungs: RUNGS.to_vec() }
    }
}

impl Default for Keyed {
    fn default() -> Self {
        Self { url: String::new(), rungs: RUNGS.to_vec() }
    }
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            url: String::new(),
            body: String::new(),
            authorization: String::new(),
            good: String::new(),
            numbers: Vec::new(),
            rungs: RUNGS.to_vec(),
        }
    }
}

impl Signed {
    fn endpoint(&self) -> Option<Endpoint> {
        let endpoint =
            Endpoint { url: self.url.clone(), secret: given(&self.secret), rungs: self.rungs.clone() };
        (!self.url.is_empty()).then_some(endpoint)
    }
}

impl Gateway {
    fn settings(&self) -> Option<GatewaySettings> {
        let settings = GatewaySettings {
            url: self.url.clone(),
            body: given(&self.body),
            authorization: given(&self.authorization),
            good: self.good.clone(),
            numbers: self.numbers.clone(),
            rungs: self.rungs.clone(),
        };
        (!self.url.is_empty()).then_some(settings)
    }
}

/// As the desk needs it.
pub fn settings(config: &Config) -> NotifySettings {
    NotifySettings {
        allowed: config.notify.allowed_networks.clone(),
        public_address: given(&config.bulletins.public_address),
        webhook: config.webhook.endpoint(),
        wecom: (!config.wecom.url.is_empty()).then(|| Endpoint {
            url: config.wecom.url.clone(),
            secret: None,
            rungs: config.wecom.rungs.clone(),
        }),
        dingtalk: config.dingtalk.endpoint(),
        feishu: config.feishu.endpoint(),
        sms: config.sms.settings(),
        voice: config.voice.settings(),
    }
}

fn given(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Network>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts.iter().map(|text| text.parse().map_err(D::Error::custom)).collect()
}
