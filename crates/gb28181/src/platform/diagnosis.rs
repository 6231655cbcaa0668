//! The last messages of each device and what had to be forgiven in them, for the page that a person opens when a camera does not show.
//!
//! Signs of life, renewed registrations among them, are left out, because they would push out everything else. Passwords and digests are taken out before anything is kept.

use std::collections::{HashMap, VecDeque};

use crate::charset::decode;
use crate::id::GbId;
use crate::sip::{HeaderName, Message, StartLine};

/// Messages kept of one device: a registration, a catalog and a call have about twenty.
const MESSAGES_MAX: usize = 24;

/// Bytes kept of one body.
const BODY_BYTES_MAX: usize = 1_024;

/// Devices of a generation; two generations are kept. With all messages at their longest this is 200 MB, in practice a tenth.
const DEVICES_MAX: usize = 2_048;

/// Devices whose deviations are counted.
const FAULTY_MAX: usize = 65_536;

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the device.
    In,
    /// To the device.
    Out,
}

/// A message, made fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced {
    /// When, Unix milliseconds.
    pub unix_ms: i64,
    /// Which way.
    pub way: Way,
    /// The text, without secrets, its body cut.
    pub text: Box<str>,
}

/// How often something was wrong or had to be forgiven, by its name.
pub type Forgiven = Vec<(&'static str, u32)>;

/// The traces.
#[derive(Debug, Default)]
pub(super) struct Diagnosis {
    young: HashMap<GbId, VecDeque<Traced>>,
    old: HashMap<GbId, VecDeque<Traced>>,
    forgiven: HashMap<GbId, Forgiven>,
}

impl Diagnosis {
    /// Keeps a message of a device and counts what was forgiven in it.
    pub fn note(&mut self, device: GbId, unix_ms: i64, way: Way, message: &Message<'_>) {
        for name in message.quirks.names() {
            self.forgive(device, name);
        }
        if !self.young.contains_key(&device) {
            if self.young.len() >= DEVICES_MAX {
                self.old = std::mem::take(&mut self.young);
            }
            let before = self.old.remove(&device).unwrap_or_default();
            self.young.insert(device, before);
        }
        let Some(trace) = self.young.get_mut(&device) else { return };
        if trace.len() >= MESSAGES_MAX {
            trace.pop_front();
        }
        trace.push_back(Traced { unix_ms, way, text: text_of(message).into() });
    }

    /// Keeps a message that is being sent.
    pub fn note_bytes(&mut self, device: GbId, unix_ms: i64, bytes: &[u8]) {
        if let Ok(message) = Message::from_frame(bytes) {
            self.note(device, unix_ms, Way::Out, &message);
        }
    }

    /// Counts a deviation.
    pub fn forgive(&mut self, device: GbId, name: &'static str) {
        if self.forgiven.len() >= FAULTY_MAX && !self.forgiven.contains_key(&device) {
            return;
        }
        let counts = self.forgiven.entry(device).or_default();
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counts.push((name, 1)),
        }
    }

    /// The messages of a device, the oldest first.
    pub fn trace(&self, device: &GbId) -> impl Iterator<Item = &Traced> {
        self.young.get(device).or_else(|| self.old.get(device)).into_iter().flatten()
    }

    /// What was forgiven a device.
    pub fn forgiven(&self, device: &GbId) -> &[(&'static str, u32)] {
        self.forgiven.get(device).map_or(&[], Vec::as_slice)
    }
}

/// A message as text, without secrets.
fn text_of(message: &Message<'_>) -> String {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut text = match message.start {
        StartLine::Request { token, uri, .. } => format!("{} {} SIP/2.0\n", lossy(token), lossy(uri)),
        StartLine::Response { status, reason } => format!("SIP/2.0 {status} {}\n", lossy(reason)),
    };
    for header in message.headers() {
        text.push_str(&lossy(header.raw_name));
        text.push_str(": ");
        let is_secret = matches!(header.name, HeaderName::Authorization | HeaderName::WwwAuthenticate)
            || [&b"Proxy-Authorization"[..], b"Note", b"SecurityInfo"]
                .iter()
                .any(|name| header.raw_name.eq_ignore_ascii_case(name));
        text.push_str(if is_secret { "(removed)" } else { "" });
        if !is_secret {
            text.push_str(&lossy(&header.value));
        }
        text.push('\n');
    }
    if !message.body.is_empty() {
        text.push('\n');
        let body = decode(&message.body[..message.body.len().min(BODY_BYTES_MAX)]);
        text.push_str(&without_passwords(&body));
    }
    text
}

/// XML without the content of its `Password` elements.
fn without_passwords(body: &str) -> String {
    let mut text = String::new();
    let mut rest = body;
    while let Some(at) = rest.find("<Password>") {
        let after = &rest[at + "<Password>".len()..];
        text.push_str(&rest[..at]);
        text.push_str("<Password>(removed)");
        rest = after.find('<').map_or("", |end| &after[end..]);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device() -> GbId {
        GbId::parse("34020000001320000001").unwrap()
    }

    #[test]
    fn a_trace_shows_no_secret() {
        let bytes = b"REGISTER sip:p@d SIP/2.0\r\nAuthorization: Digest response=\"abc\"\r\nCall-ID: c\r\n\r\n<Item><Password>geheim</Password><Name>a</Name></Item>";
        let mut diagnosis = Diagnosis::default();
        diagnosis.note(device(), 0, Way::In, &Message::from_datagram(bytes).unwrap());
        let text = diagnosis.trace(&device()).next().unwrap().text.clone();
        assert!(
            !text.contains("abc") && !text.contains("geheim") && text.contains("<Name>a</Name>"),
            "{text}"
        );
    }

    #[test]
    fn a_trace_keeps_the_last_messages_and_counts_what_was_forgiven() {
        let mut diagnosis = Diagnosis::default();
        for number in 0..100 {
            let text = format!("OPTIONS sip:p@d SIP/2.0\nCSeq: {number} OPTIONS\n\n");
            diagnosis.note(device(), number, Way::In, &Message::from_datagram(text.as_bytes()).unwrap());
        }
        assert_eq!(diagnosis.trace(&device()).count(), MESSAGES_MAX);
        assert_eq!(diagnosis.trace(&device()).last().unwrap().unix_ms, 99);
        assert_eq!(diagnosis.forgiven(&device()), [("bare LF", 100)]);
    }
}
