//! The server side of a transaction: the last answer, kept for a few seconds.
//!
//! RFC 3261 keeps a state machine per request for 32 s; with 3 300 keep-alives a second that is 100 000 of them, and ready-made stacks spend
//! most of their memory there. GB/T 28181 has one hop and no forking, so it is enough to remember what was answered: a repeated request gets
//! the same bytes again, and one that is still being thought about gets silence.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use bytes::Bytes;

use super::header_name::HeaderName;
use super::message::Message;
use super::peer::Peer;

/// How long an answer is remembered: devices repeat after 0.5, 1, 2 and 4 s, and nearly all give up by then.
const LIFE_MS: u64 = 8_000;

/// Requests remembered at once: 8 s of 8 000 requests a second. Beyond it the oldest go first.
const ENTRIES_MAX: usize = 65_536;

/// Bytes of answers remembered at once.
const BYTES_MAX: usize = 48 * 1024 * 1024;

/// Names one request of one source: branch, Call-ID, CSeq and the address, mixed by a keyed hash that nobody outside can aim at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TransactionKey(u64, u32);

/// What is known about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Never met; it is now remembered as being worked on.
    New,
    /// Met and not answered yet: do nothing.
    Working,
    /// Met and answered: send this again.
    Answered(Bytes),
}

/// The cache of last answers.
#[derive(Debug, Default)]
pub struct ResponseCache {
    hasher: RandomState,
    entries: HashMap<TransactionKey, Option<Bytes>>,
    order: VecDeque<(u64, TransactionKey)>,
    bytes: usize,
}

impl ResponseCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// The name of a request.
    pub fn key(&self, request: &Message<'_>, from: &Peer) -> TransactionKey {
        let mut hasher = self.hasher.build_hasher();
        let via = request.via();
        hasher.write(via.as_ref().and_then(super::Via::branch).unwrap_or_default());
        hasher.write_u8(0xFF);
        hasher.write(request.header(HeaderName::CallId).unwrap_or_default());
        hasher.write_u8(0xFF);
        hasher.write(request.header(HeaderName::CSeq).unwrap_or_default());
        hasher.write_u16(from.address.port());
        match from.address.ip() {
            std::net::IpAddr::V4(ip) => hasher.write(&ip.octets()),
            std::net::IpAddr::V6(ip) => hasher.write(&ip.octets()),
        }
        TransactionKey(hasher.finish(), request.cseq().map_or(0, |cseq| cseq.number))
    }

    /// Asks for a request and remembers it when it is new.
    pub fn see(&mut self, now_ms: u64, key: TransactionKey) -> Seen {
        self.drop_old(now_ms);
        if let Some(known) = self.entries.get(&key) {
            return known.clone().map_or(Seen::Working, Seen::Answered);
        }
        self.entries.insert(key, None);
        self.order.push_back((now_ms + LIFE_MS, key));
        Seen::New
    }

    /// Remembers the answer to a request; nothing when the request is already forgotten.
    pub fn answer(&mut self, key: TransactionKey, answer: Bytes) {
        if let Some(slot) = self.entries.get_mut(&key) {
            self.bytes += answer.len();
            if let Some(before) = slot.replace(answer) {
                self.bytes -= before.len();
            }
        }
    }

    /// Requests remembered now.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn drop_old(&mut self, now_ms: u64) {
        while let Some((dies, key)) = self.order.front().copied() {
            let crowded = self.entries.len() >= ENTRIES_MAX || self.bytes > BYTES_MAX;
            if dies > now_ms && !crowded {
                return;
            }
            self.order.pop_front();
            if let Some(Some(answer)) = self.entries.remove(&key) {
                self.bytes -= answer.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::Channel;

    fn peer(port: u16) -> Peer {
        Peer { address: ([203, 0, 113, 9], port).into(), channel: Channel::Udp { socket: 0 } }
    }

    fn key(cache: &ResponseCache, branch: &str, cseq: u32, port: u16) -> TransactionKey {
        let text = format!(
            "MESSAGE sip:p@d SIP/2.0\r\nVia: SIP/2.0/UDP h;branch={branch}\r\nCall-ID: c\r\nCSeq: {cseq} MESSAGE\r\n\r\n"
        );
        cache.key(&Message::from_datagram(text.as_bytes()).unwrap(), &peer(port))
    }

    #[test]
    fn a_repeated_request_gets_the_same_answer() {
        let mut cache = ResponseCache::new();
        let key = key(&cache, "z9hG4bK1", 1, 5060);
        assert_eq!(cache.see(0, key), Seen::New);
        assert_eq!(cache.see(10, key), Seen::Working);
        cache.answer(key, Bytes::from_static(b"SIP/2.0 200 OK"));
        assert_eq!(cache.see(500, key), Seen::Answered(Bytes::from_static(b"SIP/2.0 200 OK")));
    }

    #[test]
    fn another_branch_number_or_source_is_another_request() {
        let cache = ResponseCache::new();
        let first = key(&cache, "z9hG4bK1", 1, 5060);
        assert_eq!(first, key(&cache, "z9hG4bK1", 1, 5060));
        for other in [("z9hG4bK2", 1, 5060), ("z9hG4bK1", 2, 5060), ("z9hG4bK1", 1, 5061)] {
            assert_ne!(first, key(&cache, other.0, other.1, other.2));
        }
    }

    #[test]
    fn an_answer_is_forgotten_after_eight_seconds() {
        let mut cache = ResponseCache::new();
        let key = key(&cache, "z9hG4bK1", 1, 5060);
        cache.see(0, key);
        cache.answer(key, Bytes::from_static(b"x"));
        assert_eq!(cache.see(LIFE_MS, key), Seen::New);
        assert_eq!(cache.bytes, 0);
    }

    #[test]
    fn a_flood_drops_the_oldest_and_stays_bounded() {
        let mut cache = ResponseCache::new();
        for number in 0..(ENTRIES_MAX as u64 + 10) {
            cache.see(0, TransactionKey(number, 0));
        }
        assert!(cache.len() <= ENTRIES_MAX);
        assert_eq!(cache.order.len(), cache.len());
    }
}
