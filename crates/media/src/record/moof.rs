//! One fragment's `moof` (ISO/IEC 14496-12 §8.8): read into runs of samples, or changed in place for a player's time line.

use super::moov::Track;
use super::walk::{Fields, boxes, find, path, u32_at, u64_at};

/// Largest `moof` that is read: 16 bytes for each of the samples below.
pub(super) const MOOF_BYTES_MAX: u64 = 8 << 20;
/// Most samples of one fragment, pictures and sound together. A run without sizes takes 16 bytes for any number of them.
const SAMPLES_MAX: usize = 500_000;
/// Decoding times beyond this are damage: 400 000 years of 90 000 ticks a second. Sums below cannot overflow.
const DECODING_TIME_MAX: u64 = 1 << 60;
/// `default-base-is-moof` (§8.8.7.1); without it data is counted from elsewhere.
const FROM_MOOF: u32 = 0x2_0000;
/// `sample_is_non_sync_sample` (§8.8.3.1).
const NOT_SYNC: u32 = 0x1_0000;

/// One sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) duration: u32,
    pub(super) size: u32,
    /// Depends on no other.
    pub(super) is_key: bool,
    /// Shown so many ticks after it is decoded.
    pub(super) offset: i32,
}

/// Samples of one track that lie one behind the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Which of the tracks of the beginning of the file.
    pub(super) track: usize,
    /// Decoding time of the first, in ticks of the track.
    pub(super) decoding_time: u64,
    /// Where the first lies, counted from the first byte of `moof`.
    pub(super) data_at: u64,
    pub(super) samples: Vec<Sample>,
}

impl Run {
    /// Ticks from the first sample to the end of the last.
    pub(super) fn duration(&self) -> u64 {
        self.samples.iter().map(|sample| u64::from(sample.duration)).sum()
    }

    /// Bytes of all samples.
    pub(super) fn bytes(&self) -> u64 {
        self.samples.iter().map(|sample| u64::from(sample.size)).sum()
    }
}

/// Reads a whole `moof`, its own length and kind included. `None` where it is damaged, or counts its data from the beginning of the
/// file, which ours never does and which would be wrong in any other file.
pub(super) fn read_runs(moof: &[u8], tracks: &[Track]) -> Option<Vec<Run>> {
    let body = path(moof, 0..moof.len(), &[*b"moof"])?;
    let mut runs = Vec::new();
    let mut samples_left = SAMPLES_MAX;
    for traf in boxes(moof, body).filter(|place| place.kind == *b"traf") {
        let tfhd = path(moof, traf.body.clone(), &[*b"tfhd"])?;
        let mut fields = Fields::of(moof, &tfhd);
        let (flags, id) = (fields.next()?, fields.next()?);
        let Some(track) = tracks.iter().position(|track| track.id == id) else { continue };
        if flags & 1 != 0 || flags & FROM_MOOF == 0 {
            return None;
        }
        fields.next_or(flags & 2 != 0, 0)?;
        let mut defaults = tracks[track].defaults;
        for (bit, default) in [8, 0x10, 0x20].into_iter().zip(&mut defaults) {
            *default = fields.next_or(flags & bit != 0, *default)?;
        }
        let tfdt = path(moof, traf.body.clone(), &[*b"tfdt"])?;
        let mut decoding_time = decoding_time(moof, tfdt.start)?;
        for trun in boxes(moof, traf.body).filter(|place| place.kind == *b"trun") {
            let mut run = read_run(Fields::of(moof, &trun.body), defaults, samples_left)?;
            run.track = track;
            run.decoding_time = decoding_time;
            decoding_time += run.duration();
            samples_left -= run.samples.len();
            runs.push(run);
        }
    }
    Some(runs)
}

/// One `trun` (§8.8.8); it must say where its data lies.
fn read_run(mut fields: Fields<'_>, defaults: [u32; 3], samples_max: usize) -> Option<Run> {
    let (flags, count) = (fields.next()?, fields.next()? as usize);
    let data_at = u64::from(fields.next_or(flags & 1 != 0, 0)?);
    if count > samples_max || flags & 1 == 0 || data_at > u64::from(i32::MAX as u32) {
        return None;
    }
    let first_flags = fields.next_or(flags & 4 != 0, defaults[2])?;
    let per_sample = (flags >> 8 & 0xf).count_ones() as usize * 4;
    if fields.left() < count * per_sample {
        return None;
    }
    let mut samples = Vec::with_capacity(count);
    for number in 0..count {
        let duration = fields.next_or(flags & 0x100 != 0, defaults[0])?;
        let size = fields.next_or(flags & 0x200 != 0, defaults[1])?;
        let usual = if number == 0 { first_flags } else { defaults[2] };
        let is_key = fields.next_or(flags & 0x400 != 0, usual)? & NOT_SYNC == 0;
        // Unsigned by the letter of version 0, signed in the files that exist.
        let offset = fields.next_or(flags & 0x800 != 0, 0)? as i32;
        samples.push(Sample { duration, size, is_key, offset });
    }
    Some(Run { track: 0, decoding_time: 0, data_at, samples })
}

fn decoding_time(moof: &[u8], tfdt: usize) -> Option<u64> {
    let time = match moof.get(tfdt)? {
        1 => u64_at(moof, tfdt + 4),
        _ => u32_at(moof, tfdt + 4).map(u64::from),
    };
    time.filter(|time| *time <= DECODING_TIME_MAX)
}

/// The first track of a fragment, by its number, and its decoding time.
pub(super) fn first_decoding_time(moof: &[u8]) -> Option<(u32, u64)> {
    let traf = path(moof, 0..moof.len(), &[*b"moof", *b"traf"])?;
    let tfhd = path(moof, traf.clone(), &[*b"tfhd"])?;
    let tfdt = path(moof, traf, &[*b"tfdt"])?;
    Some((u32_at(moof, tfhd.start + 4)?, decoding_time(moof, tfdt.start)?))
}

/// Gives a fragment its place in a player's stream: its number, and for each track a decoding time from the one it has. Lengths do not
/// change. `None` where it is damaged.
pub(super) fn place_in_stream(
    moof: &mut [u8],
    number: u32,
    decoding_time_of: impl Fn(u32, u64) -> u64,
) -> Option<()> {
    let body = path(moof, 0..moof.len(), &[*b"moof"])?;
    let mfhd = find(moof, body.clone(), *b"mfhd")?.body;
    moof.get_mut(mfhd.start + 4..mfhd.start + 8)?.copy_from_slice(&number.to_be_bytes());
    let trafs: Vec<_> = boxes(moof, body).filter(|place| place.kind == *b"traf").collect();
    for traf in trafs {
        let tfhd = path(moof, traf.body.clone(), &[*b"tfhd"])?;
        let id = u32_at(moof, tfhd.start + 4)?;
        let tfdt = path(moof, traf.body, &[*b"tfdt"])?;
        let time = decoding_time_of(id, decoding_time(moof, tfdt.start)?);
        let at = tfdt.start + 4;
        if moof.get(tfdt.start) == Some(&1) {
            moof.get_mut(at..at + 8)?.copy_from_slice(&time.to_be_bytes());
        } else {
            let time = u32::try_from(time).ok()?;
            moof.get_mut(at..at + 4)?.copy_from_slice(&time.to_be_bytes());
        }
    }
    Some(())
}
