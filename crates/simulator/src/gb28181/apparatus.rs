//! What stands behind one device: its channels, recordings, alarm points and presets.

use super::alarm::Points;
use super::device::{GbChannel, GbDevice};
use super::media::Port;
use super::recordings;
use gb28181::device::{Accepted, Declined, Equipment, Invitation, Listening, SessionId};
use gb28181::id::{CatalogId, GbId, IdParts};
use gb28181::manscdp::broadcast::Broadcast;
use gb28181::manscdp::catalog::{CatalogItem, ItemStatus};
use gb28181::manscdp::config::{BasicParam, ConfigAnswer, ConfigBlocks};
use gb28181::manscdp::control::Command;
use gb28181::manscdp::device_info::DeviceInfo;
use gb28181::manscdp::device_status::{AlarmPoint, DeviceStatus, Duty, Online, Switch};
use gb28181::manscdp::keepalive::Health;
use gb28181::manscdp::outcome::{Outcome, ResultCode};
use gb28181::manscdp::preset::{HomePositionAnswer, Preset, Presets};
use gb28181::manscdp::record_info::{RecordInfoQuery, Recording};
use gb28181::manscdp::{Body, LocalTime};
use gb28181::ptz::{PresetAction, PtzCommand};
use gb28181::sdp::SessionKind;
use std::collections::BTreeSet;
use std::net::IpAddr;

/// What all devices of one simulator have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// The address of this machine towards the server.
    pub host: IpAddr,
    pub has_media: bool,
    pub recorded_h: u32,
    pub expires_s: u32,
    pub keepalive_s: u32,
}

/// What changes behind a device.
#[derive(Debug, Default)]
pub(super) struct State {
    pub points: Points,
    /// Presets set by the platform, of all channels.
    presets: BTreeSet<u8>,
    /// Ports of calls and voices that were accepted and do not stand yet.
    pub ports: Vec<(SessionId, Port)>,
}

/// The apparatus at one moment.
#[derive(Debug)]
pub(super) struct Apparatus<'a> {
    pub device: &'a GbDevice,
    pub state: &'a mut State,
    pub surroundings: Surroundings,
    pub now_s: i64,
}

/// Calls accepted and not confirmed, a device. Beyond it the oldest is forgotten: its caller went away.
const PORTS_MAX: usize = 64;

impl Apparatus<'_> {
    fn channel(&self, id: GbId) -> Option<&GbChannel> {
        self.device.channels.iter().find(|channel| channel.id == id)
    }

    fn keep_port(&mut self, session: SessionId, port: Port) {
        if self.state.ports.len() >= PORTS_MAX {
            self.state.ports.remove(0);
        }
        self.state.ports.push((session, port));
    }

    fn is_whole(&self, about: CatalogId) -> bool {
        about == CatalogId::from(self.device.id)
    }

    fn item(&self, channel: &GbChannel, parent: &str) -> CatalogItem {
        let mut item = CatalogItem::new(channel.id.into());
        item.name = Some(channel.name.to_string());
        item.manufacturer = Some(self.device.maker.to_string());
        item.model = Some(self.device.model.to_string());
        item.civil_code = Some(self.device.id.region().to_string());
        item.address = Some("模拟 SIMULATED".to_owned());
        item.parental = Some(0);
        item.parent_id = Some(parent.to_owned());
        item.register_way = Some(1);
        item.secrecy = Some(0);
        item.status = Some(if channel.is_online { ItemStatus::On } else { ItemStatus::Off });
        item
    }

    /// The node between a lower platform and its channels.
    fn organisation(&self) -> Option<CatalogItem> {
        let id = self.device.id;
        if !id.kind().is_platform() {
            return None;
        }
        let parts = IdParts {
            region: id.region().as_str().parse().unwrap_or_default(),
            grassroots: id.grassroots(),
            industry: id.industry_code(),
            type_code: 216,
            network: id.network(),
            serial: id.serial(),
        };
        let mut item = CatalogItem::new(GbId::compose(parts)?.into());
        item.name = Some(self.device.name.to_string());
        item.civil_code = Some(id.region().to_string());
        item.parental = Some(1);
        item.parent_id = Some(id.to_string());
        Some(item)
    }
}

impl Equipment for Apparatus<'_> {
    fn info(&self) -> DeviceInfo {
        DeviceInfo {
            name: Some(self.device.name.to_string()),
            result: Some(ResultCode::Ok),
            manufacturer: Some(self.device.maker.to_string()),
            model: Some(self.device.model.to_string()),
            firmware: Some(concat!("V", env!("CARGO_PKG_VERSION"), " SIMULATED").to_owned()),
            channels: Some(
                self.device.channels.iter().filter(|channel| channel.source.is_some()).count() as u32
            ),
        }
    }

    fn status(&self) -> DeviceStatus {
        let points = self.device.channels.iter().filter(|channel| channel.id.kind().is_alarm_input());
        let duty = |channel: &GbChannel| {
            let duty = match self.state.points.state(channel.id.into()) {
                (_, true) => Duty::Alarm,
                (true, false) => Duty::OnDuty,
                (false, false) => Duty::OffDuty,
            };
            AlarmPoint { id: channel.id.into(), duty: Some(duty) }
        };
        DeviceStatus {
            result: Some(ResultCode::Ok),
            online: Some(Online::Online),
            status: Some(Health::Ok),
            reason: None,
            encode: Some(Switch::On),
            record: Some(Switch::On),
            device_time: Some(LocalTime::from_unix_s(self.now_s)),
            alarm_points: points.map(duty).collect::<Vec<_>>().into(),
        }
    }

    fn catalog(&self, about: CatalogId) -> Vec<CatalogItem> {
        let organisation = self.organisation();
        let parent = organisation.as_ref().map_or(self.device.id.to_string(), |item| item.id.to_string());
        let channels = self.device.channels.iter().map(|channel| self.item(channel, &parent));
        let all: Vec<_> = organisation.into_iter().chain(channels).collect();
        let is_region = |item: &CatalogItem| item.civil_code.as_deref() == Some(about.as_str());
        let is_its =
            |item: &CatalogItem| item.id == about || item.parents().contains(&about) || is_region(item);
        if self.is_whole(about) { all } else { all.into_iter().filter(is_its).collect() }
    }

    fn recordings(&self, channel: CatalogId, query: &RecordInfoQuery) -> Vec<Recording> {
        let id =
            channel.device().filter(|id| self.channel(*id).is_some_and(|channel| channel.source.is_some()));
        let span = (query.start.unix_s(), query.end.unix_s());
        id.map_or_else(Vec::new, |id| recordings::between(id, span, self.now_s, self.surroundings.recorded_h))
    }

    fn answer(&mut self, _: CatalogId, query: &Body) -> Option<Body> {
        match query {
            Body::PresetQuery => {
                let preset =
                    |number: &u8| Preset { id: number.to_string(), name: Some(format!("预置位{number}")) };
                let presets: Vec<_> = self.state.presets.iter().map(preset).collect();
                let sum_num = Some(presets.len() as u32);
                Some(Body::Presets(Presets { sum_num, presets: presets.into() }))
            }
            Body::ConfigQuery(_) => {
                let basic = BasicParam {
                    name: Some(self.device.name.to_string()),
                    expiration_s: Some(self.surroundings.expires_s),
                    heartbeat_interval_s: Some(self.surroundings.keepalive_s),
                    heartbeat_count: Some(3),
                    ..BasicParam::default()
                };
                let blocks = ConfigBlocks { basic: Some(basic), ..ConfigBlocks::default() };
                Some(Body::ConfigAnswer(ConfigAnswer { result: Some(ResultCode::Ok), blocks }))
            }
            Body::HomePositionQuery => Some(Body::HomePosition(HomePositionAnswer::default())),
            // Nothing of it can be changed, and no picture is uploaded.
            Body::DeviceConfig(_) => Some(Body::DeviceConfigAnswer(Outcome::new(false))),
            _ => None,
        }
    }

    fn order(&mut self, about: CatalogId, command: &Command) -> bool {
        let is_whole = self.is_whole(about);
        match command {
            Command::Guard { set } => self.state.points.arm(about, *set, is_whole),
            Command::ResetAlarm { .. } => self.state.points.reset(about, is_whole),
            Command::Ptz { frame, .. } => match PtzCommand::from_frame(*frame) {
                PtzCommand::Preset(PresetAction::Set, number) => drop(self.state.presets.insert(number)),
                PtzCommand::Preset(PresetAction::Delete, number) => drop(self.state.presets.remove(&number)),
                _ => {}
            },
            Command::TeleBoot | Command::Record { .. } | Command::KeyFrame | Command::HomePosition(_) => {}
            _ => return false,
        }
        true
    }

    fn invited(&mut self, invitation: &Invitation) -> Result<Accepted, Declined> {
        let channel = self
            .channel(invitation.channel)
            .filter(|channel| channel.source.is_some())
            .ok_or(Declined { status: 404, reason: "Not Found" })?;
        if !channel.is_online {
            return Err(Declined { status: 480, reason: "Temporarily Unavailable" });
        }
        let is_known =
            matches!(invitation.kind, SessionKind::Play | SessionKind::Playback | SessionKind::Download);
        if !is_known || !self.device.media.contains(&invitation.transport) {
            return Err(Declined { status: 488, reason: "Not Acceptable Here" });
        }
        let span = (invitation.time.0 as i64, invitation.time.1 as i64);
        let recorded = || recordings::between(channel.id, span, self.now_s, self.surroundings.recorded_h);
        if invitation.kind != SessionKind::Play && recorded().is_empty() {
            return Err(Declined { status: 404, reason: "No Recording" });
        }
        let Surroundings { host, has_media, .. } = self.surroundings;
        let port = if has_media { Port::open(invitation.transport, host) } else { Ok(Port::Black) };
        let port = port.map_err(|_| Declined { status: 486, reason: "Busy Here" })?;
        let number = port.number();
        self.keep_port(invitation.session, port);
        Ok(Accepted { host: host.to_string(), port: number, file_size: None })
    }

    fn spoken_to(&mut self, session: SessionId, broadcast: &Broadcast) -> Option<Listening> {
        let transport = self.device.hears.filter(|_| self.surroundings.has_media)?;
        let target = broadcast.target;
        if target != self.device.id && self.channel(target).is_none_or(|channel| !channel.is_online) {
            return None;
        }
        let host = self.surroundings.host;
        let port = Port::open(transport, host).ok()?;
        let number = port.number();
        self.keep_port(session, port);
        Some(Listening { host: host.to_string(), port: number, transport })
    }
}
