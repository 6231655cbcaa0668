//! One school, a neighbour in another county, and the people around them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::access::{Access, Scope};
use domain::category::Category;
use domain::device::GbId;
use domain::ids::{RegionId, UnitId};
use domain::register::{expand::jiangxi_units, regions::jiangxi_regions};
use domain::role::Role;
use domain::unit::Provenance;
use jiff::Timestamp;
use platform::access::devices::{AccessSettings, AllowedIds};
use platform::alarms::AlarmSettings;
use platform::bulletins::BulletinSettings;
use platform::people::{NewAccount, Policy};
use platform::rows::{Database, Store, StoreConfig, UnitChange};
use platform::seal::Seal;
use platform::watch::WatchSettings;
use platform::{Ask, Platform, Settings, Surroundings};
use tempfile::TempDir;

/// A platform in a temporary folder.
pub struct World {
    pub platform: Platform,
    pub folder: Arc<TempDir>,
    pub school: UnitId,
    pub county: RegionId,
    pub neighbour: UnitId,
    pub neighbour_county: RegionId,
    clock: Arc<AtomicI64>,
}

const ANY_PORT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
const START_S: i64 = 1_764_000_000;

impl World {
    pub async fn new() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let clock = Arc::new(AtomicI64::new(START_S));
        let platform = open(folder.path(), &clock, 1, ANY_PORT).await;
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

    /// The same, with its devices at an address of before.
    pub async fn reopened_at(&self, listen: SocketAddr) -> Platform {
        open(self.folder.path(), &self.clock, 3, listen).await
    }

    /// The same, told under which address devices reach its HTTP.
    pub async fn reopened_for_uploads(&self, address: SocketAddr) -> Platform {
        let access =
            AccessSettings { upload_address: Some(format!("http://{address}/")), ..access(ANY_PORT) };
        open_with(self.folder.path(), &self.clock, 4, access).await
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_second(self.clock.load(Ordering::Relaxed)).unwrap()
    }

    pub fn wait_s(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
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

async fn open(folder: &Path, clock: &Arc<AtomicI64>, run: u64, listen: SocketAddr) -> Platform {
    open_with(folder, clock, run, access(listen)).await
}

async fn open_with(folder: &Path, clock: &Arc<AtomicI64>, run: u64, access: AccessSettings) -> Platform {
    let config = StoreConfig {
        database: Database::Sqlite { path: folder.join("story.sqlite") },
        blobs: folder.join("blobs"),
    };
    let store = Store::open(&config).await.unwrap();
    let clock = Arc::clone(clock);
    let counter = AtomicU64::new(run << 32);
    let surroundings = Surroundings::new(
        move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap(),
        move |bytes| {
            for chunk in bytes.chunks_mut(8) {
                let number = counter.fetch_add(1, Ordering::Relaxed).to_be_bytes();
                chunk.copy_from_slice(&number[8 - chunk.len()..]);
            }
        },
    );
    let settings = Settings {
        people: Policy::default(),
        watch: WatchSettings { enabled: true, looks_at_once: 1 },
        alarms: AlarmSettings::default(),
        access: Some(access),
        live: platform::access::LiveSettings::default(),
        bulletins: BulletinSettings::default(),
        demo: false,
    };
    let model = Arc::new(vision::FireSmoke::embedded().unwrap());
    let platform = Platform::new(store, settings, surroundings, Seal::new(&[7; 32]), model);
    platform.seed_regions(&jiangxi_regions()).await.unwrap();
    platform
}
