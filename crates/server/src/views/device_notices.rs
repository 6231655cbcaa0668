//! What devices reported, as it travels.

use domain::device::NoticeKind;
use platform::rows::DeviceNotice as Row;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// Something a device reported.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceNotice {
    /// Id.
    pub id: Uuid,
    /// The device; it may be removed since.
    pub device_id: Uuid,
    /// Its name.
    pub device_name: String,
    /// The unit it belonged to.
    pub unit_id: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// The channel or alarm input it is about.
    pub channel_gb_id: Option<String>,
    /// The command, e.g. `Alarm`.
    pub command: String,
    /// When it happened, by the clock of the device.
    pub at: Option<Moment>,
    /// When it came.
    pub received_at: Moment,
    /// `AlarmPriority` as sent.
    pub priority: Option<String>,
    /// `AlarmMethod` as sent.
    pub method: Option<String>,
    /// `AlarmType` as sent.
    pub alarm_type: Option<String>,
    /// `AlarmDescription` as sent.
    pub description: Option<String>,
    /// The message; shorter than `raw_size_bytes` where it was cut.
    pub raw: String,
    /// Size of the message as it came, in bytes.
    pub raw_size_bytes: i64,
    /// What it means: an alarm code, or `ignored`; none where nobody has said.
    pub kind: Option<&'static str>,
    /// The alarm it became or joined.
    pub alarm_id: Option<Uuid>,
    /// Whether its point stays silent until a person resets it.
    pub needs_reset: bool,
    /// When it was reset.
    pub reset_at: Option<Moment>,
    /// Who reset it.
    pub reset_by: Option<Uuid>,
}

impl From<Row> for DeviceNotice {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            device_id: row.device_id.0,
            device_name: row.device_name,
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            channel_gb_id: row.channel_gb_id.map(|id| id.to_string()),
            command: row.command,
            at: moment(row.at),
            received_at: row.received_at.into(),
            priority: row.priority,
            method: row.method,
            alarm_type: row.alarm_type,
            description: row.description,
            raw: row.raw,
            raw_size_bytes: row.raw_size_bytes,
            kind: row.kind.map(NoticeKind::as_str),
            alarm_id: row.alarm_id.map(|id| id.0),
            needs_reset: row.needs_reset,
            reset_at: moment(row.reset.map(|reset| reset.at)),
            reset_by: row.reset.map(|reset| reset.by.0),
        }
    }
}

/// What a person says that a notice means.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNoticeMeaning {
    /// An alarm code, or `ignored`.
    pub kind: String,
    /// Whether the device's notices of this sort mean the same from now on.
    pub from_now_on: bool,
}
