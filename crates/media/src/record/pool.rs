//! The threads of one disk: a few that write, one that syncs.
//!
//! Threads, not tasks: every call here may wait for the disk. The limit on what waits is in bytes, because bytes are what memory
//! holds; a camera of 8 Mbit/s and one of 0.5 Mbit/s share it fairly.

use super::disk::Disk;
use super::event::{DropCause, Sink};
use super::fragment::StreamId;
use super::queue::{Job, Queue};
use super::registry::Registry;
use super::syncer::Syncer;
use super::writer::{Writer, dropped};
use std::collections::HashMap;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// How the threads of a disk work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolSettings {
    /// Threads that write to one disk. Two keep a disk busy while one of them prepares; more make it seek.
    pub writers: usize,
    /// Bytes that may wait for one disk; what is more is dropped.
    pub queue_bytes_max: u64,
    /// From one round of syncing to the next.
    pub sync_ms: u64,
}

impl Default for PoolSettings {
    /// 64 MiB wait at most: a disk that stands still for 2 s under 100 cameras of 2 Mbit/s. Synced every 2.5 s, so that with a group of pictures
    /// of 2 s a power cut takes less than 5 s.
    fn default() -> Self {
        Self { writers: 2, queue_bytes_max: 64 << 20, sync_ms: 2_500 }
    }
}

/// A disk with its threads.
pub(super) struct Pool {
    pub(super) disk: Arc<Disk>,
    queues: Vec<Arc<Queue>>,
    queue_bytes_max: u64,
    sink: Sink,
    threads: Mutex<Option<Threads>>,
}

struct Threads {
    writers: Vec<JoinHandle<()>>,
    /// Disconnected when the last writer has ended.
    writers_ended: Receiver<()>,
    syncer: JoinHandle<()>,
    /// Disconnected when the syncer has ended.
    syncer_ended: Receiver<()>,
    /// Dropped to end the syncer.
    stop_syncer: Sender<()>,
}

impl Pool {
    /// Starts the threads. Fails where the system gives none.
    pub(super) fn start(disk: Arc<Disk>, settings: PoolSettings, sink: Sink) -> io::Result<Self> {
        let registry = Arc::new(Registry::default());
        let queues: Vec<Arc<Queue>> = (0..settings.writers.max(1)).map(|_| Arc::default()).collect();
        let (alive, writers_ended) = channel();
        let mut writers = Vec::with_capacity(queues.len());
        for queue in &queues {
            let writer = Writer {
                disk: disk.clone(),
                registry: registry.clone(),
                sink: sink.clone(),
                open: HashMap::new(),
                lost: HashMap::new(),
            };
            let (queue, alive): (_, Sender<()>) = (queue.clone(), alive.clone());
            let run = move || {
                writer.run(&queue);
                drop(alive);
            };
            writers.push(Builder::new().name("record-write".into()).spawn(run)?);
        }
        let syncer = Syncer { disk: disk.clone(), registry, sink: sink.clone() };
        let (stop_syncer, stop) = channel();
        let (alive, syncer_ended) = channel::<()>();
        let period = Duration::from_millis(settings.sync_ms.max(1));
        let run = move || {
            syncer.run(period, &stop);
            drop(alive);
        };
        let syncer = Builder::new().name("record-sync".into()).spawn(run)?;
        let threads = Threads { writers, writers_ended, syncer, syncer_ended, stop_syncer };
        let threads = Mutex::new(Some(threads));
        Ok(Self { disk, queues, queue_bytes_max: settings.queue_bytes_max, sink, threads })
    }

    /// Puts a job in without waiting; the cause where it is not taken.
    pub(super) fn offer(&self, stream: StreamId, job: Job) -> Result<(), Box<(Job, DropCause)>> {
        let bytes = match &job {
            Job::Write { fragment, .. } => fragment.bytes(),
            Job::Close(_) => 0,
        };
        let before = self.disk.queued_bytes.fetch_add(bytes, Ordering::Relaxed);
        // A fragment larger than the whole queue is taken by an empty one.
        if bytes > 0 && before > 0 && before + bytes > self.queue_bytes_max {
            self.disk.queued_bytes.fetch_sub(bytes, Ordering::Relaxed);
            return Err(Box::new((job, DropCause::Overload)));
        }
        let queue = &self.queues[(stream.0 % self.queues.len() as u128) as usize];
        queue.put(job).map_err(|job| {
            self.disk.queued_bytes.fetch_sub(bytes, Ordering::Relaxed);
            Box::new((job, DropCause::Stopped))
        })
    }

    /// More than half of what may wait does.
    pub(super) fn is_behind(&self) -> bool {
        self.disk.queued_bytes.load(Ordering::Relaxed) > self.queue_bytes_max / 2
    }

    /// Takes nothing more; what waits is still written.
    pub(super) fn close(&self) {
        self.queues.iter().for_each(|queue| queue.close());
    }

    /// Waits until everything is written and safe; `false` where that is not so by `deadline`. What then still waits is reported.
    pub(super) fn finish(&self, deadline: Instant) -> bool {
        self.close();
        let threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(threads) = threads else { return true };
        let ended = |end: &Receiver<()>| {
            let left = deadline.saturating_duration_since(Instant::now());
            matches!(end.recv_timeout(left), Err(RecvTimeoutError::Disconnected))
        };
        let written = ended(&threads.writers_ended);
        if !written {
            self.report_waiting();
        }
        drop(threads.stop_syncer);
        if !written || !ended(&threads.syncer_ended) {
            tracing::error!(disk = %self.disk.id, "disk did not finish in time");
            return false;
        }
        let threads = threads.writers.into_iter().chain([threads.syncer]);
        // A panic has been reported by its guard.
        threads.map(JoinHandle::join).all(|joined| joined.is_ok())
    }

    fn report_waiting(&self) {
        for job in self.queues.iter().flat_map(|queue| queue.clear()) {
            if let Job::Write { stream, fragment, .. } = job {
                self.disk.queued_bytes.fetch_sub(fragment.bytes(), Ordering::Relaxed);
                (self.sink)(dropped(stream, &fragment, DropCause::Stopped));
            }
        }
    }
}
