//! `[notify]` and a section for each channel: how the outside is told of alarms.

use std::path::Path;

use domain::alarm::Rung;
use platform::notify::{
    Encryption, Endpoint, GatewaySettings, Login, Network, NotifySettings, Server, WebPushSettings,
};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::Config;

/// Rungs told by a channel unless something else is said: those that an alarm climbs to.
pub(super) const RUNGS: [Rung; 4] = [Rung::Unit, Rung::County, Rung::City, Rung::Province];

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

/// `[web_push]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebPush {
    /// Where push services write to; empty: the channel is off.
    #[serde(deserialize_with = "contact")]
    pub contact: String,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// A server by host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPort {
    host: String,
    port: u16,
}

impl HostPort {
    pub(super) fn server(&self, encryption: Encryption, authority: &Path, login: Option<Login>) -> Server {
        let authority = Some(authority.to_owned()).filter(|path| !path.as_os_str().is_empty());
        Server { host: self.host.clone(), port: self.port, encryption, authority, login }
    }
}

impl Default for WebPush {
    fn default() -> Self {
        let rungs = [Rung::DutyGuard, Rung::ShiftLeader].into_iter().chain(RUNGS).collect();
        Self { contact: String::new(), rungs }
    }
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
        mail: config.mail.settings(),
        mqtt: config.mqtt.settings(),
        web_push: (!config.web_push.contact.is_empty()).then(|| WebPushSettings {
            contact: config.web_push.contact.clone(),
            rungs: config.web_push.rungs.clone(),
        }),
    }
}

fn given(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Network>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts.iter().map(|text| text.parse().map_err(D::Error::custom)).collect()
}

pub(super) fn login(user: &str, password: &str) -> Option<Login> {
    given(user).map(|user| Login { user, password: password.to_owned() })
}

pub(super) fn host_port<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<HostPort>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    let found = text.rsplit_once(':').and_then(|(host, port)| {
        let host = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        let port = port.parse().ok().filter(|port| *port > 0)?;
        let is_host = !host.is_empty()
            && !host.chars().any(|c| c.is_whitespace() || c.is_control() || "/@[]".contains(c));
        is_host.then(|| HostPort { host: host.to_owned(), port })
    });
    found.map(Some).ok_or_else(|| {
        D::Error::custom(format!("`{text}` is no host with its port such as mail.example.cn:587"))
    })
}

fn contact<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_contact = text.is_empty() || text.starts_with("mailto:") || text.starts_with("https://");
    if is_contact { Ok(text) } else { Err(D::Error::custom("a contact begins with mailto: or https://")) }
}
