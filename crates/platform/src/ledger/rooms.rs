//! The days of rooms while they run: verdicts of the cameras written down, and each room's day judged from everything that is known of it.

use std::collections::HashMap;

use domain::beijing::{begin_of, day_after, day_of};
use domain::duty::ledger::{
    Facts, RoomDay, RoomRows, SEAT_ALONE_MINUTES_MAX, encode, gather, judge_day, known_until,
};
use domain::duty::minutes::{DAY_MINUTES, MINUTE_US};
use domain::duty::presence::{Seen, SeenDay, UNSEEN, pack, unpack};
use domain::duty::roll_call::RollCallState;
use domain::duty::roster::shift::SHIFT_MINUTES_MAX;
use domain::duty::roster::{Guard, Room, Roster, Shift};
use domain::duty::seat::SeatActKind;
use domain::ids::{DutyRoomId, StaffId};
use domain::recording::Span;
use domain::recording::day::day_span;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{DutyRoom, NewRoomDay, PresenceDay, RoomDayFilter};

use super::presence::{LATE, Verdict, WatchedRoom};
use super::thresholds;
use crate::{Platform, PlatformError};

/// A room with the people it needs.
pub(super) struct KnownRoom {
    pub(super) room: DutyRoom,
    pub(super) people: u8,
}

/// Who is on the roster of which room around a stretch.
pub(super) struct Rosters {
    by_guard: HashMap<StaffId, Vec<Shift>>,
    by_room: HashMap<DutyRoomId, Vec<StaffId>>,
    guards: HashMap<StaffId, Guard>,
}

impl Platform {
    /// Writes down what cameras showed, and judges the days of rooms that run.
    pub async fn keep_rooms(&self, now: Timestamp) -> Result<(), PlatformError> {
        let rooms = self.known_rooms().await?;
        let watched: Vec<WatchedRoom> = rooms
            .iter()
            .map(|one| WatchedRoom { id: one.room.id, people: one.people, cameras: one.room.cameras.clone() })
            .collect();
        self.inner.presence.set_rooms(&watched, thresholds(&self.inner.settings.watch.duty_rooms));
        self.write_verdicts(now).await?;
        for day in self.open_days(now).await? {
            self.judge_rooms(day, &rooms, now).await?;
        }
        Ok(())
    }

    /// The days that run or wait to be closed, of which a person may ask: yesterday until it is closed, and today.
    pub(super) async fn open_days(&self, now: Timestamp) -> Result<Vec<Date>, PlatformError> {
        let today = day_of(now);
        let closed = self.inner.store.ledger_days(1).await?.first().map(|one| one.day);
        let yesterday = day_after(today, -1);
        let waits = closed.is_none_or(|closed| closed < yesterday);
        Ok(if waits { vec![yesterday, today] } else { vec![today] })
    }

    pub(super) async fn known_rooms(&self) -> Result<Vec<KnownRoom>, PlatformError> {
        let rooms = self.inner.store.open_duty_rooms().await?;
        let ids: Vec<DutyRoomId> = rooms.iter().map(|room| room.id).collect();
        let required = self.inner.store.required_people(&ids).await?;
        Ok(rooms
            .into_iter()
            .zip(required)
            .map(|(room, count)| KnownRoom { room, people: count.people })
            .collect())
    }

    /// Writes the minutes that are over. Those that cannot be written are kept for the next round.
    pub(super) async fn write_verdicts(&self, now: Timestamp) -> Result<(), PlatformError> {
        let verdicts = self.inner.presence.verdicts(now);
        let mut days: Vec<Date> = verdicts.iter().map(|one| day_of(one.minute)).collect();
        days.sort_unstable();
        days.dedup();
        for day in days {
            let of_day: Vec<Verdict> =
                verdicts.iter().filter(|one| day_of(one.minute) == day).copied().collect();
            if let Err(error) = self.write_day(day, &of_day, now).await {
                self.inner.presence.put_back(&of_day);
                return Err(error);
            }
        }
        Ok(())
    }

    async fn write_day(&self, day: Date, verdicts: &[Verdict], now: Timestamp) -> Result<(), PlatformError> {
        let mut kept = self.seen_on(day).await?;
        let mut changed: HashMap<DutyRoomId, SeenDay> = HashMap::new();
        for one in verdicts {
            let seen =
                changed.entry(one.room_id).or_insert_with(|| kept.remove(&one.room_id).unwrap_or(UNSEEN));
            seen[minute_of(day, one.minute)] = Some(one.seen);
        }
        let days: Vec<PresenceDay> = changed
            .iter()
            .map(|(room_id, seen)| PresenceDay { room_id: *room_id, seen: pack(seen) })
            .collect();
        Ok(self.inner.store.put_presence_days(day, &days, now).await?)
    }

    /// What the cameras of rooms showed on a day.
    pub(crate) async fn seen_on(&self, day: Date) -> Result<HashMap<DutyRoomId, SeenDay>, PlatformError> {
        let read = |one: PresenceDay| {
            let seen = unpack(&one.seen).map_err(|error| {
                PlatformError::Internal(format!("presence of {} on {day}: {error}", one.room_id))
            })?;
            Ok((one.room_id, seen))
        };
        self.inner.store.presence_days(day).await?.into_iter().map(read).collect()
    }

    /// Who is on which roster in a stretch.
    pub(super) async fn rosters(&self, rooms: &[KnownRoom], span: Span) -> Result<Rosters, PlatformError> {
        let ids: Vec<DutyRoomId> = rooms.iter().map(|one| one.room.id).collect();
        let level = self.inner.settings.organisations.certificate_level;
        let guards = self.inner.store.roster_guards(&ids).await?;
        let guards = guards.iter().map(|one| (one.id, one.guard(level))).collect();
        let (mut by_guard, mut by_room) =
            (HashMap::<_, Vec<Shift>>::new(), HashMap::<_, Vec<StaffId>>::new());
        for shift in self.inner.store.shifts(&ids, span).await? {
            by_guard.entry(shift.guard_id).or_default().push(shift);
            let of_room = by_room.entry(shift.room_id).or_default();
            if !of_room.contains(&shift.guard_id) {
                of_room.push(shift.guard_id);
            }
        }
        Ok(Rosters { by_guard, by_room, guards })
    }

    /// Judges the day of every room and keeps it, unless it is closed.
    pub(super) async fn judge_rooms(
        &self,
        day: Date,
        rooms: &[KnownRoom],
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let span = day_span(day);
        let ids: Vec<DutyRoomId> = rooms.iter().map(|one| one.room.id).collect();
        let seen = self.seen_on(day).await?;
        let rosters = self.rosters(rooms, span).await?;
        let before = self.unseen_before(day).await?;
        let shift = SignedDuration::from_mins(i64::from(SHIFT_MINUTES_MAX));
        let earlier = Span::new(span.start.saturating_sub(shift).unwrap_or(span.start), span.end);
        let mut handed: HashMap<DutyRoomId, Vec<Span>> = HashMap::new();
        for (room, due) in store.taken_handovers(earlier).await? {
            let relieved = Span::new(due, due.saturating_add(shift).unwrap_or(due));
            handed.entry(room).or_default().push(relieved);
        }
        let day_before = Span::new(begin_of(day_after(day, -1)), span.end);
        let calls = self.calls_of(&ids, day_before).await?;
        let mut days = Vec::with_capacity(rooms.len());
        for one in rooms {
            let id = one.room.id;
            let (shifts, guards) = rosters.of(id);
            let seen = seen.get(&id).unwrap_or(&UNSEEN);
            let of_room = calls.calls.get(&id).map_or(&[][..], Vec::as_slice);
            let has_failed =
                of_room.iter().any(|call| matches!(call.state, RollCallState::Absent | RollCallState::Late));
            let acts = if has_failed { self.signs(id, day_before).await? } else { Vec::new() };
            let unseen_before = before.get(&id).copied().unwrap_or_default();
            let known = known_until(day, now, LATE.as_secs());
            let activity = match seat_span(day, seen, unseen_before, known, one.room.quiet_s) {
                Some(span) => store.seat_activity(id, span).await?,
                None => Vec::new(),
            };
            let rows = RoomRows {
                room: Room { id, people: one.people },
                quiet_s: one.room.quiet_s,
                roster: Roster { shifts: &shifts, guards: &guards, rules: self.inner.settings.duty.rest },
                seen,
                activity: &activity,
                acts: &acts,
                calls: of_room,
                exemptions: calls.exemptions.get(&id).map_or(&[][..], Vec::as_slice),
                handed: handed.get(&id).map_or(&[][..], Vec::as_slice),
                unseen_before,
            };
            days.push(kept(one, &gather(&rows, day, now), known));
        }
        Ok(store.put_room_days(day, &days, now).await?)
    }

    /// Signed acts at a room's seat; who signs off shows that they go.
    async fn signs(&self, room: DutyRoomId, span: Span) -> Result<Vec<Timestamp>, PlatformError> {
        let acts = self.inner.store.seat_acts(room, span).await?;
        Ok(acts.iter().filter(|act| act.kind != SeatActKind::SignOff).map(|act| act.at).collect())
    }

    async fn unseen_before(&self, day: Date) -> Result<HashMap<DutyRoomId, u16>, PlatformError> {
        let before = day_after(day, -1);
        let filter = RoomDayFilter { from: before, to: before, organisation_id: None, room_id: None };
        let rows = self.inner.store.room_days(&domain::access::Access::PLATFORM, &filter).await?;
        Ok(rows.into_iter().map(|row| (row.kept.room_id, row.kept.unseen_after)).collect())
    }
}

impl Rosters {
    /// The shifts of everybody who has one in a room, elsewhere too, and these people.
    pub(super) fn of(&self, room: DutyRoomId) -> (Vec<Shift>, Vec<Guard>) {
        let staff = self.by_room.get(&room).map_or(&[][..], Vec::as_slice);
        let shifts = staff.iter().filter_map(|id| self.by_guard.get(id)).flatten().copied().collect();
        (shifts, staff.iter().filter_map(|id| self.guards.get(id)).copied().collect())
    }
}

fn kept(one: &KnownRoom, facts: &Facts, known: u16) -> NewRoomDay {
    let whole = judge_day(facts);
    let RoomDay { states, claimed, camera, unseen_after } = whole.cut(known);
    NewRoomDay {
        room_id: one.room.id,
        people: one.people,
        minutes: encode(&states, &claimed),
        camera: camera.count(),
        unseen_after,
    }
}

/// The stretch in which activity at the seat may stand in for the camera: the first minutes of each row that the camera does not show. None
/// where there are no such minutes, and then nothing of the seat is read.
fn seat_span(day: Date, seen: &SeenDay, unseen_before: u16, known: u16, quiet_s: u32) -> Option<Span> {
    let (mut unseen, mut first, mut last) = (unseen_before, None, 0);
    for (minute, one) in seen.iter().enumerate().take(usize::from(known)) {
        unseen = if matches!(one, None | Some(Seen::Down)) { unseen.saturating_add(1) } else { 0 };
        if (1..=SEAT_ALONE_MINUTES_MAX).contains(&unseen) {
            first.get_or_insert(minute);
            last = minute + 1;
        }
    }
    let at = |minute: usize| begin_of(day) + SignedDuration::from_mins(minute as i64);
    let quiet = SignedDuration::from_secs(i64::from(quiet_s));
    Some(Span::new(at(first?).saturating_sub(quiet).unwrap_or(Timestamp::MIN), at(last)))
}

fn minute_of(day: Date, at: Timestamp) -> usize {
    let minute = (at.as_microsecond() - begin_of(day).as_microsecond()).div_euclid(MINUTE_US);
    minute.clamp(0, i64::from(DAY_MINUTES) - 1) as usize
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_seat_is_read_only_where_it_may_stand_in_for_the_camera() {
        let day = date(2026, 12, 1);
        let of = |unseen: &[(usize, usize)], before, known| {
            let mut seen = [Some(Seen::Staffed); DAY_MINUTES as usize];
            for (from, until) in unseen {
                seen[*from..*until].fill(None);
            }
            seat_span(day, &seen, before, known, 180).map(|span| {
                let minute = |at: Timestamp| at.duration_since(begin_of(day)).as_secs() / 60;
                (minute(span.start), minute(span.end))
            })
        };
        for (unseen, before, known, expected) in [
            (&[][..], 0, 1440, None),
            (&[(10, 20)], 0, 1440, Some((7, 20))),
            (&[(10, 200)], 0, 1440, Some((7, 70))),
            (&[(0, 200)], 55, 1440, Some((-3, 5))),
            (&[(0, 200)], 60, 1440, None),
            (&[(10, 20), (30, 31)], 0, 1440, Some((7, 31))),
            (&[(10, 1440)], 0, 15, Some((7, 15))),
        ] {
            assert_eq!(of(unseen, before, known), expected, "{unseen:?}");
        }
    }
}
