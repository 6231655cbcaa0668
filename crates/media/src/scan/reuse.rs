//! Whether what was found can be used again, and what has to be done for it.

use crate::onvif::{DeviceFacts, OnvifError};
use serde::Serialize;

/// Yes, no, or something to be done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Can be entered as a camera now.
    Yes,
    /// Probably, after what the reason says.
    Perhaps,
    /// No.
    No,
}

/// A verdict with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reuse {
    /// The verdict.
    pub verdict: Verdict,
    /// Stable code for programs.
    pub reason_code: &'static str,
    /// The reason in Chinese.
    pub reason_zh: String,
    /// The reason in English.
    pub reason_en: String,
}

/// What the questions to one address brought to light.
pub(super) enum Evidence<'a> {
    /// ONVIF told everything.
    Facts(&'a DeviceFacts),
    /// ONVIF answers and does not let us in.
    OnvifRefused(&'a OnvifError),
    /// RTSP alone; whether it wants a password.
    Rtsp(Option<bool>),
    /// SIP alone.
    Sip,
    /// Open ports, no protocol of cameras.
    Nothing,
}

impl Reuse {
    pub(super) fn of(evidence: &Evidence<'_>) -> Self {
        match evidence {
            Evidence::Facts(facts) => Self::of_facts(facts),
            Evidence::OnvifRefused(error) => Self {
                verdict: Verdict::Perhaps,
                reason_code: error.code(),
                reason_zh: format!("支持 ONVIF，但{}", error.message_zh()),
                reason_en: format!("speaks ONVIF, but: {}", error.message_en()),
            },
            Evidence::Rtsp(needs_password) => {
                let (zh, en) = match needs_password {
                    Some(true) => ("，并需要用户名和密码", ", and user name and password"),
                    _ => ("", ""),
                };
                Self {
                    verdict: Verdict::Perhaps,
                    reason_code: "rtsp_without_path",
                    reason_zh: format!("有 RTSP 服务：还需要码流地址的路径（见设备说明书）{zh}"),
                    reason_en: format!(
                        "RTSP answers: the path of the stream is needed (see the device's manual){en}"
                    ),
                }
            }
            Evidence::Sip => Self::new(
                Verdict::Perhaps,
                "register_by_gb28181",
                "有 SIP 服务：请在设备上设置 GB/T 28181 平台接入，由设备注册到本平台",
                "SIP answers: let the device register here by GB/T 28181",
            ),
            Evidence::Nothing => Self::new(
                Verdict::No,
                "no_camera_protocol",
                "端口开放，但不支持 RTSP、ONVIF 或 SIP：可能不是摄像机，或这些服务没有开启",
                "ports are open, but none speaks RTSP, ONVIF or SIP: no camera, or these services are switched off",
            ),
        }
    }

    fn of_facts(facts: &DeviceFacts) -> Self {
        let has_video = |profile: &&crate::onvif::Profile| profile.stream.is_ok();
        let mut streams = facts.profiles.iter().filter(has_video);
        if streams
            .clone()
            .any(|profile| profile.encoding.as_ref().is_some_and(crate::onvif::Encoding::is_received))
        {
            return Self::new(
                Verdict::Yes,
                "streams_known",
                "码流地址已取得，可直接作为摄像机接入",
                "its streams are known: enter it as a camera",
            );
        }
        if streams.next().is_some() {
            return Self::new(
                Verdict::Perhaps,
                "unsupported_codec",
                "只有不支持的编码：请在设备上改为 H.264 或 H.265",
                "it sends other codings only: set it to H.264 or H.265",
            );
        }
        Self::new(
            Verdict::No,
            "no_stream",
            "设备没有给出可用的码流地址",
            "the device gives no address of a stream that can be used",
        )
    }

    fn new(verdict: Verdict, reason_code: &'static str, zh: &str, en: &str) -> Self {
        Self { verdict, reason_code, reason_zh: zh.to_owned(), reason_en: en.to_owned() }
    }
}
