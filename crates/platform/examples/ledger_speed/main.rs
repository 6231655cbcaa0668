//! The ledger of duty of a province on a real store: what a minute's round costs, a unit's day put together, a whole day's coverage, closing a day,
//! counting the five conditions, and how many bytes a day leaves.
//!
//! `cargo run --profile demo -p watchfire-platform --example ledger_speed -- [--units N] [--rooms N]`, on SQLite in a temporary folder, or on the
//! PostgreSQL of `WATCHFIRE_TEST_POSTGRES_URL` where that is set. Half the rooms miss somebody ten times a day, the others never.
#![expect(clippy::print_stdout, reason = "prints what it measured")]

extern crate watchfire_platform as platform;

mod world;

use std::time::{Duration, Instant};

use domain::beijing::{begin_of, day_after};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use platform::Ask;
use platform::rows::DutyStandingFilter;
use platform::rows::PageAsk;
use world::World;

type Failure = Box<dyn std::error::Error>;

/// Rounds of which the mean is told.
const ROUNDS: u32 = 10;
/// Days that are closed.
const DAYS: i32 = 8;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let (units, rooms) = options()?;
    let start = Instant::now();
    let world = World::open(units, rooms).await?;
    println!(
        "{}: {} units, {} rooms, ready after {:.0?}",
        world.database,
        world.units.len(),
        world.rooms.len(),
        start.elapsed()
    );

    running_day(&world).await?;
    closed_days(&world).await?;
    let last = day_after(world.first, DAYS - 1);
    what_follows(&world, last, begin_of(day_after(last, 1)) + SignedDuration::from_hours(6)).await
}

/// What is asked of a day that runs.
async fn running_day(world: &World) -> Result<(), Failure> {
    let first = world.first;
    let noon = begin_of(first) + SignedDuration::from_hours(23);
    world.show(first, noon).await?;
    let (mut wall, cpu) = (Duration::ZERO, cpu_ms());
    for minute in 0..ROUNDS {
        let now = noon + SignedDuration::from_mins(i64::from(minute));
        let begun = Instant::now();
        world.platform.keep_rooms(now).await?;
        wall += begun.elapsed();
    }
    let cpu = (cpu_ms() - cpu) as f64 / f64::from(ROUNDS);
    println!(
        "a minute's round of {} rooms: {:.1?}, {cpu:.0} ms of processor, {:.2} % of one core",
        world.rooms.len(),
        wall / ROUNDS,
        cpu / 600.0
    );

    let ask = Ask::platform(noon);
    let begun = Instant::now();
    let sum = world.platform.ledger_coverage(&ask, first).await?.units;
    println!(
        "coverage of the running day: {:.1?} ({} units, {} of {} minutes proved)",
        begun.elapsed(),
        sum.days,
        sum.proven,
        sum.required
    );
    let begun = Instant::now();
    for unit in world.units.iter().cycle().step_by(97).take(ROUNDS as usize) {
        world.platform.unit_ledger(&ask, *unit, first, first).await?;
    }
    println!("a unit's running day put together: {:.1?}", begun.elapsed() / ROUNDS);
    Ok(())
}

/// Days closed, and what they leave.
async fn closed_days(world: &World) -> Result<(), Failure> {
    let first = world.first;
    let size = world.bytes()?;
    let (mut closing, mut cpu) = (Duration::ZERO, cpu_ms());
    for days in 0..DAYS {
        let day = day_after(first, days);
        let at = begin_of(day_after(day, 1)) + SignedDuration::from_hours(5);
        world.show(day, at).await?;
        let begun = Instant::now();
        world.platform.close_ledger_days(at).await?;
        closing += begun.elapsed();
    }
    cpu = (cpu_ms() - cpu) / u64::from(DAYS.unsigned_abs());
    println!("a day closed: {:.1?}, {cpu} ms of processor", closing / DAYS.unsigned_abs());
    if let (Some(before), Some(after)) = (size, world.bytes()?) {
        let day = (after - before) / u64::from(DAYS.unsigned_abs());
        println!(
            "a day leaves {day} bytes, {} a unit; a year {:.2} GB",
            day / world.units.len() as u64,
            day as f64 * 365.0 / 1e9
        );
    }
    Ok(())
}

/// What is asked of closed days.
async fn what_follows(world: &World, last: Date, now: Timestamp) -> Result<(), Failure> {
    let ask = Ask::platform(now);
    let begun = Instant::now();
    let sum = world.platform.ledger_coverage(&ask, last).await?.units;
    println!("coverage of a closed day: {:.1?} ({} units)", begun.elapsed(), sum.days);
    let begun = Instant::now();
    world.platform.unit_ledger(&ask, world.units[0], world.first, last).await?;
    println!("{DAYS} closed days of a unit read: {:.1?}", begun.elapsed());
    for turn in ["first", "again"] {
        let (begun, cpu) = (Instant::now(), cpu_ms());
        world.platform.count_standings(now).await?;
        println!(
            "five conditions of all units, {turn}: {:.1?}, {} ms of processor",
            begun.elapsed(),
            cpu_ms() - cpu
        );
    }
    let page =
        world.platform.duty_standings(&ask, &DutyStandingFilter::default(), &PageAsk::first(1)).await?;
    println!(
        "met by the first unit: {:?}",
        page.items.first().map(|one| (one.standing.met, one.standing.state))
    );
    let begun = Instant::now();
    let proof = world.platform.verify_ledger_day(&ask, last).await?;
    println!(
        "every link of a day computed again: {:.1?}, right: {}",
        begun.elapsed(),
        proof.is_day_right && proof.faults.is_empty()
    );
    Ok(())
}

fn options() -> Result<(usize, usize), Failure> {
    let (mut units, mut rooms) = (12_000, 600);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = words.next().ok_or("a number is missing")?.parse()?;
        match word.as_str() {
            "--units" => units = number,
            "--rooms" => rooms = number,
            other => return Err(format!("unknown: {other}").into()),
        }
    }
    Ok((units, rooms))
}

/// Processor time of this process so far, milliseconds; ticks are hundredths of a second on Linux.
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let field =
        |number: usize| after_name.split_whitespace().nth(number).and_then(|word| word.parse::<u64>().ok());
    (field(11).unwrap_or_default() + field(12).unwrap_or_default()) * 10
}
