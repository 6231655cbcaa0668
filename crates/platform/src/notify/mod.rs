//! The notifier: reads the outbox and tells whoever is connected; the row is marked only after that.
//!
//! A crash between the commit and the telling repeats the telling, never loses it. Every entry also asks for a look at the alarm's
//! ladder, which writes whom to tell beyond those who are connected; what is told outside waits in the notification log for its [`channel`].

mod addressees;
mod channel;
mod dingtalk;
mod feishu;
mod gateway;
mod http;
mod line;
mod mail;
mod message;
mod mqtt;
mod robot;
mod sender;
mod sign;
mod web_push;
mod webhook;
mod wecom;

use std::collections::BTreeSet;
use std::str::FromStr as _;
use std::time::Duration;

use domain::ids::{AlarmId, ProbeId};
use store::{OutboxEntry, PROBE_TOPIC};
use tracing::{error, warn};

use crate::events::Event;
use crate::{Platform, PlatformError};

pub use channel::{Channel, Endpoint, Fault, GatewaySettings, NotifySettings, Recipient, Then};
pub use http::Http;
pub use line::{Encryption, Login, Server};
pub use mail::{MailSettings, is_mail_address};
pub use media::Network;
pub use message::{About, AlarmNews, FaultNews, Message, NoticeNews};
pub use mqtt::MqttSettings;
pub use sender::{ChannelState, TestOutcome};
pub(crate) use sender::{Outlet, run as run_outlet};
pub(crate) use web_push::may_knock;
pub use web_push::{Knock, WebPushSettings};

/// Rows read at a time.
const BATCH: u32 = 100;
/// Looks again even when nobody rang, in case another process wrote.
const PERIOD: Duration = Duration::from_secs(2);
/// Pause after a fault of the store.
const PAUSE: Duration = Duration::from_secs(1);

/// Delivers until the platform stops.
pub(crate) async fn run(platform: Platform) {
    loop {
        match platform.deliver_outbox().await {
            Ok(delivered) if delivered == BATCH as usize => continue,
            Ok(_) => {}
            Err(fault) => {
                error!(%fault, "outbox not delivered");
                tokio::time::sleep(PAUSE).await;
            }
        }
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            () = platform.inner.outbox_written.notified() => {}
            () = tokio::time::sleep(PERIOD) => {}
        }
    }
}

impl Platform {
    /// Tells what waits in the outbox, one batch, and answers how much that was.
    pub async fn deliver_outbox(&self) -> Result<usize, PlatformError> {
        let store = &self.inner.store;
        let entries = store.outbox_pending(BATCH).await?;
        let mut alarms = BTreeSet::new();
        let mut probes = Vec::new();
        for entry in &entries {
            if entry.topic == PROBE_TOPIC {
                probes.extend(ProbeId::from_str(&entry.key));
            } else if let Some(event) = event_of(entry) {
                alarms.extend(AlarmId::from_str(&entry.key));
                self.inner.events.publish(event);
            } else {
                warn!(seq = entry.seq, topic = entry.topic, "outbox row with a foreign key");
            }
        }
        let now = self.inner.surroundings.now();
        if !alarms.is_empty() {
            store.ask_for_looks(&Vec::from_iter(alarms), now).await?;
            self.inner.look_asked.notify_one();
        }
        for id in probes {
            self.pass_probe(id, now).await?;
        }
        if let Some(last) = entries.last() {
            store.outbox_delivered(last.seq, now).await?;
        }
        Ok(entries.len())
    }

    /// Alarm events after an outbox row, for a listener that comes back; newest last, at most `limit`.
    pub async fn events_after(&self, seq: i64, limit: u32) -> Result<Vec<Event>, PlatformError> {
        let entries = self.inner.store.outbox_after(seq, limit).await?;
        Ok(entries.iter().filter_map(event_of).collect())
    }
}

/// What an outbox row tells; none where its key is no alarm's.
fn event_of(entry: &OutboxEntry) -> Option<Event> {
    if entry.topic == PROBE_TOPIC {
        return None;
    }
    let id = AlarmId::from_str(&entry.key).ok()?;
    Some(Event::Alarm { seq: entry.seq, raised: entry.topic == "alarm.raised", id })
}
