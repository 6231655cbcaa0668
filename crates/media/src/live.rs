//! Live view for browsers: an initialisation segment, then one fragment per frame, sent the moment it is here.
//!
//! Waiting for the next frame to know this one's duration would cost one frame of delay; instead the duration is
//! guessed from the last step and the next fragment's own decoding time corrects it.

use crate::fmp4::{self, TIMESCALE};
use crate::frame::VideoParameters;
use crate::hub::FrameReader;
use bytes::Bytes;
use std::sync::Arc;

/// Duration of the first frame, before a step is known: 1/25 s.
const FIRST_DURATION: u32 = TIMESCALE / 25;

/// One message for a player.
#[derive(Debug, Clone)]
pub enum LivePart {
    /// `ftyp` and `moov`; first, and again when the picture changes.
    Init {
        /// For the MIME type `video/mp4; codecs="…"`.
        codec: String,
        /// Width of the picture.
        width_px: u16,
        /// Height of the picture.
        height_px: u16,
        /// The segment.
        data: Bytes,
    },
    /// `moof` and `mdat` with one frame.
    Fragment {
        /// The segment.
        data: Bytes,
        /// A player can begin here.
        is_key: bool,
        /// When the frame was complete here, microseconds UTC.
        received_at_us: i64,
    },
}

/// The live view of one viewer.
#[derive(Debug)]
pub struct LiveReader {
    frames: FrameReader,
    parameters: Option<Arc<VideoParameters>>,
    pending: Option<LivePart>,
    origin_us: i64,
    last_dts: Option<u64>,
    duration: u32,
    number: u32,
}

impl LiveReader {
    pub(crate) fn new(frames: FrameReader) -> Self {
        Self {
            frames,
            parameters: None,
            pending: None,
            origin_us: 0,
            last_dts: None,
            duration: FIRST_DURATION,
            number: 0,
        }
    }

    /// The next message; `None` when the camera is stopped. Cancel-safe.
    pub async fn next(&mut self) -> Option<LivePart> {
        if let Some(part) = self.pending.take() {
            return Some(part);
        }
        let frame = self.frames.next().await?;
        if self.number == 0 {
            self.origin_us = frame.dts_us;
        }
        let dts = fmp4::ticks(frame.dts_us - self.origin_us).max(0) as u64;
        let offset = fmp4::ticks(frame.pts_us - frame.dts_us) as i32;
        if let Some(step) = self.last_dts.and_then(|last| dts.checked_sub(last)) {
            self.duration = (step as u32).clamp(1, TIMESCALE);
        }
        self.last_dts = Some(dts);
        self.number = self.number.wrapping_add(1);
        let sample =
            fmp4::Sample { dts, offset, duration: self.duration, is_key: frame.is_key, data: &frame.data };
        let fragment = LivePart::Fragment {
            data: fmp4::fragment(self.number, &sample).into(),
            is_key: frame.is_key,
            received_at_us: frame.received_at_us,
        };
        if self.parameters.as_ref() == Some(&frame.parameters) {
            return Some(fragment);
        }
        self.pending = Some(fragment);
        self.parameters = Some(frame.parameters.clone());
        Some(LivePart::Init {
            codec: frame.parameters.codec_string(),
            width_px: frame.parameters.width_px,
            height_px: frame.parameters.height_px,
            data: fmp4::init_segment(&frame.parameters).into(),
        })
    }

    /// Frames left out because this viewer was too slow.
    pub fn lost(&self) -> u64 {
        self.frames.lost()
    }
}
