//! Why a device could not be asked, and what to do about it, in both languages.

use crate::reply::ReplyError;
use std::io::ErrorKind;

/// Why a device could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OnvifError {
    /// The address is not in a private network; see [`Reach`](crate::Reach).
    #[error("only addresses of private networks are asked")]
    OutOfReach,
    /// The host answers, but nothing listens on the port.
    #[error("connection refused: check the port, and that ONVIF is switched on in the device")]
    Refused,
    /// No answer within the limit.
    #[error("no answer in time: check the device's power, cable and network")]
    TimedOut,
    /// The network knows no way to the host, or the connection broke.
    #[error("no connection: check subnet, gateway and firewall")]
    NoConnection,
    /// Something answers that does not speak ONVIF over HTTP.
    #[error("this is no ONVIF service: check the port, and that ONVIF is switched on in the device")]
    NotOnvif,
    /// The device answers only to people with a password, and none was given.
    #[error("the device wants a user name and a password; many devices keep ONVIF users apart from others")]
    NeedsPassword,
    /// User name or password is wrong: the signature bore the device's own time, so it is not the clock.
    #[error(
        "wrong user name or password; many devices keep ONVIF users apart from others. Do not try again and again: devices lock accounts"
    )]
    WrongPassword,
    /// Refused, and the device did not tell its time: either the password or its clock is wrong.
    #[error(
        "refused, and the device does not tell its time: set its clock (NTP), then check user name and password"
    )]
    ClockOrPassword,
    /// The answer breaks a limit.
    #[error("the answer is larger than a device's answers are: is this a camera?")]
    TooLarge,
    /// The answer is cut or not XML; where.
    #[error("the answer cannot be read: {0}")]
    Unreadable(String),
    /// The device refuses, in its own words.
    #[error("the device refuses: {reason} ({codes})")]
    Fault {
        /// Codes of SOAP and ONVIF, outermost first.
        codes: String,
        /// Its words.
        reason: String,
    },
    /// The device has no service of this kind.
    #[error("the device has no {0} service")]
    NoService(&'static str),
}

impl OnvifError {
    /// Stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfReach => "out_of_reach",
            Self::Refused => "refused",
            Self::TimedOut => "timed_out",
            Self::NoConnection => "no_connection",
            Self::NotOnvif => "not_onvif",
            Self::NeedsPassword => "needs_password",
            Self::WrongPassword => "wrong_password",
            Self::ClockOrPassword => "clock_or_password",
            Self::TooLarge => "too_large",
            Self::Unreadable(_) => "unreadable",
            Self::Fault { .. } => "fault",
            Self::NoService(_) => "no_service",
        }
    }

    /// What is wrong and what to do, in English.
    pub fn message_en(&self) -> String {
        self.to_string()
    }

    /// What is wrong and what to do, in Chinese.
    pub fn message_zh(&self) -> String {
        match self {
            Self::OutOfReach => "只访问私有网段的地址".into(),
            Self::Refused => "设备拒绝连接：请检查端口，以及设备是否开启 ONVIF".into(),
            Self::TimedOut => "连接超时：请检查设备电源、网线和网络".into(),
            Self::NoConnection => "无法连接：请检查网段、网关和防火墙".into(),
            Self::NotOnvif => "对方不是 ONVIF 服务：请检查端口，以及设备是否开启 ONVIF".into(),
            Self::NeedsPassword => "设备需要用户名和密码；许多设备的 ONVIF 用户要单独添加".into(),
            Self::WrongPassword => {
                "用户名或密码错误；许多设备的 ONVIF 用户要单独添加。请勿反复尝试，设备会锁定账号".into()
            }
            Self::ClockOrPassword => "设备拒绝登录且不告知时间：请先校准设备时钟，再核对用户名和密码".into(),
            Self::TooLarge => "应答过大，超出设备应答的正常范围：请确认对方是摄像机".into(),
            Self::Unreadable(cause) => format!("应答无法读取：{cause}"),
            Self::Fault { codes, reason } => format!("设备拒绝：{reason}（{codes}）"),
            Self::NoService(name) => format!("设备没有 {name} 服务"),
        }
    }
}

impl From<ReplyError> for OnvifError {
    fn from(error: ReplyError) -> Self {
        match error {
            ReplyError::Io(error) if error.kind() == ErrorKind::ConnectionRefused => Self::Refused,
            ReplyError::Io(error) if error.kind() == ErrorKind::TimedOut => Self::TimedOut,
            ReplyError::Io(_) => Self::NoConnection,
            ReplyError::TimedOut => Self::TimedOut,
            ReplyError::Foreign => Self::NotOnvif,
            ReplyError::TooLarge => Self::TooLarge,
            ReplyError::Cut => Self::Unreadable("the connection ended within the answer".into()),
        }
    }
}
