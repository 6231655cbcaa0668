//! Snapshots and the tables read from them.

use domain::figures::{CityFigure, Ratio, TableRow};
use platform::figures::FigureTable;
use platform::rows::Snapshot as Row;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

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
    /// SHA-256 over the moment, the register version and the parts.
    pub hash: String,
    /// Note.
    pub note: Option<String>,
    /// Version of the register of units that should connect in force at that moment; none before the first one.
    pub register_version: Option<i64>,
    /// True where any unit is invented.
    pub synthetic: bool,
    /// Where the states come from.
    pub provenance: SnapshotProvenance,
    /// Alarms of the period before it.
    pub alarms: SnapshotAlarms,
    /// SHA-256 of each part.
    pub parts: SnapshotParts,
}

/// Where the states of the units that count come from.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotProvenance {
    /// Of the connected units.
    pub connection: ProvenanceCounts,
    /// Of the units on duty.
    pub duty: ProvenanceCounts,
}

/// Units by where their state comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProvenanceCounts {
    /// Observed by the platform.
    pub observed: u64,
    /// Reported by the unit.
    pub reported: u64,
    /// Confirmed by the regulator.
    pub confirmed: u64,
}

/// Alarms of a snapshot's period, without drills, tests and merged ones.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotAlarms {
    /// Pushed at or after this; none for a snapshot without alarms.
    pub from: Option<Moment>,
    /// And not after this.
    pub until: Moment,
    /// Pushed in the period.
    pub raised: u64,
    /// Of these, any clock exceeded.
    pub late: u64,
    /// Of the raised, still open at the end.
    pub open: u64,
    /// Both late and open.
    pub late_open: u64,
}

/// SHA-256 of the parts of a snapshot.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the names as they travel, beside the whole's `hash`")]
pub struct SnapshotParts {
    /// Which units, of which category and region.
    pub register_hash: String,
    /// Their connection.
    pub connection_hash: String,
    /// Their duty.
    pub duty_hash: String,
    /// The alarms.
    pub alarms_hash: String,
}

impl From<platform::rows::ProvenanceCounts> for ProvenanceCounts {
    fn from(counts: platform::rows::ProvenanceCounts) -> Self {
        Self { observed: counts.observed, reported: counts.reported, confirmed: counts.confirmed }
    }
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
            register_version: row.register_version,
            synthetic: row.synthetic,
            provenance: SnapshotProvenance {
                connection: row.connection_provenance.into(),
                duty: row.duty_provenance.into(),
            },
            alarms: SnapshotAlarms {
                from: moment(row.alarms.from),
                until: row.alarms.until.into(),
                raised: row.alarms.raised,
                late: row.alarms.late,
                open: row.alarms.open,
                late_open: row.alarms.late_open,
            },
            parts: SnapshotParts {
                register_hash: row.parts.register,
                connection_hash: row.parts.connection,
                duty_hash: row.parts.duty,
                alarms_hash: row.parts.alarms,
            },
        }
    }
}

/// A snapshot to freeze.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSnapshot {
    /// The moment it shows; none: now.
    pub as_of: Option<String>,
    /// Alarms pushed from here until then are counted; none: from the first day of the month two months before, Beijing time.
    pub alarms_from: Option<String>,
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
