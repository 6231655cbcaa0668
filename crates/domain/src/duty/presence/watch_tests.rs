//! Scripts of samples: which alarm begins and ends when.

use proptest::prelude::*;

use super::*;

fn at(s: i64) -> Timestamp {
    // A Tuesday, 08:00 in Beijing.
    "2026-12-01T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(s)
}

fn live(people: u8) -> Sample {
    Sample::of_people(10, people)
}

fn picture(picture: PictureState) -> Sample {
    Sample { picture, ..live(0) }
}

/// One shape that stops moving at `since_s`, among others.
fn still(people: u8, since_s: i64, start_s: i64) -> Sample {
    let mut sample = live(people);
    sample.still_s[0] = (start_s + 10 - since_s) as u16;
    sample
}

fn rule(required: u8) -> PresenceRule {
    PresenceRule::new(required, Thresholds::default(), Armed::default()).unwrap()
}

/// Runs of (samples of ten seconds, what each shows) one after the other; (second, code, begun).
fn script(rule: PresenceRule, runs: &[(i64, Sample)]) -> Vec<(i64, &'static str, bool)> {
    let (mut watch, mut s, mut found) = (PresenceWatch::new(rule), 0, Vec::new());
    for (count, sample) in runs {
        for _ in 0..*count {
            found.extend(watch.look(at(s), *sample));
            s += 10;
        }
    }
    let told = |step: PresenceStep| match step {
        PresenceStep::Begun { code, at: when, .. } => {
            (when.duration_since(at(0)).as_secs(), code.as_str(), true)
        }
        PresenceStep::Ended { code, at: when } => {
            (when.duration_since(at(0)).as_secs(), code.as_str(), false)
        }
    };
    found.into_iter().map(told).collect()
}

#[test]
fn each_condition_begins_after_its_threshold_and_ends_with_its_cause() {
    use PictureState as P;
    for (runs, expected) in [
        (vec![(100, live(2))], vec![]),
        (vec![(29, live(0)), (9, live(2))], vec![]),
        (vec![(40, live(0)), (9, live(2))], vec![(300, "D01", true), (400, "D01", false)]),
        (vec![(40, live(1)), (9, live(2))], vec![(300, "D02", true), (400, "D02", false)]),
        (vec![(6, picture(P::Frozen)), (9, live(2))], vec![(60, "D04", true), (60, "D04", false)]),
        (vec![(7, picture(P::Down)), (9, live(2))], vec![(60, "D10", true), (70, "D10", false)]),
        // A replay stays until a person has dealt with it.
        (vec![(1, picture(P::Repeating)), (99, live(2))], vec![(10, "D05", true)]),
        // From empty to too few: one ends, the other begins anew.
        (
            vec![(30, live(0)), (30, live(1))],
            vec![(300, "D01", true), (300, "D01", false), (600, "D02", true)],
        ),
    ] {
        assert_eq!(script(rule(2), &runs), expected, "{runs:?}");
    }
}

#[test]
fn who_does_not_move_is_asleep_after_three_minutes_and_a_dummy_after_a_quarter_of_an_hour() {
    let told = |people: u8| {
        let mut watch = PresenceWatch::new(rule(2));
        let mut found = Vec::new();
        for s in (0..960).step_by(10) {
            found.extend(watch.look(at(s), still(people, 0, s)));
        }
        found.extend(watch.look(at(960), live(people)));
        found
    };
    let begun = |code, s| PresenceStep::Begun { code, since: at(0), at: at(s) };
    let ended = |code| PresenceStep::Ended { code, at: at(960) };
    let expected = [
        begun(AlarmCode::D03, 180),
        begun(AlarmCode::D04, 900),
        ended(AlarmCode::D03),
        ended(AlarmCode::D04),
    ];
    assert_eq!(told(2), expected);
    assert_eq!(told(3), [], "two others are enough");
    // One alone who sleeps where two are required is both.
    let codes: Vec<_> = told(1)
        .into_iter()
        .filter_map(|step| match step {
            PresenceStep::Begun { code, .. } => Some(code),
            PresenceStep::Ended { .. } => None,
        })
        .collect();
    assert_eq!(codes, [AlarmCode::D03, AlarmCode::D02, AlarmCode::D04]);
}

#[test]
fn what_cannot_be_seen_neither_ends_nor_lengthens_an_absence() {
    let runs = [(20, live(0)), (30, picture(PictureState::Down)), (9, live(0)), (1, live(0))];
    assert_eq!(script(rule(1), &runs), [(260, "D10", true), (500, "D10", false), (600, "D01", true)]);
    // Told, then blind: it is not over because the camera went blind.
    let runs = [(30, live(0)), (3, picture(PictureState::Down)), (1, live(1))];
    assert_eq!(script(rule(1), &runs), [(300, "D01", true), (330, "D01", false)]);
}

#[test]
fn a_stretch_that_nobody_looked_at_breaks_a_condition() {
    let mut watch = PresenceWatch::new(rule(1));
    let mut told = Vec::new();
    for s in (0..200).step_by(10).chain((260..520).step_by(10)) {
        told.extend(watch.look(at(s), live(0)));
    }
    assert_eq!(told, []);
    assert_eq!(watch.look(at(550), live(0)), [], "the hole began it anew at 550");
}

#[test]
fn a_room_is_watched_when_its_calendar_says_so() {
    let out_of_hours = Armed { applies: Applies::OutOfHours, ..Armed::default() };
    let armed =
        PresenceRule::new(1, Thresholds { empty_s: 60, ..Thresholds::default() }, out_of_hours).unwrap();
    // 08:00 to 08:30 is out of hours; then the watch ends, and with it the alarm.
    assert_eq!(script(armed, &[(200, live(0))]), [(60, "D01", true), (1800, "D01", false)]);
}

#[test]
fn a_settled_alarm_may_begin_again() {
    let mut watch = PresenceWatch::new(rule(1));
    let replay = picture(PictureState::Repeating);
    assert_eq!(watch.look(at(0), replay).len(), 1);
    assert_eq!(watch.look(at(10), replay).len(), 0);
    watch.settle(AlarmCode::D05);
    assert_eq!(watch.look(at(20), replay).len(), 1);
}

#[test]
fn rules_have_limits() {
    let new = |required, empty_s| {
        PresenceRule::new(required, Thresholds { empty_s, ..Thresholds::default() }, Armed::default()).err()
    };
    for (required, empty_s, error) in [
        (0, 300, Some(PresenceRuleError::Required(0))),
        (6, 300, Some(PresenceRuleError::Required(6))),
        (1, 0, Some(PresenceRuleError::Threshold(AlarmCode::D01, 0))),
        (1, 601, Some(PresenceRuleError::Threshold(AlarmCode::D01, 601))),
        (5, 600, None),
        (1, 1, None),
    ] {
        assert_eq!(new(required, empty_s), error);
    }
}

proptest! {
    /// Whatever is seen, an alarm begins and ends in turn, never ends before it began, and was true for its threshold.
    #[test]
    fn alarms_begin_and_end_in_turn(
        samples in prop::collection::vec((0_u8..4, 0_u16..1200, prop::sample::select(PictureState::ALL.to_vec()), 1_u8..60, 0_i64..30), 1..200),
        required in 1_u8..4,
    ) {
        let (mut watch, mut s) = (PresenceWatch::new(rule(required)), 0);
        let mut open: Vec<(AlarmCode, Timestamp)> = Vec::new();
        for (people, still_s, picture, seconds, hole_s) in samples {
            let mut sample = Sample { picture, ..Sample::of_people(seconds, people) };
            sample.still_s[0] = still_s;
            s += hole_s;
            for step in watch.look(at(s), sample) {
                match step {
                    PresenceStep::Begun { code, since, at } => {
                        prop_assert!(open.iter().all(|(one, _)| *one != code), "{:?} began twice", code);
                        let lasted = at.duration_since(since).as_secs();
                        prop_assert!(lasted >= i64::from(watch.rule.threshold_s(code)), "{:?} after {} s", code, lasted);
                        open.push((code, at));
                    }
                    PresenceStep::Ended { code, at } => {
                        let place = open.iter().position(|(one, began)| *one == code && *began <= at);
                        prop_assert!(place.is_some(), "{:?} ended and had not begun", code);
                        open.remove(place.unwrap_or_default());
                        prop_assert!(code != AlarmCode::D05, "a replay is never taken back");
                    }
                }
            }
            s += i64::from(seconds);
        }
    }
}
