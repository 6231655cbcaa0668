//! What is known about one device: a profile per device instead of switches for all.
//!
//! A device's maker and model choose the defaults ([`DeviceProfile::for_device`]), its registration says its edition, and an operator may change
//! anything. Each field names the trouble that made it necessary.

mod alarm_rule;
mod makers;

pub use alarm_rule::AlarmRule;

use crate::charset::Charset;
use crate::edition::Edition;
use crate::manscdp::alarm::Alarm;
use crate::manscdp::catalog::CatalogItem;
use crate::registrar::Terms;
use crate::sdp::Attribute;

/// How bodies are written for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dialect {
    /// In which characters.
    pub charset: Charset,
    /// How a key frame is asked for.
    pub key_frame: KeyFrameSpelling,
    /// How snapshots are asked for.
    pub snapshot: SnapShotSpelling,
}

impl Dialect {
    /// Characters, and the spellings of an edition.
    pub fn new(charset: Charset, edition: Edition) -> Self {
        let is_new = edition >= Edition::V2022;
        let key_frame = if is_new { KeyFrameSpelling::IFrame } else { KeyFrameSpelling::IFame };
        Self { charset, key_frame, snapshot: SnapShotSpelling::default() }
    }
}

/// The element that asks for a key frame. Both are always read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyFrameSpelling {
    /// `IFameCmd`, the misprint of 2016 that devices obey.
    #[default]
    IFame,
    /// `IFrameCmd`, of 2022.
    IFrame,
}

/// The element that asks for snapshots: the clause of 2022 names it after the configuration, the annex's type is printed shorter. Both are
/// always read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SnapShotSpelling {
    /// `SnapShotConfig`.
    #[default]
    SnapShotConfig,
    /// `SnapShot`.
    SnapShot,
}

/// The value of `Event:` in a SUBSCRIBE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventName {
    /// `presence`, which most devices want.
    #[default]
    Presence,
    /// The name of the thing: `Catalog`, `Alarm`, `MobilePosition`.
    Plain,
    /// With a number, as between platforms: `Catalog;id=1894` (annex N).
    WithId,
}

/// How media come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MediaTransport {
    /// Over UDP.
    Udp,
    /// Over TCP; the device connects. Passes NAT, loses nothing.
    #[default]
    TcpDeviceConnects,
    /// Over TCP; the platform connects.
    TcpPlatformConnects,
}

/// How the sub-stream is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SubStream {
    /// `a=streamnumber:1`, the way of 2022.
    #[default]
    StreamNumber,
    /// `a=stream:1`, what most devices before 2022 understand.
    Stream,
    /// `a=streamprofile:1`, Dahua's way before 2022.
    StreamProfile,
    /// `a=streamMode:SUB`, the way of TP-Link and Mercury before 2022.
    StreamMode,
    /// Not at all: the device has one stream, or cannot choose.
    No,
}

/// What to believe about `y=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SsrcCheck {
    /// Take the answer's number where it differs from the offered one, and drop packets of others (WVP#127).
    #[default]
    Answer,
    /// Take whatever arrives first at the port or on the connection: for devices that send another than they say, or 0 (srs#1500).
    Off,
}

/// A device's habits.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceProfile {
    /// The edition it follows, by its registration.
    pub edition: Edition,
    /// Its characters and spellings.
    pub dialect: Dialect,
    /// `Event:` of subscriptions for the catalog.
    pub catalog_event: EventName,
    /// `Event:` of subscriptions for alarms and positions.
    pub alarm_event: EventName,
    /// What to believe about `y=`.
    pub ssrc_check: SsrcCheck,
    /// How the sub-stream is asked for.
    pub sub_stream: SubStream,
    /// How media come.
    pub media: MediaTransport,
    /// Whether an answer to its REGISTER carries `Date`, from which it sets its clock (WVP#1997: some sites must not).
    pub time_sync: bool,
    /// Seconds between its signs of life.
    pub keepalive_s: u32,
    /// How many may be missed before it counts as offline.
    pub keepalive_misses: u32,
    /// Whether its IP address may change without a registration, as on mobile networks; see [`Terms`].
    pub roaming: bool,
    /// Whether it can make snapshots (2022); otherwise a frame of the live stream is decoded.
    pub snapshots: bool,
    /// Longest window, in hours, for which it is asked for recordings (WVP#291: Hikvision sends bad XML beyond 12).
    pub record_window_h: u32,
    /// Catalog items that are cameras whatever their type digits say.
    pub camera_types: Vec<u16>,
    /// What its alarms mean; the first rule that fits counts.
    pub alarm_rules: Vec<AlarmRule>,
}

impl Default for DeviceProfile {
    fn default() -> Self {
        Self::for_edition(Edition::default())
    }
}

impl DeviceProfile {
    /// The habits of an edition, of whatever maker.
    pub fn for_edition(edition: Edition) -> Self {
        let is_new = edition >= Edition::V2022;
        Self {
            edition,
            dialect: Dialect::new(if is_new { Charset::Gb18030 } else { Charset::Gb2312 }, edition),
            catalog_event: EventName::Plain,
            alarm_event: EventName::Presence,
            ssrc_check: SsrcCheck::Answer,
            sub_stream: if is_new { SubStream::StreamNumber } else { SubStream::Stream },
            media: MediaTransport::TcpDeviceConnects,
            time_sync: true,
            keepalive_s: 60,
            keepalive_misses: 3,
            roaming: false,
            snapshots: is_new,
            record_window_h: 6,
            camera_types: Vec::new(),
            alarm_rules: AlarmRule::defaults(),
        }
    }

    /// The habits of an edition, a maker and a model, as `DeviceInfo` or the catalog tell them. Unknown makers have the edition's.
    pub fn for_device(edition: Edition, manufacturer: &str, model: &str) -> Self {
        let mut profile = Self::for_edition(edition);
        makers::adjust(&mut profile, manufacturer, model);
        profile
    }

    /// What the registrar is to know of it. Absurd numbers become the default there.
    pub fn terms(&self) -> Terms {
        Terms {
            keepalive_s: u16::try_from(self.keepalive_s).unwrap_or_default(),
            misses: u8::try_from(self.keepalive_misses).unwrap_or_default(),
            time_sync: self.time_sync,
            roaming: self.roaming,
        }
    }

    /// The attribute that asks for a stream, 0 the main one; `None` where nothing has to be said.
    pub fn stream_attribute(&self, stream: u8) -> Option<Attribute> {
        match self.sub_stream {
            SubStream::StreamNumber => Some(Attribute::new("streamnumber", stream.to_string())),
            SubStream::Stream => Some(Attribute::new("stream", stream.to_string())),
            SubStream::StreamProfile => Some(Attribute::new("streamprofile", stream.to_string())),
            SubStream::StreamMode => {
                Some(Attribute::new("streamMode", if stream == 0 { "MAIN" } else { "SUB" }))
            }
            SubStream::No => None,
        }
    }

    /// Whether a catalog item may be invited for pictures: by its type digits, or by the exceptions of this device.
    pub fn is_camera(&self, item: &CatalogItem) -> bool {
        let excepted = item.id.device().is_some_and(|id| self.camera_types.contains(&id.type_code()));
        excepted || item.is_camera()
    }

    /// What an alarm means by the rules of this device; `None` when no rule fits, then it is shown as it came.
    pub fn meaning_of(&self, point: crate::id::CatalogId, alarm: &Alarm) -> Option<&str> {
        let words = alarm.words();
        let rule = self.alarm_rules.iter().find(|rule| rule.fits(point, alarm, &words));
        rule.map(|rule| rule.meaning.as_str())
    }
}

impl EventName {
    /// The value of the header for a thing such as `Catalog`; `id` makes the form with a number unique.
    pub fn header(self, thing: &str, id: u32) -> String {
        match self {
            Self::Presence => "presence".to_owned(),
            Self::Plain => thing.to_owned(),
            Self::WithId => format!("{thing};id={id}"),
        }
    }
}

#[cfg(test)]
mod tests;
