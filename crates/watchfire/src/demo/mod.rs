//! `demo`: the platform on the Jiangxi register with simulated schools, ready for a newcomer within a minute.
//!
//! Everything it fills in is synthetic and marked so. Accounts get fresh one-time links at every start; there is no password.

mod answers;
mod cameras;
mod devices;
mod duty_room;
mod history;
mod organisation;
mod people;
mod register;
mod transmitters;

use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use domain::category::Category;
use domain::device::GbId;
use domain::register::expand::jiangxi_units;
use domain::unit::{Connection, Duty, Unit};
use platform::Platform;
use platform::figures::SnapshotKey;

use crate::cli::DemoArgs;
use crate::{serve, wire};

/// Folder of a demonstration when none is given.
const DEMO_FOLDER: &str = "data-demo";
/// Most recordings of a demonstration: two days of its cameras, on anybody's laptop.
const DEMO_QUOTA_GIB: u64 = 10;
/// The platform's id by GB/T 28181, where the configuration gives none.
const PLATFORM_ID: &str = "36000000112000000001";
/// Links of the present run, for scripts.
const LINKS_FILE: &str = "links.json";

pub async fn demo(args: DemoArgs) -> anyhow::Result<()> {
    let mut config = wire::configuration(&args.data)?;
    if args.data.data.is_none() && args.data.config.is_none() {
        config.data.folder = DEMO_FOLDER.into();
    }
    if let Some(listen) = args.listen {
        config.server.listen = listen;
    }
    config.recording.quota_gib = config.recording.quota_gib.min(DEMO_QUOTA_GIB);
    if config.access.id.is_none() {
        config.access.id = Some(GbId::parse(PLATFORM_ID)?);
        config.access.listen = vec![free_address()?];
        config.access.media_listen = Ipv4Addr::LOCALHOST.into();
    }
    if config.transmitters.listen.is_empty() {
        config.transmitters.listen = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 0))];
    }
    // Demonstrations run beside each other.
    if UdpSocket::bind((config.server.listen.ip(), config.media.webrtc_port)).is_err() {
        config.media.webrtc_port = free_address()?.port();
    }
    let bound =
        if args.prepare_only { None } else { Some(server::bind(&serve::server_config(&config)).await?) };
    let address = bound.as_ref().map_or(config.server.listen, server::Bound::address);
    if config.access.upload_address.is_empty() {
        config.access.upload_address = format!("http://{address}");
    }
    let platform = wire::open(&config, true).await?;
    let schools = fill(&platform).await?;
    let organisation = organisation::fill(&platform, &schools).await.context("the organisation on duty")?;
    let mut links = people::links(&platform, &schools, organisation, address).await?;
    organisation::contract(&platform, &schools, organisation).await.context("its contract")?;
    let duty_room = duty_room::fill(&platform, organisation).await.context("its duty room")?;
    links.extend(duty_room::people(&platform, organisation, duty_room, address).await?);
    write_links(&config.data.folder, &links)?;
    let Some(bound) = bound else {
        print_links(&links);
        println!("Prepared in {}", config.data.folder.display());
        return Ok(());
    };
    let started = Instant::now();
    println!("Drawing and encoding the simulated cameras …");
    let places = cameras::Sites { schools: &schools, duty_site: duty_room.site };
    let simulator = cameras::start(&platform, places, &config.data.folder, args.camera.as_deref()).await?;
    duty_room::see(&platform, duty_room).await.context("cameras of the duty room")?;
    answers::fill(&platform, &schools).await.context("answers of the weeks before")?;
    let _running = wire::mark_running(&config.data.folder)?;
    platform.start().await.context("start")?;
    let recorder = devices::start(&platform, &schools, &config).await?;
    let panel = transmitters::start(&platform, &schools, &config).await?;
    println!("… done after {:.0} s", started.elapsed().as_secs_f32());
    println!(
        "\nWatchfire demo on http://{address}/ – all schools, people and pictures are simulated (模拟数据)"
    );
    println!("One-time links, one for each kind of user:");
    print_links(&links);
    println!("A corridor catches fire within half a minute. Take the alarm as duty_guard. Ctrl-C stops.");
    let served = serve::run(platform, bound).await;
    drop(panel);
    if let Some(recorder) = recorder {
        recorder.stop().await;
    }
    simulator.stop().await;
    served
}

/// An address of this machine whose port is free for datagrams and connections alike, as devices expect it.
fn free_address() -> anyhow::Result<SocketAddr> {
    const TRIES: u32 = 20;
    for _ in 0..TRIES {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        if UdpSocket::bind(address).is_ok() {
            return Ok(address);
        }
    }
    anyhow::bail!("no port is free for UDP and TCP alike")
}

/// The two schools in which the simulated cameras stand.
pub struct Schools {
    /// A boarding school of the capital: fire, quiet corridor, duty room, failing camera.
    pub boarding: Unit,
    /// A kindergarten of the same county.
    pub kindergarten: Unit,
}

/// Register and first snapshot, unless they are there already.
async fn fill(platform: &Platform) -> anyhow::Result<Schools> {
    let units = jiangxi_units();
    let ask = wire::operator(platform);
    let schools = schools(&units)?;
    if platform.snapshot(&ask, SnapshotKey::Latest).await?.is_none() {
        println!("Filling the register with {} synthetic units …", units.len());
        history::fill(platform, &ask, units, &schools).await?;
    }
    Ok(schools)
}

fn schools(units: &[Unit]) -> anyhow::Result<Schools> {
    let good = |unit: &&Unit| unit.connection == Connection::Connected && unit.duty == Duty::Valid;
    let boarding = units
        .iter()
        .filter(good)
        .find(|unit| unit.category == Category::BoardingSchool)
        .context("the register has no boarding school on duty")?;
    let kindergarten = units
        .iter()
        .filter(good)
        .find(|unit| unit.category == Category::Kindergarten && unit.region_id == boarding.region_id)
        .context("the county has no kindergarten on duty")?;
    Ok(Schools { boarding: boarding.clone(), kindergarten: kindergarten.clone() })
}

fn print_links(links: &[(String, String)]) {
    for (role, url) in links {
        println!("{role}: {url}");
    }
}

fn write_links(folder: &Path, links: &[(String, String)]) -> anyhow::Result<()> {
    let object: serde_json::Map<String, serde_json::Value> =
        links.iter().map(|(role, url)| (role.clone(), url.clone().into())).collect();
    let path = folder.join(LINKS_FILE);
    std::fs::write(&path, serde_json::to_string_pretty(&object)?)
        .with_context(|| format!("{}", path.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}
