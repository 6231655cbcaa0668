//! Why a head does not turn, in words that tell what to do.

use media::onvif::OnvifError;

use crate::PlatformError;

/// Why a head cannot be turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The host of the stream is no literal IPv4 address, or there is none.
    NoHost,
    /// Nothing at the host speaks ONVIF on the ports that are usual.
    NotFound,
    /// The camera has none.
    NoHead,
    /// The recorder has some, and none of its streams is the camera's.
    WhichHead,
    /// It is turned by GB/T 28181.
    IsChannel,
    /// The camera said no, or nothing.
    Onvif(OnvifError),
}

impl Trouble {
    /// Whether the camera refused name and password, which are not to be shown to it again at once: devices lock accounts.
    pub(super) fn is_about_login(&self) -> bool {
        matches!(
            self,
            Self::Onvif(OnvifError::NeedsPassword | OnvifError::WrongPassword | OnvifError::ClockOrPassword)
        )
    }

    /// Whether the camera has to be greeted again before the next question.
    pub(super) fn is_of_the_line(&self) -> bool {
        matches!(self, Self::Onvif(error) if !matches!(error, OnvifError::Fault { .. }))
    }

    /// Stable code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoHost => "no_host",
            Self::NotFound => "not_found",
            Self::NoHead | Self::Onvif(OnvifError::NoService(_)) => "no_head",
            Self::WhichHead => "which_head",
            Self::IsChannel => "is_channel",
            Self::Onvif(error) => error.code(),
        }
    }

    pub(super) fn message_zh(&self) -> String {
        match self {
            Self::NoHost => "视频流地址的主机须为 IPv4 地址，才能转动云台".into(),
            Self::NotFound => {
                "该地址的常用端口上没有 ONVIF 应答：请在设备中开启 ONVIF，或为摄像机填写 ONVIF 地址".into()
            }
            Self::NoHead | Self::Onvif(OnvifError::NoService(_)) => "该摄像机没有云台".into(),
            Self::WhichHead => {
                "录像机有多个通道，无法确定哪个是该摄像机：请用录像机给出的视频流地址接入".into()
            }
            Self::IsChannel => "该摄像机是国标设备的通道，请在通道上转动".into(),
            Self::Onvif(OnvifError::TimedOut) => "摄像机没有应答：请检查电源、网线和网络".into(),
            Self::Onvif(error) => error.message_zh(),
        }
    }

    pub(super) fn message_en(&self) -> String {
        match self {
            Self::NoHost => "the host of the stream has to be an IPv4 address for its head to be turned".into(),
            Self::NotFound => {
                "nothing answers ONVIF on the usual ports of this address: switch ONVIF on in the device, or enter the camera's ONVIF address"
                    .into()
            }
            Self::NoHead | Self::Onvif(OnvifError::NoService(_)) => "this camera has no head that turns".into(),
            Self::WhichHead => {
                "a recorder with several channels, and which of them this camera is cannot be told: enter the stream by the address that the recorder names"
                    .into()
            }
            Self::IsChannel => "this camera is a channel of a device: turn it there".into(),
            Self::Onvif(OnvifError::TimedOut) => {
                "the camera did not answer: check its power, cable and network".into()
            }
            Self::Onvif(error) => error.message_en(),
        }
    }
}

impl From<OnvifError> for Trouble {
    fn from(error: OnvifError) -> Self {
        Self::Onvif(error)
    }
}

impl From<Trouble> for PlatformError {
    fn from(trouble: Trouble) -> Self {
        let text = format!("{} {}", trouble.message_en(), trouble.message_zh());
        if trouble.is_about_login() || !trouble.is_of_the_line() || trouble.code() == "no_head" {
            Self::Conflict(text)
        } else {
            Self::Unavailable(text)
        }
    }
}
