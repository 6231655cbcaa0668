//! Snapshots and the tables read from them.

use domain::figures::{CityFigure, Ratio, TableRow, rank};
use platform::figures::{FigureTable, FrozenAlarms};
use platform::rows::{FrozenAlarm, FrozenAlarmCounts, FrozenAlarmUnit, Snapshot as Row};
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

/// A unit with its alarms of the period.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotAlarmUnit {
    /// Id of the unit.
    pub unit_id: Uuid,
    /// Its name then.
    pub name: String,
    /// Its category then.
    pub category: &'static str,
    /// Name of its city-level region; empty for a unit of the province itself.
    pub city: String,
    /// Name of its county.
    pub county: Option<String>,
    /// Alarms pushed.
    pub raised: u64,
    /// Of these, any clock exceeded.
    pub late: u64,
    /// Of the raised, still open.
    pub open: u64,
    /// Both.
    pub late_open: u64,
}

/// An alarm that exceeded a clock, as it stood at the snapshot's moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotLateAlarm {
    /// Id of the alarm.
    pub id: Uuid,
    /// Id of its unit.
    pub unit_id: Uuid,
    /// Name of the unit then.
    pub unit_name: String,
    /// City-level region of the unit; empty for a unit of the province itself.
    pub city: String,
    /// County of the unit.
    pub county: Option<String>,
    /// Alarm code.
    pub code: &'static str,
    /// Level, 1 to 4.
    pub level: u8,
    /// State then.
    pub state: &'static str,
    /// Whether somebody still had to do something.
    pub is_open: bool,
    /// From a simulated camera.
    pub simulated: bool,
    /// When it happened.
    pub occurred_at: Moment,
    /// When it was pushed.
    pub pushed_at: Moment,
    /// The first clock that ran out: `take`, `verify`, `arrive` or `handle`.
    pub clock: &'static str,
    /// When it ran out.
    pub due_at: Moment,
    /// When it was stopped; none: it still ran.
    pub stopped_at: Option<Moment>,
}

/// The alarms behind the counts of a snapshot, as far as the asker sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotAlarmRows {
    /// The counts of everybody.
    pub counts: SnapshotAlarms,
    /// Units that had alarms, those with most late ones first.
    pub units: Vec<SnapshotAlarmUnit>,
    /// The late alarms, in the order of their units, then by time.
    pub late: Vec<SnapshotLateAlarm>,
}

impl From<FrozenAlarmCounts> for SnapshotAlarms {
    fn from(counts: FrozenAlarmCounts) -> Self {
        Self {
            from: moment(counts.from),
            until: counts.until.into(),
            raised: counts.raised,
            late: counts.late,
            open: counts.open,
            late_open: counts.late_open,
        }
    }
}

impl From<FrozenAlarms> for SnapshotAlarmRows {
    fn from(found: FrozenAlarms) -> Self {
        let unit = |row: FrozenAlarmUnit| SnapshotAlarmUnit {
            unit_id: row.unit_id.0,
            name: row.name,
            category: row.category.as_str(),
            city: row.city.map(|(_, name)| name).unwrap_or_default(),
            county: row.county.map(|(_, name)| name),
            raised: row.raised,
            late: row.late,
            open: row.open,
            late_open: row.late_open,
        };
        let late = |row: FrozenAlarm| SnapshotLateAlarm {
            id: row.id.0,
            unit_id: row.unit_id.0,
            unit_name: row.unit_name,
            city: row.city.unwrap_or_default(),
            county: row.county,
            code: row.code.as_str(),
            level: row.level.into(),
            state: row.state.as_str(),
            is_open: row.is_open,
            simulated: row.simulated,
            occurred_at: row.occurred_at.into(),
            pushed_at: row.pushed_at.into(),
            clock: row.clock.as_str(),
            due_at: row.due_at.into(),
            stopped_at: moment(row.stopped_at),
        };
        Self {
            counts: found.snapshot.alarms.into(),
            units: found.units.into_iter().map(unit).collect(),
            late: found.late.into_iter().map(late).collect(),
        }
    }
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
            alarms: row.alarms.into(),
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
    /// How far it lies above the snapshot compared with, in hundredths of a percentage point; none where either has no unit.
    pub change_points: Option<i64>,
    /// Place among the regions of the row, best first; equal values share one. None for sums and where there is no unit.
    pub rank: Option<u32>,
}

impl Cell {
    fn of(now: Ratio, before: Option<Ratio>, rank: Option<u32>) -> Self {
        Self {
            numerator: now.numerator,
            denominator: now.denominator,
            percent_text: now.percent_text(),
            change_points: before.and_then(|before| now.points_since(before)),
            rank,
        }
    }
}

/// The cell of one region.
#[derive(Debug, Serialize, ToSchema)]
pub struct CityCell {
    /// Region.
    pub region_id: Uuid,
    /// Its name.
    pub name: String,
    /// Value.
    pub cell: Cell,
}

/// One category of a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureRow {
    /// Category.
    pub category: &'static str,
    /// Whole province, or the whole city.
    pub total: Cell,
    /// By region, official order: cities of the province, or counties of the city.
    pub cities: Vec<CityCell>,
    /// Units that belong to none of them: those of the province, or of the city itself.
    pub outside_cities: Cell,
}

impl FigureRow {
    fn of(row: &TableRow, before: Option<&TableRow>) -> Self {
        Self {
            category: row.category.as_str(),
            total: Cell::of(row.total, before.map(|row| row.total), None),
            cities: city_cells(&row.cities, before.map(|row| row.cities.as_slice())),
            outside_cities: Cell::of(row.outside_cities, before.map(|row| row.outside_cities), None),
        }
    }
}

fn city_cells(now: &[CityFigure], before: Option<&[CityFigure]>) -> Vec<CityCell> {
    let ranks = rank(&now.iter().map(|city| city.ratio).collect::<Vec<_>>());
    let then = |id| before?.iter().find(|city| city.region_id == id).map(|city| city.ratio);
    let cell = |(city, rank): (&CityFigure, Option<u32>)| CityCell {
        region_id: city.region_id.0,
        name: city.name.clone(),
        cell: Cell::of(city.ratio, then(city.region_id), rank),
    };
    now.iter().zip(ranks).map(cell).collect()
}

/// A table of one measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures {
    /// Where it comes from.
    pub snapshot: Snapshot,
    /// The snapshot it is compared with.
    pub since: Option<Snapshot>,
    /// The measure.
    pub measure: &'static str,
    /// `city` or `county`.
    pub by: &'static str,
    /// The city whose counties are the columns.
    pub region_id: Option<Uuid>,
    /// What the measure means, in Chinese.
    pub definition_zh: &'static str,
    /// The same in English.
    pub definition_en: &'static str,
    /// The categories that carry figures.
    pub rows: Vec<FigureRow>,
    /// All categories, whole province or city.
    pub total: Cell,
    /// All categories by region.
    pub by_city_total: Vec<CityCell>,
    /// All categories, units that belong to none of the regions.
    pub outside_cities: Cell,
}

impl Figures {
    /// From a desk's table and the names of the people who froze its snapshots.
    pub fn of(found: FigureTable, taken_by: String, before_taken_by: String) -> Self {
        let table = found.table;
        let (since, before) = found.before.unzip();
        let before = before.as_ref();
        let row = |row: &TableRow| FigureRow::of(row, before.and_then(|table| table.row(row.category)));
        let outside = before.map(|table| table.outside_cities);
        Self {
            snapshot: Snapshot::of(found.snapshot, taken_by),
            since: since.map(|row| Snapshot::of(row, before_taken_by)),
            measure: found.measure.as_str(),
            by: if found.city.is_some() { "county" } else { "city" },
            region_id: found.city.map(|city| city.id.0),
            definition_zh: found.measure.definition_zh(),
            definition_en: found.measure.definition_en(),
            rows: table.rows.iter().map(row).collect(),
            total: Cell::of(table.total, before.map(|table| table.total), None),
            by_city_total: city_cells(
                &table.by_city_total,
                before.map(|table| table.by_city_total.as_slice()),
            ),
            outside_cities: Cell::of(table.outside_cities, outside, None),
        }
    }
}
