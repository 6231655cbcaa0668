//! What is shown: the catalogue as an upper platform gets it, page by page.

use domain::ids::UpperPlatformId;
use domain::role::Capability;
use gb28181::manscdp::catalog::CatalogItem;

use crate::rows::{MAX_PAGE, Page, PageAsk};
use crate::{Ask, Platform, PlatformError};

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

/// A page of what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPreview {
    /// How much there is in all.
    pub counts: SharedCounts,
    /// Items, parents before children.
    pub page: Page<SharedItem>,
}

impl Platform {
    /// What an upper platform is shown. A page goes on after the digits of an item.
    pub async fn shared_catalogue(
        &self,
        ask: &Ask,
        id: UpperPlatformId,
        page: &PageAsk,
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
        let mut items = tree.items();
        if let Some(after) = &page.after
            && !items.any(|item| item.id.as_str() == after)
        {
            return Err(PlatformError::field("after", "invalid", "not in the catalogue any more"));
        }
        let wanted = page.limit.clamp(1, MAX_PAGE) as usize;
        let shown: Vec<SharedItem> = items.by_ref().take(wanted).map(shared_item).collect();
        let next = items.next().and(shown.last()).map(|last| last.id.clone());
        Ok(SharedPreview { counts, page: Page { items: shown, next } })
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
