//! The simulated recorder of a demonstration: it registers by GB/T 28181 as a real one would, and one of its channels is a camera.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context as _;
use domain::ids::DeviceId;
use domain::place::PlaceType;
use gb28181::id::GbId as WireId;
use platform::access::devices::{ChannelPlacing, DeviceEdit, Habits, NewDevice};
use platform::rows::{ChannelFilter, DeviceFilter, PageAsk};
use platform::{Ask, Platform, PlatformError};
use simulator::gb28181::{GbChannel, GbDevice, GbSimulator, GbSimulatorConfig};
use simulator::{Scene, VideoSource};

use super::Schools;
use super::cameras::CLIP_FOLDER;
use crate::config::Config;
use crate::wire;

/// The recorder's name.
const NAME: &str = "安防机房录像机（国标）";
/// How often, and how many times, its channels are looked for.
const LOOK: Duration = Duration::from_millis(500);
const LOOKS_MAX: u32 = 120;

/// What the recorder has: serial number, name, picture.
const CHANNELS: [(u32, &str, Scene); 3] = [
    (1, "食堂后厨通道", Scene::CorridorQuiet),
    (2, "图书馆二层走廊", Scene::CorridorQuiet),
    (3, "宿舍值班室", Scene::DutyRoom),
];
/// A detector wired to the recorder.
const DETECTOR: (u32, &str) = (4, "一楼烟感（报警输入）");

/// Enters the recorder with a fresh secret, switches it on, and makes a camera of its first channel when it has told them.
pub async fn start(
    platform: &Platform,
    schools: &Schools,
    config: &Config,
) -> anyhow::Result<Option<GbSimulator>> {
    let Some(server) = platform.access_addresses().await.into_iter().next() else { return Ok(None) };
    let server_id = config.access.id.context("a demonstration has an id")?;
    let ask = wire::operator(platform);
    let division = division_of(platform, &ask, schools).await?;
    let id = |kind: u16, serial: u32| WireId::parse(&format!("{division}0011{kind}{serial:07}"));
    let recorder = id(118, 1)?;
    let (device_id, secret) = enter(platform, &ask, schools, recorder.as_str()).await?;
    let mut device = GbDevice::new(recorder, &secret, NAME);
    for (serial, name, scene) in CHANNELS {
        let source = VideoSource::Scene { scene, seed: 10 + u64::from(serial) };
        device.channels.push(GbChannel::camera(id(132, serial)?, name, source));
    }
    device.channels.push(GbChannel::alarm_point(id(134, DETECTOR.0)?, DETECTOR.1));
    let secret = platform.surroundings().random();
    let server_id = WireId::parse(server_id.as_str())?;
    let mut simulated = GbSimulatorConfig::new(reachable(server), server_id, vec![device], secret);
    simulated.cache = Some(config.data.folder.join(CLIP_FOLDER));
    let simulator = GbSimulator::start(simulated).await.context("simulated recorder")?;
    tokio::spawn(place_first(platform.clone(), device_id));
    Ok(Some(simulator))
}

/// From this machine, what listens everywhere is on loopback.
fn reachable(listens: SocketAddr) -> SocketAddr {
    if listens.ip().is_unspecified() {
        SocketAddr::from((Ipv4Addr::LOCALHOST, listens.port()))
    } else {
        listens
    }
}

async fn division_of(platform: &Platform, ask: &Ask, schools: &Schools) -> anyhow::Result<String> {
    let regions = platform.regions(ask).await?;
    let county = regions.into_iter().find(|region| region.id == schools.boarding.region_id);
    county.and_then(|county| county.gb2260_code).context("the school's county has no division code")
}

/// The recorder's row, and a secret that holds until the next start.
async fn enter(
    platform: &Platform,
    ask: &Ask,
    schools: &Schools,
    gb_id: &str,
) -> anyhow::Result<(DeviceId, String)> {
    let filter = DeviceFilter { text: Some(gb_id.to_owned()), ..DeviceFilter::default() };
    let page = PageAsk { limit: 1, after: None };
    let known = platform.devices(ask, &filter, &page).await?.items.into_iter().next();
    let added = if let Some(known) = known {
        let fresh = DeviceEdit { secret: Some(String::new()), ..DeviceEdit::default() };
        platform.edit_device(ask, known.row.device.id, fresh).await?
    } else {
        let new = NewDevice {
            unit_id: schools.boarding.id,
            gb_id: gb_id.to_owned(),
            name: NAME.to_owned(),
            secret: None,
            habits: Habits::default(),
            simulated: true,
        };
        platform.add_device(ask, new).await?
    };
    Ok((added.device.row.device.id, added.secret.context("the platform made a secret")?))
}

async fn place_first(platform: Platform, device_id: DeviceId) {
    for _ in 0..LOOKS_MAX {
        match place(&platform, device_id).await {
            Ok(true) => return,
            Ok(false) => tokio::time::sleep(LOOK).await,
            Err(error) => return eprintln!("no camera made of the simulated recorder's channel: {error}"),
        }
    }
    eprintln!("the simulated recorder has not told its channels");
}

/// True when the first channel is a camera.
async fn place(platform: &Platform, device_id: DeviceId) -> Result<bool, PlatformError> {
    let ask = wire::operator(platform);
    let filter = ChannelFilter { type_code: Some("132".to_owned()), ..ChannelFilter::default() };
    let page = PageAsk { limit: 1, after: None };
    let channels = platform.channels(&ask, device_id, &filter, &page).await?.items;
    let Some(first) = channels.into_iter().next() else { return Ok(false) };
    if first.camera_id.is_none() {
        let placing =
            ChannelPlacing { unit_id: None, name: None, place_type: PlaceType::Canteen, watch_enabled: true };
        platform.place_channel(&ask, first.id, &placing).await?;
    }
    Ok(true)
}
