//! Samples into RTP packets.

use super::buffer::PACKET_SAMPLES;
use gb28181::g711::{to_a_law, to_mu_law};
use gb28181::ps::{Codec, Muxer, Sample};
use gb28181::rtp::Header;

/// Packets between two that say anew what a program stream holds: half a second.
const MAP_EVERY: u64 = 25;
/// Ticks of a packet in a program stream, at 90 kHz.
const PROGRAM_TICKS: u64 = 1_800;

/// How a voice is coded. All of them are G.711 at 8 kHz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoiceCodec {
    /// A-law, as the standard wants it.
    ALaw,
    /// µ-law.
    MuLaw,
    /// A-law inside a program stream.
    Program,
}

/// Numbers the packets of one voice.
#[derive(Debug)]
pub(super) struct Packets {
    codec: VoiceCodec,
    muxer: Muxer,
    header: Header,
    is_first: bool,
    packet: Vec<u8>,
}

impl Packets {
    pub(super) fn new(codec: VoiceCodec, payload_type: u8, ssrc: u32) -> Self {
        // The low half of the SSRC serves as a first number that differs from voice to voice.
        let header = Header { marker: false, payload_type, sequence: ssrc as u16, timestamp: 0, ssrc };
        let muxer = Muxer::new(None, Some(Codec::G711A));
        Self { codec, muxer, header, is_first: true, packet: Vec::new() }
    }

    /// The packet of 20 ms, `number` of them after the beginning.
    pub(super) fn next(&mut self, samples: &[i16; PACKET_SAMPLES], number: u64) -> &[u8] {
        let a_law = || samples.map(to_a_law);
        let mut payload = Vec::new();
        match self.codec {
            VoiceCodec::ALaw => payload.extend(a_law()),
            VoiceCodec::MuLaw => payload.extend(samples.map(to_mu_law)),
            VoiceCodec::Program => {
                let pts = (number * PROGRAM_TICKS).cast_signed();
                let is_key = self.is_first || number.is_multiple_of(MAP_EVERY);
                self.muxer.audio(Sample { pts, dts: None, is_key, data: &a_law() }, &mut payload);
            }
        }
        let is_program = self.codec == VoiceCodec::Program;
        let ticks = if is_program { PROGRAM_TICKS } else { PACKET_SAMPLES as u64 };
        self.header.timestamp = (number * ticks) as u32;
        // The last packet of a pack; of a voice alone, the first after silence (RFC 3551 4.1), and there is none.
        self.header.marker = is_program || self.is_first;
        self.is_first = false;
        self.packet.clear();
        self.packet.extend_from_slice(&self.header.to_bytes());
        self.packet.extend_from_slice(&payload);
        self.header.sequence = self.header.sequence.wrapping_add(1);
        &self.packet
    }
}
