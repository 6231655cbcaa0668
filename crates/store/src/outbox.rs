//! The outbox: what others must hear of, written in the same transaction as what made it true. The bus only wakes people up; this is
//! what they read.

use jiff::Timestamp;
use serde::Serialize;

use crate::Store;
use crate::engine::Tx;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// Most entries of one read.
pub const MAX_OUTBOX: u32 = 500;

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutboxEntry {
    /// Order of commitment; who read one has read or can read all before it.
    pub seq: i64,
    /// When it became true.
    pub at: Timestamp,
    /// `alarm.raised` or `alarm.changed`.
    pub topic: String,
    /// Id of the alarm.
    pub key: String,
    /// JSON: `{"alarm_id", "unit_id", "state", "version"}`.
    pub payload: String,
}

impl Store {
    /// Entries nobody was told of yet, oldest first.
    pub async fn outbox_pending(&self, limit: u32) -> Result<Vec<OutboxEntry>> {
        let mut sql = Sql::new("select * from outbox where delivered_at is null order by seq limit ");
        sql.bind(limit.clamp(1, MAX_OUTBOX));
        self.pools.fetch_all(sql).await?.iter().map(read_entry).collect()
    }

    /// Remembers that everything up to an entry was told; telling it again is no error.
    pub async fn outbox_delivered(&self, last_seq: i64, at: Timestamp) -> Result<()> {
        let sql = Sql::new("update outbox set delivered_at = $1 where seq <= $2 and delivered_at is null")
            .with(at)
            .with(last_seq);
        self.pools.execute(sql).await.map(|_| ())
    }

    /// Entries after `seq`, told or not, for a client that comes back.
    pub async fn outbox_after(&self, seq: i64, limit: u32) -> Result<Vec<OutboxEntry>> {
        let mut sql = Sql::new("select * from outbox where seq > ");
        sql.bind(seq).push(" order by seq limit ").bind(limit.clamp(1, MAX_OUTBOX));
        self.pools.fetch_all(sql).await?.iter().map(read_entry).collect()
    }

    /// The last sequence number; 0 before the first entry.
    pub async fn last_outbox_seq(&self) -> Result<i64> {
        let sql = Sql::new("select cast(coalesce(max(seq), 0) as bigint) as last from outbox");
        self.pools.fetch_one(sql).await?.int("last")
    }

    /// The latest moment that rows bear: of the last entry, or of the alarm that was pushed latest, where the clock was put back in between. None
    /// before the first.
    pub async fn latest_moment(&self) -> Result<Option<Timestamp>> {
        let entry = Sql::new("select at from outbox order by seq desc limit 1");
        let alarm = Sql::new("select pushed_at as at from alarm order by pushed_at desc limit 1");
        let mut latest = None;
        for sql in [entry, alarm] {
            let at = self.pools.fetch_opt(sql).await?.map(|row| row.time("at")).transpose()?;
            latest = latest.max(at);
        }
        Ok(latest)
    }
}

/// An entry to be written.
pub(crate) struct NewEntry {
    pub(crate) at: Timestamp,
    pub(crate) topic: &'static str,
    pub(crate) key: String,
    pub(crate) payload: String,
}

/// Adds entries, at least one, in their order; the caller holds the outbox lock.
pub(crate) async fn write_entries(tx: &mut Tx, entries: impl Iterator<Item = NewEntry>) -> Result<()> {
    let mut sql = Sql::new("insert into outbox (at, topic, key, payload) values ");
    for (index, entry) in entries.enumerate() {
        sql.push(if index == 0 { "(" } else { ", (" }).bind(entry.at).push(", ").bind(entry.topic);
        sql.push(", ").bind(entry.key).push(", ").bind(entry.payload).push(")");
    }
    tx.execute(sql).await.map(|_| ())
}

fn read_entry(row: &Row) -> Result<OutboxEntry> {
    Ok(OutboxEntry {
        seq: row.int("seq")?,
        at: row.time("at")?,
        topic: row.text("topic")?,
        key: row.text("key")?,
        payload: row.text("payload")?,
    })
}
