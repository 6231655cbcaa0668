//! Frames into a program stream, the way GB/T 28181 wants it (Annex C of the 2016 edition): one pack a frame; a key frame
//! carries the system header and the map, so that a receiver can begin there.

use super::map::Map;
use super::{Codec, pes, start_code};

/// Stream id of the pictures.
const VIDEO: u8 = start_code::VIDEO;
/// Stream id of the sound.
const AUDIO: u8 = start_code::AUDIO;
/// Declared upper bound of the stream, in units of 50 bytes a second: 20 Mbit/s.
const RATE_BOUND: u32 = 50_000;
/// How long before its time of decoding a frame is said to arrive, at 90 kHz: 100 ms.
const LEAD: i64 = 9_000;
/// Values of the 33-bit clock.
const CLOCK_MASK: i64 = (1 << 33) - 1;
/// Declared buffers, in KiB (video) and units of 128 bytes (audio).
const VIDEO_BUFFER_KIB: u16 = 1_024;
const AUDIO_BUFFER_UNITS: u16 = 32;

/// A frame to be written.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// Time of display at 90 kHz; only its low 33 bits travel.
    pub pts: i64,
    /// Time of decoding at 90 kHz, if it differs.
    pub dts: Option<i64>,
    /// True for a picture that can be decoded without any other.
    pub is_key: bool,
    /// Annex B access unit, ADTS frame, or bare audio bytes.
    pub data: &'a [u8],
}

/// Writes the program stream of one camera.
#[derive(Debug)]
pub struct Muxer {
    video: Option<Codec>,
    audio: Option<Codec>,
    clock: Option<i64>,
}

impl Muxer {
    /// A stream with pictures, sound, or both.
    pub fn new(video: Option<Codec>, audio: Option<Codec>) -> Self {
        Self { video, audio, clock: None }
    }

    /// Appends the pack of one picture to `out`.
    pub fn video(&mut self, sample: Sample, out: &mut Vec<u8>) {
        self.pack(sample.dts.unwrap_or(sample.pts), out);
        if sample.is_key {
            self.system_header(out);
            self.map(out);
        }
        let dts = sample.dts.filter(|&dts| dts != sample.pts).map(on_clock);
        pes::write(VIDEO, on_clock(sample.pts), dts, sample.data, out);
    }

    /// Appends the pack of one piece of sound to `out`.
    pub fn audio(&mut self, sample: Sample, out: &mut Vec<u8>) {
        self.pack(sample.pts, out);
        if self.video.is_none() && sample.is_key {
            self.system_header(out);
            self.map(out);
        }
        pes::write(AUDIO, on_clock(sample.pts), None, sample.data, out);
    }

    /// Appends the code that ends a file.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[0, 0, 1, start_code::END]);
    }

    /// Pack header. Its clock never runs back, though the frames of two streams need not come in order.
    fn pack(&mut self, decoded_at: i64, out: &mut Vec<u8>) {
        let wanted = decoded_at - LEAD;
        let clock = self.clock.map_or(wanted, |last| wanted.max(last));
        self.clock = Some(clock);
        let time = on_clock(clock.max(0));
        let rate = RATE_BOUND << 2 | 3;
        out.extend_from_slice(&[0, 0, 1, start_code::PACK]);
        out.extend_from_slice(&[
            0x44 | (time >> 27) as u8 & 0x38 | (time >> 28) as u8 & 3,
            (time >> 20) as u8,
            (time >> 12) as u8 & 0xf8 | 4 | (time >> 13) as u8 & 3,
            (time >> 5) as u8,
            (time << 3) as u8 | 4,
            1,
        ]);
        out.extend_from_slice(&rate.to_be_bytes()[1..]);
        out.push(0xf8);
    }

    fn system_header(&self, out: &mut Vec<u8>) {
        let streams = usize::from(self.video.is_some()) + usize::from(self.audio.is_some());
        let rate = 0x80_0001 | RATE_BOUND << 1;
        out.extend_from_slice(&[0, 0, 1, start_code::SYSTEM, 0, (6 + 3 * streams) as u8]);
        out.extend_from_slice(&rate.to_be_bytes()[1..]);
        // Bounds on the number of streams; variable bit rate, unlocked, marker bit; no packet rate restriction.
        out.extend_from_slice(&[
            u8::from(self.audio.is_some()) << 2,
            0x20 | u8::from(self.video.is_some()),
            0x7f,
        ]);
        if self.video.is_some() {
            out.push(VIDEO);
            out.extend_from_slice(&(0xe000 | VIDEO_BUFFER_KIB).to_be_bytes());
        }
        if self.audio.is_some() {
            out.push(AUDIO);
            out.extend_from_slice(&(0xc000 | AUDIO_BUFFER_UNITS).to_be_bytes());
        }
    }

    fn map(&self, out: &mut Vec<u8>) {
        let streams: Vec<(u8, Codec)> = self
            .video
            .map(|codec| (VIDEO, codec))
            .into_iter()
            .chain(self.audio.map(|codec| (AUDIO, codec)))
            .collect();
        Map::write(&streams, out);
    }
}

fn on_clock(time: i64) -> u64 {
    (time & CLOCK_MASK) as u64
}
