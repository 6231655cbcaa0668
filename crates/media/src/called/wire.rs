//! The way media come in one session, once it is known: datagrams to our port, or one TCP connection.

use super::caller::Call;
use bytes::Bytes;
use gb28181::ps::Frame;
use gb28181::rtp::{Faults, Header, Packet, ReorderSettings, Settings, TcpReceiver, UdpReceiver};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::Instant;

/// Largest datagram, and the piece read from a connection at once.
const READ_BYTES: usize = 64 << 10;
/// Datagrams taken in one go before frames are handed on: a large key frame, whole.
const BURST_MAX: usize = 512;

/// What was agreed on about the packets.
#[derive(Debug, Clone)]
pub(super) struct Agreement {
    ssrc: u32,
    is_ssrc_checked: bool,
    settings: Settings,
}

impl Agreement {
    pub(super) fn of(call: &Call) -> Self {
        let reorder = ReorderSettings { ssrc: Some(call.ssrc), ..ReorderSettings::default() };
        let settings = Settings { types: call.payloads.clone(), reorder, ..Settings::default() };
        Self { ssrc: call.ssrc, is_ssrc_checked: call.is_ssrc_checked, settings }
    }

    fn refuses(&self, ssrc: u32) -> bool {
        self.is_ssrc_checked && ssrc != self.ssrc
    }
}

/// What has been dropped before it was looked into.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Strangers {
    pub(super) count: u64,
    /// The wrong number seen last.
    pub(super) ssrc: Option<u32>,
}

impl Strangers {
    pub(super) fn meet(&mut self, ssrc: Option<u32>) {
        self.count += 1;
        self.ssrc = ssrc.or(self.ssrc);
    }
}

/// Why nothing more can be read.
#[derive(Debug)]
pub(super) enum WireEnd {
    /// The other side has closed the connection, or it broke.
    Closed,
    /// No RTP can be followed in it.
    Hopeless,
    /// It bears another number than the one agreed on.
    WrongSsrc(u32),
}

/// Where media come from.
#[derive(Debug)]
pub(super) enum Wire<'a> {
    Udp(Box<Datagrams<'a>>),
    Tcp(Box<Connection>),
}

/// Datagrams to our port.
#[derive(Debug)]
pub(super) struct Datagrams<'a> {
    socket: &'a UdpSocket,
    agreement: Agreement,
    receiver: UdpReceiver,
    buffer: Vec<u8>,
    began: Instant,
    from: Option<SocketAddr>,
    bytes: u64,
    pub(super) strangers: Strangers,
    frames: Vec<Frame>,
}

/// A TCP connection, whoever opened it.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    from: Option<SocketAddr>,
    agreement: Agreement,
    receiver: TcpReceiver,
    buffer: Vec<u8>,
    bytes: u64,
    frames: Vec<Frame>,
}

impl<'a> Datagrams<'a> {
    pub(super) fn new(socket: &'a UdpSocket, agreement: &Agreement) -> Self {
        Self {
            socket,
            agreement: agreement.clone(),
            receiver: UdpReceiver::new(agreement.settings.clone()),
            buffer: vec![0; READ_BYTES],
            began: Instant::now(),
            from: None,
            bytes: 0,
            strangers: Strangers::default(),
            frames: Vec::new(),
        }
    }

    /// Waits for what comes next, or until packets have been waited for long enough. Cancel-safe.
    pub(super) async fn read(&mut self) -> Result<(), WireEnd> {
        let due = self.receiver.deadline_ms().map(|ms| self.began + Duration::from_millis(ms));
        tokio::select! {
            received = self.socket.recv_from(&mut self.buffer) => {
                let (bytes, from) = received.map_err(|_| WireEnd::Closed)?;
                self.take(bytes, from);
            }
            () = tokio::time::sleep_until(due.unwrap_or(self.began)), if due.is_some() => {
                self.receiver.expire(self.now_ms(), &mut self.frames);
            }
        }
        for _ in 0..BURST_MAX {
            let Ok((bytes, from)) = self.socket.try_recv_from(&mut self.buffer) else { break };
            self.take(bytes, from);
        }
        Ok(())
    }

    fn take(&mut self, bytes: usize, from: SocketAddr) {
        let datagram = Bytes::copy_from_slice(&self.buffer[..bytes]);
        if let Ok(Packet { header: Header { ssrc, .. }, .. }) = Packet::parse(&datagram) {
            if self.agreement.refuses(ssrc) {
                return self.strangers.meet(Some(ssrc));
            }
            self.from.get_or_insert(from);
            self.bytes += bytes as u64;
        }
        self.receiver.push(&datagram, self.now_ms(), &mut self.frames);
    }

    fn now_ms(&self) -> u64 {
        self.began.elapsed().as_millis() as u64
    }

    /// True once a packet has come that may be ours.
    pub(super) fn has_begun(&self) -> bool {
        self.receiver.packets() > 0
    }

    /// True if something came that is no RTP.
    pub(super) fn heard_noise(&self) -> bool {
        self.receiver.faults().bad_packets > 0
    }
}

impl Connection {
    pub(super) fn new(stream: TcpStream, agreement: &Agreement) -> Self {
        Self {
            from: stream.peer_addr().ok(),
            stream,
            agreement: agreement.clone(),
            receiver: TcpReceiver::new(agreement.settings.clone()),
            buffer: vec![0; READ_BYTES],
            bytes: 0,
            frames: Vec::new(),
        }
    }

    /// Waits for what comes next. Cancel-safe.
    async fn read(&mut self) -> Result<(), WireEnd> {
        let bytes = self.stream.read(&mut self.buffer).await.map_err(|_| WireEnd::Closed)?;
        if bytes == 0 {
            return Err(WireEnd::Closed);
        }
        self.bytes += bytes as u64;
        self.receiver.push(&self.buffer[..bytes], &mut self.frames).map_err(|_| WireEnd::Hopeless)?;
        match self.receiver.ssrc() {
            Some(ssrc) if self.agreement.refuses(ssrc) => Err(WireEnd::WrongSsrc(ssrc)),
            _ => Ok(()),
        }
    }

    /// Reads until a packet has come that may be ours.
    pub(super) async fn begin(mut self) -> Result<Self, WireEnd> {
        while self.receiver.packets() == 0 {
            self.read().await?;
        }
        Ok(self)
    }
}

impl Wire<'_> {
    /// Waits until something has come, or been given up. Cancel-safe.
    pub(super) async fn read(&mut self) -> Result<(), WireEnd> {
        match self {
            Self::Udp(datagrams) => datagrams.read().await,
            Self::Tcp(connection) => connection.read().await,
        }
    }

    /// Nothing more will be read: the last picture is whole.
    pub(super) fn flush(&mut self) {
        match self {
            Self::Udp(datagrams) => datagrams.receiver.flush(&mut datagrams.frames),
            Self::Tcp(connection) => connection.receiver.flush(&mut connection.frames),
        }
    }

    /// The frames that have become whole.
    pub(super) fn take_frames(&mut self) -> Vec<Frame> {
        match self {
            Self::Udp(datagrams) => std::mem::take(&mut datagrams.frames),
            Self::Tcp(connection) => std::mem::take(&mut connection.frames),
        }
    }

    pub(super) fn facts(&self) -> Facts {
        match self {
            Self::Udp(datagrams) => Facts {
                from: datagrams.from,
                ssrc: datagrams.receiver.ssrc(),
                packets: datagrams.receiver.packets(),
                bytes: datagrams.bytes,
                strangers: datagrams.strangers,
                faults: datagrams.receiver.faults(),
            },
            Self::Tcp(connection) => Facts {
                from: connection.from,
                ssrc: connection.receiver.ssrc(),
                packets: connection.receiver.packets(),
                bytes: connection.bytes,
                strangers: Strangers::default(),
                faults: connection.receiver.faults(),
            },
        }
    }
}

/// What can be said about what came.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) from: Option<SocketAddr>,
    pub(super) ssrc: Option<u32>,
    pub(super) packets: u64,
    pub(super) bytes: u64,
    pub(super) strangers: Strangers,
    pub(super) faults: Faults,
}
