//! The diagnosis of a device: each step from its first packet to a picture, what was found, and what to do, in plain words.

use domain::device::DeviceState;
use domain::ids::DeviceId;
use domain::role::Capability;
use gb28181::id::GbId;
use gb28181::platform::{Topic, Way};
use jiff::Timestamp;
use media::Reception;
use store::{ChannelFilter, DeviceRow, PageAsk};

use super::line::wire_id;
use crate::{Ask, Platform, PlatformError};

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// As it should be.
    Good,
    /// Works, and somebody should look.
    Warning,
    /// Does not work.
    Bad,
    /// Not tried yet, or not to be known.
    Unknown,
}

/// A step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Is access switched on and the device entered and enabled?
    Entered,
    /// Was anything heard of it?
    Heard,
    /// Does it know its secret?
    Digest,
    /// Is it registered now?
    Registered,
    /// Does it report changes by itself?
    Subscribed,
    /// Is its catalogue complete?
    Catalogue,
    /// Are its channels placed as cameras?
    Placed,
    /// Does it answer a call for pictures?
    Call,
    /// Do media arrive?
    Media,
    /// Can pictures be made of them?
    Pictures,
}

/// What was found about one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which step.
    pub step: Step,
    /// How it stands.
    pub state: StepState,
    /// What was found, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// What to do, in Chinese; empty where nothing is to be done.
    pub advice_zh: String,
    /// The same in English.
    pub advice_en: String,
}

/// A message of the trace, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceLine {
    /// When.
    pub at: Timestamp,
    /// True for one that came from the device.
    pub is_from_device: bool,
    /// Its text, cut.
    pub text: String,
}

/// The diagnosis.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Step by step.
    pub findings: Vec<Finding>,
    /// What had to be forgiven the device, and how often.
    pub forgiven: Vec<(&'static str, u32)>,
    /// Its last messages, the oldest first.
    pub trace: Vec<TraceLine>,
}

/// What the line knows.
#[derive(Default)]
struct Known {
    is_open: bool,
    knocks: Option<(u32, String)>,
    wrong_passwords: u32,
    registered: Option<(String, &'static str, Timestamp)>,
    subscribed: usize,
    catalogue: Option<(usize, Option<u32>, bool)>,
    faulty: usize,
    call_over: Option<(String, &'static str)>,
    forgiven: Vec<(&'static str, u32)>,
    trace: Vec<TraceLine>,
}

impl Platform {
    /// Diagnoses a device.
    pub async fn diagnose(&self, ask: &Ask, id: DeviceId) -> Result<Diagnosis, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let row = self.inner.store.device(&ask.access, id).await?;
        let device = wire_id(&row.device.gb_id);
        let known =
            self.inner.line.with(move |endpoint| known_of(endpoint, device)).await.unwrap_or_default();
        let streams = self.receptions(ask, id).await?;
        let mut findings =
            vec![entered(&row, &known), heard(&row, &known), digest(&row, &known), registered(&row, &known)];
        findings.extend([subscribed(&known), catalogue(&row, &known), placed(&row, &streams)]);
        findings.extend([call(&known, &streams), media(&streams), pictures(&streams)]);
        Ok(Diagnosis { findings, forgiven: known.forgiven, trace: known.trace })
    }

    /// The streams of the device's placed channels: whether each is online, its state in words, and the last session.
    async fn receptions(&self, ask: &Ask, id: DeviceId) -> Result<Vec<Stream>, PlatformError> {
        let filter = ChannelFilter { has_camera: Some(true), ..ChannelFilter::default() };
        let page = PageAsk { limit: store::MAX_PAGE, after: None };
        let channels = self.inner.store.channels(&ask.access, id, &filter, &page).await?;
        let streams = channels.items.iter().filter_map(|channel| {
            let stream = self.stream(channel.camera_id?)?;
            let status = stream.status();
            Some(Stream {
                name: channel.entry.name.clone(),
                is_online: status.state.is_online(),
                is_resting: status.state == media::CameraState::Resting,
                zh: status.state.message_zh(),
                en: status.state.message_en(),
                reception: stream.reception(),
            })
        });
        Ok(streams.collect())
    }
}

struct Stream {
    name: String,
    is_online: bool,
    is_resting: bool,
    zh: String,
    en: String,
    reception: Option<Reception>,
}

fn known_of(endpoint: &mut super::line::Endpoint, device: GbId) -> Known {
    let now = endpoint.now();
    let protocol = &endpoint.protocol;
    let time = |unix_ms| Timestamp::from_millisecond(unix_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let forgiven = protocol.forgiven(&device).to_vec();
    let waiting = protocol.registrar().waiting().find(|(id, _)| **id == device);
    let facts = &endpoint.facts;
    Known {
        is_open: true,
        knocks: waiting.map(|(_, waiting)| (waiting.knocks, waiting.peer.address.to_string())),
        wrong_passwords: forgiven
            .iter()
            .find(|(name, _)| *name == "wrong password")
            .map_or(0, |(_, count)| *count),
        registered: protocol
            .registrar()
            .binding(&device, now)
            .filter(|_| protocol.registrar().is_registered(&device))
            .map(|binding| {
                (
                    binding.peer.address.to_string(),
                    binding.peer.via_transport(),
                    time(binding.expires_unix_ms),
                )
            }),
        subscribed: [Topic::Catalog, Topic::Alarm]
            .iter()
            .filter(|topic| facts.subscribed.contains(&(device, **topic)))
            .count(),
        catalogue: facts.catalogues.get(&device).copied(),
        faulty: facts.faulty.get(&device).map_or(0, Vec::len),
        call_over: facts.calls_over.get(&device).cloned(),
        trace: protocol
            .trace(&device)
            .map(|line| TraceLine {
                at: time(line.unix_ms),
                is_from_device: line.way == Way::In,
                text: line.text.to_string(),
            })
            .collect(),
        forgiven,
    }
}

fn finding(
    step: Step,
    state: StepState,
    (zh, en): (String, String),
    (advice_zh, advice_en): (&str, &str),
) -> Finding {
    Finding { step, state, zh, en, advice_zh: advice_zh.to_owned(), advice_en: advice_en.to_owned() }
}

fn words(zh: &str, en: &str) -> (String, String) {
    (zh.to_owned(), en.to_owned())
}

fn entered(row: &DeviceRow, known: &Known) -> Finding {
    if !known.is_open {
        return finding(
            Step::Entered,
            StepState::Bad,
            words("平台未启用国标接入", "access by GB/T 28181 is switched off"),
            (
                "请在配置文件 [access] 中填写平台编号并重启",
                "give the platform an id in [access] of the configuration and restart",
            ),
        );
    }
    if row.device.disabled {
        return finding(
            Step::Entered,
            StepState::Bad,
            words("设备已停用，注册会被拒绝", "the device is switched off and refused"),
            ("需要接入时请重新启用", "switch it on to let it register"),
        );
    }
    if row.device.sealed_secret.is_none() {
        return finding(
            Step::Entered,
            StepState::Bad,
            words("设备没有设置接入密码", "the device has no secret"),
            ("请设置密码，并填入设备的平台接入参数", "set a secret and enter it at the device"),
        );
    }
    finding(Step::Entered, StepState::Good, words("已登记并启用", "entered and switched on"), ("", ""))
}

fn heard(row: &DeviceRow, known: &Known) -> Finding {
    if let Some((address, transport, _)) = &known.registered {
        let said = (
            format!("信令来自 {address}（{transport}）"),
            format!("it is heard from {address} over {transport}"),
        );
        return finding(Step::Heard, StepState::Good, said, ("", ""));
    }
    if let Some((knocks, address)) = &known.knocks {
        let said = (
            format!("收到来自 {address} 的 {knocks} 次注册请求"),
            format!("{knocks} registrations were tried from {address}"),
        );
        return finding(Step::Heard, StepState::Warning, said, ("", ""));
    }
    if known.wrong_passwords > 0 || !known.trace.is_empty() {
        return finding(Step::Heard, StepState::Good, words("收到过它的信令", "it has been heard"), ("", ""));
    }
    if let Some(binding) = row.seen.as_ref().and_then(|seen| seen.binding.as_ref()) {
        let said = (
            format!("最近一次信令来自 {}", binding.address),
            format!("it was last heard from {}", binding.address),
        );
        return finding(
            Step::Heard,
            StepState::Bad,
            said,
            (
                "设备现在没有信令：请检查电源、网线和出口网络",
                "nothing is heard now: check its power, cable and network",
            ),
        );
    }
    finding(
        Step::Heard,
        StepState::Bad,
        words("平台从未收到该编号的信令", "nothing was ever heard of this id"),
        (
            "请核对设备中的平台地址、端口、平台编号和设备编号，并确认防火墙放行信令端口（UDP 和 TCP）",
            "check server address, port, server id and device id at the device, and that the signalling port is open for UDP and TCP",
        ),
    )
}

fn digest(row: &DeviceRow, known: &Known) -> Finding {
    let is_in = known.registered.is_some();
    match (is_in, known.wrong_passwords) {
        (true, 0) => {
            finding(Step::Digest, StepState::Good, words("密码验证通过", "it knows its secret"), ("", ""))
        }
        (true, count) => finding(
            Step::Digest,
            StepState::Warning,
            (
                format!("现在已通过，此前有 {count} 次密码错误"),
                format!("it is in now, after {count} tries with a wrong secret"),
            ),
            (
                "若仍在增加，请检查是否有另一台设备使用同一编号",
                "if this goes on, look for a second device with the same id",
            ),
        ),
        (false, 0) if row.state() != DeviceState::Unauthorised => {
            finding(Step::Digest, StepState::Unknown, words("尚未验证", "not tried yet"), ("", ""))
        }
        (false, count) => finding(
            Step::Digest,
            StepState::Bad,
            (format!("密码错误 {count} 次"), format!("{count} tries with a wrong secret")),
            (
                "请重新设置密码，并在设备上填写同样的密码（区分大小写，前后无空格）",
                "set a new secret and enter the same at the device; letter case counts",
            ),
        ),
    }
}

fn registered(row: &DeviceRow, known: &Known) -> Finding {
    if let Some((_, _, until)) = &known.registered {
        let until_zh = domain::beijing::say_moment(*until);
        let said = (
            format!("在线，注册有效至 {until_zh}"),
            format!("online, registered until {}", until.display_with_offset(jiff::tz::offset(8))),
        );
        if known.faulty > 0 {
            let said = (
                format!("{}；设备报告 {} 个部件故障", said.0, known.faulty),
                format!("{}; it reports {} faulty parts", said.1, known.faulty),
            );
            return finding(
                Step::Registered,
                StepState::Warning,
                said,
                ("请查看设备的磁盘和摄像机", "look at its disks and cameras"),
            );
        }
        return finding(Step::Registered, StepState::Good, said, ("", ""));
    }
    let reason = row.seen.as_ref().and_then(|seen| seen.reason);
    let said = reason.map_or_else(
        || words("未注册", "not registered"),
        |reason| (format!("离线：{}", reason.name_zh()), format!("offline: {}", reason.name_en())),
    );
    finding(
        Step::Registered,
        StepState::Bad,
        said,
        (
            "心跳中断多为网络或地址转换超时：请把心跳周期设为 60 秒，或把信令改为 TCP",
            "missed keepalives are mostly the network or NAT: use a keepalive of 60 s, or TCP for signalling",
        ),
    )
}

fn subscribed(known: &Known) -> Finding {
    let (state, said) = match known.subscribed {
        2 => (StepState::Good, words("目录和报警订阅有效", "subscriptions for catalogue and alarms hold")),
        1 => (StepState::Warning, words("只有一项订阅有效", "one of two subscriptions holds")),
        _ => (
            StepState::Unknown,
            words(
                "没有有效订阅；报警仍可由设备主动上报",
                "no subscription holds; alarms may still come by themselves",
            ),
        ),
    };
    finding(Step::Subscribed, state, said, ("", ""))
}

fn catalogue(row: &DeviceRow, known: &Known) -> Finding {
    let advice = (
        "请在设备上核对“上报通道”设置；目录较大时请把信令改为 TCP，然后重新获取目录",
        "check at the device which channels it shares; for a long catalogue use TCP for signalling; then ask for it again",
    );
    if let Some((items, announced, complete)) = known.catalogue {
        let announced = announced.map_or_else(|| "?".to_owned(), |sum| sum.to_string());
        let said = (
            format!("收到 {items} 项，设备声明 {announced} 项"),
            format!("{items} items of {announced} announced"),
        );
        let state = if complete { StepState::Good } else { StepState::Warning };
        return finding(Step::Catalogue, state, said, if complete { ("", "") } else { advice });
    }
    match row.catalogue {
        Some(kept) => finding(
            Step::Catalogue,
            if kept.complete { StepState::Good } else { StepState::Warning },
            (format!("已保存 {} 个通道", kept.channels), format!("{} channels are kept", kept.channels)),
            if kept.complete { ("", "") } else { advice },
        ),
        None => {
            finding(Step::Catalogue, StepState::Unknown, words("还没有目录", "no catalogue yet"), ("", ""))
        }
    }
}

fn placed(row: &DeviceRow, streams: &[Stream]) -> Finding {
    let channels = row.catalogue.map_or(0, |kept| kept.channels);
    let said = (
        format!("{} 个通道已设为摄像机，共 {channels} 个通道", streams.len()),
        format!("{} of {channels} channels are cameras", streams.len()),
    );
    let state = if streams.is_empty() { StepState::Warning } else { StepState::Good };
    let advice = if streams.is_empty() && channels > 0 {
        ("请在“通道”页把通道设为摄像机", "make cameras of channels on the page of channels")
    } else {
        ("", "")
    };
    finding(Step::Placed, state, said, advice)
}

fn call(known: &Known, streams: &[Stream]) -> Finding {
    let answered = streams.iter().filter_map(|stream| stream.reception.as_ref());
    let answered = answered.filter(|reception| reception.answered_at_us.is_some()).count();
    if let Some((reason, advice)) = &known.call_over {
        let said = (format!("最近一次点播未成功：{reason}"), format!("the last call failed: {reason}"));
        let mut found = finding(Step::Call, StepState::Bad, said, ("", advice));
        found.advice_zh = streams
            .iter()
            .find(|stream| !stream.is_online)
            .map_or_else(String::new, |stream| stream.zh.clone());
        return found;
    }
    if answered == 0 {
        return finding(Step::Call, StepState::Unknown, words("还没有点播", "no call yet"), ("", ""));
    }
    let said = (format!("{answered} 路点播已应答"), format!("calls answered: {answered}"));
    finding(Step::Call, StepState::Good, said, ("", ""))
}

fn media(streams: &[Stream]) -> Finding {
    let tried: Vec<_> = streams.iter().filter(|stream| !stream.is_resting).collect();
    let answered =
        |stream: &&&Stream| stream.reception.as_ref().is_some_and(|one| one.answered_at_us.is_some());
    let silent = tried.iter().filter(answered).find(|stream| {
        stream.reception.as_ref().is_some_and(|reception| reception.first_packet_at_us.is_none())
    });
    if let Some(stream) = silent {
        let port = stream.reception.as_ref().map_or(0, |reception| reception.port);
        let said = (
            format!("“{}”已应答点播，但端口 {port} 没有收到媒体", stream.name),
            format!("{} answered the call, and nothing came to port {port}", stream.name),
        );
        let mut found = finding(Step::Media, StepState::Bad, said, ("", ""));
        (found.advice_zh, found.advice_en) = (stream.zh.clone(), stream.en.clone());
        return found;
    }
    let Some(reception) = tried
        .iter()
        .filter_map(|stream| stream.reception.as_ref())
        .find(|one| one.first_packet_at_us.is_some())
    else {
        return finding(Step::Media, StepState::Unknown, words("还没有媒体数据", "no media yet"), ("", ""));
    };
    let after_ms =
        reception.answered_at_us.zip(reception.first_packet_at_us).map_or(0, |(from, to)| (to - from) / 1000);
    let from = reception.from.map_or_else(String::new, |from| from.to_string());
    let said = (
        format!("媒体来自 {from}，应答后 {after_ms} 毫秒到达，丢包 {}", reception.faults.lost_packets),
        format!(
            "media come from {from}, {after_ms} ms after the answer, {} packets lost",
            reception.faults.lost_packets
        ),
    );
    finding(Step::Media, StepState::Good, said, ("", ""))
}

fn pictures(streams: &[Stream]) -> Finding {
    if let Some(stream) = streams.iter().find(|stream| {
        !stream.is_online
            && !stream.is_resting
            && stream.reception.as_ref().is_some_and(|one| one.first_packet_at_us.is_some())
    }) {
        let said = (format!("“{}”没有画面", stream.name), format!("{} has no picture", stream.name));
        let mut found = finding(Step::Pictures, StepState::Bad, said, ("", ""));
        (found.advice_zh, found.advice_en) = (stream.zh.clone(), stream.en.clone());
        return found;
    }
    let online = streams.iter().filter(|stream| stream.is_online).count();
    if online == 0 {
        return finding(Step::Pictures, StepState::Unknown, words("还没有画面", "no picture yet"), ("", ""));
    }
    let said = (format!("{online} 路有画面"), format!("cameras with pictures: {online}"));
    finding(Step::Pictures, StepState::Good, said, ("", ""))
}
