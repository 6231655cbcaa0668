//! Drawn-up pictures from a device's session to the platform's frames.

use bytes::Bytes;
use watchfire_gb28181::device::Invitation;
use watchfire_gb28181::platform::Started;
use watchfire_gb28181::profile::MediaTransport;
use watchfire_gb28181::ps::{Codec, Frame, Muxer, Sample};
use watchfire_gb28181::rtp::{Packetizer, Payload, Settings, TcpReceiver, UdpReceiver, frame_packet};

/// Pictures of H.264, the first a key frame.
pub fn pictures(count: usize) -> Vec<Vec<u8>> {
    let nal = |head: &[u8], bytes: usize, seed: usize| {
        let filling = (0..bytes).map(|at| ((at * 31 + seed * 7) % 251) as u8 + 1);
        [&[0, 0, 0, 1], head].concat().into_iter().chain(filling).collect::<Vec<u8>>()
    };
    let picture = |at: usize| {
        if at.is_multiple_of(10) {
            let sets = [nal(&[0x67, 0x42, 0, 0x1e], 8, 1), nal(&[0x68, 0xce], 3, 1)].concat();
            [sets, nal(&[0x65, 0x88], 9_000, at)].concat()
        } else {
            nal(&[0x41, 0x9a], 2_000, at)
        }
    };
    (0..count).map(picture).collect()
}

/// Packets that a device sends for an invitation.
pub fn packets(invitation: &Invitation, ssrc: u32, pictures: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut muxer = Muxer::new(Some(Codec::H264), None);
    let mut sender = Packetizer::new(Payload::Program, 96, ssrc, 1, 1_400);
    let mut sent = Vec::new();
    for (at, data) in pictures.iter().enumerate() {
        let pts = at as i64 * 3_600;
        let mut pack = Vec::new();
        muxer.video(Sample { pts, dts: None, is_key: at.is_multiple_of(10), data }, &mut pack);
        sender.frame(&pack, pts as u32, |packet| {
            if invitation.transport == MediaTransport::Udp {
                sent.push(packet.to_vec());
            } else {
                let mut framed = Vec::new();
                frame_packet(packet, &mut framed);
                sent.push(framed);
            }
        });
    }
    sent
}

/// What the platform makes of them.
pub fn receive(started: &Started, packets: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut settings = Settings { types: started.payloads.clone(), ..Settings::default() };
    settings.reorder.ssrc = started.is_ssrc_checked.then_some(started.ssrc.0);
    if started.transport == MediaTransport::Udp {
        let mut receiver = UdpReceiver::new(settings);
        for (at, packet) in packets.iter().enumerate() {
            receiver.push(&Bytes::copy_from_slice(packet), at as u64, &mut frames);
        }
        receiver.flush(&mut frames);
    } else {
        let mut receiver = TcpReceiver::new(settings);
        for piece in packets.concat().chunks(1_000) {
            receiver.push(piece, &mut frames).expect("a stream");
        }
        receiver.flush(&mut frames);
    }
    frames.into_iter().map(|frame| frame.data.to_vec()).collect()
}
