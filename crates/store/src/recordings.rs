//! Recordings: which file on which disk holds which minutes of which camera, what is missing of them, how long they stay, and who looked.
//! What has to go and what a gap means is the domain's word; the files are the recorder's. Here are the rows.
//!
//! The idea needed to read it: a **track** is the recordings of one camera at one unit. A camera that moves begins another, so that
//! whoever sees a unit sees what was recorded there and nothing else. A segment's key is its track and its first millisecond in one
//! number, so that any stretch of a camera is one range of keys.

mod buckets;
mod by_hand;
mod days;
mod deletion;
mod disks;
mod due;
mod export_work;
mod exports;
mod gaps;
mod health;
mod lookups;
mod moving;
mod next;
mod obstacles;
mod pins;
mod retention;
mod segments;
mod track;
mod write;

pub use buckets::BucketRecord;
pub use days::CameraDayRecord;
pub use deletion::{Condemned, DeletionFilter, DeletionRow, Garbage};
pub use disks::{DiskRecord, DiskRow};
pub use due::{DeletionCandidate, SegmentAge};
pub use exports::{ExportFile, ExportRow, NewExport};
pub use gaps::{GapFilter, GapRow};
pub use health::RecordingHealth;
pub use lookups::{LookupFilter, LookupRow, NewLookup};
pub use moving::{DueToMove, MoveRule, WaitingToMove};
pub use next::NextDeletion;
pub use obstacles::Obstacle;
pub use pins::{NewPin, PinRow};
pub use retention::{UnitRetention, UnitRetentionRow};
pub use segments::SegmentRow;
pub use write::{NewSegment, OpenSegment, SegmentGrowth};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longest segment, microseconds; the database refuses more. Whoever asks for a stretch begins this much earlier.
pub const SEGMENT_MAX_US: i64 = 600_000_000;
/// Largest packed list of fragments of one segment: ten minutes in fragments of a fifth of a second at 16 bytes each.
pub const FRAGMENTS_MAX_BYTES: usize = 48 << 10;

/// Keys of one track: 2^42 milliseconds last until 2109.
const TRACK_KEYS: i64 = 1 << 42;
/// Microseconds of a day.
const DAY_US: i64 = 86_400_000_000;

/// A segment: its track and its first millisecond. Larger than what a browser's numbers hold exactly: sent to one, it is a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SegmentKey(pub i64);

impl SegmentKey {
    /// The key of the segment of `track` that begins at `start`.
    fn of(track: i64, start: Timestamp) -> Self {
        Self(track * TRACK_KEYS + start.as_millisecond())
    }

    fn track(self) -> i64 {
        self.0 / TRACK_KEYS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_key_of_the_last_track_is_the_largest_number() {
        let last = SegmentKey::of((1 << 21) - 1, "2109-05-15T07:35:11.103999Z".parse().unwrap());
        assert_eq!(last, SegmentKey(i64::MAX));
        for at in ["1970-01-01T00:00:00Z", "2026-11-29T06:00:00.123456Z", "2109-05-15T07:35:11.103Z"] {
            assert_eq!(SegmentKey::of(4711, at.parse().unwrap()).track(), 4711, "{at}");
        }
    }
}
