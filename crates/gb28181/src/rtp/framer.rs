//! RTP packets in a byte stream: RFC 4571 (a 16-bit length), or `$`, channel and length as in RTSP (RFC 2326 §10.12),
//! which some devices use although nobody asked for it. Which one it is shows in the first bytes.
//!
//! Senders get the framing wrong too: one overwrites its own send buffer when the network is slow (ZLM#571). So a
//! packet must look like RTP where its length says that it begins. If it does not, the next packet of a sender
//! already known is searched for byte by byte; a connection that needs this again and again is hopeless.

use super::packet::{HEADER_BYTES, is_control};
use super::{Faults, text};
use bytes::{Buf, Bytes, BytesMut};

/// Senders remembered for recognising their packets: pictures, sound, and what came before a restart.
const SENDERS_MAX: usize = 4;
/// Bytes thrown away in one search before the sender may as well have changed.
const FORGET_AFTER_BYTES: usize = 256 << 10;
/// Bytes thrown away in one search before the connection is given up: some seconds of video.
const SKIP_BYTES_MAX: usize = 4 << 20;
/// Searches, each half forgiven after [`FORGIVE_AFTER`] good packets, before the connection is given up.
const RESYNCS_MAX: u32 = 64;
/// Good packets that make up for one search.
const FORGIVE_AFTER: u32 = 500;
/// Smallest control packet.
const CONTROL_BYTES_MIN: usize = 8;

/// The connection carries no RTP that can be followed; it should be closed, the device will come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the connection carries no RTP that can be followed")]
pub struct Hopeless;

/// Appends a packet in RFC 4571 framing to `out`. A packet of more than 65,535 bytes is cut.
pub fn frame_packet(packet: &[u8], out: &mut Vec<u8>) {
    let bytes = packet.len().min(usize::from(u16::MAX));
    out.extend_from_slice(&(bytes as u16).to_be_bytes());
    out.extend_from_slice(&packet[..bytes]);
}

/// Finds the packets in a byte stream. It keeps at most two packets of 64 KiB beyond the piece pushed last.
#[derive(Debug, Default)]
pub struct Framer {
    buffer: BytesMut,
    framing: Option<Framing>,
    senders: Vec<u32>,
    /// Bytes thrown away since packets were followed last; `None` while they are.
    searched: Option<usize>,
    resyncs: u32,
    good: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    Length,
    Dollar,
}

/// What stands at some place of the buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Too few bytes to say.
    Short,
    /// A length of zero, no packet and no fault (RFC 4571 §2).
    Empty { head: usize },
    /// Something like a packet, `bytes` long behind `head` bytes of framing.
    Packet { head: usize, bytes: usize, ssrc: u32 },
    /// No packet.
    Other,
}

impl Framing {
    fn head_bytes(self) -> usize {
        match self {
            Self::Length => 2,
            Self::Dollar => 4,
        }
    }
}

impl Framer {
    /// Takes the bytes that came next.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next complete packet, still to be parsed; `None` until more bytes have come.
    pub fn next(&mut self, faults: &mut Faults) -> Result<Option<Bytes>, Hopeless> {
        loop {
            let found = if self.searched.is_some() { self.search(faults)? } else { self.follow(faults)? };
            match found {
                Step::Again => {}
                Step::Wait => return Ok(None),
                Step::Packet(packet) => return Ok(Some(packet)),
            }
        }
    }

    /// A packet is expected at the beginning of the buffer.
    fn follow(&mut self, faults: &mut Faults) -> Result<Step, Hopeless> {
        let framing = match self.framing {
            Some(framing) => framing,
            None => match self.guess_framing(0) {
                Some(framing) => framing,
                None if self.may_be_short(0) => return Ok(Step::Wait),
                None if matches!(self.look(0, Framing::Length), Look::Empty { .. }) => Framing::Length,
                None => return self.start_search(faults),
            },
        };
        match self.look(0, framing) {
            Look::Short => Ok(Step::Wait),
            Look::Empty { head } => {
                self.buffer.advance(head);
                Ok(Step::Again)
            }
            Look::Packet { head, bytes, ssrc } => {
                if self.buffer.len() < head + bytes {
                    return Ok(Step::Wait);
                }
                if !self.senders.is_empty() && !self.senders.contains(&ssrc) {
                    // A new sender is believed when its next packet stands where this one ends.
                    match self.look(head + bytes, framing) {
                        Look::Short => return Ok(Step::Wait),
                        Look::Other => return self.start_search(faults),
                        Look::Empty { .. } | Look::Packet { .. } => {}
                    }
                }
                Ok(self.take(framing, head, bytes, ssrc))
            }
            Look::Other => self.start_search(faults),
        }
    }

    /// Searches for a packet from the beginning of the buffer on.
    fn search(&mut self, faults: &mut Faults) -> Result<Step, Hopeless> {
        let mut at = 0;
        let found = loop {
            if self.may_be_short(at) {
                break None;
            }
            let framing = self.framing.or_else(|| self.guess_framing(at));
            match framing.map(|framing| (framing, self.look(at, framing))) {
                Some((framing, Look::Packet { head, bytes, ssrc })) => {
                    match self.believe(at + head + bytes, framing, ssrc) {
                        Some(true) => break Some((framing, head, bytes, ssrc)),
                        Some(false) => at += 1,
                        None => break None,
                    }
                }
                _ => at += 1,
            }
        };
        self.buffer.advance(at);
        faults.skipped_bytes += at as u64;
        let searched = self.searched.unwrap_or_default() + at;
        self.searched = Some(searched);
        if let Some((framing, head, bytes, ssrc)) = found {
            if self.buffer.len() < head + bytes {
                // It is one; the search is over, the rest will come.
                self.framing = Some(framing);
                self.remember(ssrc);
                self.searched = None;
                return Ok(Step::Wait);
            }
            return Ok(self.take(framing, head, bytes, ssrc));
        }
        if searched > SKIP_BYTES_MAX {
            return Err(Hopeless);
        }
        if searched > FORGET_AFTER_BYTES {
            self.senders.clear();
        }
        Ok(Step::Wait)
    }

    /// Whether a packet found in a search is one: its sender is known, or the same sender's next packet follows.
    /// `None` if that cannot be said yet.
    fn believe(&self, next_at: usize, framing: Framing, ssrc: u32) -> Option<bool> {
        if !self.senders.is_empty() {
            return Some(self.senders.contains(&ssrc));
        }
        match self.look(next_at, framing) {
            Look::Short => None,
            Look::Packet { ssrc: next, .. } => Some(next == ssrc),
            Look::Empty { .. } | Look::Other => Some(false),
        }
    }

    fn start_search(&mut self, faults: &mut Faults) -> Result<Step, Hopeless> {
        faults.resyncs += 1;
        let framed = &self.buffer[..];
        faults.sip_messages += u64::from(text::is_sip(framed));
        self.resyncs += 1;
        self.searched = Some(0);
        if self.resyncs > RESYNCS_MAX { Err(Hopeless) } else { Ok(Step::Again) }
    }

    fn take(&mut self, framing: Framing, head: usize, bytes: usize, ssrc: u32) -> Step {
        self.framing = Some(framing);
        self.searched = None;
        self.remember(ssrc);
        self.good += 1;
        if self.good >= FORGIVE_AFTER {
            self.good = 0;
            self.resyncs = self.resyncs.saturating_sub(1);
        }
        self.buffer.advance(head);
        Step::Packet(self.buffer.split_to(bytes).freeze())
    }

    fn remember(&mut self, ssrc: u32) {
        if !self.senders.contains(&ssrc) {
            if self.senders.len() == SENDERS_MAX {
                self.senders.remove(0);
            }
            self.senders.push(ssrc);
        }
    }

    /// The framing under which the bytes at `at` look like a packet.
    fn guess_framing(&self, at: usize) -> Option<Framing> {
        let fits = |framing| match self.look(at, framing) {
            Look::Packet { head, bytes, .. } => Some(at + head + bytes),
            _ => None,
        };
        match (fits(Framing::Length), fits(Framing::Dollar)) {
            (None, None) => None,
            (Some(_), None) => Some(Framing::Length),
            (None, Some(_)) => Some(Framing::Dollar),
            // Both are possible only for lengths of 32 KiB and more behind the `$`; what follows decides.
            (Some(_), Some(end)) => match self.look(end, Framing::Dollar) {
                Look::Packet { .. } => Some(Framing::Dollar),
                _ => Some(Framing::Length),
            },
        }
    }

    /// True if the bytes at `at` are too few to tell.
    fn may_be_short(&self, at: usize) -> bool {
        let is_short = |framing| self.look(at, framing) == Look::Short;
        match self.framing {
            Some(framing) => is_short(framing),
            None => is_short(Framing::Length) || is_short(Framing::Dollar),
        }
    }

    fn look(&self, at: usize, framing: Framing) -> Look {
        let head = framing.head_bytes();
        let Some(rest) = self.buffer.get(at..) else { return Look::Short };
        if framing == Framing::Dollar && rest.first().is_some_and(|&first| first != b'$') {
            return Look::Other;
        }
        let Some(&[high, low]) = rest.get(head - 2..head) else { return Look::Short };
        let bytes = usize::from(high) << 8 | usize::from(low);
        if bytes == 0 {
            return Look::Empty { head };
        }
        let Some(&[b0, b1, ..]) = rest.get(head..).filter(|packet| packet.len() >= 2) else {
            return if bytes < CONTROL_BYTES_MIN { Look::Other } else { Look::Short };
        };
        let bytes_min = if is_control(b1) { CONTROL_BYTES_MIN } else { HEADER_BYTES };
        if b0 >> 6 != 2 || bytes < bytes_min {
            return Look::Other;
        }
        // A control packet has its sender in the second word, a media packet in the third.
        let ssrc_at = head + bytes_min - 4;
        match rest.get(ssrc_at..ssrc_at + 4) {
            Some(&[a, b, c, d]) => Look::Packet { head, bytes, ssrc: u32::from_be_bytes([a, b, c, d]) },
            _ => Look::Short,
        }
    }
}

/// What one look at the buffer led to.
enum Step {
    Again,
    Wait,
    Packet(Bytes),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rtp::Header;

    fn packet(sequence: u16, ssrc: u32, payload: &[u8]) -> Vec<u8> {
        let header = Header { marker: false, payload_type: 96, sequence, timestamp: 0, ssrc };
        [header.to_bytes().as_slice(), payload].concat()
    }

    fn framed(packets: &[Vec<u8>]) -> Vec<u8> {
        let mut out = Vec::new();
        for packet in packets {
            frame_packet(packet, &mut out);
        }
        out
    }

    fn read(bytes: &[u8], piece: usize) -> (Vec<Bytes>, Faults) {
        let (mut framer, mut faults, mut found) = (Framer::default(), Faults::default(), Vec::new());
        for piece in bytes.chunks(piece) {
            framer.push(piece);
            while let Some(packet) = framer.next(&mut faults).expect("hope") {
                found.push(packet);
            }
        }
        (found, faults)
    }

    #[test]
    fn packets_come_out_whatever_the_pieces() {
        let packets: Vec<_> = (0..20).map(|n| packet(n, 7, &vec![n as u8; usize::from(n) * 100])).collect();
        for piece in [1, 2, 3, 13, 1_400, 100_000] {
            let (found, faults) = read(&framed(&packets), piece);
            assert_eq!((found, faults.resyncs), (packets.iter().cloned().map(Bytes::from).collect(), 0));
        }
    }

    #[test]
    fn dollar_framing_is_recognised() {
        let packets: Vec<_> = (0..5).map(|n| packet(n, 7, &[0xee; 300])).collect();
        let mut bytes = Vec::new();
        for packet in &packets {
            bytes.extend([b'$', 0]);
            frame_packet(packet, &mut bytes);
        }
        for piece in [1, 5, 4_000] {
            let (found, faults) = read(&bytes, piece);
            assert_eq!((found.len(), faults.resyncs), (5, 0));
        }
    }

    #[test]
    fn empty_packets_keep_a_connection_alive_and_are_no_fault() {
        let mut bytes = vec![0, 0];
        bytes.extend(framed(&[packet(1, 7, b"one")]));
        bytes.extend([0, 0, 0, 0]);
        bytes.extend(framed(&[packet(2, 7, b"two")]));
        let (found, faults) = read(&bytes, 1);
        assert_eq!((found.len(), faults.resyncs), (2, 0));
    }

    #[test]
    fn a_new_sender_is_believed_when_its_next_packet_follows() {
        let packets = [packet(1, 7, b"old"), packet(9, 8, b"new"), packet(10, 8, b"new")];
        let (found, faults) = read(&framed(&packets), 1_000);
        assert_eq!((found.len(), faults.resyncs), (3, 0));
    }

    #[test]
    fn garbage_between_packets_costs_nothing_but_itself() {
        let mut bytes = framed(&[packet(1, 7, &[1; 500])]);
        bytes.extend([0x55; 777]);
        bytes.extend(framed(&[packet(2, 7, &[2; 500]), packet(3, 7, &[3; 500])]));
        let (found, faults) = read(&bytes, 100);
        assert_eq!((found.len(), faults.resyncs, faults.skipped_bytes), (3, 1, 777));
    }

    #[test]
    fn a_connection_without_rtp_is_hopeless() {
        let (mut framer, mut faults) = (Framer::default(), Faults::default());
        let ended = (0..10_000).any(|_| {
            framer.push(&[0x47; 1_000]);
            framer.next(&mut faults) == Err(Hopeless)
        });
        assert!(ended);
    }
}
