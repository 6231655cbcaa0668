//! A province's units under contracts with organisations, each with some duty rooms, their rosters and what their cameras showed. All of it is made up.

use std::path::PathBuf;
use std::sync::Arc;

use domain::access::Access;
use domain::beijing::begin_of;
use domain::contract::{Contract, ContractEvent, ContractState, Side};
use domain::duty::presence::{Seen, SeenDay, pack};
use domain::duty::roster::{RoomKind, Shift};
use domain::ids::{ContractId, DutyRoomId, OrganisationId, RegionId, ShiftId, StaffId, UnitId};
use domain::organisation::certificate::{
    Certificate, CertificateDirection, CertificateLevel, CertificateQuery,
};
use domain::organisation::{Post, credit_code};
use domain::recording::Span;
use domain::register::{expand::jiangxi_units, regions::jiangxi_regions};
use domain::unit::{Provenance, Unit};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use platform::rows::{
    ContractChange, Database, NewContract, NewDutyRoom, OrganisationRecord, PresenceDay, RosterChange,
    StaffRecord, Store, StoreConfig, StoreError, UnitChange,
};
use platform::seal::Seal;
use platform::watch::WatchSettings;
use platform::{Ask, Platform, Settings, Surroundings};
use ring::rand::{SecureRandom as _, SystemRandom};
use tempfile::TempDir;
use uuid::Uuid;

use crate::Failure;

/// Rooms of one organisation.
const ROOMS_EACH: usize = 3;
/// Guards of one room: three shifts of two.
const GUARDS: usize = 6;
/// Days with a roster.
const DAYS: i64 = 18;
/// Absences of a day in every second room, two minutes more than are pardoned.
const GAPS: usize = 10;
const GAP_MINUTES: usize = 7;

pub struct World {
    pub platform: Platform,
    store: Store,
    pub units: Vec<UnitId>,
    pub rooms: Vec<DutyRoomId>,
    pub first: Date,
    /// Which engine.
    pub database: &'static str,
    path: Option<PathBuf>,
    _folder: TempDir,
}

impl World {
    pub async fn open(units: usize, rooms: usize) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let url = std::env::var("WATCHFIRE_TEST_POSTGRES_URL").ok();
        let database = if url.is_some() { "PostgreSQL" } else { "SQLite" };
        let path = url.is_none().then(|| folder.path().join("ledger.sqlite"));
        let rows = match (url, &path) {
            (Some(url), _) => Database::Postgres { url },
            (None, path) => Database::Sqlite { path: path.clone().unwrap_or_default() },
        };
        let store = Store::open(&StoreConfig { database: rows, blobs: folder.path().join("blobs") }).await?;
        let first = date(2026, 12, 1);
        let platform = Platform::new(
            store.clone(),
            settings(),
            Surroundings::new(
                move || begin_of(first),
                |bytes| {
                    // Ids without randomness are equal, and the store refuses them.
                    let _ = SystemRandom::new().fill(bytes);
                },
            ),
            Seal::new(&[7; 32]),
            Arc::new(vision::FireSmoke::embedded()?),
        );
        platform.seed_regions(&jiangxi_regions()).await?;
        let chosen: Vec<Unit> = jiangxi_units().into_iter().take(units).collect();
        let at = begin_of(first) - SignedDuration::from_hours(48);
        let region = chosen.first().ok_or("no units")?.region_id;
        let ids: Vec<UnitId> = chosen.iter().map(|unit| unit.id).collect();
        platform.seed_units(&Ask::platform(at), &chosen.into_iter().map(change).collect::<Vec<_>>()).await?;
        let mut world =
            Self { platform, store, units: ids, rooms: Vec::new(), first, database, path, _folder: folder };
        let organisations = rooms.div_ceil(ROOMS_EACH);
        for number in 0..organisations {
            world.add_organisation(number, region, at).await?;
        }
        world.add_contracts(organisations, at).await?;
        Ok(world)
    }

    /// Writes what the cameras of all rooms showed on a day.
    pub async fn show(&self, day: Date, at: Timestamp) -> Result<(), Failure> {
        let seen = |number: usize| {
            let mut seen: SeenDay = [Some(Seen::Staffed); 1440];
            for gap in 0..if number.is_multiple_of(2) { GAPS } else { 0 } {
                let from = 20 + gap * 140 + number % 50;
                seen[from..from + GAP_MINUTES].fill(Some(Seen::TooFew));
            }
            pack(&seen)
        };
        let days: Vec<PresenceDay> = self
            .rooms
            .iter()
            .enumerate()
            .map(|(number, room_id)| PresenceDay { room_id: *room_id, seen: seen(number) })
            .collect();
        Ok(self.store.put_presence_days(day, &days, at).await?)
    }

    /// Bytes of the database; none where it is not a file.
    pub fn bytes(&self) -> Result<Option<u64>, Failure> {
        let Some(path) = &self.path else { return Ok(None) };
        Ok(Some(std::fs::metadata(path)?.len()))
    }

    async fn add_organisation(
        &mut self,
        number: usize,
        region: RegionId,
        at: Timestamp,
    ) -> Result<(), Failure> {
        let id = OrganisationId(Uuid::from_u128(0x1_0000 + number as u128));
        let record = OrganisationRecord {
            id,
            name: format!("值守公司{number}"),
            credit_code: credit_code::complete(&format!("91360100MA{number:07}")).ok_or("code")?,
            region_id: region,
            address: "一号楼".to_owned(),
            premises_m2: 200,
            phone: "110".to_owned(),
            units_max: 20_000,
            synthetic: true,
        };
        self.store.add_organisation(&Access::PLATFORM, &record, at).await?;
        for room in 0..ROOMS_EACH {
            let serial = (number * ROOMS_EACH + room) as u128;
            let room_id = DutyRoomId(Uuid::from_u128(0x2_0000 + serial));
            let new = NewDutyRoom {
                id: room_id,
                name: format!("值班室{serial}"),
                kind: RoomKind::Organisation,
                organisation_id: id,
                unit_id: self.units[0],
                quiet_s: 300,
                sealed_secret: vec![1],
                at,
                synthetic: true,
            };
            self.store.open_duty_room(&Access::PLATFORM, &new).await?;
            self.add_roster(id, room_id, serial, at).await?;
            self.rooms.push(room_id);
        }
        Ok(())
    }

    async fn add_roster(
        &self,
        id: OrganisationId,
        room_id: DutyRoomId,
        serial: u128,
        at: Timestamp,
    ) -> Result<(), Failure> {
        let mut guards = Vec::new();
        for guard in 0..GUARDS {
            let staff = StaffId(Uuid::from_u128(0x10_0000 + serial * 16 + guard as u128));
            let certificate = Certificate {
                number: format!("21{serial:06}{guard}"),
                level: CertificateLevel::Four,
                direction: CertificateDirection::Monitoring,
                valid_until: Some(date(2099, 1, 1)),
                query: CertificateQuery::Confirmed,
                queried_on: Some(self.first),
            };
            let record = StaffRecord {
                id: staff,
                organisation_id: id,
                name: format!("值班员{serial}-{guard}"),
                post: Post::Guard,
                certificate: Some(certificate),
            };
            self.store.put_staff(&Access::PLATFORM, &record, at).await?;
            guards.push(staff);
        }
        let begin = begin_of(self.first) - SignedDuration::from_hours(24);
        let hours = |hours: i64| begin + SignedDuration::from_hours(hours);
        let shifts: Vec<Shift> = (0..DAYS * 3)
            .flat_map(|turn| [0, 1].map(|one| (turn, one)))
            .map(|(turn, one)| Shift {
                id: ShiftId(Uuid::from_u128(0x1000_0000 + serial * 256 + turn as u128 * 2 + one as u128)),
                room_id,
                guard_id: guards[(turn as usize % 3) * 2 + one],
                span: Span::new(hours(turn * 8), hours(turn * 8 + 8)),
            })
            .collect();
        let change = RosterChange { room_id, window: Span::new(begin, hours(24 * DAYS)), reason: None, at };
        let decide = |before: &[Shift]| Ok::<_, StoreError>(before.iter().copied().chain(shifts).collect());
        Ok(self.store.change_roster(&Access::PLATFORM, &change, decide).await?)
    }

    async fn add_contracts(&self, organisations: usize, at: Timestamp) -> Result<(), Failure> {
        let new = platform::people::NewAccount {
            login_name: "office".to_owned(),
            display_name: "office".to_owned(),
            role: domain::role::Role::Province,
            scope: domain::access::Scope::Region(jiangxi_regions()[0].id),
        };
        let (account, _) = self.platform.create_account(&Ask::platform(at), &new).await?;
        for (number, unit_id) in self.units.iter().enumerate() {
            let id = ContractId(Uuid::from_u128(0x4000_0000 + number as u128));
            let contract = Contract {
                id,
                unit_id: *unit_id,
                organisation_id: OrganisationId(Uuid::from_u128(0x1_0000 + (number % organisations) as u128)),
                proposed_by: Side::Unit,
                proposed_at: at,
                state: ContractState::Proposed,
                starts_at: at,
                ends_at: at + SignedDuration::from_hours(24 * 365),
                replaces: None,
                version: 0,
            };
            let new = NewContract { contract, number: String::new(), proposer: account.id };
            self.store.propose_contract(&Access::PLATFORM, &new).await?;
            let accept =
                ContractChange { event: ContractEvent::Accept, to: ContractState::Running, reason: None, at };
            self.store.change_contract(&Access::PLATFORM, id, 0, &accept, None).await?;
        }
        Ok(())
    }
}

fn change(unit: Unit) -> UnitChange {
    UnitChange {
        unit,
        connection_provenance: Provenance::Reported,
        duty_provenance: Provenance::Reported,
        source: "measure".to_owned(),
    }
}

fn settings() -> Settings {
    Settings {
        people: platform::people::Policy::default(),
        watch: WatchSettings {
            enabled: false,
            looks_at_once: 1,
            cores_max: 0.0,
            condition_hold: SignedDuration::from_secs(10),
            tell_again: SignedDuration::from_secs(60),
            duty_rooms: vision::PresenceRules::default(),
        },
        alarms: platform::alarms::AlarmSettings::default(),
        learning: platform::quality::LearningSettings::default(),
        access: None,
        transmitters: None,
        live: platform::access::LiveSettings::default(),
        bulletins: platform::bulletins::BulletinSettings::default(),
        notices: platform::notices::NoticeSettings::default(),
        organisations: platform::organisations::OrganisationSettings::default(),
        duty: platform::duty::DutySettings::default(),
        roll_calls: platform::roll_calls::RollCallSettings::default(),
        notify: platform::notify::NotifySettings::default(),
        recording: None,
        demo: false,
    }
}
