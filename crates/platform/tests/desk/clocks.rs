//! Clocks of devices: a simulated recorder whose clock is two minutes ahead is told once, and noted when it is right again.

use std::net::SocketAddr;

use domain::alarm::{AlarmCode, Level, Source};
use domain::device::DeviceState;
use domain::ids::DeviceId;
use gb28181::id::GbId;
use platform::access::devices::{Habits, NewDevice};
use platform::rows::{AlarmFilter, AlarmRow, AlarmStates, PageAsk};
use simulator::gb28181::{GbDevice, GbSimulator, GbSimulatorConfig};

use crate::devices::until;
use crate::fixture::World;

const RECORDER: &str = "36010200111180000021";
const SERVER: &str = "36000000112000000001";
const SECRET: &str = "geheim-2026";

async fn recorder(server: SocketAddr, clock_ahead_s: i64) -> GbSimulator {
    let id = |text: &str| GbId::parse(text).unwrap();
    let device = GbDevice::new(id(RECORDER), SECRET, "模拟录像机");
    let mut config = GbSimulatorConfig::new(server, id(SERVER), vec![device], [clock_ahead_s as u8; 32]);
    (config.has_media, config.clock_ahead_s) = (false, clock_ahead_s);
    GbSimulator::start(config).await.unwrap()
}

async fn is(world: &World, id: DeviceId, state: DeviceState) {
    until(async || {
        (world.platform.device(&world.operator(), id).await.unwrap().state == state).then_some(())
    })
    .await;
}

async fn told(world: &World) -> Vec<AlarmRow> {
    let filter =
        AlarmFilter { states: AlarmStates::All, code: Some(AlarmCode::V06), ..AlarmFilter::default() };
    world.platform.alarms(&world.operator(), &filter, &PageAsk::first(9)).await.unwrap().items
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_whose_clock_is_wrong_is_told_once_and_noted_when_it_is_right_again() {
    let world = World::recording().await;
    world.platform.start().await.unwrap();
    let server = world.platform.access_addresses().await[0];
    let new = NewDevice {
        unit_id: world.school,
        gb_id: RECORDER.to_owned(),
        name: "一号录像机".to_owned(),
        secret: Some(SECRET.to_owned()),
        habits: Habits::default(),
        simulated: true,
    };
    let id = world.platform.add_device(&world.operator(), new).await.unwrap().device.row.device.id;
    let wrong = recorder(server, 120).await;
    is(&world, id, DeviceState::Online).await;
    for _ in 0..3 {
        assert_eq!(world.platform.read_clocks().await, 1, "one device answers");
    }
    let alarm = told(&world).await.remove(0);
    assert_eq!(told(&world).await.len(), 1, "told once");
    assert_eq!((alarm.alarm.level, alarm.alarm.source), (Level::Four, Source::Device));
    let note = alarm.note.clone().unwrap();
    assert!(note.starts_with("一号录像机：时钟快 1") && note.contains("ahead"), "{note}");
    let clock = world.store().await.device_clock(id).await.unwrap().unwrap();
    assert!((115_000..=120_000).contains(&clock.ahead_ms), "{clock:?}");

    wrong.stop().await;
    is(&world, id, DeviceState::Offline).await;
    assert_eq!(world.platform.read_clocks().await, 0, "who is away is not asked");
    let right = recorder(server, 0).await;
    is(&world, id, DeviceState::Online).await;
    assert_eq!(world.platform.read_clocks().await, 1);
    let detail = world.platform.alarm(&world.operator(), alarm.alarm.id).await.unwrap();
    let clear = detail.steps.iter().find(|step| step.event == "clear").expect("it is noted");
    assert!(clear.note.as_deref().unwrap_or_default().contains("一号录像机"), "{clear:?}");
    assert!(detail.row.alarm.state.is_open(), "a person still ends it");
    assert_eq!(told(&world).await.len(), 1);
    right.stop().await;
    world.platform.stop().await;
}
