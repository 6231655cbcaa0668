//! Reading segments: the stretches of a camera for a time line, its segments one by one, and where in the file each fragment lies.

use domain::access::Access;
use domain::ids::{CameraId, DiskId, UnitId};
use domain::recording::Span;
use domain::recording::gap::GAP_MIN_US;
use jiff::Timestamp;

use super::track::read_camera_of;
use super::{SEGMENT_MAX_US, SegmentKey, TRACK_KEYS};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Most segments of one time line: a month of a camera.
const SPAN_SEGMENTS_MAX: i64 = 50_000;

/// A segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentRow {
    /// Which.
    pub key: SegmentKey,
    /// Whose pictures.
    pub camera_id: CameraId,
    /// The unit it was recorded at.
    pub unit_id: UnitId,
    /// Where the file lies.
    pub disk_id: DiskId,
    /// Wall clock of its first picture.
    pub start_at: Timestamp,
    /// Wall clock of the end of its last fragment so far.
    pub end_at: Timestamp,
    /// Length of the file so far.
    pub size_bytes: i64,
    /// Still being written.
    pub is_open: bool,
}

const SEGMENT_ROWS: &str = "select s.*, d.id as disk_id, k.camera_id, k.unit_id
    from segment s
    join recording_disk d on d.key = s.disk
    join recording_track k on k.key = s.track
    join unit_now u on u.unit_id = k.unit_id
    where 1 = 1";

impl Store {
    /// Segments of a camera that have a moment in common with `span`, in the order of time. NotFound when the camera is outside the
    /// scope. A camera that moved shows what was recorded at the units that the asker sees.
    pub async fn segments(
        &self,
        access: &Access,
        camera_id: CameraId,
        span: &Span,
        ask: &PageAsk,
    ) -> Result<Page<SegmentRow>> {
        let after = ask.key::<(i64, SegmentKey)>()?;
        let mut found = Vec::new();
        for track in self.tracks_of(access, camera_id).await? {
            let mut sql = Sql::new(SEGMENT_ROWS);
            within(&mut sql, track, span);
            if let Some((start_us, key)) = &after {
                sql.push(" and (s.start_at, s.key) > (").bind(*start_us).push(", ").bind(key.0).push(")");
                // Follows from it for the track of the key, and lets both engines begin there.
                if key.track() == track {
                    sql.push(" and s.key > ").bind(key.0);
                }
            }
            sql.narrow(access, Narrow::Current).push(" order by s.key limit ").bind(ask.fetch());
            for row in self.pools.fetch_all(sql).await? {
                found.push(read_segment(&row)?);
            }
        }
        found.sort_by_key(|one| (one.start_at, one.key));
        Ok(ask.cut(found, |one| (one.start_at.as_microsecond(), one.key)))
    }

    /// The stretches of a camera that were recorded and are still there, as a time line shows them: what lies closer together than a
    /// gap is one. Limit when `span` holds more than 50 000 segments, a month as a rule.
    pub async fn recorded_spans(
        &self,
        access: &Access,
        camera_id: CameraId,
        span: &Span,
    ) -> Result<Vec<Span>> {
        let mut segments = Vec::new();
        for track in self.tracks_of(access, camera_id).await? {
            let mut sql = Sql::new("select s.start_at, s.end_at from segment s where 1 = 1");
            within(&mut sql, track, span);
            sql.push(" order by s.key limit ").bind(SPAN_SEGMENTS_MAX + 1);
            for row in self.pools.fetch_all(sql).await? {
                segments.push(Span::new(row.time("start_at")?, row.time("end_at")?).overlap(span));
            }
        }
        if segments.len() as i64 > SPAN_SEGMENTS_MAX {
            return Err(StoreError::Limit(format!("more than {SPAN_SEGMENTS_MAX} segments: ask for less")));
        }
        segments.sort_unstable();
        Ok(joined(&segments))
    }

    /// When the newest segment of a disk begins; none on an empty one. NotFound for an unknown disk. No asker: it is the platform that looks what it
    /// does not know yet.
    pub async fn newest_segment_at(&self, disk_id: DiskId) -> Result<Option<Timestamp>> {
        let sql = Sql::new("select key from recording_disk where id = $1").with(disk_id.0);
        let disk = self.pools.fetch_one(sql).await?.int("key")?;
        let sql = Sql::new("select max(start_at) as newest from segment where disk = $1").with(disk);
        self.pools.fetch_one(sql).await?.time_opt("newest")
    }

    /// One segment with where its fragments lie, packed as they were written. NotFound outside the scope and for deleted ones.
    pub async fn segment(&self, access: &Access, key: SegmentKey) -> Result<(SegmentRow, Vec<u8>)> {
        let mut sql = Sql::new(SEGMENT_ROWS);
        sql.push(" and s.key = ").bind(key.0).narrow(access, Narrow::Current);
        let segment = read_segment(&self.pools.fetch_one(sql).await?)?;
        let sql = Sql::new("select fragments from segment_fragments where key = $1").with(key.0);
        Ok((segment, self.pools.fetch_one(sql).await?.bytes("fragments")?))
    }
}

/// The range of keys of a track that may have a moment in common with `span`, and those that have.
pub(super) fn within(sql: &mut Sql, track: i64, span: &Span) {
    let first = track * TRACK_KEYS;
    let from_ms = (span.start.as_microsecond() - SEGMENT_MAX_US).max(0) / 1000;
    let until_ms = (span.end.as_millisecond() + 1).clamp(0, TRACK_KEYS);
    sql.push(" and s.key >= ").bind(first + from_ms.min(TRACK_KEYS));
    sql.push(" and s.key < ").bind(first + until_ms);
    sql.push(" and s.start_at < ").bind(span.end).push(" and s.end_at > ").bind(span.start);
}

fn joined(segments: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for segment in segments {
        match spans.last_mut() {
            Some(last) if Span::new(last.end, segment.start).length_us() < GAP_MIN_US => {
                last.end = last.end.max(segment.end);
            }
            _ => spans.push(*segment),
        }
    }
    spans
}

pub(super) fn read_segment(row: &Row) -> Result<SegmentRow> {
    let (unit_id, camera_id) = read_camera_of(row)?;
    Ok(SegmentRow {
        key: SegmentKey(row.int("key")?),
        camera_id,
        unit_id,
        disk_id: row.id("disk_id")?,
        start_at: row.time("start_at")?,
        end_at: row.time("end_at")?,
        size_bytes: row.int("size_bytes")?,
        is_open: row.flag("is_open")?,
    })
}
