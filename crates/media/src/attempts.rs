//! The rhythm of trying again, the same for every source that can fail and come back.

use crate::backoff::Backoff;
use crate::camera::CameraConfig;
use crate::ingest::Ingest;
use crate::state::CameraState;
use std::fmt::Display;
use std::time::Duration;

/// The attempts to keep one camera connected.
#[derive(Debug)]
pub(crate) struct Attempts {
    backoff: Backoff,
    frames: u64,
}

impl Attempts {
    pub(crate) fn new(config: &CameraConfig, ingest: &Ingest) -> Self {
        let frames = ingest.board.status().counters.frames;
        Self { backoff: Backoff::new(config.timing.backoff, config.jitter_seed), frames }
    }

    /// An attempt has ended: enters the state and waits until the next one is due.
    pub(crate) async fn failed(
        &mut self,
        config: &CameraConfig,
        from: &impl Display,
        failure: CameraState,
        ingest: &Ingest,
    ) {
        let frames = ingest.board.status().counters.frames;
        if std::mem::replace(&mut self.frames, frames) < frames {
            self.backoff.succeeded();
        }
        let wait_ms = if failure.is_lasting() {
            self.backoff.after_refusal_ms()
        } else {
            self.backoff.after_failure_ms()
        };
        let code = failure.code();
        if ingest.board.enter(failure, (ingest.clock)()) {
            tracing::warn!(camera = config.name, %from, code, wait_ms, "camera lost");
        }
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        ingest.board.count(|counters| counters.reconnects += 1);
    }
}
