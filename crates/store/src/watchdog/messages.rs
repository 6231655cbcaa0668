//! What the watchdog has for a channel: written once, claimed by one process, settled with what the other side said.

use domain::ids::ProbeId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::FaultRow;
use super::faults::read_fault;
use crate::Store;
use crate::error::Result;
use crate::notifications::{Settled, kept_answer};
use crate::row::Row;
use crate::sql::Sql;

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchdogKind {
    /// A probe.
    Probe,
    /// A link broke.
    Fault,
    /// It is mended.
    Mended,
}

impl WatchdogKind {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Fault => "fault",
            Self::Mended => "mended",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Probe, Self::Fault, Self::Mended].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A probe for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProbeMessage {
    /// The channel.
    pub channel: String,
    /// The address.
    pub recipient: String,
    /// What the receiver sends back.
    pub receipt: String,
}

/// A message that waits for its channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchdogMessage {
    /// Row number.
    pub seq: i64,
    /// What it is about.
    pub kind: WatchdogKind,
    /// The address.
    pub recipient: String,
    /// What the receiver sends back; empty for news.
    pub receipt: String,
    /// The fault it is about; none for a probe.
    pub fault: Option<FaultRow>,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written.
    pub created_at: Timestamp,
}

impl Store {
    /// Writes for whom a probe is, and that its clock was read. False where another process was faster.
    pub async fn tell_probe(&self, id: ProbeId, messages: &[NewProbeMessage], at: Timestamp) -> Result<bool> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new("update watchdog_probe set told_at = $1 where id = $2 and told_at is null");
        if tx.execute(sql.with(at).with(id.0)).await? == 0 {
            return Ok(false);
        }
        for one in messages {
            let sql = Sql::new(
                "insert into watchdog_message (probe_id, kind, channel, recipient, receipt, state, created_at, next_try_at, tries)
                 values ($1, 'probe', $2, $3, $4, 'waiting', $5, $6, 0)",
            )
            .with(id.0)
            .with(&one.channel)
            .with(&one.recipient)
            .with(&one.receipt)
            .with(at)
            .with(at);
            tx.execute(sql).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// When a channel was probed last, by `now`.
    pub async fn last_probed(&self, channel: &str, now: Timestamp) -> Result<Option<Timestamp>> {
        let sql = Sql::new(
            "select created_at from watchdog_message where kind = 'probe' and channel = $1 and created_at <= $2
             order by created_at desc limit 1",
        );
        self.pools.fetch_opt(sql.with(channel).with(now)).await?.map(|row| row.time("created_at")).transpose()
    }

    /// Messages of a channel whose next try is due; one that waits longer than `longest` was put off before the clock was put back, and is.
    pub async fn watchdog_messages_due(
        &self,
        channel: &str,
        now: Timestamp,
        longest: SignedDuration,
        limit: u32,
    ) -> Result<Vec<WatchdogMessage>> {
        let mut sql = Sql::new(
            "select m.seq, m.kind as message_kind, m.recipient as told, m.receipt, m.tries, m.created_at, m.fault_id, f.*
             from watchdog_message m left join watchdog_fault f on f.id = m.fault_id
             where m.state = 'waiting' and m.channel = $1 and (m.next_try_at <= $2 or m.next_try_at > $3) order by m.next_try_at, m.seq limit ",
        )
        .with(channel)
        .with(now)
        .with(now.saturating_add(longest).unwrap_or(Timestamp::MAX));
        sql.bind(limit);
        self.pools.fetch_all(sql).await?.iter().map(read_message).collect()
    }

    /// Takes a message for sending until `until`. False where another process was faster.
    pub async fn claim_watchdog_message(&self, one: &WatchdogMessage, until: Timestamp) -> Result<bool> {
        let sql = Sql::new(
            "update watchdog_message set tries = tries + 1, next_try_at = $1 where seq = $2 and tries = $3 and state = 'waiting'",
        )
        .with(until)
        .with(one.seq)
        .with(one.tries);
        Ok(self.pools.execute(sql).await? == 1)
    }

    /// Writes what became of a claimed try. Nothing where somebody else has claimed it since, or its probe was judged.
    pub async fn settle_watchdog_message(
        &self,
        one: &WatchdogMessage,
        settled: Settled,
        answer: &str,
        at: Timestamp,
    ) -> Result<()> {
        let (state, next) = settled.state();
        let sql = Sql::new(
            "update watchdog_message set state = $1, next_try_at = $2, sent_at = $3, answer = $4
             where seq = $5 and tries = $6 and state = 'waiting'",
        )
        .with(state.as_str())
        .with(next)
        .with((settled == Settled::Sent).then_some(at))
        .with(kept_answer(answer))
        .with(one.seq)
        .with(one.tries + 1);
        self.pools.execute(sql).await.map(drop)
    }
}

fn read_message(row: &Row) -> Result<WatchdogMessage> {
    let has_fault = row.id_opt::<Uuid>("fault_id")?.is_some();
    Ok(WatchdogMessage {
        seq: row.int("seq")?,
        kind: row.word("message_kind", WatchdogKind::parse)?,
        recipient: row.text("told")?,
        receipt: row.text("receipt")?,
        fault: if has_fault { Some(read_fault(row)?) } else { None },
        tries: row.int("tries")? as u32,
        created_at: row.time("created_at")?,
    })
}
