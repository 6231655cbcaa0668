//! Drawn-up pictures and the ways to send them, shared by the stories about media.

#![allow(dead_code, reason = "each story uses its own part")]

use watchfire_gb28181::ps::{Codec, Frame, Muxer, Sample};
use watchfire_gb28181::rtp::{Packetizer, Payload, TcpReceiver, frame_packet};

pub const SSRC: u32 = 100_000_001;

/// A coded picture, or a piece of sound, with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub codec: Codec,
    pub pts: i64,
    pub is_key: bool,
    pub data: Vec<u8>,
}

/// Bytes without zeros, so without start codes, different for each seed.
pub fn filling(bytes: usize, seed: usize) -> Vec<u8> {
    (0..bytes).map(|at| ((at * 31 + seed * 7) % 251) as u8 + 1).collect()
}

/// One NAL unit with its start code.
pub fn nal(head: &[u8], bytes: usize, seed: usize) -> Vec<u8> {
    [&[0, 0, 0, 1], head, &filling(bytes, seed)].concat()
}

/// An access unit of H.264: parameter sets and an IDR slice, or one slice.
pub fn h264(is_key: bool, bytes: usize, seed: usize) -> Vec<u8> {
    if is_key {
        [nal(&[0x67, 0x42, 0, 0x1e], 8, 1), nal(&[0x68, 0xce], 3, 1), nal(&[0x65, 0x88], bytes, seed)]
            .concat()
    } else {
        nal(&[0x41, 0x9a], bytes, seed)
    }
}

/// An access unit of H.265: parameter sets and an IDR slice, or one slice.
pub fn h265(is_key: bool, bytes: usize, seed: usize) -> Vec<u8> {
    if is_key {
        let sets = [nal(&[0x40, 1], 9, 1), nal(&[0x42, 1], 20, 1), nal(&[0x44, 1], 4, 1)].concat();
        [sets, nal(&[0x26, 1, 0xaf], bytes, seed)].concat()
    } else {
        nal(&[0x02, 1, 0xd0], bytes, seed)
    }
}

/// `count` pictures of 25 a second, every tenth a key frame.
pub fn pictures(codec: Codec, count: usize, bytes: usize) -> Vec<Piece> {
    (0..count)
        .map(|at| {
            let is_key = at % 10 == 0;
            let data = if codec == Codec::H265 { h265(is_key, bytes, at) } else { h264(is_key, bytes, at) };
            Piece { codec, pts: at as i64 * 3_600 + 900_000, is_key, data }
        })
        .collect()
}

/// What came out, in the form of what went in.
pub fn pieces(frames: &[Frame]) -> Vec<Piece> {
    frames
        .iter()
        .map(|frame| Piece {
            codec: frame.codec,
            pts: frame.pts,
            is_key: frame.is_key,
            data: frame.data.to_vec(),
        })
        .collect()
}

/// Each piece as a pack of a program stream that declares `codec`.
pub fn packs(declared: Codec, pieces: &[Piece]) -> Vec<Vec<u8>> {
    let mut muxer = Muxer::new(Some(declared), Some(Codec::G711A));
    pieces
        .iter()
        .map(|piece| {
            let sample = Sample { pts: piece.pts, dts: None, is_key: piece.is_key, data: &piece.data };
            let mut out = Vec::new();
            if piece.codec.is_video() {
                muxer.video(sample, &mut out);
            } else {
                muxer.audio(sample, &mut out);
            }
            out
        })
        .collect()
}

/// Packs in RTP packets; each with the number of its pack.
pub fn packets(packs: &[Vec<u8>], pieces: &[Piece]) -> Vec<(usize, Vec<u8>)> {
    packets_of(Packetizer::new(Payload::Program, 96, SSRC, 65_500, 1_400), packs, pieces)
}

/// Frames in the packets of one sender; each with the number of its frame.
pub fn packets_of(mut sender: Packetizer, frames: &[Vec<u8>], pieces: &[Piece]) -> Vec<(usize, Vec<u8>)> {
    let mut sent = Vec::new();
    for (at, (frame, piece)) in frames.iter().zip(pieces).enumerate() {
        sender.frame(frame, piece.pts as u32, |packet| sent.push((at, packet.to_vec())));
    }
    sent
}

/// Packets as a TCP connection carries them.
pub fn stream(packets: &[(usize, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (_, packet) in packets {
        frame_packet(packet, &mut bytes);
    }
    bytes
}

/// What a receiver makes of a connection, the last picture included.
pub fn receive(receiver: &mut TcpReceiver, bytes: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    for piece in bytes.chunks(1_400) {
        receiver.push(piece, &mut frames).expect("hope");
    }
    receiver.flush(&mut frames);
    frames
}
