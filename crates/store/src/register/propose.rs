//! Proposing: a unit should count, or should no longer.

use std::collections::HashMap;

use domain::access::Access;
use domain::category::Category;
use domain::ids::{RegisterChangeId, UnitId, UserId};
use domain::register::change::{ChangeKind, ChangeReason};
use jiff::Timestamp;

use super::decide::{make_version, never_proposed};
use super::newest;
use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::{Narrow, Sql};
use crate::units::KEYS;

/// Rows of one insert; see `units::apply`.
const INSERT_ROWS: usize = 25;

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRegisterChange {
    /// Own id.
    pub id: RegisterChangeId,
    /// The unit.
    pub unit_id: UnitId,
    /// Which way it goes.
    pub kind: ChangeKind,
    /// Why; must fit the direction.
    pub reason: ChangeReason,
    /// In the proposer's words.
    pub note: Option<String>,
}

/// What became of new units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RegisterOutcome {
    /// The first version, where there was none and the asker may approve.
    pub version: Option<i64>,
    /// Units in that version, or proposed for the next one.
    pub units: usize,
}

/// Where a unit stands towards the newest version of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterStanding {
    /// Its name.
    pub name: String,
    /// The newest version has it.
    pub is_member: bool,
    /// A change of it waits for a decision.
    pub has_proposal: bool,
}

impl Store {
    /// Writes proposals, all or none.
    ///
    /// Errors: NotFound for a unit outside the asker's scope; Invalid for a reason that does not fit; Conflict where the unit is
    /// already in (or not in) the newest version, or another proposal about it waits.
    pub async fn propose_register_changes(
        &self,
        access: &Access,
        changes: &[NewRegisterChange],
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Register).await?;
        for chunk in changes.chunks(KEYS) {
            let ids: Vec<UnitId> = chunk.iter().map(|change| change.unit_id).collect();
            let rows = tx.fetch_all(standing(access, &ids)).await?;
            for row in &rows {
                if row.word("category", Category::parse)? == Category::DutySite {
                    let name = row.text("name")?;
                    return Err(StoreError::Invalid(format!("{name} is a duty site and never counts")));
                }
            }
            let standing = read_standing(&rows)?;
            for change in chunk {
                check(change, standing.get(&change.unit_id).ok_or(StoreError::NotFound)?)?;
            }
        }
        write(&mut tx, changes, access.user_id, at).await?;
        tx.commit().await
    }

    /// Where a unit stands towards the newest version.
    pub async fn register_standing(&self, access: &Access, id: UnitId) -> Result<RegisterStanding> {
        let rows = self.pools.fetch_all(standing(access, &[id])).await?;
        read_standing(&rows)?.remove(&id).ok_or(StoreError::NotFound)
    }

    /// Takes care of units that no version ever had and nobody proposed: where there is no version yet and `may_approve`, the first one
    /// is made of all of them; otherwise each in the asker's scope is proposed as new.
    pub async fn register_new_units(
        &self,
        access: &Access,
        may_approve: bool,
        at: Timestamp,
        note: &str,
        mut new_id: impl FnMut() -> RegisterChangeId + Send,
    ) -> Result<RegisterOutcome> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Register).await?;
        if may_approve && newest(&mut tx).await?.is_none() {
            // Whoever founds the register does so for everybody: until now every unit counted, not only those of a scope.
            let ids = never_proposed(&mut tx).await?;
            if ids.is_empty() {
                return Ok(RegisterOutcome::default());
            }
            let version = make_version(&mut tx, &ids, &[], access.user_id, at, Some(note)).await?.version;
            tx.commit().await?;
            return Ok(RegisterOutcome { version: Some(version), units: ids.len() });
        }
        let mut sql = Sql::new(
            "select u.unit_id from unit_now u where not exists (select 1 from register_member m where m.unit_id = u.unit_id)
             and not exists (select 1 from register_change g where g.unit_id = u.unit_id) and u.category <> 'duty_site'",
        );
        sql.narrow(access, Narrow::Current).push(" order by u.unit_id");
        let change = |row: &Row| {
            Ok(NewRegisterChange {
                id: new_id(),
                unit_id: row.id("unit_id")?,
                kind: ChangeKind::Add,
                reason: ChangeReason::New,
                note: Some(note.to_owned()),
            })
        };
        let changes = tx.fetch_all(sql).await?.iter().map(change).collect::<Result<Vec<_>>>()?;
        write(&mut tx, &changes, access.user_id, at).await?;
        tx.commit().await?;
        Ok(RegisterOutcome { version: None, units: changes.len() })
    }
}

fn check(change: &NewRegisterChange, standing: &RegisterStanding) -> Result<()> {
    let name = &standing.name;
    if !change.reason.fits(change.kind) {
        let (kind, reason) = (change.kind.as_str(), change.reason.as_str());
        return Err(StoreError::Invalid(format!("{name}: {reason} is no reason to {kind}")));
    }
    if standing.has_proposal {
        return Err(StoreError::conflict(format!(
            "{name}: another change of this unit waits for a decision"
        )));
    }
    match change.kind {
        ChangeKind::Add if standing.is_member => {
            Err(StoreError::conflict(format!("{name} is in the register already")))
        }
        ChangeKind::Remove if !standing.is_member => {
            Err(StoreError::conflict(format!("{name} is not in the approved register")))
        }
        _ => Ok(()),
    }
}

fn standing(access: &Access, ids: &[UnitId]) -> Sql {
    let mut sql = Sql::new(
        "select u.unit_id, u.name, u.category,
             exists (select 1 from register_member m where m.unit_id = u.unit_id and m.until_version is null) as is_member,
             exists (select 1 from register_change g where g.unit_id = u.unit_id and g.state = 'proposed') as has_proposal
         from unit_now u where u.unit_id in ",
    );
    sql.list(ids.iter().map(|id| id.0)).narrow(access, Narrow::Current);
    sql
}

fn read_standing(rows: &[Row]) -> Result<HashMap<UnitId, RegisterStanding>> {
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let standing = RegisterStanding {
            name: row.text("name")?,
            is_member: row.flag("is_member")?,
            has_proposal: row.flag("has_proposal")?,
        };
        found.insert(row.id("unit_id")?, standing);
    }
    Ok(found)
}

async fn write(tx: &mut Tx, changes: &[NewRegisterChange], by: Option<UserId>, at: Timestamp) -> Result<()> {
    for chunk in changes.chunks(INSERT_ROWS) {
        let mut sql = Sql::new(
            "insert into register_change (id, unit_id, kind, reason, note, proposed_by, proposed_at, state) values ",
        );
        for (index, change) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(change.id.0);
            sql.push(", ").bind(change.unit_id.0);
            sql.push(", ").bind(change.kind.as_str());
            sql.push(", ").bind(change.reason.as_str());
            sql.push(", ").bind(change.note.clone());
            sql.push(", ").bind(by.map(|id| id.0));
            sql.push(", ").bind(at).push(", 'proposed')");
        }
        tx.execute(sql).await?;
    }
    Ok(())
}
