//! Words about platforms above ours (上级平台), towards which this platform is a device.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// How we stand with a platform above ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UpperState {
    /// Switched off by a person.
    Disabled,
    /// On the way: its address is looked up, or a registration is being answered.
    Connecting,
    /// It has our registration.
    Registered,
    /// It refuses us: a wrong password, an unknown id.
    Refused,
    /// No answer at its address.
    Unreachable,
}

words! { UpperState:
    Disabled = "disabled", "已停用", "Switched off";
    Connecting = "connecting", "连接中", "Connecting";
    Registered = "registered", "已注册", "Registered";
    Refused = "refused", "被拒绝", "Refused";
    Unreachable = "unreachable", "无法连接", "Unreachable";
}

/// Why a platform above ours does not have our registration. What to do about it is said in the console and the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UpperTrouble {
    /// 401, 403 or 407: our digits or the password are wrong there, or nobody has entered us.
    WrongSecret,
    /// 404: it does not know our digits.
    UnknownId,
    /// It refuses for another reason, with a status of its own.
    RefusedOtherwise,
    /// Its address is reached, or seems to be, and nobody answers.
    Silent,
    /// Its name is unknown, or there is no way to its address.
    NoWay,
}

words! { UpperTrouble:
    WrongSecret = "wrong_secret", "编号或密码不符", "Wrong id or password";
    UnknownId = "unknown_id", "上级未登记本平台", "Not entered there";
    RefusedOtherwise = "refused_otherwise", "上级拒绝注册", "Registration refused";
    Silent = "silent", "上级无应答", "No answer";
    NoWay = "no_way", "地址不通", "No way to the address";
}

/// What an upper platform may do with the cameras that it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "four permissions, each given by itself")]
pub struct SharedKinds {
    /// See them live.
    pub live: bool,
    /// Search and play their recordings.
    pub playback: bool,
    /// Turn them.
    pub ptz: bool,
    /// Be told of the alarms around them.
    pub alarms: bool,
}
