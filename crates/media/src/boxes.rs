//! ISO base media boxes shared by the live and the clip writer (ISO/IEC 14496-12, clause numbers at each box).
//!
//! A box is written by a closure and its length patched afterwards; nothing is laid out by hand-counted offsets.

use crate::frame::VideoParameters;

/// Unity matrix of `mvhd` and `tkhd` (§8.2.2).
const UNITY_MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
/// The only track.
pub(crate) const TRACK: u32 = 1;
/// Flags of a sample that depends on no other / on others (§8.8.3.1).
pub(crate) const SYNC_SAMPLE: u32 = 0x0200_0000;
pub(crate) const DEPENDENT_SAMPLE: u32 = 0x0101_0000;

pub(crate) fn u16_be(out: &mut Vec<u8>, value: u16) {
    out.extend_from_slice(&value.to_be_bytes());
}

pub(crate) fn u32_be(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_be_bytes());
}

pub(crate) fn all_u32_be(out: &mut Vec<u8>, values: &[u32]) {
    for value in values {
        u32_be(out, *value);
    }
}

pub(crate) fn u64_be(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(&value.to_be_bytes());
}

/// A plain box (§4.2).
pub(crate) fn plain(out: &mut Vec<u8>, kind: [u8; 4], content: impl FnOnce(&mut Vec<u8>)) {
    let begin = out.len();
    u32_be(out, 0);
    out.extend_from_slice(&kind);
    content(out);
    let length = (out.len() - begin) as u32;
    out[begin..begin + 4].copy_from_slice(&length.to_be_bytes());
}

/// A box with version and flags (§4.2).
pub(crate) fn full(
    out: &mut Vec<u8>,
    kind: [u8; 4],
    version: u8,
    flags: u32,
    content: impl FnOnce(&mut Vec<u8>),
) {
    plain(out, kind, |out| {
        u32_be(out, u32::from(version) << 24 | flags);
        content(out);
    });
}

/// Movie header (§8.2.2); `duration` in ticks of `timescale`, 0 when unknown.
pub(crate) fn mvhd(out: &mut Vec<u8>, timescale: u32, duration: u64) {
    full(out, *b"mvhd", 1, 0, |out| {
        u64_be(out, 0);
        u64_be(out, 0);
        u32_be(out, timescale);
        u64_be(out, duration);
        u32_be(out, 0x1_0000); // rate
        u16_be(out, 0x0100); // volume
        out.extend_from_slice(&[0; 10]);
        all_u32_be(out, &UNITY_MATRIX);
        out.extend_from_slice(&[0; 24]);
        u32_be(out, TRACK + 1);
    });
}

/// Track header (§8.3.2).
pub(crate) fn tkhd(out: &mut Vec<u8>, parameters: &VideoParameters, duration: u64) {
    full(out, *b"tkhd", 1, 3, |out| {
        u64_be(out, 0);
        u64_be(out, 0);
        u32_be(out, TRACK);
        u32_be(out, 0);
        u64_be(out, duration);
        out.extend_from_slice(&[0; 16]);
        all_u32_be(out, &UNITY_MATRIX);
        u32_be(out, u32::from(parameters.width_px) << 16);
        u32_be(out, u32::from(parameters.height_px) << 16);
    });
}

/// Media header and handler (§8.4.2, §8.4.3).
pub(crate) fn mdhd_and_hdlr(out: &mut Vec<u8>, timescale: u32, duration: u64) {
    full(out, *b"mdhd", 1, 0, |out| {
        u64_be(out, 0);
        u64_be(out, 0);
        u32_be(out, timescale);
        u64_be(out, duration);
        u16_be(out, 0x55c4); // language "und"
        u16_be(out, 0);
    });
    full(out, *b"hdlr", 0, 0, |out| {
        u32_be(out, 0);
        out.extend_from_slice(b"vide");
        out.extend_from_slice(&[0; 12]);
        out.extend_from_slice(b"video\0");
    });
}

/// Video media header and "data is in this file" (§12.1.2, §8.7.2).
pub(crate) fn vmhd_and_dinf(out: &mut Vec<u8>) {
    full(out, *b"vmhd", 0, 1, |out| out.extend_from_slice(&[0; 8]));
    plain(out, *b"dinf", |out| {
        full(out, *b"dref", 0, 0, |out| {
            u32_be(out, 1);
            full(out, *b"url ", 0, 1, |_| ());
        });
    });
}

/// Sample description: `avc1` with the decoder configuration (§8.5.2; ISO/IEC 14496-15 §5.3.3, §5.4.2).
pub(crate) fn stsd(out: &mut Vec<u8>, parameters: &VideoParameters) {
    full(out, *b"stsd", 0, 0, |out| {
        u32_be(out, 1);
        plain(out, *b"avc1", |out| {
            out.extend_from_slice(&[0; 6]);
            u16_be(out, 1); // data_reference_index
            out.extend_from_slice(&[0; 16]);
            u16_be(out, parameters.width_px);
            u16_be(out, parameters.height_px);
            u32_be(out, 0x48_0000); // 72 dpi
            u32_be(out, 0x48_0000);
            u32_be(out, 0);
            u16_be(out, 1); // frame_count
            out.extend_from_slice(&[0; 32]); // compressorname
            u16_be(out, 24); // depth
            u16_be(out, 0xffff);
            plain(out, *b"avcC", |out| decoder_configuration(out, parameters));
        });
    });
}

fn decoder_configuration(out: &mut Vec<u8>, parameters: &VideoParameters) {
    let profile = |at: usize| parameters.sps.get(at).copied().unwrap_or_default();
    out.extend_from_slice(&[1, profile(1), profile(2), profile(3), 0xff, 0xe1]);
    u16_be(out, parameters.sps.len() as u16);
    out.extend_from_slice(&parameters.sps);
    out.push(1);
    u16_be(out, parameters.pps.len() as u16);
    out.extend_from_slice(&parameters.pps);
    if matches!(profile(1), 100 | 110 | 122 | 144) {
        out.extend_from_slice(&[0xfd, 0xf8, 0xf8, 0]); // 4:2:0, 8 bit, no SPS extensions
    }
}
