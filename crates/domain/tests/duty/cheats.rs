//! The tricks of §3.5 of the domain notes, played for two weeks or for one night.

use jiff::Timestamp;
use watchfire_domain::duty::falsehood::answers::{Answer, auto_answer};
use watchfire_domain::duty::falsehood::pictures::{PictureHash, mannequin, replay};
use watchfire_domain::duty::falsehood::places::{Sighting, two_places};
use watchfire_domain::duty::presence::{Sample, Seen, pardon_breaks, verdict};
use watchfire_domain::duty::roll_call::code::{BlockColour, Code, CodeVerdict, ReadCode, code_of, judge};
use watchfire_domain::ids::{DutyRoomId, StaffId};
use watchfire_domain::recording::Span;

use super::numbers::Numbers;

type Trick = (&'static str, fn(&mut Numbers) -> bool, u64);

/// Name, one case (true: caught), and the share that has to be caught, percent.
pub const TRICKS: [Trick; 12] = [
    ("a program answers after a fixed time (42 answers)", fixed_delay, 100),
    ("a program answers at once (42 answers)", at_once, 100),
    ("a program with a random delay, three shifts in a row", never_sleeps, 90),
    // Nothing in the answers gives it away; what does is that no camera of the room sees its code.
    ("a program with a random delay, one shift: by its answers", random_delay, 0),
    ("the same: by the code that the room's camera does not see", no_screen, 100),
    ("one person answers for two rooms 40 min apart (one week)", two_rooms, 95),
    ("a film of 20 to 200 min shown all night", film, 100),
    ("yesterday's recording shown today: by its code", yesterday, 100),
    ("a mannequin for a guard, one night: suspicion", mannequin_all_night, 100),
    ("the same: the ledger's minutes (95 % unproved)", mannequin_minutes, 100),
    ("one of two goes home for the night: unproved minutes", one_at_home, 100),
    ("both leave for 22 to 80 minutes: unproved minutes", both_leave, 100),
];

fn at(s: i64) -> Timestamp {
    Timestamp::from_second(1_796_000_000 + s).expect("a moment of 2026")
}

/// Answers to 42 roll-calls of two weeks, at random moments of one person's shifts, with these delays.
fn answers(numbers: &mut Numbers, delay_ms: impl Fn(&mut Numbers) -> u64) -> Vec<Answer> {
    let one = |n: u64, numbers: &mut Numbers| {
        let second = (n / 3) * 86_400 + 8 * 3600 + numbers.below(8 * 3600);
        Answer { at: at(second as i64), after_ms: delay_ms(numbers) as u32 }
    };
    (0..42).map(|n| one(n, numbers)).collect()
}

fn fixed_delay(numbers: &mut Numbers) -> bool {
    let delay = numbers.between(1_200, 8_000);
    // A network's jitter is on top.
    auto_answer(&answers(numbers, |numbers| delay + numbers.between(0, 40))).is_some()
}

fn at_once(numbers: &mut Numbers) -> bool {
    auto_answer(&answers(numbers, |numbers| numbers.between(30, 700))).is_some()
}

fn random_delay(numbers: &mut Numbers) -> bool {
    auto_answer(&answers(numbers, |numbers| numbers.between(1_500, 6_000))).is_some()
}

/// Roll-calls every two to three and a half hours, all answered by one account.
fn never_sleeps(numbers: &mut Numbers) -> bool {
    let mut second = 0;
    let mut all = Vec::new();
    while second < 24 * 3600 {
        all.push(Answer { at: at(second), after_ms: numbers.between(1_500, 6_000) as u32 });
        second += numbers.between(7_200, 12_600) as i64;
    }
    auto_answer(&all).is_some()
}

fn code(step: i64, numbers_seed: u64) -> Code {
    let mut numbers = Numbers::new(numbers_seed ^ step.unsigned_abs());
    code_of(&std::array::from_fn(|_| numbers.bits() as u8))
}

/// No code is read from a room without its screen; what noise looks like a digit is not the code.
fn no_screen(numbers: &mut Numbers) -> bool {
    let secret = numbers.bits();
    let digits = std::array::from_fn(|_| numbers.per_mille(100).then(|| numbers.below(10) as u8));
    let colours = std::array::from_fn(|_| numbers.per_mille(100).then_some(BlockColour::Red));
    judge(&ReadCode { colours, digits }, at(0), at(20), |step| code(step, secret)) != CodeVerdict::Seen
}

fn yesterday(numbers: &mut Numbers) -> bool {
    let secret = numbers.bits();
    let shown = code(at(-86_400).as_second() / 30, secret);
    let read = ReadCode { colours: shown.colours.map(Some), digits: shown.digits.map(Some) };
    let verdict = judge(&read, at(0), at(20), |step| code(step, secret));
    matches!(verdict, CodeVerdict::Old | CodeVerdict::Wrong)
}

/// Both rooms are asked three times a day at random moments; one person answers wherever it is asked.
fn two_rooms(numbers: &mut Numbers) -> bool {
    let sightings: Vec<_> = (0..7 * 6)
        .map(|n| Sighting {
            guard_id: StaffId(uuid::Uuid::from_u128(1)),
            at: at((n / 6 * 86_400 + numbers.below(86_400)) as i64),
            room_id: DutyRoomId(uuid::Uuid::from_u128(u128::from(n % 2))),
        })
        .collect();
    !two_places(&sightings, |_, _| 40).is_empty()
}

fn film(numbers: &mut Numbers) -> bool {
    let (length, first) = (numbers.between(20, 200), numbers.bits() >> 1);
    let picture = |minute: u64| PictureHash { at: at(minute as i64 * 60), hash: first + minute % length };
    replay(&(0..480).map(picture).collect::<Vec<_>>()).is_some()
}

fn mannequin_all_night(numbers: &mut Numbers) -> bool {
    let minutes = numbers.between(120, 480) as i64;
    mannequin(Span::new(at(0), at(minutes * 60)), 0).is_some()
}

/// Minutes of a night of eight hours that are not staffed, by what each shows.
fn unproved(minutes: impl Fn(u64) -> Sample) -> usize {
    let mut seen = [Some(Seen::Staffed); 1440];
    for minute in 0..480 {
        seen[minute as usize] = verdict(&[minutes(minute)], 2);
    }
    pardon_breaks(&mut seen);
    seen.iter().filter(|one| **one != Some(Seen::Staffed)).count()
}

/// Put there at the beginning of the night, beside a guard who moves now and then.
fn mannequin_minutes(numbers: &mut Numbers) -> bool {
    let awake = numbers.bits();
    let minutes = |minute: u64| {
        let mut sample = Sample::of_people(60, 2);
        sample.still_s[..2]
            .copy_from_slice(&[(minute * 60 + 60) as u16, 60 * (awake >> (minute % 60) & 1) as u16]);
        sample
    };
    unproved(minutes) >= 480 * 95 / 100
}

fn one_at_home(numbers: &mut Numbers) -> bool {
    let leaves = numbers.below(120);
    let found = unproved(|minute| Sample::of_people(60, if minute < leaves { 2 } else { 1 }));
    found as u64 == 480 - leaves
}

fn both_leave(numbers: &mut Numbers) -> bool {
    let (from, length) = (numbers.between(1, 300), numbers.between(22, 80));
    unproved(|minute| Sample::of_people(60, if (from..from + length).contains(&minute) { 0 } else { 2 }))
        as u64
        == length
}
