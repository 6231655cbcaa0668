//! A signed webhook: the message as JSON, with a signature that the receiver checks and a delivery number by which it tells a repetition.

use domain::alarm::Rung;
use jiff::Timestamp;

use super::channel::{Channel, Endpoint, Fault, host};
use super::http::Http;
use super::message::Message;
use super::sign;

/// The webhook.
pub(super) struct Webhook(pub(super) Endpoint);

impl Channel for Webhook {
    fn name(&self) -> &'static str {
        "webhook"
    }

    fn rungs(&self) -> &[Rung] {
        &self.0.rungs
    }

    fn addresses(&self) -> Vec<String> {
        vec![host(&self.0.url)]
    }

    fn send(&self, http: &Http, _address: &str, message: &Message, now: Timestamp) -> Result<String, Fault> {
        let body = message.json().to_string();
        let stamp = now.as_second().to_string();
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            ("x-watchfire-delivery", message.delivery.clone()),
            ("x-watchfire-timestamp", stamp.clone()),
        ];
        if let Some(secret) = &self.0.secret {
            headers.push((
                "x-watchfire-signature",
                format!("sha256={}", sign::hex(secret, &format!("{stamp}.{body}"))),
            ));
        }
        http.exchange(&self.0.url, &headers, Some(&body)).map(|answer| answer.shown())
    }
}
