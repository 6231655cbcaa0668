//! Thousands of simulated days of duty: how often honest guards are accused, and how many tricks are caught.
//!
//! What people do here is invented (see [`honest`]); the printed figures say how the rules behave under these assumptions and are no
//! measurement of real rooms. `cargo test -p watchfire-domain --test duty -- --nocapture` prints them.

#[path = "duty/cheats.rs"]
mod cheats;
#[path = "duty/honest.rs"]
mod honest;
#[path = "duty/numbers.rs"]
mod numbers;

use honest::{Room, day_of_room};
use numbers::Numbers;
use watchfire_domain::duty::effective::reaches;
use watchfire_domain::duty::falsehood::answers::auto_answer;
use watchfire_domain::duty::falsehood::pictures::{mannequin, replay};
use watchfire_domain::duty::falsehood::places::{too_many_units, two_places};
use watchfire_domain::duty::ledger::MinuteState;
use watchfire_domain::figures::Ratio;

const SEED: u64 = 20_261_201;
/// Rooms, each watched for two weeks.
const ROOMS: u64 = 200;
const DAYS: u64 = 14;

#[test]
fn honest_guards_are_not_accused_and_their_days_are_proved() {
    let mut accused = [0_u32; 5];
    let (mut minutes, mut weeks, mut weeks_met, mut worst) =
        ([0_u64; MinuteState::ALL.len()], 0_u32, 0_u32, 10_080_u64);
    let (mut answered, mut asked) = (0, 0);
    for room in 0..ROOMS {
        let mut numbers = Numbers::new(SEED + room);
        let mut room = Room::new(&mut numbers);
        let mut proven = Vec::new();
        for day in 0..DAYS {
            let seen = day_of_room(&mut room, day, &mut numbers);
            for state in seen.ledger {
                minutes[state as usize] += 1;
            }
            proven.push(seen.ledger.iter().filter(|state| state.is_proven()).count() as u64);
            accused[0] += u32::from(replay(&seen.pictures).is_some());
            let still = |run: &honest::Still| mannequin(run.span, run.unanswered).is_some();
            accused[1] += seen.still.iter().filter(|run| still(run)).count() as u32;
            accused[2] += u32::from(too_many_units(seen.span, 400, 2).is_some());
            (answered, asked) = (answered + seen.answered, asked + seen.asked);
        }
        accused[3] += room.answers().filter(|(_, answers)| auto_answer(answers).is_some()).count() as u32;
        accused[4] += two_places(&room.sightings, |_, _| honest::WAY_MINUTES).len() as u32;
        for week in proven.windows(7) {
            let sum: u64 = week.iter().sum();
            weeks += 1;
            weeks_met += u32::from(reaches(Ratio::new(sum, 10_080), 95));
            worst = worst.min(sum);
        }
    }
    let days = ROOMS * DAYS;
    let share = |count: u64| count as f64 * 100.0 / (days * 1440) as f64;
    println!(
        "seed {SEED}: {ROOMS} rooms of two guards, {days} honest room-days, {asked} roll-calls, {answered} in time"
    );
    for state in MinuteState::ALL {
        println!("  {:<18} {:7.3} % of minutes", state.as_str(), share(minutes[state as usize]));
    }
    println!(
        "  weeks proved for 95 %: {weeks_met} of {weeks}, worst {:.2} %",
        worst as f64 * 100.0 / 10_080.0
    );
    println!(
        "  accusations: replay {}, mannequin {}, too many units {} (room-days); program {} (guards); two places {} (guards)",
        accused[0], accused[1], accused[2], accused[3], accused[4]
    );
    assert!(accused[0] == 0 && accused[2] == 0 && accused[4] == 0, "{accused:?}");
    assert!(accused[1] <= 3, "at most one of a thousand room-days is taken for a mannequin: {accused:?}");
    assert_eq!(accused[3], 0, "no honest guard answers like a program");
    assert!(weeks_met * 100 >= weeks * 99, "an honest week is effective");
    assert!(answered * 100 >= asked * 95);
}

#[test]
fn most_tricks_are_caught_within_two_weeks_and_the_rest_is_named() {
    const CASES: u64 = 300;
    let mut numbers = Numbers::new(SEED);
    println!("seed {SEED}: caught of {CASES} each");
    for (name, trick, at_least) in cheats::TRICKS {
        let caught = (0..CASES).filter(|_| trick(&mut numbers)).count() as u64;
        println!("  {name:<58} {:5.1} %", caught as f64 * 100.0 / CASES as f64);
        assert!(caught * 100 >= CASES * at_least, "{name}: {caught} of {CASES}, expected {at_least} %");
    }
}
