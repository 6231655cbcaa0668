//! Looking in with little delay: the one socket over which browsers get pictures by WebRTC.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use domain::ids::CameraId;
use domain::role::Capability;
use media::{OfferError, Viewing, Whep, WhepConfig};
use tracing::{info, warn};

use super::camera::camera_object;
use super::look::StreamKind;
use crate::{Ask, Platform, PlatformError};

/// How cameras are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSettings {
    /// Where browsers send to for WebRTC; port 0 for one that the system chooses. None switches it off, and so does an address that stands
    /// for all of a machine's: nobody can send to it.
    pub webrtc: Option<SocketAddr>,
    /// A small picture of a camera is made at most this often.
    pub thumbnail_every: Duration,
    /// Cameras that are coded anew at a time for browsers that cannot show what they send; each takes about half a core for 1080p. 0 switches it off.
    pub conversions_max: usize,
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self { webrtc: None, thumbnail_every: Duration::from_secs(5), conversions_max: 1 }
    }
}

/// The socket, once it is open.
#[derive(Debug, Default)]
pub struct Windows {
    whep: OnceLock<Whep>,
}

impl Platform {
    /// Opens the socket, where one is wanted. A port that somebody else has is no reason to do without the rest: browsers then take
    /// their pictures by HTTP.
    pub(crate) fn open_windows(&self) {
        let Some(address) = self.inner.settings.live.webrtc else { return };
        if address.ip().is_unspecified() {
            warn!("no live view by WebRTC: set media.webrtc_address to the address that browsers reach");
            return;
        }
        match Whep::bind(WhepConfig::new(address.ip(), address.port())) {
            Ok(whep) => {
                info!(address = %whep.address(), "live view by WebRTC");
                // Opened once in the life of a platform; a second start keeps the first.
                let _ = self.inner.windows.whep.set(whep);
            }
            Err(error) => warn!(%address, %error, "no live view by WebRTC: the UDP port cannot be taken"),
        }
    }

    /// Live video by WebRTC, for a browser's offer. The viewer goes when the answer is dropped.
    pub async fn view_live(
        &self,
        ask: &Ask,
        id: CameraId,
        (kind, offer): (StreamKind, &str),
    ) -> Result<(StreamKind, Viewing), PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let row = self.inner.store.camera(&ask.access, id).await?;
        let closed = || PlatformError::Unavailable("live view by WebRTC is switched off".to_owned());
        let whep = self.inner.windows.whep.get().ok_or_else(closed)?;
        self.audit_look(ask, "view_live", camera_object(&row.camera)).await?;
        let (kind, stream) = self.stream_of(id, kind)?;
        Ok((kind, whep.open(stream.subscribe(), offer).await?))
    }
}

impl From<OfferError> for PlatformError {
    fn from(error: OfferError) -> Self {
        let words = error.to_string();
        match error {
            OfferError::Unreadable(_) => Self::field("offer", "unreadable", words),
            OfferError::NoVideo => Self::field("offer", "no_video", words),
            OfferError::Codec(_) => Self::field("offer", "codec", words),
            OfferError::Full => Self::Limit { detail: words, retry_after_s: None },
            OfferError::NoPicture => Self::Unavailable(words),
        }
    }
}
