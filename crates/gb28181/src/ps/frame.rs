//! What comes out of a program stream or an elementary stream: whole frames, and the parameter sets to decode them.

use super::Codec;
use bytes::Bytes;
use std::sync::Arc;

/// One picture or one piece of sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// How `data` is coded; what the bytes proved it to be, where they did.
    pub codec: Codec,
    /// Which elementary stream of the camera: the PES stream id (0xE0 the first video, 0xC0 the first audio), also for
    /// streams that came without a program stream.
    pub stream: u8,
    /// Time of display at 90 kHz, carried over the wrap of the 33-bit and 32-bit counters. It follows the camera's
    /// clock, jumps included.
    pub pts: i64,
    /// Time of decoding at 90 kHz where the camera said it, i.e. with B-frames.
    pub dts: Option<i64>,
    /// True for a picture that can be decoded without any other. Always true for sound.
    pub is_key: bool,
    /// True for the first frame, and for the first after a restart of the sender or a jump of its clock.
    pub discontinuity: bool,
    /// Network packets known to be missing between the frame before and this one. A frame that is itself incomplete
    /// is never given.
    pub lost_packets: u32,
    /// The parameter sets in force, H.264 and H.265 only; shared by all frames until they change.
    pub parameter_sets: Option<Arc<ParameterSets>>,
    /// The coded bytes: an access unit in Annex B form, an ADTS frame, or the bare bytes of the other codecs.
    pub data: Bytes,
}

/// The parameter sets last seen in a stream, each without start code, in their order of arrival.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParameterSets {
    /// Video parameter sets; H.265 only.
    pub vps: Vec<Bytes>,
    /// Sequence parameter sets.
    pub sps: Vec<Bytes>,
    /// Picture parameter sets.
    pub pps: Vec<Bytes>,
}

/// Where finished frames and counted faults go while a piece of a stream is read.
pub(crate) struct Sink<'a> {
    pub(crate) out: &'a mut Vec<Frame>,
    pub(crate) faults: &'a mut super::Faults,
}
