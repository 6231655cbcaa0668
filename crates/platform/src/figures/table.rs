//! Tables of one measure: category × city of the province, or category × county of a city, with what changed since another snapshot.

use domain::access::Access;
use domain::figures::{CountyCell, Figures, Measure, Table, city_regions, county_regions};
use domain::ids::{RegionId, SnapshotId};
use domain::region::{Region, RegionLevel};
use domain::role::Capability;
use store::Snapshot;

use super::SnapshotKey;
use crate::{Ask, Platform, PlatformError};

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableAsk {
    /// What is counted.
    pub measure: Measure,
    /// The counties of this city; none: the cities of the province.
    pub counties_of: Option<RegionId>,
    /// Compared with this snapshot.
    pub since: Option<SnapshotKey>,
}

impl TableAsk {
    /// Category × city of a measure, compared with nothing.
    pub fn of(measure: Measure) -> Self {
        Self { measure, counties_of: None, since: None }
    }
}

/// A table of one measure.
#[derive(Debug, Clone)]
pub struct FigureTable {
    /// Where it comes from.
    pub snapshot: Snapshot,
    /// What is counted.
    pub measure: Measure,
    /// The city whose counties are the columns; none where the columns are the cities of the province. The units outside the columns
    /// are then those that belong to the city itself.
    pub city: Option<Region>,
    /// The table.
    pub table: Table,
    /// The same table of the snapshot it is compared with.
    pub before: Option<(Snapshot, Table)>,
}

impl Platform {
    /// The table of a measure.
    pub async fn figure_table(
        &self,
        ask: &Ask,
        key: SnapshotKey,
        wanted: &TableAsk,
    ) -> Result<FigureTable, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        let snapshot = self.find_snapshot(key).await?;
        let regions = self.inner.store.regions(&Access::PLATFORM).await?;
        let city = wanted.counties_of.map(|id| city_of(&regions, id)).transpose()?.cloned();
        let table = self.table_of(snapshot.id, &regions, city.as_ref(), wanted.measure).await?;
        let before = match wanted.since {
            Some(key) => {
                let earlier = self.find_snapshot(key).await?;
                let table = self.table_of(earlier.id, &regions, city.as_ref(), wanted.measure).await?;
                Some((earlier, table))
            }
            None => None,
        };
        Ok(FigureTable { snapshot, measure: wanted.measure, city, table, before })
    }

    async fn table_of(
        &self,
        id: SnapshotId,
        regions: &[Region],
        city: Option<&Region>,
        measure: Measure,
    ) -> Result<Table, PlatformError> {
        let Some(city) = city else {
            return Ok(Table::among(&Figures::new(&self.cells(id).await?), &city_regions(regions), measure));
        };
        let cells = CountyCell::within(&self.inner.store.snapshot_cells_by_county(id).await?, city.id);
        Ok(Table::among(&Figures::new(&cells), &county_regions(regions, city.id), measure))
    }
}

fn city_of(regions: &[Region], id: RegionId) -> Result<&Region, PlatformError> {
    let city = regions.iter().find(|region| region.id == id && region.level == RegionLevel::City);
    city.ok_or_else(|| {
        PlatformError::field("region_id", "not_a_city", "tables by county are those of a city")
    })
}
