//! Just enough H.264 to carry it: NAL unit boundaries, key frames, parameter sets, picture size.
//!
//! Not a decoder. Sizes are read from the sequence parameter set (ITU-T H.264 §7.3.2.1.1); every reader here
//! takes untrusted bytes and returns `None` instead of guessing.

use crate::frame::VideoParameters;
use bytes::Bytes;

/// NAL unit types used here (ITU-T H.264 table 7-1).
pub mod nal_type {
    /// A slice of a picture that depends on others.
    pub const SLICE: u8 = 1;
    /// A slice of a picture that can be decoded by itself.
    pub const IDR: u8 = 5;
    /// Supplemental information.
    pub const SEI: u8 = 6;
    /// Sequence parameter set.
    pub const SPS: u8 = 7;
    /// Picture parameter set.
    pub const PPS: u8 = 8;
    /// Access unit delimiter.
    pub const DELIMITER: u8 = 9;
    /// Padding of constant-rate encoders.
    pub const FILLER: u8 = 12;
}

/// Longest parameter set believed; real ones have 10 to 100 bytes.
const PARAMETER_SET_BYTES_MAX: usize = 1024;
/// Largest picture side believed, in pixels.
const SIDE_PX_MAX: u32 = 16_384;

/// The type of a NAL unit (without start code); 0 for an empty one.
pub fn nal_unit_type(nal: &[u8]) -> u8 {
    nal.first().map_or(0, |first| first & 0x1f)
}

/// The NAL units of an Annex B byte stream, without start codes and trailing zeros (ITU-T H.264 annex B).
pub fn nal_units(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut next = start_code(data, 0);
    std::iter::from_fn(move || {
        loop {
            let begin = next? + 3;
            next = start_code(data, begin);
            let mut nal = &data[begin..next.unwrap_or(data.len())];
            while let [head @ .., 0] = nal {
                nal = head;
            }
            if !nal.is_empty() {
                return Some(nal);
            }
        }
    })
}

/// Offset of the next `00 00 01` at or after `from`.
fn start_code(data: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at + 3 <= data.len() {
        match data[at + 2] {
            0 => at += 1,
            1 if data[at] == 0 && data[at + 1] == 0 => return Some(at),
            _ => at += 3,
        }
    }
    None
}

/// True when the access unit holds an IDR slice.
pub fn is_key(access_unit: &[u8]) -> bool {
    nal_units(access_unit).any(|nal| nal_unit_type(nal) == nal_type::IDR)
}

/// Appends one NAL unit with a four-byte start code.
pub fn push_annex_b(out: &mut Vec<u8>, nal: &[u8]) {
    out.extend_from_slice(&[0, 0, 0, 1]);
    out.extend_from_slice(nal);
}

/// Re-frames an Annex B access unit as MP4 wants it: four-byte lengths, no parameter sets, delimiters or filler
/// (ISO/IEC 14496-15 §5.3.3.1).
pub fn to_length_prefixed(access_unit: &[u8], out: &mut Vec<u8>) {
    for nal in nal_units(access_unit) {
        let kind = nal_unit_type(nal);
        if matches!(kind, nal_type::SPS | nal_type::PPS | nal_type::DELIMITER | nal_type::FILLER) {
            continue;
        }
        out.extend_from_slice(&(nal.len() as u32).to_be_bytes());
        out.extend_from_slice(nal);
    }
}

/// Turns length-prefixed NAL units into Annex B, with `prefix` (already Annex B) in front. `None` when a length
/// points outside the sample.
pub fn from_length_prefixed(sample: &[u8], length_bytes: usize, prefix: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(prefix.len() + sample.len() + 16);
    out.extend_from_slice(prefix);
    let mut rest = sample;
    while !rest.is_empty() {
        let (head, tail) = rest.split_at_checked(length_bytes)?;
        let length = head.iter().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte));
        let (nal, after) = tail.split_at_checked(length)?;
        if !nal.is_empty() {
            push_annex_b(&mut out, nal);
        }
        rest = after;
    }
    Some(out)
}

/// The parameter sets found in an access unit, if it carries a readable SPS and a PPS.
pub fn parameters_of(access_unit: &[u8]) -> Option<VideoParameters> {
    let find = |kind: u8| nal_units(access_unit).find(|nal| nal_unit_type(nal) == kind);
    parameters(find(nal_type::SPS)?, find(nal_type::PPS)?)
}

/// Parameter sets given apart, as in an MP4 sample entry.
pub fn parameters(sps: &[u8], pps: &[u8]) -> Option<VideoParameters> {
    if sps.len() > PARAMETER_SET_BYTES_MAX || pps.len() > PARAMETER_SET_BYTES_MAX {
        return None;
    }
    let (width_px, height_px) = picture_size(sps)?;
    Some(VideoParameters {
        sps: Bytes::copy_from_slice(sps),
        pps: Bytes::copy_from_slice(pps),
        width_px,
        height_px,
    })
}

/// Width and height in pixels from a sequence parameter set.
pub fn picture_size(sps: &[u8]) -> Option<(u16, u16)> {
    if nal_unit_type(sps) != nal_type::SPS || sps.len() < 5 {
        return None;
    }
    let payload = without_emulation_prevention(&sps[1..]);
    let mut bits = Bits { data: &payload, at: 24 };
    bits.golomb()?; // seq_parameter_set_id
    let mut chroma = 1;
    if matches!(payload[0], 100 | 110 | 122 | 244 | 44 | 83 | 86 | 118 | 128 | 138 | 139 | 134 | 135) {
        chroma = high_profile_fields(&mut bits)?;
    }
    bits.golomb()?; // log2_max_frame_num_minus4
    skip_order_count(&mut bits)?;
    bits.golomb()?; // max_num_ref_frames
    bits.bit()?; // gaps_in_frame_num_value_allowed_flag
    let width_mbs = bits.golomb()?.checked_add(1)?;
    let height_units = bits.golomb()?.checked_add(1)?;
    let frame_mbs_only = bits.bit()?;
    if frame_mbs_only == 0 {
        bits.bit()?; // mb_adaptive_frame_field_flag
    }
    bits.bit()?; // direct_8x8_inference_flag
    let mut crop = [0u32; 4];
    if bits.bit()? == 1 {
        for side in &mut crop {
            *side = bits.golomb()?;
        }
    }
    let (sub_width, sub_height) = match chroma {
        1 => (2, 2),
        2 => (2, 1),
        _ => (1, 1),
    };
    let fields = 2 - frame_mbs_only;
    let side = |units: u32, crop_a: u32, crop_b: u32, step: u32| {
        let cropped = crop_a.checked_add(crop_b)?.checked_mul(step)?;
        let pixels = units.checked_mul(16)?.checked_sub(cropped)?;
        (1..=SIDE_PX_MAX).contains(&pixels).then_some(pixels as u16)
    };
    Some((
        side(width_mbs, crop[0], crop[1], sub_width)?,
        side(height_units.checked_mul(fields)?, crop[2], crop[3], sub_height * fields)?,
    ))
}

/// The fields only the high profiles have; returns `chroma_format_idc`.
fn high_profile_fields(bits: &mut Bits<'_>) -> Option<u32> {
    let chroma = bits.golomb()?;
    if chroma == 3 {
        bits.bit()?; // separate_colour_plane_flag
    }
    bits.golomb()?; // bit_depth_luma_minus8
    bits.golomb()?; // bit_depth_chroma_minus8
    bits.bit()?; // qpprime_y_zero_transform_bypass_flag
    if bits.bit()? == 1 {
        let lists = if chroma == 3 { 12 } else { 8 };
        for list in 0..lists {
            if bits.bit()? == 1 {
                skip_scaling_list(bits, if list < 6 { 16 } else { 64 })?;
            }
        }
    }
    Some(chroma)
}

fn skip_scaling_list(bits: &mut Bits<'_>, size: usize) -> Option<()> {
    let (mut last, mut next) = (8i64, 8i64);
    for _ in 0..size {
        if next != 0 {
            next = (last + bits.signed_golomb()? + 256).rem_euclid(256);
        }
        if next != 0 {
            last = next;
        }
    }
    Some(())
}

fn skip_order_count(bits: &mut Bits<'_>) -> Option<()> {
    match bits.golomb()? {
        0 => {
            bits.golomb()?; // log2_max_pic_order_cnt_lsb_minus4
        }
        1 => {
            bits.bit()?;
            bits.golomb()?;
            bits.golomb()?;
            let cycle = bits.golomb()?;
            if cycle > 255 {
                return None;
            }
            for _ in 0..cycle {
                bits.golomb()?;
            }
        }
        2 => {}
        _ => return None,
    }
    Some(())
}

/// Removes the `03` of every `00 00 03` (ITU-T H.264 §7.4.1.1).
fn without_emulation_prevention(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut zeros = 0;
    for &byte in data {
        if zeros >= 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        out.push(byte);
    }
    out
}

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> Option<u32> {
        let byte = *self.data.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }

    /// ue(v) of ITU-T H.264 §9.1.
    fn golomb(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.bit()? == 0 {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        let mut value = 1u64;
        for _ in 0..zeros {
            value = value << 1 | u64::from(self.bit()?);
        }
        u32::try_from(value - 1).ok()
    }

    /// se(v) of ITU-T H.264 §9.1.1.
    fn signed_golomb(&mut self) -> Option<i64> {
        let code = i64::from(self.golomb()?);
        Some(if code % 2 == 1 { (code + 1) / 2 } else { -code / 2 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Parameter sets of real encoders: x264 at 1920x1080 (cropped from 1088) and OpenH264 at 640x360.
    const SPS_1080: &[u8] = &[
        0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5, 0xc0, 0x44, 0x00, 0x00, 0x03, 0x00,
        0x04, 0x00, 0x00, 0x03, 0x00, 0xc8, 0x3c, 0x60, 0xc6, 0x58,
    ];

    #[test]
    fn size_of_a_cropped_picture() {
        assert_eq!(picture_size(SPS_1080), Some((1920, 1080)));
        assert_eq!(picture_size(&SPS_1080[..6]), None);
        assert_eq!(picture_size(&[]), None);
    }

    #[test]
    fn units_are_found_with_both_start_codes_and_without_trailing_zeros() {
        let data = [0, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x68, 2, 0, 0, 0, 0, 1, 0x65, 3, 0, 0];
        let units: Vec<&[u8]> = nal_units(&data).collect();
        assert_eq!(units, [&[0x67, 1][..], &[0x68, 2], &[0x65, 3]]);
        assert!(is_key(&data));
        let mut framed = Vec::new();
        to_length_prefixed(&data, &mut framed);
        assert_eq!(framed, [0, 0, 0, 2, 0x65, 3]);
        assert_eq!(from_length_prefixed(&framed, 4, &[]).unwrap(), [0, 0, 0, 1, 0x65, 3]);
        assert_eq!(from_length_prefixed(&[0, 0, 0, 9, 1], 4, &[]), None);
    }

    proptest::proptest! {
        #[test]
        fn garbage_is_refused_quietly(mut data in proptest::collection::vec(0u8..=255, 0..200), zeros in 0usize..50) {
            let _ = picture_size(&data);
            data.splice(0..0, [0x67, 100, 0, 40]);
            let _ = picture_size(&data);
            let _ = from_length_prefixed(&data, 4, &[]);
            data.extend(std::iter::repeat_n(0, zeros));
            let total: usize = nal_units(&data).map(<[u8]>::len).sum();
            proptest::prop_assert!(total <= data.len());
            let _ = parameters_of(&data);
        }

        #[test]
        fn framing_there_and_back(units in proptest::collection::vec(proptest::collection::vec(1u8..=255, 1..40), 1..6)) {
            let mut data = Vec::new();
            for unit in &units {
                let mut unit = unit.clone();
                unit[0] = 0x41;
                push_annex_b(&mut data, &unit);
            }
            let mut framed = Vec::new();
            to_length_prefixed(&data, &mut framed);
            proptest::prop_assert_eq!(from_length_prefixed(&framed, 4, &[]).unwrap(), data);
        }
    }
}
