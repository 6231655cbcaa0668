//! Steps that writers of bulletins take: write, write anew, withdraw. Each is one transaction with its row in the history.

use domain::access::Access;
use domain::bulletin::life::{BulletinEvent, BulletinState};
use domain::ids::{BulletinId, SnapshotId, UserId};
use jiff::Timestamp;

use super::need_all_in;
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Word of the first step.
const WRITE: &str = "write";

/// A written text with what led to it and what was found in it. JSON is kept as it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Title.
    pub title: String,
    /// What the office decided, JSON.
    pub settings: String,
    /// The written bulletin with its figures, JSON.
    pub written: String,
    /// What the linter found, JSON.
    pub findings: String,
    /// Findings that are errors.
    pub errors: i64,
    /// Findings that are warnings.
    pub warnings: i64,
}

/// A bulletin to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBulletin {
    /// Own id.
    pub id: BulletinId,
    /// The snapshot every figure comes from.
    pub snapshot_id: SnapshotId,
    /// The snapshot that changes are counted from.
    pub compare_snapshot_id: Option<SnapshotId>,
    /// Its first text.
    pub revision: Revision,
}

/// A step about to be taken: from which version, with which event, to which state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'a> {
    pub id: BulletinId,
    /// The version the caller decided on.
    pub version: i64,
    pub event: BulletinEvent,
    pub to: BulletinState,
    pub note: Option<&'a str>,
    pub at: Timestamp,
}

impl Store {
    /// Keeps a new draft. NotFound for an asker who does not see everything, Invalid when a snapshot does not exist.
    pub async fn add_bulletin(&self, access: &Access, new: &NewBulletin, at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_all_in(&mut tx, access).await?;
        let sql = Sql::new(
            "insert into bulletin (id, snapshot_id, compare_snapshot_id, state, version, revision, title, errors, warnings,
                 created_at, created_by, changed_at)
             values ($1, $2, $3, 'draft', 1, 1, $4, $5, $6, $7, $8, $9)",
        )
        .with(new.id.0)
        .with(new.snapshot_id.0)
        .with(new.compare_snapshot_id.map(|id| id.0))
        .with(&new.revision.title)
        .with(new.revision.errors)
        .with(new.revision.warnings)
        .with(at)
        .with(access.user_id.map(|id| id.0))
        .with(at);
        tx.execute(sql).await?;
        insert_revision(&mut tx, access, new.id, 1, &new.revision, at).await?;
        insert_step(&mut tx, access, new.id, WRITE, None, BulletinState::Draft, 1, None, at).await?;
        tx.commit().await
    }

    /// Puts a new revision in force. Conflict when the bulletin is no longer at `version`.
    pub async fn revise_bulletin(
        &self,
        access: &Access,
        id: BulletinId,
        version: i64,
        revision: &Revision,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_all_in(&mut tx, access).await?;
        let event = BulletinEvent::Rewrite;
        let step = Step { id, version, event, to: BulletinState::Draft, note: None, at };
        let number = take(&mut tx, access, &step, 1).await?;
        let sql = Sql::new("update bulletin set title = $1, errors = $2, warnings = $3 where id = $4")
            .with(&revision.title)
            .with(revision.errors)
            .with(revision.warnings)
            .with(id.0);
        tx.execute(sql).await?;
        insert_revision(&mut tx, access, id, number, revision, at).await?;
        tx.commit().await
    }

    /// Takes a step that changes the state and nothing else: ends a consultation, withdraws.
    pub async fn step_bulletin(
        &self,
        access: &Access,
        id: BulletinId,
        version: i64,
        (event, to): (BulletinEvent, BulletinState),
        note: Option<&str>,
        at: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        need_all_in(&mut tx, access).await?;
        take(&mut tx, access, &Step { id, version, event, to, note, at }, 0).await?;
        if event == BulletinEvent::EndConsultation {
            let sql = Sql::new("update bulletin set closes_at = $1 where id = $2").with(at).with(id.0);
            tx.execute(sql).await?;
        }
        tx.commit().await
    }

    /// Everybody who wrote a revision. Only for those who see drafts.
    pub async fn bulletin_writers(&self, access: &Access, id: BulletinId) -> Result<Vec<UserId>> {
        self.need_all(access).await?;
        let sql = Sql::new(
            "select distinct by_id from bulletin_revision where bulletin_id = $1 and by_id is not null order by by_id",
        )
        .with(id.0);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("by_id")).collect()
    }
}

/// Moves the bulletin from the version the caller decided on, `new_revisions` further, and remembers the step. The revision after.
pub(super) async fn take(tx: &mut Tx, access: &Access, step: &Step<'_>, new_revisions: i64) -> Result<i64> {
    let sql = Sql::new("select state, version, revision from bulletin where id = $1").with(step.id.0);
    let before = tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
    let from = before.word("state", BulletinState::parse)?;
    let revision = before.int("revision")? + new_revisions;
    let sql = Sql::new(
        "update bulletin set state = $1, version = version + 1, revision = $2, changed_at = $3 where id = $4 and version = $5",
    )
    .with(step.to.as_str())
    .with(revision)
    .with(step.at)
    .with(step.id.0)
    .with(step.version);
    if tx.execute(sql).await? != 1 {
        return Err(StoreError::conflict("the bulletin has changed meanwhile; read it again"));
    }
    let event = step.event.as_str();
    insert_step(tx, access, step.id, event, Some(from), step.to, revision, step.note, step.at).await?;
    Ok(revision)
}

#[expect(clippy::too_many_arguments, reason = "the columns of one row, each used once")]
async fn insert_step(
    tx: &mut Tx,
    access: &Access,
    id: BulletinId,
    event: &str,
    from: Option<BulletinState>,
    to: BulletinState,
    revision: i64,
    note: Option<&str>,
    at: Timestamp,
) -> Result<()> {
    let sql = Sql::new(
        "insert into bulletin_step (bulletin_id, at, event, from_state, to_state, revision, actor_id, actor_role, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .with(id.0)
    .with(at)
    .with(event)
    .with(from.map(BulletinState::as_str))
    .with(to.as_str())
    .with(revision)
    .with(access.user_id.map(|id| id.0))
    .with(access.role.map(domain::role::Role::as_str))
    .with(note);
    tx.execute(sql).await.map(|_| ())
}

pub(super) async fn insert_revision(
    tx: &mut Tx,
    access: &Access,
    id: BulletinId,
    number: i64,
    revision: &Revision,
    at: Timestamp,
) -> Result<()> {
    let sql = Sql::new(
        "insert into bulletin_revision (bulletin_id, revision, at, by_id, title, settings, written, findings)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .with(id.0)
    .with(number)
    .with(at)
    .with(access.user_id.map(|id| id.0))
    .with(&revision.title)
    .with(&revision.settings)
    .with(&revision.written)
    .with(&revision.findings);
    tx.execute(sql).await.map(|_| ())
}
