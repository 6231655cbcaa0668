//! Descriptions of the standard and of the field.

use proptest::prelude::*;

use super::*;
use crate::id::GbId;
use crate::ssrc::Ssrc;

/// An offer for live pictures over TCP with every line that the standard knows.
const OFFER: &str = "v=0\r\n\
    o=34020000001310000001 0 0 IN IP4 192.168.1.10\r\n\
    s=Play\r\n\
    c=IN IP4 192.168.1.10\r\n\
    t=0 0\r\n\
    m=video 30000 TCP/RTP/AVP 96 98\r\n\
    a=recvonly\r\n\
    a=rtpmap:96 PS/90000\r\n\
    a=rtpmap:98 H264/90000\r\n\
    a=setup:passive\r\n\
    a=connection:new\r\n\
    a=streamnumber:1\r\n\
    y=0100000001\r\n\
    f=v/2/5/25/1/4000a/1/8/1\r\n";

fn read(text: &str) -> Sdp {
    Sdp::parse(text.as_bytes()).unwrap()
}

fn channel() -> GbId {
    GbId::parse("34020000001310000001").unwrap()
}

#[test]
fn an_offer_is_written_as_the_standard_prints_it() {
    let mut offer = Sdp::new(channel(), "192.168.1.10", SessionKind::Play);
    let media =
        Media::video(30_000, Transport::Tcp).with_payload(96, "PS", 90_000).with_payload(98, "H264", 90_000);
    let media = media.with_attribute("setup", "passive").with_attribute("connection", "new");
    let media = Media { direction: Some(Direction::RecvOnly), ..media };
    offer.media.push(media.with_attribute("streamnumber", "1"));
    offer.ssrc = Some(Ssrc(100_000_001));
    offer.format = MediaFormat::parse("v/2/5/25/1/4000a/1/8/1");
    assert_eq!(offer.write(), OFFER);
}

#[test]
fn an_offer_is_read() {
    let offer = read(OFFER);
    let media = offer.section(&MediaKind::Video).unwrap();
    assert_eq!((media.port, &media.transport), (30_000, &Transport::Tcp));
    assert_eq!(media.direction, Some(Direction::RecvOnly));
    assert_eq!(offer.setup(media).map(Setup::opposite), Some(Setup::Active));
    assert_eq!(offer.stream_number(media), Some(1));
    assert_eq!(media.encoding(96), Some("PS"));
    assert_eq!(offer.ssrc, Some(Ssrc(100_000_001)));
    assert_eq!(offer.format.as_ref().unwrap().video.resolution.as_ref().unwrap().pixels(), Some((1280, 720)));
}

#[test]
fn a_download_names_its_channel_its_times_its_speed_and_its_size() {
    let sdp = read(
        "v=0\no=- 0 0 IN IP4 1.2.3.4\ns=Download\nu=34020000001310000001:3\nc=IN IP4 1.2.3.4\nt=1795433450 1795437050\n\
         m=video 6000 RTP/AVP 96\na=sendonly\na=downloadspeed:4\na=filesize:123456789\ny=1200000001\n",
    );
    let media = &sdp.media[0];
    assert_eq!(sdp.history, Some(History { channel: channel(), record_type: 3 }));
    assert_eq!(sdp.time, (1_795_433_450, 1_795_437_050));
    assert_eq!(sdp.download_speed(media), Some(4.0));
    assert_eq!(sdp.file_size(media), Some(123_456_789));
}

#[test]
fn lines_in_any_order_and_of_any_ends_are_read() {
    let sdp = read(
        "y=0200000001\nf=v/////a/1/8/1\ns=PLAY\rm=video 6000/2 rtp/avp 96\0\nc=IN IP4 10.0.0.1/127\na=SENDONLY",
    );
    assert_eq!(sdp.ssrc, Some(Ssrc(200_000_001)));
    assert_eq!(sdp.kind, SessionKind::Play);
    assert_eq!(sdp.address_of(&sdp.media[0]), "10.0.0.1");
    assert_eq!(sdp.media[0].direction, Some(Direction::SendOnly));
}

#[test]
fn without_a_connection_line_media_go_to_the_origin() {
    let sdp = read("o=x 0 0 IN IP4 10.1.1.1\r\nm=audio 8000 RTP/AVP 8\r\n");
    assert_eq!(sdp.address_of(&sdp.media[0]), "10.1.1.1");
    assert_eq!(sdp.media[0].encoding(8), Some("PCMA"));
}

#[test]
fn every_vendors_way_to_ask_for_the_sub_stream_is_understood() {
    for line in ["streamnumber:1", "stream:1", "streamprofile:1", "streamMode:SUB"] {
        let sdp = read(&format!("m=video 1 RTP/AVP 96\r\na={line}\r\n"));
        assert_eq!(sdp.stream_number(&sdp.media[0]), Some(1), "{line}");
    }
}

#[test]
fn empty_slots_of_the_format_keep_their_slashes() {
    let format = MediaFormat::parse("v/////a/1/8/1").unwrap();
    assert_eq!(format.video, VideoFormat::default());
    assert_eq!(format.to_string(), "v/////a/1/8/1");
    assert_eq!(
        MediaFormat::parse("v/2/1920x1080/25/2/4096").unwrap().to_string(),
        "v/2/1920x1080/25/2/4096a///"
    );
    assert_eq!(MediaFormat::parse(""), None);
}

#[test]
fn an_address_with_markup_is_no_address() {
    assert_eq!(read("c=IN IP4 <script>\r\nm=video 1 RTP/AVP 96\r\n").address, None);
}

#[test]
fn a_value_cannot_bring_a_line_of_its_own() {
    let mut sdp = read(OFFER);
    sdp.origin = "x\r\nm=audio 1 RTP/AVP 0".to_owned();
    assert_eq!(read(&sdp.write()).media.len(), 1);
}

#[test]
fn a_body_without_media_or_too_large_is_refused() {
    assert_eq!(Sdp::parse(b"v=0\r\n"), Err(SdpError::NoMedia));
    assert_eq!(Sdp::parse(&vec![b'a'; BODY_BYTES_MAX + 1]), Err(SdpError::TooLarge(BODY_BYTES_MAX + 1)));
}

fn any_format() -> impl Strategy<Value = Option<MediaFormat>> {
    let video = (
        0..=VideoCodec::ALL.len(),
        0..=Resolution::ALL.len(),
        proptest::option::of(1_u16..120),
        any::<u32>(),
    );
    let audio = (0..=AudioCodec::ALL.len(), 0..=BitRate::ALL.len(), 0..=SampleRate::ALL.len());
    let format = (video, audio).prop_map(|((codec, size, fps, kbps), (sound, bits, samples))| MediaFormat {
        video: VideoFormat {
            codec: VideoCodec::ALL.get(codec).cloned(),
            resolution: Resolution::ALL.get(size).cloned(),
            fps,
            rate_type: Some(RateType::Constant),
            kbps: Some(kbps),
        },
        audio: AudioFormat {
            codec: AudioCodec::ALL.get(sound).cloned(),
            bit_rate: BitRate::ALL.get(bits).cloned(),
            sample_rate: SampleRate::ALL.get(samples).cloned(),
        },
    });
    proptest::option::of(format)
}

prop_compose! {
    fn any_sdp()(
        kind in prop_oneof![Just(SessionKind::Play), Just(SessionKind::Playback), Just(SessionKind::Download)],
        record_type in proptest::option::of(0_u8..4),
        address in proptest::option::of("[0-9]{1,3}\\.[0-9]{1,3}"),
        time in (any::<u64>(), any::<u64>()),
        port: u16,
        is_tcp: bool,
        payload_types in proptest::collection::vec(0_u8..128, 1..5),
        attributes in proptest::collection::vec(("[b-qt-z]{3,8}", "[a-z0-9]{0,8}"), 0..5),
        ssrc in proptest::option::of(0_u32..2_000_000_000),
        format in any_format(),
    ) -> Sdp {
        let mut sdp = Sdp::new(channel(), "10.0.0.1", kind);
        sdp.history = record_type.map(|record_type| History { channel: channel(), record_type });
        sdp.time = time;
        let transport = if is_tcp { Transport::Tcp } else { Transport::Udp };
        let mut media = Media { payload_types, address, ..Media::video(port, transport) };
        media.rtp_maps = vec![RtpMap { payload_type: 96, encoding: "PS".to_owned(), clock_hz: 90_000 }];
        media.attributes = attributes.iter().map(|(name, value)| Attribute::new(name, value.as_str())).collect();
        sdp.media.push(media);
        sdp.ssrc = ssrc.map(Ssrc);
        sdp.format = format;
        sdp
    }
}

#[test]
fn odd_slots_and_directions_are_written_as_they_are_read() {
    let odd = read("m=video 1 RTP/AVP 96\r\na=sendonly:\r\nf=v/1/2/25/4a\r\n");
    assert_eq!(odd.media[0].direction, Some(Direction::SendOnly));
    assert_eq!(read(&odd.write()).format, odd.format);
}

#[test]
fn control_characters_do_not_get_inside() {
    let odd = read("s=\u{5}\r\nm=\u{1} 1 RTP/AVP 96\r\nm=video\t1\tRTP/AVP\t96\r\na=x:\u{7}y\r\n");
    assert_eq!((odd.media.len(), &odd.media[0].kind, odd.kind.as_str()), (1, &MediaKind::Video, ""));
    assert_eq!(odd.media[0].attributes, [Attribute::new("x", "y")]);
}

proptest! {
    #[test]
    fn any_session_is_read_as_it_was_written(sdp in any_sdp()) {
        prop_assert_eq!(Sdp::parse(sdp.write().as_bytes()), Ok(sdp));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Sdp::parse(&bytes);
    }

    #[test]
    fn no_lines_make_the_reader_panic(lines in proptest::collection::vec("[a-z]=[ -~]{0,30}", 0..30)) {
        if let Ok(sdp) = Sdp::parse(lines.join("\n").as_bytes()) {
            let _ = sdp.write();
        }
    }
}
