//! Disks, for whoever runs the machine: entered, changed, taken back into service, with what is known of each at the moment. Not a look at anything
//! that lies there.

use std::path::{Path, PathBuf};

use domain::ids::DiskId;
use domain::recording::DiskState;
use domain::role::Capability;
use jiff::Timestamp;
use media::record::DiskStatus;
use store::{DiskRecord, DiskRow};

use super::buckets::{BucketEdit, BucketView};
use super::disk_id;
use super::mending::blocking;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

const NAME_LEN_MAX: usize = 100;
const FOLDER_LEN_MAX: usize = 1_000;
/// Smallest quota: an hour of one camera of 2 Mbit/s.
const QUOTA_BYTES_MIN: u64 = 1 << 30;

/// A disk to enter.
#[derive(Debug, Clone)]
pub struct NewDisk {
    /// Name for people.
    pub name: String,
    /// Absolute path of its folder, on a mounted disk.
    pub folder: PathBuf,
    /// Most bytes of recordings.
    pub quota_bytes: u64,
    /// What stays free of the file system.
    pub head_room_bytes: u64,
}

/// Changes to a disk; none leaves a field as it is. A folder does not change: footage does not move with its row.
#[derive(Clone, Default)]
pub struct DiskEdit {
    /// Name for people.
    pub name: Option<String>,
    /// Most bytes of recordings.
    pub quota_bytes: Option<u64>,
    /// What stays free of the file system.
    pub head_room_bytes: Option<u64>,
    /// What it is used for; `failed` is said by the platform alone.
    pub state: Option<DiskState>,
    /// What changes of a bucket.
    pub bucket: Option<BucketEdit>,
}

/// A disk with what is known of it now.
#[derive(Debug, Clone)]
pub struct DiskView {
    /// As entered, with what lies there.
    pub row: DiskRow,
    /// What the recorder says; none of a disk that is not written to.
    pub status: Option<DiskStatus>,
    /// When the newest file on it begins.
    pub newest_at: Option<Timestamp>,
    /// What is known of a bucket; none of a folder.
    pub bucket: Option<BucketView>,
}

impl Platform {
    /// Every disk.
    pub async fn recording_disks(&self, ask: &Ask) -> Result<Vec<DiskView>, PlatformError> {
        ask.access.need(Capability::ManageDisks)?;
        let status = self.inner.recording.recorder().map(|recorder| recorder.disks()).unwrap_or_default();
        let mut views = Vec::new();
        for row in self.inner.store.disks().await? {
            let status = status.iter().find(|one| one.id == disk_id(row.disk.id)).cloned();
            let newest_at = self.inner.store.newest_segment_at(row.disk.id).await?;
            let bucket = self.bucket_view(&row.disk, ask.now).await?;
            views.push(DiskView { row, status, newest_at, bucket });
        }
        Ok(views)
    }

    /// Enters a disk, writes its identity into the folder and begins to use it.
    pub async fn add_recording_disk(&self, ask: &Ask, new: NewDisk) -> Result<DiskView, PlatformError> {
        ask.access.need(Capability::ManageDisks)?;
        self.need_recording()?;
        let name = checked_name(&new.name)?;
        check_folder(&new.folder)?;
        let quota_bytes = checked_quota(new.quota_bytes)?;
        let head_room_bytes = checked_bytes("head_room_gib", new.head_room_bytes)?;
        let _changing = self.inner.recording.changing.lock().await;
        let fresh = DiskId(self.inner.surroundings.id(ask.now));
        let id = self.make_disk_folder(new.folder.clone(), fresh, "folder").await?;
        let disk = DiskRecord {
            id,
            name,
            folder: new.folder.to_string_lossy().into_owned(),
            quota_bytes,
            head_room_bytes,
            state: DiskState::Active,
            bucket: None,
        };
        self.inner.store.add_disk(&disk, ask.access.user_id, ask.now).await?;
        self.audit(ask, "disk_add", disk_object(&disk), "ok", Some(disk.folder.clone())).await?;
        if let Some(row) = self.disk_row(id).await? {
            self.mend_disks(&[row]).await?;
        }
        self.restart_recorder().await?;
        self.disk_view(ask, id).await
    }

    /// Changes a disk.
    pub async fn edit_recording_disk(
        &self,
        ask: &Ask,
        id: DiskId,
        edit: DiskEdit,
    ) -> Result<DiskView, PlatformError> {
        ask.access.need(Capability::ManageDisks)?;
        self.need_recording()?;
        let _changing = self.inner.recording.changing.lock().await;
        let mut disk = self.disk_row(id).await?.ok_or(PlatformError::NotFound)?.disk;
        if let Some(name) = &edit.name {
            disk.name = checked_name(name)?;
        }
        if let Some(quota_bytes) = edit.quota_bytes {
            disk.quota_bytes = checked_quota(quota_bytes)?;
        }
        if let Some(head_room_bytes) = edit.head_room_bytes {
            disk.head_room_bytes = checked_bytes("head_room_gib", head_room_bytes)?;
        }
        match edit.state {
            Some(DiskState::Failed) => {
                return Err(PlatformError::field(
                    "state",
                    "invalid",
                    "only the platform says that a disk failed",
                ));
            }
            Some(state) => disk.state = state,
            None => {}
        }
        disk.bucket = match (disk.bucket.take(), &edit.bucket) {
            (Some(bucket), Some(edit)) => Some(self.edited_bucket(&disk, bucket, edit).await?),
            (None, Some(_)) => {
                return Err(PlatformError::field("bucket", "invalid", "the disk is a folder"));
            }
            (bucket, None) => bucket,
        };
        self.inner.store.update_disk(&disk, ask.access.user_id, ask.now).await?;
        self.audit(ask, "disk_edit", disk_object(&disk), "ok", Some(disk.state.as_str().to_owned())).await?;
        if disk.bucket.is_some() {
            self.connect_disk(&disk);
            self.inner.recording.wants_move.notify_one();
        } else {
            self.restart_recorder().await?;
        }
        self.disk_view(ask, id).await
    }

    /// Takes a disk back into service that went out, if it is the right one and takes data.
    pub async fn take_back_disk(&self, ask: &Ask, id: DiskId) -> Result<DiskView, PlatformError> {
        ask.access.need(Capability::ManageDisks)?;
        if let Some(row) = self.disk_row(id).await?.filter(|row| row.disk.bucket.is_some()) {
            return self.take_back_bucket(ask, &row).await;
        }
        let recorder = self.inner.recording.recorder();
        let recorder = recorder.ok_or_else(|| PlatformError::Conflict("nothing is recorded".to_owned()))?;
        let disk = self.disk_row(id).await?.ok_or(PlatformError::NotFound)?.disk;
        if !recorder.disks().iter().any(|one| one.id == disk_id(id)) {
            return Err(PlatformError::Conflict("the disk is not one that is written to".to_owned()));
        }
        let taken = blocking(move || recorder.take_back(disk_id(id))).await?;
        let result = if taken.is_ok() { "ok" } else { "refused" };
        let detail = taken.as_ref().err().map(ToString::to_string);
        self.audit(ask, "disk_take_back", disk_object(&disk), result, detail).await?;
        taken.map_err(|reason| PlatformError::Conflict(reason.to_string()))?;
        self.disk_view(ask, id).await
    }

    async fn take_back_bucket(&self, ask: &Ask, row: &DiskRow) -> Result<DiskView, PlatformError> {
        self.connect_disk(&row.disk);
        let looked = self.look_at_bucket(row, ask.now).await?;
        let result = if looked.is_ok() { "ok" } else { "refused" };
        let detail = looked.as_ref().err().map(ToString::to_string);
        self.audit(ask, "disk_take_back", disk_object(&row.disk), result, detail).await?;
        looked.map_err(|reason| PlatformError::Conflict(reason.to_string()))?;
        self.inner.recording.wants_move.notify_one();
        self.disk_view(ask, row.disk.id).await
    }

    pub(super) async fn disk_row(&self, id: DiskId) -> Result<Option<DiskRow>, PlatformError> {
        Ok(self.inner.store.disks().await?.into_iter().find(|row| row.disk.id == id))
    }

    pub(super) async fn disk_view(&self, ask: &Ask, id: DiskId) -> Result<DiskView, PlatformError> {
        let views = self.recording_disks(ask).await?;
        views.into_iter().find(|view| view.row.disk.id == id).ok_or(PlatformError::NotFound)
    }

    pub(super) fn need_recording(&self) -> Result<(), PlatformError> {
        match self.inner.settings.recording {
            Some(_) => Ok(()),
            None => Err(PlatformError::Conflict("recording is switched off 录像功能未启用".to_owned())),
        }
    }
}

pub(super) fn disk_object(disk: &DiskRecord) -> Object {
    Object { kind: "disk", id: Some(disk.id.to_string()), name: Some(disk.name.clone()), unit_id: None }
}

pub(super) fn checked_name(name: &str) -> Result<String, PlatformError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_LEN_MAX || name.chars().any(char::is_control) {
        return Err(PlatformError::field("name", "invalid", "1 to 100 characters"));
    }
    Ok(name.to_owned())
}

fn check_folder(folder: &Path) -> Result<(), PlatformError> {
    let text = folder.to_string_lossy();
    let is_plain = folder.is_absolute()
        && text.len() <= FOLDER_LEN_MAX
        && !text.chars().any(char::is_control)
        && folder.components().all(|part| !matches!(part, std::path::Component::ParentDir));
    if is_plain {
        return Ok(());
    }
    Err(PlatformError::field("folder", "invalid", "an absolute path without `..`, at most 1 000 bytes"))
}

pub(super) fn checked_quota(bytes: u64) -> Result<i64, PlatformError> {
    if bytes < QUOTA_BYTES_MIN {
        return Err(PlatformError::field("quota_gib", "too_small", "at least 1 GiB"));
    }
    checked_bytes("quota_gib", bytes)
}

fn checked_bytes(field: &'static str, bytes: u64) -> Result<i64, PlatformError> {
    i64::try_from(bytes).map_err(|_| PlatformError::field(field, "too_large", "more than any disk has"))
}
