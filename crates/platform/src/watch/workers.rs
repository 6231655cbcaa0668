//! Decoders and models of the watch: as many as may look at a time, lent out one look each.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tracing::warn;
use vision::{FireSmoke, Worker};

use super::WatchSettings;
use super::turns::{Turns, Urgency};

/// The decoders and models of the watch: as many as may look at a time, lent out one look each.
pub(crate) struct Workers {
    pub(super) model: Arc<FireSmoke>,
    turns: Arc<Turns>,
    free: Mutex<Vec<Worker>>,
}

impl Workers {
    pub(crate) fn new(model: Arc<FireSmoke>, settings: &WatchSettings) -> Self {
        let turns = Turns::new(settings.looks_at_once, settings.cores_max);
        Self { model, turns, free: Mutex::new(Vec::new()) }
    }

    /// Version of the weights that look.
    pub(crate) fn model_version(&self) -> &str {
        self.model.version()
    }

    /// Runs `work` with a worker on a blocking thread when it is its turn. None when the work panicked; that worker is not used again.
    pub(super) async fn lend<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&mut Worker) -> T + Send + 'static,
    ) -> Option<T> {
        let turn = self.turns.take(urgency).await;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = free.unwrap_or_else(|| Worker::new(Arc::clone(&self.model)));
        // The turn goes along, so that it is not over before the work is, even where nobody waits for that any more.
        let (worker, done, turn, worked) = tokio::task::spawn_blocking(move || {
            let began = Instant::now();
            let done = work(&mut worker);
            (worker, done, turn, began.elapsed())
        })
        .await
        .map_err(|fault| warn!(%fault, "a look failed"))
        .ok()?;
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        // Whoever is next finds the worker there and needs no new one.
        turn.end(worked);
        Some(done)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use vision::PresenceRules;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn there_are_no_more_workers_than_seats() {
        let settings = WatchSettings {
            enabled: true,
            looks_at_once: 2,
            cores_max: 0.0,
            condition_hold: SignedDuration::from_mins(1),
            tell_again: SignedDuration::from_secs(60),
            duty_rooms: PresenceRules::default(),
        };
        let workers = Arc::new(Workers::new(Arc::new(FireSmoke::embedded().unwrap()), &settings));
        let looks: Vec<_> = (0..200)
            .map(|_| {
                let workers = Arc::clone(&workers);
                tokio::spawn(async move { workers.lend(Urgency::Now, |_| std::thread::yield_now()).await })
            })
            .collect();
        for look in looks {
            assert_eq!(look.await.unwrap(), Some(()));
        }
        assert!((1..=2).contains(&workers.free.lock().unwrap().len()));
    }
}
