//! Who the platform is.

use crate::id::GbId;
use crate::registrar;
use crate::sip::{Channel, Patience, Peer};

/// Settings of a platform.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its id, type 200.
    pub id: GbId,
    /// The domain of its URIs, normally the first ten digits of its id.
    pub domain: String,
    /// `host:port` under which devices know this server, by the number of the UDP socket; the first also serves for TCP. It stands in
    /// `Via` and `Contact` (WVP#8: a device answers no request whose `Via` names a server that it was not told of).
    pub addresses: Vec<String>,
    /// `User-Agent`.
    pub user_agent: String,
    /// How the registrar behaves.
    pub registrar: registrar::Settings,
    /// How long requests are repeated.
    pub patience: Patience,
    /// Whether the answer to an alarm is sent, as 9.4 wants it. A device that chokes on it is rare; a whole site of them has been seen.
    pub answers_alarms: bool,
}

impl Settings {
    /// The usual settings of a platform that devices know as `address` (`host:port`).
    pub fn new(id: GbId, address: &str) -> Self {
        Self {
            id,
            domain: id.domain().to_owned(),
            addresses: vec![address.to_owned()],
            user_agent: "Watchfire".to_owned(),
            registrar: registrar::Settings::new(id),
            patience: Patience::default(),
            answers_alarms: true,
        }
    }

    /// How a peer knows this server.
    pub(super) fn via_host(&self, peer: &Peer) -> &str {
        let socket = match peer.channel {
            Channel::Udp { socket } => usize::from(socket),
            Channel::Tcp { .. } => 0,
        };
        self.addresses.get(socket).or(self.addresses.first()).map_or("0.0.0.0:5060", String::as_str)
    }

    /// The platform's URI.
    pub(super) fn uri(&self) -> String {
        format!("sip:{}@{}", self.id, self.domain)
    }

    /// The platform's `Contact` towards a peer.
    pub(super) fn contact(&self, peer: &Peer) -> String {
        format!("sip:{}@{}", self.id, self.via_host(peer))
    }
}
