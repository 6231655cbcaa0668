//! The lines that run, by upper platform.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::device::UpperState;
use domain::ids::{CameraId, UpperPlatformId};
use jiff::{SignedDuration, Timestamp};
use store::UpperPlatform;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tracing::error;

use super::line;
use super::standing::{Board, UpperStanding};
use super::turns::Turns;
use crate::{Platform, PlatformError};

/// One row of the register stands for the turning of one camera by one upper platform within this span.
const TURN_SPAN: SignedDuration = SignedDuration::from_mins(10);
/// Turns remembered for that; beyond it the older ones simply leave another row.
const TURNS_MAX: usize = 10_000;

/// What runs, and who turned what.
#[derive(Default)]
pub(crate) struct Cascade {
    lines: Mutex<HashMap<UpperPlatformId, Running>>,
    pub(in crate::access) turns: Turns,
    written: Mutex<HashMap<(UpperPlatformId, CameraId), Timestamp>>,
}

struct Running {
    board: Arc<Board>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Cascade {
    /// Whether a turn needs a row of its own.
    pub(super) fn is_new_turn(&self, key: (UpperPlatformId, CameraId), now: Timestamp) -> bool {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.get(&key).is_some_and(|at| now.duration_since(*at) < TURN_SPAN) {
            return false;
        }
        if written.len() >= TURNS_MAX {
            written.clear();
        }
        written.insert(key, now);
        true
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<UpperPlatformId, Running>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Platform {
    pub(crate) async fn start_uppers(&self) -> Result<(), PlatformError> {
        for upper in self.inner.store.all_upper_platforms().await? {
            self.start_upper(upper);
        }
        Ok(())
    }

    pub(crate) async fn stop_uppers(&self) {
        let all: Vec<Running> = self.inner.cascade.lines().drain().map(|(_, running)| running).collect();
        for running in &all {
            running.stop.cancel();
        }
        for running in all {
            running.end().await;
        }
    }

    /// Registers at an upper platform and stays registered. Nothing where it is switched off, or where GB/T 28181 is.
    pub(super) fn start_upper(&self, upper: UpperPlatform) {
        if upper.disabled || self.inner.settings.access.is_none() {
            return;
        }
        let id = upper.id;
        let stop = CancellationToken::new();
        let board = Arc::new(Board::new(UpperState::Connecting, self.surroundings().now()));
        let task = tokio::spawn(line::run(self.clone(), upper, Arc::clone(&board), stop.clone()));
        self.inner.cascade.lines().insert(id, Running { board, stop, task });
    }

    /// Says good-bye to an upper platform.
    pub(super) async fn stop_upper(&self, id: UpperPlatformId) {
        let running = self.inner.cascade.lines().remove(&id);
        if let Some(running) = running {
            running.end().await;
        }
    }

    /// How the line to an upper platform stands.
    pub(super) fn upper_standing(&self, upper: &UpperPlatform) -> UpperStanding {
        let running = self.inner.cascade.lines().get(&upper.id).map(|running| running.board.read());
        running.unwrap_or_else(|| UpperStanding::new(UpperState::Disabled, upper.created_at))
    }
}

impl Running {
    async fn end(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            error!(%error, "the line to an upper platform ended badly");
        }
    }
}
