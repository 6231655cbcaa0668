//! Signs of feigned duty in what is kept of a room's day: rows of minutes in which the camera showed a shape that never moves, or pictures that were
//! shown before. The pictures themselves are gone by then; whoever has them asks [`super::pictures`].

use jiff::SignedDuration;
use jiff::civil::Date;

use super::pictures::mannequin;
use super::{Evidence, Suspicion, Trick, beyond};
use crate::beijing::begin_of;
use crate::duty::presence::minute::DUMMY_MINUTES;
use crate::duty::presence::{Seen, SeenDay};
use crate::duty::roll_call::{RollCall, RollCallState};
use crate::recording::Span;

/// Minutes in a row of replayed pictures. One row of pictures that comes again may be a recorder that repeats itself after a fault; ten minutes of
/// it are not. A proposal.
pub const REPLAY_MINUTES: u64 = 10;

/// What the minutes of a room's day make one suspect. A shape counts as a dummy after [`DUMMY_MINUTES`] minutes, so it has stood for these before the
/// first of its minutes.
pub fn of_day(day: Date, seen: &SeenDay, calls: &[RollCall]) -> Vec<Suspicion> {
    let mut found = Vec::new();
    let mut minute = 0;
    while minute < seen.len() {
        let length = seen[minute..].iter().take_while(|one| **one == seen[minute]).count();
        match seen[minute] {
            Some(Seen::Replay) if length as u64 >= REPLAY_MINUTES => found.push(Suspicion {
                trick: Trick::Replay,
                span: span(day, minute as i64, length),
                numbers: vec![beyond(Evidence::ReplayMinutes, length as u64, REPLAY_MINUTES)],
            }),
            Some(Seen::Dummy) => {
                let before = i64::from(DUMMY_MINUTES);
                let stood = span(day, minute as i64 - before, length + usize::from(DUMMY_MINUTES));
                let unanswered = calls.iter().filter(|call| {
                    call.state == RollCallState::Absent && (stood.start..stood.end).contains(&call.asked_at)
                });
                found.extend(mannequin(stood, unanswered.count() as u32));
            }
            _ => {}
        }
        minute += length;
    }
    found
}

fn span(day: Date, from: i64, minutes: usize) -> Span {
    let start = begin_of(day) + SignedDuration::from_mins(from);
    Span::new(start, start + SignedDuration::from_mins(minutes as i64))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::duty::presence::UNSEEN;
    use crate::ids::DutyRoomId;

    #[test]
    fn rows_of_minutes_are_suspected_when_they_are_long_enough() {
        let day = date(2026, 12, 1);
        let of = |from: usize, minutes: usize, what: Seen, called_at: Option<i64>| {
            let mut seen = UNSEEN;
            seen.fill(Some(Seen::Staffed));
            seen[from..from + minutes].fill(Some(what));
            let asked = |minute| begin_of(day) + SignedDuration::from_mins(minute);
            let call = called_at.map(|minute| RollCall {
                state: RollCallState::Absent,
                ..RollCall::ask(DutyRoomId(uuid::Uuid::from_u128(1)), asked(minute), 3, &[])
            });
            let found = of_day(day, &seen, call.as_slice());
            found.iter().map(|one| (one.trick, one.numbers[0].found)).collect::<Vec<_>>()
        };
        for (from, minutes, what, called_at, expected) in [
            (100, 9, Seen::Replay, None, vec![]),
            (100, 10, Seen::Replay, None, vec![(Trick::Replay, 10)]),
            (100, 29, Seen::Dummy, None, vec![]),
            (100, 30, Seen::Dummy, None, vec![(Trick::Mannequin, 45)]),
            (100, 5, Seen::Dummy, None, vec![]),
            (100, 5, Seen::Dummy, Some(90), vec![(Trick::Mannequin, 20)]),
            (100, 5, Seen::Dummy, Some(120), vec![]),
            (100, 400, Seen::Asleep, None, vec![]),
        ] {
            assert_eq!(of(from, minutes, what, called_at), expected, "{minutes} {what:?} {called_at:?}");
        }
    }
}
