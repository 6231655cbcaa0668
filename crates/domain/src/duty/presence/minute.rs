//! One verdict a minute.

use super::{PictureState, Sample, Seen};
use crate::duty::minutes::DAY_MINUTES;

/// Minutes without any movement after which a person does not count. D03 rings after three minutes and somebody calls; the ledger waits for
/// ten, because at night people who are awake sit still for longer than one thinks: in the simulation of honest days three minutes would
/// take 6 % of all minutes from honest guards, five minutes 3 %, ten minutes less than 1 %.
pub const ASLEEP_MINUTES: u16 = 10;
/// Minutes without any movement after which the shape of a person counts as a dummy.
pub const DUMMY_MINUTES: u16 = 15;
/// Longest absence of one of several people that is no gap, minutes: §3.5 of the domain notes sets the alarm for a gap at five.
pub const BREAK_MINUTES_MAX: u16 = 5;
/// Most minutes a day that are pardoned so: a proposal, half an hour for each of three shifts.
pub const BREAKS_A_DAY_MINUTES_MAX: u16 = 90;
/// Seconds of a minute that decide it.
const HALF_S: u16 = 30;

/// What a minute showed, of its samples; `required` people have to be there. None without samples: nobody looked.
pub fn verdict(samples: &[Sample], required: u8) -> Option<Seen> {
    if samples.is_empty() {
        return None;
    }
    let seconds = |is: &dyn Fn(&Sample) -> bool| -> u16 {
        samples.iter().filter(|sample| is(sample)).map(|sample| u16::from(sample.seconds)).sum()
    };
    if seconds(&|sample| sample.picture == PictureState::Repeating) > 0 {
        return Some(Seen::Replay);
    }
    if seconds(&|sample| sample.picture == PictureState::Frozen) >= HALF_S {
        return Some(Seen::Dummy);
    }
    let live = |sample: &Sample| sample.picture == PictureState::Live;
    if seconds(&live) < HALF_S {
        return Some(Seen::Down);
    }
    // Half of what could be seen decides; people walk in and out of the picture.
    let half = seconds(&live).div_ceil(2);
    let mostly = |is: &dyn Fn(&Sample) -> bool| seconds(&|sample| live(sample) && is(sample)) >= half;
    let moving = |sample: &Sample, minutes: u16, people: u8| sample.moving_within(minutes * 60) >= people;
    Some(if !mostly(&|sample| sample.people > 0) {
        Seen::Empty
    } else if !mostly(&|sample| sample.people >= required) {
        if mostly(&|sample| moving(sample, DUMMY_MINUTES, 1)) { Seen::TooFew } else { Seen::Dummy }
    } else if !mostly(&|sample| moving(sample, DUMMY_MINUTES, required)) {
        Seen::Dummy
    } else if !mostly(&|sample| moving(sample, ASLEEP_MINUTES, required)) {
        Seen::Asleep
    } else {
        Seen::Staffed
    })
}

/// Pardons short absences in place: a row of [`Seen::TooFew`] of at most [`BREAK_MINUTES_MAX`] minutes between two staffed minutes becomes
/// staffed, up to [`BREAKS_A_DAY_MINUTES_MAX`] minutes a day, the earlier ones first. An empty room is never pardoned; nor is a row that
/// touches midnight, because the day alone has to say what it is worth. Returns the minutes pardoned.
pub fn pardon_breaks(seen: &mut [Option<Seen>; DAY_MINUTES as usize]) -> u16 {
    let (mut pardoned, mut minute) = (0, 0);
    while minute < seen.len() {
        let length = seen[minute..].iter().take_while(|one| **one == Some(Seen::TooFew)).count();
        let is_between = minute > 0
            && seen[minute - 1] == Some(Seen::Staffed)
            && seen.get(minute + length) == Some(&Some(Seen::Staffed));
        let is_short = (1..=usize::from(BREAK_MINUTES_MAX)).contains(&length);
        if is_between && is_short && pardoned + length as u16 <= BREAKS_A_DAY_MINUTES_MAX {
            seen[minute..minute + length].fill(Some(Seen::Staffed));
            pardoned += length as u16;
        }
        minute += length.max(1);
    }
    pardoned
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIVE: Sample = Sample { seconds: 30, people: 2, still_s: [0; 5], picture: PictureState::Live };

    fn of(samples: &[Sample]) -> Option<Seen> {
        verdict(samples, 2)
    }

    #[test]
    fn half_of_what_could_be_seen_decides_a_minute() {
        let down = Sample { picture: PictureState::Down, ..LIVE };
        let people = |people, seconds| Sample { seconds, people, ..LIVE };
        for (samples, expected) in [
            (vec![], None),
            (vec![LIVE, LIVE], Some(Seen::Staffed)),
            (vec![people(2, 30), people(1, 30)], Some(Seen::Staffed)),
            (vec![people(2, 29), people(1, 31)], Some(Seen::TooFew)),
            (vec![people(1, 30), people(0, 30)], Some(Seen::TooFew)),
            (vec![people(1, 29), people(0, 31)], Some(Seen::Empty)),
            (vec![people(9, 60)], Some(Seen::Staffed)),
            (vec![LIVE, down], Some(Seen::Staffed)),
            (vec![people(2, 29), Sample { seconds: 31, ..down }], Some(Seen::Down)),
            (vec![Sample { picture: PictureState::Frozen, ..LIVE }, LIVE], Some(Seen::Dummy)),
            (vec![Sample { picture: PictureState::Repeating, seconds: 1, ..LIVE }, LIVE], Some(Seen::Replay)),
        ] {
            assert_eq!(of(&samples), expected, "{samples:?}");
        }
    }

    #[test]
    fn who_does_not_move_sleeps_after_ten_minutes_and_is_a_dummy_after_fifteen() {
        let of = |people: u8, still_minutes: &[u16], required| {
            let mut sample = Sample::of_people(60, people);
            for (shape, minutes) in sample.still_s.iter_mut().zip(still_minutes) {
                *shape = minutes * 60;
            }
            verdict(&[sample], required)
        };
        for (people, still, required, expected) in [
            (2, &[9, 9][..], 2, Seen::Staffed),
            (2, &[10, 0], 2, Seen::Asleep),
            (2, &[0, 10], 2, Seen::Asleep),
            (2, &[14, 14], 2, Seen::Asleep),
            (2, &[0, 15], 2, Seen::Dummy),
            (3, &[0, 0, 15], 2, Seen::Staffed),
            // A dummy beside one guard where one is enough, and a dummy alone where two are required.
            (2, &[0, 600], 1, Seen::Staffed),
            (1, &[600], 2, Seen::Dummy),
            (1, &[14], 2, Seen::TooFew),
            // What is said of shapes that were not counted is not read.
            (1, &[0, 600], 1, Seen::Staffed),
            (200, &[0, 0, 0, 0, 0], 5, Seen::Staffed),
        ] {
            assert_eq!(of(people, still, required), Some(expected), "{people} {still:?} of {required}");
        }
    }

    #[test]
    fn a_short_absence_of_one_is_pardoned_and_an_empty_room_is_not() {
        let day = |rows: &[(usize, usize, Seen)]| {
            let mut seen = [Some(Seen::Staffed); DAY_MINUTES as usize];
            for (from, length, what) in rows {
                seen[*from..from + length].fill(Some(*what));
            }
            let pardoned = pardon_breaks(&mut seen);
            (pardoned, seen.iter().filter(|one| **one != Some(Seen::Staffed)).count())
        };
        assert_eq!(day(&[(100, 5, Seen::TooFew), (200, 1, Seen::TooFew)]), (6, 0));
        assert_eq!(day(&[(100, 6, Seen::TooFew)]), (0, 6));
        assert_eq!(day(&[(100, 2, Seen::Empty)]), (0, 2));
        assert_eq!(day(&[(100, 2, Seen::TooFew), (102, 1, Seen::Empty)]), (0, 3));
        assert_eq!(day(&[(0, 3, Seen::TooFew), (1437, 3, Seen::TooFew)]), (0, 6));
        let many: Vec<_> = (0..30).map(|n| (10 + n * 40, 5, Seen::TooFew)).collect();
        assert_eq!(day(&many), (90, 60));
    }
}
