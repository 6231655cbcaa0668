//! As many duty rooms as asked for, one at each school, of one organisation.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::access::Access;
use domain::duty::roster::RoomKind;
use domain::ids::{DutyRoomId, OrganisationId};
use domain::organisation::credit_code;
use domain::register::{expand::jiangxi_units, regions::jiangxi_regions};
use domain::unit::Provenance;
use jiff::{SignedDuration, Timestamp};
use platform::alarms::AlarmSettings;
use platform::notify::NotifySettings;
use platform::people::Policy;
use platform::quality::LearningSettings;
use platform::rows::{Database, NewDutyRoom, OrganisationRecord, Store, StoreConfig, UnitChange};
use platform::seal::Seal;
use platform::watch::WatchSettings;
use platform::{Ask, Platform, Settings, Surroundings};
use ring::rand::{SecureRandom as _, SystemRandom};
use tempfile::TempDir;
use uuid::Uuid;

use crate::Failure;

pub struct World {
    pub platform: Platform,
    pub store: Store,
    pub rooms: Vec<DutyRoomId>,
    /// Which engine.
    pub database: &'static str,
    /// Seconds by which the clock is ahead.
    ahead_s: Arc<AtomicI64>,
    _folder: TempDir,
}

impl World {
    pub async fn open(count: usize) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let url = std::env::var("WATCHFIRE_TEST_POSTGRES_URL").ok();
        let database = if url.is_some() { "PostgreSQL" } else { "SQLite" };
        let rows = match url {
            Some(url) => Database::Postgres { url },
            None => Database::Sqlite { path: folder.path().join("storm.sqlite") },
        };
        let store = Store::open(&StoreConfig { database: rows, blobs: folder.path().join("blobs") }).await?;
        let ahead_s = Arc::<AtomicI64>::default();
        let ahead = ahead_s.clone();
        let surroundings = Surroundings::new(
            move || Timestamp::now() + SignedDuration::from_secs(ahead.load(Ordering::Relaxed)),
            |bytes| {
                // A storm without randomness has equal ids, and the store refuses them.
                let _ = SystemRandom::new().fill(bytes);
            },
        );
        let model = Arc::new(vision::FireSmoke::embedded()?);
        let platform = Platform::new(store.clone(), settings(), surroundings, Seal::new(&[7; 32]), model);
        platform.seed_regions(&jiangxi_regions()).await?;
        let units: Vec<_> = jiangxi_units().into_iter().take(count).collect();
        let firm = organisation(&units[0], &store).await?;
        let ids: Vec<_> = units.iter().map(|unit| unit.id).collect();
        let changes: Vec<UnitChange> = units.into_iter().map(change).collect();
        platform.seed_units(&Ask::platform(Timestamp::now()), &changes).await?;
        let mut rooms = Vec::with_capacity(count);
        for (n, unit_id) in ids.into_iter().enumerate() {
            let id = DutyRoomId(Uuid::now_v7());
            let new = NewDutyRoom {
                id,
                name: format!("{n}号值班室"),
                kind: RoomKind::Organisation,
                organisation_id: firm,
                unit_id,
                quiet_s: 300,
                sealed_secret: vec![0],
                at: Timestamp::now(),
                synthetic: true,
            };
            store.open_duty_room(&Access::PLATFORM, &new).await?;
            rooms.push(id);
        }
        Ok(Self { platform, store, rooms, database, ahead_s, _folder: folder })
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(self.ahead_s.load(Ordering::Relaxed))
    }

    pub fn ask(&self) -> Ask {
        Ask::platform(self.now())
    }

    /// Winds the clock forward.
    pub fn wind(&self, seconds: i64) {
        self.ahead_s.fetch_add(seconds, Ordering::Relaxed);
    }
}

async fn organisation(unit: &domain::unit::Unit, store: &Store) -> Result<OrganisationId, Failure> {
    let record = OrganisationRecord {
        id: OrganisationId(Uuid::now_v7()),
        name: "值守公司".to_owned(),
        credit_code: credit_code::complete("91360100MA0000007").ok_or("no code")?,
        region_id: unit.region_id,
        address: "一号楼".to_owned(),
        premises_m2: 210,
        phone: "0791-1".to_owned(),
        units_max: 20_000,
        synthetic: true,
    };
    store.add_organisation(&Access::PLATFORM, &record, Timestamp::now()).await?;
    Ok(record.id)
}

fn change(unit: domain::unit::Unit) -> UnitChange {
    UnitChange {
        unit,
        connection_provenance: Provenance::Reported,
        duty_provenance: Provenance::Reported,
        source: "storm".to_owned(),
    }
}

fn settings() -> Settings {
    Settings {
        people: Policy::default(),
        watch: WatchSettings {
            enabled: false,
            looks_at_once: 1,
            cores_max: 0.0,
            condition_hold: SignedDuration::from_secs(10),
            tell_again: SignedDuration::from_secs(60),
            duty_rooms: vision::PresenceRules::default(),
        },
        alarms: AlarmSettings::default(),
        learning: LearningSettings::default(),
        access: None,
        transmitters: None,
        live: platform::access::LiveSettings::default(),
        bulletins: platform::bulletins::BulletinSettings::default(),
        notices: platform::notices::NoticeSettings::default(),
        organisations: platform::organisations::OrganisationSettings::default(),
        duty: platform::duty::DutySettings::default(),
        roll_calls: platform::roll_calls::RollCallSettings::default(),
        notify: NotifySettings::default(),
        recording: None,
        demo: false,
    }
}
