//! Stories of pictures that are handed on: from one stream to another one, and to a peer that does not keep up.

use super::{SendEnd, SendPlan, Sender, spawn_sender};
use crate::called::testing::{Device, Habits, PPS, SPS, SSRC, clock, wait_for};
use crate::called::{Asked, Call, CallError, Called, Caller, HangUp, MediaPort, MediaPorts, Transport};
use crate::codec::{VideoCodec, VideoParameters};
use crate::frame::Frame;
use crate::hub::{Hub, HubLimits};
use crate::nal;
use crate::{CameraConfig, CameraState, CameraStream, Source, spawn_camera};
use futures::future::BoxFuture;
use gb28181::rtp::{PayloadTypes, Settings, TcpReceiver};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

static NEXT_PORT: AtomicU16 = AtomicU16::new(29_000);

fn ports() -> Arc<MediaPorts> {
    let first = NEXT_PORT.fetch_add(20, Ordering::SeqCst);
    MediaPorts::new(Ipv4Addr::LOCALHOST.into(), first..=first + 19)
}

async fn port() -> MediaPort {
    ports().take().await.unwrap()
}

fn plan(port: MediaPort, transport: Transport, to: u16) -> SendPlan {
    let remote = ("127.0.0.1".to_owned(), to);
    SendPlan { port, transport, remote, only_from: None, ssrc: SSRC, payload_type: 96 }
}

/// Hands on the pictures of a stream when it is called.
#[derive(Debug)]
struct Lower {
    camera: CameraStream,
    transport: Transport,
    sender: Arc<Mutex<Option<Sender>>>,
    line: Mutex<Option<oneshot::Sender<crate::CallEnd>>>,
}

impl Caller for Lower {
    fn call(&self, port: u16) -> BoxFuture<'_, Result<Call, CallError>> {
        Box::pin(async move {
            let ours = self::port().await;
            let remote = Some(("127.0.0.1".to_owned(), ours.number()));
            let (line, over) = oneshot::channel();
            *self.line.lock().unwrap() = Some(line);
            let sender = spawn_sender(self.camera.subscribe(), plan(ours, self.transport, port), clock());
            *self.sender.lock().unwrap() = Some(sender);
            let sender = self.sender.clone();
            Ok(Call {
                ssrc: SSRC,
                is_ssrc_checked: true,
                transport: self.transport,
                remote,
                payloads: PayloadTypes::default(),
                over,
                hang_up: HangUp::new(move || _ = sender.lock().unwrap().take()),
            })
        })
    }
}

async fn handed_on(transport: Transport) {
    let device = Device::new(Habits::default());
    let camera = device.stream(true);
    let mut sent = camera.subscribe();
    let lower = Arc::new(Lower { camera, transport, sender: Arc::default(), line: Mutex::default() });
    let called = Called { caller: lower.clone(), ports: ports(), what: Asked::Live };
    let upper = spawn_camera(CameraConfig::new("upper", Source::Called(called), 1), clock());
    let mut received = upper.subscribe();
    let first = received.next().await.unwrap();
    assert!(first.is_key);
    let mut expected = sent.next().await.unwrap();
    while expected.data != first.data {
        expected = sent.next().await.unwrap();
    }
    let (from_sent_us, from_received_us) = (expected.pts_us, first.pts_us);
    for _ in 0..40 {
        let (expected, frame) = (sent.next().await.unwrap(), received.next().await.unwrap());
        assert_eq!((&frame.data, frame.is_key), (&expected.data, expected.is_key));
        let (sent_us, received_us) = (expected.pts_us - from_sent_us, frame.pts_us - from_received_us);
        assert!((sent_us - received_us).abs() <= 12, "{sent_us} became {received_us}");
    }
    let told = lower.sender.lock().unwrap().as_ref().unwrap().sent();
    assert!(told.frames >= 40 && told.packets > told.frames && told.bytes > 80_000, "{told:?}");
    assert!(told.first_at_us.is_some() && told.skipped_frames == 0 && told.end.is_none(), "{told:?}");
    assert_eq!(upper.reception().unwrap().faults, gb28181::rtp::Faults::default());
}

#[tokio::test]
async fn pictures_are_handed_on_unchanged_by_datagrams() {
    handed_on(Transport::Udp).await;
}

#[tokio::test]
async fn pictures_are_handed_on_unchanged_over_a_connection_that_we_open() {
    handed_on(Transport::DeviceConnects).await;
}

#[tokio::test]
async fn pictures_are_handed_on_unchanged_over_a_connection_that_the_peer_opens() {
    handed_on(Transport::PlatformConnects).await;
}

#[tokio::test]
async fn a_camera_on_demand_runs_for_whoever_it_is_handed_on_to() {
    let device = Device::new(Habits::default());
    let mut config = device.config(Asked::Live);
    (config.on_demand, config.timing.linger_ms) = (true, 20);
    let camera = spawn_camera(config, clock());
    wait_for(&camera, |state| *state == CameraState::Resting).await;
    let sender = spawn_sender(camera.subscribe(), plan(port().await, Transport::Udp, 9), clock());
    wait_for(&camera, CameraState::is_online).await;
    sender.stop().await;
    wait_for(&camera, |state| *state == CameraState::Resting).await;
    assert_eq!((device.calls(), device.hung_up()), (1, 1));
}

/// A frame of a third of a megabyte; every fourth is a key frame, one a second.
fn large(sequence: u64) -> Arc<Frame> {
    let is_key = sequence.is_multiple_of(4);
    let mut data = Vec::new();
    if is_key {
        nal::push(&mut data, SPS);
        nal::push(&mut data, PPS);
    }
    let mut slice = vec![0x77; 330_000];
    slice[..4].copy_from_slice(&[if is_key { 0x65 } else { 0x41 }, 0x88, sequence as u8, 1]);
    nal::push(&mut data, &slice);
    let parameters = Arc::new(VideoParameters::new(VideoCodec::H264, [SPS, PPS]).unwrap());
    Frame::at(sequence as i64 * 1_000_000, sequence, is_key, data, parameters)
}

#[tokio::test]
async fn a_peer_that_does_not_keep_up_misses_groups_of_pictures_and_nothing_else() {
    let hub = Hub::new(HubLimits::default());
    let peer = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let to = peer.local_addr().unwrap().port();
    hub.push(large(0));
    let sender = spawn_sender(hub.reader(), plan(port().await, Transport::DeviceConnects, to), clock());
    let (mut stream, _) = peer.accept().await.unwrap();
    for sequence in 1..160 {
        hub.push(large(sequence));
        tokio::task::yield_now().await;
    }
    hub.close();

    let (mut receiver, mut frames) = (TcpReceiver::new(Settings::default()), Vec::new());
    let mut buffer = vec![0; 1 << 20];
    loop {
        let bytes = stream.read(&mut buffer).await.unwrap();
        if bytes == 0 {
            break;
        }
        receiver.push(&buffer[..bytes], &mut frames).unwrap();
    }
    receiver.flush(&mut frames);
    assert_eq!(sender.over().await, SendEnd::StreamEnded);
    let sent = sender.sent();
    assert!(sent.skipped_frames > 0 && sent.frames + sent.skipped_frames == 160, "{sent:?}");
    assert_eq!(frames.len() as u64, sent.frames);
    let mut last = None;
    for frame in frames {
        let number = frame.pts / 90_000;
        let follows = last.is_some_and(|last| number == last + 1);
        assert!(follows || frame.is_key, "{number} after {last:?} cannot be decoded");
        last = Some(number);
    }
    assert_eq!(last, Some(159));
}

#[tokio::test]
async fn a_peer_that_is_not_there_or_goes_away_is_told() {
    let hub = Hub::new(HubLimits::default());
    let nobody = spawn_sender(hub.reader(), plan(port().await, Transport::DeviceConnects, 9), clock());
    assert_eq!(nobody.over().await, SendEnd::NotConnected);

    let ours = port().await;
    let to = ours.number();
    let sender = spawn_sender(hub.reader(), plan(ours, Transport::PlatformConnects, 9), clock());
    let peer = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).await.unwrap();
    drop(peer);
    assert_eq!(sender.over().await, SendEnd::Broken);
}

#[tokio::test]
async fn a_stranger_does_not_get_the_pictures_meant_for_a_peer() {
    let hub = Hub::new(HubLimits::default());
    hub.push(large(0));
    let ours = port().await;
    let to = ours.number();
    let only_from = Some(Ipv4Addr::new(127, 0, 0, 2).into());
    let plan = SendPlan { only_from, ..plan(ours, Transport::PlatformConnects, 9) };
    let sender = spawn_sender(hub.reader(), plan, clock());
    let mut stranger = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).await.unwrap();
    assert_eq!(stranger.read(&mut [0; 16]).await.unwrap_or(0), 0);
    assert_eq!(sender.sent().frames, 0);
}
