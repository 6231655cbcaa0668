//! Bytes made to hurt: nothing panics, nothing grows without bound, nothing takes more than linear time.

mod media;

use bytes::Bytes;
use media::{packets, packs, pictures, stream};
use proptest::prelude::*;
use std::time::{Duration, Instant};
use watchfire_gb28181::ps::{Codec, Demuxer, Frame, Hints};
use watchfire_gb28181::rtp::{Settings, TcpReceiver, UdpReceiver};

/// What a megabyte may take on a busy machine without optimisation; quadratic work would take hours.
const LIMIT: Duration = Duration::from_secs(30);

fn given_bytes(frames: &[Frame]) -> usize {
    frames.iter().map(|frame| frame.data.len()).sum()
}

/// Bytes that look like parts of a stream more often than chance would have it.
fn nasty() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just(vec![0, 0, 1]),
        Just(vec![0, 0, 1, 0xba, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, 0xf8]),
        Just(vec![
            0, 0, 1, 0xbc, 0, 18, 0xe1, 0xff, 0, 0, 0, 8, 0x1b, 0xe0, 0, 0, 0x90, 0xc0, 0, 0, 1, 2, 3, 4
        ]),
        Just(vec![0, 0, 1, 0xe0, 0, 0, 0x80, 0, 0]),
        Just(vec![0, 0, 1, 0xe0, 0, 20, 0x80, 0x80, 5, 0x21, 0, 1, 0, 1]),
        Just(vec![0, 0, 1, 0xc0, 0, 9, 0x80, 0, 0, 0xff, 0xf1, 0x60, 0x40, 1, 0x1f]),
        Just(vec![0, 0, 1, 0xb9]),
        Just(vec![0, 0, 1, 0xbd]),
        Just(vec![0, 0, 1, 0x67, 0x42, 0, 0, 1, 0x68, 1, 0, 0, 1, 0x65, 0x88, 1]),
        Just(vec![0, 0, 1, 0x40, 1, 5, 0, 0, 1, 0x42, 1, 5, 0, 0, 1, 0x44, 1, 5, 0, 0, 1, 0x26, 1, 0xaf]),
        Just(vec![0, 0, 1, 0x41, 0x9a, 7]),
        Just(vec![0, 60, 0x80, 0xe0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 7]),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(part, 0..80).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_demuxer_survives_anything(bytes in nasty(), piece in 1usize..200, events in any::<u64>()) {
        let (mut demuxer, mut frames) = (Demuxer::new(Hints { video: Some(Codec::H264), audio: None }), Vec::new());
        for (at, piece) in bytes.chunks(piece).enumerate() {
            demuxer.push(piece, (events & 1 == 0).then_some((at / 3) as u32), &mut frames);
            match events >> (at % 60) & 7 {
                0 => demuxer.lost(1, &mut frames),
                1..=3 => demuxer.marker(&mut frames),
                4 if at % 5 == 0 => demuxer.restart(&mut frames),
                _ => {}
            }
        }
        demuxer.flush(&mut frames);
        prop_assert!(given_bytes(&frames) <= bytes.len());
    }

    #[test]
    fn the_pieces_do_not_change_what_comes_out(bytes in nasty(), piece in 1usize..50) {
        let run = |piece: usize| {
            let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
            bytes.chunks(piece).for_each(|piece| demuxer.push(piece, None, &mut frames));
            demuxer.flush(&mut frames);
            (frames, demuxer.faults().clone())
        };
        let (whole, _) = run(bytes.len().max(1));
        let (cut, _) = run(piece);
        prop_assert_eq!(whole, cut);
    }

    #[test]
    fn receivers_survive_anything(bytes in nasty(), piece in 1usize..200) {
        let (mut tcp, mut udp, mut frames) =
            (TcpReceiver::new(Settings::default()), UdpReceiver::new(Settings::default()), Vec::new());
        for (at, piece) in bytes.chunks(piece).enumerate() {
            let _ = tcp.push(piece, &mut frames);
            udp.push(&Bytes::copy_from_slice(piece), at as u64 * 10, &mut frames);
        }
        tcp.flush(&mut frames);
        udp.flush(&mut frames);
        prop_assert!(given_bytes(&frames) <= 3 * bytes.len());
    }

    #[test]
    fn a_stream_with_flipped_bytes_is_survived(flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), piece in 1usize..3_000) {
        // A flipped length swallows up to 64 KiB, so there is more than that.
        let sent = pictures(Codec::H264, 200, 1_500);
        let mut bytes = stream(&packets(&packs(Codec::H264, &sent), &sent));
        for (index, value) in flips {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        let (mut receiver, mut frames) = (TcpReceiver::new(Settings::default()), Vec::new());
        for piece in bytes.chunks(piece) {
            receiver.push(piece, &mut frames).expect("hope");
        }
        prop_assert!(!frames.is_empty());
    }
}

#[test]
fn a_megabyte_of_any_pattern_takes_linear_time() {
    let patterns: [&[u8]; 12] = [
        &[0],
        &[0, 0, 1],
        &[0, 0, 1, 0xba],
        &[0, 0, 1, 0xbc],
        &[0, 0, 1, 0xbc, 4, 0],
        &[0, 0, 1, 0xe0, 0, 0, 0x80, 0, 0],
        &[0, 0, 1, 0xe0, 0, 3, 0x80, 0, 0],
        &[0, 0, 1, 0xe0, 0xff, 0xff, 0x80, 0, 0],
        &[0, 0, 1, 0xe0, 0, 0, 0x80, 0, 0, 0, 0, 1, 0x67, 0x42, 0, 0, 1, 0x40, 1, 9],
        &[0, 0, 1, 0x41, 0x9a, 1],
        &[0, 60, 0x80, 0xe0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 7],
        &[0xff, 0xff, 0x80],
    ];
    // In a video packet without length, after which every pattern is looked at as pictures too.
    let open = [0, 0, 1, 0xe0, 0, 0, 0x80, 0, 0, 0, 0, 1, 0x67, 0x42, 0, 0, 0, 1, 0x65, 0x88, 1];
    for pattern in patterns {
        let bytes: Vec<u8> = open.iter().chain(pattern.iter().cycle()).copied().take(1 << 20).collect();
        for piece in [1 << 20, 1_400, 1] {
            let bytes = if piece == 1 { &bytes[..1 << 17] } else { &bytes };
            let begun = Instant::now();
            let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
            bytes.chunks(piece).for_each(|piece| demuxer.push(piece, None, &mut frames));
            let mut tcp = TcpReceiver::new(Settings::default());
            for piece in bytes.chunks(piece) {
                if tcp.push(piece, &mut frames).is_err() {
                    break;
                }
            }
            assert!(begun.elapsed() < LIMIT, "{pattern:02x?} in pieces of {piece}: {:?}", begun.elapsed());
        }
    }
}

#[test]
fn a_frame_without_end_is_dropped_at_the_limit() {
    let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
    demuxer.push(
        &[0, 0, 1, 0xe0, 0, 0, 0x80, 0, 0, 0, 0, 1, 0x67, 0x42, 9, 0, 0, 1, 0x65, 0x88, 1],
        None,
        &mut frames,
    );
    for _ in 0..1_000 {
        demuxer.push(&[0x55; 10_000], None, &mut frames);
    }
    demuxer.flush(&mut frames);
    assert_eq!((frames.len(), demuxer.faults().oversized_frames), (0, 1));
}
