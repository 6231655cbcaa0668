//! Looking at a camera: live video and the newest picture. Every look leaves a row in the audit register.

use domain::ids::CameraId;
use domain::role::Capability;
use media::LiveReader;

use super::camera::camera_object;
use crate::{Ask, Platform, PlatformError};

/// Which picture of a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StreamKind {
    /// The full one, which is watched and recorded.
    #[default]
    Main,
    /// The small one, for walls of tiles and for browsers that cannot show the full one; pulled only while somebody looks.
    Sub,
    /// The full one coded anew as H.264, smaller and with fewer pictures, for browsers that cannot show what the camera sends. Dear: few at a
    /// time.
    Converted,
}

impl StreamKind {
    /// Stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Sub => "sub",
            Self::Converted => "converted",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Main, Self::Sub, Self::Converted].into_iter().find(|kind| kind.as_str() == word)
    }
}

impl Platform {
    /// Live video as fragmented MP4; of the main stream where there is no sub-stream. Which it is is said.
    pub async fn live(
        &self,
        ask: &Ask,
        id: CameraId,
        kind: StreamKind,
    ) -> Result<(StreamKind, LiveReader), PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let row = self.inner.store.camera(&ask.access, id).await?;
        self.audit_look(ask, "view_live", camera_object(&row.camera)).await?;
        let (kind, stream) = self.stream_of(id, kind)?;
        Ok((kind, stream.live()))
    }

    /// The newest key frame as a JPEG file.
    pub async fn thumbnail(&self, ask: &Ask, id: CameraId) -> Result<Vec<u8>, PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let row = self.inner.store.camera(&ask.access, id).await?;
        self.audit_look(ask, "view_picture", camera_object(&row.camera)).await?;
        let frame =
            self.stream(id).and_then(|stream| stream.latest_key_frame()).ok_or(PlatformError::NotFound)?;
        crate::watch::key_frame_jpeg(self, frame, None).await.ok_or(PlatformError::NotFound)
    }
}
