//! Footage is deleted: by whoever knows what must be kept, through here, because only here it is known whether this is the right disk.
//!
//! The order that survives a power cut: the ledger notes what will be deleted, the files go, the ledger forgets them. Deleting twice is
//! fine, so after a restart the notes are simply done again.

use super::files::{Files, folder_of};
use super::identity::{DiskId, IdentityError, check_identity};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Deletes files below a disk's folder and returns once that is safe. Files that are not there count as deleted; folders of days that are
/// empty then go too. Never deletes from another disk. Files that are being written are not for deleting.
pub fn remove_recorded(
    files: &dyn Files,
    root: &Path,
    disk: DiskId,
    paths: &[PathBuf],
) -> Result<(), IdentityError> {
    check_identity(files, root, disk)?;
    let mut days = BTreeSet::new();
    for path in paths {
        let path = root.join(path);
        match files.remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => days.insert(folder_of(&path)),
        };
    }
    for day in days {
        // Refused by the system where something is still in it; a file that is made there at this moment makes its folder anew.
        if files.remove_folder(&day).is_ok() {
            files.sync_folder(&folder_of(&day))?;
            continue;
        }
        match files.sync_folder(&day) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
