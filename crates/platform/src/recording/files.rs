//! The recorded files of the last days, for whoever runs the machine and wants to try something on them. Not a look at anybody's recording: no
//! picture leaves the machine by it, and the audit register says that it was done.

use std::collections::HashMap;
use std::path::PathBuf;

use domain::ids::{CameraId, DiskId};
use domain::recording::Span;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::PageAsk;

use super::file_of;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// A recorded file on a disk of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedFile {
    /// Whose pictures.
    pub camera_id: CameraId,
    /// Its name.
    pub camera_name: String,
    /// The name of its unit.
    pub unit_name: String,
    /// Wall clock of the first picture.
    pub start_at: Timestamp,
    /// Where it lies.
    pub path: PathBuf,
}

impl Platform {
    /// Finished recorded files of all watched cameras of the last so many days, by camera and time. Files in buckets are left out. `trying` says
    /// in the audit register what for.
    pub async fn recorded_files(
        &self,
        ask: &Ask,
        days: u32,
        trying: &str,
    ) -> Result<Vec<RecordedFile>, PlatformError> {
        ask.access.need(Capability::SeeRecordings)?;
        let back = SignedDuration::from_hours(24 * i64::from(days));
        let span = Span::new(ask.now.saturating_sub(back).unwrap_or(Timestamp::MIN), ask.now);
        let disks = self.inner.store.disks().await?;
        let folders: HashMap<DiskId, PathBuf> =
            disks.into_iter().map(|row| (row.disk.id, row.disk.folder.into())).collect();
        let mut files = Vec::new();
        for row in self.inner.store.all_cameras().await? {
            let camera = row.camera;
            if !camera.watch_enabled {
                continue;
            }
            let mut page = PageAsk::first(store::MAX_PAGE);
            loop {
                let found = self.inner.store.segments(&ask.access, camera.id, &span, &page).await?;
                for segment in found.items.into_iter().filter(|segment| !segment.is_open) {
                    let Some(folder) = folders.get(&segment.disk_id) else { continue };
                    let path = folder.join(file_of(camera.id, segment.start_at));
                    if path.is_file() {
                        files.push(RecordedFile {
                            camera_id: camera.id,
                            camera_name: camera.name.clone(),
                            unit_name: row.unit_name.clone(),
                            start_at: segment.start_at,
                            path,
                        });
                    }
                }
                let Some(next) = found.next else { break };
                page = PageAsk::after(store::MAX_PAGE, next);
            }
        }
        let object = Object { kind: "recording", ..Object::default() };
        self.audit(ask, "shadow_run", object, "ok", Some(format!("{trying}, {} files", files.len()))).await?;
        Ok(files)
    }
}
