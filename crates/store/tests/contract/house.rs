//! An opened store on either engine, and the small world the stories play in: a province, two cities, their schools, cameras, guards.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::access::{Access, Scope};
use domain::alarm::{Alarm, AlarmCode, AlarmState, Source, Times};
use domain::category::Category;
use domain::device::{ChannelStatus, GbId};
use domain::ids::{AlarmId, CameraId, ChannelId, DeviceId, DeviceNoticeId, RegionId, UnitId, UserId};
use domain::place::PlaceType;
use domain::region::{Region, RegionLevel};
use domain::role::Role;
use domain::unit::{Connection, Duty, Ownership, Provenance, StudyLevel, Unit};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use store::{
    Account, AlarmRow, CameraRecord, CameraSource, CatalogueAnswer, ChannelEntry, Database, DeviceRecord,
    JoinRule, NewAlarm, NewChannel, NewDeviceNotice, Raised, Store, StoreConfig, UnitChange,
};
use tempfile::TempDir;
use uuid::Uuid;

pub const PROVINCE: RegionId = region_id(1);
pub const NORTH: RegionId = region_id(10);
pub const NORTH_COUNTY: RegionId = region_id(11);
pub const SOUTH: RegionId = region_id(20);
pub const SOUTH_COUNTY: RegionId = region_id(21);
/// A functional area: a city-level node without a code.
pub const NEW_AREA: RegionId = region_id(30);

pub const NORTH_SCHOOL: UnitId = UnitId(Uuid::from_u128(0x100));
pub const SOUTH_SCHOOL: UnitId = UnitId(Uuid::from_u128(0x200));
pub const UNIVERSITY: UnitId = UnitId(Uuid::from_u128(0x300));
pub const NORTH_CAMERA: CameraId = CameraId(Uuid::from_u128(0x1000));
pub const SOUTH_CAMERA: CameraId = CameraId(Uuid::from_u128(0x2000));
pub const NORTH_DEVICE: DeviceId = DeviceId(Uuid::from_u128(0x1003));
pub const SOUTH_DEVICE: DeviceId = DeviceId(Uuid::from_u128(0x2003));
pub const NORTH_GUARD: UserId = UserId(Uuid::from_u128(0x1001));
pub const SOUTH_GUARD: UserId = UserId(Uuid::from_u128(0x2001));
pub const NORTH_ALARM: AlarmId = alarm_id(0x1002);
pub const SOUTH_ALARM: AlarmId = alarm_id(0x2002);

const fn region_id(n: u128) -> RegionId {
    RegionId(Uuid::from_u128(n))
}

pub const fn alarm_id(n: u128) -> AlarmId {
    AlarmId(Uuid::from_u128(n))
}

/// Seconds after a moment that all stories share.
pub fn at(s: i64) -> Timestamp {
    Timestamp::from_second(1_795_392_000 + s).unwrap()
}

pub fn north() -> Access {
    Access::person(NORTH_GUARD, Role::City, Scope::Region(NORTH))
}

pub fn south() -> Access {
    Access::person(SOUTH_GUARD, Role::City, Scope::Region(SOUTH))
}

pub fn south_guard() -> Access {
    Access::person(SOUTH_GUARD, Role::DutyGuard, Scope::Unit(SOUTH_SCHOOL))
}

pub fn province() -> Access {
    Access::person(UserId(Uuid::from_u128(0x9001)), Role::Province, Scope::Region(PROVINCE))
}

/// An opened store that cleans up after itself.
#[derive(Clone)]
pub struct House {
    pub store: Store,
    pub config: StoreConfig,
    _folder: Arc<TempDir>,
    schema: Option<(String, String)>,
}

impl House {
    pub async fn sqlite() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let database = Database::Sqlite { path: folder.path().join("rows.sqlite") };
        let config = StoreConfig { database, blobs: folder.path().join("blobs") };
        Self { store: Store::open(&config).await.unwrap(), config, _folder: folder, schema: None }
    }

    /// None, and a line that says so, where no PostgreSQL is named.
    pub async fn postgres() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let Ok(base) = std::env::var("WATCHFIRE_TEST_POSTGRES_URL") else {
            println!("skipped: WATCHFIRE_TEST_POSTGRES_URL is not set");
            return None;
        };
        let schema = format!("story_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        run_postgres(&base, &format!("create schema {schema}")).await.unwrap();
        let separator = if base.contains('?') { '&' } else { '?' };
        let url = format!("{base}{separator}options[search_path]={schema}");
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let config = StoreConfig { database: Database::Postgres { url }, blobs: folder.path().join("blobs") };
        let store = Store::open(&config).await.unwrap();
        Some(Self { store, config, _folder: folder, schema: Some((base, schema)) })
    }

    pub async fn remove(&self) {
        self.store.close().await;
        if let Some((base, schema)) = &self.schema {
            run_postgres(base, &format!("drop schema {schema} cascade")).await.unwrap();
        }
    }

    /// SQL behind the store's back, as an intruder or another program would run it.
    pub async fn behind(&self, sql: &str) -> Result<(), sqlx::Error> {
        match &self.config.database {
            Database::Sqlite { path } => {
                let mut connection =
                    sqlx::SqliteConnection::connect(&format!("sqlite://{}", path.display())).await?;
                connection.execute(AssertSqlSafe(sql.to_owned())).await?;
                connection.close().await
            }
            Database::Postgres { url } => run_postgres(url, sql).await,
        }
    }

    pub fn is_sqlite(&self) -> bool {
        self.store.engine_name() == "sqlite"
    }

    pub fn blobs(&self) -> PathBuf {
        self.config.blobs.clone()
    }

    /// Regions, three units, two cameras, two guards.
    pub async fn furnish(&self) -> &Self {
        let store = &self.store;
        store.replace_regions(&regions()).await.unwrap();
        let units = [north_school(), south_school(), university()].map(change);
        store.apply_units(&Access::PLATFORM, &units, None, at(0)).await.unwrap();
        for camera in [camera(NORTH_CAMERA, NORTH_SCHOOL), camera(SOUTH_CAMERA, SOUTH_SCHOOL)] {
            store.add_camera(&Access::PLATFORM, &camera, None, at(0)).await.unwrap();
        }
        store.add_account(&account(NORTH_GUARD, "north", Scope::Unit(NORTH_SCHOOL))).await.unwrap();
        store.add_account(&account(SOUTH_GUARD, "south", Scope::Unit(SOUTH_SCHOOL))).await.unwrap();
        self
    }

    /// A recorder at each school.
    pub async fn equip(&self) -> &Self {
        for one in [device(NORTH_DEVICE, NORTH_SCHOOL, 1), device(SOUTH_DEVICE, SOUTH_SCHOOL, 2)] {
            self.store.add_device(&Access::PLATFORM, &one, None, at(0)).await.unwrap();
        }
        self
    }

    /// One flame at each school.
    pub async fn ignite(&self) -> &Self {
        self.raise(new_alarm(NORTH_ALARM, NORTH_SCHOOL, NORTH_CAMERA, 10)).await;
        self.raise(new_alarm(SOUTH_ALARM, SOUTH_SCHOOL, SOUTH_CAMERA, 11)).await;
        self
    }

    pub async fn raise(&self, new: NewAlarm) -> AlarmRow {
        match self.store.raise_alarm(&Access::PLATFORM, &new, RULE).await.unwrap() {
            Raised::New(row) => *row,
            Raised::Joined(id) | Raised::Fused(id) => panic!("joined {id}"),
        }
    }
}

pub const RULE: JoinRule =
    JoinRule { window: SignedDuration::from_secs(60), fuse_within: SignedDuration::from_mins(10) };

async fn run_postgres(url: &str, sql: &str) -> Result<(), sqlx::Error> {
    let mut connection = sqlx::PgConnection::connect(url).await?;
    connection.execute(AssertSqlSafe(sql.to_owned())).await?;
    connection.close().await
}

pub fn regions() -> Vec<Region> {
    let region = |id, parent_id, level, name: &str, code: Option<&str>, order| Region {
        id,
        parent_id,
        level,
        name: name.to_owned(),
        short_name: name.trim_end_matches(['省', '市', '县']).to_owned(),
        gb2260_code: code.map(str::to_owned),
        order,
    };
    vec![
        region(PROVINCE, None, RegionLevel::Province, "江西省", Some("360000"), 0),
        region(SOUTH, Some(PROVINCE), RegionLevel::City, "赣州市", Some("360700"), 2),
        region(NORTH, Some(PROVINCE), RegionLevel::City, "九江市", Some("360400"), 1),
        region(NEW_AREA, Some(PROVINCE), RegionLevel::City, "赣江新区", None, 3),
        region(SOUTH_COUNTY, Some(SOUTH), RegionLevel::County, "信丰县", Some("360722"), 1),
        region(NORTH_COUNTY, Some(NORTH), RegionLevel::County, "武宁县", Some("360423"), 1),
    ]
}

pub fn unit(id: UnitId, name: &str, category: Category, region_id: RegionId) -> Unit {
    Unit {
        id,
        name: name.to_owned(),
        category,
        region_id,
        ownership: None,
        study_level: None,
        boarding: false,
        school_code: None,
        connection: Connection::NotStarted,
        duty: Duty::None,
        synthetic: true,
    }
}

pub fn north_school() -> Unit {
    let school = unit(NORTH_SCHOOL, "武宁第一中学", Category::BoardingSchool, NORTH_COUNTY);
    let school_code = Some("3600000001".to_owned());
    Unit { connection: Connection::Connected, duty: Duty::Valid, boarding: true, school_code, ..school }
}

pub fn south_school() -> Unit {
    let school = unit(SOUTH_SCHOOL, "信丰幼儿园", Category::Kindergarten, SOUTH_COUNTY);
    Unit { connection: Connection::ConnectionFault, school_code: Some("3600000002".to_owned()), ..school }
}

pub fn university() -> Unit {
    let school = unit(UNIVERSITY, "江西某大学", Category::University, PROVINCE);
    Unit { ownership: Some(Ownership::Public), study_level: Some(StudyLevel::Undergraduate), ..school }
}

pub fn change(unit: Unit) -> UnitChange {
    UnitChange {
        unit,
        connection_provenance: Provenance::Observed,
        duty_provenance: Provenance::Reported,
        source: "story".to_owned(),
    }
}

pub fn camera(id: CameraId, unit_id: UnitId) -> CameraRecord {
    CameraRecord {
        id,
        unit_id,
        name: "一号宿舍楼三层东走廊".to_owned(),
        place_type: PlaceType::DormitoryCorridor,
        source: CameraSource::Rtsp {
            address: "rtsp://127.0.0.1:8554/corridor".to_owned(),
            user_name: Some("video".to_owned()),
            sub_address: Some("rtsp://192.0.2.8/sub".to_owned()),
            onvif_address: Some("http://192.0.2.8:8000/onvif/device_service".to_owned()),
            sealed_password: Some(vec![0, 1, 254, 255]),
        },
        watch_enabled: true,
        disabled: false,
        simulated: true,
        is_recorded: None,
        recorded_since: None,
        created_at: at(0),
    }
}

pub fn gb_id(n: u128) -> GbId {
    GbId::parse(&format!("3604230011118{n:07}")).unwrap()
}

pub fn device(id: DeviceId, unit_id: UnitId, n: u128) -> DeviceRecord {
    DeviceRecord {
        id,
        unit_id,
        gb_id: gb_id(n),
        name: format!("录像机 {n}"),
        sealed_secret: Some(vec![0, 1, 254, 255]),
        profile: "{}".to_owned(),
        disabled: false,
        simulated: true,
        created_at: at(0),
    }
}

pub fn channel(n: u128) -> NewChannel {
    NewChannel {
        id: ChannelId(Uuid::from_u128(0x10_0000 + n)),
        entry: ChannelEntry {
            gb_id: GbId::parse(&format!("3604230011132{n:07}")).unwrap(),
            parent_gb_id: Some(gb_id(1).to_string()),
            name: format!("摄像头 {n}"),
            civil_code: Some("360423".to_owned()),
            maker: Some("某厂".to_owned()),
            model: None,
            status: ChannelStatus::On,
            ptz_type: Some(3),
        },
    }
}

/// Lets the recorder of the north school tell one channel.
pub async fn north_channel(store: &Store) -> ChannelId {
    store.put_channels(NORTH_DEVICE, &[channel(1)], CatalogueAnswer::Complete, at(1)).await.unwrap();
    channel(1).id
}

pub const fn notice_id(n: u128) -> DeviceNoticeId {
    DeviceNoticeId(Uuid::from_u128(0x20_0000 + n))
}

/// A smoke detector wired to the recorder of the north school, as makers send it.
pub fn notice(n: u128, unit_id: UnitId, s: i64) -> NewDeviceNotice {
    NewDeviceNotice {
        id: notice_id(n),
        device_id: NORTH_DEVICE,
        unit_id,
        channel_gb_id: Some(channel(1).entry.gb_id),
        command: "Alarm".to_owned(),
        at: Some(at(s - 1)),
        received_at: at(s),
        priority: Some("1".to_owned()),
        method: Some("2".to_owned()),
        alarm_type: Some("4096".to_owned()),
        description: Some("烟感报警".to_owned()),
        raw: "<Notify><CmdType>Alarm</CmdType></Notify>".to_owned(),
        kind: None,
        alarm_id: None,
        needs_reset: true,
    }
}

pub fn account(id: UserId, login_name: &str, scope: Scope) -> Account {
    Account {
        id,
        login_name: login_name.to_owned(),
        display_name: format!("{login_name} 值班员"),
        role: Role::DutyGuard,
        scope,
        password_hash: None,
        disabled: false,
        failed_count: 0,
        locked_until: None,
        created_at: at(0),
        last_seen_at: None,
    }
}

pub fn new_alarm(id: AlarmId, unit_id: UnitId, camera_id: CameraId, s: i64) -> NewAlarm {
    NewAlarm {
        alarm: Alarm {
            id,
            code: AlarmCode::F02,
            level: AlarmCode::F02.default_level(),
            state: AlarmState::Waiting,
            marks: vec![],
            drill: false,
            unit_id,
            camera_id: Some(camera_id),
            source: Source::Ai,
            owner_id: None,
            handler_id: None,
            times: Times::raised(at(s - 1), at(s)),
            false_alarm_reason: None,
            has_result_picture: false,
            version: 0,
        },
        score: Some(0.75),
        boxes: vec![store::AlarmBox { x: 0.25, y: 0.5, w: 0.125, h: 0.25, label: "flame".to_owned() }],
        note: None,
        simulated: true,
        observation_id: Uuid::from_u128(id.0.as_u128() + (1 << 64)),
        model: Some("test-model".to_owned()),
        silence_id: None,
        detector: None,
        told_again: None,
    }
}
