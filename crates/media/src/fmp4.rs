//! Fragmented MP4 (ISO/IEC 14496-12 §8.8; Media Source Extensions): one picture a fragment for players that are fed while they play, a
//! whole group of pictures with its sound for recordings.

use crate::boxes::{
    Content, DEPENDENT_SAMPLE, SOUND_TRACK, SYNC_SAMPLE, VIDEO_TRACK, all_u32_be, full, mdhd_and_hdlr,
    media_header_and_dinf, mvhd, plain, stsd, tkhd, u32_be, u64_be,
};
use crate::codec::VideoParameters;
use crate::frame::{Frame, Sound, SoundParameters};
use bytes::Bytes;
use std::sync::Arc;

/// Ticks per second of pictures; the clock of RTP video, so that nothing is rounded twice. Sound has its own rate.
pub const TIMESCALE: u32 = 90_000;

/// Duration assumed for a picture about which nothing is known: 40 ms.
const DURATION_GUESS: u32 = 3_600;

/// Microseconds to ticks.
pub fn ticks(us: i64) -> i64 {
    at_rate(us, TIMESCALE)
}

/// Microseconds to ticks of a rate.
fn at_rate(us: i64, rate_hz: u32) -> i64 {
    (i128::from(us) * i128::from(rate_hz) / 1_000_000) as i64
}

/// Ticks of a rate, above 0, to microseconds; what is out of range stays at its end.
pub(crate) fn micros(ticks: i64, rate_hz: u32) -> i64 {
    let us = i128::from(ticks) * 1_000_000 / i128::from(rate_hz);
    us.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

/// `ftyp` and `moov`: what a player needs before the first fragment.
pub fn init_segment(video: &VideoParameters, sound: Option<&SoundParameters>) -> Vec<u8> {
    let mut out = Vec::with_capacity(1_200);
    plain(&mut out, *b"ftyp", |out| {
        out.extend_from_slice(b"iso5");
        u32_be(out, 512);
        out.extend_from_slice(b"iso5iso6mp41");
    });
    plain(&mut out, *b"moov", |out| {
        mvhd(out, TIMESCALE, 0);
        track(out, Content::Video(video), TIMESCALE);
        if let Some(sound) = sound {
            track(out, Content::Sound(sound), sound.rate_hz);
        }
        plain(out, *b"mvex", |out| {
            trex(out, VIDEO_TRACK, DEPENDENT_SAMPLE);
            if sound.is_some() {
                trex(out, SOUND_TRACK, SYNC_SAMPLE);
            }
        });
    });
    out
}

fn track(out: &mut Vec<u8>, content: Content<'_>, timescale: u32) {
    plain(out, *b"trak", |out| {
        tkhd(out, content, 0);
        plain(out, *b"mdia", |out| {
            mdhd_and_hdlr(out, content, timescale, 0);
            plain(out, *b"minf", |out| {
                media_header_and_dinf(out, content);
                plain(out, *b"stbl", |out| {
                    stsd(out, content);
                    full(out, *b"stts", 0, 0, |out| u32_be(out, 0));
                    full(out, *b"stsc", 0, 0, |out| u32_be(out, 0));
                    full(out, *b"stsz", 0, 0, |out| u64_be(out, 0));
                    full(out, *b"stco", 0, 0, |out| u32_be(out, 0));
                });
            });
        });
    });
}

fn trex(out: &mut Vec<u8>, track: u32, flags: u32) {
    full(out, *b"trex", 0, 0, |out| all_u32_be(out, &[track, 1, 0, 0, flags]));
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
    /// Sample form without parameter sets.
    pub data: &'a [u8],
}

/// `moof` and `mdat` with one picture. `number` counts the fragments of one player from 1.
pub fn fragment(number: u32, sample: &Sample<'_>) -> Vec<u8> {
    let mut run = Run::new(VIDEO_TRACK, sample.dts);
    run.add(sample.duration, sample.data.len(), sample.is_key, sample.offset);
    let mut out = head(number, &[run], sample.data.len());
    out.extend_from_slice(sample.data);
    out
}

/// A fragment whose samples are where they were received, so that a recording need not copy them.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// `moof` and the header of `mdat`.
    pub head: Bytes,
    /// What follows.
    pub samples: Vec<Bytes>,
    /// From the first picture's decoding time to the end of the last, in microseconds.
    pub duration_us: i64,
}

/// `moof` and `mdat` with pictures and the sound between them. Times are told since `origin_us`, on the line of the pictures;
/// `next_dts_us` is the decoding time of the picture after the last, where it is known.
pub fn gather(
    number: u32,
    origin_us: i64,
    frames: &[Arc<Frame>],
    sounds: &[Arc<Sound>],
    next_dts_us: Option<i64>,
) -> Gathered {
    let since_origin = |us: i64| us.saturating_sub(origin_us).max(0);
    let first_us = frames.first().map_or(origin_us, |frame| frame.dts_us);
    let mut samples: Vec<Bytes> = frames.iter().map(|frame| frame.sample()).collect();
    let mut runs = vec![Run::new(VIDEO_TRACK, ticks(since_origin(first_us)) as u64)];
    let mut duration = DURATION_GUESS;
    for (at, frame) in frames.iter().enumerate() {
        let next = frames.get(at + 1).map(|next| next.dts_us).or(next_dts_us);
        if let Some(next) = next {
            duration = (ticks(since_origin(next)) - ticks(since_origin(frame.dts_us))).max(1) as u32;
        }
        let offset = ticks(frame.pts_us - frame.dts_us) as i32;
        runs[0].add(duration, samples[at].len(), frame.is_key, offset);
    }
    let duration_us = (runs[0].duration as i64).saturating_mul(100) / 9;
    if let Some(first) = sounds.first() {
        let rate_hz = first.parameters.rate_hz;
        let mut run = Run::new(SOUND_TRACK, at_rate(since_origin(first.pts_us), rate_hz) as u64);
        for sound in sounds {
            run.add(sound.samples, sound.data.len(), true, 0);
        }
        runs.push(run);
        samples.extend(sounds.iter().map(|sound| sound.data.clone()));
    }
    let bytes = samples.iter().map(Bytes::len).sum();
    Gathered { head: head(number, &runs, bytes).into(), samples, duration_us }
}

/// The samples of one track in a fragment.
struct Run {
    track: u32,
    dts: u64,
    duration: u64,
    bytes: usize,
    /// Duration, size, flags and composition offset of each (§8.8.8).
    samples: Vec<[u32; 4]>,
}

impl Run {
    fn new(track: u32, dts: u64) -> Self {
        Self { track, dts, duration: 0, bytes: 0, samples: Vec::new() }
    }

    fn add(&mut self, duration: u32, bytes: usize, is_key: bool, offset: i32) {
        let flags = if is_key { SYNC_SAMPLE } else { DEPENDENT_SAMPLE };
        self.samples.push([duration, bytes as u32, flags, offset.cast_unsigned()]);
        self.duration += u64::from(duration);
        self.bytes += bytes;
    }
}

/// `moof` and the header of an `mdat` of so many bytes, in which the runs follow one another.
fn head(number: u32, runs: &[Run], bytes: usize) -> Vec<u8> {
    let entries: usize = runs.iter().map(|run| run.samples.len()).sum();
    let mut out =
        Vec::with_capacity(64 + runs.len() * 80 + entries * 16 + if entries == 1 { bytes } else { 0 });
    let mut offsets_at = Vec::with_capacity(runs.len());
    plain(&mut out, *b"moof", |out| {
        full(out, *b"mfhd", 0, 0, |out| u32_be(out, number));
        for run in runs {
            plain(out, *b"traf", |out| {
                // default-base-is-moof (§8.8.7)
                full(out, *b"tfhd", 0, 0x02_0000, |out| u32_be(out, run.track));
                full(out, *b"tfdt", 1, 0, |out| u64_be(out, run.dts));
                full(out, *b"trun", 1, 0x01 | 0x100 | 0x200 | 0x400 | 0x800, |out| {
                    u32_be(out, run.samples.len() as u32);
                    offsets_at.push(out.len());
                    u32_be(out, 0);
                    run.samples.iter().for_each(|sample| all_u32_be(out, sample));
                });
            });
        }
    });
    let mut data_offset = out.len() + 8;
    for (run, at) in runs.iter().zip(offsets_at) {
        out[at..at + 4].copy_from_slice(&(data_offset as u32).to_be_bytes());
        data_offset += run.bytes;
    }
    u32_be(&mut out, (bytes + 8) as u32);
    out.extend_from_slice(b"mdat");
    out
}
