//! Alarms that come at the same time are committed together: whoever finds nobody at it commits what waits, the others find theirs done.
//!
//! A commit waits for the disk, and on PostgreSQL for the outbox's turn; in a storm a hundred alarms wait once. Alone, an alarm waits for
//! nobody. No task of its own, so nothing has to run before an alarm can be raised.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::access::Access;
use store::{JoinRule, NewAlarm, Raised, Store, StoreError};
use tokio::sync::oneshot;
use tokio::sync::oneshot::error::TryRecvError;
use tracing::warn;

/// Most alarms of one commit: longer ones would keep the first of them waiting.
const TOGETHER_MAX: usize = 128;

/// Alarms that wait for their commit.
#[derive(Default)]
pub(crate) struct Together {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

struct Waiting {
    asked: (Access, NewAlarm),
    done: oneshot::Sender<Result<Raised, StoreError>>,
}

impl Together {
    /// Commits an alarm, with whatever else waits.
    pub(super) async fn raise(
        &self,
        store: &Store,
        access: &Access,
        new: &NewAlarm,
        joins: JoinRule,
    ) -> Result<Raised, StoreError> {
        let mut result = self.enter(access, new);
        let _turn = self.turn.lock().await;
        loop {
            match result.try_recv() {
                Ok(raised) => return raised,
                Err(TryRecvError::Empty) => self.commit(store, joins).await,
                // Who was at it was called off half-way. The observation's id keeps a second try from raising twice.
                Err(TryRecvError::Closed) => result = self.enter(access, new),
            }
        }
    }

    fn enter(&self, access: &Access, new: &NewAlarm) -> oneshot::Receiver<Result<Raised, StoreError>> {
        let (done, result) = oneshot::channel();
        self.waiting().push(Waiting { asked: (*access, new.clone()), done });
        result
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits the longest waiting ones. Where the database refuses them together, each is tried alone, so that one cannot spoil the others.
    async fn commit(&self, store: &Store, joins: JoinRule) {
        let (asked, done): (Vec<_>, Vec<_>) = {
            let mut waiting = self.waiting();
            let count = waiting.len().min(TOGETHER_MAX);
            let first = waiting.drain(..count);
            // Whoever was called off before the commit raises nothing.
            first.filter(|one| !one.done.is_closed()).map(|one| (one.asked, one.done)).unzip()
        };
        match store.raise_alarms(&asked, joins).await {
            Ok(all) => {
                for (done, raised) in done.into_iter().zip(all) {
                    // Nobody waits any more: the alarm is there all the same.
                    let _ = done.send(raised);
                }
            }
            Err(error) => {
                if asked.len() > 1 {
                    warn!(alarms = asked.len(), %error, "not committed together, now one by one");
                }
                for (done, (access, new)) in done.into_iter().zip(&asked) {
                    let _ = done.send(store.raise_alarm(access, new, joins).await);
                }
            }
        }
    }
}
