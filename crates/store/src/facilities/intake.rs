//! Intake: what one piece of a connection brought, written in one transaction before it is confirmed.

use domain::facility::FacilityEventKind;
use domain::ids::{ComponentId, FacilityEventId, TransmitterId, UnitId};
use jiff::Timestamp;

use crate::Store;
use crate::engine::Tx;
use crate::error::Result;
use crate::sql::Sql;

/// Which frame something came in. The same frame again has the same number, label and bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FrameKey {
    /// Its number.
    pub serial: u16,
    /// Its time label, 12 hexadecimal digits as they travel.
    pub label: String,
    /// SHA-256 of its application data, the first 32 hexadecimal digits.
    pub digest: String,
}

/// Something that a device told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFacilityEvent {
    /// Own id.
    pub id: FacilityEventId,
    /// Who told it.
    pub transmitter_id: TransmitterId,
    /// Whose it is.
    pub unit_id: UnitId,
    /// Of which component.
    pub component_id: Option<ComponentId>,
    /// What.
    pub kind: FacilityEventKind,
    /// In which frame.
    pub frame: FrameKey,
    /// Of what type.
    pub type_flag: u8,
    /// Number of the operator.
    pub operator: Option<u8>,
    /// More about it, in words.
    pub detail: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
    /// False where it still has to become or clear an alarm.
    pub settled: bool,
}

/// An analog value in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// E.g. `温度 23.5 ℃`.
    pub words: String,
    /// When it was measured.
    pub at: Timestamp,
}

/// How a component is, and what it calls itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentSeen {
    /// Own id; kept where the component is there already.
    pub id: ComponentId,
    /// The device that told it.
    pub transmitter_id: TransmitterId,
    /// Type and address of its system.
    pub system: (u8, u8),
    /// What it is.
    pub kind: u8,
    /// Its address.
    pub address: u32,
    /// Where it is, in the panel's words.
    pub description: String,
    /// How it is.
    pub bits: u16,
    /// Since when.
    pub bits_at: Timestamp,
    /// Its last analog value.
    pub reading: Option<Reading>,
}

/// What was last seen of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransmitterSeen {
    /// Whether it is connected and heard.
    pub is_online: bool,
    /// Since when.
    pub since: Timestamp,
    /// When it was last heard; written once a minute.
    pub heard_at: Timestamp,
    /// Where it connects from.
    pub peer: String,
    /// Bits of its own state.
    pub bits: Option<u8>,
    /// How far its clock is ahead.
    pub clock_ahead_s: Option<i64>,
    /// Version of its software.
    pub software: Option<String>,
    /// Its configuration in words.
    pub configuration: Option<String>,
}

/// What is written together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intake {
    /// Components that are new or changed.
    pub components: Vec<ComponentSeen>,
    /// Events, in order.
    pub events: Vec<NewFacilityEvent>,
    /// Devices whose state changed.
    pub transmitters: Vec<(TransmitterId, TransmitterSeen)>,
}

impl Intake {
    /// True where there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.components.is_empty() && self.events.is_empty() && self.transmitters.is_empty()
    }
}

impl Store {
    /// Writes what came: all of it or nothing.
    pub async fn keep_intake(&self, intake: &Intake) -> Result<()> {
        if intake.is_empty() {
            return Ok(());
        }
        let mut tx = self.pools.begin().await?;
        for component in &intake.components {
            put_component(&mut tx, component).await?;
        }
        for event in &intake.events {
            add_event(&mut tx, event).await?;
        }
        for (id, seen) in &intake.transmitters {
            put_seen(&mut tx, *id, seen).await?;
        }
        tx.commit().await
    }
}

async fn put_component(tx: &mut Tx, seen: &ComponentSeen) -> Result<()> {
    let sql = Sql::new(
        "insert into component (id, transmitter_id, system_kind, system_address, kind, address, description, bits, bits_at, reading,
             reading_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (transmitter_id, system_kind, system_address, address) do update set kind = excluded.kind,
             description = excluded.description, bits = excluded.bits, bits_at = excluded.bits_at,
             reading = coalesce(excluded.reading, component.reading), reading_at = coalesce(excluded.reading_at, component.reading_at)",
    )
    .with(seen.id.0)
    .with(seen.transmitter_id.0)
    .with(i64::from(seen.system.0))
    .with(i64::from(seen.system.1))
    .with(i64::from(seen.kind))
    .with(i64::from(seen.address))
    .with(&seen.description)
    .with(i64::from(seen.bits))
    .with(seen.bits_at)
    .with(seen.reading.as_ref().map(|reading| reading.words.clone()))
    .with(seen.reading.as_ref().map(|reading| reading.at));
    tx.execute(sql).await.map(|_| ())
}

async fn add_event(tx: &mut Tx, event: &NewFacilityEvent) -> Result<()> {
    let sql = Sql::new(
        "insert into facility_event (id, transmitter_id, unit_id, component_id, kind, serial, label, digest, type_flag, operator, detail,
             occurred_at, received_at, settled)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .with(event.id.0)
    .with(event.transmitter_id.0)
    .with(event.unit_id.0)
    .with(event.component_id.map(|id| id.0))
    .with(event.kind.as_str())
    .with(i64::from(event.frame.serial))
    .with(&event.frame.label)
    .with(&event.frame.digest)
    .with(i64::from(event.type_flag))
    .with(event.operator.map(i64::from))
    .with(event.detail.clone())
    .with(event.occurred_at)
    .with(event.received_at)
    .with(event.settled);
    tx.execute(sql).await.map(|_| ())
}

async fn put_seen(tx: &mut Tx, id: TransmitterId, seen: &TransmitterSeen) -> Result<()> {
    let sql = Sql::new(
        "insert into transmitter_state (transmitter_id, state, since, heard_at, peer, bits, clock_ahead_s, software, configuration)
         select t.id, $1, $2, $3, $4, $5, $6, $7, $8 from transmitter t where t.id = $9 and t.removed_at is null
         on conflict (transmitter_id) do update set state = excluded.state, since = excluded.since, heard_at = excluded.heard_at,
             peer = excluded.peer, bits = coalesce(excluded.bits, transmitter_state.bits),
             clock_ahead_s = coalesce(excluded.clock_ahead_s, transmitter_state.clock_ahead_s),
             software = coalesce(excluded.software, transmitter_state.software),
             configuration = coalesce(excluded.configuration, transmitter_state.configuration)",
    )
    .with(if seen.is_online { "online" } else { "offline" })
    .with(seen.since)
    .with(seen.heard_at)
    .with(&seen.peer)
    .with(seen.bits.map(i64::from))
    .with(seen.clock_ahead_s)
    .with(seen.software.clone())
    .with(seen.configuration.clone())
    .with(id.0);
    tx.execute(sql).await.map(|_| ())
}
