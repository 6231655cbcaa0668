//! A robot in a DingTalk (钉钉) group. With a secret, the address carries the time in milliseconds and a signature over time and secret, keyed by the
//! secret. 20 messages a minute.
//!
//! <https://open.dingtalk.com/document/robots/customize-robot-security-settings>

use jiff::Timestamp;
use media::percent_encode;

use super::channel::{Endpoint, Fault};
use super::http::Http;
use super::message::Message;
use super::{robot, sign};

/// "send too fast", "system busy".
const BUSY: [i64; 3] = [130_101, 410_100, -1];

/// Tells the group.
pub(super) fn send(
    endpoint: &Endpoint,
    http: &Http,
    message: &Message,
    now: Timestamp,
) -> Result<String, Fault> {
    robot::tell(http, &signed(endpoint, now), &robot::text(message, now), "errcode", &BUSY)
}

fn signed(endpoint: &Endpoint, now: Timestamp) -> String {
    let Some(secret) = &endpoint.secret else { return endpoint.url.clone() };
    let stamp = now.as_millisecond();
    let tag = percent_encode(&sign::base64(secret, &format!("{stamp}\n{secret}")));
    let joint = if endpoint.url.contains('?') { '&' } else { '?' };
    format!("{}{joint}timestamp={stamp}&sign={tag}", endpoint.url)
}
