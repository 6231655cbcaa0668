//! How long the rows of a million segments take to write, to find and to delete.
//!
//! `cargo run --release -p watchfire-store --example recording_speed [POSTGRES_URL]`, without a URL on SQLite in a temporary folder. 500
//! cameras of 50 units each write a minute, 2 000 times over, in batches of 500 rows with packed fragments of 240 bytes; then one row is
//! looked for among them in every way that the product asks. A tenth of the units keep 90 days, and 100 hours are pinned, so that the
//! oldest rows of all are not the ones that may go.
#![expect(clippy::print_stdout, reason = "prints what it measured")]

use std::time::{Duration, Instant};

use domain::access::{Access, Scope};
use domain::beijing::{begin_of, day_after, day_of};
use domain::category::Category;
use domain::ids::{CameraId, DiskId, PinId, UnitId, UserId};
use domain::place::PlaceType;
use domain::recording::{DeletionWhy, DiskState, FloorBasis, Retention, RetentionClass, Span};
use domain::register::regions::jiangxi_regions;
use domain::role::Role;
use domain::unit::{Connection, Duty, Provenance, Unit};
use jiff::{SignedDuration, Timestamp};
use store::{
    CameraRecord, CameraSource, Condemned, Database, DiskRecord, NewPin, NewSegment, PageAsk, SegmentAge,
    Store, StoreConfig, UnitChange,
};
use uuid::Uuid;

type Failure = Box<dyn std::error::Error>;

const CAMERAS: u128 = 500;
const CAMERAS_OF_UNIT: u128 = 10;
const MINUTES: i64 = 2_000;
const DISK: DiskId = DiskId(Uuid::from_u128(0x77));
const NOW_S: i64 = 1_795_392_000;
/// The first recording lies this many days back: everything is past the floor of 30 days, nothing past that of 90.
const AGE_DAYS: i32 = 40;

fn camera_id(n: u128) -> CameraId {
    CameraId(Uuid::from_u128(0x10_0000 + n))
}

fn unit_id(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(0x20_0000 + n / CAMERAS_OF_UNIT))
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("rows.sqlite");
    let database = match std::env::args().nth(1) {
        Some(url) => Database::Postgres { url },
        None => Database::Sqlite { path: path.clone() },
    };
    let store = Store::open(&StoreConfig { database, blobs: folder.path().join("blobs") }).await?;
    let now = Timestamp::from_second(NOW_S)?;
    furnish(&store, now).await?;
    let first = begin_of(day_after(day_of(now), -AGE_DAYS));
    println!("{}: {} segments", store.engine_name(), CAMERAS as i64 * MINUTES);
    write(&store, first).await?;
    if let Ok(size) = std::fs::metadata(&path) {
        println!("  file: {:.0} MB", size.len() as f64 / 1e6);
    }
    read(&store, first, now).await?;
    delete(&store, first, now).await?;
    store.close().await;
    Ok(())
}

/// Runs `work` five times and prints the median.
async fn looked<T, F: Future<Output = store::Result<T>>>(
    what: &str,
    work: impl Fn() -> F,
) -> Result<T, Failure> {
    let mut done = work().await?;
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        done = work().await?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!("  {what}: {:.2} ms", ms(times[2]));
    Ok(done)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

async fn furnish(store: &Store, now: Timestamp) -> Result<(), Failure> {
    let regions = jiangxi_regions();
    store.replace_regions(&regions).await?;
    let region_id = regions.last().ok_or("no region")?.id;
    let unit = |n| UnitChange {
        unit: Unit {
            id: unit_id(n),
            name: format!("学校 {n}"),
            category: Category::BoardingSchool,
            region_id,
            ownership: None,
            study_level: None,
            boarding: true,
            school_code: None,
            connection: Connection::Connected,
            duty: Duty::Valid,
            synthetic: true,
        },
        connection_provenance: Provenance::Observed,
        duty_provenance: Provenance::Observed,
        source: "synthetic".to_owned(),
    };
    let units: Vec<UnitChange> = (0..CAMERAS).step_by(CAMERAS_OF_UNIT as usize).map(unit).collect();
    store.apply_units(&Access::PLATFORM, &units, None, now).await?;
    for n in 0..CAMERAS {
        let camera = CameraRecord {
            id: camera_id(n),
            unit_id: unit_id(n),
            name: format!("摄像机 {n}"),
            place_type: PlaceType::Gate,
            source: CameraSource::Rtsp {
                address: "rtsp://192.0.2.7/".to_owned(),
                user_name: None,
                sub_address: None,
                onvif_address: None,
                sealed_password: None,
            },
            watch_enabled: false,
            disabled: false,
            simulated: true,
            is_recorded: None,
            recorded_since: None,
            created_at: now,
        };
        store.add_camera(&Access::PLATFORM, &camera, None, now).await?;
    }
    let disk = DiskRecord {
        id: DISK,
        name: "one".to_owned(),
        folder: "/media/one".to_owned(),
        quota_bytes: 1 << 50,
        head_room_bytes: 0,
        state: DiskState::Active,
        bucket: None,
    };
    store.add_disk(&disk, None, now).await?;
    let key_target = Retention::of_class(FloorBasis::KeyTarget, RetentionClass::Days90)?;
    for n in (0..CAMERAS).step_by(10 * CAMERAS_OF_UNIT as usize) {
        store.set_unit_retention(&Access::PLATFORM, unit_id(n), &key_target, None, now).await?;
    }
    Ok(())
}

async fn write(store: &Store, first: Timestamp) -> Result<(), Failure> {
    let start = Instant::now();
    let mut slowest = Duration::ZERO;
    for minute in 0..MINUTES {
        let begins = first + SignedDuration::from_mins(minute);
        let batch: Vec<NewSegment> = (0..CAMERAS)
            .map(|n| NewSegment {
                camera_id: camera_id(n),
                disk_id: DISK,
                start_at: begins + SignedDuration::from_millis(n as i64 * 100),
                end_at: begins + SignedDuration::from_millis(n as i64 * 100 + 60_000),
                size_bytes: 15_000_000,
                is_open: false,
                fragments: vec![7; 240],
            })
            .collect();
        let one = Instant::now();
        store.write_segments(&batch, &[]).await?;
        slowest = slowest.max(one.elapsed());
    }
    let took = start.elapsed();
    let rate = CAMERAS as f64 * MINUTES as f64 / took.as_secs_f64();
    let mean = ms(took) / MINUTES as f64;
    println!("  written: {rate:.0} rows/s, a batch of {CAMERAS} {mean:.1} ms, slowest {:.0} ms", ms(slowest));
    Ok(())
}

async fn read(store: &Store, first: Timestamp, now: Timestamp) -> Result<(), Failure> {
    let hours = |from: i64, until: i64| {
        Span::new(first + SignedDuration::from_hours(from), first + SignedDuration::from_hours(until))
    };
    let mine = Access::person(UserId(Uuid::nil()), Role::Unit, Scope::Unit(unit_id(255)));
    let camera = camera_id(255);
    let page = PageAsk::first(200);
    let hour = hours(12, 13);
    let found =
        looked("an hour of a camera, 61 rows", async || store.segments(&mine, camera, &hour, &page).await);
    let key = found.await?.items.first().ok_or("nothing found")?.key;
    looked("one segment with its fragments", async || store.segment(&mine, key).await).await?;
    let day = hours(0, 24);
    looked("time line of a day, 1 441 rows", async || store.recorded_spans(&mine, camera, &day).await)
        .await?;
    let first_page = PageAsk::first(50);
    looked("what goes next, 500 cameras", async || {
        store.next_deletions(&Access::PLATFORM, now, &first_page).await
    })
    .await?;
    let window = (day_of(first), day_after(day_of(first), 2));
    looked("kept minutes of 20 cameras, 40 000 rows", async || {
        store.count_kept_days(window, None, now).await
    })
    .await?;
    looked("counting a disk again", async || store.recount_disk(DISK).await).await?;
    Ok(())
}

async fn delete(store: &Store, first: Timestamp, now: Timestamp) -> Result<(), Failure> {
    let when = (now, day_of(now));
    for (what, age) in
        [("oldest 500 past their floor", SegmentAge::PastFloor), ("oldest 500", SegmentAge::Any)]
    {
        looked(what, async || store.oldest_segments(DISK, age, when, None, 500).await).await?;
    }
    for n in 0..100 {
        let pin = NewPin {
            id: PinId(Uuid::from_u128(n)),
            unit_id: unit_id(n * 5),
            camera_id: camera_id(n * 5),
            span: Span::new(first, first + SignedDuration::from_hours(1)),
            reason: "evidence".to_owned(),
            alarm_id: None,
            keep_until: now + SignedDuration::from_hours(24),
        };
        store.add_pin(&Access::PLATFORM, &pin, now).await?;
    }
    looked("oldest 500 past their floor, 100 hours pinned", async || {
        store.oldest_segments(DISK, SegmentAge::PastFloor, when, None, 500).await
    })
    .await?;
    looked("5 000 over their ceiling", async || store.segments_over_ceiling(now, when.1).await).await?;
    let start = Instant::now();
    let over = store.segments_over_ceiling(now, when.1).await?;
    let keys: Vec<_> = over.iter().map(|one| one.key).collect();
    let condemned = Condemned { keys: &keys, why: DeletionWhy::Ceiling, below_floor: false, at: now };
    let gone = store.condemn_segments(&condemned).await?;
    println!("  finding and condemning {gone}: {:.0} ms", ms(start.elapsed()));
    let start = Instant::now();
    let gone = store.forget_garbage(DISK, &keys, now).await?;
    println!("  forgetting {gone}: {:.0} ms", ms(start.elapsed()));
    Ok(())
}
