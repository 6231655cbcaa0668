//! What devices in the field do to their media, each as a story. The references are those of the peers' threads where it was reported.

mod media;

use bytes::Bytes;
use media::{Piece, SSRC, filling, h264, nal, packets, packets_of, packs, pictures, pieces, receive, stream};
use watchfire_gb28181::ps::{Codec, Demuxer, Faults, Frame, Hints};
use watchfire_gb28181::rtp::{
    Hopeless, Packetizer, Payload, ReorderSettings, Settings, TcpReceiver, UdpReceiver, frame_packet,
};

fn demux(bytes: &[u8], hints: Hints) -> (Vec<Frame>, Faults) {
    let (mut demuxer, mut frames) = (Demuxer::new(hints), Vec::new());
    for piece in bytes.chunks(1_000) {
        demuxer.push(piece, None, &mut frames);
    }
    demuxer.flush(&mut frames);
    (frames, demuxer.faults().clone())
}

fn udp(datagrams: &[Vec<u8>], settings: Settings) -> (Vec<Frame>, UdpReceiver) {
    let (mut receiver, mut frames) = (UdpReceiver::new(settings), Vec::new());
    for (at, datagram) in datagrams.iter().enumerate() {
        receiver.push(&Bytes::copy_from_slice(datagram), at as u64, &mut frames);
    }
    receiver.flush(&mut frames);
    (frames, receiver)
}

/// Offset of the first program stream map in a pack.
fn map_at(pack: &[u8]) -> usize {
    pack.windows(4).position(|four| four == [0, 0, 1, 0xbc]).expect("a map")
}

fn tcp_of(pieces: &[Piece], declared: Codec) -> Vec<u8> {
    stream(&packets(&packs(declared, pieces), pieces))
}

/// ZLM#324, Dahua.
#[test]
fn a_wrong_checksum_of_the_map_is_ignored() {
    let sent = pictures(Codec::H264, 3, 500);
    let mut bytes = packs(Codec::H264, &sent);
    let crc_at = map_at(&bytes[0]) + 6 + 14;
    bytes[0][crc_at..crc_at + 4].fill(0);
    let (frames, faults) = demux(&bytes.concat(), Hints::default());
    assert_eq!((pieces(&frames), faults), (sent, Faults::default()));
}

/// ZLM#1535, ZLM#2325, ZLM#4297.
#[test]
fn a_wrong_es_info_length_is_survived() {
    for wrong in [[0, 4], [0, 9], [0xff, 0xff]] {
        let mut sent = pictures(Codec::H264, 3, 500);
        sent.push(Piece { codec: Codec::G711A, pts: 903_600, is_key: true, data: filling(160, 1) });
        let mut bytes = packs(Codec::H264, &sent);
        let at = map_at(&bytes[0]) + 14;
        bytes[0][at..at + 2].copy_from_slice(&wrong);
        let (frames, faults) = demux(&bytes.concat(), Hints::default());
        assert_eq!(frames.iter().filter(|frame| frame.codec == Codec::H264).count(), 3);
        assert_eq!(frames.iter().filter(|frame| frame.codec == Codec::G711A).count(), 1);
        assert_eq!((faults.map_repairs, faults.resyncs), (1, 0));
    }
}

/// A map whose own length is too long would swallow the packet behind it.
#[test]
fn a_map_longer_than_it_is_does_not_swallow_the_picture() {
    let sent = pictures(Codec::H264, 3, 500);
    let mut bytes = packs(Codec::H264, &sent);
    let at = map_at(&bytes[0]) + 5;
    bytes[0][at] += 40;
    let (frames, faults) = demux(&bytes.concat(), Hints::default());
    assert_eq!((pieces(&frames), faults.broken_lengths), (sent, 1));
}

/// ZLM#266, ZLM#1192.
#[test]
fn a_map_that_says_h264_over_h265_is_corrected_by_the_parameter_sets() {
    let sent = pictures(Codec::H265, 12, 500);
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &tcp_of(&sent, Codec::H264));
    assert_eq!((pieces(&frames), receiver.faults().program.codec_corrections), (sent, 1));
    let sets = frames[0].parameter_sets.as_ref().expect("parameter sets");
    assert_eq!((sets.vps.len(), sets.sps.len(), sets.pps.len()), (1, 1, 1));
}

/// ireader/media-server#141.
#[test]
fn first_packets_without_a_map_wait_for_the_parameter_sets() {
    let sent: Vec<_> = pictures(Codec::H264, 14, 500).split_off(7);
    let (frames, faults) = demux(&packs(Codec::H264, &sent).concat()[..], Hints::default());
    assert_eq!((pieces(&frames), faults), (sent, Faults::default()));
}

/// ireader/media-server#141: codec 0 in the map.
#[test]
fn a_map_with_codec_zero_leaves_the_word_to_the_parameter_sets() {
    let sent = pictures(Codec::H265, 3, 500);
    let mut bytes = packs(Codec::H265, &sent);
    let at = map_at(&bytes[0]) + 12;
    bytes[0][at] = 0;
    let (frames, _) = demux(&bytes.concat(), Hints::default());
    assert_eq!(pieces(&frames), sent);
}

#[test]
fn without_map_and_parameter_sets_the_sdp_has_the_last_word() {
    let sent: Vec<_> = pictures(Codec::H265, 10, 9_000).split_off(1);
    let bytes = packs(Codec::H265, &sent).concat();
    let (frames, _) = demux(&bytes, Hints { video: Some(Codec::H265), audio: None });
    assert_eq!(pieces(&frames), sent);
    let (frames, _) = demux(&bytes, Hints::default());
    assert_eq!(frames, []);
}

#[test]
fn a_stream_that_nobody_can_name_costs_bounded_memory() {
    let mut demuxer = Demuxer::new(Hints::default());
    let mut frames = Vec::new();
    for piece in pictures(Codec::H264, 101, 60_000).iter().filter(|piece| !piece.is_key) {
        demuxer.push(&packs(Codec::H264, std::slice::from_ref(piece))[0], None, &mut frames);
    }
    assert_eq!(frames, []);
    assert!(demuxer.faults().codec_unknown_bytes > 4_000_000);
}

/// ZLM#683, WVP#595: Hikvision.
#[test]
fn private_streams_are_skipped_by_length_and_counted() {
    let sent = pictures(Codec::H264, 4, 500);
    let mut bytes = packs(Codec::H264, &sent);
    for pack in &mut bytes {
        // Start codes inside must not be taken for the container's.
        pack.extend([0, 0, 1, 0xbd, 0, 12, 0x80, 0, 0, 0, 0, 1, 0xba, 0, 0, 1, 0xe0, 7]);
        pack.extend([0, 0, 1, 0xbf, 0, 2, 1, 2]);
    }
    let (frames, faults) = demux(&bytes.concat(), Hints::default());
    assert_eq!((pieces(&frames), faults.private_packets, faults.private_bytes), (sent, 8, 56));
    assert_eq!(faults.resyncs, 0);
}

/// ZLM#683, WVP#595: Hikvision.
#[test]
fn packets_of_payload_type_40_are_skipped_and_counted() {
    let sent = pictures(Codec::H264, 4, 500);
    let mut all = packets(&packs(Codec::H264, &sent), &sent);
    let mut private = all[1].1.clone();
    private[1] = 40;
    private[12..].fill(0x77);
    // It has a place of its own in the count.
    for (_, packet) in &mut all[1..] {
        let next = u16::from_be_bytes([packet[2], packet[3]]).wrapping_add(1);
        packet[2..4].copy_from_slice(&next.to_be_bytes());
    }
    all.insert(1, (0, private));
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &stream(&all));
    assert_eq!((pieces(&frames), receiver.faults().private_packets), (sent, 1));
}

/// ZLM#1299.
#[test]
fn dahuas_own_container_is_counted() {
    let mut sender = Packetizer::new(Payload::Program, 96, SSRC, 0, 1_400);
    let mut bytes = Vec::new();
    for at in 0..5 {
        let frame = [b"DHAV".as_slice(), &filling(900, at)].concat();
        sender.frame(&frame, at as u32, |packet| frame_packet(packet, &mut bytes));
    }
    let mut receiver = TcpReceiver::new(Settings::default());
    assert_eq!(receive(&mut receiver, &bytes), []);
    assert_eq!(receiver.faults().foreign_containers, 5);
}

/// ZLM#2903.
#[test]
fn parameter_sets_before_a_dependent_picture_make_no_key_frame() {
    let mut sent = pictures(Codec::H264, 3, 500);
    let sets: Vec<u8> = h264(true, 1, 0)[..25].to_vec();
    sent[1].data = [sets.as_slice(), &sent[1].data].concat();
    let (frames, _) = demux(&packs(Codec::H264, &sent).concat(), Hints::default());
    assert_eq!(pieces(&frames), sent);
}

/// ZLM#571.
#[test]
fn a_sender_that_overwrites_its_buffer_loses_only_the_frames_it_hit() {
    let sent = pictures(Codec::H264, 30, 3_000);
    let mut bytes = tcp_of(&sent, Codec::H264);
    // The tail of one packet and the head of the next one are overwritten by later bytes.
    let (from, to) = (20_000, 22_000);
    bytes.copy_within(30_000..30_000 + (to - from), from);
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = pieces(&receive(&mut receiver, &bytes));
    assert!((26..30).contains(&frames.len()), "{}", frames.len());
    assert!(receiver.faults().resyncs >= 1);
    assert!(frames.iter().filter(|frame| !sent.contains(frame)).count() <= 1);
}

/// ZLM#1013: the SSRC reads " sip".
#[test]
fn sip_text_on_the_media_port_is_recognised() {
    let text = b"REGISTER sip:34020000002000000001@3402000000 SIP/2.0\r\nContent-Length: 0\r\n\r\n";
    let sent = pictures(Codec::H264, 4, 500);
    let mut datagrams: Vec<_> =
        packets(&packs(Codec::H264, &sent), &sent).into_iter().map(|(_, p)| p).collect();
    datagrams.insert(2, text.to_vec());
    let (frames, receiver) = udp(&datagrams, Settings::default());
    assert_eq!((pieces(&frames), receiver.faults().sip_messages), (sent.clone(), 1));

    let all = packets(&packs(Codec::H264, &sent), &sent);
    let bytes = [stream(&all[..2]), text.to_vec(), stream(&all[2..])].concat();
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &bytes);
    assert_eq!((pieces(&frames), receiver.faults().sip_messages), (sent, 1));
    assert_eq!(receiver.faults().skipped_bytes, text.len() as u64);
}

/// ZLM#571, ZLM#1013.
#[test]
fn a_connection_that_errs_again_and_again_is_given_up() {
    let sent = pictures(Codec::H264, 200, 300);
    let all = packets(&packs(Codec::H264, &sent), &sent);
    let (mut receiver, mut frames) = (TcpReceiver::new(Settings::default()), Vec::new());
    let ended = all.chunks(2).any(|two| {
        let bytes = [stream(two), filling(50, 3)].concat();
        receiver.push(&bytes, &mut frames) == Err(Hopeless)
    });
    assert!(ended);
}

/// ZLM PR#1572.
#[test]
fn cross_talk_on_a_shared_port_is_filtered_after_lock_on() {
    let sent = pictures(Codec::H264, 20, 2_000);
    let mut datagrams: Vec<_> =
        packets(&packs(Codec::H264, &sent), &sent).into_iter().map(|(_, p)| p).collect();
    for at in (2..datagrams.len()).rev().step_by(3) {
        let mut stranger = datagrams[at].clone();
        stranger[8..12].copy_from_slice(&7u32.to_be_bytes());
        datagrams.insert(at, stranger);
    }
    let (frames, receiver) = udp(&datagrams, Settings::default());
    assert_eq!(pieces(&frames), sent);
    assert!(receiver.faults().foreign_packets > 10);
    assert_eq!(receiver.ssrc(), Some(SSRC));
}

/// ZLM#742, ZLM#2630: green pictures.
#[test]
fn a_lost_datagram_costs_its_frame_and_says_so() {
    let sent = pictures(Codec::H264, 20, 3_000);
    let all = packets(&packs(Codec::H264, &sent), &sent);
    let in_frame_5 = all.iter().position(|(frame, _)| *frame == 5).expect("frame 5") + 1;
    let datagrams: Vec<_> =
        all.iter().enumerate().filter(|(at, _)| *at != in_frame_5).map(|(_, (_, p))| p.clone()).collect();
    let (frames, receiver) = udp(&datagrams, Settings::default());
    let mut kept = sent;
    kept.remove(5);
    assert_eq!(pieces(&frames), kept);
    assert_eq!((frames[5].lost_packets, frames[6].lost_packets), (1, 0));
    let faults = receiver.faults();
    assert_eq!((faults.lost_packets, faults.program.damaged_frames, faults.program.resyncs), (1, 1, 0));
}

/// WVP#127, PR#1119: the 200's y= differs from the offer.
#[test]
fn another_ssrc_than_the_agreed_one_is_heard() {
    let sent = pictures(Codec::H264, 4, 500);
    let datagrams: Vec<_> = packets(&packs(Codec::H264, &sent), &sent).into_iter().map(|(_, p)| p).collect();
    let reorder = ReorderSettings { ssrc: Some(200_000_002), ..ReorderSettings::default() };
    let (frames, receiver) = udp(&datagrams, Settings { reorder, ..Settings::default() });
    assert_eq!((pieces(&frames), receiver.ssrc()), (sent, Some(SSRC)));
}

/// srs#1500: Dahua.
#[test]
fn an_ssrc_of_zero_is_as_good_as_any() {
    let sent = pictures(Codec::H264, 4, 500);
    let sender = Packetizer::new(Payload::Program, 96, 0, 0, 1_400);
    let bytes = stream(&packets_of(sender, &packs(Codec::H264, &sent), &sent));
    let mut receiver = TcpReceiver::new(Settings::default());
    assert_eq!(pieces(&receive(&mut receiver, &bytes)), sent);
    assert_eq!(receiver.ssrc(), Some(0));
}

/// WVP#159, WVP#628: devices go on streaming to a session that is long gone.
#[test]
fn a_stale_sender_gives_way_to_the_one_agreed_on() {
    let sent = pictures(Codec::H264, 20, 500);
    let packs = packs(Codec::H264, &sent);
    let stale = packets_of(Packetizer::new(Payload::Program, 96, 7, 0, 1_400), &packs, &sent);
    let ours = packets(&packs, &sent);
    let datagrams: Vec<_> =
        stale.iter().zip(&ours).flat_map(|(stale, ours)| [stale.1.clone(), ours.1.clone()]).collect();
    let reorder = ReorderSettings { ssrc: Some(SSRC), ..ReorderSettings::default() };
    let (frames, receiver) = udp(&datagrams, Settings { reorder, ..Settings::default() });
    // The one frame that the stale sender had sent whole is there too.
    assert_eq!((&pieces(&frames)[1..], receiver.ssrc()), (sent.as_slice(), Some(SSRC)));
}

#[test]
fn a_new_session_on_the_same_connection_is_a_discontinuity() {
    let sent = pictures(Codec::H264, 10, 500);
    let packs = packs(Codec::H264, &sent);
    let again = packets_of(Packetizer::new(Payload::Program, 96, 7, 0, 1_400), &packs, &sent);
    let bytes = [stream(&packets(&packs, &sent)), stream(&again)].concat();
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &bytes);
    let jumps: Vec<_> = frames.iter().filter(|frame| frame.discontinuity).map(|frame| frame.pts).collect();
    assert_eq!((jumps, receiver.faults().ssrc_changes), (vec![900_000, 900_000], 1));
    assert!(frames.len() >= 19);
}

/// gb28181-rs.
#[test]
fn dollar_framing_over_tcp_is_detected() {
    let sent = pictures(Codec::H264, 4, 500);
    let mut bytes = Vec::new();
    for (_, packet) in packets(&packs(Codec::H264, &sent), &sent) {
        bytes.extend([b'$', 0]);
        frame_packet(&packet, &mut bytes);
    }
    let mut receiver = TcpReceiver::new(Settings::default());
    assert_eq!(pieces(&receive(&mut receiver, &bytes)), sent);
}

/// gb28181-rs.
#[test]
fn a_pes_header_one_byte_short_is_read() {
    let sent = pictures(Codec::H264, 4, 500);
    let mut bytes = packs(Codec::H264, &sent);
    for pack in &mut bytes {
        let at = pack.windows(4).position(|four| four == [0, 0, 1, 0xe0]).expect("a packet");
        // Without the first flag byte, with a filler behind the time.
        pack.copy_within(at + 7..at + 14, at + 6);
        pack[at + 13] = 0;
    }
    let (frames, faults) = demux(&bytes.concat(), Hints::default());
    assert_eq!((pieces(&frames), faults.short_headers), (sent, 4));
}

#[test]
fn stuffing_in_pack_headers_is_skipped_by_length_whatever_it_is() {
    let sent = pictures(Codec::H264, 4, 500);
    let mut bytes = packs(Codec::H264, &sent);
    for pack in &mut bytes {
        pack[13] = 0xf8 | 6;
        // A vendor's counter that looks like a start code.
        pack.splice(14..14, [0, 0, 1, 0xe0, 0, 9]);
    }
    let (frames, faults) = demux(&bytes.concat(), Hints::default());
    assert_eq!((pieces(&frames), faults), (sent, Faults::default()));
}

#[test]
fn a_frame_over_many_pes_packets_is_one_frame() {
    let sent = pictures(Codec::H265, 3, 200_000);
    let (frames, faults) = demux(&packs(Codec::H265, &sent).concat(), Hints::default());
    assert_eq!((pieces(&frames), faults), (sent, Faults::default()));
}

#[test]
fn every_nal_unit_in_its_own_pes_packet_still_makes_one_frame() {
    let whole = h264(true, 900, 4);
    let mut bytes =
        packs(Codec::H264, &[Piece { codec: Codec::H264, pts: 0, is_key: true, data: vec![] }]).concat();
    let header = bytes.split_off(bytes.len() - 14);
    for unit in [&whole[..16], &whole[16..25], &whole[25..]] {
        let mut packet = header.clone();
        packet[4..6].copy_from_slice(&(8 + unit.len() as u16).to_be_bytes());
        bytes.extend(packet);
        bytes.extend(unit);
    }
    let (frames, _) = demux(&bytes, Hints::default());
    assert_eq!(frames.iter().map(|frame| frame.data.to_vec()).collect::<Vec<_>>(), [whole]);
}

#[test]
fn a_pes_packet_of_length_zero_lasts_until_the_next_pack() {
    let sent = pictures(Codec::H264, 4, 2_500);
    let mut bytes = packs(Codec::H264, &sent);
    for pack in &mut bytes {
        let at = pack.windows(4).position(|four| four == [0, 0, 1, 0xe0]).expect("a packet");
        pack[at + 4..at + 6].fill(0);
    }
    for piece in [1, 7, 1_000] {
        let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
        bytes.concat().chunks(piece).for_each(|piece| demuxer.push(piece, None, &mut frames));
        demuxer.flush(&mut frames);
        assert_eq!(pieces(&frames), sent);
    }
}

#[test]
fn the_end_code_gives_out_the_last_picture() {
    let sent = pictures(Codec::H264, 2, 500);
    let mut bytes = packs(Codec::H264, &sent).concat();
    bytes.extend([0, 0, 1, 0xb9]);
    let (mut demuxer, mut frames) = (Demuxer::new(Hints::default()), Vec::new());
    demuxer.push(&bytes, None, &mut frames);
    assert_eq!(pieces(&frames), sent);
}

#[test]
fn a_reliable_marker_gives_frames_out_at_once_and_without_one_they_wait_for_the_next() {
    let sent = pictures(Codec::H264, 60, 2_000);
    let all = packets(&packs(Codec::H264, &sent), &sent);
    let without: Vec<_> = all
        .iter()
        .cloned()
        .map(|(frame, mut packet)| {
            packet[1] &= 0x7f;
            (frame, packet)
        })
        .collect();
    for (packets, is_prompt) in [(all, true), (without, false)] {
        let (mut receiver, mut frames) = (TcpReceiver::new(Settings::default()), Vec::new());
        receiver.push(&stream(&packets), &mut frames).expect("hope");
        assert_eq!(frames.len(), if is_prompt { 60 } else { 59 });
        receiver.flush(&mut frames);
        assert_eq!((pieces(&frames), receiver.faults().program.false_markers), (sent.clone(), 0));
    }
}

#[test]
fn a_marker_inside_a_pes_packet_ends_no_frame() {
    let sent = pictures(Codec::H264, 60, 2_000);
    let mut all = packets(&packs(Codec::H264, &sent), &sent);
    for (_, packet) in &mut all {
        packet[1] |= 0x80;
    }
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &stream(&all));
    assert_eq!((pieces(&frames), receiver.faults().program.false_markers), (sent, 0));
}

#[test]
fn a_marker_behind_each_slice_is_found_out() {
    // Two slices a picture, each in its own PES packet and RTP packet, all with the marker, after honest 40 frames.
    let honest = pictures(Codec::H264, 40, 800);
    let mut all = packets(&packs(Codec::H264, &honest), &honest);
    let mut sender =
        Packetizer::new(Payload::Program, 96, SSRC, 65_500u16.wrapping_add(all.len() as u16), 1_400);
    for at in 40..50 {
        let pts = at as i64 * 3_600 + 900_000;
        for head in [[0x41, 0x9a], [0x41, 0x40]] {
            let piece = Piece { codec: Codec::H264, pts, is_key: false, data: nal(&head, 700, at) };
            let pack = packs(Codec::H264, &[piece]).remove(0);
            sender.frame(&pack, pts as u32, |packet| all.push((at, packet.to_vec())));
        }
    }
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &stream(&all));
    assert_eq!((frames.len(), receiver.faults().program.false_markers), (50, 1));
    assert!(frames[41..].iter().all(|frame| frame.data.len() == 2 * 706));
}

#[test]
fn a_length_too_long_ends_where_the_next_frame_begins() {
    let sent = pictures(Codec::H264, 4, 500);
    let mut bytes = packs(Codec::H264, &sent);
    let at = bytes[1].windows(4).position(|four| four == [0, 0, 1, 0xe0]).expect("a packet") + 4;
    bytes[1][at] += 1;
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &stream(&packets(&bytes, &sent)));
    assert_eq!((pieces(&frames), receiver.faults().program.broken_lengths), (sent, 1));
}

#[test]
fn a_picture_without_its_end_is_not_given_out_at_the_end() {
    let sent = pictures(Codec::H264, 4, 3_500);
    let mut all = packets(&packs(Codec::H264, &sent), &sent);
    all.pop();
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &stream(&all));
    assert_eq!((pieces(&frames), receiver.faults().program.damaged_frames), (sent[..3].to_vec(), 1));
}

#[test]
fn a_program_stream_under_another_payload_type_is_recognised() {
    let sent = pictures(Codec::H264, 4, 3_500);
    let sender = Packetizer::new(Payload::Program, 98, SSRC, 0, 1_400);
    let bytes = stream(&packets_of(sender, &packs(Codec::H264, &sent), &sent));
    let mut receiver = TcpReceiver::new(Settings::default());
    assert_eq!(pieces(&receive(&mut receiver, &bytes)), sent);
}

#[test]
fn h265_under_the_payload_type_of_svac_or_h264_is_recognised() {
    let sent = pictures(Codec::H265, 12, 3_500);
    let units: Vec<_> = sent.iter().map(|piece| piece.data.clone()).collect();
    for payload_type in [98, 99, 100] {
        let sender = Packetizer::new(Payload::Elementary(Codec::H265), payload_type, SSRC, 0, 1_400);
        let bytes = stream(&packets_of(sender, &units, &sent));
        let mut receiver = TcpReceiver::new(Settings::default());
        assert_eq!(pieces(&receive(&mut receiver, &bytes)), sent, "{payload_type}");
    }
}

#[test]
fn sequence_numbers_that_mean_nothing_do_not_stop_a_connection() {
    let sent = pictures(Codec::H264, 200, 2_500);
    let mut all = packets(&packs(Codec::H264, &sent), &sent);
    for (at, (_, packet)) in all.iter_mut().enumerate() {
        packet[2..4].copy_from_slice(&(at as u16).wrapping_mul(1_400).to_be_bytes());
    }
    let mut receiver = TcpReceiver::new(Settings::default());
    let frames = receive(&mut receiver, &stream(&all));
    assert!(frames.len() > 180, "{}", frames.len());
}
