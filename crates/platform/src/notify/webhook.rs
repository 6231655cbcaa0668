//! A signed webhook: the message as JSON, with a signature that the receiver checks and a delivery number by which it tells a repetition.

use jiff::Timestamp;

use super::channel::{Endpoint, Fault};
use super::http::Http;
use super::message::Message;
use super::sign;

/// Tells the receiver.
pub(super) fn send(
    endpoint: &Endpoint,
    http: &Http,
    message: &Message,
    now: Timestamp,
) -> Result<String, Fault> {
    let body = message.json().to_string();
    let stamp = now.as_second().to_string();
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("x-watchfire-delivery", message.delivery.clone()),
        ("x-watchfire-timestamp", stamp.clone()),
    ];
    if let Some(secret) = &endpoint.secret {
        headers.push((
            "x-watchfire-signature",
            format!("sha256={}", sign::hex(secret, &format!("{stamp}.{body}"))),
        ));
    }
    let answer = http.exchange(&endpoint.url, &headers, Some(body.as_bytes()))?;
    match message.receipt() {
        // Taking a probe is easily said. Whoever has read it can send the receipt back.
        Some(receipt) if !answer.text.contains(receipt) => Err(Fault::passing(format!(
            "the answer does not hold the receipt, so nobody knows that the message was read: {}",
            answer.shown()
        ))),
        _ => Ok(answer.shown()),
    }
}
