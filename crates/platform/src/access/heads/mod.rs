//! Heads of cameras that are asked themselves: whether one turns, turning it, its presets. They are spoken with by ONVIF; a camera that is a
//! channel of a device is turned by GB/T 28181 (`devices::control`), and [`Platform::head`] says which way it is.
//!
//! Who may look may turn, as with channels. A move ends by itself after some seconds, so that a stop that gets lost on the way leaves no head
//! turning. Every order leaves a row, repeated turning one for ten minutes.

mod order;
mod profile;
mod reached;
mod trouble;

use domain::ids::{CameraId, ChannelId};
use domain::role::Capability;
use futures::FutureExt as _;
use media::onvif::OnvifError;
pub use media::onvif::{HeadPosition as LooksAt, Preset as NamedPreset};
use store::{CameraRecord, CameraSource};

use super::camera_object;
use crate::{Ask, Platform, PlatformError};
pub use order::{HeadOrder, MOVE_SECONDS};
pub(crate) use reached::Heads;
use trouble::Trouble;

/// What is known of a camera's head.
#[derive(Debug, Clone, PartialEq)]
pub enum Head {
    /// It turns by the orders of this desk.
    Onvif(LooksAt),
    /// It is the head of a channel, ordered there.
    Channel(ChannelId),
    /// It cannot be turned now.
    None(HeadTrouble),
}

/// Why a head cannot be turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadTrouble {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Platform {
    /// Whether a camera's head can be turned, by which way, and where it looks. The first question to a camera greets it, which takes seconds.
    pub async fn head(&self, ask: &Ask, id: CameraId) -> Result<Head, PlatformError> {
        let camera = self.camera_to_turn(ask, id).await?;
        if let CameraSource::Channel(id) = camera.source {
            return Ok(Head::Channel(id));
        }
        let looks = self
            .ask_head(ask, &camera, |head| async move { head.device.position(&head.profile).await }.boxed())
            .await;
        Ok(match looks {
            Ok(looks) => Head::Onvif(looks),
            // Where it looks is an option of the standard.
            Err(Trouble::Onvif(OnvifError::Fault { .. })) => Head::Onvif(LooksAt::default()),
            Err(trouble) => Head::None(HeadTrouble {
                code: trouble.code(),
                zh: trouble.message_zh(),
                en: trouble.message_en(),
            }),
        })
    }

    /// Orders a head something and waits until the camera took it.
    pub async fn order_head(&self, ask: &Ask, id: CameraId, order: HeadOrder) -> Result<(), PlatformError> {
        let camera = self.camera_to_turn(ask, id).await?;
        let action = order.action()?;
        match order.detail() {
            None => self.audit_look(ask, "camera_turn", camera_object(&camera)).await?,
            detail => self.audit(ask, "camera_preset", camera_object(&camera), "ok", detail).await?,
        }
        let done = self.ask_head(ask, &camera, |head| {
            let action = action.clone();
            async move { head.device.ptz(&head.profile, &action).await }.boxed()
        });
        Ok(done.await?)
    }

    /// The places a head remembers, in the camera's order.
    pub async fn head_presets(&self, ask: &Ask, id: CameraId) -> Result<Vec<NamedPreset>, PlatformError> {
        let camera = self.camera_to_turn(ask, id).await?;
        let presets = self
            .ask_head(ask, &camera, |head| async move { head.device.presets(&head.profile).await }.boxed());
        Ok(presets.await?)
    }

    async fn camera_to_turn(&self, ask: &Ask, id: CameraId) -> Result<CameraRecord, PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        Ok(self.inner.store.camera(&ask.access, id).await?.camera)
    }
}
