//! The ledger of duty as it travels.

use domain::duty::effective::{Condition, DutyFacts, check};
use domain::duty::falsehood::Number;
use domain::duty::falsehood::case::{SuspicionEvent, reply_until};
use domain::duty::ledger::{DayTotals, Run};
use domain::ids::DutyRoomId;
use platform::ledger::{
    Coverage as Sums, DayProof, OrganisationCoverage as OrganisationSums, RoomDayView, SuspicionDetail,
    UnitDayView,
};
use platform::rows::{CorrectionRow, DutyStandingRow, LedgerDay as ClosedDay, SuspicionRow, UnitDaySum, hex};
use platform::{Ask, Platform};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// Minutes in a row that are worth the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerRun {
    /// The first minute of the Beijing day, 0 to 1439.
    pub from: u16,
    /// How many.
    pub minutes: u16,
    /// A word of `minute_states`.
    pub state: &'static str,
    /// Whether somebody said that there was duty.
    pub claimed: bool,
}

/// What minutes come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerTotals {
    /// In which there had to be duty.
    pub required: u64,
    /// Of these, proved.
    pub proven: u64,
    /// Of the proved ones, at the seat alone.
    pub at_seat: u64,
    /// Of the required ones, exempted by plan.
    pub exempt: u64,
    /// Of the required ones, those of which somebody said that there was duty.
    pub claimed: u64,
    /// Of the claimed ones, those for which the opposite was seen.
    pub contradicted: u64,
}

/// The day of a duty room.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoomDay {
    /// YYYY-MM-DD.
    pub day: String,
    /// The room.
    pub room_id: Uuid,
    /// Its name.
    pub room_name: String,
    /// A word of `room_kinds`.
    pub kind: &'static str,
    /// Whose people sit there.
    pub organisation_id: Uuid,
    /// Its name.
    pub organisation_name: String,
    /// People that were required at once.
    pub people: u8,
    /// Minutes in which the camera showed the room.
    pub camera: u16,
    /// Its minutes, corrections applied.
    pub runs: Vec<LedgerRun>,
    /// What they come to.
    pub totals: LedgerTotals,
    /// How many corrections lie on it.
    pub corrections: usize,
    /// When it was computed last.
    pub computed_at: Moment,
    /// When it was closed; null while it may change.
    pub closed_at: Option<Moment>,
}

/// The day of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitDay {
    /// YYYY-MM-DD.
    pub day: String,
    /// Its minutes.
    pub runs: Vec<LedgerRun>,
    /// What they come to.
    pub totals: LedgerTotals,
    /// When it was closed; null while it runs.
    pub closed_at: Option<Moment>,
    /// 0: as it was computed; each correction adds one. Null while it runs.
    pub edition: Option<u32>,
    /// SHA-256 of the text of the day, hex. Null while it runs.
    pub digest: Option<String>,
    /// Which rooms served it for how many minutes.
    pub served: Vec<ServedBy>,
}

/// The duty in force when an alarm rang.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyAtAlarm {
    /// YYYY-MM-DD, in Beijing.
    pub day: String,
    /// The minute of that day, 0 to 1439.
    pub minute: u16,
    /// The stretch of minutes alike that it lies in; null where the unit has no day in the ledger: nobody had agreed to do its duty.
    pub run: Option<LedgerRun>,
    /// Whether the minute can be judged yet.
    pub known: bool,
    /// Whether the day is closed.
    pub closed: bool,
}

/// A room that served a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServedBy {
    /// The room.
    pub room_id: Uuid,
    /// Minutes of the day.
    pub minutes: u16,
}

/// What the rooms of an organisation come to on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationCoverage {
    /// The organisation.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How many rooms.
    pub rooms: u64,
    /// Minutes of these rooms.
    pub totals: LedgerTotals,
    /// Minutes in which their cameras showed them.
    pub camera: u64,
}

/// What a day comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage {
    /// YYYY-MM-DD.
    pub day: String,
    /// Whether the day is closed.
    pub closed: bool,
    /// Units in the ledger, in the asker's reach.
    pub units: u64,
    /// Minutes of these units.
    pub totals: LedgerTotals,
    /// Organisation by organisation.
    pub organisations: Vec<OrganisationCoverage>,
}

/// A correction.
#[derive(Debug, Serialize, ToSchema)]
pub struct Correction {
    /// The first minute.
    pub from: u16,
    /// How many.
    pub minutes: u16,
    /// What they are worth since, a word of `minute_states`.
    pub to: String,
    /// What they were worth before: `from`, `minutes`, `state` of each run.
    pub old: Value,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: String,
}

/// A correction to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCorrection {
    /// YYYY-MM-DD, a closed day.
    pub day: String,
    /// The first minute.
    pub from: u16,
    /// How many.
    pub minutes: u16,
    /// What they are worth, a word of `minute_states`.
    pub to: String,
    /// Why, with what it rests on.
    pub reason: String,
    /// Corrections of that day that the person has seen.
    pub known: usize,
}

/// One of the five conditions with its numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConditionCheck {
    /// A word of `duty_conditions`.
    pub condition: &'static str,
    /// Whether it is met.
    pub met: bool,
    /// What was counted.
    pub numerator: u64,
    /// Of how many; 0: nothing was counted, which is never met.
    pub denominator: u64,
    /// What is asked for, percent.
    pub percent_min: u64,
}

/// Whether a unit has 24-hour duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyStanding {
    /// The unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Its county, where it belongs to one.
    pub county_name: Option<String>,
    /// What the register says, a word of `duty_states`.
    pub duty: &'static str,
    /// What follows from the ledger, a word of `duty_states`; null: the ledger does not reach back seven days yet, or there is no registered room.
    pub state: Option<&'static str>,
    /// Closed days that were counted, seven at most.
    pub days: u32,
    /// The five conditions.
    pub conditions: Vec<ConditionCheck>,
    /// Suspicions of feigned duty that stand.
    pub standing_suspicions: u32,
    /// Minutes in a row without proof, up to now.
    pub unproven_run: u32,
    /// When it was counted.
    pub computed_at: Moment,
}

/// A day that is closed for everybody.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerDay {
    /// YYYY-MM-DD.
    pub day: String,
    /// Units whose day was closed.
    pub units: u32,
    /// Rooms whose day was closed.
    pub rooms: u32,
    /// SHA-256 over the day before and all units, hex.
    pub digest: String,
    /// When.
    pub closed_at: Moment,
}

/// What checking a day brought.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerProof {
    /// The day.
    pub day: LedgerDay,
    /// Links that were computed again.
    pub links: u32,
    /// Whether everything follows from what is kept.
    pub right: bool,
    /// What does not, the first of them.
    pub faults: Vec<LedgerFault>,
}

/// What is wrong with a unit's day.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerFault {
    /// The unit.
    pub unit_id: Uuid,
    /// The edition of its day.
    pub edition: u32,
    /// What.
    pub message: String,
}

/// A suspicion of feigned duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suspicion {
    /// Id.
    pub id: Uuid,
    /// A word of `tricks`.
    pub trick: &'static str,
    /// Whose people.
    pub organisation_id: Uuid,
    /// Its name.
    pub organisation_name: String,
    /// The room, where it is about one.
    pub room_id: Option<Uuid>,
    /// Its name.
    pub room_name: Option<String>,
    /// The person, where it is about one.
    pub staff_name: Option<String>,
    /// From when it was seen.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// A word of `suspicion_states`.
    pub state: &'static str,
    /// When it was raised.
    pub raised_at: Moment,
    /// Until when a reply is in time.
    pub reply_until: Moment,
    /// SHA-256 of the evidence package, hex.
    pub digest: String,
    /// Counts changes; sent back with every event.
    pub version: i64,
    /// What the asker may do now, words of `suspicion_events`.
    pub next: Vec<&'static str>,
}

/// A number that a suspicion rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspicionNumber {
    /// A word of `evidences`.
    pub evidence: &'static str,
    /// What was found.
    pub found: u64,
    /// Where suspicion begins.
    pub limit: Option<u64>,
}

/// Something that happened to a suspicion.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspicionMoment {
    /// When.
    pub at: Moment,
    /// A word of `suspicion_events`.
    pub event: &'static str,
    /// The state after it.
    pub to: &'static str,
    /// Who.
    pub by: String,
    /// What they said.
    pub words: String,
}

/// A suspicion with everything behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspicionFile {
    /// As it stands.
    pub suspicion: Suspicion,
    /// The numbers it rests on.
    pub numbers: Vec<SuspicionNumber>,
    /// What happened, in order.
    pub history: Vec<SuspicionMoment>,
    /// The evidence package as it was raised; its SHA-256 is `digest`.
    pub package: String,
}

/// A step with a suspicion.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspicionEventRequest {
    /// A word of `suspicion_events`.
    pub event: String,
    /// What is said.
    pub words: String,
    /// `version` that the person was looking at.
    pub version: i64,
}

impl From<&Run> for LedgerRun {
    fn from(run: &Run) -> Self {
        Self { from: run.from, minutes: run.minutes, state: run.state.as_str(), claimed: run.is_claimed }
    }
}

impl From<DayTotals> for LedgerTotals {
    fn from(totals: DayTotals) -> Self {
        Self {
            required: totals.required.into(),
            proven: totals.proven.into(),
            at_seat: totals.at_seat.into(),
            exempt: totals.exempt.into(),
            claimed: totals.claimed.into(),
            contradicted: totals.contradicted.into(),
        }
    }
}

impl From<UnitDaySum> for LedgerTotals {
    fn from(sum: UnitDaySum) -> Self {
        Self {
            required: sum.required,
            proven: sum.proven,
            at_seat: sum.at_seat,
            exempt: sum.exempt,
            claimed: sum.claimed,
            contradicted: sum.contradicted,
        }
    }
}

impl From<RoomDayView> for RoomDay {
    fn from(one: RoomDayView) -> Self {
        let row = one.row;
        Self {
            day: row.day.to_string(),
            room_id: row.kept.room_id.0,
            room_name: row.room_name,
            kind: row.kind.as_str(),
            organisation_id: row.organisation_id.0,
            organisation_name: row.organisation_name,
            people: row.kept.people,
            camera: row.kept.camera,
            runs: one.runs.iter().map(Into::into).collect(),
            totals: one.totals.into(),
            corrections: one.corrections,
            computed_at: row.computed_at.into(),
            closed_at: moment(row.closed_at),
        }
    }
}

impl From<platform::ledger::DutyAtAlarm> for DutyAtAlarm {
    fn from(one: platform::ledger::DutyAtAlarm) -> Self {
        Self {
            day: one.day.to_string(),
            minute: one.minute,
            run: one.run.as_ref().map(Into::into),
            known: one.is_known,
            closed: one.is_closed,
        }
    }
}

impl From<UnitDayView> for UnitDay {
    fn from(one: UnitDayView) -> Self {
        let closed = one.closed.as_ref();
        let served = closed.map_or(&[][..], |row| row.kept.served.as_slice());
        Self {
            day: one.day.to_string(),
            runs: one.runs.iter().map(Into::into).collect(),
            totals: one.totals.into(),
            closed_at: moment(closed.map(|row| row.written_at)),
            edition: closed.map(|row| row.kept.edition),
            digest: closed.map(|row| hex(&row.kept.digest)),
            served: served
                .iter()
                .map(|by| {
                    let DutyRoomId(room_id) = by.room_id;
                    ServedBy { room_id, minutes: by.minutes }
                })
                .collect(),
        }
    }
}

impl From<OrganisationSums> for OrganisationCoverage {
    fn from(one: OrganisationSums) -> Self {
        Self {
            id: one.id.0,
            name: one.name,
            rooms: one.rooms.days,
            camera: one.rooms.camera,
            totals: one.rooms.into(),
        }
    }
}

impl From<Sums> for Coverage {
    fn from(one: Sums) -> Self {
        Self {
            day: one.day.to_string(),
            closed: one.is_closed,
            units: one.units.days,
            totals: one.units.into(),
            organisations: one.organisations.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CorrectionRow> for Correction {
    fn from(row: CorrectionRow) -> Self {
        Self {
            from: row.from,
            minutes: row.minutes,
            to: row.to,
            old: serde_json::from_str(&row.old).unwrap_or(Value::Null),
            by: row.by.1,
            at: row.at.into(),
            reason: row.reason,
        }
    }
}

impl From<DutyStandingRow> for DutyStanding {
    fn from(row: DutyStandingRow) -> Self {
        let facts: DutyFacts = row.standing.facts;
        let conditions = check(&facts).map(|one| ConditionCheck {
            condition: Condition::as_str(one.condition),
            met: one.is_met,
            numerator: one.share.numerator,
            denominator: one.share.denominator,
            percent_min: one.percent_min,
        });
        Self {
            unit_id: row.standing.unit_id.0,
            unit_name: row.unit_name,
            county_name: row.county_name,
            duty: row.duty.as_str(),
            state: row.standing.state.map(domain::unit::Duty::as_str),
            days: row.standing.days,
            conditions: conditions.into(),
            standing_suspicions: facts.standing_suspicions,
            unproven_run: facts.unproven_run,
            computed_at: row.computed_at.into(),
        }
    }
}

impl From<ClosedDay> for LedgerDay {
    fn from(day: ClosedDay) -> Self {
        Self {
            day: day.day.to_string(),
            units: day.units,
            rooms: day.rooms,
            digest: hex(&day.digest),
            closed_at: day.closed_at.into(),
        }
    }
}

impl From<DayProof> for LedgerProof {
    fn from(proof: DayProof) -> Self {
        let fault = |one: platform::ledger::UnitFault| LedgerFault {
            unit_id: one.unit_id.0,
            edition: one.edition,
            message: one.message,
        };
        Self {
            day: proof.day.into(),
            links: proof.links,
            right: proof.is_day_right && proof.faults.is_empty(),
            faults: proof.faults.into_iter().map(fault).collect(),
        }
    }
}

impl Suspicion {
    /// As it travels to this asker.
    pub fn of(row: SuspicionRow, ask: &Ask) -> Self {
        let next = Platform::suspicion_events(ask, &row).into_iter().map(SuspicionEvent::as_str).collect();
        let raised = row.raised;
        Self {
            id: raised.id.0,
            trick: raised.trick.as_str(),
            organisation_id: raised.organisation_id.0,
            organisation_name: row.organisation_name,
            room_id: raised.room_id.map(|id| id.0),
            room_name: row.room_name,
            staff_name: row.staff_name,
            starts_at: raised.span.start.into(),
            ends_at: raised.span.end.into(),
            state: row.state.as_str(),
            raised_at: raised.raised_at.into(),
            reply_until: reply_until(raised.raised_at).into(),
            digest: hex(&raised.digest),
            version: row.version,
            next,
        }
    }
}

impl SuspicionFile {
    /// As it travels to this asker.
    pub fn of(detail: SuspicionDetail, ask: &Ask) -> Self {
        let number = |one: &Number| SuspicionNumber {
            evidence: one.evidence.as_str(),
            found: one.found,
            limit: one.limit,
        };
        Self {
            numbers: detail.numbers.iter().map(number).collect(),
            history: detail
                .steps
                .into_iter()
                .map(|step| SuspicionMoment {
                    at: step.at.into(),
                    event: step.event.as_str(),
                    to: step.to.as_str(),
                    by: step.actor.1,
                    words: step.words,
                })
                .collect(),
            package: detail.row.raised.package.clone(),
            suspicion: Suspicion::of(detail.row, ask),
        }
    }
}
