//! What devices do to SSRCs and session descriptions, as far as it is text. Dialogs, sockets and healing BYEs are not.

use watchfire_gb28181::edition::Edition;
use watchfire_gb28181::id::GbId;
use watchfire_gb28181::profile::{DeviceProfile, SsrcCheck};
use watchfire_gb28181::sdp::{Media, MediaFormat, MediaKind, Sdp, SessionKind, Transport};
use watchfire_gb28181::ssrc::{Purpose, Ssrc, SsrcPool};

fn server() -> GbId {
    GbId::parse("34020000002000000001").unwrap()
}

fn answer(line: &str) -> Sdp {
    let text =
        format!("v=0\r\no=x 0 0 IN IP4 1.2.3.4\r\ns=Play\r\nm=video 6000 RTP/AVP 96\r\na=sendonly\r\n{line}");
    Sdp::parse(text.as_bytes()).unwrap()
}

#[test]
fn wvp_127_the_answers_ssrc_is_read_when_it_differs_from_the_offer() {
    assert_eq!(answer("y=0200000009\r\n").ssrc, Some(Ssrc(200_000_009)));
}

#[test]
fn wvp_678_an_answer_without_an_ssrc_is_an_answer() {
    assert_eq!(answer("").ssrc, None);
}

#[test]
fn wvp_1119_the_check_of_the_ssrc_is_a_switch_of_the_device() {
    let check = |maker: &str, model: &str| DeviceProfile::for_device(Edition::V2016, maker, model).ssrc_check;
    assert_eq!(check("Hikvision", "DS-2CD"), SsrcCheck::Answer);
    assert_eq!(check("Hikvision", "Platform"), SsrcCheck::Off);
}

#[test]
fn srs_1500_dahua_says_ssrc_zero() {
    assert_eq!(answer("y=0000000000\r\n").ssrc, Some(Ssrc(0)));
    assert_eq!(DeviceProfile::for_device(Edition::V2016, "Dahua", "").ssrc_check, SsrcCheck::Off);
}

#[test]
fn an_ssrc_without_leading_zeros_is_the_same_ssrc() {
    assert_eq!(answer("y=200000009\r\n").ssrc, answer("y=0200000009\r\n").ssrc);
}

#[test]
fn wvp_159_a_number_of_a_stream_from_before_the_restart_is_not_given_out_again() {
    let mut pool = SsrcPool::new(server());
    let old = Ssrc(200_000_001);
    assert!(pool.reserve(old));
    assert_ne!(pool.allocate(Purpose::Live).unwrap(), old);
}

#[test]
fn monibuca_123_the_ssrc_is_the_last_line_but_the_format() {
    let mut offer = Sdp::new(server(), "10.0.0.1", SessionKind::Play);
    offer.media.push(Media::video(6000, Transport::Tcp).with_payload(96, "PS", 90_000));
    offer.ssrc = Some(Ssrc(200_000_001));
    assert!(offer.write().ends_with("\r\ny=0200000001\r\n"));
    offer.format = MediaFormat::parse("v/2/6/25/1/4096a///");
    assert!(offer.write().ends_with("\r\ny=0200000001\r\nf=v/2/6/25/1/4096a///\r\n"));
}

#[test]
fn wvp_1012_a_voice_leg_of_pcmu_or_ps_says_so() {
    let voice = |types: &str, map: &str| {
        let text = format!("s=Play\r\nm=audio 9000 RTP/AVP {types}\r\n{map}");
        let sdp = Sdp::parse(text.as_bytes()).unwrap();
        let media = sdp.section(&MediaKind::Audio).unwrap();
        media.encoding(media.payload_types[0]).map(str::to_owned)
    };
    assert_eq!(voice("8", "").as_deref(), Some("PCMA"));
    assert_eq!(voice("0 8", "").as_deref(), Some("PCMU"));
    assert_eq!(voice("96", "a=rtpmap:96 PS/90000\r\n").as_deref(), Some("PS"));
}
