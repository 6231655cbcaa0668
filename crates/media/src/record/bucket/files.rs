//! The file operations of a bucket. Folders are not there and need not be made; a file is whole from the moment it is.

use std::io::{self, IoSlice};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::files::{Files, OpenFile, Space};
use super::endpoint::BucketAddress;
use super::listing;
use super::object::Object;
use super::sign::BucketKeys;
use super::wire::{Ask, Content, Wire};
use crate::camera::Clock;

/// Largest file that is written piece by piece: the identity of a disk. Footage is put whole.
const DRAFT_BYTES_MAX: usize = 64 << 10;
/// The room of a bucket is not known; its quota is what limits it.
const ROOM_BYTES: u64 = 1 << 60;

/// The files of a bucket, by paths below its root.
pub struct BucketFiles {
    wire: Arc<Wire>,
}

impl BucketFiles {
    /// Asks nothing yet. The clock is microseconds UTC; requests are signed with it.
    pub fn new(address: BucketAddress, keys: BucketKeys, clock: Clock) -> Self {
        Self { wire: Arc::new(Wire::new(address, keys, clock)) }
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.wire
    }

    /// The key of a path below the root.
    pub(super) fn key(&self, path: &Path) -> io::Result<String> {
        let below = path.to_str().ok_or(io::ErrorKind::InvalidInput)?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if below.starts_with('/') || !below.chars().all(is_plain) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no name for an object"));
        }
        Ok(self.wire.address.key(below))
    }
}

impl Files for BucketFiles {
    fn create(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        let draft = Draft { wire: Arc::clone(&self.wire), key: self.key(path)?, content: Mutex::default() };
        Ok(Arc::new(draft))
    }

    /// Asks nothing: an object that is not there is found out by the first read.
    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        Ok(Arc::new(Object::new(Arc::clone(&self.wire), self.key(path)?)))
    }

    /// An object is whole, so there is nothing to mend; whoever tries to cut it is refused.
    fn open_for_mending(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        self.open(path)
    }

    fn create_folders(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn names(&self, path: &Path) -> io::Result<Vec<String>> {
        listing::names(&self.wire, &self.key(path)?)
    }

    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "objects are not renamed"))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.wire.ask(&Ask::of("DELETE", &self.key(path)?)).map(|_| ())
    }

    fn remove_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn space(&self, _: &Path) -> io::Result<Space> {
        Ok(Space { free_bytes: ROOM_BYTES, total_bytes: ROOM_BYTES })
    }
}

/// A small file that becomes an object when it is synced.
struct Draft {
    wire: Arc<Wire>,
    key: String,
    content: Mutex<Vec<u8>>,
}

impl OpenFile for Draft {
    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> io::Result<usize> {
        let mut content = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: usize = pieces.iter().map(|piece| piece.len()).sum();
        if at != content.len() as u64 {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "objects are written from front to end"));
        }
        if content.len() + bytes > DRAFT_BYTES_MAX {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "footage is put whole"));
        }
        for piece in pieces {
            content.extend_from_slice(piece);
        }
        Ok(bytes)
    }

    fn read_at(&self, _: &mut [u8], _: u64) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.content.lock().unwrap_or_else(PoisonError::into_inner).len() as u64)
    }

    fn set_length(&self, _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync(&self) -> io::Result<()> {
        let content = self.content.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut ask = Ask::of("PUT", &self.key);
        ask.content = Content::Bytes(&content);
        self.wire.ask(&ask).map(|_| ())
    }
}
