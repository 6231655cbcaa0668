//! What is known of a camera's scene now, for the page about it, and why nothing is known where that is so.

use domain::ids::ZoneId;
use jiff::Timestamp;
use vision::Condition;

/// A camera's zones and conditions after its newest look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// The zones that are compared.
    pub zones: Vec<(ZoneId, ZoneIs)>,
    /// Why the newest picture was not compared; none where it was, and where there is nothing to compare.
    pub not_compared: Option<NotCompared>,
    /// What is wrong with the picture, and since when.
    pub conditions: Vec<(Condition, Timestamp)>,
}

/// How a zone is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ZoneIs {
    /// Not yet known: it was put just now, or its picture changed.
    Checking,
    /// As it was approved.
    Free,
    /// Something stands in it that was not there.
    Blocked {
        /// Since when it has stood there.
        since: Timestamp,
        /// Share of the zone that it takes, 0 to 1.
        share: f32,
    },
}

/// Why zones are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCompared {
    /// Nobody looks at this camera.
    WatchOff,
    /// No pictures come.
    Offline,
    /// Pictures come and none has been looked at yet.
    NotYet,
    /// No picture was approved.
    NoReference,
    /// The approved picture is one by another light: infrared and colour cannot be compared.
    OtherLight,
    /// The picture does not show the scene: black, covered, out of focus.
    NoScene,
    /// The scene is not the approved one: the camera was turned, or most of it has changed.
    OtherScene,
    /// The key frame could not be decoded.
    Undecodable,
}

impl NotCompared {
    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::WatchOff => "watch_off",
            Self::Offline => "offline",
            Self::NotYet => "not_yet",
            Self::NoReference => "no_reference",
            Self::OtherLight => "other_light",
            Self::NoScene => "no_scene",
            Self::OtherScene => "other_scene",
            Self::Undecodable => "undecodable",
        }
    }

    /// What is so and what to do, in Chinese.
    pub fn message_zh(self) -> &'static str {
        match self {
            Self::WatchOff => "该摄像机未开启智能值守，区域不会比对；请在摄像机列表中开启",
            Self::Offline => "摄像机没有画面，区域暂不比对",
            Self::NotYet => "正在等待第一帧关键帧",
            Self::NoReference => "还没有核准基准画面：请在区域畅通时核准当前画面",
            Self::OtherLight => "当前画面与基准画面的光照方式不同（彩色/红外）：请在这种光照下再核准一张",
            Self::NoScene => "画面异常（黑屏、遮挡或失焦），暂不比对",
            Self::OtherScene => "当前画面与基准画面差别过大：摄像机可能被转动；如确已调整，请重新核准",
            Self::Undecodable => "最近一帧关键帧无法解码",
        }
    }

    /// The same in English.
    pub fn message_en(self) -> &'static str {
        match self {
            Self::WatchOff => {
                "Nobody watches this camera, so its zones are not compared; switch the watch on in the list of cameras"
            }
            Self::Offline => "The camera sends no pictures; nothing is compared",
            Self::NotYet => "Waiting for the first key frame",
            Self::NoReference => {
                "No reference picture is approved yet: approve the present one while the zones are free"
            }
            Self::OtherLight => {
                "The present picture was taken by another light than the reference (colour or infrared): approve one by this light too"
            }
            Self::NoScene => "The picture is black, covered or out of focus; nothing is compared",
            Self::OtherScene => {
                "The present picture differs too much from the reference: the camera may have been turned; if that was meant, approve a new one"
            }
            Self::Undecodable => "The newest key frame could not be decoded",
        }
    }
}
