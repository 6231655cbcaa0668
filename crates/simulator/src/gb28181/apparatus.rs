//! What stands behind one device: its channels, recordings, alarm points, heads, parameters and card.

use super::alarm::Points;
use super::device::{GbChannel, GbDevice};
use super::heads::Heads;
use super::media::Port;
use super::recordings;
use super::upkeep::Upkeep;
use super::upload::Upload;
use gb28181::device::{Accepted, Declined, Equipment, Invitation, Listening, SessionId};
use gb28181::edition::Edition;
use gb28181::id::{CatalogId, GbId, IdParts};
use gb28181::manscdp::broadcast::Broadcast;
use gb28181::manscdp::catalog::{CatalogItem, ItemStatus};
use gb28181::manscdp::config::{ConfigAnswer, ConfigBlocks, DeviceConfig};
use gb28181::manscdp::control::Command;
use gb28181::manscdp::device_info::DeviceInfo;
use gb28181::manscdp::device_status::{AlarmPoint, DeviceStatus, Duty, Online, Switch};
use gb28181::manscdp::keepalive::Health;
use gb28181::manscdp::outcome::{Outcome, ResultCode};
use gb28181::manscdp::record_info::{RecordInfoQuery, Recording};
use gb28181::manscdp::{Body, LocalTime};
use gb28181::ptz::PtzCommand;
use gb28181::sdp::SessionKind;
use std::net::IpAddr;

/// What all devices of one simulator have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// The address of this machine towards the server.
    pub host: IpAddr,
    pub has_media: bool,
    pub recorded_h: u32,
    pub clock_ahead_s: i64,
    pub expires_s: u32,
    pub keepalive_s: u32,
}

/// What changes behind a device.
#[derive(Debug, Default)]
pub(super) struct State {
    pub points: Points,
    pub upkeep: Upkeep,
    heads: Heads,
    /// Pictures that were asked for and not begun.
    pub uploads: Vec<Upload>,
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

/// Orders for pictures that wait, a device.
const UPLOADS_MAX: usize = 16;
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

    /// Takes settings: basic parameters, or an order for pictures of a channel that has some (2022).
    fn configure(&mut self, about: CatalogId, wanted: &DeviceConfig) -> bool {
        let mut worked = false;
        if let Some(basic) = &wanted.blocks.basic {
            worked = self.state.upkeep.change(basic);
        }
        if let Some(order) = &wanted.blocks.snapshot {
            let channel = about.device().and_then(|id| self.channel(id));
            let channel = channel.filter(|channel| channel.source.is_some() && channel.is_online);
            let can = self.device.edition >= Edition::V2022 && self.surroundings.has_media;
            let channel =
                channel.filter(|_| can && self.state.uploads.len() < UPLOADS_MAX).map(|channel| channel.id);
            worked = channel.is_some();
            self.state.uploads.extend(channel.map(|channel| Upload { channel, order: order.clone() }));
        }
        worked
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
            device_time: Some(LocalTime::from_unix_s(self.now_s + self.surroundings.clock_ahead_s)),
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

    fn answer(&mut self, about: CatalogId, query: &Body) -> Option<Body> {
        let is_new = self.device.edition >= Edition::V2022;
        match query {
            Body::PresetQuery => Some(Body::Presets(self.state.heads.presets())),
            Body::ConfigQuery(_) => {
                let basic = self.state.upkeep.parameters(self.device, self.surroundings);
                let blocks = ConfigBlocks { basic: Some(basic), ..ConfigBlocks::default() };
                Some(Body::ConfigAnswer(ConfigAnswer { result: Some(ResultCode::Ok), blocks }))
            }
            Body::DeviceConfig(wanted) => {
                Some(Body::DeviceConfigAnswer(Outcome::new(self.configure(about, wanted))))
            }
            // The rest came with 2022; an older device says nothing to it.
            _ if !is_new => None,
            Body::HomePositionQuery => Some(Body::HomePosition(self.state.heads.home(about))),
            Body::CruiseTracksQuery => Some(Body::CruiseTracks(Heads::rounds())),
            Body::CruiseTrackQuery(asked) => Some(Body::CruiseTrack(Heads::round(asked.number))),
            Body::PtzPositionQuery => Some(Body::PtzPosition(self.state.heads.position(about))),
            Body::SdCardQuery => Some(Body::SdCards(self.state.upkeep.cards(self.now_s))),
            _ => None,
        }
    }

    fn order(&mut self, about: CatalogId, command: &Command) -> bool {
        let is_whole = self.is_whole(about);
        match command {
            Command::Guard { set } => self.state.points.arm(about, *set, is_whole),
            Command::ResetAlarm { .. } => self.state.points.reset(about, is_whole),
            Command::Ptz { frame, .. } => self.state.heads.command(PtzCommand::from_frame(*frame)),
            Command::PtzPrecise(place) => self.state.heads.look(about, place),
            Command::HomePosition(home) => self.state.heads.set_home(about, home),
            Command::FormatSdCard(number) => return self.state.upkeep.format(*number, self.now_s),
            Command::TeleBoot | Command::Record { .. } | Command::KeyFrame => {}
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
