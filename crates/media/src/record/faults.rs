//! File operations that fail when a test wants them to, and that know what a power cut would leave.

use super::files::{Files, OpenFile, Space, SystemFiles, folder_of};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::io::{self, IoSlice};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

/// What goes wrong.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub(super) sync: Option<Errno>,
    pub(super) sync_folder: Option<Errno>,
    pub(super) create: Option<Errno>,
    /// Bytes that are still taken, and what is said then.
    pub(super) write_after: Option<(u64, Errno)>,
    /// Writes wait until this is taken back.
    pub(super) is_held: bool,
    pub(super) space: Option<Space>,
    /// At most so many bytes are taken by one write.
    pub(super) piece_bytes: Option<usize>,
    /// Length of each file that is on the medium, and whether its name is.
    medium: BTreeMap<PathBuf, (u64, bool)>,
    pub(super) writes: usize,
    pub(super) syncs: usize,
}

#[derive(Debug, Default)]
struct Shared {
    faults: Mutex<Faults>,
    released: Condvar,
}

/// The files of the operating system, with faults.
#[derive(Debug, Clone, Default)]
pub(super) struct FaultyFiles(Arc<Shared>);

impl FaultyFiles {
    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.0.faults.lock().unwrap()
    }

    pub(super) fn hold(&self) {
        self.faults().is_held = true;
    }

    pub(super) fn release(&self) {
        self.faults().is_held = false;
        self.0.released.notify_all();
    }

    /// What a power cut leaves of every file that was made: nothing where its name was not safe, else a length that `left` chooses between what
    /// was safe and what was written.
    pub(super) fn cut_power(&self, left: impl Fn(u64, u64) -> u64) {
        for (path, (safe, has_name)) in &self.faults().medium {
            if !has_name {
                std::fs::remove_file(path).unwrap();
                continue;
            }
            let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
            let written = file.metadata().unwrap().len();
            let length = left(*safe, written);
            assert!((*safe..=written).contains(&length));
            file.set_len(length).unwrap();
        }
    }
}

struct FaultyFile {
    inner: Arc<dyn OpenFile>,
    path: PathBuf,
    shared: FaultyFiles,
}

impl OpenFile for FaultyFile {
    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> io::Result<usize> {
        let mut faults = self.shared.faults();
        while faults.is_held {
            faults = self.shared.0.released.wait(faults).unwrap();
        }
        faults.writes += 1;
        let mut most = faults.piece_bytes.unwrap_or(usize::MAX);
        if let Some((left, error)) = faults.write_after {
            if left == 0 {
                return Err(error.into());
            }
            most = most.min(left as usize);
        }
        let written = if most == usize::MAX {
            self.inner.write_at(pieces, at)?
        } else {
            let first = pieces.iter().find(|piece| !piece.is_empty()).unwrap();
            self.inner.write_at(&[IoSlice::new(&first[..first.len().min(most)])], at)?
        };
        if let Some((left, _)) = &mut faults.write_after {
            *left -= written as u64;
        }
        Ok(written)
    }

    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        self.inner.read_at(buffer, at)
    }

    fn length(&self) -> io::Result<u64> {
        self.inner.length()
    }

    fn set_length(&self, length: u64) -> io::Result<()> {
        self.inner.set_length(length)
    }

    fn sync(&self) -> io::Result<()> {
        let mut faults = self.shared.faults();
        if let Some(error) = faults.sync {
            return Err(error.into());
        }
        faults.syncs += 1;
        let length = self.inner.length()?;
        if let Some((safe, _)) = faults.medium.get_mut(&self.path) {
            *safe = length;
        }
        Ok(())
    }
}

impl Files for FaultyFiles {
    fn create(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        if let Some(error) = self.faults().create {
            return Err(error.into());
        }
        let inner = SystemFiles.create(path)?;
        self.faults().medium.insert(path.to_path_buf(), (0, false));
        Ok(Arc::new(FaultyFile { inner, path: path.to_path_buf(), shared: self.clone() }))
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        SystemFiles.open(path)
    }

    fn open_for_mending(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        SystemFiles.open_for_mending(path)
    }

    fn create_folders(&self, path: &Path) -> io::Result<()> {
        SystemFiles.create_folders(path)
    }

    fn names(&self, path: &Path) -> io::Result<Vec<String>> {
        SystemFiles.names(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        SystemFiles.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.faults().medium.remove(path);
        SystemFiles.remove(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        SystemFiles.remove_folder(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut faults = self.faults();
        if let Some(error) = faults.sync_folder {
            return Err(error.into());
        }
        for (file, (_, has_name)) in &mut faults.medium {
            *has_name |= folder_of(file) == path;
        }
        Ok(())
    }

    fn space(&self, path: &Path) -> io::Result<Space> {
        self.faults().space.map_or_else(|| SystemFiles.space(path), Ok)
    }
}
