//! The notifier: reads the outbox and tells whoever is connected; the row is marked only after that.
//!
//! A crash between the commit and the telling repeats the telling, never loses it. Outside channels (SMS, voice, WeCom) are not here
//! yet; each will be one more reader of the same rows.

use std::str::FromStr as _;
use std::time::Duration;

use domain::ids::AlarmId;
use store::OutboxEntry;
use tracing::{error, warn};

use crate::events::Event;
use crate::{Platform, PlatformError};

/// Rows read at a time.
const BATCH: u32 = 100;
/// Looks again even when nobody rang, in case another process wrote.
const PERIOD: Duration = Duration::from_secs(2);
/// Pause after a fault of the store.
const PAUSE: Duration = Duration::from_secs(1);

/// Delivers until the platform stops.
pub(crate) async fn run(platform: Platform) {
    loop {
        match deliver(&platform).await {
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

async fn deliver(platform: &Platform) -> Result<usize, PlatformError> {
    let entries = platform.inner.store.outbox_pending(BATCH).await?;
    for entry in &entries {
        if let Some(event) = event_of(entry) {
            platform.inner.events.publish(event);
        } else {
            warn!(seq = entry.seq, topic = entry.topic, "outbox row with a foreign key");
        }
        platform.inner.store.outbox_delivered(entry.seq, platform.inner.surroundings.now()).await?;
    }
    Ok(entries.len())
}

impl Platform {
    /// Alarm events after an outbox row, for a listener that comes back; newest last, at most `limit`.
    pub async fn events_after(&self, seq: i64, limit: u32) -> Result<Vec<Event>, PlatformError> {
        let entries = self.inner.store.outbox_after(seq, limit).await?;
        Ok(entries.iter().filter_map(event_of).collect())
    }
}

/// What an outbox row tells; none where its key is no alarm's.
fn event_of(entry: &OutboxEntry) -> Option<Event> {
    let id = AlarmId::from_str(&entry.key).ok()?;
    Some(Event::Alarm { seq: entry.seq, raised: entry.topic == "alarm.raised", id })
}
