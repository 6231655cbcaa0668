//! Stand-ins (代班) and swaps (换班): somebody else takes a shift or a part of it, after the same checks as anybody on the roster.
//!
//! What has begun is never rewritten: who was there then is a matter of the ledger. A stand-in leaves the shift's id on every part, so the
//! history of a shift is found under it.

use jiff::Timestamp;
use thiserror::Error;

use super::rest::{rest_before, weeks_worked};
use super::shift::{Guard, Shift};
use super::{Roster, worked};
use crate::ids::{ShiftId, StaffId};
use crate::recording::Span;

/// Who takes which part of whose shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIn {
    /// The shift.
    pub shift_id: ShiftId,
    /// Who has it now; a shift that stand-ins divided has several.
    pub from: StaffId,
    /// Who takes over.
    pub to: StaffId,
    /// Which part.
    pub span: Span,
}

/// Why somebody does not stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StandInRefusal {
    /// There is no such shift of this guard.
    #[error("this guard has no such shift")]
    NoShift,
    /// The part is not inside the shift, or is none.
    #[error("the part to be taken does not lie in the shift")]
    Outside,
    /// It has begun.
    #[error("what has begun is not changed")]
    Begun,
    /// Both are the same person.
    #[error("a guard does not stand in for himself")]
    SamePerson,
    /// Not on the staff.
    #[error("the stand-in is not on the staff")]
    Unknown,
    /// No certificate to the end of the part.
    #[error("the stand-in has no certificate that is valid to the end of the shift")]
    NotCertified,
    /// On duty here or elsewhere at that time.
    #[error("the stand-in is on duty at that time")]
    Occupied,
    /// Too little rest before or after.
    #[error("the stand-in would rest {0} minutes, the rule asks for {1}")]
    LittleRest(u32, u32),
    /// Too many hours in seven days.
    #[error("the stand-in would work {0} minutes in seven days, the rule allows {1}")]
    LongWeek(u32, u32),
}

/// The shifts after a stand-in took a part, or why nobody does. A roster's problem of rest is only shown; a stand-in that would make a new
/// one is refused, because it is asked for now and somebody else can be found.
pub fn stand_in(roster: &Roster<'_>, part: &StandIn, now: Timestamp) -> Result<Vec<Shift>, StandInRefusal> {
    let place = roster
        .shifts
        .iter()
        .position(|shift| {
            shift.id == part.shift_id && shift.guard_id == part.from && contains(&shift.span, &part.span)
        })
        .ok_or_else(|| why_none(roster.shifts, part))?;
    if part.span.start < now {
        return Err(StandInRefusal::Begun);
    }
    if part.from == part.to {
        return Err(StandInRefusal::SamePerson);
    }
    let mut shifts = roster.shifts.to_vec();
    let whole = shifts.remove(place);
    let left = [Span::new(whole.span.start, part.span.start), Span::new(part.span.end, whole.span.end)];
    shifts.extend(left.into_iter().filter(|span| !span.is_empty()).map(|span| Shift { span, ..whole }));
    may_take(roster, &shifts, part)?;
    shifts.push(Shift { guard_id: part.to, span: part.span, ..whole });
    shifts.sort_unstable_by_key(|shift| (shift.room_id, shift.span, shift.guard_id, shift.id));
    Ok(shifts)
}

/// Two guards exchange whole shifts: both may, or neither does.
pub fn swap(
    roster: &Roster<'_>,
    one: (ShiftId, StaffId),
    other: (ShiftId, StaffId),
    now: Timestamp,
) -> Result<Vec<Shift>, StandInRefusal> {
    let find = |(id, guard_id)| {
        let mut shifts = roster.shifts.iter();
        shifts
            .find(|shift| shift.id == id && shift.guard_id == guard_id)
            .copied()
            .ok_or(StandInRefusal::NoShift)
    };
    let (one, other) = (find(one)?, find(other)?);
    if one.guard_id == other.guard_id {
        return Err(StandInRefusal::SamePerson);
    }
    if one.span.start < now || other.span.start < now {
        return Err(StandInRefusal::Begun);
    }
    let mut shifts: Vec<Shift> =
        roster.shifts.iter().filter(|shift| **shift != one && **shift != other).copied().collect();
    for (shift, to) in [(one, other.guard_id), (other, one.guard_id)] {
        let part = StandIn { shift_id: shift.id, from: shift.guard_id, to, span: shift.span };
        may_take(roster, &shifts, &part)?;
        shifts.push(Shift { guard_id: to, ..shift });
    }
    shifts.sort_unstable_by_key(|shift| (shift.room_id, shift.span, shift.guard_id, shift.id));
    Ok(shifts)
}

/// Whether the person may take the part on top of what `shifts` give them.
fn may_take(roster: &Roster<'_>, shifts: &[Shift], part: &StandIn) -> Result<(), StandInRefusal> {
    let guard: &Guard =
        roster.guards.iter().find(|guard| guard.id == part.to).ok_or(StandInRefusal::Unknown)?;
    if !guard.is_certified(&part.span) {
        return Err(StandInRefusal::NotCertified);
    }
    let mut theirs = worked(shifts, part.to);
    if theirs.iter().any(|span| !span.overlap(&part.span).is_empty()) {
        return Err(StandInRefusal::Occupied);
    }
    let rest_min = roster.rules.rest_minutes_min;
    let after = theirs.iter().find(|span| span.start >= part.span.end);
    let rests = [
        rest_before(&theirs, &part.span),
        after.map(|span| super::minutes_of(&Span::new(part.span.end, span.start))),
    ];
    if let Some(rest) = rests.into_iter().flatten().min().filter(|rest| *rest < rest_min) {
        return Err(StandInRefusal::LittleRest(rest, rest_min));
    }
    theirs.push(part.span);
    let week_max = roster.rules.week_minutes_max;
    // A long week elsewhere on the roster is no matter of this part.
    let together = crate::recording::union(&theirs);
    let weeks = weeks_worked(&together).filter(|(week, _)| !week.overlap(&part.span).is_empty());
    match weeks.map(|(_, minutes)| minutes).max() {
        Some(minutes) if minutes > week_max => Err(StandInRefusal::LongWeek(minutes, week_max)),
        _ => Ok(()),
    }
}

fn contains(whole: &Span, part: &Span) -> bool {
    !part.is_empty() && whole.start <= part.start && part.end <= whole.end
}

fn why_none(shifts: &[Shift], part: &StandIn) -> StandInRefusal {
    let is_theirs = |shift: &Shift| shift.id == part.shift_id && shift.guard_id == part.from;
    if shifts.iter().any(is_theirs) { StandInRefusal::Outside } else { StandInRefusal::NoShift }
}
