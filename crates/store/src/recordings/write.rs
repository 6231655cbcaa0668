//! What the recorder writes: many segments in one transaction. No asker: it is the platform that records.

use std::collections::{BTreeMap, HashMap};

use domain::ids::{CameraId, DiskId};
use jiff::Timestamp;

use super::disks::{SumChange, change_sums, disk_key};
use super::track::tracks_now;
use super::{FRAGMENTS_MAX_BYTES, SegmentKey};
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Segments of one statement; SQLite looks up each bound value among all of them.
const INSERT_ROWS: usize = 25;
/// Most segments that are written at once, so that nobody waits long for the one writer of SQLite.
const WRITE_MAX: usize = 5_000;
/// Open segments of one page.
const OPEN_MAX: i64 = 1_000;

/// A segment that begins, or one that is whole already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSegment {
    /// Whose pictures.
    pub camera_id: CameraId,
    /// Where the file lies.
    pub disk_id: DiskId,
    /// Wall clock of its first picture.
    pub start_at: Timestamp,
    /// Wall clock of the end of its last fragment so far.
    pub end_at: Timestamp,
    /// Length of the file so far.
    pub size_bytes: i64,
    /// More will come.
    pub is_open: bool,
    /// Where each fragment begins and when, packed by whoever reads it; at most [`FRAGMENTS_MAX_BYTES`].
    pub fragments: Vec<u8>,
}

/// What became of a segment that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentGrowth {
    /// Which.
    pub key: SegmentKey,
    /// Wall clock of the end of its last fragment so far.
    pub end_at: Timestamp,
    /// Length of the file so far.
    pub size_bytes: i64,
    /// More will come.
    pub is_open: bool,
    /// All of its fragments, packed.
    pub fragments: Vec<u8>,
}

/// A segment that was being written when the program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSegment {
    /// Which.
    pub key: SegmentKey,
    /// Whose pictures.
    pub camera_id: CameraId,
    /// Where the file lies.
    pub disk_id: DiskId,
    /// Wall clock of its first picture.
    pub start_at: Timestamp,
    /// The end as last written down; the file may be longer.
    pub end_at: Timestamp,
    /// Its length as last written down.
    pub size_bytes: i64,
}

impl Store {
    /// Writes down segments that began and segments that grew, in one transaction; the keys of those that began, in their order. The
    /// same segment begun twice counts once, so a batch may be sent again. Growth of a segment deleted meanwhile is left out.
    ///
    /// Errors: NotFound for an unknown camera or disk, Invalid for one longer than [`super::SEGMENT_MAX_US`] or named twice, Limit above 5 000 segments
    /// or [`FRAGMENTS_MAX_BYTES`]. Then nothing is written.
    pub async fn write_segments(
        &self,
        begun: &[NewSegment],
        grown: &[SegmentGrowth],
    ) -> Result<Vec<SegmentKey>> {
        let many = begun.len() + grown.len();
        let lists = begun.iter().map(|one| &one.fragments).chain(grown.iter().map(|one| &one.fragments));
        let longest = lists.map(Vec::len).max().unwrap_or(0);
        if many > WRITE_MAX || longest > FRAGMENTS_MAX_BYTES {
            return Err(StoreError::Limit(format!(
                "{many} segments with at most {longest} bytes of fragments; {WRITE_MAX} and {FRAGMENTS_MAX_BYTES} are written at once"
            )));
        }
        let mut tx = self.pools.begin().await?;
        let mut sums: BTreeMap<i64, SumChange> = BTreeMap::new();
        let keyed = with_keys(&mut tx, begun).await?;
        refuse_twins(keyed.iter().map(|(key, ..)| *key))?;
        refuse_twins(grown.iter().map(|one| one.key))?;
        for chunk in keyed.chunks(INSERT_ROWS) {
            let before = sizes(&mut tx, chunk.iter().map(|(key, ..)| *key)).await?;
            tx.execute(begun_sql(chunk)).await?;
            tx.execute(fragments_sql(chunk.iter().map(|(key, _, _, one)| (*key, &*one.fragments)))).await?;
            for (key, _, disk, one) in chunk {
                let (disk, old) = before.get(key).map_or((*disk, None), |(disk, size)| (*disk, Some(*size)));
                let sum = sums.entry(disk).or_default();
                sum.used_bytes += one.size_bytes - old.unwrap_or(0);
                sum.segments += i64::from(old.is_none());
            }
        }
        for chunk in grown.chunks(INSERT_ROWS) {
            let before = sizes(&mut tx, chunk.iter().map(|one| one.key)).await?;
            let still: Vec<_> = chunk.iter().filter(|one| before.contains_key(&one.key)).collect();
            if still.is_empty() {
                continue;
            }
            tx.execute(grown_sql(&still)).await?;
            tx.execute(fragments_sql(still.iter().map(|one| (one.key, &*one.fragments)))).await?;
            for one in still {
                if let Some((disk, size)) = before.get(&one.key) {
                    sums.entry(*disk).or_default().used_bytes += one.size_bytes - size;
                }
            }
        }
        // In the order of their keys: two nodes that write on the same disks do not wait for each other in a circle.
        for (disk, change) in sums {
            change_sums(&mut tx, disk, change).await?;
        }
        tx.commit().await?;
        Ok(keyed.into_iter().map(|(key, ..)| key).collect())
    }

    /// Segments of a disk that are still open, the next page after `after`, empty at the end: what has to be looked at after a crash.
    pub async fn open_segments(
        &self,
        disk_id: DiskId,
        after: Option<SegmentKey>,
    ) -> Result<Vec<OpenSegment>> {
        let sql = Sql::new(
            "select s.key, s.start_at, s.end_at, s.size_bytes, k.camera_id
             from recording_disk d join segment s on s.disk = d.key join recording_track k on k.key = s.track
             where d.id = $1 and s.is_open and s.key > $2 order by s.key limit $3",
        )
        .with(disk_id.0)
        .with(after.map_or(0, |key| key.0))
        .with(OPEN_MAX);
        let mut open = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            open.push(OpenSegment {
                key: SegmentKey(row.int("key")?),
                camera_id: row.id("camera_id")?,
                disk_id,
                start_at: row.time("start_at")?,
                end_at: row.time("end_at")?,
                size_bytes: row.int("size_bytes")?,
            });
        }
        Ok(open)
    }
}

type Keyed<'a> = (SegmentKey, i64, i64, &'a NewSegment);

/// Key, track and disk of each.
async fn with_keys<'a>(tx: &mut Tx, begun: &'a [NewSegment]) -> Result<Vec<Keyed<'a>>> {
    let mut cameras: Vec<CameraId> = begun.iter().map(|one| one.camera_id).collect();
    cameras.sort_unstable();
    cameras.dedup();
    let tracks = tracks_now(tx, &cameras).await?;
    let mut disks: HashMap<DiskId, i64> = HashMap::new();
    let mut keyed = Vec::with_capacity(begun.len());
    for one in begun {
        let disk = match disks.get(&one.disk_id) {
            Some(disk) => *disk,
            None => disk_key(tx, one.disk_id).await?,
        };
        disks.insert(one.disk_id, disk);
        let track = *tracks.get(&one.camera_id).ok_or(StoreError::NotFound)?;
        keyed.push((SegmentKey::of(track, one.start_at), track, disk, one));
    }
    Ok(keyed)
}

/// Twice the same in one statement is an error of PostgreSQL and a riddle to SQLite.
fn refuse_twins(keys: impl Iterator<Item = SegmentKey>) -> Result<()> {
    let mut sorted: Vec<SegmentKey> = keys.collect();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(StoreError::Invalid("a segment is named twice in one batch".to_owned()));
    }
    Ok(())
}

/// Disk and size of those that exist.
async fn sizes(
    tx: &mut Tx,
    keys: impl Iterator<Item = SegmentKey>,
) -> Result<HashMap<SegmentKey, (i64, i64)>> {
    let mut sql = Sql::new("select key, disk, size_bytes from segment where key in ");
    sql.list(keys.map(|key| key.0));
    let mut found = HashMap::new();
    for row in tx.fetch_all(sql).await? {
        found.insert(SegmentKey(row.int("key")?), (row.int("disk")?, row.int("size_bytes")?));
    }
    Ok(found)
}

fn begun_sql(segments: &[Keyed<'_>]) -> Sql {
    let mut sql =
        Sql::new("insert into segment (key, track, disk, start_at, end_at, size_bytes, is_open) values ");
    for (index, (key, track, disk, one)) in segments.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" }).bind(key.0);
        sql.push(", ").bind(*track).push(", ").bind(*disk);
        sql.push(", ").bind(one.start_at).push(", ").bind(one.end_at);
        sql.push(", ").bind(one.size_bytes).push(", ").bind(one.is_open).push(")");
    }
    sql.push(
        " on conflict (key) do update set end_at = excluded.end_at, size_bytes = excluded.size_bytes, is_open = excluded.is_open",
    );
    sql
}

fn grown_sql(segments: &[&SegmentGrowth]) -> Sql {
    let mut sql = Sql::new(
        "update segment set end_at = v.column2, size_bytes = v.column3, is_open = v.column4 from (values ",
    );
    for (index, one) in segments.iter().enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" }).bind(one.key.0);
        sql.push(", ").bind(one.end_at).push(", ").bind(one.size_bytes);
        sql.push(", ").bind(one.is_open).push(")");
    }
    sql.push(") v where segment.key = v.column1");
    sql
}

fn fragments_sql<'a>(lists: impl Iterator<Item = (SegmentKey, &'a [u8])>) -> Sql {
    let mut sql = Sql::new("insert into segment_fragments (key, fragments) values ");
    for (index, (key, fragments)) in lists.enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" }).bind(key.0);
        sql.push(", ").bind(fragments).push(")");
    }
    sql.push(" on conflict (key) do update set fragments = excluded.fragments");
    sql
}
