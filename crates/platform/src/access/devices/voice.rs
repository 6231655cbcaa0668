//! Speaking through the speaker of a camera or recorder.
//!
//! Who may look may speak, because a guard who sees somebody in the smoke must be able to call out. One person speaks to a device at a time,
//! for [`SPEECH_MAX`] at most, and two rows say who, to where and for how long. Nothing of what is said is kept.

use std::time::Duration;

use domain::ids::ChannelId;
use domain::role::Capability;
use gb28181::platform::{CommandError, VoiceEnd, VoiceFormat};
use gb28181::profile::MediaTransport;
use jiff::Timestamp;
use media::called::{HangUp, MediaPort, Transport};
use media::{SendEnd, VoiceCodec, VoicePlan, VoiceSender, spawn_voice};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::line::refused;
use super::voice_calls::Answered;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// Longest speech. A button that sticks, or a page that is forgotten, must not keep a school listening.
pub const SPEECH_MAX: Duration = Duration::from_mins(3);

/// A voice that is heard at a device. Dropping it ends it there; [`Voice::finish`] also says in the register how long it was.
pub struct Voice {
    platform: Platform,
    ask: Ask,
    object: Object,
    since: Timestamp,
    until: Instant,
    sender: VoiceSender,
    over: oneshot::Receiver<VoiceEnd>,
    _hang_up: HangUp,
}

/// Why a voice ends that its speaker did not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoiceStop {
    /// The device ended it, or went away.
    ByDevice(VoiceEnd),
    /// The way for sound broke or never was.
    NoWay,
    /// It was as long as a speech may be.
    TooLong,
}

impl Platform {
    /// Speaks through a channel: a voice output (137), a camera with a speaker, or what stands for a device as a whole. Waits until the device
    /// has called back, at most ten seconds.
    ///
    /// # Errors
    /// `Conflict` where somebody speaks to the device already or it will not listen; `Unavailable` where it is away, says nothing, or never
    /// calls back.
    pub async fn speak(&self, ask: &Ask, id: ChannelId) -> Result<Voice, PlatformError> {
        ask.access.need(Capability::SeeLive)?;
        let (device, target, object) = self.way_to(ask, id).await?;
        self.audit(ask, "voice_speak", object.clone(), "ok", None).await?;
        let port =
            self.media_ports()?.take().await.map_err(|_| {
                PlatformError::Unavailable("no media port is free 没有空闲的媒体端口".to_owned())
            })?;
        let number = port.number();
        let (over, ended) = oneshot::channel();
        let asked = self
            .inner
            .line
            .with(move |endpoint| {
                let (answer, answered) = oneshot::channel();
                endpoint.speak((device, target), number, (answer, over)).map(|voice| (voice, answered))
            })
            .await?;
        let (voice, answered) = asked.map_err(not_asked)?;
        let platform = self.clone();
        let hang_up = HangUp::new(move || {
            // Without a line there is no voice.
            let _ = platform.inner.line.send(Box::new(move |endpoint| endpoint.stop_speaking(voice)));
        });
        let answered = answered.await.unwrap_or(Err(VoiceEnd::Offline)).map_err(not_heard)?;
        Ok(Voice {
            platform: self.clone(),
            ask: ask.clone(),
            object,
            since: self.inner.surroundings.now(),
            until: Instant::now() + SPEECH_MAX,
            sender: spawn_voice(plan_of(answered, port)),
            over: ended,
            _hang_up: hang_up,
        })
    }
}

impl Voice {
    /// Takes samples, 8 000 a second; what comes too late is dropped.
    pub fn say(&self, samples: &[i16]) {
        self.sender.say(samples);
    }

    /// Waits until it ends without its speaker wanting it. Cancel-safe.
    pub async fn over(&mut self) -> VoiceStop {
        tokio::select! {
            end = &mut self.over => VoiceStop::ByDevice(end.unwrap_or(VoiceEnd::ByDevice)),
            end = self.sender.over() => match end {
                // A device that ends a voice closes its connection first, or says BYE first.
                SendEnd::Broken => VoiceStop::ByDevice(VoiceEnd::ByDevice),
                _ => VoiceStop::NoWay,
            },
            () = tokio::time::sleep_until(self.until) => VoiceStop::TooLong,
        }
    }

    /// Sends what was said last, ends it at the device and writes down how long it was.
    pub async fn finish(self, stop: Option<VoiceStop>) -> Result<(), PlatformError> {
        let Self { platform, ask, object, since, sender, _hang_up: hang_up, .. } = self;
        sender.finish().await;
        drop(hang_up);
        let now = platform.inner.surroundings.now();
        let ask = Ask { now, ..ask };
        let seconds = now.duration_since(since).as_secs_f64();
        let detail = format!("{seconds:.1} s; {}", stop.map_or("ended by the speaker", VoiceStop::words_en));
        platform.audit(&ask, "voice_end", object, "ok", Some(detail)).await
    }
}

impl VoiceStop {
    /// A stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::ByDevice(VoiceEnd::Offline) => "device_offline",
            Self::ByDevice(_) => "ended_by_device",
            Self::NoWay => "no_way",
            Self::TooLong => "too_long",
        }
    }

    /// What happened, and what helps.
    pub fn words_en(self) -> &'static str {
        match self {
            Self::ByDevice(VoiceEnd::Offline) => "the device went offline",
            Self::ByDevice(_) => {
                "the device ended it; its speaker may be in use, or its voice output is switched off"
            }
            Self::NoWay => "no way for sound to the device; look at its media ports and firewall",
            Self::TooLong => "the longest speech is over; press again to go on",
        }
    }

    /// The same in Chinese.
    pub fn words_zh(self) -> &'static str {
        match self {
            Self::ByDevice(VoiceEnd::Offline) => "设备已离线",
            Self::ByDevice(_) => "设备结束了喊话：扬声器可能被占用，或设备的语音输出未开启",
            Self::NoWay => "声音送不到设备：请检查媒体端口与防火墙",
            Self::TooLong => "已达到单次喊话的最长时间，请重新按住",
        }
    }
}

fn plan_of(answered: Answered, port: MediaPort) -> VoicePlan {
    let Answered { started, only_from } = answered;
    VoicePlan {
        port,
        transport: match started.transport {
            MediaTransport::Udp => Transport::Udp,
            MediaTransport::TcpDeviceConnects => Transport::DeviceConnects,
            MediaTransport::TcpPlatformConnects => Transport::PlatformConnects,
        },
        remote: started.remote,
        only_from,
        ssrc: started.ssrc.0,
        payload_type: started.payload_type,
        codec: match started.format {
            VoiceFormat::ALaw => VoiceCodec::ALaw,
            VoiceFormat::MuLaw => VoiceCodec::MuLaw,
            VoiceFormat::Program => VoiceCodec::Program,
        },
    }
}

fn not_asked(error: CommandError) -> PlatformError {
    match error {
        CommandError::Busy => PlatformError::Conflict(
            "somebody is speaking to this device already 已有人正在对该设备喊话".to_owned(),
        ),
        error => refused(error),
    }
}

fn not_heard(end: VoiceEnd) -> PlatformError {
    let zh = match end {
        VoiceEnd::Refused { .. } | VoiceEnd::Declined => {
            "设备拒绝喊话：该通道可能没有扬声器，请试设备的语音输出通道（137）"
        }
        VoiceEnd::NeverInvited => "设备应答了喊话但没有回呼：该型号可能不支持国标语音广播",
        VoiceEnd::Unfit => "设备要求的音频格式无法发送：请将设备音频设为 G.711A",
        VoiceEnd::NeverConfirmed => "设备没有确认喊话：请检查网络，或改用 TCP 信令",
        VoiceEnd::NoAnswer => "设备没有应答",
        VoiceEnd::Offline => "设备不在线",
        VoiceEnd::ByDevice | VoiceEnd::HungUp => "设备结束了喊话",
    };
    let detail = format!("{end} {zh}");
    match end {
        VoiceEnd::Refused { .. }
        | VoiceEnd::Declined
        | VoiceEnd::Unfit
        | VoiceEnd::ByDevice
        | VoiceEnd::HungUp => PlatformError::Conflict(detail),
        VoiceEnd::NoAnswer | VoiceEnd::NeverInvited | VoiceEnd::NeverConfirmed | VoiceEnd::Offline => {
            PlatformError::Unavailable(detail)
        }
    }
}
