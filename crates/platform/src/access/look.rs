//! Looking at a camera: live video and the newest picture. Every look leaves a row in the audit register.

use domain::ids::CameraId;
use domain::role::Capability;
use media::LiveReader;

use super::camera::camera_object;
use crate::{Ask, Platform, PlatformError};

impl Platform {
    /// Live video as fragmented MP4.
    pub async fn live(&self, ask: &Ask, id: CameraId) -> Result<LiveReader, PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let row = self.inner.store.camera(&ask.access, id).await?;
        self.audit_look(ask, "view_live", camera_object(&row.camera)).await?;
        let stream = self
            .stream(id)
            .ok_or_else(|| PlatformError::Unavailable("this camera is switched off".to_owned()))?;
        Ok(stream.live())
    }

    /// The newest key frame as a JPEG file.
    pub async fn thumbnail(&self, ask: &Ask, id: CameraId) -> Result<Vec<u8>, PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let row = self.inner.store.camera(&ask.access, id).await?;
        self.audit_look(ask, "view_picture", camera_object(&row.camera)).await?;
        let frame =
            self.stream(id).and_then(|stream| stream.latest_key_frame()).ok_or(PlatformError::NotFound)?;
        crate::watch::key_frame_jpeg(self, frame).await.ok_or(PlatformError::NotFound)
    }
}
