//! A gateway for short messages or calls, told by a template: every provider has an interface of its own, and all of them take a telephone number and a
//! text by HTTP.

use domain::alarm::Rung;
use jiff::Timestamp;
use media::percent_encode;

use super::channel::{Channel, Fault, GatewaySettings, Recipient};
use super::http::Http;
use super::message::Message;

/// Longest text: two short messages joined (GSM 03.40: 67 characters of UCS-2 each).
const TEXT_CHARS_MAX: usize = 134;

/// The gateway.
pub(super) struct Gateway {
    pub(super) name: &'static str,
    pub(super) settings: GatewaySettings,
}

impl Channel for Gateway {
    fn name(&self) -> &'static str {
        self.name
    }

    fn rungs(&self) -> &[Rung] {
        &self.settings.rungs
    }

    fn addresses(&self) -> Vec<String> {
        self.settings.numbers.clone()
    }

    fn send(&self, out: &Http, to: &Recipient, message: &Message, now: Timestamp) -> Result<String, Fault> {
        let address = &to.name();
        let text = short(&message.text(now));
        let url = filled(&self.settings.url, address, &text, percent_encode);
        let is_json = self.settings.body.as_ref().is_some_and(|body| body.trim_start().starts_with('{'));
        let encode = if is_json { json_text } else { percent_encode };
        let body = self.settings.body.as_ref().map(|body| filled(body, address, &text, encode));
        let kind = if is_json { "application/json" } else { "application/x-www-form-urlencoded" };
        let mut headers = vec![("content-type", kind.to_owned())];
        headers.extend(self.settings.authorization.clone().map(|value| ("authorization", value)));
        let answer = out.exchange(&url, &headers, body.as_deref().map(str::as_bytes))?;
        if answer.text.contains(&self.settings.good) {
            Ok(answer.shown())
        } else {
            Err(Fault::passing(format!("the answer is not the one that means taken: {}", answer.shown())))
        }
    }
}

/// One line, without the link, which no telephone reads aloud.
fn short(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("http"));
    lines.collect::<Vec<_>>().join("；").chars().take(TEXT_CHARS_MAX).collect()
}

/// Puts in number and text in one walk, so that a text cannot bring placeholders of its own.
fn filled(template: &str, phone: &str, text: &str, encode: fn(&str) -> String) -> String {
    let mut out = String::with_capacity(template.len() + text.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        if let Some(after) = rest.strip_prefix("{phone}") {
            out.push_str(&encode(phone));
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{text}") {
            out.push_str(&encode(text));
            rest = after;
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// As it stands inside the quotes of a JSON text.
fn json_text(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_once_and_cannot_be_broken_out_of() {
        let body = r#"{"to":"{phone}","content":"{text}","sign":"{x}"}"#;
        let filled_in = filled(body, "138", "a\"b{phone}\n", json_text);
        assert_eq!(filled_in, r#"{"to":"138","content":"a\"b{phone}\n","sign":"{x}"}"#);
        let url = filled("https://g/?m={phone}&t={text}", "138", "火 & smoke", percent_encode);
        assert_eq!(url, "https://g/?m=138&t=%E7%81%AB%20%26%20smoke");
    }

    #[test]
    fn a_text_fits_two_short_messages() {
        assert_eq!(short("一\n二\nhttps://x/#/alarms/1"), "一；二");
        assert_eq!(short(&"火".repeat(500)).chars().count(), TEXT_CHARS_MAX);
    }
}
