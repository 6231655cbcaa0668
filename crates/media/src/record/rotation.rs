//! When does the next file begin?
//!
//! Once a minute, at another moment of the minute for each stream, so that a hundred streams do not open and close their files
//! together. Besides, whenever the file would otherwise say something wrong: other parameters, a clock that was set, a hole in time.

use super::entries::{ENTRIES_MAX, Entry};
use super::fragment::{Fragment, Init, StreamId};
use super::moof::first_decoding_time;
use super::moov::read_tracks;
use super::selection::HOLE_KEPT_US;
use std::sync::Arc;

/// Length of a file. A minute costs a disk less than a hundredth of its time in seeks, and is what is lost of an index at worst.
const SEGMENT_US: i64 = 60_000_000;
/// Without a key picture a file goes on, but not for ever.
const SEGMENT_MAX_US: i64 = 5 * SEGMENT_US;
/// Largest file: 130 Mbit/s for a minute.
const BYTES_MAX: u64 = 1 << 30;
/// A clock that is corrected gently never goes back by more.
const BACK_MAX_US: i64 = 500_000;
/// A camera that reconnects is back within this; more is a clock that was set forward, or a gap worth a file of its own.
const AHEAD_MAX_US: i64 = 10_000_000;

/// Decoding times and our clock differ by so much at most where there is no hole; the one is bent gently to the other.
const DRIFT_MAX_US: i64 = 1_000_000;

/// The file that is being filled.
#[derive(Debug)]
pub(super) struct Rotation {
    init: Arc<Init>,
    phase_us: i64,
    begins_at_us: i64,
    ends_at_us: i64,
    bytes: u64,
    fragments: usize,
    /// Clock of each track.
    timescales: Vec<(u32, u32)>,
    /// Beginning of the last fragment: by our clock, and as its track and decoding time.
    last: Option<(i64, (u32, u64))>,
}

impl Rotation {
    /// A file that begins with this fragment, which is still to be added.
    pub(super) fn begin(stream: StreamId, first: &Fragment) -> Self {
        Self {
            init: first.init.clone(),
            phase_us: phase_us(stream),
            begins_at_us: first.begins_at_us,
            ends_at_us: first.begins_at_us,
            bytes: 0,
            fragments: 0,
            timescales: timescales(&first.init),
            last: None,
        }
    }

    /// Does this fragment still belong to it?
    pub(super) fn takes(&self, next: &Fragment) -> bool {
        let is_same = Arc::ptr_eq(&self.init, &next.init) || self.init == next.init;
        let step_us = next.begins_at_us.saturating_sub(self.ends_at_us);
        let minute = |at_us: i64| at_us.saturating_add(self.phase_us).div_euclid(SEGMENT_US);
        let is_due = next.is_key && minute(next.begins_at_us) != minute(self.begins_at_us);
        is_same
            && (-BACK_MAX_US..=AHEAD_MAX_US).contains(&step_us)
            && next.begins_at_us >= self.begins_at_us
            && next.begins_at_us - self.begins_at_us < SEGMENT_MAX_US
            && !is_due
            && self.goes_on(next, step_us)
            && self.fragments < ENTRIES_MAX
            && self.bytes + next.bytes() <= BYTES_MAX
    }

    /// Do decoding times go on as our clock does? Readers of a range rely on it between fragments without a hole, and players of the file everywhere.
    fn goes_on(&self, next: &Fragment, step_us: i64) -> bool {
        let (Some((last_us, (track, last))), Some((same, time))) =
            (self.last, first_decoding_time(&next.head))
        else {
            return true;
        };
        let Some((_, timescale)) = self.timescales.iter().find(|(id, _)| *id == track && track == same)
        else {
            return true;
        };
        let Some(ticks) = time.checked_sub(last).filter(|ticks| *ticks > 0) else { return false };
        let passed_us = u128::from(ticks) * 1_000_000 / u128::from(*timescale);
        let by_clock_us = next.begins_at_us.saturating_sub(last_us);
        let drift_us = i64::try_from(passed_us).unwrap_or(i64::MAX).saturating_sub(by_clock_us);
        step_us > HOLE_KEPT_US || drift_us.saturating_abs() <= DRIFT_MAX_US
    }

    /// A fragment was put into it.
    pub(super) fn add(&mut self, fragment: &Fragment) {
        self.ends_at_us = fragment.ends_at_us();
        self.bytes += fragment.bytes();
        self.fragments += 1;
        self.last = first_decoding_time(&fragment.head).map(|time| (fragment.begins_at_us, time));
        // Later comparisons find the same pointer again.
        self.init = fragment.init.clone();
    }
}

fn timescales(init: &Init) -> Vec<(u32, u32)> {
    let tracks = read_tracks(&init.0).unwrap_or_default();
    tracks.iter().map(|track| (track.id, track.timescale)).collect()
}

/// Where in the minute a stream changes files. Neighbouring numbers should be far apart, so they are multiplied by an odd constant (that of
/// the golden ratio) and the upper bits used.
fn phase_us(stream: StreamId) -> i64 {
    let folded = (stream.0 ^ stream.0 >> 64) as u64;
    let spread = folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    (spread as i64 * SEGMENT_US) >> 32
}

/// May it be in a file at all? What an entry cannot say cannot be found again.
pub(super) fn is_possible(fragment: &Fragment) -> bool {
    let entry = Entry {
        offset: 0,
        head_bytes: fragment.head.len() as u32,
        sample_bytes: 0,
        begins_at_us: fragment.begins_at_us,
        duration_us: fragment.duration_us,
        is_key: fragment.is_key,
        frames: fragment.frames,
    };
    entry.is_possible() && fragment.bytes() <= BYTES_MAX && !fragment.head.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    fn init() -> Arc<Init> {
        Arc::new(Init(Bytes::from_static(b"init")))
    }

    fn fragment(init: &Arc<Init>, begins_at_us: i64) -> Fragment {
        let head = Bytes::from_static(b"head");
        let samples = vec![Bytes::from_static(b"sample")];
        Fragment {
            init: init.clone(),
            head,
            samples,
            begins_at_us,
            duration_us: 2_000_000,
            is_key: true,
            frames: 50,
        }
    }

    /// A file with a first fragment.
    fn begun(stream: u128, first: &Fragment) -> Rotation {
        let mut begun = Rotation::begin(StreamId(stream), first);
        begun.add(first);
        begun
    }

    /// Lengths of the files of a stream of fragments of 2 s.
    fn lengths(stream: u128, fragments: i64) -> Vec<usize> {
        let init = init();
        let mut lengths = vec![1];
        let mut rotation = begun(stream, &fragment(&init, 0));
        for number in 1..fragments {
            let next = fragment(&init, number * 2_000_000);
            if rotation.takes(&next) {
                rotation.add(&next);
                *lengths.last_mut().unwrap() += 1;
            } else {
                rotation = begun(stream, &next);
                lengths.push(1);
            }
        }
        lengths
    }

    #[test]
    fn files_are_a_minute_long_whatever_the_stream() {
        for stream in 0..50 {
            let lengths = lengths(stream, 200);
            assert!(
                lengths[1..lengths.len() - 1].iter().all(|length| *length == 30),
                "{stream}: {lengths:?}"
            );
        }
    }

    #[test]
    fn streams_change_files_at_different_moments() {
        let mut phases: Vec<i64> = (0..60).map(|stream| phase_us(StreamId(stream)) / 6_000_000).collect();
        phases.sort_unstable();
        phases.dedup();
        assert_eq!(phases, (0..10).collect::<Vec<_>>(), "every tenth of the minute is used");
    }

    #[test]
    fn a_clock_that_jumps_begins_a_file_and_a_short_outage_does_not() {
        let init = init();
        let rotation = begun(0, &fragment(&init, 10_000_000));
        let takes = |begins_at_us| rotation.takes(&fragment(&init, begins_at_us));
        assert!(takes(12_000_000) && takes(11_600_000) && takes(20_000_000));
        assert!(!takes(11_400_000) && !takes(9_000_000) && !takes(23_000_000));
    }

    #[test]
    fn other_parameters_begin_a_file_and_equal_ones_do_not() {
        let rotation = begun(0, &fragment(&init(), 0));
        assert!(rotation.takes(&fragment(&init(), 2_000_000)));
        let other = Arc::new(Init(Bytes::from_static(b"other")));
        assert!(!rotation.takes(&fragment(&other, 2_000_000)));
    }

    #[test]
    fn a_due_file_waits_for_a_key_picture() {
        let rotation = begun(0, &fragment(&init(), 59_000_000));
        let next = fragment(&init(), 61_000_000);
        assert!(!rotation.takes(&next));
        assert!(rotation.takes(&Fragment { is_key: false, ..next }));
    }
}
