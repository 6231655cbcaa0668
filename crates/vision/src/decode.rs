//! One key frame of H.264 in, one picture out.
//!
//! Only what a look needs: an access unit that brings its own parameter sets and starts with an IDR
//! picture. Nothing is kept between calls, so one decoder serves many cameras.
//!
//! Two decoders stand behind it: `rusty_h264` is the faster, `rust_h264` covers more (interlaced,
//! monochrome, 10 bit). The second is asked when the first declines. Both are pure Rust; because they are young
//! and read bytes from the network, sizes are checked before they run and a panic inside them becomes an
//! error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_h264::{
    decoder::{ChromaFormat, Decoder as WideDecoder, Frame},
    nal::{NalUnit, NalUnitType, SpsInfo, parse_annex_b, parse_sps_info},
};
use rusty_h264_decoder::Decoder as FastDecoder;
use thiserror::Error;

use crate::picture::{Colour, MAX_EDGE_PX, Picture, PictureError};

/// Largest accepted access unit. A 4096x4096 key frame at any sane rate stays far below.
pub const MAX_ACCESS_UNIT_BYTES: usize = 16 << 20;
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
    /// Both decoders declined.
    #[error("undecodable: {fast}; second decoder: {wide}")]
    Undecodable {
        /// What the fast decoder said.
        fast: String,
        /// What the wide decoder said.
        wide: String,
    },
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

    /// Decodes one access unit in Annex B form: parameter sets and an IDR picture.
    pub fn decode(&mut self, access_unit: &[u8]) -> Result<Picture, DecodeError> {
        if access_unit.len() > MAX_ACCESS_UNIT_BYTES {
            return Err(DecodeError::TooLong(access_unit.len()));
        }
        let (info, wide_nals) = quietly(|| inspect(access_unit))
            .unwrap_or_else(|| Err(DecodeError::ParameterSet("the parser failed".into())))?;
        let fast = match decode_fast(access_unit, &info) {
            Ok(picture) => return Ok(picture),
            Err(reason) => reason,
        };
        match quietly(|| decode_wide(&wide_nals, &info)) {
            Some(Ok(picture)) => Ok(picture),
            Some(Err(wide)) => Err(DecodeError::Undecodable { fast, wide }),
            None => Err(DecodeError::Undecodable { fast, wide: "failed inside".into() }),
        }
    }
}

fn decode_fast(access_unit: &[u8], info: &SpsInfo) -> Result<Picture, String> {
    match quietly(|| FastDecoder::new().decode(access_unit)) {
        Some(Ok(Some(frame))) => {
            let size = (frame.width as u32, frame.height as u32);
            picture_of(size, [frame.y, frame.u, frame.v], colour_of(info)).map_err(|e| e.to_string())
        }
        Some(Ok(None)) => Err("no whole picture".into()),
        Some(Err(e)) => Err(e.to_string()),
        None => Err("failed inside".into()),
    }
}

/// Runs code that must not take the process down with it.
pub(crate) fn quietly<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

pub(crate) fn inspect(access_unit: &[u8]) -> Result<(SpsInfo, Vec<NalUnit<'_>>), DecodeError> {
    let nals = parse_annex_b(access_unit);
    let has = |wanted| nals.iter().any(|n| n.nal_unit_type == wanted);
    let mut info = None;
    for sps in nals.iter().filter(|n| n.nal_unit_type == NalUnitType::Sps) {
        let parsed = parse_sps_info(sps).map_err(|e| DecodeError::ParameterSet(e.to_string()))?;
        let (width, height) = (parsed.coded_width, parsed.coded_height);
        if width > MAX_EDGE_PX || height > MAX_EDGE_PX {
            return Err(DecodeError::TooLarge { width, height });
        }
        info = Some(parsed);
    }
    let info = info.ok_or(DecodeError::Incomplete("sequence parameter set"))?;
    if !has(NalUnitType::Pps) {
        return Err(DecodeError::Incomplete("picture parameter set"));
    }
    if !has(NalUnitType::SliceIdr) {
        return Err(DecodeError::Incomplete("IDR slice"));
    }
    Ok((info, nals))
}

pub(crate) fn colour_of(info: &SpsInfo) -> Colour {
    Colour { full_range: info.full_range, bt709: info.matrix == BT709 }
}

fn picture_of(size: (u32, u32), planes: [Vec<u8>; 3], colour: Colour) -> Result<Picture, PictureError> {
    Picture::from_planes(size, planes, colour)
}

fn decode_wide(nals: &[NalUnit<'_>], info: &SpsInfo) -> Result<Picture, String> {
    let mut decoder = WideDecoder::new();
    let mut frame = None;
    for nal in nals {
        let done = decoder.decode_nal(nal).map_err(|e| e.to_string())?;
        frame = frame.or(done);
    }
    let frame = frame.or_else(|| decoder.flush()).ok_or("no whole picture")?;
    let planes = eight_bit_420(&frame)?;
    picture_of((frame.width, frame.height), planes, colour_of(info)).map_err(|e| e.to_string())
}

/// Brings 10-bit samples to 8 bits and halves the chroma height of 4:2:2.
fn eight_bit_420(frame: &Frame) -> Result<[Vec<u8>; 3], String> {
    let shift = frame.bit_depth.checked_sub(8).ok_or("fewer than 8 bits a sample")?;
    let plane = |samples: &[u8]| -> Vec<u8> {
        (0..samples.len() / frame.bytes_per_sample())
            .map(|i| (frame.sample(samples, i) >> shift) as u8)
            .collect()
    };
    let chroma = |samples: &[u8]| -> Vec<u8> {
        let whole = plane(samples);
        if frame.chroma_format == ChromaFormat::Yuv420 {
            return whole;
        }
        whole.chunks(frame.chroma_width().max(1) as usize).step_by(2).flatten().copied().collect()
    };
    Ok([plane(&frame.y), chroma(&frame.u), chroma(&frame.v)])
}
