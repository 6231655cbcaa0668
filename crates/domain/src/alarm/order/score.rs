//! Both scores of a work order: which clocks each side had, and whether it kept them, by how much.
//!
//! The two are never added up: a guard who takes and verifies in time does not make up for a school where nobody goes, nor the other way.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Acted, OrderSide, Stopwatch, WorkOrder, stopwatches};
use crate::alarm::clock::{Clock, Limits};
use crate::alarm::{Alarm, Level, Times};
use crate::words::words;

/// A clock of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderClock {
    /// The remote side takes the alarm: T1, or the end of a silence, to T3.
    Take,
    /// It says whether it is real: T3 to T4.
    Verify,
    /// The site says that somebody goes: from T4.
    Accept,
    /// Somebody is there: T4 to T5.
    Arrive,
    /// It is done: from T4.
    Handle,
}

words! { OrderClock:
    Take = "take", "接警", "Take";
    Verify = "verify", "核实", "Verify";
    Accept = "accept", "接单", "Accept";
    Arrive = "arrive", "到场", "On site";
    Handle = "handle", "处置", "Handle";
}

impl OrderClock {
    /// Whose.
    pub fn side(self) -> OrderSide {
        match self {
            Self::Take | Self::Verify => OrderSide::Remote,
            Self::Accept | Self::Arrive | Self::Handle => OrderSide::Site,
        }
    }

    /// Its limit in seconds; none where the level has no such clock. Those of the alarm's life are the alarm's; accepting has half of the time
    /// for arriving (a proposal).
    fn limit_s(self, level: Level) -> Option<i64> {
        let limits = Limits::of(level);
        match self {
            Self::Take => limits.limit_s(Clock::Take),
            Self::Verify => limits.limit_s(Clock::Verify),
            Self::Accept => limits.limit_s(Clock::Arrive).map(|s| s / 2),
            Self::Arrive => limits.limit_s(Clock::Arrive),
            Self::Handle => limits.limit_s(Clock::Handle),
        }
    }
}

/// One clock of a side, read at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderReading {
    /// Which.
    pub clock: OrderClock,
    /// Its limit in seconds.
    pub limit_s: i64,
    /// When it began.
    pub started_at: Timestamp,
    /// When it runs out.
    pub due_at: Timestamp,
    /// When it was stopped.
    pub stopped_at: Option<Timestamp>,
    /// True when it ran out before it was stopped, or has run out now.
    pub overdue: bool,
}

/// How a side did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideResult {
    /// A clock runs, and none was exceeded.
    Running,
    /// All were kept, the tightest with so many milliseconds to spare.
    InTime {
        /// Milliseconds.
        spare_ms: i64,
    },
    /// One was exceeded, the worst by so many milliseconds so far.
    Late {
        /// Milliseconds.
        by_ms: i64,
    },
}

impl SideResult {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::InTime { .. } => "in_time",
            Self::Late { .. } => "late",
        }
    }

    /// Milliseconds to spare, or below zero: late.
    pub fn spare_ms(self) -> Option<i64> {
        match self {
            Self::Running => None,
            Self::InTime { spare_ms } => Some(spare_ms),
            Self::Late { by_ms } => Some(-by_ms),
        }
    }
}

/// How both sides of an order did: on the page and on paper alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFacts {
    /// Clocks of both sides.
    pub readings: Vec<OrderReading>,
    /// How the remote side did, and the people on site.
    pub results: [SideResult; 2],
    /// 四快.
    pub watches: Vec<Stopwatch>,
}

impl OrderFacts {
    /// As they stand at `now`.
    pub fn of(alarm: &Alarm, order: &WorkOrder, acted: &[Acted], now: Timestamp) -> Self {
        let readings = readings(alarm.level, &alarm.times, order, now);
        let results = OrderSide::ALL.map(|side| result(&readings, side, now));
        Self { results, watches: stopwatches(alarm.level, &alarm.times, order, acted), readings }
    }
}

/// The clocks of both sides at `now`, in order.
pub fn readings(level: Level, times: &Times, order: &WorkOrder, now: Timestamp) -> Vec<OrderReading> {
    OrderClock::ALL
        .into_iter()
        .filter_map(|clock| {
            let limit_s = clock.limit_s(level)?;
            let (started_at, stopped_at) = match clock {
                OrderClock::Take => (times.rings_at(), times.taken_at),
                OrderClock::Verify => (times.taken_at?, times.verified_at),
                OrderClock::Accept => (order.opened_at, order.accepted_at),
                OrderClock::Arrive => (order.opened_at, order.arrived_at),
                OrderClock::Handle => (order.opened_at, order.done_at),
            };
            let due_at =
                started_at.saturating_add(SignedDuration::from_secs(limit_s)).unwrap_or(Timestamp::MAX);
            let overdue = stopped_at.unwrap_or(now) > due_at;
            Some(OrderReading { clock, limit_s, started_at, due_at, stopped_at, overdue })
        })
        .collect()
}

/// How a side did at `now`.
pub fn result(readings: &[OrderReading], side: OrderSide, now: Timestamp) -> SideResult {
    let own = || readings.iter().filter(move |one| one.clock.side() == side);
    let over_ms =
        |one: &OrderReading| one.stopped_at.unwrap_or(now).as_millisecond() - one.due_at.as_millisecond();
    if let Some(by_ms) = own().filter(|one| one.overdue).map(over_ms).max() {
        return SideResult::Late { by_ms };
    }
    if own().any(|one| one.stopped_at.is_none()) {
        return SideResult::Running;
    }
    own()
        .map(|one| -over_ms(one))
        .min()
        .map_or(SideResult::Running, |spare_ms| SideResult::InTime { spare_ms })
}
