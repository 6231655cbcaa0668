//! What the registrar needs to run itself: every device at its start, and a line written when something changed. No asker: it is the
//! platform that speaks with devices.

use domain::device::{GbId, kept};
use domain::ids::{DeviceId, UnitId};
use jiff::Timestamp;

use super::{
    Catalogue, DEVICE_TEXT_MAX_BYTES, DeviceInfo, DeviceSeen, read_catalogue, read_device, read_info,
    read_seen,
};
use crate::Store;
use crate::cameras::found;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// A device as the registrar knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registrant {
    /// Own id.
    pub id: DeviceId,
    /// The id it registers under.
    pub gb_id: GbId,
    /// Whose it is.
    pub unit_id: UnitId,
    /// Its encrypted secret; none: it cannot register.
    pub sealed_secret: Option<Vec<u8>>,
    /// How it has to be spoken to, JSON.
    pub profile: String,
    /// Switched off by a person.
    pub disabled: bool,
    /// A simulated device.
    pub simulated: bool,
    /// What it said of itself.
    pub info: DeviceInfo,
    /// Its last catalogue.
    pub catalogue: Option<Catalogue>,
    /// What was last seen of it, so that a registration outlives a restart.
    pub seen: Option<DeviceSeen>,
}

/// States of one statement; SQLite looks up each bound value among all of them.
const INSERT_ROWS: usize = 25;
/// Devices of one page.
const REGISTRANTS_MAX: i64 = 1_000;

const REGISTRANTS: &str =
    "select d.*, s.state, s.reason, s.since, s.address, s.transport, s.version, s.registered_at, s.expires_at
    from device d left join device_state s on s.device_id = d.id
    where d.removed_at is null";

impl Store {
    /// Every device that is not removed, in the order of their 20 digits: the next page after `after`, empty at the end. In pages, because
    /// all of them at once would be the largest thing in memory.
    pub async fn all_devices(&self, after: Option<&GbId>) -> Result<Vec<Registrant>> {
        let mut sql = Sql::new(REGISTRANTS);
        sql.filter(" and d.gb_id > ", after.map(GbId::as_str));
        sql.push(" order by d.gb_id limit ").bind(REGISTRANTS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_registrant).collect()
    }

    /// The device with these 20 digits, for a registrar that does not hold it yet; none where nobody has entered it.
    pub async fn registrant(&self, gb_id: &GbId) -> Result<Option<Registrant>> {
        let mut sql = Sql::new(REGISTRANTS);
        sql.push(" and d.gb_id = ").bind(gb_id.as_str());
        self.pools.fetch_opt(sql).await?.as_ref().map(read_registrant).transpose()
    }

    /// Remembers what was seen of devices, in one transaction; how many rows were written. The same state again keeps its `since`; the
    /// registration becomes what `seen` says. Devices unknown or removed since are left out. Invalid for a state that is not seen but
    /// entered, and then nothing is written.
    pub async fn record_device_states(&self, states: &[(DeviceId, DeviceSeen)]) -> Result<u64> {
        let mut tx = self.pools.begin().await?;
        let mut written = 0;
        for chunk in states.chunks(INSERT_ROWS) {
            written += tx.execute(states_sql(chunk)).await?;
        }
        tx.commit().await?;
        Ok(written)
    }

    /// Remembers what a device says of itself. NotFound for an unknown or removed device.
    pub async fn record_device_info(&self, id: DeviceId, info: &DeviceInfo, at: Timestamp) -> Result<()> {
        let text = |text: &Option<String>| text.as_deref().map(|text| kept(text, DEVICE_TEXT_MAX_BYTES));
        let sql = Sql::new(
            "update device set maker = $1, model = $2, firmware = $3, changed_at = $4 where id = $5 and removed_at is null",
        )
        .with(text(&info.maker))
        .with(text(&info.model))
        .with(text(&info.firmware))
        .with(at)
        .with(id.0);
        found(self.pools.execute(sql).await?)
    }
}

/// No device, no row: a state of a removed one has nowhere to go.
fn states_sql(states: &[(DeviceId, DeviceSeen)]) -> Sql {
    let mut sql = Sql::new(
        "insert into device_state (device_id, state, reason, since, address, transport, version, registered_at, expires_at)
         select d.id, v.column2, v.column3, v.column4, v.column5, v.column6, v.column7, v.column8, v.column9 from (values ",
    );
    for (index, (id, seen)) in states.iter().enumerate() {
        let binding = seen.binding.as_ref();
        let version = binding.and_then(|one| one.version.as_deref());
        sql.push(if index == 0 { "(" } else { ", (" }).bind(id.0);
        sql.push(", ").bind(seen.state.as_str());
        sql.push(", ").bind(seen.reason.map(domain::device::DeviceReason::as_str));
        sql.push(", ").bind(seen.since);
        sql.push(", ").bind(binding.map(|one| one.address.clone()));
        sql.push(", ").bind(binding.map(|one| one.transport.as_str()));
        sql.push(", ").bind(version.map(|text| kept(text, DEVICE_TEXT_MAX_BYTES)));
        sql.push(", ").bind(binding.map(|one| one.registered_at));
        sql.push(", ").bind(binding.map(|one| one.expires_at)).push(")");
    }
    sql.push(
        ") v join device d on d.id = v.column1 where d.removed_at is null
         on conflict (device_id) do update set
             since = case when device_state.state = excluded.state then device_state.since else excluded.since end,
             state = excluded.state, reason = excluded.reason, address = excluded.address, transport = excluded.transport,
             version = excluded.version, registered_at = excluded.registered_at, expires_at = excluded.expires_at",
    );
    sql
}

fn read_registrant(row: &Row) -> Result<Registrant> {
    let device = read_device(row)?;
    Ok(Registrant {
        id: device.id,
        gb_id: device.gb_id,
        unit_id: device.unit_id,
        sealed_secret: device.sealed_secret,
        profile: device.profile,
        disabled: device.disabled,
        simulated: device.simulated,
        info: read_info(row)?,
        catalogue: read_catalogue(row)?,
        seen: read_seen(row)?,
    })
}
