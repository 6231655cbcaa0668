//! What is seen on after an alarm was ended, alarms under a supervision order, clocks of devices, and a clock that was put back.

use domain::access::{Access, Scope};
use domain::alarm::{AfterEnd, AlarmEvent, FalseAlarmReason, Level, decide};
use domain::ids::AlarmId;
use domain::role::Role;
use jiff::SignedDuration;
use store::{DeviceClock, NewAlarm, Raised, StepRecord, Store};

use crate::contract;
use crate::house::{
    House, NORTH_ALARM, NORTH_CAMERA, NORTH_DEVICE, NORTH_GUARD, NORTH_SCHOOL, RULE, alarm_id, at, new_alarm,
    north,
};

contract!(
    what_is_seen_on_joins_an_ended_alarm_for_a_while_and_then_follows_it,
    what_was_quiet_takes_nothing_in_that_rings,
    an_ended_alarm_that_lies_ahead_takes_nothing_in,
    a_look_that_lies_ahead_is_asked_for_anew,
    the_clock_of_a_device_is_kept_with_what_was_told_of_it,
);

/// Two minutes, doubled each time, up to half an hour.
fn rule() -> AfterEnd {
    AfterEnd::of(SignedDuration::from_mins(2))
}

/// Told again at this second.
fn again(n: u128, s: i64) -> NewAlarm {
    NewAlarm { told_again: Some(rule()), ..new_alarm(alarm_id(n), NORTH_SCHOOL, NORTH_CAMERA, s) }
}

async fn raise(store: &Store, new: &NewAlarm) -> Raised {
    store.raise_alarm(&Access::PLATFORM, new, RULE).await.unwrap()
}

fn id_of(raised: &Raised) -> (AlarmId, bool) {
    match raised {
        Raised::New(row) => (row.alarm.id, true),
        Raised::Joined(id) | Raised::Fused(id) => (*id, false),
    }
}

/// Taken and called false, in this second.
async fn end(store: &Store, id: AlarmId, s: i64) {
    let guard = Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL));
    for (event, reason) in [(AlarmEvent::Take, None), (AlarmEvent::Reject, Some(FalseAlarmReason::Sunlight))]
    {
        let row = store.alarm(&guard, id).await.unwrap();
        let change = decide(&row.alarm, event, Some(NORTH_GUARD), reason, at(s)).unwrap();
        let step = StepRecord { at: at(s), event, actor_id: Some(NORTH_GUARD), note: None, reason };
        store.change_alarm(&guard, id, row.alarm.version, &change, &step).await.unwrap();
    }
}

async fn what_is_seen_on_joins_an_ended_alarm_for_a_while_and_then_follows_it(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    assert_eq!(id_of(&raise(store, &again(0x51, 70)).await), (NORTH_ALARM, false), "while it is open");
    end(store, NORTH_ALARM, 80).await;
    assert_eq!(id_of(&raise(store, &again(0x52, 130)).await), (NORTH_ALARM, false));
    assert_eq!(id_of(&raise(store, &again(0x53, 199)).await), (NORTH_ALARM, false), "119 s after its end");
    let Raised::New(second) = raise(store, &again(0x54, 200)).await else { panic!("it follows") };
    assert_eq!((second.alarm.id, second.predecessor_id), (alarm_id(0x54), Some(NORTH_ALARM)));
    assert_eq!(second.alarm.level, Level::One, "it rings");
    let told = store.outbox_pending(50).await.unwrap();
    assert!(told.iter().any(|one| one.topic == "alarm.raised" && one.key == second.alarm.id.to_string()));
    assert_eq!(id_of(&raise(store, &again(0x55, 260)).await), (second.alarm.id, false), "open again");
    // Ended a second time, it is quiet for twice as long.
    end(store, second.alarm.id, 300).await;
    assert_eq!(id_of(&raise(store, &again(0x56, 539)).await), (second.alarm.id, false));
    let (third, is_new) = id_of(&raise(store, &again(0x57, 540)).await);
    assert!(is_new && third == alarm_id(0x57));
    assert_eq!(store.alarm(&north(), third).await.unwrap().predecessor_id, Some(second.alarm.id));
    // A day later nobody remembers.
    end(store, third, 600).await;
    let Raised::New(late) = raise(store, &again(0x58, 600 + 25 * 3600)).await else { panic!("a new one") };
    assert_eq!(late.predecessor_id, None);
    // What is not seen on but seen anew is what it always was.
    let anew = new_alarm(alarm_id(0x59), NORTH_SCHOOL, NORTH_CAMERA, 90_700);
    assert_eq!(id_of(&raise(store, &anew).await), (late.alarm.id, false));
}

async fn what_was_quiet_takes_nothing_in_that_rings(house: House) {
    let store = &house.furnish().await.store;
    let mut quiet = new_alarm(alarm_id(0x61), NORTH_SCHOOL, NORTH_CAMERA, 10);
    quiet.alarm.level = Level::Four;
    raise(store, &quiet).await;
    let Raised::New(rings) = raise(store, &again(0x62, 70)).await else { panic!("it rings") };
    assert_eq!((rings.alarm.level, rings.predecessor_id), (Level::One, None), "the quiet one is open still");
    end(store, rings.alarm.id, 80).await;
    end(store, alarm_id(0x61), 81).await;
    let Raised::New(follows) = raise(store, &again(0x63, 100)).await else { panic!("it rings") };
    assert_eq!(follows.predecessor_id, Some(alarm_id(0x61)), "the last that was ended was quiet");
}

async fn an_ended_alarm_that_lies_ahead_takes_nothing_in(house: House) {
    let store = &house.furnish().await.store;
    raise(store, &new_alarm(alarm_id(0x71), NORTH_SCHOOL, NORTH_CAMERA, 3600)).await;
    end(store, alarm_id(0x71), 3610).await;
    // The clock was put back an hour.
    assert_eq!(store.latest_moment().await.unwrap(), Some(at(3610)));
    let anew = new_alarm(alarm_id(0x72), NORTH_SCHOOL, NORTH_CAMERA, 20);
    assert_eq!(id_of(&raise(store, &anew).await), (alarm_id(0x72), true));
    end(store, alarm_id(0x72), 30).await;
    assert_eq!(
        store.latest_moment().await.unwrap(),
        Some(at(3600)),
        "the entries are of now, an alarm is not"
    );
    assert!(id_of(&raise(store, &again(0x73, 40)).await).1, "the one that was ended last lies ahead");
}

async fn a_look_that_lies_ahead_is_asked_for_anew(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    let latest = store.latest_moment().await.unwrap().unwrap();
    assert!(latest >= at(10) && latest < at(20), "{latest}");
    store.ask_for_looks(&[NORTH_ALARM], at(3600)).await.unwrap();
    assert!(store.looks_due(at(20), 10).await.unwrap().iter().all(|look| look.alarm_id != NORTH_ALARM));
    store.ask_for_every_look(at(20)).await.unwrap();
    assert!(store.looks_due(at(20), 10).await.unwrap().iter().any(|look| look.alarm_id == NORTH_ALARM));
}

async fn the_clock_of_a_device_is_kept_with_what_was_told_of_it(house: House) {
    let store = &house.furnish().await.equip().await.ignite().await.store;
    assert_eq!(store.device_clock(NORTH_DEVICE).await.unwrap(), None);
    let right = DeviceClock { device_id: NORTH_DEVICE, measured_at: at(5), ahead_ms: 0, told: None };
    store.put_device_clock(&right).await.unwrap();
    let wrong = DeviceClock {
        measured_at: at(3605),
        ahead_ms: -120_000,
        told: Some((NORTH_ALARM, at(3605))),
        ..right
    };
    store.put_device_clock(&wrong).await.unwrap();
    assert_eq!(store.device_clock(NORTH_DEVICE).await.unwrap(), Some(wrong));
}
