//! Just enough H.264 to carry it: unit types, picture size, decoder configuration.
//!
//! Not a decoder. Sizes are read from the sequence parameter set (ITU-T H.264 §7.3.2.1.1); every reader here
//! takes untrusted bytes and returns `None` instead of guessing.

use crate::bits::{Bits, without_emulation_prevention};
use crate::boxes::u16_be;

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

/// Largest picture side believed, in pixels.
const SIDE_PX_MAX: u32 = 16_384;

/// The type of a NAL unit; 0 for an empty one.
pub fn nal_unit_type(nal: &[u8]) -> u8 {
    nal.first().map_or(0, |first| first & 0x1f)
}

/// The decoder configuration (`avcC`, ISO/IEC 14496-15 §5.3.3.1) of parameter sets.
pub(crate) fn configuration(sps: &[&[u8]], pps: &[&[u8]]) -> Option<Vec<u8>> {
    let profile = sps.first()?.get(1..4)?;
    let mut out = vec![1, profile[0], profile[1], profile[2], 0xff, 0xe0 | sps.len() as u8];
    push_sets(&mut out, sps);
    out.push(pps.len() as u8);
    push_sets(&mut out, pps);
    if matches!(profile[0], 100 | 110 | 122 | 144) {
        out.extend_from_slice(&[0xfd, 0xf8, 0xf8, 0]); // 4:2:0, 8 bit, no SPS extensions
    }
    Some(out)
}

fn push_sets(out: &mut Vec<u8>, sets: &[&[u8]]) {
    for set in sets {
        u16_be(out, set.len() as u16);
        out.extend_from_slice(set);
    }
}

/// The parameter sets of a decoder configuration, SPS first, and the bytes per length of its samples. `None` when it is damaged.
pub(crate) fn read_configuration(avcc: &[u8]) -> Option<(Vec<&[u8]>, usize)> {
    let length_bytes = usize::from(avcc.get(4)? & 3) + 1;
    let mut sets = Vec::new();
    let mut at = 5;
    for count_mask in [0x1f, 0xff] {
        let count = avcc.get(at)? & count_mask;
        at += 1;
        for _ in 0..count {
            let length = usize::from(u16::from_be_bytes([*avcc.get(at)?, *avcc.get(at + 1)?]));
            sets.push(avcc.get(at + 2..at + 2 + length)?);
            at += 2 + length;
        }
    }
    Some((sets, length_bytes))
}

/// The codec name for a MIME type, e.g. `avc1.42c01e` (RFC 6381 §3.3).
pub(crate) fn codec_string(sps: &[u8]) -> String {
    let byte = |at: usize| sps.get(at).copied().unwrap_or_default();
    format!("avc1.{:02x}{:02x}{:02x}", byte(1), byte(2), byte(3))
}

/// Width and height in pixels from a sequence parameter set.
pub fn picture_size(sps: &[u8]) -> Option<(u16, u16)> {
    if nal_unit_type(sps) != nal_type::SPS || sps.len() < 5 {
        return None;
    }
    let payload = without_emulation_prevention(&sps[1..]);
    let mut bits = Bits::new(&payload, 24);
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
    fn a_configuration_reads_back() {
        let pps: &[u8] = &[0x68, 0xeb, 0xe3];
        let written = configuration(&[SPS_1080], &[pps, pps]).unwrap();
        assert_eq!(read_configuration(&written), Some((vec![SPS_1080, pps, pps], 4)));
        assert_eq!(read_configuration(&written[..written.len() - 8]), None);
    }

    proptest::proptest! {
        #[test]
        fn garbage_is_refused_quietly(mut data in proptest::collection::vec(0u8..=255, 0..200)) {
            let _ = read_configuration(&data);
            let _ = picture_size(&data);
            data.splice(0..0, [0x67, 100, 0, 40]);
            let _ = picture_size(&data);
        }
    }
}
