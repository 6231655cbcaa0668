//! What a device says of itself when it is asked, as it travels.

use platform::access::devices::{
    DeviceCondition as Condition, DeviceParameters as Parameters, DevicePosition as Position,
    MemoryCard as Card, PointDuty,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Moment, moment};

/// How a device says that it is; an absent field was not told.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceCondition {
    /// Whether it counts itself as online.
    pub online: Option<bool>,
    /// Whether it works.
    pub works: Option<bool>,
    /// Why it does not.
    pub reason: Option<String>,
    /// Whether it encodes.
    pub encodes: Option<bool>,
    /// Whether it records.
    pub records: Option<bool>,
    /// What its clock says.
    pub clock: Option<Moment>,
    /// Its alarm points.
    pub points: Vec<DeviceAlarmPoint>,
}

/// An alarm point of a device.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceAlarmPoint {
    /// Its digits, as sent.
    pub gb_id: String,
    /// `armed`, `disarmed` or `alarm`.
    pub duty: Option<&'static str>,
}

/// Basic parameters of a device; an absent one was not told, or stays as it is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceParameters {
    /// What it calls itself, 1 to 64 characters.
    pub name: Option<String>,
    /// Seconds for which it registers, 3600 to 604800.
    pub expires_s: Option<u32>,
    /// Seconds between its signs of life, 5 to 3600.
    pub keepalive_s: Option<u32>,
    /// How many of them may be missed, 1 to 20.
    pub keepalive_misses: Option<u32>,
}

/// A memory card.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemoryCard {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: Option<String>,
    /// `ok`, `formatting`, `unformatted`, `idle`, `error`, or what the device says instead.
    pub state: Option<String>,
    /// Per cent, while it is being formatted.
    pub formatted_percent: Option<u8>,
    /// Megabytes.
    pub capacity_mb: Option<u64>,
    /// Megabytes.
    pub free_mb: Option<u64>,
}

/// Where a device last said it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct DevicePlace {
    /// None where it never said.
    pub position: Option<DevicePosition>,
}

/// A position of a device.
#[derive(Debug, Serialize, ToSchema)]
pub struct DevicePosition {
    /// When it was measured, by the device's clock.
    pub at: Option<Moment>,
    /// WGS-84, degrees east.
    pub longitude_deg: f64,
    /// WGS-84, degrees north.
    pub latitude_deg: f64,
    /// Kilometres an hour.
    pub speed_kmh: Option<f64>,
}

impl From<Condition> for DeviceCondition {
    fn from(told: Condition) -> Self {
        let points = told.points.into_iter();
        Self {
            online: told.online,
            works: told.works,
            reason: told.reason,
            encodes: told.encodes,
            records: told.records,
            clock: moment(told.clock),
            points: points
                .map(|point| DeviceAlarmPoint { gb_id: point.gb_id, duty: point.duty.map(PointDuty::as_str) })
                .collect(),
        }
    }
}

impl From<Parameters> for DeviceParameters {
    fn from(told: Parameters) -> Self {
        let Parameters { name, expires_s, keepalive_s, keepalive_misses } = told;
        Self { name, expires_s, keepalive_s, keepalive_misses }
    }
}

impl From<DeviceParameters> for Parameters {
    fn from(wanted: DeviceParameters) -> Self {
        let DeviceParameters { name, expires_s, keepalive_s, keepalive_misses } = wanted;
        Self { name, expires_s, keepalive_s, keepalive_misses }
    }
}

impl From<Card> for MemoryCard {
    fn from(card: Card) -> Self {
        Self {
            number: card.number,
            name: card.name,
            state: card.state,
            formatted_percent: card.formatted_percent,
            capacity_mb: card.capacity_mb,
            free_mb: card.free_mb,
        }
    }
}

impl From<Position> for DevicePosition {
    fn from(told: Position) -> Self {
        Self {
            at: moment(told.at),
            longitude_deg: told.longitude_deg,
            latitude_deg: told.latitude_deg,
            speed_kmh: told.speed_kmh,
        }
    }
}
