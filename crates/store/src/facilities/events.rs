//! What fire facilities told, newest first; and what of it still has to become or clear an alarm.

use domain::access::Access;
use domain::facility::FacilityEventKind;
use domain::ids::{AlarmId, ComponentId, FacilityEventId, TransmitterId, UnitId};
use jiff::Timestamp;

use super::byte;
use super::intake::FrameKey;
use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// Most events settled in one reading.
const UNSETTLED_MAX: i64 = 500;
/// Most frames of a device that are remembered as seen.
const FRAMES_MAX: i64 = 16_384;

/// Something that a device told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacilityEvent {
    /// Own id.
    pub id: FacilityEventId,
    /// Who told it; it may be removed since.
    pub transmitter_id: TransmitterId,
    /// Its name.
    pub transmitter_name: String,
    /// Whose it is.
    pub unit_id: UnitId,
    /// Name of the unit.
    pub unit_name: String,
    /// The component: its id, its type, and where it is, in a person's or else the panel's words.
    pub component: Option<(ComponentId, u8, String)>,
    /// What.
    pub kind: FacilityEventKind,
    /// Of what type.
    pub type_flag: u8,
    /// Number of the operator.
    pub operator: Option<u8>,
    /// More about it.
    pub detail: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
    /// The alarm it became, joined or cleared.
    pub alarm_id: Option<AlarmId>,
}

/// Which events; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FacilityEventFilter {
    /// Of this device.
    pub transmitter_id: Option<TransmitterId>,
    /// Of this sort.
    pub kind: Option<FacilityEventKind>,
}

/// An event that still has to become or clear an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsettledEvent {
    /// Own id: the alarm's observation.
    pub id: FacilityEventId,
    /// Who told it.
    pub transmitter_id: TransmitterId,
    /// Whose it is.
    pub unit_id: UnitId,
    /// Of which component.
    pub component_id: Option<ComponentId>,
    /// Where that is, in a person's or else the panel's words.
    pub place: Option<String>,
    /// What.
    pub kind: FacilityEventKind,
    /// Number of the operator.
    pub operator: Option<u8>,
    /// More about it.
    pub detail: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
    /// Name of the device, and whether it is simulated.
    pub transmitter: (String, bool),
}

const PLACE: &str = "coalesce(c.place, nullif(c.description, ''))";

impl Store {
    /// What devices told, newest first.
    pub async fn facility_events(
        &self,
        access: &Access,
        filter: &FacilityEventFilter,
        ask: &PageAsk,
    ) -> Result<Page<FacilityEvent>> {
        let mut sql = Sql::new(
            "select e.*, t.name as transmitter_name, u.name as unit_name, c.kind as component_kind, ",
        );
        sql.push(PLACE).push(
            " as component_place from facility_event e
             join transmitter t on t.id = e.transmitter_id
             join unit_now u on u.unit_id = e.unit_id
             left join component c on c.id = e.component_id
             where 1 = 1",
        );
        sql.narrow(access, Narrow::Current);
        sql.filter(" and e.transmitter_id = ", filter.transmitter_id.map(|id| id.0));
        sql.filter(" and e.kind = ", filter.kind.map(FacilityEventKind::as_str));
        sql.filter(" and e.seq < ", ask.key::<i64>()?);
        sql.push(" order by e.seq desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items =
            rows.iter().map(|row| Ok((row.int("seq")?, read_event(row)?))).collect::<Result<Vec<_>>>()?;
        let page = ask.cut(items, |(seq, _)| *seq);
        Ok(Page { items: page.items.into_iter().map(|(_, event)| event).collect(), next: page.next })
    }

    /// Frames of a device that brought something since `since`: the same again brings nothing.
    pub async fn frames_seen(&self, id: TransmitterId, since: Timestamp) -> Result<Vec<FrameKey>> {
        let sql = Sql::new(
            "select serial, label, digest from facility_event where transmitter_id = $1 and received_at >= $2
             order by seq desc limit $3",
        )
        .with(id.0)
        .with(since)
        .with(FRAMES_MAX);
        let read = |row: &Row| {
            let serial = row.int("serial")?;
            Ok(FrameKey {
                serial: u16::try_from(serial).map_err(|_| corrupt("serial", &serial.to_string()))?,
                label: row.text("label")?,
                digest: row.text("digest")?,
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// What still has to become or clear an alarm, in the order in which it came. There may be more.
    pub async fn unsettled_events(&self) -> Result<Vec<UnsettledEvent>> {
        let mut sql = Sql::new("select e.*, t.name as transmitter_name, t.simulated, ");
        sql.push(PLACE).push(
            " as component_place from facility_event e
             join transmitter t on t.id = e.transmitter_id
             left join component c on c.id = e.component_id
             where not e.settled order by e.seq limit ",
        );
        sql.bind(UNSETTLED_MAX);
        let read = |row: &Row| {
            Ok(UnsettledEvent {
                id: row.id("id")?,
                transmitter_id: row.id("transmitter_id")?,
                unit_id: row.id("unit_id")?,
                component_id: row.id_opt("component_id")?,
                place: row.text_opt("component_place")?,
                kind: row.word("kind", FacilityEventKind::parse)?,
                operator: operator(row)?,
                detail: row.text_opt("detail")?,
                occurred_at: row.time("occurred_at")?,
                received_at: row.time("received_at")?,
                transmitter: (row.text("transmitter_name")?, row.flag("simulated")?),
            })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// Says that an event has become, joined or cleared this alarm, or none.
    pub async fn settle_event(&self, id: FacilityEventId, alarm: Option<AlarmId>) -> Result<()> {
        let sql = Sql::new(
            "update facility_event set settled = true, alarm_id = coalesce(alarm_id, $1) where id = $2",
        )
        .with(alarm.map(|id| id.0))
        .with(id.0);
        self.pools.execute(sql).await.map(|_| ())
    }
}

fn read_event(row: &Row) -> Result<FacilityEvent> {
    let component = match (row.id_opt("component_id")?, row.int_opt("component_kind")?) {
        (Some(id), Some(kind)) => {
            Some((id, byte("component_kind", kind)?, row.text_opt("component_place")?.unwrap_or_default()))
        }
        _ => None,
    };
    Ok(FacilityEvent {
        id: row.id("id")?,
        transmitter_id: row.id("transmitter_id")?,
        transmitter_name: row.text("transmitter_name")?,
        unit_id: row.id("unit_id")?,
        unit_name: row.text("unit_name")?,
        component,
        kind: row.word("kind", FacilityEventKind::parse)?,
        type_flag: byte("type_flag", row.int("type_flag")?)?,
        operator: operator(row)?,
        detail: row.text_opt("detail")?,
        occurred_at: row.time("occurred_at")?,
        received_at: row.time("received_at")?,
        alarm_id: row.id_opt("alarm_id")?,
    })
}

fn operator(row: &Row) -> Result<Option<u8>> {
    row.int_opt("operator")?.map(|number| byte("operator", number)).transpose()
}
