//! What annexes are drawn from.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::category::Category;
use crate::figures::{CountyCell, Ratio};
use crate::plan::Plan;
use crate::region::Region;
use crate::unit::{Connection, Duty, Ownership, StudyLevel};

/// Everything the annexes of one bulletin are drawn from; what is empty leaves its annex out.
#[derive(Debug, Clone, Copy)]
pub struct AnnexRows<'a> {
    /// Frozen units in the order to print. Enough are all universities, all teaching-point hosts, all units that are connected without
    /// duty and all that are not connected in a category with a deadline; others are passed over.
    pub units: &'a [UnitLine],
    /// Counts by county; empty: no annex by region.
    pub counties: &'a [CountyCell],
    /// The same of the compared snapshot; empty: no change columns.
    pub counties_before: &'a [CountyCell],
    /// The region tree.
    pub regions: &'a [Region],
    /// Deadlines.
    pub plan: &'a Plan,
    /// As-of time of the snapshot.
    pub as_of: Timestamp,
    /// Third-party organisations.
    pub organisations: &'a [OrganisationLine],
    /// Alarms not handled in time.
    pub alarms: &'a [AlarmLine],
}

/// One frozen unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Official name.
    pub name: String,
    /// Category.
    pub category: Category,
    /// Public or private, where known.
    pub ownership: Option<Ownership>,
    /// Universities only.
    pub study_level: Option<StudyLevel>,
    /// Its city; none for units outside cities.
    pub city: Option<String>,
    /// Its county; none for units of the city or province itself.
    pub county: Option<String>,
    /// Connection state.
    pub connection: Connection,
    /// Duty state.
    pub duty: Duty,
    /// Connected without a break since; none where not connected or not known.
    pub connected_since: Option<Date>,
    /// On duty without a break since.
    pub duty_since: Option<Date>,
    /// Organisation that does the duty.
    pub organisation: Option<String>,
    /// Teaching points it has set up; none where not known.
    pub teaching_points: Option<u64>,
    /// Why it is late or without duty, where somebody said so; otherwise the state stands for it.
    pub reason: Option<String>,
}

/// One third-party organisation (值守机构).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationLine {
    /// Official name.
    pub name: String,
    /// Its county.
    pub county: Option<String>,
    /// Duty rooms.
    pub premises: u64,
    /// People on the roster.
    pub staff: u64,
    /// Units under contract.
    pub units: u64,
    /// Proven minutes of required minutes.
    pub coverage: Ratio,
    /// Roll-calls answered in time of those sent.
    pub roll_calls: Ratio,
    /// Score, where there is one.
    pub score: Option<u64>,
}

/// One alarm not handled in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmLine {
    /// The unit or organisation responsible.
    pub party: String,
    /// Name of the kind.
    pub kind: String,
    /// 1 (red) to 4 (blue).
    pub level: u8,
    /// When it occurred (T0).
    pub occurred_at: Timestamp,
    /// Minutes beyond the clock that was exceeded most.
    pub overdue_minutes: u64,
    /// Times told to the party or its region.
    pub notices: u64,
}
