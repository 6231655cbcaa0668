//! Devices (设备) that speak GB/T 28181: a camera, a recorder or a lower platform that registers by itself and has channels (通道).
//!
//! A device is entered by a person before it may register; whoever enters cameras enters devices and approves unknown ids
//! ([`crate::role::Capability::ManageCameras`]). What is here are its words; how it is spoken to is the protocol's matter.

mod gb_id;
pub mod import;
mod notice;
mod text;
mod upper;

pub use gb_id::{GbId, GbIdError};
pub use notice::NoticeKind;
pub use text::kept;
pub use upper::{SharedKinds, UpperState, UpperTrouble};

use serde::{Deserialize, Serialize};

use crate::words::words;

/// What the platform sees of a device right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// Switched off by a person; its registrations are refused.
    Disabled,
    /// Entered, and has never registered.
    NeverSeen,
    /// Its registration holds and its keepalives come.
    Online,
    /// It was there and is not; the reason says how that showed.
    Offline,
    /// Somebody registers under its id with a wrong secret. Never follows [`Self::Online`]: otherwise whoever knows the id could
    /// take the device away.
    Unauthorised,
}

words! { DeviceState:
    Disabled = "disabled", "已停用", "Switched off";
    NeverSeen = "never_seen", "从未注册", "Never registered";
    Online = "online", "在线", "Online";
    Offline = "offline", "离线", "Offline";
    Unauthorised = "unauthorised", "密码错误", "Wrong secret";
}

/// How it showed that a device is offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceReason {
    /// The registration ran out and was not renewed.
    Expired,
    /// Three keepalives in a row did not come (GB/T 28181—2022 9.6).
    KeepaliveMissed,
    /// It said good-bye: a registration with `Expires: 0`.
    Unregistered,
    /// The TCP connection that carried everything is gone.
    ConnectionLost,
}

words! { DeviceReason:
    Expired = "expired", "注册到期", "Registration expired";
    KeepaliveMissed = "keepalive_missed", "心跳中断", "Keepalives missed";
    Unregistered = "unregistered", "设备注销", "Unregistered itself";
    ConnectionLost = "connection_lost", "连接断开", "Connection lost";
}

/// What carries the signalling of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// Datagrams.
    Udp,
    /// One connection that the device opened and keeps.
    Tcp,
}

words! { Transport:
    Udp = "udp", "UDP 信令", "UDP signalling";
    Tcp = "tcp", "TCP 信令", "TCP signalling";
}

/// What a device says of one of its channels in its catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelStatus {
    /// `ON`.
    On,
    /// `OFF`.
    Off,
    /// Nothing, or a word of its own.
    Unknown,
}

words! { ChannelStatus:
    On = "on", "正常", "On";
    Off = "off", "断开", "Off";
    Unknown = "unknown", "未说明", "Not said";
}

/// What a dialog with a device is open for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DialogPurpose {
    /// Live video.
    Live,
    /// Looking at a recording.
    Playback,
    /// Fetching a recording.
    Download,
    /// Speaking to the place.
    Talk,
    /// Being told of changes.
    Subscription,
}

words! { DialogPurpose:
    Live = "live", "实时点播", "Live";
    Playback = "playback", "历史回放", "Playback";
    Download = "download", "录像下载", "Download";
    Talk = "talk", "语音对讲", "Talk";
    Subscription = "subscription", "订阅", "Subscription";
}
