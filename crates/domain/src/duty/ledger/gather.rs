//! The facts of a room's day, gathered from the rows that say them: roster, verdicts of the camera, activity and acts at the seat, roll-calls.
//!
//! Rows may reach beyond the day on both sides; only what belongs to the day counts. What is not over yet is left out by [`known_until`] and
//! [`RoomDay::cut`], so that a day that still runs is worth what is known of it and no more.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::room::{Facts, RoomDay};
use super::state::MinuteState;
use crate::beijing::begin_of;
use crate::duty::minutes::{DAY_MINUTES, MINUTE_US, Minutes};
use crate::duty::presence::{SeenDay, pardon_breaks};
use crate::duty::roll_call::unproved::unproved;
use crate::duty::roll_call::{Exemption, RollCall};
use crate::duty::roster::{Room, Roster, rostered_minutes};
use crate::ids::StaffId;
use crate::recording::Span;

/// Everything that is known of one room around one day.
#[derive(Debug, Clone, Copy)]
pub struct RoomRows<'a> {
    /// The room and how many people have to be there.
    pub room: Room,
    /// The quiet time of its seat, seconds: who did something so long ago is still active.
    pub quiet_s: u32,
    /// The shifts of everybody who has one here, elsewhere too, and these people.
    pub roster: Roster<'a>,
    /// What the camera showed.
    pub seen: &'a SeenDay,
    /// Minutes in which somebody did something at the seat.
    pub activity: &'a [(Timestamp, StaffId)],
    /// Signed acts at the seat.
    pub acts: &'a [Timestamp],
    /// Roll-calls, those of the day before too: one that failed spoils what follows.
    pub calls: &'a [RollCall],
    /// Exemptions of the room.
    pub exemptions: &'a [Exemption],
    /// From when until when somebody signed to have taken the duty over.
    pub handed: &'a [Span],
    /// Minutes in a row without the camera at the end of the day before.
    pub unseen_before: u16,
}

/// The facts of a day as far as they are known at `now`.
pub fn gather(rows: &RoomRows<'_>, day: Date, now: Timestamp) -> Facts {
    let mut seen = *rows.seen;
    pardon_breaks(&mut seen);
    let rostered = rostered_minutes(&rows.roster, &rows.room, day);
    let exempt: Vec<Span> =
        rows.exemptions.iter().filter(|one| one.is_planned()).map(|one| one.span).collect();
    Facts {
        rostered,
        seen,
        active: active_minutes(rows.activity, rows.room.people, rows.quiet_s, day),
        broken: Minutes::touched(day, &unproved(rows.calls, rows.acts, now)),
        exempt: Minutes::within(day, &exempt),
        claimed: rostered.or(&Minutes::within(day, rows.handed)),
        unseen_before: rows.unseen_before,
    }
}

/// The minutes in which at least `people` different persons had done something within the quiet time.
pub fn active_minutes(activity: &[(Timestamp, StaffId)], people: u8, quiet_s: u32, day: Date) -> Minutes {
    let begin_us = begin_of(day).as_microsecond();
    let quiet = u16::try_from(quiet_s / 60).unwrap_or(DAY_MINUTES).max(1);
    let mut persons: Vec<(StaffId, Minutes)> = Vec::new();
    for (at, id) in activity {
        let minute = (at.as_microsecond() - begin_us).div_euclid(MINUTE_US);
        let end = minute + i64::from(quiet);
        if end <= 0 || minute >= i64::from(DAY_MINUTES) {
            continue;
        }
        let place = persons.iter().position(|(known, _)| known == id).unwrap_or_else(|| {
            persons.push((*id, Minutes::NONE));
            persons.len() - 1
        });
        persons[place].1.insert(minute.max(0) as u16, end.min(i64::from(DAY_MINUTES)) as u16);
    }
    let mut active = Minutes::NONE;
    for minute in 0..DAY_MINUTES {
        if persons.iter().filter(|(_, minutes)| minutes.contains(minute)).count() >= usize::from(people) {
            active.insert(minute, minute + 1);
        }
    }
    active
}

/// How many minutes of a day are over at `now`, of which `late_s` seconds are waited for what comes late.
pub fn known_until(day: Date, now: Timestamp, late_s: i64) -> u16 {
    let known = now.saturating_sub(SignedDuration::from_secs(late_s)).unwrap_or(now);
    let minutes = (known.as_microsecond() - begin_of(day).as_microsecond()).div_euclid(MINUTE_US);
    minutes.clamp(0, i64::from(DAY_MINUTES)) as u16
}

impl RoomDay {
    /// The day up to a minute; of the others nothing is said yet.
    #[must_use]
    pub fn cut(&self, until: u16) -> Self {
        let mut states = self.states;
        states[usize::from(until.min(DAY_MINUTES))..].fill(MinuteState::NotRequired);
        let mut known = Minutes::NONE;
        known.insert(0, until);
        Self { states, claimed: self.claimed.and(&known), camera: self.camera.and(&known), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::duty::ledger::room::judge_day;
    use crate::duty::presence::{Seen, UNSEEN};
    use crate::duty::roll_call::RollCallState;
    use crate::duty::roster::{Guard, RestRules, Shift};
    use crate::ids::{DutyRoomId, ShiftId};
    use MinuteState as M;

    const DAY: Date = date(2026, 12, 1);
    const ROOM: DutyRoomId = DutyRoomId(Uuid::from_u128(9));

    fn at(minute: i64) -> Timestamp {
        begin_of(DAY) + SignedDuration::from_mins(minute)
    }

    fn guard(n: u128) -> StaffId {
        StaffId(Uuid::from_u128(n))
    }

    #[test]
    fn as_many_different_people_as_required_are_active_for_their_quiet_time() {
        let of = |activity: &[(i64, u128)], people| {
            let rows: Vec<_> = activity.iter().map(|(minute, n)| (at(*minute), guard(*n))).collect();
            let found = active_minutes(&rows, people, 180, DAY);
            (0..DAY_MINUTES).filter(|minute| found.contains(*minute)).collect::<Vec<_>>()
        };
        for (activity, people, expected) in [
            (vec![], 1, vec![]),
            (vec![(10, 1)], 1, vec![10, 11, 12]),
            (vec![(10, 1), (11, 1)], 2, vec![]),
            (vec![(10, 1), (12, 2)], 2, vec![12]),
            // From the evening before, and beyond midnight.
            (vec![(-2, 1), (1439, 1), (1440, 1)], 1, vec![0, 1439]),
        ] {
            assert_eq!(of(&activity, people), expected, "{activity:?}");
        }
    }

    #[test]
    fn the_rows_of_a_day_become_its_minutes() {
        let shift = |n: u128, from: i64, until: i64| Shift {
            id: ShiftId(Uuid::from_u128(n)),
            room_id: ROOM,
            guard_id: guard(n),
            span: Span::new(at(from), at(until)),
        };
        let shifts = [shift(1, -120, 360), shift(2, 0, 480)];
        let guards = [1, 2].map(|n| Guard { id: guard(n), certified_until: Some(DAY) });
        let mut seen = UNSEEN;
        seen[0..200].fill(Some(Seen::Staffed));
        seen[50..53].fill(Some(Seen::TooFew));
        seen[100..120].fill(Some(Seen::Down));
        let asked = RollCall::ask(ROOM, at(150), 3, &[]);
        let late = RollCall { state: RollCallState::Late, answered_after_ms: Some(300_000), ..asked };
        let activity: Vec<_> =
            (100..110).flat_map(|minute| [(at(minute), guard(1)), (at(minute), guard(2))]).collect();
        let rows = RoomRows {
            room: Room { id: ROOM, people: 2 },
            quiet_s: 60,
            roster: Roster { shifts: &shifts, guards: &guards, rules: RestRules::default() },
            seen: &seen,
            activity: &activity,
            acts: &[],
            calls: &[late],
            exemptions: &[],
            handed: &[Span::new(at(400), at(420))],
            unseen_before: 0,
        };
        let day = judge_day(&gather(&rows, DAY, at(1440))).cut(known_until(DAY, at(250), 60));
        let count = |state| day.states.iter().filter(|one| **one == state).count();
        assert_eq!(count(M::Proven), 200 - 20 - 5, "the short break is pardoned");
        assert_eq!(count(M::ProvenAtSeat), 10);
        assert_eq!(count(M::CameraDown), 10);
        assert_eq!(count(M::RollCallFailed), 5);
        assert_eq!(count(M::Unwatched), 249 - 200);
        assert_eq!(count(M::NotRequired), 1440 - 249);
        assert_eq!((day.claimed.count(), day.camera.count()), (249, 180));
        let whole = judge_day(&gather(&rows, DAY, at(1440)));
        assert_eq!(whole.states.iter().filter(|one| **one == M::NoRoster).count(), 1440 - 360);
        assert_eq!(whole.claimed.count(), 360 + 20, "who signed for the duty claims it");
    }

    #[test]
    fn a_minute_is_known_when_it_is_over_and_what_comes_late_has_come() {
        for (now, expected) in [(-10, 0), (0, 0), (1, 0), (2, 1), (100, 99), (1441, 1440), (9999, 1440)] {
            assert_eq!(known_until(DAY, at(now), 60), expected, "{now}");
        }
    }
}
