//! Cameras (摄像机) and the state of the video that should come from them, in words a person can act on.

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

    /// What is wrong and what to do, in Chinese; none where nothing is wrong.
    pub fn advice_zh(self) -> Option<&'static str> {
        match self {
            Self::Online => None,
            Self::Disabled => Some("已停用"),
            Self::Connecting => Some("正在连接摄像机"),
            Self::Unauthorised => Some("用户名或密码错误，请核对摄像机的视频账号"),
            Self::Unreachable => Some("地址无应答，请检查网络、IP 地址和端口"),
            Self::Silent => Some("已连接但超过 10 秒没有画面，请检查摄像机码流或网络带宽"),
            Self::UnsupportedCodec => Some("视频编码暂不支持，请将该码流设为 H.264"),
            Self::NoVideo => Some("摄像机没有提供视频流，请核对取流路径"),
        }
    }

    /// The same in English.
    pub fn advice_en(self) -> Option<&'static str> {
        match self {
            Self::Online => None,
            Self::Disabled => Some("Switched off"),
            Self::Connecting => Some("Connecting to the camera"),
            Self::Unauthorised => Some("Wrong user name or password: check the camera's video account"),
            Self::Unreachable => Some("No answer at this address: check network, address and port"),
            Self::Silent => {
                Some("Connected, but no picture for 10 seconds: check the stream or the bandwidth")
            }
            Self::UnsupportedCodec => Some("This video codec is not supported yet: set the stream to H.264"),
            Self::NoVideo => Some("The camera offers no video here: check the stream path"),
        }
    }
}
