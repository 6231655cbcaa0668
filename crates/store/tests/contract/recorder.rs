//! The recorder of the small world: a disk, minutes of its cameras, pins, and what could go.

use domain::beijing::{begin_of, day_after, day_of};
use domain::ids::{CameraId, DiskId, PinId};
use domain::recording::{DeletionWhy, DiskState, Span};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Condemned, DeletionCandidate, DiskRecord, NewPin, NewSegment, SegmentAge, SegmentKey, Store};
use uuid::Uuid;

use crate::house::{House, NORTH_CAMERA, NORTH_SCHOOL, at};

pub const DISK: DiskId = DiskId(Uuid::from_u128(0x4000));

impl House {
    /// A disk for recordings.
    pub async fn mount(&self) -> &Self {
        self.store.add_disk(&disk(DISK, "/media/one"), None, at(0)).await.unwrap();
        self
    }

    /// Writes down segments that are whole.
    pub async fn record(&self, segments: &[NewSegment]) -> Vec<SegmentKey> {
        self.store.write_segments(segments, &[]).await.unwrap()
    }
}

pub fn disk(id: DiskId, folder: &str) -> DiskRecord {
    DiskRecord {
        id,
        name: folder.to_owned(),
        folder: folder.to_owned(),
        quota_bytes: 1 << 40,
        head_room_bytes: 1 << 30,
        state: DiskState::Active,
        bucket: None,
    }
}

/// A whole minute of a camera, `s` seconds after the moment of all stories, of 1 000 bytes.
pub fn minute(camera_id: CameraId, s: i64) -> NewSegment {
    NewSegment {
        camera_id,
        disk_id: DISK,
        start_at: at(s),
        end_at: at(s + 60),
        size_bytes: 1_000,
        is_open: false,
        fragments: vec![0, 7, 255],
    }
}

/// The day of all stories.
pub fn today() -> Date {
    day_of(at(0))
}

/// A minute at noon, `age` days ago.
pub fn aged(camera_id: CameraId, age: i32) -> NewSegment {
    let noon = begin_of(day_after(today(), -age)) + jiff::SignedDuration::from_hours(12);
    let end_at = noon + jiff::SignedDuration::from_mins(1);
    NewSegment { start_at: noon, end_at, ..minute(camera_id, 0) }
}

pub fn pin(n: u128, span: Span, keep_until: Timestamp) -> NewPin {
    let id = PinId(Uuid::from_u128(0x5000 + n));
    NewPin {
        id,
        unit_id: NORTH_SCHOOL,
        camera_id: NORTH_CAMERA,
        span,
        reason: "火情取证".to_owned(),
        alarm_id: None,
        keep_until,
    }
}

pub fn whole(one: &NewSegment) -> Span {
    Span::new(one.start_at, one.end_at)
}

pub fn condemned(keys: &[SegmentKey]) -> Condemned<'_> {
    Condemned { keys, why: DeletionWhy::Ceiling, below_floor: false, at: at(10) }
}

pub fn ages(candidates: &[DeletionCandidate]) -> Vec<(CameraId, i64)> {
    let age =
        |one: &DeletionCandidate| (begin_of(today()).as_second() - one.start_at.as_second()) / 86_400 + 1;
    candidates.iter().map(|one| (one.camera_id, age(one))).collect()
}

pub async fn over_ceiling(store: &Store) -> Vec<(CameraId, i64)> {
    let mut over = ages(&store.segments_over_ceiling(at(0), today()).await.unwrap());
    over.sort_unstable();
    over
}

pub async fn oldest(store: &Store, age: SegmentAge, limit: u32) -> Vec<DeletionCandidate> {
    store.oldest_segments(DISK, age, (at(0), today()), None, limit).await.unwrap()
}
