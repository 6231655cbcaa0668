//! Channels: reading them, and the way from a camera to the device that has its picture.

use std::collections::HashMap;

use domain::access::Access;
use domain::device::{ChannelStatus, GbId};
use domain::ids::{CameraId, ChannelId, DeviceId};
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql, contains_pattern};
use crate::units::KEYS;

/// What a device says of one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelEntry {
    /// Its 20 digits; unique within the device.
    pub gb_id: GbId,
    /// What it hangs below, as sent: an id, a division code, or several joined by a slash.
    pub parent_gb_id: Option<String>,
    /// Its name; may be empty.
    pub name: String,
    /// Division code as sent.
    pub civil_code: Option<String>,
    /// Manufacturer.
    pub maker: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Whether it works, as the device says.
    pub status: ChannelStatus,
    /// Kind of mount (`PTZType`), as sent: 1 dome, 2 half-dome, 3 fixed, 4 bullet with remote control …
    pub ptz_type: Option<u8>,
}

/// A channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRow {
    /// Own id; stays whatever the device says later.
    pub id: ChannelId,
    /// Its device.
    pub device_id: DeviceId,
    /// What the device says.
    pub entry: ChannelEntry,
    /// In the last complete catalogue, or told since.
    pub present: bool,
    /// When it was first told.
    pub first_seen_at: Timestamp,
    /// When anything of it changed last.
    pub changed_at: Timestamp,
    /// The camera that gets its video from it. Only an id: the camera may belong to a unit that the asker does not see.
    pub camera_id: Option<CameraId>,
}

/// Which channels of a device; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChannelFilter {
    /// Part of the name or of the 20 digits, ASCII case set aside.
    pub text: Option<String>,
    /// Digits 11 to 13, e.g. `132`.
    pub type_code: Option<String>,
    /// Present or gone.
    pub present: Option<bool>,
    /// Whether a camera gets its video from it.
    pub has_camera: Option<bool>,
}

/// Where the picture of a channel comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelRoute {
    /// The device to ask.
    pub device_id: DeviceId,
    /// Its 20 digits.
    pub device_gb_id: GbId,
    /// The 20 digits to ask for.
    pub gb_id: GbId,
}

const CHANNEL_ROWS: &str = "select h.*, c.id as camera_id
    from channel h
    join device d on d.id = h.device_id
    join unit_now u on u.unit_id = d.unit_id
    left join camera c on c.channel_id = h.id and c.removed_at is null
    where d.removed_at is null";

impl Store {
    /// One channel.
    pub async fn channel(&self, access: &Access, id: ChannelId) -> Result<ChannelRow> {
        let mut sql = Sql::new(CHANNEL_ROWS);
        sql.push(" and h.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_channel(&self.pools.fetch_one(sql).await?)
    }

    /// Channels of a device in the order of their 20 digits. NotFound when the device is outside the scope.
    pub async fn channels(
        &self,
        access: &Access,
        device_id: DeviceId,
        filter: &ChannelFilter,
        ask: &PageAsk,
    ) -> Result<Page<ChannelRow>> {
        self.device(access, device_id).await?;
        let mut sql = Sql::new(CHANNEL_ROWS);
        sql.push(" and h.device_id = ").bind(device_id.0).narrow(access, Narrow::Current);
        sql.filter(" and h.type_code = ", filter.type_code.as_deref());
        sql.filter(" and h.present = ", filter.present);
        match filter.has_camera {
            None => {}
            Some(true) => {
                sql.push(" and c.id is not null");
            }
            Some(false) => {
                sql.push(" and c.id is null");
            }
        }
        if let Some(text) = filter.text.as_deref().filter(|text| !text.trim().is_empty()) {
            sql.push(" and (lower(h.name) like ").bind(contains_pattern(text));
            sql.push(" escape '!' or h.gb_id like ").bind(contains_pattern(text)).push(" escape '!')");
        }
        sql.filter(" and h.gb_id > ", ask.key::<String>()?);
        sql.push(" order by h.gb_id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_channel).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| row.entry.gb_id))
    }

    /// The channel of a device that a message names; none where the device never told of it.
    pub async fn channel_by_gb_id(&self, device_id: DeviceId, gb_id: &GbId) -> Result<Option<ChannelRow>> {
        let mut sql = Sql::new(CHANNEL_ROWS);
        sql.push(" and h.device_id = ").bind(device_id.0).push(" and h.gb_id = ").bind(gb_id.as_str());
        self.pools.fetch_opt(sql).await?.as_ref().map(read_channel).transpose()
    }

    /// Where the pictures of these channels come from; channels of removed devices are left out.
    pub async fn channel_routes(&self, ids: &[ChannelId]) -> Result<HashMap<ChannelId, ChannelRoute>> {
        let mut routes = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(KEYS) {
            let mut sql = Sql::new(
                "select h.id, h.device_id, h.gb_id, d.gb_id as device_gb_id from channel h join device d on d.id = h.device_id
                 where d.removed_at is null and h.id in ",
            );
            sql.list(chunk.iter().map(|id| id.0));
            for row in self.pools.fetch_all(sql).await? {
                let route = ChannelRoute {
                    device_id: row.id("device_id")?,
                    device_gb_id: row.id("device_gb_id")?,
                    gb_id: row.id("gb_id")?,
                };
                routes.insert(row.id("id")?, route);
            }
        }
        Ok(routes)
    }
}

pub(super) fn read_channel(row: &Row) -> Result<ChannelRow> {
    Ok(ChannelRow {
        id: row.id("id")?,
        device_id: row.id("device_id")?,
        entry: read_entry(row)?,
        present: row.flag("present")?,
        first_seen_at: row.time("first_seen_at")?,
        changed_at: row.time("changed_at")?,
        camera_id: row.id_opt("camera_id")?,
    })
}

pub(super) fn read_entry(row: &Row) -> Result<ChannelEntry> {
    let ptz_type = row.int_opt("ptz_type")?;
    Ok(ChannelEntry {
        gb_id: row.id("gb_id")?,
        parent_gb_id: row.text_opt("parent_gb_id")?,
        name: row.text("name")?,
        civil_code: row.text_opt("civil_code")?,
        maker: row.text_opt("maker")?,
        model: row.text_opt("model")?,
        status: row.word("status", ChannelStatus::parse)?,
        ptz_type: ptz_type
            .map(|kind| u8::try_from(kind).map_err(|_| corrupt("ptz_type", &kind.to_string())))
            .transpose()?,
    })
}
