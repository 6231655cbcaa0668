//! Decoders and models of the watch: as many as may look at a time, lent out one look each.

use std::sync::{Arc, Mutex, PoisonError};

use media::Frame;
use tokio::sync::Semaphore;
use tracing::warn;
use vision::scale::Scaler;
use vision::{FireSmoke, Worker};

use super::coding_of;
use crate::Platform;

/// The decoders and models of the watch: as many as may look at a time, lent out one look each.
pub(crate) struct Workers {
    pub(super) model: Arc<FireSmoke>,
    seats: Semaphore,
    free: Mutex<Vec<Worker>>,
}

impl Workers {
    pub(crate) fn new(model: Arc<FireSmoke>, looks_at_once: usize) -> Self {
        Self { model, seats: Semaphore::new(looks_at_once.max(1)), free: Mutex::new(Vec::new()) }
    }

    /// Runs `work` with a worker on a blocking thread. None when the work panicked; that worker is not used again.
    pub(super) async fn lend<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Worker) -> T + Send + 'static,
    ) -> Option<T> {
        let _seat = self.seats.acquire().await.ok()?;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = free.unwrap_or_else(|| Worker::new(Arc::clone(&self.model)));
        let (worker, done) = tokio::task::spawn_blocking(move || {
            let done = work(&mut worker);
            (worker, done)
        })
        .await
        .map_err(|fault| warn!(%fault, "a look failed"))
        .ok()?;
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Some(done)
    }
}

/// A key frame of a camera as a JPEG file, in its own size or so many pixels wide; none when it cannot be decoded.
pub(crate) async fn key_frame_jpeg(
    platform: &Platform,
    frame: Arc<Frame>,
    width_px: Option<u32>,
) -> Option<Vec<u8>> {
    let encode = move |worker: &mut Worker| {
        let picture = worker.decode(coding_of(frame.parameters.codec), &frame.byte_stream()).ok()?;
        match width_px {
            Some(width_px) => Scaler::new().thumbnail(&picture, width_px).ok(),
            None => picture.to_jpeg().ok(),
        }
    };
    platform.inner.workers.lend(encode).await.flatten()
}
