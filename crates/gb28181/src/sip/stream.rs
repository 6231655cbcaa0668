//! Cuts a TCP stream into messages.
//!
//! `Content-Length` frames the stream. When it lied, or a body came that nobody announced, the next bytes do not begin like a message: the
//! framer then looks for the next place that does, and says how much it skipped. A stream in which nothing is found for too long is lost.

use bytes::{Buf as _, Bytes, BytesMut};

use super::error::SipError;
use super::framing::{begins_message, may_begin_message};
use super::header_name::HeaderName;
use super::limits::{HEAD_BYTES_MAX, RESYNC_BYTES_MAX, STREAM_BODY_BYTES_MAX, UNPROVEN_BODY_BYTES_MAX};
use super::params::decimal;

/// What the stream gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// One message, for [`super::Message::from_frame`].
    Message(Bytes),
    /// A blank keep-alive of RFC 5626 3.5.1; the answer is one CRLF.
    Ping,
    /// Bytes that belonged to no message.
    Skipped {
        /// How many.
        bytes: usize,
    },
}

/// The framer of one connection.
#[derive(Debug, Default)]
pub struct StreamFramer {
    buffer: BytesMut,
    // Where the search for the end of the head goes on, so that no byte is looked at twice.
    searched: usize,
    // The whole length of the message at the front, once its head was read.
    whole: Option<usize>,
    wasted: usize,
    // Bytes were skipped and no message has come since: a word of a text must not pass for one, wherever the network cut it.
    lost: bool,
    trusted: bool,
}

impl StreamFramer {
    /// A framer at the start of a connection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Somebody has registered on this connection: from now on its bodies may be catalogs ([`STREAM_BODY_BYTES_MAX`]).
    pub fn trust(&mut self) {
        self.trusted = true;
    }

    /// Takes bytes from the connection.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Bytes that wait for more.
    pub fn waiting_bytes(&self) -> usize {
        self.buffer.len()
    }

    /// The next frame; `None` when more bytes are needed. After an error the connection is to be closed.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, SipError> {
        if self.whole.is_none() {
            if let Some(frame) = self.skip_blanks() {
                return Ok(Some(frame));
            }
            if self.buffer.is_empty() {
                return Ok(None);
            }
            let begins =
                if self.lost { begins_in_garbage(&self.buffer) } else { begins_message(&self.buffer) };
            if !begins {
                return if may_begin_message(&self.buffer) { Ok(None) } else { self.resynchronise() };
            }
            let Some(head_bytes) = self.find_head_end() else {
                return if self.buffer.len() > HEAD_BYTES_MAX { self.resynchronise() } else { Ok(None) };
            };
            let body_bytes = content_length(&self.buffer[..head_bytes]);
            let max = if self.trusted { STREAM_BODY_BYTES_MAX } else { UNPROVEN_BODY_BYTES_MAX };
            if body_bytes > max {
                return Err(SipError::BodyTooLong { max });
            }
            self.whole = Some(head_bytes + body_bytes);
        }
        match self.whole {
            Some(whole) if self.buffer.len() >= whole => {
                self.whole = None;
                self.searched = 0;
                self.wasted = 0;
                self.lost = false;
                Ok(Some(Frame::Message(self.buffer.split_to(whole).freeze())))
            }
            _ => Ok(None),
        }
    }

    /// Drops blank bytes between messages; two line ends are a ping.
    fn skip_blanks(&mut self) -> Option<Frame> {
        let blanks =
            self.buffer.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | 0)).count();
        let is_ping = self.buffer[..blanks].split(|byte| *byte == b'\n').nth(2).is_some();
        self.buffer.advance(blanks);
        is_ping.then_some(Frame::Ping)
    }

    /// The length of the head with its blank line, if it has come.
    fn find_head_end(&mut self) -> Option<usize> {
        let window = self.buffer.len().min(HEAD_BYTES_MAX + 4);
        let mut at = self.searched;
        while at < window {
            let Some(feed) = self.buffer[at..window].iter().position(|byte| *byte == b'\n') else { break };
            let after = at + feed + 1;
            match self.buffer.get(after..) {
                Some([b'\n', ..]) => return Some(after + 1),
                Some([b'\r', b'\n', ..]) => return Some(after + 2),
                // The next byte decides; look at this line end again.
                Some([] | [b'\r']) => {
                    self.searched = after - 1;
                    return None;
                }
                _ => at = after,
            }
        }
        self.searched = at;
        None
    }

    /// Drops bytes up to the next place that begins like a message.
    fn resynchronise(&mut self) -> Result<Option<Frame>, SipError> {
        let found = (1..self.buffer.len()).find(|at| {
            let tail = &self.buffer[*at..];
            tail[0].is_ascii_uppercase() && (begins_in_garbage(tail) || may_begin_message(tail))
        });
        let bytes = found.unwrap_or(self.buffer.len());
        self.buffer.advance(bytes);
        self.searched = 0;
        self.lost = true;
        self.wasted += bytes;
        if self.wasted > RESYNC_BYTES_MAX {
            return Err(SipError::StreamLost);
        }
        Ok(Some(Frame::Skipped { bytes }))
    }
}

/// As `begins_message`, but strict: in the middle of garbage `INFO ` alone may be a word of the text.
fn begins_in_garbage(bytes: &[u8]) -> bool {
    let letters = bytes.iter().take(32).take_while(|byte| byte.is_ascii_uppercase()).count();
    let uri_follows = bytes.get(letters..letters + 5).is_some_and(|next| next.eq_ignore_ascii_case(b" sip:"));
    begins_message(bytes) && (uri_follows || bytes.starts_with(b"SIP/2.0 "))
}

/// `Content-Length` of a head; 0 when absent or unreadable (RFC 3261 20.14 demands it on streams).
fn content_length(head: &[u8]) -> usize {
    head.split(|byte| *byte == b'\n')
        .find_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            if HeaderName::of(line[..colon].trim_ascii()) != HeaderName::ContentLength {
                return None;
            }
            decimal(&line[colon + 1..])
        })
        .map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &[u8] = b"MESSAGE sip:p@d SIP/2.0\r\nContent-Length: 4\r\n\r\n<A/>";

    fn frames(framer: &mut StreamFramer) -> Vec<Frame> {
        std::iter::from_fn(|| framer.next_frame().unwrap()).collect()
    }

    fn message() -> Frame {
        Frame::Message(Bytes::from_static(REQUEST))
    }

    #[test]
    fn two_messages_in_one_read_are_two_frames() {
        let mut framer = StreamFramer::new();
        framer.push(&[REQUEST, REQUEST].concat());
        assert_eq!(frames(&mut framer), [message(), message()]);
    }

    #[test]
    fn a_message_that_comes_byte_by_byte_is_one_frame() {
        let mut framer = StreamFramer::new();
        let mut seen = Vec::new();
        for byte in REQUEST {
            framer.push(&[*byte]);
            seen.extend(frames(&mut framer));
        }
        assert_eq!(seen, [message()]);
    }

    #[test]
    fn line_feeds_alone_frame_as_well() {
        let mut framer = StreamFramer::new();
        framer.push(b"BYE sip:a@b SIP/2.0\nl: 2\n\nokSIP/2.0 200 OK\r\n\r\n");
        assert_eq!(frames(&mut framer).len(), 2);
    }

    #[test]
    fn a_blank_pair_is_a_ping() {
        let mut framer = StreamFramer::new();
        framer.push(b"\r\n\r\n");
        assert_eq!(frames(&mut framer), [Frame::Ping]);
    }

    #[test]
    fn an_unannounced_body_is_skipped_up_to_the_next_message() {
        let mut framer = StreamFramer::new();
        framer.push(b"MESSAGE sip:p@d SIP/2.0\r\nContent-Length: 0\r\n\r\n<Notify>INFO here</Notify>");
        framer.push(REQUEST);
        let seen = frames(&mut framer);
        assert_eq!(seen.last(), Some(&message()));
        let skipped: usize =
            seen.iter().map(|f| if let Frame::Skipped { bytes } = f { *bytes } else { 0 }).sum();
        assert_eq!(skipped, "<Notify>INFO here</Notify>".len());
    }

    #[test]
    fn a_word_of_an_unannounced_body_is_no_message_where_the_network_cuts_before_it() {
        let mut framer = StreamFramer::new();
        framer.push(b"MESSAGE sip:p@d SIP/2.0\r\nContent-Length: 0\r\n\r\n<Notify>");
        let mut seen = frames(&mut framer);
        framer.push(b"INFO here</Notify>\n\n");
        framer.push(REQUEST);
        seen.extend(frames(&mut framer));
        assert_eq!(seen.iter().filter(|frame| matches!(frame, Frame::Message(_))).count(), 2);
        assert_eq!(seen.last(), Some(&message()));
    }

    #[test]
    fn a_stream_of_garbage_is_given_up() {
        let mut framer = StreamFramer::new();
        let lost = (0..100).find_map(|_| {
            framer.push(&[b'x'; 8192]);
            loop {
                match framer.next_frame() {
                    Ok(Some(_)) => {}
                    Ok(None) => return None,
                    Err(error) => return Some(error),
                }
            }
        });
        assert_eq!(lost, Some(SipError::StreamLost));
    }

    #[test]
    fn a_head_without_end_does_not_grow_for_ever() {
        let mut framer = StreamFramer::new();
        framer.push(b"MESSAGE sip:p@d SIP/2.0\r\nX: ");
        for _ in 0..64 {
            framer.push(&[b'y'; 1024]);
            while framer.next_frame().unwrap().is_some() {}
        }
        assert!(framer.waiting_bytes() <= HEAD_BYTES_MAX + 1024);
    }

    fn asked_for(body_bytes: usize, trusted: bool) -> Result<Option<Frame>, SipError> {
        let mut framer = StreamFramer::new();
        if trusted {
            framer.trust();
        }
        framer.push(format!("MESSAGE sip:p@d SIP/2.0\r\nContent-Length: {body_bytes}\r\n\r\n").as_bytes());
        framer.next_frame()
    }

    #[test]
    fn a_body_beyond_the_limit_closes_the_connection() {
        assert_eq!(asked_for(99_999_999, true), Err(SipError::BodyTooLong { max: STREAM_BODY_BYTES_MAX }));
    }

    #[test]
    fn a_catalog_is_taken_only_from_a_connection_on_which_somebody_registered() {
        assert_eq!(asked_for(1_000_000, true), Ok(None));
        assert_eq!(asked_for(1_000_000, false), Err(SipError::BodyTooLong { max: UNPROVEN_BODY_BYTES_MAX }));
    }
}
