//! Every picture of a stored video, in decoding order, for files whose key frames are too rare to watch by.
//!
//! Costs six to seven times as much as key frames alone. Live cameras are watched by [`crate::KeyframeDecoder`].

use rusty_h264_decoder::Decoder;

use crate::decode::{DecodeError, MAX_ACCESS_UNIT_BYTES, colour_of, inspect, quietly};
use crate::picture::{Colour, Picture};

/// Decodes the access units of one video one after another.
#[derive(Default)]
pub struct VideoDecoder {
    running: Option<(Decoder, Colour)>,
}

impl VideoDecoder {
    /// A decoder before the first key frame.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes the next access unit (Annex B). None before the first key frame and where a unit completes no picture. After an
    /// error it starts again at the next key frame.
    pub fn decode(&mut self, access_unit: &[u8]) -> Result<Option<Picture>, DecodeError> {
        if access_unit.len() > MAX_ACCESS_UNIT_BYTES {
            return Err(DecodeError::TooLong(access_unit.len()));
        }
        match quietly(|| inspect(access_unit)) {
            Some(Ok((info, _))) if self.running.is_none() => {
                self.running = Some((Decoder::new(), colour_of(&info)));
            }
            // Sizes are checked for every parameter set, also of a running stream.
            Some(Err(error @ DecodeError::TooLarge { .. })) => return Err(error),
            _ => {}
        }
        let Some((decoder, colour)) = &mut self.running else { return Ok(None) };
        let colour = *colour;
        let wrong =
            |fast: String| DecodeError::Undecodable { fast, wide: "not asked for whole videos".to_owned() };
        let outcome = match quietly(|| decoder.decode(access_unit)) {
            Some(Ok(None)) => return Ok(None),
            Some(Ok(Some(frame))) => {
                let size = (frame.width as u32, frame.height as u32);
                Picture::from_planes(size, [frame.y, frame.u, frame.v], colour)
                    .map(Some)
                    .map_err(DecodeError::from)
            }
            Some(Err(error)) => Err(wrong(error.to_string())),
            None => Err(wrong("failed inside".to_owned())),
        };
        if outcome.is_err() {
            self.running = None;
        }
        outcome
    }
}
