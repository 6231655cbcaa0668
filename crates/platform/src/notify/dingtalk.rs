//! A robot in a DingTalk (钉钉) group. With a secret, the address carries the time in milliseconds and a signature over time and secret, keyed by the
//! secret. 20 messages a minute.
//!
//! <https://open.dingtalk.com/document/robots/customize-robot-security-settings>

use domain::alarm::Rung;
use jiff::Timestamp;
use serde_json::json;

use super::channel::{Channel, Endpoint, Fault, host};
use super::http::Http;
use super::message::Message;
use super::{robot, sign};

/// "send too fast", "system busy".
const BUSY: [i64; 3] = [130_101, 410_100, -1];

/// The robot.
pub(super) struct DingTalk(pub(super) Endpoint);

impl Channel for DingTalk {
    fn name(&self) -> &'static str {
        "dingtalk"
    }

    fn rungs(&self) -> &[Rung] {
        &self.0.rungs
    }

    fn addresses(&self) -> Vec<String> {
        vec![host(&self.0.url)]
    }

    fn send(&self, http: &Http, _address: &str, message: &Message, now: Timestamp) -> Result<String, Fault> {
        let body = json!({ "msgtype": "text", "text": { "content": message.text(now) } });
        robot::tell(http, &self.signed(now), &body, "errcode", &BUSY)
    }
}

impl DingTalk {
    fn signed(&self, now: Timestamp) -> String {
        let Some(secret) = &self.0.secret else { return self.0.url.clone() };
        let stamp = now.as_millisecond();
        let tag = sign::percent_encoded(&sign::base64(secret, &format!("{stamp}\n{secret}")));
        let joint = if self.0.url.contains('?') { '&' } else { '?' };
        format!("{}{joint}timestamp={stamp}&sign={tag}", self.0.url)
    }
}
