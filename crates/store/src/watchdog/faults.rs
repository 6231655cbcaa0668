//! Broken links: one row from the first probe that did not come until the first that did, and the news of both.

use domain::alarm::watchdog::{Finding, Link, Stage};
use domain::ids::ProbeId;
use jiff::Timestamp;
use uuid::Uuid;

use super::{FAULTS_MAX, WatchdogKind};
use crate::Store;
use crate::engine::Tx;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// A broken link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRow {
    /// Own id.
    pub id: Uuid,
    /// Which link.
    pub link: Link,
    /// What the last probe that did not come says.
    pub why: String,
    /// When the first probe that did not come was raised.
    pub since: Timestamp,
    /// When that was found.
    pub found_at: Timestamp,
    /// When the last one that did not come was raised.
    pub last_at: Timestamp,
    /// How many did not come.
    pub probes: i64,
    /// When one came again.
    pub mended_at: Option<Timestamp>,
}

/// A link that broke, or is mended, by a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultChange {
    /// The fault after it.
    pub fault: FaultRow,
    /// True where it broke now; false where it is mended now.
    pub is_new: bool,
}

impl Store {
    /// Writes what a probe said of the way, and answers what that changed. Nothing where another process has judged it.
    ///
    /// `told` are the addresses that are told of a fault and of its end; the faulty address itself is left out. Each finding comes with the id that
    /// a fault would get by it.
    pub async fn judge_probe(
        &self,
        id: ProbeId,
        raised_at: Timestamp,
        findings: &[(Finding, Uuid)],
        told: &[(String, String)],
        at: Timestamp,
    ) -> Result<Vec<FaultChange>> {
        let arrived = findings.iter().all(|((_, found), _)| found.is_ok());
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "update watchdog_probe set judged_at = $1, arrived = $2 where id = $3 and judged_at is null",
        );
        if tx.execute(sql.with(at).with(arrived).with(id.0)).await? == 0 {
            return Ok(Vec::new());
        }
        let mut changes = Vec::new();
        for ((link, found), new_id) in findings {
            let change = match found {
                Ok(()) => mend(&mut tx, link, at).await?,
                Err(why) => break_link(&mut tx, (*new_id, link, why), raised_at, at).await?,
            };
            changes.extend(change);
        }
        // Whatever a probe still tries to tell is too late.
        let sql = Sql::new(
            "update watchdog_message set state = 'given_up', next_try_at = null where probe_id = $1 and state = 'waiting'",
        );
        tx.execute(sql.with(id.0)).await?;
        for change in &changes {
            tell(&mut tx, change, told, at).await?;
        }
        tx.commit().await?;
        Ok(changes)
    }

    /// Ends faults of addresses that are no longer configured.
    pub async fn end_faults_elsewhere(&self, configured: &[(String, String)], at: Timestamp) -> Result<u64> {
        let mut sql = Sql::new("update watchdog_fault set mended_at = ");
        sql.bind(at).push(" where mended_at is null and stage = 'channel'");
        for (channel, recipient) in configured {
            sql.push(" and not (channel = ")
                .bind(channel)
                .push(" and recipient = ")
                .bind(recipient)
                .push(")");
        }
        self.pools.execute(sql).await
    }

    /// Faults, last found first: those that are open, and the last that were.
    pub async fn watchdog_faults(&self) -> Result<Vec<FaultRow>> {
        let mut sql = Sql::new(
            "select * from watchdog_fault order by (case when mended_at is null then 0 else 1 end), found_at desc, id desc limit ",
        );
        sql.bind(FAULTS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_fault).collect()
    }
}

async fn break_link(
    tx: &mut Tx,
    (new_id, link, why): (Uuid, &Link, &str),
    raised_at: Timestamp,
    at: Timestamp,
) -> Result<Option<FaultChange>> {
    let why: String = why.chars().filter(|c| *c != '\0').collect();
    let sql = Sql::new(
        "insert into watchdog_fault (id, stage, channel, recipient, why, since, found_at, last_at, probes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
         on conflict (stage, channel, recipient) where mended_at is null
         do update set why = excluded.why, last_at = excluded.last_at, probes = watchdog_fault.probes + 1 returning *",
    )
    .with(new_id)
    .with(link.stage.as_str())
    .with(&link.channel)
    .with(&link.recipient)
    .with(why)
    .with(raised_at)
    .with(at)
    .with(raised_at);
    let row = tx.fetch_opt(sql).await?;
    let fault = row.as_ref().map(read_fault).transpose()?;
    Ok(fault.filter(|fault| fault.probes == 1).map(|fault| FaultChange { fault, is_new: true }))
}

async fn mend(tx: &mut Tx, link: &Link, at: Timestamp) -> Result<Option<FaultChange>> {
    let sql = Sql::new(
        "update watchdog_fault set mended_at = $1 where stage = $2 and channel = $3 and recipient = $4 and mended_at is null returning *",
    )
    .with(at)
    .with(link.stage.as_str())
    .with(&link.channel)
    .with(&link.recipient);
    let row = tx.fetch_opt(sql).await?;
    let fault = row.as_ref().map(read_fault).transpose()?;
    Ok(fault.map(|fault| FaultChange { fault, is_new: false }))
}

async fn tell(tx: &mut Tx, change: &FaultChange, told: &[(String, String)], at: Timestamp) -> Result<()> {
    let kind = if change.is_new { WatchdogKind::Fault } else { WatchdogKind::Mended };
    let link = &change.fault.link;
    let others = told.iter().filter(|(channel, name)| *channel != link.channel || *name != link.recipient);
    for (channel, recipient) in others {
        let sql = Sql::new(
            "insert into watchdog_message (fault_id, kind, channel, recipient, receipt, state, created_at, next_try_at, tries)
             values ($1, $2, $3, $4, '', 'waiting', $5, $6, 0)",
        )
        .with(change.fault.id)
        .with(kind.as_str())
        .with(channel)
        .with(recipient)
        .with(at)
        .with(at);
        tx.execute(sql).await?;
    }
    Ok(())
}

pub(super) fn read_fault(row: &Row) -> Result<FaultRow> {
    Ok(FaultRow {
        id: row.id("id")?,
        link: Link {
            stage: row.word("stage", Stage::parse)?,
            channel: row.text("channel")?,
            recipient: row.text("recipient")?,
        },
        why: row.text("why")?,
        since: row.time("since")?,
        found_at: row.time("found_at")?,
        last_at: row.time("last_at")?,
        probes: row.int("probes")?,
        mended_at: row.time_opt("mended_at")?,
    })
}
