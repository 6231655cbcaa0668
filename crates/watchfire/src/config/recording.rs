//! `[recording]`: which cameras are recorded and where the first disk lies.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use platform::recording::RecordingSettings;
use serde::Deserialize;

/// Folder of the first disk, in the data folder.
const FOLDER: &str = "recordings";
/// Folder of the files of exports, in the data folder.
const EXPORT_FOLDER: &str = "exports";
/// Bytes of a GiB.
const GIB: u64 = 1 << 30;

/// `[recording]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recording {
    /// Which cameras of which nothing was said are recorded.
    pub cameras: Cameras,
    /// Folder of the first disk; empty means in the data folder.
    pub folder: PathBuf,
    /// Most GiB of recordings on it.
    pub quota_gib: u64,
    /// GiB that stay free of its file system.
    pub head_room_gib: u64,
    /// Days that the files of an export lie ready.
    pub export_days: u32,
}

/// Which cameras are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cameras {
    /// Every one that is not switched off.
    All,
    /// Only those that are switched on.
    None,
}

impl Default for Recording {
    fn default() -> Self {
        Self {
            cameras: Cameras::All,
            folder: PathBuf::new(),
            quota_gib: 100,
            head_room_gib: 5,
            export_days: 3,
        }
    }
}

impl Recording {
    /// As the desk needs it.
    pub fn settings(&self, data: &Path) -> RecordingSettings {
        let folder = if self.folder.as_os_str().is_empty() { data.join(FOLDER) } else { self.folder.clone() };
        RecordingSettings {
            all_cameras: self.cameras == Cameras::All,
            folder: absolute(folder),
            quota_bytes: self.quota_gib.saturating_mul(GIB),
            head_room_bytes: self.head_room_gib.saturating_mul(GIB),
            export_folder: absolute(data.join(EXPORT_FOLDER)),
            export_keep: SignedDuration::from_hours(24 * i64::from(self.export_days)),
        }
    }
}

/// Disks are known by their whole path, whatever the working directory of the next start.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
