//! A stretch of time as an ordinary MP4, index in front, that plays and can be seeked everywhere: phones, office programs, court.
//!
//! Only the index is written, from the heads of the fragments; the media data is that of the recorded files. Parameters that change on
//! the way become further sample descriptions of the same track (ISO/IEC 14496-12 §8.5.2), so a range is always one file.

use super::files::Files;
use super::moof::Run;
use super::moov::{Track, TrackKind};
use super::plan::{Mark, Part, Plan, PlanError};
use super::selection::{Footage, Piece, select};
use super::source::Source;
use super::tables::{Tables, rescaled};
use crate::boxes::{all_u32_be, full, plain, u32_be, u64_be};
use bytes::Bytes;

/// Most samples of one file, pictures and sound together: about 15 hours.
const SAMPLES_MAX: usize = 4_000_000;
/// Unity matrix of `mvhd` (§8.2.2).
const UNITY_MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
/// `mdat` with a length of 64 bits, so that its header is as long as that of a small one.
const MDAT_HEADER_BYTES: u64 = 16;
/// Clock of positions.
const MICROSECONDS: u32 = 1_000_000;

/// Plans an MP4 of the fragments that show any of the time from `from_us` to `to_us`. Reads the head of each.
pub fn plain_file(
    files: &dyn Files,
    footage: &[Footage],
    from_us: i64,
    to_us: i64,
) -> Result<Plan, PlanError> {
    let mut source = Source::new(files, footage);
    let mut making = Making::default();
    for piece in select(footage, from_us, to_us) {
        source.go_to(piece.file)?;
        match source.runs(&piece.entry)? {
            Some(runs) => making.add(piece, &runs, &source.tracks()),
            None => making.skip(piece),
        }
        if making.tracks.iter().map(Tables::samples).sum::<usize>() > SAMPLES_MAX {
            return Err(PlanError::TooLong);
        }
    }
    if making.slices.is_empty() {
        return Err(PlanError::Nothing);
    }
    let paths = footage.iter().map(|footage| footage.path.clone()).collect();
    let header = making.header();
    let mut parts = vec![Part::Own(header)];
    parts.extend(making.slices);
    Ok(Plan::new(paths, parts, making.marks, making.damaged))
}

/// A file while it is planned.
#[derive(Debug, Default)]
struct Making {
    tracks: Vec<Tables>,
    slices: Vec<Part>,
    media_bytes: u64,
    marks: Vec<Mark>,
    damaged: usize,
    /// Where the run of fragments that is being added lies on the common line, and which decoding time stands there.
    run: Option<Anchor>,
    /// Where the next fragment begins on the common line, in microseconds.
    end_us: i64,
}

#[derive(Debug, Clone, Copy)]
struct Anchor {
    position_us: i64,
    decoding_time: u64,
    timescale: u32,
}

impl Anchor {
    /// A decoding time of any track on the common line, in the clock of that track.
    fn place(&self, decoding_time: u64, timescale: u32) -> i64 {
        // Both clocks count from the same moment.
        let origin = rescaled(self.decoding_time as i64, self.timescale, timescale);
        let since = (decoding_time as i64).saturating_sub(origin);
        rescaled(self.position_us, MICROSECONDS, timescale).saturating_add(since)
    }
}

impl Making {
    fn add(&mut self, piece: Piece, runs: &[Run], tracks: &[Track]) {
        self.end_us = self.end_us.saturating_add(piece.begins_after_us.unwrap_or(0));
        let is_leading = |run: &&Run| tracks[run.track].kind == TrackKind::Pictures;
        let Some(leading) = runs.iter().find(is_leading).or(runs.first()) else { return };
        let timescale = tracks[leading.track].timescale;
        let anchor = match self.run {
            Some(anchor) if piece.begins_after_us.is_none() => anchor,
            _ => {
                let (position_us, wall_us) = (self.end_us, piece.entry.begins_at_us);
                self.marks.push(Mark { position_us, wall_us });
                Anchor { position_us, decoding_time: leading.decoding_time, timescale }
            }
        };
        self.run = Some(anchor);
        let head_bytes = u64::from(piece.entry.head_bytes);
        for run in runs {
            let track = &tracks[run.track];
            let begins = anchor.place(run.decoding_time, track.timescale);
            let chunk_at = self.media_bytes + run.data_at - head_bytes;
            self.tables(track).add(run, track, begins, chunk_at);
        }
        let end = leading.decoding_time + leading.duration();
        self.end_us = rescaled(anchor.place(end, timescale), timescale, MICROSECONDS);
        let bytes = u64::from(piece.entry.sample_bytes);
        self.slices.push(Part::Recorded { file: piece.file, at: piece.entry.samples_at(), bytes });
        self.media_bytes += bytes;
    }

    /// A fragment that cannot be read leaves a hole, which is closed.
    fn skip(&mut self, piece: Piece) {
        tracing::warn!(at_us = piece.entry.begins_at_us, "recorded fragment cannot be read and is left out");
        self.damaged += 1;
        self.run = None;
    }

    /// The tables of a track's kind; its first header is that of the file.
    fn tables(&mut self, track: &Track) -> &mut Tables {
        let known = self.tracks.iter().position(|tables| tables.track.kind == track.kind);
        let at = known.unwrap_or_else(|| {
            self.tracks.push(Tables::new(track.clone()));
            self.tracks.len() - 1
        });
        &mut self.tracks[at]
    }

    /// Everything in front of the media data. Written twice: the places of chunks depend on its length, its length not on them.
    fn header(&self) -> Bytes {
        let length = self.index(0).len() as u64;
        let mut out = self.index(length + MDAT_HEADER_BYTES);
        u32_be(&mut out, 1);
        out.extend_from_slice(b"mdat");
        u64_be(&mut out, MDAT_HEADER_BYTES + self.media_bytes);
        out.into()
    }

    fn index(&self, media_at: u64) -> Vec<u8> {
        let samples: usize = self.tracks.iter().map(Tables::samples).sum();
        let mut out = Vec::with_capacity(4096 + samples * 8);
        plain(&mut out, *b"ftyp", |out| {
            out.extend_from_slice(b"isom");
            u32_be(out, 512);
            out.extend_from_slice(b"isomiso2mp41");
        });
        // The clock of the pictures also counts the film.
        let timescale = self.tracks.first().map_or(MICROSECONDS, |tables| tables.track.timescale);
        let in_film = |tables: &Tables, ticks: i64| rescaled(ticks, tables.track.timescale, timescale);
        let begins = self.tracks.iter().map(|tables| in_film(tables, tables.begins)).min().unwrap_or(0);
        let delay = |tables: &Tables| in_film(tables, tables.begins).saturating_sub(begins);
        let length = |tables: &Tables| in_film(tables, tables.duration().cast_signed()).max(0) as u64;
        let ends = self.tracks.iter().map(|tables| (delay(tables) as u64).saturating_add(length(tables)));
        plain(&mut out, *b"moov", |out| {
            write_film_header(out, timescale, ends.max().unwrap_or(0), self.tracks.len() as u32 + 1);
            for (id, tables) in (1..).zip(&self.tracks) {
                let (delay, length) = (delay(tables) as u64, length(tables));
                write_track(out, id, tables, delay, length, media_at);
            }
        });
        out
    }
}

/// `mvhd` (§8.2.2).
fn write_film_header(out: &mut Vec<u8>, timescale: u32, duration: u64, next_track: u32) {
    full(out, *b"mvhd", 1, 0, |out| {
        out.extend_from_slice(&[0; 16]);
        u32_be(out, timescale);
        u64_be(out, duration);
        all_u32_be(out, &[0x1_0000, 0x0100_0000, 0, 0]); // rate, volume
        all_u32_be(out, &UNITY_MATRIX);
        out.extend_from_slice(&[0; 24]);
        u32_be(out, next_track);
    });
}

/// `trak` (§8.3): what was recorded, with durations, an edit where it begins later than the other, and the tables.
fn write_track(out: &mut Vec<u8>, id: u32, tables: &Tables, delay: u64, length: u64, media_at: u64) {
    let track = &tables.track;
    plain(out, *b"trak", |out| {
        full(out, *b"tkhd", 1, 3, |out| {
            out.extend_from_slice(&[0; 16]);
            all_u32_be(out, &[id, 0]);
            u64_be(out, delay.saturating_add(length));
            out.extend_from_slice(&track.header_rest);
        });
        if delay > 0 {
            plain(out, *b"edts", |out| {
                full(out, *b"elst", 1, 0, |out| {
                    u32_be(out, 2);
                    for (length, media_time) in [(delay, -1i64), (length, 0)] {
                        u64_be(out, length);
                        u64_be(out, media_time as u64);
                        u32_be(out, 0x1_0000);
                    }
                });
            });
        }
        plain(out, *b"mdia", |out| {
            full(out, *b"mdhd", 1, 0, |out| {
                out.extend_from_slice(&[0; 16]);
                u32_be(out, track.timescale);
                u64_be(out, tables.duration());
                out.extend_from_slice(&track.language);
            });
            out.extend_from_slice(&track.handler);
            plain(out, *b"minf", |out| {
                out.extend_from_slice(&track.media);
                tables.write(out, media_at);
            });
        });
    });
}
