//! Devices that speak GB/T 28181: what is entered about them, what they said of themselves, and what the platform last saw of them.
//!
//! Status lives in the memory of whoever talks to a device; a row is written when it changes. Ids that nobody has entered leave
//! no row here, because anybody on the network could fill a table with them: they wait in memory until a person enters them.
//! A [`DeviceRecord`] is entered by people; everything else is told by the device.

mod catalogue;
mod change;
mod channels;
mod clock;
mod dialogs;
mod notice_write;
mod notices;
mod place;
mod registrar;

pub use catalogue::{CatalogueAnswer, ChannelsPut, MAX_CHANNELS, NewChannel};
pub use channels::{ChannelEntry, ChannelFilter, ChannelRoute, ChannelRow};
pub use clock::DeviceClock;
pub use dialogs::OpenDialog;
pub use notice_write::{NOTICE_RAW_MAX_BYTES, NewDeviceNotice};
pub use notices::{DeviceNotice, NoticeFilter, NoticeReset};
pub(crate) use place::need_channel_of;
pub use registrar::Registrant;

use domain::access::Access;
use domain::device::{DeviceReason, DeviceState, GbId, Transport};
use domain::ids::{DeviceId, UnitId};
use jiff::Timestamp;

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql, contains_pattern};
use crate::units::count;

/// Longest text of a device that is kept, in bytes: names, makers, models. What is longer is cut.
const DEVICE_TEXT_MAX_BYTES: usize = 255;

/// A device as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRecord {
    /// Own id.
    pub id: DeviceId,
    /// The unit it belongs to.
    pub unit_id: UnitId,
    /// The id it registers under; no two devices have the same.
    pub gb_id: GbId,
    /// Name for people.
    pub name: String,
    /// Its secret, encrypted by the caller; never in clear here. None: it cannot register yet.
    pub sealed_secret: Option<Vec<u8>>,
    /// How it has to be spoken to, as JSON that the protocol's side understands.
    pub profile: String,
    /// Switched off by a person.
    pub disabled: bool,
    /// A simulated device of a demonstration.
    pub simulated: bool,
    /// When it was entered.
    pub created_at: Timestamp,
}

/// What a device says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceInfo {
    /// Manufacturer.
    pub maker: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Version of its firmware.
    pub firmware: Option<String>,
}

/// A registration: where a device is and until when that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceBinding {
    /// Address and port its packets come from, not what it says of itself: that is often behind a translator of addresses.
    pub address: String,
    /// What carries the signalling.
    pub transport: Transport,
    /// The version of the standard it said it speaks (`X-GB-Ver`), e.g. `2.0`.
    pub version: Option<String>,
    /// When it registered last.
    pub registered_at: Timestamp,
    /// Until when that holds.
    pub expires_at: Timestamp,
}

/// What was last seen of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceSeen {
    /// Online, offline or unauthorised. Disabled is entered and never registered is the absence of this, so neither is kept.
    pub state: DeviceState,
    /// How it showed that it is offline.
    pub reason: Option<DeviceReason>,
    /// Since when this state holds.
    pub since: Timestamp,
    /// The last registration; always there where it is online.
    pub binding: Option<DeviceBinding>,
}

/// The last time a device told its channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Catalogue {
    /// When.
    pub at: Timestamp,
    /// Whether all parts of the answer came.
    pub complete: bool,
    /// Channels present since.
    pub channels: i64,
}

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// As entered.
    pub device: DeviceRecord,
    /// Name of its unit.
    pub unit_name: String,
    /// What it says of itself.
    pub info: DeviceInfo,
    /// What was last seen of it; none before its first registration.
    pub seen: Option<DeviceSeen>,
    /// Its last catalogue; none before the first.
    pub catalogue: Option<Catalogue>,
}

impl DeviceRow {
    /// The state by the rows: what a person switched off is disabled, whatever was seen of it.
    pub fn state(&self) -> DeviceState {
        if self.device.disabled {
            return DeviceState::Disabled;
        }
        self.seen.as_ref().map_or(DeviceState::NeverSeen, |seen| seen.state)
    }
}

/// Which devices; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceFilter {
    /// Of this unit.
    pub unit_id: Option<UnitId>,
    /// In this state, by the rows.
    pub state: Option<DeviceState>,
    /// Part of the device's name, the unit's name or the 20 digits, ASCII case set aside.
    pub text: Option<String>,
}

const DEVICE_ROWS: &str =
    "select d.*, u.name as unit_name, s.state, s.reason, s.since, s.address, s.transport, s.version,
        s.registered_at, s.expires_at
    from device d
    join unit_now u on u.unit_id = d.unit_id
    left join device_state s on s.device_id = d.id
    where d.removed_at is null";

impl Store {
    /// One device.
    pub async fn device(&self, access: &Access, id: DeviceId) -> Result<DeviceRow> {
        let mut sql = Sql::new(DEVICE_ROWS);
        sql.push(" and d.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_device_row(&self.pools.fetch_one(sql).await?)
    }

    /// The device with these 20 digits.
    pub async fn device_by_gb_id(&self, access: &Access, gb_id: &GbId) -> Result<DeviceRow> {
        let mut sql = Sql::new(DEVICE_ROWS);
        sql.push(" and d.gb_id = ").bind(gb_id.as_str()).narrow(access, Narrow::Current);
        read_device_row(&self.pools.fetch_one(sql).await?)
    }

    /// Devices grouped by unit, then by name, in the order of cameras.
    pub async fn devices(
        &self,
        access: &Access,
        filter: &DeviceFilter,
        ask: &PageAsk,
    ) -> Result<Page<DeviceRow>> {
        let mut sql = Sql::new(DEVICE_ROWS);
        sql.narrow(access, Narrow::Current);
        sql.filter(" and d.unit_id = ", filter.unit_id.map(|id| id.0));
        match filter.state {
            None => {}
            Some(DeviceState::Disabled) => {
                sql.push(" and d.disabled");
            }
            Some(DeviceState::NeverSeen) => {
                sql.push(" and not d.disabled and s.state is null");
            }
            Some(seen) => {
                sql.push(" and not d.disabled and s.state = ").bind(seen.as_str());
            }
        }
        if let Some(text) = filter.text.as_deref().filter(|text| !text.trim().is_empty()) {
            sql.push(" and (lower(d.name) like ").bind(contains_pattern(text));
            sql.push(" escape '!' or lower(u.name) like ").bind(contains_pattern(text));
            sql.push(" escape '!' or d.gb_id like ").bind(contains_pattern(text)).push(" escape '!')");
        }
        if let Some((unit_id, name, id)) = ask.key::<(UnitId, String, DeviceId)>()? {
            sql.push(" and (d.unit_id, d.name, d.id) > (").bind(unit_id.0);
            sql.push(", ").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by d.unit_id, d.name, d.id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_device_row).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| (row.device.unit_id, row.device.name.clone(), row.device.id)))
    }
}

impl Store {
    /// How many devices are in each state, by the rows; states that none is in are left out.
    pub async fn count_devices(&self, access: &Access) -> Result<Vec<(DeviceState, u64)>> {
        let mut sql = Sql::new(
            "select case when d.disabled then 'disabled' else coalesce(s.state, 'never_seen') end as state_now,
                 cast(count(*) as bigint) as n
             from device d
             join unit_now u on u.unit_id = d.unit_id
             left join device_state s on s.device_id = d.id
             where d.removed_at is null",
        );
        sql.narrow(access, Narrow::Current).push(" group by 1");
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter().map(|row| Ok((row.word("state_now", DeviceState::parse)?, count(row, "n")?))).collect()
    }
}

/// Insists that the device exists within the scope.
async fn need_device(tx: &mut Tx, access: &Access, id: DeviceId) -> Result<()> {
    let mut sql = Sql::new(
        "select d.id from device d join unit_now u on u.unit_id = d.unit_id where d.removed_at is null and d.id = $1",
    )
    .with(id.0);
    sql.narrow(access, Narrow::Current);
    tx.fetch_opt(sql).await?.map(|_| ()).ok_or(StoreError::NotFound)
}

fn read_device_row(row: &Row) -> Result<DeviceRow> {
    Ok(DeviceRow {
        device: read_device(row)?,
        unit_name: row.text("unit_name")?,
        info: read_info(row)?,
        seen: read_seen(row)?,
        catalogue: read_catalogue(row)?,
    })
}

fn read_device(row: &Row) -> Result<DeviceRecord> {
    Ok(DeviceRecord {
        id: row.id("id")?,
        unit_id: row.id("unit_id")?,
        gb_id: row.id("gb_id")?,
        name: row.text("name")?,
        sealed_secret: row.bytes_opt("sealed_secret")?,
        profile: row.text("profile")?,
        disabled: row.flag("disabled")?,
        simulated: row.flag("simulated")?,
        created_at: row.time("created_at")?,
    })
}

fn read_info(row: &Row) -> Result<DeviceInfo> {
    Ok(DeviceInfo {
        maker: row.text_opt("maker")?,
        model: row.text_opt("model")?,
        firmware: row.text_opt("firmware")?,
    })
}

fn read_seen(row: &Row) -> Result<Option<DeviceSeen>> {
    let Some(state) = row.word_opt("state", DeviceState::parse)? else { return Ok(None) };
    let binding = match row.text_opt("address")? {
        None => None,
        Some(address) => Some(DeviceBinding {
            address,
            transport: row.word("transport", Transport::parse)?,
            version: row.text_opt("version")?,
            registered_at: row.time("registered_at")?,
            expires_at: row.time("expires_at")?,
        }),
    };
    let reason = row.word_opt("reason", DeviceReason::parse)?;
    Ok(Some(DeviceSeen { state, reason, since: row.time("since")?, binding }))
}

fn read_catalogue(row: &Row) -> Result<Option<Catalogue>> {
    let Some(at) = row.time_opt("catalogue_at")? else { return Ok(None) };
    Ok(Some(Catalogue { at, complete: row.flag("catalogue_complete")?, channels: row.int("channels")? }))
}
