//! The five conditions at their edges, every pair of the state machine, and a take-over counted in the ledger.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::beijing::begin_of;
use crate::duty::ledger::{Facts, Served, judge_day, unit_day};
use crate::duty::minutes::Minutes;
use crate::duty::presence::Seen;
use crate::ids::UnitId;
use crate::recording::Span;

fn good() -> DutyFacts {
    DutyFacts {
        arrangement: Arrangement::Accepted,
        is_roster_complete: true,
        camera: Ratio::new(10_080, 10_080),
        required: 10_080,
        exempt: 0,
        proven: 10_080,
        roll_calls: Ratio::new(14, 14),
        unproven_run: 0,
        standing_suspicions: 0,
    }
}

#[test]
fn each_condition_decides_at_its_edge_and_alone() {
    for (facts, unmet) in [
        (good(), None),
        (DutyFacts { arrangement: Arrangement::Claimed, ..good() }, Some(Condition::Contract)),
        (DutyFacts { is_roster_complete: false, ..good() }, Some(Condition::Roster)),
        (DutyFacts { camera: Ratio::new(9_900, 10_000), ..good() }, None),
        (DutyFacts { camera: Ratio::new(9_899, 10_000), ..good() }, Some(Condition::Camera)),
        (DutyFacts { camera: Ratio::new(0, 0), ..good() }, Some(Condition::Camera)),
        (DutyFacts { proven: 9_576, ..good() }, None),
        (DutyFacts { proven: 9_575, ..good() }, Some(Condition::Coverage)),
        // 480 exempt minutes leave 9 600, of which 95 % are 9 120; one more exempt minute is a gap.
        (DutyFacts { exempt: 480, proven: 9_120, ..good() }, None),
        (DutyFacts { exempt: 481, proven: 9_119, ..good() }, Some(Condition::Coverage)),
        (DutyFacts { exempt: 1_000, proven: 9_080, ..good() }, Some(Condition::Coverage)),
        (DutyFacts { roll_calls: Ratio::new(9, 10), ..good() }, None),
        (DutyFacts { roll_calls: Ratio::new(8, 9), ..good() }, Some(Condition::RollCalls)),
        (DutyFacts { roll_calls: Ratio::new(0, 0), ..good() }, Some(Condition::RollCalls)),
    ] {
        let found: Vec<_> = check(&facts).iter().filter(|one| !one.is_met).map(|one| one.condition).collect();
        assert_eq!(found, unmet.into_iter().collect::<Vec<_>>(), "{facts:?}");
        assert_eq!(standing(Duty::Agreed, &facts).state == Duty::Valid, unmet.is_none());
    }
}

/// Rows are (arrangement, observed), columns the state before: none, claimed, agreed, valid, doubtful, interrupted, replaced.
#[test]
fn every_arrangement_observation_and_state_before() {
    use Duty as D;
    let none =
        [D::None, D::None, D::Interrupted, D::Interrupted, D::Interrupted, D::Interrupted, D::Replaced];
    let claimed =
        [D::Claimed, D::Claimed, D::Interrupted, D::Interrupted, D::Interrupted, D::Interrupted, D::Replaced];
    let short = [D::Agreed, D::Agreed, D::Agreed, D::Doubtful, D::Doubtful, D::Doubtful, D::Agreed];
    let silent = [D::Agreed, D::Agreed, D::Agreed, D::Interrupted, D::Interrupted, D::Interrupted, D::Agreed];
    let table = [
        (Arrangement::None, [none; 3]),
        (Arrangement::Claimed, [claimed; 3]),
        (Arrangement::Accepted, [[D::Valid; 7], short, silent]),
        (Arrangement::Replaced, [[D::Replaced; 7]; 3]),
    ];
    assert_eq!(table.map(|(arrangement, _)| arrangement), Arrangement::ALL);
    for (arrangement, rows) in table {
        for (observed, row) in OBSERVED.into_iter().zip(rows) {
            for (before, expected) in Duty::ALL.into_iter().zip(row) {
                let found = next_state(before, arrangement, observed);
                assert_eq!(found, expected, "{arrangement:?} {observed:?} {before:?}");
                assert_eq!(
                    next_state(found, arrangement, observed),
                    found,
                    "the same facts change nothing more"
                );
            }
        }
    }
}

#[test]
fn a_units_way_from_a_claim_to_duty_and_through_a_bad_night() {
    let new =
        DutyFacts { proven: 1_440, roll_calls: Ratio::new(2, 2), camera: Ratio::new(1_440, 1_440), ..good() };
    let steps = [
        (DutyFacts { arrangement: Arrangement::None, ..new }, Duty::None),
        (DutyFacts { arrangement: Arrangement::Claimed, ..good() }, Duty::Claimed),
        (new, Duty::Agreed),
        (good(), Duty::Valid),
        (DutyFacts { proven: 9_000, unproven_run: 479, ..good() }, Duty::Doubtful),
        (DutyFacts { proven: 9_000, unproven_run: 480, ..good() }, Duty::Interrupted),
        (DutyFacts { proven: 9_000, ..good() }, Duty::Doubtful),
        (good(), Duty::Valid),
        (DutyFacts { arrangement: Arrangement::Replaced, ..good() }, Duty::Replaced),
        (new, Duty::Agreed),
        (DutyFacts { arrangement: Arrangement::None, ..new }, Duty::Interrupted),
    ];
    let mut state = Duty::None;
    for (facts, expected) in steps {
        let standing = standing(state, &facts);
        assert_eq!(standing.state, expected);
        assert!(standing.state == Duty::Valid || !standing.unmet.is_empty(), "a reason");
        state = standing.state;
    }
}

#[test]
fn minutes_are_counted_and_the_silence_at_the_end_with_them() {
    use MinuteState as M;
    let run = |state, count| std::iter::repeat_n(state, count);
    let minutes: Vec<_> = run(M::Empty, 700)
        .chain(run(M::Proven, 500))
        .chain(run(M::Empty, 100))
        .chain(run(M::Exempt, 60))
        .chain(run(M::NotRequired, 30))
        .chain(run(M::CameraDown, 50))
        .collect();
    assert_eq!(tally(&minutes), Tally { required: 1410, exempt: 60, proven: 500, unproven_run: 150 });
    assert_eq!(tally(&minutes[..1200]).unproven_run, 0);
}

#[test]
fn a_suspicion_that_stands_puts_duty_in_doubt_and_silence_is_a_reason_of_its_own() {
    let doubted = standing(Duty::Valid, &DutyFacts { standing_suspicions: 1, ..good() });
    assert_eq!((doubted.state, doubted.unmet.len(), doubted.standing_suspicions), (Duty::Doubtful, 0, 1));
    // Eight hours of seven days are less than five percent of them.
    let silent = standing(Duty::Valid, &DutyFacts { proven: 9_600, unproven_run: 480, ..good() });
    assert_eq!((silent.state, silent.unmet.len(), silent.silent_minutes), (Duty::Interrupted, 0, Some(480)));
}

#[test]
fn between_two_contracts_nothing_is_proved() {
    let day = date(2026, 12, 1);
    let at = |minute: i64| -> Timestamp { begin_of(day) + SignedDuration::from_mins(minute) };
    let room = judge_day(&Facts {
        rostered: Minutes::ALL,
        seen: [Some(Seen::Staffed); 1440],
        active: Minutes::NONE,
        broken: Minutes::NONE,
        exempt: Minutes::NONE,
        claimed: Minutes::ALL,
        unseen_before: 0,
    });
    for (old_until, next_from, uncovered, smooth) in
        [(600, 660, 60, false), (600, 600, 0, false), (600, 300, 0, false), (600, 600 - 1440, 0, true)]
    {
        let (old, next) = (Span::new(at(-90_000), at(old_until)), Span::new(at(next_from), at(90_000)));
        let met = takeover(&old, &next);
        assert_eq!((met.uncovered_minutes(), met.is_smooth()), (uncovered, smooth));
        let served = [old, next].map(|span| Served { minutes: Minutes::within(day, &[span]), room: &room });
        let totals = unit_day(UnitId(uuid::Uuid::from_u128(1)), day, &Minutes::ALL, &served).totals();
        assert_eq!(u64::from(totals.required - totals.proven), uncovered);
    }
    let half_minute =
        takeover(&Span::new(at(0), at(10)), &Span::new(at(10) + SignedDuration::from_secs(1), at(20)));
    assert_eq!(half_minute.uncovered_minutes(), 1, "a begun minute is a minute");
}

proptest! {
    /// No fact that is worse makes a unit effective.
    #[test]
    fn worse_facts_never_help(
        proven in 9_000_u64..10_081, exempt in 0_u64..1_000, online in 9_900_u64..10_081, answered in 10_u64..15, less in 1_u64..500,
    ) {
        let facts = DutyFacts {
            proven: proven.min(10_080 - exempt), exempt, camera: Ratio::new(online, 10_080), roll_calls: Ratio::new(answered, 14), ..good()
        };
        let effective = |facts: &DutyFacts| check(facts).iter().all(|one| one.is_met);
        let worse = [
            DutyFacts { proven: facts.proven.saturating_sub(less), ..facts },
            DutyFacts { camera: Ratio::new(online.saturating_sub(less), 10_080), ..facts },
            DutyFacts { roll_calls: Ratio::new(answered - 1, 14), ..facts },
            DutyFacts { roll_calls: Ratio::new(answered, 14 + less), ..facts },
        ];
        for one in worse {
            prop_assert!(effective(&facts) || !effective(&one), "{:?}", one);
        }
    }
}
