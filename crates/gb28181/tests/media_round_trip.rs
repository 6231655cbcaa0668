//! What is sent comes back, whatever the pieces, the losses and the order.

mod media;

use bytes::Bytes;
use media::{Piece, SSRC, filling, h264, h265, packets, packets_of, packs, pieces, receive, stream};
use proptest::prelude::*;
use watchfire_gb28181::ps::{Codec, Demuxer, Hints};
use watchfire_gb28181::rtp::{Packetizer, Payload, Settings, TcpReceiver, UdpReceiver};

fn aac(bytes: usize, seed: usize) -> Vec<u8> {
    let length = bytes + 7;
    let header = [
        0xff,
        0xf1,
        0x60,
        0x40 | (length >> 11) as u8,
        (length >> 3) as u8,
        (length << 5) as u8 | 0x1f,
        0xfc,
    ];
    [header.as_slice(), &filling(bytes, seed)].concat()
}

/// Pictures with sound between them.
fn session() -> impl Strategy<Value = Vec<Piece>> {
    let codec = prop_oneof![Just(Codec::H264), Just(Codec::H265)];
    let frame = (prop_oneof![4 => 1usize..3_000, 1 => 60_000usize..70_000], any::<bool>(), any::<bool>());
    (codec, proptest::collection::vec(frame, 1..25), -40_000i64..1 << 34).prop_map(|(codec, frames, from)| {
        let mut sent = Vec::new();
        for (at, (bytes, is_key, with_sound)) in frames.into_iter().enumerate() {
            let is_key = is_key || at == 0;
            let pts = from.max(0) + at as i64 * 3_600;
            let data = if codec == Codec::H265 { h265(is_key, bytes, at) } else { h264(is_key, bytes, at) };
            sent.push(Piece { codec, pts, is_key, data });
            if with_sound {
                sent.push(Piece { codec: Codec::G711A, pts, is_key: true, data: filling(320, at) });
            }
        }
        sent
    })
}

/// Sent pieces as they must come out: pictures in their order, sound in its.
fn sorted(pieces: Vec<Piece>) -> (Vec<Piece>, Vec<Piece>) {
    pieces.into_iter().partition(|piece| piece.codec.is_video())
}

/// Times count from the first one, since only their low bits travel.
fn from_zero(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let first = pieces.first().map_or(0, |piece| piece.pts);
    for piece in &mut pieces {
        piece.pts -= first;
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_program_stream_comes_back_from_any_pieces(sent in session(), cuts in proptest::collection::vec(1usize..4_000, 1..50)) {
        let bytes = packs(sent[0].codec, &sent).concat();
        let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
        let (mut rest, mut cuts) = (bytes.as_slice(), cuts.iter().cycle());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at((*cuts.next().expect("endless")).min(rest.len()));
            demuxer.push(piece, None, &mut frames);
            rest = after;
        }
        demuxer.flush(&mut frames);
        let (pictures, sound) = sorted(pieces(&frames));
        let (sent_pictures, sent_sound) = sorted(sent);
        prop_assert_eq!(from_zero(pictures), from_zero(sent_pictures));
        prop_assert_eq!(from_zero(sound), from_zero(sent_sound));
        prop_assert_eq!(demuxer.faults(), &watchfire_gb28181::ps::Faults::default());
    }

    #[test]
    fn a_connection_comes_back_from_any_pieces(sent in session(), piece in 1usize..3_000) {
        let bytes = stream(&packets(&packs(sent[0].codec, &sent), &sent));
        let (mut receiver, mut frames) = (TcpReceiver::new(Settings::default()), Vec::new());
        for piece in bytes.chunks(piece) {
            receiver.push(piece, &mut frames).expect("hope");
        }
        receiver.flush(&mut frames);
        let (pictures, sound) = sorted(pieces(&frames));
        let (sent_pictures, sent_sound) = sorted(sent);
        prop_assert_eq!(from_zero(pictures), from_zero(sent_pictures));
        prop_assert_eq!(from_zero(sound), from_zero(sent_sound));
        prop_assert_eq!(receiver.faults(), watchfire_gb28181::rtp::Faults::default());
    }

    #[test]
    fn loss_costs_the_frames_it_hits_and_no_other(sent in session(), lost in proptest::collection::vec(any::<prop::sample::Index>(), 0..6)) {
        let sent: Vec<_> = sent.into_iter().filter(|piece| piece.codec.is_video()).collect();
        let all = packets(&packs(sent[0].codec, &sent), &sent);
        // The first frame arrives, so that the codec is known.
        let lost: Vec<usize> = lost.iter().map(|index| index.index(all.len())).filter(|&at| all[at].0 > 0).collect();
        let (mut receiver, mut frames) = (UdpReceiver::new(Settings::default()), Vec::new());
        for (at, (_, packet)) in all.iter().enumerate().filter(|(at, _)| !lost.contains(at)) {
            receiver.push(&Bytes::copy_from_slice(packet), at as u64 / 10, &mut frames);
        }
        receiver.flush(&mut frames);
        let hit: Vec<usize> = lost.iter().map(|&at| all[at].0).collect();
        let expected: Vec<Vec<u8>> = sent
            .iter()
            .enumerate()
            .filter(|(at, _)| !hit.contains(at))
            .map(|(_, piece)| piece.data.clone())
            .collect();
        let got: Vec<Vec<u8>> = frames.iter().map(|frame| frame.data.to_vec()).collect();
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn packets_out_of_order_lose_nothing(sent in session(), swaps in proptest::collection::vec((any::<prop::sample::Index>(), 1usize..20), 0..40)) {
        let mut all = packets(&packs(sent[0].codec, &sent), &sent);
        let count = all.len();
        for (index, by) in swaps {
            let at = index.index(count);
            // The first packet stays, because a receiver can begin with nothing else.
            if at > 0 {
                all[at..count.min(at + by)].reverse();
            }
        }
        let (mut receiver, mut frames) = (UdpReceiver::new(Settings::default()), Vec::new());
        for (_, packet) in &all {
            receiver.push(&Bytes::copy_from_slice(packet), 0, &mut frames);
        }
        receiver.flush(&mut frames);
        let (pictures, sound) = sorted(pieces(&frames));
        let (sent_pictures, sent_sound) = sorted(sent);
        prop_assert_eq!(from_zero(pictures), from_zero(sent_pictures));
        prop_assert_eq!(from_zero(sound), from_zero(sent_sound));
    }

    #[test]
    fn elementary_streams_come_back(sent in session(), packet_bytes_max in 64usize..2_000) {
        let sent: Vec<_> = sent.into_iter().filter(|piece| piece.codec.is_video()).collect();
        let codec = sent[0].codec;
        let payload_type = if codec == Codec::H264 { 98 } else { 100 };
        let sender = Packetizer::new(Payload::Elementary(codec), payload_type, SSRC, 65_000, packet_bytes_max);
        let units: Vec<_> = sent.iter().map(|piece| piece.data.clone()).collect();
        let all = packets_of(sender, &units, &sent);
        prop_assert!(all.iter().all(|(_, packet)| packet.len() <= packet_bytes_max));
        let mut receiver = TcpReceiver::new(Settings::default());
        let frames = receive(&mut receiver, &stream(&all));
        prop_assert_eq!(from_zero(pieces(&frames)), from_zero(sent));
        prop_assert_eq!(receiver.faults(), watchfire_gb28181::rtp::Faults::default());
    }
}

#[test]
fn aac_is_divided_at_its_headers_wherever_the_packets_end() {
    let frames: Vec<Vec<u8>> = (0..10).map(|at| aac(200 + at * 10, at)).collect();
    let bytes = frames.concat();
    let sound: Vec<Piece> = bytes
        .chunks(333)
        .enumerate()
        .map(|(at, data)| Piece {
            codec: Codec::Aac,
            pts: at as i64 * 7_000,
            is_key: true,
            data: data.to_vec(),
        })
        .collect();
    let mut muxer = watchfire_gb28181::ps::Muxer::new(None, Some(Codec::Aac));
    let mut out = Vec::new();
    for piece in &sound {
        let sample =
            watchfire_gb28181::ps::Sample { pts: piece.pts, dts: None, is_key: true, data: &piece.data };
        muxer.audio(sample, &mut out);
    }
    let (mut demuxer, mut got) = (Demuxer::new(Hints::default()), Vec::new());
    demuxer.push(&out, None, &mut got);
    assert_eq!(got.iter().map(|frame| frame.data.to_vec()).collect::<Vec<_>>(), frames);
    assert!(got.iter().all(|frame| frame.codec == Codec::Aac));
    assert!(got.is_sorted_by(|a, b| a.pts < b.pts));
}

#[test]
fn alaw_by_itself_comes_back_at_90_khz() {
    let mut sender = Packetizer::new(Payload::Elementary(Codec::G711A), 8, SSRC, 0, 1_400);
    let mut sent = Vec::new();
    for at in 0..5u32 {
        sender.frame(&filling(160, at as usize), at * 160, |packet| sent.push((0, packet.to_vec())));
    }
    let frames = receive(&mut TcpReceiver::new(Settings::default()), &stream(&sent));
    let times: Vec<i64> = frames.iter().map(|frame| frame.pts).collect();
    assert_eq!(times, [0, 1_800, 3_600, 5_400, 7_200]);
    assert!(frames.iter().all(|frame| frame.codec == Codec::G711A && frame.data.len() == 160));
}
