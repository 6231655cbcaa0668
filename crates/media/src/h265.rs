//! Just enough H.265 to carry it: unit types, what the sequence parameter set says, decoder configuration.
//!
//! Not a decoder. Every reader takes untrusted bytes and returns `None` instead of guessing (ITU-T H.265 §7.3).

use crate::bits::{Bits, without_emulation_prevention};
use crate::boxes::u16_be;
use std::fmt::Write as _;

/// NAL unit types used here (ITU-T H.265 table 7-1).
pub mod nal_type {
    /// First of the pictures that can be decoded by themselves.
    pub const FIRST_KEY: u8 = 16;
    /// Last of them (CRA); 22 and 23 are reserved for more.
    pub const LAST_KEY: u8 = 21;
    /// Last of all types that carry a picture.
    pub const LAST_PICTURE: u8 = 31;
    /// Video parameter set.
    pub const VPS: u8 = 32;
    /// Sequence parameter set.
    pub const SPS: u8 = 33;
    /// Picture parameter set.
    pub const PPS: u8 = 34;
    /// Access unit delimiter.
    pub const DELIMITER: u8 = 35;
    /// Padding of constant-rate encoders.
    pub const FILLER: u8 = 38;
    /// Supplemental information before the picture.
    pub const PREFIX_SEI: u8 = 39;
}

/// Largest picture side believed, in pixels.
const SIDE_PX_MAX: u32 = 16_384;
/// Bytes of the general part of `profile_tier_level()`.
const PROFILE_BYTES: usize = 12;

/// The type of a NAL unit; 63 (unspecified) for an empty one.
pub fn nal_unit_type(nal: &[u8]) -> u8 {
    nal.first().map_or(63, |first| first >> 1 & 0x3f)
}

/// What a sequence parameter set says of its stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// Width in pixels, cropping applied.
    pub width_px: u16,
    /// Height in pixels, cropping applied.
    pub height_px: u16,
    /// Profile, tier, compatibility, constraints and level as they stand there.
    profile: [u8; PROFILE_BYTES],
    chroma: u8,
    luma_depth_less_8: u8,
    chroma_depth_less_8: u8,
    sub_layers: u8,
    are_nested: bool,
}

/// Reads a sequence parameter set (§7.3.2.2.1) as far as it matters here.
pub fn sequence(sps: &[u8]) -> Option<Sequence> {
    if nal_unit_type(sps) != nal_type::SPS {
        return None;
    }
    let payload = without_emulation_prevention(sps.get(2..)?);
    let mut bits = Bits::new(&payload, 4); // sps_video_parameter_set_id
    let sub_layers_less_1 = bits.bits(3)?;
    let are_nested = bits.bit()? == 1;
    let profile: [u8; PROFILE_BYTES] = payload.get(1..=PROFILE_BYTES)?.try_into().ok()?;
    bits.skip(PROFILE_BYTES * 8)?;
    skip_sub_layers(&mut bits, sub_layers_less_1)?;
    bits.golomb()?; // sps_seq_parameter_set_id
    let chroma = bits.golomb().filter(|chroma| *chroma <= 3)?;
    if chroma == 3 {
        bits.bit()?; // separate_colour_plane_flag
    }
    let (coded_width, coded_height) = (bits.golomb()?, bits.golomb()?);
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
    let side = |coded: u32, crop_a: u32, crop_b: u32, step: u32| {
        let pixels = coded.checked_sub(crop_a.checked_add(crop_b)?.checked_mul(step)?)?;
        (1..=SIDE_PX_MAX).contains(&pixels).then_some(pixels as u16)
    };
    let depth = |less_8: u32| (less_8 <= 8).then_some(less_8 as u8);
    Some(Sequence {
        width_px: side(coded_width, crop[0], crop[1], sub_width)?,
        height_px: side(coded_height, crop[2], crop[3], sub_height)?,
        profile,
        chroma: chroma as u8,
        luma_depth_less_8: depth(bits.golomb()?)?,
        chroma_depth_less_8: depth(bits.golomb()?)?,
        sub_layers: sub_layers_less_1 as u8 + 1,
        are_nested,
    })
}

/// The profiles and levels of the lower temporal layers (§7.3.3).
fn skip_sub_layers(bits: &mut Bits<'_>, count: u32) -> Option<()> {
    let mut present = Vec::new();
    for _ in 0..count {
        present.push((bits.bit()? == 1, bits.bit()? == 1));
    }
    if count > 0 {
        bits.skip(2 * (8 - count as usize))?;
    }
    for (has_profile, has_level) in present {
        bits.skip(if has_profile { 88 } else { 0 } + if has_level { 8 } else { 0 })?;
    }
    Some(())
}

/// The decoder configuration (`hvcC`, ISO/IEC 14496-15 §8.3.3.1) of parameter sets.
pub(crate) fn configuration(sequence: &Sequence, vps: &[&[u8]], sps: &[&[u8]], pps: &[&[u8]]) -> Vec<u8> {
    let mut out = vec![1];
    out.extend_from_slice(&sequence.profile);
    out.extend_from_slice(&[0xf0, 0, 0xfc, 0xfc | sequence.chroma]); // segmentation and parallelism unknown
    out.extend_from_slice(&[0xf8 | sequence.luma_depth_less_8, 0xf8 | sequence.chroma_depth_less_8]);
    u16_be(&mut out, 0); // mean frame rate unknown
    out.push(sequence.sub_layers << 3 | u8::from(sequence.are_nested) << 2 | 3);
    out.push(3);
    for (kind, sets) in [(nal_type::VPS, vps), (nal_type::SPS, sps), (nal_type::PPS, pps)] {
        out.push(0x80 | kind);
        u16_be(&mut out, sets.len() as u16);
        for set in sets {
            u16_be(&mut out, set.len() as u16);
            out.extend_from_slice(set);
        }
    }
    out
}

/// The parameter sets of a decoder configuration and the bytes per length of its samples. `None` when it is damaged.
pub(crate) fn read_configuration(hvcc: &[u8]) -> Option<(Vec<&[u8]>, usize)> {
    let length_bytes = usize::from(hvcc.get(21)? & 3) + 1;
    let wide = |at: usize| Some(usize::from(u16::from_be_bytes([*hvcc.get(at)?, *hvcc.get(at + 1)?])));
    let mut sets = Vec::new();
    let mut at = 23;
    for _ in 0..*hvcc.get(22)? {
        let count = wide(at + 1)?;
        at += 3;
        for _ in 0..count {
            let length = wide(at)?;
            sets.push(hvcc.get(at + 2..at + 2 + length)?);
            at += 2 + length;
        }
    }
    Some((sets, length_bytes))
}

/// The codec name for a MIME type, e.g. `hvc1.1.6.L93.B0` (ISO/IEC 14496-15 annex E.3).
pub(crate) fn codec_string(sequence: &Sequence) -> String {
    let [first, compatibility @ .., level] = sequence.profile;
    let (compatibility, constraints) = compatibility.split_at(4);
    let compatibility = compatibility.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte));
    let space = ["", "A", "B", "C"][usize::from(first >> 6)];
    let tier = if first & 0x20 == 0 { 'L' } else { 'H' };
    let mut name = format!("hvc1.{space}{}.{:X}.{tier}{level}", first & 0x1f, compatibility.reverse_bits());
    let used = constraints.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    for byte in &constraints[..used] {
        let _ = write!(name, ".{byte:X}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x265 at 1920x1080, 25 fps, main profile.
    const SPS_1080: &[u8] = &[
        0x42, 0x01, 0x01, 0x01, 0x60, 0x00, 0x00, 0x03, 0x00, 0x90, 0x00, 0x00, 0x03, 0x00, 0x00, 0x03, 0x00,
        0x78, 0xa0, 0x03, 0xc0, 0x80, 0x10, 0xe5, 0x96, 0x56, 0x69, 0x24, 0xca, 0xe0, 0x10, 0x00, 0x00, 0x03,
        0x00, 0x10, 0x00, 0x00, 0x03, 0x01, 0x90, 0x80,
    ];

    #[test]
    fn size_and_name_of_a_cropped_picture() {
        let sequence = sequence(SPS_1080).unwrap();
        assert_eq!((sequence.width_px, sequence.height_px), (1920, 1080));
        assert_eq!(codec_string(&sequence), "hvc1.1.6.L120.90");
    }

    #[test]
    fn a_configuration_reads_back() {
        let (vps, pps): (&[u8], &[u8]) = (&[0x40, 1, 12], &[0x44, 1, 0xc1]);
        let written = configuration(&sequence(SPS_1080).unwrap(), &[vps], &[SPS_1080], &[pps, pps]);
        assert_eq!(read_configuration(&written), Some((vec![vps, SPS_1080, pps, pps], 4)));
        assert_eq!(read_configuration(&written[..40]), None);
    }

    proptest::proptest! {
        #[test]
        fn garbage_is_refused_quietly(mut data in proptest::collection::vec(0u8..=255, 0..200)) {
            let _ = read_configuration(&data);
            data.splice(0..0, [0x42, 1, 1]);
            let _ = sequence(&data);
        }
    }
}
