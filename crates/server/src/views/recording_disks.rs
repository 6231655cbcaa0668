//! Disks of recordings as they travel.

use platform::recording::{BucketView, DiskView};
use platform::rows::BucketRecord;
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
    /// `folder`, or `s3`: a bucket that finished segments are moved to.
    pub kind: &'static str,
    /// Absolute path of its folder; of a bucket, where it is.
    pub folder: String,
    /// The bucket; none of a folder.
    pub bucket: Option<RecordingBucket>,
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

/// A bucket that is a disk. Its secret is never told.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordingBucket {
    /// Scheme, host and port of the service.
    pub endpoint: String,
    /// Where requests are signed for.
    pub region: String,
    /// Its name.
    pub bucket: String,
    /// Where in it the disk lies; empty: at its top.
    pub prefix: String,
    /// The bucket stands in the path of requests and not before the host.
    pub path_style: bool,
    /// The access key.
    pub access_key_id: String,
    /// `evidence`, `all`.
    pub takes: &'static str,
    /// How long after its end a segment moves, hours.
    pub after_hours: i64,
    /// Most bytes of a second; none: as fast as it goes.
    pub bytes_per_second_max: Option<i64>,
    /// Segments that wait to be moved there; 10 000 stand for more.
    pub waiting_segments: i64,
    /// Their size together, bytes.
    pub waiting_bytes: i64,
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
    /// Absolute path of a folder on it; absent of a bucket.
    pub folder: Option<String>,
    /// The bucket; absent of a folder.
    pub bucket: Option<NewRecordingBucket>,
    /// Most GiB of recordings.
    pub quota_gib: u64,
    /// GiB that stay free of the file system; of no meaning for a bucket.
    #[serde(default)]
    pub head_room_gib: u64,
}

/// A bucket to enter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecordingBucket {
    /// `http://` or `https://`, host and port of the service.
    pub endpoint: String,
    /// Where requests are signed for; services of one's own mostly take `us-east-1`.
    pub region: String,
    /// Its name; it is not made.
    pub bucket: String,
    /// Where in it the disk lies; empty: at its top.
    #[serde(default)]
    pub prefix: String,
    /// The bucket stands in the path of requests and not before the host, as MinIO and Ceph want it.
    #[serde(default)]
    pub path_style: bool,
    /// The access key.
    pub access_key_id: String,
    /// Its secret; written and never read again.
    pub secret: String,
    /// What is moved there, when and how fast.
    pub rule: RecordingBucketRule,
}

/// What is moved to a bucket.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingBucketRule {
    /// `evidence`, `all`.
    pub takes: String,
    /// How long after its end a segment moves, hours; at most 8 760.
    pub after_hours: u32,
    /// Most bytes of a second; absent: as fast as it goes.
    pub bytes_per_second_max: Option<u64>,
}

/// Changes to a bucket; an absent field stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingBucketPatch {
    /// Another access key.
    pub access_key_id: Option<String>,
    /// Another secret.
    pub secret: Option<String>,
    /// What is moved there, when and how fast.
    pub rule: Option<RecordingBucketRule>,
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
    /// What changes of a bucket.
    pub bucket: Option<RecordingBucketPatch>,
}

/// GiB as bytes.
pub fn bytes_of(gib: u64) -> u64 {
    gib.saturating_mul(GIB)
}

impl From<DiskView> for RecordingDisk {
    fn from(view: DiskView) -> Self {
        let (row, status) = (view.row, view.status);
        let out = status.as_ref().and_then(|status| status.out.as_ref());
        let away = view.bucket.as_ref().and_then(|bucket| bucket.out.clone()).unzip();
        let is_full = view.bucket.as_ref().is_some_and(|bucket| bucket.is_full);
        let left = row.disk.quota_bytes - row.used_bytes - row.garbage_bytes;
        let left = row.disk.bucket.is_some().then_some(left.max(0).unsigned_abs());
        Self {
            id: row.disk.id.0,
            kind: if row.disk.bucket.is_some() { "s3" } else { "folder" },
            bucket: row.disk.bucket.map(|bucket| bucket_of(bucket, view.bucket)),
            state: row.disk.state.as_str(),
            quota_bytes: row.disk.quota_bytes,
            head_room_bytes: row.disk.head_room_bytes,
            used_bytes: row.used_bytes,
            segments: row.segments,
            garbage_bytes: row.garbage_bytes,
            free_bytes: status.as_ref().map(|status| status.room.free_bytes()),
            left_bytes: status.as_ref().map(|status| status.room.left_bytes()).or(left),
            queued_bytes: status.as_ref().map(|status| status.queued_bytes),
            is_full: is_full || status.as_ref().is_some_and(|status| status.is_full),
            out_code: out.map_or(away.0, |reason| Some(reason.code())),
            out_reason: out.map(ToString::to_string).or(away.1),
            newest_at: moment(view.newest_at),
            created_at: row.created_at.into(),
            name: row.disk.name,
            folder: row.disk.folder,
        }
    }
}

fn bucket_of(record: BucketRecord, view: Option<BucketView>) -> RecordingBucket {
    let waiting = view.map(|view| view.waiting).unwrap_or_default();
    RecordingBucket {
        endpoint: record.endpoint,
        region: record.region,
        bucket: record.bucket,
        prefix: record.prefix,
        path_style: record.path_style,
        access_key_id: record.access_key_id,
        takes: record.takes.as_str(),
        after_hours: record.after_hours,
        bytes_per_second_max: record.bytes_per_second_max,
        waiting_segments: waiting.segments,
        waiting_bytes: waiting.size_bytes,
    }
}
