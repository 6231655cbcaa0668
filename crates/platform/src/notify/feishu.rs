//! A robot in a Feishu (飞书) group. With a secret, the message carries the time in seconds and a signature: the HMAC of nothing, keyed by time and
//! secret. 100 messages a minute.
//!
//! <https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot>

use jiff::Timestamp;
use serde_json::json;

use super::channel::{Endpoint, Fault};
use super::http::Http;
use super::message::Message;
use super::{robot, sign};

/// "frequency limited", "internal error".
const BUSY: [i64; 3] = [9499, 11_232, 99_991_400];

/// Tells the group.
pub(super) fn send(
    endpoint: &Endpoint,
    http: &Http,
    message: &Message,
    now: Timestamp,
) -> Result<String, Fault> {
    let mut body = json!({ "msg_type": "text", "content": { "text": message.text(now) } });
    if let Some(secret) = &endpoint.secret {
        let stamp = now.as_second().to_string();
        body["sign"] = sign::base64(&format!("{stamp}\n{secret}"), "").into();
        body["timestamp"] = stamp.into();
    }
    robot::tell(http, &endpoint.url, &body, "code", &BUSY)
}
