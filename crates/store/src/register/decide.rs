//! Deciding: proposals are approved or rejected, and what is approved together makes one version.

use std::collections::BTreeSet;

use domain::access::Access;
use domain::ids::{RegisterChangeId, UnitId, UserId};
use domain::register::change::{ChangeKind, ChangeState};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{CHANGE_ROWS, RegisterChange, RegisterVersion, newest, read_change};
use crate::Store;
use crate::audit::hash_field;
use crate::blobs::hex;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::snapshots::not_yet_shown;
use crate::sql::{Narrow, Sql};
use crate::units::KEYS;

/// Most proposals decided at once.
pub const MAX_DECIDED: usize = 5000;
/// Rows of one insert; see `units::apply`.
const INSERT_ROWS: usize = 25;

impl Store {
    /// Decides proposals as one: all of them or none. Approving makes one new version, which is answered.
    ///
    /// Errors: NotFound where a proposal is outside the asker's scope; Conflict where one was decided before, was proposed by the
    /// decider, or no longer fits the register; Limit for more than [`MAX_DECIDED`].
    pub async fn decide_register_changes(
        &self,
        access: &Access,
        ids: &[RegisterChangeId],
        approve: bool,
        at: Timestamp,
        note: Option<&str>,
    ) -> Result<Option<RegisterVersion>> {
        let ids: BTreeSet<RegisterChangeId> = ids.iter().copied().collect();
        if ids.len() > MAX_DECIDED {
            return Err(StoreError::Limit(format!("{} changes, at most {MAX_DECIDED} at once", ids.len())));
        }
        let ids: Vec<RegisterChangeId> = ids.into_iter().collect();
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Register).await?;
        let changes = proposals(&mut tx, access, &ids).await?;
        let mut state = ChangeState::Rejected;
        for change in &changes {
            state = change
                .state
                .decide(approve, change.proposed_by, access.user_id)
                .map_err(|refusal| StoreError::conflict(format!("{}: {refusal}", change.unit.unit.name)))?;
        }
        let version = if state == ChangeState::Approved {
            let of = |kind| {
                let wanted = changes.iter().filter(move |change| change.kind == kind);
                wanted.map(|change| change.unit.unit.id).collect::<Vec<_>>()
            };
            let (mut added, removed) = (of(ChangeKind::Add), of(ChangeKind::Remove));
            if newest(&mut tx).await?.is_none() {
                // Until now every unit counted: the first version leaves out only what waits for a decision or was rejected.
                added.extend(never_proposed(&mut tx).await?);
            }
            Some(make_version(&mut tx, &added, &removed, access.user_id, at, note).await?)
        } else {
            None
        };
        for chunk in ids.chunks(KEYS) {
            let mut sql = Sql::new(
                "update register_change set state = $1, decided_by = $2, decided_at = $3, decision_note = $4",
            )
            .with(state.as_str())
            .with(access.user_id.map(|id| id.0))
            .with(at)
            .with(note);
            sql.push(", version = ").bind(version.as_ref().map(|version| version.version));
            sql.push(" where id in ").list(chunk.iter().map(|id| id.0));
            tx.execute(sql).await?;
        }
        tx.commit().await?;
        Ok(version)
    }
}

/// Units that no version ever had and nobody proposed, everywhere.
pub async fn never_proposed(tx: &mut Tx) -> Result<Vec<UnitId>> {
    let sql = Sql::new(
        "select u.id from unit u where not exists (select 1 from unit_now d where d.unit_id = u.id and d.category = 'duty_site')
             and not exists (select 1 from register_member m where m.unit_id = u.id)
             and not exists (select 1 from register_change g where g.unit_id = u.id) order by u.id",
    );
    tx.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
}

async fn proposals(tx: &mut Tx, access: &Access, ids: &[RegisterChangeId]) -> Result<Vec<RegisterChange>> {
    let mut changes = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(KEYS) {
        let mut sql = Sql::new(CHANGE_ROWS);
        sql.push(" and g.id in ").list(chunk.iter().map(|id| id.0)).narrow(access, Narrow::Current);
        for row in tx.fetch_all(sql).await? {
            changes.push(read_change(&row)?);
        }
    }
    if changes.len() < ids.len() || ids.is_empty() {
        return Err(StoreError::NotFound);
    }
    Ok(changes)
}

/// Makes the next version of the register. It holds from `at`, but from no moment that a snapshot has shown.
pub async fn make_version(
    tx: &mut Tx,
    added: &[UnitId],
    removed: &[UnitId],
    by: Option<UserId>,
    at: Timestamp,
    note: Option<&str>,
) -> Result<RegisterVersion> {
    let before = newest(tx).await?;
    let mut members = BTreeSet::new();
    for row in
        tx.fetch_all(Sql::new("select unit_id from register_member where until_version is null")).await?
    {
        members.insert(row.id::<UnitId>("unit_id")?);
    }
    for id in added {
        if !members.insert(*id) {
            return Err(StoreError::conflict(format!("unit {id} is in the register already")));
        }
    }
    for id in removed {
        if !members.remove(id) {
            return Err(StoreError::conflict(format!("unit {id} is not in the register")));
        }
    }
    let earliest = before.as_ref().map_or(at, |before| before.valid_from.max(at));
    let version = RegisterVersion {
        version: before.map_or(1, |before| before.version + 1),
        valid_from: not_yet_shown(tx, earliest).await?,
        approved_at: at,
        approved_by: by,
        note: note.map(str::to_owned),
        units: members.len() as u64,
        added: added.len() as u64,
        removed: removed.len() as u64,
        hash: seal(&members),
    };
    insert(tx, &version).await?;
    for chunk in removed.chunks(KEYS) {
        let mut sql = Sql::new("update register_member set until_version = ");
        sql.bind(version.version).push(" where until_version is null and unit_id in ");
        sql.list(chunk.iter().map(|id| id.0));
        tx.execute(sql).await?;
    }
    for chunk in added.chunks(INSERT_ROWS) {
        let mut sql = Sql::new("insert into register_member (unit_id, from_version) values ");
        for (index, id) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0);
            sql.push(", ").bind(version.version).push(")");
        }
        tx.execute(sql).await?;
    }
    Ok(version)
}

fn seal(members: &BTreeSet<UnitId>) -> String {
    let mut hasher = Sha256::new();
    for id in members {
        hash_field(&mut hasher, Some(&id.to_string()));
    }
    hex(&hasher.finalize())
}

async fn insert(tx: &mut Tx, version: &RegisterVersion) -> Result<()> {
    let sql = Sql::new(
        "insert into register_version (version, valid_from, approved_at, approved_by, note, units, added, removed, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .with(version.version)
    .with(version.valid_from)
    .with(version.approved_at)
    .with(version.approved_by.map(|id| id.0))
    .with(version.note.clone())
    .with(version.units as i64)
    .with(version.added as i64)
    .with(version.removed as i64)
    .with(&version.hash);
    tx.execute(sql).await.map(|_| ())
}
