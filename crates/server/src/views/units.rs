//! Units, regions and imports as they travel.

use std::collections::BTreeSet;

use domain::register::import::RowError;
use domain::unit::{Onboarding, Unit};
use platform::registry::{Import, UnitDetail as Detail};
use platform::rows::{FrozenUnit, UnitRow as Row, UnitVersion};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::cameras::Camera;
use super::{Moment, moment};

/// A node of the region tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct Region {
    /// Id.
    pub id: Uuid,
    /// The region above; none for the province.
    pub parent_id: Option<Uuid>,
    /// `province`, `city` or `county`.
    pub level: &'static str,
    /// Official name.
    pub name: String,
    /// Name without the generic suffix.
    pub short_name: String,
    /// GB/T 2260 code; none for a functional area.
    pub code: Option<String>,
    /// Official order among its siblings.
    pub order: i32,
}

impl From<domain::region::Region> for Region {
    fn from(region: domain::region::Region) -> Self {
        Self {
            id: region.id.0,
            parent_id: region.parent_id.map(|id| id.0),
            level: region.level.as_str(),
            name: region.name,
            short_name: region.short_name,
            code: region.gb2260_code,
            order: region.order,
        }
    }
}

/// A unit as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitRow {
    /// Id.
    pub id: Uuid,
    /// Official full name.
    pub name: String,
    /// Category.
    pub category: &'static str,
    /// Region it belongs to.
    pub region_id: Uuid,
    /// Name of its city-level region; empty for a unit that belongs to the province itself.
    pub city: String,
    /// Name of its county.
    pub county: Option<String>,
    /// `public` or `private`, where known.
    pub ownership: Option<&'static str>,
    /// Universities only.
    pub study_level: Option<&'static str>,
    /// 寄宿制
    pub boarding: bool,
    /// Connection state.
    pub connection: &'static str,
    /// Duty state.
    pub duty: &'static str,
    /// True for invented rows of a demonstration.
    pub synthetic: bool,
    /// Ten-digit school code.
    pub school_code: Option<String>,
}

impl UnitRow {
    /// From a unit and the names of its regions.
    pub fn of(unit: Unit, city: Option<String>, county: Option<String>) -> Self {
        Self {
            id: unit.id.0,
            category: unit.category.as_str(),
            region_id: unit.region_id.0,
            city: city.unwrap_or_default(),
            county,
            ownership: unit.ownership.map(domain::unit::Ownership::as_str),
            study_level: unit.study_level.map(domain::unit::StudyLevel::as_str),
            boarding: unit.boarding,
            connection: unit.connection.as_str(),
            duty: unit.duty.as_str(),
            synthetic: unit.synthetic,
            school_code: unit.school_code,
            name: unit.name,
        }
    }
}

impl From<Row> for UnitRow {
    fn from(row: Row) -> Self {
        Self::of(row.unit, row.city.map(|(_, name)| name), row.county.map(|(_, name)| name))
    }
}

/// Where the two states of a frozen unit come from: `observed`, `reported` or `confirmed`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitProvenance {
    /// Of the connection state.
    pub connection: &'static str,
    /// Of the duty state.
    pub duty: &'static str,
}

/// A unit as a snapshot froze it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FrozenUnitRow {
    /// The unit.
    #[serde(flatten)]
    pub unit: UnitRow,
    /// Where its states come from.
    pub provenance: UnitProvenance,
    /// Since when it counts as connected; none where it does not.
    pub connected_since: Option<Moment>,
    /// Since when it counts as on duty; none where it does not.
    pub duty_since: Option<Moment>,
}

impl From<FrozenUnit> for FrozenUnitRow {
    fn from(row: FrozenUnit) -> Self {
        Self {
            unit: UnitRow::of(row.unit, row.city.map(|(_, name)| name), row.county.map(|(_, name)| name)),
            provenance: UnitProvenance {
                connection: row.connection_provenance.as_str(),
                duty: row.duty_provenance.as_str(),
            },
            connected_since: moment(row.connected_since),
            duty_since: moment(row.duty_since),
        }
    }
}

/// One attribute that changed.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitChange {
    /// From when on.
    pub at: Moment,
    /// Name of the attribute.
    pub attribute: &'static str,
    /// Value before; none when the unit is new.
    pub old: Option<String>,
    /// Value after.
    pub new: Option<String>,
    /// Where the change comes from, e.g. the name of a spreadsheet.
    pub source: String,
}

/// A unit with its history and cameras.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitDetail {
    /// The unit.
    #[serde(flatten)]
    pub unit: UnitRow,
    /// How far it has come onto the platform, a word of `onboarding_stages`: complete only with duty arranged.
    pub onboarding: &'static str,
    /// Names it had before.
    pub former_names: Vec<String>,
    /// Since when it stands as it does.
    pub valid_from: Moment,
    /// What changed, newest first.
    pub history: Vec<UnitChange>,
    /// Its cameras, where the asker may see them.
    pub cameras: Vec<Camera>,
    /// True where the newest version of the register of units that should connect has it.
    pub in_register: bool,
    /// True where a change of its place in that register waits for a decision.
    pub change_waits: bool,
}

impl From<Detail> for UnitDetail {
    fn from(detail: Detail) -> Self {
        let versions = &detail.history;
        let present = &detail.row.unit.name;
        let names: BTreeSet<&String> = versions.iter().map(|version| &version.unit.name).collect();
        let valid_from = versions.first().map_or(jiff::Timestamp::UNIX_EPOCH, |version| version.valid_from);
        let stage = Onboarding::of(detail.row.unit.connection, detail.row.unit.duty);
        Self {
            onboarding: stage.as_str(),
            former_names: names.into_iter().filter(|name| *name != present).cloned().collect(),
            valid_from: valid_from.into(),
            history: changes(versions),
            unit: detail.row.into(),
            cameras: detail.cameras.into_iter().map(Camera::from).collect(),
            in_register: detail.standing.is_member,
            change_waits: detail.standing.has_proposal,
        }
    }
}

/// Attributes that differ between neighbouring versions, newest first.
fn changes(versions: &[UnitVersion]) -> Vec<UnitChange> {
    let mut changes = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        let before = versions.get(index + 1).map(|older| attributes(&older.unit));
        for (position, (attribute, new)) in attributes(&version.unit).into_iter().enumerate() {
            let old = before.as_ref().and_then(|values| values[position].1.clone());
            if old != new {
                let source = version.source.clone();
                changes.push(UnitChange { at: version.valid_from.into(), attribute, old, new, source });
            }
        }
    }
    changes
}

fn attributes(unit: &Unit) -> [(&'static str, Option<String>); 9] {
    let word = |word: &str| Some(word.to_owned());
    [
        ("name", Some(unit.name.clone())),
        ("category", word(unit.category.as_str())),
        ("region_id", Some(unit.region_id.to_string())),
        ("ownership", unit.ownership.and_then(|ownership| word(ownership.as_str()))),
        ("study_level", unit.study_level.and_then(|level| word(level.as_str()))),
        ("boarding", Some(unit.boarding.to_string())),
        ("school_code", unit.school_code.clone()),
        ("connection", word(unit.connection.as_str())),
        ("duty", word(unit.duty.as_str())),
    ]
}

/// One cell of a spreadsheet that cannot be accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportError {
    /// Row as the spreadsheet program numbers it.
    pub row: u32,
    /// Column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Stable code.
    pub reason_code: String,
    /// What is wrong and what is expected.
    pub message: String,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOutcome {
    /// Rows understood.
    pub accepted: usize,
    /// Units that are new.
    pub created: usize,
    /// Units that change.
    pub updated: usize,
    /// Units that stay as they are.
    pub unchanged: usize,
    /// Bad cells; when there are any, nothing was written.
    pub errors: Vec<ImportError>,
    /// Bad cells beyond those listed.
    pub errors_not_listed: usize,
    /// Headers that mean nothing here and were passed over.
    pub ignored_columns: Vec<String>,
    /// True when the rows were written.
    pub applied: bool,
    /// Units proposed for the register of units that should connect; they count once somebody else approves.
    pub proposed: usize,
    /// The first version of that register, where this import made it.
    pub register_version: Option<i64>,
}

impl From<RowError> for ImportError {
    fn from(error: RowError) -> Self {
        Self {
            row: error.row,
            reason_code: error.reason.code().to_owned(),
            message: format!("{} {}", error.message_zh, error.message_en),
            column: error.column,
            value: error.value,
        }
    }
}

impl From<Import> for ImportOutcome {
    fn from(import: Import) -> Self {
        let errors = import.errors.into_iter().map(ImportError::from).collect();
        Self {
            accepted: import.accepted,
            created: import.created,
            updated: import.updated,
            unchanged: import.unchanged,
            errors,
            errors_not_listed: import.errors_not_listed,
            ignored_columns: import.ignored_columns,
            applied: import.applied,
            proposed: import.proposed,
            register_version: import.register_version,
        }
    }
}
