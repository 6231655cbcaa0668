//! What is really in a file, whatever the ledger says: the whole fragments, and where the first damaged one begins.
//!
//! After a crash a file may have more than the ledger knows, and end in the middle of a fragment. After a power cut its length may
//! even be right and its content not there yet, so pictures beyond what was known to be safe are looked at: the lengths before their
//! units must add up.

use super::entries::{ENTRIES_MAX, Entry};
use super::files::{OpenFile, read_exactly};
use super::moof::{MOOF_BYTES_MAX, Run, read_runs};
use super::moov::{INIT_BYTES_MAX, Track, TrackKind, read_tracks};
use super::segment::from_ntp;
use super::walk::u64_at;
use crate::nal::UNITS_MAX;
use bytes::Bytes;
use std::io;

/// Most boxes looked at between fragments and in all; ours has three a fragment.
const BOXES_MAX: usize = 8 * ENTRIES_MAX;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// `ftyp` and `moov`.
    pub init: Bytes,
    /// Whole fragments in order.
    pub entries: Vec<Entry>,
    /// Where the last of them ends, or `init` where there is none.
    pub whole_bytes: u64,
    /// Length of the file.
    pub file_bytes: u64,
}

/// Why a file could not be read as one of ours.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The file system answers with an error.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// No whole `ftyp` and `moov` at the beginning.
    #[error("not a recorded file: no beginning that a player understands")]
    NoInit,
}

/// A box of the file itself.
#[derive(Debug, Clone, Copy)]
struct Outer {
    kind: [u8; 4],
    at: u64,
    header_bytes: u64,
    end: u64,
}

/// Reads a file's fragments. Those that end behind `safe_bytes` are looked into. A fragment without a time stamp is taken to follow the
/// one before; `begins_at_us` stands for the first.
pub fn scan(file: &dyn OpenFile, safe_bytes: u64, begins_at_us: i64) -> Result<Found, ScanError> {
    let file_bytes = file.length()?;
    let (init, tracks) = read_init(file, file_bytes)?;
    let whole_bytes = init.len() as u64;
    let mut found = Found { init, entries: Vec::new(), whole_bytes, file_bytes };
    let mut at = whole_bytes;
    let mut stamp_us = None;
    for _ in 0..BOXES_MAX {
        let Some(outer) = outer_at(file, at, file_bytes)? else { break };
        at = outer.end;
        match &outer.kind {
            b"prft" => stamp_us = read_stamp(file, outer)?,
            b"moof" => {
                let follows_us = found.entries.last().map_or(begins_at_us, Entry::ends_at_us);
                let begins_at_us = stamp_us.take().unwrap_or(follows_us);
                let Some(entry) = read_fragment(file, outer, &tracks, begins_at_us, safe_bytes)? else {
                    break;
                };
                at = entry.end();
                found.whole_bytes = at;
                found.entries.push(entry);
                if found.entries.len() == ENTRIES_MAX {
                    break;
                }
            }
            b"mdat" => break,
            _ => {}
        }
    }
    Ok(found)
}

/// `ftyp` and `moov` as they stand at the beginning of a file.
pub(super) fn read_init(file: &dyn OpenFile, file_bytes: u64) -> Result<(Bytes, Vec<Track>), ScanError> {
    let ftyp =
        outer_at(file, 0, file_bytes)?.filter(|outer| outer.kind == *b"ftyp").ok_or(ScanError::NoInit)?;
    let moov = outer_at(file, ftyp.end, file_bytes)?.filter(|outer| outer.kind == *b"moov");
    let end = moov.map(|moov| moov.end).filter(|end| *end <= INIT_BYTES_MAX).ok_or(ScanError::NoInit)?;
    let mut init = vec![0; end as usize];
    read_exactly(file, &mut init, 0)?;
    let tracks = read_tracks(&init).ok_or(ScanError::NoInit)?;
    Ok((init.into(), tracks))
}

/// The box at a place; `None` where it is not whole.
fn outer_at(file: &dyn OpenFile, at: u64, file_bytes: u64) -> io::Result<Option<Outer>> {
    let left = file_bytes.saturating_sub(at);
    if left < 8 {
        return Ok(None);
    }
    let mut head = [0; 16];
    let have = left.min(16) as usize;
    read_exactly(file, &mut head[..have], at)?;
    let kind = [head[4], head[5], head[6], head[7]];
    let (header_bytes, length) = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
        1 if have == 16 => (16, u64_at(&head, 8).unwrap_or(0)),
        length => (8, u64::from(length)),
    };
    let is_whole = length >= header_bytes && length <= left;
    Ok(is_whole.then_some(Outer { kind, at, header_bytes, end: at + length }))
}

fn read_stamp(file: &dyn OpenFile, outer: Outer) -> io::Result<Option<i64>> {
    let mut stamp = [0; 16];
    if outer.end - outer.at < 24 {
        return Ok(None);
    }
    read_exactly(file, &mut stamp, outer.at + 8)?;
    Ok(u64_at(&stamp, 8).map(from_ntp))
}

/// `moof` and the `mdat` behind it; `None` where they are not whole or not ours.
fn read_fragment(
    file: &dyn OpenFile,
    outer: Outer,
    tracks: &[Track],
    begins_at_us: i64,
    safe_bytes: u64,
) -> io::Result<Option<Entry>> {
    let moof_bytes = outer.end - outer.at;
    if moof_bytes > MOOF_BYTES_MAX {
        return Ok(None);
    }
    let mut moof = vec![0; moof_bytes as usize];
    read_exactly(file, &mut moof, outer.at)?;
    let mdat = outer_at(file, outer.end, file.length()?)?.filter(|mdat| mdat.kind == *b"mdat");
    let (Some(mdat), Some(runs)) = (mdat, read_runs(&moof, tracks)) else { return Ok(None) };
    let (head_bytes, end) = (mdat.at + mdat.header_bytes - outer.at, mdat.end - outer.at);
    let lies_inside = |run: &Run| run.data_at >= head_bytes && run.data_at + run.bytes() <= end;
    if runs.is_empty() || !runs.iter().all(lies_inside) {
        return Ok(None);
    }
    let is_checked = mdat.end > safe_bytes;
    for run in runs.iter().filter(|run| is_checked && tracks[run.track].kind == TrackKind::Pictures) {
        if !units_add_up(file, run, outer.at)? {
            return Ok(None);
        }
    }
    Ok(entry_of(&runs, tracks, outer.at, head_bytes, end, begins_at_us))
}

fn entry_of(
    runs: &[Run],
    tracks: &[Track],
    offset: u64,
    head_bytes: u64,
    end: u64,
    begins_at_us: i64,
) -> Option<Entry> {
    let is_leading = |run: &&Run| tracks[run.track].kind == TrackKind::Pictures;
    let leading = runs.iter().find(is_leading).or(runs.first())?.track;
    let of_leading = || runs.iter().filter(|run| run.track == leading);
    let ticks: u64 = of_leading().map(Run::duration).sum();
    let duration_us = u128::from(ticks) * 1_000_000 / u128::from(tracks[leading].timescale);
    let entry = Entry {
        offset,
        head_bytes: u32::try_from(head_bytes).ok()?,
        sample_bytes: u32::try_from(end - head_bytes).ok()?,
        begins_at_us,
        duration_us: i64::try_from(duration_us).ok()?,
        is_key: of_leading().next()?.samples.first()?.is_key,
        frames: of_leading().map(|run| run.samples.len() as u32).sum(),
    };
    entry.is_possible().then_some(entry)
}

/// Do the lengths before the units of each picture add up to its size? Bytes that never reached the medium are zero, and do not.
fn units_add_up(file: &dyn OpenFile, run: &Run, moof_at: u64) -> io::Result<bool> {
    let mut at = moof_at + run.data_at;
    for sample in &run.samples {
        let end = at + u64::from(sample.size);
        let mut units = 0;
        while at < end {
            let mut length = [0; 4];
            units += 1;
            if end - at <= 4 || units > UNITS_MAX {
                return Ok(false);
            }
            read_exactly(file, &mut length, at)?;
            match u64::from(u32::from_be_bytes(length)) {
                0 => return Ok(false),
                length => at += 4 + length,
            }
        }
        if at != end {
            return Ok(false);
        }
    }
    Ok(true)
}
