//! Handover (交接班): whoever leaves and whoever comes sign one sheet, or the room was not handed over.
//!
//! GB 25201—2010 asks for a record of the handover. It is done when both have signed, one from each shift; late after
//! [`LATE_AFTER`], which is alarm D08. Lateness is read from the times and is no state.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::alarm::AlarmCode;
use crate::ids::{DutyRoomId, StaffId};
use crate::words::words;

/// How long after the change of shifts both may sign; a proposal.
pub const LATE_AFTER: SignedDuration = SignedDuration::from_mins(15);
/// How long before it the sheet may be signed.
pub const EARLY_BEFORE: SignedDuration = SignedDuration::from_mins(30);

/// Where a handover stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverState {
    /// Nobody has signed.
    Open,
    /// Whoever leaves has signed.
    GivenOver,
    /// Whoever comes has signed.
    TakenOver,
    /// Both have.
    Done,
}

words! { HandoverState:
    Open = "open", "待交接", "Open";
    GivenOver = "given_over", "待接班签字", "Signed by who leaves";
    TakenOver = "taken_over", "待交班签字", "Signed by who comes";
    Done = "done", "交接完成", "Done";
}

/// Which of the two signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverSide {
    /// 交班
    Leaves,
    /// 接班
    Comes,
}

words! { HandoverSide:
    Leaves = "leaves", "交班", "Leaves";
    Comes = "comes", "接班", "Comes";
}

/// One signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub guard_id: StaffId,
    /// When the server received it.
    pub at: Timestamp,
}

/// A handover at a change of shifts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Where.
    pub room_id: DutyRoomId,
    /// When the shifts change.
    pub due_at: Timestamp,
    /// Guards of the shift that ends.
    pub leaving: Vec<StaffId>,
    /// Guards of the shift that begins.
    pub coming: Vec<StaffId>,
    /// Signature of the one who leaves.
    pub given: Option<Signature>,
    /// Signature of the one who comes.
    pub taken: Option<Signature>,
}

/// Why a signature is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HandoverRefusal {
    /// That side has signed.
    #[error("{} has signed already", .0.as_str())]
    SignedAlready(HandoverSide),
    /// Not of that shift.
    #[error("this guard is not of the shift that signs here")]
    NotOfShift,
    /// One person cannot hand over to himself.
    #[error("two different people sign")]
    SamePerson,
    /// From another room's seat.
    #[error("a handover is signed at the room's own seat")]
    OtherRoom,
    /// Long before the change of shifts.
    #[error("a handover is signed at most half an hour before the shifts change")]
    TooEarly,
}

/// The state after a side signed; none where it has signed already.
pub fn next_state(state: HandoverState, side: HandoverSide) -> Option<HandoverState> {
    use HandoverSide as Side;
    use HandoverState as S;
    Some(match (state, side) {
        (S::Open, Side::Leaves) => S::GivenOver,
        (S::Open, Side::Comes) => S::TakenOver,
        (S::GivenOver, Side::Comes) | (S::TakenOver, Side::Leaves) => S::Done,
        _ => return None,
    })
}

impl Handover {
    /// Where it stands.
    pub fn state(&self) -> HandoverState {
        match (self.given, self.taken) {
            (None, None) => HandoverState::Open,
            (Some(_), None) => HandoverState::GivenOver,
            (None, Some(_)) => HandoverState::TakenOver,
            (Some(_), Some(_)) => HandoverState::Done,
        }
    }

    /// When it was done: with the second signature.
    pub fn done_at(&self) -> Option<Timestamp> {
        Some(self.given?.at.max(self.taken?.at))
    }

    /// Signs for one side at a seat, or says why not.
    pub fn sign(
        &mut self,
        side: HandoverSide,
        seat_room_id: DutyRoomId,
        by: Signature,
    ) -> Result<(), HandoverRefusal> {
        if seat_room_id != self.room_id {
            return Err(HandoverRefusal::OtherRoom);
        }
        next_state(self.state(), side).ok_or(HandoverRefusal::SignedAlready(side))?;
        let (shift, other) = match side {
            HandoverSide::Leaves => (&self.leaving, self.taken),
            HandoverSide::Comes => (&self.coming, self.given),
        };
        if !shift.contains(&by.guard_id) {
            return Err(HandoverRefusal::NotOfShift);
        }
        if other.is_some_and(|other| other.guard_id == by.guard_id) {
            return Err(HandoverRefusal::SamePerson);
        }
        if by.at < self.due_at.saturating_sub(EARLY_BEFORE).unwrap_or(Timestamp::MIN) {
            return Err(HandoverRefusal::TooEarly);
        }
        match side {
            HandoverSide::Leaves => self.given = Some(by),
            HandoverSide::Comes => self.taken = Some(by),
        }
        Ok(())
    }

    /// The alarm at `now`: D08 where it was not done in time, also after it was done late.
    pub fn alarm(&self, now: Timestamp) -> Option<AlarmCode> {
        let late_from = self.due_at.saturating_add(LATE_AFTER).unwrap_or(Timestamp::MAX);
        (self.done_at().unwrap_or(now) > late_from).then_some(AlarmCode::D08)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use HandoverRefusal as R;
    use HandoverSide as Side;
    use HandoverState as S;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + minute * 60).unwrap()
    }

    fn guard(n: u128) -> StaffId {
        StaffId(uuid::Uuid::from_u128(n))
    }

    const ROOM: DutyRoomId = DutyRoomId(uuid::Uuid::from_u128(1));

    /// Guards 1 and 2 leave, 2 and 3 come: 2 stays for another shift.
    fn handover() -> Handover {
        Handover {
            room_id: ROOM,
            due_at: at(0),
            leaving: vec![guard(1), guard(2)],
            coming: vec![guard(2), guard(3)],
            given: None,
            taken: None,
        }
    }

    fn sign(handover: &mut Handover, side: Side, n: u128, minute: i64) -> Result<(), R> {
        handover.sign(side, ROOM, Signature { guard_id: guard(n), at: at(minute) })
    }

    #[test]
    fn every_pair_of_state_and_side() {
        for (state, leaves, comes) in [
            (S::Open, Some(S::GivenOver), Some(S::TakenOver)),
            (S::GivenOver, None, Some(S::Done)),
            (S::TakenOver, Some(S::Done), None),
            (S::Done, None, None),
        ] {
            assert_eq!((next_state(state, Side::Leaves), next_state(state, Side::Comes)), (leaves, comes));
        }
    }

    #[test]
    fn one_of_each_shift_signs_and_they_are_two_people() {
        let mut one = handover();
        assert_eq!(sign(&mut one, Side::Leaves, 3, 0), Err(R::NotOfShift));
        assert_eq!(sign(&mut one, Side::Leaves, 1, -31), Err(R::TooEarly));
        let elsewhere = Signature { guard_id: guard(1), at: at(0) };
        assert_eq!(
            one.sign(Side::Leaves, DutyRoomId(uuid::Uuid::from_u128(2)), elsewhere),
            Err(R::OtherRoom)
        );
        assert_eq!(sign(&mut one, Side::Leaves, 2, -30), Ok(()));
        assert_eq!((one.state(), one.done_at()), (S::GivenOver, None));
        assert_eq!(sign(&mut one, Side::Leaves, 1, 0), Err(R::SignedAlready(Side::Leaves)));
        assert_eq!(sign(&mut one, Side::Comes, 2, 0), Err(R::SamePerson));
        assert_eq!(sign(&mut one, Side::Comes, 3, 4), Ok(()));
        assert_eq!((one.state(), one.done_at()), (S::Done, Some(at(4))));
    }

    #[test]
    fn without_both_signatures_it_is_late_after_a_quarter_of_an_hour() {
        let mut one = handover();
        assert_eq!((one.alarm(at(15)), one.alarm(at(16))), (None, Some(AlarmCode::D08)));
        sign(&mut one, Side::Comes, 3, 2).unwrap();
        assert_eq!(one.alarm(at(16)), Some(AlarmCode::D08), "one signature is none");
        let mut late = one.clone();
        sign(&mut one, Side::Leaves, 1, 15).unwrap();
        assert_eq!(one.alarm(at(600)), None);
        sign(&mut late, Side::Leaves, 1, 40).unwrap();
        assert_eq!(late.alarm(at(600)), Some(AlarmCode::D08), "late stays late");
    }
}
