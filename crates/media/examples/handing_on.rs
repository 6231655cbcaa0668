//! How many streams are called and handed on at once, how soon the first picture is there, and what gets lost on the way.
//!
//! `cargo run --release -p watchfire-media --example handing_on -- STREAMS SECONDS KEY_FRAME_BYTES [tcp]`. Each stream is a file of made-up pictures
//! (25 a second, a key frame every two seconds, 4 Mbit/s with key frames of 150 000 bytes) that is sent as RTP over loopback and received
//! again. It prints the delay from the answer to the first frame, the frames, the lost packets, and the processor time.

#![expect(clippy::print_stdout, reason = "a measure prints its figures")]
#![expect(clippy::unwrap_used, reason = "a measure that fails may stop")]

use futures::future::BoxFuture;
use gb28181::rtp::PayloadTypes;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;
use watchfire_media::{
    Asked, Call, CallError, Called, Caller, CameraConfig, CameraStream, Clock, HangUp, MediaPorts, Reception,
    SendPlan, Source, Transport, nal, spawn_camera, spawn_sender,
};

const SPS: &[u8] = &[
    0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5, 0xc0, 0x44, 0x00, 0x00, 0x03, 0x00,
    0x04, 0x00, 0x00, 0x03, 0x00, 0xc8, 0x3c, 0x60, 0xc6, 0x58,
];
const PPS: &[u8] = &[0x68, 0xeb, 0xe3, 0xcb, 0x22, 0xc0];
const GROUP: usize = 50;
const PICTURE_BYTES: usize = 17_000;

#[derive(Debug)]
struct Sending {
    camera: CameraStream,
    ports: Arc<MediaPorts>,
    transport: Transport,
}

impl Caller for Sending {
    fn call(&self, port: u16) -> BoxFuture<'_, Result<Call, CallError>> {
        Box::pin(async move {
            let plan = SendPlan {
                port: self.ports.take().await.map_err(|_| CallError::Busy)?,
                transport: self.transport,
                remote: ("127.0.0.1".into(), port),
                only_from: None,
                ssrc: u32::from(port),
                payload_type: 96,
            };
            let sender = spawn_sender(self.camera.subscribe(), plan, clock());
            let (line, over) = oneshot::channel();
            Ok(Call {
                ssrc: u32::from(port),
                is_ssrc_checked: true,
                transport: self.transport,
                remote: None,
                payloads: PayloadTypes::default(),
                over,
                hang_up: HangUp::new(move || drop((sender, line))),
            })
        })
    }
}

fn clock() -> Clock {
    Arc::new(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64)
}

/// Two groups of pictures that nobody could decode.
fn write_clip(folder: &Path, key_frame_bytes: usize) -> PathBuf {
    let mut data = Vec::new();
    for number in 0..2 * GROUP {
        let is_key = number % GROUP == 0;
        if is_key {
            nal::push_to_byte_stream(&mut data, SPS);
            nal::push_to_byte_stream(&mut data, PPS);
        }
        let mut slice = vec![0x77; if is_key { key_frame_bytes } else { PICTURE_BYTES }];
        slice[..2].copy_from_slice(&[if is_key { 0x65 } else { 0x41 }, 0x88]);
        nal::push_to_byte_stream(&mut data, &slice);
    }
    let path = folder.join("clip.h264");
    std::fs::write(&path, data).unwrap();
    path
}

/// User and system time of this process in hundredths of a second (`proc(5)`).
fn processor_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let (streams, seconds, key_frame_bytes) = (number(20), number(20), number(150_000));
    let transport =
        if std::env::args().any(|word| word == "tcp") { Transport::DeviceConnects } else { Transport::Udp };
    let folder = tempfile::tempdir().unwrap();
    let path = write_clip(folder.path(), key_frame_bytes);
    let ports = MediaPorts::new(Ipv4Addr::LOCALHOST.into(), 20_000..=29_999);
    let mut receiving = Vec::new();
    for seed in 0..streams as u64 {
        let source = Source::File { path: path.clone(), repeat: true };
        let camera = spawn_camera(CameraConfig::new("camera", source, seed), clock());
        let caller = Arc::new(Sending { camera, ports: ports.clone(), transport });
        let called = Source::Called(Called { caller, ports: ports.clone(), what: Asked::Live });
        receiving.push(spawn_camera(CameraConfig::new("called", called, seed), clock()));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let before = processor_ticks();
    tokio::time::sleep(Duration::from_secs(seconds as u64)).await;
    let spent = processor_ticks() - before;
    let seen: Vec<_> = receiving.iter().filter_map(CameraStream::reception).collect();
    let mut delays: Vec<i64> =
        seen.iter().filter_map(|seen| Some(seen.first_frame_at_us? - seen.answered_at_us?)).collect();
    delays.sort_unstable();
    let sum = |of: fn(&Reception) -> u64| seen.iter().map(of).sum::<u64>();
    let frames: u64 = receiving.iter().map(|stream| stream.status().counters.frames).sum();
    println!("streams {streams}, with pictures {}, frames {frames}", delays.len());
    println!(
        "answer to first frame, ms: median {}, worst {}",
        delays[delays.len() / 2] / 1000,
        delays[delays.len() - 1] / 1000
    );
    println!(
        "packets {}, lost {}, damaged frames {}, Mbit/s {:.0}",
        sum(|seen| seen.packets),
        sum(|seen| seen.faults.lost_packets),
        sum(|seen| seen.faults.program.damaged_frames),
        sum(|seen| seen.bytes) as f64 * 8e-6 / (seconds as f64)
    );
    println!("processor, sending and receiving: {:.2} cores", spent as f64 / 100.0 / seconds as f64);
}
