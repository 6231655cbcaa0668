//! The recording desk: which cameras are recorded, where it lies, how long it stays, what is missing and why, who looked, what leaves.
//!
//! `media::record` writes files and tells what is safe; `domain::recording` says what that means; the rows are the store's. Here they are
//! joined. The one idea needed to read it: **the recorder never waits for the database**. What it tells goes into a channel without an end, and
//! the ledger's task writes it down in batches; what was not written when the program ended is read back from the files at the next start.
//!
//! Order of reading: `supervise` (a camera's stream becomes a recording), `ledger`, `mending`; then `retention`, `moving` and `days`; then `lookups`,
//! `timeline`, `playback`, `exports`.

mod buckets;
mod check;
mod clips;
mod days;
mod disks;
mod export_films;
mod export_share;
mod exports;
mod files;
mod film;
mod grants;
mod ledger;
mod lookups;
mod manifest;
mod mending;
mod moving;
mod pins;
mod playback;
mod remake;
mod retention;
mod rounds;
mod standing;
mod start;
mod supervise;
mod timeline;
mod troubles;
mod verify;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::ids::CameraId;
use jiff::{SignedDuration, Timestamp};
use media::record::{Files, Places, Recorder, SystemFiles, recorded_file};
use store::SegmentKey;
use tokio::sync::Notify;

pub use buckets::{BucketEdit, BucketRule, BucketView, NewBucket};
pub use check::{CheckReport, Difference, DifferenceKind};
pub use disks::{DiskEdit, DiskView, NewDisk};
pub use exports::{ExportedFile, NewExportAsk};
pub use files::RecordedFile;
pub use film::{Film, FilmForm};
pub use ledger::LedgerCounts;
pub use lookups::{GrantedLookup, LookupAsk};
pub use pins::PinAsk;
pub use standing::{RecordingState, RecordingStatus, RetentionAsk};
pub use timeline::{Timeline, TimelineAlarm, VideoForm};
pub use verify::{ExportVerdict, FileFinding, FileState, SignatureState, verify_export};

use supervise::Supervised;
pub(crate) use supervise::follow;

/// What the recording desk needs to be told.
#[derive(Debug, Clone)]
pub struct RecordingSettings {
    /// Whether cameras of which nothing was said are recorded.
    pub all_cameras: bool,
    /// Folder of the disk that is made at the first start.
    pub folder: PathBuf,
    /// Most bytes of recordings on it.
    pub quota_bytes: u64,
    /// What stays free of its file system.
    pub head_room_bytes: u64,
    /// Folder of the files of exports.
    pub export_folder: PathBuf,
    /// How long they lie ready.
    pub export_keep: SignedDuration,
}

/// What the desk holds in memory.
pub(crate) struct Desk {
    places: Arc<Places>,
    /// What is known of buckets.
    buckets: Mutex<buckets::Buckets>,
    /// Segments that cannot be moved because their files cannot be read.
    left: Mutex<HashSet<SegmentKey>>,
    /// One round of moving at a time.
    moving: tokio::sync::Mutex<()>,
    recorder: Mutex<Option<Arc<Recorder>>>,
    /// One change of disks at a time.
    changing: tokio::sync::Mutex<()>,
    line: ledger::Line,
    cameras: Mutex<HashMap<CameraId, Supervised>>,
    grants: grants::Grants,
    films: film::Films,
    /// Told when a disk wants room.
    wants_room: Notify,
    /// How far the exports are that are being written.
    export_shares: export_share::Shares,
    /// Told when an export was asked for.
    wants_export: Notify,
    /// Told when something may be due for a bucket.
    wants_move: Notify,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            places: Arc::new(Places::new(Arc::new(SystemFiles))),
            buckets: Mutex::default(),
            left: Mutex::default(),
            moving: tokio::sync::Mutex::default(),
            recorder: Mutex::default(),
            changing: tokio::sync::Mutex::default(),
            line: ledger::Line::default(),
            cameras: Mutex::default(),
            grants: grants::Grants::default(),
            films: film::Films::default(),
            wants_room: Notify::new(),
            export_shares: export_share::Shares::default(),
            wants_export: Notify::new(),
            wants_move: Notify::new(),
        }
    }
}

impl Desk {
    /// The files of all disks, by paths that begin with their folders.
    fn files(&self) -> Arc<dyn Files> {
        self.places.clone()
    }

    fn left(&self) -> MutexGuard<'_, HashSet<SegmentKey>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recorder(&self) -> Option<Arc<Recorder>> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_recorder(&self, recorder: Option<Arc<Recorder>>) {
        *self.recorder.lock().unwrap_or_else(PoisonError::into_inner) = recorder;
    }

    fn cameras(&self) -> MutexGuard<'_, HashMap<CameraId, Supervised>> {
        self.cameras.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a file of a camera lies below its disk.
fn file_of(camera: CameraId, begins_at: Timestamp) -> PathBuf {
    recorded_file(stream_id(camera), begins_at.as_microsecond())
}

/// The recorder's name of a camera's stream.
fn stream_id(camera: CameraId) -> media::record::StreamId {
    media::record::StreamId(camera.0.as_u128())
}

/// The camera of a stream.
fn camera_of(stream: media::record::StreamId) -> CameraId {
    CameraId(uuid::Uuid::from_u128(stream.0))
}

/// The recorder's name of a disk.
fn disk_id(disk: domain::ids::DiskId) -> media::record::DiskId {
    media::record::DiskId(disk.0.as_u128())
}

/// Microseconds of the recorder as a time; far outside what a timestamp holds never comes from it.
fn time(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).unwrap_or_default()
}
