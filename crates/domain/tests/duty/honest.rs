//! Honest days of a duty room of two, as a simulation invents them.
//!
//! Assumed: three shifts of two guards. Each leaves for one to five minutes up to three times a shift, mostly not while the other is away. At
//! night they are drowsy: seven times an hour one of them does not move for a stretch, three minutes long on the average. Relief comes between ten
//! minutes early and twelve minutes late, and one of the old shift waits for it. The camera fails every other day for up to twenty minutes.
//! A roll-call is answered in two to four seconds by who sits at the screen and later by who comes back to it; one in a hundred is overheard
//! and answered after five to ten minutes. A recorder that restarts sends the same stored picture.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use watchfire_domain::beijing::{begin_of, day_after};
use watchfire_domain::duty::falsehood::answers::Answer;
use watchfire_domain::duty::falsehood::pictures::PictureHash;
use watchfire_domain::duty::falsehood::places::Sighting;
use watchfire_domain::duty::ledger::{Facts, MinuteState, judge_day};
use watchfire_domain::duty::minutes::Minutes;
use watchfire_domain::duty::presence::{PictureState, Sample, pardon_breaks, verdict};
use watchfire_domain::duty::roll_call::schedule::{ScheduleRules, seconds_of};
use watchfire_domain::ids::{DutyRoomId, StaffId};
use watchfire_domain::recording::Span;

use super::numbers::Numbers;

/// Minutes from one room of an organisation to the other, in which a guard has a shift now and then.
pub const WAY_MINUTES: u32 = 40;
const FIRST_DAY: Date = date(2026, 12, 1);

/// A room with the memory that goes over midnight.
pub struct Room {
    id: DutyRoomId,
    unseen: u16,
    answers: BTreeMap<StaffId, Vec<Answer>>,
    /// Where guards were proved to be.
    pub sightings: Vec<Sighting>,
    guards: Vec<Person>,
}

/// How quickly somebody answers.
struct Person {
    id: StaffId,
    fastest_ms: u64,
    mean_more_ms: f64,
}

/// A stretch without movement of one shape.
pub struct Still {
    /// When.
    pub span: Span,
    /// Calls to it that were not answered.
    pub unanswered: u32,
}

/// A day as the platform sees it.
pub struct Day {
    /// Its 24 hours.
    pub span: Span,
    /// What each minute is worth.
    pub ledger: [MinuteState; 1440],
    /// One picture a minute.
    pub pictures: Vec<PictureHash>,
    /// Stretches without movement.
    pub still: Vec<Still>,
    /// Roll-calls made.
    pub asked: u32,
    /// Of these, answered in time.
    pub answered: u32,
}

impl Room {
    /// A room with eight guards of its own.
    pub fn new(numbers: &mut Numbers) -> Self {
        let person = |numbers: &mut Numbers| Person {
            id: StaffId(uuid::Uuid::from_u128(u128::from(numbers.bits()))),
            fastest_ms: numbers.between(1_400, 2_400),
            mean_more_ms: numbers.between(800, 3_000) as f64,
        };
        Self {
            id: DutyRoomId(uuid::Uuid::from_u128(u128::from(numbers.bits()))),
            unseen: 0,
            answers: BTreeMap::new(),
            sightings: Vec::new(),
            guards: (0..8).map(|_| person(numbers)).collect(),
        }
    }

    /// The answers of each guard.
    pub fn answers(&self) -> impl Iterator<Item = (&StaffId, &Vec<Answer>)> {
        self.answers.iter()
    }
}

/// One person of a shift, minute by minute.
struct Presence {
    there: [bool; 1440],
    still: [bool; 1440],
}

impl Presence {
    /// For how many minutes in a row nothing has moved, this one included.
    fn still_minutes(&self, minute: usize) -> u16 {
        self.still[..=minute].iter().rev().take_while(|is| **is).count() as u16
    }
}

/// A day of a room.
pub fn day_of_room(room: &mut Room, number: u64, numbers: &mut Numbers) -> Day {
    let day = day_after(FIRST_DAY, number as i32);
    let at = |minute: u64| begin_of(day) + SignedDuration::from_mins(minute as i64);
    let people = [person_day(numbers), person_day(numbers)];
    let people = keep_one_there(people, numbers);
    let down = camera_outage(numbers);
    let mut seen = [None; 1440];
    for (minute, seen) in seen.iter_mut().enumerate() {
        let mut sample = Sample::of_people(60, 0);
        for person in people.iter().filter(|person| person.there[minute]) {
            sample.still_s[usize::from(sample.people)] = 60 * person.still_minutes(minute);
            sample.people += 1;
        }
        if down.contains(&minute) {
            sample.picture = PictureState::Down;
        }
        *seen = verdict(&[sample], 2);
    }
    pardon_breaks(&mut seen);
    let calls = roll_calls(room, day, number, &people, numbers);
    let facts = Facts {
        rostered: Minutes::ALL,
        seen,
        active: busy_at_the_seat(numbers),
        broken: Minutes::touched(day, &calls.unproved),
        exempt: Minutes::NONE,
        claimed: Minutes::ALL,
        unseen_before: room.unseen,
    };
    let judged = judge_day(&facts);
    room.unseen = judged.unseen_after;
    let pictures = (0..1440)
        .map(|minute| PictureHash { at: at(minute), hash: picture_hash(minute, &down, numbers) })
        .collect();
    let still = people
        .iter()
        .flat_map(|one| still_runs(&one.still, at))
        .map(|span| Still { span, unanswered: calls.unanswered_in(span) });
    Day {
        span: Span::new(at(0), at(1440)),
        ledger: judged.states,
        pictures,
        still: still.collect(),
        asked: calls.asked,
        answered: calls.in_time,
    }
}

/// One place of the two: three people after each other.
fn person_day(numbers: &mut Numbers) -> Presence {
    let mut presence = Presence { there: [true; 1440], still: [false; 1440] };
    for shift in 0..3 {
        for _ in 0..numbers.between(1, 3) {
            let (from, length) = (shift * 480 + numbers.between(10, 460), numbers.between(1, 5));
            presence.there[from as usize..(from + length) as usize].fill(false);
        }
    }
    for minute in 0..1440 {
        let is_night = minute < 360;
        if presence.there[minute] && numbers.per_mille(if is_night { 58 } else { 20 }) {
            let mean = if is_night { 3.0 } else { 1.5 };
            let end = (minute + 1 + numbers.exponential(mean) as usize).min(1440);
            presence.still[minute..end].fill(true);
        }
    }
    presence
}

/// The other waits with a break until the first is back, nine times in ten; and one of the old shift waits for a relief that is late.
fn keep_one_there(mut people: [Presence; 2], numbers: &mut Numbers) -> [Presence; 2] {
    for minute in 0..1440 {
        if !people[0].there[minute] && !people[1].there[minute] && numbers.per_mille(900) {
            people[1].there[minute] = true;
        }
    }
    for change in [480, 960] {
        let late = numbers.between(0, 22).saturating_sub(10);
        people[0].there[change..change + late as usize].fill(false);
        people[1].there[change - 2..change + late as usize + 2].fill(true);
    }
    people
}

fn camera_outage(numbers: &mut Numbers) -> std::ops::Range<usize> {
    if numbers.per_mille(500) {
        let from = numbers.below(1400) as usize;
        from..from + numbers.between(1, 20) as usize
    } else {
        0..0
    }
}

/// Both work at the seat most of the time; whole quarters of an hour pass without.
fn busy_at_the_seat(numbers: &mut Numbers) -> Minutes {
    let mut active = Minutes::NONE;
    for quarter in 0..96_u16 {
        if numbers.per_mille(700) {
            active.insert(quarter * 15, quarter * 15 + 15);
        }
    }
    active
}

/// Noise makes every picture new; after an outage the recorder sends a stored one for three minutes.
fn picture_hash(minute: u64, down: &std::ops::Range<usize>, numbers: &mut Numbers) -> u64 {
    let end = down.end as u64;
    if !down.is_empty() && (end..end + 3).contains(&minute) { 1 } else { numbers.bits() }
}

fn still_runs(still: &[bool; 1440], at: impl Fn(u64) -> Timestamp) -> Vec<Span> {
    let mut runs = Vec::new();
    let mut minute = 0;
    while minute < 1440 {
        let length = still[minute..].iter().take_while(|is| **is).count();
        if length > 0 {
            runs.push(Span::new(at(minute as u64), at((minute + length) as u64)));
        }
        minute += length.max(1);
    }
    runs
}

/// The roll-calls of a day.
struct Calls {
    asked: u32,
    in_time: u32,
    unproved: Vec<Span>,
}

impl Calls {
    fn unanswered_in(&self, span: Span) -> u32 {
        self.unproved.iter().filter(|one| !one.overlap(&span).is_empty()).count() as u32
    }
}

fn roll_calls(
    room: &mut Room,
    day: Date,
    number: u64,
    people: &[Presence; 2],
    numbers: &mut Numbers,
) -> Calls {
    let seed = std::array::from_fn(|_| numbers.bits() as u8);
    let digest = |bytes: &[u8]| mix(bytes);
    let mut calls = Calls { asked: 0, in_time: 0, unproved: Vec::new() };
    for second in seconds_of(&seed, day, room.id, &ScheduleRules::default(), &digest) {
        let minute = (second / 60) as usize;
        let asked_at = begin_of(day) + SignedDuration::from_secs(i64::from(second));
        let shift = (number * 3 + u64::from(second) / 28_800) % 4;
        let place = usize::from(!people[0].there[minute]);
        let person = &room.guards[shift as usize * 2 + place];
        let at_once = people[place].there[minute];
        let back_ms = if at_once { 0 } else { numbers.between(10_000, 170_000) };
        let overheard_ms = if numbers.per_mille(10) { numbers.between(300_000, 600_000) } else { 0 };
        let after_ms =
            person.fastest_ms + numbers.exponential(person.mean_more_ms) as u64 + back_ms + overheard_ms;
        let at = asked_at + SignedDuration::from_millis(after_ms as i64);
        calls.asked += 1;
        if after_ms <= 180_000 {
            calls.in_time += 1;
        } else {
            calls.unproved.push(Span::new(asked_at, at));
        }
        room.answers.entry(person.id).or_default().push(Answer { at, after_ms: after_ms as u32 });
        room.sightings.push(Sighting { guard_id: person.id, at, room_id: room.id });
    }
    // Now and then somebody has the next shift in another room, an hour's way and a meal later.
    if numbers.per_mille(100) {
        let guard_id = room.guards[(number * 3 % 4) as usize * 2].id;
        let last = room.sightings.iter().filter(|one| one.guard_id == guard_id).map(|one| one.at).max();
        if let Some(at) = last {
            let later = at + SignedDuration::from_mins(i64::from(WAY_MINUTES) + numbers.below(60) as i64);
            room.sightings.push(Sighting {
                guard_id,
                at: later,
                room_id: DutyRoomId(uuid::Uuid::from_u128(2)),
            });
        }
    }
    calls
}

/// Any well-mixed function serves here; the product hands in SHA-256.
fn mix(bytes: &[u8]) -> [u8; 32] {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut numbers = Numbers::new(state);
    std::array::from_fn(|_| numbers.bits() as u8)
}
