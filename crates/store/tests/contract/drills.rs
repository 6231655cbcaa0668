//! Drills of duty rooms: planned within reach, one at a time, each step once, scored once; who may not know of a double-blind one finds nothing;
//! a month's lot is drawn once.

use domain::access::{Access, Scope};
use domain::alarm::AlarmCode;
use domain::duty::drill::{DrillKind, DrillState, DrillStep};
use domain::ids::{DrillId, UnitId};
use domain::recording::Span;
use domain::role::Role;
use jiff::civil::date;
use store::{DrillFilter, ErrorKind, NewDrill, NewDrillMonth, PageAsk};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, PROVINCE, SOUTH_SCHOOL, at, north, province, south,
};
use crate::roll_calls::{FIRM, GUARD, firm, room};

contract!(
    a_drill_is_planned_and_seen_within_reach,
    a_double_blind_drill_is_unknown_until_it_is_over,
    a_drill_begins_alone_and_each_step_counts_once,
    a_drill_that_is_called_off_is_not_held,
    the_nearest_plan_holds_and_a_lot_is_drawn_once,
    a_month_is_committed_to_once_and_published_once,
);

fn id(n: u128) -> DrillId {
    DrillId(Uuid::from_u128(0x7_5000 + n))
}

fn drill(n: u128, room_n: u128, unit_id: UnitId, kind: DrillKind, s: i64) -> NewDrill {
    NewDrill {
        id: id(n),
        kind,
        room_id: room(room_n),
        unit_id,
        camera_id: None,
        code: AlarmCode::F01,
        place: "三楼走廊".to_owned(),
        knows: "校安全负责人".to_owned(),
        begins_at: at(s),
        lot_month: None,
        planned_by: Some(NORTH_GUARD),
        planned_at: at(0),
    }
}

fn guards() -> Access {
    Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Organisation(FIRM))
}

async fn a_drill_is_planned_and_seen_within_reach(house: House) {
    let store = &firm(&house).await.store;
    let scripted = DrillKind::Scripted;
    assert!(store.plan_drill(&north(), &drill(1, 1, NORTH_SCHOOL, scripted, 10)).await.unwrap());
    for (who, new) in [
        (south(), drill(2, 1, SOUTH_SCHOOL, scripted, 10)),
        (north(), drill(3, 1, SOUTH_SCHOOL, scripted, 10)),
        (north(), drill(4, 2, NORTH_SCHOOL, scripted, 10)),
        (north(), drill(5, 3, NORTH_SCHOOL, scripted, 10)),
    ] {
        let refused = store.plan_drill(&who, &new).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::NotFound, "another town's room or school, or a closed room");
    }
    let filter = DrillFilter { with_blind: true, ..DrillFilter::default() };
    for (who, count) in [(north(), 1), (province(), 1), (south(), 0), (guards(), 1)] {
        assert_eq!(store.drills(&who, &filter, &PageAsk::first(9)).await.unwrap().items.len(), count);
    }
    assert_eq!(store.drill(&south(), id(1), true).await.unwrap_err().kind(), ErrorKind::NotFound);
    let row = store.drill(&north(), id(1), true).await.unwrap();
    assert_eq!((row.state, row.room_name.as_str()), (DrillState::Planned, "1号值班室"));
    assert_eq!(row.plan, drill(1, 1, NORTH_SCHOOL, scripted, 10));
    let month = Span::new(at(0), at(86_400));
    let rooms = store.drill_rooms(&north(), month, Some(NORTH_COUNTY)).await.unwrap();
    assert_eq!(rooms.iter().map(|one| one.room_id).collect::<Vec<_>>(), [room(1), room(3)]);
    assert_eq!(store.drills_of_month(&north(), month, true).await.unwrap().len(), 1);
    assert_eq!(store.drills_of_month(&south(), month, true).await.unwrap(), []);
}

async fn a_double_blind_drill_is_unknown_until_it_is_over(house: House) {
    let store = &firm(&house).await.store;
    store.plan_drill(&north(), &drill(1, 1, NORTH_SCHOOL, DrillKind::DoubleBlind, 10)).await.unwrap();
    let month = Span::new(at(0), at(86_400));
    let known = async || {
        let list = store.drills(&guards(), &DrillFilter::default(), &PageAsk::first(9)).await.unwrap();
        let one = store.drill(&guards(), id(1), false).await.is_ok();
        (list.items.len(), one, store.drills_of_month(&guards(), month, false).await.unwrap().len())
    };
    assert_eq!(known().await, (0, false, 0));
    assert!(store.begin_drill(id(1), at(10)).await.unwrap());
    store.do_drill_step(id(1), DrillStep::Take, GUARD, at(15)).await.unwrap();
    assert_eq!(known().await, (0, false, 0));
    assert!(store.drill_steps(&guards(), id(1), false).await.unwrap().is_empty());
    store.end_drill(id(1), 60, at(99)).await.unwrap();
    assert_eq!(known().await, (1, true, 1));
    assert_eq!(store.drill_steps(&guards(), id(1), false).await.unwrap().len(), 1);
}

async fn a_drill_begins_alone_and_each_step_counts_once(house: House) {
    let store = &firm(&house).await.store;
    for (n, s) in [(1, 20), (2, 10)] {
        store.plan_drill(&north(), &drill(n, 1, NORTH_SCHOOL, DrillKind::Scripted, s)).await.unwrap();
    }
    let due = async |s: i64| {
        let rows = store.drills_due(at(s)).await.unwrap();
        rows.iter().map(|row| row.plan.id).collect::<Vec<_>>()
    };
    assert_eq!((due(9).await, due(30).await), (vec![], vec![id(2)]), "the earlier one of the room");
    assert!(store.begin_drill(id(2), at(10)).await.unwrap());
    assert!(!store.begin_drill(id(2), at(11)).await.unwrap(), "once");
    assert_eq!(due(30).await, vec![], "one at a time");
    assert_eq!(store.begin_drill(id(1), at(11)).await.unwrap_err().kind(), ErrorKind::Conflict);
    store.do_drill_step(id(2), DrillStep::Take, GUARD, at(15)).await.unwrap();
    let twice = store.do_drill_step(id(2), DrillStep::Take, GUARD, at(16)).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Conflict);
    let (row, steps) = store.seat_drill(room(1)).await.unwrap().unwrap();
    assert_eq!((row.plan.id, row.begun_at), (id(2), Some(at(10))));
    assert_eq!(steps.iter().map(|one| (one.step, one.at)).collect::<Vec<_>>(), [(DrillStep::Take, at(15))]);
    assert_eq!(store.seat_drill(room(2)).await.unwrap(), None);
    assert!(store.end_drill(id(2), 60, at(40)).await.unwrap());
    assert!(!store.end_drill(id(2), 200, at(41)).await.unwrap(), "scored once");
    let late = store.do_drill_step(id(2), DrillStep::Verify, GUARD, at(42)).await.unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Conflict);
    assert_eq!(store.drill(&north(), id(2), false).await.unwrap().half_points, Some(60));
    assert_eq!(due(42).await, vec![id(1)]);
}

async fn a_drill_that_is_called_off_is_not_held(house: House) {
    let store = &firm(&house).await.store;
    store.plan_drill(&north(), &drill(1, 1, NORTH_SCHOOL, DrillKind::Scripted, 10)).await.unwrap();
    let foreign = store.cancel_drill(&south(), id(1), "x", at(5)).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    store.cancel_drill(&north(), id(1), "真实警情", at(5)).await.unwrap();
    assert!(store.drills_due(at(30)).await.unwrap().is_empty());
    assert!(!store.begin_drill(id(1), at(30)).await.unwrap());
    let row = store.drill(&north(), id(1), false).await.unwrap();
    assert_eq!((row.state, row.why.as_deref()), (DrillState::Cancelled, Some("真实警情")));
    let again = store.cancel_drill(&north(), id(1), "x", at(6)).await.unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
}

async fn the_nearest_plan_holds_and_a_lot_is_drawn_once(house: House) {
    let store = &firm(&house).await.store;
    let foreign = store.put_drill_plan(&south(), NORTH_COUNTY, (AlarmCode::F02, "x"), at(1)).await;
    assert_eq!(foreign.unwrap_err().kind(), ErrorKind::NotFound);
    let above = Access::person(NORTH_GUARD, Role::Province, Scope::Region(PROVINCE));
    store.put_drill_plan(&above, PROVINCE, (AlarmCode::F01, "省"), at(1)).await.unwrap();
    store.put_drill_plan(&north(), NORTH_COUNTY, (AlarmCode::F02, "县"), at(2)).await.unwrap();
    let rooms = store.lot_rooms().await.unwrap();
    let found: Vec<_> = rooms.iter().map(|one| (one.room_id, one.code, one.knows.as_str())).collect();
    assert_eq!(found, [(room(1), AlarmCode::F02, "县"), (room(2), AlarmCode::F01, "省")], "open ones");
    assert_eq!(rooms[0].since, at(2), "not for what was before the plan");
    assert_eq!(store.drill_plans(&north()).await.unwrap().len(), 2, "one's own and what holds from above");
    assert_eq!(store.drill_plans(&south()).await.unwrap().len(), 1);
    assert_eq!(store.drill_plans(&guards()).await.unwrap(), []);
    let lot = NewDrill {
        lot_month: Some(date(2026, 12, 1)),
        planned_by: None,
        ..drill(1, 1, NORTH_SCHOOL, DrillKind::DoubleBlind, 10)
    };
    assert!(store.plan_drill(&Access::PLATFORM, &lot).await.unwrap());
    assert!(!store.plan_drill(&Access::PLATFORM, &NewDrill { id: id(2), ..lot }).await.unwrap());
    store.drop_drill_plan(&north(), NORTH_COUNTY).await.unwrap();
    assert_eq!(store.lot_rooms().await.unwrap()[0].code, AlarmCode::F01);
    let gone = store.drop_drill_plan(&north(), NORTH_COUNTY).await.unwrap_err();
    assert_eq!(gone.kind(), ErrorKind::NotFound);
}

async fn a_month_is_committed_to_once_and_published_once(house: House) {
    let store = &house.store;
    let new = NewDrillMonth {
        month: date(2026, 12, 1),
        committed_at: at(1),
        commitment: [1; 32],
        sealed_seed: vec![9],
    };
    assert!(store.commit_drill_month(&new).await.unwrap());
    assert!(!store.commit_drill_month(&NewDrillMonth { commitment: [2; 32], ..new.clone() }).await.unwrap());
    store.reveal_drill_month(new.month, &[7; 32], at(5)).await.unwrap();
    store.reveal_drill_month(new.month, &[8; 32], at(6)).await.unwrap();
    let months = store.drill_months().await.unwrap();
    assert_eq!((months.len(), &months[0].committed), (1, &new));
    assert_eq!(months[0].revealed, Some(([7; 32], at(5))));
}
