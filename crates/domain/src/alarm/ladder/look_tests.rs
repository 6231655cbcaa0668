//! The table of a ladder: given what was told, what comes now and when to look again.

use super::*;
use crate::alarm::code::{AlarmCode, Level};
use crate::alarm::life::Times;
use crate::alarm::state::Source;
use crate::ids::{AlarmId, UnitId};

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(1_764_000_000 + s).unwrap()
}

/// Guard at once and again after 60 s, unit at 120 s, county at 300 s with a receipt and three rounds, province at 1800 s.
fn ladder() -> Ladder {
    Ladder::parse(&["duty_guard 0s x2/60s", "unit 120s", "county 300s ack x3/100s", "province 1800s ack"])
        .unwrap()
}

fn told(rung: Rung, round: u32, s: i64, people: u32) -> Told {
    Told { rung, round, at: at(s), people }
}

/// Seconds, what was told before, who acknowledged; then what is told now (rung, round, due) and when to look again.
type Row<'a> = (&'a str, i64, &'a [Told], &'a [Rung], &'a [(Rung, u32, i64)], Option<i64>);

#[test]
fn a_ladder_is_climbed_rung_by_rung() {
    use Rung::{County, DutyGuard, Province, Unit};
    let guard = [told(DutyGuard, 1, 0, 2)];
    let guards = [told(DutyGuard, 1, 0, 2), told(DutyGuard, 2, 60, 2)];
    let unit = [told(DutyGuard, 1, 0, 2), told(DutyGuard, 2, 60, 2), told(Unit, 1, 120, 1)];
    let county = [&unit[..], &[told(County, 1, 300, 1)]].concat();
    let counties = [&county[..], &[told(County, 2, 400, 1), told(County, 3, 500, 1)]].concat();
    let all = [&counties[..], &[told(Province, 1, 1800, 3)]].concat();
    let no_guard = [told(DutyGuard, 1, 0, 0)];
    let nobody_below = [told(DutyGuard, 1, 0, 0), told(Unit, 1, 0, 0)];
    let late_guard = [
        told(DutyGuard, 1, 4000, 2),
        told(Unit, 1, 4000, 1),
        told(County, 1, 4000, 1),
        told(Province, 1, 4000, 1),
    ];
    let rows: &[Row<'_>] = &[
        ("the guard is told at once", 0, &[], &[], &[(DutyGuard, 1, 0)], Some(120)),
        ("before the second round nothing comes", 59, &guard, &[], &[], Some(60)),
        ("the guard is told again", 60, &guard, &[], &[(DutyGuard, 2, 60)], Some(120)),
        ("after the last round the next rung is waited for", 61, &guards, &[], &[], Some(120)),
        ("the unit", 120, &guards, &[], &[(Unit, 1, 120)], Some(300)),
        ("the county", 301, &unit, &[], &[(County, 1, 300)], Some(1800)),
        ("the county has not acknowledged", 400, &county, &[], &[(County, 2, 400)], Some(1800)),
        ("the county has acknowledged", 400, &county, &[County], &[], Some(1800)),
        ("an acknowledgement does not end the climb", 1800, &county, &[County], &[(Province, 1, 1800)], None),
        ("a loop has an end", 1799, &counties, &[], &[], Some(1800)),
        ("all are told", 9999, &all, &[], &[], None),
        ("an empty rung is passed over", 1, &no_guard, &[], &[(Unit, 1, 0)], Some(300)),
        ("two empty rungs are passed over", 2, &nobody_below, &[], &[(County, 1, 0)], Some(1800)),
        (
            "after a pause each rung is told once",
            4000,
            &[],
            &[],
            &[(DutyGuard, 1, 0), (Unit, 1, 120), (County, 1, 300), (Province, 1, 1800)],
            None,
        ),
        ("repeats count from the late telling", 4059, &late_guard, &[], &[], Some(4060)),
        ("a clock put back tells nothing twice", -500, &guard, &[], &[], Some(60)),
    ];
    for (name, s, told, acknowledged, tell, look_at) in rows {
        let found = look(&ladder(), &WorkingHours::default(), at(0), told, acknowledged, at(*s));
        let telling: Vec<_> = found.tell.iter().map(|one| (one.rung, one.round, one.due_at)).collect();
        let wanted: Vec<_> = tell.iter().map(|(rung, round, due)| (*rung, *round, at(*due))).collect();
        assert_eq!(telling, wanted, "{name}");
        assert_eq!(found.look_at, look_at.map(at), "{name}");
    }
}

#[test]
fn the_same_look_after_telling_finds_nothing_more() {
    for s in [0, 60, 119, 120, 300, 1800, 100_000] {
        let hours = WorkingHours::default();
        let first = look(&ladder(), &hours, at(0), &[], &[], at(s));
        let told: Vec<Told> = first.tell.iter().map(|one| told(one.rung, one.round, s, 1)).collect();
        let second = look(&ladder(), &hours, at(0), &told, &[], at(s));
        assert_eq!(second.tell, [], "at {s} s");
    }
}

#[test]
fn the_running_clock_follows_from_the_state() {
    let mut alarm = Alarm {
        id: AlarmId(uuid::Uuid::from_u128(1)),
        code: AlarmCode::F02,
        level: Level::One,
        state: AlarmState::Waiting,
        marks: vec![],
        drill: false,
        unit_id: UnitId(uuid::Uuid::from_u128(2)),
        camera_id: None,
        source: Source::Ai,
        owner_id: None,
        handler_id: None,
        times: Times { taken_at: Some(at(20)), verified_at: Some(at(50)), ..Times::raised(at(0), at(1)) },
        false_alarm_reason: None,
        has_result_picture: false,
        version: 0,
    };
    let run = |clock, s| Run { clock, since: at(s) };
    for state in AlarmState::ALL {
        alarm.state = state;
        let wanted = match state {
            AlarmState::Waiting => vec![run(Clock::Take, 1)],
            AlarmState::Taken | AlarmState::Verifying => vec![run(Clock::Verify, 20)],
            AlarmState::Confirmed | AlarmState::Handling => {
                vec![run(Clock::Arrive, 50), run(Clock::Handle, 50)]
            }
            _ => vec![],
        };
        assert_eq!(runs(&alarm), wanted, "{state:?}");
    }
    alarm.state = AlarmState::Handling;
    alarm.times.arrived_at = Some(at(90));
    assert_eq!(runs(&alarm), [run(Clock::Handle, 50)], "somebody is there");
    assert_eq!(stopped_at(&alarm, run(Clock::Take, 1)), Some(at(20)));
    assert_eq!(stopped_at(&alarm, run(Clock::Arrive, 50)), Some(at(90)));
    assert_eq!(stopped_at(&alarm, run(Clock::Handle, 50)), None);
    let quiet = Times { quiet_until: Some(at(3600)), ..alarm.times };
    let silenced =
        Alarm { state: AlarmState::Waiting, times: quiet, marks: vec![Mark::Silenced], ..alarm.clone() };
    assert_eq!(runs(&silenced), [run(Clock::Take, 3600)], "it rings when the silence is over");
    alarm.marks = vec![Mark::Inhibited];
    assert_eq!(runs(&alarm), []);
    alarm.marks = vec![Mark::Quarantined];
    assert_eq!(runs(&alarm), [], "a quiet alarm rings nobody");
}

/// Told at the first moment of its kind at or after the moment that it would be told at any hour.
#[test]
fn a_rung_waits_for_its_hours() {
    let hours = WorkingHours::default();
    let beijing = |text: &str| -> Timestamp { format!("{text}+08:00").parse().unwrap() };
    // When the clock began, and what was told of the unit; then when the unit and the county are due.
    let rows: &[(&str, &str, &[&str], &str, &str)] = &[
        ("a morning", "2026-11-30T09:00:00", &[], "2026-11-30T11:00:00", "2026-11-30T17:30:00"),
        ("an evening", "2026-11-30T16:00:00", &[], "2026-12-01T08:30:00", "2026-11-30T19:00:00"),
        ("a Friday night", "2026-11-27T22:00:00", &[], "2026-11-30T08:30:00", "2026-11-28T01:00:00"),
        ("spring festival", "2026-02-14T16:30:00", &[], "2026-02-24T08:30:00", "2026-02-14T19:30:00"),
        ("a make-up Saturday", "2026-05-09T07:00:00", &[], "2026-05-09T09:00:00", "2026-05-09T17:30:00"),
        (
            "a second round after hours",
            "2026-11-30T14:00:00",
            &["2026-11-30T16:45:00"],
            "2026-12-01T08:30:00",
            "2026-11-30T17:30:00",
        ),
    ];
    for (name, since, unit_told, unit, county) in rows {
        let since = beijing(since);
        let round = |at: &&str| Told { rung: Rung::Unit, round: 1, at: beijing(at), people: 1 };
        let told: Vec<Told> = unit_told.iter().map(round).collect();
        let due = |line| look(&Ladder::parse(&[line]).unwrap(), &hours, since, &told, &[], since).look_at;
        assert_eq!(due("unit 2h in_hours x2/1h"), Some(beijing(unit)), "{name}: the unit");
        assert_eq!(due("county 3h out_of_hours"), Some(beijing(county)), "{name}: the county");
    }
}
