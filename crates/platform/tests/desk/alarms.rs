//! The alarm desk: from a report to a closed alarm, and what must not happen on the way.

use std::time::Duration;

use domain::alarm::{AlarmCode, AlarmEvent, AlarmState, FalseAlarmReason, Mark, Source};
use domain::ids::UnitId;
use platform::PlatformError;
use platform::alarms::{ManualAlarm, Reported, ResultPicture, Step, next_events};
use platform::events::Event;
use platform::rows::{AlarmBlobKind, AlarmFilter, AlarmRow, AuditFilter, PageAsk};
use uuid::Uuid;

use crate::fixture::World;

const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

fn page() -> PageAsk {
    PageAsk { limit: 50, after: None }
}

async fn raise(world: &World) -> AlarmRow {
    let report = ManualAlarm {
        unit_id: world.school,
        camera_id: None,
        code: AlarmCode::F02,
        note: "电话报警：二楼起火'; drop table alarm; --".to_owned(),
        occurred_at: None,
    };
    world.platform.raise_manual(&world.operator(), report).await.unwrap()
}

async fn step(
    world: &World,
    who: domain::access::Access,
    row: &AlarmRow,
    event: AlarmEvent,
    reason: Option<FalseAlarmReason>,
) -> Result<AlarmRow, PlatformError> {
    let step = Step { event, version: row.alarm.version, reason, note: None };
    Ok(world.platform.work_alarm(&world.ask(who), row.alarm.id, step).await?.row)
}

#[tokio::test]
async fn a_flame_goes_from_a_report_to_closed_by_two_people_and_every_step_is_kept() {
    let world = World::new().await;
    let (guard, manager) = (world.guard().await, world.manager().await);
    let row = raise(&world).await;
    world.wait_s(8);
    let opened = world.platform.alarm(&world.ask(guard), row.alarm.id).await.unwrap();
    assert!(opened.row.alarm.times.opened_at.is_some(), "the first look is T2");
    assert_eq!(next_events(&guard, &opened.row.alarm), [AlarmEvent::Take]);
    let mut row = step(&world, guard, &opened.row, AlarmEvent::Take, None).await.unwrap();
    for event in [AlarmEvent::StartVerify, AlarmEvent::Confirm, AlarmEvent::Arrive] {
        world.wait_s(5);
        row = step(&world, guard, &row, event, None).await.unwrap();
    }
    let refused = step(&world, guard, &row, AlarmEvent::Handle, None).await;
    assert!(matches!(refused, Err(PlatformError::Conflict(_))), "no result picture yet");
    let picture = ResultPicture { bytes: JPEG.to_vec() };
    world.platform.set_result_picture(&world.ask(guard), row.alarm.id, picture).await.unwrap();
    row = world.platform.alarm(&world.ask(guard), row.alarm.id).await.unwrap().row;
    row = step(&world, guard, &row, AlarmEvent::Handle, None).await.unwrap();
    assert!(matches!(
        step(&world, guard, &row, AlarmEvent::Approve, None).await,
        Err(PlatformError::Denied(_))
    ));
    row = step(&world, manager, &row, AlarmEvent::Approve, None).await.unwrap();
    assert_eq!(row.alarm.state, AlarmState::Closed);

    let detail = world.platform.alarm(&world.ask(manager), row.alarm.id).await.unwrap();
    let events: Vec<&str> = detail.steps.iter().map(|step| step.event.as_str()).collect();
    for event in
        [AlarmEvent::Open, AlarmEvent::Take, AlarmEvent::Confirm, AlarmEvent::Handle, AlarmEvent::Approve]
    {
        assert!(events.contains(&event.as_str()), "{event:?} missing in {events:?}");
    }
    let (_, bytes) = world
        .platform
        .alarm_evidence(&world.ask(manager), row.alarm.id, AlarmBlobKind::ResultPicture)
        .await
        .unwrap();
    assert_eq!(bytes, JPEG);
    let audit = world.platform.audit_rows(&world.operator(), &AuditFilter::default(), &page()).await.unwrap();
    assert!(audit.items.iter().any(|row| row.entry.action == "alarm_approve"));
    assert!(audit.items.iter().any(|row| row.entry.action == "view_evidence"), "every look leaves a row");
}

#[tokio::test]
async fn a_storm_is_taken_whole_and_what_is_wrong_in_it_is_wrong_alone() {
    let world = World::new().await;
    let report = |number: u128| Reported {
        code: AlarmCode::F03,
        unit_id: if number == 7 { UnitId(Uuid::from_u128(404)) } else { world.school },
        camera_id: None,
        source: Source::Device,
        occurred_at: world.now(),
        // What the database refuses, and so all that is committed with it.
        note: Some(if number == 8 { "\0" } else { "storm" }.to_owned()),
        simulated: true,
        // The two wrong ones tell of matters of their own: joined to a right one that was faster they would be right.
        observation_id: Uuid::from_u128(if matches!(number, 7 | 8) {
            3000 + number
        } else {
            1000 + number / 2 * 2
        }),
        detector: None,
    };
    let raising = (0..400).map(|number| {
        let (platform, report, now) = (world.platform.clone(), report(number), world.now());
        async move {
            let raise = platform.raise_reported(report, now);
            // Some are called off before or in the midst of it, by whoever asked.
            let limit = Duration::from_millis(if number % 10 == 3 { 1 } else { 60_000 });
            tokio::time::timeout(limit, raise).await
        }
    });
    let outcomes = futures::future::join_all(raising.map(tokio::spawn)).await;
    for (number, outcome) in outcomes.into_iter().enumerate() {
        match outcome.unwrap() {
            Ok(Err(PlatformError::NotFound)) => assert_eq!(number, 7),
            Ok(Err(PlatformError::Invalid(_))) => assert_eq!(number, 8),
            Ok(Err(error)) => panic!("{number}: {error}"),
            Ok(Ok(_)) => assert!(!matches!(number, 7 | 8)),
            Err(_) => assert_eq!(number % 10, 3),
        }
    }
    let store = world.store().await;
    let entries = store.outbox_after(0, 500).await.unwrap();
    let raised = entries.iter().filter(|entry| entry.topic == "alarm.raised").count();
    // Two by two they report the same matter, and of every two at most one was called off.
    assert_eq!(raised, 200);
}

#[tokio::test]
async fn a_stranger_sees_neither_the_alarm_nor_that_it_exists() {
    let world = World::new().await;
    let stranger = world.stranger().await;
    let row = raise(&world).await;
    let ask = world.ask(stranger);
    assert!(matches!(world.platform.alarm(&ask, row.alarm.id).await, Err(PlatformError::NotFound)));
    let evidence = world.platform.alarm_evidence(&ask, row.alarm.id, AlarmBlobKind::Picture).await;
    assert!(matches!(evidence, Err(PlatformError::NotFound)));
    assert!(world.platform.alarms(&ask, &AlarmFilter::default(), &page()).await.unwrap().items.is_empty());
    assert!(matches!(world.platform.unit(&ask, world.school).await, Err(PlatformError::NotFound)));
    assert!(world.platform.unit(&ask, world.neighbour).await.is_ok());
}

#[tokio::test]
async fn two_guards_take_at_once_and_one_is_told_to_look_again() {
    let world = World::new().await;
    let (guard, manager) = (world.guard().await, world.manager().await);
    let row = raise(&world).await;
    let (first, second) = tokio::join!(
        step(&world, guard, &row, AlarmEvent::Take, None),
        step(&world, manager, &row, AlarmEvent::Take, None)
    );
    assert!(first.is_ok() != second.is_ok());
    assert!(matches!(first.and(second), Err(PlatformError::Conflict(_))));
}

#[tokio::test]
async fn a_false_alarm_needs_a_reason() {
    let world = World::new().await;
    let guard = world.guard().await;
    let row = step(&world, guard, &raise(&world).await, AlarmEvent::Take, None).await.unwrap();
    assert!(step(&world, guard, &row, AlarmEvent::Reject, None).await.is_err());
    let row = step(&world, guard, &row, AlarmEvent::Reject, Some(FalseAlarmReason::SteamFog)).await.unwrap();
    assert_eq!(row.alarm.state, AlarmState::FalseAlarm);
    assert_eq!(row.alarm.false_alarm_reason, Some(FalseAlarmReason::SteamFog));
}

#[tokio::test]
async fn a_silent_owner_loses_the_alarm_after_three_minutes() {
    let world = World::new().await;
    let guard = world.guard().await;
    let row = step(&world, guard, &raise(&world).await, AlarmEvent::Take, None).await.unwrap();
    world.wait_s(170);
    world.platform.read_alarm_clocks(world.now()).await.unwrap();
    let kept = world.platform.alarm_row(&world.ask(guard), row.alarm.id).await.unwrap();
    assert_eq!(kept.alarm.state, AlarmState::Taken);
    world.wait_s(20);
    world.platform.read_alarm_clocks(world.now()).await.unwrap();
    let lost = world.platform.alarm_row(&world.ask(guard), row.alarm.id).await.unwrap();
    assert_eq!(lost.alarm.state, AlarmState::Waiting);
    assert_eq!(lost.alarm.marks, [Mark::Reassigned]);
}

#[tokio::test]
async fn an_alarm_committed_before_a_crash_is_told_once_after_it() {
    let world = World::new().await;
    // The notifier never ran: this is the moment between the commit and the telling.
    let row = raise(&world).await;
    let again = world.reopened().await;
    let mut events = again.listen();
    again.start().await.unwrap();
    let event =
        tokio::time::timeout(std::time::Duration::from_secs(10), events.recv()).await.unwrap().unwrap();
    assert!(matches!(event, Event::Alarm { raised: true, id, .. } if id == row.alarm.id));
    let more = tokio::time::timeout(std::time::Duration::from_secs(3), events.recv()).await;
    assert!(more.is_err(), "told twice: {more:?}");
    again.stop().await;
    assert_eq!(
        again.alarms(&world.operator(), &AlarmFilter::default(), &page()).await.unwrap().items.len(),
        1
    );
}
