//! 四快 with its stopwatches: found, warned, handled and closed quickly – the notice's 早发现、早预警、早处置 and the closing of what was found – and the two of the
//! Beijing procedure, the nearest people there within a minute, the second force within three (§2.2 of the domain notes).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Acted, OrderAct, WorkOrder};
use crate::alarm::{Level, Limits, Times};
use crate::words::words;

/// Between what is seen and the alarm that is pushed: a fire alarm reaches the centre within ten seconds (GB 26875.1 clause 4).
const FOUND_WITHIN_S: i64 = 10;
/// The second force is there within three minutes of a confirmed fire.
const SECOND_WITHIN_S: i64 = 180;

/// What is timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopwatchKind {
    /// T0 to T1.
    Found,
    /// T1 to T4: a person has said that it is real.
    Warned,
    /// T4 to the first people there.
    Nearest,
    /// T4 to more people there.
    Second,
    /// T4 to the end of it.
    Handled,
    /// T1 to T7.
    Closed,
}

words! { StopwatchKind:
    Found = "found", "快发现", "Found";
    Warned = "warned", "快预警", "Warned";
    Nearest = "nearest", "最近人员到场", "Nearest people there";
    Second = "second", "第二批力量到场", "Second force there";
    Handled = "handled", "快处置", "Handled";
    Closed = "closed", "快办结", "Closed";
}

/// One stopwatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopwatch {
    /// Which.
    pub kind: StopwatchKind,
    /// Its limit in seconds; none where there is none.
    pub limit_s: Option<i64>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was stopped; none: it runs.
    pub stopped_at: Option<Timestamp>,
}

/// The stopwatches of a confirmed alarm. The second force belongs to level 1.
pub fn stopwatches(level: Level, times: &Times, order: &WorkOrder, acted: &[Acted]) -> Vec<Stopwatch> {
    use StopwatchKind as K;
    let limits = Limits::of(level);
    let second_at = acted.iter().find(|one| one.act == OrderAct::SecondForce).map(|one| one.at);
    let rings_at = times.rings_at();
    let opened_at = order.opened_at;
    let mut watches = vec![
        (K::Found, Some(FOUND_WITHIN_S), times.occurred_at, Some(times.pushed_at)),
        (K::Warned, limits.verify_s.map(|s| limits.take_s + s), rings_at, Some(opened_at)),
        (K::Nearest, limits.arrive_s, opened_at, order.arrived_at),
    ];
    if level == Level::One {
        watches.push((K::Second, Some(SECOND_WITHIN_S), opened_at, second_at));
    }
    watches.push((K::Handled, limits.handle_s, opened_at, order.done_at));
    watches.push((K::Closed, None, times.pushed_at, times.reviewed_at));
    watches
        .into_iter()
        .map(|(kind, limit_s, started_at, stopped_at)| Stopwatch { kind, limit_s, started_at, stopped_at })
        .collect()
}
