//! The simulated cameras of a demonstration, and the newcomer's own. One of them can be turned.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::ids::UnitId;
use domain::place::PlaceType;
use platform::access::{CameraEdit, NewCamera};
use platform::rows::{CameraFilter, MAX_PAGE, PageAsk};
use platform::{Ask, Platform};
use simulator::onvif::{OnvifConfig, OnvifDevice, OnvifStream};
use simulator::{Scene, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};

use super::Schools;
use crate::wire;

/// Folder of encoded clips in the data folder.
pub(super) const CLIP_FOLDER: &str = "simulated-clips";
/// Path of the newcomer's clip.
const OWN_PATH: &str = "own";
/// Name of the newcomer's camera.
const OWN_NAME: &str = "我的摄像机";

/// What the path of a sub-stream ends in.
const SUB_SUFFIX: &str = "-sub";
/// The failing camera also loses its connection this often.
const DROP_AFTER_S: f32 = 45.0;
/// The camera that asks for an account nobody has entered.
const LOCKED_PATH: &str = "locked";

/// The camera that also answers ONVIF, so that its head can be turned.
const TURNING_PATH: &str = "corridor-quiet";
/// Pixels of its pictures, as its device announces them.
const PICTURE_SIZE: (u32, u32) = (640, 360);

/// Everything that is simulated here; dropping the device stops it.
pub struct School {
    simulator: Simulator,
    _head: OnvifDevice,
}

impl School {
    pub async fn stop(self) {
        self.simulator.stop().await;
    }
}

/// Where a camera is found.
struct Addresses {
    stream: String,
    sub: Option<String>,
    onvif: Option<String>,
}

struct Place {
    path: &'static str,
    name: &'static str,
    kind: PlaceType,
    scene: Scene,
    site: Site,
}

/// Where a camera hangs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Site {
    Boarding,
    Kindergarten,
    Organisation,
}

/// The places of the demonstration.
#[derive(Clone, Copy)]
pub struct Sites<'a> {
    /// The two schools.
    pub schools: &'a Schools,
    /// The site of the organisation's duty room.
    pub duty_site: UnitId,
}

impl Sites<'_> {
    fn unit(&self, site: Site) -> UnitId {
        match site {
            Site::Boarding => self.schools.boarding.id,
            Site::Kindergarten => self.schools.kindergarten.id,
            Site::Organisation => self.duty_site,
        }
    }
}

const PLACES: [Place; 8] = [
    Place {
        path: "corridor-fire",
        name: "教学楼二层走廊",
        kind: PlaceType::TeachingCorridor,
        scene: Scene::CorridorFire,
        site: Site::Boarding,
    },
    Place {
        path: "corridor-quiet",
        name: "宿舍楼一层走廊",
        kind: PlaceType::DormitoryCorridor,
        scene: Scene::CorridorQuiet,
        site: Site::Boarding,
    },
    Place {
        path: "duty-room",
        name: "值班室",
        kind: PlaceType::DutyRoom,
        scene: Scene::DutyRoom,
        site: Site::Boarding,
    },
    Place {
        path: "failing",
        name: "实验楼走廊（故障摄像机）",
        kind: PlaceType::Laboratory,
        scene: Scene::FailingCamera,
        site: Site::Boarding,
    },
    Place {
        path: "corridor-exit",
        name: "教学楼一层安全出口",
        kind: PlaceType::Exit,
        scene: Scene::CorridorExit,
        site: Site::Boarding,
    },
    Place {
        path: LOCKED_PATH,
        name: "北校门（账号错误）",
        kind: PlaceType::Gate,
        scene: Scene::CorridorQuiet,
        site: Site::Boarding,
    },
    Place {
        path: "kindergarten-corridor",
        name: "一层走廊",
        kind: PlaceType::TeachingCorridor,
        scene: Scene::CorridorQuiet,
        site: Site::Kindergarten,
    },
    Place {
        path: "organisation-duty-room",
        name: "值班室全景",
        kind: PlaceType::DutyRoom,
        scene: Scene::DutyRoom,
        site: Site::Organisation,
    },
];

/// Starts the simulator and points the camera rows at it.
pub async fn start(
    platform: &Platform,
    sites: Sites<'_>,
    folder: &Path,
    own: Option<&str>,
) -> anyhow::Result<School> {
    let own_file = own.filter(|own| !own.contains("://")).map(PathBuf::from);
    let mut cameras: Vec<SimulatedCamera> =
        PLACES.iter().flat_map(|place| [simulated(place, ""), simulated(place, SUB_SUFFIX)]).collect();
    if let Some(path) = &own_file {
        cameras.push(SimulatedCamera::new(OWN_PATH, VideoSource::File(path.clone())));
    }
    let config = SimulatorConfig {
        listen: ([127, 0, 0, 1], 0).into(),
        cameras,
        cache: Some(folder.join(CLIP_FOLDER)),
    };
    let simulator = Simulator::start(config).await.context("simulated cameras")?;
    let head = turning_head(&simulator).await.context("simulated head")?;
    let ask = wire::operator(platform);
    for place in &PLACES {
        let unit = sites.unit(place.site);
        let onvif = (place.path == TURNING_PATH).then(|| head.address().to_string());
        let (stream, sub) = (simulator.url(place.path), Some(simulator.url(&sub_path(place))));
        let addresses = Addresses { stream, sub, onvif };
        put(platform, &ask, unit, (place.name, place.kind), addresses, true).await?;
    }
    let own_address = match (&own_file, own) {
        (Some(_), _) => Some(simulator.url(OWN_PATH)),
        (None, own) => own.map(str::to_owned),
    };
    if let Some(stream) = own_address {
        let simulated = own_file.is_some();
        let own = (OWN_NAME, PlaceType::Other);
        put(
            platform,
            &ask,
            sites.schools.boarding.id,
            own,
            Addresses { stream, sub: None, onvif: None },
            simulated,
        )
        .await?;
    }
    Ok(School { simulator, _head: head })
}

/// The device behind the camera that turns. Its picture stays as it is drawn; where it looks is told by its answers.
async fn turning_head(simulator: &Simulator) -> anyhow::Result<OnvifDevice> {
    let stream = |path: String, size| OnvifStream {
        url: simulator.url(&path),
        name: path,
        encoding: "H264".to_owned(),
        size,
    };
    let streams = vec![
        stream(TURNING_PATH.to_owned(), PICTURE_SIZE),
        stream(format!("{TURNING_PATH}{SUB_SUFFIX}"), PICTURE_SIZE),
    ];
    Ok(OnvifDevice::start(OnvifConfig { streams, ..OnvifConfig::new() }).await?)
}

fn sub_path(place: &Place) -> String {
    format!("{}{SUB_SUFFIX}", place.path)
}

/// One stream of a camera; the sub-stream shows the same scene.
fn simulated(place: &Place, suffix: &str) -> SimulatedCamera {
    let seed = if place.site == Site::Kindergarten { 2 } else { 1 };
    let mut camera = SimulatedCamera::new(
        format!("{}{suffix}", place.path),
        VideoSource::Scene { scene: place.scene, seed },
    );
    if place.path == LOCKED_PATH {
        camera.credentials = Some(("admin".to_owned(), "known to the installer alone".to_owned()));
    }
    if place.scene == Scene::FailingCamera {
        camera.faults.drop_after_s = Some(DROP_AFTER_S);
    }
    camera
}

/// Adds the camera, or points the one of that name at the new address: the simulator's port changes at every start.
async fn put(
    platform: &Platform,
    ask: &Ask,
    unit_id: UnitId,
    (name, place_type): (&str, PlaceType),
    addresses: Addresses,
    simulated: bool,
) -> anyhow::Result<()> {
    let filter = CameraFilter { unit_id: Some(unit_id), ..CameraFilter::default() };
    let present = platform.cameras(ask, &filter, &PageAsk { limit: MAX_PAGE, after: None }).await?;
    if let Some(known) = present.items.into_iter().find(|known| known.camera.name == name) {
        let edit = CameraEdit {
            address: Some(addresses.stream),
            sub_address: Some(addresses.sub.unwrap_or_default()),
            onvif_address: Some(addresses.onvif.unwrap_or_default()),
            ..CameraEdit::default()
        };
        platform.edit_camera(ask, known.camera.id, edit).await?;
        return Ok(());
    }
    let new = NewCamera {
        unit_id,
        name: name.to_owned(),
        place_type,
        address: addresses.stream,
        sub_address: addresses.sub,
        onvif_address: addresses.onvif,
        user_name: None,
        password: None,
        watch_enabled: true,
        is_recorded: None,
        simulated,
    };
    platform.add_camera(ask, new).await.with_context(|| format!("camera {name}"))?;
    Ok(())
}
