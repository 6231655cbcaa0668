//! Changing: what the domain decided about a notice is written if nobody was faster, with its step, its receipt and whom it tells.

use domain::access::Access;
use domain::alarm::Rung;
use domain::ids::NoticeId;
use domain::notice::{Change, NoticeEvent};
use jiff::Timestamp;

use super::send::{Step, tell, write_step};
use super::{NoticeRow, NoticeTelling, notice_in, stale};
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// A decided step, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeAct {
    /// Which.
    pub event: NoticeEvent,
    /// What it changes.
    pub change: Change,
    /// The deadline after it.
    pub deadline_at: Timestamp,
    /// The reply, or why.
    pub words: Option<String>,
    /// A level that is told of it.
    pub telling: Option<NoticeTelling>,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Writes a step. Conflict where the notice is no longer at `expected_version`; the caller reads it again and decides again.
    pub async fn change_notice(
        &self,
        access: &Access,
        id: NoticeId,
        expected_version: i64,
        act: &NoticeAct,
    ) -> Result<NoticeRow> {
        let mut tx = self.pools.begin().await?;
        let before = notice_in(&mut tx, access, id).await?;
        let climbs = act.event == NoticeEvent::Escalate;
        let sql = Sql::new(
            "update notice set state = $1, deadline_at = $2, escalated_to = $3, escalated_at = $4, ended_at = $5, version = version + 1
             where id = $6 and version = $7",
        )
        .with(act.change.to.as_str())
        .with(act.deadline_at)
        .with(act.change.escalated_to.map(Rung::as_str))
        .with(if climbs { Some(act.at) } else { before.escalated_at })
        .with(act.change.to.is_ended().then_some(act.at))
        .with(id.0)
        .with(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(stale(&before, expected_version));
        }
        let step = Step { event: act.event, to: act.change.to, words: act.words.as_deref(), at: act.at };
        write_step(&mut tx, access, &before, &step).await?;
        if act.event == NoticeEvent::Sign {
            sign(&mut tx, access, id, before.party.level(), act.words.as_deref(), act.at).await?;
        }
        if let Some(telling) = &act.telling {
            tell(&mut tx, id, telling, act.at).await?;
        }
        let after = notice_in(&mut tx, access, id).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Signs for a level through which a notice was relayed, or to which it climbed; the party signs by [`Store::change_notice`]. False where
    /// somebody of the level had signed. NotFound for a notice outside the scope, or one that never came to this level.
    pub async fn sign_for_level(
        &self,
        access: &Access,
        id: NoticeId,
        rung: Rung,
        note: Option<&str>,
        at: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.pools.begin().await?;
        notice_in(&mut tx, access, id).await?;
        let sql =
            Sql::new("select seq from notice_rung where notice_id = $1 and rung = $2 and role <> 'party'")
                .with(id.0)
                .with(rung.as_str());
        tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
        let signed = sign(&mut tx, access, id, rung, note, at).await?;
        tx.commit().await?;
        Ok(signed)
    }
}

async fn sign(
    tx: &mut Tx,
    access: &Access,
    id: NoticeId,
    rung: Rung,
    note: Option<&str>,
    at: Timestamp,
) -> Result<bool> {
    let by = access.user_id.ok_or(StoreError::NotFound)?;
    let sql = Sql::new(
        "update notice_rung set signed_at = $1, signed_by = $2, signed_note = $3
         where notice_id = $4 and rung = $5 and signed_at is null",
    )
    .with(at)
    .with(by.0)
    .with(note)
    .with(id.0)
    .with(rung.as_str());
    Ok(tx.execute(sql).await? == 1)
}
