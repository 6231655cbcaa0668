//! What a head says of itself, as it travels.

use platform::access::devices::{
    Cruise as Round, CruiseStop as Stop, HeadPosition as Looks, Home, Preset as Remembered,
};
use platform::access::heads::{Head, LooksAt, NamedPreset};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A preset.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preset {
    /// Its number, as the device names it.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
}

/// A round from preset to preset.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cruise {
    /// Its number.
    pub number: u16,
    /// Its name.
    pub name: Option<String>,
}

/// A stop of a round.
#[derive(Debug, Serialize, ToSchema)]
pub struct CruiseStop {
    /// The preset.
    pub preset: u16,
    /// Seconds to stay.
    pub stay_s: Option<u32>,
    /// Speed on the way, as the device counts it.
    pub speed: Option<u32>,
}

/// Where a head goes when it has rested for a while.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeadHome {
    /// Whether it does.
    pub enabled: bool,
    /// After how many seconds.
    pub after_s: Option<u32>,
    /// To which preset.
    pub preset: Option<u8>,
}

/// Where a head looks; an absent field was not told.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeadPosition {
    /// Degrees, 0 to 360.
    pub pan_deg: Option<f64>,
    /// Degrees, −30 to 90.
    pub tilt_deg: Option<f64>,
    /// Times.
    pub zoom: Option<f64>,
    /// Width of what is seen, degrees.
    pub width_deg: Option<f64>,
    /// Height of what is seen, degrees.
    pub height_deg: Option<f64>,
}

/// What is known of a camera's head.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct CameraHead {
    /// `onvif`: by the camera's own orders; `channel`: by those of its channel; `none`: it cannot be turned now.
    pub way: &'static str,
    /// The channel, where that is the way.
    pub channel_id: Option<Uuid>,
    /// Where it looks: −1 is the left end, 1 the right one. Absent where the camera does not say.
    pub pan: Option<f32>,
    /// −1 is the lower end, 1 the upper one.
    pub tilt: Option<f32>,
    /// 0 is the widest, 1 the nearest.
    pub zoom: Option<f32>,
    /// Why it cannot be turned, as a stable code.
    pub reason_code: Option<&'static str>,
    /// What is wrong and what to do, in Chinese.
    pub reason_zh: Option<String>,
    /// The same in English.
    pub reason_en: Option<String>,
}

impl From<Head> for CameraHead {
    fn from(head: Head) -> Self {
        match head {
            Head::Onvif(LooksAt { pan, tilt, zoom }) => {
                Self { way: "onvif", pan, tilt, zoom, ..Self::default() }
            }
            Head::Channel(id) => Self { way: "channel", channel_id: Some(id.0), ..Self::default() },
            Head::None(trouble) => Self {
                way: "none",
                reason_code: Some(trouble.code),
                reason_zh: Some(trouble.zh),
                reason_en: Some(trouble.en),
                ..Self::default()
            },
        }
    }
}

impl From<NamedPreset> for Preset {
    fn from(preset: NamedPreset) -> Self {
        Self { id: preset.token, name: Some(preset.name).filter(|name| !name.is_empty()) }
    }
}

impl From<Remembered> for Preset {
    fn from(preset: Remembered) -> Self {
        Self { id: preset.id, name: preset.name }
    }
}

impl From<Round> for Cruise {
    fn from(round: Round) -> Self {
        Self { number: round.number, name: round.name }
    }
}

impl From<Stop> for CruiseStop {
    fn from(stop: Stop) -> Self {
        Self { preset: stop.preset, stay_s: stop.stay_s, speed: stop.speed }
    }
}

impl From<Home> for HeadHome {
    fn from(home: Home) -> Self {
        Self { enabled: home.enabled, after_s: home.after_s, preset: home.preset }
    }
}

impl From<Looks> for HeadPosition {
    fn from(looks: Looks) -> Self {
        Self {
            pan_deg: looks.pan_deg,
            tilt_deg: looks.tilt_deg,
            zoom: looks.zoom,
            width_deg: looks.width_deg,
            height_deg: looks.height_deg,
        }
    }
}
