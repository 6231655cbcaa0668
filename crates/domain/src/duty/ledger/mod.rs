//! The ledger of duty (值守台账): what each of the 1 440 minutes of a unit's day is worth, and why a minute that is not proved is not.
//!
//! A room's day is judged once ([`room`]); the days of all the units that the room serves follow from it and from their contracts
//! ([`unit_day`]). Both are functions of rows alone: the same rows give the same bytes, so a day can be recomputed and compared years later.
//! What people correct afterwards is put on top ([`correction`]) and never over.

pub mod correction;
pub mod encoding;
pub mod gather;
pub mod room;
pub mod state;

use jiff::civil::Date;

use super::minutes::{DAY_MINUTES, Minutes};
use crate::ids::{DutyRoomId, UnitId};

pub use correction::{Correction, CorrectionRefusal, correct};
pub use encoding::{DecodeError, Run, day_text, decode, encode, ledger_text, runs};
pub use gather::{RoomRows, active_minutes, gather, known_until};
pub use room::{Facts, MinuteFacts, RoomDay, SEAT_ALONE_MINUTES_MAX, judge_day, judge_minute};
pub use state::{MinuteState, STATES};

/// The day of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDay {
    /// Which unit.
    pub unit_id: UnitId,
    /// Which Beijing day.
    pub day: Date,
    /// What each minute is worth.
    pub states: [MinuteState; DAY_MINUTES as usize],
    /// Minutes of which somebody said that there was duty: a roster with enough people, or a signed handover. Kept beside what was seen, so
    /// that both are shown side by side.
    pub claimed: Minutes,
}

/// A stretch of the day in which a contract had a room do a unit's duty.
#[derive(Debug, Clone, Copy)]
pub struct Served<'a> {
    /// The minutes in which the contract was in force, accepted by both sides.
    pub minutes: Minutes,
    /// The room's day.
    pub room: &'a RoomDay,
}

/// Minutes in which the camera of a room that served showed it, of those required.
pub fn camera_minutes(required: &Minutes, served: &[Served<'_>]) -> u16 {
    let of = |one: &Served<'_>| one.room.camera.and(&one.minutes);
    let shown = served.iter().fold(Minutes::NONE, |all, one| all.or(&of(one)));
    shown.and(required).count()
}

/// What a day comes to, minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayTotals {
    /// In which there had to be duty.
    pub required: u16,
    /// Of these, proved.
    pub proven: u16,
    /// Of the proved ones, those that only the seat proves, because the camera was down.
    pub at_seat: u16,
    /// Of the required ones, exempted by plan.
    pub exempt: u16,
    /// Of the required ones, those of which somebody said that there was duty.
    pub claimed: u16,
    /// Of the claimed ones, those for which the opposite was seen: the matter of a false report (谎报值班).
    pub contradicted: u16,
}

/// The day of a unit from the rooms that served it. Where two serve at once, as in a take-over, the better of both counts: duty is done
/// when one does it. A required minute without a contract is worth nothing, whatever a room claims.
pub fn unit_day(unit_id: UnitId, day: Date, required: &Minutes, served: &[Served<'_>]) -> UnitDay {
    let mut states = [MinuteState::NotRequired; DAY_MINUTES as usize];
    for (minute, state) in states.iter_mut().enumerate() {
        if required.contains(minute as u16) {
            *state = MinuteState::NoContract;
        }
    }
    let mut claimed = Minutes::NONE;
    for one in served {
        for (minute, state) in states.iter_mut().enumerate() {
            if one.minutes.contains(minute as u16) {
                *state = (*state).min(one.room.states[minute]);
            }
        }
        claimed = claimed.or(&one.room.claimed.and(&one.minutes));
    }
    UnitDay { unit_id, day, states, claimed: claimed.and(required) }
}

impl UnitDay {
    /// What the day comes to.
    pub fn totals(&self) -> DayTotals {
        totals(&self.states, &self.claimed)
    }

    /// Minutes of each state, in the order of [`STATES`].
    pub fn by_state(&self) -> [u16; STATES] {
        let mut counts = [0; STATES];
        for state in &self.states {
            counts[*state as usize] += 1;
        }
        counts
    }
}

/// What states and claims come to.
pub fn totals(states: &[MinuteState], claimed: &Minutes) -> DayTotals {
    let mut totals = DayTotals::default();
    for (minute, state) in states.iter().enumerate() {
        let is_claimed = claimed.contains(minute as u16);
        totals.required += u16::from(state.is_required());
        totals.proven += u16::from(state.is_proven());
        totals.at_seat += u16::from(*state == MinuteState::ProvenAtSeat);
        totals.exempt += u16::from(*state == MinuteState::Exempt);
        totals.claimed += u16::from(is_claimed && state.is_required());
        totals.contradicted += u16::from(is_claimed && state.contradicts());
    }
    totals
}

/// The header of the chain: which room served which minutes, for the text that is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServedBy {
    /// The room.
    pub room_id: DutyRoomId,
    /// How many minutes of the day it served.
    pub minutes: u16,
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
