//! The way out: datagrams in small bursts, or one TCP connection in RFC 4571 framing.

use super::{SendEnd, SendPlan};
use crate::called::Transport;
use gb28181::rtp::frame_packet;
use std::future::pending;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket, lookup_host};
use tokio::time::{sleep, timeout};

/// Longest wait for a connection: that of a call for its media.
const CONNECT: Duration = Duration::from_secs(10);
/// A peer that takes nothing for so long is gone.
const STUCK: Duration = Duration::from_secs(10);
/// Datagrams sent at once. A key frame in one burst would overflow the default receive buffer of a system, 208 KiB.
const BURST: usize = 48;
/// Pause between two bursts: 250 Mbit/s at most.
const BURST_PAUSE: Duration = Duration::from_millis(2);

/// Where packets leave.
#[derive(Debug)]
pub(crate) struct Outlet<'a> {
    way: Way<'a>,
    /// Packets of the frame in progress, one behind the other, framed where the way wants it.
    buffer: Vec<u8>,
    /// Where each packet of the buffer ends.
    ends: Vec<usize>,
}

#[derive(Debug)]
enum Way<'a> {
    Udp { socket: &'a UdpSocket, peer: SocketAddr },
    Tcp(TcpStream),
}

/// What became of the packets of a frame.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Went {
    pub(crate) packets: u64,
    pub(crate) bytes: u64,
    pub(crate) failed_packets: u64,
}

impl<'a> Outlet<'a> {
    pub(crate) async fn open(plan: &'a SendPlan) -> Result<Self, SendEnd> {
        let way = match plan.transport {
            Transport::Udp => Way::Udp { socket: &plan.port.udp, peer: resolve(plan).await? },
            Transport::DeviceConnects => {
                let stream = timeout(CONNECT, TcpStream::connect(resolve(plan).await?)).await;
                Way::Tcp(stream.ok().and_then(Result::ok).ok_or(SendEnd::NotConnected)?)
            }
            Transport::PlatformConnects => {
                let accepted = timeout(CONNECT, accept(&plan.port.tcp, plan.only_from)).await;
                Way::Tcp(accepted.map_err(|_| SendEnd::NotConnected)?)
            }
        };
        Ok(Self { way, buffer: Vec::new(), ends: Vec::new() })
    }

    pub(crate) fn peer(&self) -> Option<SocketAddr> {
        match &self.way {
            Way::Udp { peer, .. } => Some(*peer),
            Way::Tcp(stream) => stream.peer_addr().ok(),
        }
    }

    /// Adds a packet to the frame in progress.
    pub(crate) fn put(&mut self, packet: &[u8]) {
        match &self.way {
            Way::Udp { .. } => self.buffer.extend_from_slice(packet),
            Way::Tcp(_) => frame_packet(packet, &mut self.buffer),
        }
        self.ends.push(self.buffer.len());
    }

    /// Sends the frame in progress. An error means that the peer is gone.
    pub(crate) async fn flush(&mut self) -> io::Result<Went> {
        let mut went = Went { packets: self.ends.len() as u64, ..Went::default() };
        match &mut self.way {
            Way::Udp { socket, peer } => {
                let mut from = 0;
                for (number, &end) in self.ends.iter().enumerate() {
                    if number > 0 && number % BURST == 0 {
                        sleep(BURST_PAUSE).await;
                    }
                    match socket.send_to(&self.buffer[from..end], *peer).await {
                        Ok(bytes) => went.bytes += bytes as u64,
                        // A full queue or a way that is gone for a moment; the call decides when it is over.
                        Err(_) => went.failed_packets += 1,
                    }
                    from = end;
                }
            }
            Way::Tcp(stream) => {
                write(stream, &self.buffer).await?;
                went.bytes = self.buffer.len() as u64;
            }
        }
        went.packets -= went.failed_packets;
        self.buffer.clear();
        self.ends.clear();
        Ok(went)
    }

    /// Resolves when the peer has closed the connection. Cancel-safe.
    pub(crate) async fn closed(&mut self) {
        let Way::Tcp(stream) = &mut self.way else { return pending().await };
        // Receivers say nothing, or send reports that nobody needs.
        let mut ignored = [0; 256];
        while stream.read(&mut ignored).await.is_ok_and(|bytes| bytes > 0) {}
    }
}

/// Writes all of it, for as long as some of it goes.
async fn write(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match timeout(STUCK, stream.write(rest)).await?? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => rest = &rest[written..],
        }
    }
    Ok(())
}

async fn resolve(plan: &SendPlan) -> Result<SocketAddr, SendEnd> {
    let (host, port) = &plan.remote;
    let mut found = lookup_host((host.as_str(), *port)).await.map_err(|_| SendEnd::HostNotFound)?;
    found.next().ok_or(SendEnd::HostNotFound)
}

/// The first connection from where it may come.
async fn accept(listener: &TcpListener, only_from: Option<IpAddr>) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) if only_from.is_none_or(|only| only == peer.ip().to_canonical()) => {
                return stream;
            }
            Ok(_) => {}
            // Out of file handles, most likely; it may pass.
            Err(_) => sleep(BURST_PAUSE).await,
        }
    }
}
