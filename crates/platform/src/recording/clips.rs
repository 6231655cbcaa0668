//! What is kept of an alarm: its stretch of the recording is pinned at once, and when the seconds after it are safe they become its clip. Until then,
//! and where the camera is not recorded, the clip is what the hub still had.

use std::time::Duration;

use domain::access::Access;
use domain::ids::{AlarmId, CameraId, PinId, UnitId};
use domain::recording::clip::clip_span;
use jiff::{SignedDuration, Timestamp};
use store::{AlarmBlobKind, NewPin};
use tracing::{info, warn};

use super::film::FilmForm;
use super::mending::blocking;
use crate::{Platform, PlatformError};

/// From the end of a clip until its last fragment is safe and written down: a group of pictures, a round of syncing, a batch of rows, and some.
const UNTIL_SAFE: SignedDuration = SignedDuration::from_secs(10);
/// How long the recording of an alarm stays: as long as its clip.
const PINNED: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Largest clip: half a minute of 16 Mbit/s.
const CLIP_BYTES_MAX: u64 = 64 << 20;

impl Platform {
    /// Keeps the recording around an alarm, in a task of its own.
    pub(crate) fn keep_recording(
        &self,
        alarm: AlarmId,
        (unit_id, camera_id): (UnitId, CameraId),
        occurred_at: Timestamp,
    ) {
        if self.recording_counts(camera_id).is_none() {
            return;
        }
        let platform = self.clone();
        self.inner.tasks.spawn(async move {
            if let Err(error) = platform.pin_alarm(alarm, (unit_id, camera_id), occurred_at).await {
                warn!(%alarm, %error, "recording of an alarm not pinned");
            }
            let ready_at = clip_span(occurred_at).end + UNTIL_SAFE;
            let wait = ready_at.duration_since(platform.inner.surroundings.now());
            tokio::select! {
                () = platform.inner.stop.cancelled() => return,
                () = tokio::time::sleep(Duration::try_from(wait).unwrap_or_default()) => {}
            }
            match platform.cut_clip(alarm, camera_id, occurred_at).await {
                Ok(bytes) => info!(%alarm, bytes, "clip of an alarm cut from the recording"),
                Err(error) => warn!(%alarm, %error, "clip of an alarm stays as the hub had it"),
            }
        });
    }

    async fn pin_alarm(
        &self,
        alarm: AlarmId,
        (unit_id, camera_id): (UnitId, CameraId),
        occurred_at: Timestamp,
    ) -> Result<(), PlatformError> {
        let now = self.inner.surroundings.now();
        let pin = NewPin {
            id: PinId(self.inner.surroundings.id(now)),
            unit_id,
            camera_id,
            span: clip_span(occurred_at),
            reason: "告警录像".to_owned(),
            alarm_id: Some(alarm),
            keep_until: now + PINNED,
        };
        Ok(self.inner.store.add_pin(&Access::PLATFORM, &pin, now).await?)
    }

    /// Cuts the clip of an alarm from the recording; its size.
    async fn cut_clip(
        &self,
        alarm: AlarmId,
        camera_id: CameraId,
        occurred_at: Timestamp,
    ) -> Result<u64, PlatformError> {
        let film = self.film_of(&Access::PLATFORM, camera_id, clip_span(occurred_at), FilmForm::File).await?;
        let length = film.length();
        if length > CLIP_BYTES_MAX {
            return Err(PlatformError::Limit {
                detail: format!("a clip of {length} bytes"),
                retry_after_s: None,
            });
        }
        let read = move || {
            let mut bytes = Vec::with_capacity(length as usize);
            for part in film.read(0..length) {
                bytes.extend_from_slice(&part?);
            }
            Ok::<_, std::io::Error>(bytes)
        };
        let bytes = blocking(read).await?;
        let bytes = bytes.map_err(|error| PlatformError::Unavailable(format!("clip: {error}")))?;
        self.add_evidence(alarm, AlarmBlobKind::Clip, "video/mp4", &bytes).await?;
        Ok(length)
    }
}
