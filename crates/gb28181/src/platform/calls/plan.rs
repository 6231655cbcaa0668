//! What a call is to bring.

use crate::id::GbId;
use crate::profile::{DeviceProfile, MediaTransport};
use crate::sdp::{Offer, Sdp, Wanted};
use crate::ssrc::{Purpose, Ssrc};

/// A call that is to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The registered device.
    pub device: GbId,
    /// The channel, or the device itself.
    pub channel: GbId,
    /// What is wanted of it.
    pub wanted: Wanted,
    /// Which stream, 0 the main one; of live pictures only. How it is asked for is said by the device's profile.
    pub stream: u8,
    /// Our address for media, as the device can reach it.
    pub media_host: String,
    /// Our port for media; 9 where the platform connects.
    pub media_port: u16,
    /// How media come; `None` for the way of the device's profile.
    pub transport: Option<MediaTransport>,
}

impl Plan {
    /// Which numbers its SSRC is taken from.
    pub(super) fn purpose(&self) -> Purpose {
        match self.wanted {
            Wanted::Live => Purpose::Live,
            Wanted::Playback(..) | Wanted::Download(..) => Purpose::History,
        }
    }

    /// The offer for a device.
    pub(super) fn offer(&self, profile: &DeviceProfile, ssrc: Ssrc) -> Sdp {
        let is_live = self.wanted == Wanted::Live;
        Offer {
            channel: self.channel,
            wanted: self.wanted,
            address: self.media_host.clone(),
            port: self.media_port,
            transport: self.transport.unwrap_or(profile.media),
            ssrc,
            edition: profile.edition,
            stream: profile.stream_attribute(self.stream).filter(|_| is_live),
            format: None,
        }
        .sdp()
    }
}
