//! What the recorder tells: which bytes are safe, what was lost and why, and which disk is out.
//!
//! The ledger is written from these events by somebody else, so that no stream and no writing thread ever waits for a database. Only
//! bytes that are on the medium are told; what has been written since the last round is not.

use super::disk::OutReason;
use super::entries::Entry;
use super::fragment::StreamId;
use super::identity::DiskId;
use std::path::PathBuf;
use std::sync::Arc;

/// A file, while it is written. Counts within one run of the program; for ever a file is known by its disk and path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SegmentId(pub u64);

/// A file of about a minute of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentInfo {
    /// Its number in this run.
    pub id: SegmentId,
    /// Whose it is.
    pub stream: StreamId,
    /// Where it lies.
    pub disk: DiskId,
    /// Path below the disk's folder.
    pub path: PathBuf,
    /// Wall clock of its first picture, microseconds UTC.
    pub begins_at_us: i64,
}

/// Why footage is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DropCause {
    /// The disk cannot keep up.
    Overload,
    /// No room: the quota is used up or the disk is full.
    Full,
    /// The disk failed while it was being written, or before it was safe.
    DiskOut,
    /// No disk is in service.
    NoDisk,
    /// A write failed for another reason; the next one is tried.
    WriteFailed,
    /// The program stopped before it was written.
    Stopped,
    /// The fragment is not one: its times or sizes are impossible.
    Refused,
}

impl DropCause {
    /// Stable code for rows and interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overload => "overload",
            Self::Full => "disk_full",
            Self::DiskOut => "disk_out",
            Self::NoDisk => "no_disk",
            Self::WriteFailed => "write_failed",
            Self::Stopped => "stopped",
            Self::Refused => "refused",
        }
    }
}

/// Something to be told.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordEvent {
    /// A file is there for good, name included. Comes before everything else about it.
    Opened(Arc<SegmentInfo>),
    /// These fragments of it are safe: all so far, not only the new ones.
    Synced {
        /// The file.
        segment: Arc<SegmentInfo>,
        /// Its safe fragments in order.
        entries: Vec<Entry>,
    },
    /// As `Synced`, and nothing more will be written to it.
    Closed {
        /// The file.
        segment: Arc<SegmentInfo>,
        /// Its safe fragments in order.
        entries: Vec<Entry>,
    },
    /// Footage that was received and is not kept, or not surely.
    Dropped {
        /// Whose it was.
        stream: StreamId,
        /// Wall clock of its beginning, microseconds UTC.
        from_us: i64,
        /// Wall clock of its end.
        to_us: i64,
        /// Why.
        cause: DropCause,
    },
    /// A disk has no room. Told once until there is some again.
    DiskFull {
        /// Which.
        disk: DiskId,
        /// How much should be deleted from it.
        to_free_bytes: u64,
    },
    /// A disk is out of service. Somebody has to look.
    DiskOut {
        /// Which.
        disk: DiskId,
        /// Why.
        reason: OutReason,
    },
    /// A disk is in service again.
    DiskBack {
        /// Which.
        disk: DiskId,
    },
}

/// Takes events. Called from the recorder's threads and from streams; must not wait: put it into a channel.
pub type Sink = Arc<dyn Fn(RecordEvent) + Send + Sync>;
