//! Connections of transmission devices: accepted, kept within their limits, read, answered, ended in order.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use gb26875::{Command, Found, Frame, FrameReader, Objects, units::Reserved};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use super::intake::{Answers, Talk, address_of, addressed};
use super::orders::{Order, Outstanding};
use super::settings::TransmitterSettings;
use crate::{Platform, PlatformError};

/// Bytes read at a time; what they hold is committed together.
const READ_BYTES: usize = 32 * 1024;
/// A device that does not take its answers within this is hung up on.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// How often a connection looks at its clocks.
const TICK: Duration = Duration::from_secs(1);
/// What began as a frame and stays half for this long is given up.
const HALF_FRAME: Duration = Duration::from_secs(2);
/// Bytes of rubbish that one connection may bring between two frames.
const RUBBISH_BYTES_MAX: usize = 64 * 1024;
/// Orders that wait for a connection.
const ORDERS_MAX: usize = 16;
/// Pause after a connection could not be accepted.
const FAULT_PAUSE: Duration = Duration::from_millis(200);

impl Platform {
    /// Opens the ports and begins to settle, where devices are to be listened to.
    pub(crate) async fn start_transmitters(&self) -> Result<(), PlatformError> {
        let Some(settings) = self.inner.settings.transmitters.clone() else { return Ok(()) };
        self.read_transmitters().await?;
        for address in &settings.listen {
            let listener = TcpListener::bind(address).await.map_err(|error| {
                PlatformError::Unavailable(format!(
                    "transmission devices: cannot listen on {address}: {error}"
                ))
            })?;
            let bound = listener.local_addr().unwrap_or(*address);
            self.inner.transmitters.listens_on(bound);
            info!(%bound, "listening for transmission devices");
            self.inner.tasks.spawn(accept(self.clone(), listener, settings.clone()));
        }
        self.inner.tasks.spawn(super::settle::run(self.clone()));
        self.inner.tasks.spawn(super::patrol::run(self.clone(), settings));
        Ok(())
    }
}

async fn accept(platform: Platform, listener: TcpListener, settings: TransmitterSettings) {
    loop {
        let accepted = tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                warn!(%error, "connection of a transmission device not accepted");
                tokio::time::sleep(FAULT_PAUSE).await;
                continue;
            }
        };
        let counters = &platform.inner.transmitters.counters;
        if counters.connections.load(Ordering::Relaxed) >= settings.connections_max {
            counters.refused.fetch_add(1, Ordering::Relaxed);
            warn!(%peer, "too many connections of transmission devices");
            continue;
        }
        counters.connections.fetch_add(1, Ordering::Relaxed);
        let (talking, settings) = (platform.clone(), settings.clone());
        platform.inner.tasks.spawn(async move {
            talk(&talking, stream, peer, &settings).await;
            talking.inner.transmitters.counters.connections.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

/// Everything of one connection that is not its socket.
struct Connection<'a> {
    platform: &'a Platform,
    settings: &'a TransmitterSettings,
    talk: Talk,
    reader: FrameReader,
    outstanding: Outstanding,
    serial: u16,
    rubbish_bytes: usize,
    read_at: Instant,
    asked_at: Instant,
}

async fn talk(platform: &Platform, mut stream: TcpStream, peer: SocketAddr, settings: &TransmitterSettings) {
    let _ = stream.set_nodelay(true);
    let (orders, mut waiting) = mpsc::channel(ORDERS_MAX);
    let end = platform.inner.stop.child_token();
    let number = platform.inner.transmitters.number();
    let mut connection = Connection {
        platform,
        settings,
        talk: Talk::new(number, peer, orders, end.clone()),
        reader: FrameReader::default(),
        outstanding: Outstanding::default(),
        serial: u16::from_le_bytes(platform.inner.surroundings.random()),
        rubbish_bytes: 0,
        read_at: Instant::now(),
        asked_at: Instant::now(),
    };
    let why = connection.run(&mut stream, &mut waiting, &end).await;
    debug!(%peer, ?why, "connection of a transmission device ended");
    if let Err(error) = why {
        warn!(%peer, %error, "connection of a transmission device ended");
    }
    waiting.close();
    let mut lost = connection.outstanding.lost();
    while let Ok(order) = waiting.try_recv() {
        lost.extend(order.1.roll_call);
    }
    platform.talk_ended(connection.talk, lost, platform.inner.surroundings.now()).await;
}

impl Connection<'_> {
    async fn run(
        &mut self,
        stream: &mut TcpStream,
        orders: &mut mpsc::Receiver<super::orders::Addressed>,
        end: &CancellationToken,
    ) -> Result<(), PlatformError> {
        let mut buffer = vec![0; READ_BYTES];
        let mut tick = tokio::time::interval(TICK);
        loop {
            let send = tokio::select! {
                () = end.cancelled() => return Ok(()),
                read = stream.read(&mut buffer) => match read.map_err(|error| broken(&error))? {
                    0 => return Ok(()),
                    count => self.came(buffer.get(..count).unwrap_or_default()).await?,
                },
                Some((id, order)) = orders.recv() => self.order(id, &order)?,
                _ = tick.tick() => self.ticked().await?,
            };
            if !send.is_empty() {
                let written = tokio::time::timeout(WRITE_WITHIN, stream.write_all(&send)).await;
                written
                    .map_err(|_| PlatformError::Unavailable("the device takes no answers".to_owned()))?
                    .map_err(|error| broken(&error))?;
            }
        }
    }

    async fn came(&mut self, bytes: &[u8]) -> Result<Vec<u8>, PlatformError> {
        self.read_at = Instant::now();
        self.reader.push(bytes);
        let frames = self.frames()?;
        self.take(&frames).await
    }

    /// Frames that are whole; rubbish is counted.
    fn frames(&mut self) -> Result<Vec<Frame>, PlatformError> {
        let mut frames = Vec::new();
        while let Some(found) = self.reader.next_found() {
            match found {
                Found::Frame(frame) => {
                    self.rubbish_bytes = 0;
                    frames.push(frame);
                }
                Found::Rubbish(rubbish) => self.rubbish(rubbish.bytes)?,
            }
        }
        Ok(frames)
    }

    fn rubbish(&mut self, bytes: usize) -> Result<(), PlatformError> {
        self.platform.inner.transmitters.counters.rubbish_bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.rubbish_bytes += bytes;
        if self.rubbish_bytes > RUBBISH_BYTES_MAX {
            let detail = "more rubbish than frames".to_owned();
            return Err(PlatformError::Limit { detail, retry_after_s: None });
        }
        Ok(())
    }

    async fn take(&mut self, frames: &[Frame]) -> Result<Vec<u8>, PlatformError> {
        if frames.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.platform.inner.surroundings.now();
        let Answers { frames, orders } = self.platform.take_frames(&mut self.talk, frames, now).await?;
        for (serial, is_taken) in orders {
            if let Some(id) = self.outstanding.answered(serial) {
                if is_taken {
                    self.platform.roll_call_received(id, now).await;
                } else {
                    self.platform.roll_call_lost(id).await;
                }
            }
        }
        let mut send = Vec::new();
        for frame in frames {
            send.extend(frame.encode().map_err(|error| PlatformError::Internal(error.to_string()))?);
        }
        Ok(send)
    }

    fn order(&mut self, id: domain::ids::TransmitterId, order: &Order) -> Result<Vec<u8>, PlatformError> {
        let Some(device) = address_of(&self.talk, id).filter(|_| !self.outstanding.is_full()) else {
            return Ok(Vec::new());
        };
        loop {
            self.serial = self.serial.wrapping_add(1);
            if !self.outstanding.is_waiting(self.serial) {
                break;
            }
        }
        let now = self.platform.inner.surroundings.now();
        let bytes = addressed(order, (self.serial, self.settings.address, device), now)?;
        self.outstanding.sent(self.serial, bytes.clone(), order.roll_call, Instant::now());
        Ok(bytes)
    }

    /// Orders sent again, half frames given up, quiet devices asked how they are, silent connections ended.
    async fn ticked(&mut self) -> Result<Vec<u8>, PlatformError> {
        let now = Instant::now();
        let quiet = now.duration_since(self.read_at);
        if quiet >= self.settings.idle {
            return Err(PlatformError::Unavailable(format!("silent for {} s", quiet.as_secs())));
        }
        let mut send = Vec::new();
        if quiet >= HALF_FRAME && self.reader.is_waiting() {
            let mut frames = Vec::new();
            while let Some(Found::Rubbish(rubbish)) = self.reader.settle() {
                self.rubbish(rubbish.bytes)?;
                frames.extend(self.frames()?);
            }
            send.extend(self.take(&frames).await?);
        }
        let due = self.outstanding.due(now);
        for bytes in due.again {
            send.extend(bytes);
        }
        for id in due.given_up {
            self.platform.roll_call_lost(id).await;
        }
        if quiet >= self.settings.patrol_every
            && now.duration_since(self.asked_at) >= self.settings.patrol_every
        {
            self.asked_at = now;
            let how = Order {
                command: Command::Request,
                objects: Objects::ReadDevice(vec![Reserved::default()]),
                roll_call: None,
            };
            for entered in self.talk.devices() {
                send.extend(self.order(entered.id, &how)?);
            }
        }
        Ok(send)
    }
}

fn broken(error: &std::io::Error) -> PlatformError {
    PlatformError::Unavailable(format!("connection: {error}"))
}
