//! The task of one voice: what a device hears, counted and measured, and not kept.

use super::port::Port;
use super::session::{News, PATIENCE};
use gb28181::device::SessionId;
use gb28181::g711::{from_a_law, from_mu_law};
use gb28181::ps::{Codec, Frame};
use gb28181::rtp::{Settings, TcpReceiver, UdpReceiver};
use std::io;
use std::net::{IpAddr, SocketAddr};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

/// Largest datagram of a voice, and the piece read from a connection at once.
const READ_BYTES: usize = 2_048;

/// What was heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::gb28181) struct Heard {
    /// Samples, silence included.
    pub samples: u64,
    /// How loud they were on the whole: the root of their mean square, 0 to 32 767.
    pub rms: u16,
}

/// A voice that is listened to.
#[derive(Debug)]
pub(in crate::gb28181) struct Ear {
    /// The number of its device and its own.
    pub key: (u32, SessionId),
    pub port: Port,
    /// Where the voice comes from; where the device connects, where to.
    pub remote: (String, u16),
}

#[derive(Debug, Default)]
struct Measure {
    samples: u64,
    squares: f64,
}

impl Ear {
    /// Listens until told to stop or the connection ends, then tells what was heard.
    pub async fn run(self, stop: CancellationToken, tell: mpsc::Sender<News>) {
        let (key, mut measure) = (self.key, Measure::default());
        let ended = stop.run_until_cancelled(self.listen(&mut measure)).await;
        if let Some(Err(error)) = ended {
            tracing::debug!(%error, "a simulated device hears nothing more");
        }
        // Fails only when the simulator is gone.
        let _ = tell.send(News::Heard(key, measure.heard())).await;
    }

    async fn listen(self, measure: &mut Measure) -> io::Result<()> {
        let stream = match self.port {
            Port::Datagrams(socket) => return by_datagrams(UdpSocket::from_std(socket)?, measure).await,
            Port::Dial => {
                let host: IpAddr = self.remote.0.parse().map_err(io::Error::other)?;
                timeout(PATIENCE, TcpStream::connect(SocketAddr::new(host, self.remote.1))).await??
            }
            Port::Listen(listener) => timeout(PATIENCE, TcpListener::from_std(listener)?.accept()).await??.0,
            Port::Black => return Ok(()),
        };
        by_connection(stream, measure).await
    }
}

async fn by_datagrams(socket: UdpSocket, measure: &mut Measure) -> io::Result<()> {
    let began = Instant::now();
    let (mut receiver, mut frames) = (UdpReceiver::new(Settings::default()), Vec::new());
    let mut piece = [0; READ_BYTES];
    loop {
        let bytes = socket.recv(&mut piece).await?;
        let datagram = bytes::Bytes::copy_from_slice(&piece[..bytes]);
        receiver.push(&datagram, began.elapsed().as_millis() as u64, &mut frames);
        measure.take(&mut frames);
    }
}

async fn by_connection(mut stream: TcpStream, measure: &mut Measure) -> io::Result<()> {
    let (mut receiver, mut frames) = (TcpReceiver::new(Settings::default()), Vec::new());
    let mut piece = [0; READ_BYTES];
    loop {
        let bytes = stream.read(&mut piece).await?;
        if bytes == 0 {
            return Ok(());
        }
        receiver.push(&piece[..bytes], &mut frames).map_err(|_| io::ErrorKind::InvalidData)?;
        measure.take(&mut frames);
    }
}

impl Measure {
    fn take(&mut self, frames: &mut Vec<Frame>) {
        for frame in frames.drain(..) {
            let law = match frame.codec {
                Codec::G711A => from_a_law,
                Codec::G711U => from_mu_law,
                _ => continue,
            };
            self.samples += frame.data.len() as u64;
            self.squares += frame.data.iter().map(|byte| f64::from(law(*byte)).powi(2)).sum::<f64>();
        }
    }

    fn heard(&self) -> Heard {
        let mean = if self.samples == 0 { 0.0 } else { self.squares / self.samples as f64 };
        Heard { samples: self.samples, rms: mean.sqrt() as u16 }
    }
}
