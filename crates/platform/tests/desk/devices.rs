//! The desk of devices, with a recorder that really registers over loopback.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::access::Access;
use domain::alarm::{AlarmCode, Source};
use domain::device::{DeviceReason, DeviceState, NoticeKind};
use domain::ids::DeviceId;
use domain::place::PlaceType;
use domain::role::Role;
use gb28181::manscdp::control::Command;
use platform::access::devices::{
    ChannelOrder, ChannelPlacing, DeviceEdit, Habits, MoveOrder, NewDevice, NoticeMeaning, StepState,
};
use platform::rows::{ChannelFilter, DeviceFilter, NoticeFilter, PageAsk};
use platform::{Platform, PlatformError};

use crate::fixture::World;
use crate::recorder::Recorder;

pub const ID: &str = "36010200111180000001";
pub const CHANNELS: [&str; 3] = ["36010200111320000001", "36010200111320000002", "36010200111340000001"];
pub const SECRET: &str = "geheim-2026";

pub fn page() -> PageAsk {
    PageAsk { limit: 50, after: None }
}

/// Looks again until it is so; how long a socket takes is not what these stories are about.
pub async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "it never came to that");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub async fn started(world: &World) -> SocketAddr {
    world.platform.start().await.unwrap();
    world.platform.access_addresses().await[0]
}

fn new_device(world: &World, secret: Option<&str>) -> NewDevice {
    NewDevice {
        unit_id: world.school,
        gb_id: ID.to_owned(),
        name: "一号录像机".to_owned(),
        secret: secret.map(str::to_owned),
        habits: Habits::default(),
        simulated: true,
    }
}

pub async fn entered(world: &World) -> DeviceId {
    let added = world.platform.add_device(&world.operator(), new_device(world, Some(SECRET))).await.unwrap();
    assert_eq!(added.secret, None, "a secret that was given is not shown");
    added.device.row.device.id
}

async fn state(platform: &Platform, world: &World, id: DeviceId) -> DeviceState {
    platform.device(&world.operator(), id).await.unwrap().state
}

pub async fn comes_online(world: &World, id: DeviceId) {
    until(async || (state(&world.platform, world, id).await == DeviceState::Online).then_some(())).await;
}

#[tokio::test]
async fn an_unknown_recorder_waits_until_somebody_enters_it_and_then_tells_its_channels() {
    let world = World::new().await;
    let server = started(&world).await;
    let _recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    let waiting = until(async || {
        let standing = world.platform.access_standing(&world.operator()).await.unwrap();
        standing.waiting.into_iter().next()
    })
    .await;
    assert_eq!(waiting.gb_id.as_str(), ID);
    let id = entered(&world).await;
    // A refused device tries again after a minute; this one is switched off and on.
    let _recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    comes_online(&world, id).await;
    assert!(world.platform.access_standing(&world.operator()).await.unwrap().waiting.is_empty());
    let channels = until(async || {
        let found = world.platform.channels(&world.operator(), id, &ChannelFilter::default(), &page()).await;
        Some(found.unwrap().items).filter(|items| items.len() == 3)
    })
    .await;
    assert_eq!(channels[0].entry.name, "走廊0号");
    let view = until(async || {
        let view = world.platform.device(&world.operator(), id).await.unwrap();
        view.row.info.maker.is_some().then_some(view)
    })
    .await;
    assert_eq!(view.row.info.model.as_deref(), Some("NVR-16"));
    assert!(view.row.catalogue.unwrap().complete);
}

#[tokio::test]
async fn a_wrong_password_is_seen_and_the_diagnosis_says_so() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let _recorder = Recorder::switch_on(ID, "something-else", server, &CHANNELS).await;
    until(async || (state(&world.platform, &world, id).await == DeviceState::Unauthorised).then_some(()))
        .await;
    let diagnosis = world.platform.diagnose(&world.operator(), id).await.unwrap();
    let digest = &diagnosis.findings[2];
    assert_eq!(digest.state, StepState::Bad);
    assert!(digest.zh.contains("密码错误"), "{}", digest.zh);
    assert!(diagnosis.trace.iter().all(|line| !line.text.contains("response=")));
}

#[tokio::test]
async fn a_wire_of_the_recorder_becomes_one_alarm_and_is_reset_by_a_person() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    comes_online(&world, id).await;
    recorder.alarm(CHANNELS[2], "一楼烟感");
    recorder.alarm(CHANNELS[2], "一楼烟感");
    let filter = NoticeFilter { device_id: Some(id), ..NoticeFilter::default() };
    let notices = until(async || {
        let found = world.platform.device_notices(&world.operator(), &filter, &page()).await.unwrap();
        Some(found.items).filter(|items| items.len() == 2)
    })
    .await;
    assert_eq!(notices[0].kind, Some(NoticeKind::Alarm(AlarmCode::F01)));
    assert_eq!(notices[0].alarm_id, notices[1].alarm_id, "one point, one alarm");
    let alarm = world.platform.alarm_row(&world.operator(), notices[0].alarm_id.unwrap()).await.unwrap();
    assert_eq!((alarm.alarm.source, alarm.alarm.unit_id), (Source::Device, world.school));
    let guard = world.guard().await;
    let reset = world.platform.reset_notice(&world.ask(guard), notices[0].id).await.unwrap();
    assert_eq!(reset.reset.unwrap().by, guard.user_id.unwrap());
    until(async || {
        let orders = recorder.orders.lock().unwrap();
        orders.iter().any(|order| matches!(order, Command::ResetAlarm { .. })).then_some(())
    })
    .await;
    let again = world.platform.reset_notice(&world.ask(guard), notices[1].id).await;
    assert!(
        matches!(again, Err(PlatformError::Conflict(_))),
        "one reset frees all that the point has waiting"
    );
}

#[tokio::test]
async fn what_a_person_says_of_a_notice_holds_for_the_next_one() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    comes_online(&world, id).await;
    recorder.alarm(CHANNELS[0], "机箱打开");
    let unmapped = NoticeFilter { unmapped: true, ..NoticeFilter::default() };
    let notice = until(async || {
        let found = world.platform.device_notices(&world.operator(), &unmapped, &page()).await.unwrap();
        found.items.into_iter().next()
    })
    .await;
    assert_eq!(notice.alarm_id, None);
    let meaning = NoticeMeaning { kind: NoticeKind::Alarm(AlarmCode::S03), from_now_on: true };
    let mapped = world.platform.map_notice(&world.operator(), notice.id, &meaning).await.unwrap();
    assert!(mapped.alarm_id.is_some(), "what means an alarm is raised");
    recorder.alarm(CHANNELS[0], "机箱打开");
    let all = NoticeFilter { device_id: Some(id), ..NoticeFilter::default() };
    let newest = until(async || {
        let found = world.platform.device_notices(&world.operator(), &all, &page()).await.unwrap();
        Some(found.items).filter(|items| items.len() == 2)
    })
    .await;
    assert!(newest.iter().all(|notice| notice.kind == Some(NoticeKind::Alarm(AlarmCode::S03))));
}

#[tokio::test]
async fn a_recorder_that_says_good_bye_is_offline_for_that_reason() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    comes_online(&world, id).await;
    recorder.leave();
    let reason = until(async || world.platform.device(&world.operator(), id).await.unwrap().reason).await;
    assert_eq!(reason, DeviceReason::Unregistered);
}

#[tokio::test]
async fn a_restart_is_no_event_for_a_device() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let _recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    comes_online(&world, id).await;
    world.platform.stop().await;
    let platform = world.reopened_at(server).await;
    platform.start().await.unwrap();
    assert_eq!(state(&platform, &world, id).await, DeviceState::Online);
    let standing = platform.access_standing(&world.operator()).await.unwrap();
    assert_eq!(standing.line.unwrap().registered, 1);
    // Its next sign of life is answered, so it has no reason to register again.
    let counters = until(async || {
        let counters = platform.access_standing(&world.operator()).await.unwrap().line.unwrap().counters;
        (counters.keepalives > 0).then_some(counters)
    })
    .await;
    assert_eq!((counters.registered, counters.not_registered), (0, 0));
}

#[tokio::test]
async fn a_camera_on_a_channel_says_why_there_is_no_picture() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let _recorder = Recorder::switch_on(ID, SECRET, server, &CHANNELS).await;
    comes_online(&world, id).await;
    let ask = world.operator();
    let filter = ChannelFilter { type_code: Some("132".to_owned()), ..ChannelFilter::default() };
    let channel = until(async || {
        world.platform.channels(&ask, id, &filter, &page()).await.unwrap().items.into_iter().next()
    })
    .await;
    let placing = ChannelPlacing {
        unit_id: None,
        name: None,
        place_type: PlaceType::TeachingCorridor,
        watch_enabled: true,
    };
    let camera = world.platform.place_channel(&ask, channel.id, &placing).await.unwrap();
    let refused = until(async || {
        let camera = world.platform.camera(&ask, camera.camera.id).await.unwrap();
        camera.reason_code.filter(|code| code == "call_refused")
    })
    .await;
    assert_eq!(refused, "call_refused");
    let placed = world.platform.place_channels(&ask, id, &placing).await.unwrap();
    assert_eq!((placed.placed, placed.had_camera, placed.no_camera), (1, 1, 1));
    let order = ChannelOrder::Move(MoveOrder { pan: 50, ..MoveOrder::default() });
    world.platform.order_channel(&ask, channel.id, &order).await.unwrap();
}

#[tokio::test]
async fn another_county_finds_neither_the_device_nor_its_knock() {
    let world = World::new().await;
    let server = started(&world).await;
    let id = entered(&world).await;
    let stranger = world.ask(world.stranger().await);
    assert!(matches!(world.platform.device(&stranger, id).await, Err(PlatformError::NotFound)));
    assert!(matches!(world.platform.diagnose(&stranger, id).await, Err(PlatformError::NotFound)));
    let listed = world.platform.devices(&stranger, &DeviceFilter::default(), &page()).await.unwrap();
    assert!(listed.items.is_empty());
    let other = "36990200111180000009";
    let _recorder = Recorder::switch_on(other, SECRET, server, &CHANNELS).await;
    until(async || {
        let standing = world.platform.access_standing(&world.operator()).await.unwrap();
        standing.waiting.iter().any(|one| one.gb_id.as_str() == other).then_some(())
    })
    .await;
    let installer =
        world.person("installer", Role::Installer, domain::access::Scope::Region(world.county)).await;
    let standing = world.platform.access_standing(&world.ask(installer)).await.unwrap();
    assert!(standing.waiting.is_empty(), "an id of another division");
}

#[tokio::test]
async fn a_secret_that_the_platform_makes_is_shown_once_and_no_id_is_entered_twice() {
    let world = World::new().await;
    let ask = world.operator();
    let added = world.platform.add_device(&ask, new_device(&world, None)).await.unwrap();
    let secret = added.secret.unwrap();
    assert_eq!(secret.len(), 16);
    let id = added.device.row.device.id;
    let again = world.platform.add_device(&ask, new_device(&world, None)).await;
    assert!(matches!(again, Err(PlatformError::Conflict(_))));
    let edit = DeviceEdit { secret: Some(String::new()), ..DeviceEdit::default() };
    let renewed = world.platform.edit_device(&ask, id, edit).await.unwrap();
    assert_ne!(renewed.secret.unwrap(), secret);
    for wrong in ["short", "with a blank in it"] {
        let edit = DeviceEdit { secret: Some(wrong.to_owned()), ..DeviceEdit::default() };
        assert!(matches!(world.platform.edit_device(&ask, id, edit).await, Err(PlatformError::Invalid(_))));
    }
    let own = NewDevice { gb_id: "36000000112000000001".to_owned(), ..new_device(&world, None) };
    assert!(matches!(world.platform.add_device(&ask, own).await, Err(PlatformError::Invalid(_))));
    assert_eq!(Access::PLATFORM, ask.access);
}

#[tokio::test]
async fn a_sheet_enters_all_its_devices_or_none() {
    let world = World::new().await;
    let ask = world.operator();
    let (school, id) = (world.school, |number: u32| format!("3601020011118{number:07}"));
    let sheet = |rows: &[String]| format!("设备编号,设备名称,单位编号,密码\n{}\n", rows.join("\n"));
    let good = [format!("{},甲,{school},", id(1)), format!("{},乙,{school},{SECRET}", id(2))];
    let bad = [good[0].clone(), format!("{},丙,{},", id(3), uuid::Uuid::from_u128(9))];
    let import = async |rows: &[String], dry_run| {
        world.platform.import_devices(&ask, "d.csv", sheet(rows).into(), dry_run).await.unwrap()
    };
    let refused = import(&bad, false).await;
    assert_eq!((refused.applied, refused.errors[0].reason.code()), (false, "unknown_unit"));
    assert!(!import(&good, true).await.applied);
    let done = import(&good, false).await;
    assert!(done.applied);
    assert_eq!(done.secrets.iter().map(|made| made.gb_id.to_string()).collect::<Vec<_>>(), [id(1)]);
    let again = import(&good, false).await;
    assert_eq!(again.errors.iter().map(|error| error.reason.code()).collect::<Vec<_>>(), ["known_device"; 2]);
}
