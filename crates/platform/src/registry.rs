//! The registry desk: regions and units of the register of units that should connect, and their import from spreadsheets.
//!
//! An import is all or nothing: one bad cell and no row is written, but every bad cell is listed.

use std::collections::HashMap;

use documents::{SheetKind, read_sheet};
use domain::access::Access;
use domain::ids::{RegionId, UnitId};
use domain::region::Region;
use domain::register::import::{self, Imported, RowError, WantedUnit};
use domain::role::Capability;
use domain::unit::{Provenance, Unit};
use store::{CameraFilter, Page, PageAsk, RegisterStanding, UnitChange, UnitFilter, UnitRow, UnitVersion};

use crate::access::CameraView;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// A unit with its history and cameras.
#[derive(Debug, Clone)]
pub struct UnitDetail {
    /// As it stands.
    pub row: UnitRow,
    /// Versions, newest first.
    pub history: Vec<UnitVersion>,
    /// Cameras, where the asker may see them.
    pub cameras: Vec<CameraView>,
    /// Where it stands towards the register of units that should connect.
    pub standing: RegisterStanding,
}

/// What an import did or would do.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// Rows understood.
    pub accepted: usize,
    /// Units that are new.
    pub created: usize,
    /// Units that change.
    pub updated: usize,
    /// Units that stay as they are.
    pub unchanged: usize,
    /// Bad cells; when there are any, nothing was written.
    pub errors: Vec<RowError>,
    /// Bad cells beyond those listed.
    pub errors_not_listed: usize,
    /// Headers that mean nothing here and were passed over.
    pub ignored_columns: Vec<String>,
    /// True when the rows were written.
    pub applied: bool,
    /// Units proposed for the register of units that should connect; they count once somebody else approves.
    pub proposed: usize,
    /// The first version of that register, where this import made it.
    pub register_version: Option<i64>,
}

impl Platform {
    /// Regions in the asker's reach, with those above them.
    pub async fn regions(&self, ask: &Ask) -> Result<Vec<Region>, PlatformError> {
        Ok(self.inner.store.regions(&ask.access).await?)
    }

    /// Units in the asker's reach.
    pub async fn units(
        &self,
        ask: &Ask,
        filter: &UnitFilter,
        page: &PageAsk,
    ) -> Result<Page<UnitRow>, PlatformError> {
        ask.access.need(Capability::SeeUnits)?;
        Ok(self.inner.store.units(&ask.access, filter, page).await?)
    }

    /// One unit.
    pub async fn unit(&self, ask: &Ask, id: UnitId) -> Result<UnitDetail, PlatformError> {
        ask.access.need(Capability::SeeUnits)?;
        let row = self.inner.store.unit(&ask.access, id).await?;
        let history = self.inner.store.unit_history(&ask.access, id).await?;
        let cameras = if ask.access.may(Capability::SeeCameras) {
            let filter = CameraFilter { unit_id: Some(id), ..CameraFilter::default() };
            self.cameras(ask, &filter, &PageAsk { limit: store::MAX_PAGE, after: None }).await?.items
        } else {
            vec![]
        };
        let standing = self.inner.store.register_standing(&ask.access, id).await?;
        Ok(UnitDetail { row, history, cameras, standing })
    }

    /// Reads a spreadsheet of units and, unless it is a dry run or has a bad cell, writes it.
    pub async fn import_units(
        &self,
        ask: &Ask,
        file_name: &str,
        bytes: Vec<u8>,
        dry_run: bool,
    ) -> Result<Import, PlatformError> {
        ask.access.need(Capability::ImportUnits)?;
        let regions = self.inner.store.regions(&ask.access).await?;
        let kind = SheetKind::of_name(file_name)
            .map_err(|error| PlatformError::field("file", "unknown_kind", error.to_string()))?;
        let read = tokio::task::spawn_blocking(move || {
            let sheet = read_sheet(&bytes, kind)
                .map_err(|error| PlatformError::field("file", "unreadable", error.to_string()))?;
            Ok::<_, PlatformError>(import::read_rows(sheet.header_row, &sheet.headers, &sheet.rows, &regions))
        })
        .await
        .map_err(|error| PlatformError::Internal(error.to_string()))?;
        let Imported { units: wanted, errors, errors_not_listed, ignored_columns } = read?;
        if !errors.is_empty() {
            let accepted = wanted.len();
            return Ok(Import { accepted, errors, errors_not_listed, ignored_columns, ..Import::default() });
        }
        let known = self.known_units(ask, &wanted).await?;
        let changes = self.changes_for(ask, wanted, &known, file_name);
        let mut outcome = Import { accepted: changes.len(), ignored_columns, ..Import::default() };
        if dry_run {
            for change in &changes {
                match known.get(&change.unit.id) {
                    None => outcome.created += 1,
                    Some(present) if *present == change.unit => outcome.unchanged += 1,
                    Some(_) => outcome.updated += 1,
                }
            }
            return Ok(outcome);
        }
        let written =
            self.inner.store.apply_units(&ask.access, &changes, ask.access.user_id, ask.now).await?;
        (outcome.created, outcome.updated, outcome.unchanged) =
            (written.created, written.updated, written.unchanged);
        outcome.applied = true;
        let object = Object { kind: "unit", name: Some(file_name.to_owned()), ..Object::default() };
        let detail = format!(
            "created {}, updated {}, unchanged {}",
            outcome.created, outcome.updated, outcome.unchanged
        );
        self.audit(ask, "import_units", object, "ok", Some(detail)).await?;
        let registered = self.register_new_units(ask, file_name).await?;
        outcome.register_version = registered.version;
        if registered.version.is_none() {
            outcome.proposed = registered.units;
        }
        Ok(outcome)
    }

    /// An empty .xlsx file with the columns of an import.
    pub fn import_template(&self, ask: &Ask) -> Result<Vec<u8>, PlatformError> {
        ask.access.need(Capability::ImportUnits)?;
        documents::template_sheet().map_err(|error| PlatformError::Internal(error.to_string()))
    }

    /// Puts the regions in place. Where they stand already, as at every start but the first, nothing is written.
    pub async fn seed_regions(&self, regions: &[Region]) -> Result<(), PlatformError> {
        let known = self.inner.store.regions(&Access::PLATFORM).await?;
        if regions.iter().all(|region| known.contains(region)) {
            return Ok(());
        }
        Ok(self.inner.store.replace_regions(regions).await?)
    }

    /// Writes units that the platform itself makes (a demonstration's synthetic register).
    pub async fn seed_units(&self, ask: &Ask, changes: &[UnitChange]) -> Result<usize, PlatformError> {
        ask.access.need(Capability::ImportUnits)?;
        let written = self.inner.store.apply_units(&ask.access, changes, ask.access.user_id, ask.now).await?;
        Ok(written.created)
    }

    /// Units of the register that the wanted rows may speak of.
    async fn known_units(
        &self,
        ask: &Ask,
        wanted: &[WantedUnit],
    ) -> Result<HashMap<UnitId, Unit>, PlatformError> {
        let codes: Vec<String> = wanted.iter().filter_map(|row| row.school_code.clone()).collect();
        let mut names: HashMap<RegionId, Vec<String>> = HashMap::new();
        for row in wanted {
            names.entry(row.region_id).or_default().push(row.name.clone());
        }
        let mut known = self.inner.store.find_units_by_code(&ask.access, &codes).await?;
        for (region, names) in names {
            known.extend(self.inner.store.find_units_by_name(&ask.access, region, &names).await?);
        }
        Ok(known.into_iter().map(|unit| (unit.id, unit)).collect())
    }

    /// Finds for each wanted row the unit it speaks of: by school code, else by name within the region; otherwise a new one.
    fn changes_for(
        &self,
        ask: &Ask,
        wanted: Vec<WantedUnit>,
        known: &HashMap<UnitId, Unit>,
        source: &str,
    ) -> Vec<UnitChange> {
        let by_code: HashMap<&str, &Unit> =
            known.values().filter_map(|unit| Some((unit.school_code.as_deref()?, unit))).collect();
        let by_name: HashMap<(RegionId, &str), &Unit> =
            known.values().map(|unit| ((unit.region_id, unit.name.as_str()), unit)).collect();
        let find = |row: &WantedUnit| {
            let code = row.school_code.as_deref();
            let coded = code.and_then(|code| by_code.get(code));
            coded.or_else(|| by_name.get(&(row.region_id, row.name.as_str()))).copied()
        };
        let change = |row: WantedUnit| {
            let present = find(&row);
            let id = present.map_or_else(|| UnitId(self.inner.surroundings.id(ask.now)), |unit| unit.id);
            UnitChange {
                unit: row.into_unit(id, present),
                connection_provenance: Provenance::Reported,
                duty_provenance: Provenance::Reported,
                source: source.to_owned(),
            }
        };
        wanted.into_iter().map(change).collect()
    }
}

/// The bad cells of an import as an .xlsx file to send back.
pub fn error_sheet(errors: &[RowError]) -> Result<Vec<u8>, PlatformError> {
    documents::error_sheet(errors).map_err(|error| PlatformError::Internal(error.to_string()))
}
