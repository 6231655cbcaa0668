//! The way to an upper platform: its address looked up, sockets opened, our own address found.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use domain::device::Transport;
use gb28181::net::{Limits, Sockets};
use gb28181::sip::{Channel, Peer};

/// Looking up and connecting together.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// A connection without a byte for so long is dead: signs of life come every five minutes at the latest.
const IDLE_S: u64 = 1_000;
/// The port in our `Contact` where nothing listens: on a connection it is used both ways.
const SIP_PORT: u16 = 5_060;

/// The way.
pub(super) struct Way {
    pub(super) sockets: Sockets,
    pub(super) server: Peer,
    /// Our `host:port` as the upper platform can reach it.
    pub(super) local: SocketAddr,
}

/// Opens the way.
pub(super) async fn open(address: &str, transport: Transport, listen: Option<IpAddr>) -> io::Result<Way> {
    match tokio::time::timeout(CONNECT_PATIENCE, open_now(address, transport, listen)).await {
        Ok(opened) => opened,
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

async fn open_now(address: &str, transport: Transport, listen: Option<IpAddr>) -> io::Result<Way> {
    let server = tokio::net::lookup_host(address).await?.next().ok_or(io::ErrorKind::NotFound)?;
    let any: IpAddr =
        if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let bound = listen.filter(|ip| ip.is_ipv4() == server.is_ipv4()).unwrap_or(any);
    let own = own_address(bound, server).await?;
    let limits = Limits { idle_s: IDLE_S, ..Limits::default() };
    match transport {
        Transport::Udp => {
            let sockets = bind(&[SocketAddr::new(bound, 0)], limits).await?;
            let port = sockets.udp_addresses().first().map_or(SIP_PORT, SocketAddr::port);
            let server = Peer { address: server, channel: Channel::Udp { socket: 0 } };
            Ok(Way { sockets, server, local: SocketAddr::new(own, port) })
        }
        Transport::Tcp => {
            let mut sockets = bind(&[], limits).await?;
            let server = sockets.connect(server).await?;
            if let Channel::Tcp { connection } = server.channel {
                sockets.vouch(connection);
            }
            Ok(Way { sockets, server, local: SocketAddr::new(own, SIP_PORT) })
        }
    }
}

async fn bind(udp: &[SocketAddr], limits: Limits) -> io::Result<Sockets> {
    Sockets::bind(udp, &[], limits).await.map_err(|error| io::Error::other(error.to_string()))
}

/// The address that the system would send from. Nothing is sent.
async fn own_address(bound: IpAddr, server: SocketAddr) -> io::Result<IpAddr> {
    let probe = tokio::net::UdpSocket::bind(SocketAddr::new(bound, 0)).await?;
    probe.connect(server).await?;
    Ok(probe.local_addr()?.ip())
}
