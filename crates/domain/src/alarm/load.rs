//! The load of an operator: how many alarms called them within ten minutes, and whether that is a flood.
//!
//! One alarm in ten minutes is what a person can work well in the long run, more than ten is a flood (EEMUA 191, ISA-18.2). A flood ends
//! below the number at which it began, so that a desk does not change its face with every alarm.

use jiff::{SignedDuration, Timestamp};

/// The span in which calls are counted.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// Calls in a window that a person can work in the long run.
pub const TARGET: u32 = 1;
/// More calls in a window than this are a flood.
pub const FLOOD_ABOVE: u32 = 10;
/// A flood is over when fewer calls than this lie in the window.
pub const FLOOD_ENDS_BELOW: u32 = 5;

/// The load at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Calls in the last window.
    pub in_window: u32,
    /// Since when it is a flood; none where it is none.
    pub flooded_since: Option<Timestamp>,
}

/// The load at `now`, given when the operator was called, in order. Calls older than some windows change nothing any more.
pub fn load_at(calls: &[Timestamp], now: Timestamp) -> Load {
    let in_window = |at: Timestamp| {
        let from = at.saturating_sub(WINDOW).unwrap_or(Timestamp::MIN);
        calls.iter().filter(|call| **call > from && **call <= at).count() as u32
    };
    // The count changes when a call comes and when one leaves the window.
    let leaves = calls.iter().filter_map(|call| call.checked_add(WINDOW).ok());
    let mut moments: Vec<Timestamp> = calls.iter().copied().chain(leaves).filter(|at| *at <= now).collect();
    moments.sort_unstable();
    let mut flooded_since = None;
    for at in moments {
        let count = in_window(at);
        if count > FLOOD_ABOVE {
            flooded_since = flooded_since.or(Some(at));
        } else if count < FLOOD_ENDS_BELOW {
            flooded_since = None;
        }
    }
    Load { in_window: in_window(now), flooded_since }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + s).unwrap()
    }

    /// `count` calls, a second apart, from `from` on.
    fn burst(from: i64, count: i64) -> Vec<Timestamp> {
        (0..count).map(|n| at(from + n)).collect()
    }

    #[test]
    fn a_flood_begins_above_ten_and_ends_below_five() {
        for (name, calls, s, in_window, since) in [
            ("nobody called", vec![], 0, 0, None),
            ("one", burst(0, 1), 0, 1, None),
            ("one is over after ten minutes", burst(0, 1), 600, 0, None),
            ("ten are no flood", burst(0, 10), 10, 10, None),
            ("eleven are, from the eleventh on", burst(0, 11), 10, 11, Some(10)),
            ("still while five lie in the window", burst(0, 11), 605, 5, Some(10)),
            ("over when four do", burst(0, 11), 606, 4, None),
            ("a second burst carries it on", [burst(0, 11), burst(500, 6)].concat(), 700, 6, Some(10)),
            ("a quiet hour ends it", burst(0, 40), 3600, 0, None),
            ("what comes later does not count yet", burst(0, 11), 5, 6, None),
        ] {
            let wanted = Load { in_window, flooded_since: since.map(at) };
            assert_eq!(load_at(&calls, at(s)), wanted, "{name}");
        }
    }
}
