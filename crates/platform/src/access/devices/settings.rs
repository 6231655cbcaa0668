//! What the access desk has to be told to speak with devices.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;

use domain::device::GbId;

/// How the platform speaks with devices. Without it no device is spoken to, and rows of devices can still be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessSettings {
    /// The platform's own id, type 200 (GB/T 28181—2022 annex E).
    pub id: GbId,
    /// Addresses and ports on which devices are heard, over UDP and TCP alike.
    pub listen: Vec<SocketAddr>,
    /// `host:port` by which devices know this platform; it stands in `Via` and `Contact`. None: the address listened on.
    pub address: Option<String>,
    /// The address that devices send media to. None: the host of `address`.
    pub media_address: Option<String>,
    /// The address under which devices reach the platform's HTTP, `http://host:port`, for pictures that they upload. None: they upload none,
    /// and pictures are taken from their streams.
    pub upload_address: Option<String>,
    /// Ports on which media are received, one a session.
    pub media_ports: RangeInclusive<u16>,
    /// The address on which media are received.
    pub media_listen: IpAddr,
    /// Which ids may knock at all; none of them: every id.
    pub allowed_ids: AllowedIds,
    /// Requests a second that are read from one address; ten times as many at once.
    pub address_rate_hz: u32,
    /// A password that new devices of a building site share: who knows it is marked in the list of ids that wait, and let in by nobody but a
    /// person.
    pub commissioning_password: Option<String>,
}

/// Patterns of ids, digits and `?`, compared from the left: `36??????11` is every education id of Jiangxi.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllowedIds(pub Vec<String>);
