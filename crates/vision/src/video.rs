//! Every picture of a video, in the order in which they are shown.
//!
//! Costs six to seven times as much as key frames alone: for files whose key frames are too rare to watch by, and for video that is to be
//! coded anew. Live cameras are watched by [`crate::KeyframeDecoder`].

use std::collections::BTreeMap;

use rusty_h264_decoder::Decoder as H264Decoder;
use rusty_h265::Decoder as H265Decoder;

use crate::coding::Coding;
use crate::decode::{DecodeError, MAX_ACCESS_UNIT_BYTES, h265_picture, inspect, quietly};
use crate::picture::{Colour, Picture};

/// Most pictures that wait for an earlier one: the largest decoded picture buffer (ITU-T H.264 §A.3.1 h, H.265 §A.4.2).
const WAITING_MAX: usize = 16;

/// When a picture is decoded and shown, in microseconds on one line. In a stream `dts_us` rises, and `pts_us` is never below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Decoded.
    pub dts_us: i64,
    /// Shown.
    pub pts_us: i64,
}

/// A picture of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// When it is shown.
    pub pts_us: i64,
    /// What is shown.
    pub picture: Picture,
}

/// Decodes the access units of one video one after another.
pub struct VideoDecoder {
    coding: Coding,
    running: Option<(Running, Colour)>,
    /// Decoded, and not yet due.
    waiting: BTreeMap<i64, Picture>,
}

enum Running {
    /// Gives each picture as it is decoded.
    H264(Box<H264Decoder>),
    /// Gives pictures in the order in which they are shown, the last one with the next.
    H265(Box<H265Decoder>),
}

impl VideoDecoder {
    /// A decoder before the first key frame.
    pub fn new(coding: Coding) -> Self {
        Self { coding, running: None, waiting: BTreeMap::new() }
    }

    /// Decodes the next access unit (Annex B); the pictures that are due by it. None come before the first key frame. After an error it
    /// starts again at the next key frame.
    pub fn decode(&mut self, access_unit: &[u8], times: Times) -> Result<Vec<Shown>, DecodeError> {
        if access_unit.len() > MAX_ACCESS_UNIT_BYTES {
            return Err(DecodeError::TooLong(access_unit.len()));
        }
        match inspect(self.coding, access_unit) {
            Ok(announced) if self.running.is_none() => {
                let running = match self.coding {
                    Coding::H264 => Running::H264(Box::new(H264Decoder::new())),
                    Coding::H265 => Running::H265(Box::new(H265Decoder::new())),
                };
                self.running = Some((running, announced.colour));
            }
            // Sizes are checked for every parameter set, also of a running stream.
            Err(error @ DecodeError::TooLarge { .. }) => return Err(error),
            _ => {}
        }
        let Some((running, colour)) = &mut self.running else { return Ok(Vec::new()) };
        let decoded = quietly(|| running.decode(access_unit, times.pts_us, *colour));
        match decoded.unwrap_or_else(|| Err(DecodeError::Undecodable("failed inside".to_owned()))) {
            Ok(decoded) => {
                self.waiting.extend(decoded.into_iter().map(|shown| (shown.pts_us, shown.picture)));
                let due_us = match self.coding {
                    Coding::H264 => times.dts_us,
                    // Are in order already.
                    Coding::H265 => i64::MAX,
                };
                Ok(self.due(due_us))
            }
            Err(error) => {
                self.running = None;
                Err(error)
            }
        }
    }

    /// The pictures that are still to be shown, at the end of a video.
    pub fn finish(&mut self) -> Vec<Shown> {
        if let Some((Running::H265(decoder), colour)) = &mut self.running {
            let left = quietly(|| {
                decoder.flush();
                taken(decoder, *colour)
            });
            let left = left.and_then(Result::ok).unwrap_or_default();
            self.waiting.extend(left.into_iter().map(|shown| (shown.pts_us, shown.picture)));
        }
        self.running = None;
        self.due(i64::MAX)
    }

    /// Takes out what is shown up to a moment, and what is too much to wait.
    fn due(&mut self, until_us: i64) -> Vec<Shown> {
        let mut due = Vec::new();
        while let Some(first) = self.waiting.first_entry() {
            let is_due = *first.key() <= until_us;
            if !is_due && self.waiting.len() <= WAITING_MAX {
                break;
            }
            if let Some((pts_us, picture)) = self.waiting.pop_first() {
                due.push(Shown { pts_us, picture });
            }
        }
        due
    }
}

impl Running {
    fn decode(&mut self, access_unit: &[u8], pts_us: i64, colour: Colour) -> Result<Vec<Shown>, DecodeError> {
        match self {
            Self::H264(decoder) => {
                let frame = decoder.decode(access_unit);
                let frame = frame.map_err(|error| DecodeError::Undecodable(error.to_string()))?;
                let Some(frame) = frame else { return Ok(Vec::new()) };
                let size = (frame.width as u32, frame.height as u32);
                let picture = Picture::from_planes(size, [frame.y, frame.u, frame.v], colour)?;
                Ok(vec![Shown { pts_us, picture }])
            }
            Self::H265(decoder) => {
                let pushed = decoder.push_annexb(access_unit, Some(pts_us));
                pushed.map_err(|error| DecodeError::Undecodable(error.to_string()))?;
                taken(decoder, colour)
            }
        }
    }
}

fn taken(decoder: &mut H265Decoder, colour: Colour) -> Result<Vec<Shown>, DecodeError> {
    let mut frames = std::iter::from_fn(|| decoder.next_frame().ok());
    frames.try_fold(Vec::new(), |mut taken, frame| {
        let Some(pts_us) = frame.pts else { return Ok(taken) };
        taken.push(Shown { pts_us, picture: h265_picture(&frame, colour)? });
        Ok(taken)
    })
}
