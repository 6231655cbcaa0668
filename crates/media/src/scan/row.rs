//! What a scan says about one address.

use super::reuse::Reuse;
use crate::onvif::{DeviceFacts, Profile};
use serde::Serialize;
use std::net::Ipv4Addr;

/// A protocol that was spoken, not only a port that was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtocolKind {
    /// RTSP.
    Rtsp,
    /// ONVIF.
    Onvif,
    /// SIP, and so perhaps GB/T 28181: that is seen for certain only once the device registers.
    Sip,
}

/// One address where something answers. Texts are the devices' own, bounded and on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScanRow {
    /// Where.
    pub address: Ipv4Addr,
    /// Open TCP ports of those tried, ascending.
    pub ports: Vec<u16>,
    /// What is spoken.
    pub protocols: Vec<ProtocolKind>,
    /// Port of ONVIF, for asking further.
    pub onvif_port: Option<u16>,
    /// The maker: as the device says, or guessed from what it says.
    pub maker: Option<String>,
    /// True where the maker is a guess.
    pub maker_is_guessed: bool,
    /// The model, where the device says it.
    pub model: Option<String>,
    /// Whether a user name and a password are needed; `None` where it did not become clear.
    pub needs_password: Option<bool>,
    /// The device's time less ours, in milliseconds, where it tells.
    pub clock_skew_ms: Option<i64>,
    /// Streams by ONVIF, once logged in.
    pub streams: Vec<ScannedStream>,
    /// Whether it can be used again.
    pub can_be_reused: Reuse,
    /// Everything ONVIF said, for programs that go on from here.
    #[serde(skip)]
    pub facts: Option<DeviceFacts>,
}

/// A stream in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScannedStream {
    /// The device's name for it.
    pub name: String,
    /// Coding by its usual name.
    pub encoding: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Without credentials; `None` where the device gave none that can be used.
    pub rtsp_url: Option<String>,
    /// Why there is no address.
    pub refusal: Option<String>,
}

impl ScannedStream {
    /// The streams of a device; profiles without video have none.
    pub(super) fn all(facts: &DeviceFacts) -> Vec<Self> {
        facts.profiles.iter().filter_map(Self::of).collect()
    }

    fn of(profile: &Profile) -> Option<Self> {
        Some(Self {
            name: profile.name.clone(),
            encoding: profile.encoding.as_ref()?.as_str().to_owned(),
            width: profile.width,
            height: profile.height,
            rtsp_url: profile.stream.as_ref().ok().map(ToString::to_string),
            refusal: profile.stream.as_ref().err().map(ToString::to_string),
        })
    }
}
