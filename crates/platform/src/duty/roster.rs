//! Rosters: shifts entered, taken off, copied from a week to the next, taken over by somebody else; and everything that is wrong with them.
//!
//! What nobody could work is refused: a shift of more than eight hours, somebody without a certificate or in two rooms at once, what has
//! begun already. What only needs a look is shown.

use domain::beijing::{begin_of, day_after};
use domain::duty::minutes::MINUTE_US;
use domain::duty::roster::{
    Guard, Problem, Room, Roster, Shift, StandIn, StandInRefusal, check, is_complete, stand_in, swap,
};
use domain::ids::{DutyRoomId, ShiftId, StaffId};
use domain::recording::Span;
use domain::role::Capability;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{RosterChange, RosterGuard, ShiftRow};

use super::{DutyRoomView, object_of};
use crate::events::Event;
use crate::organisations::remark;
use crate::{Ask, Platform, PlatformError};

/// Most days of one look at a roster.
const DAYS_MAX: i32 = 35;
/// Most shifts entered at once: four people in four shifts on each day of a month.
const SHIFTS_MAX: usize = 500;
/// Longest time ahead for which a shift is entered.
const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(24 * 100);
/// Beside a change, so much of the roster has to be known: rest is judged over seven days.
const AROUND: SignedDuration = SignedDuration::from_hours(24 * 8);

/// A shift to enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftWish {
    /// Who.
    pub staff_id: StaffId,
    /// From when, a whole minute.
    pub starts_at: Timestamp,
    /// Until when, a whole minute.
    pub ends_at: Timestamp,
}

/// Days of a roster to repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyWish {
    /// The first day to read.
    pub from: Date,
    /// How many days.
    pub days: i32,
    /// The day that the first one becomes.
    pub to: Date,
}

/// Who takes which part of whose shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandInWish {
    /// The shift.
    pub shift_id: ShiftId,
    /// Who has it.
    pub from: StaffId,
    /// Who takes over.
    pub to: StaffId,
    /// Which part; none for all that has not begun.
    pub span: Option<Span>,
}

/// A change of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterStep {
    /// Shifts are entered.
    Enter(Vec<ShiftWish>),
    /// A shift is taken off.
    TakeOff {
        /// Which.
        shift_id: ShiftId,
        /// Whose part of it.
        staff_id: StaffId,
    },
    /// Days are repeated.
    Copy(CopyWish),
    /// Somebody stands in.
    StandIn(StandInWish),
    /// Two exchange whole shifts.
    Swap {
        /// One shift and whose it is.
        one: (ShiftId, StaffId),
        /// The other one.
        other: (ShiftId, StaffId),
    },
}

/// The roster of a room for some days.
#[derive(Debug, Clone)]
pub struct RosterView {
    /// The room.
    pub room: DutyRoomView,
    /// The shifts, by time.
    pub shifts: Vec<ShiftRow>,
    /// What is wrong, by time.
    pub problems: Vec<Problem>,
    /// Whether the next seven days are complete.
    pub is_complete: bool,
    /// Who may be entered; empty for whoever does not keep rosters.
    pub guards: Vec<(RosterGuard, Guard)>,
}

impl Platform {
    /// The roster of a room for `days` days from `from` on, Beijing days.
    pub async fn roster(
        &self,
        ask: &Ask,
        room_id: DutyRoomId,
        from: Date,
        days: i32,
    ) -> Result<RosterView, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        if !(1..=DAYS_MAX).contains(&days) {
            return Err(PlatformError::field("days", "out_of_range", format!("1 to {DAYS_MAX}")));
        }
        let room = self.duty_room(ask, room_id).await?;
        let window = Span::new(begin_of(from), begin_of(day_after(from, days)));
        let shifts = self.inner.store.roster(&ask.access, room_id, window).await?;
        let staff = self.staff_of_rooms(&[room_id]).await?;
        let guards: Vec<Guard> = staff.iter().map(|(_, guard)| *guard).collect();
        let around = around(window.start.min(ask.now), window.end.max(week_later(ask.now)));
        let known = self.inner.store.shifts(&self.rooms_beside(&room).await?, around).await?;
        let roster = Roster { shifts: &known, guards: &guards, rules: self.inner.settings.duty.rest };
        let asked = Room { id: room_id, people: room.required.people };
        // What is over is the ledger's.
        let ahead = Span::new(window.start.max(minute_of(ask.now)), window.end);
        let problems = check(&roster, &[asked], ahead)
            .into_iter()
            .filter(|problem| problem.room_id == room_id)
            .collect();
        let is_complete = is_complete(&roster, &asked, ask.now);
        let guards = if ask.access.may(Capability::KeepRosters) { staff } else { Vec::new() };
        Ok(RosterView { room, shifts, problems, is_complete, guards })
    }

    /// Changes the roster of a room.
    pub async fn change_roster(
        &self,
        ask: &Ask,
        room_id: DutyRoomId,
        step: RosterStep,
        reason: &str,
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::KeepRosters)?;
        let reason = remark("reason", reason)?;
        if reason.is_none() && !matches!(step, RosterStep::Enter(_) | RosterStep::Copy(_)) {
            return Err(PlatformError::field("reason", "required", "say why the roster is changed"));
        }
        let window = step.window(ask.now)?;
        let guards: Vec<Guard> =
            self.staff_of_rooms(&[room_id]).await?.into_iter().map(|(_, guard)| guard).collect();
        let rules = self.inner.settings.duty.rest;
        let surroundings = &self.inner.surroundings;
        let now = ask.now;
        let change = RosterChange { room_id, window, reason: reason.as_deref(), at: now };
        let new_id = || ShiftId(surroundings.id(now));
        let decide = |shifts: &[Shift]| -> Result<Vec<Shift>, PlatformError> {
            let roster = Roster { shifts, guards: &guards, rules };
            match &step {
                RosterStep::Enter(wishes) => {
                    let new = wishes.iter().map(|wish| Shift {
                        id: new_id(),
                        room_id,
                        guard_id: wish.staff_id,
                        span: Span::new(wish.starts_at, wish.ends_at),
                    });
                    with_new(&roster, new.collect(), now)
                }
                RosterStep::Copy(copy) => with_new(&roster, copied(shifts, room_id, copy, new_id), now),
                RosterStep::TakeOff { shift_id, staff_id } => without(shifts, *shift_id, *staff_id, now),
                RosterStep::StandIn(wish) => {
                    let span = wish
                        .span
                        .or_else(|| rest_of(shifts, wish, now))
                        .ok_or_else(|| refused(StandInRefusal::NoShift))?;
                    let part = StandIn { shift_id: wish.shift_id, from: wish.from, to: wish.to, span };
                    stand_in(&roster, &part, now).map_err(refused)
                }
                RosterStep::Swap { one, other } => swap(&roster, *one, *other, now).map_err(refused),
            }
        };
        self.inner.store.change_roster(&ask.access, &change, decide).await?;
        self.audit(ask, step.action(), object_of(room_id), "ok", reason).await?;
        self.inner.events.publish(Event::Duty);
        Ok(())
    }

    /// The people of the organisations of rooms, and how rosters count them.
    pub(crate) async fn staff_of_rooms(
        &self,
        rooms: &[DutyRoomId],
    ) -> Result<Vec<(RosterGuard, Guard)>, PlatformError> {
        let needed = self.inner.settings.organisations.certificate_level;
        let staff = self.inner.store.roster_guards(rooms).await?;
        Ok(staff.into_iter().map(|one| (one.clone(), one.guard(needed))).collect())
    }

    /// All rooms of a room's organisation: somebody who is in another one at the same time counts in neither.
    async fn rooms_beside(&self, room: &DutyRoomView) -> Result<Vec<DutyRoomId>, PlatformError> {
        let filter =
            store::DutyRoomFilter { organisation_id: Some(room.room.organisation_id), ..Default::default() };
        let page = store::PageAsk::first(store::MAX_PAGE);
        let rooms = self.inner.store.duty_rooms(&domain::access::Access::PLATFORM, &filter, &page).await?;
        let mut ids: Vec<DutyRoomId> = rooms.items.iter().map(|one| one.id).collect();
        if !ids.contains(&room.room.id) {
            ids.push(room.room.id);
        }
        Ok(ids)
    }
}

impl RosterStep {
    fn action(&self) -> &'static str {
        match self {
            Self::Enter(_) => "roster_enter",
            Self::TakeOff { .. } => "roster_take_off",
            Self::Copy(_) => "roster_copy",
            Self::StandIn(_) => "roster_stand_in",
            Self::Swap { .. } => "roster_swap",
        }
    }

    /// What of the roster has to be known to judge it.
    fn window(&self, now: Timestamp) -> Result<Span, PlatformError> {
        let ahead = now.saturating_add(AHEAD_MAX).unwrap_or(now);
        let too_far =
            || PlatformError::field("starts_at", "too_far", "a roster is entered at most 100 days ahead");
        let span = match self {
            Self::Enter(wishes) => {
                if wishes.is_empty() || wishes.len() > SHIFTS_MAX {
                    return Err(PlatformError::field(
                        "shifts",
                        "out_of_range",
                        format!("1 to {SHIFTS_MAX} shifts"),
                    ));
                }
                let first = wishes.iter().map(|wish| wish.starts_at).min().unwrap_or(now);
                Span::new(first, wishes.iter().map(|wish| wish.ends_at).max().unwrap_or(now))
            }
            Self::Copy(copy) => {
                if !(1..=DAYS_MAX).contains(&copy.days) {
                    return Err(PlatformError::field("days", "out_of_range", format!("1 to {DAYS_MAX}")));
                }
                let first = begin_of(copy.from.min(copy.to));
                Span::new(first, begin_of(day_after(copy.from.max(copy.to), copy.days)))
            }
            Self::TakeOff { .. } | Self::StandIn(_) | Self::Swap { .. } => return Ok(around(now, ahead)),
        };
        if span.end > ahead { Err(too_far()) } else { Ok(around(span.start.min(now), span.end)) }
    }
}

/// The roster with new shifts, or why one of them cannot be worked.
fn with_new(roster: &Roster<'_>, new: Vec<Shift>, now: Timestamp) -> Result<Vec<Shift>, PlatformError> {
    if new.is_empty() {
        return Err(PlatformError::field("shifts", "empty", "there is no shift to enter"));
    }
    let mut shifts = roster.shifts.to_vec();
    for shift in new {
        // The minute that runs may still be entered; the ledger counts whole ones.
        if shift.span.start < minute_of(now) {
            return Err(PlatformError::field(
                "starts_at",
                "begun",
                "what has begun is not entered afterwards",
            ));
        }
        if let Some(fault) = shift.fault(&roster.rules) {
            return Err(PlatformError::field("shifts", fault.as_str(), said(&shift, fault.name_en())));
        }
        let guard = roster.guards.iter().find(|guard| guard.id == shift.guard_id);
        let Some(guard) = guard else {
            return Err(PlatformError::field("shifts", "unknown", said(&shift, "not on the staff")));
        };
        if !guard.is_certified(&shift.span) {
            return Err(PlatformError::field(
                "shifts",
                "not_certified",
                said(&shift, "no certificate that is valid to the end of the shift"),
            ));
        }
        let clash = shifts
            .iter()
            .find(|other| other.guard_id == shift.guard_id && !other.span.overlap(&shift.span).is_empty());
        if let Some(other) = clash {
            let code = if other.room_id == shift.room_id { "doubled" } else { "two_rooms" };
            return Err(PlatformError::field("shifts", code, said(&shift, "on duty at that time already")));
        }
        shifts.push(shift);
    }
    Ok(shifts)
}

/// The roster without a shift that has not begun.
fn without(
    shifts: &[Shift],
    id: ShiftId,
    staff: StaffId,
    now: Timestamp,
) -> Result<Vec<Shift>, PlatformError> {
    let is_it = |shift: &Shift| shift.id == id && shift.guard_id == staff && shift.span.start >= now;
    if !shifts.iter().any(is_it) {
        let is_begun = shifts.iter().any(|shift| shift.id == id && shift.guard_id == staff);
        return Err(refused(if is_begun { StandInRefusal::Begun } else { StandInRefusal::NoShift }));
    }
    Ok(shifts.iter().filter(|shift| !is_it(shift)).copied().collect())
}

/// The shifts of a room on some days, moved to other days. One that is there already is not entered twice.
fn copied(
    shifts: &[Shift],
    room_id: DutyRoomId,
    copy: &CopyWish,
    new_id: impl Fn() -> ShiftId,
) -> Vec<Shift> {
    let window = Span::new(begin_of(copy.from), begin_of(day_after(copy.from, copy.days)));
    let moved = begin_of(copy.to).duration_since(begin_of(copy.from));
    let later = |at: Timestamp| at.saturating_add(moved).unwrap_or(at);
    let here = shifts.iter().filter(|shift| shift.room_id == room_id);
    let read = here.clone().filter(|shift| shift.span.start >= window.start && shift.span.start < window.end);
    read.map(|shift| Shift {
        id: new_id(),
        span: Span::new(later(shift.span.start), later(shift.span.end)),
        ..*shift
    })
    .filter(|new| !here.clone().any(|old| old.guard_id == new.guard_id && old.span == new.span))
    .collect()
}

/// What of a shift has not begun.
fn rest_of(shifts: &[Shift], wish: &StandInWish, now: Timestamp) -> Option<Span> {
    let shift = shifts
        .iter()
        .find(|shift| shift.id == wish.shift_id && shift.guard_id == wish.from && shift.span.end > now)?;
    let next = minute_of(now).saturating_add(SignedDuration::from_mins(1)).ok()?;
    Some(Span::new(shift.span.start.max(next), shift.span.end)).filter(|span| !span.is_empty())
}

/// The beginning of the minute that runs.
fn minute_of(now: Timestamp) -> Timestamp {
    let floored = now.as_microsecond().div_euclid(MINUTE_US) * MINUTE_US;
    Timestamp::from_microsecond(floored).unwrap_or(now)
}

fn refused(refusal: StandInRefusal) -> PlatformError {
    let code = match refusal {
        StandInRefusal::NoShift => return PlatformError::NotFound,
        StandInRefusal::Outside => "outside",
        StandInRefusal::Begun => "begun",
        StandInRefusal::SamePerson => "same_person",
        StandInRefusal::Unknown => "unknown",
        StandInRefusal::NotCertified => "not_certified",
        StandInRefusal::Occupied => "occupied",
        StandInRefusal::LittleRest(..) => "little_rest",
        StandInRefusal::LongWeek(..) => "long_week",
    };
    PlatformError::field("shifts", code, refusal.to_string())
}

fn said(shift: &Shift, what: &str) -> String {
    format!("{}: {what}", domain::beijing::say_moment(shift.span.start))
}

fn around(from: Timestamp, until: Timestamp) -> Span {
    Span::new(from.saturating_sub(AROUND).unwrap_or(from), until.saturating_add(AROUND).unwrap_or(until))
}

fn week_later(at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_hours(7 * 24)).unwrap_or(at)
}
