//! Alarms beside Alertmanager's semantics: the rows of `docs/design/alertmanager.md` that no other story shows, and that every row has its test.

use std::path::Path;

use domain::access::Access;
use domain::alarm::{Alarm, AlarmCode, AlarmState, Ladder, Ladders, Level};
use domain::ids::{AlarmId, CameraId};
use domain::place::PlaceType;
use jiff::{SignedDuration, Timestamp};
use platform::Platform;
use platform::alarms::{AlarmSettings, ManualAlarm};
use platform::notify::NotifySettings;
use platform::rows::{JoinRule, NewAlarm, Raised};
use platform::watchdog::WatchdogSettings;

use crate::fixture::World;

/// Hands a sighting in; which alarm it went to, and whether that is a new one.
async fn hand_in(world: &World, new: &NewAlarm) -> (AlarmId, bool) {
    let rule = JoinRule { window: SignedDuration::from_mins(2), fuse_within: SignedDuration::ZERO };
    match world.store().await.raise_alarm(&Access::PLATFORM, new, rule).await.unwrap() {
        Raised::New(row) => (row.alarm.id, true),
        Raised::Joined(id) | Raised::Fused(id) => (id, false),
    }
}

async fn cameras(world: &World) -> [CameraId; 2] {
    let manager = world.manager().await;
    let one = world.camera("东楼走廊", PlaceType::TeachingCorridor, "rtsp://127.0.0.1:1/a".to_owned());
    let two = world.camera("西楼走廊", PlaceType::TeachingCorridor, "rtsp://127.0.0.1:1/b".to_owned());
    [world.add_camera(manager, one).await, world.add_camera(manager, two).await]
}

#[tokio::test]
async fn the_same_sighting_handed_in_again_is_no_second_alarm() {
    let world = World::new().await;
    let [camera, _] = cameras(&world).await;
    let first = world.sighting(camera, AlarmCode::E01, 1);
    assert_eq!(hand_in(&world, &first).await, (first.alarm.id, true));
    let joined =
        async || world.platform.alarm_row(&world.operator(), first.alarm.id).await.unwrap().joined_count;
    assert_eq!((hand_in(&world, &first).await, joined().await), ((first.alarm.id, false), 0));
}

#[tokio::test]
async fn one_camera_and_kind_is_one_alarm_and_two_cameras_are_two() {
    let world = World::new().await;
    let [camera, other] = cameras(&world).await;
    let (first, _) = hand_in(&world, &world.sighting(camera, AlarmCode::E01, 1)).await;
    world.wait_s(3600);
    assert_eq!(
        hand_in(&world, &world.sighting(camera, AlarmCode::E01, 2)).await,
        (first, false),
        "while it is open"
    );
    assert!(
        hand_in(&world, &world.sighting(other, AlarmCode::E01, 3)).await.1,
        "another place is another alarm"
    );
    let kind = world.sighting(camera, AlarmCode::E01, 4);
    let alarm = Alarm { code: AlarmCode::E02, ..kind.alarm.clone() };
    assert!(hand_in(&world, &NewAlarm { alarm, ..kind }).await.1, "and so is another kind");
}

async fn raise(world: &World, platform: &Platform, code: AlarmCode) -> AlarmId {
    let note = "通道被堵".to_owned();
    let report = ManualAlarm { unit_id: world.school, camera_id: None, code, note, occurred_at: None };
    platform.raise_manual(&world.operator(), report).await.unwrap().alarm.id
}

/// `rung xROUNDS` of what was told of an alarm by now.
async fn told(world: &World, platform: &Platform, id: AlarmId) -> Vec<String> {
    while platform.deliver_outbox().await.unwrap() > 0 {}
    platform.read_ladders(world.now()).await.unwrap();
    let ladder = platform.alarm_ladder(&world.operator(), id).await.unwrap();
    let steps = ladder.runs.into_iter().flat_map(|run| run.rungs).filter_map(|step| step.told);
    let named = steps.filter(|told| told.people > 0);
    named.map(|told| format!("{} x{}", told.rung.as_str(), told.rounds)).collect()
}

#[tokio::test]
async fn nobody_waits_for_a_group_to_fill() {
    let world = World::new().await;
    world.guard().await;
    let first = raise(&world, &world.platform, AlarmCode::E01).await;
    assert_eq!(told(&world, &world.platform, first).await, ["duty_guard x1"]);
    let second = raise(&world, &world.platform, AlarmCode::E01).await;
    assert_eq!(told(&world, &world.platform, second).await, ["duty_guard x1"]);
}

#[tokio::test]
async fn a_rung_is_told_again_so_often_and_no_more() {
    let world = World::new().await;
    world.guard().await;
    let id = raise(&world, &world.platform, AlarmCode::E01).await;
    for (s, wanted) in
        [(0, "duty_guard x1"), (300, "duty_guard x2"), (600, "duty_guard x2"), (86_400, "duty_guard x2")]
    {
        world.wait_s(s);
        assert_eq!(told(&world, &world.platform, id).await, [wanted], "{s} s later");
    }
}

#[tokio::test]
async fn a_rung_that_waits_for_the_office_is_told_in_the_morning() {
    let world = World::new().await;
    world.manager().await;
    let mut ladders = Ladders::none();
    let take = domain::alarm::Clock::Take;
    ladders.set(Level::Two, take, Ladder::parse(&["unit 0s in_hours"]).unwrap()).unwrap();
    let watchdog = WatchdogSettings { every: SignedDuration::ZERO, ..WatchdogSettings::default() };
    let settings = AlarmSettings { ladders, watchdog, ..AlarmSettings::default() };
    let platform = world.reopened_for(settings, NotifySettings::default()).await;
    // The story begins on Tuesday, 25 November 2025, at midnight in Beijing.
    let morning: Timestamp = "2025-11-25T08:30:00+08:00".parse().unwrap();
    let id = raise(&world, &platform, AlarmCode::E01).await;
    assert_eq!(told(&world, &platform, id).await, [""; 0]);
    let wait_s = morning.duration_since(world.now()).as_secs();
    assert!((0..=9 * 3600).contains(&wait_s), "it is night: {wait_s} s to the morning");
    world.wait_s(wait_s - 1);
    assert_eq!(told(&world, &platform, id).await, [""; 0]);
    world.wait_s(1);
    assert_eq!(told(&world, &platform, id).await, ["unit x1"]);
}

#[tokio::test]
async fn time_alone_ends_no_alarm() {
    let world = World::new().await;
    world.guard().await;
    let id = raise(&world, &world.platform, AlarmCode::E01).await;
    for _ in 0..30 {
        world.wait_s(86_400);
        told(&world, &world.platform, id).await;
        world.platform.read_alarm_clocks(world.now()).await.unwrap();
    }
    let row = world.platform.alarm_row(&world.operator(), id).await.unwrap();
    assert_eq!(row.alarm.state, AlarmState::Waiting);
}

#[test]
fn every_row_names_a_test_that_is_there() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let page = tests.join("../../../docs/design/alertmanager.md");
    let page = std::fs::read_to_string(page).unwrap();
    let table = page.split("\n## ").next().unwrap();
    let rows: Vec<&str> =
        table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| behaviour")).collect();
    assert!(rows.len() >= 14, "{} rows", rows.len());
    for row in rows {
        let last = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let mut names = last.split('`').filter(|part| !part.trim().is_empty());
        let (file, test) = (names.next().unwrap(), names.next().unwrap());
        let source =
            std::fs::read_to_string(tests.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(source.contains(&format!("fn {test}(")), "{file} has no test {test}");
    }
}
