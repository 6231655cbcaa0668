//! Two snapshots beside each other, a figure over time, and the plan held against a snapshot.

use domain::figures::Counts;
use domain::figures::trend::{Forecast as Carried, WeeklyRate as Rate};
use platform::figures::{Comparison as Compared, ComparisonRow as Row, Trend as Followed};
use platform::progress::{HeldMilestone, OverdueUnit as Late, Progress};
use platform::rows::UnitDifference as Difference;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::figures::Snapshot;
use super::units::{FrozenUnitRow, UnitRow};
use super::{Moment, OverdueUnitPage};

/// A city-level region.
#[derive(Debug, Serialize, ToSchema)]
pub struct City {
    /// Id.
    pub region_id: Uuid,
    /// Name.
    pub name: String,
}

/// Units counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ThreeCounts {
    /// Units that should connect.
    pub total: u64,
    /// Of these, connected.
    pub connected: u64,
    /// Of these, on 24-hour duty.
    pub duty: u64,
}

impl From<Counts> for ThreeCounts {
    fn from(counts: Counts) -> Self {
        Self { total: counts.total, connected: counts.connected, duty: counts.duty }
    }
}

/// One category in one city, then and now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonRow {
    /// Category.
    pub category: &'static str,
    /// City; none for units that belong to no city.
    pub city: Option<City>,
    /// Then.
    pub from: ThreeCounts,
    /// Now.
    pub to: ThreeCounts,
}

impl From<Row> for ComparisonRow {
    fn from(row: Row) -> Self {
        Self {
            category: row.category.as_str(),
            city: row.city.map(|(id, name)| City { region_id: id.0, name }),
            from: row.from.into(),
            to: row.to.into(),
        }
    }
}

/// Two snapshots compared.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison {
    /// The one compared with.
    pub from: Snapshot,
    /// The one compared.
    pub to: Snapshot,
    /// Units of `to` only.
    pub added: u64,
    /// Units of `from` only.
    pub removed: u64,
    /// Units of both that differ in name, category, region, or in counting as connected or on duty.
    pub changed: u64,
    /// Counts by category and city.
    pub rows: Vec<ComparisonRow>,
}

impl Comparison {
    /// From the desk's comparison and the names of the two people who froze the snapshots.
    pub fn of(found: Compared, from_taken_by: String, to_taken_by: String) -> Self {
        Self {
            added: found.counts.added,
            removed: found.counts.removed,
            changed: found.counts.changed,
            from: Snapshot::of(found.from, from_taken_by),
            to: Snapshot::of(found.to, to_taken_by),
            rows: found.rows.into_iter().map(ComparisonRow::from).collect(),
        }
    }
}

/// One difference of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitDifference {
    /// The unit as `to` has it, as `from` had it where it was removed.
    pub unit: FrozenUnitRow,
    /// `added`, `removed`, `connected`, `disconnected`, `duty_gained`, `duty_lost`, `moved`, `renamed` or `recategorised`.
    pub change: &'static str,
    /// Value before: a word of the dictionary, a name, or the names of city and county.
    pub old: Option<String>,
    /// Value after.
    pub new: Option<String>,
}

impl From<Difference> for UnitDifference {
    fn from(row: Difference) -> Self {
        Self { unit: row.unit.into(), change: row.difference.as_str(), old: row.old, new: row.new }
    }
}

/// A figure at one moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrendPoint {
    /// The snapshot it comes from.
    pub snapshot_id: Uuid,
    /// The moment.
    pub as_of: Moment,
    /// Units that have the state.
    pub numerator: u64,
    /// Units that should have it.
    pub denominator: u64,
    /// The percentage as bulletins print it; none where there is no unit.
    pub percent_text: Option<String>,
}

/// How fast a figure moves.
#[derive(Debug, Serialize, ToSchema)]
pub struct WeeklyRate {
    /// From this moment.
    pub from: Moment,
    /// To this one.
    pub to: Moment,
    /// Units gained in between; negative where units were lost.
    pub gained: i64,
    /// Hundredths of a unit a week.
    pub per_week_hundredths: i64,
    /// Units a week as a number to read: `12.5`.
    pub per_week_numerator: String,
    /// True where units joined or left the register in between.
    pub denominator_changed: bool,
}

impl From<Rate> for WeeklyRate {
    fn from(rate: Rate) -> Self {
        let size = rate.per_week_hundredths.unsigned_abs();
        let sign = if rate.per_week_hundredths < 0 { "-" } else { "" };
        let digits = format!("{sign}{}.{:02}", size / 100, size % 100);
        Self {
            from: rate.from.as_of.into(),
            to: rate.to.as_of.into(),
            gained: rate.gained,
            per_week_hundredths: rate.per_week_hundredths,
            per_week_numerator: digits.trim_end_matches('0').trim_end_matches('.').to_owned(),
            denominator_changed: rate.denominator_changed,
        }
    }
}

/// What the present rate would lead to; arithmetic, not a promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct Forecast {
    /// Deadline of the category, where it has one: a day in Beijing.
    pub deadline: Option<String>,
    /// Percentage at the end of that day; none where it has passed.
    pub at_deadline_percent_text: Option<String>,
    /// The day on which the last unit would be counted; none: never at this rate.
    pub complete_on: Option<String>,
    /// What the forecast rests on, in Chinese.
    pub basis: String,
}

impl From<Carried> for Forecast {
    fn from(carried: Carried) -> Self {
        Self {
            deadline: carried.deadline.map(|day| day.to_string()),
            at_deadline_percent_text: carried.at_deadline.and_then(domain::figures::Ratio::percent_text),
            complete_on: carried.complete_on.map(|day| day.to_string()),
            basis: carried.basis,
        }
    }
}

/// A figure over time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trend {
    /// One point for each day that a snapshot shows, oldest first.
    pub points: Vec<TrendPoint>,
    /// Over the last four weeks; none where the points do not carry a rate.
    pub weekly_rate: Option<WeeklyRate>,
    /// None where there is no rate, and for what becomes fewer.
    pub forecast: Option<Forecast>,
}

impl From<Followed> for Trend {
    fn from(found: Followed) -> Self {
        let point = |(id, point): (domain::ids::SnapshotId, domain::figures::trend::Point)| TrendPoint {
            snapshot_id: id.0,
            as_of: point.as_of.into(),
            numerator: point.ratio.numerator,
            denominator: point.ratio.denominator,
            percent_text: point.ratio.percent_text(),
        };
        Self {
            points: found.points.into_iter().map(point).collect(),
            weekly_rate: found.weekly_rate.map(WeeklyRate::from),
            forecast: found.forecast.map(Forecast::from),
        }
    }
}

/// A deadline and how far it has been met.
#[derive(Debug, Serialize, ToSchema)]
pub struct Milestone {
    /// Title of the document that sets it.
    pub document: String,
    /// Where in the document.
    pub clause: Option<String>,
    /// Category it binds.
    pub category: &'static str,
    /// Last day in time, in Beijing.
    pub due: String,
    /// Days since; negative while there is time left.
    pub overdue_days: i64,
    /// Units that should connect.
    pub units: u64,
    /// Of these, not connected.
    pub not_connected: u64,
}

impl From<HeldMilestone> for Milestone {
    fn from(held: HeldMilestone) -> Self {
        Self {
            category: held.milestone.category.as_str(),
            due: held.milestone.due.to_string(),
            document: held.milestone.document,
            clause: held.milestone.clause,
            overdue_days: held.overdue_days,
            units: held.units,
            not_connected: held.not_connected,
        }
    }
}

/// A unit beyond its deadline.
#[derive(Debug, Serialize, ToSchema)]
pub struct OverdueUnit {
    /// The unit.
    pub unit: UnitRow,
    /// Last day in time.
    pub due: String,
    /// Days since.
    pub overdue_days: i64,
    /// Connection state.
    pub connection: &'static str,
    /// Why, where somebody said so; nobody is asked yet.
    pub reason: Option<String>,
}

impl From<Late> for OverdueUnit {
    fn from(late: Late) -> Self {
        Self {
            due: late.due.to_string(),
            overdue_days: late.overdue_days,
            connection: late.unit.unit.connection.as_str(),
            reason: None,
            unit: FrozenUnitRow::from(late.unit).unit,
        }
    }
}

/// The plan held against a snapshot.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overdue {
    /// The snapshot.
    pub snapshot_id: Uuid,
    /// The moment it shows; days are counted to it.
    pub as_of: Moment,
    /// Every deadline asked about, those with time left included.
    pub milestones: Vec<Milestone>,
    /// Units beyond their deadline, as far as the asker sees.
    pub units: OverdueUnitPage,
}

impl From<Progress> for Overdue {
    fn from(found: Progress) -> Self {
        Self {
            snapshot_id: found.snapshot.id.0,
            as_of: found.snapshot.as_of.into(),
            milestones: found.milestones.into_iter().map(Milestone::from).collect(),
            units: OverdueUnitPage::of(found.units, OverdueUnit::from),
        }
    }
}
