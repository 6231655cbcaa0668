//! Which disk is it? A small file in its folder says so, and the ledger says which one it expects.
//!
//! A mount that is missing leaves an ordinary folder on the system's own disk behind, and a mount that was swapped leaves another
//! disk's footage. Neither may be written to or have footage deleted from, so a folder without the right identity is no disk.

use super::bucket::BucketTrouble;
use super::files::{Files, read_small, write_all};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, IoSlice};
use std::path::Path;

/// Name of the file that says which disk a folder is.
pub const IDENTITY_FILE: &str = "watchfire-disk.json";
/// Ours has fewer than 100 bytes.
const IDENTITY_BYTES_MAX: usize = 4096;

/// A disk, by a UUID that the caller chose when it was added. Printed as UUIDs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DiskId(pub u128);

impl fmt::Display for DiskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.0);
        let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|group| &digits[group]);
        f.write_str(&groups.join("-"))
    }
}

impl DiskId {
    /// Reads the printed form.
    fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|letter| *letter != '-').collect();
        let id = Self(u128::from_str_radix(&digits, 16).ok()?);
        (id.to_string() == text).then_some(id)
    }
}

/// Content of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Identity {
    uuid: String,
    made_at_us: i64,
}

/// Why a folder is not the disk it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// No identity file: the mount is missing, or the folder was never made a disk.
    #[error("no {IDENTITY_FILE} in the folder: is the disk mounted?")]
    Missing,
    /// The file is not what we wrote.
    #[error("{IDENTITY_FILE} cannot be understood")]
    Damaged,
    /// Another disk is mounted here.
    #[error("another disk is mounted here: {found}")]
    Other {
        /// Whose identity was found.
        found: DiskId,
    },
    /// The folder already is a disk, and was to become another.
    #[error("the folder already belongs to disk {found}")]
    Taken {
        /// Whose identity was found.
        found: DiskId,
    },
    /// The file system answers with an error.
    #[error("the identity cannot be read or written: {0}")]
    Failed(String),
    /// The bucket answers with an error.
    #[error("{0}")]
    Bucket(BucketTrouble),
}

impl IdentityError {
    /// Stable code for rows and interfaces.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Other { .. } | Self::Taken { .. } => "other_disk",
            Self::Damaged | Self::Failed(_) => "unreadable",
            Self::Bucket(trouble) => trouble.code(),
        }
    }
}

impl From<io::Error> for IdentityError {
    fn from(error: io::Error) -> Self {
        if let Some(trouble) = BucketTrouble::of(&error) {
            return Self::Bucket(trouble.clone());
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::InvalidData => Self::Damaged,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// The identity of the disk in a folder.
pub fn read_identity(files: &dyn Files, root: &Path) -> Result<DiskId, IdentityError> {
    let content = read_small(files, &root.join(IDENTITY_FILE), IDENTITY_BYTES_MAX)?;
    let identity: Identity = serde_json::from_slice(&content).map_err(|_| IdentityError::Damaged)?;
    DiskId::parse(&identity.uuid).ok_or(IdentityError::Damaged)
}

/// Is this folder that disk?
pub fn check_identity(files: &dyn Files, root: &Path, expected: DiskId) -> Result<(), IdentityError> {
    match read_identity(files, root)? {
        found if found == expected => Ok(()),
        found => Err(IdentityError::Other { found }),
    }
}

/// Makes a folder a disk: writes its identity. Fine where it already is this disk.
pub fn make_disk(files: &dyn Files, root: &Path, id: DiskId, made_at_us: i64) -> Result<(), IdentityError> {
    match read_identity(files, root) {
        Ok(found) if found == id => return Ok(()),
        Ok(found) => return Err(IdentityError::Taken { found }),
        Err(IdentityError::Missing) => {}
        Err(other) => return Err(other),
    }
    files.create_folders(root)?;
    let identity = Identity { uuid: id.to_string(), made_at_us };
    let content = serde_json::to_vec(&identity).map_err(|_| IdentityError::Damaged)?;
    let file = files.create(&root.join(IDENTITY_FILE))?;
    write_all(file.as_ref(), &mut [IoSlice::new(&content)], 0)?;
    file.sync()?;
    files.sync_folder(root)?;
    Ok(())
}
