//! Rosters, handovers and records as they travel.

use domain::duty::roster::{Guard, Problem};
use domain::duty::seat::Signature;
use platform::duty::{HandoverView, RecordSlot as Slot, RosterView, SeatView as View};
use platform::rows::{DutyRecord as RecordRow, HandoverRow, RosterGuard, ShiftRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::duty_rooms::{DutyRoom, Post};
use super::{Moment, moment};

/// One guard's shift.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shift {
    /// Id; parts that stand-ins took share it.
    pub id: Uuid,
    /// Who.
    pub staff_id: Uuid,
    /// Name.
    pub name: String,
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Why, where somebody stands in.
    pub reason: Option<String>,
}

/// What is wrong with a roster.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterProblem {
    /// A word of `roster_problems`.
    pub kind: &'static str,
    /// Whether the roster is incomplete because of it.
    pub blocks: bool,
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Whose; null where it is about the room.
    pub staff_id: Option<Uuid>,
    /// What was found: people, or minutes.
    pub found: u32,
    /// What the rule asks for, in the same unit.
    pub limit: u32,
}

/// Somebody who may be entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterPerson {
    /// Who.
    pub staff_id: Uuid,
    /// Name.
    pub name: String,
    /// The last day on which the certificate counts, YYYY-MM-DD; null where it does not.
    pub certified_until: Option<String>,
}

/// The roster of a room.
#[derive(Debug, Serialize, ToSchema)]
pub struct Roster {
    /// The room.
    pub room: DutyRoom,
    /// Whether the next seven days are complete.
    pub is_complete: bool,
    /// The shifts, by time.
    pub shifts: Vec<Shift>,
    /// What is wrong, by time.
    pub problems: Vec<RosterProblem>,
    /// Who may be entered; empty for whoever does not keep rosters.
    pub people: Vec<RosterPerson>,
}

/// A shift to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShift {
    /// Who.
    pub staff_id: Uuid,
    /// From when, a whole minute.
    pub starts_at: String,
    /// Until when, a whole minute.
    pub ends_at: String,
}

/// Shifts to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewShifts {
    /// The shifts; all are entered or none.
    pub shifts: Vec<NewShift>,
}

/// Days of a roster to repeat.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyRoster {
    /// The first day to read, YYYY-MM-DD.
    pub from: String,
    /// How many days, 1 to 35.
    pub days: i32,
    /// The day that the first one becomes.
    pub to: String,
}

/// Taking a shift off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOffShift {
    /// Whose part of it.
    pub staff_id: Uuid,
    /// Why.
    pub reason: String,
}

/// Somebody stands in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStandIn {
    /// Who has the shift.
    pub from: Uuid,
    /// Who takes over.
    pub to: Uuid,
    /// From when; what has not begun when absent.
    pub starts_at: Option<String>,
    /// Until when; to the end when absent.
    pub ends_at: Option<String>,
    /// Why.
    pub reason: String,
}

/// Two exchange whole shifts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SwapShifts {
    /// Who has the shift.
    pub from: Uuid,
    /// The other shift.
    pub other_shift: Uuid,
    /// Who has that one.
    pub other: Uuid,
    /// Why.
    pub reason: String,
}

/// A signature on a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct Signed {
    /// Who.
    pub staff_id: Uuid,
    /// Name.
    pub name: String,
    /// When the server received it.
    pub at: Moment,
}

/// A handover between two shifts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Handover {
    /// When the shifts change.
    pub due_at: Moment,
    /// A word of `handover_states`.
    pub state: &'static str,
    /// Who leaves.
    pub leaving: Vec<String>,
    /// Who comes.
    pub coming: Vec<String>,
    /// Signature of who leaves.
    pub given: Option<Signed>,
    /// Signature of who comes.
    pub taken: Option<Signed>,
    /// What the system filled in.
    #[schema(value_type = Object)]
    pub sheet: serde_json::Value,
    /// What the people wrote.
    pub remark: Option<String>,
}

/// The record of two hours.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyRecord {
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// A word of `record_states`.
    pub state: &'static str,
    /// Who signed it.
    pub signed: Option<Signed>,
    /// What the system filled in.
    #[schema(value_type = Object)]
    pub sheet: Option<serde_json::Value>,
    /// What the person wrote.
    pub remark: Option<String>,
}

/// How awake a room is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Vigilance {
    /// A word of `vigilance_states`.
    pub state: &'static str,
    /// When that ends unless somebody does something.
    pub until: Option<Moment>,
}

/// What a seat's screen shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatScreen {
    /// The server's time.
    pub now: Moment,
    /// Id of the seat.
    pub seat_id: Uuid,
    /// Name of the seat.
    pub seat_name: String,
    /// The room.
    pub room: DutyRoom,
    /// Whoever is signed in.
    pub staff_id: Uuid,
    /// Their name.
    pub name: String,
    /// Whether they are on post here.
    pub is_on_post: bool,
    /// Who is on post.
    pub on_post: Vec<Post>,
    /// The roster around now.
    pub roster: Vec<Shift>,
    /// The timer; null while nobody is on post.
    pub vigilance: Option<Vigilance>,
    /// The change of shifts that wants signatures.
    pub handover: Option<Handover>,
    /// Today's record card.
    pub records: Vec<DutyRecord>,
}

/// Signing a handover.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignHandover {
    /// When the shifts change.
    pub due_at: String,
    /// `leaves` or `comes`.
    pub side: String,
    /// What is to be said.
    pub remark: Option<String>,
}

/// Signing a record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignRecord {
    /// When its two hours begin.
    pub slot_at: String,
    /// What is to be said.
    pub remark: Option<String>,
}

impl Shift {
    /// As it travels.
    pub fn of(row: ShiftRow) -> Self {
        let shift = row.shift;
        Self {
            id: shift.id.0,
            staff_id: shift.guard_id.0,
            name: row.name,
            starts_at: shift.span.start.into(),
            ends_at: shift.span.end.into(),
            reason: row.reason,
        }
    }
}

impl RosterProblem {
    fn of(problem: &Problem) -> Self {
        Self {
            kind: problem.kind.as_str(),
            blocks: problem.kind.blocks(),
            starts_at: problem.span.start.into(),
            ends_at: problem.span.end.into(),
            staff_id: problem.guard_id.map(|id| id.0),
            found: problem.found,
            limit: problem.limit,
        }
    }
}

impl RosterPerson {
    fn of((person, guard): (RosterGuard, Guard)) -> Self {
        Self {
            staff_id: person.id.0,
            name: person.name,
            certified_until: guard.certified_until.map(|day| day.to_string()),
        }
    }
}

impl Roster {
    /// As it travels.
    pub fn of(view: RosterView) -> Self {
        Self {
            room: DutyRoom::of(view.room),
            is_complete: view.is_complete,
            shifts: view.shifts.into_iter().map(Shift::of).collect(),
            problems: view.problems.iter().map(RosterProblem::of).collect(),
            people: view.guards.into_iter().map(RosterPerson::of).collect(),
        }
    }
}

impl Signed {
    fn of((signature, name): (Signature, String)) -> Self {
        Self { staff_id: signature.guard_id.0, name, at: signature.at.into() }
    }
}

impl Handover {
    /// One that wants signatures.
    pub fn of(view: HandoverView) -> Self {
        let HandoverView { handover, names, sheet, remark } = view;
        let name = |id: &domain::ids::StaffId| {
            names.iter().find(|(known, _)| known == id).map_or_else(String::new, |(_, name)| name.clone())
        };
        let signed =
            |one: Option<Signature>| one.map(|signature| Signed::of((signature, name(&signature.guard_id))));
        Self {
            due_at: handover.due_at.into(),
            state: handover.state().as_str(),
            leaving: handover.leaving.iter().map(name).collect(),
            coming: handover.coming.iter().map(name).collect(),
            given: signed(handover.given),
            taken: signed(handover.taken),
            sheet,
            remark,
        }
    }

    /// One as it was kept.
    pub fn kept(row: HandoverRow) -> Self {
        use domain::duty::seat::HandoverState as S;
        let state = match (&row.given, &row.taken) {
            (None, None) => S::Open,
            (Some(_), None) => S::GivenOver,
            (None, Some(_)) => S::TakenOver,
            (Some(_), Some(_)) => S::Done,
        };
        Self {
            due_at: row.due_at.into(),
            state: state.as_str(),
            leaving: Vec::new(),
            coming: Vec::new(),
            given: row.given.map(Signed::of),
            taken: row.taken.map(Signed::of),
            sheet: serde_json::from_str(&row.sheet).unwrap_or_default(),
            remark: row.remark,
        }
    }
}

impl DutyRecord {
    /// A slot of the card.
    pub fn of(slot: Slot) -> Self {
        let (signed, sheet, remark) = match slot.record {
            None => (None, None, None),
            Some(record) => parts(record),
        };
        Self {
            starts_at: slot.span.start.into(),
            ends_at: slot.span.end.into(),
            state: slot.state.as_str(),
            signed,
            sheet,
            remark,
        }
    }
}

fn parts(record: RecordRow) -> (Option<Signed>, Option<serde_json::Value>, Option<String>) {
    let signed = Signed { staff_id: record.staff_id.0, name: record.name, at: record.recorded_at.into() };
    (Some(signed), serde_json::from_str(&record.sheet).ok(), record.remark)
}

impl SeatScreen {
    /// As it travels.
    pub fn of(view: View, now: jiff::Timestamp) -> Self {
        Self {
            now: now.into(),
            seat_id: view.seat.id.0,
            seat_name: view.seat.name,
            room: DutyRoom::of(view.room),
            staff_id: view.person.staff_id.0,
            name: view.person.name,
            is_on_post: view.is_on_post,
            on_post: view.on_post.into_iter().map(Post::of).collect(),
            roster: view.roster.into_iter().map(Shift::of).collect(),
            vigilance: view.vigilance.map(Vigilance::of),
            handover: view.handover.map(Handover::of),
            records: view.records.into_iter().map(DutyRecord::of).collect(),
        }
    }
}

impl Vigilance {
    /// As it travels.
    pub fn of(view: platform::duty::VigilanceView) -> Self {
        Self { state: view.state.as_str(), until: moment(view.until) }
    }
}
