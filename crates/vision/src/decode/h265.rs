//! Key frames of H.265, and what its decoder gives as a picture of ours.

use rusty_h265::nal::{NalHeader, NalType, split_annex_b, unescape};
use rusty_h265::ps::{Sps, parse_sps};
use rusty_h265::{Decoder, Frame, Plane};

use super::{Announced, BT709, DecodeError, check_size, every_second_row, quietly};
use crate::picture::{Colour, Picture};

/// NAL unit types of pictures at which decoding may begin (ITU-T H.265 table 7-1): BLA, IDR and CRA.
const KEY_TYPES: std::ops::RangeInclusive<u8> = 16..=21;
/// Chroma of a picture without colour.
const GREY: u8 = 128;

pub(super) fn inspect(access_unit: &[u8]) -> Result<Announced, DecodeError> {
    let (mut announced, mut has_pps, mut has_key) = (None, false, false);
    for unit in split_annex_b(access_unit) {
        let Some(header) = NalHeader::parse(unit) else { continue };
        match header.nal_type {
            NalType::Sps => {
                let sps = parse_sps(&unescape(&unit[2..]).data);
                let sps = sps.map_err(|error| DecodeError::ParameterSet(error.to_string()))?;
                check_size(sps.width, sps.height)?;
                announced = Some(Announced { colour: colour_of(&sps) });
            }
            NalType::Pps => has_pps = true,
            kind => has_key |= KEY_TYPES.contains(&kind.id()),
        }
    }
    let announced = announced.ok_or(DecodeError::Incomplete("sequence parameter set"))?;
    if !has_pps {
        return Err(DecodeError::Incomplete("picture parameter set"));
    }
    if !has_key {
        return Err(DecodeError::Incomplete("IDR slice"));
    }
    Ok(announced)
}

pub(super) fn decode(access_unit: &[u8], colour: Colour) -> Result<Picture, DecodeError> {
    let run = || {
        let mut decoder = Decoder::new();
        decoder.push_annexb(access_unit, None)?;
        decoder.flush();
        decoder.next_frame()
    };
    match quietly(run) {
        Some(Ok(frame)) => picture_of(&frame, colour),
        Some(Err(error)) => Err(DecodeError::Undecodable(error.to_string())),
        None => Err(DecodeError::Undecodable("failed inside".into())),
    }
}

/// A decoded frame in 8 bits and 4:2:0, cut to what is to be shown.
pub(crate) fn picture_of(frame: &Frame, colour: Colour) -> Result<Picture, DecodeError> {
    let from = &frame.picture;
    let (left, top, width, height) = from.crop;
    let (chroma_width, chroma_height) = (width.div_ceil(2), height.div_ceil(2));
    let chroma = |plane: &Plane| {
        let shift = from.bit_depth_chroma.saturating_sub(8);
        match from.chroma_format_idc {
            0 => Some(vec![GREY; chroma_width * chroma_height]),
            1 => cut(plane, (left / 2, top / 2, chroma_width, chroma_height), shift),
            2 => cut(plane, (left / 2, top, chroma_width, height), shift)
                .map(|whole| every_second_row(&whole, chroma_width)),
            _ => None,
        }
    };
    let [y, u, v] = &from.planes;
    let y = cut(y, from.crop, from.bit_depth_luma.saturating_sub(8));
    let (Some(y), Some(u), Some(v)) = (y, chroma(u), chroma(v)) else {
        return Err(DecodeError::Undecodable("only 4:2:0 and 4:2:2 are shown".into()));
    };
    Ok(Picture::from_planes((width as u32, height as u32), [y, u, v], colour)?)
}

/// A part of a plane in 8 bits; none where the plane is smaller.
fn cut(
    plane: &Plane,
    (left, top, width, height): (usize, usize, usize, usize),
    shift: u8,
) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(width * height);
    for y in top..top + height {
        let begin = y * plane.stride + left;
        let row = plane.data.get(begin..begin + width).filter(|_| left + width <= plane.width)?;
        out.extend(row.iter().map(|sample| (sample >> shift) as u8));
    }
    Some(out)
}

fn colour_of(sps: &Sps) -> Colour {
    let vui = sps.vui.as_ref();
    Colour {
        full_range: vui.is_some_and(|vui| vui.video_full_range_flag),
        bt709: vui.is_some_and(|vui| vui.matrix_coeffs == BT709),
    }
}
