//! Rosters that are right, wrong and impossible; stand-ins and swaps; and rosters that nobody thought of.

use jiff::SignedDuration;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::beijing::begin_of;
use crate::ids::ShiftId;

const DAY: Date = date(2026, 12, 1);

fn at(minute: i64) -> Timestamp {
    begin_of(DAY) + SignedDuration::from_mins(minute)
}

fn span(from_hour: i64, until_hour: i64) -> Span {
    Span::new(at(from_hour * 60), at(until_hour * 60))
}

fn room(n: u128) -> DutyRoomId {
    DutyRoomId(uuid::Uuid::from_u128(n))
}

fn guard_id(n: u128) -> StaffId {
    StaffId(uuid::Uuid::from_u128(n))
}

fn guards(count: u128) -> Vec<Guard> {
    (1..=count).map(|n| Guard { id: guard_id(n), certified_until: Some(date(2027, 1, 31)) }).collect()
}

/// (guard, room, from hour, until hour); the shift's number is its place in the list.
fn shifts(list: &[(u128, u128, i64, i64)]) -> Vec<Shift> {
    let shift = |(n, (guard, room_n, from, until)): (usize, &(u128, u128, i64, i64))| Shift {
        id: ShiftId(uuid::Uuid::from_u128(n as u128)),
        room_id: room(*room_n),
        guard_id: guard_id(*guard),
        span: Span { start: at(from * 60), end: at(until * 60) },
    };
    list.iter().enumerate().map(shift).collect()
}

fn roster<'a>(shifts: &'a [Shift], guards: &'a [Guard]) -> Roster<'a> {
    Roster { shifts, guards, rules: RestRules::default() }
}

const TWO: Room = Room { id: DutyRoomId(uuid::Uuid::from_u128(1)), people: 2 };

/// Three shifts a day with two guards each for eight days; each of eight guards works every fourth shift.
fn whole_week() -> Vec<(u128, u128, i64, i64)> {
    let shift = |n: i64| {
        let pair = (n % 4) as u128 * 2;
        [1, 2].map(|one| (pair + one, 1, n * 8, n * 8 + 8))
    };
    (0..24).flat_map(shift).collect()
}

fn kinds(list: &[(u128, u128, i64, i64)], window: Span) -> Vec<(&'static str, u32, u32)> {
    let (shifts, guards) = (shifts(list), guards(9));
    let problems = check(&roster(&shifts, &guards), &[TWO], window);
    problems.iter().map(|problem| (problem.kind.as_str(), problem.found, problem.limit)).collect()
}

#[test]
fn eight_guards_fill_a_room_of_two_round_the_clock() {
    let (shifts, mut guards) = (shifts(&whole_week()), guards(8));
    let relaxed = RestRules { week_minutes_max: 3000, ..RestRules::default() };
    let check_all = |guards: &[Guard]| {
        check(&Roster { shifts: &shifts, guards, rules: relaxed }, &[TWO], week_from(at(0)))
    };
    // Every fourth shift is eight hours of work and 24 of rest; six of them in seven days are 48 hours, and a shift's end more.
    assert_eq!(check_all(&guards), []);
    assert!(is_complete(&Roster { shifts: &shifts, guards: &guards, rules: relaxed }, &TWO, at(60)));
    assert!(!is_complete(
        &Roster { shifts: &shifts, guards: &guards, rules: relaxed },
        &TWO,
        at(24 * 60 + 1)
    ));
    // Too little rest is shown, and is no hole.
    let tired =
        Roster { shifts: &shifts, guards: &guards, rules: RestRules { rest_minutes_min: 1441, ..relaxed } };
    assert!(check(&tired, &[TWO], week_from(at(0))).iter().all(|one| one.kind == ProblemKind::LittleRest));
    assert!(!check(&tired, &[TWO], week_from(at(0))).is_empty() && is_complete(&tired, &TWO, at(0)));
    guards[0].certified_until = Some(date(2026, 12, 4));
    let problems = check_all(&guards);
    assert!(
        problems.iter().any(|one| one.kind == ProblemKind::NotCertified && one.guard_id == Some(guard_id(1)))
    );
    assert!(problems.iter().any(|one| one.kind == ProblemKind::TooFew && (one.found, one.limit) == (1, 2)));
}

#[test]
fn each_problem_is_found_with_the_numbers_that_make_it_one() {
    let pair = |from, until| [(1, 1, from, until), (2, 1, from, until)];
    let eight = pair(0, 8);
    for (list, window, expected) in [
        (eight.to_vec(), span(0, 8), vec![]),
        (vec![], span(0, 8), vec![("nobody", 0, 2)]),
        (vec![(1, 1, 0, 8)], span(0, 8), vec![("too_few", 1, 2)]),
        (vec![(1, 1, 0, 8), (2, 1, 0, 4)], span(0, 8), vec![("too_few", 1, 2)]),
        // A shift that is too long cannot be worked and counts for nothing.
        (
            pair(0, 9).to_vec(),
            span(0, 9),
            vec![("nobody", 0, 2), ("too_long", 540, 480), ("too_long", 540, 480)],
        ),
        (vec![(1, 1, 0, 8), (1, 1, 0, 8)], span(0, 8), vec![("too_few", 1, 2), ("doubled", 2, 1)]),
        // In two rooms at once: counts in neither.
        (
            [&eight[..], &[(2, 7, 4, 8)]].concat(),
            span(0, 8),
            vec![("too_few", 1, 2), ("two_rooms", 2, 1), ("two_rooms", 2, 1)],
        ),
        (vec![(1, 1, 0, 8), (99, 1, 0, 8)], span(0, 8), vec![("too_few", 1, 2), ("unknown", 0, 1)]),
        // Back to back is sixteen hours without rest.
        ([eight, pair(8, 16)].concat(), span(0, 16), vec![("little_rest", 0, 660), ("little_rest", 0, 660)]),
        (
            [eight, pair(18, 26)].concat(),
            span(18, 26),
            vec![("little_rest", 600, 660), ("little_rest", 600, 660)],
        ),
        ([eight, pair(19, 27)].concat(), span(19, 27), vec![]),
    ] {
        assert_eq!(kinds(&list, window), expected, "{list:?}");
    }
}

#[test]
fn shifts_that_are_none_are_named() {
    let (guards, mut list) = (guards(2), shifts(&[(1, 1, 8, 0), (2, 1, 0, 8)]));
    list[1].span.end += SignedDuration::from_secs(30);
    let problems = check(&roster(&list, &guards), &[TWO], span(0, 24));
    let found: Vec<_> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(found, [ProblemKind::PartOfMinute, ProblemKind::Nobody, ProblemKind::Reversed]);
}

#[test]
fn seven_days_have_forty_eight_hours_of_work_and_a_day_of_rest() {
    let days = |count: i64, hours: i64| -> Vec<_> {
        (0..count).map(|day| (1, 7, day * 24, day * 24 + hours)).collect()
    };
    let of = |list: &[(u128, u128, i64, i64)]| {
        let mut found = kinds(list, span(0, 240));
        found.retain(|(kind, _, _)| *kind != "nobody");
        found
    };
    assert_eq!(of(&days(6, 8)), [], "six days of eight hours");
    assert_eq!(of(&days(7, 8)), [("long_week", 3360, 2880), ("no_rest_day", 960, 1440)]);
    assert_eq!(of(&days(7, 6)), [("no_rest_day", 1080, 1440)]);
}

#[test]
fn the_certificate_ends_with_its_last_day() {
    let guard = |day| Guard { id: guard_id(1), certified_until: day };
    let night = span(20, 28);
    assert!(guard(Some(date(2026, 12, 2))).is_certified(&night));
    assert_eq!(guard(Some(DAY)).certified_part(&night), span(20, 24));
    assert!(guard(None).certified_part(&night).is_empty());
    let (shifts, guards) = (shifts(&[(1, 1, 20, 28)]), [guard(Some(DAY))]);
    let one = Room { people: 1, ..TWO };
    let of = |day| rostered_minutes(&roster(&shifts, &guards), &one, day).count();
    assert_eq!((of(DAY), of(date(2026, 12, 2))), (240, 0));
}

#[test]
fn a_stand_in_takes_a_part_and_passes_the_same_checks() {
    use StandInRefusal as R;
    let list = shifts(&[(1, 1, 8, 16), (2, 1, 16, 24), (3, 2, 8, 16), (4, 1, 32, 40)]);
    let mut staff = guards(6);
    staff[5].certified_until = None;
    let take = |shift: u128, from: u128, to: u128, hours: (i64, i64), now: i64| {
        let part = StandIn {
            shift_id: ShiftId(uuid::Uuid::from_u128(shift)),
            from: guard_id(from),
            to: guard_id(to),
            span: span(hours.0, hours.1),
        };
        stand_in(&roster(&list, &staff), &part, at(now * 60))
    };
    for (shift, from, to, hours, now, expected) in [
        (9, 1, 5, (8, 16), 0, Some(R::NoShift)),
        (0, 2, 5, (8, 16), 0, Some(R::NoShift)),
        (0, 1, 5, (8, 17), 0, Some(R::Outside)),
        (0, 1, 5, (9, 9), 0, Some(R::Outside)),
        (0, 1, 5, (8, 16), 9, Some(R::Begun)),
        (0, 1, 1, (8, 16), 0, Some(R::SamePerson)),
        (0, 1, 77, (8, 16), 0, Some(R::Unknown)),
        (0, 1, 6, (8, 16), 0, Some(R::NotCertified)),
        (0, 1, 3, (8, 16), 0, Some(R::Occupied)),
        (0, 1, 2, (8, 16), 0, Some(R::LittleRest(0, 660))),
        (1, 2, 4, (16, 24), 0, Some(R::LittleRest(480, 660))),
        (0, 1, 5, (8, 16), 0, None),
        (0, 1, 5, (12, 16), 9, None),
    ] {
        let done = take(shift, from, to, hours, now);
        assert_eq!(done.as_ref().err(), expected.as_ref(), "{shift} {from}->{to} {hours:?}");
    }
    let after = take(0, 1, 5, (10, 12), 0).unwrap();
    let parts: Vec<_> = after
        .iter()
        .filter(|shift| shift.id == list[0].id)
        .map(|shift| (shift.guard_id, shift.span))
        .collect();
    assert_eq!(parts, [(guard_id(1), span(8, 10)), (guard_id(5), span(10, 12)), (guard_id(1), span(12, 16))]);
    let six: Vec<_> =
        (0..6).map(|day| (5, 2, day * 24 - 144, day * 24 - 136)).chain([(1, 1, 11, 19)]).collect();
    let busy = shifts(&six);
    let part = StandIn { shift_id: busy[6].id, from: guard_id(1), to: guard_id(5), span: span(11, 19) };
    assert_eq!(stand_in(&roster(&busy, &staff), &part, at(0)), Err(R::LongWeek(3360, 2880)));
    // A long week of three weeks ago is no matter of this part.
    let long_ago: Vec<_> =
        (0..7).map(|day| (5, 2, day * 24 - 600, day * 24 - 592)).chain([(1, 1, 11, 19)]).collect();
    let rested = shifts(&long_ago);
    let part = StandIn { shift_id: rested[7].id, ..part };
    assert!(stand_in(&roster(&rested, &staff), &part, at(0)).is_ok());
}

#[test]
fn a_swap_is_done_for_both_or_for_neither() {
    let list = shifts(&[(1, 1, 8, 16), (2, 1, 32, 40), (3, 1, 56, 64)]);
    let staff = guards(3);
    let key = |n: usize| (list[n].id, list[n].guard_id);
    let after = swap(&roster(&list, &staff), key(0), key(1), at(0)).unwrap();
    let who: Vec<_> = after.iter().map(|shift| shift.guard_id).collect();
    assert_eq!(who, [guard_id(2), guard_id(1), guard_id(3)]);
    assert_eq!(swap(&roster(&list, &staff), key(0), key(1), at(9 * 60)), Err(StandInRefusal::Begun));
    let mut lapsing = staff.clone();
    lapsing[0].certified_until = Some(DAY);
    assert_eq!(swap(&roster(&list, &lapsing), key(0), key(1), at(0)), Err(StandInRefusal::NotCertified));
}

#[test]
fn every_kind_of_problem_has_its_words() {
    for kind in ProblemKind::ALL {
        assert_eq!(ProblemKind::parse(kind.as_str()), Some(kind));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever the roster, a room is complete exactly when each of its minutes has enough people and no shift of it is impossible, and the
    /// order in which shifts are handed in makes no difference.
    #[test]
    fn complete_means_that_every_minute_is_filled(
        list in prop::collection::vec((1_u128..6, 1_u128..3, 0_i64..26, 1_i64..9), 0..24),
        people in 1_u8..3,
    ) {
        let list: Vec<_> = list.into_iter().map(|(g, r, from, hours)| (g, r, from, from + hours)).collect();
        let (mut shifts, guards) = (shifts(&list), guards(5));
        let room = Room { people, ..TWO };
        let problems = check(&roster(&shifts, &guards), &[room], span(0, 24));
        let filled = rostered_minutes(&roster(&shifts, &guards), &room, DAY);
        let holes: u32 = problems.iter()
            .filter(|one| matches!(one.kind, ProblemKind::Nobody | ProblemKind::TooFew))
            .map(|one| minutes_of(&one.span))
            .sum();
        prop_assert_eq!(holes + u32::from(filled.count()), 1440);
        for minute in 0..1440_u16 {
            let moment = at(i64::from(minute));
            let inside = |shift: &&Shift| shift.span.start <= moment && moment < shift.span.end;
            let counting = guards.iter().filter(|guard| {
                let rooms: Vec<_> = shifts.iter().filter(inside).filter(|shift| shift.guard_id == guard.id && shift.fault(&RestRules::default()).is_none()).map(|shift| shift.room_id).collect();
                !rooms.is_empty() && rooms.iter().all(|id| *id == room.id)
            });
            prop_assert_eq!(filled.contains(minute), counting.count() >= usize::from(people), "minute {}", minute);
        }
        shifts.reverse();
        prop_assert_eq!(check(&roster(&shifts, &guards), &[room], span(0, 24)), problems);
    }
}
