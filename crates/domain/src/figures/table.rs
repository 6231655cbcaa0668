//! Tables category × city: every regional authority in every row, best first where a list is wanted.

use serde::{Deserialize, Serialize};

use super::cell::{Dimension, Figures, Place};
use super::measure::Measure;
use super::ratio::Ratio;
use crate::category::{CATEGORIES, Category};
use crate::ids::RegionId;
use crate::region::{Region, RegionLevel};

/// One region's value in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityFigure {
    /// The region.
    pub region_id: RegionId,
    /// Its official name.
    pub name: String,
    /// Its value; empty where it has no such unit.
    pub ratio: Ratio,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The category.
    pub category: Category,
    /// Whole province.
    pub total: Ratio,
    /// Every city-level region in official order (R70).
    pub cities: Vec<CityFigure>,
    /// Units that belong to no city.
    pub outside_cities: Ratio,
}

/// One measure over categories and cities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What is counted.
    pub measure: Measure,
    /// The seven categories that carry figures, in the bulletin's order.
    pub rows: Vec<TableRow>,
    /// All categories, whole province.
    pub total: Ratio,
    /// All categories by city-level region, official order.
    pub by_city_total: Vec<CityFigure>,
    /// All categories, units that belong to no city.
    pub outside_cities: Ratio,
}

impl Table {
    /// Adds up the table of a measure. `regions` may be the whole tree; the city-level ones make the columns.
    pub fn of(figures: &Figures, regions: &[Region], measure: Measure) -> Self {
        Self::among(figures, &city_regions(regions), measure)
    }

    /// The same with other columns: for the counties of a city, `figures` come from [`super::CountyCell::within`] and `columns` from
    /// [`county_regions`].
    pub fn among(figures: &Figures, columns: &[&Region], measure: Measure) -> Self {
        let rows =
            CATEGORIES.into_iter().filter(|category| category.has_figures()).map(|category| TableRow {
                category,
                total: figures.ratio(measure, &Dimension::of(category)),
                cities: by_city(figures, columns, measure, Dimension::of(category)),
                outside_cities: figures.ratio(measure, &Dimension::of(category).at(Place::OutsideCities)),
            });
        let all = Dimension::default();
        Self {
            measure,
            rows: rows.collect(),
            total: figures.ratio(measure, &all),
            by_city_total: by_city(figures, columns, measure, all),
            outside_cities: figures.ratio(measure, &all.at(Place::OutsideCities)),
        }
    }

    /// The row of a category.
    pub fn row(&self, category: Category) -> Option<&TableRow> {
        self.rows.iter().find(|row| row.category == category)
    }
}

impl TableRow {
    /// The regions that have such units, best first by exact ratio, equal ones in official order (R14, R27).
    pub fn ranked(&self) -> Vec<&CityFigure> {
        let mut ranked: Vec<_> = self.cities.iter().filter(|city| !city.ratio.is_empty()).collect();
        // The sort is stable and `cities` is in official order.
        ranked.sort_by(|a, b| b.ratio.cmp_exact(a.ratio));
        ranked
    }

    /// How far each of `cities`, in its order, lies above the same region in an earlier row, in hundredths of a percentage point; none
    /// where either has no such unit.
    pub fn points_since(&self, before: &Self) -> Vec<Option<i64>> {
        let then = |id| before.cities.iter().find(|city| city.region_id == id).map(|city| city.ratio);
        self.cities.iter().map(|city| city.ratio.points_since(then(city.region_id)?)).collect()
    }

    /// The place of each of `cities`, in its order: see [`super::rank`].
    pub fn ranks(&self) -> Vec<Option<u32>> {
        super::rank(&self.cities.iter().map(|city| city.ratio).collect::<Vec<_>>())
    }
}

/// The city-level regions in official order.
pub fn city_regions(regions: &[Region]) -> Vec<&Region> {
    let mut cities: Vec<_> = regions.iter().filter(|region| region.level == RegionLevel::City).collect();
    cities.sort_by_key(|region| (region.order, region.id));
    cities
}

/// The counties of a city in official order.
pub fn county_regions(regions: &[Region], city_id: RegionId) -> Vec<&Region> {
    let mut counties: Vec<_> = regions.iter().filter(|region| region.parent_id == Some(city_id)).collect();
    counties.sort_by_key(|region| (region.order, region.id));
    counties
}

fn by_city(figures: &Figures, cities: &[&Region], measure: Measure, dimension: Dimension) -> Vec<CityFigure> {
    let value = |region: &Region| figures.ratio(measure, &dimension.at(Place::City(region.id)));
    cities
        .iter()
        .map(|region| CityFigure { region_id: region.id, name: region.name.clone(), ratio: value(region) })
        .collect()
}
