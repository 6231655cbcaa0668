//! The simulated transmission device of a demonstration: detectors with places and cameras beside them, of which one tells a fire now and then.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context as _;
use domain::ids::{CameraId, TransmitterId};
use gb26875::{Address, Operations};
use platform::access::transmitters::{ComponentPlace, NewTransmitter};
use platform::rows::{CameraFilter, ComponentFilter, MAX_PAGE, PageAsk, TransmitterFilter};
use platform::{Ask, Platform};
use simulator::transmitter::{Act, AnswerHabit, SimulatedComponent, SimulatedTransmitter, TransmitterConfig};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::Schools;
use crate::config::Config;
use crate::wire;

/// The device's address.
const ADDRESS: &str = "360100000001";
/// Its name.
const NAME: &str = "教学楼用户信息传输装置（模拟）";
/// Cameras that see the places of its components, by their order; none: no camera does.
const SEEN_BY: [Option<&str>; 4] =
    [Some("教学楼二层走廊"), Some("宿舍楼一层走廊"), None, Some("教学楼一层安全出口")];
/// Where they are.
const PLACES: [&str; 4] = ["教学楼二层走廊", "宿舍楼一层走廊", "食堂厨房", "教学楼一层安全出口"];
/// How soon roll-calls are answered.
const ANSWER_AFTER: Duration = Duration::from_secs(20);
/// A detector tells a fire this long after the start, when a newcomer has seen what the cameras do, and again after each pause.
const FIRST_FIRE: Duration = Duration::from_mins(30);
const PAUSE: Duration = Duration::from_hours(1);
/// Which: one in a corridor where nothing burns.
const FIRING: usize = 2;
/// The panel is reset this long after a fire.
const RESET_AFTER: Duration = Duration::from_mins(2);
/// How often, and how many times, its components are looked for.
const LOOK: Duration = Duration::from_millis(300);
const LOOKS_MAX: u32 = 100;

/// The device; dropping it stops it.
pub struct Panel {
    _stop: DropGuard,
}

/// Enters the device and starts it.
pub async fn start(platform: &Platform, schools: &Schools, config: &Config) -> anyhow::Result<Option<Panel>> {
    let Some(server) = platform.transmitter_addresses().into_iter().next() else { return Ok(None) };
    let server = if server.ip().is_unspecified() {
        SocketAddr::from((Ipv4Addr::LOCALHOST, server.port()))
    } else {
        server
    };
    let ask = wire::operator(platform);
    let filter = TransmitterFilter { text: Some(ADDRESS.to_owned()), ..TransmitterFilter::default() };
    let known = platform.transmitters(&ask, &filter, &PageAsk::first(1)).await?.items.into_iter().next();
    let id = if let Some(known) = known {
        known.row.transmitter.id
    } else {
        let new = NewTransmitter {
            unit_id: schools.boarding.id,
            address: ADDRESS.to_owned(),
            name: NAME.to_owned(),
            simulated: true,
        };
        platform.add_transmitter(&ask, new).await?.row.transmitter.id
    };
    let device = SimulatedTransmitter::start(TransmitterConfig {
        server,
        address: ADDRESS.parse::<Address>().context("address of the simulated device")?,
        centre: config.transmitters.address,
        components: SimulatedComponent::school(),
        clock_ahead_s: 0,
        heartbeat: Duration::from_secs(20),
        answers: AnswerHabit::After(ANSWER_AFTER),
    });
    let stop = CancellationToken::new();
    let placing = platform.clone();
    let school = schools.boarding.id;
    tokio::spawn(async move {
        if let Err(error) = place(&placing, id, school).await {
            eprintln!("components of the simulated device not placed: {error:#}");
        }
    });
    tokio::spawn(live(device, stop.clone()));
    Ok(Some(Panel { _stop: stop.drop_guard() }))
}

/// Fires now and then; what it tells is read so that nothing waits.
async fn live(mut device: SimulatedTransmitter, stop: CancellationToken) {
    let mut wait = FIRST_FIRE;
    let mut burns = false;
    loop {
        let due = tokio::time::sleep(wait);
        tokio::pin!(due);
        loop {
            tokio::select! {
                () = stop.cancelled() => return device.stop().await,
                () = &mut due => break,
                told = device.next_told() => if told.is_none() { return },
            }
        }
        let act = if burns { Act::Panel(Operations::RESET, 1) } else { Act::Fire(FIRING) };
        device.act(act).await;
        wait = if burns { PAUSE } else { RESET_AFTER };
        burns = !burns;
    }
}

/// Gives the components their places and cameras once they are there.
async fn place(platform: &Platform, id: TransmitterId, school: domain::ids::UnitId) -> anyhow::Result<()> {
    let ask = wire::operator(platform);
    for _ in 0..LOOKS_MAX {
        let found =
            platform.components(&ask, id, ComponentFilter::default(), &PageAsk::first(MAX_PAGE)).await?.items;
        if found.len() < PLACES.len() {
            tokio::time::sleep(LOOK).await;
            continue;
        }
        let cameras = cameras(platform, &ask, school).await?;
        for ((component, place), seen_by) in found.iter().zip(PLACES).zip(SEEN_BY) {
            if component.place.is_some() {
                continue;
            }
            let seen = cameras.iter().filter(|(name, _)| Some(name.as_str()) == seen_by);
            let place =
                ComponentPlace { place: place.to_owned(), cameras: seen.map(|(_, id)| *id).collect() };
            platform.place_component(&ask, component.id, &place).await?;
        }
        return Ok(());
    }
    anyhow::bail!("it has not told its components")
}

async fn cameras(
    platform: &Platform,
    ask: &Ask,
    school: domain::ids::UnitId,
) -> anyhow::Result<Vec<(String, CameraId)>> {
    let filter = CameraFilter { unit_id: Some(school), ..CameraFilter::default() };
    let page = platform.cameras(ask, &filter, &PageAsk::first(MAX_PAGE)).await?;
    Ok(page.items.into_iter().map(|view| (view.camera.name, view.camera.id)).collect())
}
