//! One disk: is it the right one, is it in service, is there room.
//!
//! A disk goes out of service by itself and comes back only when asked to ([`super::Recorder::take_back`]). After a failed `fsync` nobody
//! knows what is on the medium (the system forgets the pages it could not write), so nothing is tried again behind anybody's back.
//! A full disk is not out: it waits for something to be deleted.

use super::event::{DropCause, RecordEvent, Sink};
use super::files::{Files, write_all};
use super::identity::{DiskId, IdentityError, check_identity};
use super::room::{Room, RoomLimits};
use rustix::io::Errno;
use std::io::{self, IoSlice};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tracing::{error, info, warn};

/// Name of the file that is written to find out whether a disk takes anything.
const PROBE_FILE: &str = "watchfire-probe";

/// Errors that are ours or the system's and say nothing of the disk: too many open files, no memory.
const NOT_THE_DISKS: [Errno; 3] = [Errno::MFILE, Errno::NFILE, Errno::NOMEM];

/// A disk as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskSettings {
    /// Its folder.
    pub root: PathBuf,
    /// Which disk has to be there.
    pub id: DiskId,
    /// How much may be written.
    pub limits: RoomLimits,
    /// Bytes of footage that the ledger knows to be there.
    pub used_bytes: u64,
}

/// Why a disk is out of service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutReason {
    /// It is not there, or another is.
    #[error("{0}")]
    Identity(IdentityError),
    /// The file system can no longer be written to, often because the kernel met errors on it.
    #[error("the file system is read-only")]
    ReadOnly,
    /// What had been written may not be on the medium.
    #[error("the disk could not confirm what was written: {0}")]
    SyncFailed(String),
    /// It does not take data.
    #[error("the disk could not be written to: {0}")]
    WriteFailed(String),
    /// A thread of ours ended by a panic.
    #[error("the recorder failed on this disk")]
    Recorder,
}

impl OutReason {
    /// Stable code for rows and interfaces.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Identity(error) => error.code(),
            Self::ReadOnly => "read_only",
            Self::SyncFailed(_) => "sync_failed",
            Self::WriteFailed(_) => "write_failed",
            Self::Recorder => "recorder",
        }
    }
}

/// What is known of a disk at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskStatus {
    /// Which.
    pub id: DiskId,
    /// Its folder.
    pub root: PathBuf,
    /// `None` while it is in service.
    pub out: Option<OutReason>,
    /// Recording to it waits for room.
    pub is_full: bool,
    /// Room on it.
    pub room: Room,
    /// Bytes that wait to be written.
    pub queued_bytes: u64,
}

/// A disk that is used by many threads.
pub(super) struct Disk {
    pub(super) id: DiskId,
    pub(super) root: PathBuf,
    pub(super) files: Arc<dyn Files>,
    /// Bytes that wait to be written.
    pub(super) queued_bytes: AtomicU64,
    room: Mutex<Room>,
    out: Mutex<Option<OutReason>>,
    is_in_service: AtomicBool,
    is_full: AtomicBool,
    /// How often it went out. Files of before are given up and never written to again.
    outs: AtomicU64,
    sink: Sink,
}

impl Disk {
    /// Looks whether it is there and takes data; if not it begins out of service, and says so.
    pub(super) fn open(settings: DiskSettings, files: Arc<dyn Files>, sink: Sink) -> Self {
        let DiskSettings { root, id, limits, used_bytes } = settings;
        let disk = Self {
            id,
            root,
            files,
            queued_bytes: AtomicU64::new(0),
            room: Mutex::new(Room::new(limits, used_bytes, super::files::Space::default())),
            out: Mutex::new(None),
            is_in_service: AtomicBool::new(true),
            is_full: AtomicBool::new(false),
            outs: AtomicU64::new(0),
            sink,
        };
        if let Err(reason) = disk.try_out() {
            disk.take_out(reason);
        }
        disk
    }

    pub(super) fn is_in_service(&self) -> bool {
        self.is_in_service.load(Ordering::Acquire)
    }

    /// How often it went out.
    pub(super) fn outs(&self) -> u64 {
        self.outs.load(Ordering::Acquire)
    }

    pub(super) fn is_full(&self) -> bool {
        self.is_full.load(Ordering::Relaxed)
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        // Numbers only: a panic between two of them leaves a count that is measured again.
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn out(&self) -> MutexGuard<'_, Option<OutReason>> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn status(&self) -> DiskStatus {
        DiskStatus {
            id: self.id,
            root: self.root.clone(),
            out: self.out().clone(),
            is_full: self.is_full(),
            room: *self.room(),
            queued_bytes: self.queued_bytes.load(Ordering::Relaxed),
        }
    }

    /// Takes it out of service, loudly; the first reason counts.
    pub(super) fn take_out(&self, reason: OutReason) {
        {
            let mut out = self.out();
            if out.is_some() {
                return;
            }
            *out = Some(reason.clone());
            self.outs.fetch_add(1, Ordering::Release);
            self.is_in_service.store(false, Ordering::Release);
        }
        error!(disk = %self.id, root = %self.root.display(), code = reason.code(), %reason, "disk out of service");
        (self.sink)(RecordEvent::DiskOut { disk: self.id, reason });
    }

    /// Puts it back into service if it is the right one and takes data.
    pub(super) fn take_back(&self) -> Result<(), OutReason> {
        self.try_out()?;
        let was_out = self.out().take().is_some();
        self.is_in_service.store(true, Ordering::Release);
        if was_out {
            info!(disk = %self.id, root = %self.root.display(), "disk in service again");
            (self.sink)(RecordEvent::DiskBack { disk: self.id });
        }
        Ok(())
    }

    /// Is the right disk mounted? How much room has it?
    pub(super) fn look(&self) -> Result<(), OutReason> {
        check_identity(self.files.as_ref(), &self.root, self.id).map_err(OutReason::Identity)?;
        match self.files.space(&self.root) {
            Ok(space) => {
                let to_free_bytes = {
                    let mut room = self.room();
                    room.measured(space);
                    room.to_free_bytes()
                };
                if to_free_bytes == 0 {
                    self.has_room_again();
                }
            }
            Err(error) => warn!(disk = %self.id, %error, "free space of a disk is not known"),
        }
        Ok(())
    }

    /// As [`Self::look`], and does it take data? A full one does, once something was deleted.
    fn try_out(&self) -> Result<(), OutReason> {
        self.look()?;
        let path = self.root.join(PROBE_FILE);
        let tried = self.probe(&path);
        // It may not have been made at all.
        let _ = self.files.remove(&path);
        match tried {
            Err(error) if !is_full(&error) && !is_not_the_disks(&error) => Err(out_reason(&error)),
            _ => Ok(()),
        }
    }

    fn probe(&self, path: &Path) -> io::Result<()> {
        // Left behind by a crash.
        let _ = self.files.remove(path);
        let file = self.files.create(path)?;
        write_all(file.as_ref(), &mut [IoSlice::new(b"probe")], 0)?;
        file.sync()
    }

    /// Takes room for a write; tells once when there is none.
    pub(super) fn reserve(&self, bytes: u64) -> bool {
        let (taken, to_free_bytes) = {
            let mut room = self.room();
            (room.reserve(bytes), room.to_free_bytes())
        };
        if !taken {
            self.tell_full(to_free_bytes.max(bytes));
        }
        taken
    }

    /// What was reserved was written.
    pub(super) fn wrote(&self) {
        if self.is_full() {
            self.has_room_again();
        }
    }

    /// What was reserved was not written.
    pub(super) fn give_back(&self, bytes: u64) {
        self.room().give_back(bytes);
    }

    /// Footage was deleted; the next write finds out whether it was enough.
    pub(super) fn freed(&self, bytes: u64) {
        self.give_back(bytes);
        self.has_room_again();
    }

    fn has_room_again(&self) {
        if self.is_full.swap(false, Ordering::Relaxed) {
            info!(disk = %self.id, "disk has room again");
        }
    }

    fn tell_full(&self, to_free_bytes: u64) {
        if !self.is_full.swap(true, Ordering::Relaxed) {
            error!(disk = %self.id, root = %self.root.display(), to_free_bytes, "disk is full, footage is lost");
            (self.sink)(RecordEvent::DiskFull { disk: self.id, to_free_bytes });
        }
    }

    /// A write failed: what does it mean for the disk, and for the fragment?
    pub(super) fn write_failed(&self, error: &io::Error) -> DropCause {
        if is_full(error) {
            let to_free_bytes = {
                let mut room = self.room();
                room.is_full();
                room.to_free_bytes()
            };
            self.tell_full(to_free_bytes);
            return DropCause::Full;
        }
        if is_not_the_disks(error) {
            warn!(disk = %self.id, %error, "footage could not be written");
            return DropCause::WriteFailed;
        }
        self.take_out(out_reason(error));
        DropCause::DiskOut
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

fn is_not_the_disks(error: &io::Error) -> bool {
    NOT_THE_DISKS.iter().any(|known| error.raw_os_error() == Some(known.raw_os_error()))
}

fn out_reason(error: &io::Error) -> OutReason {
    match error.kind() {
        io::ErrorKind::ReadOnlyFilesystem => OutReason::ReadOnly,
        _ => OutReason::WriteFailed(error.to_string()),
    }
}
