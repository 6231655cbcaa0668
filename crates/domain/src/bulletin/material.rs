//! What a bulletin is written from: one snapshot, and what else is known as of the same moment.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::annex::Annexes;
use crate::category::Category;
use crate::figures::{Cell, Measure};
use crate::plan::Plan;
use crate::region::Region;

/// What a bulletin is written from. [`Material::new`] has the parts that every bulletin needs; the rest are fields to fill.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The snapshot's cells (R5).
    pub cells: &'a [Cell],
    /// The region tree; its city-level regions give names and the order of ties.
    pub regions: &'a [Region],
    /// Names of the units that count, for the categories listed by name (see [`super::named_categories`]), in the order to print.
    pub names: &'a [NameList],
    /// As-of time of the snapshot.
    pub as_of: Timestamp,
    /// True where the register holds invented rows; the text then says so.
    pub synthetic: bool,
    /// Version of the register of units that should connect that was in force; none where none has been approved.
    pub register_version: Option<u32>,
    /// Where the states come from, at most one entry a measure (R37).
    pub provenance: &'a [ProvenanceCounts],
    /// An earlier snapshot to compare rates with.
    pub compared: Option<Compared<'a>>,
    /// Alarms of a period that ends with the snapshot or before; none: the text says that it has none.
    pub alarms: Option<&'a AlarmStatistics>,
    /// Deadlines.
    pub plan: &'a Plan,
    /// The annexes that go with the text; only these are cited.
    pub annexes: &'a Annexes,
    /// 成文日期; none while it is a draft.
    pub dated: Option<Date>,
}

/// The units counted by one figure, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameList {
    /// Their category.
    pub category: Category,
    /// By which measure they count.
    pub measure: Measure,
    /// Their names: exactly as many as the figure says (R19).
    pub names: Vec<String>,
}

/// An earlier snapshot.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// Its cells.
    pub cells: &'a [Cell],
    /// Its as-of time; must lie before that of the bulletin's own.
    pub as_of: Timestamp,
    /// True where the previous published bulletin was written from it: the text then says 上次通报 instead of the day.
    pub published: bool,
}

/// Where the states of the units counted by a measure come from, in every category of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvenanceCounts {
    /// [`Measure::Connection`]: of the connected units; [`Measure::Duty`]: of those on duty.
    pub measure: Measure,
    /// Seen by the platform.
    pub observed: u64,
    /// Told by the unit.
    pub reported: u64,
    /// Confirmed by a regulator.
    pub confirmed: u64,
}

/// Alarms of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlarmStatistics {
    /// Begin of the period.
    pub from: Timestamp,
    /// End of the period, exclusive; not after the as-of time of the snapshot.
    pub until: Timestamp,
    /// Alarms that occurred in the period.
    pub raised: u64,
    /// Of these, not handled in time: any clock exceeded at `until`.
    pub late: u64,
    /// Messages told to regions about late alarms (alarm × notification); none where nobody counts them.
    pub told: Option<u64>,
    /// Of the late ones, still open at `until`.
    pub open: u64,
    /// Who is responsible for the ones still open, gravest first.
    pub parties: Vec<LateParty>,
}

/// A unit or organisation responsible for late alarms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateParty {
    /// Official name.
    pub name: String,
    /// True for an organisation (值守机构), false for a unit.
    pub organisation: bool,
    /// Name of its city.
    pub city: Option<String>,
    /// Name of its county (R67).
    pub county: Option<String>,
    /// Its late alarms that are still open.
    pub open: u64,
}

static NO_PLAN: Plan = Plan { milestones: Vec::new() };
static NO_ANNEXES: Annexes = Annexes::NONE;

impl<'a> Material<'a> {
    /// A snapshot alone: no plan, no annexes, nothing to compare with.
    pub fn new(cells: &'a [Cell], regions: &'a [Region], names: &'a [NameList], as_of: Timestamp) -> Self {
        Self {
            cells,
            regions,
            names,
            as_of,
            synthetic: false,
            register_version: None,
            provenance: &[],
            compared: None,
            alarms: None,
            plan: &NO_PLAN,
            annexes: &NO_ANNEXES,
            dated: None,
        }
    }
}
