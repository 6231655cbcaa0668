//! Whose media are it? Between the answer to a call and the first packet.
//!
//! The answer's address is not believed, because of address translation, nor is its transport: whatever comes first that is RTP
//! and does not bear a wrong number is taken, over UDP or over TCP. Somebody who opens a connection and says nothing does
//! not keep the device out.

use super::caller::Transport;
use super::ports::MediaPort;
use super::wire::{Agreement, Connection, Datagrams, Strangers, Wire, WireEnd};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use std::time::Duration;
use tokio::net::TcpStream;

/// Connections listened to at once until one of them proves to be the device.
const CANDIDATES_MAX: usize = 8;
/// How long a connection may say nothing before its place is given to another one.
const PROOF: Duration = Duration::from_secs(5);

/// Pause after a connection could not be accepted.
const BREATH: Duration = Duration::from_millis(10);

/// What came to a port before the first good packet.
#[derive(Debug)]
pub(super) struct Arrival<'a> {
    port: &'a MediaPort,
    agreement: &'a Agreement,
    datagrams: Option<Box<Datagrams<'a>>>,
    strangers: Strangers,
}

impl<'a> Arrival<'a> {
    pub(super) fn new(port: &'a MediaPort, agreement: &'a Agreement) -> Self {
        let datagrams = Some(Box::new(Datagrams::new(&port.udp, agreement)));
        Self { port, agreement, datagrams, strangers: Strangers::default() }
    }

    /// Waits for the first packet.
    pub(super) async fn first(&mut self) -> Result<(Wire<'a>, Transport), WireEnd> {
        let mut candidates = FuturesUnordered::new();
        loop {
            let Some(datagrams) = &mut self.datagrams else { return Err(WireEnd::Closed) };
            tokio::select! {
                read = datagrams.read() => {
                    read?;
                    if datagrams.has_begun() && let Some(datagrams) = self.datagrams.take() {
                        return Ok((Wire::Udp(datagrams), Transport::Udp));
                    }
                }
                accepted = self.port.tcp.accept(), if candidates.len() < CANDIDATES_MAX => {
                    match accepted {
                        Ok((stream, _)) => candidates.push(prove(Connection::new(stream, self.agreement))),
                        // Given up before it was accepted, or out of file handles: no reason to spin.
                        Err(_) => tokio::time::sleep(BREATH).await,
                    }
                }
                Some(proved) = candidates.next() => match proved {
                    Ok(connection) => return Ok((Wire::Tcp(Box::new(connection)), Transport::DeviceConnects)),
                    Err(WireEnd::WrongSsrc(ssrc)) => self.strangers.meet(Some(ssrc)),
                    Err(_) => self.strangers.meet(None),
                },
            }
        }
    }

    /// Who was turned away.
    pub(super) fn strangers(&self) -> Strangers {
        let by_udp = self.datagrams.as_ref().map(|datagrams| datagrams.strangers).unwrap_or_default();
        Strangers { count: self.strangers.count + by_udp.count, ssrc: by_udp.ssrc.or(self.strangers.ssrc) }
    }

    /// True if something came that is no RTP.
    pub(super) fn heard_noise(&self) -> bool {
        self.datagrams.as_ref().is_some_and(|datagrams| datagrams.heard_noise())
    }
}

async fn prove(connection: Connection) -> Result<Connection, WireEnd> {
    tokio::time::timeout(PROOF, connection.begin()).await.unwrap_or(Err(WireEnd::Closed))
}

/// Opens a connection to where the device listens.
pub(super) async fn connect<'a>(host: &str, port: u16, agreement: &Agreement) -> Option<Wire<'a>> {
    let stream = TcpStream::connect((host, port)).await.ok()?;
    Some(Wire::Tcp(Box::new(Connection::new(stream, agreement))))
}
