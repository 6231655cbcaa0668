//! A device that is called: it answers and sends as it is told to.

use super::{Asked, Call, CallEnd, CallError, Called, Caller, HangUp, MediaPorts, Transport};
use crate::backoff::BackoffLimits;
use crate::camera::{CameraConfig, CameraStream, Clock, Source, Timing, spawn_camera};
use crate::state::CameraState;
use futures::future::BoxFuture;
use gb28181::ps::{Codec, Muxer, Sample};
use gb28181::rtp::{Packetizer, Payload, PayloadTypes, frame_packet};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::oneshot;

pub(crate) const SPS: &[u8] = &[
    0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5, 0xc0, 0x44, 0x00, 0x00, 0x03, 0x00,
    0x04, 0x00, 0x00, 0x03, 0x00, 0xc8, 0x3c, 0x60, 0xc6, 0x58,
];
pub(crate) const PPS: &[u8] = &[0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0];
/// Pictures from key frame to key frame.
const GROUP: usize = 10;
/// Distance of pictures at 90 kHz, and as time: fast, so that tests are short.
const STEP: i64 = 900;
const STEP_TIME: Duration = Duration::from_millis(10);
/// Each set of ports in a test is its own, below those that the system gives out.
static NEXT_PORT: AtomicU16 = AtomicU16::new(27_000);

/// What a device does.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "a device may have any of the habits together")]
pub(crate) struct Habits {
    pub(crate) answer: Result<(), CallError>,
    pub(crate) transport: Transport,
    pub(crate) is_ssrc_checked: bool,
    pub(crate) ssrc_sent: u32,
    pub(crate) codec: Codec,
    /// Only the first key frame has parameter sets.
    pub(crate) sets_once: bool,
    /// So many pictures are sent.
    pub(crate) pictures: usize,
    /// Every so many packets, one is lost; 0 for none.
    pub(crate) loses: usize,
    /// Every so many packets, one is sent behind the next; 0 for none.
    pub(crate) swaps: usize,
    /// Parameter sets come last first.
    pub(crate) sets_backwards: bool,
    /// Empty units stand between all units.
    pub(crate) has_empty_units: bool,
    /// The picture of this number has 16 MiB.
    pub(crate) huge: Option<usize>,
    /// Sends sound in place of pictures.
    pub(crate) is_sound: bool,
    /// Said after the last picture.
    pub(crate) end: Option<CallEnd>,
    /// Sends packets that nobody understands.
    pub(crate) is_private: bool,
}

pub(crate) const SSRC: u32 = 200_000_001;

impl Default for Habits {
    fn default() -> Self {
        Self {
            answer: Ok(()),
            transport: Transport::Udp,
            is_ssrc_checked: false,
            ssrc_sent: SSRC,
            codec: Codec::H264,
            sets_once: false,
            pictures: usize::MAX,
            loses: 0,
            swaps: 0,
            sets_backwards: false,
            has_empty_units: false,
            huge: None,
            is_sound: false,
            end: None,
            is_private: false,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Device {
    habits: Habits,
    pub(crate) calls: AtomicUsize,
    pub(crate) hung_up: Arc<AtomicUsize>,
    /// Ends the calls that stand.
    pub(crate) lines: Arc<Mutex<Vec<oneshot::Sender<CallEnd>>>>,
}

impl Device {
    pub(crate) fn new(habits: Habits) -> Arc<Self> {
        Arc::new(Self {
            habits,
            calls: AtomicUsize::default(),
            hung_up: Arc::default(),
            lines: Arc::default(),
        })
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    pub(crate) fn hung_up(&self) -> usize {
        self.hung_up.load(Ordering::SeqCst)
    }

    /// A stream of its pictures, with little patience.
    /// Live pictures, or a recording that nobody pauses.
    pub(crate) fn stream(self: &Arc<Self>, is_live: bool) -> CameraStream {
        spawn_camera(self.config(if is_live { Asked::Live } else { Asked::Once(None) }), clock())
    }

    pub(crate) fn config(self: &Arc<Self>, what: Asked) -> CameraConfig {
        let first = NEXT_PORT.fetch_add(20, Ordering::SeqCst);
        let ports = MediaPorts::new(Ipv4Addr::LOCALHOST.into(), first..=first + 19);
        let called = Called { caller: self.clone(), ports, what };
        let backoff = BackoffLimits { first_ms: 10, max_ms: 20, refused_ms: 60_000 };
        CameraConfig {
            timing: Timing { first_media_ms: 400, silence_ms: 600, backoff, ..Timing::default() },
            ..CameraConfig::new("test", Source::Called(called), 1)
        }
    }
}

pub(crate) fn clock() -> Clock {
    Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64)
}

/// Waits until a state is entered, for as long as a slow machine needs.
pub(crate) async fn wait_for(stream: &CameraStream, wanted: impl Fn(&CameraState) -> bool) -> CameraState {
    let mut status = stream.watch_status();
    let found =
        tokio::time::timeout(Duration::from_secs(20), status.wait_for(|status| wanted(&status.state)));
    found.await.unwrap_or_else(|_| panic!("still {:?}", stream.status().state)).unwrap().state.clone()
}

impl Caller for Device {
    fn call(&self, port: u16) -> BoxFuture<'_, Result<Call, CallError>> {
        Box::pin(async move {
            self.calls.fetch_add(1, Ordering::SeqCst);
            self.habits.answer.clone()?;
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            let remote = ("127.0.0.1".to_owned(), listener.local_addr().unwrap().port());
            let (line, over) = oneshot::channel();
            self.lines.lock().unwrap().push(line);
            let sending = tokio::spawn(send(self.habits.clone(), port, listener, self.lines.clone()));
            let hung_up = self.hung_up.clone();
            Ok(Call {
                ssrc: SSRC,
                is_ssrc_checked: self.habits.is_ssrc_checked,
                transport: self.habits.transport,
                remote: Some(remote),
                payloads: PayloadTypes::default(),
                over,
                hang_up: HangUp::new(move || {
                    sending.abort();
                    hung_up.fetch_add(1, Ordering::SeqCst);
                }),
            })
        })
    }
}

/// Sends to a port without being called, for ever.
pub(crate) async fn send_to(habits: Habits, port: u16) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    send(habits, port, listener, Arc::default()).await;
}

type Lines = Arc<Mutex<Vec<oneshot::Sender<CallEnd>>>>;

async fn send(habits: Habits, port: u16, listener: TcpListener, lines: Lines) {
    let place = (Ipv4Addr::LOCALHOST, port);
    let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    udp.connect(place).await.unwrap();
    let mut tcp = match habits.transport {
        Transport::Udp => None,
        Transport::DeviceConnects => Some(TcpStream::connect(place).await.unwrap()),
        Transport::PlatformConnects => Some(listener.accept().await.unwrap().0),
    };
    let mut muxer = if habits.is_sound {
        Muxer::new(None, Some(Codec::G711A))
    } else {
        Muxer::new(Some(habits.codec), None)
    };
    let payload_type = if habits.is_private { 40 } else { 96 };
    let mut packetizer = Packetizer::new(Payload::Program, payload_type, habits.ssrc_sent, 65_530, 1_400);
    let mut sent = 0;
    for number in 0..habits.pictures {
        let (data, pts) = (picture(&habits, number), number as i64 * STEP);
        let mut pack = Vec::new();
        let sample = Sample { pts, dts: None, is_key: number.is_multiple_of(GROUP), data: &data };
        if habits.is_sound {
            muxer.audio(sample, &mut pack);
        } else {
            muxer.video(sample, &mut pack);
        }
        if habits.is_private {
            pack.fill(0x55);
        }
        let (mut datagrams, mut framed) = (Vec::new(), Vec::new());
        packetizer.frame(&pack, pts as u32, |packet| {
            sent += 1;
            if habits.loses == 0 || sent % habits.loses != 0 {
                frame_packet(packet, &mut framed);
                datagrams.push(packet.to_vec());
                if habits.swaps > 0 && sent % habits.swaps == 0 && datagrams.len() > 1 {
                    let last = datagrams.len() - 1;
                    datagrams.swap(last - 1, last);
                }
            }
        });
        match &mut tcp {
            Some(tcp) => tcp.write_all(&framed).await.unwrap(),
            None => {
                for datagram in &datagrams {
                    let _ = udp.send(datagram).await;
                }
            }
        }
        tokio::time::sleep(STEP_TIME).await;
    }
    if let Some(end) = habits.end {
        let line = lines.lock().unwrap().pop();
        let _ = line.map(|line| line.send(end));
    }
    std::future::pending::<()>().await;
}

/// x265 at 1920x1080, 25 fps, main profile.
pub(crate) const SPS_H265: &[u8] = &[
    0x42, 0x01, 0x01, 0x01, 0x60, 0x00, 0x00, 0x03, 0x00, 0x90, 0x00, 0x00, 0x03, 0x00, 0x00, 0x03, 0x00,
    0x78, 0xa0, 0x03, 0xc0, 0x80, 0x10, 0xe5, 0x96, 0x56, 0x69, 0x24, 0xca, 0xe0, 0x10, 0x00, 0x00, 0x03,
    0x00, 0x10, 0x00, 0x00, 0x03, 0x01, 0x90, 0x80,
];

/// Bytes of a slice.
pub(crate) const KEY_BYTES: usize = 6_000;
pub(crate) const PICTURE_BYTES: usize = 2_000;

/// One access unit, or a piece of sound.
fn picture(habits: &Habits, number: usize) -> Vec<u8> {
    if habits.is_sound {
        return vec![0xd5; 80];
    }
    let is_key = number.is_multiple_of(GROUP);
    let mut nals: Vec<Vec<u8>> = Vec::new();
    if habits.codec == Codec::Mpeg4 {
        return [&[0, 0, 1, 0xb6][..], &[number as u8; 500]].concat();
    }
    if habits.codec == Codec::H265 {
        if is_key {
            nals.extend([vec![0x40, 1, 0x0c], SPS_H265.to_vec(), vec![0x44, 1, 0xc1]]);
        }
        nals.push(vec![if is_key { 0x26 } else { 0x02 }, 1, 0xaf, number as u8 | 1]);
    } else {
        if is_key && (number == 0 || !habits.sets_once) {
            nals.extend([SPS.to_vec(), PPS.to_vec()]);
        }
        let mut slice = vec![if is_key { 0x65 } else { 0x41 }, 0x88, number as u8 | 1];
        let size = if is_key { KEY_BYTES } else { PICTURE_BYTES };
        slice.resize(if habits.huge == Some(number) { 16 << 20 } else { size }, 0x77);
        nals.push(slice);
    }
    if habits.sets_backwards && is_key {
        let sets = nals.len() - 1;
        nals[..sets].reverse();
    }
    let code: &[u8] = if habits.has_empty_units { &[0, 0, 0, 1, 0, 0, 1, 0, 0, 1] } else { &[0, 0, 0, 1] };
    nals.iter().flat_map(|nal| [code, nal.as_slice()].concat()).collect()
}
