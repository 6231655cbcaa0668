//! Recording: fragments of streams to disks, and any range of them back as an ordinary file.
//!
//! What is lost is the measure of a recorder. One fragment a group of pictures is appended to the stream's file of the minute as soon as
//! it is whole, so a killed process loses the group it was in. Every few seconds all files are synced, so a power cut loses less than
//! five seconds. A file is a fragmented MP4 that plays wherever it is cut, and carries our clock before each fragment, so that it can
//! be understood without the ledger.
//!
//! What is not here: pictures and sound (samples are bytes), the ledger (it is written from [`RecordEvent`]s by somebody else), and
//! what is deleted when (only how much must be). Nothing here reads the clock; threads wait.
//!
//! Alternatives: sample bytes without a container and an index of every sample in the database need less space, but a file then means
//! nothing without its row, and the open minute is lost. Ordinary MP4 is unreadable until it is closed. Short files that are joined
//! later write everything twice.
//!
//! Order of reading: [`fragment`](Fragment), [`recorder`](Recorder), `writer`, `syncer`; then [`scan()`], [`mend`], [`Plan`].

mod bucket;
mod disk;
mod entries;
mod event;
#[cfg(test)]
mod faults;
mod files;
mod fragment;
mod identity;
mod inventory;
mod mend;
mod moof;
mod moov;
mod plain;
mod plan;
mod playlist;
mod pool;
mod queue;
mod recorder;
mod registry;
mod removal;
mod room;
mod rotation;
mod scan;
mod segment;
mod selection;
mod source;
mod stream;
mod syncer;
mod tables;
#[cfg(test)]
mod tests;
mod walk;
mod writer;

pub use bucket::{
    BucketAddress, BucketAddressError, BucketFiles, BucketKeys, BucketTrouble, Pace, Places, Uploaded,
};
pub use disk::{DiskSettings, DiskStatus, OutReason};
pub use entries::{
    DURATION_MAX_US, ENTRIES_MAX, EntriesError, Entry, FRAMES_MAX, SEGMENT_BYTES_MAX, TIME_MAX_US,
    read_entries, write_entries,
};
pub use event::{DropCause, RecordEvent, SegmentId, SegmentInfo, Sink};
pub use files::{Files, OpenFile, Space, SystemFiles};
pub use fragment::{Fragment, Init, StreamId};
pub use identity::{DiskId, IDENTITY_FILE, IdentityError, check_identity, make_disk, read_identity};
pub use inventory::{INVENTORY_MAX, Recorded, inventory};
pub use mend::{Mended, mend};
pub use plain::plain_file;
pub use plan::{Mark, Plan, PlanError, PlanReader};
pub use playlist::playlist;
pub use pool::PoolSettings;
pub use recorder::{Recorder, StreamRecorder};
pub use removal::remove_recorded;
pub use room::{Room, RoomLimits};
pub use scan::{Found, ScanError, scan};
pub use segment::{day_folder, recorded_file};
pub use selection::Footage;
pub use stream::{FragmentStream, Step, fragment_stream};
