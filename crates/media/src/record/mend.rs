//! A file that was open when the program or the machine stopped is made whole again.
//!
//! What the ledger does not know yet is adopted. A fragment that is not whole is cut off; that, and nothing else, is ever cut: a place
//! that the ledger knows stays, readable or not, because whoever looks for footage should find the damage and not a shorter file.

use super::entries::Entry;
use super::files::{Files, folder_of};
use super::scan::{Found, ScanError, scan};
use std::path::{Path, PathBuf};
use tracing::warn;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mended {
    /// Its fragments, those that the ledger knew and those behind them.
    Kept {
        /// All of them in order.
        entries: Vec<Entry>,
        /// How many the ledger did not know.
        adopted: usize,
        /// How many the ledger knows that can no longer be read.
        damaged: usize,
        /// Bytes of a fragment that was not whole and was cut off.
        cut_bytes: u64,
    },
    /// Nothing was ever in it: removed.
    Removed,
    /// It has bytes, but no picture that could be played. Kept under another name for whoever wants to look.
    SetAside {
        /// Its new path.
        path: PathBuf,
        /// Its length.
        bytes: u64,
    },
}

/// Makes the file at `path` whole; never one that is being written. `known` is what the ledger has of it, in order; `begins_at_us` stands for a fragment without a time stamp.
pub fn mend(files: &dyn Files, path: &Path, known: &[Entry], begins_at_us: i64) -> Result<Mended, ScanError> {
    let file = files.open_for_mending(path)?;
    let safe_bytes = known.last().map_or(0, Entry::end);
    let found = match scan(file.as_ref(), safe_bytes, begins_at_us) {
        Ok(found) => found,
        Err(ScanError::NoInit) if known.is_empty() => return put_away(files, path, file.length()?),
        Err(ScanError::NoInit) => {
            warn!(path = %path.display(), fragments = known.len(), "recorded file lost its beginning");
            let (adopted, damaged, cut_bytes) = (0, known.len(), 0);
            return Ok(Mended::Kept { entries: known.to_vec(), adopted, damaged, cut_bytes });
        }
        Err(error) => return Err(error),
    };
    if found.entries.is_empty() && known.is_empty() {
        return put_away(files, path, found.file_bytes);
    }
    let (entries, adopted, damaged) = joined(known, &found);
    let keep_bytes = found.whole_bytes.max(safe_bytes);
    let cut_bytes = found.file_bytes.saturating_sub(keep_bytes);
    if cut_bytes > 0 {
        warn!(path = %path.display(), cut_bytes, "end of a recorded file was not whole and is cut off");
        file.set_length(keep_bytes)?;
    }
    if damaged > 0 {
        warn!(path = %path.display(), damaged, "recorded fragments can no longer be read");
    }
    file.sync()?;
    files.sync_folder(&folder_of(path))?;
    Ok(Mended::Kept { entries, adopted, damaged, cut_bytes })
}

/// The ledger's entries, then what lies behind them. Where both know a fragment the ledger is the better witness of its duration.
fn joined(known: &[Entry], found: &Found) -> (Vec<Entry>, usize, usize) {
    let is_found = |entry: &&Entry| found.entries.iter().any(|other| other.offset == entry.offset);
    let damaged = known.len() - known.iter().filter(is_found).count();
    let safe_bytes = known.last().map_or(0, Entry::end);
    let mut entries = known.to_vec();
    entries.extend(found.entries.iter().filter(|entry| entry.offset >= safe_bytes));
    let adopted = entries.len() - known.len();
    (entries, adopted, damaged)
}

fn put_away(files: &dyn Files, path: &Path, bytes: u64) -> Result<Mended, ScanError> {
    let folder = folder_of(path);
    if bytes == 0 {
        files.remove(path)?;
        files.sync_folder(&folder)?;
        return Ok(Mended::Removed);
    }
    let aside = path.with_extension("torn");
    warn!(path = %aside.display(), bytes, "recorded file without a whole fragment is set aside");
    files.rename(path, &aside)?;
    files.sync_folder(&folder)?;
    Ok(Mended::SetAside { path: aside, bytes })
}
