//! Deleting in two phases, so that no file is forgotten and none is missed: first the rows go, and a certificate and a row of garbage for
//! each file come, in one transaction; then the files are unlinked; then the garbage goes. A crash in between leaves garbage rows, and
//! whoever starts next unlinks what they name, which does no harm where it is gone already.

use std::collections::BTreeMap;

use domain::access::Access;
use domain::ids::{CameraId, DiskId, UnitId, UserId};
use domain::recording::DeletionWhy;
use jiff::Timestamp;
use serde::Serialize;

use super::SegmentKey;
use super::disks::{SumChange, change_sums, disk_key};
use super::due::unpinned;
use super::track::read_camera_of;
use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};
use crate::units::KEYS;

/// Rows of garbage of one page, and of one statement.
const GARBAGE_MAX: i64 = 5_000;
/// Rows of one statement; SQLite looks up each bound value among all of them.
const INSERT_ROWS: usize = 25;

/// Segments that are to go, all for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condemned<'a> {
    /// Which.
    pub keys: &'a [SegmentKey],
    /// Why.
    pub why: DeletionWhy,
    /// They are still owed; see [`domain::recording::Going`].
    pub below_floor: bool,
    /// When that was decided.
    pub at: Timestamp,
}

/// A file that is still to be unlinked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Garbage {
    /// Which segment it was.
    pub key: SegmentKey,
    /// Whose pictures.
    pub camera_id: CameraId,
    /// When it begins.
    pub start_at: Timestamp,
    /// Its length as written down.
    pub size_bytes: i64,
}

/// A certificate: what was deleted of one camera from one disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeletionRow {
    /// Its number.
    pub seq: i64,
    /// The unit it was recorded at.
    pub unit_id: UnitId,
    /// Name of the unit now.
    pub unit_name: String,
    /// Whose pictures.
    pub camera_id: CameraId,
    /// Name of the camera now.
    pub camera_name: String,
    /// Where it lay.
    pub disk_id: DiskId,
    /// Beginning of the first segment.
    pub from_at: Timestamp,
    /// End of the last; what lay between and is not meant was pinned or had gone before.
    pub until_at: Timestamp,
    /// How many.
    pub segments: i64,
    /// Their size together.
    pub size_bytes: i64,
    /// Why.
    pub why: DeletionWhy,
    /// They went before the law lets them.
    pub below_floor: bool,
    /// Who, by what name; none: the platform.
    pub deleted_by: Option<(UserId, String)>,
    /// What they wrote.
    pub note: Option<String>,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// When the last of its files was known to be gone; none: not yet.
    pub removed_at: Option<Timestamp>,
}

/// Which certificates; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeletionFilter {
    /// Of this unit.
    pub unit_id: Option<UnitId>,
    /// Of this camera.
    pub camera_id: Option<CameraId>,
    /// For this reason.
    pub why: Option<DeletionWhy>,
}

impl Store {
    /// The first phase: takes the rows of segments away and leaves certificates and garbage; how many went. Those that are pinned, open or
    /// gone already are left out, whoever chose them.
    pub async fn condemn_segments(&self, condemned: &Condemned<'_>) -> Result<u64> {
        let mut tx = self.pools.begin().await?;
        let gone = condemn(&mut tx, condemned, None, None).await?;
        tx.commit().await?;
        Ok(gone)
    }

    /// Files of a disk that are still to be unlinked, at most 5 000, in the order of their keys: the next page after `after`.
    pub async fn garbage(&self, disk_id: DiskId, after: Option<SegmentKey>) -> Result<Vec<Garbage>> {
        let sql = Sql::new(
            "select g.key, g.start_at, g.size_bytes, k.camera_id from recording_disk d join segment_garbage g on g.disk = d.key
             join recording_track k on k.key = g.track where d.id = $1 and g.key > $2 order by g.key limit $3",
        )
        .with(disk_id.0)
        .with(after.map_or(0, |key| key.0))
        .with(GARBAGE_MAX);
        let mut garbage = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            garbage.push(Garbage {
                key: SegmentKey(row.int("key")?),
                camera_id: row.id("camera_id")?,
                start_at: row.time("start_at")?,
                size_bytes: row.int("size_bytes")?,
            });
        }
        Ok(garbage)
    }

    /// The last phase: the files of a disk are known to be gone. Certificates whose last file this was say so. Keys that are no garbage of
    /// this disk are left out; how many were.
    pub async fn forget_garbage(&self, disk_id: DiskId, keys: &[SegmentKey], at: Timestamp) -> Result<u64> {
        let mut tx = self.pools.begin().await?;
        let disk = disk_key(&mut tx, disk_id).await?;
        let (mut forgotten, mut freed) = (0, 0);
        for chunk in keys.chunks(KEYS) {
            let mut sql = Sql::new("delete from segment_garbage where disk = $1 and key in ").with(disk);
            sql.list(chunk.iter().map(|key| key.0)).push(" returning size_bytes");
            for row in tx.fetch_all(sql).await? {
                forgotten += 1;
                freed += row.int("size_bytes")?;
            }
        }
        change_sums(&mut tx, disk, SumChange { garbage_bytes: -freed, ..SumChange::default() }).await?;
        let sql = Sql::new(
            "update recording_deletion set removed_at = $1 where removed_at is null and disk = $2
             and not exists (select 1 from segment_garbage g where g.deletion = recording_deletion.seq)",
        )
        .with(at)
        .with(disk);
        tx.execute(sql).await?;
        tx.commit().await?;
        Ok(forgotten)
    }

    /// Certificates, newest first.
    pub async fn recording_deletions(
        &self,
        access: &Access,
        filter: &DeletionFilter,
        ask: &PageAsk,
    ) -> Result<Page<DeletionRow>> {
        let mut sql = Sql::new(
            "select x.*, d.id as disk_id, k.camera_id, k.unit_id, u.name as unit_name, c.name as camera_name,
                 p.display_name as by_name
             from recording_deletion x
             join recording_track k on k.key = x.track
             join recording_disk d on d.key = x.disk
             join unit_now u on u.unit_id = k.unit_id
             join camera c on c.id = k.camera_id
             left join account p on p.id = x.deleted_by
             where 1 = 1",
        );
        sql.narrow(access, Narrow::Current);
        sql.filter(" and k.unit_id = ", filter.unit_id.map(|id| id.0));
        sql.filter(" and k.camera_id = ", filter.camera_id.map(|id| id.0));
        sql.filter(" and x.why = ", filter.why.map(DeletionWhy::as_str));
        sql.filter(" and x.seq < ", ask.key::<i64>()?);
        sql.push(" order by x.seq desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_deletion).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| row.seq))
    }
}

/// What one certificate comes to.
struct Sum {
    from_us: i64,
    until_us: i64,
    size_bytes: i64,
    segments: Vec<(i64, i64, i64)>,
}

/// Takes rows away and leaves a certificate for each track and disk, and garbage; how many went.
pub(super) async fn condemn(
    tx: &mut Tx,
    condemned: &Condemned<'_>,
    by: Option<UserId>,
    note: Option<&str>,
) -> Result<u64> {
    tx.lock(Lock::Pins).await?;
    let mut certificates: BTreeMap<(i64, i64), Sum> = BTreeMap::new();
    let mut gone = 0;
    for chunk in condemned.keys.chunks(KEYS) {
        let mut sql = Sql::new("delete from segment as s where not s.is_open and s.key in ");
        sql.list(chunk.iter().map(|key| key.0));
        unpinned(&mut sql, condemned.at);
        sql.push(" returning key, track, disk, start_at, end_at, size_bytes");
        for row in tx.fetch_all(sql).await? {
            let (start_us, end_us, size_bytes) =
                (row.int("start_at")?, row.int("end_at")?, row.int("size_bytes")?);
            let sum = certificates.entry((row.int("disk")?, row.int("track")?)).or_insert(Sum {
                from_us: start_us,
                until_us: end_us,
                size_bytes: 0,
                segments: Vec::new(),
            });
            sum.from_us = sum.from_us.min(start_us);
            sum.until_us = sum.until_us.max(end_us);
            sum.size_bytes += size_bytes;
            sum.segments.push((row.int("key")?, start_us, size_bytes));
            gone += 1;
        }
    }
    for ((disk, track), sum) in certificates {
        let deletion = certify(tx, (disk, track), &sum, condemned, by, note).await?;
        for chunk in sum.segments.chunks(INSERT_ROWS) {
            tx.execute(garbage_sql((disk, track, deletion), chunk)).await?;
        }
        let change = SumChange {
            used_bytes: -sum.size_bytes,
            segments: -(sum.segments.len() as i64),
            garbage_bytes: sum.size_bytes,
        };
        change_sums(tx, disk, change).await?;
    }
    Ok(gone)
}

async fn certify(
    tx: &mut Tx,
    (disk, track): (i64, i64),
    sum: &Sum,
    condemned: &Condemned<'_>,
    by: Option<UserId>,
    note: Option<&str>,
) -> Result<i64> {
    let sql = Sql::new(
        "insert into recording_deletion (track, disk, from_at, until_at, segments, size_bytes, why, below_floor, deleted_by, note,
             decided_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning seq",
    )
    .with(track)
    .with(disk)
    .with(sum.from_us)
    .with(sum.until_us)
    .with(sum.segments.len() as i64)
    .with(sum.size_bytes)
    .with(condemned.why.as_str())
    .with(condemned.below_floor)
    .with(by.map(|id| id.0))
    .with(note)
    .with(condemned.at);
    let rows = tx.fetch_all(sql).await?;
    rows.first().ok_or(crate::error::StoreError::NotFound)?.int("seq")
}

fn garbage_sql((disk, track, deletion): (i64, i64, i64), segments: &[(i64, i64, i64)]) -> Sql {
    let mut sql =
        Sql::new("insert into segment_garbage (key, disk, deletion, track, start_at, size_bytes) values ");
    for (index, (key, start_us, size_bytes)) in segments.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" }).bind(*key);
        sql.push(", ").bind(disk).push(", ").bind(deletion).push(", ").bind(track);
        sql.push(", ").bind(*start_us).push(", ").bind(*size_bytes).push(")");
    }
    sql
}

fn read_deletion(row: &Row) -> Result<DeletionRow> {
    let (unit_id, camera_id) = read_camera_of(row)?;
    Ok(DeletionRow {
        seq: row.int("seq")?,
        unit_id,
        unit_name: row.text("unit_name")?,
        camera_id,
        camera_name: row.text("camera_name")?,
        disk_id: row.id("disk_id")?,
        from_at: row.time("from_at")?,
        until_at: row.time("until_at")?,
        segments: row.int("segments")?,
        size_bytes: row.int("size_bytes")?,
        why: row.word("why", DeletionWhy::parse)?,
        below_floor: row.flag("below_floor")?,
        deleted_by: row.id_opt("deleted_by")?.zip(row.text_opt("by_name")?),
        note: row.text_opt("note")?,
        decided_at: row.time("decided_at")?,
        removed_at: row.time_opt("removed_at")?,
    })
}
