//! Frames into RTP packets, for the sending side.

use super::packet::{HEADER_BYTES, Header};
use super::{Payload, h264, h265};
use crate::ps::{Codec, nal_units};

/// Smallest packet size worked with.
const PACKET_BYTES_MIN: usize = 64;

/// Numbers the packets of one sender.
#[derive(Debug)]
pub struct Packetizer {
    payload: Payload,
    payload_type: u8,
    ssrc: u32,
    sequence: u16,
    packet_bytes_max: usize,
    scratch: Vec<u8>,
}

impl Packetizer {
    /// A sender of `payload` under `payload_type`, beginning with `sequence`. Packets have at most `packet_bytes_max` bytes (not below 64),
    /// header included; 1400 passes every network.
    pub fn new(
        payload: Payload,
        payload_type: u8,
        ssrc: u32,
        sequence: u16,
        packet_bytes_max: usize,
    ) -> Self {
        let packet_bytes_max = packet_bytes_max.max(PACKET_BYTES_MIN);
        Self { payload, payload_type, ssrc, sequence, packet_bytes_max, scratch: Vec::new() }
    }

    /// Sends one frame (a pack, an access unit, a piece of sound): `send` is called with each packet, the last of which
    /// carries the marker bit. `timestamp` counts in the clock of the payload type.
    pub fn frame(&mut self, frame: &[u8], timestamp: u32, mut send: impl FnMut(&[u8])) {
        let bytes_max = self.packet_bytes_max - HEADER_BYTES;
        match self.payload {
            Payload::Elementary(codec @ (Codec::H264 | Codec::H265)) => {
                // What is shorter than its header is not sent, and the one before it is the last.
                let header_bytes = if codec == Codec::H264 { 1 } else { 2 };
                let mut nals = nal_units(frame).filter(|nal| nal.len() >= header_bytes).peekable();
                while let Some(nal) = nals.next() {
                    let put = |head: &[u8], piece: &[u8], is_last: bool| {
                        let marker = is_last && nals.peek().is_none();
                        self.packet(head, piece, timestamp, marker, &mut send);
                    };
                    if codec == Codec::H264 {
                        h264::pack(nal, bytes_max, put);
                    } else {
                        h265::pack(nal, bytes_max, put);
                    }
                }
            }
            Payload::Program | Payload::Elementary(_) | Payload::Private => {
                let mut pieces = frame.chunks(bytes_max).peekable();
                while let Some(piece) = pieces.next() {
                    let is_last = pieces.peek().is_none();
                    self.packet(&[], piece, timestamp, is_last, &mut send);
                }
            }
        }
    }

    fn packet(
        &mut self,
        head: &[u8],
        piece: &[u8],
        timestamp: u32,
        marker: bool,
        send: &mut impl FnMut(&[u8]),
    ) {
        let header = Header {
            marker,
            payload_type: self.payload_type,
            sequence: self.sequence,
            timestamp,
            ssrc: self.ssrc,
        };
        self.scratch.clear();
        self.scratch.extend_from_slice(&header.to_bytes());
        self.scratch.extend_from_slice(head);
        self.scratch.extend_from_slice(piece);
        self.sequence = self.sequence.wrapping_add(1);
        send(&self.scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rtp::Packet;
    use bytes::Bytes;

    #[test]
    fn a_stub_of_a_unit_at_the_end_does_not_take_the_marker_with_it() {
        let mut packetizer = Packetizer::new(Payload::Elementary(Codec::H265), 100, 7, 1, 1_400);
        let mut markers = Vec::new();
        packetizer.frame(&[0, 0, 1, 0x26, 1, 0xaf, 0, 0, 1, 0xd0], 0, |packet| {
            let packet = Packet::parse(&Bytes::copy_from_slice(packet)).expect("a packet");
            markers.push(packet.header.marker);
        });
        assert_eq!(markers, [true]);
    }
}
