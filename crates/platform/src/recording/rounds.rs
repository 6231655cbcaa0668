//! When the standing works of the desk go round: every so often, and at once when somebody wants it.

use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Interval, MissedTickBehavior};

use crate::Platform;

/// The rounds of one work.
pub(super) struct Rounds {
    ticks: Interval,
}

impl Rounds {
    /// The first at once, then one in each period. A round that took longer delays the next ones.
    pub(super) fn every(period: Duration) -> Self {
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { ticks }
    }

    /// Waits for the next round, or until one is wanted; `false` when the platform stops.
    pub(super) async fn next(&mut self, platform: &Platform, wanted: &Notify) -> bool {
        tokio::select! {
            () = platform.inner.stop.cancelled() => false,
            _ = self.ticks.tick() => true,
            () = wanted.notified() => true,
        }
    }
}
