//! Entering devices by a sheet: a county orders a thousand recorders and types no form. All rows or none.

use std::collections::{HashMap, HashSet};

use documents::{SheetKind, read_sheet};
use domain::device::GbId;
use domain::device::import::{
    ImportedDevices, WantedDevice, WantedUnitOf, gb_id_header, read_rows, unit_header,
};
use domain::ids::{DeviceId, UnitId};
use domain::register::import::{Reason, RowError};
use domain::role::Capability;
use store::DeviceRecord;

use super::habits::Habits;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// What an import of devices did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceImport {
    /// Good rows.
    pub accepted: usize,
    /// True when they were written.
    pub applied: bool,
    /// Everything wrong; nothing is written unless it is empty.
    pub errors: Vec<RowError>,
    /// Further errors that are not listed.
    pub errors_not_listed: usize,
    /// Headers that were not read.
    pub ignored_columns: Vec<String>,
    /// Secrets that the platform made, for whoever types them into the recorders. They are never shown again.
    pub secrets: Vec<DeviceSecret>,
}

/// A secret that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceSecret {
    /// The device.
    pub gb_id: GbId,
    /// Its name.
    pub name: String,
    /// Its secret.
    pub secret: String,
}

impl Platform {
    /// Reads a sheet of devices and, unless it is a dry run or has a bad cell, enters them.
    pub async fn import_devices(
        &self,
        ask: &Ask,
        file_name: &str,
        bytes: Vec<u8>,
        dry_run: bool,
    ) -> Result<DeviceImport, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let kind = SheetKind::of_name(file_name)
            .map_err(|error| PlatformError::field("file", "unknown_kind", error.to_string()))?;
        let read = tokio::task::spawn_blocking(move || {
            let sheet = read_sheet(&bytes, kind)
                .map_err(|error| PlatformError::field("file", "unreadable", error.to_string()))?;
            Ok::<_, PlatformError>(read_rows(sheet.header_row, &sheet.headers, &sheet.rows))
        })
        .await
        .map_err(|error| PlatformError::Internal(error.to_string()))?;
        let mut read = read?;
        let units = self.units_of_rows(ask, &mut read).await?;
        self.refuse_known(&mut read).await?;
        let mut outcome = DeviceImport {
            accepted: read.devices.len(),
            errors: read.errors,
            errors_not_listed: read.errors_not_listed,
            ignored_columns: read.ignored_columns,
            ..DeviceImport::default()
        };
        if dry_run || !outcome.errors.is_empty() {
            return Ok(outcome);
        }
        let mut records = Vec::with_capacity(read.devices.len());
        for wanted in &read.devices {
            let Some(unit_id) = units.get(&wanted.row) else { continue };
            let (record, made) = self.record_of(ask, wanted, *unit_id)?;
            outcome.secrets.extend(made);
            records.push(record);
        }
        self.inner.store.add_devices(&ask.access, &records, ask.access.user_id, ask.now).await?;
        let object = Object { kind: "device", name: Some(file_name.to_owned()), ..Object::default() };
        self.audit(ask, "import_devices", object, "ok", Some(format!("{} devices", records.len()))).await?;
        for record in &records {
            self.inner.line.enter(self, &record.gb_id).await?;
        }
        outcome.applied = true;
        Ok(outcome)
    }

    fn record_of(
        &self,
        ask: &Ask,
        wanted: &WantedDevice,
        unit_id: UnitId,
    ) -> Result<(DeviceRecord, Option<DeviceSecret>), PlatformError> {
        let id = DeviceId(self.inner.surroundings.id(ask.now));
        let (secret, made) = self.secret_of(wanted.secret.as_deref())?;
        let record = DeviceRecord {
            id,
            unit_id,
            gb_id: wanted.gb_id,
            name: wanted.name.clone(),
            sealed_secret: Some(self.seal_secret(id, &secret)),
            profile: Habits::default().write(),
            disabled: false,
            simulated: false,
            created_at: ask.now,
        };
        let made = made.map(|secret| DeviceSecret { gb_id: wanted.gb_id, name: wanted.name.clone(), secret });
        Ok((record, made))
    }

    /// The unit of each row; rows whose unit is not within reach are refused.
    async fn units_of_rows(
        &self,
        ask: &Ask,
        read: &mut ImportedDevices,
    ) -> Result<HashMap<u32, UnitId>, PlatformError> {
        let codes: HashSet<String> = read
            .devices
            .iter()
            .filter_map(|wanted| match &wanted.unit {
                WantedUnitOf::SchoolCode(code) => Some(code.clone()),
                WantedUnitOf::Id(_) => None,
            })
            .collect();
        let codes: Vec<String> = codes.into_iter().collect();
        let found = self.inner.store.find_units_by_code(&ask.access, &codes).await?;
        let by_code: HashMap<&str, UnitId> =
            found.iter().filter_map(|unit| Some((unit.school_code.as_deref()?, unit.id))).collect();
        let mut known = HashMap::new();
        let mut units = HashMap::new();
        let mut refused = Vec::new();
        for wanted in &read.devices {
            let unit_id = match &wanted.unit {
                WantedUnitOf::SchoolCode(code) => by_code.get(code.as_str()).copied(),
                WantedUnitOf::Id(id) => {
                    if !known.contains_key(id) {
                        let is_there = match self.inner.store.unit(&ask.access, *id).await {
                            Ok(_) => true,
                            Err(error) if error.kind() == store::ErrorKind::NotFound => false,
                            Err(error) => return Err(error.into()),
                        };
                        known.insert(*id, is_there);
                    }
                    Some(*id).filter(|id| known[id])
                }
            };
            if let Some(unit_id) = unit_id {
                units.insert(wanted.row, unit_id);
                continue;
            }
            let value = match &wanted.unit {
                WantedUnitOf::SchoolCode(code) => code.clone(),
                WantedUnitOf::Id(id) => id.to_string(),
            };
            refused.push(RowError::new(wanted.row, unit_header(&wanted.unit), &value, Reason::UnknownUnit));
        }
        for error in refused {
            read.refuse(error);
        }
        Ok(units)
    }

    async fn refuse_known(&self, read: &mut ImportedDevices) -> Result<(), PlatformError> {
        let ids: Vec<GbId> = read.devices.iter().map(|wanted| wanted.gb_id).collect();
        let mut known: HashSet<GbId> = self.inner.store.known_devices(&ids).await?.into_iter().collect();
        known.extend(self.inner.settings.access.as_ref().map(|access| access.id));
        let refused: Vec<RowError> = read
            .devices
            .iter()
            .filter(|wanted| known.contains(&wanted.gb_id))
            .map(|wanted| {
                RowError::new(wanted.row, gb_id_header(), wanted.gb_id.as_str(), Reason::KnownDevice)
            })
            .collect();
        for error in refused {
            read.refuse(error);
        }
        Ok(())
    }
}
