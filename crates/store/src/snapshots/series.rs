//! A figure over the snapshots: the same population counted at one moment after another.

use domain::category::Category;
use domain::figures::Cell;
use domain::ids::{RegionId, SnapshotId};
use jiff::Timestamp;

use super::units::add_category;
use crate::Store;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;
use crate::units::count;

/// The counts of one snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesPoint {
    /// The snapshot.
    pub snapshot_id: SnapshotId,
    /// The moment it shows.
    pub as_of: Timestamp,
    /// One cell for each category of the population, all places and kinds added up.
    pub cells: Vec<Cell>,
}

/// Which population.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeriesFilter {
    /// Of this category; none for all that carry figures.
    pub category: Option<Category>,
    /// Of this city or county; none for the whole province.
    pub region_id: Option<RegionId>,
}

impl Store {
    /// The counts of every snapshot that shows a moment from `from` to `until`, oldest first; of several that show the same moment,
    /// which are equal, the first. Counts of everybody, like all figures.
    pub async fn snapshot_series(
        &self,
        filter: &SeriesFilter,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<SeriesPoint>> {
        let mut sql = Sql::new(
            "select p.id, p.as_of, c.category, cast(coalesce(sum(c.total), 0) as bigint) as total,
                 cast(coalesce(sum(c.connected), 0) as bigint) as connected, cast(coalesce(sum(c.duty), 0) as bigint) as duty,
                 cast(coalesce(sum(c.connected_on_duty), 0) as bigint) as connected_on_duty
             from snapshot p left join (select s.* from snapshot_cell s where 1 = 1",
        );
        add_category(&mut sql, filter.category);
        if let Some(id) = filter.region_id {
            sql.push(" and ").bind(id.0).push(" in (s.city_id, s.county_id)");
        }
        sql.push(") c on c.snapshot_id = p.id where p.as_of >= ").bind(from);
        sql.push(" and p.as_of <= ").bind(until);
        sql.push(" group by p.id, p.as_of, p.taken_at, c.category order by p.as_of, p.taken_at, p.id");
        let mut points: Vec<SeriesPoint> = Vec::new();
        for row in self.pools.fetch_all(sql).await? {
            let (snapshot_id, as_of) = (row.id("id")?, row.time("as_of")?);
            match points.last() {
                Some(last) if last.snapshot_id == snapshot_id => {}
                Some(last) if last.as_of == as_of => continue,
                _ => points.push(SeriesPoint { snapshot_id, as_of, cells: Vec::new() }),
            }
            let cell = read_sum(&row)?;
            if let (Some(point), Some(cell)) = (points.last_mut(), cell) {
                point.cells.push(cell);
            }
        }
        Ok(points)
    }
}

/// None for a snapshot without such units.
fn read_sum(row: &Row) -> Result<Option<Cell>> {
    let Some(category) = row.word_opt("category", Category::parse)? else { return Ok(None) };
    Ok(Some(Cell {
        category,
        ownership: None,
        study_level: None,
        city_id: None,
        total: count(row, "total")?,
        connected: count(row, "connected")?,
        duty: count(row, "duty")?,
        connected_on_duty: count(row, "connected_on_duty")?,
    }))
}
