//! What stands behind the devices of these stories, and what the platform's owner thinks of them.

use std::borrow::Cow;
use std::collections::HashMap;

use watchfire_gb28181::device::{Accepted, Declined, Equipment, Handling, Invitation, Listening, SessionId};
use watchfire_gb28181::id::{CatalogId, GbId, IdParts};
use watchfire_gb28181::manscdp::broadcast::Broadcast;
use watchfire_gb28181::manscdp::catalog::{CatalogItem, ItemStatus};
use watchfire_gb28181::manscdp::config::{BasicParam, ConfigAnswer, ConfigBlocks};
use watchfire_gb28181::manscdp::control::Command;
use watchfire_gb28181::manscdp::device_info::DeviceInfo;
use watchfire_gb28181::manscdp::device_status::DeviceStatus;
use watchfire_gb28181::manscdp::record_info::{RecordInfoQuery, Recording};
use watchfire_gb28181::manscdp::{Body, LocalTime};
use watchfire_gb28181::platform::Devices;
use watchfire_gb28181::profile::DeviceProfile;
use watchfire_gb28181::registrar::{Admission, Approved, Proof};

pub const PASSWORD: &str = "12345678";

/// Device number `serial` of type `type_code`.
pub fn id(type_code: u16, serial: u32) -> GbId {
    let parts = IdParts { region: 330_100, grassroots: 0, industry: 11, type_code, network: 0, serial };
    GbId::compose(parts).expect("an id")
}

pub fn channel(serial: u32) -> GbId {
    id(132, 10_000 + serial)
}

/// Cameras and discs.
pub struct Stage {
    pub channels: u32,
    pub recordings: Vec<(i64, i64)>,
    pub orders: Vec<Command>,
    pub invited: Vec<Invitation>,
    pub declines: Option<u16>,
    pub handling: Handling,
    pub listens: Option<Listening>,
}

impl Stage {
    pub fn with_channels(channels: u32) -> Self {
        Self {
            channels,
            recordings: Vec::new(),
            orders: Vec::new(),
            invited: Vec::new(),
            declines: None,
            handling: Handling::Now,
            listens: None,
        }
    }
}

impl Equipment for Stage {
    fn info(&self) -> DeviceInfo {
        DeviceInfo {
            manufacturer: Some("模拟".into()),
            channels: Some(self.channels),
            ..DeviceInfo::default()
        }
    }

    fn status(&self) -> DeviceStatus {
        DeviceStatus::default()
    }

    fn catalog(&self, _: CatalogId) -> Vec<CatalogItem> {
        let item = |serial| {
            let mut item = CatalogItem::new(channel(serial).into());
            item.name = Some(format!("教学楼{serial}号摄像机"));
            item.status = Some(ItemStatus::On);
            item
        };
        (0..self.channels).map(item).collect()
    }

    fn recordings(&self, channel: CatalogId, query: &RecordInfoQuery) -> Vec<Recording> {
        let within = |(start, end): &&(i64, i64)| *end > query.start.unix_s() && *start < query.end.unix_s();
        let recording = |(start, end): &(i64, i64)| Recording {
            device: Some(channel),
            name: None,
            file_path: None,
            address: None,
            start: LocalTime::from_unix_s(*start),
            end: LocalTime::from_unix_s(*end),
            secrecy: None,
            record_type: None,
            recorder: None,
            file_size: None,
            location: None,
            stream: None,
        };
        self.recordings.iter().filter(within).map(recording).collect()
    }

    fn answer(&mut self, _: CatalogId, query: &Body) -> Option<Body> {
        let basic = BasicParam { heartbeat_interval_s: Some(60), ..BasicParam::default() };
        let blocks = ConfigBlocks { basic: Some(basic), ..ConfigBlocks::default() };
        matches!(query, Body::ConfigQuery(_))
            .then_some(Body::ConfigAnswer(ConfigAnswer { result: None, blocks }))
    }

    fn order(&mut self, _: CatalogId, command: &Command) -> bool {
        self.orders.push(command.clone());
        true
    }

    fn invited(&mut self, invitation: &Invitation) -> Result<Accepted, Declined> {
        let _ = invitation;
        match self.declines {
            Some(status) => Err(Declined { status, reason: "No" }),
            None => Ok(Accepted { host: "10.1.0.1".to_owned(), port: 15_060, file_size: None }),
        }
    }

    fn spoken_to(&mut self, _: SessionId, _: &Broadcast) -> Option<Listening> {
        self.listens.clone()
    }

    fn handling(&mut self, _: u64, _: CatalogId, body: &Body) -> Handling {
        if matches!(body, Body::CatalogQuery(_)) { Handling::Now } else { self.handling }
    }

    fn handling_of_invitation(&mut self, invitation: &Invitation) -> Handling {
        self.invited.push(invitation.clone());
        self.handling
    }
}

/// The platform's owner: everybody with the password may register.
#[derive(Default)]
pub struct Owner {
    pub unknown: Vec<GbId>,
    pub redirect: HashMap<GbId, String>,
    pub profile: DeviceProfile,
}

impl Devices for Owner {
    fn admission(&self, device: &GbId) -> Admission<'_> {
        if self.unknown.contains(device) {
            return Admission::Unknown { commissioning: None };
        }
        Admission::Approved(Approved {
            proof: Proof::Password(Cow::Borrowed(PASSWORD.as_bytes())),
            terms: self.profile.terms(),
            redirect: self.redirect.get(device).map(|to| Cow::Borrowed(to.as_str())),
        })
    }

    fn profile(&self, _: &GbId) -> Cow<'_, DeviceProfile> {
        Cow::Borrowed(&self.profile)
    }
}
