//! The audit register: who did what. Rows are only ever added (the database refuses anything else), and each carries the SHA-256 of
//! the one before and of itself, so that a row changed, removed or slipped in behind the program's back shows.
//!
//! What it cannot show by itself is that the last rows were cut off; whoever needs that keeps the last hash elsewhere.

use domain::access::Access;
use domain::ids::{UnitId, UserId};
use domain::role::Role;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::Store;
use crate::engine::Lock;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sessions::hash32;
use crate::sql::{Narrow, Sql};

/// Rows checked per read.
const VERIFY_CHUNK: i64 = 1000;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who; none: the platform itself, or nobody signed in.
    pub actor_id: Option<UserId>,
    /// As what.
    pub role: Option<Role>,
    /// What, e.g. `alarm.take`.
    pub action: String,
    /// To what kind of thing, e.g. `alarm`.
    pub object_kind: String,
    /// To which.
    pub object_id: Option<String>,
    /// Its name at that moment.
    pub object_name: Option<String>,
    /// The unit concerned; decides who may read the row.
    pub unit_id: Option<UnitId>,
    /// `ok`, or why not.
    pub result: String,
    /// The request it belongs to.
    pub request_id: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
    /// Anything else worth knowing.
    pub detail: Option<String>,
}

/// A kept row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// Number in the chain, from 1 without gaps.
    pub seq: i64,
    /// What happened.
    pub entry: AuditEntry,
    /// The actor's name now.
    pub actor_name: Option<String>,
}

/// Which rows; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// By this person.
    pub actor_id: Option<UserId>,
    /// To things of this kind.
    pub object_kind: Option<String>,
    /// To this thing.
    pub object_id: Option<String>,
    /// This action.
    pub action: Option<String>,
}

/// What checking the chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AuditProof {
    /// Rows that are as they were written.
    pub rows: i64,
    /// The first row that is not, or whose predecessor is missing.
    pub first_broken: Option<i64>,
}

impl Store {
    /// Adds a row and answers its number.
    pub async fn append_audit(&self, entry: &AuditEntry) -> Result<i64> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Audit).await?;
        let (seq, previous) =
            match tx.fetch_opt(Sql::new("select seq, hash from audit order by seq desc limit 1")).await? {
                Some(row) => (row.int("seq")? + 1, hash32(&row, "hash")?),
                None => (1, [0; 32]),
            };
        let sql = Sql::new(
            "insert into audit (seq, at, actor_id, role, action, object_kind, object_id, object_name, unit_id, result,
                 request_id, address, detail, previous_hash, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .with(seq)
        .with(entry.at)
        .with(entry.actor_id.map(|id| id.0))
        .with(entry.role.map(Role::as_str))
        .with(&entry.action)
        .with(&entry.object_kind)
        .with(entry.object_id.clone())
        .with(entry.object_name.clone())
        .with(entry.unit_id.map(|id| id.0))
        .with(&entry.result)
        .with(entry.request_id.clone())
        .with(entry.address.clone())
        .with(entry.detail.clone())
        .with(previous)
        .with(seal(seq, entry, &previous));
        tx.execute(sql).await?;
        tx.commit().await?;
        Ok(seq)
    }

    /// Rows about units of the asker's scope and the asker's own, newest first; the audit administrator and the platform see all.
    pub async fn audit(
        &self,
        access: &Access,
        filter: &AuditFilter,
        ask: &PageAsk,
    ) -> Result<Page<AuditRow>> {
        let mut sql = Sql::new(
            "select a.*, p.display_name as actor_name from audit a left join account p on p.id = a.actor_id where 1 = 1",
        );
        if access.role != Some(Role::AuditAdmin) && *access != Access::PLATFORM {
            sql.push(" and (a.actor_id = ").bind(access.user_id.map(|id| id.0));
            sql.push(" or a.unit_id in (select u.unit_id from unit_now u where 1 = 1");
            sql.narrow(access, Narrow::Current).push("))");
        }
        sql.filter(" and a.actor_id = ", filter.actor_id.map(|id| id.0));
        sql.filter(" and a.object_kind = ", filter.object_kind.as_ref());
        sql.filter(" and a.object_id = ", filter.object_id.as_ref());
        sql.filter(" and a.action = ", filter.action.as_ref());
        sql.filter(" and a.seq < ", ask.key::<i64>()?);
        sql.push(" order by a.seq desc limit ").bind(ask.fetch());
        let mut items = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            items.push(AuditRow {
                seq: row.int("seq")?,
                entry: read_entry(&row)?,
                actor_name: row.text_opt("actor_name")?,
            });
        }
        Ok(ask.cut(items, |row| row.seq))
    }

    /// Goes through the whole chain and computes every hash again.
    pub async fn verify_audit(&self) -> Result<AuditProof> {
        let mut proof = AuditProof { rows: 0, first_broken: None };
        let mut previous = [0; 32];
        loop {
            let sql = Sql::new("select * from audit where seq > $1 order by seq limit $2")
                .with(proof.rows)
                .with(VERIFY_CHUNK);
            let rows = self.pools.fetch_all(sql).await?;
            if rows.is_empty() {
                return Ok(proof);
            }
            for row in rows {
                let seq = row.int("seq")?;
                let hash = hash32(&row, "hash")?;
                let is_next = seq == proof.rows + 1 && hash32(&row, "previous_hash")? == previous;
                // A word that cannot be read back is a changed row, not an error of the check.
                let is_whole = read_entry(&row).is_ok_and(|entry| seal(seq, &entry, &previous) == hash);
                if !is_next || !is_whole {
                    return Ok(AuditProof { first_broken: Some(seq), ..proof });
                }
                proof.rows = seq;
                previous = hash;
            }
        }
    }
}

/// SHA-256 over the hash before and every field with its length, so that no two rows read the same.
fn seal(seq: i64, entry: &AuditEntry, previous: &[u8; 32]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(seq.to_be_bytes());
    hasher.update(entry.at.as_microsecond().to_be_bytes());
    let (actor, unit) = (entry.actor_id.map(|id| id.to_string()), entry.unit_id.map(|id| id.to_string()));
    for field in [
        actor.as_deref(),
        entry.role.map(Role::as_str),
        Some(entry.action.as_str()),
        Some(entry.object_kind.as_str()),
        entry.object_id.as_deref(),
        entry.object_name.as_deref(),
        unit.as_deref(),
        Some(entry.result.as_str()),
        entry.request_id.as_deref(),
        entry.address.as_deref(),
        entry.detail.as_deref(),
    ] {
        hash_field(&mut hasher, field);
    }
    hasher.finalize().into()
}

/// Adds a field with its length; a missing one is told apart from an empty one.
pub(crate) fn hash_field(hasher: &mut Sha256, field: Option<&str>) {
    match field {
        None => hasher.update(u64::MAX.to_be_bytes()),
        Some(text) => {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
    }
}

fn read_entry(row: &Row) -> Result<AuditEntry> {
    Ok(AuditEntry {
        at: row.time("at")?,
        actor_id: row.id_opt("actor_id")?,
        role: row.word_opt("role", Role::parse)?,
        action: row.text("action")?,
        object_kind: row.text("object_kind")?,
        object_id: row.text_opt("object_id")?,
        object_name: row.text_opt("object_name")?,
        unit_id: row.id_opt("unit_id")?,
        result: row.text("result")?,
        request_id: row.text_opt("request_id")?,
        address: row.text_opt("address")?,
        detail: row.text_opt("detail")?,
    })
}
