//! Cameras (摄像机) and the state of the video that should come from them. What to do about it is said by `media`, which knows
//! the cause.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// What the platform sees of a camera right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraState {
    /// Switched off by a person.
    Disabled,
    /// On the way.
    Connecting,
    /// Nobody looks, so it is not asked for pictures; no fault.
    Resting,
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

words! { CameraState:
    Disabled = "disabled", "已停用", "Switched off";
    Connecting = "connecting", "连接中", "Connecting";
    Resting = "resting", "待命", "Standing by";
    Online = "online", "在线", "Online";
    Unauthorised = "unauthorised", "账号错误", "Wrong account";
    Unreachable = "unreachable", "无法连接", "Unreachable";
    Silent = "silent", "无画面", "Silent";
    UnsupportedCodec = "unsupported_codec", "编码不支持", "Unsupported codec";
    NoVideo = "no_video", "无视频流", "No video";
}
