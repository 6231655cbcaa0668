//! Snapshots: the register frozen as it was at a moment, with the names, counts and hash that figures and bulletins rest on.
//!
//! Freezing copies every version valid at `as_of` (not what holds now) in one transaction, counts the cells once, and seals the rows
//! with a SHA-256 that is the same on both engines. Nothing frozen ever changes; the database refuses it.

use domain::access::{Access, Scope};
use domain::category::Category;
use domain::figures::{Cell, Measure};
use domain::ids::{RegionId, SnapshotId, UserId};
use domain::unit::{Ownership, StudyLevel};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::Store;
use crate::audit::hash_field;
use crate::blobs::hex;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};
use crate::units::{UnitRow, count, read_unit_row};

/// Most names of one list of a bulletin; a category that is listed by name has a few dozen units.
const MAX_NAMES: usize = 5000;

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
    /// SHA-256 over the frozen rows, lower-case hex.
    pub hash: String,
    /// Why.
    pub note: Option<String>,
}

/// A frozen unit; the same shape as a current one.
pub type SnapshotUnitRow = UnitRow;

/// Which side of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FigureValue {
    /// Counted in the numerator.
    In,
    /// Only in the denominator.
    Out,
    /// The denominator.
    #[default]
    All,
}

/// Which units are behind a figure; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureFilter {
    /// Of this category.
    pub category: Option<Category>,
    /// In this province, city or county as the tree was when frozen, or exactly of this region.
    pub region_id: Option<RegionId>,
    /// Only units that belong to no city.
    pub outside_cities: bool,
    /// Public or private.
    pub ownership: Option<Ownership>,
    /// Level of study.
    pub study_level: Option<StudyLevel>,
    /// What is counted.
    pub measure: Measure,
    /// On which side.
    pub value: FigureValue,
}

impl FigureFilter {
    /// Every unit of a snapshot, seen by `measure`.
    pub fn all(measure: Measure) -> Self {
        Self {
            category: None,
            region_id: None,
            outside_cities: false,
            ownership: None,
            study_level: None,
            measure,
            value: FigureValue::All,
        }
    }
}

impl Store {
    /// Freezes the register as it was at `as_of`. One transaction.
    ///
    /// A snapshot speaks of everybody, so an asker who does not see the whole register gets NotFound. Invalid when `as_of` lies
    /// after `taken_at`: the future cannot be frozen.
    pub async fn take_snapshot(
        &self,
        access: &Access,
        id: SnapshotId,
        as_of: Timestamp,
        taken_at: Timestamp,
        taken_by: Option<UserId>,
        note: Option<&str>,
    ) -> Result<Snapshot> {
        if as_of > taken_at {
            return Err(StoreError::Invalid(format!("as of {as_of} lies after {taken_at}")));
        }
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Register).await?;
        need_everything(&mut tx, access).await?;
        let rows = valid_rows(&mut tx, as_of).await?;
        let snapshot = Snapshot {
            id,
            as_of,
            taken_at,
            taken_by,
            units: rows.len() as i64,
            hash: seal(&rows)?,
            note: note.map(str::to_owned),
        };
        insert_snapshot(&mut tx, &snapshot).await?;
        freeze(&mut tx, id, as_of).await?;
        tx.refresh_statistics("analyze snapshot_unit").await?;
        tx.commit().await?;
        Ok(snapshot)
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

    /// Whether any frozen unit is synthetic; a bulletin from such a snapshot says so.
    pub async fn snapshot_is_synthetic(&self, id: SnapshotId) -> Result<bool> {
        let sql = Sql::new("select unit_id from snapshot_unit where snapshot_id = $1 and synthetic limit 1")
            .with(id.0);
        Ok(self.pools.fetch_opt(sql).await?.is_some())
    }

    /// The one taken last; NotFound before the first.
    pub async fn latest_snapshot(&self) -> Result<Snapshot> {
        let sql = Sql::new("select * from snapshot order by taken_at desc, id desc limit 1");
        read_snapshot(&self.pools.fetch_one(sql).await?)
    }

    /// The counts of a snapshot. They speak of everybody and name nobody.
    pub async fn snapshot_cells(&self, id: SnapshotId) -> Result<Vec<Cell>> {
        self.snapshot(id).await?;
        let sql = Sql::new("select * from snapshot_cell where snapshot_id = $1").with(id.0);
        self.pools.fetch_all(sql).await?.iter().map(read_cell).collect()
    }

    /// The frozen units behind a figure, narrowed to the asker's scope, in the order of their regions, then by name.
    pub async fn snapshot_units(
        &self,
        access: &Access,
        id: SnapshotId,
        filter: &FigureFilter,
        ask: &PageAsk,
    ) -> Result<Page<SnapshotUnitRow>> {
        self.snapshot(id).await?;
        let mut sql = Sql::new("select s.* from snapshot_unit s where s.snapshot_id = $1").with(id.0);
        sql.narrow(access, Narrow::Frozen);
        add_filter(&mut sql, filter);
        if let Some((position, name, id)) = ask.key::<(i64, String, domain::ids::UnitId)>()? {
            sql.push(" and s.region_position >= ").bind(position);
            sql.push(" and (s.region_position, s.name, s.unit_id) > (").bind(position);
            sql.push(", ").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by s.region_position, s.name, s.unit_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(|row| Ok((row.int("region_position")?, read_unit_row(row)?)));
        let page = ask.cut(items.collect::<Result<Vec<_>>>()?, |(position, row)| {
            (*position, row.unit.name.clone(), row.unit.id)
        });
        Ok(Page { items: page.items.into_iter().map(|(_, row)| row).collect(), next: page.next })
    }

    /// Names of the units of a category that the measure counts, in the register's order: for categories a bulletin lists by name.
    /// Limit where there are more than anybody would print.
    pub async fn snapshot_names(
        &self,
        id: SnapshotId,
        category: Category,
        measure: Measure,
    ) -> Result<Vec<String>> {
        self.snapshot(id).await?;
        let mut sql = Sql::new("select s.name from snapshot_unit s where s.snapshot_id = $1").with(id.0);
        let filter =
            FigureFilter { category: Some(category), value: FigureValue::In, ..FigureFilter::all(measure) };
        add_filter(&mut sql, &filter);
        // Ids grow with the register, so this is its order: the one in which a province lists its institutions.
        sql.push(" order by s.unit_id limit ").bind(MAX_NAMES as i64 + 1);
        let rows = self.pools.fetch_all(sql).await?;
        if rows.len() > MAX_NAMES {
            return Err(StoreError::Limit(format!("more than {MAX_NAMES} names of {}", category.as_str())));
        }
        rows.iter().map(|row| row.text("name")).collect()
    }
}

fn add_filter(sql: &mut Sql, filter: &FigureFilter) {
    sql.filter(" and s.category = ", filter.category.map(Category::as_str));
    if let Some(id) = filter.region_id {
        sql.push(" and ").bind(id.0).push(" in (s.region_id, s.county_id, s.city_id, s.province_id)");
    }
    if filter.outside_cities {
        sql.push(" and s.city_id is null");
    }
    sql.filter(" and s.ownership = ", filter.ownership.map(Ownership::as_str));
    sql.filter(" and s.study_level = ", filter.study_level.map(StudyLevel::as_str));
    let (numerator, rest, population) = match filter.measure {
        Measure::Connection => ("s.is_connected", "not s.is_connected", None),
        Measure::Duty => ("s.is_on_duty", "not s.is_on_duty", None),
        Measure::NotConnected => ("not s.is_connected", "s.is_connected", None),
        Measure::EffectiveDuty => ("s.is_on_duty", "not s.is_on_duty", Some("s.is_connected")),
        Measure::Unattended => ("not s.is_on_duty", "s.is_on_duty", Some("s.is_connected")),
    };
    let side = match filter.value {
        FigureValue::All => None,
        FigureValue::In => Some(numerator),
        FigureValue::Out => Some(rest),
    };
    for condition in [population, side].into_iter().flatten() {
        sql.push(" and ").push(condition);
    }
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

/// What is sealed, in the order of ids: the columns of `snapshot_unit` that figures are made of.
async fn valid_rows(tx: &mut Tx, as_of: Timestamp) -> Result<Vec<Row>> {
    let sql = Sql::new(
        "select v.unit_id, v.name, v.category, v.region_id, r.city_id, v.ownership, v.study_level, v.school_code, v.connection,
             v.duty, v.connection_provenance, v.duty_provenance, v.boarding, v.is_connected, v.is_on_duty, v.synthetic
         from unit_version v join region r on r.id = v.region_id
         where v.valid_from <= $1 and (v.valid_until is null or v.valid_until > $1)
         order by v.unit_id",
    )
    .with(as_of);
    tx.fetch_all(sql).await
}

const SEALED_TEXTS: [&str; 12] = [
    "unit_id",
    "name",
    "category",
    "region_id",
    "city_id",
    "ownership",
    "study_level",
    "school_code",
    "connection",
    "duty",
    "connection_provenance",
    "duty_provenance",
];
const SEALED_FLAGS: [&str; 4] = ["boarding", "is_connected", "is_on_duty", "synthetic"];

/// SHA-256 over the rows in their order, every field with its length.
fn seal(rows: &[Row]) -> Result<String> {
    let mut hasher = Sha256::new();
    for row in rows {
        for column in SEALED_TEXTS {
            hash_field(&mut hasher, row.str_opt(column)?);
        }
        for column in SEALED_FLAGS {
            hasher.update([u8::from(row.flag(column)?)]);
        }
    }
    Ok(hex(&hasher.finalize()))
}

async fn insert_snapshot(tx: &mut Tx, snapshot: &Snapshot) -> Result<()> {
    let sql = Sql::new(
        "insert into snapshot (id, as_of, taken_at, taken_by, units, hash, note) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(snapshot.id.0)
    .with(snapshot.as_of)
    .with(snapshot.taken_at)
    .with(snapshot.taken_by.map(|id| id.0))
    .with(snapshot.units)
    .with(&snapshot.hash)
    .with(snapshot.note.clone());
    tx.execute(sql).await.map(|_| ())
}

async fn freeze(tx: &mut Tx, id: SnapshotId, as_of: Timestamp) -> Result<()> {
    let sql = Sql::new(
        "insert into snapshot_unit (snapshot_id, unit_id, name, category, region_id, region_position, province_id, city_id,
             city_name, county_id, county_name, ownership, study_level, boarding, school_code, connection, duty, is_connected,
             is_on_duty, connection_provenance, duty_provenance, synthetic)
         select cast($1 as text), v.unit_id, v.name, v.category, v.region_id, r.position, r.province_id, r.city_id, c.name,
             r.county_id, k.name, v.ownership, v.study_level, v.boarding, v.school_code, v.connection, v.duty, v.is_connected,
             v.is_on_duty, v.connection_provenance, v.duty_provenance, v.synthetic
         from unit_version v join region r on r.id = v.region_id
             left join region c on c.id = r.city_id left join region k on k.id = r.county_id
         where v.valid_from <= $2 and (v.valid_until is null or v.valid_until > $2)",
    )
    .with(id.0)
    .with(as_of);
    tx.execute(sql).await?;
    let sql = Sql::new(
        "insert into snapshot_cell (snapshot_id, category, ownership, study_level, city_id, total, connected, duty, connected_on_duty)
         select snapshot_id, category, ownership, study_level, city_id, cast(count(*) as bigint),
             cast(sum(case when is_connected then 1 else 0 end) as bigint),
             cast(sum(case when is_on_duty then 1 else 0 end) as bigint),
             cast(sum(case when is_connected and is_on_duty then 1 else 0 end) as bigint)
         from snapshot_unit where snapshot_id = $1
         group by snapshot_id, category, ownership, study_level, city_id",
    )
    .with(id.0);
    tx.execute(sql).await.map(|_| ())
}

fn read_snapshot(row: &Row) -> Result<Snapshot> {
    Ok(Snapshot {
        id: row.id("id")?,
        as_of: row.time("as_of")?,
        taken_at: row.time("taken_at")?,
        taken_by: row.id_opt("taken_by")?,
        units: row.int("units")?,
        hash: row.text("hash")?,
        note: row.text_opt("note")?,
    })
}

fn read_cell(row: &Row) -> Result<Cell> {
    Ok(Cell {
        category: row.word("category", Category::parse)?,
        ownership: row.word_opt("ownership", Ownership::parse)?,
        study_level: row.word_opt("study_level", StudyLevel::parse)?,
        city_id: row.id_opt("city_id")?,
        total: count(row, "total")?,
        connected: count(row, "connected")?,
        duty: count(row, "duty")?,
        connected_on_duty: count(row, "connected_on_duty")?,
    })
}
