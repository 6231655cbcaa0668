//! Changing the register: many wanted states in, one transaction, all or nothing.

use std::collections::{HashMap, HashSet};

use domain::access::{Access, Scope};
use domain::ids::{RegionId, UnitId, UserId};
use jiff::Timestamp;

use super::{KEYS, UnitChange, UnitVersion, UnitsApplied, read_version};
use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::snapshots::not_yet_shown;
use crate::sql::{Narrow, Sql};

/// Most changes of one call; the whole register of a province is about 19 000.
const MAX_CHANGES: usize = 200_000;
/// Rows of one insert. SQLite looks up the name of each bound value among all of them, so long statements cost their square.
const INSERT_ROWS: usize = 25;
/// Changes after which PostgreSQL is told to count its rows again instead of when it gets to it.
const MANY: usize = 1000;

impl Store {
    /// Brings units to the wanted states as of `at`: new ids are created, changed ones get a new version, equal ones are left alone.
    /// One transaction, all or nothing.
    ///
    /// What a snapshot has shown stays so: where one shows `at` or a later moment, the change is valid from just after it.
    ///
    /// Errors: NotFound when any unit, or the region it is to move to, is outside the asker's scope; Invalid for a unit given twice
    /// or a region that does not exist; Conflict for a school code another unit has, or when a unit has a version newer than `at`.
    pub async fn apply_units(
        &self,
        access: &Access,
        changes: &[UnitChange],
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<UnitsApplied> {
        if changes.len() > MAX_CHANGES {
            return Err(StoreError::Limit(format!(
                "{} units in one change, at most {MAX_CHANGES}",
                changes.len()
            )));
        }
        refuse_twice(changes)?;
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Register).await?;
        let at = not_yet_shown(&mut tx, at).await?;
        check_regions(&mut tx, access, changes).await?;
        let current = current_versions(&mut tx, access, changes).await?;
        let mut applied = UnitsApplied::default();
        let mut closing = Vec::new();
        let mut opening = Vec::new();
        for change in changes {
            match current.get(&change.unit.id) {
                None => {
                    applied.created += 1;
                    opening.push((change, true));
                }
                Some(version) if is_same(version, change) => applied.unchanged += 1,
                Some(version) if version.valid_from > at => {
                    return Err(StoreError::Conflict(format!(
                        "{} was changed at {}, after {at}",
                        version.unit.name, version.valid_from
                    )));
                }
                Some(_) => {
                    applied.updated += 1;
                    closing.push(change.unit.id);
                    opening.push((change, false));
                }
            }
        }
        close_versions(&mut tx, &closing, at).await?;
        open_versions(&mut tx, &opening, by, at).await?;
        if opening.len() >= MANY {
            tx.refresh_statistics("analyze unit_version").await?;
        }
        tx.commit().await?;
        Ok(applied)
    }
}

fn refuse_twice(changes: &[UnitChange]) -> Result<()> {
    let mut seen = HashSet::with_capacity(changes.len());
    match changes.iter().find(|change| !seen.insert(change.unit.id)) {
        Some(twice) => Err(StoreError::Invalid(format!("unit {} is given twice", twice.unit.name))),
        None => Ok(()),
    }
}

fn is_same(version: &UnitVersion, change: &UnitChange) -> bool {
    version.unit == change.unit
        && version.connection_provenance == change.connection_provenance
        && version.duty_provenance == change.duty_provenance
}

/// Every wanted region lies in the scope.
async fn check_regions(tx: &mut Tx, access: &Access, changes: &[UnitChange]) -> Result<()> {
    let mut sql =
        Sql::new("select t.descendant_id as id from region_tree t where t.ancestor_id = t.descendant_id");
    match access.scope {
        Some(Scope::Region(id)) => {
            sql = Sql::new("select descendant_id as id from region_tree where ancestor_id = $1").with(id.0);
        }
        // A unit changes itself and stays where it is.
        Some(Scope::Unit(id)) => {
            sql = Sql::new("select region_id as id from unit_now where unit_id = $1").with(id.0);
        }
        None if *access == Access::PLATFORM => {}
        // The register is not an organisation's to write.
        Some(Scope::Organisation(_)) | None => return Err(StoreError::NotFound),
    }
    let mut reach: HashSet<RegionId> = HashSet::new();
    for row in tx.fetch_all(sql).await? {
        reach.insert(row.id("id")?);
    }
    match changes.iter().find(|change| !reach.contains(&change.unit.region_id)) {
        Some(change) if *access == Access::PLATFORM => Err(StoreError::Invalid(format!(
            "unit {}: no region {}",
            change.unit.name, change.unit.region_id
        ))),
        Some(_) => Err(StoreError::NotFound),
        None => Ok(()),
    }
}

/// The versions that hold now, of those units that exist; refuses units outside the scope.
async fn current_versions(
    tx: &mut Tx,
    access: &Access,
    changes: &[UnitChange],
) -> Result<HashMap<UnitId, UnitVersion>> {
    let mut current = HashMap::with_capacity(changes.len());
    let mut existing = 0;
    for chunk in changes.chunks(KEYS) {
        let mut sql = Sql::new("select cast(count(*) as bigint) as n from unit where id in ");
        sql.list(chunk.iter().map(|change| change.unit.id.0));
        existing += tx.fetch_opt(sql).await?.map_or(Ok(0), |row| row.int("n"))?;
        let mut sql = Sql::new("select u.* from unit_now u where u.unit_id in ");
        sql.list(chunk.iter().map(|change| change.unit.id.0)).narrow(access, Narrow::Current);
        for row in tx.fetch_all(sql).await? {
            let version = read_version(&row)?;
            current.insert(version.unit.id, version);
        }
    }
    if existing as usize > current.len() {
        return Err(StoreError::NotFound);
    }
    if matches!(access.scope, Some(Scope::Unit(_))) && current.len() < changes.len() {
        // A unit's own people do not add units.
        return Err(StoreError::NotFound);
    }
    Ok(current)
}

async fn close_versions(tx: &mut Tx, ids: &[UnitId], at: Timestamp) -> Result<()> {
    for chunk in ids.chunks(KEYS) {
        let mut sql = Sql::new("update unit_version set valid_until = ");
        sql.bind(at).push(" where valid_until is null and unit_id in ").list(chunk.iter().map(|id| id.0));
        tx.execute(sql).await?;
    }
    Ok(())
}

/// Writes new versions, and the unit itself where the flag says it is new.
async fn open_versions(
    tx: &mut Tx,
    opening: &[(&UnitChange, bool)],
    by: Option<UserId>,
    at: Timestamp,
) -> Result<()> {
    let new: Vec<_> = opening.iter().filter(|(_, is_new)| *is_new).collect();
    for chunk in new.chunks(INSERT_ROWS) {
        let mut sql = Sql::new("insert into unit (id, created_at) values ");
        for (index, (change, _)) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" })
                .bind(change.unit.id.0)
                .push(", ")
                .bind(at)
                .push(")");
        }
        tx.execute(sql).await?;
    }
    for chunk in opening.chunks(INSERT_ROWS) {
        let mut sql = Sql::new(
            "insert into unit_version (valid_from, recorded_by, unit_id, name, category, region_id, ownership, study_level,
                 boarding, school_code, connection, duty, is_connected, is_on_duty, connection_provenance, duty_provenance,
                 synthetic, source) values ",
        );
        for (index, (change, _)) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(at).push(", ").bind(by.map(|id| id.0));
            bind_change(&mut sql, change);
            sql.push(")");
        }
        tx.execute(sql).await?;
    }
    Ok(())
}

fn bind_change(sql: &mut Sql, change: &UnitChange) {
    let unit = &change.unit;
    sql.push(", ").bind(unit.id.0);
    sql.push(", ").bind(&unit.name);
    sql.push(", ").bind(unit.category.as_str());
    sql.push(", ").bind(unit.region_id.0);
    sql.push(", ").bind(unit.ownership.map(domain::unit::Ownership::as_str));
    sql.push(", ").bind(unit.study_level.map(domain::unit::StudyLevel::as_str));
    sql.push(", ").bind(unit.boarding);
    sql.push(", ").bind(unit.school_code.clone());
    sql.push(", ").bind(unit.connection.as_str());
    sql.push(", ").bind(unit.duty.as_str());
    sql.push(", ").bind(unit.connection.counts_as_connected());
    sql.push(", ").bind(unit.duty.counts_as_on_duty());
    sql.push(", ").bind(change.connection_provenance.as_str());
    sql.push(", ").bind(change.duty_provenance.as_str());
    sql.push(", ").bind(unit.synthetic);
    sql.push(", ").bind(&change.source);
}
