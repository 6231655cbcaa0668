//! The ledger: what the recorder tells, written down in batches by one task. Nobody waits for the database; what it does not take now waits in
//! memory, merged by file, and is counted.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::ids::{CameraId, DiskId};
use domain::recording::{GapCause, Span};
use jiff::Timestamp;
use media::record::{
    DropCause, Entry, RecordEvent, SegmentId, SegmentInfo, Sink, recorded_file, write_entries,
};
use store::{ErrorKind, NewSegment, Obstacle, SEGMENT_MAX_US, SegmentGrowth, SegmentKey, StoreError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tracing::{error, warn};

use super::{camera_of, time};
use crate::Platform;

/// From one batch to the next.
const BATCH_PERIOD: Duration = Duration::from_secs(2);
/// Files of one transaction: fewer than the store takes, so that nobody waits long for the writer.
const BATCH_MAX: usize = 500;
/// Files that wait for the database at most, about 60 MB. What is more is forgotten here and read back from the disk at the next start.
const WAITING_MAX: usize = 100_000;
/// Losses of one cause closer together than this are one stretch, microseconds.
const LOSS_JOINS_US: i64 = 10_000_000;
/// Stretches of loss that are remembered to be gone on with.
const LOSSES_MAX: usize = 10_000;

/// What goes into the ledger.
pub(super) enum Note {
    /// The recorder of a run tells something.
    Told(u64, RecordEvent),
    /// Something stands in a camera's way, or no longer does.
    Obstacle(Obstacle),
    /// Everything so far is to be written, and then no more is expected.
    End,
}

/// What the ledger has counted since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LedgerCounts {
    /// Events of the recorder.
    pub events: u64,
    /// Files written down, growth counted each time.
    pub written: u64,
    /// Files that wait to be written down.
    pub waiting: u64,
    /// Batches that the database did not take; they are tried again.
    pub refused_batches: u64,
    /// Files forgotten because too many waited; the next start finds them on the disk.
    pub forgotten: u64,
    /// Stretches of footage that were received and not kept.
    pub losses: u64,
}

/// The way to the ledger.
#[derive(Default)]
pub(super) struct Line {
    sender: Mutex<Option<UnboundedSender<Note>>>,
    task: Mutex<Option<JoinHandle<()>>>,
    counts: Arc<Counts>,
    runs: AtomicU64,
}

#[derive(Default)]
struct Counts {
    events: AtomicU64,
    written: AtomicU64,
    waiting: AtomicU64,
    refused_batches: AtomicU64,
    forgotten: AtomicU64,
    losses: AtomicU64,
}

impl Line {
    /// Starts the ledger's task.
    pub(super) fn start(&self, platform: &Platform) {
        let (sender, inbox) = unbounded_channel();
        let ledger = Ledger {
            platform: platform.clone(),
            counts: Arc::clone(&self.counts),
            waiting: BTreeMap::new(),
            keys: HashMap::new(),
            obstacles: Vec::new(),
            losses: HashMap::new(),
        };
        *self.sender.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        *self.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokio::spawn(ledger.run(inbox)));
    }

    /// Writes what waits and ends the task.
    pub(super) async fn end(&self) {
        self.put(Note::End);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task
            && let Err(fault) = task.await
        {
            error!(%fault, "ledger of recordings ended badly");
        }
    }

    /// Puts a note in; never waits. Without a ledger nothing is recorded, and nothing to note.
    pub(super) fn put(&self, note: Note) {
        if let Some(sender) = self.sender.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            // The task has ended: the platform stops.
            let _ = sender.send(note);
        }
    }

    /// Where the next recorder tells. Files are numbered anew by each, so each has a number of its own.
    pub(super) fn sink(&self) -> Sink {
        let run = self.runs.fetch_add(1, Ordering::Relaxed);
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let counts = Arc::clone(&self.counts);
        Arc::new(move |event| {
            counts.events.fetch_add(1, Ordering::Relaxed);
            if let Some(sender) = &sender {
                let _ = sender.send(Note::Told(run, event));
            }
        })
    }

    pub(super) fn counts(&self) -> LedgerCounts {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let counts = &self.counts;
        LedgerCounts {
            events: read(&counts.events),
            written: read(&counts.written),
            waiting: read(&counts.waiting),
            refused_batches: read(&counts.refused_batches),
            forgotten: read(&counts.forgotten),
            losses: read(&counts.losses),
        }
    }
}

type FileOfRun = (u64, SegmentId);

/// A file as last told.
struct Told {
    info: Arc<SegmentInfo>,
    entries: Vec<Entry>,
    is_open: bool,
}

struct Ledger {
    platform: Platform,
    counts: Arc<Counts>,
    waiting: BTreeMap<FileOfRun, Told>,
    keys: HashMap<FileOfRun, SegmentKey>,
    obstacles: Vec<Obstacle>,
    losses: HashMap<(CameraId, GapCause), Span>,
}

impl Ledger {
    async fn run(mut self, mut inbox: UnboundedReceiver<Note>) {
        let mut ticks = tokio::time::interval(BATCH_PERIOD);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                note = inbox.recv() => match note {
                    Some(Note::Told(run, event)) => self.take(run, event),
                    Some(Note::Obstacle(obstacle)) => self.obstacles.push(obstacle),
                    Some(Note::End) | None => {
                        self.write().await;
                        return;
                    }
                },
                _ = ticks.tick() => self.write().await,
            }
        }
    }

    fn take(&mut self, run: u64, event: RecordEvent) {
        match event {
            RecordEvent::Opened(info) => self.note(run, info, Vec::new(), true),
            RecordEvent::Synced { segment, entries } => self.note(run, segment, entries, true),
            RecordEvent::Closed { segment, entries } => self.note(run, segment, entries, false),
            RecordEvent::Dropped { stream, from_us, to_us, cause } => {
                self.lose(camera_of(stream), Span::new(time(from_us), time(to_us)), cause);
            }
            RecordEvent::DiskFull { disk, to_free_bytes } => {
                warn!(%disk, to_free_bytes, "disk wants room");
                self.platform.inner.recording.wants_room.notify_one();
            }
            RecordEvent::DiskOut { disk, reason } => {
                let id = DiskId(uuid::Uuid::from_u128(disk.0));
                self.platform.note_disk(id, Some(reason.code()), &reason.to_string());
            }
            RecordEvent::DiskBack { disk } => {
                self.platform.note_disk(DiskId(uuid::Uuid::from_u128(disk.0)), None, "");
            }
        }
    }

    fn note(&mut self, run: u64, info: Arc<SegmentInfo>, entries: Vec<Entry>, is_open: bool) {
        if info.path != recorded_file(info.stream, info.begins_at_us) {
            warn!(path = %info.path.display(), "second file of one millisecond: the index cannot know it");
            return;
        }
        self.waiting.insert((run, info.id), Told { info, entries, is_open });
        if self.waiting.len() > WAITING_MAX
            && let Some((_, told)) = self.waiting.pop_first()
        {
            self.counts.forgotten.fetch_add(1, Ordering::Relaxed);
            error!(path = %told.info.path.display(), "too much waits for the database; a recorded file is forgotten until the next start");
        }
    }

    /// Footage that came and is not kept: one stretch as long as it goes on.
    fn lose(&mut self, camera_id: CameraId, lost: Span, cause: DropCause) {
        self.counts.losses.fetch_add(1, Ordering::Relaxed);
        let cause = match cause {
            DropCause::Overload => GapCause::Overload,
            DropCause::Full | DropCause::DiskOut | DropCause::NoDisk | DropCause::WriteFailed => {
                GapCause::Disk
            }
            DropCause::Stopped => GapCause::Restart,
            DropCause::Refused => GapCause::Silent,
        };
        if self.losses.len() >= LOSSES_MAX {
            self.losses.clear();
        }
        let stretch = self.losses.entry((camera_id, cause)).or_insert(lost);
        if Span::new(stretch.end, lost.start).length_us() > LOSS_JOINS_US {
            *stretch = lost;
        }
        stretch.end = stretch.end.max(lost.end);
        let (from, until) = (stretch.start, Some(stretch.end));
        self.obstacles.push(Obstacle { camera_id, from, until, cause });
    }

    async fn write(&mut self) {
        while !self.waiting.is_empty() {
            let files: Vec<FileOfRun> = self.waiting.keys().take(BATCH_MAX).copied().collect();
            if !self.write_files(&files).await {
                break;
            }
        }
        self.counts.waiting.store(self.waiting.len() as u64, Ordering::Relaxed);
        self.write_obstacles().await;
    }

    /// Writes files down; false where the database does not take anything now.
    async fn write_files(&mut self, files: &[FileOfRun]) -> bool {
        match self.send(files).await {
            Ok(()) => true,
            // One row spoils the batch: a camera or disk that is gone. The others are written without it.
            Err(error) if is_about_a_row(&error) && files.len() > 1 => {
                for file in files {
                    if let Err(error) = self.send(&[*file]).await {
                        if !is_about_a_row(&error) {
                            return false;
                        }
                        self.give_up(*file, &error);
                    }
                }
                true
            }
            Err(error) if is_about_a_row(&error) => {
                if let Some(file) = files.first() {
                    self.give_up(*file, &error);
                }
                true
            }
            Err(error) => {
                self.counts.refused_batches.fetch_add(1, Ordering::Relaxed);
                warn!(%error, waiting = self.waiting.len(), "recorded files not written down yet");
                false
            }
        }
    }

    fn give_up(&mut self, file: FileOfRun, error: &StoreError) {
        if let Some(told) = self.waiting.remove(&file) {
            error!(path = %told.info.path.display(), %error, "recorded file cannot be written down");
        }
    }

    async fn send(&mut self, files: &[FileOfRun]) -> Result<(), StoreError> {
        let (mut begun, mut new, mut grown) = (Vec::new(), Vec::new(), Vec::new());
        for file in files {
            let Some(told) = self.waiting.get(file) else { continue };
            if let Some(key) = self.keys.get(file) {
                grown.push(told.growth(*key));
            } else {
                new.push(*file);
                begun.push(told.begun());
            }
        }
        let keys = self.platform.inner.store.write_segments(&begun, &grown).await?;
        self.keys.extend(new.into_iter().zip(keys));
        for file in files {
            if let Some(told) = self.waiting.remove(file)
                && !told.is_open
            {
                self.keys.remove(file);
            }
        }
        self.counts.written.fetch_add(files.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    async fn write_obstacles(&mut self) {
        if self.obstacles.is_empty() {
            return;
        }
        let store = &self.platform.inner.store;
        let failed = match store.write_obstacles(&self.obstacles).await {
            Ok(()) => Vec::new(),
            Err(error) if is_about_a_row(&error) => {
                for one in &self.obstacles {
                    if let Err(error) = store.write_obstacles(std::slice::from_ref(one)).await {
                        warn!(camera = %one.camera_id, %error, "cause of a gap not written down");
                    }
                }
                Vec::new()
            }
            Err(error) => {
                warn!(%error, "causes of gaps not written down yet");
                std::mem::take(&mut self.obstacles)
            }
        };
        self.obstacles = failed;
        // More than this many are those of a database that is away for hours; the oldest say least.
        let over = self.obstacles.len().saturating_sub(WAITING_MAX);
        self.obstacles.drain(..over);
    }
}

fn is_about_a_row(error: &StoreError) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Limit)
}

impl Told {
    fn begun(&self) -> NewSegment {
        let (start_at, end_at) = (time(self.info.begins_at_us), self.end_at());
        NewSegment {
            camera_id: camera_of(self.info.stream),
            disk_id: DiskId(uuid::Uuid::from_u128(self.info.disk.0)),
            start_at,
            end_at,
            size_bytes: size_of(&self.entries),
            is_open: self.is_open,
            fragments: write_entries(&self.entries),
        }
    }

    fn growth(&self, key: SegmentKey) -> SegmentGrowth {
        SegmentGrowth {
            key,
            end_at: self.end_at(),
            size_bytes: size_of(&self.entries),
            is_open: self.is_open,
            fragments: write_entries(&self.entries),
        }
    }

    fn end_at(&self) -> Timestamp {
        end_of(self.info.begins_at_us, &self.entries)
    }
}

/// When the last fragment ends, within what a row holds.
pub(super) fn end_of(begins_at_us: i64, entries: &[Entry]) -> Timestamp {
    let end_us = entries.iter().map(Entry::ends_at_us).max().unwrap_or(begins_at_us);
    time(end_us.clamp(begins_at_us, begins_at_us.saturating_add(SEGMENT_MAX_US)))
}

/// Length of the file as far as its fragments are known.
pub(super) fn size_of(entries: &[Entry]) -> i64 {
    entries.iter().map(Entry::end).max().map_or(0, |end| i64::try_from(end).unwrap_or(i64::MAX))
}
