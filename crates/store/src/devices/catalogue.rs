//! A catalogue becomes rows: one transaction brings the channels of a device to what it told.
//!
//! An answer comes in many messages and some get lost. So a channel that is not in a complete answer is marked as gone, one that is not
//! in a partial answer stays as it was, and no row is ever deleted: cameras and notices name channels.

use std::collections::{HashMap, HashSet};

use domain::device::{GbId, kept};
use domain::ids::{ChannelId, DeviceId};
use jiff::Timestamp;
use serde::Serialize;

use super::DEVICE_TEXT_MAX_BYTES;
use super::channels::{ChannelEntry, read_entry};
use crate::Store;
use crate::cameras::found;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::sql::Sql;
use crate::units::KEYS;

/// Most channels of one device, gone ones included. A lower platform of a whole city has fewer, and a device that invents ids cannot
/// fill the disk.
pub const MAX_CHANNELS: usize = 50_000;
/// Rows of one insert; SQLite looks up each bound value among all of them.
const INSERT_ROWS: usize = 25;
/// Changes after which PostgreSQL is told to count its rows again.
const MANY: usize = 1000;

/// A channel in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChannel {
    /// The id it gets where it is new; a known channel keeps its own.
    pub id: ChannelId,
    /// What the device says.
    pub entry: ChannelEntry,
}

/// Whether all parts of an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogueAnswer {
    /// All: what is not in it is gone.
    Complete,
    /// Not all, or only news: what is not in it stays.
    Partial,
}

/// What [`Store::put_channels`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ChannelsPut {
    /// Told for the first time.
    pub added: usize,
    /// Told otherwise than before, or present again.
    pub changed: usize,
    /// Told as before.
    pub unchanged: usize,
    /// Gone with this answer.
    pub gone: usize,
    /// Told more than once in this answer; the last one counts.
    pub repeated: usize,
}

struct Known {
    id: ChannelId,
    entry: ChannelEntry,
    present: bool,
}

impl Store {
    /// Brings the channels of a device to its answer.
    ///
    /// Errors: NotFound for an unknown or removed device, Limit for more than [`MAX_CHANNELS`], Conflict for an id that is taken.
    pub async fn put_channels(
        &self,
        device_id: DeviceId,
        channels: &[NewChannel],
        answer: CatalogueAnswer,
        at: Timestamp,
    ) -> Result<ChannelsPut> {
        refuse_more(channels.len())?;
        let told = last_of_each(channels);
        let mut tx = self.pools.begin().await?;
        note_answer(&mut tx, device_id, answer, at).await?;
        let known = known_channels(&mut tx, device_id).await?;
        let mut put = ChannelsPut { repeated: channels.len() - told.len(), ..ChannelsPut::default() };
        let mut writing = Vec::new();
        for channel in &told {
            match known.get(&channel.entry.gb_id) {
                None => put.added += 1,
                Some(known) if known.present && known.entry == channel.entry => {
                    put.unchanged += 1;
                    continue;
                }
                Some(_) => put.changed += 1,
            }
            writing.push(channel);
        }
        refuse_more(known.len() + put.added)?;
        write_channels(&mut tx, device_id, &writing, at).await?;
        if answer == CatalogueAnswer::Complete {
            let told: HashSet<GbId> = told.iter().map(|one| one.entry.gb_id).collect();
            let gone = known.iter().filter(|(gb_id, one)| one.present && !told.contains(gb_id));
            let gone: Vec<ChannelId> = gone.map(|(_, one)| one.id).collect();
            put.gone = gone.len();
            mark_gone(&mut tx, &gone, at).await?;
        }
        count_present(&mut tx, device_id).await?;
        if writing.len() >= MANY {
            tx.refresh_statistics("analyze channel").await?;
        }
        tx.commit().await?;
        Ok(put)
    }
}

impl Store {
    /// Marks channels as gone that a device said are no more; those it never told are left out.
    pub async fn drop_channels(&self, device_id: DeviceId, gone: &[GbId], at: Timestamp) -> Result<()> {
        if gone.is_empty() {
            return Ok(());
        }
        let mut tx = self.pools.begin().await?;
        let known = known_channels(&mut tx, device_id).await?;
        let ids: Vec<ChannelId> = gone
            .iter()
            .filter_map(|gb_id| known.get(gb_id))
            .filter(|one| one.present)
            .map(|one| one.id)
            .collect();
        mark_gone(&mut tx, &ids, at).await?;
        count_present(&mut tx, device_id).await?;
        tx.commit().await
    }
}

fn refuse_more(channels: usize) -> Result<()> {
    if channels > MAX_CHANNELS {
        return Err(StoreError::Limit(format!("{channels} channels of one device, at most {MAX_CHANNELS}")));
    }
    Ok(())
}

/// One channel of each id, with texts as they may be kept, in the order of the answer.
fn last_of_each(channels: &[NewChannel]) -> Vec<NewChannel> {
    let mut place = HashMap::with_capacity(channels.len());
    let mut told: Vec<NewChannel> = Vec::with_capacity(channels.len());
    for channel in channels {
        let channel = NewChannel { id: channel.id, entry: kept_entry(&channel.entry) };
        if let Some(&index) = place.get(&channel.entry.gb_id) {
            told[index] = channel;
        } else {
            place.insert(channel.entry.gb_id, told.len());
            told.push(channel);
        }
    }
    told
}

fn kept_entry(entry: &ChannelEntry) -> ChannelEntry {
    let text = |text: &Option<String>| text.as_deref().map(|text| kept(text, DEVICE_TEXT_MAX_BYTES));
    ChannelEntry {
        parent_gb_id: text(&entry.parent_gb_id),
        name: kept(&entry.name, DEVICE_TEXT_MAX_BYTES),
        civil_code: text(&entry.civil_code),
        maker: text(&entry.maker),
        model: text(&entry.model),
        ..*entry
    }
}

/// Comes first: the changed row makes a second answer of the same device wait on PostgreSQL too.
async fn note_answer(tx: &mut Tx, id: DeviceId, answer: CatalogueAnswer, at: Timestamp) -> Result<()> {
    let sql = Sql::new(
        "update device set catalogue_at = $1, catalogue_complete = $2, channels = 0 where id = $3 and removed_at is null",
    )
    .with(at)
    .with(answer == CatalogueAnswer::Complete)
    .with(id.0);
    found(tx.execute(sql).await?)
}

async fn known_channels(tx: &mut Tx, device_id: DeviceId) -> Result<HashMap<GbId, Known>> {
    let sql = Sql::new("select * from channel where device_id = $1").with(device_id.0);
    let mut known = HashMap::new();
    for row in tx.fetch_all(sql).await? {
        let entry = read_entry(&row)?;
        known.insert(entry.gb_id, Known { id: row.id("id")?, entry, present: row.flag("present")? });
    }
    Ok(known)
}

async fn write_channels(
    tx: &mut Tx,
    device_id: DeviceId,
    channels: &[&NewChannel],
    at: Timestamp,
) -> Result<()> {
    for chunk in channels.chunks(INSERT_ROWS) {
        let mut sql = Sql::new(
            "insert into channel (first_seen_at, changed_at, present, device_id, id, gb_id, parent_gb_id, name, type_code, civil_code,
                 maker, model, status, ptz_type) values ",
        );
        for (index, channel) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" });
            sql.bind(at).push(", ").bind(at).push(", ").bind(true).push(", ").bind(device_id.0);
            bind_channel(&mut sql, channel);
            sql.push(")");
        }
        sql.push(
            " on conflict (device_id, gb_id) do update set changed_at = excluded.changed_at, present = excluded.present,
                 parent_gb_id = excluded.parent_gb_id, name = excluded.name, civil_code = excluded.civil_code,
                 maker = excluded.maker, model = excluded.model, status = excluded.status, ptz_type = excluded.ptz_type",
        );
        tx.execute(sql).await?;
    }
    Ok(())
}

fn bind_channel(sql: &mut Sql, channel: &NewChannel) {
    let entry = &channel.entry;
    sql.push(", ").bind(channel.id.0);
    sql.push(", ").bind(entry.gb_id.as_str());
    sql.push(", ").bind(entry.parent_gb_id.clone());
    sql.push(", ").bind(&entry.name);
    sql.push(", ").bind(entry.gb_id.type_code());
    sql.push(", ").bind(entry.civil_code.clone());
    sql.push(", ").bind(entry.maker.clone());
    sql.push(", ").bind(entry.model.clone());
    sql.push(", ").bind(entry.status.as_str());
    sql.push(", ").bind(entry.ptz_type.map(i64::from));
}

async fn mark_gone(tx: &mut Tx, ids: &[ChannelId], at: Timestamp) -> Result<()> {
    for chunk in ids.chunks(KEYS) {
        let mut sql =
            Sql::new("update channel set present = $1, changed_at = $2 where id in ").with(false).with(at);
        sql.list(chunk.iter().map(|id| id.0));
        tx.execute(sql).await?;
    }
    Ok(())
}

async fn count_present(tx: &mut Tx, device_id: DeviceId) -> Result<()> {
    let sql = Sql::new(
        "update device set channels = (select count(*) from channel h where h.device_id = $1 and h.present) where id = $1",
    )
    .with(device_id.0);
    tx.execute(sql).await.map(|_| ())
}
