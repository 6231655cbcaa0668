//! How transmission devices are listened to.

use std::net::SocketAddr;
use std::time::Duration;

use gb26875::Address;
use jiff::SignedDuration;

/// How transmission devices are listened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransmitterSettings {
    /// Where, over TCP.
    pub listen: Vec<SocketAddr>,
    /// The address of this centre in the protocol.
    pub address: Address,
    /// Most connections at a time.
    pub connections_max: usize,
    /// A connection that brings nothing for this long is closed.
    pub idle: Duration,
    /// A device that is quiet for this long is asked how it is.
    pub patrol_every: Duration,
    /// A device of which nothing is heard for this long is away.
    pub absent_after: SignedDuration,
}
