//! Stories of a voice over real sockets on loopback, received by the protocol's own receivers.

use super::{VoiceCodec, VoicePlan, spawn_voice};
use crate::called::{MediaPort, MediaPorts, Transport};
use crate::sender::SendEnd;
use gb28181::g711::{from_a_law, from_mu_law};
use gb28181::ps::Codec;
use gb28181::rtp::{Settings, TcpReceiver, UdpReceiver};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::{Instant, timeout};

static NEXT_PORT: AtomicU16 = AtomicU16::new(27_000);
const LOUD: i16 = 8_000;

async fn port() -> MediaPort {
    let first = NEXT_PORT.fetch_add(20, Ordering::SeqCst);
    MediaPorts::new(Ipv4Addr::LOCALHOST.into(), first..=first + 19).take().await.unwrap()
}

fn plan(port: MediaPort, transport: Transport, to: u16, codec: VoiceCodec) -> VoicePlan {
    let payload_type = match codec {
        VoiceCodec::ALaw => 8,
        VoiceCodec::MuLaw => 0,
        VoiceCodec::Program => 96,
    };
    let remote = ("127.0.0.1".to_owned(), to);
    VoicePlan { port, transport, remote, only_from: None, ssrc: 100_000_001, payload_type, codec }
}

/// A fifth of a second, loud.
fn words() -> Vec<i16> {
    vec![LOUD; 1_600]
}

/// The samples of what a connection brings until it ends.
async fn heard(mut stream: TcpStream) -> Vec<i16> {
    let mut receiver = TcpReceiver::new(Settings::default());
    let (mut frames, mut piece) = (Vec::new(), [0; 4_096]);
    while let Ok(bytes @ 1..) = stream.read(&mut piece).await {
        receiver.push(&piece[..bytes], &mut frames).unwrap();
    }
    let decode = |frame: &gb28181::ps::Frame| {
        let law = if frame.codec == Codec::G711U { from_mu_law } else { from_a_law };
        frame.data.iter().map(|byte| law(*byte)).collect::<Vec<_>>()
    };
    frames.iter().flat_map(decode).collect()
}

fn loud(samples: &[i16]) -> usize {
    samples.iter().filter(|sample| (i32::from(**sample) - i32::from(LOUD)).abs() < 300).count()
}

#[tokio::test]
async fn a_voice_is_heard_over_a_connection_that_the_device_opens_in_every_codec() {
    for codec in [VoiceCodec::ALaw, VoiceCodec::MuLaw, VoiceCodec::Program] {
        let port = port().await;
        let number = port.number();
        let sender = spawn_voice(plan(port, Transport::DeviceConnects, 9, codec));
        let ear = TcpStream::connect(("127.0.0.1", number)).await.unwrap();
        let ear = tokio::spawn(heard(ear));
        sender.say(&words());
        sender.finish().await;
        assert_eq!(loud(&ear.await.unwrap()), 1_600, "{codec:?}");
    }
}

#[tokio::test]
async fn a_voice_is_heard_over_a_connection_that_we_open() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = listener.local_addr().unwrap().port();
    let sender = spawn_voice(plan(port().await, Transport::PlatformConnects, to, VoiceCodec::ALaw));
    let (ear, _) = listener.accept().await.unwrap();
    let ear = tokio::spawn(heard(ear));
    sender.say(&words());
    sender.finish().await;
    assert_eq!(loud(&ear.await.unwrap()), 1_600);
}

#[tokio::test]
async fn datagrams_leave_every_20_ms_and_a_pause_is_silence() {
    let ear = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let to = ear.local_addr().unwrap().port();
    let sender = spawn_voice(plan(port().await, Transport::Udp, to, VoiceCodec::ALaw));
    let (mut receiver, mut frames, mut piece) =
        (UdpReceiver::new(Settings::default()), Vec::new(), [0; 2_048]);
    let began = Instant::now();
    for number in 0..25 {
        let bytes = timeout(Duration::from_secs(2), ear.recv(&mut piece)).await.unwrap().unwrap();
        receiver.push(&bytes::Bytes::copy_from_slice(&piece[..bytes]), number * 20, &mut frames);
    }
    assert!(began.elapsed() >= Duration::from_millis(400), "{:?} for half a second", began.elapsed());
    assert!(frames.iter().all(|frame| frame.data.iter().all(|byte| *byte == gb28181::g711::A_LAW_SILENCE)));
    assert_eq!(sender.sent().end, None);
    sender.stop().await;
}

#[tokio::test]
async fn a_device_that_closes_the_connection_ends_the_voice() {
    let port = port().await;
    let number = port.number();
    let sender = spawn_voice(plan(port, Transport::DeviceConnects, 9, VoiceCodec::ALaw));
    drop(TcpStream::connect(("127.0.0.1", number)).await.unwrap());
    assert_eq!(sender.over().await, SendEnd::Broken);
}
