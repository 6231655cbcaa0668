//! A finished clip as a plain MP4 file, index in front.
//!
//! Fragments would do for a browser, but a clip is also sent to phones, opened in office players and attached to
//! reports; the plain form with a complete index is the one everything plays and can seek in.

use crate::boxes::{full, mdhd_and_hdlr, mvhd, plain, stsd, tkhd, u32_be, u64_be, vmhd_and_dinf};
use crate::fmp4::{TIMESCALE, ticks};
use crate::frame::{Frame, VideoParameters};
use crate::h264;
use std::sync::Arc;

/// Duration of the only frame of a one-frame clip: 1/10 s.
const SINGLE_FRAME_TICKS: u32 = TIMESCALE / 10;

/// Tables of the file, one entry a frame.
struct Tables {
    durations: Vec<u32>,
    offsets: Vec<i32>,
    sizes: Vec<u32>,
    keys: Vec<u32>,
}

/// Writes frames in decoding order as one MP4 file. All of them must share `parameters`.
pub fn write(parameters: &VideoParameters, frames: &[Arc<Frame>]) -> Vec<u8> {
    let mut media = Vec::with_capacity(frames.iter().map(|frame| frame.data.len()).sum());
    let mut sizes = Vec::with_capacity(frames.len());
    for frame in frames {
        let before = media.len();
        h264::to_length_prefixed(&frame.data, &mut media);
        sizes.push((media.len() - before) as u32);
    }
    let tables = Tables {
        durations: durations(frames),
        offsets: composition_offsets(frames),
        sizes,
        keys: (1..).zip(frames).filter(|(_, frame)| frame.is_key).map(|(number, _)| number).collect(),
    };
    let mut out = Vec::with_capacity(media.len() + 1024 + frames.len() * 20);
    plain(&mut out, *b"ftyp", |out| {
        out.extend_from_slice(b"isom");
        u32_be(out, 512);
        out.extend_from_slice(b"isomiso2avc1mp41");
    });
    let chunk_offset_at = moov(&mut out, parameters, &tables);
    let chunk_offset = (out.len() + 8) as u64;
    out[chunk_offset_at..chunk_offset_at + 8].copy_from_slice(&chunk_offset.to_be_bytes());
    plain(&mut out, *b"mdat", |out| out.extend_from_slice(&media));
    out
}

/// Writes `moov`; returns where the offset of the media data has to be filled in.
fn moov(out: &mut Vec<u8>, parameters: &VideoParameters, tables: &Tables) -> usize {
    let duration = tables.durations.iter().map(|ticks| u64::from(*ticks)).sum();
    let mut chunk_offset_at = 0;
    plain(out, *b"moov", |out| {
        mvhd(out, TIMESCALE, duration);
        plain(out, *b"trak", |out| {
            tkhd(out, parameters, duration);
            plain(out, *b"mdia", |out| {
                mdhd_and_hdlr(out, TIMESCALE, duration);
                plain(out, *b"minf", |out| {
                    vmhd_and_dinf(out);
                    plain(out, *b"stbl", |out| {
                        stsd(out, parameters);
                        chunk_offset_at = sample_tables(out, tables);
                    });
                });
            });
        });
    });
    chunk_offset_at
}

fn sample_tables(out: &mut Vec<u8>, tables: &Tables) -> usize {
    full(out, *b"stts", 0, 0, |out| runs(out, &tables.durations, |out, value| u32_be(out, value)));
    if tables.offsets.iter().any(|offset| *offset != 0) {
        full(out, *b"ctts", 1, 0, |out| {
            runs(out, &tables.offsets, |out, value| out.extend_from_slice(&value.to_be_bytes()));
        });
    }
    full(out, *b"stss", 0, 0, |out| {
        u32_be(out, tables.keys.len() as u32);
        tables.keys.iter().for_each(|number| u32_be(out, *number));
    });
    full(out, *b"stsc", 0, 0, |out| {
        [1, 1, tables.sizes.len() as u32, 1].iter().for_each(|field| u32_be(out, *field));
    });
    full(out, *b"stsz", 0, 0, |out| {
        u32_be(out, 0);
        u32_be(out, tables.sizes.len() as u32);
        tables.sizes.iter().for_each(|size| u32_be(out, *size));
    });
    let mut chunk_offset_at = 0;
    full(out, *b"co64", 0, 0, |out| {
        u32_be(out, 1);
        chunk_offset_at = out.len();
        u64_be(out, 0);
    });
    chunk_offset_at
}

/// Run-length table: count of entries, then (count, value) pairs.
fn runs<T: Copy + PartialEq>(out: &mut Vec<u8>, values: &[T], write: impl Fn(&mut Vec<u8>, T)) {
    let groups: Vec<&[T]> = values.chunk_by(|a, b| a == b).collect();
    u32_be(out, groups.len() as u32);
    for group in groups {
        u32_be(out, group.len() as u32);
        write(out, group[0]);
    }
}

/// Distances of the decoding times; the last frame gets its predecessor's.
fn durations(frames: &[Arc<Frame>]) -> Vec<u32> {
    let origin = frames.first().map_or(0, |frame| frame.dts_us);
    let at: Vec<i64> = frames.iter().map(|frame| ticks(frame.dts_us - origin)).collect();
    let mut steps: Vec<u32> = at.windows(2).map(|pair| (pair[1] - pair[0]).max(1) as u32).collect();
    if !frames.is_empty() {
        steps.push(steps.last().copied().unwrap_or(SINGLE_FRAME_TICKS));
    }
    steps
}

fn composition_offsets(frames: &[Arc<Frame>]) -> Vec<i32> {
    frames.iter().map(|frame| ticks(frame.pts_us - frame.dts_us) as i32).collect()
}
