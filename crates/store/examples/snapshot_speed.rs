//! How long freezing, counting and comparing take for the synthetic register with a year of changes, and for ten times as many units.
//!
//! `cargo run --release -p watchfire-store --example snapshot_speed`, on SQLite in a temporary folder. Every unit changes its duty five
//! times in the year, so that it has six versions; there are a tenth as many alarms as units, taken
//! and never verified, so that every one is late and frozen by itself.
#![expect(clippy::print_stdout, reason = "prints what it measured")]

use std::time::Instant;

use domain::access::Access;
use domain::alarm::{Alarm, AlarmCode, AlarmEvent, AlarmState, Source, Times, decide};
use domain::figures::{Figures, Measure, Table};
use domain::ids::{AlarmId, RegisterChangeId, SnapshotId, UnitId};
use domain::register::expand::jiangxi_units;
use domain::register::regions::jiangxi_regions;
use domain::unit::{Duty, Provenance, Unit};
use jiff::{SignedDuration, Timestamp};
use store::{
    Database, DifferenceFilter, FigureFilter, FigureValue, JoinRule, NewAlarm, NewSnapshot, PageAsk,
    SeriesFilter, StepRecord, Store, StoreConfig, UnitChange,
};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error>;

const PLATFORM: Access = Access::PLATFORM;
/// The last moment of the year.
const END_S: i64 = 1_795_392_000;
const DAYS: i64 = 360;
const VERSIONS: i64 = 6;
const ROWS_MAX: usize = 500_000;

fn day(number: i64) -> Timestamp {
    Timestamp::from_second(END_S - (DAYS - number) * 86_400).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<(), Failure> {
    for times in [1, 10] {
        measure(times).await?;
    }
    Ok(())
}

/// Runs `work` and prints how long it took.
async fn timed<T>(what: &str, work: impl Future<Output = store::Result<T>>) -> Result<T, Failure> {
    let start = Instant::now();
    let done = work.await?;
    println!("  {what}: {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    Ok(done)
}

async fn measure(times: u128) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let database = Database::Sqlite { path: folder.path().join("rows.sqlite") };
    let store = Store::open(&StoreConfig { database, blobs: folder.path().join("blobs") }).await?;
    let regions = jiangxi_regions();
    store.replace_regions(&regions).await?;
    let units = many(times);
    println!("{} units", units.len());
    fill(&store, &units).await?;
    let at = |number: u128, as_of| NewSnapshot::of(SnapshotId(Uuid::from_u128(number)), as_of, day(DAYS));
    let (past, now) = (at(1, day(100)), at(2, day(DAYS)));
    timed("snapshot of a past day", store.take_snapshot(&PLATFORM, &past)).await?;
    let snapshot = timed("snapshot of now", store.take_snapshot(&PLATFORM, &now)).await?;
    println!("  ({} alarms, {} late)", snapshot.alarms.raised, snapshot.alarms.late);
    let again = at(3, day(DAYS));
    let again = timed("the same again", store.take_snapshot(&PLATFORM, &again)).await?;
    assert_eq!(again.hash, snapshot.hash);
    timed("tables of all measures", async {
        let cells = store.snapshot_cells(now.id).await?;
        let figures = Figures::new(&cells);
        Ok(Measure::ALL.map(|measure| Table::of(&figures, &regions, measure)))
    })
    .await?;
    timed("cells by county", store.snapshot_cells_by_county(now.id)).await?;
    let without_duty = FigureFilter { value: FigureValue::In, ..FigureFilter::all(Measure::Unattended) };
    let page = PageAsk::first(50);
    timed("first page behind a figure", store.snapshot_units(&PLATFORM, now.id, &without_duty, &page))
        .await?;
    let listed = timed(
        "all units behind a figure",
        store.snapshot_unit_list(&PLATFORM, now.id, &without_duty, ROWS_MAX),
    )
    .await?;
    println!("  ({} units)", listed.len());
    timed("two snapshots compared", store.snapshot_pair_counts(past.id, now.id)).await?;
    let all = DifferenceFilter::default();
    timed("first page of differences", store.snapshot_differences(&PLATFORM, past.id, now.id, &all, &page))
        .await?;
    timed("trend", store.snapshot_series(&SeriesFilter::default(), day(0), day(DAYS))).await?;
    store.close().await;
    Ok(())
}

/// The synthetic register, so many times over.
fn many(times: u128) -> Vec<Unit> {
    let units = jiangxi_units();
    let copies = (0..times).flat_map(|copy| {
        units.iter().map(move |unit| Unit {
            id: UnitId(Uuid::from_u128(unit.id.0.as_u128() + (copy << 40))),
            name: format!("{} {copy}", unit.name),
            school_code: None,
            ..unit.clone()
        })
    });
    copies.collect()
}

async fn fill(store: &Store, units: &[Unit]) -> Result<(), Failure> {
    for version in 0..VERSIONS {
        let change = |(index, unit): (usize, &Unit)| {
            // The last version is the register's own; before it duty comes and goes.
            let on = (index as i64 + version) % 2 == 0;
            let past = if on { Duty::Valid } else { Duty::Interrupted };
            UnitChange {
                unit: Unit { duty: if version + 1 == VERSIONS { unit.duty } else { past }, ..unit.clone() },
                connection_provenance: Provenance::Observed,
                duty_provenance: Provenance::Reported,
                source: "bench".to_owned(),
            }
        };
        let changes: Vec<UnitChange> = units.iter().enumerate().map(change).collect();
        store.apply_units(&PLATFORM, &changes, None, day(version * DAYS / VERSIONS)).await?;
        if version == 0 {
            let id = || RegisterChangeId(Uuid::nil());
            store.register_new_units(&PLATFORM, true, day(0), "bench", id).await?;
        }
    }
    for (index, unit) in units.iter().enumerate().step_by(10) {
        raise(store, unit.id, index as i64).await?;
    }
    Ok(())
}

/// One alarm of the last month.
async fn raise(store: &Store, unit_id: UnitId, number: i64) -> Result<(), Failure> {
    let at = day(DAYS - 30) + SignedDuration::from_secs(number);
    let id = AlarmId(Uuid::from_u128((1 << 100) | u128::from(number.unsigned_abs())));
    let alarm = Alarm {
        id,
        code: AlarmCode::F02,
        level: AlarmCode::F02.default_level(),
        state: AlarmState::Waiting,
        marks: vec![],
        drill: false,
        unit_id,
        camera_id: None,
        source: Source::Ai,
        owner_id: None,
        handler_id: None,
        times: Times::raised(at, at),
        false_alarm_reason: None,
        has_result_picture: false,
        version: 0,
    };
    let new = NewAlarm {
        alarm: alarm.clone(),
        score: None,
        boxes: vec![],
        note: None,
        simulated: true,
        observation_id: id.0,
        model: None,
        silence_id: None,
        detector: None,
        told_again: None,
    };
    store
        .raise_alarm(
            &PLATFORM,
            &new,
            JoinRule { window: SignedDuration::ZERO, fuse_within: SignedDuration::ZERO },
        )
        .await?;
    let taken_at = at + SignedDuration::from_secs(30);
    let change = decide(&alarm, AlarmEvent::Take, None, None, taken_at)?;
    let step = StepRecord { at: taken_at, event: AlarmEvent::Take, actor_id: None, note: None, reason: None };
    store.change_alarm(&PLATFORM, id, 0, &change, &step).await?;
    Ok(())
}
