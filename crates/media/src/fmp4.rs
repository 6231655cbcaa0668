//! Fragmented MP4 for players that are fed while they play (ISO/IEC 14496-12 §8.8; Media Source Extensions).

use crate::boxes::{
    DEPENDENT_SAMPLE, SYNC_SAMPLE, TRACK, all_u32_be, full, mdhd_and_hdlr, mvhd, plain, stsd, tkhd, u32_be,
    u64_be, vmhd_and_dinf,
};
use crate::frame::VideoParameters;
use crate::h264;

/// Ticks per second of everything written here; the clock of RTP video, so that nothing is rounded twice.
pub const TIMESCALE: u32 = 90_000;

/// Microseconds to ticks.
pub fn ticks(us: i64) -> i64 {
    (i128::from(us) * i128::from(TIMESCALE) / 1_000_000) as i64
}

/// One picture to be put into a fragment.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// Decoding time in ticks since the beginning of this player's stream.
    pub dts: u64,
    /// Display time minus decoding time, in ticks.
    pub offset: i32,
    /// Duration in ticks; a guess will do, the next fragment's `dts` decides.
    pub duration: u32,
    /// Decodable by itself.
    pub is_key: bool,
    /// Access unit in Annex B form.
    pub data: &'a [u8],
}

/// `ftyp` and `moov`: what a player needs before the first fragment.
pub fn init_segment(parameters: &VideoParameters) -> Vec<u8> {
    let mut out = Vec::with_capacity(800);
    plain(&mut out, *b"ftyp", |out| {
        out.extend_from_slice(b"iso5");
        u32_be(out, 512);
        out.extend_from_slice(b"iso5iso6mp41avc1");
    });
    plain(&mut out, *b"moov", |out| {
        mvhd(out, TIMESCALE, 0);
        plain(out, *b"trak", |out| {
            tkhd(out, parameters, 0);
            plain(out, *b"mdia", |out| {
                mdhd_and_hdlr(out, TIMESCALE, 0);
                plain(out, *b"minf", |out| {
                    vmhd_and_dinf(out);
                    plain(out, *b"stbl", |out| {
                        stsd(out, parameters);
                        full(out, *b"stts", 0, 0, |out| u32_be(out, 0));
                        full(out, *b"stsc", 0, 0, |out| u32_be(out, 0));
                        full(out, *b"stsz", 0, 0, |out| u64_be(out, 0));
                        full(out, *b"stco", 0, 0, |out| u32_be(out, 0));
                    });
                });
            });
        });
        plain(out, *b"mvex", |out| {
            full(out, *b"trex", 0, 0, |out| {
                all_u32_be(out, &[TRACK, 1, 0, 0, DEPENDENT_SAMPLE]);
            });
        });
    });
    out
}

/// `moof` and `mdat` with one picture. `number` counts the fragments of one player from 1.
pub fn fragment(number: u32, sample: &Sample<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(sample.data.len() + 160);
    let mut size_at = 0;
    let mut offset_at = 0;
    plain(&mut out, *b"moof", |out| {
        full(out, *b"mfhd", 0, 0, |out| u32_be(out, number));
        plain(out, *b"traf", |out| {
            // default-base-is-moof (§8.8.7)
            full(out, *b"tfhd", 0, 0x02_0000, |out| u32_be(out, TRACK));
            full(out, *b"tfdt", 1, 0, |out| u64_be(out, sample.dts));
            // data offset; duration, size, flags and composition offset of each sample (§8.8.8)
            full(out, *b"trun", 1, 0x01 | 0x100 | 0x200 | 0x400 | 0x800, |out| {
                u32_be(out, 1);
                offset_at = out.len();
                u32_be(out, 0);
                u32_be(out, sample.duration);
                size_at = out.len();
                u32_be(out, 0);
                u32_be(out, if sample.is_key { SYNC_SAMPLE } else { DEPENDENT_SAMPLE });
                out.extend_from_slice(&sample.offset.to_be_bytes());
            });
        });
    });
    let data_offset = (out.len() + 8) as u32;
    plain(&mut out, *b"mdat", |out| h264::to_length_prefixed(sample.data, out));
    let size = out.len() as u32 - data_offset;
    out[offset_at..offset_at + 4].copy_from_slice(&data_offset.to_be_bytes());
    out[size_at..size_at + 4].copy_from_slice(&size.to_be_bytes());
    out
}
