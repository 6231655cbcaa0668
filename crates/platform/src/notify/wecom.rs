//! A robot in a WeCom (企业微信) group: the key stands in the address, nothing is signed. 20 messages a minute.
//!
//! <https://developer.work.weixin.qq.com/document/path/91770>

use jiff::Timestamp;

use super::channel::{Endpoint, Fault};
use super::http::Http;
use super::message::Message;
use super::robot;

/// "api freq out of limit", "system busy".
const BUSY: [i64; 2] = [45_009, -1];

/// Tells the group.
pub(super) fn send(
    endpoint: &Endpoint,
    http: &Http,
    message: &Message,
    now: Timestamp,
) -> Result<String, Fault> {
    robot::tell(http, &endpoint.url, &robot::text(message, now), "errcode", &BUSY)
}
