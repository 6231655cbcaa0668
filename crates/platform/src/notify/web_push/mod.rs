//! Web push (RFC 8030): a message to a browser that somebody asked to be told in, by the push service that the browser named.
//!
//! What is sent is readable for that browser alone ([`encryption`]), and signed so that the service knows whose it is ([`vapid`]). That the
//! service took it (201) is the receipt; browsers that are shut get it when they come back within [`TTL_S`]. A service that says "gone" is
//! believed: the browser is forgotten, and its person has to ask again. Push services of some browsers cannot be reached from everywhere, so
//! this is never the only way by which an alarm comes.

mod encryption;
mod key;
mod vapid;

use domain::alarm::{Level, Rung};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::ContactKind;

pub use self::vapid::PushKey;
use super::channel::{Channel, Fault, Recipient};
use super::http::Http;
use super::message::{About, Message};

/// Seconds that a push service keeps a message for a browser that is away: a shift's half. Later, the desk tells better than a stale call.
pub const TTL_S: u32 = 4 * 3600;
/// Longest body that every push service takes (RFC 8030 7.2), encryption included.
pub const BODY_BYTES_MAX: usize = 4096;
/// Longest text for people, in characters of at most four bytes; what is left of a body is for title, page and marks.
const TEXT_CHARS_MAX: usize = 600;
/// Longest title.
const TITLE_CHARS_MAX: usize = 120;

/// How push services are spoken with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebPushSettings {
    /// `mailto:` or `https:` address at which they reach whoever runs the platform (RFC 8292 2.1).
    pub contact: String,
    /// Rungs that are told.
    pub rungs: Vec<Rung>,
}

/// What it takes to be let in at one browser, once.
#[derive(Clone)]
pub struct Knock {
    /// The platform's key.
    pub key: PushKey,
    /// Random, for the key of this message (RFC 8291 3.1).
    pub secret: [u8; 32],
    /// Random, for the content (RFC 8188 2.1).
    pub salt: [u8; 16],
}

/// The channel.
pub(super) struct WebPush {
    pub(super) settings: WebPushSettings,
}

impl Channel for WebPush {
    fn name(&self) -> &'static str {
        "web_push"
    }

    fn rungs(&self) -> &[Rung] {
        &self.settings.rungs
    }

    fn addresses(&self) -> Vec<String> {
        Vec::new()
    }

    fn contacts(&self) -> Option<ContactKind> {
        Some(ContactKind::Browser)
    }

    fn send(&self, out: &Http, to: &Recipient, message: &Message, now: Timestamp) -> Result<String, Fault> {
        let Recipient::Browser(browser, knock) = to else {
            return Err(Fault::lasting("only browsers are told by web push"));
        };
        if !may_knock(&browser.endpoint, &out.allowed) {
            return Err(Fault::lasting("the browser's push service has no https address"));
        }
        let plain = payload(message, now).to_string();
        let body = encryption::encrypt(plain.as_bytes(), &browser.public_key, &browser.auth_secret, knock)
            .map_err(|why| Fault::lasting(why.to_string()))?;
        let authorization = vapid::authorization(&knock.key, &browser.endpoint, &self.settings.contact, now)
            .map_err(|why| Fault::lasting(why.to_string()))?;
        let urgency = if is_urgent(message) { "high" } else { "normal" };
        let headers = [
            ("content-type", "application/octet-stream".to_owned()),
            ("content-encoding", "aes128gcm".to_owned()),
            ("ttl", TTL_S.to_string()),
            ("urgency", urgency.to_owned()),
            ("authorization", authorization),
        ];
        Ok(out.exchange(&browser.endpoint, &headers, Some(&body))?.shown())
    }
}

/// Push services speak https (RFC 8030 8); another address passes only where it is literally of a network that was named.
pub(crate) fn may_knock(endpoint: &str, allowed: &[media::Network]) -> bool {
    let Ok(uri) = endpoint.parse::<ureq::http::Uri>() else { return false };
    let Some(host) = uri.host().filter(|host| !host.is_empty()) else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse();
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => address.is_ok_and(|address| allowed.iter().any(|network| network.contains(address))),
        _ => false,
    }
}

/// What the browser shows. Short enough for [`BODY_BYTES_MAX`], whatever the message says.
fn payload(message: &Message, now: Timestamp) -> Value {
    let title: String = message.title().chars().take(TITLE_CHARS_MAX).collect();
    let text = message.text(now);
    let lines: Vec<&str> = text.lines().skip(1).filter(|line| !line.starts_with("http")).collect();
    let shown = |c: &char| *c == '\n' || !c.is_control();
    let text: String = lines.join("\n").chars().filter(shown).take(TEXT_CHARS_MAX).collect();
    let page = match &message.about {
        About::Alarm(news) => format!("/#/alarms/{}", news.alarm_id),
        About::Notice(news) => format!("/#/notices/{}", news.notice_id),
        About::Test | About::Probe { .. } | About::Fault(_) => "/".to_owned(),
    };
    json!({ "title": title, "text": text, "page": page, "tag": message.delivery, "urgent": is_urgent(message) })
}

fn is_urgent(message: &Message) -> bool {
    match &message.about {
        About::Alarm(news) => news.level <= Level::Two,
        About::Fault(news) => news.mended_at.is_none(),
        About::Notice(_) | About::Test | About::Probe { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_named_networks_are_knocked_at() {
        let named = ["127.0.0.1/32".parse().unwrap()];
        for (endpoint, passes) in [
            ("https://updates.push.services.mozilla.com/wpush/v2/x", true),
            ("http://127.0.0.1:9/x", true),
            ("http://10.0.0.1/x", false),
            ("http://localhost/x", false),
            ("http://updates.push.services.mozilla.com/x", false),
            ("ftp://127.0.0.1/", false),
            ("nonsense", false),
            ("", false),
        ] {
            assert_eq!(may_knock(endpoint, &named), passes, "{endpoint}");
        }
    }
}
