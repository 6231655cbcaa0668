//! Where a message came from, and when.

use std::net::SocketAddr;

/// The way back to a peer. Answers and later requests leave by the very socket or connection that the peer was heard on: a server with two
/// network cards that answers from the other one is not believed (srs#2695).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Peer {
    /// The source address of the packet, never the one that the peer wrote into `Contact` or `Via`.
    pub address: SocketAddr,
    /// The socket or connection.
    pub channel: Channel,
}

/// What carries the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A UDP socket, by its number in the caller's list.
    Udp {
        /// Which of the caller's sockets.
        socket: u16,
    },
    /// A TCP connection, by a number that the caller never uses twice.
    Tcp {
        /// Which connection.
        connection: u64,
    },
}

impl Peer {
    /// Whether requests to this peer must be repeated by us.
    pub fn is_datagram(&self) -> bool {
        matches!(self.channel, Channel::Udp { .. })
    }

    /// The word for the `Via` header.
    pub fn via_transport(&self) -> &'static str {
        if self.is_datagram() { "UDP" } else { "TCP" }
    }
}

/// The time, twice: deadlines must not jump when somebody sets the clock, while `Date` and what is stored must follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since any fixed moment of this process; never runs backwards.
    pub mono_ms: u64,
    /// Milliseconds since 1970 UTC.
    pub unix_ms: i64,
}
