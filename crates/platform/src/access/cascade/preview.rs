//! What would be shown: the catalogue as an upper platform gets it, cut for a page.

use domain::ids::UpperPlatformId;
use domain::role::Capability;
use gb28181::manscdp::catalog::CatalogItem;

use crate::{Ask, Platform, PlatformError};

/// Items of a preview.
const PREVIEW_MAX: usize = 200;

/// How much is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SharedCounts {
    /// Regions.
    pub regions: usize,
    /// Units, as virtual organisations.
    pub units: usize,
    /// Cameras.
    pub cameras: usize,
    /// Of these, with pictures now.
    pub cameras_on: usize,
    /// Cameras left out because no camera may stand where they do.
    pub forbidden: usize,
    /// Cameras left out because one platform takes no more.
    pub beyond: usize,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedItem {
    /// 20 digits, or a region's code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `ParentID` as it is sent.
    pub parent_id: Option<String>,
    /// `CivilCode`.
    pub civil_code: Option<String>,
    /// `Status`.
    pub status: Option<String>,
}

/// A preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPreview {
    /// How much.
    pub counts: SharedCounts,
    /// The first items, parents before children.
    pub items: Vec<SharedItem>,
}

impl Platform {
    /// What an upper platform is shown.
    pub async fn shared_catalogue(
        &self,
        ask: &Ask,
        id: UpperPlatformId,
    ) -> Result<SharedPreview, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let upper = self.inner.store.upper_platform(&ask.access, id).await?;
        let tree = self.shown_tree(&upper).await?;
        let (regions, units, cameras) = tree.counts();
        let is_on = |item: &&CatalogItem| item.is_camera() && item.is_online() == Some(true);
        let counts = SharedCounts {
            regions,
            units,
            cameras,
            cameras_on: tree.items().filter(is_on).count(),
            forbidden: tree.forbidden,
            beyond: tree.beyond,
        };
        Ok(SharedPreview { counts, items: tree.items().take(PREVIEW_MAX).map(shared_item).collect() })
    }
}

fn shared_item(item: &CatalogItem) -> SharedItem {
    SharedItem {
        id: item.id.to_string(),
        name: item.name.clone().unwrap_or_default(),
        parent_id: item.parent_id.clone(),
        civil_code: item.civil_code.clone(),
        status: item.status.as_ref().map(|status| status.as_str().to_owned()),
    }
}
