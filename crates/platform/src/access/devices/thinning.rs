//! What devices reported does not pile up for ever: once a day, notices that everybody is done with and that are old enough are deleted.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use crate::{Platform, PlatformError};

/// How long a notice is kept that became no alarm and that nobody waits for: the six months that logs are kept (Cybersecurity Law art. 21),
/// and some days.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 190);
/// How often it is looked.
const PERIOD: Duration = Duration::from_hours(24);
/// Pause after the start, so that a start is not slowed by it.
const FIRST: Duration = Duration::from_mins(5);
/// Transactions of one day; each deletes some thousands, and what is left waits for tomorrow.
const BATCHES_MAX: usize = 100;

/// Thins notices every day, until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut pause = FIRST;
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = PERIOD;
        match platform.thin_notices(platform.inner.surroundings.now()).await {
            Ok(0) => {}
            Ok(thinned) => info!(thinned, "old notices of devices deleted"),
            Err(error) => warn!(%error, "old notices of devices not deleted"),
        }
    }
}

impl Platform {
    /// Deletes notices that are old at `now`, became no alarm and wait for nobody; how many.
    pub async fn thin_notices(&self, now: Timestamp) -> Result<u64, PlatformError> {
        let before = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
        let mut thinned = 0;
        for _ in 0..BATCHES_MAX {
            match self.inner.store.thin_device_notices(before).await? {
                0 => break,
                some => thinned += some,
            }
        }
        Ok(thinned)
    }
}
