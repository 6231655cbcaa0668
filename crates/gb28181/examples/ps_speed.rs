//! Measures what receiving costs: N cameras of 1 Mbit/s as program streams in RTP over TCP, in pieces of 1,400 bytes.
//!
//! `cargo run --release -p watchfire-gb28181 --example ps_speed -- 300 20` for 300 cameras and 20 seconds of video each.

#![expect(clippy::print_stdout, reason = "a program for people")]

use std::time::{Duration, Instant};
use watchfire_gb28181::ps::{Codec, Frame, Muxer, Sample};
use watchfire_gb28181::rtp::{Packetizer, Payload, Settings, TcpReceiver, frame_packet};

/// Pictures a second.
const RATE: usize = 25;
/// Bytes of a key frame and of the other pictures: together 125,000 a second, less what the layers add.
const KEY_BYTES: usize = 30_000;
const OTHER_BYTES: usize = 3_850;
/// What a read from a socket gives.
const PIECE_BYTES: usize = 1_400;

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse::<usize>().ok());
    let streams = arguments.next().unwrap_or(300).max(1);
    let seconds = arguments.next().unwrap_or(20).max(1);
    let begun = Instant::now();
    let bytes = camera(seconds);
    println!("one camera sent: {} bytes for {seconds} s, {:?}", bytes.len(), begun.elapsed());

    let mut receivers: Vec<_> = (0..streams).map(|_| TcpReceiver::new(Settings::default())).collect();
    let mut frames: Vec<Frame> = Vec::new();
    let (mut count, mut given) = (0, 0);
    let (begun, cpu_before) = (Instant::now(), cpu_time());
    for piece in bytes.chunks(PIECE_BYTES) {
        for receiver in &mut receivers {
            receiver.push(piece, &mut frames).expect("our own stream");
            count += frames.len();
            given += frames.iter().map(|frame| frame.data.len()).sum::<usize>();
            frames.clear();
        }
    }
    report("by the clock", begun.elapsed(), streams, seconds);
    if let Some((before, after)) = cpu_before.zip(cpu_time()) {
        report("of the processor", after.saturating_sub(before), streams, seconds);
    }
    println!("{count} frames, {given} bytes; faults of the first camera: {:?}", receivers[0].faults());
}

fn report(what: &str, took: Duration, streams: usize, seconds: usize) {
    let per_stream_second = took.as_secs_f64() / (streams * seconds) as f64;
    println!(
        "{streams} streams of {seconds} s in {took:?} {what}: {:.1} µs for a stream and second, {:.4} of a core for all",
        per_stream_second * 1e6,
        per_stream_second * streams as f64
    );
}

/// Processor time of this program so far, in steps of 10 ms; `None` where the system has no `/proc` (proc(5), fields 14 and 15 of stat).
fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: u64 =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// What one camera sends over its connection.
fn camera(seconds: usize) -> Vec<u8> {
    let mut muxer = Muxer::new(Some(Codec::H264), None);
    let mut sender = Packetizer::new(Payload::Program, 96, 100_000_001, 0, 1_400);
    let (mut pack, mut bytes) = (Vec::new(), Vec::new());
    for at in 0..seconds * RATE {
        let is_key = at % RATE == 0;
        let picture = picture(is_key, at);
        let pts = at as i64 * 90_000 / RATE as i64;
        pack.clear();
        muxer.video(Sample { pts, dts: None, is_key, data: &picture }, &mut pack);
        sender.frame(&pack, pts as u32, |packet| frame_packet(packet, &mut bytes));
    }
    bytes
}

/// Bytes as an encoder leaves them: any value, but no start codes.
fn picture(is_key: bool, seed: usize) -> Vec<u8> {
    let sets: &[u8] = &[0, 0, 0, 1, 0x67, 0x42, 0, 0x1e, 9, 0, 0, 0, 1, 0x68, 0xce, 0x3c, 0x80];
    let head: &[u8] = if is_key { &[0, 0, 0, 1, 0x65, 0x88] } else { &[0, 0, 0, 1, 0x41, 0x9a] };
    let mut state = seed as u32 | 1;
    let body = (0..if is_key { KEY_BYTES } else { OTHER_BYTES }).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let byte = (state >> 24) as u8;
        // The emulation prevention of H.264 makes zeros rare; one in a row is enough here.
        if byte < 2 { 3 } else { byte }
    });
    [if is_key { sets } else { &[] }, head].concat().into_iter().chain(body).collect()
}
