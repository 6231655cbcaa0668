//! Blobs: pictures and clips as files named by id, nothing else – no name a person typed ever reaches the file system.
//!
//! `<folder>/<first two hex digits>/<uuid>`. A file is written under another name, flushed to the disk and renamed, so that a name
//! that exists holds everything; rows that name it are committed afterwards. An id is made of what it names (the hash of the content
//! and of its place), so the first digits spread evenly over 256 folders.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use domain::ids::BlobId;
use sha2::{Digest as _, Sha256};

use crate::Store;
use crate::error::{Result, StoreError};

/// Largest blob: a clip of half a minute at 16 Mbit/s is 60 MB.
pub const MAX_BLOB_BYTES: usize = 64 << 20;

impl Store {
    fn blob_path(&self, id: BlobId) -> PathBuf {
        let name = id.to_string();
        self.blobs.join(&name[..2]).join(name)
    }

    /// Writes a blob; durable when this returns. Writing the same id again replaces it in one step.
    pub(crate) async fn write_blob(&self, id: BlobId, bytes: &[u8]) -> Result<()> {
        if bytes.len() > MAX_BLOB_BYTES {
            return Err(StoreError::Limit(format!("{} bytes, at most {MAX_BLOB_BYTES}", bytes.len())));
        }
        let path = self.blob_path(id);
        let bytes = bytes.to_vec();
        let writing = tokio::task::spawn_blocking(move || {
            write_durably(&path, &bytes)
                .map_err(|error| StoreError::Unwritable { path: path.clone(), reason: error.to_string() })
        });
        writing.await.map_err(|error| StoreError::Unavailable(format!("blob writer: {error}")))?
    }

    /// Reads a blob and compares it with the hash its row holds.
    pub(crate) async fn read_blob(&self, id: BlobId, sha256: &str) -> Result<Vec<u8>> {
        let path = self.blob_path(id);
        let bytes = tokio::fs::read(&path)
            .await
            .map_err(|error| StoreError::Corrupt(format!("blob {}: {error}", path.display())))?;
        if sha256_hex(&bytes) == sha256 {
            Ok(bytes)
        } else {
            Err(StoreError::Corrupt(format!("blob {} is not what was stored", path.display())))
        }
    }

    /// Removes a blob that no row names any more; one that is not there is no error.
    pub(crate) async fn remove_blob(&self, id: BlobId) -> Result<()> {
        let path = self.blob_path(id);
        match tokio::fs::remove_file(&path).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(StoreError::Unwritable { path, reason: error.to_string() })
            }
            _ => Ok(()),
        }
    }
}

fn write_durably(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let unfinished = path.with_extension("part");
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    // The new name itself must survive power loss too.
    std::fs::File::open(folder)?.sync_all()
}

/// An id made of what it names: the same file given twice is one, and no randomness is needed here.
pub(crate) fn id_of(name: &str) -> BlobId {
    let digest: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    BlobId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
