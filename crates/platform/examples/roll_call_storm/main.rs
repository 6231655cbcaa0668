//! Ten thousand duty rooms asked at once: how soon every seat hears, and how soon after the deadline everything is settled and raised.
//!
//! `cargo run --profile demo -p watchfire-platform --example roll_call_storm -- [--rooms N]`, on SQLite in a temporary folder, or on the
//! PostgreSQL of `WATCHFIRE_TEST_POSTGRES_URL` where that is set. As many seats wait as there are rooms; nobody answers. The clock is wound
//! forward to the deadline, then the platform looks at it as often as it does by itself. Everything runs in this one process; what a network
//! adds is not in the figures.
#![expect(clippy::print_stdout, reason = "prints what it measured")]

extern crate watchfire_platform as platform;

mod world;

use std::time::{Duration, Instant};

use domain::access::Access;
use domain::alarm::AlarmCode;
use platform::roll_calls::RollCallWish;
use platform::rows::{AlarmFilter, AlarmStates, PageAsk};
use tokio::task::JoinSet;

type Failure = Box<dyn std::error::Error>;

const ROOMS: usize = 10_000;
const MINUTES: u8 = 3;

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<(), Failure> {
    let rooms = match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => ROOMS,
        [word, number] if word == "--rooms" => number.parse()?,
        other => return Err(format!("unknown: {other:?}").into()),
    };
    let world = world::World::open(rooms).await?;
    println!("{}, {rooms} rooms", world.database);
    let mut seats = JoinSet::new();
    for room in world.rooms.clone() {
        let platform = world.platform.clone();
        seats.spawn(async move {
            let heard = platform.seat_calls(room, &[], platform::roll_calls::SEAT_WAIT_MAX).await;
            (Instant::now(), heard.is_ok_and(|calls| calls.len() == 1))
        });
    }
    // The first look at the clock after a start gives waiting calls more time; and every seat waits before anybody asks.
    world.platform.keep_roll_calls(world.now()).await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    let start = Instant::now();
    let wish = RollCallWish {
        rooms: Vec::new(),
        region_id: None,
        organisation_id: None,
        sample: None,
        minutes: Some(MINUTES),
        reason: "measured".to_owned(),
    };
    let round = world.platform.ask_rooms(&world.ask(), wish).await?;
    let asked = start.elapsed();
    let heard = seats.join_all().await;
    let last = heard
        .iter()
        .map(|(at, _)| *at)
        .max()
        .map_or(Duration::ZERO, |at| at.saturating_duration_since(start));
    let told = heard.iter().filter(|(_, is_told)| *is_told).count();
    println!(
        "asked: {} calls, answered to whoever asked after {:.2} s",
        round.counts[0],
        asked.as_secs_f64()
    );
    println!("heard: {told} seats, the last {:.2} s after the act", last.as_secs_f64());

    world.wind(i64::from(MINUTES) * 60 + 1);
    let start = Instant::now();
    let mut settled = None;
    loop {
        world.platform.keep_roll_calls(world.now()).await;
        let counts = world.platform.roll_call_round(&world.ask(), round.id).await?.counts;
        if counts[0] == 0 && settled.is_none() {
            settled = Some(start.elapsed());
        }
        if world.store.failed_duty_calls(1).await?.is_empty() {
            break;
        }
    }
    println!("settled: {:.2} s after the deadline was looked at", settled.unwrap_or_default().as_secs_f64());
    let filter =
        AlarmFilter { states: AlarmStates::Open, code: Some(AlarmCode::D06), ..AlarmFilter::default() };
    let alarms = world.store.alarms(&Access::PLATFORM, &filter, &PageAsk::first(1)).await?;
    let first = alarms.items.first().map(|row| row.unit_name.clone()).unwrap_or_default();
    println!(
        "raised: every failure is an alarm after {:.2} s (such as at {first})",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
