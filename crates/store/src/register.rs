//! The register of units that should connect (应接入底册): its approved versions, who is in them, and the changes proposed to it.
//!
//! A unit exists from the moment it is imported; it counts only from the version of the register that has it until the version that no
//! longer does. Versions are made by approving proposals, several at a time, and are never changed. Before the first version every
//! unit counts. What is not here: the rule who may decide, which is the domain's.

mod decide;
mod propose;

use domain::access::Access;
use domain::ids::{RegisterChangeId, UserId};
use domain::register::change::{ChangeKind, ChangeReason, ChangeState};
use jiff::Timestamp;
use serde::Serialize;

use crate::Store;
use crate::engine::Tx;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};
use crate::units::{UnitRow, count, read_unit_row};

pub use decide::MAX_DECIDED;
pub use propose::{NewRegisterChange, RegisterOutcome, RegisterStanding};

/// One version of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterVersion {
    /// Its number, from 1.
    pub version: i64,
    /// It holds from here until the next one.
    pub valid_from: Timestamp,
    /// When it was approved.
    pub approved_at: Timestamp,
    /// By whom; none: the platform.
    pub approved_by: Option<UserId>,
    /// What was said about it.
    pub note: Option<String>,
    /// Units in it.
    pub units: u64,
    /// Units the one before did not have.
    pub added: u64,
    /// Units only the one before had.
    pub removed: u64,
    /// SHA-256 over the ids of its units, lower-case hex.
    pub hash: String,
}

/// A proposed change with the unit as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterChange {
    /// Own id.
    pub id: RegisterChangeId,
    /// The unit.
    pub unit: UnitRow,
    /// Which way it goes.
    pub kind: ChangeKind,
    /// Why.
    pub reason: ChangeReason,
    /// What the proposer wrote.
    pub note: Option<String>,
    /// Who; none: the platform.
    pub proposed_by: Option<UserId>,
    /// When.
    pub proposed_at: Timestamp,
    /// What became of it.
    pub state: ChangeState,
    /// Who decided.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What they wrote.
    pub decision_note: Option<String>,
    /// The version an approval made.
    pub version: Option<i64>,
}

impl Store {
    /// Versions of the register, newest first. They count everybody and name nobody.
    pub async fn register_versions(&self, ask: &PageAsk) -> Result<Page<RegisterVersion>> {
        let mut sql = Sql::new("select * from register_version where 1 = 1");
        if let Some(version) = ask.key::<i64>()? {
            sql.push(" and version < ").bind(version);
        }
        sql.push(" order by version desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_register_version).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |version| version.version))
    }

    /// One version.
    pub async fn register_version(&self, version: i64) -> Result<RegisterVersion> {
        let sql = Sql::new("select * from register_version where version = $1").with(version);
        read_register_version(&self.pools.fetch_one(sql).await?)
    }

    /// Changes of units in the asker's scope, last proposed first.
    pub async fn register_changes(
        &self,
        access: &Access,
        state: Option<ChangeState>,
        ask: &PageAsk,
    ) -> Result<Page<RegisterChange>> {
        let mut sql = Sql::new(CHANGE_ROWS);
        sql.narrow(access, Narrow::Current);
        sql.filter(" and g.state = ", state.map(ChangeState::as_str));
        if let Some((proposed_us, id)) = ask.key::<(i64, RegisterChangeId)>()? {
            sql.push(" and (g.proposed_at, g.id) < (").bind(proposed_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by g.proposed_at desc, g.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_change).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |change| (change.proposed_at.as_microsecond(), change.id)))
    }

    /// One change.
    pub async fn register_change(&self, access: &Access, id: RegisterChangeId) -> Result<RegisterChange> {
        let mut sql = Sql::new(CHANGE_ROWS);
        sql.push(" and g.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_change(&self.pools.fetch_one(sql).await?)
    }
}

const CHANGE_ROWS: &str = "select u.*, g.id as change_id, g.kind, g.reason, g.note, g.proposed_by, g.proposed_at, g.state, g.decided_by,
        g.decided_at, g.decision_note, g.version, r.city_id, c.name as city_name, r.county_id, k.name as county_name
    from register_change g
    join unit_now u on u.unit_id = g.unit_id
    join region r on r.id = u.region_id
    left join region c on c.id = r.city_id
    left join region k on k.id = r.county_id
    where 1 = 1";

/// The version in force at a moment; none before the first.
pub(crate) async fn version_at(tx: &mut Tx, at: Timestamp) -> Result<Option<i64>> {
    let sql =
        Sql::new("select version from register_version where valid_from <= $1 order by version desc limit 1");
    tx.fetch_opt(sql.with(at)).await?.map(|row| row.int("version")).transpose()
}

/// The newest version.
pub(crate) async fn newest(tx: &mut Tx) -> Result<Option<RegisterVersion>> {
    let sql = Sql::new("select * from register_version order by version desc limit 1");
    tx.fetch_opt(sql).await?.as_ref().map(read_register_version).transpose()
}

fn read_register_version(row: &Row) -> Result<RegisterVersion> {
    Ok(RegisterVersion {
        version: row.int("version")?,
        valid_from: row.time("valid_from")?,
        approved_at: row.time("approved_at")?,
        approved_by: row.id_opt("approved_by")?,
        note: row.text_opt("note")?,
        units: count(row, "units")?,
        added: count(row, "added")?,
        removed: count(row, "removed")?,
        hash: row.text("hash")?,
    })
}

fn read_change(row: &Row) -> Result<RegisterChange> {
    Ok(RegisterChange {
        id: row.id("change_id")?,
        unit: read_unit_row(row)?,
        kind: row.word("kind", ChangeKind::parse)?,
        reason: row.word("reason", ChangeReason::parse)?,
        note: row.text_opt("note")?,
        proposed_by: row.id_opt("proposed_by")?,
        proposed_at: row.time("proposed_at")?,
        state: row.word("state", ChangeState::parse)?,
        decided_by: row.id_opt("decided_by")?,
        decided_at: row.time_opt("decided_at")?,
        decision_note: row.text_opt("decision_note")?,
        version: row.int_opt("version")?,
    })
}
