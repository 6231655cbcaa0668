//! ISO base media boxes shared by the live and the clip writer (ISO/IEC 14496-12, clause numbers at each box).
//!
//! A box is written by a closure and its length patched afterwards; nothing is laid out by hand-counted offsets.

use crate::codec::{VideoCodec, VideoParameters};
use crate::frame::{SoundCodec, SoundParameters};

/// Unity matrix of `mvhd` and `tkhd` (§8.2.2).
const UNITY_MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
/// The track of the pictures.
pub(crate) const VIDEO_TRACK: u32 = 1;
/// The track of the sound.
pub(crate) const SOUND_TRACK: u32 = 2;
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
        u32_be(out, SOUND_TRACK + 1);
    });
}

/// What the headers of a track tell of its content.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Content<'a> {
    Video(&'a VideoParameters),
    Sound(&'a SoundParameters),
}

impl Content<'_> {
    pub(crate) fn track(self) -> u32 {
        match self {
            Self::Video(_) => VIDEO_TRACK,
            Self::Sound(_) => SOUND_TRACK,
        }
    }
}

/// Track header (§8.3.2); `duration` in the time scale of the movie.
pub(crate) fn tkhd(out: &mut Vec<u8>, content: Content<'_>, duration: u64) {
    let (volume, width_px, height_px) = match content {
        Content::Video(parameters) => (0, parameters.width_px, parameters.height_px),
        Content::Sound(_) => (0x0100, 0, 0),
    };
    full(out, *b"tkhd", 1, 3, |out| {
        u64_be(out, 0);
        u64_be(out, 0);
        u32_be(out, content.track());
        u32_be(out, 0);
        u64_be(out, duration);
        out.extend_from_slice(&[0; 12]);
        u16_be(out, volume);
        u16_be(out, 0);
        all_u32_be(out, &UNITY_MATRIX);
        u32_be(out, u32::from(width_px) << 16);
        u32_be(out, u32::from(height_px) << 16);
    });
}

/// Media header and handler (§8.4.2, §8.4.3); `duration` in ticks of `timescale`.
pub(crate) fn mdhd_and_hdlr(out: &mut Vec<u8>, content: Content<'_>, timescale: u32, duration: u64) {
    full(out, *b"mdhd", 1, 0, |out| {
        u64_be(out, 0);
        u64_be(out, 0);
        u32_be(out, timescale);
        u64_be(out, duration);
        u16_be(out, 0x55c4); // language "und"
        u16_be(out, 0);
    });
    let (handler, name): (&[u8; 4], &[u8; 6]) = match content {
        Content::Video(_) => (b"vide", b"video\0"),
        Content::Sound(_) => (b"soun", b"sound\0"),
    };
    full(out, *b"hdlr", 0, 0, |out| {
        u32_be(out, 0);
        out.extend_from_slice(handler);
        out.extend_from_slice(&[0; 12]);
        out.extend_from_slice(name);
    });
}

/// Media header of the kind and "data is in this file" (§12.1.2, §12.2.2, §8.7.2).
pub(crate) fn media_header_and_dinf(out: &mut Vec<u8>, content: Content<'_>) {
    match content {
        Content::Video(_) => full(out, *b"vmhd", 0, 1, |out| out.extend_from_slice(&[0; 8])),
        Content::Sound(_) => full(out, *b"smhd", 0, 0, |out| out.extend_from_slice(&[0; 4])),
    }
    plain(out, *b"dinf", |out| {
        full(out, *b"dref", 0, 0, |out| {
            u32_be(out, 1);
            full(out, *b"url ", 0, 1, |_| ());
        });
    });
}

/// Sample description (§8.5.2).
pub(crate) fn stsd(out: &mut Vec<u8>, content: Content<'_>) {
    full(out, *b"stsd", 0, 0, |out| {
        u32_be(out, 1);
        match content {
            Content::Video(parameters) => video_entry(out, parameters),
            Content::Sound(parameters) => sound_entry(out, parameters),
        }
    });
}

/// `avc1` or `hvc1` with the decoder configuration (ISO/IEC 14496-15 §5.4.2, §8.4.1).
fn video_entry(out: &mut Vec<u8>, parameters: &VideoParameters) {
    let (entry, configuration) = match parameters.codec {
        VideoCodec::H264 => (*b"avc1", *b"avcC"),
        VideoCodec::H265 => (*b"hvc1", *b"hvcC"),
    };
    plain(out, entry, |out| {
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
        plain(out, configuration, |out| out.extend_from_slice(&parameters.configuration));
    });
}

/// `mp4a` with its elementary stream descriptor, or `alaw` and `ulaw`, which have none (§12.2.3; ISO/IEC 14496-14 §5.6).
fn sound_entry(out: &mut Vec<u8>, parameters: &SoundParameters) {
    let entry = match parameters.codec {
        SoundCodec::Aac => *b"mp4a",
        SoundCodec::G711A => *b"alaw",
        SoundCodec::G711U => *b"ulaw",
    };
    plain(out, entry, |out| {
        out.extend_from_slice(&[0; 6]);
        u16_be(out, 1); // data_reference_index
        out.extend_from_slice(&[0; 8]);
        u16_be(out, parameters.channels.into());
        u16_be(out, 16); // bits of a decoded sample
        u32_be(out, 0);
        u32_be(out, parameters.rate_hz << 16);
        if parameters.codec == SoundCodec::Aac {
            full(out, *b"esds", 0, 0, |out| elementary_stream(out, &parameters.configuration));
        }
    });
}

/// `ES_Descriptor` (ISO/IEC 14496-1 §7.2.6.5) of AAC; the configuration has a few bytes, so every length fits into one.
fn elementary_stream(out: &mut Vec<u8>, configuration: &[u8]) {
    let configuration = &configuration[..configuration.len().min(64)];
    let decoder = 13 + 2 + configuration.len() as u8;
    out.extend_from_slice(&[0x03, 3 + 2 + decoder + 3, 0, 0, 0]);
    out.extend_from_slice(&[0x04, decoder, 0x40, 0x15, 0, 0, 0]); // AAC, an audio stream
    out.extend_from_slice(&[0; 8]); // bit rates unknown
    out.extend_from_slice(&[0x05, configuration.len() as u8]);
    out.extend_from_slice(configuration);
    out.extend_from_slice(&[0x06, 1, 2]);
}
