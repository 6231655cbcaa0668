//! Rosters (排班): who should be in which duty room when, and everything that is wrong with it.
//!
//! A roster is a list of shifts. [`check`] finds each problem with its stretch, person, and the two numbers that make it one. Some problems
//! only need a look (too little rest); others mean that a stretch is not covered, and then the roster is not complete. A shift counts
//! towards the head-count only where it can be worked: within eight hours, by a person whose certificate is valid and who is in no other
//! room at that time. A person who is in two rooms at once counts in neither until the roster is put right.
//!
//! Who is on the staff is the caller's business: guards that are not handed in are unknown and count nowhere.

pub mod head_count;
mod rest;
pub mod shift;
pub mod stand_in;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::duty::minutes::Minutes;
use crate::ids::{DutyRoomId, StaffId};
use crate::recording::{Span, overlap, subtract, union};
use crate::words::words;

pub use head_count::{HeadCount, HeadCountError, HeadCountRule, LegalBasis, RoomKind, required};
pub use shift::{Guard, RestRules, Shift, minutes_of, week_from};
pub use stand_in::{StandIn, StandInRefusal, stand_in, swap};

/// What is wrong with a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// Nobody who counts, for a stretch.
    Nobody,
    /// Fewer people than required, for a stretch.
    TooFew,
    /// The shift ends before or when it begins.
    Reversed,
    /// It does not begin and end with a minute.
    PartOfMinute,
    /// The shift is longer than eight hours.
    TooLong,
    /// One person in two rooms at once.
    TwoRooms,
    /// One person twice in the same room at once.
    Doubled,
    /// The person is not on the staff.
    Unknown,
    /// No certificate, or one that ends before the shift does.
    NotCertified,
    /// Too little rest between two shifts.
    LittleRest,
    /// Too many hours in seven days.
    LongWeek,
    /// No day of rest in seven days.
    NoRestDay,
}

words! { ProblemKind:
    Nobody = "nobody", "无人排班", "Nobody on the roster";
    TooFew = "too_few", "排班人数不足", "Too few on the roster";
    Reversed = "reversed", "班次起止时间颠倒", "The shift ends before it begins";
    PartOfMinute = "part_of_minute", "班次起止不是整分钟", "The shift does not begin and end with a minute";
    TooLong = "too_long", "单班超过8小时", "Shift longer than eight hours";
    TwoRooms = "two_rooms", "一人同时排在两个值班室", "One person in two rooms at once";
    Doubled = "doubled", "同一人班次重叠", "One person twice in a room at once";
    Unknown = "unknown", "非在册值班员", "Not on the staff";
    NotCertified = "not_certified", "无有效证书", "No valid certificate";
    LittleRest = "little_rest", "班间休息不足", "Too little rest between shifts";
    LongWeek = "long_week", "七日工时超限", "Too many hours in seven days";
    NoRestDay = "no_rest_day", "七日内无休息日", "No day of rest in seven days";
}

impl ProblemKind {
    /// Whether a roster with this problem is not complete. The rest of a person is a matter of labour law: shown, and no hole in duty.
    pub fn blocks(self) -> bool {
        !matches!(self, Self::LittleRest | Self::LongWeek | Self::NoRestDay)
    }
}

/// A problem with what makes it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Which room.
    pub room_id: DutyRoomId,
    /// When.
    pub span: Span,
    /// What.
    pub kind: ProblemKind,
    /// Whose; none where it is about the room.
    pub guard_id: Option<StaffId>,
    /// What was found: people, or minutes.
    pub found: u32,
    /// What the rule asks for, in the same unit.
    pub limit: u32,
}

/// A duty room as its roster needs to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Which.
    pub id: DutyRoomId,
    /// People required at once.
    pub people: u8,
}

/// A roster with all that it is judged by. Shifts of every room of the staff have to be handed in, or a person in two rooms is not seen.
#[derive(Debug, Clone, Copy)]
pub struct Roster<'a> {
    /// The shifts, stand-ins applied.
    pub shifts: &'a [Shift],
    /// The staff.
    pub guards: &'a [Guard],
    /// Limits.
    pub rules: RestRules,
}

/// Every problem of the rooms in `window`, in order of room, time and kind: the same roster always gives the same list.
pub fn check(roster: &Roster<'_>, rooms: &[Room], window: Span) -> Vec<Problem> {
    let mut problems = Vec::new();
    for shift in roster.shifts.iter().filter(|shift| touches(shift, &window)) {
        problems.extend(faults(roster, shift));
    }
    problems.extend(clashes(roster.shifts, &window));
    problems.extend(rest::check(roster, &window));
    for room in rooms {
        problems.extend(holes(roster, room, window));
    }
    problems.sort_unstable();
    problems.dedup();
    problems
}

/// Whether the roster of a room is complete for the seven days from `now` on.
pub fn is_complete(roster: &Roster<'_>, room: &Room, now: Timestamp) -> bool {
    let problems = check(roster, &[*room], week_from(now));
    !problems.iter().any(|problem| problem.room_id == room.id && problem.kind.blocks())
}

/// The minutes of a day in which the roster has as many people as required.
pub fn rostered_minutes(roster: &Roster<'_>, room: &Room, day: Date) -> Minutes {
    let window =
        Span::new(crate::beijing::begin_of(day), crate::beijing::begin_of(crate::beijing::day_after(day, 1)));
    let enough: Vec<Span> = head_counts(roster, room, window)
        .into_iter()
        .filter(|(_, people)| *people >= u32::from(room.people))
        .map(|(span, _)| span)
        .collect();
    Minutes::within(day, &enough)
}

/// The stretches in which a guard counts in a room: certified, possible shifts, less the time in which the same person is in another room.
fn counting_spans(roster: &Roster<'_>, guard: &Guard, room_id: DutyRoomId) -> Vec<Span> {
    let theirs = || {
        let of_guard = roster.shifts.iter().filter(|shift| shift.guard_id == guard.id);
        of_guard.filter(|shift| shift.fault(&roster.rules).is_none())
    };
    let here: Vec<Span> = theirs()
        .filter(|shift| shift.room_id == room_id)
        .map(|shift| guard.certified_part(&shift.span))
        .collect();
    let elsewhere: Vec<Span> =
        theirs().filter(|shift| shift.room_id != room_id).map(|shift| shift.span).collect();
    subtract(&here, &elsewhere)
}

/// How many people count in a room, stretch by stretch of `window`.
fn head_counts(roster: &Roster<'_>, room: &Room, window: Span) -> Vec<(Span, u32)> {
    let mut steps: BTreeMap<Timestamp, i32> = BTreeMap::from([(window.start, 0), (window.end, 0)]);
    for guard in roster.guards {
        for span in overlap(&counting_spans(roster, guard, room.id), &[window]) {
            *steps.entry(span.start).or_default() += 1;
            *steps.entry(span.end).or_default() -= 1;
        }
    }
    let steps: Vec<(Timestamp, i32)> = steps.into_iter().collect();
    let mut people = 0;
    let mut counts: Vec<(Span, u32)> = Vec::with_capacity(steps.len());
    for pair in steps.windows(2) {
        people += pair[0].1;
        let (span, now) = (Span::new(pair[0].0, pair[1].0), people.unsigned_abs());
        match counts.last_mut() {
            Some((last, count)) if *count == now => last.end = span.end,
            _ => counts.push((span, now)),
        }
    }
    counts
}

fn holes(roster: &Roster<'_>, room: &Room, window: Span) -> Vec<Problem> {
    let limit = u32::from(room.people);
    let short = head_counts(roster, room, window)
        .into_iter()
        .filter(|(span, people)| !span.is_empty() && *people < limit);
    short
        .map(|(span, found)| {
            let kind = if found == 0 { ProblemKind::Nobody } else { ProblemKind::TooFew };
            Problem { room_id: room.id, span, kind, guard_id: None, found, limit }
        })
        .collect()
}

/// What is wrong with one shift by itself.
fn faults(roster: &Roster<'_>, shift: &Shift) -> Vec<Problem> {
    let problem = |kind, found, limit| Problem {
        room_id: shift.room_id,
        span: shift.span,
        kind,
        guard_id: Some(shift.guard_id),
        found,
        limit,
    };
    let minutes = minutes_of(&shift.span);
    let mut found = Vec::new();
    if let Some(kind) = shift.fault(&roster.rules) {
        found.push(problem(kind, minutes, roster.rules.shift_minutes_max.min(shift::SHIFT_MINUTES_MAX)));
    }
    match roster.guards.iter().find(|guard| guard.id == shift.guard_id) {
        None => found.push(problem(ProblemKind::Unknown, 0, 1)),
        Some(guard) if !shift.span.is_empty() && !guard.is_certified(&shift.span) => {
            let certified = minutes_of(&guard.certified_part(&shift.span));
            found.push(problem(ProblemKind::NotCertified, certified, minutes));
        }
        Some(_) => {}
    }
    found
}

/// One person in two places at once: a problem of both rooms.
fn clashes(shifts: &[Shift], window: &Span) -> Vec<Problem> {
    let mut sorted: Vec<&Shift> = shifts.iter().filter(|shift| touches(shift, window)).collect();
    sorted.sort_unstable_by_key(|shift| (shift.guard_id, shift.span, shift.room_id, shift.id));
    let mut found = Vec::new();
    for (i, one) in sorted.iter().enumerate() {
        let later = sorted[i + 1..].iter();
        let clashing =
            later.take_while(|other| other.guard_id == one.guard_id && other.span.start < one.span.end);
        for other in clashing {
            let span = one.span.overlap(&other.span);
            let kind =
                if one.room_id == other.room_id { ProblemKind::Doubled } else { ProblemKind::TwoRooms };
            for room_id in [one.room_id, other.room_id] {
                let guard_id = Some(one.guard_id);
                found.push(Problem { room_id, span, kind, guard_id, found: 2, limit: 1 });
            }
        }
    }
    found
}

fn touches(shift: &Shift, window: &Span) -> bool {
    shift.span.start < window.end && (shift.span.end > window.start || shift.span.is_empty())
}

/// What a guard works, shifts that touch joined.
fn worked(shifts: &[Shift], guard_id: StaffId) -> Vec<Span> {
    let spans: Vec<Span> =
        shifts.iter().filter(|shift| shift.guard_id == guard_id).map(|shift| shift.span).collect();
    union(&spans)
}

#[cfg(test)]
#[path = "roster_tests.rs"]
mod tests;
