//! Where the pictures and the sound of an MP4 file are: reads the index of a plain or fragmented file (ISO/IEC 14496-12 §8).
//!
//! Written here rather than taken from a crate because the file comes from a stranger and a damaged table must
//! be an error, not a panic; only the boxes of one track of pictures and one of sound are looked at.

mod description;

pub(crate) use description::Description;

use crate::frame::{SoundCodec, SoundParameters};
use description::{descriptions, sound_parameters};
use std::io::{self, Read, Seek, SeekFrom};

/// Largest `moov` or `moof` read into memory; an index of a day at 25 fps has about 30 MB.
const INDEX_BYTES_MAX: u64 = 128 << 20;
/// Most pictures in one file: about four days at 25 fps. A file of fewer bytes has fewer, whatever its tables claim: a run of pictures
/// without a size takes 16 bytes for any number of them.
const SAMPLES_MAX: usize = 10_000_000;

/// Pieces of G.711 a second: 40 ms each.
const PIECES_A_SECOND: u32 = 25;

/// Place and times of one picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) offset: u64,
    pub(crate) size: u32,
    pub(crate) dts: i64,
    pub(crate) pts: i64,
    pub(crate) is_key: bool,
    /// Which of the descriptions, counted from 0.
    pub(crate) description: u16,
}

/// What is known about the file.
#[derive(Debug)]
pub(crate) struct Index {
    /// The pictures.
    pub(crate) entries: Vec<Entry>,
    pub(crate) timescale: u32,
    /// At least one; the first is understood.
    pub(crate) descriptions: Vec<Option<Description>>,
    /// The first track of sound that is understood.
    pub(crate) sound: Option<SoundIndex>,
}

/// What is known about the sound of a file.
#[derive(Debug)]
pub(crate) struct SoundIndex {
    pub(crate) entries: Vec<Entry>,
    pub(crate) timescale: u32,
    pub(crate) parameters: SoundParameters,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum IndexError {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("not an MP4 file: no index (moov) found")]
    NoMoov,
    #[error("no video track")]
    NoVideo,
    #[error("the video is {0}, only H.264 and H.265 are supported")]
    Codec(String),
    #[error("damaged index: {0}")]
    Damaged(&'static str),
}

/// Reads the index. `source` may be any size; only headers and index boxes are read.
pub(crate) fn read_index(source: &mut (impl Read + Seek)) -> Result<Index, IndexError> {
    let end = source.seek(SeekFrom::End(0))?;
    let samples_max = usize::try_from(end).map_or(SAMPLES_MAX, |end| SAMPLES_MAX.min(end));
    let mut at = 0;
    let mut tracks: Option<Tracks> = None;
    while at + 8 <= end {
        let (kind, header, length) = box_at(source, at, end)?;
        if &kind == b"moov" || &kind == b"moof" {
            if length > INDEX_BYTES_MAX {
                return Err(IndexError::Damaged("index too large"));
            }
            source.seek(SeekFrom::Start(at + header))?;
            let mut content = vec![0; (length - header) as usize];
            source.read_exact(&mut content)?;
            match (&kind, &mut tracks) {
                (b"moov", slot) => *slot = Some(read_moov(&content, samples_max)?),
                (_, Some(tracks)) => tracks.read_moof(&content, at)?,
                (_, None) => return Err(IndexError::NoMoov),
            }
        }
        at += length;
    }
    let Tracks { video, sound } = tracks.ok_or(IndexError::NoMoov)?;
    Ok(Index {
        entries: video.0.entries,
        timescale: video.0.timescale,
        descriptions: video.1,
        sound: sound.map(|(Track { entries, timescale, .. }, parameters)| SoundIndex {
            entries,
            timescale,
            parameters,
        }),
    })
}

/// The tracks that are followed.
struct Tracks {
    /// With the descriptions of its pictures.
    video: (Track, Vec<Option<Description>>),
    sound: Option<(Track, SoundParameters)>,
}

impl Tracks {
    fn read_moof(&mut self, moof: &[u8], moof_at: u64) -> Result<(), IndexError> {
        self.video.0.read_moof(moof, moof_at)?;
        match &mut self.sound {
            Some((track, _)) => track.read_moof(moof, moof_at),
            None => Ok(()),
        }
    }
}

/// Kind, header length and whole length of the box at `at`.
fn box_at(source: &mut (impl Read + Seek), at: u64, end: u64) -> Result<([u8; 4], u64, u64), IndexError> {
    source.seek(SeekFrom::Start(at))?;
    let mut head = [0; 16];
    let have = (end - at).min(16) as usize;
    source.read_exact(&mut head[..have])?;
    let kind = [head[4], head[5], head[6], head[7]];
    let (header, length) = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
        0 => (8, end - at),
        1 => {
            let mut large = [0; 8];
            large.copy_from_slice(&head[8..]);
            (16, u64::from_be_bytes(large))
        }
        length => (8, u64::from(length)),
    };
    // A file cut off by a power failure ends inside its last box; what is complete before it still plays.
    if length < header || (length > end - at && &kind != b"mdat") {
        return Err(IndexError::Damaged("box reaches past the end of the file"));
    }
    Ok((kind, header, length.min(end - at)))
}

#[derive(Debug)]
struct Track {
    id: u32,
    timescale: u32,
    samples_max: usize,
    /// Duration, size and flags of samples that name none (`trex`).
    defaults: [u32; 3],
    next_dts: i64,
    /// Of the samples of the fragment that is read, and of those that name none.
    description: u16,
    default_description: u16,
    entries: Vec<Entry>,
}

fn read_moov(moov: &[u8], samples_max: usize) -> Result<Tracks, IndexError> {
    let (mut other_codec, mut video, mut sound) = (None, None, None);
    for trak in boxes(moov).filter(|(kind, _)| kind == b"trak").map(|(_, content)| content) {
        let handler = path(trak, &[*b"mdia", *b"hdlr"]).unwrap_or_default();
        match handler.get(8..12) {
            Some(b"vide") if video.is_none() => match descriptions(trak) {
                Err(IndexError::Codec(name)) => other_codec = Some(name),
                Err(error) => return Err(error),
                Ok(descriptions) => {
                    video = Some((read_track(trak, moov, samples_max)?, descriptions));
                }
            },
            // Sound that is damaged or unknown is no reason to refuse the pictures.
            Some(b"soun") if sound.is_none() => {
                let parameters = sound_parameters(trak);
                let mut track = read_track(trak, moov, samples_max).ok();
                if let (Some(track), Some(parameters)) = (&mut track, &parameters) {
                    track.join_samples(parameters);
                }
                sound = track.zip(parameters);
            }
            _ => {}
        }
    }
    match video {
        Some(video) => Ok(Tracks { video, sound }),
        None => Err(other_codec.map_or(IndexError::NoVideo, IndexError::Codec)),
    }
}

fn read_track(trak: &[u8], moov: &[u8], samples_max: usize) -> Result<Track, IndexError> {
    let damaged = IndexError::Damaged;
    let tkhd = path(trak, &[*b"tkhd"]).ok_or(damaged("tkhd"))?;
    let id = field(tkhd, if tkhd.first() == Some(&1) { 20 } else { 12 }).ok_or(damaged("tkhd"))?;
    let mdhd = path(trak, &[*b"mdia", *b"mdhd"]).ok_or(damaged("mdhd"))?;
    let timescale = field(mdhd, if mdhd.first() == Some(&1) { 20 } else { 12 }).ok_or(damaged("mdhd"))?;
    if timescale == 0 {
        return Err(damaged("time scale 0"));
    }
    let stbl = path(trak, &[*b"mdia", *b"minf", *b"stbl"]).ok_or(damaged("stbl"))?;
    let entries = read_tables(stbl, samples_max)?;
    let trex = path(moov, &[*b"mvex"])
        .into_iter()
        .flat_map(boxes)
        .find(|(kind, content)| kind == b"trex" && field(content, 4) == Some(id));
    let defaults =
        trex.as_ref().map_or([0; 3], |(_, trex)| [12, 16, 20].map(|at| field(trex, at).unwrap_or_default()));
    let default_description = description_number(trex.and_then(|(_, trex)| field(trex, 8)));
    Ok(Track {
        id,
        timescale,
        samples_max,
        defaults,
        next_dts: 0,
        description: default_description,
        default_description,
        entries,
    })
}

/// The sample tables of a plain file; empty in a fragmented one.
fn read_tables(stbl: &[u8], samples_max: usize) -> Result<Vec<Entry>, IndexError> {
    let damaged = IndexError::Damaged;
    let stsz = path(stbl, &[*b"stsz"]).ok_or(damaged("stsz"))?;
    let (fixed, count) = (field(stsz, 4).unwrap_or(0), field(stsz, 8).unwrap_or(0) as usize);
    if count > samples_max || (fixed == 0 && stsz.len() < 12 + count * 4) {
        return Err(damaged("stsz"));
    }
    let size = |number: usize| if fixed > 0 { fixed } else { field(stsz, 12 + number * 4).unwrap_or(0) };
    let offsets = chunk_offsets(stbl, count, size)?;
    let mut durations = expand(path(stbl, &[*b"stts"]).unwrap_or_default());
    let mut shifts = expand(path(stbl, &[*b"ctts"]).unwrap_or_default());
    let stss = path(stbl, &[*b"stss"]);
    let keys: Option<std::collections::HashSet<u32>> =
        stss.map(|stss| (8..stss.len()).step_by(4).filter_map(|at| field(stss, at)).collect());
    let mut dts = 0i64;
    let mut entries = Vec::with_capacity(count);
    for (number, (offset, description)) in offsets.into_iter().enumerate() {
        // ctts of version 0 is unsigned by the letter, signed in the files that exist.
        let shift = i64::from(shifts.next().unwrap_or(0) as i32);
        let is_key = keys.as_ref().is_none_or(|keys| keys.contains(&(number as u32 + 1)));
        entries.push(Entry { offset, size: size(number), dts, pts: dts + shift, is_key, description });
        dts += i64::from(durations.next().unwrap_or(0));
    }
    Ok(entries)
}

/// Offset of every sample from the chunk tables (§8.7.4, §8.7.5), and which description it has.
fn chunk_offsets(
    stbl: &[u8],
    count: usize,
    size: impl Fn(usize) -> u32,
) -> Result<Vec<(u64, u16)>, IndexError> {
    let (table, wide) = match (path(stbl, &[*b"co64"]), path(stbl, &[*b"stco"])) {
        (Some(table), _) => (table, true),
        (None, Some(table)) => (table, false),
        (None, None) => return Err(IndexError::Damaged("stco")),
    };
    let chunk = |number: usize| {
        if wide {
            let at = 8 + number * 8;
            Some(u64::from(field(table, at)?) << 32 | u64::from(field(table, at + 4)?))
        } else {
            field(table, 8 + number * 4).map(u64::from)
        }
    };
    let stsc = path(stbl, &[*b"stsc"]).ok_or(IndexError::Damaged("stsc"))?;
    let mut offsets = Vec::with_capacity(count);
    let (mut run, mut per_chunk, mut number, mut description) = (0, 0, 0, 0);
    while offsets.len() < count {
        if field(stsc, 8 + run * 12) == Some(number as u32 + 1) {
            per_chunk = field(stsc, 12 + run * 12).unwrap_or(0);
            description = description_number(field(stsc, 16 + run * 12));
            run += 1;
        }
        let mut offset = chunk(number).filter(|_| per_chunk > 0).ok_or(IndexError::Damaged("stsc"))?;
        for _ in 0..per_chunk {
            if offsets.len() == count {
                break;
            }
            offsets.push((offset, description));
            offset = offset.saturating_add(u64::from(size(offsets.len() - 1)));
        }
        number += 1;
    }
    Ok(offsets)
}

/// Number of a description, from 0, as a table names it, from 1.
fn description_number(named: Option<u32>) -> u16 {
    named.and_then(|number| u16::try_from(number.saturating_sub(1)).ok()).unwrap_or(0)
}

/// The values of a run-length table (`stts`, `ctts`).
fn expand(table: &[u8]) -> impl Iterator<Item = u32> + '_ {
    (8..table.len()).step_by(8).flat_map(|at| {
        let count = field(table, at).unwrap_or(0) as usize;
        std::iter::repeat_n(field(table, at + 4).unwrap_or(0), count)
    })
}

impl Track {
    /// G.711 stands in some files sample by sample; makes pieces of it as cameras send them.
    fn join_samples(&mut self, parameters: &SoundParameters) {
        if parameters.codec == SoundCodec::Aac {
            return;
        }
        let piece_bytes = parameters.rate_hz / PIECES_A_SECOND * u32::from(parameters.channels.max(1));
        self.entries.dedup_by(|next, piece| {
            let follows = piece.offset + u64::from(piece.size) == next.offset;
            let fits = follows && piece.size.saturating_add(next.size) <= piece_bytes;
            if fits {
                piece.size += next.size;
            }
            fits
        });
    }

    /// One movie fragment (§8.8); `moof_at` is where the box begins in the file.
    fn read_moof(&mut self, moof: &[u8], moof_at: u64) -> Result<(), IndexError> {
        for traf in boxes(moof).filter(|(kind, _)| kind == b"traf").map(|(_, content)| content) {
            let tfhd = path(traf, &[*b"tfhd"]).ok_or(IndexError::Damaged("tfhd"))?;
            if field(tfhd, 4) != Some(self.id) {
                continue;
            }
            let mut fields = Fields { data: tfhd, at: 8 };
            let flags = field(tfhd, 0).unwrap_or(0);
            let base = if flags & 1 == 0 { moof_at } else { fields.wide().unwrap_or(moof_at) };
            self.description = fields
                .next_if(flags & 2 != 0)
                .map_or(self.default_description, |n| description_number(Some(n)));
            let mut defaults = self.defaults;
            for (bit, default) in [8, 0x10, 0x20].into_iter().zip(&mut defaults) {
                if flags & bit != 0 {
                    *default = fields.next().unwrap_or(0);
                }
            }
            if let Some(tfdt) = path(traf, &[*b"tfdt"]) {
                let mut time = Fields { data: tfdt, at: 4 };
                let wide = tfdt.first() == Some(&1);
                let dts = if wide { time.wide() } else { time.next().map(u64::from) };
                self.next_dts =
                    dts.and_then(|dts| i64::try_from(dts).ok()).ok_or(IndexError::Damaged("tfdt"))?;
            }
            let mut offset = base;
            for trun in boxes(traf).filter(|(kind, _)| kind == b"trun").map(|(_, content)| content) {
                offset = self.read_trun(trun, base, offset, defaults)?;
            }
        }
        Ok(())
    }

    /// One run of samples (§8.8.8); returns where the next run's data begins.
    fn read_trun(
        &mut self,
        trun: &[u8],
        base: u64,
        continued: u64,
        defaults: [u32; 3],
    ) -> Result<u64, IndexError> {
        let damaged = IndexError::Damaged("trun");
        let flags = field(trun, 0).unwrap_or(0);
        let mut fields = Fields { data: trun, at: 4 };
        let count = fields.next().unwrap_or(0) as usize;
        let per_sample = (flags >> 8 & 0xf).count_ones() as usize * 4;
        if self.entries.len() + count > self.samples_max || trun.len() < 8 + count * per_sample {
            return Err(damaged);
        }
        let mut offset = continued;
        if flags & 1 != 0 {
            let relative = i64::from(fields.next().unwrap_or(0) as i32);
            offset = base.checked_add_signed(relative).ok_or(damaged)?;
        }
        let first_flags = if flags & 4 != 0 { fields.next() } else { None };
        for number in 0..count {
            let duration = fields.next_if(flags & 0x100 != 0).unwrap_or(defaults[0]);
            let size = fields.next_if(flags & 0x200 != 0).unwrap_or(defaults[1]);
            let own_flags = fields.next_if(flags & 0x400 != 0);
            let sample_flags = own_flags.or(first_flags.filter(|_| number == 0)).unwrap_or(defaults[2]);
            let shift = i64::from(fields.next_if(flags & 0x800 != 0).unwrap_or(0) as i32);
            let is_key = sample_flags & 0x1_0000 == 0;
            let (dts, pts) = (self.next_dts, self.next_dts.saturating_add(shift));
            self.entries.push(Entry { offset, size, dts, pts, is_key, description: self.description });
            self.next_dts = self.next_dts.saturating_add(i64::from(duration));
            offset = offset.saturating_add(u64::from(size));
        }
        Ok(offset)
    }
}

/// The boxes inside a box, until the first damaged one.
fn boxes(content: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = content;
    std::iter::from_fn(move || {
        let length = field(rest, 0)? as usize;
        let kind = [*rest.get(4)?, *rest.get(5)?, *rest.get(6)?, *rest.get(7)?];
        let length = if length == 0 { rest.len() } else { length };
        let inside = rest.get(8..length)?;
        rest = &rest[length..];
        Some((kind, inside))
    })
}

/// The content of the first box along a path of kinds.
fn path<'a>(content: &'a [u8], kinds: &[[u8; 4]]) -> Option<&'a [u8]> {
    kinds.iter().try_fold(content, |inside, wanted| {
        boxes(inside).find(|(kind, _)| kind == wanted).map(|(_, content)| content)
    })
}

fn field(content: &[u8], at: usize) -> Option<u32> {
    content.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

/// Reads 32-bit fields one after the other.
struct Fields<'a> {
    data: &'a [u8],
    at: usize,
}

impl Fields<'_> {
    fn next(&mut self) -> Option<u32> {
        let value = field(self.data, self.at);
        self.at += 4;
        value
    }

    fn next_if(&mut self, present: bool) -> Option<u32> {
        if present { self.next() } else { None }
    }

    fn wide(&mut self) -> Option<u64> {
        Some(u64::from(self.next()?) << 32 | u64::from(self.next()?))
    }
}
