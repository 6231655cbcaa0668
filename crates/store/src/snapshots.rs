//! Snapshots: the register frozen as it was at a moment, with the names, counts and hashes that figures and bulletins rest on.
//!
//! Freezing copies every version valid at `as_of` (not what holds now) of the units that the register version of that moment counts,
//! together with the alarms of a period before it, in one transaction; counts the cells once, and seals register, connection, duty and
//! alarms each with a SHA-256 that is the same on both engines. The same moment frozen again gives the same hashes, whatever happened
//! since: later changes of the register are never valid from a moment that a snapshot has shown. Nothing frozen ever changes; the
//! database refuses it.

mod alarm_rows;
mod alarms;
mod compare;
mod freeze;
mod seal;
mod series;
mod units;

pub use alarm_rows::{FrozenAlarm, FrozenAlarmUnit};
pub use compare::{DifferenceFilter, PairCounts, UnitDifference};
pub use series::{SeriesFilter, SeriesPoint};
pub use units::{FigureFilter, FigureValue, FrozenUnit};

use domain::access::{Access, Scope};
use domain::category::Category;
use domain::figures::{Cell, CountyCell};
use domain::ids::{RegionId, SnapshotId, UserId};
use domain::unit::{Ownership, StudyLevel};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::register::version_at;
use crate::row::Row;
use crate::sql::Sql;
use crate::units::count;

/// A frozen unit under the name it had before it carried its provenance.
pub type SnapshotUnitRow = FrozenUnit;

/// What to freeze.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSnapshot {
    /// Own id.
    pub id: SnapshotId,
    /// The moment it shows.
    pub as_of: Timestamp,
    /// Alarms pushed from here until `as_of` are counted.
    pub alarms_from: Timestamp,
    /// When it is frozen.
    pub taken_at: Timestamp,
    /// By whom; none: on the command line.
    pub taken_by: Option<UserId>,
    /// Why.
    pub note: Option<String>,
}

impl NewSnapshot {
    /// Days of alarms counted where the caller names no period.
    pub const ALARM_DAYS: i64 = 62;

    /// A snapshot of `as_of` with the alarms of [`Self::ALARM_DAYS`] before it, by the platform itself.
    pub fn of(id: SnapshotId, as_of: Timestamp, taken_at: Timestamp) -> Self {
        let days = SignedDuration::from_hours(24 * Self::ALARM_DAYS);
        let alarms_from = as_of.saturating_sub(days).unwrap_or(Timestamp::MIN);
        Self { id, as_of, alarms_from, taken_at, taken_by: None, note: None }
    }
}

/// A frozen register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// Own id.
    pub id: SnapshotId,
    /// The moment it shows.
    pub as_of: Timestamp,
    /// When it was frozen.
    pub taken_at: Timestamp,
    /// By whom; none: on the command line.
    pub taken_by: Option<UserId>,
    /// Frozen units.
    pub units: i64,
    /// SHA-256 over the moment, the register version and the parts, lower-case hex.
    pub hash: String,
    /// Why.
    pub note: Option<String>,
    /// The register version in force at that moment; none before the first one, when every unit of the register counts.
    pub register_version: Option<i64>,
    /// True where any frozen unit is invented; a bulletin from such a snapshot says so.
    pub synthetic: bool,
    /// SHA-256 of each part, lower-case hex.
    pub parts: SnapshotParts,
    /// Where the states of the connected units come from.
    pub connection_provenance: ProvenanceCounts,
    /// Where the states of the units on duty come from.
    pub duty_provenance: ProvenanceCounts,
    /// Alarms of the period before it.
    pub alarms: FrozenAlarmCounts,
}

/// The sealed parts of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SnapshotParts {
    /// Which units, of which category and region.
    pub register: String,
    /// Their connection with its provenance and date.
    pub connection: String,
    /// Their duty with its provenance and date.
    pub duty: String,
    /// The alarms of the period.
    pub alarms: String,
}

/// Units by where their state comes from (R37).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ProvenanceCounts {
    /// 平台观测
    pub observed: u64,
    /// 单位上报
    pub reported: u64,
    /// 监管确认
    pub confirmed: u64,
}

/// Alarms of a snapshot's period: drills, tests and merged ones are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FrozenAlarmCounts {
    /// Pushed at or after this; none for a snapshot that has no alarms.
    pub from: Option<Timestamp>,
    /// And not after this.
    pub until: Timestamp,
    /// Pushed in the period.
    pub raised: u64,
    /// Of these, any clock exceeded (未及时处理).
    pub late: u64,
    /// Of the raised, still open at the end of the period.
    pub open: u64,
    /// Both late and open.
    pub late_open: u64,
}

impl Store {
    /// Freezes the register as it was at `as_of`. One transaction.
    ///
    /// A snapshot speaks of everybody, so an asker who does not see the whole register gets NotFound. Invalid when `as_of` lies
    /// after `taken_at`: the future cannot be frozen; or before the beginning of its own alarms.
    pub async fn take_snapshot(&self, access: &Access, new: &NewSnapshot) -> Result<Snapshot> {
        if new.as_of > new.taken_at {
            return Err(StoreError::Invalid(format!("as of {} lies after {}", new.as_of, new.taken_at)));
        }
        if new.alarms_from > new.as_of {
            return Err(StoreError::Invalid(format!(
                "alarms from {} lie after {}",
                new.alarms_from, new.as_of
            )));
        }
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Register).await?;
        need_everything(&mut tx, access).await?;
        tx.defer_foreign_keys().await?;
        let version = version_at(&mut tx, new.as_of).await?;
        freeze::units(&mut tx, new, version).await?;
        let alarms = alarms::freeze(&mut tx, new).await?;
        let sealed = seal::seal(&mut tx, new, version, &alarms).await?;
        let snapshot = freeze::insert(&mut tx, new, version, sealed, &alarms).await?;
        tx.refresh_statistics("analyze snapshot_unit, snapshot_cell").await?;
        tx.commit().await?;
        Ok(snapshot)
    }

    /// Seals the frozen rows of a snapshot again and compares: false where somebody changed a row behind the program's back.
    pub async fn snapshot_is_intact(&self, id: SnapshotId) -> Result<bool> {
        let kept = self.snapshot(id).await?;
        let mut tx = self.pools.begin().await?;
        let new = NewSnapshot {
            alarms_from: kept.alarms.from.unwrap_or(kept.as_of),
            ..NewSnapshot::of(id, kept.as_of, kept.taken_at)
        };
        let alarms = alarms::read_back(&mut tx, &new).await?;
        let sealed = seal::seal(&mut tx, &new, kept.register_version, &alarms).await?;
        Ok(sealed.hash == kept.hash && sealed.parts == kept.parts)
    }

    /// Snapshots, last taken first.
    pub async fn snapshots(&self, ask: &PageAsk) -> Result<Page<Snapshot>> {
        let mut sql = Sql::new("select * from snapshot where 1 = 1");
        if let Some((taken_us, id)) = ask.key::<(i64, SnapshotId)>()? {
            sql.push(" and (taken_at, id) < (").bind(taken_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by taken_at desc, id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_snapshot).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |snapshot| (snapshot.taken_at.as_microsecond(), snapshot.id)))
    }

    /// One snapshot.
    pub async fn snapshot(&self, id: SnapshotId) -> Result<Snapshot> {
        let sql = Sql::new("select * from snapshot where id = $1").with(id.0);
        read_snapshot(&self.pools.fetch_one(sql).await?)
    }

    /// Whether any frozen unit is synthetic; a bulletin from such a snapshot says so. False for a snapshot that does not exist.
    pub async fn snapshot_is_synthetic(&self, id: SnapshotId) -> Result<bool> {
        match self.snapshot(id).await {
            Ok(snapshot) => Ok(snapshot.synthetic),
            Err(StoreError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The one taken last; NotFound before the first.
    pub async fn latest_snapshot(&self) -> Result<Snapshot> {
        let sql = Sql::new("select * from snapshot order by taken_at desc, id desc limit 1");
        read_snapshot(&self.pools.fetch_one(sql).await?)
    }

    /// The counts of a snapshot by category, kind and city. They speak of everybody and name nobody.
    pub async fn snapshot_cells(&self, id: SnapshotId) -> Result<Vec<Cell>> {
        self.snapshot(id).await?;
        let mut sql = Sql::new("select category, ownership, study_level, city_id as place_id");
        sql.push(CELL_SUMS).push(" from snapshot_cell where snapshot_id = ").bind(id.0);
        sql.push(" group by category, ownership, study_level, city_id order by category, city_id");
        self.pools.fetch_all(sql).await?.iter().map(read_cell).collect()
    }

    /// The counts of a snapshot within one city, with the county in the place of the city; units that belong to no county have none.
    pub async fn snapshot_county_cells(&self, id: SnapshotId, city_id: RegionId) -> Result<Vec<Cell>> {
        self.snapshot(id).await?;
        let mut sql = Sql::new("select category, ownership, study_level, county_id as place_id");
        sql.push(CELL_SUMS).push(" from snapshot_cell where snapshot_id = ").bind(id.0);
        sql.push(" and city_id = ").bind(city_id.0);
        sql.push(" group by category, ownership, study_level, county_id order by category, county_id");
        self.pools.fetch_all(sql).await?.iter().map(read_cell).collect()
    }

    /// The counts of a snapshot down to the county, everywhere.
    pub async fn snapshot_cells_by_county(&self, id: SnapshotId) -> Result<Vec<CountyCell>> {
        self.snapshot(id).await?;
        let sql = Sql::new(
            "select *, city_id as place_id from snapshot_cell where snapshot_id = $1 order by category, city_id, county_id",
        );
        let rows = self.pools.fetch_all(sql.with(id.0)).await?;
        rows.iter()
            .map(|row| Ok(CountyCell { county_id: row.id_opt("county_id")?, cell: read_cell(row)? }))
            .collect()
    }
}

const CELL_SUMS: &str = ", cast(sum(total) as bigint) as total, cast(sum(connected) as bigint) as connected,
    cast(sum(duty) as bigint) as duty, cast(sum(connected_on_duty) as bigint) as connected_on_duty";

/// The first moment at or after `at` that no snapshot has shown: what changes later is valid from there, so that a moment once frozen
/// can be frozen again with the same result.
pub(crate) async fn not_yet_shown(tx: &mut Tx, at: Timestamp) -> Result<Timestamp> {
    let sql = Sql::new("select cast(max(as_of) as bigint) as shown from snapshot");
    let shown = tx.fetch_opt(sql).await?.map(|row| row.time_opt("shown")).transpose()?.flatten();
    Ok(match shown {
        Some(shown) if shown >= at => {
            shown.saturating_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX)
        }
        _ => at,
    })
}

/// Lists that are answered at once have a limit, and say so instead of being cut.
fn refuse_more(found: usize, most: usize, what: &str) -> Result<()> {
    if found > most { Err(StoreError::Limit(format!("more than {most} {what}"))) } else { Ok(()) }
}

/// Only who sees the root of the tree, or the platform, freezes.
async fn need_everything(tx: &mut Tx, access: &Access) -> Result<()> {
    if *access == Access::PLATFORM {
        return Ok(());
    }
    let Some(Scope::Region(id)) = access.scope else { return Err(StoreError::NotFound) };
    let sql = Sql::new("select id from region where id = $1 and parent_id is null").with(id.0);
    tx.fetch_opt(sql).await?.map(|_| ()).ok_or(StoreError::NotFound)
}

pub(crate) fn read_snapshot(row: &Row) -> Result<Snapshot> {
    let as_of = row.time("as_of")?;
    Ok(Snapshot {
        id: row.id("id")?,
        as_of,
        taken_at: row.time("taken_at")?,
        taken_by: row.id_opt("taken_by")?,
        units: row.int("units")?,
        hash: row.text("hash")?,
        note: row.text_opt("note")?,
        register_version: row.int_opt("register_version")?,
        synthetic: row.flag("synthetic")?,
        parts: SnapshotParts {
            register: row.text("register_hash")?,
            connection: row.text("connection_hash")?,
            duty: row.text("duty_hash")?,
            alarms: row.text("alarms_hash")?,
        },
        connection_provenance: ProvenanceCounts {
            observed: count(row, "connection_observed")?,
            reported: count(row, "connection_reported")?,
            confirmed: count(row, "connection_confirmed")?,
        },
        duty_provenance: ProvenanceCounts {
            observed: count(row, "duty_observed")?,
            reported: count(row, "duty_reported")?,
            confirmed: count(row, "duty_confirmed")?,
        },
        alarms: FrozenAlarmCounts {
            from: row.time_opt("alarms_from")?,
            until: as_of,
            raised: count(row, "alarms_raised")?,
            late: count(row, "alarms_late")?,
            open: count(row, "alarms_open")?,
            late_open: count(row, "alarms_late_open")?,
        },
    })
}

fn read_cell(row: &Row) -> Result<Cell> {
    Ok(Cell {
        category: row.word("category", Category::parse)?,
        ownership: row.word_opt("ownership", Ownership::parse)?,
        study_level: row.word_opt("study_level", StudyLevel::parse)?,
        city_id: row.id_opt("place_id")?,
        total: count(row, "total")?,
        connected: count(row, "connected")?,
        duty: count(row, "duty")?,
        connected_on_duty: count(row, "connected_on_duty")?,
    })
}
