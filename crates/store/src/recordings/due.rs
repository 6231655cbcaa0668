//! Which segments could go, for the deleter to decide with the domain's rule: those over their ceiling, and the oldest of a disk over all
//! cameras. What is pinned or still being written is in neither. No asker: it is the platform that keeps the ceiling.

use domain::beijing::begin_of;
use domain::ids::{CameraId, DiskId, UnitId};
use domain::recording::{FloorBasis, Retention};
use jiff::Timestamp;
use jiff::civil::Date;

use super::track::{read_camera_of, read_retention_days};
use super::{DAY_US, SegmentKey, TRACK_KEYS};
use crate::Store;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// Candidates of one page.
const CANDIDATES_MAX: i64 = 5_000;

/// A segment that could go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletionCandidate {
    /// Which.
    pub key: SegmentKey,
    /// Whose pictures.
    pub camera_id: CameraId,
    /// The unit it was recorded at.
    pub unit_id: UnitId,
    /// Where the file lies.
    pub disk_id: DiskId,
    /// When it begins.
    pub start_at: Timestamp,
    /// When it ends.
    pub end_at: Timestamp,
    /// Room that it takes.
    pub size_bytes: i64,
    /// How long it has to stay: its days, whatever law they come from.
    pub retention: Retention,
}

/// How old segments have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentAge {
    /// Past the floor of their unit.
    PastFloor,
    /// Any: also those that are owed.
    Any,
}

/// Not covered by a pin that holds at the moment bound before this text.
pub(super) const PIN_HOLDS: &str = " and p.from_at < s.end_at and p.until_at > s.start_at";

const CANDIDATE_COLUMNS: &str =
    "select s.key, s.start_at, s.end_at, s.size_bytes, d.id as disk_id, k.camera_id, k.unit_id,
        k.floor_days, k.ceiling_days";

impl Store {
    /// Segments that have to go at `now`, on disks that may be deleted from; at most 5 000, in no order. Ask again after deleting them.
    pub async fn segments_over_ceiling(&self, now: Timestamp, today: Date) -> Result<Vec<DeletionCandidate>> {
        let mut sql = Sql::new(CANDIDATE_COLUMNS);
        // `cross join`, because SQLite then goes through the few tracks and reads of each the range of keys that is too old. A segment
        // that began before the bound and ended after it stays for another day.
        sql.push(" from recording_track k cross join segment s cross join recording_disk d where s.key >= k.key * ");
        sql.bind(TRACK_KEYS).push(" and s.key < k.key * ").bind(TRACK_KEYS);
        sql.push(" + (").bind(begin_of(today)).push(" - k.ceiling_days * ").bind(DAY_US).push(") / 1000");
        sql.push(" and s.end_at <= ").bind(begin_of(today));
        sql.push(" - k.ceiling_days * ").bind(DAY_US);
        sql.push(" and d.key = s.disk and d.state in ('active', 'read_only') and not s.is_open");
        unpinned(&mut sql, now);
        sql.push(" limit ").bind(CANDIDATES_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_candidate).collect()
    }

    /// The oldest segments of a disk over all cameras, oldest first: the next page after `after`, at most `limit` and 5 000.
    /// NotFound for an unknown disk.
    pub async fn oldest_segments(
        &self,
        disk_id: DiskId,
        age: SegmentAge,
        (now, today): (Timestamp, Date),
        after: Option<&DeletionCandidate>,
        limit: u32,
    ) -> Result<Vec<DeletionCandidate>> {
        // The key of the disk as a number, not as a join: both engines then see that the index of ages gives the order.
        let sql = Sql::new("select key from recording_disk where id = $1").with(disk_id.0);
        let disk = self.pools.fetch_one(sql).await?.int("key")?;
        let mut sql = Sql::new(CANDIDATE_COLUMNS);
        sql.push(" from segment s cross join recording_track k cross join recording_disk d where s.disk = ");
        sql.bind(disk).push(" and k.key = s.track and d.key = s.disk");
        if age == SegmentAge::PastFloor {
            // Nobody's floor is lower than the law's, so that nothing younger need be looked at.
            let least = i64::from(FloorBasis::PublicSafety.floor_days()) * DAY_US;
            sql.push(" and s.start_at < ").bind(begin_of(today).as_microsecond() - least);
            sql.push(" and s.end_at <= ").bind(begin_of(today));
            sql.push(" - k.floor_days * ").bind(DAY_US);
        }
        if let Some(last) = after {
            after_segment(&mut sql, last.start_at, last.key);
        }
        sql.push(" and not s.is_open");
        unpinned(&mut sql, now);
        sql.push(" order by s.start_at, s.key limit ").bind(i64::from(limit).min(CANDIDATES_MAX));
        self.pools.fetch_all(sql).await?.iter().map(read_candidate).collect()
    }
}

/// Goes on behind a segment, in the order of beginnings. Said twice, so that both databases use their index.
pub(super) fn after_segment(sql: &mut Sql, start_at: Timestamp, key: SegmentKey) {
    sql.push(" and s.start_at >= ").bind(start_at);
    sql.push(" and (s.start_at, s.key) > (").bind(start_at).push(", ").bind(key.0).push(")");
}

/// Leaves out what is pinned at `now`. Pins are looked up when they are needed and not marked on the segments, so that a pin holds for what
/// is recorded after it was set, and nothing has to be undone when it ends.
pub(super) fn unpinned(sql: &mut Sql, now: Timestamp) {
    sql.push(" and not exists (select 1 from recording_pin p where p.track = s.track and p.released_at is null and p.keep_until > ");
    sql.bind(now).push(PIN_HOLDS).push(")");
}

fn read_candidate(row: &Row) -> Result<DeletionCandidate> {
    let (unit_id, camera_id) = read_camera_of(row)?;
    Ok(DeletionCandidate {
        key: SegmentKey(row.int("key")?),
        camera_id,
        unit_id,
        disk_id: row.id("disk_id")?,
        start_at: row.time("start_at")?,
        end_at: row.time("end_at")?,
        size_bytes: row.int("size_bytes")?,
        retention: read_retention_days(row)?,
    })
}
