//! Sending: every channel has its own task, so that one that hangs keeps no other waiting; tries are rows, so that a restart forgets none.

use std::sync::Arc;
use std::time::Duration;

use domain::access::Access;
use domain::alarm::ladder::runs;
use domain::role::Capability;
use futures::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use store::{ChannelStanding, Settled, ToldOf, WaitingNotification};
use tokio::sync::Notify;
use tracing::{info, warn};

use super::channel::{Channel, Fault, NotifySettings, Recipient};
use super::http::EXCHANGE_LIMIT;
use super::message::Message;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Looks for work even when nobody rang: retries come due, and other processes write too.
const PERIOD: Duration = Duration::from_secs(1);
/// Notifications read at a time.
const BATCH: u32 = 50;
/// Exchanges of one channel at a time: a slow receiver of many messages is not waited for one by one.
const AT_ONCE: usize = 4;
/// Tries of one notification.
const TRIES_MAX: u32 = 8;
/// Before the second try; three times as long before each further one, up to [`WAIT_MAX`]. Eight tries take about an hour.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(5);
/// Longest wait between tries.
const WAIT_MAX: SignedDuration = SignedDuration::from_mins(20);
/// A claimed notification is free again after this long: every exchange has ended by then.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);
/// An exchange that its own limits did not end.
const STUCK: Duration = Duration::from_secs(2 * EXCHANGE_LIMIT.as_secs());
/// Pause after a fault of the store.
const PAUSE: Duration = Duration::from_secs(1);

/// A channel at work.
pub(crate) struct Outlet {
    /// The channel.
    pub(crate) channel: Arc<dyn Channel>,
    /// Rung when something was written for it.
    pub(crate) written: Notify,
}

/// How a channel is set up and fares.
#[derive(Debug, Clone)]
pub struct ChannelState {
    /// Its addresses, without secrets.
    pub addresses: Vec<String>,
    /// True where it tells people of a rung besides, at their own contacts.
    pub tells_people: bool,
    /// The rungs that are told by it.
    pub rungs: Vec<domain::alarm::Rung>,
    /// What became of its notifications.
    pub standing: ChannelStanding,
}

/// What the test of a connection found at one address.
#[derive(Debug, Clone)]
pub struct TestOutcome {
    /// The address, without secrets.
    pub address: String,
    /// True where the other side took the message.
    pub taken: bool,
    /// What it said, or what went wrong.
    pub said: String,
}

impl Outlet {
    /// Of every channel that is configured.
    pub(crate) fn all(settings: &NotifySettings) -> Vec<Arc<Self>> {
        let outlet = |channel| Arc::new(Self { channel, written: Notify::new() });
        settings.channels().into_iter().map(outlet).collect()
    }
}

impl Platform {
    /// Before anything is sent: what the process of before had in hand when it died is due at once, not after its claim.
    pub(crate) async fn free_claims(&self) -> Result<(), PlatformError> {
        let freed = self.inner.store.free_claims(self.inner.surroundings.now(), CLAIM).await?;
        if freed > 0 {
            info!(freed, "what was being sent before the start is sent now");
        }
        Ok(())
    }
}

/// Sends what waits for one channel, until the platform stops.
pub(crate) async fn run(platform: Platform, outlet: Arc<Outlet>) {
    loop {
        let sent = platform.send_due(&outlet.channel).await;
        // A channel that is busy with alarms is a channel on which a probe waits: that is what it measures.
        let sent = match sent {
            Ok(sent) if sent < BATCH as usize => {
                platform.send_watchdog_due(&outlet.channel).await.map(|_| sent)
            }
            sent => sent,
        };
        let pause = match sent {
            Ok(sent) if sent == BATCH as usize => continue,
            Ok(_) => PERIOD,
            Err(error) => {
                warn!(channel = outlet.channel.name(), %error, "notifications not sent");
                PAUSE
            }
        };
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            () = outlet.written.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

impl Platform {
    /// Sends what is due on a channel by its name, and answers how much that was. NotFound for one that is not configured.
    pub async fn send_waiting(&self, name: &str) -> Result<usize, PlatformError> {
        self.send_due(&self.configured(name)?).await
    }

    pub(crate) fn configured(&self, name: &str) -> Result<Arc<dyn Channel>, PlatformError> {
        let mut outlets = self.inner.outlets.iter();
        let found = outlets.find(|outlet| outlet.channel.name() == name).ok_or(PlatformError::NotFound)?;
        Ok(found.channel.clone())
    }

    async fn send_due(&self, channel: &Arc<dyn Channel>) -> Result<usize, PlatformError> {
        let now = self.inner.surroundings.now();
        let due = self.inner.store.notifications_due(channel.name(), now, WAIT_MAX, BATCH).await?;
        let count = due.len();
        let sending: Vec<_> = due.into_iter().map(|one| self.send_one(channel, one)).collect();
        let outcomes: Vec<_> = futures::stream::iter(sending).buffer_unordered(AT_ONCE).collect().await;
        outcomes.into_iter().collect::<Result<(), PlatformError>>()?;
        Ok(count)
    }

    async fn send_one(
        &self,
        channel: &Arc<dyn Channel>,
        one: WaitingNotification,
    ) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let now = self.inner.surroundings.now();
        let until = now.saturating_add(CLAIM).unwrap_or(Timestamp::MAX);
        if !store.claim_notification(&one, until).await? {
            return Ok(());
        }
        let result = match self.recipient(channel, &one.recipient, now).await? {
            Some(to) => match self.message_of(&one).await? {
                Some(message) => self.exchange(channel, &to, message, now).await,
                None => Err(Fault::lasting("no longer needed: it has been dealt with")),
            },
            None => Err(Fault::lasting("this address is no longer configured")),
        };
        let at = self.inner.surroundings.now();
        let tries = one.tries + 1;
        let (settled, said) = match &result {
            Ok(said) => (Settled::Sent, said),
            Err(fault) if fault.is_passing() && tries < TRIES_MAX => {
                (Settled::Again(next_try(tries, at)), &fault.why)
            }
            Err(fault) => (Settled::GivenUp, &fault.why),
        };
        if settled == Settled::Sent {
            info!(channel = channel.name(), of = ?one.of, tries, "sent");
        } else {
            warn!(channel = channel.name(), of = ?one.of, tries, ?settled, said, "not taken");
        }
        store.settle_notification(&one, settled, said, at).await?;
        Ok(())
    }

    /// What a notification says; none where a repeated try is about something that was dealt with since.
    async fn message_of(&self, one: &WaitingNotification) -> Result<Option<Message>, PlatformError> {
        let (store, link) = (&self.inner.store, self.inner.settings.notify.public_address.as_deref());
        let is_again = one.tries > 0;
        match one.of {
            ToldOf::Alarm { id, run } => {
                let row = store.alarm(&Access::PLATFORM, id).await?;
                let is_over = is_again && !runs(&row.alarm).contains(&run);
                let delivery = format!("{}-{}", one.rung_seq, one.round);
                let of = (run, one.rung, one.round);
                Ok((!is_over).then(|| Message::alarm(&row, of, delivery, link)))
            }
            ToldOf::Notice(id) => {
                let row = store.notice(&Access::PLATFORM, id).await?;
                let is_over = is_again && row.notice.state.is_ended();
                let delivery = format!("n{}-{}", one.rung_seq, one.round);
                Ok((!is_over).then(|| Message::notice(&row, (one.rung, one.round), delivery, link)))
            }
        }
    }

    pub(crate) async fn exchange(
        &self,
        channel: &Arc<dyn Channel>,
        to: &Recipient,
        message: Message,
        now: Timestamp,
    ) -> Result<String, Fault> {
        let (sender, told, out) = (channel.clone(), to.clone(), self.inner.outside.clone());
        let sending = tokio::task::spawn_blocking(move || sender.send(&out, &told, &message, now));
        let result = match tokio::time::timeout(STUCK, sending).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Fault::passing("the sending broke off")),
            Err(_) => Err(Fault::passing("no answer in time")),
        };
        if let Recipient::Browser(browser, _) = to {
            self.note_browser(browser, &result, now).await;
        }
        result
    }

    /// Rings every channel: something was written that may be for it.
    pub(crate) fn wake_outlets(&self) {
        for outlet in &self.inner.outlets {
            outlet.written.notify_one();
        }
    }

    /// Every own address of the channels wanted, with the name of its channel.
    pub(crate) fn addresses_where(&self, wanted: impl Fn(&dyn Channel) -> bool) -> Vec<(String, String)> {
        let channels = self.inner.outlets.iter().map(|outlet| &outlet.channel);
        let named = |channel: &Arc<dyn Channel>| {
            let name = channel.name().to_owned();
            channel.addresses().into_iter().map(move |address| (name.clone(), address))
        };
        channels.filter(|channel| wanted(channel.as_ref())).flat_map(named).collect()
    }

    /// Every channel that is configured.
    pub async fn notification_channels(&self, ask: &Ask) -> Result<Vec<ChannelState>, PlatformError> {
        ask.access.need(Capability::SeeSystem)?;
        let mut states = Vec::new();
        for outlet in &self.inner.outlets {
            let channel = &outlet.channel;
            states.push(ChannelState {
                addresses: channel.addresses(),
                tells_people: channel.contacts().is_some(),
                rungs: channel.rungs().to_vec(),
                standing: self.inner.store.channel_standing(channel.name()).await?,
            });
        }
        Ok(states)
    }

    /// Sends a test message to every own address of a channel, and to the asker's contacts on it. NotFound for one that is not configured.
    pub async fn test_channel(&self, ask: &Ask, name: &str) -> Result<Vec<TestOutcome>, PlatformError> {
        ask.access.need(Capability::SeeSystem)?;
        let channel = self.configured(name)?;
        let mut outcomes = Vec::new();
        for address in self.addresses_to_test(ask, channel.as_ref()).await? {
            let Some(to) = self.recipient(&channel, &address, ask.now).await? else { continue };
            outcomes.push(self.test_one(ask, &channel, address, &to).await);
        }
        let object =
            Object { kind: "channel_of_notification", name: Some(name.to_owned()), ..Object::default() };
        let result = if outcomes.iter().all(|one| one.taken) { "ok" } else { "failed" };
        self.audit(ask, "channel_test", object, result, None).await?;
        Ok(outcomes)
    }
}

impl Platform {
    /// Sends a test message to one address.
    pub(crate) async fn test_one(
        &self,
        ask: &Ask,
        channel: &Arc<dyn Channel>,
        address: String,
        to: &Recipient,
    ) -> TestOutcome {
        let delivery = format!("test-{}", self.inner.surroundings.id(ask.now));
        match self.exchange(channel, to, Message::test(delivery), ask.now).await {
            Ok(said) => TestOutcome { address, taken: true, said },
            Err(fault) => TestOutcome { address, taken: false, said: fault.why },
        }
    }
}

fn next_try(tries: u32, at: Timestamp) -> Timestamp {
    let factor = 3_i32.saturating_pow(tries.saturating_sub(1));
    let wait = FIRST_WAIT.saturating_mul(factor).min(WAIT_MAX);
    at.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_come_ever_later_and_end_within_some_hours() {
        let at = Timestamp::UNIX_EPOCH;
        let waits: Vec<i64> = (1..TRIES_MAX).map(|tries| next_try(tries, at).as_second()).collect();
        assert_eq!(waits, [5, 15, 45, 135, 405, 1200, 1200]);
        assert!(CLAIM.as_secs() as u64 > STUCK.as_secs(), "a claim outlives the exchange");
    }
}
