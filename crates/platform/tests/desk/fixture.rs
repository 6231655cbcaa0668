//! One school, a neighbour in another county, and the people around them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use domain::access::{Access, Scope};
use domain::alarm::{Alarm, AlarmCode, AlarmState, Source, Times};
use domain::category::Category;
use domain::device::GbId;
use domain::ids::{AlarmId, CameraId, OrganisationId, RegionId, UnitId};
use domain::organisation::{OrganisationEvent, credit_code};
use domain::place::PlaceType;
use domain::register::{expand::jiangxi_units, regions::jiangxi_regions};
use domain::role::Role;
use domain::unit::Provenance;
use jiff::{SignedDuration, Timestamp};
use platform::access::NewCamera;
use platform::access::devices::{AccessSettings, AllowedIds};
use platform::access::transmitters::TransmitterSettings;
use platform::alarms::AlarmSettings;
use platform::bulletins::BulletinSettings;
use platform::notices::NoticeSettings;
use platform::notify::NotifySettings;
use platform::organisations::{OrganisationDecision, OrganisationFacts, OrganisationWish};
use platform::people::{NewAccount, Policy};
use platform::quality::LearningSettings;
use platform::recording::RecordingSettings;
use platform::rows::{Database, NewAlarm, Store, StoreConfig, UnitChange};
use platform::seal::Seal;
use platform::watch::WatchSettings;
use platform::watchdog::WatchdogSettings;
use platform::{Ask, Platform, Settings, Surroundings};
use tempfile::TempDir;
use uuid::Uuid;

/// A platform in a temporary folder.
pub struct World {
    pub platform: Platform,
    pub folder: Arc<TempDir>,
    pub school: UnitId,
    pub county: RegionId,
    pub neighbour: UnitId,
    pub neighbour_county: RegionId,
    clock: Clock,
}

/// The story's own time, or the real one where something has to happen by itself, put forward.
#[derive(Clone)]
struct Clock {
    s: Arc<AtomicI64>,
    ticks: bool,
}

impl Clock {
    fn now(&self) -> Timestamp {
        let s = self.s.load(Ordering::Relaxed);
        if self.ticks {
            let now = Timestamp::now() + SignedDuration::from_secs(s - START_S);
            return Timestamp::from_microsecond(now.as_microsecond()).unwrap();
        }
        Timestamp::from_second(s).unwrap()
    }
}

/// Transmission devices are listened to on any port, and are away soon.
fn transmitters() -> TransmitterSettings {
    TransmitterSettings {
        listen: vec![ANY_PORT],
        address: CENTRE.parse().unwrap(),
        connections_max: 100,
        idle: Duration::from_mins(1),
        patrol_every: Duration::from_secs(20),
        absent_after: SignedDuration::from_secs(30),
    }
}

/// The centre's address by GB/T 26875.3.
pub const CENTRE: &str = "000000000001";

const ANY_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
const START_S: i64 = 1_764_000_000;
/// Tells processes apart that are opened in the same way.
static RUNS: AtomicU64 = AtomicU64::new(0);

impl World {
    pub async fn new() -> Self {
        let clock = Clock { s: Arc::new(AtomicI64::new(START_S)), ticks: false };
        Self::with_clock(clock, false).await
    }

    /// One whose time goes on, that records what it is told to.
    pub async fn recording() -> Self {
        let clock = Clock { s: Arc::new(AtomicI64::new(START_S)), ticks: true };
        Self::with_clock(clock, true).await
    }

    async fn with_clock(clock: Clock, records: bool) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let recording = records.then(|| recording(folder.path()));
        let platform =
            open_with(folder.path(), &clock, 1, (access(ANY_PORT), recording), NotifySettings::default())
                .await;
        let units = jiangxi_units();
        let school = units.iter().find(|unit| unit.category == Category::BoardingSchool).unwrap().clone();
        let neighbour = units
            .iter()
            .find(|unit| unit.category == Category::BoardingSchool && unit.region_id != school.region_id)
            .unwrap()
            .clone();
        let world = Self {
            school: school.id,
            county: school.region_id,
            neighbour: neighbour.id,
            neighbour_county: neighbour.region_id,
            platform,
            folder,
            clock,
        };
        let changes: Vec<UnitChange> = [school, neighbour]
            .into_iter()
            .map(|unit| UnitChange {
                unit,
                connection_provenance: Provenance::Reported,
                duty_provenance: Provenance::Reported,
                source: "story".to_owned(),
            })
            .collect();
        world.platform.seed_units(&world.operator(), &changes).await.unwrap();
        world
    }

    /// The same folder, opened again as after a crash.
    pub async fn reopened(&self) -> Platform {
        open(self.folder.path(), &self.clock, 2, ANY_PORT).await
    }

    /// The same, which goes on recording.
    pub async fn recording_again(&self) -> Platform {
        let settings = (access(ANY_PORT), Some(recording(self.folder.path())));
        open_with(self.folder.path(), &self.clock, 5, settings, NotifySettings::default()).await
    }

    /// The same, with channels to the outside.
    pub async fn reopened_telling(&self, notify: NotifySettings) -> Platform {
        open_with(self.folder.path(), &self.clock, 6, (access(ANY_PORT), None), notify).await
    }

    /// The same, with these alarms and channels.
    pub async fn reopened_for(&self, alarms: AlarmSettings, notify: NotifySettings) -> Platform {
        let run = 100 + RUNS.fetch_add(1, Ordering::Relaxed);
        open_for(self.folder.path(), &self.clock, run, (access(ANY_PORT), None), notify, alarms).await
    }

    /// The rows of the folder, for what no desk does.
    pub async fn store(&self) -> Store {
        Store::open(&store_config(self.folder.path())).await.unwrap()
    }

    /// The same, with its devices at an address of before.
    pub async fn reopened_at(&self, listen: SocketAddr) -> Platform {
        open(self.folder.path(), &self.clock, 3, listen).await
    }

    /// The same, told under which address devices reach its HTTP.
    pub async fn reopened_for_uploads(&self, address: SocketAddr) -> Platform {
        let access =
            AccessSettings { upload_address: Some(format!("http://{address}/")), ..access(ANY_PORT) };
        open_with(self.folder.path(), &self.clock, 4, (access, None), NotifySettings::default()).await
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn wait_s(&self, seconds: i64) {
        self.clock.s.fetch_add(seconds, Ordering::Relaxed);
    }

    pub fn operator(&self) -> Ask {
        Ask::platform(self.now())
    }

    /// What this person asks now.
    pub fn ask(&self, access: Access) -> Ask {
        Ask { access, now: self.now(), request_id: None, address: Some("127.0.0.1".to_owned()) }
    }

    pub async fn person(&self, name: &str, role: Role, scope: Scope) -> Access {
        let new = NewAccount { login_name: name.to_owned(), display_name: name.to_owned(), role, scope };
        let (account, _) = self.platform.create_account(&self.operator(), &new).await.unwrap();
        Access::person(account.id, role, scope)
    }

    /// An organisation in the school's county that the county has approved.
    pub async fn organisation(&self, county: Access, name: &str) -> OrganisationId {
        let office = self.ask(county);
        let wish = OrganisationWish {
            name: name.to_owned(),
            credit_code: credit_code::complete("91360100MA0000001").unwrap(),
            region_id: self.county,
            facts: OrganisationFacts {
                address: "一号楼".to_owned(),
                premises_m2: 210,
                phone: "110".to_owned(),
                units_max: 5,
            },
        };
        let row = self.platform.register_organisation(&office, wish).await.unwrap();
        let decision = OrganisationDecision {
            event: OrganisationEvent::Approve,
            version: row.version,
            reason: String::new(),
            rectify_by: None,
        };
        self.platform.decide_organisation(&office, row.record.id, decision).await.unwrap().record.id
    }

    pub async fn province(&self) -> Access {
        let regions = self.platform.regions(&self.operator()).await.unwrap();
        let root = regions.iter().find(|region| region.parent_id.is_none()).unwrap().id;
        self.person("province", Role::Province, Scope::Region(root)).await
    }

    /// The city of the school's county.
    pub async fn city(&self) -> RegionId {
        self.region(self.county).await.parent_id.unwrap()
    }

    pub async fn county_name(&self) -> String {
        self.region(self.county).await.name
    }

    async fn region(&self, id: RegionId) -> domain::region::Region {
        let regions = self.platform.regions(&self.operator()).await.unwrap();
        regions.into_iter().find(|region| region.id == id).unwrap()
    }

    /// A simulated, watched camera at the school, to be changed as wanted and entered by [`Self::add_camera`].
    pub fn camera(&self, name: &str, place_type: PlaceType, address: String) -> NewCamera {
        NewCamera {
            unit_id: self.school,
            name: name.to_owned(),
            place_type,
            address,
            sub_address: None,
            onvif_address: None,
            user_name: None,
            password: None,
            watch_enabled: true,
            is_recorded: None,
            simulated: true,
        }
    }

    pub async fn add_camera(&self, who: Access, camera: NewCamera) -> CameraId {
        self.platform.add_camera(&self.ask(who), camera).await.unwrap().camera.id
    }

    /// What a camera of the school sees now, as the watch hands it in; `n` tells one sighting from another.
    pub fn sighting(&self, camera: CameraId, code: AlarmCode, n: u128) -> NewAlarm {
        let alarm = Alarm {
            id: AlarmId(Uuid::from_u128((0xa1e7 << 64) + n)),
            code,
            level: code.default_level(),
            state: AlarmState::Waiting,
            marks: vec![],
            drill: false,
            unit_id: self.school,
            camera_id: Some(camera),
            source: Source::Ai,
            owner_id: None,
            handler_id: None,
            times: Times::raised(self.now(), self.now()),
            false_alarm_reason: None,
            has_result_picture: false,
            version: 0,
        };
        NewAlarm {
            alarm,
            score: None,
            boxes: vec![],
            note: None,
            simulated: true,
            observation_id: Uuid::from_u128((0x0b5e << 64) + n),
            model: None,
            silence_id: None,
            detector: None,
            told_again: None,
        }
    }

    pub async fn guard(&self) -> Access {
        self.person("guard", Role::DutyGuard, Scope::Region(self.county)).await
    }

    pub async fn manager(&self) -> Access {
        self.person("manager", Role::Unit, Scope::Unit(self.school)).await
    }

    pub async fn stranger(&self) -> Access {
        self.person("stranger", Role::County, Scope::Region(self.neighbour_county)).await
    }
}

/// Devices on a loopback port; nothing listens before the platform is started.
fn access(listen: SocketAddr) -> AccessSettings {
    AccessSettings {
        id: GbId::parse("36000000112000000001").unwrap(),
        listen: vec![listen],
        address: None,
        media_address: None,
        upload_address: None,
        media_ports: 42_000..=42_199,
        media_listen: listen.ip(),
        allowed_ids: AllowedIds::default(),
        address_rate_hz: 500,
        commissioning_password: None,
    }
}

fn recording(folder: &Path) -> RecordingSettings {
    RecordingSettings {
        all_cameras: true,
        folder: folder.join("recordings"),
        quota_bytes: 1 << 30,
        head_room_bytes: 0,
        export_folder: folder.join("exports"),
        export_keep: SignedDuration::from_hours(72),
    }
}

fn store_config(folder: &Path) -> StoreConfig {
    StoreConfig {
        database: Database::Sqlite { path: folder.join("story.sqlite") },
        blobs: folder.join("blobs"),
    }
}

async fn open(folder: &Path, clock: &Clock, run: u64, listen: SocketAddr) -> Platform {
    open_with(folder, clock, run, (access(listen), None), NotifySettings::default()).await
}

async fn open_with(
    folder: &Path,
    clock: &Clock,
    run: u64,
    parts: (AccessSettings, Option<RecordingSettings>),
    notify: NotifySettings,
) -> Platform {
    // Test alarms of the watchdog are a story of their own.
    let watchdog = WatchdogSettings { every: SignedDuration::ZERO, ..WatchdogSettings::default() };
    let alarms = AlarmSettings { watchdog, ..AlarmSettings::default() };
    open_for(folder, clock, run, parts, notify, alarms).await
}

async fn open_for(
    folder: &Path,
    clock: &Clock,
    run: u64,
    (access, recording): (AccessSettings, Option<RecordingSettings>),
    notify: NotifySettings,
    alarms: AlarmSettings,
) -> Platform {
    let store = Store::open(&store_config(folder)).await.unwrap();
    let clock = clock.clone();
    let counter = AtomicU64::new(run << 32);
    let surroundings = Surroundings::new(
        move || clock.now(),
        move |bytes| {
            for chunk in bytes.chunks_mut(8) {
                let number = counter.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                chunk.copy_from_slice(&number[8 - chunk.len()..]);
            }
        },
    );
    let settings = Settings {
        people: Policy::default(),
        watch: WatchSettings {
            enabled: true,
            looks_at_once: 1,
            cores_max: 0.0,
            condition_hold: SignedDuration::from_secs(10),
            tell_again: SignedDuration::from_secs(60),
            duty_rooms: vision::PresenceRules::default(),
        },
        alarms,
        learning: LearningSettings::default(),
        access: Some(access),
        transmitters: Some(transmitters()),
        live: platform::access::LiveSettings::default(),
        bulletins: BulletinSettings::default(),
        notices: NoticeSettings::default(),
        organisations: platform::organisations::OrganisationSettings::default(),
        duty: platform::duty::DutySettings::default(),
        roll_calls: platform::roll_calls::RollCallSettings::default(),
        notify,
        recording,
        demo: false,
    };
    let model = Arc::new(vision::FireSmoke::embedded().unwrap());
    let platform = Platform::new(store, settings, surroundings, Seal::new(&[7; 32]), model);
    platform.seed_regions(&jiangxi_regions()).await.unwrap();
    platform
}
