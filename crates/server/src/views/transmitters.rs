//! Fire facilities as they travel.

use platform::access::transmitters::{TransmitterStanding as Standing, TransmitterView};
use platform::rows::{ComponentRow, FacilityEvent as EventRow, RollCall as RollCallRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// A user information transmission device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transmitter {
    /// Id.
    pub id: Uuid,
    /// Unit it belongs to.
    pub unit_id: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// Its address: 12 hexadecimal digits, high byte first.
    pub address: String,
    /// Name for people.
    pub name: String,
    /// Switched off by a person.
    pub disabled: bool,
    /// A simulated device.
    pub simulated: bool,
    /// `online`, `offline`, `disabled` or `never` (not heard yet).
    pub state: &'static str,
    /// Since when.
    pub since: Option<Moment>,
    /// When it was last heard; up to a minute old.
    pub heard_at: Option<Moment>,
    /// Where it connects from.
    pub peer: Option<String>,
    /// Whether orders reach it now.
    pub connected: bool,
    /// Words of its own state: `NORMAL`, `FIRE`, `FAULT`, `MAINS_FAULT`, `BATTERY_FAULT`, `CENTRE_FAULT`, `LINE_FAULT`.
    pub conditions: Vec<&'static str>,
    /// How far its clock is ahead, in seconds.
    pub clock_ahead_s: Option<i64>,
    /// Version of its software.
    pub software: Option<String>,
    /// Its configuration in words.
    pub configuration: Option<String>,
    /// Components it has told of.
    pub components: i64,
    /// Of these, with a place that a person gave.
    pub placed: i64,
}

impl From<TransmitterView> for Transmitter {
    fn from(view: TransmitterView) -> Self {
        let conditions = view.conditions();
        let TransmitterView { row, is_connected } = view;
        let record = row.transmitter;
        let seen = row.seen;
        let state = match &seen {
            _ if record.disabled => "disabled",
            None => "never",
            Some(seen) if seen.is_online => "online",
            Some(_) => "offline",
        };
        Self {
            id: record.id.0,
            unit_id: record.unit_id.0,
            unit_name: row.unit_name,
            address: record.address,
            name: record.name,
            disabled: record.disabled,
            simulated: record.simulated,
            state,
            since: moment(seen.as_ref().map(|seen| seen.since)),
            heard_at: moment(seen.as_ref().map(|seen| seen.heard_at)),
            peer: seen.as_ref().map(|seen| seen.peer.clone()),
            connected: is_connected,
            conditions,
            clock_ahead_s: seen.as_ref().and_then(|seen| seen.clock_ahead_s),
            software: seen.as_ref().and_then(|seen| seen.software.clone()),
            configuration: seen.and_then(|seen| seen.configuration),
            components: row.components,
            placed: row.placed,
        }
    }
}

/// A camera that sees a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceCamera {
    /// Id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

impl PlaceCamera {
    /// From a desk's pair.
    pub fn of((id, name): (domain::ids::CameraId, String)) -> Self {
        Self { id: id.0, name }
    }
}

/// A component of a fire facility.
#[derive(Debug, Serialize, ToSchema)]
pub struct Component {
    /// Id.
    pub id: Uuid,
    /// The device that told it.
    pub transmitter_id: Uuid,
    /// Type of its system, by table 4 of GB/T 26875.3.
    pub system_kind: u8,
    /// Address of its system.
    pub system_address: u8,
    /// What it is, by table 5.
    pub kind: u8,
    /// That in Chinese; none for a maker's own number.
    pub kind_zh: Option<&'static str>,
    /// That in English.
    pub kind_en: Option<&'static str>,
    /// Its address within the system.
    pub address: u32,
    /// Where it is, in the panel's words.
    pub description: String,
    /// Where it is, in a person's words.
    pub place: Option<String>,
    /// Words of its state: `NORMAL`, `FIRE`, `FAULT`, `DISABLED`, `SUPERVISED`, `STARTED`, `FEEDBACK`, `DELAYED`, `POWER_FAULT`.
    pub conditions: Vec<&'static str>,
    /// Since when.
    pub conditions_at: Moment,
    /// Its last analog value in words.
    pub reading: Option<String>,
    /// When it was measured.
    pub reading_at: Option<Moment>,
    /// Cameras that see its place, the best one first.
    pub cameras: Vec<PlaceCamera>,
}

impl From<ComponentRow> for Component {
    fn from(row: ComponentRow) -> Self {
        let names = platform::access::transmitters::component_names(row.kind);
        let (reading, reading_at) = row.reading.map(|reading| (reading.words, reading.at)).unzip();
        Self {
            id: row.id.0,
            transmitter_id: row.transmitter_id.0,
            system_kind: row.system_kind,
            system_address: row.system_address,
            kind: row.kind,
            kind_zh: names.map(|(zh, _)| zh),
            kind_en: names.map(|(_, en)| en),
            address: row.address,
            description: row.description,
            place: row.place,
            conditions: platform::access::transmitters::condition_words(row.condition),
            conditions_at: row.condition_at.into(),
            reading,
            reading_at: moment(reading_at),
            cameras: row.cameras.into_iter().map(PlaceCamera::of).collect(),
        }
    }
}

/// Something that a fire facility told.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacilityEvent {
    /// Id.
    pub id: Uuid,
    /// The device that told it; it may be removed since.
    pub transmitter_id: Uuid,
    /// Its name.
    pub transmitter_name: String,
    /// The unit it belonged to.
    pub unit_id: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// The component it is about.
    pub component_id: Option<Uuid>,
    /// What that is, in Chinese.
    pub component_zh: Option<&'static str>,
    /// What that is, in English.
    pub component_en: Option<&'static str>,
    /// Where that is.
    pub place: Option<String>,
    /// What was told, e.g. `fire`, `fault`, `reset`, `silence`, `answer`.
    pub kind: &'static str,
    /// That in Chinese.
    pub kind_zh: &'static str,
    /// That in English.
    pub kind_en: &'static str,
    /// Number of the operator, where somebody did it.
    pub operator: Option<u8>,
    /// More about it.
    pub detail: Option<String>,
    /// When it happened.
    pub occurred_at: Moment,
    /// When it came.
    pub received_at: Moment,
    /// The alarm it became, joined or cleared.
    pub alarm_id: Option<Uuid>,
}

impl From<EventRow> for FacilityEvent {
    fn from(row: EventRow) -> Self {
        let names = row
            .component
            .as_ref()
            .and_then(|(_, kind, _)| platform::access::transmitters::component_names(*kind));
        let (component_id, place) = row.component.map(|(id, _, place)| (id.0, place)).unzip();
        Self {
            id: row.id.0,
            transmitter_id: row.transmitter_id.0,
            transmitter_name: row.transmitter_name,
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            component_id,
            component_zh: names.map(|(zh, _)| zh),
            component_en: names.map(|(_, en)| en),
            place,
            kind: row.kind.as_str(),
            kind_zh: row.kind.name_zh(),
            kind_en: row.kind.name_en(),
            operator: row.operator,
            detail: row.detail,
            occurred_at: row.occurred_at.into(),
            received_at: row.received_at.into(),
            alarm_id: row.alarm_id.map(|id| id.0),
        }
    }
}

/// A roll-call at a transmission device.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCall {
    /// Id.
    pub id: Uuid,
    /// At which device.
    pub transmitter_id: Uuid,
    /// When it was asked.
    pub asked_at: Moment,
    /// By whom; none: the platform.
    pub asked_by: Option<String>,
    /// Minutes to answer.
    pub minutes: u8,
    /// Until when.
    pub deadline_at: Moment,
    /// `waiting`, `answered`, `late`, `absent` or `undelivered`.
    pub state: &'static str,
    /// When the device said that it has it.
    pub received_at: Option<Moment>,
    /// When somebody answered.
    pub answered_at: Option<Moment>,
    /// Their number.
    pub operator: Option<u8>,
}

impl From<RollCallRow> for RollCall {
    fn from(row: RollCallRow) -> Self {
        Self {
            id: row.id.0,
            transmitter_id: row.transmitter_id.0,
            asked_at: row.asked_at.into(),
            asked_by: row.asked_by.map(|(_, name)| name),
            minutes: row.minutes,
            deadline_at: row.deadline_at.into(),
            state: row.state.as_str(),
            received_at: moment(row.received_at),
            answered_at: moment(row.answered_at),
            operator: row.operator,
        }
    }
}

/// An address that knocks and that nobody has entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransmitterKnock {
    /// Its address: 12 hexadecimal digits, high byte first.
    pub address: String,
    /// Where it connects from.
    pub peer: String,
    /// First knock.
    pub first_at: Moment,
    /// Last knock.
    pub last_at: Moment,
    /// How many frames were denied.
    pub knocks: u64,
}

/// What was counted since the start.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransmitterCounts {
    /// Connections now.
    pub connections: usize,
    /// Connections refused because there were too many.
    pub refused: u64,
    /// Frames read.
    pub frames: u64,
    /// Of these, sent again by the device and taken once.
    pub repeated: u64,
    /// Of these, denied.
    pub denied: u64,
    /// Of these, of a type that is not known.
    pub unknown: u64,
    /// Bytes that were no frame.
    pub rubbish_bytes: u64,
}

/// How the platform listens to transmission devices.
#[derive(Debug, Serialize, ToSchema)]
pub struct TransmitterStanding {
    /// Where; empty where it does not.
    pub listens: Vec<String>,
    /// The centre's own address, which installers enter in the devices.
    pub address: Option<String>,
    /// What was counted, for those who see more than one unit.
    pub counts: Option<TransmitterCounts>,
    /// Addresses that knock, for those who may enter them.
    pub knocks: Vec<TransmitterKnock>,
}

impl From<Standing> for TransmitterStanding {
    fn from(standing: Standing) -> Self {
        Self {
            listens: standing.listens.iter().map(ToString::to_string).collect(),
            address: standing.address.map(|address| address.to_string()),
            counts: standing.counts.map(|counts| TransmitterCounts {
                connections: counts.connections,
                refused: counts.refused,
                frames: counts.frames,
                repeated: counts.repeated,
                denied: counts.denied,
                unknown: counts.unknown,
                rubbish_bytes: counts.rubbish_bytes,
            }),
            knocks: standing
                .knocks
                .into_iter()
                .map(|knock| TransmitterKnock {
                    address: knock.address.to_string(),
                    peer: knock.peer.to_string(),
                    first_at: knock.first_at.into(),
                    last_at: knock.last_at.into(),
                    knocks: knock.knocks,
                })
                .collect(),
        }
    }
}

/// A transmission device to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTransmitter {
    /// Unit it belongs to.
    pub unit_id: Uuid,
    /// Its address: 12 hexadecimal digits, high byte first.
    pub address: String,
    /// Name for people.
    pub name: String,
}

/// Changes to a transmission device; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransmitterPatch {
    /// Unit it belongs to.
    pub unit_id: Option<Uuid>,
    /// Name for people.
    pub name: Option<String>,
    /// Switched off: what it sends is denied.
    pub disabled: Option<bool>,
}

/// Where a component is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentPlace {
    /// In words; empty: as the panel says.
    pub place: String,
    /// Cameras of its unit that see the place, the best one first; at most 8.
    pub camera_ids: Vec<Uuid>,
}

/// A roll-call to ask for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRollCall {
    /// Minutes to answer, 1 to 255; 3 when absent.
    pub minutes: Option<u8>,
}
