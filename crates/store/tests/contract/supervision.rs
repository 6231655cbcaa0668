//! Notices and supervision orders: overdue as the domain says it, numbers and series without doubles, one act once, who sees what, and the
//! log of notifications that both kinds share.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::access::{Access, Scope};
use domain::alarm::{Clock, Rung};
use domain::ids::{AlarmId, NoticeId, UnitId, UserId};
use domain::notice::{Change, LetterAlarm, NoticeEvent, NoticeKind, NoticeState, Party, due_for_notice};
use domain::role::Role;
use jiff::{SignedDuration, Timestamp};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};
use store::{
    Account, Addressee, AlarmFilter, AlarmStates, ChainRole, Database, ErrorKind, IN_APP, NewNotice,
    NewNoticeAlarm, NoticeAct, NoticeQuery, NoticeRow, NoticeStates, NoticeTelling, NotificationState,
    OverdueFilter, PageAsk, Sending, Store, StoreConfig, ToldOf,
};
use uuid::Uuid;

use crate::contract;
use crate::house::{
    House, NORTH, NORTH_ALARM, NORTH_COUNTY, NORTH_GUARD, NORTH_SCHOOL, SOUTH_ALARM, SOUTH_SCHOOL, account,
    alarm_id, at, new_alarm, north, province, south, south_guard,
};

contract!(
    overdue_is_what_the_domain_says,
    numbers_and_series_have_no_doubles_under_a_race,
    one_act_is_done_once,
    a_notice_is_seen_by_whom_it_concerns,
    a_faster_hand_is_not_overwritten,
    a_notice_waits_for_its_channel_beside_alarms,
    an_alarm_is_under_supervision_while_an_order_names_it,
    what_is_due_is_found_once,
    many_overdue_alarms_are_counted_in_time
);

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const OFFICER: UserId = UserId(Uuid::from_u128(0x9200));
const MANAGER: UserId = UserId(Uuid::from_u128(0x9201));

fn city() -> Access {
    Access::person(OFFICER, Role::City, Scope::Region(NORTH))
}

fn manager() -> Access {
    Access::person(MANAGER, Role::Unit, Scope::Unit(NORTH_SCHOOL))
}

async fn people(store: &Store) {
    let of = |id, name, role, scope| Account { role, ..account(id, name, scope) };
    store.add_account(&of(OFFICER, "city", Role::City, Scope::Region(NORTH))).await.unwrap();
    store.add_account(&of(MANAGER, "manager", Role::Unit, Scope::Unit(NORTH_SCHOOL))).await.unwrap();
}

fn new(n: u128, batch: u128, kind: NoticeKind, alarms: &[AlarmId]) -> NewNotice {
    NewNotice {
        id: NoticeId(Uuid::from_u128(0x30_0000 + n)),
        batch_id: Uuid::from_u128(batch),
        kind,
        party: Party::Unit(NORTH_SCHOOL),
        party_name: "武宁第一中学".to_owned(),
        issuer_level: Rung::City,
        issuer_region_id: NORTH,
        issuer_id: OFFICER,
        remark: None,
        deadline_at: at(10_000),
        alarms: alarms
            .iter()
            .map(|id| NewNoticeAlarm { alarm_id: *id, clock: Clock::Take, due_at: at(70), stopped_at: None })
            .collect(),
        created_at: at(1000),
    }
}

fn sending(new: &NewNotice) -> Sending {
    let telling = |rung, role, person: Option<UserId>| NoticeTelling {
        rung,
        role,
        people: person.into_iter().collect(),
        addresses: vec![Addressee {
            channel: "webhook".to_owned(),
            user_id: None,
            recipient: format!("{} office", rung.as_str()),
        }],
    };
    Sending {
        id: new.id,
        version: 0,
        tellings: vec![
            telling(Rung::County, ChainRole::Relay, None),
            telling(Rung::Unit, ChainRole::Party, Some(MANAGER)),
        ],
    }
}

fn compose(row: &NoticeRow, alarms: &[LetterAlarm]) -> String {
    let nths: Vec<String> = alarms.iter().map(|alarm| alarm.nth.to_string()).collect();
    format!("{} {} [{}]", row.number.clone().unwrap_or_default(), row.nth, nths.join(" "))
}

async fn send(store: &Store, new: &NewNotice, s: i64) -> NoticeRow {
    let sendings = [sending(new)];
    let rows =
        store.add_notices(&city(), std::slice::from_ref(new), &sendings, (at(s), at(0)), &compose).await;
    rows.unwrap().remove(0)
}

fn act(event: NoticeEvent, to: NoticeState, s: i64) -> NoticeAct {
    NoticeAct {
        event,
        change: Change { to, escalated_to: None },
        deadline_at: at(10_000),
        words: None,
        telling: None,
        at: at(s),
    }
}

/// Every level, and every way the times of an alarm can lie around its limits.
async fn a_grid_of_alarms(house: &House) {
    let offsets: [Option<i64>; 4] = [None, Some(30), Some(700), Some(100_000)];
    let mut n = 0_u128;
    for level in 1..=4 {
        for taken in offsets {
            for verified in offsets.into_iter().filter(|verified| verified.is_none() || taken.is_some()) {
                for handled in offsets.into_iter().filter(|handled| handled.is_none() || verified.is_some()) {
                    for (state, marks, drill) in [
                        ("waiting", "[]", false),
                        ("in_review", "[\"escalated\"]", false),
                        ("waiting", "[\"quarantined\"]", false),
                        ("waiting", "[]", true),
                        ("closed", "[]", false),
                    ] {
                        n += 1;
                        let id = alarm_id(0x5_0000 + n);
                        let mut one = new_alarm(id, NORTH_SCHOOL, crate::house::NORTH_CAMERA, 0);
                        one.alarm.camera_id = None;
                        house.raise(one).await;
                        let us = |s: Option<i64>, base: i64| {
                            s.map_or("null".to_owned(), |s| at(base + s).as_microsecond().to_string())
                        };
                        let base = taken.unwrap_or(0);
                        house
                            .behind(&format!(
                                "update alarm set level = {level}, state = '{state}', is_open = {}, marks = '{marks}', drill = {drill},
                                 taken_at = {}, verified_at = {}, handled_at = {} where id = '{id}'",
                                state != "closed",
                                us(taken, 0),
                                us(verified, base),
                                us(handled, base + verified.unwrap_or(0)),
                            ))
                            .await
                            .unwrap();
                    }
                }
            }
        }
    }
}

async fn overdue_is_what_the_domain_says(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    a_grid_of_alarms(&house).await;
    for s in [0, 61, 1000, 90_000, 300_000] {
        let mut wanted = BTreeSet::new();
        let mut ask = PageAsk::first(200);
        loop {
            let filter = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
            let page = store.alarms(&north(), &filter, &ask).await.unwrap();
            wanted.extend(
                page.items
                    .iter()
                    .filter(|row| due_for_notice(&row.alarm, at(s)).is_ok())
                    .map(|row| row.alarm.id),
            );
            let Some(next) = page.next else { break };
            ask = PageAsk::after(200, next);
        }
        let mut found = BTreeSet::new();
        let mut ask = PageAsk::first(50);
        loop {
            let page = store.overdue_alarms(&north(), &OverdueFilter::default(), at(s), &ask).await.unwrap();
            found.extend(page.items.iter().map(|one| one.row.alarm.id));
            let Some(next) = page.next else { break };
            ask = PageAsk::after(50, next);
        }
        assert_eq!(found, wanted, "at {s} s");
        let (filter, times) = (OverdueFilter::default(), (at(s), at(0)));
        let parties = store.overdue_parties(&north(), &filter, times, &PageAsk::first(10)).await.unwrap();
        let counted: u64 = parties.items.iter().map(|one| one.overdue).sum();
        assert_eq!(
            counted,
            wanted.len() as u64,
            "the condition in SQL finds no more than the domain, at {s} s"
        );
    }
}

async fn numbers_and_series_have_no_doubles_under_a_race(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    let racing: Vec<_> = (1..=6)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                send(&store, &new(n, n, NoticeKind::Notice, &[NORTH_ALARM]), 1000 + n as i64).await
            })
        })
        .collect();
    let mut bodies = Vec::new();
    for one in racing {
        bodies.push(one.await.unwrap().body.unwrap());
    }
    bodies.sort();
    let wanted: Vec<String> = (1..=6).map(|n| format!("九江市消防通报〔2026〕{n}号 {n} [{n}]")).collect();
    assert_eq!(bodies, wanted, "number, place in the unit's series, place in the alarm's series");
    let reminder = send(store, &new(7, 7, NoticeKind::Reminder, &[NORTH_ALARM]), 2000).await;
    assert_eq!(reminder.body.unwrap(), "九江市消防提醒〔2026〕1号 6 [6]", "numbered apart, counted nowhere");
    // The database says it too.
    let doubled = house.behind("update notice set serial = 1 where kind = 'notice'").await;
    assert!(doubled.is_err());
}

async fn one_act_is_done_once(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    let racing: Vec<_> = (1..=6)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(
                async move { send(&store, &new(n, 77, NoticeKind::Notice, &[NORTH_ALARM]), 1000).await },
            )
        })
        .collect();
    let mut ids = BTreeSet::new();
    for one in racing {
        ids.insert(one.await.unwrap().notice.id);
    }
    assert_eq!(ids.len(), 1, "the same act, asked for by six, is done once and answered to all");
    let id = *ids.first().unwrap();
    let lines = store.notice_notified(&city(), id).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.channel.as_str(), line.state)).collect();
    assert_eq!(
        told,
        [
            ("webhook", NotificationState::Waiting),
            (IN_APP, NotificationState::Sent),
            ("webhook", NotificationState::Waiting)
        ]
    );
    // All or none: the second of two has no such unit.
    let mut broken = new(9, 88, NoticeKind::Notice, &[SOUTH_ALARM]);
    broken.party = Party::Unit(UnitId(Uuid::from_u128(0xdead)));
    let batch = [new(8, 88, NoticeKind::Notice, &[NORTH_ALARM]), broken];
    let sendings = [sending(&batch[0])];
    assert!(store.add_notices(&city(), &batch, &sendings, (at(1000), at(0)), &compose).await.is_err());
    assert!(store.notices_of_batch(&city(), Uuid::from_u128(88)).await.unwrap().is_empty());
}

async fn a_notice_is_seen_by_whom_it_concerns(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    let draft = new(1, 1, NoticeKind::Notice, &[NORTH_ALARM]);
    store.add_notices(&city(), std::slice::from_ref(&draft), &[], (at(1000), at(0)), &compose).await.unwrap();
    let county = Access::person(NORTH_GUARD, Role::County, Scope::Region(NORTH_COUNTY));
    let seen = async |access: &Access| {
        let list =
            store.notices(access, &NoticeQuery::default(), &PageAsk::first(10)).await.unwrap().items.len();
        let one = store.notice(access, draft.id).await.is_ok();
        let counted = store.notice_counts(access, None, at(1000)).await.unwrap().all;
        assert_eq!((list, counted), (usize::from(one), u64::from(one)));
        one
    };
    for (access, drafted) in
        [(city(), true), (county, false), (manager(), false), (province(), false), (south(), false)]
    {
        assert_eq!(seen(&access).await, drafted, "{access:?}");
    }
    store.send_notice(&city(), &sending(&draft), (at(1001), at(0)), &compose).await.unwrap();
    for (access, sent) in [
        (city(), true),
        (county, true),
        (manager(), true),
        (province(), true),
        (south(), false),
        (south_guard(), false),
    ] {
        assert_eq!(seen(&access).await, sent, "{access:?}");
    }
    let hidden = store.sign_for_level(&south(), draft.id, Rung::County, None, at(1002)).await;
    assert_eq!(hidden.unwrap_err().kind(), ErrorKind::NotFound);
    let not_there = store.sign_for_level(&province(), draft.id, Rung::Province, None, at(1002)).await;
    assert_eq!(not_there.unwrap_err().kind(), ErrorKind::NotFound, "it never came to that level");
    let party = store.sign_for_level(&city(), draft.id, Rung::Unit, None, at(1002)).await;
    assert_eq!(party.unwrap_err().kind(), ErrorKind::NotFound, "nobody signs in the unit's place");
    assert!(store.sign_for_level(&county, draft.id, Rung::County, Some("收到"), at(1002)).await.unwrap());
    assert!(!store.sign_for_level(&county, draft.id, Rung::County, None, at(1003)).await.unwrap());
    let rungs = store.notice_rungs(&manager(), draft.id).await.unwrap();
    let receipt = rungs[0].receipt.clone().unwrap();
    assert_eq!((receipt.at, receipt.by, receipt.note.as_deref()), (at(1002), NORTH_GUARD, Some("收到")));
    assert_eq!(rungs[1].receipt, None);
    let awaiting = NoticeQuery { states: NoticeStates::Awaiting(Rung::Unit), ..NoticeQuery::default() };
    assert_eq!(store.notices(&manager(), &awaiting, &PageAsk::first(10)).await.unwrap().items.len(), 1);
    let seen_before = store.notice_notified(&city(), draft.id).await.unwrap();
    assert!(seen_before.iter().all(|line| line.seen_at.is_none()));
    store.saw_notice(&manager(), draft.id, at(1004)).await.unwrap();
    store.saw_notice(&manager(), draft.id, at(1005)).await.unwrap();
    let line =
        store.notice_notified(&city(), draft.id).await.unwrap().into_iter().find(|l| l.channel == IN_APP);
    assert_eq!(line.unwrap().seen_at, Some(at(1004)), "the first look counts");
}

async fn a_faster_hand_is_not_overwritten(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    let one = new(1, 1, NoticeKind::Notice, &[NORTH_ALARM]);
    let row = send(store, &one, 1000).await;
    assert_eq!(row.notice.version, 1);
    let sign = act(NoticeEvent::Sign, NoticeState::Received, 1001);
    let racing: Vec<_> = (0..6)
        .map(|_| {
            let (store, sign) = (store.clone(), sign.clone());
            tokio::spawn(async move { store.change_notice(&manager(), one_id(), 1, &sign).await.is_ok() })
        })
        .collect();
    let mut done = 0;
    for task in racing {
        done += usize::from(task.await.unwrap());
    }
    assert_eq!(done, 1);
    let stale = store.change_notice(&manager(), one.id, 1, &sign).await.unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    let steps = store.notice_steps(&manager(), one.id).await.unwrap();
    assert_eq!(steps.len(), 3, "draft, send, sign");
    assert_eq!(steps[2].actor.as_ref().unwrap().2, Role::Unit);
    let mut back = act(NoticeEvent::Return, NoticeState::Returned, 1002);
    back.telling = Some(sending(&one).tellings.remove(1));
    back.words = Some("不全".to_owned());
    store.change_notice(&city(), one.id, 2, &back).await.unwrap();
    let rungs = store.notice_rungs(&city(), one.id).await.unwrap();
    assert_eq!((rungs[1].rounds, rungs[1].last_told_at, rungs[0].rounds), (2, at(1002), 1));
    let resend = store.send_notice(&city(), &sending(&one), (at(1003), at(0)), &compose).await.unwrap_err();
    assert_eq!(resend.kind(), ErrorKind::Conflict, "sent once");
}

const fn one_id() -> NoticeId {
    NoticeId(Uuid::from_u128(0x30_0001))
}

async fn a_notice_waits_for_its_channel_beside_alarms(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    send(store, &new(1, 1, NoticeKind::Notice, &[NORTH_ALARM]), 1000).await;
    house
        .behind(&format!(
            "insert into ladder_rung (alarm_id, clock, since, rung, due_at, first_told_at, last_told_at, rounds, people, owes_receipt)
             values ('{NORTH_ALARM}', 'take', 0, 'city', 0, 0, 0, 1, 1, true)"
        ))
        .await
        .unwrap();
    house
        .behind(
            "insert into notification (rung_seq, round, channel, recipient, state, created_at, next_try_at, tries)
             select seq, 1, 'webhook', 'duty', 'waiting', 0, 0, 0 from ladder_rung",
        )
        .await
        .unwrap();
    let due = store.notifications_due("webhook", at(1000), MINUTE, 10).await.unwrap();
    let of: Vec<_> = due.iter().map(|one| (one.of, one.rung)).collect();
    let Some((ToldOf::Alarm { id, .. }, Rung::City)) = of.first() else { panic!("{of:?}") };
    assert_eq!(*id, NORTH_ALARM);
    assert_eq!(of[1..], [(ToldOf::Notice(one_id()), Rung::County), (ToldOf::Notice(one_id()), Rung::Unit)]);
    let put_back = store.notifications_due("webhook", at(900), MINUTE, 10).await.unwrap();
    assert_eq!(put_back.len(), 3, "nothing waits for longer than a minute: the clock was put back");
    assert!(store.claim_notification(&due[1], at(1060)).await.unwrap());
    assert!(!store.claim_notification(&due[1], at(1060)).await.unwrap(), "claimed by another");
    store.settle_notification(&due[1], store::Settled::Sent, "ok", at(1001)).await.unwrap();
    assert_eq!(store.notifications_due("webhook", at(1001), MINUTE, 10).await.unwrap().len(), 2);
    for neither in ["null, null", "1, 1"] {
        let wrong = house
            .behind(&format!(
                "insert into notification (rung_seq, notice_rung_seq, round, channel, recipient, state, created_at, tries, sent_at)
                 values ({neither}, 9, 'x', 'y', 'sent', 0, 0, 0)"
            ))
            .await;
        assert!(wrong.is_err(), "a line is of one thing: {neither}");
    }
}

async fn an_alarm_is_under_supervision_while_an_order_names_it(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    let is_marked = async || store.alarm(&north(), NORTH_ALARM).await.unwrap().supervised;
    let filter = AlarmFilter { supervised: true, ..AlarmFilter::default() };
    let found = async || {
        let page = store.alarms(&province(), &filter, &PageAsk::first(10)).await.unwrap();
        page.items.iter().map(|row| row.alarm.id).collect::<Vec<_>>()
    };
    send(store, &new(1, 1, NoticeKind::Notice, &[NORTH_ALARM]), 1000).await;
    assert!(!is_marked().await && found().await.is_empty(), "a notice is no order");
    let order =
        NewNotice { batch_id: Uuid::from_u128(2), ..new(2, 2, NoticeKind::Supervision, &[NORTH_ALARM]) };
    let row = send(store, &order, 1001).await;
    assert!(is_marked().await);
    assert_eq!(found().await, [NORTH_ALARM]);
    let sign = act(NoticeEvent::Sign, NoticeState::Received, 1002);
    store.change_notice(&manager(), order.id, row.notice.version, &sign).await.unwrap();
    assert!(is_marked().await, "signed for, it is not over");
    let mut withdraw = act(NoticeEvent::Withdraw, NoticeState::Withdrawn, 1003);
    withdraw.words = Some("误发".to_owned());
    store.change_notice(&city(), order.id, row.notice.version + 1, &withdraw).await.unwrap();
    assert!(!is_marked().await && found().await.is_empty(), "withdrawn, it is");
}

async fn what_is_due_is_found_once(house: House) {
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    let one = new(1, 1, NoticeKind::Notice, &[NORTH_ALARM]);
    send(store, &one, 1000).await;
    send(store, &new(2, 2, NoticeKind::Reminder, &[NORTH_ALARM]), 1000).await;
    assert!(
        store.notices_to_escalate(at(10_000), 10).await.unwrap().is_empty(),
        "the last moment is in time"
    );
    assert_eq!(store.notices_to_escalate(at(10_001), 10).await.unwrap(), [one.id], "reminders never climb");
    let mut climb = act(NoticeEvent::Escalate, NoticeState::Sent, 10_001);
    climb.change.escalated_to = Some(Rung::Province);
    let platform = Access::PLATFORM;
    store.change_notice(&platform, one.id, 1, &climb).await.unwrap();
    assert!(store.notices_to_escalate(at(99_999), 10).await.unwrap().is_empty());
    for (event, to, version) in [
        (NoticeEvent::Sign, NoticeState::Received, 2),
        (NoticeEvent::Reply, NoticeState::Replied, 3),
        (NoticeEvent::Accept, NoticeState::Accepted, 4),
    ] {
        let mut next = act(event, to, 20_000);
        next.change.escalated_to = Some(Rung::Province);
        let who = if event == NoticeEvent::Accept { city() } else { manager() };
        store.change_notice(&who, one.id, version, &next).await.unwrap();
    }
    assert!(store.notices_to_close(10).await.unwrap().is_empty(), "the alarm is open");
    house.behind("update alarm set state = 'closed', is_open = false").await.unwrap();
    assert_eq!(store.notices_to_close(10).await.unwrap(), [one.id], "the reminder was never signed for");
    let told = store.notices_of_alarms(&city(), &[NORTH_ALARM, SOUTH_ALARM], at(1000)).await.unwrap();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), [(NORTH_ALARM, (1, at(1000)))]);
    assert!(store.notices_of_alarms(&city(), &[NORTH_ALARM], at(999)).await.unwrap().is_empty());
    let times = (at(0), at(5000));
    assert_eq!(store.count_alarm_notices(&province(), Rung::City, times).await.unwrap(), 1);
    assert_eq!(store.count_alarm_notices(&province(), Rung::Province, times).await.unwrap(), 0);
    assert_eq!(store.count_alarm_notices(&south(), Rung::City, times).await.unwrap(), 0);
}

async fn many_overdue_alarms_are_counted_in_time(house: House) {
    const ALARMS: u32 = 20_000;
    let store = &house.furnish().await.ignite().await.store;
    people(store).await;
    let columns = "code, level, state, is_open, marks, drill, simulated, unit_id, camera_id, source, occurred_at, pushed_at,
        has_result_picture, version, boxes, joined_count, last_step_at";
    let number = if house.is_sqlite() { "printf('%012d', n)" } else { "lpad(cast(n as text), 12, '0')" };
    house
        .behind(&format!(
            "insert into alarm (id, {columns})
             with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {ALARMS})
             select '00000000-0000-7000-9000-' || {number}, {columns} from numbers, alarm where alarm.id = '{NORTH_ALARM}'"
        ))
        .await
        .unwrap();
    house.behind("analyze").await.unwrap();
    send(store, &new(1, 1, NoticeKind::Notice, &[NORTH_ALARM]), 1000).await;
    for notices_min in [0, 1] {
        let filter =
            OverdueFilter { notices_min, noticed_before: Some(at(2000)), ..OverdueFilter::default() };
        let start = Instant::now();
        let parties = store
            .overdue_parties(&province(), &filter, (at(2000), at(0)), &PageAsk::first(50))
            .await
            .unwrap();
        let took = start.elapsed();
        let wanted = if notices_min == 0 { u64::from(ALARMS) + 1 } else { 1 };
        let of_north = parties.items.iter().find(|one| one.party.unit_id() == Some(NORTH_SCHOOL)).unwrap();
        assert_eq!(of_north.overdue, wanted);
        assert_eq!(of_north.noticed, 1);
        assert_eq!(
            parties.items.iter().any(|one| one.party.unit_id() == Some(SOUTH_SCHOOL)),
            notices_min == 0
        );
        println!(
            "parties of {ALARMS} overdue alarms, {notices_min} notices: {:.1} ms",
            took.as_secs_f64() * 1000.0
        );
        assert!(took < Duration::from_secs(2), "{took:?}");
        let start = Instant::now();
        let page = store.overdue_alarms(&province(), &filter, at(2000), &PageAsk::first(50)).await.unwrap();
        assert_eq!(page.items.len(), if notices_min == 0 { 50 } else { 1 });
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}

/// On SQLite the migration writes the log of notifications anew; on PostgreSQL it only lets a column be null.
#[tokio::test]
async fn notifications_of_before_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.sqlite");
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for entry in std::fs::read_dir(&migrations).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.as_str() < "0016" {
            std::fs::copy(migrations.join(&name), folder.path().join(&name)).unwrap();
        }
    }
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true).foreign_keys(false);
    let mut old = options.connect().await.unwrap();
    Migrator::new(folder.path()).await.unwrap().run(&mut old).await.unwrap();
    let alarm = alarm_id(5);
    let now = Timestamp::from_second(9).unwrap().as_microsecond();
    for sql in [
        format!(
            "insert into alarm (id, code, level, state, is_open, marks, drill, simulated, unit_id, source, occurred_at, pushed_at,
                 has_result_picture, version, boxes, joined_count, last_step_at)
             values ('{alarm}', 'F02', 1, 'waiting', true, '[]', false, true, 'nowhere', 'ai', 7, 7, false, 0, '[]', 0, 7)"
        ),
        format!("insert into ladder_rung values (41, '{alarm}', 'take', 7, 'city', 0, 0, 0, 1, 1, true, null, null, null)"),
        format!(
            "insert into notification (seq, rung_seq, round, channel, recipient, state, created_at, next_try_at, tries, answer)
             values (99, 41, 3, 'webhook', 'duty', 'waiting', 1, {now}, 2, 'busy')"
        ),
    ] {
        old.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    old.close().await.unwrap();
    let config = StoreConfig { database: Database::Sqlite { path }, blobs: folder.path().join("blobs") };
    let store = Store::open(&config).await.unwrap();
    let due =
        store.notifications_due("webhook", Timestamp::from_second(9).unwrap(), MINUTE, 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].seq, due[0].rung_seq, due[0].round, due[0].tries), (99, 41, 3, 2));
    assert!(matches!(due[0].of, ToldOf::Alarm { id, .. } if id == alarm));
    store.close().await;
}
