//! Disks that recordings lie on, with what lies there. They belong to the machine and to no unit, so nobody's scope narrows them.

use domain::ids::{DiskId, UserId};
use domain::recording::DiskState;
use jiff::Timestamp;

use super::buckets::{BUCKET_COLUMNS, BucketRecord, read_bucket, write_bucket};
use crate::Store;
use crate::cameras::found;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// A disk as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskRecord {
    /// Own id, also written on the disk itself.
    pub id: DiskId,
    /// Name for people.
    pub name: String,
    /// Absolute path of its folder; of a bucket, how paths below it begin.
    pub folder: String,
    /// Most bytes of recordings, above zero.
    pub quota_bytes: i64,
    /// What stays free of the file system whoever fills it, bytes.
    pub head_room_bytes: i64,
    /// What it is used for.
    pub state: DiskState,
    /// The bucket that it is; none: a folder.
    pub bucket: Option<BucketRecord>,
}

/// A disk with what lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskRow {
    /// The disk.
    pub disk: DiskRecord,
    /// What its segments come to, bytes.
    pub used_bytes: i64,
    /// How many they are.
    pub segments: i64,
    /// Deleted, and not yet known to be gone from the disk, bytes.
    pub garbage_bytes: i64,
    /// When it was entered.
    pub created_at: Timestamp,
}

impl Store {
    /// Enters a disk. Conflict when the id or the folder is taken.
    pub async fn add_disk(&self, disk: &DiskRecord, by: Option<UserId>, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "insert into recording_disk (id, name, folder, quota_bytes, head_room_bytes, state, used_bytes, segments, garbage_bytes,
                 created_at, changed_at, changed_by)
             values ($1, $2, $3, $4, $5, $6, 0, 0, 0, $7, $8, $9)",
        )
        .with(disk.id.0)
        .with(&disk.name)
        .with(&disk.folder)
        .with(disk.quota_bytes)
        .with(disk.head_room_bytes)
        .with(disk.state.as_str())
        .with(at)
        .with(at)
        .with(by.map(|id| id.0));
        tx.execute(sql).await?;
        if let Some(bucket) = &disk.bucket {
            let key = disk_key(&mut tx, disk.id).await?;
            write_bucket(&mut tx, key, bucket).await?;
        }
        tx.commit().await
    }

    /// Changes a disk to what `disk` says. A disk that still holds segments is not retired: Conflict.
    pub async fn update_disk(&self, disk: &DiskRecord, by: Option<UserId>, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "update recording_disk set name = $1, folder = $2, quota_bytes = $3, head_room_bytes = $4, state = $5, changed_at = $6,
                 changed_by = $7 where id = $8",
        )
        .with(&disk.name)
        .with(&disk.folder)
        .with(disk.quota_bytes)
        .with(disk.head_room_bytes)
        .with(disk.state.as_str())
        .with(at)
        .with(by.map(|id| id.0))
        .with(disk.id.0);
        found(tx.execute(sql).await?)?;
        if let Some(bucket) = &disk.bucket {
            let key = disk_key(&mut tx, disk.id).await?;
            write_bucket(&mut tx, key, bucket).await?;
        }
        let sql = Sql::new(
            "select id from recording_disk where id = $1 and state = 'retired' and (segments > 0 or garbage_bytes > 0)",
        )
        .with(disk.id.0);
        if tx.fetch_opt(sql).await?.is_some() {
            return Err(StoreError::conflict("recordings still lie on the disk"));
        }
        tx.commit().await
    }

    /// Every disk, by name; retired ones last.
    pub async fn disks(&self) -> Result<Vec<DiskRow>> {
        let mut sql = disk_rows();
        sql.push(" order by case d.state when 'retired' then 1 else 0 end, d.name, d.id");
        self.pools.fetch_all(sql).await?.iter().map(read_disk).collect()
    }

    /// Counts again what lies on a disk, for whoever doubts the sums; true when they were right. Reads every segment of the
    /// disk, two seconds a million on SQLite, and nobody else writes meanwhile: for maintenance.
    pub async fn recount_disk(&self, id: DiskId) -> Result<bool> {
        let mut tx = self.pools.begin().await?;
        let disk = disk_key(&mut tx, id).await?;
        let sql = Sql::new(
            "update recording_disk set
                 used_bytes = (select cast(coalesce(sum(size_bytes), 0) as bigint) from segment where disk = $1),
                 segments = (select cast(count(*) as bigint) from segment where disk = $1),
                 garbage_bytes = (select cast(coalesce(sum(size_bytes), 0) as bigint) from segment_garbage where disk = $1)
                     + (select cast(coalesce(sum(size_bytes), 0) as bigint) from segment_copy where disk = $1)
             where key = $1",
        )
        .with(disk);
        let mut sums = disk_rows();
        sums.push(" where d.key = ").bind(disk);
        let before = tx.fetch_opt(sums.clone()).await?.as_ref().map(read_disk).transpose()?;
        tx.execute(sql).await?;
        let after = tx.fetch_opt(sums).await?.as_ref().map(read_disk).transpose()?;
        tx.commit().await?;
        Ok(before == after)
    }
}

/// The small key of a disk; NotFound for an unknown one.
pub(super) async fn disk_key(tx: &mut Tx, id: DiskId) -> Result<i64> {
    let sql = Sql::new("select key from recording_disk where id = $1").with(id.0);
    tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.int("key")
}

/// How the sums of a disk change.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SumChange {
    pub used_bytes: i64,
    pub segments: i64,
    pub garbage_bytes: i64,
}

/// Changes the sums of a disk.
pub(super) async fn change_sums(tx: &mut Tx, disk: i64, change: SumChange) -> Result<()> {
    let sql = Sql::new(
        "update recording_disk set used_bytes = used_bytes + $1, segments = segments + $2, garbage_bytes = garbage_bytes + $3 where key = $4",
    )
    .with(change.used_bytes)
    .with(change.segments)
    .with(change.garbage_bytes)
    .with(disk);
    found(tx.execute(sql).await?)
}

fn disk_rows() -> Sql {
    let mut sql = Sql::new("select d.*, ");
    sql.push(BUCKET_COLUMNS).push(" from recording_disk d left join recording_bucket b on b.disk = d.key");
    sql
}

fn read_disk(row: &Row) -> Result<DiskRow> {
    Ok(DiskRow {
        disk: DiskRecord {
            id: row.id("id")?,
            name: row.text("name")?,
            folder: row.text("folder")?,
            quota_bytes: row.int("quota_bytes")?,
            head_room_bytes: row.int("head_room_bytes")?,
            state: row.word("state", DiskState::parse)?,
            bucket: read_bucket(row)?,
        },
        used_bytes: row.int("used_bytes")?,
        segments: row.int("segments")?,
        garbage_bytes: row.int("garbage_bytes")?,
        created_at: row.time("created_at")?,
    })
}
