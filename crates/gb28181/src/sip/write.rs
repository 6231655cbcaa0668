//! Writes a message into one buffer.

use super::method::Method;

/// Room for the head of nearly every message, so that the buffer is allocated once.
const USUAL_BYTES: usize = 640;

/// A message under construction. Header values are cleaned of line breaks, so that text from a device or a person cannot become a header.
#[derive(Debug)]
pub struct MessageWriter {
    out: Vec<u8>,
}

impl MessageWriter {
    /// Starts a request. The URI is written as given.
    pub fn request(method: Method, uri: impl AsRef<[u8]>) -> Self {
        let mut writer = Self { out: Vec::with_capacity(USUAL_BYTES) };
        writer.push(method.as_str().as_bytes());
        writer.push(b" ");
        writer.push_clean(uri.as_ref());
        writer.push(b" SIP/2.0\r\n");
        writer
    }

    /// Starts a response.
    pub fn response(status: u16, reason: &str) -> Self {
        let mut writer = Self { out: Vec::with_capacity(USUAL_BYTES) };
        writer.push(b"SIP/2.0 ");
        writer.push_number(u64::from(status));
        writer.push(b" ");
        writer.push_clean(reason.as_bytes());
        writer.push(b"\r\n");
        writer
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.add(name, &[value.as_ref()]);
        self
    }

    /// Adds a header whose value is a number.
    #[must_use]
    pub fn number(mut self, name: &str, value: u64) -> Self {
        self.push(name.as_bytes());
        self.push(b": ");
        self.push_number(value);
        self.push(b"\r\n");
        self
    }

    /// Ends the headers and adds the body.
    pub fn body(mut self, content_type: &str, body: &[u8]) -> Vec<u8> {
        self.add("Content-Type", &[content_type.as_bytes()]);
        self.push(b"Content-Length: ");
        self.push_number(body.len() as u64);
        self.push(b"\r\n\r\n");
        self.push(body);
        self.out
    }

    /// Ends a message without a body.
    pub fn empty(mut self) -> Vec<u8> {
        self.push(b"Content-Length: 0\r\n\r\n");
        self.out
    }

    /// Adds a header made of several parts.
    pub(crate) fn add(&mut self, name: &str, parts: &[&[u8]]) {
        self.push(name.as_bytes());
        self.push(b": ");
        for part in parts {
            self.push_clean(part);
        }
        self.push(b"\r\n");
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    pub(crate) fn push_clean(&mut self, bytes: &[u8]) {
        let start = self.out.len();
        self.out.extend_from_slice(bytes);
        for byte in &mut self.out[start..] {
            if matches!(*byte, b'\r' | b'\n' | 0) {
                *byte = b' ';
            }
        }
    }

    pub(crate) fn push_number(&mut self, value: u64) {
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        let mut left = value;
        loop {
            at -= 1;
            digits[at] = b'0' + (left % 10) as u8;
            left /= 10;
            if left == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[at..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_in_a_value_does_not_make_a_header() {
        let bytes =
            MessageWriter::request(Method::Message, "sip:a@b").header("Subject", "x\r\nEvil: 1").empty();
        assert!(!String::from_utf8(bytes).unwrap().contains("\r\nEvil"));
    }

    #[test]
    fn the_body_is_counted_in_bytes() {
        let bytes = MessageWriter::response(200, "OK").body("text/plain", "校园".as_bytes());
        assert!(String::from_utf8(bytes).unwrap().contains("Content-Length: 6\r\n\r\n校园"));
    }

    #[test]
    fn numbers_of_every_length_are_written() {
        for n in [0, 7, 10, 65_535, u64::MAX] {
            let bytes = MessageWriter::response(200, "OK").number("Expires", n).empty();
            assert!(String::from_utf8(bytes).unwrap().contains(&format!("Expires: {n}\r\n")));
        }
    }
}
