//! A stretch of time as fragments for a player that is fed (Media Source Extensions): the recorded bytes, with decoding times that go on
//! from a position of the caller's choice, and a new beginning wherever the parameters change.

use super::files::Files;
use super::moof::Run;
use super::moov::{Track, TrackKind};
use super::plan::{Mark, Part, Plan, PlanError};
use super::selection::{Footage, select};
use super::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// Most fragments of one plan: two days of groups of two seconds.
const FRAGMENTS_MAX: usize = 100_000;

/// The fragments of a stretch: their bytes, and where in them each lies, for players that pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FragmentStream {
    /// The bytes.
    pub plan: Plan,
    /// What they are, in order.
    pub steps: Vec<Step>,
}

/// A piece of a stream of fragments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A beginning (`ftyp`, `moov`): what follows is coded with its parameters.
    Beginning {
        /// Where it lies in the stream.
        bytes: Range<u64>,
    },
    /// A fragment (`moof`, `mdat`).
    Fragment {
        /// Where it lies in the stream.
        bytes: Range<u64>,
        /// How long it is shown, in microseconds.
        duration_us: i64,
        /// It begins with a picture that is decoded without others.
        is_key: bool,
        /// Its wall clock, microseconds UTC, where it is not simply that of the fragment before, gone on.
        wall_us: Option<i64>,
    },
}

/// Plans the fragments that show any of the time from `from_us` to `to_us`. The first is played at `position_us`, and marks count from there
/// too: a player that has some of the stream already asks for what follows it.
pub fn fragment_stream(
    files: &dyn Files,
    footage: &[Footage],
    from_us: i64,
    to_us: i64,
    position_us: i64,
) -> Result<FragmentStream, PlanError> {
    let pieces = select(footage, from_us, to_us);
    if pieces.len() > FRAGMENTS_MAX {
        return Err(PlanError::TooLong);
    }
    let mut source = Source::new(files, footage);
    let (mut parts, mut marks, mut damaged) = (Vec::new(), Vec::new(), 0);
    let mut steps = Vec::new();
    let (mut number, mut length) = (0, 0);
    let mut end_us = position_us;
    let mut shifts: Arc<[(u32, i64)]> = Arc::new([]);
    let mut is_new_run = true;
    for piece in pieces {
        if source.go_to(piece.file)? {
            let init = source.init().clone();
            steps.push(Step::Beginning { bytes: length..length + init.len() as u64 });
            length += init.len() as u64;
            parts.push(Part::Own(init));
        }
        let entry = piece.entry;
        end_us = end_us.saturating_add(piece.begins_after_us.unwrap_or(0));
        is_new_run |= piece.begins_after_us.is_some();
        let wall_us = is_new_run.then_some(entry.begins_at_us);
        if is_new_run {
            let Some(runs) = source.runs(&entry)? else {
                damaged += 1;
                continue;
            };
            shifts = shifts_to(end_us, &runs, &source.tracks());
            marks.push(Mark { position_us: end_us, wall_us: entry.begins_at_us });
            is_new_run = false;
        }
        number += 1;
        let (file, at, bytes) = (piece.file, entry.offset, u64::from(entry.head_bytes));
        parts.push(Part::Head { file, at, bytes, number, shifts: shifts.clone() });
        parts.push(Part::Recorded { file, at: entry.samples_at(), bytes: u64::from(entry.sample_bytes) });
        let bytes = length..length + bytes + u64::from(entry.sample_bytes);
        length = bytes.end;
        let (duration_us, is_key) = (entry.duration_us, entry.is_key);
        steps.push(Step::Fragment { bytes, duration_us, is_key, wall_us });
        end_us = end_us.saturating_add(entry.duration_us);
    }
    if number == 0 {
        return Err(PlanError::Nothing);
    }
    let paths = footage.iter().map(|footage| footage.path.clone()).collect();
    Ok(FragmentStream { plan: Plan::new(paths, parts, marks, damaged), steps })
}

/// What is added to the decoding times of each track so that the pictures begin at a position and the sound keeps its distance to them.
fn shifts_to(position_us: i64, runs: &[Run], tracks: &[Track]) -> Arc<[(u32, i64)]> {
    let is_leading = |run: &&Run| tracks[run.track].kind == TrackKind::Pictures;
    let Some(leading) = runs.iter().find(is_leading).or(runs.first()) else { return Arc::new([]) };
    let scale = i128::from(tracks[leading.track].timescale);
    let begins = i128::from(position_us) * scale / 1_000_000;
    let shift = begins - i128::from(leading.decoding_time);
    let ticks = |track: &Track| (shift * i128::from(track.timescale)).div_euclid(scale) as i64;
    tracks.iter().map(|track| (track.id, ticks(track))).collect()
}
