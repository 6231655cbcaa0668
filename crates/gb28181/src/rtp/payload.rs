//! What the payload type of a packet means: the standard's numbers (Annex C), overridden by `a=rtpmap`.

use crate::ps::Codec;

/// Payload types that fit into seven bits.
const TYPES: usize = 128;
/// Clock of pictures and program streams, in Hz.
const VIDEO_HZ: u32 = 90_000;
/// Clock of the sound codecs, in Hz.
const AUDIO_HZ: u32 = 8_000;

/// What a packet carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// A program stream.
    Program,
    /// One elementary stream, packetised by the rules of its codec.
    Elementary(Codec),
    /// Something of the vendor's own, or unknown: counted and skipped.
    Private,
}

/// The meaning of every payload type in one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadTypes {
    types: Box<[(Payload, u32); TYPES]>,
}

impl Default for PayloadTypes {
    /// 96 program stream, 97 MPEG-4, 98 H.264, 99 SVAC (peers write H.265 there, which shows in the packets), 100 H.265;
    /// sound: 0 G.711 µ-law, 4 G.723.1, 8 G.711 A-law, 9 G.722.1, 18 G.729, 20 SVAC, 102 AAC.
    fn default() -> Self {
        let mut types = Self { types: Box::new([(Payload::Private, VIDEO_HZ); TYPES]) };
        types.set(96, Payload::Program, VIDEO_HZ);
        for (number, codec) in [(97, Codec::Mpeg4), (98, Codec::H264), (99, Codec::Svac), (100, Codec::H265)]
        {
            types.set(number, Payload::Elementary(codec), VIDEO_HZ);
        }
        let sound = [
            (0, Codec::G711U),
            (4, Codec::G7231),
            (8, Codec::G711A),
            (9, Codec::G7221),
            (18, Codec::G729),
            (20, Codec::SvacAudio),
            (102, Codec::Aac),
        ];
        for (number, codec) in sound {
            types.set(number, Payload::Elementary(codec), AUDIO_HZ);
        }
        types
    }
}

impl PayloadTypes {
    /// The SDP says otherwise: `payload_type` is `payload` with a clock of `clock_hz` (at least 1). Numbers above 127 are
    /// ignored.
    pub fn set(&mut self, payload_type: u8, payload: Payload, clock_hz: u32) {
        if let Some(place) = self.types.get_mut(usize::from(payload_type)) {
            *place = (payload, clock_hz.max(1));
        }
    }

    /// What `payload_type` is, and its clock in Hz.
    pub fn get(&self, payload_type: u8) -> (Payload, u32) {
        self.types[usize::from(payload_type & 0x7f)]
    }
}
