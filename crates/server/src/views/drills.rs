//! Drills of duty rooms as they travel.

use domain::duty::drill::{DrillKind, StepScore};
use domain::duty::roll_call::draw::hex;
use platform::drills::{DrillDetail as Detail, DrillMonthView, MonthDrills, MonthRow, SeatDrill as AtSeat};
use platform::rows::{DrillOfMonth, DrillPlan as PlanRow, DrillRow, DrillStepRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// Drills to plan: the same in each of these rooms.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDrills {
    /// A word of `drill_kinds`.
    pub kind: String,
    /// In which rooms, 1 to 200.
    pub rooms: Vec<Uuid>,
    /// Where the made-up alarm is said to be; where each room stands when absent.
    pub unit_id: Option<Uuid>,
    /// Seen by this camera of that unit.
    pub camera_id: Option<Uuid>,
    /// What is made up: a code of level one.
    pub code: String,
    /// Where in the unit.
    pub place: Option<String>,
    /// Who is told beforehand; needed for a double-blind drill.
    pub knows: Option<String>,
    /// When; now when absent.
    pub begins_at: Option<String>,
}

/// Why a drill is called off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelDrill {
    /// 1 to 500 characters.
    pub why: String,
}

/// A standing plan to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDrillPlan {
    /// What is made up: a code of level one.
    pub code: String,
    /// Who is told beforehand.
    pub knows: String,
}

/// A step that somebody at a seat did.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoDrillStep {
    /// A word of `drill_steps`.
    pub step: String,
}

/// A drill.
#[derive(Debug, Serialize, ToSchema)]
pub struct Drill {
    /// Id.
    pub id: Uuid,
    /// A word of `drill_kinds`.
    pub kind: &'static str,
    /// A word of `drill_states`.
    pub state: &'static str,
    /// In which room.
    pub room_id: Uuid,
    /// Its name.
    pub room_name: String,
    /// Whose people sit there.
    pub organisation_name: String,
    /// Where the made-up alarm is said to be.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// The camera that is said to see it.
    pub camera_id: Option<Uuid>,
    /// Its name.
    pub camera_name: Option<String>,
    /// What is made up.
    pub code: &'static str,
    /// Where in the unit.
    pub place: String,
    /// Who is told beforehand.
    pub knows: String,
    /// True for one that a lot decided.
    pub by_lot: bool,
    /// Who planned it.
    pub planned_by: Option<String>,
    /// When it begins or was to begin.
    pub begins_at: Moment,
    /// When the made-up alarm appeared.
    pub begun_at: Option<Moment>,
    /// When it was over.
    pub ended_at: Option<Moment>,
    /// Points of 100 in halves, 0 to 200; null unless it was held.
    pub half_points: Option<u32>,
    /// Why it was called off.
    pub why: Option<String>,
}

/// A step of a drill with its stopwatch.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrillStepScore {
    /// A word of `drill_steps`.
    pub step: &'static str,
    /// Seconds from the beginning within which it is in time.
    pub within_s: u32,
    /// Milliseconds from the beginning; null where it was left out.
    pub after_ms: Option<u64>,
    /// Points in halves.
    pub half_points: u32,
    /// Most of them.
    pub half_points_max: u32,
    /// Who did it.
    pub guard_name: Option<String>,
}

/// A drill with its steps.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrillDetail {
    /// The drill.
    pub drill: Drill,
    /// The steps of the script; empty before it has begun.
    pub steps: Vec<DrillStepScore>,
}

/// A step as the seat shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatDrillStep {
    /// A word of `drill_steps`.
    pub step: &'static str,
    /// Seconds from the beginning within which it is in time.
    pub within_s: u32,
    /// When it was done.
    pub done_at: Option<Moment>,
}

/// What a seat shows of the drill that runs in its room. A double-blind one looks like an alarm until it is taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatDrill {
    /// Id.
    pub id: Uuid,
    /// A word of `drill_kinds`; null while the seat is not to know that it is a drill.
    pub kind: Option<&'static str>,
    /// What is made up.
    pub code: &'static str,
    /// Where.
    pub unit_name: String,
    /// Where in the unit.
    pub place: String,
    /// The camera that is said to see it.
    pub camera_id: Option<Uuid>,
    /// Its name.
    pub camera_name: Option<String>,
    /// When it appeared.
    pub begun_at: Moment,
    /// The steps; only the first while the seat is not to know.
    pub steps: Vec<SeatDrillStep>,
    /// The server's time of this answer.
    pub now: Moment,
}

/// A drill of the monthly list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthlyDrill {
    /// Id.
    pub id: Uuid,
    /// A word of `drill_states`.
    pub state: &'static str,
    /// When it began or is to begin.
    pub begins_at: Moment,
    /// Points in halves; null unless it was held.
    pub half_points: Option<u32>,
}

/// A room of the monthly list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrillMonthRow {
    /// Which room.
    pub room_id: Uuid,
    /// Its name.
    pub room_name: String,
    /// Whose people sit there.
    pub organisation_name: String,
    /// Where it stands.
    pub unit_name: String,
    /// In which region.
    pub region_name: String,
    /// The scripted drill; null: none.
    pub scripted: Option<MonthlyDrill>,
    /// The double-blind drill; null: none, or one that the asker is not to know of yet.
    pub double_blind: Option<MonthlyDrill>,
}

/// Who drilled in a month, and who did not.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrillMonth {
    /// Its first day.
    pub month: String,
    /// Rooms with a scripted drill held.
    pub scripted: u32,
    /// Rooms with a double-blind drill held.
    pub double_blind: u32,
    /// Every room that was open in it.
    pub rows: Vec<DrillMonthRow>,
}

/// A standing plan: each duty room of a region is drilled double-blind once a month, at a moment that a lot decides.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrillPlan {
    /// Which region.
    pub region_id: Uuid,
    /// Its name.
    pub region_name: String,
    /// What is made up.
    pub code: &'static str,
    /// Who is told beforehand.
    pub knows: String,
    /// Since when.
    pub changed_at: Moment,
}

/// A month's lot.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrillLot {
    /// Its first day.
    pub month: String,
    /// When it was committed to.
    pub committed_at: Moment,
    /// SHA-256 in hex of `watchfire-drill-month/1`, `month …` and `seed …`, each on a line.
    pub commitment: String,
    /// The seed in hex; null until the month is over.
    pub seed: Option<String>,
}

impl Drill {
    /// From a desk's row.
    pub fn of(row: DrillRow) -> Self {
        let plan = row.plan;
        Self {
            id: plan.id.0,
            kind: plan.kind.as_str(),
            state: row.state.as_str(),
            room_id: plan.room_id.0,
            room_name: row.room_name,
            organisation_name: row.organisation.1,
            unit_id: plan.unit_id.0,
            unit_name: row.unit_name,
            camera_id: plan.camera_id.map(|id| id.0),
            camera_name: row.camera_name,
            code: plan.code.as_str(),
            place: plan.place,
            knows: plan.knows,
            by_lot: plan.lot_month.is_some(),
            planned_by: row.planner,
            begins_at: Moment(plan.begins_at),
            begun_at: moment(row.begun_at),
            ended_at: moment(row.ended_at),
            half_points: row.half_points,
            why: row.why,
        }
    }
}

impl DrillDetail {
    /// From a desk's answer.
    pub fn of(detail: Detail) -> Self {
        let Detail { row, steps, scores } = detail;
        let scores = scores.unwrap_or_default();
        Self { steps: scores.iter().map(|one| score(one, &steps)).collect(), drill: Drill::of(row) }
    }
}

impl SeatDrill {
    /// From a desk's answer.
    pub fn of(at: AtSeat, now: jiff::Timestamp) -> Self {
        let AtSeat { row, steps, is_known } = at;
        let shown =
            domain::duty::drill::DrillStep::ALL.into_iter().take(if is_known { usize::MAX } else { 1 });
        let step = |step: domain::duty::drill::DrillStep| SeatDrillStep {
            step: step.as_str(),
            within_s: step.within_s(),
            done_at: moment(steps.iter().find(|one| one.step == step).map(|one| one.at)),
        };
        Self {
            id: row.plan.id.0,
            kind: is_known.then_some(row.plan.kind).map(DrillKind::as_str),
            code: row.plan.code.as_str(),
            unit_name: row.unit_name,
            place: row.plan.place,
            camera_id: row.plan.camera_id.map(|id| id.0),
            camera_name: row.camera_name,
            begun_at: Moment(row.begun_at.unwrap_or(row.plan.begins_at)),
            steps: shown.map(step).collect(),
            now: Moment(now),
        }
    }
}

impl DrillMonth {
    /// From a desk's answer.
    pub fn of(month: MonthDrills) -> Self {
        Self {
            month: month.month.to_string(),
            scripted: month.scripted,
            double_blind: month.double_blind,
            rows: month.rows.into_iter().map(month_row).collect(),
        }
    }
}

impl DrillPlan {
    /// From a desk's row.
    pub fn of(row: PlanRow) -> Self {
        Self {
            region_id: row.region_id.0,
            region_name: row.region_name,
            code: row.code.as_str(),
            knows: row.knows,
            changed_at: Moment(row.changed_at),
        }
    }
}

impl DrillLot {
    /// From a desk's row.
    pub fn of(row: DrillMonthView) -> Self {
        Self {
            month: row.month.to_string(),
            committed_at: Moment(row.committed_at),
            commitment: hex(&row.commitment),
            seed: row.seed.map(|seed| hex(&seed)),
        }
    }
}

fn score(one: &StepScore, steps: &[DrillStepRow]) -> DrillStepScore {
    DrillStepScore {
        step: one.step.as_str(),
        within_s: one.step.within_s(),
        after_ms: one.after_ms,
        half_points: one.half_points,
        half_points_max: one.step.points() * 2,
        guard_name: steps.iter().find(|row| row.step == one.step).map(|row| row.staff.1.clone()),
    }
}

fn month_row(row: MonthRow) -> DrillMonthRow {
    DrillMonthRow {
        room_id: row.room.room_id.0,
        room_name: row.room.room_name,
        organisation_name: row.room.organisation_name,
        unit_name: row.room.unit_name,
        region_name: row.room.region_name,
        scripted: row.scripted.map(monthly),
        double_blind: row.double_blind.map(monthly),
    }
}

fn monthly(one: DrillOfMonth) -> MonthlyDrill {
    MonthlyDrill {
        id: one.id.0,
        state: one.state.as_str(),
        begins_at: Moment(one.begins_at),
        half_points: one.half_points,
    }
}
