//! What a camera delivers: one [`Frame`] per picture, and the [`Sound`] between.
//!
//! Pictures are in sample form (see [`nal`](crate::nal)), key frames with their parameter sets in front, so that each is complete by
//! itself. Recording and live view take the bytes as they are; who needs start codes asks for [`Frame::byte_stream`].

use crate::codec::VideoParameters;
use crate::nal;
use bytes::Bytes;
use gb28181::ps::Codec;
use std::sync::Arc;

/// One picture of one camera.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Counts up by one per frame over the life of the stream; a hole means frames were lost on the way to a reader.
    pub sequence: u64,
    /// True for a picture that can be decoded without any other.
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
    /// The access unit in sample form; a key frame begins with its parameter sets.
    pub data: Bytes,
    /// What is needed to describe the stream in a container.
    pub parameters: Arc<VideoParameters>,
}

impl Frame {
    /// The access unit as MP4 keeps it: sample form without parameter sets, delimiters and padding in front.
    pub fn sample(&self) -> Bytes {
        self.data.slice(self.parameters.codec.bytes_ahead(&self.data)..)
    }

    /// The access unit with start codes, as decoders want it.
    pub fn byte_stream(&self) -> Vec<u8> {
        nal::to_byte_stream(&self.data)
    }
}

/// How sound is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SoundCodec {
    /// G.711 with A-law.
    G711A,
    /// G.711 with µ-law.
    G711U,
    /// AAC without headers.
    Aac,
}

impl From<SoundCodec> for Codec {
    fn from(codec: SoundCodec) -> Self {
        match codec {
            SoundCodec::G711A => Self::G711A,
            SoundCodec::G711U => Self::G711U,
            SoundCodec::Aac => Self::Aac,
        }
    }
}

#[cfg(test)]
impl Frame {
    /// A frame for tests, of which every time is the same.
    pub(crate) fn at(
        at_us: i64,
        sequence: u64,
        is_key: bool,
        data: impl Into<Bytes>,
        parameters: Arc<VideoParameters>,
    ) -> Arc<Self> {
        Arc::new(Self {
            sequence,
            is_key,
            discontinuity: false,
            pts_us: at_us,
            dts_us: at_us,
            received_at_us: at_us,
            lost_packets: 0,
            data: data.into(),
            parameters,
        })
    }
}

/// What is needed to describe sound in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundParameters {
    /// How it is coded.
    pub codec: SoundCodec,
    /// Samples per second.
    pub rate_hz: u32,
    /// 1 for mono.
    pub channels: u8,
    /// For AAC the `AudioSpecificConfig` (ISO/IEC 14496-3 §1.6.2.1), otherwise empty.
    pub configuration: Bytes,
}

/// One piece of sound.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Time of its first sample in microseconds, on the line of the pictures.
    pub pts_us: i64,
    /// When it was here, microseconds since 1970 UTC.
    pub received_at_us: i64,
    /// Samples of one channel in it: the bytes of G.711, 1024 for AAC.
    pub samples: u32,
    /// The coded bytes.
    pub data: Bytes,
    /// How to read them.
    pub parameters: Arc<SoundParameters>,
}
