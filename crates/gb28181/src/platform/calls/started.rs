//! What the device's 200 says about the media that will come.

use super::CallId;
use super::plan::Plan;
use crate::id::GbId;
use crate::profile::{DeviceProfile, MediaTransport, SsrcCheck};
use crate::ps::Codec;
use crate::rtp::{Payload, PayloadTypes};
use crate::sdp::{Media, MediaKind, Sdp, Setup, Transport};
use crate::sip::DialogIdentity;
use crate::ssrc::Ssrc;

/// A call that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Started {
    /// Which.
    pub call: CallId,
    /// Of which device.
    pub device: GbId,
    /// Of which channel.
    pub channel: GbId,
    /// The number that its packets should bear: the answer's, or the offered one where the answer has none.
    pub ssrc: Ssrc,
    /// Whether packets of other numbers are to be dropped; otherwise port or connection decide alone.
    pub is_ssrc_checked: bool,
    /// How media come.
    pub transport: MediaTransport,
    /// Where the device sends from, or listens: host and port. `None` when its answer had no readable description.
    pub remote: Option<(String, u16)>,
    /// What the payload types mean.
    pub payloads: PayloadTypes,
    /// The size of a file that is downloaded, in bytes.
    pub file_size: Option<u64>,
    /// To be stored, so that the call can be ended after a restart; see [`crate::platform::Platform::heal`].
    pub identity: DialogIdentity,
}

/// Reads the answer. One that cannot be read is no reason to give up: some devices send none (srs-bench), and media come nevertheless.
pub(super) fn started(
    call: CallId,
    plan: &Plan,
    offered: Ssrc,
    profile: &DeviceProfile,
    body: &[u8],
    identity: DialogIdentity,
) -> Started {
    let answer = Sdp::parse(body).ok();
    let media = answer.as_ref().and_then(|sdp| sdp.section(&MediaKind::Video).or(sdp.media.first()));
    let ssrc = answer.as_ref().and_then(|sdp| sdp.ssrc).unwrap_or(offered);
    let offered_transport = plan.transport.unwrap_or(profile.media);
    let found = answer.as_ref().zip(media);
    Started {
        call,
        device: plan.device,
        channel: plan.channel,
        ssrc,
        is_ssrc_checked: profile.ssrc_check == SsrcCheck::Answer && ssrc.0 != 0,
        transport: found.map_or(offered_transport, |(sdp, media)| agreed(sdp, media, offered_transport)),
        remote: found.map(|(sdp, media)| (sdp.address_of(media).to_owned(), media.port)),
        payloads: media.map(payloads).unwrap_or_default(),
        file_size: found.and_then(|(sdp, media)| sdp.file_size(media)),
        identity,
    }
}

/// How media really come: a device that was asked for TCP may answer that it sends UDP.
fn agreed(sdp: &Sdp, media: &Media, offered: MediaTransport) -> MediaTransport {
    match (&media.transport, sdp.setup(media)) {
        (Transport::Udp, _) => MediaTransport::Udp,
        (Transport::Tcp, Some(Setup::Active)) => MediaTransport::TcpDeviceConnects,
        (Transport::Tcp, Some(Setup::Passive)) => MediaTransport::TcpPlatformConnects,
        (Transport::Tcp | Transport::Raw(_), _) => offered,
    }
}

/// The payload types that the answer explains.
fn payloads(media: &Media) -> PayloadTypes {
    let mut types = PayloadTypes::default();
    for map in &media.rtp_maps {
        if let Some(payload) = payload_of(&map.encoding) {
            types.set(map.payload_type, payload, map.clock_hz);
        }
    }
    types
}

fn payload_of(encoding: &str) -> Option<Payload> {
    let codec = match encoding.to_ascii_uppercase().as_str() {
        "PS" | "MP2P" => return Some(Payload::Program),
        "H264" => Codec::H264,
        "H265" | "HEVC" => Codec::H265,
        "MPEG4" | "MP4V-ES" => Codec::Mpeg4,
        "SVAC" => Codec::Svac,
        "PCMA" => Codec::G711A,
        "PCMU" => Codec::G711U,
        "G723" => Codec::G7231,
        "G729" => Codec::G729,
        "SVACA" => Codec::SvacAudio,
        _ => return None,
    };
    Some(Payload::Elementary(codec))
}
