//! The round of rule quality: every few minutes what is over ends, what is noisy is proposed, planned silences are closed, answered alarms give samples and old samples go.

use std::time::Duration;

use tracing::warn;

use crate::Platform;

/// How often it is looked. Answers come from people; nothing here waits for a second.
const PERIOD: Duration = Duration::from_mins(5);

/// Goes its rounds until the platform stops; the first at once.
pub(crate) async fn run(platform: Platform) {
    let mut ticks = tokio::time::interval(PERIOD);
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        platform.note_calendar(now);
        if let Err(error) = platform.keep_quarantines(now).await {
            warn!(%error, "quarantines not kept");
        }
        if let Err(error) = platform.keep_silences(now).await {
            warn!(%error, "planned silences not kept");
        }
        if let Err(error) = platform.keep_samples(now).await {
            warn!(%error, "samples not kept");
        }
    }
}
