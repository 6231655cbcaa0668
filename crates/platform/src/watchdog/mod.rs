//! The watchdog (链路自检): every minute a test alarm walks the way of every alarm, and what does not come through is a fault that people see.
//!
//! The way: an observation, the statements that raise an alarm, the outbox, the clocks, the push, the channels to the outside. A probe goes
//! through the very tasks that carry alarms, so that a task that hangs shows; its rows are its own, so that it is in no list and no figure.
//! What it says of each link is the word of `domain::alarm::watchdog`.

mod sending;
mod state;
mod walk;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::alarm::watchdog::ChannelPlan;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;
use tracing::warn;

use crate::Platform;
use crate::events::Event;

pub use state::{Verdict, WatchdogState};

/// How often it is asked whether a probe is due or its time is over.
const PERIOD: Duration = Duration::from_secs(1);
/// After the start, before the first probe: everything has begun by then.
const FIRST: Duration = Duration::from_secs(3);

/// How the way is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchdogSettings {
    /// Between two probes; zero: the watchdog is off.
    pub every: SignedDuration,
    /// In which time a probe has to come through.
    pub within: SignedDuration,
    /// Which channels carry probes, and how often.
    pub channels: Vec<ChannelPlan>,
    /// Channels whose addresses are told of a fault; those of them that are configured.
    pub tell: Vec<String>,
}

impl Default for WatchdogSettings {
    fn default() -> Self {
        let names = ["webhook", "wecom", "dingtalk", "feishu", "sms", "voice", "mail", "mqtt"];
        let minute = SignedDuration::from_mins(1);
        Self {
            every: minute,
            within: SignedDuration::from_secs(45),
            channels: vec![ChannelPlan { channel: "webhook".to_owned(), every: minute }],
            tell: names.map(str::to_owned).to_vec(),
        }
    }
}

/// What is known besides the rows: why the last probe could not even begin.
#[derive(Debug, Default)]
pub(crate) struct Watchdog {
    trouble: Mutex<Option<(Timestamp, String)>>,
}

impl Watchdog {
    fn set_trouble(&self, trouble: Option<(Timestamp, String)>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    fn trouble(&self) -> Option<(Timestamp, String)> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Walks the way until the platform stops, and listens to the push as a console does.
pub(crate) async fn run(platform: Platform) {
    let mut push = platform.listen();
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + FIRST, PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let heard = tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = ticks.tick() => None,
            event = push.recv() => match event {
                Ok(Event::Probe(id)) => Some(id),
                Ok(_) | Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return,
            },
        };
        let now = platform.inner.surroundings.now();
        let kept = match heard {
            Some(id) => platform.hear_probe(id, now).await,
            None => platform.keep_watchdog(now).await,
        };
        if let Err(error) = kept {
            warn!(%error, "watchdog not kept");
        }
    }
}
