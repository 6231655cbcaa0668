//! One key frame of H.264 or H.265 in, one picture out.
//!
//! Only what a look needs: an access unit that brings its own parameter sets and starts with a picture that needs no other. Nothing
//! is kept between calls, so one decoder serves many cameras.
//!
//! The decoders behind it are pure Rust (with the feature `libavcodec` the system's libavcodec is asked first); because they are young and read bytes from the network, sizes are checked before they run and a
//! panic inside them becomes an error.

mod h264;
mod h265;
#[cfg(feature = "libavcodec")]
mod libavcodec;

use std::panic::{AssertUnwindSafe, catch_unwind};

use thiserror::Error;

use crate::coding::Coding;
use crate::picture::{Colour, MAX_EDGE_PX, Picture, PictureError};

pub(crate) use h265::picture_of as h265_picture;

/// Largest accepted access unit. A 4096x4096 key frame at any sane rate stays far below.
pub const MAX_ACCESS_UNIT_BYTES: usize = 16 << 20;
/// `matrix_coeffs` of BT.709 (ITU-T H.264 table E-5, H.265 table E.5).
const BT709: u8 = 1;

/// A key frame that cannot be turned into a picture.
#[derive(Debug, Error)]
pub enum DecodeError {
    /// Longer than [`MAX_ACCESS_UNIT_BYTES`].
    #[error("access unit of {0} bytes, allowed are {MAX_ACCESS_UNIT_BYTES}")]
    TooLong(usize),
    /// No sequence parameter set, picture parameter set or IDR slice: not a key frame that stands alone.
    #[error("not a key frame with its parameter sets: no {0}")]
    Incomplete(&'static str),
    /// A sequence parameter set that does not parse.
    #[error("sequence parameter set: {0}")]
    ParameterSet(String),
    /// Larger than [`MAX_EDGE_PX`] an edge.
    #[error("coded size {width}x{height} px, allowed are {MAX_EDGE_PX} px an edge")]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Every decoder of the coding declined.
    #[error("undecodable: {0}")]
    Undecodable(String),
    /// Decoded, but into something that is no 8-bit 4:2:0 or 4:2:2 picture.
    #[error(transparent)]
    Picture(#[from] PictureError),
}

/// Decodes key frames, of any number of cameras in any order. It remembers nothing: a decoder behind it lives for one access unit,
/// because half a picture left in it, even by a unit that decoded well, would be finished with the next camera's slices.
#[derive(Debug, Default)]
pub struct KeyframeDecoder(());

impl KeyframeDecoder {
    /// A decoder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Decodes one access unit in Annex B form: parameter sets and a picture that needs no other.
    pub fn decode(&mut self, coding: Coding, access_unit: &[u8]) -> Result<Picture, DecodeError> {
        let stream = inspect(coding, access_unit)?;
        #[cfg(feature = "libavcodec")]
        if let Ok(picture) = libavcodec::decode(coding, access_unit, stream.colour) {
            return Ok(picture);
        }
        Self::decode_embedded(coding, access_unit, stream)
    }

    fn decode_embedded(
        coding: Coding,
        access_unit: &[u8],
        stream: Announced,
    ) -> Result<Picture, DecodeError> {
        match coding {
            Coding::H264 => h264::decode(access_unit, stream.colour),
            Coding::H265 => h265::decode(access_unit, stream.colour),
        }
    }
}

/// What the parameter sets of a key frame say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Announced {
    /// What the samples will mean.
    pub(crate) colour: Colour,
}

/// Looks at a key frame before a decoder does. An error where it is too large, or does not stand alone.
pub(crate) fn inspect(coding: Coding, access_unit: &[u8]) -> Result<Announced, DecodeError> {
    if access_unit.len() > MAX_ACCESS_UNIT_BYTES {
        return Err(DecodeError::TooLong(access_unit.len()));
    }
    let look = || match coding {
        Coding::H264 => h264::inspect(access_unit),
        Coding::H265 => h265::inspect(access_unit),
    };
    quietly(look).unwrap_or_else(|| Err(DecodeError::ParameterSet("the parser failed".into())))
}

/// Runs code that must not take the process down with it.
pub(crate) fn quietly<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn check_size(width: u32, height: u32) -> Result<(), DecodeError> {
    if width > MAX_EDGE_PX || height > MAX_EDGE_PX {
        return Err(DecodeError::TooLarge { width, height });
    }
    Ok(())
}

/// Every second row of a plane of chroma: 4:2:2 to 4:2:0.
fn every_second_row(plane: &[u8], width: usize) -> Vec<u8> {
    plane.chunks(width.max(1)).step_by(2).flatten().copied().collect()
}
