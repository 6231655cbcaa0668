//! Key frames of H.264. Two decoders: `rusty_h264` is the faster, `rust_h264` covers more (interlaced, monochrome, 10 bit) and is asked
//! when the first declines.

use rust_h264::{
    decoder::{ChromaFormat, Decoder as WideDecoder, Frame},
    nal::{NalUnitType, parse_annex_b, parse_sps_info},
};
use rusty_h264_decoder::Decoder as FastDecoder;

use super::{Announced, BT709, DecodeError, check_size, every_second_row, quietly};
use crate::picture::{Colour, Picture};

pub(super) fn decode(access_unit: &[u8], colour: Colour) -> Result<Picture, DecodeError> {
    let fast = match decode_fast(access_unit, colour) {
        Ok(picture) => return Ok(picture),
        Err(reason) => reason,
    };
    let wide = match quietly(|| decode_wide(access_unit, colour)) {
        Some(Ok(picture)) => return Ok(picture),
        Some(Err(reason)) => reason,
        None => "failed inside".into(),
    };
    Err(DecodeError::Undecodable(format!("{fast}; second decoder: {wide}")))
}

pub(super) fn inspect(access_unit: &[u8]) -> Result<Announced, DecodeError> {
    let nals = parse_annex_b(access_unit);
    let has = |wanted| nals.iter().any(|n| n.nal_unit_type == wanted);
    let mut announced = None;
    for sps in nals.iter().filter(|n| n.nal_unit_type == NalUnitType::Sps) {
        let info = parse_sps_info(sps).map_err(|e| DecodeError::ParameterSet(e.to_string()))?;
        check_size(info.coded_width, info.coded_height)?;
        let colour = Colour { full_range: info.full_range, bt709: info.matrix == BT709 };
        announced = Some(Announced { colour });
    }
    let announced = announced.ok_or(DecodeError::Incomplete("sequence parameter set"))?;
    if !has(NalUnitType::Pps) {
        return Err(DecodeError::Incomplete("picture parameter set"));
    }
    if !has(NalUnitType::SliceIdr) {
        return Err(DecodeError::Incomplete("IDR slice"));
    }
    Ok(announced)
}

fn decode_fast(access_unit: &[u8], colour: Colour) -> Result<Picture, String> {
    match quietly(|| FastDecoder::new().decode(access_unit)) {
        Some(Ok(Some(frame))) => {
            let size = (frame.width as u32, frame.height as u32);
            Picture::from_planes(size, [frame.y, frame.u, frame.v], colour).map_err(|e| e.to_string())
        }
        Some(Ok(None)) => Err("no whole picture".into()),
        Some(Err(e)) => Err(e.to_string()),
        None => Err("failed inside".into()),
    }
}

fn decode_wide(access_unit: &[u8], colour: Colour) -> Result<Picture, String> {
    let mut decoder = WideDecoder::new();
    let mut frame = None;
    for nal in &parse_annex_b(access_unit) {
        let done = decoder.decode_nal(nal).map_err(|e| e.to_string())?;
        frame = frame.or(done);
    }
    let frame = frame.or_else(|| decoder.flush()).ok_or("no whole picture")?;
    let planes = eight_bit_420(&frame)?;
    Picture::from_planes((frame.width, frame.height), planes, colour).map_err(|e| e.to_string())
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
        every_second_row(&whole, frame.chroma_width() as usize)
    };
    Ok([plane(&frame.y), chroma(&frame.u), chroma(&frame.v)])
}
