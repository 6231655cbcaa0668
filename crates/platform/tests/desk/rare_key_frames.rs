//! Cameras whose key frames are rare: the watch takes the sub-stream, or decodes every picture, and says so.

use std::io::Write as _;
use std::time::{Duration, Instant};

use domain::access::Access;
use domain::alarm::AlarmCode;
use domain::ids::CameraId;
use domain::place::PlaceType;
use platform::access::{CameraView, NewCamera};
use platform::rows::{AlarmFilter, PageAsk};
use platform::watch::LooksAt;
use simulator::encode::encode;
use simulator::scene::FRAME_RATE;
use simulator::{Scene, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};

use crate::fixture::World;

/// Drawing, encoding, connecting, and the story itself.
const PATIENCE: Duration = Duration::from_mins(4);
/// The encoder thinks that pictures come so much faster than they do, so its key frames are so much further apart.
const STRETCHED: u32 = 12;

/// A corridor that burns, as a bare stream with a key frame every 240 pictures: ten seconds at the 25 a second it is played with.
fn rare() -> tempfile::NamedTempFile {
    let clip = encode(Scene::CorridorFire.pictures(1), STRETCHED * FRAME_RATE).unwrap();
    let mut file = tempfile::NamedTempFile::with_suffix(".h264").unwrap();
    clip.units.iter().for_each(|unit| file.write_all(&unit.data).unwrap());
    file
}

async fn school(rare: &tempfile::NamedTempFile) -> Simulator {
    let cameras = vec![
        SimulatedCamera::new("rare", VideoSource::File(rare.path().to_owned())),
        SimulatedCamera::new("usual", VideoSource::Scene { scene: Scene::CorridorQuiet, seed: 1 }),
    ];
    let config = SimulatorConfig { listen: "127.0.0.1:0".parse().unwrap(), cameras, cache: None };
    Simulator::start(config).await.unwrap()
}

async fn camera_at(world: &World, who: Access, address: String, sub_address: Option<String>) -> CameraId {
    let camera = world.camera("实验楼走廊", PlaceType::Laboratory, address);
    world.add_camera(who, NewCamera { sub_address, is_recorded: Some(false), ..camera }).await
}

async fn until(world: &World, who: Access, id: CameraId, what: &str, is_so: impl Fn(&CameraView) -> bool) {
    let began = Instant::now();
    loop {
        let view = world.platform.camera(&world.ask(who), id).await.unwrap();
        if is_so(&view) {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "not in time: {what}; {:?}", view.health);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn a_fire_between_two_rare_key_frames_is_seen_all_the_same() {
    let world = World::recording().await;
    let manager = world.manager().await;
    let film = rare();
    let simulator = school(&film).await;
    let id = camera_at(&world, manager, simulator.url("rare"), None).await;
    until(&world, manager, id, "every picture is decoded", |view| {
        view.health.looks_at == LooksAt::EveryPicture
            && view.health.look_interval_ms.is_some_and(|ms| ms < 4_000)
    })
    .await;
    let began = Instant::now();
    loop {
        let page = PageAsk { limit: 50, after: None };
        let alarms =
            world.platform.alarms(&world.ask(manager), &AlarmFilter::default(), &page).await.unwrap();
        if alarms.items.iter().any(|row| row.alarm.code == AlarmCode::F02) {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "no fire seen");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    simulator.stop().await;
}

#[tokio::test]
async fn the_sub_stream_is_looked_at_where_its_key_frames_are_usual() {
    let world = World::recording().await;
    let manager = world.manager().await;
    let film = rare();
    let simulator = school(&film).await;
    let id = camera_at(&world, manager, simulator.url("rare"), Some(simulator.url("usual"))).await;
    until(&world, manager, id, "the sub-stream is looked at", |view| {
        view.health.looks_at == LooksAt::SubStream
            && view.health.look_interval_ms.is_some_and(|ms| ms < 3_000)
    })
    .await;
    simulator.stop().await;
}
