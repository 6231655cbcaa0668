//! What robots of group chats have in common: JSON to them, and an answer with a number that is zero when the message was taken. They
//! answer HTTP 200 to refusals too, so the number counts.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::channel::Fault;
use super::http::Http;
use super::message::Message;

/// A message as robots of WeCom and DingTalk take it.
pub(super) fn text(message: &Message, now: Timestamp) -> Value {
    json!({ "msgtype": "text", "text": { "content": message.text(now) } })
}

/// Sends and reads the number called `code`; `busy` are numbers that mean "too often, later".
pub(super) fn tell(http: &Http, url: &str, body: &Value, code: &str, busy: &[i64]) -> Result<String, Fault> {
    let headers = [("content-type", "application/json".to_owned())];
    let answer = http.exchange(url, &headers, Some(body.to_string().as_bytes()))?;
    let said: Value = serde_json::from_str(&answer.text)
        .map_err(|_| Fault::passing(format!("no answer of a robot: {}", answer.shown())))?;
    match said.get(code).and_then(Value::as_i64) {
        Some(0) => Ok(answer.shown()),
        Some(number) if busy.contains(&number) => Err(Fault::passing(answer.shown())),
        _ => Err(Fault::lasting(answer.shown())),
    }
}
