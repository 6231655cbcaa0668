//! What a device says about itself.

use super::address::{SnapshotUrl, UrlRefusal};
use super::device::{Device, Signed};
use super::envelope::DEVICE;
use super::error::OnvifError;
use super::profiles;
use crate::address::RtspUrl;
use std::time::Duration;
use tokio::time::timeout;

/// Longest text of a device that is kept, in letters.
const SAID_LETTERS_MAX: usize = 128;
/// For all questions of [`Device::facts`] together: a recorder with 64 channels needs about 260 of them, at 50 ms each.
const FACTS_WITHIN: Duration = Duration::from_mins(1);

/// What a device is and has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceFacts {
    /// Who made it, by its own words.
    pub identity: Identity,
    /// The device's time less ours, in milliseconds; `None` where it does not tell.
    pub clock_skew_ms: Option<i64>,
    /// Its streams, at most 128, in the device's order: usually the best first, channel by channel.
    pub profiles: Vec<Profile>,
    /// Whether some profile's head can be turned.
    pub has_ptz: bool,
}

/// Maker and model. Texts are the device's own, without control characters, at most 128 letters, maybe empty; whoever shows them escapes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Maker.
    pub maker: String,
    /// Model.
    pub model: String,
    /// Version of the firmware.
    pub firmware: String,
    /// Serial number.
    pub serial: String,
}

/// One stream of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The device's name for it in questions.
    pub token: String,
    /// The device's name for people.
    pub name: String,
    /// The coding of its pictures; `None` for a profile without video.
    pub encoding: Option<Encoding>,
    /// Pixels; 0 where not said.
    pub width: u32,
    /// Pixels; 0 where not said.
    pub height: u32,
    /// Thousandths of a frame per second at most; 0 where not said.
    pub frame_rate_milli: u32,
    /// Where the stream is, or why it is not known. Never at another host, never with credentials.
    pub stream: Result<RtspUrl, UrlRefusal>,
    /// Where a single picture is.
    pub snapshot: Option<SnapshotUrl>,
    /// Whether its head can be turned.
    pub has_ptz: bool,
}

/// A coding of pictures by the names of ONVIF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Encoding {
    /// H.264
    H264,
    /// H.265
    H265,
    /// Single pictures.
    Jpeg,
    /// Another one, by the device's name.
    Other(String),
}

impl Encoding {
    /// Reads a name.
    pub(super) fn of(name: &str) -> Self {
        match name.to_ascii_uppercase().as_str() {
            "H264" => Self::H264,
            "H265" | "HEVC" => Self::H265,
            "JPEG" => Self::Jpeg,
            _ => Self::Other(said(name)),
        }
    }

    /// The name for people.
    pub fn as_str(&self) -> &str {
        match self {
            Self::H264 => "H.264",
            Self::H265 => "H.265",
            Self::Jpeg => "JPEG",
            Self::Other(name) => name,
        }
    }

    /// True for what a [`Source`](crate::Source) can receive.
    pub fn is_received(&self) -> bool {
        matches!(self, Self::H264 | Self::H265)
    }
}

impl Device {
    /// Asks who it is and for all its streams: two questions a profile. Within a minute or not at all.
    pub async fn facts(&self) -> Result<DeviceFacts, OnvifError> {
        timeout(FACTS_WITHIN, self.ask_facts()).await.map_err(|_| OnvifError::TimedOut)?
    }

    async fn ask_facts(&self) -> Result<DeviceFacts, OnvifError> {
        let identity = self.identity().await?;
        let profiles = profiles::ask(self).await?;
        let has_ptz = self.services().ptz.is_some() && profiles.iter().any(|profile| profile.has_ptz);
        Ok(DeviceFacts { identity, clock_skew_ms: self.clock_skew_ms(), profiles, has_ptz })
    }

    async fn identity(&self) -> Result<Identity, OnvifError> {
        let question = "<tds:GetDeviceInformation/>";
        let answer = self.call(self.address(), DEVICE, "GetDeviceInformation", question, Signed::Yes).await?;
        Ok(answer.identity())
    }
}

/// Text of a device as it may be shown: one line, of bounded length.
pub(crate) fn said(text: &str) -> String {
    let kept = text.trim().chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    kept.take(SAID_LETTERS_MAX).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_device_says_fits_on_one_line() {
        assert_eq!(said(" a\nb\u{1b}[31m "), "a b [31m");
        assert_eq!(said(&"馆".repeat(500)).chars().count(), SAID_LETTERS_MAX);
    }
}
