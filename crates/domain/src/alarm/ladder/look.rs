//! One look at a ladder: what has to be told now, and when to look again.

use jiff::Timestamp;

use super::{Ladder, Rung, RungPlan};
use crate::alarm::clock::Clock;
use crate::alarm::life::Alarm;
use crate::alarm::state::{AlarmState, Mark};
use crate::calendar::WorkingHours;

/// A clock of an alarm that runs. `since` tells one run from another: an alarm opened again climbs anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Run {
    /// Which clock.
    pub clock: Clock,
    /// When it began.
    pub since: Timestamp,
}

/// What was told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Which rung.
    pub rung: Rung,
    /// How often with this, from 1.
    pub round: u32,
    /// When.
    pub at: Timestamp,
    /// To how many people; none stood there where it is zero.
    pub people: u32,
}

/// What has to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Which rung.
    pub rung: Rung,
    /// How often with this, from 1.
    pub round: u32,
    /// When it should have been; before now where the platform was not there.
    pub due_at: Timestamp,
    /// True where an acknowledgement is owed.
    pub owes_receipt: bool,
}

/// What one look finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// To be told now, from the bottom up.
    pub tell: Vec<Telling>,
    /// The next moment at which something is due by what is known now; none: nothing more comes.
    pub look_at: Option<Timestamp>,
}

/// The clocks that run and that nobody has stopped, in order.
///
/// A silent owner loses the alarm but not its time: the clock of taking then runs since the alarm rang, as its reading says, and
/// who was told in this run is not told again. One that was raised in a planned silence rings when that is over: until somebody has said
/// that it is real, nothing climbs before. An alarm of a rule in quarantine, or of a camera that is not believed, rings nobody: none run.
pub fn runs(alarm: &Alarm) -> Vec<Run> {
    if alarm.marks.iter().copied().any(Mark::calls_nobody) {
        return Vec::new();
    }
    let times = &alarm.times;
    let run = |clock, since: Option<Timestamp>| since.map(|since| Run { clock, since });
    let running = match alarm.state {
        AlarmState::Waiting => [run(Clock::Take, Some(times.rings_at())), None],
        AlarmState::Taken | AlarmState::Verifying => {
            [run(Clock::Verify, times.taken_at.map(|at| at.max(times.quiet_until.unwrap_or(at)))), None]
        }
        AlarmState::Confirmed | AlarmState::Handling => [
            run(Clock::Arrive, times.verified_at.filter(|_| times.arrived_at.is_none())),
            run(Clock::Handle, times.verified_at),
        ],
        AlarmState::InReview
        | AlarmState::Closed
        | AlarmState::FalseAlarm
        | AlarmState::Test
        | AlarmState::Merged => [None, None],
    };
    running.into_iter().flatten().collect()
}

/// When somebody did what a run waited for; none while it goes on, and where it ended otherwise.
pub fn stopped_at(alarm: &Alarm, run: Run) -> Option<Timestamp> {
    if runs(alarm).contains(&run) {
        return None;
    }
    let times = &alarm.times;
    let stopped = match run.clock {
        Clock::Take => times.taken_at,
        Clock::Verify => times.verified_at,
        Clock::Arrive => times.arrived_at.or(times.handled_at),
        Clock::Handle => times.handled_at,
    };
    stopped.filter(|at| *at >= run.since)
}

/// Looks at a ladder whose clock runs since `since`.
///
/// After a pause of the platform every rung that came due is told once, and its repeats count from then: nobody is forgotten, and
/// nobody gets the missed ones in a heap.
///
/// A rung that is told in working hours only, or only outside them, waits for the next moment of that kind.
pub fn look(
    ladder: &Ladder,
    hours: &WorkingHours,
    since: Timestamp,
    told: &[Told],
    acknowledged: &[Rung],
    now: Timestamp,
) -> Look {
    let mut found = Look::default();
    // When the rung below was found empty: this one stands in for it from then on.
    let mut vacant_since = None;
    for plan in ladder.rungs() {
        let stands_in = std::mem::take(&mut vacant_since);
        let last = told.iter().filter(|told| told.rung == plan.rung).max_by_key(|told| told.round);
        if let Some(last) = last.filter(|last| last.people == 0) {
            vacant_since = Some(last.at);
            continue;
        }
        let Some((round, due_at)) = next_round(plan, since, last, acknowledged, stands_in) else { continue };
        let due_at = hours.first_at(plan.applies, due_at);
        if due_at <= now {
            found.tell.push(Telling { rung: plan.rung, round, due_at, owes_receipt: plan.owes_receipt });
        } else {
            found.look_at = Some(found.look_at.map_or(due_at, |at| at.min(due_at)));
        }
    }
    found
}

fn next_round(
    plan: &RungPlan,
    since: Timestamp,
    last: Option<&Told>,
    acknowledged: &[Rung],
    stands_in: Option<Timestamp>,
) -> Option<(u32, Timestamp)> {
    let Some(last) = last else {
        let own = since.saturating_add(plan.after).unwrap_or(Timestamp::MAX);
        return Some((1, stands_in.map_or(own, |at| own.min(at))));
    };
    if last.round >= plan.rounds || acknowledged.contains(&plan.rung) {
        return None;
    }
    Some((last.round + 1, last.at.saturating_add(plan.every).unwrap_or(Timestamp::MAX)))
}

#[cfg(test)]
#[path = "look_tests.rs"]
mod tests;
