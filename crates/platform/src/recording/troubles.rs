//! What has to be told of recordings: disks that go out of service or grow too small, cameras of which days are missing. All of it are alarms of
//! the desk of alarms, at the units whose recordings it is about; the recorder counts as a device.

use std::time::Duration;

use domain::alarm::{AlarmCode, Source};
use domain::beijing::day_of;
use domain::ids::{CameraId, DiskId, UnitId};
use domain::recording::DiskState;
use jiff::Timestamp;
use tracing::{error, info, warn};

use super::disks::disk_object;
use crate::alarms::{Reported, matter_id};
use crate::{Ask, Platform, PlatformError};

/// How long after a start the cameras are there whose units are told.
const CAMERAS_COME: Duration = Duration::from_secs(30);
/// Units that are told of one disk; a disk of more cameras than that is known to whoever runs the machine by its own page.
const UNITS_TOLD_MAX: usize = 50;

impl Platform {
    /// A disk went out of service for a reason, or came back. Called where nobody may wait; the rest happens in a task of its own.
    pub(super) fn note_disk(&self, id: DiskId, code: Option<&'static str>, reason: &str) {
        let (platform, reason) = (self.clone(), reason.to_owned());
        self.inner.tasks.spawn(async move {
            if let Err(error) = platform.write_disk_state(id, code, &reason).await {
                error!(disk = %id, %error, "state of a disk not written down");
            }
        });
    }

    async fn write_disk_state(
        &self,
        id: DiskId,
        code: Option<&'static str>,
        reason: &str,
    ) -> Result<(), PlatformError> {
        let now = self.inner.surroundings.now();
        let disks = self.inner.store.disks().await?;
        let Some(row) = disks.into_iter().find(|row| row.disk.id == id) else { return Ok(()) };
        let mut disk = row.disk;
        let state = if code.is_some() { DiskState::Failed } else { DiskState::Active };
        let is_ours = matches!(disk.state, DiskState::Active | DiskState::Failed);
        if is_ours && disk.state != state {
            disk.state = state;
            self.inner.store.update_disk(&disk, None, now).await?;
        }
        let act = if code.is_some() { "disk_out" } else { "disk_back" };
        let detail = code.map(|code| format!("{code}: {reason}"));
        self.audit(&Ask::platform(now), act, disk_object(&disk), "ok", detail).await?;
        if let Some(code) = code {
            if self.recorded_units().is_empty() {
                // At the start the cameras come after the disks.
                tokio::select! {
                    () = self.inner.stop.cancelled() => return Ok(()),
                    () = tokio::time::sleep(CAMERAS_COME) => {}
                }
            }
            let note = format!("录像磁盘“{}”已停用：{reason}（{code}）", disk.name);
            self.tell_of_disk(id, code, &note, now).await;
        }
        Ok(())
    }

    /// Raises S03 at the units that are being recorded, once a day for each disk and matter.
    pub(super) async fn tell_of_disk(&self, id: DiskId, matter: &str, note: &str, now: Timestamp) {
        let units = self.recorded_units();
        if units.len() > UNITS_TOLD_MAX {
            warn!(disk = %id, units = units.len(), told = UNITS_TOLD_MAX, "not every unit is told of a disk");
        }
        for (unit_id, simulated) in units.into_iter().take(UNITS_TOLD_MAX) {
            let about = format!("disk {id} {matter} {unit_id} {}", day_of(now));
            let report = Reported {
                code: AlarmCode::S03,
                unit_id,
                camera_id: None,
                source: Source::Device,
                occurred_at: now,
                note: Some(note.to_owned()),
                simulated,
                observation_id: matter_id(&about),
                detector: None,
            };
            if let Err(error) = self.raise_reported(report, now).await {
                warn!(disk = %id, unit = %unit_id, %error, "alarm about a disk not raised");
            }
        }
    }

    /// Raises V05 for a camera of which days are missing, once a day; joins the one that is open.
    pub(super) async fn tell_of_missing(
        &self,
        (unit_id, camera_id): (UnitId, CameraId),
        note: String,
        now: Timestamp,
    ) {
        let simulated = self.is_simulated(camera_id).await;
        let report = Reported {
            code: AlarmCode::V05,
            unit_id,
            camera_id: Some(camera_id),
            source: Source::Device,
            occurred_at: now,
            note: Some(note),
            simulated,
            observation_id: matter_id(&format!("missing {camera_id} {}", day_of(now))),
            detector: None,
        };
        match self.raise_reported(report, now).await {
            Ok(alarm) => info!(%alarm, camera = %camera_id, "recording missing"),
            Err(error) => warn!(camera = %camera_id, %error, "alarm about missing recordings not raised"),
        }
    }

    async fn is_simulated(&self, camera_id: CameraId) -> bool {
        let camera = self.inner.store.camera(&domain::access::Access::PLATFORM, camera_id).await;
        camera.is_ok_and(|place| place.camera.simulated)
    }
}
