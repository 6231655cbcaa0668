//! The files of a disk that are being written, and how much of each is safe: where writing threads and the syncing thread meet.

use super::entries::Entry;
use super::event::{SegmentId, SegmentInfo};
use super::files::OpenFile;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Files that are open or not yet safe.
#[derive(Default)]
pub(super) struct Registry(Mutex<BTreeMap<SegmentId, Tracked>>);

struct Tracked {
    info: Arc<SegmentInfo>,
    file: Arc<dyn OpenFile>,
    entries: Vec<Entry>,
    /// So many of them are safe.
    synced: usize,
    /// Its name is safe, and it was told.
    is_announced: bool,
    is_closed: bool,
}

/// A file that has something to be made safe, or to be told.
pub(super) struct Due {
    pub(super) info: Arc<SegmentInfo>,
    pub(super) file: Arc<dyn OpenFile>,
    /// So many entries will be safe.
    pub(super) entries: usize,
    /// Some of them are not safe yet.
    pub(super) is_dirty: bool,
    /// Its name is not safe yet.
    pub(super) is_new: bool,
    pub(super) is_closed: bool,
}

/// A file that nothing more will be done with.
pub(super) struct Abandoned {
    pub(super) info: Arc<SegmentInfo>,
    pub(super) safe: Vec<Entry>,
    pub(super) in_doubt: Vec<Entry>,
    pub(super) was_announced: bool,
}

impl Registry {
    fn files(&self) -> MutexGuard<'_, BTreeMap<SegmentId, Tracked>> {
        // Every change is a single insertion, push or assignment.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file was made.
    pub(super) fn opened(&self, info: &Arc<SegmentInfo>, file: Arc<dyn OpenFile>) {
        let tracked = Tracked {
            info: info.clone(),
            file,
            entries: Vec::new(),
            synced: 0,
            is_announced: false,
            is_closed: false,
        };
        self.files().insert(info.id, tracked);
    }

    /// A fragment was written. `false` where the file was given up in the meantime.
    pub(super) fn written(&self, id: SegmentId, entry: Entry) -> bool {
        self.files().get_mut(&id).map(|tracked| tracked.entries.push(entry)).is_some()
    }

    /// Nothing more will be written to it.
    pub(super) fn closed(&self, id: SegmentId) {
        if let Some(tracked) = self.files().get_mut(&id) {
            tracked.is_closed = true;
        }
    }

    /// Forgets a file that has nothing in it.
    pub(super) fn forget(&self, id: SegmentId) {
        self.files().remove(&id);
    }

    /// Everything that has to be made safe or told now.
    pub(super) fn due(&self) -> Vec<Due> {
        let files = self.files();
        let is_due = |tracked: &&Tracked| tracked.entries.len() > tracked.synced || tracked.is_closed;
        let due = |tracked: &Tracked| Due {
            info: tracked.info.clone(),
            file: tracked.file.clone(),
            entries: tracked.entries.len(),
            is_dirty: tracked.entries.len() > tracked.synced,
            is_new: !tracked.is_announced,
            is_closed: tracked.is_closed,
        };
        files.values().filter(is_due).map(due).collect()
    }

    /// What was due is safe; returns the safe entries, `None` where the file was given up in the meantime. A closed file is forgotten.
    pub(super) fn synced(&self, due: &Due) -> Option<Vec<Entry>> {
        let mut files = self.files();
        let tracked = files.get_mut(&due.info.id)?;
        tracked.synced = due.entries;
        tracked.is_announced = true;
        let safe = tracked.entries[..due.entries].to_vec();
        if due.is_closed {
            files.remove(&due.info.id);
        }
        Some(safe)
    }

    /// Gives all files up, because the disk did.
    pub(super) fn abandon(&self) -> Vec<Abandoned> {
        let files = std::mem::take(&mut *self.files());
        let abandoned = |mut tracked: Tracked| {
            let in_doubt = tracked.entries.split_off(tracked.synced);
            Abandoned {
                info: tracked.info,
                safe: tracked.entries,
                in_doubt,
                was_announced: tracked.is_announced,
            }
        };
        files.into_values().map(abandoned).collect()
    }
}
