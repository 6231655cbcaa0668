//! What the watchdog has for a channel goes out behind the alarms, by the same task and the same exchange.

use std::sync::Arc;

use domain::alarm::watchdog::Stage;
use jiff::{SignedDuration, Timestamp};
use store::{Settled, WatchdogKind, WatchdogMessage};
use tracing::warn;

use crate::notify::{About, Channel, Fault, FaultNews, Message, Recipient};
use crate::{Platform, PlatformError};

/// Messages of one reading. Probes come one a minute; with more, the channel has been down.
const BATCH: u32 = 10;
/// Between two tries of a probe; its time is short.
const PROBE_WAIT: SignedDuration = SignedDuration::from_secs(5);
/// Between two tries of news of a fault.
const NEWS_WAIT: SignedDuration = SignedDuration::from_mins(1);
/// Tries of news: an hour.
const NEWS_TRIES_MAX: u32 = 60;
/// A claimed message is free again after this long, as for alarms.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);

impl Platform {
    /// Sends what the watchdog has for a channel by its name, and answers how much that was. NotFound for one that is not configured.
    pub async fn send_watchdog(&self, name: &str) -> Result<usize, PlatformError> {
        self.send_watchdog_due(&self.configured(name)?).await
    }

    pub(crate) async fn send_watchdog_due(&self, channel: &Arc<dyn Channel>) -> Result<usize, PlatformError> {
        let now = self.inner.surroundings.now();
        let due =
            self.inner.store.watchdog_messages_due(channel.name(), now, CLAIM.max(NEWS_WAIT), BATCH).await?;
        let sending = due.iter().map(|one| self.send_watchdog_one(channel, one));
        futures::future::try_join_all(sending).await?;
        Ok(due.len())
    }

    async fn send_watchdog_one(
        &self,
        channel: &Arc<dyn Channel>,
        one: &WatchdogMessage,
    ) -> Result<(), PlatformError> {
        let now = self.inner.surroundings.now();
        let until = now.saturating_add(CLAIM).unwrap_or(Timestamp::MAX);
        if !self.inner.store.claim_watchdog_message(one, until).await? {
            return Ok(());
        }
        let delivery = format!("watchdog-{}", one.seq);
        let result = if channel.addresses().contains(&one.recipient) {
            let message = Message { delivery, about: about(one) };
            self.exchange(channel, &Recipient::Address(one.recipient.clone()), message, now).await
        } else {
            Err(Fault::lasting("this address is no longer configured"))
        };
        let at = self.inner.surroundings.now();
        let later = |wait| at.saturating_add(wait).unwrap_or(Timestamp::MAX);
        let (settled, said) = match &result {
            Ok(said) => (Settled::Sent, said),
            // A probe is tried until it is judged, whatever is wrong: what looks lasting may be mended, and nobody else tries.
            Err(fault) if one.kind == WatchdogKind::Probe => (Settled::Again(later(PROBE_WAIT)), &fault.why),
            Err(fault) if fault.is_passing() && one.tries + 1 < NEWS_TRIES_MAX => {
                (Settled::Again(later(NEWS_WAIT)), &fault.why)
            }
            Err(fault) => (Settled::GivenUp, &fault.why),
        };
        if result.is_err() {
            warn!(channel = channel.name(), kind = one.kind.as_str(), said, "watchdog's message not taken");
        }
        self.inner.store.settle_watchdog_message(one, settled, said, at).await?;
        Ok(())
    }
}

fn about(one: &WatchdogMessage) -> About {
    let Some(fault) = &one.fault else { return About::Probe { receipt: one.receipt.clone() } };
    let stage = fault.link.stage;
    let place = match stage {
        Stage::Channel => format!("{} {} {}", stage.name_zh(), fault.link.channel, fault.link.recipient),
        _ => stage.name_zh().to_owned(),
    };
    About::Fault(FaultNews {
        stage,
        place,
        why: fault.why.clone(),
        since: fault.since,
        mended_at: fault.mended_at.filter(|_| one.kind == WatchdogKind::Mended),
    })
}
