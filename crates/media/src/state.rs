//! What is known about a camera's stream: one state with a reason a person understands, and counters.
//!
//! A failing state stays while the camera is tried again and changes to `Online` with the first frame, so that
//! a list of cameras does not flicker between "unreachable" and "connecting".

use crate::refusal;
use crate::unreachable::Unreachable;

/// Where a stream stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraState {
    /// First attempt under way, nothing known yet.
    Connecting,
    /// Frames arrive.
    Online,
    /// A stream on demand that nobody reads; no fault.
    Resting,
    /// The camera refuses the user name or password, or wants one and none is set.
    Unauthorised,
    /// No working connection.
    Unreachable(Unreachable),
    /// The device said no when it was called.
    CallRefused {
        /// SIP status, 300 to 699.
        status: u16,
        /// What the device wrote beside it; may be empty.
        words: String,
    },
    /// Connected, but no frame for the silence limit.
    Silent,
    /// The camera offers no video.
    NoVideo,
    /// The camera's video is neither H.264 nor H.265; holds the codec's name.
    UnsupportedCodec(String),
    /// A file that cannot be played; holds the reason.
    BadFile(String),
    /// A file or a recording that has been played to its end.
    Ended,
    /// Stopped by us.
    Stopped,
}

impl CameraState {
    /// Stable code for programs and the database.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Online => "online",
            Self::Resting => "resting",
            Self::Unauthorised => "unauthorised",
            Self::Unreachable(reason) => reason.code(),
            Self::CallRefused { .. } => "call_refused",
            Self::Silent => "silent",
            Self::NoVideo => "no_video",
            Self::UnsupportedCodec(_) => "unsupported_codec",
            Self::BadFile(_) => "bad_file",
            Self::Ended => "ended",
            Self::Stopped => "stopped",
        }
    }

    /// True where trying again soon is useless or does harm: it takes a person, or time.
    pub(crate) fn is_lasting(&self) -> bool {
        match self {
            Self::Unauthorised | Self::NoVideo | Self::UnsupportedCodec(_) => true,
            Self::CallRefused { status, .. } => !refusal::is_passing(*status),
            _ => false,
        }
    }

    /// True while frames arrive.
    pub fn is_online(&self) -> bool {
        *self == Self::Online
    }

    /// What is wrong and what to do, in Chinese.
    pub fn message_zh(&self) -> String {
        match self {
            Self::Connecting => "正在连接摄像机".into(),
            Self::Online => "在线，画面正常接收".into(),
            Self::Resting => "休眠，有人查看时自动连接".into(),
            Self::Unauthorised => "摄像机拒绝登录：用户名或密码不正确，请核对后重新填写".into(),
            Self::Unreachable(reason) => reason.message_zh().into(),
            Self::CallRefused { status, words } => {
                format!("设备拒绝点播（{}）：{}", answer(*status, words), refusal::advice_zh(*status))
            }
            Self::Silent => "已连接，但摄像机不再发送画面，正在重新连接；若持续出现请重启摄像机".into(),
            Self::NoVideo => "该地址没有视频流，请检查通道号或码流地址".into(),
            Self::UnsupportedCodec(name) => {
                format!("视频编码为 {name}，只支持 H.264 和 H.265，请在摄像机上更改编码")
            }
            Self::BadFile(reason) => format!("视频文件无法播放：{reason}"),
            Self::Ended => "视频已播放完毕".into(),
            Self::Stopped => "已停止".into(),
        }
    }

    /// What is wrong and what to do, in English.
    pub fn message_en(&self) -> String {
        match self {
            Self::Connecting => "connecting to the camera".into(),
            Self::Online => "online, pictures arrive".into(),
            Self::Resting => "resting; connects when somebody watches".into(),
            Self::Unauthorised => "the camera refuses the login: check user name and password".into(),
            Self::Unreachable(reason) => reason.message_en().into(),
            Self::CallRefused { status, words } => {
                format!(
                    "the device refuses the call ({}): {}",
                    answer(*status, words),
                    refusal::advice_en(*status)
                )
            }
            Self::Silent => {
                "connected, but the camera stopped sending pictures; reconnecting – restart the camera if this stays"
                    .into()
            }
            Self::NoVideo => "there is no video at this address: check channel and stream path".into(),
            Self::UnsupportedCodec(name) => {
                format!("the video is {name}; only H.264 and H.265 are supported: set the camera to one of them")
            }
            Self::BadFile(reason) => format!("the video file cannot be played: {reason}"),
            Self::Ended => "the video has been played to its end".into(),
            Self::Stopped => "stopped".into(),
        }
    }
}

fn answer(status: u16, words: &str) -> String {
    if words.is_empty() { status.to_string() } else { format!("{status} {words}") }
}

/// What has been counted since the stream was started.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counters {
    /// Frames received.
    pub frames: u64,
    /// Key frames among them.
    pub key_frames: u64,
    /// Bytes of video.
    pub bytes: u64,
    /// Network packets that never came.
    pub lost_packets: u64,
    /// Packets or frames that were refused because they were malformed or too large, or depend on a key frame that was.
    pub corrupt: u64,
    /// Attempts to connect after the first.
    pub reconnects: u64,
    /// When the newest frame was complete, microseconds UTC.
    pub last_frame_at_us: Option<i64>,
    /// Distance of the last two key frames.
    pub key_frame_interval_ms: Option<u32>,
    /// Whether more moves than usual, as far as the sizes of pictures tell: a hint whom to look at first, blind where the rate is constant.
    pub is_stirring: bool,
    /// Frames per second, smoothed.
    pub frame_rate: Option<f32>,
    /// Width of the picture.
    pub width_px: Option<u16>,
    /// Height of the picture.
    pub height_px: Option<u16>,
}

/// State, since when, and counters.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraStatus {
    /// Where the stream stands.
    pub state: CameraState,
    /// When this state was entered, microseconds UTC.
    pub since_us: i64,
    /// What has been counted.
    pub counters: Counters,
}
