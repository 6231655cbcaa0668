//! Clocks (时限): how long each step may take, per level, and whether it took longer.
//!
//! Four clocks run beside the life of an alarm. "未及时处理" means: any of them exceeded, counted once per alarm.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::code::Level;
use super::life::Times;
use crate::words::words;

/// A clock of the life cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// 接警: from T1 pushed, or the end of a planned silence, to T3 taken
    Take,
    /// 核实: from T3 taken to T4 verified
    Verify,
    /// 到场: from T4 verified to T5 on site
    Arrive,
    /// 处置: from T4 verified to T6 handled
    Handle,
}

words! { Clock:
    Take = "take", "接警", "Take";
    Verify = "verify", "核实", "Verify";
    Arrive = "arrive", "到场", "On site";
    Handle = "handle", "处置", "Handle";
}

/// Every clock in order.
pub const CLOCKS: [Clock; 4] = [Clock::Take, Clock::Verify, Clock::Arrive, Clock::Handle];

/// Limits of one level in seconds; none where the level has no such clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Take, goal for most alarms.
    pub take_goal_s: i64,
    /// Take, limit.
    pub take_s: i64,
    /// Verify.
    pub verify_s: Option<i64>,
    /// On site.
    pub arrive_s: Option<i64>,
    /// Handled.
    pub handle_s: Option<i64>,
}

impl Limits {
    /// The default limits of a level.
    pub const fn of(level: Level) -> Self {
        match level {
            Level::One => {
                Self { take_goal_s: 30, take_s: 60, verify_s: Some(60), arrive_s: Some(60), handle_s: None }
            }
            Level::Two => Self {
                take_goal_s: 90,
                take_s: 90,
                verify_s: Some(300),
                arrive_s: Some(600),
                handle_s: Some(1800),
            },
            Level::Three => Self {
                take_goal_s: 600,
                take_s: 600,
                verify_s: Some(1800),
                arrive_s: None,
                handle_s: Some(86_400),
            },
            Level::Four => Self {
                take_goal_s: 28_800,
                take_s: 28_800,
                verify_s: None,
                arrive_s: None,
                handle_s: Some(259_200),
            },
        }
    }

    /// Limit of one clock in seconds.
    pub const fn limit_s(&self, clock: Clock) -> Option<i64> {
        match clock {
            Clock::Take => Some(self.take_s),
            Clock::Verify => self.verify_s,
            Clock::Arrive => self.arrive_s,
            Clock::Handle => self.handle_s,
        }
    }
}

/// One clock of one alarm, read at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReading {
    /// Which clock.
    pub clock: Clock,
    /// Its limit in seconds.
    pub limit_s: i64,
    /// When it began to run; none while it has not.
    pub started_at: Option<Timestamp>,
    /// When it runs out.
    pub due_at: Option<Timestamp>,
    /// When it was stopped.
    pub stopped_at: Option<Timestamp>,
    /// True when it ran out before it was stopped, or has run out now.
    pub overdue: bool,
}

/// Reads all clocks of an alarm at `now`. `dismissed` is true for false alarms, tests and merged ones, whose arrive and handle
/// clocks never run.
pub fn read(level: Level, times: &Times, dismissed: bool, now: Timestamp) -> Vec<ClockReading> {
    let limits = Limits::of(level);
    let mut readings = Vec::with_capacity(CLOCKS.len());
    for clock in CLOCKS {
        let Some(limit_s) = limits.limit_s(clock) else { continue };
        let (started_at, stopped_at) = match clock {
            Clock::Take => (Some(times.rings_at()), times.taken_at),
            Clock::Verify => (times.taken_at, times.verified_at),
            Clock::Arrive | Clock::Handle if dismissed => continue,
            Clock::Arrive => (times.verified_at, times.arrived_at.or(times.handled_at)),
            Clock::Handle => (times.verified_at, times.handled_at),
        };
        let due_at = started_at
            .map(|at| at.saturating_add(SignedDuration::from_secs(limit_s)).unwrap_or(Timestamp::MAX));
        let overdue = due_at.is_some_and(|due| stopped_at.unwrap_or(now) > due);
        readings.push(ClockReading { clock, limit_s, started_at, due_at, stopped_at, overdue });
    }
    readings
}

/// Of the clocks that ran out, the one exceeded longest: until it was stopped, or until `now`. None where all were kept.
pub fn worst(readings: &[ClockReading], now: Timestamp) -> Option<ClockReading> {
    let over = |reading: &&ClockReading| {
        reading.due_at.map(|due| reading.stopped_at.unwrap_or(now).duration_since(due))
    };
    readings.iter().filter(|reading| reading.overdue).max_by_key(over).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(s).unwrap()
    }

    #[test]
    fn a_flame_not_taken_within_a_minute_is_overdue() {
        let times = Times::raised(at(0), at(1));
        assert!(!read(Level::One, &times, false, at(61))[0].overdue);
        assert!(read(Level::One, &times, false, at(62))[0].overdue);
        let taken = Times { taken_at: Some(at(20)), ..times };
        let readings = read(Level::One, &taken, false, at(1000));
        assert!(!readings[0].overdue);
        assert!(readings[1].overdue, "taken but never verified");
        assert_eq!(readings[1].due_at, Some(at(80)));
    }

    #[test]
    fn a_false_alarm_has_no_clock_for_arriving() {
        let times = Times { taken_at: Some(at(2)), verified_at: Some(at(5)), ..Times::raised(at(0), at(0)) };
        assert!(read(Level::One, &times, true, at(9999)).iter().all(|reading| !reading.overdue));
    }

    #[test]
    fn what_is_raised_in_a_silence_has_its_time_from_the_end_of_it() {
        let times = Times { quiet_until: Some(at(3600)), ..Times::raised(at(0), at(1)) };
        let take = |now| read(Level::One, &times, false, at(now))[0];
        assert_eq!((take(100).started_at, take(100).due_at), (Some(at(3600)), Some(at(3660))));
        assert!(!take(3660).overdue && take(3661).overdue);
    }

    #[test]
    fn level_four_has_two_clocks() {
        assert_eq!(read(Level::Four, &Times::raised(at(0), at(0)), false, at(0)).len(), 2);
    }
}
