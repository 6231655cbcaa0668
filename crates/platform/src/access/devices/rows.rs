//! Device rows: entering, changing and removing devices, and reading them with what the platform knows of them now.

use domain::device::import::is_secret;
use domain::device::{DeviceReason, DeviceState, GbId};
use domain::ids::{DeviceId, UnitId};
use domain::role::Capability;
use jiff::Timestamp;
use store::{DeviceFilter, DeviceRecord, DeviceRow, Page, PageAsk};

use super::habits::Habits;
use crate::access::camera::wrong_name;
use crate::audit::Object;
use crate::{Ask, FieldError, Platform, PlatformError};

/// Characters of a secret that the platform makes: those that no input field of a recorder refuses and nobody misreads.
const SECRET_LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
/// Characters of a secret that the platform makes: 5 bits each.
const SECRET_MADE_LEN: usize = 16;

/// A device to enter. Whoever enters an id that knocks approves it.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Unit it belongs to.
    pub unit_id: UnitId,
    /// Its 20 digits.
    pub gb_id: String,
    /// Name for people.
    pub name: String,
    /// What it must know; none: the platform makes one and shows it once.
    pub secret: Option<String>,
    /// Changed habits.
    pub habits: Habits,
    /// True for a simulated device of a demonstration.
    pub simulated: bool,
}

/// Changes to a device; none leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct DeviceEdit {
    /// Unit it belongs to.
    pub unit_id: Option<UnitId>,
    /// Name for people.
    pub name: Option<String>,
    /// New secret; empty: the platform makes one and shows it once.
    pub secret: Option<String>,
    /// Changed habits, all of them.
    pub habits: Option<Habits>,
    /// Switched off: it may not register.
    pub disabled: Option<bool>,
}

/// A device with what is known of it now.
#[derive(Debug, Clone)]
pub struct DeviceView {
    /// The row.
    pub row: DeviceRow,
    /// Changed habits.
    pub habits: Habits,
    /// State now.
    pub state: DeviceState,
    /// How it showed that it is offline.
    pub reason: Option<DeviceReason>,
    /// Since when.
    pub state_since: Option<Timestamp>,
}

/// A device that was entered or given a new secret.
#[derive(Debug, Clone)]
pub struct DeviceAdded {
    /// The device.
    pub device: DeviceView,
    /// The secret, where the platform made it. It is never shown again.
    pub secret: Option<String>,
}

impl Platform {
    /// Devices in the asker's reach.
    pub async fn devices(
        &self,
        ask: &Ask,
        filter: &DeviceFilter,
        page: &PageAsk,
    ) -> Result<Page<DeviceView>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let rows = self.inner.store.devices(&ask.access, filter, page).await?;
        Ok(Page { items: rows.items.into_iter().map(view).collect(), next: rows.next })
    }

    /// How many devices in the asker's reach are in each state.
    pub async fn device_counts(&self, ask: &Ask) -> Result<Vec<(DeviceState, u64)>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.count_devices(&ask.access).await?)
    }

    /// One device.
    pub async fn device(&self, ask: &Ask, id: DeviceId) -> Result<DeviceView, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(view(self.inner.store.device(&ask.access, id).await?))
    }

    /// Enters a device, so that it may register.
    pub async fn add_device(&self, ask: &Ask, new: NewDevice) -> Result<DeviceAdded, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let mut wrong = wrong_name(&new.name);
        let gb_id = GbId::parse(new.gb_id.trim());
        if let Err(error) = &gb_id {
            wrong.push(FieldError { field: "gb_id", code: "invalid", message: error.to_string() });
        }
        let own = self.inner.settings.access.as_ref().map(|access| access.id);
        let (Ok(gb_id), true) = (gb_id, wrong.is_empty()) else { return Err(PlatformError::Invalid(wrong)) };
        if own == Some(gb_id) {
            return Err(PlatformError::field(
                "gb_id",
                "own_id",
                "this is the platform's own id 这是平台自身编号",
            ));
        }
        new.habits.check()?;
        let (secret, made) = self.secret_of(new.secret.as_deref())?;
        let id = DeviceId(self.inner.surroundings.id(ask.now));
        let record = DeviceRecord {
            id,
            unit_id: new.unit_id,
            gb_id,
            name: new.name.trim().to_owned(),
            sealed_secret: Some(self.seal_secret(id, &secret)),
            profile: new.habits.write(),
            disabled: false,
            simulated: new.simulated,
            created_at: ask.now,
        };
        self.inner.store.add_device(&ask.access, &record, ask.access.user_id, ask.now).await?;
        self.audit(ask, "device_add", device_object(&record), "ok", Some(gb_id.to_string())).await?;
        self.inner.line.enter(self, &gb_id).await?;
        Ok(DeviceAdded { device: self.device(ask, id).await?, secret: made })
    }

    /// Changes a device; it has to register again where its secret changed or it was switched off.
    pub async fn edit_device(
        &self,
        ask: &Ask,
        id: DeviceId,
        edit: DeviceEdit,
    ) -> Result<DeviceAdded, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let mut record = self.inner.store.device(&ask.access, id).await?.device;
        if let Some(name) = &edit.name {
            name.trim().clone_into(&mut record.name);
        }
        let wrong = wrong_name(&record.name);
        if !wrong.is_empty() {
            return Err(PlatformError::Invalid(wrong));
        }
        let mut calls_anew = false;
        if let Some(habits) = &edit.habits {
            habits.check()?;
            calls_anew = habits.stream() != Habits::read(&record.profile).stream();
            record.profile = habits.write();
        }
        let mut made = None;
        if let Some(secret) = edit.secret.as_deref() {
            let (secret, fresh) = self.secret_of(Some(secret).filter(|secret| !secret.is_empty()))?;
            record.sealed_secret = Some(self.seal_secret(id, &secret));
            made = fresh;
        }
        record.unit_id = edit.unit_id.unwrap_or(record.unit_id);
        record.disabled = edit.disabled.unwrap_or(record.disabled);
        self.inner.store.update_device(&ask.access, &record, ask.access.user_id, ask.now).await?;
        let what = edit.secret.is_some().then(|| "secret".to_owned());
        self.audit(ask, "device_edit", device_object(&record), "ok", what).await?;
        if edit.secret.is_some() || record.disabled {
            self.inner.line.forget(&record.gb_id).await;
        }
        self.inner.line.enter(self, &record.gb_id).await?;
        if calls_anew {
            self.call_anew(id).await?;
        }
        Ok(DeviceAdded { device: self.device(ask, id).await?, secret: made })
    }

    /// Removes a device that no camera gets its video from; its notices stay.
    pub async fn remove_device(&self, ask: &Ask, id: DeviceId) -> Result<(), PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let record = self.inner.store.device(&ask.access, id).await?.device;
        self.inner.store.remove_device(&ask.access, id, ask.now).await?;
        self.inner.line.remove(&record.gb_id).await;
        self.audit(ask, "device_remove", device_object(&record), "ok", Some(record.gb_id.to_string())).await
    }

    /// The secret to keep, and the same again where it was made here and must be shown.
    pub(super) fn secret_of(&self, given: Option<&str>) -> Result<(String, Option<String>), PlatformError> {
        if let Some(secret) = given {
            if !is_secret(secret) {
                return Err(PlatformError::field(
                    "secret",
                    "invalid",
                    "8 to 64 letters, digits and signs without blanks",
                ));
            }
            return Ok((secret.to_owned(), None));
        }
        let bytes: [u8; SECRET_MADE_LEN] = self.inner.surroundings.random();
        let made: String =
            bytes.iter().map(|byte| char::from(SECRET_LETTERS[usize::from(byte & 31)])).collect();
        Ok((made.clone(), Some(made)))
    }

    pub(super) fn seal_secret(&self, id: DeviceId, secret: &str) -> Vec<u8> {
        self.inner.seal.close(secret, &id.to_string(), self.inner.surroundings.random())
    }
}

pub(super) fn view(row: DeviceRow) -> DeviceView {
    let state = row.state();
    let seen = row.seen.as_ref().filter(|seen| seen.state == state);
    DeviceView {
        habits: Habits::read(&row.device.profile),
        state,
        reason: seen.and_then(|seen| seen.reason),
        state_since: seen.map(|seen| seen.since),
        row,
    }
}

pub(super) fn device_object(record: &DeviceRecord) -> Object {
    Object {
        kind: "device",
        id: Some(record.id.to_string()),
        name: Some(record.name.clone()),
        unit_id: Some(record.unit_id),
    }
}
