//! What a camera delivers: one [`Frame`] per picture, as an H.264 access unit in Annex B form.
//!
//! Annex B (start codes, parameter sets in front of every key frame) was chosen over the length-prefixed MP4
//! form because a key frame is then a complete picture by itself: the decoder, a dump to disk and a test need
//! nothing else. The MP4 writers re-frame it, which costs one copy.

use bytes::Bytes;
use std::sync::Arc;

/// One picture of one camera.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Counts up by one per frame over the life of the stream; a hole means frames were lost on the way to a reader.
    pub sequence: u64,
    /// True for a picture that can be decoded without any other (IDR).
    pub is_key: bool,
    /// True for the first frame after a (re-)connection or a jump of the camera's clock.
    pub discontinuity: bool,
    /// Time of display in microseconds; starts near 0 and goes on over reconnections.
    pub pts_us: i64,
    /// Time of decoding in microseconds, strictly increasing. Equal to `pts_us` unless the camera sends B-frames.
    pub dts_us: i64,
    /// When the frame was complete here, by our clock, in microseconds since 1970 UTC.
    pub received_at_us: i64,
    /// Network packets missing just before this frame.
    pub lost_packets: u16,
    /// The access unit in Annex B form; a key frame begins with SPS and PPS.
    pub data: Bytes,
    /// What is needed to describe the stream in a container.
    pub parameters: Arc<VideoParameters>,
}

/// The parameter sets of an H.264 stream and what they say about the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoParameters {
    /// Sequence parameter set, without start code.
    pub sps: Bytes,
    /// Picture parameter set, without start code.
    pub pps: Bytes,
    /// Width of the picture in pixels, cropping applied.
    pub width_px: u16,
    /// Height of the picture in pixels, cropping applied.
    pub height_px: u16,
}

impl VideoParameters {
    /// The codec name for a MIME type, e.g. `avc1.42c01e` (RFC 6381 §3.3).
    pub fn codec_string(&self) -> String {
        let byte = |at: usize| self.sps.get(at).copied().unwrap_or_default();
        format!("avc1.{:02x}{:02x}{:02x}", byte(1), byte(2), byte(3))
    }
}
