//! Moving segments from folders to buckets, so that no file is lost and none is doubled, wherever the program stops: the copy is noted before it is
//! begun; when it is whole the segment's row changes its disk, and in the same transaction the file that is left behind is noted; then that file
//! goes, and its note. A note whose segment lies elsewhere names a file that may go; where nothing was copied, removing it does no harm.

use std::collections::BTreeMap;

use domain::ids::{CameraId, DiskId};
use domain::recording::BucketTakes;
use jiff::Timestamp;

use super::deletion::Garbage;
use super::disks::{SumChange, change_sums, disk_key};
use super::due::after_segment;
use super::{SEGMENT_MAX_US, SegmentKey, TRACK_KEYS};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::sql::Sql;
use crate::units::KEYS;

/// Segments of one page.
const DUE_MAX: i64 = 1_000;
/// Segments that are counted as waiting at most; a disk of more is said to have so many.
const WAITING_MAX: i64 = 10_000;
/// Copies of one page.
const COPIES_MAX: i64 = 1_000;

/// Which segments move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveRule {
    /// All, or what is pinned.
    pub takes: BucketTakes,
    /// They ended before.
    pub ended_before: Timestamp,
    /// When that is asked: pins that hold then count.
    pub now: Timestamp,
}

/// A segment that is to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueToMove {
    /// Which.
    pub key: SegmentKey,
    /// Whose pictures.
    pub camera_id: CameraId,
    /// When it begins.
    pub start_at: Timestamp,
    /// Its length as written down.
    pub size_bytes: i64,
}

/// What waits to be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WaitingToMove {
    /// How many, at most 10 000.
    pub segments: i64,
    /// Their size together.
    pub size_bytes: i64,
}

impl Store {
    /// Segments of a folder that are to move, oldest first: the next page after `after`. NotFound for an unknown disk.
    pub async fn segments_to_move(
        &self,
        from: DiskId,
        rule: &MoveRule,
        after: Option<&DueToMove>,
    ) -> Result<Vec<DueToMove>> {
        let sql = Sql::new("select key from recording_disk where id = $1").with(from.0);
        let disk = self.pools.fetch_one(sql).await?.int("key")?;
        let mut sql = Sql::new("");
        push_due(&mut sql, disk, rule);
        if let Some(last) = after {
            after_segment(&mut sql, last.start_at, last.key);
        }
        sql.push(" order by s.start_at, s.key limit ").bind(DUE_MAX);
        let mut due = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            due.push(DueToMove {
                key: SegmentKey(row.int("key")?),
                camera_id: row.id("camera_id")?,
                start_at: row.time("start_at")?,
                size_bytes: row.int("size_bytes")?,
            });
        }
        Ok(due)
    }

    /// What waits to be moved from every folder that is read and deleted from.
    pub async fn waiting_to_move(&self, rule: &MoveRule) -> Result<WaitingToMove> {
        let sql = Sql::new(
            "select d.key from recording_disk d where d.state in ('active', 'read_only')
             and not exists (select 1 from recording_bucket b where b.disk = d.key) order by d.key",
        );
        let mut waiting = WaitingToMove::default();
        for row in self.pools.fetch_all(sql).await? {
            let mut sql = Sql::new(
                "select cast(count(*) as bigint) as many, cast(coalesce(sum(size_bytes), 0) as bigint) as bytes from (",
            );
            push_due(&mut sql, row.int("key")?, rule);
            sql.push(" limit ").bind(WAITING_MAX).push(") as waiting");
            let sums = self.pools.fetch_one(sql).await?;
            waiting.segments += sums.int("many")?;
            waiting.size_bytes += sums.int("bytes")?;
        }
        waiting.segments = waiting.segments.min(WAITING_MAX);
        Ok(waiting)
    }

    /// Notes that a copy of a segment is begun on a disk; again is fine. NotFound when the segment is gone or still being written.
    pub async fn note_copy(&self, key: SegmentKey, disk_id: DiskId, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let disk = disk_key(&mut tx, disk_id).await?;
        let sql = Sql::new("select size_bytes from segment where key = $1 and not is_open and disk <> $2")
            .with(key.0)
            .with(disk);
        let size = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.int("size_bytes")?;
        let sql = Sql::new("update segment_copy set noted_at = $1 where disk = $2 and key = $3")
            .with(at)
            .with(disk)
            .with(key.0);
        if tx.execute(sql).await? == 0 {
            let sql = Sql::new(
                "insert into segment_copy (key, disk, track, start_at, size_bytes, noted_at)
                 select key, $1, track, start_at, size_bytes, $2 from segment where key = $3",
            )
            .with(disk)
            .with(at)
            .with(key.0);
            tx.execute(sql).await?;
            change_sums(&mut tx, disk, SumChange { garbage_bytes: size, ..SumChange::default() }).await?;
        }
        tx.commit().await
    }

    /// A copy is whole: it becomes the place of the segment, and the file of before is noted as left behind. NotFound when the segment has gone
    /// from `from` meanwhile or its copy was not noted; then nothing changes, and the note of the copy names what may go.
    pub async fn move_segment(&self, key: SegmentKey, from: DiskId, to: DiskId, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let (from, to) = (disk_key(&mut tx, from).await?, disk_key(&mut tx, to).await?);
        let sql = Sql::new(
            "update segment set disk = $1 where key = $2 and disk = $3 and not is_open
             and exists (select 1 from segment_copy c where c.disk = $1 and c.key = segment.key) returning track, start_at, size_bytes",
        )
        .with(to)
        .with(key.0)
        .with(from);
        let row = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
        let (track, start_us, size) = (row.int("track")?, row.int("start_at")?, row.int("size_bytes")?);
        let sql = Sql::new("delete from segment_copy where disk = $1 and key = $2 returning size_bytes")
            .with(to)
            .with(key.0);
        let noted = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.int("size_bytes")?;
        let sql = Sql::new(
            "insert into segment_copy (key, disk, track, start_at, size_bytes, noted_at) values ($1, $2, $3, $4, $5, $6)",
        )
        .with(key.0)
        .with(from)
        .with(track)
        .with(start_us)
        .with(size)
        .with(at);
        tx.execute(sql).await?;
        let left = SumChange { used_bytes: -size, segments: -1, garbage_bytes: size };
        let come = SumChange { used_bytes: size, segments: 1, garbage_bytes: -noted };
        // In the order of their keys, as everybody who changes sums does.
        for (disk, change) in BTreeMap::from([(from, left), (to, come)]) {
            change_sums(&mut tx, disk, change).await?;
        }
        tx.commit().await
    }

    /// Files on a disk that are not the place of their segment, by their keys: those noted before `noted_before`, and those whose segment is deleted.
    /// The next page after `after`.
    pub async fn copies(
        &self,
        disk_id: DiskId,
        noted_before: Timestamp,
        after: Option<SegmentKey>,
    ) -> Result<Vec<Garbage>> {
        let sql = Sql::new(
            "select c.key, c.start_at, c.size_bytes, k.camera_id from recording_disk d join segment_copy c on c.disk = d.key
             join recording_track k on k.key = c.track where d.id = $1 and c.key > $2
             and (c.noted_at < $3 or not exists (select 1 from segment s where s.key = c.key)) order by c.key limit $4",
        )
        .with(disk_id.0)
        .with(after.map_or(0, |key| key.0))
        .with(noted_before)
        .with(COPIES_MAX);
        let mut copies = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            copies.push(Garbage {
                key: SegmentKey(row.int("key")?),
                camera_id: row.id("camera_id")?,
                start_at: row.time("start_at")?,
                size_bytes: row.int("size_bytes")?,
            });
        }
        Ok(copies)
    }

    /// Copies on a disk are known to be gone; how many were noted.
    pub async fn forget_copies(&self, disk_id: DiskId, keys: &[SegmentKey]) -> Result<u64> {
        let mut tx = self.pools.begin().await?;
        let disk = disk_key(&mut tx, disk_id).await?;
        let (mut forgotten, mut freed) = (0, 0);
        for chunk in keys.chunks(KEYS) {
            let mut sql = Sql::new("delete from segment_copy where disk = $1 and key in ").with(disk);
            sql.list(chunk.iter().map(|key| key.0)).push(" returning size_bytes");
            for row in tx.fetch_all(sql).await? {
                forgotten += 1;
                freed += row.int("size_bytes")?;
            }
        }
        change_sums(&mut tx, disk, SumChange { garbage_bytes: -freed, ..SumChange::default() }).await?;
        tx.commit().await?;
        Ok(forgotten)
    }
}

/// Finished segments of a folder that the rule is about. Pinned ones are found from their pins, which are few.
fn push_due(sql: &mut Sql, disk: i64, rule: &MoveRule) {
    match rule.takes {
        BucketTakes::All => {
            sql.push("select s.key, s.start_at, s.size_bytes, k.camera_id from segment s join recording_track k on k.key = s.track where ");
        }
        BucketTakes::Evidence => {
            sql.push("select distinct s.key, s.start_at, s.size_bytes, k.camera_id from recording_pin p cross join segment s ");
            sql.push("join recording_track k on k.key = s.track where s.key >= p.track * ");
            sql.bind(TRACK_KEYS).push(" + (p.from_at - ").bind(SEGMENT_MAX_US).push(") / 1000");
            sql.push(" and s.key <= p.track * ").bind(TRACK_KEYS).push(" + p.until_at / 1000");
            sql.push(" and s.start_at < p.until_at and s.end_at > p.from_at");
            sql.push(" and p.released_at is null and p.keep_until > ").bind(rule.now).push(" and ");
        }
    }
    sql.push("s.disk = ").bind(disk).push(" and not s.is_open and s.size_bytes > 0 and s.end_at <= ");
    sql.bind(rule.ended_before);
}
