//! Two snapshots beside each other: the counts of every category and city in both, and the units that differ.

use domain::access::Access;
use domain::category::{CATEGORIES, Category};
use domain::figures::{Counts, Dimension, Figures, Place, city_regions};
use domain::ids::RegionId;
use domain::role::Capability;
use store::{DifferenceFilter, Page, PageAsk, PairCounts, Snapshot, UnitDifference};

use super::SnapshotKey;
use crate::{Ask, Platform, PlatformError};

/// Two snapshots compared.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The one compared with.
    pub from: Snapshot,
    /// The one compared.
    pub to: Snapshot,
    /// How many units differ.
    pub counts: PairCounts,
    /// The counts by category and city, in the order of the bulletin, wherever either snapshot has such units.
    pub rows: Vec<ComparisonRow>,
}

/// One category in one city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonRow {
    /// The category.
    pub category: Category,
    /// The city-level region; none for units that belong to no city.
    pub city: Option<(RegionId, String)>,
    /// Counts then.
    pub from: Counts,
    /// Counts now.
    pub to: Counts,
}

impl Platform {
    /// Compares two snapshots.
    pub async fn compare_snapshots(
        &self,
        ask: &Ask,
        from: SnapshotKey,
        to: SnapshotKey,
    ) -> Result<Comparison, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let (from, to) = (self.find_snapshot(from).await?, self.find_snapshot(to).await?);
        let counts = self.inner.store.snapshot_pair_counts(from.id, to.id).await?;
        let (before, after) =
            (Figures::new(&self.cells(from.id).await?), Figures::new(&self.cells(to.id).await?));
        let regions = self.inner.store.regions(&Access::PLATFORM).await?;
        let cities = city_regions(&regions).into_iter().map(|region| Some((region.id, region.name.clone())));
        let places: Vec<_> = cities.chain([None]).collect();
        let mut rows = Vec::new();
        for category in CATEGORIES {
            for city in &places {
                let place = city.as_ref().map_or(Place::OutsideCities, |(id, _)| Place::City(*id));
                let dimension = Dimension::of(category).at(place);
                let (from, to) = (before.counts(&dimension), after.counts(&dimension));
                if from.total + to.total > 0 {
                    rows.push(ComparisonRow { category, city: city.clone(), from, to });
                }
            }
        }
        Ok(Comparison { from, to, counts, rows })
    }

    /// The units that differ, as far as the asker sees.
    pub async fn snapshot_differences(
        &self,
        ask: &Ask,
        from: SnapshotKey,
        to: SnapshotKey,
        filter: &DifferenceFilter,
        page: &PageAsk,
    ) -> Result<Page<UnitDifference>, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let (from, to) = (self.find_snapshot(from).await?, self.find_snapshot(to).await?);
        Ok(self.inner.store.snapshot_differences(&ask.access, from.id, to.id, filter, page).await?)
    }
}
