//! Starting and stopping: disks from their rows, what the last run left behind, the recorder, the standing work; and all of it in reverse.

use std::time::Duration;

use domain::ids::DiskId;
use domain::recording::DiskState;
use media::record::{
    DiskSettings, IdentityError, PoolSettings, Recorder, RoomLimits, make_disk, read_identity,
};
use store::{DiskRecord, DiskRow};
use tracing::{error, info, warn};

use super::buckets::refused;
use super::{RecordingSettings, days, disk_id, exports, moving, retention};
use crate::{Platform, PlatformError};

/// How long the disks may take to write what waits when the platform stops.
const FINISH_PATIENCE: Duration = Duration::from_secs(20);
/// Name of the disk that is made at the first start.
const FIRST_DISK: &str = "本机磁盘";

impl Platform {
    /// Starts the recording desk, before any camera. Without settings nothing is recorded.
    pub(crate) async fn start_recording(&self) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        // What lies in buckets is played also where nothing is recorded any more.
        self.connect_buckets(&store.disks().await?);
        let Some(settings) = self.inner.settings.recording.clone() else { return Ok(()) };
        if store.disks().await?.is_empty() {
            self.make_first_disk(&settings).await?;
        }
        let now = self.inner.surroundings.now();
        store.end_obstacles(now).await?;
        store.abandon_exports().await?;
        self.inner.recording.line.start(self);
        let disks = store.disks().await?;
        self.mend_disks(&disks).await?;
        // What was adopted is counted.
        self.start_recorder(store.disks().await?).await?;
        // Cameras that were entered before the desk stood.
        self.resume_recordings();
        self.inner.tasks.spawn(retention::run(self.clone()));
        self.inner.tasks.spawn(moving::run(self.clone()));
        self.inner.tasks.spawn(days::run(self.clone()));
        self.inner.tasks.spawn(exports::run(self.clone()));
        Ok(())
    }

    /// Writes what waits, on the disks and then into the rows. After the last camera was stopped.
    pub(crate) async fn stop_recording(&self) {
        if self.inner.settings.recording.is_none() {
            return;
        }
        self.end_recordings().await;
        self.finish_recorder().await;
        self.inner.recording.line.end().await;
    }

    /// Makes the recorder anew after disks changed. Every recording goes on with the group of pictures that is being received.
    pub(super) async fn restart_recorder(&self) -> Result<(), PlatformError> {
        let cameras = self.leave_recordings().await;
        self.finish_recorder().await;
        let started = self.start_recorder(self.inner.store.disks().await?).await;
        self.resume_recordings();
        info!(cameras, "recorder made anew");
        started
    }

    async fn finish_recorder(&self) {
        let Some(recorder) = self.inner.recording.recorder() else { return };
        self.inner.recording.set_recorder(None);
        let finished = tokio::task::spawn_blocking(move || recorder.finish(FINISH_PATIENCE)).await;
        if !matches!(finished, Ok(true)) {
            error!("a disk did not finish in time; what it had not written is lost");
        }
    }

    async fn start_recorder(&self, disks: Vec<DiskRow>) -> Result<(), PlatformError> {
        let written: Vec<DiskRow> = disks
            .into_iter()
            .filter(|row| row.disk.bucket.is_none())
            .filter(|row| row.disk.state.takes_recordings() || row.disk.state == DiskState::Failed)
            .collect();
        let settings = written.iter().map(disk_settings).collect();
        let files = self.inner.recording.files();
        let sink = self.inner.recording.line.sink();
        let start = move || Recorder::start(settings, PoolSettings::default(), &files, sink);
        let recorder = tokio::task::spawn_blocking(start)
            .await
            .map_err(|fault| PlatformError::Internal(format!("recorder: {fault}")))?
            .map_err(|error| PlatformError::Unavailable(format!("recorder: {error}")))?;
        for status in recorder.disks() {
            let was_failed = written
                .iter()
                .any(|row| disk_id(row.disk.id) == status.id && row.disk.state == DiskState::Failed);
            if was_failed && status.out.is_none() {
                self.note_disk(DiskId(uuid::Uuid::from_u128(status.id.0)), None, "");
            }
        }
        self.inner.recording.set_recorder(Some(recorder));
        Ok(())
    }

    async fn make_first_disk(&self, settings: &RecordingSettings) -> Result<(), PlatformError> {
        let now = self.inner.surroundings.now();
        let fresh = DiskId(self.inner.surroundings.id(now));
        let id = self.make_disk_folder(settings.folder.clone(), fresh, "folder").await?;
        let disk = DiskRecord {
            id,
            name: FIRST_DISK.to_owned(),
            folder: settings.folder.to_string_lossy().into_owned(),
            quota_bytes: i64::try_from(settings.quota_bytes.max(1)).unwrap_or(i64::MAX),
            head_room_bytes: i64::try_from(settings.head_room_bytes).unwrap_or(i64::MAX),
            state: DiskState::Active,
            bucket: None,
        };
        self.inner.store.add_disk(&disk, None, now).await?;
        info!(disk = %id, folder = disk.folder, "first disk of recordings made");
        Ok(())
    }

    /// Makes a folder or a bucket a disk; the id that it has where it is one already, of which no row is known. `field` is what is at fault otherwise.
    pub(super) async fn make_disk_folder(
        &self,
        folder: std::path::PathBuf,
        fresh: DiskId,
        field: &'static str,
    ) -> Result<DiskId, PlatformError> {
        let files = self.inner.recording.files();
        let made_at_us = self.inner.surroundings.now().as_microsecond();
        let make = move || match read_identity(files.as_ref(), &folder) {
            Ok(found) => {
                warn!(disk = %found, folder = %folder.display(), "the folder is a disk already and is taken as it is");
                Ok(DiskId(uuid::Uuid::from_u128(found.0)))
            }
            Err(IdentityError::Missing) => {
                make_disk(files.as_ref(), &folder, disk_id(fresh), made_at_us).map(|()| fresh)
            }
            Err(other) => Err(other),
        };
        let made = tokio::task::spawn_blocking(make).await;
        made.map_err(|fault| PlatformError::Internal(format!("disk: {fault}")))?.map_err(
            |error| match error {
                IdentityError::Bucket(_) => refused(field, &error),
                error => PlatformError::field(field, "no_disk", error.to_string()),
            },
        )
    }
}

fn disk_settings(row: &DiskRow) -> DiskSettings {
    DiskSettings {
        root: row.disk.folder.clone().into(),
        id: disk_id(row.disk.id),
        limits: RoomLimits {
            quota_bytes: row.disk.quota_bytes.unsigned_abs(),
            head_room_bytes: row.disk.head_room_bytes.unsigned_abs(),
        },
        // Deleted ones whose files are still there take room too.
        used_bytes: row.used_bytes.saturating_add(row.garbage_bytes).unsigned_abs(),
    }
}
