//! How long the ledger of duty takes and how many bytes a day is: a room's day judged, a unit's day put together, encoded, and written as
//! the text of the hash chain; days with few and with many changes.
//!
//! `cargo run --release -p watchfire-domain --example duty_ledger_speed`

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use jiff::civil::date;
use watchfire_domain::duty::ledger::{
    Facts, Served, ServedBy, decode, encode, judge_day, ledger_text, runs, unit_day,
};
use watchfire_domain::duty::minutes::Minutes;
use watchfire_domain::duty::presence::Seen;
use watchfire_domain::ids::{DutyRoomId, UnitId};

const ROUNDS: u32 = 20_000;
/// Units of the province's register.
const UNITS: u64 = 12_253;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{ROUNDS} rounds each, one thread; a year is {UNITS} units × 365 days")?;
    for gaps in [0, 4, 10, 40, 200] {
        let facts = day_with(gaps);
        let judge_ns = ns_each(|| judge_day(black_box(&facts)));
        let room = judge_day(&facts);
        let served = [Served { minutes: Minutes::ALL, room: &room }];
        let (id, day) = (UnitId(uuid::Uuid::from_u128(1)), date(2026, 12, 1));
        let unit_ns = ns_each(|| {
            let day = unit_day(id, day, &Minutes::ALL, black_box(&served));
            (day.totals(), encode(&day.states, &day.claimed))
        });
        let unit = unit_day(id, day, &Minutes::ALL, &served);
        let bytes = encode(&unit.states, &unit.claimed);
        let decode_ns = ns_each(|| decode(black_box(&bytes)));
        let by = [ServedBy { room_id: DutyRoomId(uuid::Uuid::from_u128(2)), minutes: 1440 }];
        let text_ns = ns_each(|| ledger_text(black_box(&unit), &by, &[], &[0; 32]));
        let text = ledger_text(&unit, &by, &[], &[0; 32]);
        writeln!(
            out,
            "{:3} runs: room judged {judge_ns:6} ns, unit-day with totals and bytes {unit_ns:6} ns, read {decode_ns:6} ns, text {text_ns:6} ns; {:3} bytes, text {:5} bytes, a year {:4} MB",
            runs(&unit.states, &unit.claimed).len(),
            bytes.len(),
            text.len(),
            bytes.len() as u64 * UNITS * 365 / 1_000_000
        )?;
    }
    Ok(())
}

/// A day in which the people in the room are too few `gaps` times, for two minutes each.
fn day_with(gaps: usize) -> Facts {
    let mut seen = [Some(Seen::Staffed); 1440];
    for gap in 0..gaps {
        let from = 3 + gap * 1430 / gaps.max(1);
        seen[from..from + 2].fill(Some(Seen::TooFew));
    }
    Facts {
        rostered: Minutes::ALL,
        seen,
        active: Minutes::NONE,
        broken: Minutes::NONE,
        exempt: Minutes::NONE,
        claimed: Minutes::ALL,
        unseen_before: 0,
    }
}

/// Nanoseconds of one call, the mean of all.
fn ns_each<T>(mut call: impl FnMut() -> T) -> u128 {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        black_box(call());
    }
    start.elapsed().as_nanos() / u128::from(ROUNDS)
}
