//! One picture of a channel, now: a device of 2022 is asked to upload one; of any other, or where that fails, a key frame of its live
//! stream is decoded.
//!
//! The asker gets a picture either way and is told which it is. It is not kept here: whoever needs it saves it. The register keeps who
//! made it.

use std::time::Duration;

use domain::ids::ChannelId;
use domain::role::Capability;
use gb28181::id::GbId;
use gb28181::manscdp::Body;
use gb28181::manscdp::config::{ConfigBlocks, DeviceConfig, SnapShotConfig};
use gb28181::sdp::Wanted;
use jiff::Timestamp;
use media::called::{Asked, Called};
use media::{CameraConfig, CameraStream, Source};
use store::ChannelRow;
use tracing::debug;

use super::calls::ChannelCaller;
use crate::people::token_text;
use crate::{Ask, Platform, PlatformError};

/// How long the picture of a device is waited for; a camera takes one to three seconds.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(15);
/// How long a key frame is waited for: the answer of a recorder to a call, and one group of pictures.
const FRAME_PATIENCE: Duration = Duration::from_secs(30);
/// A key frame that came longer ago shows another moment; cameras send one every one to four seconds, thrifty ones every ten.
const FRAME_AGE_MAX_US: i64 = 12_000_000;
/// Where devices put their pictures, below the address they know the platform's HTTP by.
const UPLOAD_PATH: &str = "/api/device-uploads/";

/// Where a picture comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptureFrom {
    /// The device made and uploaded it.
    Device,
    /// It is a key frame of the live stream.
    Stream,
}

impl CaptureFrom {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Stream => "stream",
        }
    }
}

/// A picture of a channel.
#[derive(Debug, Clone)]
pub struct Capture {
    /// JPEG file.
    pub jpeg: Vec<u8>,
    /// Where it comes from.
    pub from: CaptureFrom,
    /// When it came.
    pub at: Timestamp,
}

impl Platform {
    /// Makes a picture of a channel.
    pub async fn capture_channel(&self, ask: &Ask, id: ChannelId) -> Result<Capture, PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let row = self.inner.store.channel(&ask.access, id).await?;
        let (device, channel, object) = self.way_to(ask, id).await?;
        let (jpeg, from) = match self.uploaded((device, channel)).await {
            Some(jpeg) => (jpeg, CaptureFrom::Device),
            None => (self.key_frame_of(&row, (device, channel)).await?, CaptureFrom::Stream),
        };
        self.audit(ask, "capture", object, "ok", Some(from.as_str().to_owned())).await?;
        Ok(Capture { jpeg, from, at: self.inner.surroundings.now() })
    }

    /// A picture that the device makes and uploads; none where it cannot, does not want to, or takes too long.
    async fn uploaded(&self, (device, channel): (GbId, GbId)) -> Option<Vec<u8>> {
        let base = self.inner.settings.access.as_ref()?.upload_address.clone()?;
        let can = self.inner.line.with(move |endpoint| {
            endpoint.directory.get(&device).is_some_and(|entry| entry.sort.profile.snapshots)
        });
        if !can.await.ok()? {
            return None;
        }
        let token = token_text(self.inner.surroundings.random());
        let session = format!("{:032x}", u128::from_be_bytes(self.inner.surroundings.random()));
        let mut awaited = self.inner.uploads.expect(&token, session.clone())?;
        let order = SnapShotConfig {
            count: 1,
            interval_s: Some(1),
            upload_url: format!("{}{UPLOAD_PATH}{token}", base.trim_end_matches('/')),
            session,
        };
        let blocks = ConfigBlocks { snapshot: Some(order), ..ConfigBlocks::default() };
        let refused = self.refused((device, channel), DeviceConfig { blocks });
        tokio::select! {
            picture = &mut awaited.picture => picture.ok(),
            () = refused => None,
            () = tokio::time::sleep(UPLOAD_PATIENCE) => {
                debug!(%device, %channel, "no picture was uploaded in time");
                None
            }
        }
    }

    /// Ends when the device refuses an order for pictures; the picture itself may come before its answer or after.
    async fn refused(&self, (device, channel): (GbId, GbId), order: DeviceConfig) {
        match self.inner.line.ask(device, channel, Body::DeviceConfig(order)).await {
            Ok(Some(Body::DeviceConfigAnswer(outcome))) if outcome.worked() => std::future::pending().await,
            Ok(_) => debug!(%device, %channel, "no pictures by upload"),
            Err(error) => debug!(%device, %channel, %error, "no pictures by upload"),
        }
    }

    /// A key frame of the channel's stream: of its camera where it is one, otherwise of a call that ends with the picture.
    async fn key_frame_of(
        &self,
        row: &ChannelRow,
        (device, channel): (GbId, GbId),
    ) -> Result<Vec<u8>, PlatformError> {
        if let Some(stream) = row.camera_id.and_then(|id| self.stream(id)) {
            return self.next_key_frame(&stream).await;
        }
        let caller = ChannelCaller::new(self, (device, channel), Wanted::Live, Some(0));
        let ports = self.media_ports()?;
        let source =
            Source::Called(Called { caller: std::sync::Arc::new(caller), ports, what: Asked::Once(None) });
        let seed = u64::from_be_bytes(self.inner.surroundings.random());
        let config = CameraConfig::new(format!("capture {channel}"), source, seed);
        self.next_key_frame(&media::spawn_camera(config, self.media_clock())).await
    }

    async fn next_key_frame(&self, stream: &CameraStream) -> Result<Vec<u8>, PlatformError> {
        let mut key_frames = stream.subscribe_key_frames();
        let earliest_us = self.inner.surroundings.now().as_microsecond() - FRAME_AGE_MAX_US;
        let fresh = async {
            loop {
                match key_frames.next().await {
                    Some(frame) if frame.received_at_us < earliest_us => {}
                    frame => return frame,
                }
            }
        };
        let frame = tokio::time::timeout(FRAME_PATIENCE, fresh).await.ok().flatten();
        let Some(frame) = frame else {
            let state = stream.status().state;
            return Err(PlatformError::Unavailable(format!("{} {}", state.message_en(), state.message_zh())));
        };
        crate::watch::key_frame_jpeg(self, frame, None).await.ok_or_else(|| {
            PlatformError::Unavailable("the picture cannot be decoded 画面无法解码".to_owned())
        })
    }
}
