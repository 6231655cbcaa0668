//! The pace of a scan: one ticket for every connection and question, so many a second.
//!
//! Switches and cheap cameras take floods for attacks, and some fall over.

use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior, interval};

#[derive(Debug)]
pub(super) struct Tickets(Mutex<Interval>);

impl Tickets {
    /// `per_s` a second, 1 to 1000.
    pub(super) fn new(per_s: u32) -> Self {
        let mut ticks = interval(Duration::from_secs(1) / per_s.clamp(1, 1_000));
        // Time that was not used is not made up for by a flood.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self(Mutex::new(ticks))
    }

    /// Waits for the next ticket, in the order of asking.
    pub(super) async fn take(&self) {
        self.0.lock().await.tick().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn two_hundred_a_second_are_not_more() {
        let tickets = Tickets::new(200);
        tickets.take().await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        let began = tokio::time::Instant::now();
        for _ in 0..=200 {
            tickets.take().await;
        }
        let took = began.elapsed();
        assert!(took >= Duration::from_millis(995) && took < Duration::from_millis(1_100), "{took:?}");
    }
}
