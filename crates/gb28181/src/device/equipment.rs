//! What stands behind the endpoint: cameras, discs, a lower platform's table.

use crate::id::{CatalogId, GbId};
use crate::manscdp::Body;
use crate::manscdp::broadcast::Broadcast;
use crate::manscdp::catalog::CatalogItem;
use crate::manscdp::control::Command;
use crate::manscdp::device_info::DeviceInfo;
use crate::manscdp::device_status::DeviceStatus;
use crate::manscdp::record_info::{RecordInfoQuery, Recording};
use crate::profile::MediaTransport;
use crate::sdp::SessionKind;
use crate::ssrc::Ssrc;

/// Names a media session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub u64);

/// What a platform asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    /// Which session it will be.
    pub session: SessionId,
    /// Of which channel.
    pub channel: GbId,
    /// Live, playback or download.
    pub kind: SessionKind,
    /// Beginning and end in Unix seconds; 0 and 0 for live.
    pub time: (u64, u64),
    /// Which stream, 0 the main one.
    pub stream: u8,
    /// How media travel.
    pub transport: MediaTransport,
    /// Where they go; where the platform connects, where it comes from.
    pub remote: (String, u16),
    /// The number that packets bear. Ours where the offer has none, as those of upper platforms (WVP PR#678).
    pub ssrc: Ssrc,
    /// The payload type under which a program stream is offered; none where it is not.
    pub program_stream: Option<u8>,
}

/// The answer to an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Our address for media.
    pub host: String,
    /// Our port.
    pub port: u16,
    /// The size of a file that is downloaded, in bytes.
    pub file_size: Option<u64>,
}

/// Where a voice is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// Our address for media.
    pub host: String,
    /// Our port; where we connect, by custom 9.
    pub port: u16,
    /// How media come.
    pub transport: MediaTransport,
}

/// A voice that will be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    /// Which.
    pub session: SessionId,
    /// Where it comes from; where we connect, where to.
    pub remote: (String, u16),
    /// The number that its packets bear, where the platform says one.
    pub ssrc: Option<Ssrc>,
}

/// Why an invitation is declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declined {
    /// 400 to 699.
    pub status: u16,
    /// In words.
    pub reason: &'static str,
}

/// When something is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// Now, by the other functions of [`Equipment`].
    Now,
    /// Later, by [`super::Device::respond`] or its like: it needs something that has to be waited for.
    Later,
    /// Never: the request itself is refused.
    Refuse(Declined),
}

/// What stands behind the endpoint. It is asked while a request is in hand and must not wait for anything.
pub trait Equipment {
    /// Who made it.
    fn info(&self) -> DeviceInfo;
    /// How it is.
    fn status(&self) -> DeviceStatus;
    /// What lies under a node of the catalog.
    fn catalog(&self, about: CatalogId) -> Vec<CatalogItem>;
    /// What was recorded.
    fn recordings(&self, channel: CatalogId, query: &RecordInfoQuery) -> Vec<Recording>;
    /// The answer to any other query; `None` for none.
    fn answer(&mut self, about: CatalogId, query: &Body) -> Option<Body>;
    /// An order; says whether it worked.
    fn order(&mut self, about: CatalogId, command: &Command) -> bool;
    /// An invitation.
    ///
    /// # Errors
    /// When it is declined.
    fn invited(&mut self, invitation: &Invitation) -> Result<Accepted, Declined>;

    /// Somebody wants to speak; `None` for a device without a speaker. What is given listens already.
    fn spoken_to(&mut self, session: SessionId, broadcast: &Broadcast) -> Option<Listening> {
        let _ = (session, broadcast);
        None
    }

    /// When a question or an order is answered; asked before it is.
    fn handling(&mut self, sn: u64, about: CatalogId, body: &Body) -> Handling {
        let _ = (sn, about, body);
        Handling::Now
    }

    /// When an invitation is answered; asked before it is. Later means by [`super::Device::accept`] or [`super::Device::decline`].
    fn handling_of_invitation(&mut self, invitation: &Invitation) -> Handling {
        let _ = invitation;
        Handling::Now
    }
}
