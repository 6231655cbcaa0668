//! A thread that writes: one `pwritev` a fragment, at the end of its stream's file.
//!
//! A stream always has the same thread of a disk, so its fragments stay in order without a lock. A write that failed in the middle is
//! written over by the next one; a file never has bytes of half a fragment between whole ones.

use super::disk::{Disk, OutReason};
use super::event::{DropCause, RecordEvent, SegmentId, SegmentInfo, Sink};
use super::files::{OpenFile, folder_of, write_all};
use super::fragment::{Fragment, StreamId};
use super::identity::check_identity;
use super::queue::{Job, Queue};
use super::registry::Registry;
use super::segment::{STAMP_BYTES, place, segment_path, stamp};
use std::collections::HashMap;
use std::io::{self, IoSlice};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Most files of one stream that may begin in the same millisecond: a clock that is set back again and again.
const SAME_NAME_MAX: u32 = 100;

/// What a writing thread works with.
pub(super) struct Writer {
    pub(super) disk: Arc<Disk>,
    pub(super) registry: Arc<Registry>,
    pub(super) sink: Sink,
    /// The file of each stream of this thread.
    pub(super) open: HashMap<StreamId, Open>,
    /// What a stream lost last; goes on until its next key picture.
    pub(super) lost: HashMap<StreamId, DropCause>,
}

/// A file that is being written.
pub(super) struct Open {
    info: Arc<SegmentInfo>,
    file: Arc<dyn OpenFile>,
    end: u64,
    /// A write failed; bytes may lie behind the end.
    is_torn: bool,
}

/// Why a fragment was not written.
enum Failed {
    /// The disk is out of service, and that was told.
    DiskOut,
    Write(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl Writer {
    /// Writes until the queue is closed and empty, then closes all files.
    pub(super) fn run(mut self, queue: &Queue) {
        // A panic is a bug; it must not look like a disk that is merely slow.
        let guard = PanicGuard(self.disk.clone());
        while let Some(job) = queue.take() {
            match job {
                Job::Write { stream, segment, outs, fragment } => {
                    let bytes = fragment.bytes();
                    if self.disk.is_in_service() && self.disk.outs() == outs {
                        self.write(stream, segment, &fragment);
                    } else {
                        // The file was given up when the disk went out; nothing more is written to it in any case.
                        if let Some(open) = self.open.remove(&stream) {
                            self.registry.closed(open.info.id);
                        }
                        self.dropped(stream, &fragment, DropCause::DiskOut);
                    }
                    self.disk.queued_bytes.fetch_sub(bytes, Ordering::Relaxed);
                }
                Job::Close(stream) => {
                    self.lost.remove(&stream);
                    self.close(stream);
                }
            }
        }
        let streams: Vec<StreamId> = self.open.keys().copied().collect();
        for stream in streams {
            self.close(stream);
        }
        drop(guard);
    }

    fn write(&mut self, stream: StreamId, segment: SegmentId, fragment: &Fragment) {
        if self.open.get(&stream).is_some_and(|open| open.info.id != segment) {
            self.close(stream);
        }
        if let Some(&cause) = self.lost.get(&stream).filter(|_| !fragment.is_key) {
            return self.dropped(stream, fragment, cause);
        }
        let is_new = self.open.get(&stream).is_none_or(|open| open.end == 0);
        let init_bytes = if is_new { fragment.init.0.len() as u64 } else { 0 };
        let bytes = init_bytes + STAMP_BYTES + fragment.bytes();
        let written = if self.disk.reserve(bytes) {
            self.append(stream, segment, fragment).map_err(|failed| {
                self.disk.give_back(bytes);
                match failed {
                    Failed::DiskOut => DropCause::DiskOut,
                    Failed::Write(error) => self.disk.write_failed(&error),
                }
            })
        } else {
            Err(DropCause::Full)
        };
        let Err(cause) = written else {
            self.lost.remove(&stream);
            return self.disk.wrote();
        };
        self.lost.insert(stream, cause);
        if let Some(open) = self.open.get_mut(&stream) {
            open.is_torn = true;
        }
        self.dropped(stream, fragment, cause);
    }

    /// Puts a fragment at the end of the stream's file, which is made where there is none.
    fn append(&mut self, stream: StreamId, segment: SegmentId, fragment: &Fragment) -> Result<(), Failed> {
        let open = match self.open.remove(&stream) {
            Some(open) => open,
            None => self.create(stream, segment, fragment)?,
        };
        let open = self.open.entry(stream).or_insert(open);
        let stamp = stamp(fragment);
        let mut pieces = Vec::with_capacity(fragment.samples.len() + 3);
        let mut end = open.end;
        if end == 0 {
            pieces.push(IoSlice::new(&fragment.init.0));
            end = fragment.init.0.len() as u64;
        }
        pieces.extend([IoSlice::new(&stamp), IoSlice::new(&fragment.head)]);
        pieces.extend(fragment.samples.iter().map(|sample| IoSlice::new(sample)));
        write_all(open.file.as_ref(), &mut pieces, open.end)?;
        let entry = place(fragment, end);
        open.end = entry.end();
        // It may have gone out while this was written.
        if self.registry.written(open.info.id, entry) { Ok(()) } else { Err(Failed::DiskOut) }
    }

    /// Makes a file. The identity is looked at once more: where a mount has vanished, a file would fill the system's own disk.
    fn create(&self, stream: StreamId, segment: SegmentId, first: &Fragment) -> Result<Open, Failed> {
        let files = self.disk.files.as_ref();
        if let Err(error) = check_identity(files, &self.disk.root, self.disk.id) {
            self.disk.take_out(OutReason::Identity(error));
            return Err(Failed::DiskOut);
        }
        let mut has_folders = false;
        let mut attempt = 0;
        loop {
            let path = segment_path(stream, first.begins_at_us, attempt);
            let whole_path = self.disk.root.join(&path);
            match files.create(&whole_path) {
                Ok(file) => {
                    let begins_at_us = first.begins_at_us;
                    let info = SegmentInfo { id: segment, stream, disk: self.disk.id, path, begins_at_us };
                    let info = Arc::new(info);
                    self.registry.opened(&info, file.clone());
                    return Ok(Open { info, file, end: 0, is_torn: false });
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound && !has_folders => {
                    self.make_folders(&folder_of(&whole_path))?;
                    has_folders = true;
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < SAME_NAME_MAX => {
                    attempt += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Makes the folder of a day, once a day for a stream, and makes its name safe, and that of the stream's folder.
    fn make_folders(&self, day: &Path) -> Result<(), Failed> {
        self.disk.files.create_folders(day)?;
        for above in [folder_of(day).as_path(), &self.disk.root] {
            if let Err(error) = self.disk.files.sync_folder(above) {
                self.disk.take_out(OutReason::SyncFailed(error.to_string()));
                return Err(Failed::DiskOut);
            }
        }
        Ok(())
    }

    fn close(&mut self, stream: StreamId) {
        let Some(open) = self.open.remove(&stream) else { return };
        if open.end == 0 {
            // Not even its first fragment could be written.
            self.registry.forget(open.info.id);
            let removed = self.disk.files.remove(&self.disk.root.join(&open.info.path));
            if let Err(error) = removed {
                tracing::warn!(disk = %self.disk.id, path = %open.info.path.display(), %error, "empty file left behind");
            }
            return;
        }
        if open.is_torn
            && let Err(error) = open.file.set_length(open.end)
        {
            // Found and cut by the next scan; readers go by the entries.
            tracing::warn!(disk = %self.disk.id, path = %open.info.path.display(), %error, "torn end left behind");
        }
        self.registry.closed(open.info.id);
    }

    fn dropped(&self, stream: StreamId, fragment: &Fragment, cause: DropCause) {
        (self.sink)(dropped(stream, fragment, cause));
    }
}

/// The event of a fragment that is not kept.
pub(super) fn dropped(stream: StreamId, fragment: &Fragment, cause: DropCause) -> RecordEvent {
    RecordEvent::Dropped { stream, from_us: fragment.begins_at_us, to_us: fragment.ends_at_us(), cause }
}

/// Takes the disk out of service when its thread ends by a panic.
pub(super) struct PanicGuard(pub(super) Arc<Disk>);

impl Drop for PanicGuard {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.take_out(OutReason::Recorder);
        }
    }
}
