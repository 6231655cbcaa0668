//! Cameras (摄像机) and the state of the video that should come from them. What to do about it is said by `media`, which knows
//! the cause.

use serde::{Deserialize, Serialize};

/// What the platform sees of a camera right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraState {
    /// Switched off by a person.
    Disabled,
    /// On the way.
    Connecting,
    /// Frames arrive.
    Online,
    /// The camera refuses the user name or password.
    Unauthorised,
    /// No answer at the address.
    Unreachable,
    /// Connected, but no frame for ten seconds.
    Silent,
    /// Video in a codec that is not understood.
    UnsupportedCodec,
    /// The camera answers but offers no video.
    NoVideo,
}

/// Every state.
pub const CAMERA_STATES: [CameraState; 8] = [
    CameraState::Disabled,
    CameraState::Connecting,
    CameraState::Online,
    CameraState::Unauthorised,
    CameraState::Unreachable,
    CameraState::Silent,
    CameraState::UnsupportedCodec,
    CameraState::NoVideo,
];

impl CameraState {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Connecting => "connecting",
            Self::Online => "online",
            Self::Unauthorised => "unauthorised",
            Self::Unreachable => "unreachable",
            Self::Silent => "silent",
            Self::UnsupportedCodec => "unsupported_codec",
            Self::NoVideo => "no_video",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        CAMERA_STATES.into_iter().find(|state| state.as_str() == word)
    }

    /// Chinese name.
    pub fn name_zh(self) -> &'static str {
        self.names().0
    }

    /// English name.
    pub fn name_en(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Disabled => ("已停用", "Switched off"),
            Self::Connecting => ("连接中", "Connecting"),
            Self::Online => ("在线", "Online"),
            Self::Unauthorised => ("账号错误", "Wrong account"),
            Self::Unreachable => ("无法连接", "Unreachable"),
            Self::Silent => ("无画面", "Silent"),
            Self::UnsupportedCodec => ("编码不支持", "Unsupported codec"),
            Self::NoVideo => ("无视频流", "No video"),
        }
    }
}
