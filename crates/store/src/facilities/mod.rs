//! Fire facilities: transmission devices as entered, what was last seen of them, the components behind them, what they told, roll-calls.
//!
//! An address that nobody has entered leaves no row: it knocks in the memory of whoever listens. What a device told is written in one
//! transaction with the state it changed ([`Store::keep_intake`]) before the device hears that it was received; whether it has become
//! an alarm yet is a flag of the row, so a crash in between loses none.

mod change;
mod components;
mod events;
mod intake;
mod roll_calls;

pub use components::{ComponentFilter, ComponentRow};
pub use events::{FacilityEvent, FacilityEventFilter, UnsettledEvent};
pub use intake::{ComponentSeen, FrameKey, Intake, NewFacilityEvent, Reading, TransmitterSeen};
pub use roll_calls::{NewRollCall, RollCall};

use domain::access::Access;
use domain::ids::{TransmitterId, UnitId};
use jiff::Timestamp;

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql, contains_pattern};

/// A transmission device as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransmitterRecord {
    /// Own id.
    pub id: TransmitterId,
    /// The unit it belongs to.
    pub unit_id: UnitId,
    /// Its address in the protocol: 12 hexadecimal digits, high byte first; no two have the same.
    pub address: String,
    /// Name for people.
    pub name: String,
    /// Switched off by a person: what it sends is denied.
    pub disabled: bool,
    /// A simulated device of a demonstration.
    pub simulated: bool,
    /// When it was entered.
    pub created_at: Timestamp,
}

/// A transmission device with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransmitterRow {
    /// As entered.
    pub transmitter: TransmitterRecord,
    /// Name of its unit now.
    pub unit_name: String,
    /// What was last seen of it; none: never heard.
    pub seen: Option<TransmitterSeen>,
    /// Components it has told of.
    pub components: i64,
    /// Of these, with a place that a person gave.
    pub placed: i64,
}

/// Which transmission devices; an empty field asks for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TransmitterFilter {
    /// Of this unit.
    pub unit_id: Option<UnitId>,
    /// Online (true), or not.
    pub online: Option<bool>,
    /// Part of its name, its unit's name or its address.
    pub text: Option<String>,
}

const TRANSMITTER_ROWS: &str = "select t.*, u.name as unit_name, s.state, s.since, s.heard_at, s.peer, s.bits, s.clock_ahead_s, s.software,
        s.configuration,
        (select cast(count(*) as bigint) from component c where c.transmitter_id = t.id) as components,
        (select cast(count(*) as bigint) from component c where c.transmitter_id = t.id and c.place is not null) as placed
    from transmitter t
    join unit_now u on u.unit_id = t.unit_id
    left join transmitter_state s on s.transmitter_id = t.id
    where t.removed_at is null";

impl Store {
    /// Every device that is entered, for whoever listens to them.
    pub async fn all_transmitters(&self) -> Result<Vec<TransmitterRecord>> {
        let sql = Sql::new("select * from transmitter where removed_at is null order by id");
        self.pools.fetch_all(sql).await?.iter().map(read_record).collect()
    }

    /// One device.
    pub async fn transmitter(&self, access: &Access, id: TransmitterId) -> Result<TransmitterRow> {
        let mut sql = Sql::new(TRANSMITTER_ROWS);
        sql.push(" and t.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_transmitter(&self.pools.fetch_one(sql).await?)
    }

    /// Devices by name.
    pub async fn transmitters(
        &self,
        access: &Access,
        filter: &TransmitterFilter,
        ask: &PageAsk,
    ) -> Result<Page<TransmitterRow>> {
        let mut sql = Sql::new(TRANSMITTER_ROWS);
        sql.narrow(access, Narrow::Current);
        sql.filter(" and t.unit_id = ", filter.unit_id.map(|id| id.0));
        match filter.online {
            Some(true) => sql.push(" and s.state = 'online'"),
            Some(false) => sql.push(" and (s.state is null or s.state <> 'online')"),
            None => &mut sql,
        };
        if let Some(text) = &filter.text {
            let pattern = contains_pattern(text);
            sql.push(" and (lower(t.name) like ").bind(&pattern).push(" escape '!' or lower(u.name) like ");
            sql.bind(&pattern).push(" escape '!' or t.address like ").bind(&pattern).push(" escape '!')");
        }
        if let Some((name, id)) = ask.key::<(String, TransmitterId)>()? {
            sql.push(" and (t.name, t.id) > (").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by t.name, t.id limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_transmitter).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| (row.transmitter.name.clone(), row.transmitter.id)))
    }
}

/// Insists that the device exists within the scope.
async fn need_transmitter(tx: &mut Tx, access: &Access, id: TransmitterId) -> Result<UnitId> {
    let mut sql = Sql::new(
        "select t.unit_id from transmitter t join unit_now u on u.unit_id = t.unit_id where t.removed_at is null and t.id = $1",
    )
    .with(id.0);
    sql.narrow(access, Narrow::Current);
    tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?.id("unit_id")
}

fn read_transmitter(row: &Row) -> Result<TransmitterRow> {
    Ok(TransmitterRow {
        transmitter: read_record(row)?,
        unit_name: row.text("unit_name")?,
        seen: read_seen(row)?,
        components: row.int("components")?,
        placed: row.int("placed")?,
    })
}

fn read_record(row: &Row) -> Result<TransmitterRecord> {
    Ok(TransmitterRecord {
        id: row.id("id")?,
        unit_id: row.id("unit_id")?,
        address: row.text("address")?,
        name: row.text("name")?,
        disabled: row.flag("disabled")?,
        simulated: row.flag("simulated")?,
        created_at: row.time("created_at")?,
    })
}

fn read_seen(row: &Row) -> Result<Option<TransmitterSeen>> {
    let Some(state) = row.text_opt("state")? else { return Ok(None) };
    Ok(Some(TransmitterSeen {
        is_online: state == "online",
        since: row.time("since")?,
        heard_at: row.time("heard_at")?,
        peer: row.text("peer")?,
        bits: row.int_opt("bits")?.map(|bits| byte("bits", bits)).transpose()?,
        clock_ahead_s: row.int_opt("clock_ahead_s")?,
        software: row.text_opt("software")?,
        configuration: row.text_opt("configuration")?,
    }))
}

fn byte(column: &str, number: i64) -> Result<u8> {
    u8::try_from(number).map_err(|_| corrupt(column, &number.to_string()))
}
