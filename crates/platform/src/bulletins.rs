//! The bulletin desk: writes a bulletin from a snapshot and keeps it with the figures it prints.

use domain::bulletin::{self, PrintedFigure};
use domain::figures::Measure;
use domain::ids::BulletinId;
use domain::role::Capability;
use store::{BulletinRecord, Page, PageAsk};

use crate::audit::Object;
use crate::figures::SnapshotKey;
use crate::{Ask, Platform, PlatformError};

/// A bulletin with its figures.
#[derive(Debug, Clone)]
pub struct BulletinDetail {
    /// The row.
    pub record: BulletinRecord,
    /// Every printed figure with its place in the text.
    pub figures: Vec<PrintedFigure>,
}

impl Platform {
    /// Writes a bulletin from a snapshot.
    pub async fn new_bulletin(&self, ask: &Ask, key: SnapshotKey) -> Result<BulletinDetail, PlatformError> {
        ask.access.need(Capability::MakeBulletin)?;
        let snapshot = self.find_snapshot(key).await?;
        let cells = self.cells(snapshot.id).await?;
        let regions = self.inner.store.regions(&domain::access::Access::PLATFORM).await?;
        let mut names = Vec::new();
        for category in bulletin::named_categories() {
            for measure in Measure::SECTION_ONE {
                let found = self.inner.store.snapshot_names(snapshot.id, category, measure).await?;
                names.push(bulletin::NameList { category, measure, names: found });
            }
        }
        let material = bulletin::Material {
            synthetic: self.inner.store.snapshot_is_synthetic(snapshot.id).await?,
            plan: &domain::plan::Plan::jiangxi(),
            ..bulletin::Material::new(&cells, &regions, &names, snapshot.as_of)
        };
        let written = bulletin::write(&material, &bulletin::Settings::default())
            .map_err(|error| PlatformError::Conflict(error.to_string()))?;
        let record = BulletinRecord {
            id: BulletinId(self.inner.surroundings.id(ask.now)),
            snapshot_id: snapshot.id,
            title: written.title.clone(),
            created_at: ask.now,
            created_by: ask.access.user_id,
            text: written.text.clone(),
            figures_json: serde_json::to_string(&written.figures)
                .map_err(|error| PlatformError::Internal(error.to_string()))?,
        };
        self.inner.store.add_bulletin(&record).await?;
        let object = Object {
            kind: "bulletin",
            id: Some(record.id.to_string()),
            name: Some(record.title.clone()),
            unit_id: None,
        };
        self.audit(ask, "bulletin_new", object, "ok", Some(snapshot.hash)).await?;
        Ok(BulletinDetail { record, figures: written.figures })
    }

    /// Bulletins, newest first.
    pub async fn bulletins(&self, ask: &Ask, page: &PageAsk) -> Result<Page<BulletinRecord>, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        Ok(self.inner.store.bulletins(page).await?)
    }

    /// One bulletin.
    pub async fn bulletin(&self, ask: &Ask, id: BulletinId) -> Result<BulletinDetail, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let record = self.inner.store.bulletin(id).await?;
        let figures = serde_json::from_str(&record.figures_json)
            .map_err(|error| PlatformError::Internal(format!("figures of bulletin {id}: {error}")))?;
        Ok(BulletinDetail { record, figures })
    }
}
