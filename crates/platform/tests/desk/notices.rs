//! Scripts of time: alarms that nobody handles, the notices sent for them, who signs, replies, reviews, and what climbs – across restarts
//! and beside a second process.

use domain::access::{Access, Scope};
use domain::alarm::{AlarmCode, AlarmEvent, Rung};
use domain::ids::{AlarmId, NoticeId, UnitId};
use domain::notice::{Excuse, NoticeEvent, NoticeKind, NoticeState};
use domain::role::Role;
use platform::alarms::{ManualAlarm, Step};
use platform::figures::SheetFormat;
use platform::notices::{
    NoticeAbout, NoticeDetail, NoticeStepWish, NoticeTo, NoticeWish, NoticesSent, OverdueAsk,
};
use platform::notify::{Endpoint, NotifySettings};
use platform::rows::{AuditFilter, ChainRole, NoticeQuery, NoticeStates, OverdueFilter, PageAsk};
use platform::{Platform, PlatformError};
use uuid::Uuid;

use crate::fixture::World;
use crate::receiver::{Receiver, Reply};

const HOUR_S: i64 = 3600;
const DAY_S: i64 = 24 * HOUR_S;

/// The school's manager and the offices above.
struct Offices {
    manager: Access,
    county: Access,
    city: Access,
    province: Access,
}

async fn offices(world: &World) -> Offices {
    Offices {
        manager: world.manager().await,
        county: world.person("county", Role::County, Scope::Region(world.county)).await,
        city: world.person("city", Role::City, Scope::Region(world.city().await)).await,
        province: world.province().await,
    }
}

/// An exit is blocked (level 2): to be taken within 90 s.
async fn blocked(world: &World, unit_id: UnitId) -> AlarmId {
    let report = ManualAlarm {
        unit_id,
        camera_id: None,
        code: AlarmCode::E01,
        note: "堆放杂物".to_owned(),
        occurred_at: None,
    };
    world.platform.raise_manual(&world.operator(), report).await.unwrap().alarm.id
}

fn wish(n: u128, kind: NoticeKind, about: NoticeAbout) -> NoticeWish {
    NoticeWish {
        batch_id: Uuid::from_u128(n),
        kind,
        about,
        to: NoticeTo::Units,
        deadline_at: None,
        remark: None,
        send: true,
    }
}

async fn send(world: &World, who: Access, wish: &NoticeWish) -> Result<NoticesSent, PlatformError> {
    world.platform.send_notices(&world.ask(who), wish).await
}

/// One notice about these alarms of one party.
async fn sent(world: &World, who: Access, n: u128, kind: NoticeKind, alarms: &[AlarmId]) -> NoticeId {
    let about = NoticeAbout::Alarms(alarms.to_vec());
    let sent = send(world, who, &wish(n, kind, about)).await.unwrap();
    assert_eq!(sent.notices.len(), 1);
    sent.notices[0].notice.id
}

async fn read(world: &World, who: Access, id: NoticeId) -> NoticeDetail {
    world.platform.notice(&world.ask(who), id).await.unwrap()
}

async fn step(
    world: &World,
    who: Access,
    id: NoticeId,
    event: NoticeEvent,
    words: &str,
) -> Result<NoticeDetail, PlatformError> {
    let version = read(world, who, id).await.row.notice.version;
    let words = Some(words.to_owned()).filter(|words| !words.is_empty());
    let wish = NoticeStepWish { event, version, words, deadline_at: None };
    world.platform.step_notice(&world.ask(who), id, &wish).await
}

async fn end_alarm(world: &World, who: Access, id: AlarmId) {
    for event in [AlarmEvent::Take, AlarmEvent::MarkTest] {
        let version = world.platform.alarm_row(&world.operator(), id).await.unwrap().alarm.version;
        let step = Step { event, version, reason: None, note: None };
        world.platform.work_alarm(&world.ask(who), id, step).await.unwrap();
    }
}

fn page() -> PageAsk {
    PageAsk::first(50)
}

/// Names of the levels of a chain, with a star where signed.
fn chain(detail: &NoticeDetail) -> Vec<String> {
    let name = |rung: Rung, signed: bool| format!("{}{}", rung.as_str(), if signed { "*" } else { "" });
    detail.levels.iter().map(|one| name(one.rung.rung, one.rung.receipt.is_some())).collect()
}

#[tokio::test]
async fn alarms_past_a_clock_are_listed_by_who_answers_for_them() {
    let world = World::new().await;
    let all = offices(&world).await;
    let here = blocked(&world, world.school).await;
    blocked(&world, world.school).await;
    blocked(&world, world.neighbour).await;
    let parties = async |who: Access| {
        let ask = OverdueAsk::default();
        world.platform.overdue_parties(&world.ask(who), &ask, &page()).await.unwrap().items
    };
    world.wait_s(90);
    assert!(parties(all.province).await.is_empty(), "90 s are in time");
    world.wait_s(1);
    let found = parties(all.province).await;
    assert_eq!(found.iter().map(|one| one.overdue).collect::<Vec<_>>(), [2, 1], "most first");
    assert_eq!((found[0].by_level, found[0].noticed), ([0, 2, 0, 0], 0));
    assert_eq!(parties(all.county).await.len(), 1, "its own county");
    assert_eq!(parties(all.manager).await.len(), 1, "its own unit");
    let stranger = world.stranger().await;
    assert_eq!(parties(stranger).await[0].party.unit_id(), Some(world.neighbour));
    end_alarm(&world, world.guard().await, here).await;
    assert_eq!(parties(all.county).await[0].overdue, 1, "a test is none");
    let guard = world.person("guard2", Role::DutyGuard, Scope::Unit(world.school)).await;
    let refused = world.platform.overdue_parties(&world.ask(guard), &OverdueAsk::default(), &page()).await;
    assert!(matches!(refused, Err(PlatformError::Denied(_))));
}

#[tokio::test]
async fn a_province_sends_in_bulk_one_notice_to_each_unit_down_the_chain_and_once() {
    let world = World::new().await;
    let all = offices(&world).await;
    let (one, two) = (blocked(&world, world.school).await, blocked(&world, world.school).await);
    let other = blocked(&world, world.neighbour).await;
    world.wait_s(HOUR_S);
    let fresh = blocked(&world, world.school).await;
    let about = NoticeAbout::Alarms(vec![one, two, other, fresh, one]);
    let first = wish(1, NoticeKind::Notice, about);
    let preview = world.platform.preview_notices(&world.ask(all.province), &first).await.unwrap();
    assert_eq!(preview.parties.len(), 2);
    let text = preview.text.unwrap();
    assert!(text.contains("第1次通报") && !text.contains('〔'), "not numbered before it is sent: {text}");
    let result = send(&world, all.province, &first).await.unwrap();
    assert_eq!(result.skipped, [(fresh, Excuse::InTime)]);
    let mut alarms: Vec<u64> = result.notices.iter().map(|row| row.alarms).collect();
    alarms.sort_unstable();
    assert_eq!(alarms, [1, 2]);
    let numbers: Vec<&str> = result.notices.iter().map(|row| row.number.as_deref().unwrap()).collect();
    assert_eq!(numbers, ["江西省消防通报〔2025〕1号", "江西省消防通报〔2025〕2号"]);
    // A double click, a lost answer, a second process: the same act.
    let again = world.reopened().await;
    let repeated = again.send_notices(&world.ask(all.province), &first).await.unwrap();
    assert_eq!(repeated.notices, result.notices);
    let ours = result.notices.iter().find(|row| row.party.unit_id() == Some(world.school)).unwrap();
    let detail = read(&world, all.province, ours.notice.id).await;
    assert_eq!(chain(&detail), ["city", "county", "unit"]);
    let told: Vec<_> = detail.levels.iter().map(|one| (one.rung.role, one.rung.people)).collect();
    assert_eq!(told, [(ChainRole::Relay, 1), (ChainRole::Relay, 1), (ChainRole::Party, 1)]);
    let body = detail.row.body.unwrap();
    assert!(body.contains("江西省消防通报〔2025〕") && body.contains("有2条风险告警"), "{body}");
    let theirs = result.notices.iter().find(|row| row.party.unit_id() == Some(world.neighbour)).unwrap();
    let vacant: Vec<u32> =
        read(&world, all.province, theirs.notice.id).await.levels.iter().map(|one| one.rung.people).collect();
    assert_eq!(vacant.last(), Some(&0), "nobody stands there, and that is seen");
    // Each level signs for itself; who did not is seen.
    let city = world.platform.sign_notice(&world.ask(all.city), ours.notice.id, Some("已转")).await.unwrap();
    assert_eq!((chain(&city).join(" "), city.owes_receipt), ("city* county unit".to_owned(), false));
    assert_eq!(city.row.notice.state, NoticeState::Sent, "only the unit's signing moves it");
    let unit = world.platform.sign_notice(&world.ask(all.manager), ours.notice.id, None).await.unwrap();
    assert_eq!(chain(&unit).join(" "), "city* county unit*");
    assert_eq!((unit.row.notice.state, unit.row.unsigned), (NoticeState::Received, 1));
    let twice = world.platform.sign_notice(&world.ask(all.manager), ours.notice.id, None).await.unwrap();
    assert_eq!(twice.row.notice.version, unit.row.notice.version, "again is no error and no step");
    for who in [all.manager, all.county] {
        let hidden = world.platform.notice(&world.ask(who), theirs.notice.id).await;
        assert!(matches!(hidden, Err(PlatformError::NotFound)), "another unit's");
    }
    let filter = AuditFilter { object_kind: Some("notice".to_owned()), ..AuditFilter::default() };
    let audit = world.platform.audit_rows(&world.operator(), &filter, &page()).await.unwrap();
    let acts: Vec<&str> = audit.items.iter().rev().map(|row| row.entry.action.as_str()).collect();
    assert_eq!(acts, ["notice_send", "notice_send", "notice_sign", "notice_sign"]);
}

#[tokio::test]
async fn an_alarm_of_another_region_refuses_the_whole_act_like_one_that_does_not_exist() {
    let world = World::new().await;
    let all = offices(&world).await;
    let (own, foreign) = (blocked(&world, world.school).await, blocked(&world, world.neighbour).await);
    world.wait_s(HOUR_S);
    let nothing = AlarmId(Uuid::from_u128(0xdead));
    let mut said = Vec::new();
    for (n, id) in [(1, foreign), (2, nothing)] {
        let about = NoticeAbout::Alarms(vec![own, id]);
        match send(&world, all.county, &wish(n, NoticeKind::Notice, about)).await {
            Err(PlatformError::Invalid(fields)) => {
                said.push((fields[0].code, fields[0].message.replace(&id.to_string(), "X")));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(said[0], said[1]);
    for units in [vec![world.neighbour], vec![world.school, world.neighbour]] {
        let refused =
            send(&world, all.county, &wish(3, NoticeKind::Notice, NoticeAbout::Units(units, 0))).await;
        assert!(matches!(refused, Err(PlatformError::Invalid(_))));
    }
    for who in [all.manager, world.guard().await] {
        let refused = send(&world, who, &wish(4, NoticeKind::Notice, NoticeAbout::Alarms(vec![own]))).await;
        assert!(matches!(refused, Err(PlatformError::Denied(_))));
    }
    let query = NoticeQuery::default();
    let written = world.platform.notices(&world.ask(all.province), false, &query, &page()).await.unwrap();
    assert!(written.items.is_empty(), "nothing half-done");
}

#[tokio::test]
async fn a_unit_replies_the_county_returns_it_and_accepts_the_second_and_the_end_of_the_alarm_closes_it() {
    let world = World::new().await;
    let all = offices(&world).await;
    let alarm = blocked(&world, world.school).await;
    world.wait_s(HOUR_S);
    let id = sent(&world, all.county, 1, NoticeKind::Notice, &[alarm]).await;
    let awaiting = async |who: Access| {
        let query = NoticeQuery::default();
        let found = world.platform.notices(&world.ask(who), true, &query, &page()).await.unwrap().items.len();
        let counted = world.platform.notice_counts(&world.ask(who)).await.unwrap().awaiting;
        assert_eq!(found as u64, counted);
        found
    };
    assert_eq!((awaiting(all.manager).await, awaiting(all.county).await), (1, 0));
    assert_eq!(read(&world, all.manager, id).await.next, [NoticeEvent::Sign]);
    let early = step(&world, all.manager, id, NoticeEvent::Reply, "已清理").await;
    assert!(matches!(early, Err(PlatformError::Conflict(_))), "signed for first");
    world.platform.sign_notice(&world.ask(all.manager), id, None).await.unwrap();
    assert_eq!(awaiting(all.manager).await, 1, "a reply is owed");
    let empty = step(&world, all.manager, id, NoticeEvent::Reply, "").await;
    assert!(matches!(empty, Err(PlatformError::Invalid(_))));
    step(&world, all.manager, id, NoticeEvent::Reply, "已清理").await.unwrap();
    assert_eq!((awaiting(all.manager).await, awaiting(all.county).await), (0, 1));
    let offered = read(&world, all.county, id).await.next;
    assert_eq!(offered, [NoticeEvent::Accept, NoticeEvent::Return, NoticeEvent::Withdraw]);
    assert!(read(&world, all.city, id).await.next.is_empty(), "the city reviews what climbed to it");
    world.wait_s(DAY_S);
    let returned = step(&world, all.county, id, NoticeEvent::Return, "照片看不清").await.unwrap();
    let party = returned.levels.iter().find(|one| one.rung.rung == Rung::Unit).unwrap();
    assert_eq!((party.rung.rounds, party.notified.len()), (2, 2), "the unit is told again");
    assert_eq!(
        returned.row.notice.deadline_at.as_second(),
        world.now().as_second() + 3 * DAY_S,
        "with a new deadline"
    );
    step(&world, all.manager, id, NoticeEvent::Reply, "已清理，附照片说明").await.unwrap();
    let stale = NoticeStepWish { event: NoticeEvent::Accept, version: 0, words: None, deadline_at: None };
    let stale = world.platform.step_notice(&world.ask(all.county), id, &stale).await;
    assert!(matches!(stale, Err(PlatformError::Conflict(_))));
    step(&world, all.county, id, NoticeEvent::Accept, "").await.unwrap();
    world.platform.read_notice_clocks(world.now()).await.unwrap();
    assert_eq!(
        read(&world, all.county, id).await.row.notice.state,
        NoticeState::Accepted,
        "the alarm is open: accepted, not closed"
    );
    end_alarm(&world, world.guard().await, alarm).await;
    let (one, two) = (world.reopened().await, world.reopened().await);
    let (first, second) =
        tokio::join!(one.read_notice_clocks(world.now()), two.read_notice_clocks(world.now()));
    first.unwrap();
    second.unwrap();
    let detail = read(&world, all.manager, id).await;
    let steps: Vec<&str> =
        detail.steps.iter().map(|one| one.event.map_or("draft", NoticeEvent::as_str)).collect();
    assert_eq!(
        steps,
        ["draft", "send", "sign", "reply", "return", "reply", "accept", "close"],
        "closed once, whoever looks"
    );
    assert!(detail.steps.last().unwrap().actor.is_none(), "by the platform");
    assert!(detail.next.is_empty());
}

#[tokio::test]
async fn who_does_not_answer_climbs_once_past_an_empty_office() {
    let world = World::new().await;
    let manager = world.manager().await;
    let county = world.person("county", Role::County, Scope::Region(world.county)).await;
    let province = world.province().await;
    let alarm = blocked(&world, world.school).await;
    world.wait_s(HOUR_S);
    let id = sent(&world, county, 1, NoticeKind::Notice, &[alarm]).await;
    let early = step(&world, county, id, NoticeEvent::Escalate, "").await;
    assert!(matches!(early, Err(PlatformError::Conflict(_))), "in time");
    let look = async |platform: &Platform| platform.read_notice_clocks(world.now()).await.unwrap();
    world.wait_s(3 * DAY_S);
    look(&world.platform).await;
    assert!(!read(&world, county, id).await.row.notice.is_late(world.now()), "the last moment is in time");
    world.wait_s(1);
    assert!(read(&world, county, id).await.row.notice.is_late(world.now()));
    assert_eq!(world.platform.notice_counts(&world.ask(county)).await.unwrap().late, 1);
    world.wait_s(DAY_S - 1);
    look(&world.platform).await;
    assert_eq!(read(&world, county, id).await.row.notice.escalated_to, None);
    world.wait_s(1);
    let (one, two) = (world.reopened().await, world.reopened().await);
    tokio::join!(look(&one), look(&two));
    world.wait_s(DAY_S);
    look(&world.reopened().await).await;
    let detail = read(&world, province, id).await;
    assert_eq!(detail.row.notice.escalated_to, Some(Rung::Province), "no account of the city: passed over");
    assert_eq!(chain(&detail), ["unit", "province"]);
    assert_eq!(detail.levels[1].rung.role, ChainRole::Escalation);
    assert_eq!(detail.levels[1].rung.rounds, 1, "told once");
    assert!(detail.owes_receipt);
    // The unit wakes up; whom it climbed to may review.
    world.platform.sign_notice(&world.ask(manager), id, None).await.unwrap();
    step(&world, manager, id, NoticeEvent::Reply, "已整改").await.unwrap();
    step(&world, province, id, NoticeEvent::Accept, "").await.unwrap();
    let reminder = sent(&world, county, 2, NoticeKind::Reminder, &[alarm]).await;
    world.wait_s(30 * DAY_S);
    look(&world.platform).await;
    let reminder = read(&world, county, reminder).await;
    assert_eq!(reminder.row.notice.escalated_to, None, "a reminder stays where it is");
    assert!(reminder.row.notice.is_late(world.now()), "and is seen to be late");
}

#[tokio::test]
async fn what_is_still_open_after_k_notices_is_found_ordered_and_named() {
    let world = World::new().await;
    let all = offices(&world).await;
    let (ignored, handled) = (blocked(&world, world.school).await, blocked(&world, world.school).await);
    world.wait_s(HOUR_S);
    sent(&world, all.county, 1, NoticeKind::Reminder, &[ignored, handled]).await;
    let first = sent(&world, all.county, 2, NoticeKind::Notice, &[ignored, handled]).await;
    let after = async |k: u32, days: u32| {
        let filter = OverdueFilter { notices_min: k, ..OverdueFilter::default() };
        let ask = OverdueAsk { filter, days };
        let found = world.platform.overdue_alarms(&world.ask(all.county), &ask, &page()).await.unwrap();
        found.items.into_iter().map(|one| (one.row.alarm.id, one.notices)).collect::<Vec<_>>()
    };
    assert_eq!(after(1, 0).await.len(), 2, "the reminder counts nothing");
    assert!(after(2, 0).await.is_empty());
    end_alarm(&world, world.guard().await, handled).await;
    assert_eq!(after(1, 0).await, [(ignored, 1)], "what was handled is gone from the list");
    assert!(after(1, 3).await.is_empty());
    world.wait_s(3 * DAY_S + 1);
    assert_eq!(after(1, 3).await, [(ignored, 1)], "still open three days after the first notice");
    let second = sent(&world, all.county, 3, NoticeKind::Notice, &[ignored]).await;
    let detail = read(&world, all.county, second).await;
    assert_eq!(detail.row.nth, 2);
    let body = detail.row.body.unwrap();
    assert!(body.contains("第2次通报，其中1条此前已通报"), "{body}");
    // A notice taken back counts no more.
    step(&world, all.county, second, NoticeEvent::Withdraw, "发错").await.unwrap();
    assert_eq!(after(1, 0).await, [(ignored, 1)]);
    let about = NoticeAbout::Units(vec![world.school], 1);
    let order = send(&world, all.county, &wish(4, NoticeKind::Supervision, about)).await.unwrap();
    assert_eq!(order.notices[0].nth, 2);
    assert!(order.notices[0].number.as_ref().unwrap().contains("消防督办〔2025〕1号"));
    assert_eq!(after(2, 0).await, [(ignored, 2)]);
    let filter = OverdueFilter { notices_min: 2, ..OverdueFilter::default() };
    let ask = OverdueAsk { filter, days: 0 };
    let named = world.platform.overdue_parties(&world.ask(all.county), &ask, &page()).await.unwrap().items;
    assert_eq!(
        (named.len(), named[0].overdue, named[0].notices, named[0].orders, named[0].unanswered),
        (1, 1, 2, 1, 1),
        "the first notice is unanswered and late, the order is not late yet"
    );
    for format in [SheetFormat::Csv, SheetFormat::Xlsx] {
        let file = world.platform.overdue_parties_file(&world.ask(all.county), &ask, format).await.unwrap();
        assert!(!file.is_empty());
        if format == SheetFormat::Csv {
            let text = String::from_utf8(file).unwrap();
            assert!(text.contains(&named[0].name) && text.contains("督办"), "{text}");
        }
    }
    assert_eq!(read(&world, all.manager, first).await.row.open_alarms, 1);
}

#[tokio::test]
async fn a_draft_is_the_offices_own_until_it_is_sent() {
    let world = World::new().await;
    let all = offices(&world).await;
    let alarm = blocked(&world, world.school).await;
    world.wait_s(HOUR_S);
    let draft = NoticeWish { send: false, ..wish(1, NoticeKind::Notice, NoticeAbout::Alarms(vec![alarm])) };
    let id = send(&world, all.county, &draft).await.unwrap().notices[0].notice.id;
    for who in [all.manager, all.city, all.province] {
        assert!(matches!(world.platform.notice(&world.ask(who), id).await, Err(PlatformError::NotFound)));
        let query = NoticeQuery { states: NoticeStates::One(NoticeState::Drafted), ..NoticeQuery::default() };
        let listed = world.platform.notices(&world.ask(who), false, &query, &page()).await.unwrap();
        assert!(listed.items.is_empty());
    }
    assert_eq!(world.platform.notice_counts(&world.ask(all.county)).await.unwrap().drafted, 1);
    let sent = step(&world, all.county, id, NoticeEvent::Send, "").await.unwrap();
    assert!(sent.row.number.is_some() && sent.row.body.is_some());
    assert_eq!(chain(&read(&world, all.manager, id).await), ["unit"]);
}

#[tokio::test]
async fn long_texts_and_control_characters_are_refused_and_markup_stays_text() {
    let world = World::new().await;
    let all = offices(&world).await;
    let alarm = blocked(&world, world.school).await;
    world.wait_s(HOUR_S);
    let about = NoticeAbout::Alarms(vec![alarm]);
    let with = |remark: &str| NoticeWish {
        remark: Some(remark.to_owned()),
        ..wish(1, NoticeKind::Notice, about.clone())
    };
    for remark in ["长".repeat(501), "a\0b".to_owned(), "a\u{1b}[31mb".to_owned()] {
        let refused = send(&world, all.county, &with(&remark)).await;
        assert!(matches!(refused, Err(PlatformError::Invalid(_))), "{remark:?}");
    }
    for s in [-1, 61 * DAY_S] {
        let deadline_at = Some(world.now() + jiff::SignedDuration::from_secs(s));
        let refused = send(&world, all.county, &NoticeWish { deadline_at, ..with("x") }).await;
        assert!(matches!(refused, Err(PlatformError::Invalid(_))));
    }
    let many = (0..2001).map(|n| AlarmId(Uuid::from_u128(n))).collect();
    let refused = send(&world, all.county, &wish(2, NoticeKind::Notice, NoticeAbout::Alarms(many))).await;
    assert!(matches!(refused, Err(PlatformError::Limit { .. })));
    let markup = "<script>alert(1)</script>'; drop table notice; --";
    let id = send(&world, all.county, &with(markup)).await.unwrap().notices[0].notice.id;
    let detail = read(&world, all.manager, id).await;
    assert!(detail.row.body.unwrap().contains(markup), "kept as it was written");
    world.platform.sign_notice(&world.ask(all.manager), id, Some("<b>收</b>")).await.unwrap();
    let long = step(&world, all.manager, id, NoticeEvent::Reply, &"长".repeat(4001)).await;
    assert!(matches!(long, Err(PlatformError::Invalid(_))));
}

#[tokio::test]
async fn a_webhook_is_told_of_each_level_once_across_restarts() {
    let world = World::new().await;
    let all = offices(&world).await;
    let alarm = blocked(&world, world.school).await;
    world.wait_s(HOUR_S);
    let receiver =
        Receiver::answering(vec![Reply::With(503, "busy"), Reply::With(200, "ok"), Reply::With(200, "ok")])
            .await;
    let settings = || NotifySettings {
        allowed: vec!["127.0.0.1/32".parse().unwrap()],
        public_address: Some("https://fire.example".to_owned()),
        webhook: Some(Endpoint {
            url: receiver.url("/hook"),
            secret: None,
            rungs: vec![Rung::Unit, Rung::County],
        }),
        ..NotifySettings::default()
    };
    let platform = world.reopened_telling(settings()).await;
    let about = NoticeAbout::Alarms(vec![alarm]);
    let sent =
        platform.send_notices(&world.ask(all.city), &wish(1, NoticeKind::Notice, about)).await.unwrap();
    let id = sent.notices[0].notice.id;
    assert_eq!(platform.send_waiting("webhook").await.unwrap(), 2, "county and unit");
    world.wait_s(10);
    let again = world.reopened_telling(settings()).await;
    assert_eq!(again.send_waiting("webhook").await.unwrap(), 1, "the one that was refused");
    world.wait_s(DAY_S);
    assert_eq!(again.send_waiting("webhook").await.unwrap(), 0);
    let requests = receiver.requests();
    assert_eq!(requests.len(), 3);
    let mut deliveries: Vec<String> =
        requests.iter().map(|request| request.header("x-watchfire-delivery").to_owned()).collect();
    deliveries.sort();
    deliveries.dedup();
    assert_eq!(deliveries.len(), 2, "the repetition has the number of the first try");
    let said = requests.last().unwrap().json();
    assert_eq!((said["kind"].as_str(), said["notice"]["alarms"].as_u64()), (Some("notice"), Some(1)));
    assert_eq!(said["notice"]["link"], format!("https://fire.example/#/notices/{id}"));
}
