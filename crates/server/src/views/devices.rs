//! Devices as they travel. A secret is written and never read: the one the platform made is in the answer to who had it made, once.

use domain::device::DeviceReason;
use platform::access::devices::{
    DeviceAdded, DeviceImport as Imported, DeviceSecret as MadeSecret, DeviceView,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::habits::DeviceHabits;
use super::units::ImportError;
use super::{Moment, moment};

/// A device with what is known of it now.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Device {
    /// Id.
    pub id: Uuid,
    /// Unit it belongs to.
    pub unit_id: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// The 20 digits it registers under.
    pub gb_id: String,
    /// Name for people.
    pub name: String,
    /// State now.
    pub state: &'static str,
    /// How it showed that it is offline.
    pub reason: Option<&'static str>,
    /// Since when.
    pub state_since: Option<Moment>,
    /// Manufacturer, as it says.
    pub maker: Option<String>,
    /// Model, as it says.
    pub model: Option<String>,
    /// Version of its firmware, as it says.
    pub firmware: Option<String>,
    /// Its registration; none before the first.
    pub registration: Option<DeviceRegistration>,
    /// Channels present; none before its first catalogue.
    pub channels: Option<i64>,
    /// When it last told its catalogue.
    pub catalogue_at: Option<Moment>,
    /// Whether all parts of that catalogue came.
    pub catalogue_complete: bool,
    /// Whether it has a secret; without one it cannot register.
    pub has_secret: bool,
    /// Switched off: it may not register.
    pub disabled: bool,
    /// True for a simulated device.
    pub simulated: bool,
    /// When it was entered.
    pub created_at: Moment,
    /// Changed habits.
    pub habits: DeviceHabits,
}

/// Where a device registered from and until when that holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceRegistration {
    /// Address and port its packets come from.
    pub address: String,
    /// `udp` or `tcp`.
    pub transport: &'static str,
    /// `X-GB-Ver` as sent: `1.0` 2011, `2.0` 2016, `3.0` 2022.
    pub version: Option<String>,
    /// When it registered last.
    pub registered_at: Moment,
    /// Until when that holds.
    pub expires_at: Moment,
}

impl From<DeviceView> for Device {
    fn from(view: DeviceView) -> Self {
        let habits = DeviceHabits::of(&view.habits);
        let row = view.row;
        let catalogue = row.catalogue;
        Self {
            id: row.device.id.0,
            unit_id: row.device.unit_id.0,
            unit_name: row.unit_name,
            gb_id: row.device.gb_id.to_string(),
            name: row.device.name,
            state: view.state.as_str(),
            reason: view.reason.map(DeviceReason::as_str),
            state_since: moment(view.state_since),
            maker: row.info.maker,
            model: row.info.model,
            firmware: row.info.firmware,
            registration: row.seen.and_then(|seen| seen.binding).map(|binding| DeviceRegistration {
                address: binding.address,
                transport: binding.transport.as_str(),
                version: binding.version,
                registered_at: binding.registered_at.into(),
                expires_at: binding.expires_at.into(),
            }),
            channels: catalogue.map(|catalogue| catalogue.channels),
            catalogue_at: moment(catalogue.map(|catalogue| catalogue.at)),
            catalogue_complete: catalogue.is_some_and(|catalogue| catalogue.complete),
            has_secret: row.device.sealed_secret.is_some(),
            disabled: row.device.disabled,
            simulated: row.device.simulated,
            created_at: row.device.created_at.into(),
            habits,
        }
    }
}

/// A device and the secret that the platform made for it.
#[derive(Serialize, ToSchema)]
pub struct DeviceWithSecret {
    /// The device.
    pub device: Device,
    /// The secret, where the platform made it; it is never shown again.
    pub secret: Option<String>,
}

impl From<DeviceAdded> for DeviceWithSecret {
    fn from(added: DeviceAdded) -> Self {
        Self { device: added.device.into(), secret: added.secret }
    }
}

/// A device to enter. Whoever enters an id that knocks approves it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    /// Unit it belongs to.
    pub unit_id: Uuid,
    /// Its 20 digits.
    pub gb_id: String,
    /// Name for people.
    pub name: String,
    /// What it must know, 8 to 64 characters; absent or empty: the platform makes one and shows it once.
    pub secret: Option<String>,
    /// Changed habits.
    #[serde(default)]
    pub habits: DeviceHabits,
}

/// Changes to a device; an absent field stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DevicePatch {
    /// Unit it belongs to.
    pub unit_id: Option<Uuid>,
    /// Name for people.
    pub name: Option<String>,
    /// New secret; empty: the platform makes one and shows it once.
    pub secret: Option<String>,
    /// Changed habits, all of them.
    pub habits: Option<DeviceHabits>,
    /// Switched off.
    pub disabled: Option<bool>,
}

/// What an import of devices did, or would do.
#[derive(Serialize, ToSchema)]
pub struct DeviceImport {
    /// Rows understood.
    pub accepted: usize,
    /// True when they were written.
    pub applied: bool,
    /// Bad cells; when there are any, nothing was written.
    pub errors: Vec<ImportError>,
    /// Bad cells beyond those listed.
    pub errors_not_listed: usize,
    /// Headers that mean nothing here and were passed over.
    pub ignored_columns: Vec<String>,
    /// Secrets that the platform made; they are never shown again.
    pub secrets: Vec<DeviceSecret>,
}

/// A secret that the platform made for an imported device.
#[derive(Serialize, ToSchema)]
pub struct DeviceSecret {
    /// The device's 20 digits.
    pub gb_id: String,
    /// Its name.
    pub name: String,
    /// Its secret.
    pub secret: String,
}

impl From<Imported> for DeviceImport {
    fn from(done: Imported) -> Self {
        Self {
            accepted: done.accepted,
            applied: done.applied,
            errors: done.errors.into_iter().map(ImportError::from).collect(),
            errors_not_listed: done.errors_not_listed,
            ignored_columns: done.ignored_columns,
            secrets: done.secrets.into_iter().map(DeviceSecret::from).collect(),
        }
    }
}

impl From<MadeSecret> for DeviceSecret {
    fn from(made: MadeSecret) -> Self {
        Self { gb_id: made.gb_id.to_string(), name: made.name, secret: made.secret }
    }
}
