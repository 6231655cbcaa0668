//! The sample tables of one track of an ordinary MP4 (ISO/IEC 14496-12 §8.6, §8.7), filled run by run.

use super::moof::Run;
use super::moov::{Track, TrackKind};
use crate::boxes::{all_u32_be, full, plain, u32_be, u64_be};

/// A track of the file that is being planned.
#[derive(Debug)]
pub(super) struct Tables {
    /// Header and first description; the clock of all that follows.
    pub(super) track: Track,
    /// Decoding time of the first sample, on a line common to all tracks.
    pub(super) begins: i64,
    last: i64,
    last_duration: u32,
    descriptions: Vec<Vec<u8>>,
    durations: Vec<(u32, u32)>,
    offsets: Vec<(u32, i32)>,
    sizes: Vec<u32>,
    keys: Vec<u32>,
    /// Where each chunk lies, counted from the first byte of media data.
    chunks: Vec<u64>,
    /// First chunk, samples in each, description: where one of the last two changes.
    chunk_runs: Vec<[u32; 3]>,
}

/// Ticks of one clock in those of another, rounded down.
pub(super) fn rescaled(ticks: i64, from: u32, to: u32) -> i64 {
    if from == to {
        return ticks;
    }
    let there = (i128::from(ticks) * i128::from(to)).div_euclid(i128::from(from));
    // Only damaged clocks come near the ends.
    there.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

impl Tables {
    pub(super) fn new(track: Track) -> Self {
        Self {
            begins: 0,
            last: 0,
            last_duration: 0,
            descriptions: Vec::new(),
            durations: Vec::new(),
            offsets: Vec::new(),
            sizes: Vec::new(),
            keys: Vec::new(),
            chunks: Vec::new(),
            chunk_runs: Vec::new(),
            track,
        }
    }

    pub(super) fn samples(&self) -> usize {
        self.sizes.len()
    }

    /// Ticks from the first sample to the end of the last.
    pub(super) fn duration(&self) -> u64 {
        self.last.saturating_sub(self.begins) as u64 + u64::from(self.last_duration)
    }

    /// Adds a run that was recorded under `track`. `begins` is its decoding time on the common line, in the clock of that track.
    pub(super) fn add(&mut self, run: &Run, track: &Track, begins: i64, chunk_at: u64) {
        let here = |ticks: i64| rescaled(ticks, track.timescale, self.track.timescale);
        let times: Vec<(i64, i32, u32)> = {
            let mut at = begins;
            let step = |sample: &super::moof::Sample| {
                let now = at;
                at = at.saturating_add(i64::from(sample.duration));
                let duration = here(at).saturating_sub(here(now)) as u32;
                (here(now), here(i64::from(sample.offset)) as i32, duration)
            };
            run.samples.iter().map(step).collect()
        };
        let description = self.description(&track.descriptions[0]);
        for (sample, (time, offset, duration)) in run.samples.iter().zip(times) {
            self.begin_sample(time, duration);
            push_run(&mut self.offsets, offset);
            self.sizes.push(sample.size);
            if sample.is_key {
                self.keys.push(self.sizes.len() as u32);
            }
        }
        if !run.samples.is_empty() {
            self.chunks.push(chunk_at);
            let per_chunk = run.samples.len() as u32;
            if self.chunk_runs.last().is_none_or(|last| last[1..] != [per_chunk, description]) {
                self.chunk_runs.push([self.chunks.len() as u32, per_chunk, description]);
            }
        }
    }

    /// A sample lasts until the next one begins, whatever it claims; times always rise.
    fn begin_sample(&mut self, time: i64, duration: u32) {
        if self.sizes.is_empty() {
            (self.begins, self.last) = (time, time);
        } else {
            let time = time.max(self.last.saturating_add(1));
            // Long holes are closed before; what does not fit is damage.
            let lasted = u32::try_from(time.saturating_sub(self.last)).unwrap_or(u32::MAX);
            push_run(&mut self.durations, lasted);
            self.last = time;
        }
        self.last_duration = duration;
    }

    fn description(&mut self, wanted: &[u8]) -> u32 {
        let known = self.descriptions.iter().position(|known| known == wanted);
        let at = known.unwrap_or_else(|| {
            self.descriptions.push(wanted.to_vec());
            self.descriptions.len() - 1
        });
        at as u32 + 1
    }

    /// Writes `stbl`. Chunks are counted from `media_at`.
    pub(super) fn write(&self, out: &mut Vec<u8>, media_at: u64) {
        plain(out, *b"stbl", |out| {
            full(out, *b"stsd", 0, 0, |out| {
                u32_be(out, self.descriptions.len() as u32);
                self.descriptions.iter().for_each(|description| out.extend_from_slice(description));
            });
            full(out, *b"stts", 0, 0, |out| {
                let mut durations = self.durations.clone();
                push_run(&mut durations, self.last_duration);
                u32_be(out, durations.len() as u32);
                for (count, duration) in durations {
                    all_u32_be(out, &[count, duration]);
                }
            });
            self.write_offsets(out);
            if self.track.kind == TrackKind::Pictures {
                full(out, *b"stss", 0, 0, |out| {
                    u32_be(out, self.keys.len() as u32);
                    all_u32_be(out, &self.keys);
                });
            }
            full(out, *b"stsc", 0, 0, |out| {
                u32_be(out, self.chunk_runs.len() as u32);
                self.chunk_runs.iter().for_each(|run| all_u32_be(out, run));
            });
            full(out, *b"stsz", 0, 0, |out| {
                all_u32_be(out, &[0, self.sizes.len() as u32]);
                all_u32_be(out, &self.sizes);
            });
            full(out, *b"co64", 0, 0, |out| {
                u32_be(out, self.chunks.len() as u32);
                self.chunks.iter().for_each(|chunk| u64_be(out, media_at + chunk));
            });
        });
    }

    /// Display times where they differ from decoding times.
    fn write_offsets(&self, out: &mut Vec<u8>) {
        if self.offsets.iter().all(|(_, offset)| *offset == 0) {
            return;
        }
        full(out, *b"ctts", 1, 0, |out| {
            u32_be(out, self.offsets.len() as u32);
            for (count, offset) in &self.offsets {
                u32_be(out, *count);
                out.extend_from_slice(&offset.to_be_bytes());
            }
        });
    }
}

/// One more value of a run-length table.
fn push_run<T: PartialEq>(runs: &mut Vec<(u32, T)>, value: T) {
    match runs.last_mut() {
        Some((count, last)) if *last == value => *count += 1,
        _ => runs.push((1, value)),
    }
}
