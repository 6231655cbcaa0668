//! The thread that makes safe what was written, every few seconds for all files of its disk, and looks whether the disk is still there.

use super::disk::{Disk, OutReason};
use super::entries::Entry;
use super::event::{DropCause, RecordEvent, Sink};
use super::files::folder_of;
use super::registry::{Due, Registry};
use super::writer::PanicGuard;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use tracing::warn;

/// Between rounds a disk that is slow is left alone for so long, so that it can also be read.
const PAUSE_MIN: Duration = Duration::from_millis(200);

/// What the syncing thread works with.
pub(super) struct Syncer {
    pub(super) disk: Arc<Disk>,
    pub(super) registry: Arc<Registry>,
    pub(super) sink: Sink,
}

impl Syncer {
    /// A round every `period`, and a last one when the other end of `stop` is dropped.
    pub(super) fn run(self, period: Duration, stop: &Receiver<()>) {
        let guard = PanicGuard(self.disk.clone());
        let mut pause = period;
        let mut is_slow = false;
        while let Err(RecvTimeoutError::Timeout) = stop.recv_timeout(pause) {
            let begun = Instant::now();
            self.round();
            let took = begun.elapsed();
            pause = period.saturating_sub(took).max(PAUSE_MIN.min(period));
            if took > period && !is_slow {
                let took_ms = took.as_millis() as u64;
                warn!(disk = %self.disk.id, took_ms, "disk is slow: a power cut may take more footage than usual");
            }
            is_slow = took > period;
        }
        self.round();
        drop(guard);
    }

    pub(super) fn round(&self) {
        if self.disk.is_in_service()
            && let Err(reason) = self.disk.look()
        {
            self.disk.take_out(reason);
        }
        let mut safe_folders = BTreeSet::new();
        for due in self.registry.due() {
            if !self.disk.is_in_service() {
                break;
            }
            match self.make_safe(&due, &mut safe_folders) {
                Ok(()) => self.tell(due),
                Err(error) => self.disk.take_out(OutReason::SyncFailed(error.to_string())),
            }
        }
        if !self.disk.is_in_service() {
            self.give_up();
        }
    }

    /// Content first, then the name: a name that is safe always leads to whole fragments.
    fn make_safe(&self, due: &Due, safe_folders: &mut BTreeSet<PathBuf>) -> io::Result<()> {
        if due.is_dirty {
            due.file.sync()?;
        }
        // All that is due was made before this round, so once is enough for a folder.
        let folder = folder_of(&self.disk.root.join(&due.info.path));
        if due.is_new && !safe_folders.contains(&folder) {
            self.disk.files.sync_folder(&folder)?;
            safe_folders.insert(folder);
        }
        Ok(())
    }

    fn tell(&self, due: Due) {
        let Some(entries) = self.registry.synced(&due) else { return };
        let segment = due.info;
        if due.is_new {
            (self.sink)(RecordEvent::Opened(segment.clone()));
        }
        (self.sink)(if due.is_closed {
            RecordEvent::Closed { segment, entries }
        } else {
            RecordEvent::Synced { segment, entries }
        });
    }

    /// What was safe stays; the rest is reported as lost, although some of it may be found by a scan later.
    fn give_up(&self) {
        for abandoned in self.registry.abandon() {
            let stream = abandoned.info.stream;
            if let (Some(first), Some(last)) = (abandoned.in_doubt.first(), abandoned.in_doubt.last()) {
                let (from_us, to_us) = (first.begins_at_us, Entry::ends_at_us(last));
                (self.sink)(RecordEvent::Dropped { stream, from_us, to_us, cause: DropCause::DiskOut });
            }
            if abandoned.was_announced {
                (self.sink)(RecordEvent::Closed { segment: abandoned.info, entries: abandoned.safe });
            }
        }
    }
}
