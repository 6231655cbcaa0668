//! Disks of recordings as they travel.

use platform::recording::DiskView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// Bytes of a GiB, in which people count disks.
const GIB: u64 = 1 << 30;

/// A disk with what is known of it now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingDisk {
    /// Id, also written on the disk itself.
    pub id: Uuid,
    /// Name for people.
    pub name: String,
    /// Absolute path of its folder.
    pub folder: String,
    /// `active`, `read_only`, `failed`, `retired`.
    pub state: &'static str,
    /// Most bytes of recordings.
    pub quota_bytes: i64,
    /// Bytes that stay free of the file system.
    pub head_room_bytes: i64,
    /// What the index knows to lie there, bytes.
    pub used_bytes: i64,
    /// How many files they are.
    pub segments: i64,
    /// Deleted, and not yet known to be gone, bytes.
    pub garbage_bytes: i64,
    /// Free bytes of the file system; none of a disk that is not written to.
    pub free_bytes: Option<u64>,
    /// How much may still be written, by quota and head-room.
    pub left_bytes: Option<u64>,
    /// Bytes that wait to be written.
    pub queued_bytes: Option<u64>,
    /// Whether recording waits for room.
    pub is_full: bool,
    /// Why it is out of service, as a stable code; none while it is not.
    pub out_code: Option<&'static str>,
    /// The same in words.
    pub out_reason: Option<String>,
    /// When the newest file on it begins.
    pub newest_at: Option<Moment>,
    /// When it was entered.
    pub created_at: Moment,
}

/// Every disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingDisks {
    /// By name, retired ones last.
    pub items: Vec<RecordingDisk>,
}

/// A disk to enter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecordingDisk {
    /// Name for people.
    pub name: String,
    /// Absolute path of a folder on it.
    pub folder: String,
    /// Most GiB of recordings.
    pub quota_gib: u64,
    /// GiB that stay free of the file system.
    pub head_room_gib: u64,
}

/// Changes to a disk; an absent field stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingDiskPatch {
    /// Name for people.
    pub name: Option<String>,
    /// Most GiB of recordings.
    pub quota_gib: Option<u64>,
    /// GiB that stay free of the file system.
    pub head_room_gib: Option<u64>,
    /// `active`, `read_only` or `retired`.
    pub state: Option<String>,
}

/// GiB as bytes.
pub fn bytes_of(gib: u64) -> u64 {
    gib.saturating_mul(GIB)
}

impl From<DiskView> for RecordingDisk {
    fn from(view: DiskView) -> Self {
        let (row, status) = (view.row, view.status);
        let out = status.as_ref().and_then(|status| status.out.as_ref());
        Self {
            id: row.disk.id.0,
            state: row.disk.state.as_str(),
            quota_bytes: row.disk.quota_bytes,
            head_room_bytes: row.disk.head_room_bytes,
            used_bytes: row.used_bytes,
            segments: row.segments,
            garbage_bytes: row.garbage_bytes,
            free_bytes: status.as_ref().map(|status| status.room.free_bytes()),
            left_bytes: status.as_ref().map(|status| status.room.left_bytes()),
            queued_bytes: status.as_ref().map(|status| status.queued_bytes),
            is_full: status.as_ref().is_some_and(|status| status.is_full),
            out_code: status.as_ref().and_then(|status| Some(status.out.as_ref()?.code())),
            out_reason: out.map(ToString::to_string),
            newest_at: moment(view.newest_at),
            created_at: row.created_at.into(),
            name: row.disk.name,
            folder: row.disk.folder,
        }
    }
}
