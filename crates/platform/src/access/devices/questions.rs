//! Questions that a person asks a device now, while a page is open: how it is, its settings, its memory cards, where a head looks.
//!
//! Nothing of the answers is kept. A question that the edition of the device does not have is not asked: many devices answer nothing
//! to it, and the person would wait for that.

use std::time::Duration;

use domain::ids::{ChannelId, DeviceId};
use domain::role::Capability;
use gb28181::edition::Edition;
use gb28181::id::GbId;
use gb28181::manscdp::Body;

use super::line::wire_id;
use crate::{Ask, Platform, PlatformError};

/// How long a person waits for an answer. The protocol itself waits for 40 s, and tries for 32 s where packets are lost.
const PATIENCE: Duration = Duration::from_secs(15);

impl Platform {
    /// The device's own digits, for a person who may see cameras.
    pub(super) async fn device_to_ask(
        &self,
        ask: &Ask,
        id: DeviceId,
        needs: Capability,
    ) -> Result<GbId, PlatformError> {
        ask.access.need(needs)?;
        Ok(wire_id(&self.inner.store.device(&ask.access, id).await?.device.gb_id))
    }

    /// The digits of a channel's device and of the channel, for a person who may look through it.
    pub(super) async fn channel_to_ask(
        &self,
        ask: &Ask,
        id: ChannelId,
    ) -> Result<(GbId, GbId), PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let channel = self.inner.store.channel(&ask.access, id).await?;
        let device = self.inner.store.device(&ask.access, channel.device_id).await?.device;
        Ok((wire_id(&device.gb_id), wire_id(&channel.entry.gb_id)))
    }

    /// Asks, and waits as long as a person does.
    pub(in crate::access) async fn answer_of(
        &self,
        (device, about): (GbId, GbId),
        question: Body,
    ) -> Result<Body, PlatformError> {
        let answer = tokio::time::timeout(PATIENCE, self.inner.line.ask(device, about, question)).await;
        match answer {
            Ok(Ok(Some(body))) => Ok(body),
            Ok(Err(error)) => Err(error),
            Ok(Ok(None)) | Err(_) => {
                Err(PlatformError::Unavailable("the device did not answer 设备没有应答".to_owned()))
            }
        }
    }

    /// Refuses what only devices of 2022 understand where the device registered by an older edition.
    pub(super) async fn need_2022(&self, device: GbId) -> Result<(), PlatformError> {
        let edition = self
            .inner
            .line
            .with(move |endpoint| endpoint.directory.get(&device).map(|entry| entry.sort.profile.edition));
        match edition.await? {
            Some(edition) if edition < Edition::V2022 => Err(PlatformError::Conflict(
                "the device registered by an edition before 2022, which does not know this 设备按 2022 版之前的标准注册，不支持此功能"
                    .to_owned(),
            )),
            Some(_) | None => Ok(()),
        }
    }
}

/// What is said of an answer that is another than the question wants.
pub(super) fn beside_the_point() -> PlatformError {
    PlatformError::Unavailable("the device's answer cannot be read 设备的应答无法识别".to_owned())
}
