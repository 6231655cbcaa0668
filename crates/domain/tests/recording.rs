//! Recordings that nobody thought of: whatever was recorded, gaps and recordings make up what was expected; whatever has to go, nothing
//! pinned goes, nothing owed goes while something else could, and nothing over its ceiling stays.
#![allow(clippy::unwrap_used, reason = "the strategies are tests; their functions are not marked as such")]

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use watchfire_domain::beijing::{begin_of, day_of};
use watchfire_domain::recording::day::{MINUTE_US, day_span, days_of};
use watchfire_domain::recording::gap::{GAP_MIN_US, gaps};
use watchfire_domain::recording::{
    Candidate, DeletionWhy, FloorBasis, GapCause, Retention, Span, Standing, StateSpan, cause_of, due,
    measure_day, overlap, subtract, total_us, union,
};

/// Within three days around a Beijing midnight, in steps of a second.
fn moment() -> impl Strategy<Value = Timestamp> {
    let first = begin_of(date(2026, 2, 28)).as_second();
    (0_i64..3 * 86_400).prop_map(move |s| Timestamp::from_second(first + s).unwrap())
}

fn spans(most: usize) -> impl Strategy<Value = Vec<Span>> {
    prop::collection::vec((moment(), moment()), 0..most)
        .prop_map(|pairs| pairs.into_iter().map(|(a, b)| Span::new(a.min(b), a.max(b))).collect())
}

fn short_spans(most: usize) -> impl Strategy<Value = Vec<Span>> {
    prop::collection::vec((moment(), 0_i64..7200), 0..most).prop_map(|pairs| {
        let long = |s| jiff::SignedDuration::from_secs(s);
        pairs.into_iter().map(|(start, s)| Span::new(start, start + long(s))).collect()
    })
}

fn candidate() -> impl Strategy<Value = Candidate> {
    (0_i64..200 * 86_400, 1_u64..1000, prop::bool::weighted(0.1), 30_u16..100, 0_u16..60).prop_map(
        |(age_s, size_bytes, pinned, floor_days, more)| Candidate {
            end: Timestamp::from_second(begin_of(TODAY).as_second() + 86_399 - age_s).unwrap(),
            size_bytes,
            pinned,
            retention: Retention::custom(FloorBasis::PublicSafety, floor_days, floor_days + more).unwrap(),
        },
    )
}

const TODAY: jiff::civil::Date = date(2026, 6, 1);

proptest! {
    #[test]
    fn gaps_and_recordings_make_up_what_was_expected(recorded in short_spans(40), expected in spans(6)) {
        let missing = subtract(&expected, &recorded);
        let present = overlap(&expected, &recorded);
        prop_assert_eq!(total_us(&missing) + total_us(&present), total_us(&union(&expected)));
        prop_assert_eq!(total_us(&overlap(&missing, &recorded)), 0);
        let both: Vec<Span> = missing.iter().chain(&present).copied().collect();
        prop_assert_eq!(union(&both), union(&expected));
        for pair in missing.windows(2) {
            prop_assert!(pair[0].end < pair[1].start);
        }
    }

    #[test]
    fn the_order_in_which_files_are_told_does_not_matter(recorded in short_spans(20), turn in 0_usize..20) {
        let mut turned = recorded.clone();
        let turn = turn % turned.len().max(1);
        turned.rotate_left(turn);
        prop_assert_eq!(union(&turned), union(&recorded));
        prop_assert_eq!(union(&union(&recorded)), union(&recorded));
    }

    #[test]
    fn days_add_up_to_the_whole_stretch(recorded in short_spans(40), expected in spans(4)) {
        let mut missing_us = 0;
        for day in days_of(&Span::new(begin_of(date(2026, 2, 28)), begin_of(date(2026, 3, 4)))) {
            let measure = measure_day(day, &recorded, &expected);
            prop_assert!(measure.recorded_minutes <= measure.expected_minutes && measure.expected_minutes <= 1440);
            let gaps_us = total_us(&measure.gaps);
            let full = measure.recorded_minutes == measure.expected_minutes;
            prop_assert!(!full || gaps_us < MINUTE_US);
            prop_assert!(measure.gaps.iter().all(|gap| gap.length_us() >= GAP_MIN_US && day_of(gap.start) == day));
            prop_assert!(measure.gaps.iter().all(|gap| gap.overlap(&day_span(day)) == *gap));
            missing_us += gaps_us;
        }
        // Nothing is lost at midnight but what is shorter than a gap on either side of it, and every moment here is a whole second.
        let whole = total_us(&gaps(&recorded, &expected));
        prop_assert!((whole - missing_us).abs() <= 8 * GAP_MIN_US, "{} and {}", whole, missing_us);
    }

    #[test]
    fn a_cause_is_one_that_was_there(gap in (moment(), 1_i64..9000), states in short_spans(6)) {
        let gap = Span::new(gap.0, gap.0 + jiff::SignedDuration::from_secs(gap.1));
        let states: Vec<StateSpan> = states.iter().zip(GapCause::ALL.into_iter().cycle())
            .map(|(span, cause)| StateSpan { span: *span, cause }).collect();
        let cause = cause_of(&gap, &states);
        let told = states.iter().any(|one| one.cause == cause && !one.span.overlap(&gap).is_empty());
        prop_assert!(told || cause == GapCause::Restart);
    }

    #[test]
    fn what_goes_is_what_the_law_lets_go(all in prop::collection::vec(candidate(), 0..60), wanted in 0_u64..20_000) {
        let due = due(&all, TODAY, wanted);
        let standing = |index: usize| all[index].retention.standing(all[index].end, all[index].pinned, TODAY);
        let goes = |index: usize| due.going.iter().any(|one| one.index == index);
        let freed: u64 = due.going.iter().map(|one| all[one.index].size_bytes).sum();
        prop_assert_eq!(due.freed_bytes, freed);
        for index in 0..all.len() {
            match standing(index) {
                Standing::Pinned => prop_assert!(!goes(index)),
                Standing::Over => prop_assert!(goes(index)),
                // As long as anything owed went, nothing past a floor is left.
                Standing::Free => prop_assert!(goes(index) || due.going.iter().all(|one| !one.below_floor)),
                Standing::Owed => prop_assert!(!goes(index) || due.going.iter().any(|one| one.index == index && one.below_floor)),
            }
        }
        for one in due.going.iter().filter(|one| one.why == DeletionWhy::Quota) {
            // The oldest first, among those that stand alike.
            let older = (0..all.len()).filter(|other| all[*other].end < all[one.index].end && standing(*other) == standing(one.index));
            prop_assert!(older.into_iter().all(&goes));
        }
        let enough = freed >= wanted;
        prop_assert!(enough || (0..all.len()).all(|index| goes(index) || all[index].pinned));
        // Not one more than needed.
        let last = due.going.iter().rev().find(|one| one.why == DeletionWhy::Quota);
        prop_assert!(last.is_none_or(|one| freed - all[one.index].size_bytes < wanted));
    }

    #[test]
    fn a_recording_goes_at_the_moment_it_was_said(one in candidate()) {
        let (may, must) = (one.retention.may_go_at(one.end), one.retention.goes_at(one.end));
        let on = |moment: Timestamp| one.retention.standing(one.end, false, day_of(moment));
        let before = |moment: Timestamp| on(moment - jiff::SignedDuration::from_micros(1));
        prop_assert_eq!(before(may), Standing::Owed);
        prop_assert!(on(may) != Standing::Owed && before(must) != Standing::Over);
        prop_assert_eq!(on(must), Standing::Over);
        let kept_days = (may.as_second() - one.end.as_second()) / 86_400;
        prop_assert!(kept_days >= i64::from(one.retention.floor_days()), "the floor is whole days");
    }
}
