//! The ladder: looks that are promised and taken back, rungs told once, receipts, and a hundred thousand of them.

use std::time::{Duration, Instant};

use domain::access::{Access, Scope};
use domain::alarm::ladder::{Run, Rung, Telling};
use domain::alarm::{AlarmEvent, Clock, Mark, decide};
use domain::ids::UserId;
use domain::role::Role;
use store::{
    Account, Addressee, Climb, Climbed, DueLook, ErrorKind, EscalationFilter, IN_APP, NotificationState,
    PageAsk, RungTelling, StepRecord, Store,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH, NORTH_ALARM, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, PROVINCE, SOUTH, SOUTH_ALARM,
    account, at, north, province, south,
};

contract!(
    a_look_is_promised_until_somebody_took_it_back,
    a_rung_is_told_once_whoever_looks,
    a_change_overtakes_a_look,
    people_are_found_by_role_and_reach,
    an_office_sees_and_acknowledges_what_climbed_to_it,
    an_open_alarm_of_before_is_looked_at,
    a_call_counts_once_for_each_guard_within_reach,
    a_hundred_thousand_looks_are_not_read_for_one
);

const OFFICER: UserId = UserId(Uuid::from_u128(0x9100));

fn officer(id: UserId, name: &str, role: Role, scope: Scope) -> Account {
    Account { role, ..account(id, name, scope) }
}

/// What one look at the northern alarm found: the guard or the city, first or later.
async fn telling(
    store: &Store,
    look: DueLook,
    (rung, round): (Rung, u32),
    people: &[UserId],
    s: i64,
) -> Climb {
    let alarm = store.alarm(&Access::PLATFORM, look.alarm_id).await.unwrap().alarm;
    let run = Run { clock: Clock::Take, since: alarm.times.pushed_at };
    let telling = Telling { rung, round, due_at: at(s), owes_receipt: rung.is_climb() };
    let change = (rung.is_climb() && round == 1 && !people.is_empty())
        .then(|| decide(&alarm, AlarmEvent::Escalate, None, None, at(s)).unwrap());
    let tellings = vec![RungTelling {
        run,
        telling,
        people: people.to_vec(),
        addresses: vec![Addressee {
            channel: "webhook".to_owned(),
            user_id: None,
            recipient: "fire brigade".to_owned(),
        }],
    }];
    Climb { look, alarm, tellings, change, look_at: Some(at(s + 60)), at: at(s) }
}

async fn due(store: &Store, s: i64) -> Vec<DueLook> {
    store.looks_due(at(s), 10).await.unwrap()
}

async fn a_look_is_promised_until_somebody_took_it_back(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    assert_eq!(due(store, 1000).await, [], "raising promises nothing: the outbox does");
    store.ask_for_looks(&[NORTH_ALARM, SOUTH_ALARM], at(20)).await.unwrap();
    store.ask_for_looks(&[NORTH_ALARM], at(15)).await.unwrap();
    store.ask_for_looks(&[], at(15)).await.unwrap();
    assert_eq!(due(store, 14).await, []);
    let looks = due(store, 20).await;
    assert_eq!(
        looks.iter().map(|look| look.alarm_id).collect::<Vec<_>>(),
        [NORTH_ALARM, SOUTH_ALARM],
        "the longest due first"
    );
    let climb = telling(store, looks[0], (Rung::DutyGuard, 1), &[NORTH_GUARD], 20).await;
    assert_eq!(store.climb(&climb).await.unwrap(), Climbed::Told);
    assert_eq!(due(store, 79).await.len(), 1);
    assert_eq!(store.next_look(&north(), NORTH_ALARM).await.unwrap(), Some(at(80)));
    assert_eq!(store.next_look(&south(), NORTH_ALARM).await.unwrap(), None, "not within reach");
    // Asked again between reading and writing: the old promise is not put over the new one.
    let look = due(store, 80).await.into_iter().find(|look| look.alarm_id == NORTH_ALARM).unwrap();
    store.ask_for_looks(&[NORTH_ALARM], at(70)).await.unwrap();
    let late = Climb {
        tellings: vec![],
        change: None,
        look_at: None,
        ..telling(store, look, (Rung::DutyGuard, 2), &[], 80).await
    };
    assert_eq!(store.climb(&late).await.unwrap(), Climbed::Overtaken);
    let look = due(store, 80).await.into_iter().find(|look| look.alarm_id == NORTH_ALARM).unwrap();
    assert_eq!(store.climb(&Climb { look, ..late }).await.unwrap(), Climbed::Told);
    assert_eq!(store.next_look(&north(), NORTH_ALARM).await.unwrap(), None, "nothing more comes");
}

async fn a_rung_is_told_once_whoever_looks(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    store.ask_for_looks(&[NORTH_ALARM], at(20)).await.unwrap();
    let look = due(store, 20).await[0];
    let climb = telling(store, look, (Rung::City, 1), &[NORTH_GUARD], 20).await;
    let racing: Vec<_> = (0..6)
        .map(|_| {
            let (store, climb) = (store.clone(), climb.clone());
            tokio::spawn(async move { store.climb(&climb).await.unwrap() })
        })
        .collect();
    let mut told = 0;
    for one in racing {
        told += usize::from(one.await.unwrap() == Climbed::Told);
    }
    assert_eq!(told, 1);
    let rungs = store.ladder_rungs(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!((rungs.len(), rungs[0].rounds, rungs[0].people, rungs[0].owes_receipt), (1, 1, 1, true));
    let lines = store.notified(&north(), NORTH_ALARM).await.unwrap();
    let line =
        |n: usize| (lines[n].channel.as_str(), lines[n].state, lines[n].recipient.clone(), lines[n].tries);
    assert_eq!(lines.len(), 2);
    assert_eq!(line(0), (IN_APP, NotificationState::Sent, NORTH_GUARD.to_string(), 1));
    assert_eq!(line(1), ("webhook", NotificationState::Waiting, "fire brigade".to_owned(), 0));
    assert!(store.notified(&south(), NORTH_ALARM).await.unwrap().is_empty(), "not within reach");
    let row = store.alarm(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!((row.alarm.marks.as_slice(), row.alarm.version), ([Mark::Escalated].as_slice(), 1));
    let steps = store.alarm_steps(&north(), NORTH_ALARM).await.unwrap();
    let last = steps.last().unwrap();
    assert_eq!(
        (last.event.as_str(), last.note.as_deref(), last.actor.is_none()),
        ("escalate", Some("city"), true)
    );
    let told = store.outbox_pending(10).await.unwrap();
    assert_eq!(told.last().unwrap().topic, "alarm.changed", "others hear of it by the same transaction");
    // The database says it too.
    let look = DueLook { asked: look.asked + 1, ..look };
    let again = telling(store, look, (Rung::City, 1), &[NORTH_GUARD], 30).await;
    assert_eq!(store.climb(&again).await.unwrap_err().kind(), ErrorKind::Conflict);
    let skipped = telling(store, look, (Rung::City, 3), &[NORTH_GUARD], 30).await;
    assert_eq!(store.climb(&skipped).await.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(store.notified(&north(), NORTH_ALARM).await.unwrap().len(), 2);
    let second = telling(store, look, (Rung::City, 2), &[NORTH_GUARD], 30).await;
    assert_eq!(store.climb(&second).await.unwrap(), Climbed::Told);
    let rungs = store.ladder_rungs(&north(), NORTH_ALARM).await.unwrap();
    assert_eq!((rungs[0].rounds, rungs[0].first_told_at, rungs[0].last_told_at), (2, at(20), at(30)));
}

async fn a_change_overtakes_a_look(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    store.ask_for_looks(&[NORTH_ALARM], at(20)).await.unwrap();
    let climb = telling(store, due(store, 20).await[0], (Rung::City, 1), &[NORTH_GUARD], 20).await;
    let guard = Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL));
    let change = decide(&climb.alarm, AlarmEvent::Take, Some(NORTH_GUARD), None, at(20)).unwrap();
    let step = StepRecord {
        at: at(20),
        event: AlarmEvent::Take,
        actor_id: Some(NORTH_GUARD),
        note: None,
        reason: None,
    };
    store.change_alarm(&guard, NORTH_ALARM, 0, &change, &step).await.unwrap();
    assert_eq!(
        store.climb(&climb).await.unwrap(),
        Climbed::Overtaken,
        "taken in the same moment: nobody above is told"
    );
    assert!(store.ladder_rungs(&north(), NORTH_ALARM).await.unwrap().is_empty());
    assert_eq!(due(store, 20).await.len(), 1, "the look stays due");
}

async fn people_are_found_by_role_and_reach(house: House) {
    let store = &house.furnish().await.store;
    let add = async |n: u128, name: &str, role, scope| {
        store.add_account(&officer(UserId(Uuid::from_u128(n)), name, role, scope)).await.unwrap();
    };
    add(1, "manager", Role::Unit, Scope::Unit(NORTH_SCHOOL)).await;
    add(2, "area guard", Role::DutyGuard, Scope::Region(NORTH_COUNTY)).await;
    add(3, "north city", Role::City, Scope::Region(NORTH)).await;
    add(4, "south city", Role::City, Scope::Region(SOUTH)).await;
    add(5, "all", Role::Province, Scope::Region(PROVINCE)).await;
    add(6, "gone", Role::Province, Scope::Region(PROVINCE)).await;
    store.set_disabled(UserId(Uuid::from_u128(6)), true).await.unwrap();
    let on = async |rung| -> Vec<u128> {
        let mut found: Vec<u128> = store
            .people_on_rung(rung, NORTH_SCHOOL, at(1))
            .await
            .unwrap()
            .iter()
            .map(|id| id.0.as_u128())
            .collect();
        found.sort_unstable();
        found
    };
    assert_eq!(on(Rung::DutyGuard).await, [2, NORTH_GUARD.0.as_u128()]);
    assert_eq!(on(Rung::Unit).await, [1]);
    assert_eq!(on(Rung::County).await, [0; 0]);
    assert_eq!(on(Rung::City).await, [3]);
    assert_eq!(on(Rung::Province).await, [5]);
}

async fn an_office_sees_and_acknowledges_what_climbed_to_it(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    store.add_account(&officer(OFFICER, "city", Role::City, Scope::Region(NORTH))).await.unwrap();
    let city = Access::person(OFFICER, Role::City, Scope::Region(NORTH));
    store.ask_for_looks(&[NORTH_ALARM, SOUTH_ALARM], at(20)).await.unwrap();
    for look in due(store, 20).await {
        let climb = telling(store, look, (Rung::City, 1), &[OFFICER], 20).await;
        assert_eq!(store.climb(&climb).await.unwrap(), Climbed::Told);
    }
    let listed = async |access: &Access, filter| {
        store.escalations(access, Rung::City, filter, &PageAsk::first(10)).await.unwrap().items
    };
    let owed = listed(&city, EscalationFilter::Owed).await;
    assert_eq!((owed.len(), owed[0].alarm.alarm.id), (1, NORTH_ALARM));
    assert_eq!(store.count_owed(&city, Rung::City, 100).await.unwrap(), 1);
    assert_eq!(store.count_owed(&province(), Rung::City, 1).await.unwrap(), 1, "counted up to a limit");
    let first =
        store.escalations(&province(), Rung::City, EscalationFilter::All, &PageAsk::first(1)).await.unwrap();
    let next = PageAsk::after(1, first.next.unwrap());
    let second = store.escalations(&province(), Rung::City, EscalationFilter::All, &next).await.unwrap();
    assert_ne!(first.items[0].rung.alarm_id, second.items[0].rung.alarm_id);
    assert_eq!(second.next, None);
    let not_there = store.acknowledge_rung(&city, SOUTH_ALARM, Rung::City, None, at(25)).await;
    assert_eq!(not_there.unwrap_err().kind(), ErrorKind::NotFound);
    let not_climbed = store.acknowledge_rung(&city, NORTH_ALARM, Rung::County, None, at(25)).await;
    assert_eq!(not_climbed.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(
        store.acknowledge_rung(&city, NORTH_ALARM, Rung::City, Some("知悉"), at(25)).await.unwrap(),
        1
    );
    assert_eq!(
        store.acknowledge_rung(&city, NORTH_ALARM, Rung::City, Some("later"), at(26)).await.unwrap(),
        0
    );
    assert!(listed(&city, EscalationFilter::Owed).await.is_empty());
    let kept = listed(&city, EscalationFilter::All).await.remove(0).rung.receipt.unwrap();
    assert_eq!((kept.at, kept.by, kept.note.as_deref()), (at(25), OFFICER, Some("知悉")));
}

async fn an_open_alarm_of_before_is_looked_at(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    // What the migration does for alarms that were open before there was a ladder.
    house
        .behind("insert into ladder_look (alarm_id, look_at, asked) select id, 0, 0 from alarm where is_open")
        .await
        .unwrap();
    assert_eq!(due(store, 0).await.len(), 2);
}

async fn a_hundred_thousand_looks_are_not_read_for_one(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    // Copies of one alarm, each promised a look in the far future.
    let columns = "code, level, state, is_open, marks, drill, simulated, unit_id, camera_id, source, occurred_at, pushed_at,
        has_result_picture, version, boxes, joined_count, last_step_at";
    let number = if house.is_sqlite() { "printf('%012d', n)" } else { "lpad(cast(n as text), 12, '0')" };
    house
        .behind(&format!(
            "insert into alarm (id, {columns})
             with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 100000)
             select '00000000-0000-7000-9000-' || {number}, {columns} from numbers, alarm where alarm.id = '{NORTH_ALARM}'"
        ))
        .await
        .unwrap();
    house
        .behind(&format!(
            "insert into ladder_look (alarm_id, look_at, asked) select id, {}, 0 from alarm",
            at(1_000_000).as_microsecond()
        ))
        .await
        .unwrap();
    house.behind("analyze").await.unwrap();
    store.ask_for_looks(&[SOUTH_ALARM], at(20)).await.unwrap();
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        assert_eq!(due(store, 20).await.len(), 1);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!("one due look among 100 000: {:.2} ms (median of 20)", times[10].as_secs_f64() * 1000.0);
    assert!(times[10] < Duration::from_millis(50), "{:?}", times[10]);
}

async fn a_call_counts_once_for_each_guard_within_reach(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    store.ask_for_looks(&[NORTH_ALARM], at(20)).await.unwrap();
    for (round, s) in [(1, 20), (2, 80)] {
        let look = due(store, s).await[0];
        let climb = telling(store, look, (Rung::DutyGuard, round), &[NORTH_GUARD], s).await;
        assert_eq!(store.climb(&climb).await.unwrap(), Climbed::Told);
    }
    let calls = async |access: &Access, since| {
        let found = store.operator_calls(access, at(since)).await.unwrap();
        let of_north = found.into_iter().find(|one| one.user_id == NORTH_GUARD);
        of_north.map(|one| one.calls)
    };
    assert_eq!(calls(&province(), 0).await, Some(vec![at(20)]), "told twice, called once");
    assert_eq!(calls(&province(), 21).await, Some(vec![]), "and not since");
    assert_eq!(calls(&south(), 0).await, None, "a guard of others");
    let own = Access::person(NORTH_GUARD, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL));
    assert_eq!(calls(&own, 0).await, Some(vec![at(20)]));
    let other = Access::person(OFFICER, Role::DutyGuard, Scope::Unit(NORTH_SCHOOL));
    assert_eq!(calls(&other, 0).await, None, "a guard sees nobody else's");
}
