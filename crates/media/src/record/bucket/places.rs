//! Folders and buckets side by side: a path below the root of a bucket goes there, every other to the files of the system.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::super::files::{Files, OpenFile, Space};
use super::files::BucketFiles;

/// How the root of a bucket begins; no folder does, because folders are absolute.
const SCHEME: &str = "s3:";

/// The files of the system, and those of the buckets that are known.
pub struct Places {
    system: Arc<dyn Files>,
    buckets: RwLock<BTreeMap<PathBuf, Arc<BucketFiles>>>,
}

impl Places {
    /// No bucket yet.
    pub fn new(system: Arc<dyn Files>) -> Self {
        Self { system, buckets: RwLock::default() }
    }

    /// Knows a bucket by its root; another of the same root is replaced.
    pub fn connect(&self, root: PathBuf, bucket: Arc<BucketFiles>) {
        self.buckets.write().unwrap_or_else(PoisonError::into_inner).insert(root, bucket);
    }

    /// Forgets a bucket.
    pub fn disconnect(&self, root: &Path) {
        self.buckets.write().unwrap_or_else(PoisonError::into_inner).remove(root);
    }

    /// The bucket of a root.
    pub fn bucket(&self, root: &Path) -> Option<Arc<BucketFiles>> {
        self.buckets.read().unwrap_or_else(PoisonError::into_inner).get(root).cloned()
    }

    /// Who has a path, and its name there.
    fn place(&self, path: &Path) -> io::Result<(Arc<dyn Files>, PathBuf)> {
        if !path.starts_with(SCHEME) {
            return Ok((Arc::clone(&self.system), path.to_owned()));
        }
        let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        // The longest root: one disk may lie below another.
        let found = buckets.iter().rev().find_map(|(root, bucket)| {
            let below = path.strip_prefix(root).ok()?;
            Some((Arc::clone(bucket) as Arc<dyn Files>, below.to_owned()))
        });
        found.ok_or_else(|| io::Error::new(io::ErrorKind::NotConnected, "a bucket that is not known"))
    }
}

impl Files for Places {
    fn create(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        let (files, path) = self.place(path)?;
        files.create(&path)
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        let (files, path) = self.place(path)?;
        files.open(&path)
    }

    fn open_for_mending(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        let (files, path) = self.place(path)?;
        files.open_for_mending(&path)
    }

    fn create_folders(&self, path: &Path) -> io::Result<()> {
        let (files, path) = self.place(path)?;
        files.create_folders(&path)
    }

    fn names(&self, path: &Path) -> io::Result<Vec<String>> {
        let (files, path) = self.place(path)?;
        files.names(&path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let ((files, from), (_, to)) = (self.place(from)?, self.place(to)?);
        files.rename(&from, &to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let (files, path) = self.place(path)?;
        files.remove(&path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let (files, path) = self.place(path)?;
        files.remove_folder(&path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let (files, path) = self.place(path)?;
        files.sync_folder(&path)
    }

    fn space(&self, path: &Path) -> io::Result<Space> {
        let (files, path) = self.place(path)?;
        files.space(&path)
    }
}
