//! The state machine of a work order as a table over every (state, act) pair, and its scores as short scripts of time.

use uuid::Uuid;

use super::*;
use crate::alarm::state::{AlarmEvent, Source};
use crate::alarm::{Times, decide as decide_alarm};
use crate::ids::{AlarmId, UnitId, UserId};

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(1_764_000_000 + s).unwrap()
}

/// A flame: seen at 0, pushed at 2, taken at 20, confirmed at 50.
fn confirmed(code: AlarmCode) -> Alarm {
    Alarm {
        id: AlarmId(Uuid::from_u128(1)),
        code,
        level: code.default_level(),
        state: AlarmState::Confirmed,
        marks: vec![],
        drill: false,
        unit_id: UnitId(Uuid::from_u128(2)),
        camera_id: None,
        source: Source::Ai,
        owner_id: Some(UserId(Uuid::from_u128(3))),
        handler_id: None,
        times: Times { taken_at: Some(at(20)), verified_at: Some(at(50)), ..Times::raised(at(0), at(2)) },
        false_alarm_reason: None,
        has_result_picture: false,
        version: 0,
    }
}

fn acted(acts: &[(OrderAct, i64)]) -> Vec<Acted> {
    acts.iter()
        .map(|(act, s)| Acted {
            act: *act,
            side: if act.is_of(OrderSide::Site) { OrderSide::Site } else { OrderSide::Remote },
            at: at(*s),
        })
        .collect()
}

/// One row a state, one letter an act in the order of `OrderAct::ALL`; `.` means refused. W waiting, A accepted, O on site, D done.
const TABLE: [(OrderState, &str); 4] = [
    (OrderState::Waiting, "WWWWAO.W.W"),
    (OrderState::Accepted, "AAAA.O.A.A"),
    (OrderState::OnSite, "OOOO..OODO"),
    (OrderState::Done, ".........D"),
];

#[test]
fn every_pair_of_state_and_act() {
    for (state, row) in TABLE {
        assert_eq!(row.len(), OrderAct::ALL.len());
        for (act, letter) in OrderAct::ALL.into_iter().zip(row.chars()) {
            let expected = match letter {
                '.' => None,
                'W' => Some(OrderState::Waiting),
                'A' => Some(OrderState::Accepted),
                'O' => Some(OrderState::OnSite),
                _ => Some(OrderState::Done),
            };
            assert_eq!(next_state(state, act), expected, "{state:?} × {act:?}");
        }
    }
}

#[test]
fn an_order_opens_with_the_confirmation_of_what_somebody_has_to_go_to() {
    for state in AlarmState::ALL {
        let alarm = Alarm { state, ..confirmed(AlarmCode::F02) };
        let opens = matches!(
            state,
            AlarmState::Confirmed | AlarmState::Handling | AlarmState::InReview | AlarmState::Closed
        );
        assert_eq!(order(&alarm, &[]).is_some(), opens, "{state:?}");
    }
    for (code, opens) in [
        (AlarmCode::F01, true),
        (AlarmCode::F06, true),
        (AlarmCode::E01, true),
        (AlarmCode::U01, true),
        (AlarmCode::E03, false),
        (AlarmCode::S01, false),
        (AlarmCode::D01, false),
        (AlarmCode::V07, false),
    ] {
        assert_eq!(order(&confirmed(code), &[]).is_some(), opens, "{code:?}");
    }
}

#[test]
fn who_is_on_site_moves_the_alarm_on_without_owning_it() {
    let alarm = confirmed(AlarmCode::F02);
    let change = decide(&alarm, &[], (OrderAct::Arrive, OrderSide::Site), None, at(90)).unwrap().unwrap();
    assert_eq!((change.to, change.owner_id), (AlarmState::Handling, alarm.owner_id));
    assert_eq!(change.times.arrived_at, Some(at(90)));
    // The owner reports for those who have no telephone.
    let by_owner = decide_alarm(&alarm, AlarmEvent::Arrive, alarm.owner_id, None, at(80)).unwrap();
    let alarm = Alarm { state: by_owner.to, times: by_owner.times, ..alarm };
    assert_eq!(order(&alarm, &[]).unwrap().state, OrderState::OnSite);
    assert_eq!(
        decide(&alarm, &[], (OrderAct::Arrive, OrderSide::Site), None, at(90)),
        Err(OrderRefusal::NotNow(OrderState::OnSite, OrderAct::Arrive))
    );
}

#[test]
fn each_refusal_has_its_reason() {
    use OrderAct as A;
    use OrderSide as S;
    let flame = confirmed(AlarmCode::F02);
    let go = |alarm: &Alarm, done: &[(OrderAct, i64)], act, side, words| {
        decide(alarm, &acted(done), (act, side), words, at(100)).unwrap_err()
    };
    assert_eq!(go(&confirmed(AlarmCode::D01), &[], A::Remark, S::Site, None), OrderRefusal::NoOrder);
    let closed = Alarm { state: AlarmState::Closed, ..flame.clone() };
    assert_eq!(go(&closed, &[], A::Remark, S::Site, Some("x")), OrderRefusal::Over);
    assert_eq!(go(&flame, &[], A::Accept, S::Remote, None), OrderRefusal::OtherSide(A::Accept, S::Remote));
    assert_eq!(go(&flame, &[], A::Inform, S::Site, None), OrderRefusal::OtherSide(A::Inform, S::Site));
    let blocked = confirmed(AlarmCode::E01);
    assert_eq!(
        go(&blocked, &[], A::CallFireBrigade, S::Remote, None),
        OrderRefusal::NoFire(A::CallFireBrigade)
    );
    let called = [(A::CallFireBrigade, 55)];
    assert_eq!(
        go(&flame, &called, A::CallFireBrigade, S::Site, None),
        OrderRefusal::Twice(A::CallFireBrigade)
    );
    assert_eq!(go(&flame, &[], A::Remark, S::Site, Some(" ")), OrderRefusal::WordsMissing);
    assert_eq!(
        go(&flame, &[], A::Handle, S::Site, None),
        OrderRefusal::NotNow(OrderState::Waiting, A::Handle)
    );
}

/// What is wrong, what was done at which second, when it is looked at; then the results of both sides.
type Row<'a> = (AlarmCode, &'a [(OrderAct, i64)], i64, SideResult, SideResult);

#[test]
fn each_side_has_a_result_of_its_own() {
    use OrderAct as A;
    let (in_time, late) = (|ms| SideResult::InTime { spare_ms: ms }, |ms| SideResult::Late { by_ms: ms });
    // What was done, when it is looked at; then the results of both sides. Limits: 60, 60; 30, 60 (level 1); 90, 300; 300, 600, 1800 (level 2).
    let rows: &[Row<'_>] = &[
        (AlarmCode::F02, &[], 60, in_time(30_000), SideResult::Running),
        (AlarmCode::F02, &[], 81, in_time(30_000), late(1000)),
        (AlarmCode::F02, &[(A::Accept, 60)], 100, in_time(30_000), SideResult::Running),
        (AlarmCode::F02, &[(A::Accept, 60), (A::Arrive, 100)], 999, in_time(30_000), in_time(10_000)),
        (AlarmCode::F02, &[(A::Arrive, 100)], 999, in_time(30_000), late(20_000)),
        (AlarmCode::F02, &[(A::Accept, 60), (A::Arrive, 115)], 999, in_time(30_000), late(5000)),
        (AlarmCode::E01, &[(A::Accept, 60), (A::Arrive, 115)], 999, in_time(72_000), SideResult::Running),
        (
            AlarmCode::E01,
            &[(A::Accept, 60), (A::Arrive, 115), (A::Handle, 1849)],
            9999,
            in_time(72_000),
            in_time(1000),
        ),
        (AlarmCode::E01, &[(A::Accept, 60), (A::Arrive, 115)], 1852, in_time(72_000), late(2000)),
    ];
    for (code, acts, s, remote, site) in rows {
        let alarm = confirmed(*code);
        let acts = acted(acts);
        let order = order(&alarm, &acts).unwrap();
        let readings = readings(alarm.level, &alarm.times, &order, at(*s));
        assert_eq!(result(&readings, OrderSide::Remote, at(*s)), *remote, "{code:?} {acts:?} at {s}");
        assert_eq!(result(&readings, OrderSide::Site, at(*s)), *site, "{code:?} {acts:?} at {s}");
    }
}

#[test]
fn four_stopwatches_and_two_run_from_what_happened() {
    use OrderAct as A;
    let alarm = confirmed(AlarmCode::F02);
    let acts = acted(&[(A::Arrive, 95), (A::SecondForce, 170)]);
    let order = order(&alarm, &acts).unwrap();
    let watches = stopwatches(alarm.level, &alarm.times, &order, &acts);
    let shown: Vec<_> = watches
        .iter()
        .map(|one| {
            let span = one.stopped_at.map(|stop| stop.duration_since(one.started_at).as_secs());
            (one.kind.as_str(), one.limit_s, span)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("found", Some(10), Some(2)),
            ("warned", Some(120), Some(48)),
            ("nearest", Some(60), Some(45)),
            ("second", Some(180), Some(120)),
            ("handled", None, None),
            ("closed", None, None),
        ]
    );
    let second = confirmed(AlarmCode::E01);
    let order = super::order(&second, &[]).unwrap();
    let kinds = stopwatches(second.level, &second.times, &order, &[]);
    assert!(kinds.iter().all(|one| one.kind != StopwatchKind::Second), "level 2 sends no second force");
}

#[test]
fn what_is_said_to_the_fire_brigade_follows_from_the_rows() {
    let call = call::FireCall {
        regions: &["南昌市", "进贤县"],
        unit: "示例学校",
        place: Some("三号楼二层走廊"),
        code: AlarmCode::F02,
        occurred_at: at(0),
        caller: "张三",
    };
    let said = call::say(&call).concat();
    for part in ["这里是南昌市进贤县示例学校", "三号楼二层走廊", "明火", "张三"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
