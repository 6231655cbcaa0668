//! One person in two places, and one person for too many units.

use jiff::Timestamp;

use super::{Evidence, Suspicion, Trick, beyond, found};
use crate::ids::{DutyRoomId, StaffId};
use crate::recording::Span;

/// Units that one person on duty can watch over; a proposal. One alarm in ten minutes is what an operator can work in the long run (EEMUA 191), 144 a
/// day; a unit raises about half an alarm a day; that is 288 units.
pub const UNITS_PER_PERSON_MAX: u64 = 288;

/// Somebody proved to be in a room: answered there, signed there, or logged in at its seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Who.
    pub guard_id: StaffId,
    /// When.
    pub at: Timestamp,
    /// Where.
    pub room_id: DutyRoomId,
}

/// Sightings of one person in two rooms with less time between than the way takes, one suspicion for each pair that follows each other.
/// `way_minutes` gives the shortest way between two rooms; zero where they are next door, or where it is not known: nobody is accused
/// because the map has a hole.
pub fn two_places(
    sightings: &[Sighting],
    way_minutes: impl Fn(DutyRoomId, DutyRoomId) -> u32,
) -> Vec<Suspicion> {
    let mut sorted = sightings.to_vec();
    sorted.sort_unstable();
    let pairs = sorted
        .windows(2)
        .filter(|pair| pair[0].guard_id == pair[1].guard_id && pair[0].room_id != pair[1].room_id);
    let suspicion = |pair: &[Sighting]| {
        let way = way_minutes(pair[0].room_id, pair[1].room_id);
        let apart_s = pair[1].at.duration_since(pair[0].at).as_secs();
        // A begun minute counts as a whole one for the person.
        let apart = (apart_s as u64).div_ceil(60);
        (apart < u64::from(way)).then(|| Suspicion {
            trick: Trick::TwoPlaces,
            span: Span::new(pair[0].at, pair[1].at),
            numbers: vec![
                beyond(Evidence::ApartMinutes, apart, u64::from(way)),
                found(Evidence::WayMinutes, u64::from(way)),
            ],
        })
    };
    pairs.filter_map(suspicion).collect()
}

/// More units than the people on duty can watch over. With nobody on duty every unit is too many, but that is a gap and not a trick.
pub fn too_many_units(span: Span, units: u64, people: u64) -> Option<Suspicion> {
    let limit = people * UNITS_PER_PERSON_MAX;
    (people > 0 && units > limit).then(|| Suspicion {
        trick: Trick::TooManyUnits,
        span,
        numbers: vec![beyond(Evidence::Units, units, limit), found(Evidence::People, people)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + minute * 60).unwrap()
    }

    fn sighting(guard: u128, minute: i64, room: u128) -> Sighting {
        Sighting {
            guard_id: StaffId(uuid::Uuid::from_u128(guard)),
            at: at(minute),
            room_id: DutyRoomId(uuid::Uuid::from_u128(room)),
        }
    }

    /// Rooms 1 and 2 are half an hour apart, 1 and 3 are next door, of others nothing is known.
    fn way(a: DutyRoomId, b: DutyRoomId) -> u32 {
        match a.0.as_u128().min(b.0.as_u128()) * 10 + a.0.as_u128().max(b.0.as_u128()) {
            12 => 30,
            _ => 0,
        }
    }

    #[test]
    fn nobody_is_in_two_rooms_within_the_time_of_the_way() {
        for (list, count) in [
            (vec![sighting(1, 0, 1), sighting(1, 29, 2)], 1),
            (vec![sighting(1, 29, 2), sighting(1, 0, 1)], 1),
            (vec![sighting(1, 0, 1), sighting(1, 30, 2)], 0),
            (vec![sighting(1, 0, 1), sighting(2, 5, 2)], 0),
            (vec![sighting(1, 0, 1), sighting(1, 0, 3)], 0),
            (vec![sighting(1, 0, 1), sighting(1, 0, 9)], 0),
            (vec![sighting(1, 0, 1), sighting(1, 10, 2), sighting(1, 20, 1), sighting(1, 25, 1)], 2),
        ] {
            let suspicions = two_places(&list, way);
            assert_eq!(suspicions.len(), count, "{list:?}");
            assert!(suspicions.iter().all(|one| one.trick.alarm() == Some(crate::alarm::AlarmCode::D09)));
        }
    }

    #[test]
    fn a_person_can_watch_over_so_many_units() {
        let span = Span::new(at(0), at(480));
        for (units, people, suspected) in [(576, 2, false), (577, 2, true), (0, 0, false), (9, 0, false)] {
            assert_eq!(
                too_many_units(span, units, people).is_some(),
                suspected,
                "{units} units, {people} people"
            );
        }
    }
}
