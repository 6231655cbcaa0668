//! Snapshots and the tables read from them.

use domain::figures::{CityFigure, Ratio, TableRow};
use platform::figures::FigureTable;
use platform::rows::Snapshot as Row;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Moment;

/// The register as it stood at one moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Snapshot {
    /// Id.
    pub id: Uuid,
    /// The moment it shows.
    pub as_of: Moment,
    /// When it was frozen.
    pub taken_at: Moment,
    /// Name of the person who froze it; empty for the platform itself.
    pub taken_by: String,
    /// Units in it.
    pub units: i64,
    /// SHA-256 of its rows.
    pub hash: String,
    /// Note.
    pub note: Option<String>,
}

impl Snapshot {
    /// From its row and the name of the person who froze it.
    pub fn of(row: Row, taken_by: String) -> Self {
        Self {
            id: row.id.0,
            as_of: row.as_of.into(),
            taken_at: row.taken_at.into(),
            taken_by,
            units: row.units,
            hash: row.hash,
            note: row.note,
        }
    }
}

/// A snapshot to freeze.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSnapshot {
    /// The moment it shows; none: now.
    pub as_of: Option<String>,
    /// Note.
    pub note: Option<String>,
}

/// So many of so many.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cell {
    /// Units that have the state.
    pub numerator: u64,
    /// Units that should have it.
    pub denominator: u64,
    /// The percentage as bulletins print it, without the sign; none where there is no unit.
    pub percent_text: Option<String>,
}

impl From<Ratio> for Cell {
    fn from(ratio: Ratio) -> Self {
        Self {
            numerator: ratio.numerator,
            denominator: ratio.denominator,
            percent_text: ratio.percent_text(),
        }
    }
}

/// The cell of one city-level region.
#[derive(Debug, Serialize, ToSchema)]
pub struct CityCell {
    /// Region.
    pub region_id: Uuid,
    /// Its name.
    pub name: String,
    /// Value.
    pub cell: Cell,
}

impl From<CityFigure> for CityCell {
    fn from(city: CityFigure) -> Self {
        Self { region_id: city.region_id.0, name: city.name, cell: city.ratio.into() }
    }
}

/// One category of a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureRow {
    /// Category.
    pub category: &'static str,
    /// Whole province.
    pub total: Cell,
    /// By city-level region, official order.
    pub cities: Vec<CityCell>,
    /// Units that belong to no city.
    pub outside_cities: Cell,
}

impl From<TableRow> for FigureRow {
    fn from(row: TableRow) -> Self {
        Self {
            category: row.category.as_str(),
            total: row.total.into(),
            cities: row.cities.into_iter().map(CityCell::from).collect(),
            outside_cities: row.outside_cities.into(),
        }
    }
}

/// A table category × city of one measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures {
    /// Where it comes from.
    pub snapshot: Snapshot,
    /// `connection` or `duty`.
    pub measure: &'static str,
    /// What the measure means, in Chinese.
    pub definition_zh: &'static str,
    /// The same in English.
    pub definition_en: &'static str,
    /// The categories that carry figures.
    pub rows: Vec<FigureRow>,
    /// All categories, whole province.
    pub total: Cell,
    /// All categories by city-level region.
    pub by_city_total: Vec<CityCell>,
    /// All categories, units that belong to no city.
    pub outside_cities: Cell,
}

impl Figures {
    /// From a desk's table and the name of the person who froze its snapshot.
    pub fn of(found: FigureTable, taken_by: String) -> Self {
        let table = found.table;
        Self {
            snapshot: Snapshot::of(found.snapshot, taken_by),
            measure: found.measure.as_str(),
            definition_zh: found.measure.definition_zh(),
            definition_en: found.measure.definition_en(),
            rows: table.rows.into_iter().map(FigureRow::from).collect(),
            total: table.total.into(),
            by_city_total: table.by_city_total.into_iter().map(CityCell::from).collect(),
            outside_cities: table.outside_cities.into(),
        }
    }
}
