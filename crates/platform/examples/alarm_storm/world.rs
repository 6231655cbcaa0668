//! Two hundred schools in twenty counties, a guard for each county, and a webhook for the guards.

use std::sync::Arc;

use domain::access::Scope;
use domain::alarm::Rung;
use domain::ids::UnitId;
use domain::register::{expand::jiangxi_units, regions::jiangxi_regions};
use domain::role::Role;
use domain::unit::{Provenance, Unit};
use jiff::{SignedDuration, Timestamp};
use platform::alarms::AlarmSettings;
use platform::notify::{Endpoint, NotifySettings};
use platform::people::{NewAccount, Policy};
use platform::quality::LearningSettings;
use platform::rows::{Database, Store, StoreConfig, UnitChange};
use platform::seal::Seal;
use platform::watch::WatchSettings;
use platform::{Ask, Platform, Settings, Surroundings};
use ring::rand::{SecureRandom as _, SystemRandom};
use tempfile::TempDir;

use crate::Failure;

const COUNTIES: usize = 20;
const UNITS: usize = 200;

pub struct World {
    pub platform: Platform,
    pub units: Vec<UnitId>,
    /// Which engine.
    pub database: &'static str,
    _folder: TempDir,
}

impl World {
    pub async fn open(hook: String) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let url = std::env::var("WATCHFIRE_TEST_POSTGRES_URL").ok();
        let database = if url.is_some() { "PostgreSQL" } else { "SQLite" };
        let rows = match url {
            Some(url) => Database::Postgres { url },
            None => Database::Sqlite { path: folder.path().join("storm.sqlite") },
        };
        let store = Store::open(&StoreConfig { database: rows, blobs: folder.path().join("blobs") }).await?;
        let platform = Platform::new(
            store,
            settings(hook)?,
            Surroundings::new(Timestamp::now, |bytes| {
                // A storm without randomness has equal ids, and the store refuses them.
                let _ = SystemRandom::new().fill(bytes);
            }),
            Seal::new(&[7; 32]),
            Arc::new(vision::FireSmoke::embedded()?),
        );
        platform.seed_regions(&jiangxi_regions()).await?;
        let operator = Ask::platform(Timestamp::now());
        let units = some_units();
        for (number, region) in counties(&units).into_iter().enumerate() {
            let name = format!("guard{number}");
            let scope = Scope::Region(region);
            let new =
                NewAccount { login_name: name.clone(), display_name: name, role: Role::DutyGuard, scope };
            platform.create_account(&operator, &new).await?;
        }
        let ids = units.iter().map(|unit| unit.id).collect();
        platform.seed_units(&operator, &units.into_iter().map(change).collect::<Vec<_>>()).await?;
        Ok(Self { platform, units: ids, database, _folder: folder })
    }
}

fn counties(units: &[Unit]) -> Vec<domain::ids::RegionId> {
    let mut counties: Vec<_> = units.iter().map(|unit| unit.region_id).collect();
    counties.sort_unstable();
    counties.dedup();
    counties
}

fn some_units() -> Vec<Unit> {
    let all = jiangxi_units();
    let counties: Vec<_> = counties(&all).into_iter().take(COUNTIES).collect();
    all.into_iter().filter(|unit| counties.contains(&unit.region_id)).take(UNITS).collect()
}

fn change(unit: Unit) -> UnitChange {
    UnitChange {
        unit,
        connection_provenance: Provenance::Reported,
        duty_provenance: Provenance::Reported,
        source: "storm".to_owned(),
    }
}

fn settings(hook: String) -> Result<Settings, Failure> {
    Ok(Settings {
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
        notify: NotifySettings {
            allowed: vec!["127.0.0.1/32".parse()?],
            webhook: Some(Endpoint {
                url: hook,
                secret: Some("storm".to_owned()),
                rungs: vec![Rung::DutyGuard],
            }),
            ..NotifySettings::default()
        },
        recording: None,
        demo: false,
    })
}
