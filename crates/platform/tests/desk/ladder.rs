//! Scripts of time: an alarm, and who has been told of it at which second, across restarts and beside a second process.

use domain::access::{Access, Scope};
use domain::alarm::{AlarmCode, AlarmEvent, AlarmState, Mark};
use domain::ids::{AlarmId, UserId};
use domain::role::Role;
use platform::alarms::{AlarmLadder, ManualAlarm, Step};
use platform::rows::{AuditFilter, EscalationFilter, PageAsk};
use platform::{Platform, PlatformError};

use crate::fixture::World;

/// Everybody on the ladder of the school.
struct Everybody {
    guard: Access,
    manager: Access,
    county: Access,
    city: Access,
    province: Access,
}

async fn everybody(world: &World) -> Everybody {
    Everybody {
        guard: world.guard().await,
        manager: world.manager().await,
        county: world.person("county", Role::County, Scope::Region(world.county)).await,
        city: world.person("city", Role::City, Scope::Region(world.city().await)).await,
        province: world.province().await,
    }
}

async fn raise(world: &World, platform: &Platform, code: AlarmCode) -> AlarmId {
    let report = ManualAlarm {
        unit_id: world.school,
        camera_id: None,
        code,
        note: "二楼有烟".to_owned(),
        occurred_at: None,
    };
    platform.raise_manual(&world.operator(), report).await.unwrap().alarm.id
}

/// What the standing tasks of a platform do in this second.
async fn tick(world: &World, platform: &Platform) {
    while platform.deliver_outbox().await.unwrap() > 0 {}
    platform.read_ladders(world.now()).await.unwrap();
}

async fn ladder(world: &World, platform: &Platform, id: AlarmId) -> AlarmLadder {
    platform.alarm_ladder(&world.operator(), id).await.unwrap()
}

/// `clock: rung xROUNDS people` of everything that was told, in order.
async fn told(world: &World, platform: &Platform, id: AlarmId) -> Vec<String> {
    let mut lines = Vec::new();
    for run in ladder(world, platform, id).await.runs {
        for step in run.rungs {
            let Some(told) = step.told else { continue };
            let last = step.notified.iter().filter(|line| line.round == told.rounds);
            let mut names: Vec<String> =
                last.filter_map(|line| Some(line.person.as_ref()?.1.clone())).collect();
            names.sort();
            assert_eq!(names.len(), told.people as usize, "one line of the log for each person");
            lines.push(format!(
                "{}: {} x{} {}",
                run.run.clock.as_str(),
                told.rung.as_str(),
                told.rounds,
                names.join(" ")
            ));
        }
    }
    lines
}

async fn work(world: &World, platform: &Platform, who: Access, id: AlarmId, event: AlarmEvent) {
    let ask = world.ask(who);
    let row = platform.alarm_row(&ask, id).await.unwrap();
    let step = Step { event, version: row.alarm.version, reason: None, note: None };
    platform.work_alarm(&ask, id, step).await.unwrap();
}

fn page() -> PageAsk {
    PageAsk::first(50)
}

#[tokio::test]
async fn nobody_answers_and_the_alarm_climbs_to_the_province_across_restarts() {
    let world = World::new().await;
    everybody(&world).await;
    let id = raise(&world, &world.platform, AlarmCode::F02).await;
    // Seconds after the alarm, and the lines of the log that are new by then.
    let script: &[(i64, &[&str])] = &[
        (0, &["take: duty_guard x1 guard"]),
        (59, &[]),
        // The school has no shift leader: its manager is told in their place.
        (60, &["take: duty_guard x2 guard", "take: shift_leader x1 ", "take: unit x1 manager"]),
        (119, &[]),
        (120, &["take: unit x2 manager"]),
        (299, &[]),
        (300, &["take: county x1 county"]),
        (600, &["take: county x2 county"]),
        (900, &["take: county x3 county", "take: city x1 city"]),
        (1799, &[]),
        (1800, &["take: city x2 city", "take: province x1 province"]),
        (2700, &["take: city x3 city"]),
        (3600, &["take: province x2 province"]),
        (5400, &["take: province x3 province"]),
        (500_000, &[]),
    ];
    let mut known = Vec::new();
    let mut second = 0;
    for (s, wanted) in script {
        world.wait_s(s - second);
        second = *s;
        // A fresh process every time, and another beside it: what counts is in the rows.
        let (one, two) = (world.reopened().await, world.reopened().await);
        tokio::join!(tick(&world, &one), tick(&world, &two));
        // Whoever was overtaken looks again.
        tick(&world, &one).await;
        let now = told(&world, &one, id).await;
        let new: Vec<&str> = now.iter().filter(|line| !known.contains(*line)).map(String::as_str).collect();
        assert_eq!(new, *wanted, "at {s} s");
        known = now;
    }
    let detail = world.platform.alarm(&world.operator(), id).await.unwrap();
    assert_eq!(detail.row.alarm.state, AlarmState::Waiting);
    assert_eq!(detail.row.alarm.marks, [Mark::Escalated]);
    let climbed: Vec<_> = detail
        .steps
        .iter()
        .filter(|step| step.event == "escalate")
        .map(|step| step.note.clone().unwrap())
        .collect();
    assert_eq!(climbed, ["unit", "county", "city", "province"], "each once in the time line");
    let log = ladder(&world, &world.platform, id).await;
    let lines: usize = log.runs[0].rungs.iter().map(|step| step.notified.len()).sum();
    assert_eq!(lines, 2 + 2 + 3 + 3 + 3, "every telling is a line, and none twice");
}

#[tokio::test]
async fn taking_ends_the_climb_and_the_next_clock_has_its_own() {
    let world = World::new().await;
    let all = everybody(&world).await;
    let platform = &world.platform;
    let id = raise(&world, platform, AlarmCode::F01).await;
    tick(&world, platform).await;
    world.wait_s(50);
    work(&world, platform, all.guard, id, AlarmEvent::Take).await;
    tick(&world, platform).await;
    world.wait_s(59);
    tick(&world, platform).await;
    assert_eq!(
        told(&world, platform, id).await,
        ["take: duty_guard x1 guard"],
        "taken at 50 s: nobody above hears of it"
    );
    // Taken and not verified: a minute later the unit is told.
    world.wait_s(1);
    tick(&world, platform).await;
    assert_eq!(told(&world, platform, id).await, ["take: duty_guard x1 guard", "verify: unit x1 manager"]);
    // The owner stays silent, loses the alarm, and what became due of the first clock meanwhile is told at once.
    world.wait_s(150);
    platform.read_alarm_clocks(world.now()).await.unwrap();
    tick(&world, platform).await;
    let now = told(&world, platform, id).await;
    assert_eq!(
        now,
        [
            "verify: unit x1 manager",
            "take: duty_guard x2 guard",
            "take: shift_leader x1 ",
            "take: unit x1 manager"
        ]
    );
    work(&world, platform, all.manager, id, AlarmEvent::Take).await;
    work(&world, platform, all.manager, id, AlarmEvent::Confirm).await;
    tick(&world, platform).await;
    assert!(
        told(&world, platform, id).await.contains(&"arrive: unit x1 manager".to_owned()),
        "a fire that is none of a guard's alone"
    );
    world.wait_s(100_000);
    work(&world, platform, all.manager, id, AlarmEvent::Arrive).await;
    let before = told(&world, platform, id).await;
    tick(&world, platform).await;
    assert_eq!(
        told(&world, platform, id).await,
        before,
        "somebody is there: nobody else is told, however late it is"
    );
}

#[tokio::test]
async fn an_office_acknowledges_and_is_not_told_again_while_the_climb_goes_on() {
    let world = World::new().await;
    let all = everybody(&world).await;
    let platform = &world.platform;
    let id = raise(&world, platform, AlarmCode::F02).await;
    let refused = platform.acknowledge_alarm(&world.ask(all.county), id, None).await;
    assert!(matches!(refused, Err(PlatformError::NotFound)), "it has not climbed there");
    assert!(matches!(
        platform.acknowledge_alarm(&world.ask(all.guard), id, None).await,
        Err(PlatformError::Denied(_))
    ));
    world.wait_s(300);
    tick(&world, platform).await;
    let queue = async |who: Access, filter| {
        platform.escalations(&world.ask(who), filter, &page()).await.unwrap().items
    };
    let owed = queue(all.county, EscalationFilter::Owed).await;
    assert_eq!((owed.len(), owed[0].alarm.alarm.id), (1, id));
    assert!(queue(all.city, EscalationFilter::Owed).await.is_empty(), "not climbed to the city");
    assert!(queue(world.stranger().await, EscalationFilter::All).await.is_empty(), "another county");
    assert!(ladder_of(&world, all.county, id).await.owes_receipt);
    assert!(!ladder_of(&world, all.guard, id).await.owes_receipt);
    assert_eq!(platform.receipts_owed(&world.ask(all.county)).await.unwrap(), 1);
    platform.acknowledge_alarm(&world.ask(all.county), id, Some("已电话联系学校")).await.unwrap();
    platform.acknowledge_alarm(&world.ask(all.county), id, Some("again")).await.unwrap();
    assert_eq!(platform.receipts_owed(&world.ask(all.county)).await.unwrap(), 0);
    assert!(queue(all.county, EscalationFilter::Owed).await.is_empty());
    let receipt = queue(all.county, EscalationFilter::All).await[0].rung.receipt.clone().unwrap();
    assert_eq!(
        (receipt.by_name.as_str(), receipt.note.as_deref()),
        ("county", Some("已电话联系学校")),
        "the first counts"
    );
    world.wait_s(600);
    tick(&world, platform).await;
    let now = told(&world, platform, id).await;
    assert!(now.contains(&"take: county x1 county".to_owned()), "{now:?}");
    assert!(now.contains(&"take: city x1 city".to_owned()), "knowing is not taking: {now:?}");
    let audit = platform.audit_rows(&world.operator(), &AuditFilter::default(), &page()).await.unwrap();
    assert_eq!(audit.items.iter().filter(|row| row.entry.action == "alarm_acknowledge").count(), 1);
}

async fn ladder_of(world: &World, who: Access, id: AlarmId) -> AlarmLadder {
    world.platform.alarm_ladder(&world.ask(who), id).await.unwrap()
}

#[tokio::test]
async fn an_empty_rung_is_passed_over_and_written_down() {
    let world = World::new().await;
    world.person("county", Role::County, Scope::Region(world.county)).await;
    // A guard of another county, and one who was shut out, stand on no rung of this school.
    world.person("far", Role::DutyGuard, Scope::Region(world.neighbour_county)).await;
    let out = world.guard().await;
    world.platform.disable_account(&world.operator(), out.user_id.unwrap()).await.unwrap();
    let id = raise(&world, &world.platform, AlarmCode::F02).await;
    tick(&world, &world.platform).await;
    assert_eq!(
        told(&world, &world.platform, id).await,
        ["take: duty_guard x1 ", "take: shift_leader x1 ", "take: unit x1 ", "take: county x1 county"],
        "nobody waits on an empty chair"
    );
    let seen = ladder(&world, &world.platform, id).await.runs.remove(0);
    assert_eq!(seen.rungs[0].told.as_ref().unwrap().people, 0);
    let detail = world.platform.alarm(&world.operator(), id).await.unwrap();
    assert_eq!(
        detail.steps.iter().filter(|step| step.event == "escalate").count(),
        1,
        "only the county was reached"
    );
}

#[tokio::test]
async fn with_no_account_anywhere_the_log_says_so_and_nothing_loops() {
    let world = World::new().await;
    let id = raise(&world, &world.platform, AlarmCode::F02).await;
    tick(&world, &world.platform).await;
    let now = told(&world, &world.platform, id).await;
    assert_eq!(now.len(), 6);
    world.wait_s(100_000);
    tick(&world, &world.platform).await;
    assert_eq!(told(&world, &world.platform, id).await, now);
    assert!(
        world.store().await.looks_due(world.now(), 10).await.unwrap().is_empty(),
        "nothing is promised any more"
    );
}

#[tokio::test]
async fn after_a_long_pause_each_rung_is_told_once() {
    let world = World::new().await;
    everybody(&world).await;
    let id = raise(&world, &world.platform, AlarmCode::F02).await;
    world.wait_s(7200);
    let again = world.reopened().await;
    tick(&world, &again).await;
    tick(&world, &again).await;
    let rungs = [
        "duty_guard x1 guard",
        "shift_leader x1 ",
        "unit x1 manager",
        "county x1 county",
        "city x1 city",
        "province x1 province",
    ];
    assert_eq!(told(&world, &again, id).await, rungs.map(|rung| format!("take: {rung}")));
}

#[tokio::test]
async fn who_looked_after_being_told_is_kept() {
    let world = World::new().await;
    let all = everybody(&world).await;
    let id = raise(&world, &world.platform, AlarmCode::F02).await;
    tick(&world, &world.platform).await;
    let seen = async || ladder(&world, &world.platform, id).await.runs[0].rungs[0].notified[0].seen_at;
    assert_eq!(seen().await, None);
    world.platform.alarm(&world.ask(all.province), id).await.unwrap();
    assert_eq!(seen().await, None, "somebody else's look");
    world.wait_s(9);
    world.platform.alarm(&world.ask(all.guard), id).await.unwrap();
    assert_eq!(seen().await, Some(world.now()));
}

#[tokio::test]
async fn people_who_come_later_are_told_from_then_on() {
    let world = World::new().await;
    let first: UserId = world.guard().await.user_id.unwrap();
    let id = raise(&world, &world.platform, AlarmCode::F02).await;
    tick(&world, &world.platform).await;
    let second = world.person("relief", Role::DutyGuard, Scope::Unit(world.school)).await.user_id.unwrap();
    world.wait_s(60);
    tick(&world, &world.platform).await;
    let log = ladder(&world, &world.platform, id).await.runs.remove(0).rungs.remove(0).notified;
    let people = |round: u32| {
        let mut ids: Vec<UserId> = log
            .iter()
            .filter(|line| line.round == round)
            .filter_map(|line| Some(line.person.as_ref()?.0))
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(people(1), [first]);
    let mut both = [first, second];
    both.sort();
    assert_eq!(people(2), both);
}
