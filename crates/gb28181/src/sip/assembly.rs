//! Messages that a device cuts over several datagrams.
//!
//! Some Hikvision recorders write a long message into several raw UDP datagrams, only the first of which begins like SIP (WVP#853). A
//! message that its `Content-Length` says is incomplete waits a moment for the rest from the very same source. Nothing waits for long, and
//! what does not come is done without: the message is then delivered as far as it came.

use std::collections::{HashMap, VecDeque};

use super::error::SipError;
use super::framing::{Datagram, classify};
use super::message::Message;
use super::peer::Peer;
use super::quirks::Quirks;

/// How long the rest of a message is waited for. The parts leave the device back to back; the device repeats its request after 500 ms
/// (T1), and must have its answer by then.
const WAIT_MS: u64 = 200;

/// Sources that may be in the middle of a message at once. Only recorders with large catalogs do this.
const SOURCES_MAX: usize = 1024;

/// Longest message put together from datagrams: four full ones.
const MESSAGE_BYTES_MAX: usize = 256 * 1024;

/// Bytes that may wait in all, so that a flood of half messages costs 16 MiB and no more.
const WAITING_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Closing tags of MANSCDP roots: a body that ends with one is whole, whatever its length header says.
const CLOSING_TAGS: [&[u8]; 4] = [b"</Response>", b"</Notify>", b"</Query>", b"</Control>"];

/// What a datagram turned out to be.
#[derive(Debug)]
pub enum Received<'a> {
    /// A message, whole or as far as it came.
    Message(&'a Message<'a>),
    /// A datagram that is not SIP and no part of a message.
    NotSip(Datagram),
    /// Began like SIP and was none.
    Malformed(SipError),
}

/// Puts the parts together, per source.
#[derive(Debug, Default)]
pub struct DatagramAssembler {
    waiting: HashMap<Peer, Waiting>,
    // In order of arrival, hence of deadline. An entry whose message is gone is skipped by its serial number.
    deadlines: VecDeque<(u64, Peer, u64)>,
    waiting_bytes: usize,
    serial: u64,
}

#[derive(Debug)]
struct Waiting {
    bytes: Vec<u8>,
    serial: u64,
}

impl DatagramAssembler {
    /// An assembler with nothing waiting.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a datagram and hands on what it completes: nothing, one thing, or an older message that is given up and then this one.
    pub fn receive(
        &mut self,
        now_ms: u64,
        from: Peer,
        datagram: &[u8],
        sink: &mut dyn FnMut(Peer, Received<'_>),
    ) {
        if !self.waiting.is_empty()
            && let Some(waiting) = self.waiting.get_mut(&from)
        {
            let kind = classify(datagram);
            if !matches!(kind, Datagram::Sip | Datagram::Stun | Datagram::Rtp) {
                waiting.bytes.extend_from_slice(datagram);
                self.waiting_bytes += datagram.len();
                self.try_finish(from, sink);
                return;
            }
            if kind == Datagram::Sip {
                self.give_up(from, sink);
            }
        }
        self.receive_fresh(now_ms, from, datagram, sink);
    }

    /// Hands on what has waited long enough.
    pub fn on_timer(&mut self, now_ms: u64, sink: &mut dyn FnMut(Peer, Received<'_>)) {
        while let Some((deadline, peer, serial)) = self.deadlines.front().copied() {
            if deadline > now_ms {
                return;
            }
            self.deadlines.pop_front();
            if self.waiting.get(&peer).is_some_and(|waiting| waiting.serial == serial) {
                self.give_up(peer, sink);
            }
        }
    }

    /// When [`DatagramAssembler::on_timer`] next has something to do.
    pub fn next_deadline_ms(&self) -> Option<u64> {
        self.deadlines.front().map(|(deadline, _, _)| *deadline)
    }

    fn receive_fresh(
        &mut self,
        now_ms: u64,
        from: Peer,
        datagram: &[u8],
        sink: &mut dyn FnMut(Peer, Received<'_>),
    ) {
        let kind = classify(datagram);
        if kind != Datagram::Sip {
            sink(from, Received::NotSip(kind));
            return;
        }
        match Message::from_datagram(datagram) {
            Ok(message) if message.is_cut() && !is_closed(message.body) && self.has_room(datagram.len()) => {
                self.serial += 1;
                self.waiting_bytes += datagram.len();
                self.deadlines.push_back((now_ms + WAIT_MS, from, self.serial));
                self.waiting.insert(from, Waiting { bytes: datagram.to_vec(), serial: self.serial });
            }
            Ok(message) => sink(from, Received::Message(&message)),
            Err(error) => sink(from, Received::Malformed(error)),
        }
    }

    fn has_room(&self, bytes: usize) -> bool {
        // The queue of deadlines also holds entries of messages already delivered; it is bounded with the sources.
        self.waiting.len() < SOURCES_MAX
            && self.deadlines.len() < 4 * SOURCES_MAX
            && self.waiting_bytes + bytes <= WAITING_BYTES_MAX
    }

    fn try_finish(&mut self, from: Peer, sink: &mut dyn FnMut(Peer, Received<'_>)) {
        let over = self.waiting_bytes > WAITING_BYTES_MAX;
        let is_whole = self.waiting.get(&from).is_some_and(|waiting| {
            over || waiting.bytes.len() > MESSAGE_BYTES_MAX
                || Message::assembled(&waiting.bytes).is_ok_and(|m| !m.is_cut() || is_closed(m.body))
        });
        if is_whole {
            self.give_up(from, sink);
        }
    }

    /// Delivers what came so far.
    fn give_up(&mut self, from: Peer, sink: &mut dyn FnMut(Peer, Received<'_>)) {
        let Some(waiting) = self.waiting.remove(&from) else { return };
        self.waiting_bytes = self.waiting_bytes.saturating_sub(waiting.bytes.len());
        match Message::assembled(&waiting.bytes) {
            Ok(mut message) => {
                message.quirks.insert(Quirks::SPLIT);
                sink(from, Received::Message(&message));
            }
            Err(error) => sink(from, Received::Malformed(error)),
        }
    }
}

fn is_closed(body: &[u8]) -> bool {
    let body = body.trim_ascii_end();
    CLOSING_TAGS.iter().any(|tag| body.ends_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::Channel;

    fn peer(port: u16) -> Peer {
        Peer { address: ([203, 0, 113, 9], port).into(), channel: Channel::Udp { socket: 0 } }
    }

    fn feed(assembler: &mut DatagramAssembler, now_ms: u64, from: Peer, bytes: &[u8]) -> Vec<String> {
        let mut seen = Vec::new();
        assembler.receive(now_ms, from, bytes, &mut |_, received| seen.push(describe(&received)));
        seen
    }

    fn describe(received: &Received<'_>) -> String {
        match received {
            Received::Message(message) => {
                format!("{} {:?}", String::from_utf8_lossy(message.body), message.quirks)
            }
            other => format!("{other:?}"),
        }
    }

    const FIRST: &[u8] = b"MESSAGE sip:p@d SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 30\r\n\r\n<Response><A/>";

    #[test]
    fn a_message_cut_over_three_datagrams_comes_out_whole() {
        let mut assembler = DatagramAssembler::new();
        assert!(feed(&mut assembler, 0, peer(1), FIRST).is_empty());
        assert!(feed(&mut assembler, 1, peer(1), b"<B/>").is_empty());
        let seen = feed(&mut assembler, 2, peer(1), b"</Response>");
        assert_eq!(
            seen,
            ["<Response><A/><B/></Response> {\"length beyond the end\", \"split over datagrams\"}"]
        );
        assert_eq!(assembler.waiting_bytes, 0);
    }

    #[test]
    fn a_message_cut_inside_its_headers_comes_out_whole() {
        let mut assembler = DatagramAssembler::new();
        assert!(
            feed(&mut assembler, 0, peer(1), b"MESSAGE sip:p@d SIP/2.0\r\nCall-ID: 1\r\nConte").is_empty()
        );
        let seen = feed(&mut assembler, 2, peer(1), b"nt-Length: 4\r\n\r\n<A/>");
        assert_eq!(seen, ["<A/> {\"split over datagrams\"}"]);
    }

    #[test]
    fn parts_of_two_sources_are_not_mixed() {
        let mut assembler = DatagramAssembler::new();
        feed(&mut assembler, 0, peer(1), FIRST);
        assert_eq!(feed(&mut assembler, 1, peer(2), b"<B/></Response>"), ["NotSip(Unknown)"]);
    }

    #[test]
    fn what_never_comes_is_done_without_after_a_moment() {
        let mut assembler = DatagramAssembler::new();
        feed(&mut assembler, 0, peer(1), FIRST);
        let mut seen = Vec::new();
        let due = assembler.next_deadline_ms().unwrap();
        assembler.on_timer(due, &mut |_, received| seen.push(describe(&received)));
        assert_eq!(seen.len(), 1);
        assert!(seen[0].starts_with("<Response><A/> "));
    }

    #[test]
    fn a_new_message_of_the_source_ends_the_waiting() {
        let mut assembler = DatagramAssembler::new();
        feed(&mut assembler, 0, peer(1), FIRST);
        let seen = feed(&mut assembler, 1, peer(1), b"OPTIONS sip:d SIP/2.0\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(seen.len(), 2);
    }

    #[test]
    fn a_closed_root_is_whole_whatever_the_length_says() {
        let mut assembler = DatagramAssembler::new();
        let text = b"MESSAGE sip:p@d SIP/2.0\r\nContent-Length: 99\r\n\r\n<Notify></Notify>\r\n";
        assert_eq!(feed(&mut assembler, 0, peer(1), text).len(), 1);
    }

    #[test]
    fn a_flood_of_half_messages_is_bounded() {
        let mut assembler = DatagramAssembler::new();
        for port in 1..=3000 {
            feed(&mut assembler, 0, peer(port), FIRST);
        }
        assert_eq!(assembler.waiting.len(), SOURCES_MAX);
    }
}
