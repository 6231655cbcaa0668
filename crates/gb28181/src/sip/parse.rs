//! Reads a message, forgiving what the field gets wrong and bounding what it may cost.

use std::borrow::Cow;

use super::error::SipError;
use super::header_name::HeaderName;
use super::limits::{
    DATAGRAM_BYTES_MAX, HEAD_BYTES_MAX, HEADERS_MAX, LEADING_NOISE_BYTES_MAX, STREAM_BODY_BYTES_MAX,
};
use super::message::{Header, Message, StartLine};
use super::method::Method;
use super::params::decimal;
use super::quirks::Quirks;

/// Room for the headers of nearly every message, so that the list is allocated once.
const USUAL_HEADERS: usize = 16;

impl<'a> Message<'a> {
    /// Reads a datagram. The end of the datagram is the end of the message, whatever `Content-Length` says: with 0, too large or no
    /// length the rest is the body (WVP#920).
    pub fn from_datagram(bytes: &'a [u8]) -> Result<Self, SipError> {
        if bytes.len() > DATAGRAM_BYTES_MAX {
            return Err(SipError::BodyTooLong { max: DATAGRAM_BYTES_MAX });
        }
        Reader::new(bytes).read(Ending::Datagram)
    }

    /// Reads one frame of a stream, as [`super::StreamFramer`] cut it: `Content-Length` decides, and without it there is no body.
    pub fn from_frame(bytes: &'a [u8]) -> Result<Self, SipError> {
        if bytes.len() > HEAD_BYTES_MAX + STREAM_BODY_BYTES_MAX {
            return Err(SipError::BodyTooLong { max: STREAM_BODY_BYTES_MAX });
        }
        Reader::new(bytes).read(Ending::Length)
    }
}

impl<'a> Message<'a> {
    /// Reads what was put together from several datagrams; the assembler has bounded it.
    pub(super) fn assembled(bytes: &'a [u8]) -> Result<Self, SipError> {
        Reader::new(bytes).read(Ending::Datagram)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Datagram,
    Length,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    quirks: Quirks,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, quirks: Quirks::default() }
    }

    fn read(mut self, ending: Ending) -> Result<Message<'a>, SipError> {
        self.skip_noise()?;
        let head_starts = self.at;
        let line = self.line().ok_or(SipError::Empty)?;
        let start = start_line(line).ok_or(SipError::NotSip)?;
        let mut headers: Vec<Header<'a>> = Vec::with_capacity(USUAL_HEADERS);
        let mut ended = false;
        while let Some(before) = (self.at < self.bytes.len()).then_some(self.at) {
            let Some(line) = self.line() else { break };
            if self.at - head_starts > HEAD_BYTES_MAX {
                return Err(SipError::HeadTooLong);
            }
            if line.is_empty() {
                ended = true;
                break;
            }
            if line.starts_with(b"<?xml") {
                self.at = before;
                break;
            }
            self.header_line(line, &mut headers)?;
        }
        if !ended {
            self.quirks.insert(Quirks::NO_BLANK_LINE);
        }
        Ok(self.finish(start, headers, ending, ended))
    }

    fn skip_noise(&mut self) -> Result<(), SipError> {
        let noise = self.bytes.iter().take_while(|byte| is_blank(**byte)).count();
        if noise == self.bytes.len() {
            return Err(SipError::Empty);
        }
        if noise > LEADING_NOISE_BYTES_MAX {
            return Err(SipError::NotSip);
        }
        if noise > 0 {
            self.quirks.insert(Quirks::LEADING_NOISE);
            self.at = noise;
        }
        Ok(())
    }

    /// The next line without its end; at the end of the bytes what is left.
    fn line(&mut self) -> Option<&'a [u8]> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        // One byte more than the limit is enough to see that it is passed.
        let window = &rest[..rest.len().min(HEAD_BYTES_MAX + 1)];
        let Some(feed) = window.iter().position(|byte| *byte == b'\n') else {
            self.at += window.len();
            return Some(window.strip_suffix(b"\r").unwrap_or(window));
        };
        self.at += feed + 1;
        let line = &rest[..feed];
        if let Some(clean) = line.strip_suffix(b"\r") {
            Some(clean)
        } else {
            self.quirks.insert(Quirks::BARE_LF);
            Some(line)
        }
    }

    fn header_line(&mut self, line: &'a [u8], headers: &mut Vec<Header<'a>>) -> Result<(), SipError> {
        if matches!(line[0], b' ' | b'\t') {
            self.quirks.insert(Quirks::FOLDED);
            if let Some(last) = headers.last_mut() {
                let value = last.value.to_mut();
                value.push(b' ');
                value.extend_from_slice(line.trim_ascii());
            }
            return Ok(());
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            self.quirks.insert(Quirks::BAD_HEADER_LINE);
            return Ok(());
        };
        if headers.len() == HEADERS_MAX {
            return Err(SipError::TooManyHeaders);
        }
        let raw_name = line[..colon].trim_ascii();
        let value = line[colon + 1..].trim_ascii();
        if !value.is_ascii() && std::str::from_utf8(value).is_err() {
            self.quirks.insert(Quirks::NOT_UTF8);
        }
        headers.push(Header { name: HeaderName::of(raw_name), raw_name, value: Cow::Borrowed(value) });
        Ok(())
    }

    fn finish(
        mut self,
        start: StartLine<'a>,
        headers: Vec<Header<'a>>,
        ending: Ending,
        ended: bool,
    ) -> Message<'a> {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let length = headers.iter().find(|header| header.name == HeaderName::ContentLength);
        let promised = length
            .and_then(|header| decimal(&header.value))
            .map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        if length.is_some() && promised.is_none() {
            self.quirks.insert(Quirks::LENGTH_UNREADABLE);
        }
        let (body, missing_bytes) = match (promised, ending) {
            (Some(n), _) if n > rest.len() => {
                self.quirks.insert(Quirks::LENGTH_BEYOND_END);
                (rest, n - rest.len())
            }
            (Some(n), Ending::Length) => (&rest[..n], 0),
            (Some(n), Ending::Datagram) => (self.datagram_body(rest, n), 0),
            (None, Ending::Length) => (&rest[..0], 0),
            // A head without an end and without a length goes on in the next datagram, if there is one.
            (None, Ending::Datagram) => (rest, usize::from(!ended)),
        };
        Message { start, body, quirks: self.quirks, headers, missing_bytes }
    }

    /// The body of a datagram that holds at least the promised bytes.
    fn datagram_body(&mut self, rest: &'a [u8], promised: usize) -> &'a [u8] {
        let visible = rest.trim_ascii_end();
        let padding_only = rest[promised..].iter().all(|byte| is_blank(*byte));
        if padding_only {
            return &rest[..promised];
        }
        if promised == 0 {
            self.quirks.insert(Quirks::LENGTH_ZERO_WITH_BODY);
            return rest;
        }
        // RFC 3261 18.3 discards what follows, but a length counted in characters instead of bytes would cut the XML open.
        if visible.ends_with(b">") && !rest[..promised].trim_ascii_end().ends_with(b">") {
            self.quirks.insert(Quirks::LENGTH_TOO_SHORT);
            return rest;
        }
        &rest[..promised]
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | 0)
}

fn start_line(line: &[u8]) -> Option<StartLine<'_>> {
    if line.len() >= 4 && line[..4].eq_ignore_ascii_case(b"SIP/") {
        let after = &line[line.iter().position(|byte| *byte == b' ')?..];
        let after = after.trim_ascii();
        let digits = after.get(..3)?;
        let status =
            decimal(digits).and_then(|n| u16::try_from(n).ok()).filter(|n| (100..700).contains(n))?;
        let reason = &after[3..];
        if reason.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        return Some(StartLine::Response { status, reason: reason.trim_ascii() });
    }
    let space = line.iter().position(|byte| *byte == b' ')?;
    let token = &line[..space];
    let rest = line[space..].trim_ascii();
    // The URI may hold blanks in broken firmware; the version is the last word.
    let last = rest.iter().rposition(|byte| *byte == b' ')?;
    let (uri, version) = (rest[..last].trim_ascii(), &rest[last + 1..]);
    let plausible = !token.is_empty() && token.len() <= 32 && token.iter().all(u8::is_ascii_uppercase);
    if !plausible || uri.is_empty() || !version.get(..4)?.eq_ignore_ascii_case(b"SIP/") {
        return None;
    }
    Some(StartLine::Request { method: Method::of(token), token, uri })
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
