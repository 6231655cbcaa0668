//! The watchdog as kept: probes on their way, the links that were found broken, and what waits for a channel.
//!
//! A probe begins like an alarm – one transaction with an entry of the outbox – and leaves a time wherever it comes by. Nobody asks for
//! these rows but the platform and those who run it: they hold nothing of any unit.

mod faults;
mod messages;

use domain::alarm::watchdog::{Trace, Traces};
use domain::ids::ProbeId;
use jiff::{SignedDuration, Timestamp};

use crate::Store;
use crate::engine::Lock;
use crate::error::Result;
use crate::outbox::{NewEntry, write_entries};
use crate::row::Row;
use crate::sql::Sql;

pub use faults::{FaultChange, FaultRow};
pub use messages::{NewProbeMessage, WatchdogKind, WatchdogMessage};

/// The outbox's topic of a probe.
pub const PROBE_TOPIC: &str = "watchdog.probe";
/// Most probes of one reading: with one a minute, more are left over from a long pause and are read the next time.
const PROBES_MAX: i64 = 50;
/// Most faults shown.
const FAULTS_MAX: i64 = 50;

/// A probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeRow {
    /// Own id.
    pub id: ProbeId,
    /// The statements of raising an alarm were gone through.
    pub rehearsed: bool,
    /// Where it came by.
    pub traces: Traces,
    /// When it was judged.
    pub judged_at: Option<Timestamp>,
    /// Whether all came in time; none before it is judged.
    pub arrived: Option<bool>,
}

impl Store {
    /// Begins a probe, unless another began between `since` and `at`: two processes walk the way once. True where it began.
    pub async fn start_probe(
        &self,
        id: ProbeId,
        rehearsed: bool,
        since: Timestamp,
        at: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        let sql = Sql::new(
            "insert into watchdog_probe (id, raised_at, rehearsed) select cast($1 as text), cast($2 as bigint), cast($3 as boolean)
             where not exists (select 1 from watchdog_probe where raised_at > $4 and raised_at <= $5)",
        )
        .with(id.0)
        .with(at)
        .with(rehearsed)
        .with(since)
        .with(at);
        if tx.execute(sql).await? == 0 {
            return Ok(false);
        }
        let entry = NewEntry { at, topic: PROBE_TOPIC, key: id.to_string(), payload: "{}".to_owned() };
        write_entries(&mut tx, std::iter::once(entry)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The outbox's reader came by.
    pub async fn probe_passed(&self, id: ProbeId, at: Timestamp) -> Result<()> {
        let sql = Sql::new("update watchdog_probe set passed_at = $1 where id = $2 and passed_at is null");
        self.pools.execute(sql.with(at).with(id.0)).await.map(drop)
    }

    /// The push came by.
    pub async fn probe_heard(&self, id: ProbeId, at: Timestamp) -> Result<()> {
        let sql = Sql::new("update watchdog_probe set heard_at = $1 where id = $2 and heard_at is null");
        self.pools.execute(sql.with(at).with(id.0)).await.map(drop)
    }

    /// Probes that came out of the outbox and of which nobody was told.
    pub async fn probes_to_tell(&self) -> Result<Vec<ProbeId>> {
        let mut sql = Sql::new(
            "select id from watchdog_probe where passed_at is not null and told_at is null and judged_at is null
             order by raised_at limit ",
        );
        sql.bind(PROBES_MAX);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// Probes whose time is over and that nobody has judged.
    pub async fn probes_to_judge(&self, raised_before: Timestamp) -> Result<Vec<ProbeRow>> {
        let mut sql = Sql::new("select * from watchdog_probe where judged_at is null and raised_at < ");
        sql.bind(raised_before).push(" order by raised_at limit ").bind(PROBES_MAX);
        self.probes_of(sql).await
    }

    /// The last probes by `now`, newest first: a clock that was put back leaves some that lie ahead.
    pub async fn last_probes(&self, now: Timestamp, limit: u32) -> Result<Vec<ProbeRow>> {
        let mut sql = Sql::new("select * from watchdog_probe where raised_at <= ");
        sql.bind(now).push(" order by raised_at desc limit ");
        sql.bind(i64::from(limit).min(PROBES_MAX));
        self.probes_of(sql).await
    }

    /// When the last probe that arrived everywhere was raised.
    pub async fn last_arrival(&self) -> Result<Option<Timestamp>> {
        let sql =
            Sql::new("select raised_at from watchdog_probe where arrived order by raised_at desc limit 1");
        self.pools.fetch_opt(sql).await?.map(|row| row.time("raised_at")).transpose()
    }

    async fn probes_of(&self, sql: Sql) -> Result<Vec<ProbeRow>> {
        let mut probes = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            let mut probe = read_probe(&row)?;
            probe.traces.sent = self.sent_of(probe.id).await?;
            probes.push(probe);
        }
        Ok(probes)
    }

    async fn sent_of(&self, id: ProbeId) -> Result<Vec<Trace>> {
        let sql = Sql::new("select * from watchdog_message where probe_id = $1 order by seq").with(id.0);
        let trace = |row: &Row| {
            Ok(Trace {
                channel: row.text("channel")?,
                recipient: row.text("recipient")?,
                arrived_at: row.time_opt("sent_at")?,
                said: row.text_opt("answer")?,
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(trace).collect()
    }

    /// Drops probes older than `keep`, their messages and entries of the outbox, and faults that were mended longer ago than `keep_faults`.
    /// Of each channel the last probe stays, because the next one is due by it.
    pub async fn prune_watchdog(
        &self,
        now: Timestamp,
        keep: SignedDuration,
        keep_faults: SignedDuration,
    ) -> Result<u64> {
        let before = |span| now.saturating_sub(span).unwrap_or(Timestamp::MIN);
        let entries =
            Sql::new("delete from outbox where topic = $1 and delivered_at is not null").with(PROBE_TOPIC);
        let probes = Sql::new(
            "delete from watchdog_probe where judged_at is not null and raised_at < $1 and id not in (
                 select m.probe_id from watchdog_message m where m.kind = 'probe' and m.created_at = (
                     select max(l.created_at) from watchdog_message l where l.kind = 'probe' and l.channel = m.channel))",
        )
        .with(before(keep));
        let faults = Sql::new("delete from watchdog_fault where mended_at < $1").with(before(keep_faults));
        let mut dropped = 0;
        for sql in [entries, probes, faults] {
            dropped += self.pools.execute(sql).await?;
        }
        Ok(dropped)
    }
}

fn read_probe(row: &Row) -> Result<ProbeRow> {
    Ok(ProbeRow {
        id: row.id("id")?,
        rehearsed: row.flag("rehearsed")?,
        traces: Traces {
            raised_at: row.time("raised_at")?,
            passed_at: row.time_opt("passed_at")?,
            told_at: row.time_opt("told_at")?,
            heard_at: row.time_opt("heard_at")?,
            sent: Vec::new(),
        },
        judged_at: row.time_opt("judged_at")?,
        arrived: row.flag_opt("arrived")?,
    })
}
