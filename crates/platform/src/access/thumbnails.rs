//! Small pictures of cameras for walls: made when somebody asks, seldom, and once for everybody.
//!
//! A picture of some 10 kB every five seconds is 16 kbit/s a camera, where a sub-stream is 500. Decoding a key frame is what costs here, so
//! whoever asks while a picture is made waits for it, and whoever asks soon after gets the same.

use std::sync::Arc;

use domain::ids::CameraId;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

use super::camera::camera_object;
use crate::{Ask, Platform, PlatformError};

/// Width of the small picture, in pixels.
pub const THUMBNAIL_WIDTH_PX: u32 = 320;

/// The small picture of one camera.
#[derive(Default)]
pub(super) struct Small {
    kept: Mutex<Option<Thumbnail>>,
}

/// A small picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The file.
    pub jpeg: Arc<[u8]>,
    /// When the camera's frame was received.
    pub taken_at: Timestamp,
    /// When it was last looked whether there is a newer one.
    looked_at: Timestamp,
}

impl Platform {
    /// The newest key frame as a small JPEG file, looked for at most every [`thumbnail_every`](super::LiveSettings::thumbnail_every).
    pub async fn small_picture(&self, ask: &Ask, id: CameraId) -> Result<Thumbnail, PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let row = self.inner.store.camera(&ask.access, id).await?;
        self.audit_look(ask, "view_picture", camera_object(&row.camera)).await?;
        let (stream, small) = self.small(id).ok_or(PlatformError::NotFound)?;
        let every = SignedDuration::try_from(self.inner.settings.live.thumbnail_every).unwrap_or_default();
        let mut kept = small.kept.lock().await;
        // A clock that is set back must not keep an old picture.
        if let Some(thumbnail) =
            kept.as_ref().filter(|one| ask.now.duration_since(one.looked_at).abs() < every)
        {
            return Ok(thumbnail.clone());
        }
        let frame = stream.latest_key_frame().ok_or(PlatformError::NotFound)?;
        let taken_at = Timestamp::from_microsecond(frame.received_at_us).unwrap_or(ask.now);
        let unchanged = kept.as_ref().filter(|one| one.taken_at == taken_at).map(|one| Arc::clone(&one.jpeg));
        let jpeg = match unchanged {
            Some(jpeg) => jpeg,
            None => crate::watch::key_frame_jpeg(self, frame, Some(THUMBNAIL_WIDTH_PX))
                .await
                .ok_or(PlatformError::NotFound)?
                .into(),
        };
        let thumbnail = Thumbnail { jpeg, taken_at, looked_at: ask.now };
        *kept = Some(thumbnail.clone());
        Ok(thumbnail)
    }
}
