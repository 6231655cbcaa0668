//! Every combination of what is known of a minute, days put together from rooms and contracts, bytes that read back, and corrections that
//! keep what was.

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::duty::presence::Seen;
use crate::duty::sha256_tests::sha256;
use crate::ids::UserId;
use MinuteState as M;

const DAY: Date = date(2026, 12, 1);
const UNIT: UnitId = UnitId(uuid::Uuid::from_u128(1));

/// A day on which all is well.
fn good() -> Facts {
    Facts {
        rostered: Minutes::ALL,
        seen: [Some(Seen::Staffed); 1440],
        active: Minutes::NONE,
        broken: Minutes::NONE,
        exempt: Minutes::NONE,
        claimed: Minutes::ALL,
        unseen_before: 0,
    }
}

fn minutes(from: u16, until: u16) -> Minutes {
    let mut set = Minutes::NONE;
    set.insert(from, until);
    set
}

fn unit(rooms: &[(&RoomDay, Minutes)]) -> UnitDay {
    let served: Vec<_> = rooms.iter().map(|(room, minutes)| Served { minutes: *minutes, room }).collect();
    unit_day(UNIT, DAY, &Minutes::ALL, &served)
}

#[test]
fn every_combination_of_what_is_known() {
    let all = [
        Some(Seen::Staffed),
        Some(Seen::Asleep),
        Some(Seen::TooFew),
        Some(Seen::Empty),
        Some(Seen::Dummy),
        Some(Seen::Replay),
        Some(Seen::Down),
        None,
    ];
    let fine = [M::Proven, M::Asleep, M::TooFew, M::Empty, M::Dummy, M::Replay, M::CameraDown, M::Unwatched];
    let exempt = [M::Proven, M::Exempt, M::Exempt, M::Exempt, M::Dummy, M::Replay, M::Exempt, M::Exempt];
    let broken = [
        M::RollCallFailed,
        M::Asleep,
        M::TooFew,
        M::Empty,
        M::Dummy,
        M::Replay,
        M::RollCallFailed,
        M::RollCallFailed,
    ];
    let broken_exempt =
        [M::Exempt, M::Exempt, M::Exempt, M::Exempt, M::Dummy, M::Replay, M::Exempt, M::Exempt];
    let mut count = 0;
    for (is_broken, is_exempt, row) in
        [(false, false, fine), (false, true, exempt), (true, false, broken), (true, true, broken_exempt)]
    {
        for (seen, expected) in all.into_iter().zip(row) {
            for (is_active, seat_counts) in [(false, false), (false, true), (true, false), (true, true)] {
                let facts = MinuteFacts { is_rostered: true, seen, is_active, is_broken, is_exempt };
                let at_seat = is_active && seat_counts && matches!(expected, M::CameraDown | M::Unwatched);
                let expected = if at_seat { M::ProvenAtSeat } else { expected };
                assert_eq!(judge_minute(&facts, seat_counts), expected, "{facts:?} {seat_counts}");
                let off = MinuteFacts { is_rostered: false, ..facts };
                assert_eq!(
                    judge_minute(&off, seat_counts),
                    M::NoRoster,
                    "nobody proves what the roster does not ask"
                );
                count += 1;
            }
        }
    }
    assert_eq!(count, 128);
}

#[test]
fn only_what_was_seen_contradicts_a_claim() {
    let mut states = [M::Proven; 1440];
    for (n, state) in M::ALL.into_iter().enumerate() {
        states[n * 10..n * 10 + 10].fill(state);
    }
    let totals = totals(&states, &Minutes::ALL);
    // Six of the fourteen states are the opposite of duty, seen.
    assert_eq!((totals.contradicted, totals.required, totals.claimed), (60, 1430, 1430));
    assert_eq!((totals.proven, totals.at_seat, totals.exempt), (1440 - 140 + 20, 10, 10));
}

#[test]
fn the_seat_stands_in_for_the_camera_for_an_hour_across_midnight_too() {
    let mut facts = Facts { active: Minutes::ALL, unseen_before: 20, ..good() };
    facts.seen[0..100].fill(Some(Seen::Down));
    facts.seen[200..300].fill(None);
    facts.seen[1400..].fill(Some(Seen::Down));
    let day = judge_day(&facts);
    assert_eq!(
        (day.states[39], day.states[40], day.states[100]),
        (M::ProvenAtSeat, M::CameraDown, M::Proven)
    );
    assert_eq!((day.states[259], day.states[260]), (M::ProvenAtSeat, M::Unwatched));
    assert_eq!((day.unseen_after, day.camera.count()), (40, 1440 - 240));
    let totals = unit(&[(&day, Minutes::ALL)]).totals();
    assert_eq!((totals.proven, totals.at_seat), (1440 - 60 - 40, 40 + 60 + 40));
}

#[test]
fn a_unit_has_the_better_of_its_rooms_and_nothing_between_two_contracts() {
    let (all_well, mut facts) = (judge_day(&good()), good());
    facts.seen[600..660].fill(Some(Seen::Empty));
    let poor = judge_day(&facts);
    // The old room until 10:30, the new one from 10:15 on: the quarter of an hour in which both serve is proved by the new one.
    let day = unit(&[(&poor, minutes(0, 630)), (&all_well, minutes(615, 1440))]);
    assert_eq!(day.by_state()[M::Empty as usize], 15);
    assert_eq!(day.totals().contradicted, 15);
    // Ten minutes between two contracts are worth nothing, whatever both rooms did.
    let day = unit(&[(&all_well, minutes(0, 700)), (&all_well, minutes(710, 1440))]);
    assert_eq!((day.totals().proven, day.by_state()[M::NoContract as usize]), (1430, 10));
    assert_eq!(day.totals().claimed, 1430);
    let none = unit(&[]);
    assert_eq!((none.totals().required, none.totals().proven), (1440, 0));
}

#[test]
fn minutes_that_are_not_required_count_nowhere() {
    let room = judge_day(&good());
    let day = unit_day(UNIT, DAY, &minutes(0, 600), &[Served { minutes: Minutes::ALL, room: &room }]);
    // A room that serves beyond what is required does not make it required.
    assert_eq!(day.totals(), DayTotals { required: 600, proven: 600, claimed: 600, ..DayTotals::default() });
    assert_eq!(day.claimed.count(), 600);
}

#[test]
fn a_day_without_a_change_is_three_bytes() {
    let day = unit(&[(&judge_day(&good()), Minutes::ALL)]);
    assert_eq!(encode(&day.states, &day.claimed), [0xf1, 0xe7, 0x02]);
    assert_eq!(decode(&[0xf1, 0xe7, 0x02]), Ok((day.states, day.claimed)));
    for (bytes, error) in [
        (&[][..], DecodeError::Minutes(0)),
        (&[0xf1, 0xe7], DecodeError::Number(0)),
        (&[0xf1, 0xe7, 0x82, 0x00], DecodeError::Number(0)),
        (&[0xf1, 0xe7, 0x82, 0x80], DecodeError::Number(0)),
        (&[0xff, 0xe7, 0x02], DecodeError::State(0, 15)),
        (&[0x11, 0x11], DecodeError::Split(1)),
        (&[0xf1, 0xe7, 0x02, 0x12], DecodeError::Minutes(1441)),
        (&[0x11], DecodeError::Minutes(1)),
    ] {
        assert_eq!(decode(bytes), Err(error), "{bytes:?}");
    }
}

fn correction(day: &UnitDay, from: u16, minutes: u16, to: MinuteState) -> Correction {
    Correction {
        from,
        minutes,
        to,
        old: correction::standing(&day.states, from, minutes),
        by: UserId(uuid::Uuid::from_u128(9)),
        at: Timestamp::from_second(1_800_000_000).unwrap(),
        reason: "现场核查：两人在岗，摄像机被遮挡".to_owned(),
    }
}

#[test]
fn a_correction_keeps_what_was_and_is_refused_for_another_state_of_things() {
    let mut facts = good();
    facts.seen[100..110].fill(Some(Seen::Down));
    let day = unit(&[(&judge_day(&facts), Minutes::ALL)]);
    let right = correction(&day, 95, 10, M::Proven);
    assert_eq!(
        right.old.iter().map(|run| (run.from, run.minutes, run.state)).collect::<Vec<_>>(),
        [(95, 5, M::Proven), (100, 5, M::CameraDown)]
    );
    let corrected = correct(&day.states, &right).unwrap();
    assert_eq!((corrected[104], corrected[105]), (M::Proven, M::CameraDown));
    assert_eq!(day.states[104], M::CameraDown, "the computed day stays as it was");
    assert_eq!(correct(&corrected, &right), Err(CorrectionRefusal::Stale));
    for (changed, refusal) in [
        (Correction { minutes: 0, ..right.clone() }, CorrectionRefusal::Minutes(95, 95)),
        (Correction { from: 1439, minutes: 2, ..right.clone() }, CorrectionRefusal::Minutes(1439, 1441)),
        (Correction { reason: " ".to_owned(), ..right.clone() }, CorrectionRefusal::ReasonMissing),
        (Correction { to: M::NotRequired, ..right.clone() }, CorrectionRefusal::NotRequired),
        (correction(&day, 0, 50, M::Proven), CorrectionRefusal::Nothing),
    ] {
        assert_eq!(correct(&day.states, &changed), Err(refusal));
    }
}

#[test]
fn the_text_of_the_chain_names_everything_that_a_day_rests_on() {
    let mut facts = good();
    facts.seen[600..660].fill(Some(Seen::Empty));
    let day = unit(&[(&judge_day(&facts), minutes(0, 1430))]);
    let room = |n| DutyRoomId(uuid::Uuid::from_u128(n));
    let served = [ServedBy { room_id: room(7), minutes: 1430 }, ServedBy { room_id: room(3), minutes: 0 }];
    let corrections = [correction(&day, 600, 30, M::Proven)];
    let text = ledger_text(&day, &served, &corrections, &[0xab; 32]);
    let expected = format!(
        "watchfire-duty-ledger/1
unit 00000000-0000-0000-0000-000000000001
day 2026-12-01
previous {}
required 1440
proven 1370
claimed 1430
contradicted 60
room 00000000-0000-0000-0000-000000000003 0
room 00000000-0000-0000-0000-000000000007 1430
run 0 600 proven claimed
run 600 60 empty claimed
run 660 770 proven claimed
run 1430 10 no_contract -
correction 600 30 proven old 30:empty by 00000000-0000-0000-0000-000000000009 at 1800000000000000 because 现场核查：两人在岗，摄像机被遮挡
",
        "ab".repeat(32)
    );
    assert_eq!(text, expected);
    // One minute, one claim, one word or one day before changes the link.
    let link = sha256(text.as_bytes());
    let mut other = day.clone();
    other.states[5] = M::CameraDown;
    for changed in [
        ledger_text(&other, &served, &corrections, &[0xab; 32]),
        ledger_text(&day, &served[..1], &corrections, &[0xab; 32]),
        ledger_text(&day, &served, &[], &[0xab; 32]),
        ledger_text(&day, &served, &corrections, &link),
    ] {
        assert_ne!(sha256(changed.as_bytes()), link);
    }
}

/// A day that nobody thought of, of stretches that are neither too even nor too short.
fn any_facts() -> impl Strategy<Value = Facts> {
    let seen = prop::option::of(prop::sample::select(Seen::ALL.to_vec()));
    let set = || prop::collection::vec((0_u16..1440, 0_u16..200), 0..6);
    (prop::collection::vec((seen, 1_usize..200), 1..40), set(), set(), set(), set(), set(), 0_u16..100)
        .prop_map(|(runs, off, active, broken, exempt, unclaimed, unseen_before)| {
            let of = |ranges: &[(u16, u16)]| {
                let mut set = Minutes::NONE;
                for (from, length) in ranges {
                    set.insert(*from, from + length);
                }
                set
            };
            let mut facts = Facts {
                rostered: Minutes::ALL.without(&of(&off)),
                active: of(&active),
                broken: of(&broken),
                exempt: of(&exempt),
                claimed: Minutes::ALL.without(&of(&unclaimed)),
                unseen_before,
                ..good()
            };
            let mut place = 0;
            for (what, length) in runs {
                let end = (place + length).min(1440);
                facts.seen[place..end].fill(what);
                place = end;
            }
            facts
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_day_reads_back_and_adds_up(one in any_facts(), other in any_facts(), from in 0_u16..1440, until in 0_u16..1440) {
        let (a, b) = (judge_day(&one), judge_day(&other));
        let day = unit(&[(&a, minutes(0, from)), (&b, minutes(until, 1440))]);
        let bytes = encode(&day.states, &day.claimed);
        prop_assert_eq!(decode(&bytes), Ok((day.states, day.claimed)));
        prop_assert_eq!(&bytes, &encode(&day.states, &day.claimed));
        prop_assert_eq!(day.by_state().iter().sum::<u16>(), 1440);
        let totals = day.totals();
        prop_assert!(totals.at_seat <= totals.proven && totals.proven + totals.exempt <= totals.required);
        prop_assert!(totals.contradicted <= totals.claimed && totals.claimed <= totals.required);
        // The order in which rooms are handed in makes no difference.
        prop_assert_eq!(unit(&[(&b, minutes(until, 1440)), (&a, minutes(0, from))]), day);
    }

    /// No fact proves a minute that the roster does not ask for, and none that is worse ever makes a day better.
    #[test]
    fn worse_facts_never_prove_more(facts in any_facts(), from in 0_u16..1440, length in 1_u16..300) {
        let proven = |facts: &Facts| unit(&[(&judge_day(facts), Minutes::ALL)]).totals().proven;
        let before = proven(&facts);
        let taken = minutes(from, from + length);
        let worse = [
            Facts { rostered: facts.rostered.without(&taken), ..facts.clone() },
            Facts { active: facts.active.without(&taken), ..facts.clone() },
            Facts { broken: facts.broken.or(&taken), ..facts.clone() },
            Facts { exempt: facts.exempt.or(&taken), ..facts.clone() },
            Facts { unseen_before: facts.unseen_before + length, ..facts.clone() },
        ];
        for one in worse {
            prop_assert!(proven(&one) <= before);
        }
    }

    #[test]
    fn hostile_bytes_are_no_day(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Ok((states, claimed)) = decode(&bytes) {
            prop_assert_eq!(encode(&states, &claimed), bytes, "a day is written in one way only");
        }
    }
}
