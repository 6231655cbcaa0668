//! Work orders as kept: acts that are added once and never changed, seen within reach, and an arrival that moves the alarm in the same write.

use domain::access::Access;
use domain::alarm::order::{OrderAct, OrderSide, order};
use domain::alarm::{AlarmEvent, AlarmState, decide, life};
use domain::ids::AlarmId;
use store::{AlarmRow, ErrorKind, NewOrderAct, StepRecord, Store};

use crate::contract;
use crate::house::{House, NORTH_ALARM, at, north, south};

contract!(
    an_act_is_kept_once_and_seen_within_reach,
    who_arrives_moves_the_alarm_in_the_same_write,
    what_was_done_is_never_changed
);

async fn step(store: &Store, id: AlarmId, event: AlarmEvent, s: i64) -> AlarmRow {
    let alarm = store.alarm(&north(), id).await.unwrap().alarm;
    let change = decide(&alarm, event, north().user_id, None, at(s)).unwrap();
    let step = StepRecord { at: at(s), event, actor_id: north().user_id, note: None, reason: None };
    store.change_alarm(&north(), id, alarm.version, &change, &step).await.unwrap()
}

/// The northern alarm, taken at 20 and confirmed at 50.
async fn confirmed(house: &House) -> AlarmRow {
    house.furnish().await.equip().await.ignite().await;
    step(&house.store, NORTH_ALARM, AlarmEvent::Take, 20).await;
    step(&house.store, NORTH_ALARM, AlarmEvent::Confirm, 50).await
}

fn new(side: OrderSide, act: OrderAct, s: i64) -> NewOrderAct {
    let words = (act == OrderAct::Remark).then(|| "已断电".to_owned());
    NewOrderAct { opened_at: at(50), side, act, at: at(s), words }
}

async fn an_act_is_kept_once_and_seen_within_reach(house: House) {
    let row = confirmed(&house).await;
    let store = &house.store;
    let call = new(OrderSide::Remote, OrderAct::CallFireBrigade, 55);
    store.add_order_act(&north(), NORTH_ALARM, row.alarm.version, &call, None).await.unwrap();
    let twice = store.add_order_act(&north(), NORTH_ALARM, row.alarm.version, &call, None).await.unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Conflict, "of two who press the first counts");
    for s in [60, 61] {
        let remark = new(OrderSide::Site, OrderAct::Remark, s);
        store.add_order_act(&north(), NORTH_ALARM, row.alarm.version, &remark, None).await.unwrap();
    }
    let acts = store.order_acts(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!(
        acts.iter().map(|one| one.acted.act.as_str()).collect::<Vec<_>>(),
        ["call_fire_brigade", "remark", "remark"]
    );
    assert_eq!(acts[1].words.as_deref(), Some("已断电"));
    assert_eq!(store.order_acts(&south(), NORTH_ALARM).await.unwrap(), [], "another town sees none of it");
    let send = new(OrderSide::Remote, OrderAct::SendForce, 70);
    let foreign =
        store.add_order_act(&south(), NORTH_ALARM, row.alarm.version, &send, None).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);
    let nobody = store.add_order_act(&Access::PLATFORM, NORTH_ALARM, row.alarm.version, &send, None).await;
    assert!(nobody.is_err(), "an act has an actor");
}

async fn who_arrives_moves_the_alarm_in_the_same_write(house: House) {
    let row = confirmed(&house).await;
    let store = &house.store;
    let change = life::arrive(&row.alarm, at(90)).unwrap();
    let step = StepRecord {
        at: at(90),
        event: AlarmEvent::Arrive,
        actor_id: north().user_id,
        note: None,
        reason: None,
    };
    let arrive = new(OrderSide::Site, OrderAct::Arrive, 90);
    let moved = Some((&change, &step));
    let stale = store.add_order_act(&north(), NORTH_ALARM, row.alarm.version - 1, &arrive, moved).await;
    assert_eq!(stale.unwrap_err().kind(), ErrorKind::Conflict);
    store.add_order_act(&north(), NORTH_ALARM, row.alarm.version, &arrive, moved).await.unwrap();
    let after = store.alarm(&north(), NORTH_ALARM).await.unwrap().alarm;
    assert_eq!((after.state, after.times.arrived_at), (AlarmState::Handling, Some(at(90))));
    assert_eq!(after.owner_id, row.alarm.owner_id, "the owner keeps it");
    let acted: Vec<_> =
        store.order_acts(&north(), NORTH_ALARM).await.unwrap().iter().map(|one| one.acted).collect();
    assert_eq!(order(&after, &acted).unwrap().arrived_at, Some(at(90)));
}

async fn what_was_done_is_never_changed(house: House) {
    let row = confirmed(&house).await;
    let call = new(OrderSide::Remote, OrderAct::Inform, 55);
    house.store.add_order_act(&north(), NORTH_ALARM, row.alarm.version, &call, None).await.unwrap();
    for sql in ["update order_act set at = 0", "delete from order_act"] {
        assert!(house.behind(sql).await.is_err(), "{sql}");
    }
}
