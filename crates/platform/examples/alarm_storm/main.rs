//! A storm of alarms: how many a second the desk takes, how soon the first channel has each, and whether any is lost or told twice.
//!
//! `cargo run --profile demo -p watchfire-platform --example alarm_storm -- [--rate N] [--seconds N] [--burst N]`, on SQLite in a
//! temporary folder, or on the PostgreSQL of `WATCHFIRE_TEST_POSTGRES_URL` where that is set. Alarms of two hundred schools in twenty
//! counties, each with a guard, are raised at the given rate (`--rate 0`: as fast as they are taken) and then, with `--burst`, all at
//! once by as many tasks. A webhook on this machine is the channel. Everything runs in this one process, the receiver too.
#![expect(clippy::print_stdout, reason = "prints what it measured")]

extern crate watchfire_platform as platform;

mod receiver;
mod world;

use std::time::{Duration, Instant};

use domain::alarm::{AlarmCode, Source};
use domain::ids::{AlarmId, UnitId};
use jiff::Timestamp;
use platform::Platform;
use platform::alarms::Reported;
use uuid::Uuid;

use receiver::Receiver;

type Failure = Box<dyn std::error::Error>;

/// Raisers at a time while a rate is held: what comes in while they wait for the store is late, and shows as a lower rate.
const RAISERS: usize = 256;
/// Longest wait until the channel has everything.
const DRAIN_MAX: Duration = Duration::from_mins(10);

struct Options {
    rate: u32,
    seconds: u32,
    burst: u32,
}

/// One raised alarm.
struct Taken {
    id: AlarmId,
    committed: Instant,
    took: Duration,
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<(), Failure> {
    let options = options()?;
    let receiver = Receiver::start().await?;
    let world = world::World::open(receiver.url()).await?;
    world.platform.start().await?;
    println!("{}", world.database);
    if options.seconds > 0 {
        let start = Instant::now();
        let taken = at_a_rate(&world.platform, &world.units, &options).await?;
        tell(&format!("{} a second for {} s", options.rate, options.seconds), &taken, start, &receiver).await;
    }
    if options.burst > 0 {
        let start = Instant::now();
        let taken = at_once(&world.platform, &world.units, options.burst).await?;
        tell(&format!("{} at once", options.burst), &taken, start, &receiver).await;
    }
    world.platform.stop().await;
    Ok(())
}

fn options() -> Result<Options, Failure> {
    let mut options = Options { rate: 100, seconds: 10, burst: 0 };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = words.next().ok_or("a number is missing")?.parse()?;
        match word.as_str() {
            "--rate" => options.rate = number,
            "--seconds" => options.seconds = number,
            "--burst" => options.burst = number,
            other => return Err(format!("unknown: {other}").into()),
        }
    }
    Ok(options)
}

async fn at_a_rate(platform: &Platform, units: &[UnitId], options: &Options) -> Result<Vec<Taken>, Failure> {
    let places = std::sync::Arc::new(tokio::sync::Semaphore::new(RAISERS));
    let start = Instant::now();
    let until = start + Duration::from_secs(u64::from(options.seconds));
    let mut raising = tokio::task::JoinSet::new();
    for number in 0.. {
        if options.rate > 0 {
            let due = start + Duration::from_secs_f64(f64::from(number) / f64::from(options.rate));
            tokio::time::sleep_until(due.into()).await;
        }
        if Instant::now() >= until {
            break;
        }
        let place = places.clone().acquire_owned().await?;
        let (platform, unit) = (platform.clone(), units[number as usize % units.len()]);
        raising.spawn(async move {
            let taken = raise(&platform, unit).await;
            drop(place);
            taken
        });
    }
    collected(raising).await
}

async fn at_once(platform: &Platform, units: &[UnitId], burst: u32) -> Result<Vec<Taken>, Failure> {
    let mut raising = tokio::task::JoinSet::new();
    for number in 0..burst as usize {
        let (platform, unit) = (platform.clone(), units[number % units.len()]);
        raising.spawn(async move { raise(&platform, unit).await });
    }
    collected(raising).await
}

async fn collected(raising: tokio::task::JoinSet<Result<Taken, String>>) -> Result<Vec<Taken>, Failure> {
    raising.join_all().await.into_iter().map(|one| one.map_err(Failure::from)).collect()
}

async fn raise(platform: &Platform, unit_id: UnitId) -> Result<Taken, String> {
    let start = Instant::now();
    let now = Timestamp::now();
    let report = Reported {
        code: AlarmCode::F02,
        unit_id,
        camera_id: None,
        source: Source::Device,
        occurred_at: now,
        note: None,
        simulated: true,
        observation_id: Uuid::now_v7(),
        detector: None,
    };
    let id = platform.raise_reported(report, now).await.map_err(|error| error.to_string())?;
    Ok(Taken { id, committed: Instant::now(), took: start.elapsed() })
}

/// Waits until the channel has everything, and prints.
async fn tell(what: &str, taken: &[Taken], start: Instant, receiver: &Receiver) {
    let raised_s =
        taken.iter().map(|one| one.committed).max().map_or(0.0, |last| (last - start).as_secs_f64());
    let arrived = receiver.wait_for(taken.iter().map(|one| one.id), start + DRAIN_MAX).await;
    let told_s = arrived.values().map(|one| one.first).max().map_or(0.0, |last| (last - start).as_secs_f64());
    let mut took: Vec<Duration> = taken.iter().map(|one| one.took).collect();
    let mut later: Vec<Duration> = taken
        .iter()
        .filter_map(|one| Some(arrived.get(&one.id)?.first.saturating_duration_since(one.committed)))
        .collect();
    let lost = taken.len() - later.len();
    let doubled = arrived.values().filter(|one| one.times > 1).count();
    println!(
        "{what}: {} alarms committed in {raised_s:.1} s, {:.0} a second",
        taken.len(),
        taken.len() as f64 / raised_s
    );
    println!("  raising: {}", quantiles(&mut took));
    println!("  from the commit to the channel: {}; the last after {told_s:.1} s", quantiles(&mut later));
    println!("  lost {lost}, told twice {doubled}");
}

fn quantiles(all: &mut [Duration]) -> String {
    all.sort_unstable();
    let at =
        |share: f64| all.get((all.len() as f64 * share) as usize).map_or(0.0, |one| one.as_secs_f64() * 1e3);
    format!("p50 {:.0} ms, p95 {:.0} ms, p99 {:.0} ms", at(0.5), at(0.95), at(0.99))
}
