//! How long lists, filters and counts of alarms take with a million of them kept, and what clocks cost with a hundred thousand open.
//!
//! `cargo run --profile demo -p watchfire-store --example alarm_speed -- [ALARMS]`, on SQLite in a temporary folder, or on the PostgreSQL
//! of `WATCHFIRE_TEST_POSTGRES_URL` where that is set. The alarms lie over two years and over all units of the synthetic register; every tenth
//! is open and is promised a look. Filling takes some minutes.
#![expect(clippy::print_stdout, reason = "prints what it measured")]

use std::time::{Duration, Instant};

use domain::access::{Access, Scope};
use domain::alarm::{Alarm, AlarmCode, AlarmState, Source, Times};
use domain::category::Category;
use domain::ids::{AlarmId, RegionId};
use domain::region::Region;
use domain::register::expand::jiangxi_units;
use domain::register::regions::jiangxi_regions;
use domain::role::Role;
use domain::unit::{Provenance, Unit};
use jiff::{SignedDuration, Timestamp};
use store::{
    AlarmFilter, AlarmStates, Database, JoinRule, NewAlarm, PageAsk, Store, StoreConfig, UnitChange,
};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error>;

const TOGETHER: usize = 500;
const DAYS: i64 = 730;
/// The last moment of the two years.
const END_S: i64 = 1_795_392_000;
/// One of so many alarms is open.
const OPEN_EACH: usize = 10;
const ROUNDS: usize = 40;
const CODES: [AlarmCode; 6] =
    [AlarmCode::F01, AlarmCode::F02, AlarmCode::E01, AlarmCode::V01, AlarmCode::D01, AlarmCode::U01];

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<(), Failure> {
    let alarms = std::env::args().nth(1).map_or(Ok(1_000_000), |word| word.parse())?;
    let folder = tempfile::tempdir()?;
    let url = std::env::var("WATCHFIRE_TEST_POSTGRES_URL").ok();
    println!("{}, {alarms} alarms", if url.is_some() { "PostgreSQL" } else { "SQLite" });
    let database = match url {
        Some(url) => Database::Postgres { url },
        None => Database::Sqlite { path: folder.path().join("rows.sqlite") },
    };
    let store = Store::open(&StoreConfig { database, blobs: folder.path().join("blobs") }).await?;
    let regions = jiangxi_regions();
    store.replace_regions(&regions).await?;
    let units = jiangxi_units();
    for some in units.chunks(1000) {
        let changes: Vec<UnitChange> = some.iter().cloned().map(change).collect();
        store.apply_units(&Access::PLATFORM, &changes, None, end()).await?;
    }
    fill(&store, &units, alarms).await?;
    lists(&store, &regions, &units).await?;
    clocks(&store).await
}

fn end() -> Timestamp {
    Timestamp::from_second(END_S).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn change(unit: Unit) -> UnitChange {
    UnitChange {
        unit,
        connection_provenance: Provenance::Reported,
        duty_provenance: Provenance::Reported,
        source: "speed".to_owned(),
    }
}

async fn fill(store: &Store, units: &[Unit], alarms: usize) -> Result<(), Failure> {
    let start = Instant::now();
    let mut number = 0;
    while number < alarms {
        let some: Vec<(Access, NewAlarm)> = (number..alarms.min(number + TOGETHER))
            .map(|number| (Access::PLATFORM, new_alarm(number, alarms, units)))
            .collect();
        store
            .raise_alarms(&some, JoinRule { window: SignedDuration::ZERO, fuse_within: SignedDuration::ZERO })
            .await?;
        let open: Vec<AlarmId> =
            some.iter().map(|(_, new)| &new.alarm).filter(|a| a.state.is_open()).map(|a| a.id).collect();
        // Looked at again within the day after the last moment.
        let later = end() + SignedDuration::from_secs(number as i64 % 86_400);
        store.ask_for_looks(&open, later).await?;
        number += TOGETHER;
    }
    let took = start.elapsed().as_secs_f64();
    println!("filled in {took:.0} s, {:.0} alarms a second", alarms as f64 / took);
    Ok(())
}

fn new_alarm(number: usize, of: usize, units: &[Unit]) -> NewAlarm {
    // A stride that is prime to the number of units visits them all.
    let unit = &units[number.wrapping_mul(7919) % units.len()];
    let at = end() - SignedDuration::from_secs(DAYS * 86_400 * (of - number) as i64 / of as i64);
    let code = CODES[number % CODES.len()];
    let is_open = number.is_multiple_of(OPEN_EACH);
    NewAlarm {
        alarm: Alarm {
            id: AlarmId(Uuid::from_u128(number as u128 + 1)),
            code,
            level: code.default_level(),
            state: if is_open { AlarmState::Waiting } else { AlarmState::FalseAlarm },
            marks: vec![],
            drill: false,
            unit_id: unit.id,
            camera_id: None,
            source: Source::Ai,
            owner_id: None,
            handler_id: None,
            times: Times::raised(at, at),
            false_alarm_reason: None,
            has_result_picture: false,
            version: 0,
        },
        score: None,
        boxes: vec![],
        note: None,
        simulated: true,
        observation_id: Uuid::from_u128((1 << 100) + number as u128),
        model: None,
        silence_id: None,
        detector: None,
        told_again: None,
    }
}

async fn lists(store: &Store, regions: &[Region], units: &[Unit]) -> Result<(), Failure> {
    let school = units.iter().find(|unit| unit.category == Category::BoardingSchool).ok_or("no school")?;
    let city = region_above(regions, school.region_id);
    let who = |role, scope| Access { user_id: None, role: Some(role), scope: Some(scope) };
    let askers: [(&str, Access); 4] = [
        ("province", Access::PLATFORM),
        ("city", who(Role::City, Scope::Region(city))),
        ("county", who(Role::County, Scope::Region(school.region_id))),
        ("unit", who(Role::Unit, Scope::Unit(school.id))),
    ];
    let month = end() - SignedDuration::from_hours(30 * 24);
    let all = AlarmFilter { states: AlarmStates::All, ..AlarmFilter::default() };
    let filters: [(&str, AlarmFilter); 7] = [
        ("open", AlarmFilter::default()),
        ("all", all.clone()),
        ("closed", AlarmFilter { states: AlarmStates::Closed, ..all.clone() }),
        ("one state", AlarmFilter { states: AlarmStates::One(AlarmState::Waiting), ..all.clone() }),
        ("one code", AlarmFilter { code: Some(AlarmCode::F02), ..all.clone() }),
        ("a code that is not there", AlarmFilter { code: Some(AlarmCode::S01), ..all.clone() }),
        (
            "the last month, level 1",
            AlarmFilter { from: Some(month), level: Some(AlarmCode::F02.default_level()), ..all },
        ),
    ];
    println!("a page of fifty: p50 and p95 of {ROUNDS}");
    for (filter_name, filter) in &filters {
        for (asker, access) in &askers {
            let times =
                timed(|| async { store.alarms(access, filter, &PageAsk::first(50)).await.map(drop) }).await?;
            println!("  {filter_name}, {asker}: {times}");
        }
    }
    for (asker, access) in &askers {
        let day = end() - SignedDuration::from_hours(24);
        let times = timed(|| async { store.alarm_counts(access, day).await.map(drop) }).await?;
        println!("  counts, {asker}: {times}");
        let times = timed(|| async { store.untaken_overdue(access, end()).await.map(drop) }).await?;
        println!("  overdue and untaken, {asker}: {times}");
    }
    Ok(())
}

fn region_above(regions: &[Region], id: RegionId) -> RegionId {
    regions.iter().find(|region| region.id == id).and_then(|region| region.parent_id).unwrap_or(id)
}

async fn clocks(store: &Store) -> Result<(), Failure> {
    let before = end() - SignedDuration::from_secs(1);
    let times = timed(|| async { store.looks_due(before, 100).await.map(drop) }).await?;
    println!("  looks due, none: {times}");
    let times = timed(|| async { store.looks_due(end(), 100).await.map(drop) }).await?;
    println!("  looks due, some: {times}");
    let times = timed(|| async { store.taken_silent_since(end()).await.map(drop) }).await?;
    println!("  silent owners: {times}");
    Ok(())
}

async fn timed<F>(mut work: impl FnMut() -> F) -> Result<String, Failure>
where
    F: Future<Output = store::Result<()>>,
{
    let mut all = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        work().await?;
        all.push(start.elapsed());
    }
    all.sort_unstable();
    let ms = |one: Duration| one.as_secs_f64() * 1e3;
    Ok(format!("{:.1} ms, {:.1} ms", ms(all[ROUNDS / 2]), ms(all[ROUNDS * 95 / 100])))
}
