//! What a call is to bring, and the offer that says so.

use crate::id::GbId;
use crate::manscdp::LocalTime;
use crate::profile::{DeviceProfile, MediaTransport};
use crate::sdp::{Direction, History, Media, Sdp, SessionKind, Setup, Transport};
use crate::ssrc::{Purpose, Ssrc};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wish {
    /// Live pictures.
    Live {
        /// 0 the main stream, 1 the sub-stream; how it is asked for is said by the device's profile.
        stream: u8,
    },
    /// A recording at the speed of life.
    Playback {
        /// From when.
        start: LocalTime,
        /// Until when.
        end: LocalTime,
    },
    /// A recording as fast as it goes.
    Download {
        /// From when.
        start: LocalTime,
        /// Until when.
        end: LocalTime,
        /// How many times faster than life: 1, 2 or 4.
        speed: u8,
    },
}

impl Wish {
    /// Which numbers its SSRC is taken from.
    pub fn purpose(self) -> Purpose {
        match self {
            Self::Live { .. } => Purpose::Live,
            Self::Playback { .. } | Self::Download { .. } => Purpose::History,
        }
    }
}

/// A call that is to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The registered device.
    pub device: GbId,
    /// The channel, or the device itself.
    pub channel: GbId,
    /// What is wanted of it.
    pub wish: Wish,
    /// Our address for media, as the device can reach it.
    pub media_host: String,
    /// Our port for media; 9 where the platform connects.
    pub media_port: u16,
    /// How media come; the device's profile says it otherwise.
    pub transport: Option<MediaTransport>,
}

/// The offer (9.2, annex G).
pub(super) fn offer(plan: &Plan, platform: GbId, profile: &DeviceProfile, ssrc: Ssrc) -> Sdp {
    let kind = match plan.wish {
        Wish::Live { .. } => SessionKind::Play,
        Wish::Playback { .. } => SessionKind::Playback,
        Wish::Download { .. } => SessionKind::Download,
    };
    let mut sdp = Sdp::new(platform, &plan.media_host, kind);
    let carrier = plan.transport.unwrap_or(profile.media);
    let (transport, setup) = match carrier {
        MediaTransport::Udp => (Transport::Udp, None),
        MediaTransport::TcpDeviceConnects => (Transport::Tcp, Some(Setup::Passive)),
        MediaTransport::TcpPlatformConnects => (Transport::Tcp, Some(Setup::Active)),
    };
    let mut media = Media::video(plan.media_port, transport)
        .with_payload(96, "PS", 90_000)
        .with_payload(97, "MPEG4", 90_000)
        .with_payload(98, "H264", 90_000)
        .with_payload(99, "H265", 90_000);
    media.direction = Some(Direction::RecvOnly);
    if let Some(setup) = setup {
        media = media.with_attribute("setup", setup.as_str()).with_attribute("connection", "new");
    }
    match plan.wish {
        Wish::Live { stream } => media.attributes.extend(profile.stream_attribute(stream)),
        Wish::Playback { start, end } | Wish::Download { start, end, .. } => {
            let second = |time: LocalTime| u64::try_from(time.unix_s()).unwrap_or_default();
            sdp.time = (second(start), second(end));
            sdp.history = Some(History { channel: plan.channel, record_type: 0 });
        }
    }
    if let Wish::Download { speed, .. } = plan.wish {
        media = media.with_attribute("downloadspeed", speed.to_string());
    }
    sdp.media.push(media);
    sdp.ssrc = Some(ssrc);
    sdp
}
