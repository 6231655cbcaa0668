//! The task of one session: pictures of the player, as a program stream, in RTP, over UDP or TCP.

use super::ear::Heard;
use super::player::{Due, Player};
use super::port::Port;
use crate::soundtrack::with_adts_header;
use gb28181::device::SessionId;
use gb28181::id::GbId;
use gb28181::mansrtsp::Action;
use gb28181::ps::{Muxer, Sample};
use gb28181::rtp::{Packetizer, Payload, frame_packet};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

/// Largest RTP packet; passes every network.
const PACKET_BYTES_MAX: usize = 1_400;
/// The payload type of program streams in every offer of the standard.
const PAYLOAD_TYPE: u8 = 96;
/// Time for a connection to stand, and for its peer to read on.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Pause before looking again for a picture that is not drawn yet.
const DRAWING: Duration = Duration::from_millis(50);

/// A session that stands.
#[derive(Debug)]
pub(in crate::gb28181) struct Session {
    /// The number of its device and its own.
    pub key: (u32, SessionId),
    pub port: Port,
    /// Where pictures go; where the platform connects, where it comes from.
    pub remote: (String, u16),
    pub ssrc: u32,
}

/// What a session tells.
#[derive(Debug)]
pub(in crate::gb28181) enum News {
    /// The recording has been sent to its end.
    Ended((u32, SessionId)),
    /// Nothing can be sent.
    Failed((u32, SessionId), io::Error),
    /// A voice is over.
    Heard((u32, SessionId), Heard),
    /// Pictures of a channel were uploaded: the number of its device, the name of the order, the names of the files.
    Uploaded(u32, GbId, String, Vec<String>),
}

#[derive(Debug)]
enum Wire {
    Datagrams(UdpSocket),
    Stream(TcpStream),
}

impl Session {
    /// Sends until nobody orders any more, or nothing can be sent.
    pub async fn run(self, player: Player, orders: mpsc::Receiver<Action>, tell: mpsc::Sender<News>) {
        let key = self.key;
        if let Err(error) = self.send(player, orders, &tell).await {
            // Fails only when the simulator is gone.
            let _ = tell.send(News::Failed(key, error)).await;
        }
    }

    async fn send(
        self,
        mut player: Player,
        mut orders: mpsc::Receiver<Action>,
        tell: &mpsc::Sender<News>,
    ) -> io::Result<()> {
        let key = self.key;
        let mut packets =
            Packetizer::new(Payload::Program, PAYLOAD_TYPE, self.ssrc, self.ssrc as u16, PACKET_BYTES_MAX);
        let coded_as =
            (Some(player.codec().into()), player.sound_parameters().map(|sound| sound.codec.into()));
        let configuration =
            player.sound_parameters().map(|sound| sound.configuration.clone()).unwrap_or_default();
        let mut muxer = Muxer::new(coded_as.0, coded_as.1);
        let mut wire = open(self.port, self.remote).await?;
        let (mut pack, mut is_end_told) = (Vec::new(), false);
        loop {
            let due = match player.due(Instant::now()) {
                Due::At(at) => Some(at),
                Due::Drawing => Some(Instant::now() + DRAWING),
                Due::Never => None,
                Due::End => {
                    if !is_end_told {
                        let _ = tell.send(News::Ended(key)).await;
                    }
                    is_end_told = true;
                    None
                }
            };
            tokio::select! {
                order = orders.recv() => {
                    let Some(order) = order else { return Ok(()) };
                    player.control(&order, Instant::now());
                    // A jump back of the clock needs a new one.
                    muxer = Muxer::new(coded_as.0, coded_as.1);
                    is_end_told = false;
                }
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                    let Some(frame) = player.take() else { continue };
                    pack.clear();
                    let dts = (frame.dts != frame.pts).then_some(frame.dts);
                    muxer.video(Sample { pts: frame.pts, dts, is_key: frame.is_key, data: &frame.data }, &mut pack);
                    wire.send(&mut packets, &pack, frame.pts as u32).await?;
                    for (pts, data) in frame.sounds {
                        let data = if configuration.is_empty() { data } else { with_adts_header(&configuration, &data).into() };
                        pack.clear();
                        muxer.audio(Sample { pts, dts: None, is_key: true, data: &data }, &mut pack);
                        wire.send(&mut packets, &pack, pts as u32).await?;
                    }
                }
            }
        }
    }
}

impl Wire {
    async fn send(&mut self, packets: &mut Packetizer, pack: &[u8], timestamp: u32) -> io::Result<()> {
        match self {
            Self::Datagrams(socket) => {
                // What the system has no room for is lost, as on a network.
                packets.frame(pack, timestamp, |packet| drop(socket.try_send(packet)));
                Ok(())
            }
            Self::Stream(stream) => {
                let mut framed = Vec::with_capacity(pack.len() + pack.len() / 64 + 64);
                packets.frame(pack, timestamp, |packet| frame_packet(packet, &mut framed));
                timeout(PATIENCE, stream.write_all(&framed)).await.map_err(|_| io::ErrorKind::TimedOut)?
            }
        }
    }
}

async fn open(port: Port, (host, number): (String, u16)) -> io::Result<Wire> {
    let host = host
        .parse()
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "no address in the invitation"))?;
    let remote = SocketAddr::new(host, number);
    match port {
        Port::Datagrams(socket) => {
            let socket = UdpSocket::from_std(socket)?;
            socket.connect(remote).await?;
            // The first sending waits for the socket to be known writable.
            socket.writable().await?;
            Ok(Wire::Datagrams(socket))
        }
        Port::Dial => {
            let stream = timeout(PATIENCE, TcpStream::connect(remote))
                .await
                .map_err(|_| io::ErrorKind::TimedOut)??;
            Ok(Wire::Stream(stream))
        }
        Port::Listen(listener) => {
            let listener = TcpListener::from_std(listener)?;
            let (stream, _) =
                timeout(PATIENCE, listener.accept()).await.map_err(|_| io::ErrorKind::TimedOut)??;
            Ok(Wire::Stream(stream))
        }
        Port::Black => Err(io::ErrorKind::Unsupported.into()),
    }
}
