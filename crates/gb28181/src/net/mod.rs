//! Sockets for an endpoint: the thin shell between a state machine and the network.
//!
//! [`Sockets`] owns the UDP sockets, the TCP listeners and the connections of one endpoint. It gives [`Arrival`]s and sends bytes to a
//! [`Peer`]; it parses nothing, knows no device and decides nothing. Timers are the owner's: it waits for [`Sockets::next`] and for the
//! endpoint's next deadline, whichever comes first.
//!
//! The one idea needed to read it: **datagrams have no task, connections have one each.** UDP carries nearly everything here, so its sockets
//! are read where their bytes are used, without a channel between; a connection waits mostly and may be slow in either direction, so it
//! has a task that reads only when its owner keeps up, and a bounded queue for what it cannot write at once.
//!
//! ```no_run
//! # async fn story(now: impl Fn() -> watchfire_gb28181::sip::Now, devices: &dyn watchfire_gb28181::platform::Devices,
//! #     mut platform: watchfire_gb28181::platform::Platform) -> Result<(), Box<dyn std::error::Error>> {
//! use watchfire_gb28181::net::{Arrival, Limits, Sockets};
//! use watchfire_gb28181::platform::Effect;
//!
//! let listen = ["0.0.0.0:5060".parse()?];
//! let mut sockets = Sockets::bind(&listen, &listen, Limits::default()).await?;
//! let mut effects = Vec::new();
//! loop {
//!     match sockets.next().await {
//!         Arrival::Data { from, bytes } => platform.receive(now(), from, &bytes, devices, &mut effects),
//!         Arrival::Closed { connection } => platform.connection_lost(now(), connection, devices, &mut effects),
//!     }
//!     for effect in effects.drain(..) {
//!         match effect {
//!             Effect::Send { bytes, to } => sockets.send(&bytes, to),
//!             Effect::Close { connection } => sockets.close(connection),
//!             Effect::Tell(_) => {}
//!         }
//!     }
//! }
//! # }
//! ```

mod accept;
mod connection;
mod connections;
mod counters;
mod datagrams;
mod error;
mod limits;

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::net::TcpStream;

pub use connections::dial;
pub use counters::Counters;
pub use error::BindError;
pub use limits::Limits;

use crate::sip::{Channel, Peer};
use accept::Listeners;
use connections::Connections;
use datagrams::Datagrams;

/// What the network gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// A datagram, or the next piece of a stream.
    Data {
        /// Who sent it, and on what.
        from: Peer,
        /// The bytes: up to 64 KiB. Those of UDP share a buffer with other datagrams, so copy what is to be kept for long.
        bytes: Bytes,
    },
    /// A connection has ended, by whichever side. Told once of each, after all of its data.
    Closed {
        /// Which. The number is never used again.
        connection: u64,
    },
}

/// The sockets and connections of one endpoint. Dropping it closes them all.
#[derive(Debug)]
pub struct Sockets {
    datagrams: Datagrams,
    listeners: Listeners,
    connections: Connections,
    // Whose turn it is to be looked at first, so that neither can starve the other.
    is_stream_first: bool,
}

impl Sockets {
    /// Opens sockets and listeners; port 0 takes a free one. The place of an address in `udp` is its [`Channel::Udp`] number.
    ///
    /// # Errors
    /// The first address that cannot be opened, and why.
    pub async fn bind(udp: &[SocketAddr], tcp: &[SocketAddr], limits: Limits) -> Result<Self, BindError> {
        Ok(Self {
            datagrams: Datagrams::bind(udp).await?,
            listeners: Listeners::bind(tcp)?,
            connections: Connections::new(limits),
            is_stream_first: false,
        })
    }

    /// The addresses of the UDP sockets as they really are, in the order given.
    pub fn udp_addresses(&self) -> Vec<SocketAddr> {
        self.datagrams.addresses()
    }

    /// The addresses of the TCP listeners as they really are, in the order given.
    pub fn tcp_addresses(&self) -> Vec<SocketAddr> {
        self.listeners.addresses()
    }

    /// The next arrival. Nothing is lost when the future is dropped. New connections are taken in here and only here.
    pub async fn next(&mut self) -> Arrival {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// What has already arrived, without waiting: for taking a burst before the timers are looked at again. Bound the burst.
    pub fn try_next(&mut self) -> Option<Arrival> {
        self.is_stream_first = !self.is_stream_first;
        if self.is_stream_first {
            self.connections.try_next().or_else(|| self.datagrams.try_next())
        } else {
            self.datagrams.try_next().or_else(|| self.connections.try_next())
        }
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Arrival> {
        self.listeners.poll_accept(context, &mut self.connections);
        if let Some(arrival) = self.try_next() {
            return Poll::Ready(arrival);
        }
        match self.datagrams.poll_next(context) {
            Poll::Ready(arrival) => Poll::Ready(arrival),
            Poll::Pending => self.connections.poll_next(context),
        }
    }

    /// Sends a message and never waits. A datagram that the system's buffer has no room for is dropped, as a network would; a connection
    /// whose queue is full is closed, because its peer has not read for long. Both are counted.
    pub fn send(&mut self, bytes: &Bytes, to: Peer) {
        match to.channel {
            Channel::Udp { socket } => self.datagrams.send(bytes, socket, to.address),
            Channel::Tcp { connection } => self.connections.send(bytes, connection),
        }
    }

    /// Somebody has registered on this connection: it may live longer than [`Limits::unproven_s`].
    pub fn vouch(&mut self, connection: u64) {
        self.connections.vouch(connection);
    }

    /// Opens a connection to a peer, waiting a few seconds at most. It counts as vouched for.
    ///
    /// # Errors
    /// What the system says, or that there are too many connections.
    pub async fn connect(&mut self, to: SocketAddr) -> io::Result<Peer> {
        self.adopt(dial(to).await?)
    }

    /// Takes a connection that was opened elsewhere, by [`dial`] in a task of its own: whoever opens many does not want to wait for each.
    ///
    /// # Errors
    /// It has no peer any more, or there are too many connections.
    pub fn adopt(&mut self, stream: TcpStream) -> io::Result<Peer> {
        self.connections.adopt(stream)
    }

    /// Closes a connection once what was sent on it has left, or two seconds later. Its [`Arrival::Closed`] still comes, its data do not.
    pub fn close(&mut self, connection: u64) {
        self.connections.close(connection);
    }

    /// What was done and what was not.
    pub fn counters(&self) -> Counters {
        let mut counters = self.connections.counters();
        self.datagrams.count(&mut counters);
        self.listeners.count(&mut counters);
        counters
    }
}
