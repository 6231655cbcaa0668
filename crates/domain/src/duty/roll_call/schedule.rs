//! When rooms are asked: a schedule that nobody can foresee, that nobody can bend unnoticed, and that anybody can check afterwards.
//!
//! - **Before** the day the platform draws a secret seed and publishes the digest of [`commitment_text`]: the day, the seed, the rules and
//!   the rooms. The seed stays sealed.
//! - **On** the day rooms are asked at the moments that [`schedule`] draws from it.
//! - **After** the day the seed is published. [`verify`] checks that it is the one committed to, and gives the schedule once more;
//!   [`held_against`] compares it with the roll-calls that were made. Whoever left one out, added one for a friend or warned a room by
//!   choosing the time shows.
//!
//! Fair: in any seven days in a row each room is asked at least `per_week` times, plus extra ones by lot, so that having been asked never
//! means to be left alone. Each moment of the day, the night included, is equally likely: distances are measured around the clock face, so
//! that midnight is like any other moment.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::draw::{Digest, Draws, Seed, hex};
use crate::beijing::begin_of;
use crate::ids::DutyRoomId;
use crate::words::words;

/// Seconds of a day.
pub const DAY_S: u32 = 86_400;
/// Seconds after its moment within which a room is asked; later it is left out.
pub const ASKED_WITHIN_S: u32 = 60;
/// Redraws of a moment that lies too near to another. With the most calls a week and the widest distance a third of the day is too near, so
/// all of them miss less than once in a million; the last one drawn is then taken as it is.
const REDRAWS_MAX: u32 = 16;
/// Day from which the days of the guaranteed calls are counted; a Monday.
const COUNTED_FROM: Date = jiff::civil::date(2024, 1, 1);

/// How often rooms are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleRules {
    /// Fewest roll-calls of a room in any seven days in a row, 1 to 35.
    pub per_week: u8,
    /// Chance of an extra one for each of 24 draws a day, per mille, 1 to 100: never 0, or the last guaranteed one would be known to be
    /// the last.
    pub extra_per_mille: u16,
    /// Seconds between two roll-calls of a room on one day, around the clock, 60 to 1 800.
    pub apart_s: u32,
}

impl Default for ScheduleRules {
    fn default() -> Self {
        Self { per_week: 14, extra_per_mille: 40, apart_s: 900 }
    }
}

/// What is wrong with the rules of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ScheduleError {
    /// Too few or too many a week.
    #[error("a room is asked 1 to 35 times a week, not {0}")]
    PerWeek(u8),
    /// No lot, or too many calls by lot.
    #[error("the chance of an extra roll-call is 1 to 100 per mille, not {0}")]
    Extra(u16),
    /// Too near or too far.
    #[error("roll-calls of a room are 60 to 1800 seconds apart, not {0}")]
    Apart(u32),
}

/// Why a published seed does not prove a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// Seed, day, rules or rooms are not those committed to.
    #[error("seed, day, rules or rooms are not those that were committed to")]
    OtherCommitment,
    /// The commitment was published after the day began.
    #[error("the commitment was published after the day had begun")]
    CommittedLate,
    /// Rules that no schedule can have.
    #[error(transparent)]
    Rules(#[from] ScheduleError),
}

/// A moment at which a room is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Planned {
    /// When.
    pub at: Timestamp,
    /// Which room.
    pub room_id: DutyRoomId,
}

/// Why a planned moment was left out. It is never made up for later: a room that is asked when somebody chooses is not asked by lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// The platform was not running, or more than [`ASKED_WITHIN_S`] behind.
    NotRunning,
    /// The room was closed by then.
    RoomClosed,
}

words! { LeftOutReason:
    NotRunning = "not_running", "平台未运行", "The platform was not running";
    RoomClosed = "room_closed", "值班室已关闭", "The room was closed";
}

/// What a schedule and the roll-calls that were made do not have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deviations {
    /// Planned and not made.
    pub left_out: Vec<Planned>,
    /// Made as scheduled ones, and not planned.
    pub added: Vec<Planned>,
}

impl ScheduleRules {
    /// Whether the rules are within their limits.
    pub fn check(&self) -> Result<(), ScheduleError> {
        match *self {
            Self { per_week, .. } if !(1..=35).contains(&per_week) => Err(ScheduleError::PerWeek(per_week)),
            Self { extra_per_mille: extra, .. } if !(1..=100).contains(&extra) => {
                Err(ScheduleError::Extra(extra))
            }
            Self { apart_s, .. } if !(60..=1800).contains(&apart_s) => Err(ScheduleError::Apart(apart_s)),
            _ => Ok(()),
        }
    }
}

/// The text whose digest is published before the day: lines of ASCII, each ended by a line feed, rooms ascending and each once.
pub fn commitment_text(seed: &Seed, day: Date, rooms: &[DutyRoomId], rules: &ScheduleRules) -> String {
    let ScheduleRules { per_week, extra_per_mille, apart_s } = rules;
    let mut text = format!(
        "watchfire-roll-call-schedule/1\nday {day}\nseed {}\nper_week {per_week}\nextra_per_mille {extra_per_mille}\napart_s {apart_s}\n",
        hex(seed)
    );
    for room in rooms.iter().collect::<BTreeSet<_>>() {
        // Writing to a string does not fail.
        let _ = writeln!(text, "room {room}");
    }
    text
}

/// Every roll-call of a day, in order of time: recomputed from seed, day, rooms and rules alone.
pub fn schedule(
    seed: &Seed,
    day: Date,
    rooms: &[DutyRoomId],
    rules: &ScheduleRules,
    digest: &impl Fn(&[u8]) -> Digest,
) -> Vec<Planned> {
    let begin = begin_of(day);
    let mut planned = Vec::new();
    for room_id in rooms.iter().collect::<BTreeSet<_>>() {
        for second in seconds_of(seed, day, *room_id, rules, digest) {
            let at = begin.saturating_add(SignedDuration::from_secs(i64::from(second))).unwrap_or(begin);
            planned.push(Planned { at, room_id: *room_id });
        }
    }
    planned.sort_unstable();
    planned
}

/// The seconds of the day, ascending, at which one room is asked. First the guaranteed ones, then the extra ones.
pub fn seconds_of(
    seed: &Seed,
    day: Date,
    room_id: DutyRoomId,
    rules: &ScheduleRules,
    digest: &impl Fn(&[u8]) -> Digest,
) -> Vec<u32> {
    let text = format!("watchfire-roll-call-draw/1\nseed {}\nday {day}\nroom {room_id}\n", hex(seed));
    let mut draws = Draws::new(text, digest);
    let mut count = guaranteed(day, room_id, rules.per_week);
    for _ in 0..24 {
        count += u32::from(draws.below(1000) < u32::from(rules.extra_per_mille));
    }
    let mut seconds: Vec<u32> = Vec::with_capacity(count as usize);
    for _ in 0..count {
        let is_near = |second: u32| seconds.iter().any(|other| around_clock(second, *other) < rules.apart_s);
        let mut second = draws.below(DAY_S);
        for _ in 0..REDRAWS_MAX {
            if !is_near(second) {
                break;
            }
            second = draws.below(DAY_S);
        }
        seconds.push(second);
    }
    seconds.sort_unstable();
    seconds
}

/// How many of the guaranteed roll-calls of a room fall on a day. Any seven days in a row have exactly `per_week`. Which days have one more
/// is no secret and differs from room to room, so that not all rooms are asked on the same days; the moments are what nobody knows.
pub fn guaranteed(day: Date, room_id: DutyRoomId, per_week: u8) -> u32 {
    let days = i64::from(day.since(COUNTED_FROM).map_or(0, |span| span.get_days()));
    let place = (days + i64::from(room_id.0.as_bytes()[15])).rem_euclid(7) as u32;
    let by = |day: u32| u32::from(per_week) * day / 7;
    by(place + 1) - by(place)
}

/// Checks a published seed against the digest that was published at `committed_at`, and gives the schedule it stands for.
pub fn verify(
    commitment: &Digest,
    committed_at: Timestamp,
    (seed, day, rooms, rules): (&Seed, Date, &[DutyRoomId], &ScheduleRules),
    digest: &impl Fn(&[u8]) -> Digest,
) -> Result<Vec<Planned>, VerifyError> {
    rules.check()?;
    if committed_at > begin_of(day) {
        return Err(VerifyError::CommittedLate);
    }
    if digest(commitment_text(seed, day, rooms, rules).as_bytes()) != *commitment {
        return Err(VerifyError::OtherCommitment);
    }
    Ok(schedule(seed, day, rooms, rules, digest))
}

/// Compares a schedule with the roll-calls made in its name. One asked within `tolerance_s` seconds after its moment is that one; each
/// roll-call answers for one moment only.
pub fn held_against(planned: &[Planned], made: &[Planned], tolerance_s: u32) -> Deviations {
    let tolerance = SignedDuration::from_secs(i64::from(tolerance_s));
    let (mut planned, mut left) = (planned.to_vec(), made.to_vec());
    planned.sort_unstable();
    left.sort_unstable();
    let mut deviations = Deviations::default();
    for one in planned {
        let is_it = |made: &Planned| {
            let after = made.at.duration_since(one.at);
            made.room_id == one.room_id && after >= SignedDuration::ZERO && after <= tolerance
        };
        match left.iter().position(is_it) {
            Some(place) => drop(left.remove(place)),
            None => deviations.left_out.push(one),
        }
    }
    deviations.added = left;
    deviations
}

/// Seconds between two moments of the clock face, the shorter way.
fn around_clock(one: u32, other: u32) -> u32 {
    let apart = one.abs_diff(other);
    apart.min(DAY_S - apart)
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
