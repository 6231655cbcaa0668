//! The ledger as bytes: a compact form for keeping, and a text for the hash chain.
//!
//! Days are long stretches of the same, so both hold runs. **Kept** is one number a run, in 7-bit groups, the low ones first, the high bit set
//! on all but the last (LEB128): `(length − 1) · 32 + claimed · 16 + state`. A day without a change is three bytes; one with ten gaps about
//! forty. **Hashed** is a text that a person can read and a program of another kind can write; each day names the digest of the unit's day
//! before it, so that no day can be changed, taken out or put in without changing all that follow.

use std::fmt::Write as _;

use jiff::civil::Date;
use thiserror::Error;

use super::correction::Correction;
use super::state::MinuteState;
use super::{ServedBy, UnitDay};
use crate::duty::minutes::{DAY_MINUTES, Minutes};
use crate::duty::roll_call::draw::{Digest, hex};
use crate::ids::UnitId;

/// Minutes in a row with the same state and the same claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first of them.
    pub from: u16,
    /// How many.
    pub minutes: u16,
    /// What they are worth.
    pub state: MinuteState,
    /// Whether somebody said that there was duty.
    pub is_claimed: bool,
}

/// Why bytes are no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// A number without its end, or one too long.
    #[error("byte {0}: a number of the ledger is broken off or too long")]
    Number(usize),
    /// A state that does not exist.
    #[error("byte {0}: no state of a minute has the number {1}")]
    State(usize, u8),
    /// More or fewer minutes than a day has.
    #[error("a day has {DAY_MINUTES} minutes, these are {0}")]
    Minutes(u32),
    /// Two runs that should be one: the same day written otherwise would have another hash.
    #[error("byte {0}: a run continues the one before")]
    Split(usize),
}

/// The runs of a day, as long as possible, in order.
pub fn runs(states: &[MinuteState; DAY_MINUTES as usize], claimed: &Minutes) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (minute, state) in states.iter().enumerate() {
        let (minute, state, is_claimed) = (minute as u16, *state, claimed.contains(minute as u16));
        match runs.last_mut() {
            Some(last) if last.state == state && last.is_claimed == is_claimed => last.minutes += 1,
            _ => runs.push(Run { from: minute, minutes: 1, state, is_claimed }),
        }
    }
    runs
}

/// The compact form of a day.
pub fn encode(states: &[MinuteState; DAY_MINUTES as usize], claimed: &Minutes) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16);
    for run in runs(states, claimed) {
        let number = u32::from(run.minutes - 1) << 5 | u32::from(run.is_claimed) << 4 | run.state as u32;
        push_number(&mut bytes, number);
    }
    bytes
}

/// Adds a number in 7-bit groups, the low ones first, the high bit set on all but the last.
pub(crate) fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads the compact form: states and claims.
pub fn decode(bytes: &[u8]) -> Result<([MinuteState; DAY_MINUTES as usize], Minutes), DecodeError> {
    let mut states = [MinuteState::NotRequired; DAY_MINUTES as usize];
    let mut claimed = Minutes::NONE;
    let (mut place, mut filled, mut last) = (0, 0_u32, None);
    while place < bytes.len() {
        let (number, next) = number_at(bytes, place).ok_or(DecodeError::Number(place))?;
        let key = (number & 0x1f) as u8;
        let state = MinuteState::from_number(key & 0x0f).ok_or(DecodeError::State(place, key & 0x0f))?;
        if last.replace(key) == Some(key) {
            return Err(DecodeError::Split(place));
        }
        let (from, until) = (filled, filled + (number >> 5) + 1);
        if until > u32::from(DAY_MINUTES) {
            return Err(DecodeError::Minutes(until));
        }
        states[from as usize..until as usize].fill(state);
        if key & 0x10 != 0 {
            claimed.insert(from as u16, until as u16);
        }
        (place, filled) = (next, until);
    }
    if filled == u32::from(DAY_MINUTES) { Ok((states, claimed)) } else { Err(DecodeError::Minutes(filled)) }
}

/// The text of a unit's day whose digest is the link of the chain: lines of ASCII but for the words of people, each ended by a line feed.
/// `previous` is the digest of the unit's day before, zero bytes for its first. Rooms stand in the order of their ids.
pub fn ledger_text(
    day: &UnitDay,
    served: &[ServedBy],
    corrections: &[Correction],
    previous: &Digest,
) -> String {
    let totals = day.totals();
    let mut text = format!(
        "watchfire-duty-ledger/1\nunit {}\nday {}\nprevious {}\nrequired {}\nproven {}\nclaimed {}\ncontradicted {}\n",
        day.unit_id,
        day.day,
        hex(previous),
        totals.required,
        totals.proven,
        totals.claimed,
        totals.contradicted
    );
    let mut served = served.to_vec();
    served.sort_unstable_by_key(|one| (one.room_id, one.minutes));
    // Writing to a string does not fail.
    for one in served {
        let _ = writeln!(text, "room {} {}", one.room_id, one.minutes);
    }
    for run in runs(&day.states, &day.claimed) {
        let claim = if run.is_claimed { "claimed" } else { "-" };
        let _ = writeln!(text, "run {} {} {} {claim}", run.from, run.minutes, run.state.as_str());
    }
    for one in corrections {
        let old: Vec<_> =
            one.old.iter().map(|run| format!("{}:{}", run.minutes, run.state.as_str())).collect();
        let _ = writeln!(
            text,
            "correction {} {} {} old {} by {} at {} because {}",
            one.from,
            one.minutes,
            one.to.as_str(),
            old.join(","),
            one.by,
            one.at.as_microsecond(),
            one.reason.replace(['\n', '\r'], " ")
        );
    }
    text
}

/// The text of a day of everybody, whose digest closes it: the digest of the day before, and of each unit's day in the order of their ids.
pub fn day_text(day: Date, previous: &Digest, units: &[(UnitId, Digest)]) -> String {
    let mut text = format!("watchfire-duty-day/1\nday {day}\nprevious {}\n", hex(previous));
    let mut units = units.to_vec();
    units.sort_unstable();
    // Writing to a string does not fail.
    for (id, digest) in units {
        let _ = writeln!(text, "unit {id} {}", hex(&digest));
    }
    text
}

/// A number and the place after it; at most three groups, which is more than a day needs.
pub(crate) fn number_at(bytes: &[u8], place: usize) -> Option<(u32, usize)> {
    let mut number = 0;
    for group in 0..3 {
        let byte = *bytes.get(place + group)?;
        number |= u32::from(byte & 0x7f) << (7 * group);
        if byte & 0x80 == 0 {
            // A last group of nothing would be a second way to write the same number.
            return (byte != 0 || group == 0).then_some((number, place + group + 1));
        }
    }
    None
}
