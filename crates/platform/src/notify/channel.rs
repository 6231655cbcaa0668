//! A channel: one way to tell somebody outside, with addresses of its own and the rungs that it serves.
//!
//! A channel turns a message into one exchange with the other side and reads the answer; when it is tried, how often and how long it is
//! waited for is decided by [`super::sender`], the same for all. Sending waits and runs on a thread of its own.

use std::sync::Arc;

use domain::alarm::Rung;
use jiff::Timestamp;

use store::{ContactKind, PushBrowser};

use super::gateway::Gateway;
use super::http::Http;
use super::mail::{Mail, MailSettings};
use super::message::Message;
use super::mqtt::{Mqtt, MqttSettings};
use super::web_push::{Knock, WebPush, WebPushSettings};
use super::{dingtalk, feishu, webhook, wecom};

/// One way to tell somebody outside.
pub trait Channel: Send + Sync {
    /// The word in rows, JSON and the configuration's section, e.g. `webhook`.
    fn name(&self) -> &'static str;

    /// The rungs that are told by it.
    fn rungs(&self) -> &[Rung];

    /// Its own addresses by names that hold no secret: a host, a telephone number.
    fn addresses(&self) -> Vec<String>;

    /// Which contacts of the people who are told it reaches besides.
    fn contacts(&self) -> Option<ContactKind> {
        None
    }

    /// Tells one address, and answers what the other side said. `now` goes into signatures.
    fn send(&self, out: &Http, to: &Recipient, message: &Message, now: Timestamp) -> Result<String, Fault>;
}

/// Who is told.
#[derive(Clone)]
pub enum Recipient {
    /// An address by its name.
    Address(String),
    /// A browser, with what it takes to be let in.
    Browser(Box<PushBrowser>, Arc<Knock>),
}

impl Recipient {
    /// The name of the address; a browser's is its id, and no channel but web push knows it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Address(name) => name.clone(),
            Self::Browser(browser, _) => browser.id.to_string(),
        }
    }
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong, for people. Holds no secret.
    pub why: String,
    /// What follows from it.
    pub then: Then,
}

/// What follows from a [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Trying again can help: nothing was reached, or the other side is busy.
    TryAgain,
    /// It stays until somebody changes the configuration.
    GiveUp,
    /// The address itself is gone for good.
    Forget,
}

impl Fault {
    /// One that may be gone the next time.
    pub fn passing(why: impl Into<String>) -> Self {
        Self { why: why.into(), then: Then::TryAgain }
    }

    /// One that stays until somebody changes the configuration.
    pub fn lasting(why: impl Into<String>) -> Self {
        Self { why: why.into(), then: Then::GiveUp }
    }

    /// The other side says that there is no such address any more.
    pub fn gone(why: impl Into<String>) -> Self {
        Self { why: why.into(), then: Then::Forget }
    }

    /// True where trying again can help.
    pub fn is_passing(&self) -> bool {
        self.then == Then::TryAgain
    }
}

/// What telling the outside needs to be told.
#[derive(Debug, Clone, Default)]
pub struct NotifySettings {
    /// Networks besides the internet that may be contacted.
    pub allowed: Vec<media::Network>,
    /// Address under which people reach the console, for links in messages.
    pub public_address: Option<String>,
    /// A signed webhook.
    pub webhook: Option<Endpoint>,
    /// A robot in a WeCom group.
    pub wecom: Option<Endpoint>,
    /// A robot in a DingTalk group.
    pub dingtalk: Option<Endpoint>,
    /// A robot in a Feishu group.
    pub feishu: Option<Endpoint>,
    /// A gateway that sends short messages.
    pub sms: Option<GatewaySettings>,
    /// A gateway that calls and reads aloud.
    pub voice: Option<GatewaySettings>,
    /// A mail server.
    pub mail: Option<MailSettings>,
    /// A broker of MQTT.
    pub mqtt: Option<MqttSettings>,
    /// Push services of browsers.
    pub web_push: Option<WebPushSettings>,
}

/// An address that takes messages by HTTP.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Where, with whatever key the other side put into it.
    pub url: String,
    /// For signing; none where the other side asks for none.
    pub secret: Option<String>,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// A gateway that is told by a template.
#[derive(Clone, PartialEq, Eq)]
pub struct GatewaySettings {
    /// Where, with `{phone}` and `{text}` put in.
    pub url: String,
    /// What is sent, with the same put in; none: nothing, by GET.
    pub body: Option<String>,
    /// Value of the header `authorization`.
    pub authorization: Option<String>,
    /// What a good answer contains.
    pub good: String,
    /// Telephone numbers.
    pub numbers: Vec<String>,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Keys of robots stand in their addresses.
        f.debug_struct("Endpoint").field("host", &host(&self.url)).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for GatewaySettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GatewaySettings").field("host", &host(&self.url)).finish_non_exhaustive()
    }
}

impl NotifySettings {
    /// Every channel that is configured.
    pub fn channels(&self) -> Vec<Arc<dyn Channel>> {
        let endpoints: [(&'static str, &Option<Endpoint>, Tell); 4] = [
            ("webhook", &self.webhook, webhook::send),
            ("wecom", &self.wecom, wecom::send),
            ("dingtalk", &self.dingtalk, dingtalk::send),
            ("feishu", &self.feishu, feishu::send),
        ];
        let gateways = [("sms", &self.sms), ("voice", &self.voice)];
        let mut channels: Vec<Arc<dyn Channel>> = Vec::new();
        for (name, endpoint, send) in endpoints {
            if let Some(endpoint) = endpoint.clone() {
                channels.push(Arc::new(ToEndpoint { name, endpoint, send }));
            }
        }
        for (name, settings) in gateways {
            if let Some(settings) = settings.clone() {
                channels.push(Arc::new(Gateway { name, settings }));
            }
        }
        let mail = self.mail.clone().map(|settings| Arc::new(Mail { settings }) as Arc<dyn Channel>);
        let mqtt = self.mqtt.clone().map(|settings| Arc::new(Mqtt::new(settings)) as Arc<dyn Channel>);
        let push = self.web_push.clone().map(|settings| Arc::new(WebPush { settings }) as Arc<dyn Channel>);
        channels.extend([mail, mqtt, push].into_iter().flatten());
        channels
    }
}

/// Tells an endpoint in the way of one kind of receiver.
type Tell = fn(&Endpoint, &Http, &Message, Timestamp) -> Result<String, Fault>;

/// A channel with one address; what kinds of receivers differ in is how they are told.
struct ToEndpoint {
    name: &'static str,
    endpoint: Endpoint,
    send: Tell,
}

impl Channel for ToEndpoint {
    fn name(&self) -> &'static str {
        self.name
    }

    fn rungs(&self) -> &[Rung] {
        &self.endpoint.rungs
    }

    fn addresses(&self) -> Vec<String> {
        vec![host(&self.endpoint.url)]
    }

    fn send(&self, out: &Http, _to: &Recipient, message: &Message, now: Timestamp) -> Result<String, Fault> {
        (self.send)(&self.endpoint, out, message, now)
    }
}

/// The host of an address, for people; the rest may hold keys.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_all_that_is_shown_of_an_address() {
        for (url, shown) in [
            ("https://oapi.dingtalk.com/robot/send?access_token=secret", "oapi.dingtalk.com"),
            ("http://user:secret@10.0.0.1:8080/hook", "10.0.0.1:8080"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(host(url), shown);
        }
        let endpoint = Endpoint {
            url: "https://h/?key=secret".to_owned(),
            secret: Some("secret".to_owned()),
            rungs: vec![],
        };
        assert!(!format!("{endpoint:?}").contains("secret"));
    }
}
