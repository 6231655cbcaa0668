//! A robot in a Feishu (飞书) group. With a secret, the message carries the time in seconds and a signature: the HMAC of nothing, keyed by time and
//! secret. 100 messages a minute.
//!
//! <https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot>

use domain::alarm::Rung;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::channel::{Channel, Endpoint, Fault, host};
use super::http::Http;
use super::message::Message;
use super::{robot, sign};

/// "frequency limited", "internal error".
const BUSY: [i64; 3] = [9499, 11_232, 99_991_400];

/// The robot.
pub(super) struct Feishu(pub(super) Endpoint);

impl Channel for Feishu {
    fn name(&self) -> &'static str {
        "feishu"
    }

    fn rungs(&self) -> &[Rung] {
        &self.0.rungs
    }

    fn addresses(&self) -> Vec<String> {
        vec![host(&self.0.url)]
    }

    fn send(&self, http: &Http, _address: &str, message: &Message, now: Timestamp) -> Result<String, Fault> {
        robot::tell(http, &self.0.url, &self.body(&message.text(now), now), "code", &BUSY)
    }
}

impl Feishu {
    fn body(&self, text: &str, now: Timestamp) -> Value {
        let mut body = json!({ "msg_type": "text", "content": { "text": text } });
        if let Some(secret) = &self.0.secret {
            let stamp = now.as_second().to_string();
            body["sign"] = sign::base64(&format!("{stamp}\n{secret}"), "").into();
            body["timestamp"] = stamp.into();
        }
        body
    }
}
