//! Live view with the least delay: WebRTC, asked for by WHEP (RFC 9725).
//!
//! For the one large picture that somebody steers or looks into; walls take fragmented MP4 or single pictures. One UDP socket serves all
//! viewers. Each viewer is a position in the ring of its camera, like any other reader, and a task of its own, so that a library
//! that stumbles over a hostile packet takes one viewer with it and no other.
//!
//! The protocol proper (ICE, DTLS, SRTP, packets) is `str0m`, a library without sockets and clocks; [`viewer`] stands around it and knows
//! frames, [`doors`] tells whose packet it is, and this file holds the socket. Deliberately absent: relays (TURN), several qualities of
//! one picture (simulcast), pictures and sound from the browser, and coding anew.

mod certificate;
mod crypto;
mod doors;
mod line;
mod offer;
mod viewer;

#[cfg(test)]
mod tests;

use crate::hub::FrameReader;
use doors::{Door, Doors};
pub use offer::{OFFER_BYTES_MAX, OfferError};
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;
use tokio::time::{sleep_until, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};
use tracing::{debug, info};
pub use viewer::ViewerCounts;
use viewer::{Terms, Viewer};

/// Bytes that the system holds for the socket in each direction: some key frames of 300 kB at a time. The system may give less.
const SOCKET_BYTES: usize = 4 << 20;
/// Largest packet read; nobody sends more than the 1 500 bytes of an Ethernet frame.
const PACKET_BYTES_MAX: usize = 2_048;
/// How long an offer waits for the camera's first picture; a player that heard nothing for three seconds takes another way.
const FIRST_PICTURE_WITHIN: Duration = Duration::from_millis(2_500);
/// How fast the past is sent, in bits a microsecond: 100 Mbit/s, which the buffers of browsers and school networks bear.
const PAST_MBIT_S: u64 = 100;

/// How viewers reach this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WhepConfig {
    /// The address that browsers send to; it stands in every answer.
    pub address: IpAddr,
    /// UDP port; 0 for one that the system chooses.
    pub port: u16,
    /// Most viewers at a time.
    pub viewers_max: usize,
    /// A viewer that is not heard for so long is gone; one that never came, too.
    pub silent_after: Duration,
}

impl WhepConfig {
    /// Viewers at a time where nothing else is said: at 2 Mbit/s each half of a gigabit.
    pub const VIEWERS_MAX: usize = 256;
    /// Silence after which a viewer is gone where nothing else is said. Browsers prove every few seconds that they are there.
    pub const SILENT_AFTER: Duration = Duration::from_secs(30);

    /// With the usual limits.
    pub fn new(address: IpAddr, port: u16) -> Self {
        Self { address, port, viewers_max: Self::VIEWERS_MAX, silent_after: Self::SILENT_AFTER }
    }
}

/// The socket of all viewers. Cheap to clone; ends when the last one and all viewers are gone.
#[derive(Debug, Clone)]
pub struct Whep {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    socket: Arc<UdpSocket>,
    doors: Arc<Doors>,
    terms: Terms,
    viewers_max: usize,
    _stop: DropGuard,
}

/// A viewer that was let in; goes when this is dropped.
#[derive(Debug)]
pub struct Viewing {
    /// The answer, a session description.
    pub answer: String,
    over: CancellationToken,
    _stop: DropGuard,
}

impl Viewing {
    /// Resolves when the viewer is gone, for whatever reason.
    pub async fn over(&self) {
        self.over.cancelled().await;
    }
}

impl Whep {
    /// Takes the port. Needs a runtime.
    pub fn bind(config: WhepConfig) -> io::Result<Self> {
        let certificate = certificate::make().ok_or_else(|| io::Error::other("no randomness"))?;
        let socket = Arc::new(bound(config)?);
        let address = SocketAddr::new(config.address, socket.local_addr()?.port());
        let terms = Terms { certificate, address, silent_after: config.silent_after };
        let (doors, stop) = (Arc::new(Doors::default()), CancellationToken::new());
        tokio::spawn(listen(socket.clone(), doors.clone(), stop.clone()));
        let inner = Inner { socket, doors, terms, viewers_max: config.viewers_max, _stop: stop.drop_guard() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Where browsers send to.
    pub fn address(&self) -> SocketAddr {
        self.inner.terms.address
    }

    /// Viewers at the moment, those on their way included.
    pub fn viewers(&self) -> usize {
        self.inner.doors.count()
    }

    /// Lets a viewer in to the pictures of a camera.
    pub async fn open(&self, mut frames: FrameReader, offer: &str) -> Result<Viewing, OfferError> {
        let first = timeout(FIRST_PICTURE_WITHIN, frames.next()).await.ok().flatten();
        let picture = first.ok_or(OfferError::NoPicture)?.parameters.clone();
        let inner = &self.inner;
        let (mut viewer, answer) = Viewer::accept(offer, &inner.terms, &picture, Instant::now())?;
        let door = inner.doors.open(&viewer.user_fragment(), inner.viewers_max).ok_or(OfferError::Full)?;
        let (stop, over) = (CancellationToken::new(), CancellationToken::new());
        let shown =
            Show { viewer, door, frames, socket: inner.socket.clone(), is_present: false, heard_us: 0 };
        tokio::spawn(shown.run(stop.clone(), over.clone().drop_guard()));
        Ok(Viewing { answer, over, _stop: stop.drop_guard() })
    }
}

fn bound(config: WhepConfig) -> io::Result<UdpSocket> {
    // Behind address translation the address is not one of this machine's; loopback is nobody else's.
    let local = match config.address {
        own if own.is_loopback() => own,
        IpAddr::V4(_) => IpAddr::from([0; 4]),
        IpAddr::V6(_) => IpAddr::from([0; 16]),
    };
    let local = SocketAddr::new(local, config.port);
    let socket = Socket::new(Domain::for_address(local), Type::DGRAM, Some(Protocol::UDP))?;
    // Less than wanted is no reason not to run.
    let _ = socket.set_send_buffer_size(SOCKET_BYTES);
    let _ = socket.set_recv_buffer_size(SOCKET_BYTES);
    socket.set_nonblocking(true)?;
    socket.bind(&local.into())?;
    UdpSocket::from_std(socket.into())
}

async fn listen(socket: Arc<UdpSocket>, doors: Arc<Doors>, stop: CancellationToken) {
    let mut packet = [0; PACKET_BYTES_MAX];
    loop {
        let received = tokio::select! {
            () = stop.cancelled() => return,
            received = socket.recv_from(&mut packet) => received,
        };
        match received {
            Ok((length, source)) => doors.put(source, &packet[..length]),
            // The system tells here that an earlier packet did not reach somebody; the next one may be fine.
            Err(error) => debug!(%error, "a packet was not read"),
        }
    }
}

/// A viewer and all that belongs to it.
struct Show {
    viewer: Viewer,
    door: Door,
    frames: FrameReader,
    socket: Arc<UdpSocket>,
    /// The pictures that were there before the viewer are sent.
    is_present: bool,
    /// When the last sound that was sent was received.
    heard_us: i64,
}

impl Show {
    async fn run(mut self, stop: CancellationToken, _over: DropGuard) {
        let began = Instant::now();
        self.show(&stop).await;
        let counts = self.viewer.counts();
        let seconds = began.elapsed().as_secs();
        info!(
            seconds,
            frames = counts.frames,
            left_out = counts.left_out,
            lost = self.frames.lost(),
            "viewer gone"
        );
    }

    async fn show(&mut self, stop: &CancellationToken) {
        let mut is_showing = false;
        let mut free_at = Instant::now();
        while let Some(back_at) = self.send() {
            if self.viewer.is_connected() && !is_showing {
                is_showing = true;
                self.frames.restart();
            }
            let is_free = free_at <= Instant::now();
            let back_at = if is_free { back_at } else { back_at.min(free_at) };
            tokio::select! {
                biased;
                () = stop.cancelled() => {
                    self.viewer.close();
                    self.send();
                    return;
                }
                packet = self.door.packets.recv() => match packet {
                    Some(packet) => self.viewer.receive(Instant::now(), packet.source, &packet.data),
                    None => return,
                },
                frame = self.frames.next(), if is_showing && is_free => match frame {
                    Some(frame) => free_at = self.picture(&frame),
                    None => self.viewer.close(),
                },
                () = sleep_until(back_at.into()) => self.viewer.tick(Instant::now()),
            }
        }
    }

    /// Shows a picture and what was heard before it; the moment from which the next one may follow.
    fn picture(&mut self, frame: &crate::Frame) -> Instant {
        let now = Instant::now();
        let is_past = !self.is_present;
        self.is_present |= self.frames.is_at_newest();
        self.viewer.show(now, frame, is_past);
        self.heard_us = if is_past { frame.received_at_us } else { self.heard_us };
        if !self.is_present {
            return now + Duration::from_micros(frame.data.len() as u64 * 8 / PAST_MBIT_S);
        }
        if self.viewer.takes_sound() {
            for sound in self.frames.sounds(self.heard_us, frame.received_at_us) {
                self.heard_us = sound.received_at_us;
                self.send();
                self.viewer.sound(now, &sound);
            }
        }
        now
    }

    /// Sends what is due. The system's buffer may be full; what it does not take is lost and asked for again.
    fn send(&mut self) -> Option<Instant> {
        let socket = &self.socket;
        self.viewer.drain(|to, packet| {
            let _ = socket.try_send_to(packet, to);
        })
    }
}
