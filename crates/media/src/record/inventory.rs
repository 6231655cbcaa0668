//! Which files are there? Asked at the start, when the ledger may not know the newest ones, and when a disk comes back.

use super::files::Files;
use super::fragment::StreamId;
use super::segment::{path_time_us, segment_path};
use std::io;
use std::path::{Path, PathBuf};

/// Most files that are listed at once: three months of one camera, or a day of 100.
pub const INVENTORY_MAX: usize = 150_000;

/// A file below a disk's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Whose it is.
    pub stream: StreamId,
    /// Path below the disk's folder.
    pub path: PathBuf,
    /// When it begins by its name, microseconds UTC, to a millisecond. For [`super::mend`].
    pub begins_at_us: i64,
}

/// The files below a disk's folder that begin at `since_us` or later, by stream and time. Names that are not ours are passed over. More than
/// [`INVENTORY_MAX`] is an error: ask for less.
pub fn inventory(files: &dyn Files, root: &Path, since_us: i64) -> io::Result<Vec<Recorded>> {
    let mut found = Vec::new();
    for stream in files.names(root)?.iter().filter_map(|name| stream_of(name)) {
        let first = segment_path(stream, since_us, 0);
        let first_day = first.parent().and_then(Path::file_name).unwrap_or_default();
        let folder = PathBuf::from(stream.to_string());
        for day in files.names(&root.join(&folder))? {
            let is_day = day.len() == 8 && day.bytes().all(|letter| letter.is_ascii_digit());
            if !is_day || Path::new(&day) < Path::new(first_day) {
                continue;
            }
            for name in files.names(&root.join(&folder).join(&day))? {
                let path = folder.join(&day).join(name);
                let Some(begins_at_us) = path_time_us(&path).filter(|at| *at >= since_us / 1000 * 1000)
                else {
                    continue;
                };
                if found.len() == INVENTORY_MAX {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "too many recorded files at once",
                    ));
                }
                found.push(Recorded { stream, path, begins_at_us });
            }
        }
    }
    found.sort_by_key(|file| (file.stream, file.begins_at_us));
    Ok(found)
}

fn stream_of(name: &str) -> Option<StreamId> {
    let stream = StreamId(u128::from_str_radix(name, 16).ok()?);
    (stream.to_string() == name).then_some(stream)
}
