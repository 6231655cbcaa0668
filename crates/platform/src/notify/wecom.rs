//! A robot in a WeCom (企业微信) group: the key stands in the address, nothing is signed. 20 messages a minute.
//!
//! <https://developer.work.weixin.qq.com/document/path/91770>

use domain::alarm::Rung;
use jiff::Timestamp;
use serde_json::json;

use super::channel::{Channel, Endpoint, Fault, host};
use super::http::Http;
use super::message::Message;
use super::robot;

/// "api freq out of limit", "system busy".
const BUSY: [i64; 2] = [45_009, -1];

/// The robot.
pub(super) struct WeCom(pub(super) Endpoint);

impl Channel for WeCom {
    fn name(&self) -> &'static str {
        "wecom"
    }

    fn rungs(&self) -> &[Rung] {
        &self.0.rungs
    }

    fn addresses(&self) -> Vec<String> {
        vec![host(&self.0.url)]
    }

    fn send(&self, http: &Http, _address: &str, message: &Message, now: Timestamp) -> Result<String, Fault> {
        let body = json!({ "msgtype": "text", "text": { "content": message.text(now) } });
        robot::tell(http, &self.0.url, &body, "errcode", &BUSY)
    }
}
