//! Where a platform receives pictures, for one call.

use bytes::Bytes;
use gb28181::platform::Started;
use gb28181::profile::MediaTransport;
use gb28181::ps::Frame;
use gb28181::rtp::{Settings, TcpReceiver, UdpReceiver};
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::timeout;

const WAIT: Duration = Duration::from_secs(10);
/// Longer than two pictures are apart.
const STILL: Duration = Duration::from_millis(400);

enum Wire {
    Datagrams(UdpSocket, Box<UdpReceiver>),
    Listener(TcpListener),
    Nothing,
    Stream(TcpStream, Box<TcpReceiver>),
}

pub struct Receiver {
    wire: Wire,
    frames: VecDeque<Frame>,
    start: Instant,
}

impl Receiver {
    pub async fn open(transport: MediaTransport) -> Self {
        let wire = match transport {
            MediaTransport::Udp => {
                let receiver = UdpReceiver::new(Settings::default());
                Wire::Datagrams(UdpSocket::bind("127.0.0.1:0").await.unwrap(), Box::new(receiver))
            }
            MediaTransport::TcpDeviceConnects => {
                Wire::Listener(TcpListener::bind("127.0.0.1:0").await.unwrap())
            }
            MediaTransport::TcpPlatformConnects => Wire::Nothing,
        };
        Self { wire, frames: VecDeque::new(), start: Instant::now() }
    }

    pub fn port(&self) -> u16 {
        match &self.wire {
            Wire::Datagrams(socket, _) => socket.local_addr().unwrap().port(),
            Wire::Listener(listener) => listener.local_addr().unwrap().port(),
            Wire::Nothing | Wire::Stream(..) => 9,
        }
    }

    /// The call stands: connects, or waits for the connection.
    pub async fn begin(&mut self, started: &Started) {
        let mut settings = Settings { types: started.payloads.clone(), ..Settings::default() };
        settings.reorder.ssrc = started.is_ssrc_checked.then_some(started.ssrc.0);
        let stream = match &self.wire {
            Wire::Listener(listener) => timeout(WAIT, listener.accept()).await.unwrap().unwrap().0,
            Wire::Nothing => {
                let (host, port) = started.remote.clone().unwrap();
                TcpStream::connect((host.as_str(), port)).await.unwrap()
            }
            Wire::Datagrams(..) | Wire::Stream(..) => return,
        };
        self.wire = Wire::Stream(stream, Box::new(TcpReceiver::new(settings)));
    }

    async fn next(&mut self) -> Frame {
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return frame;
            }
            let (mut buffer, mut out) = (vec![0; 65_536], Vec::new());
            match &mut self.wire {
                Wire::Datagrams(socket, receiver) => {
                    let length = socket.recv(&mut buffer).await.unwrap();
                    let now_ms = self.start.elapsed().as_millis() as u64;
                    receiver.push(&Bytes::copy_from_slice(&buffer[..length]), now_ms, &mut out);
                }
                Wire::Stream(stream, receiver) => {
                    let length = stream.read(&mut buffer).await.unwrap();
                    assert!(length > 0, "the connection ended");
                    receiver.push(&buffer[..length], &mut out).unwrap();
                }
                Wire::Listener(_) | Wire::Nothing => panic!("the call does not stand"),
            }
            self.frames.extend(out);
        }
    }

    pub async fn frames(&mut self, count: usize) -> Vec<Frame> {
        let mut frames = Vec::new();
        while frames.len() < count {
            frames.push(timeout(WAIT, self.next()).await.expect("pictures"));
        }
        frames
    }

    /// The first frame from a time on.
    pub async fn frame_from(&mut self, pts: i64) -> Frame {
        loop {
            let frame = self.frames(1).await.remove(0);
            if frame.pts >= pts {
                return frame;
            }
        }
    }

    /// The first frame that is not on its way already.
    pub async fn fresh_frame(&mut self) -> Frame {
        self.frames.clear();
        while timeout(Duration::from_millis(2), self.next()).await.is_ok() {}
        self.frames(1).await.remove(0)
    }

    /// Takes what is on its way.
    pub async fn drain(&mut self) {
        while timeout(Duration::from_millis(250), self.next()).await.is_ok() {}
    }

    /// Whether nothing comes.
    pub async fn is_still(&mut self) -> bool {
        timeout(STILL, self.next()).await.is_err()
    }
}
