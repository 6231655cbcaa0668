//! What a device asks for in its INVITE, and the description that answers it.

use crate::id::GbId;
use crate::profile::MediaTransport;
use crate::sdp::{
    AudioCodec, AudioFormat, BitRate, Direction, Media, MediaFormat, MediaKind, SampleRate, Sdp, Setup,
    Transport,
};
use crate::ssrc::Ssrc;

/// How a voice is carried. The standard says A-law in packets of their own; what else is taken was seen in devices (WVP PR#1012).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoiceFormat {
    /// G.711 A-law.
    ALaw,
    /// G.711 µ-law.
    MuLaw,
    /// G.711 A-law inside a program stream.
    Program,
}

impl VoiceFormat {
    /// Every format, the one that is taken where a device offers several first.
    const ALL: [Self; 3] = [Self::ALaw, Self::MuLaw, Self::Program];

    /// Its name in `a=rtpmap`, and the clock of its packets in Hz.
    fn map(self) -> (&'static str, u32) {
        match self {
            Self::ALaw => ("PCMA", 8_000),
            Self::MuLaw => ("PCMU", 8_000),
            Self::Program => ("PS", 90_000),
        }
    }
}

/// What a device wants to hear, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wish {
    pub format: VoiceFormat,
    pub payload_type: u8,
    pub transport: MediaTransport,
    pub remote: (String, u16),
    pub ssrc: Option<Ssrc>,
}

impl Wish {
    /// Reads an offer; `None` where it has no section with a format that we can send. Pictures are not sent, but sound in a program stream may
    /// be asked for under `m=video`.
    pub fn read(offer: &Sdp) -> Option<Self> {
        let media = offer.section(&MediaKind::Audio).or(offer.section(&MediaKind::Video))?;
        let of_format = |format: VoiceFormat| {
            let is_it = |number: &u8| {
                media.encoding(*number).is_some_and(|name| name.eq_ignore_ascii_case(format.map().0))
            };
            media.payload_types.iter().copied().find(is_it).map(|number| (format, number))
        };
        let (format, payload_type) = VoiceFormat::ALL.into_iter().find_map(of_format)?;
        let transport = match (&media.transport, offer.setup(media)) {
            (Transport::Udp, _) => MediaTransport::Udp,
            (Transport::Tcp, Some(Setup::Passive)) => MediaTransport::TcpPlatformConnects,
            // Without a word the offerer connects (RFC 4145 4.1), as devices do for pictures.
            (Transport::Tcp, _) => MediaTransport::TcpDeviceConnects,
            (Transport::Raw(_), _) => return None,
        };
        let remote = (offer.address_of(media).to_owned(), media.port);
        Some(Self { format, payload_type, transport, remote, ssrc: offer.ssrc })
    }

    /// The answer: we send, from this port.
    pub fn answer(&self, offer: &Sdp, own: GbId, (host, port): (&str, u16), ssrc: Ssrc) -> Sdp {
        let (name, clock_hz) = self.format.map();
        let (transport, setup) = match self.transport {
            MediaTransport::Udp => (Transport::Udp, None),
            MediaTransport::TcpDeviceConnects => (Transport::Tcp, Some(Setup::Passive)),
            MediaTransport::TcpPlatformConnects => (Transport::Tcp, Some(Setup::Active)),
        };
        let kind = offer.section(&MediaKind::Audio).map_or(MediaKind::Video, |media| media.kind.clone());
        let mut media =
            Media { kind, ..Media::video(port, transport) }.with_payload(self.payload_type, name, clock_hz);
        media.direction = Some(Direction::SendOnly);
        if let Some(setup) = setup {
            media = media.with_attribute("setup", setup.as_str()).with_attribute("connection", "new");
        }
        let mut answer = Sdp::new(own, host, offer.kind.clone());
        answer.media.push(media);
        answer.ssrc = Some(ssrc);
        let audio = AudioFormat {
            codec: Some(AudioCodec::G711),
            bit_rate: Some(BitRate::K64),
            sample_rate: Some(SampleRate::K8),
        };
        answer.format = Some(MediaFormat { audio, ..MediaFormat::default() });
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(media: &str) -> Sdp {
        let text = format!(
            "v=0\r\no=34020000001320000001 0 0 IN IP4 192.168.1.64\r\ns=Play\r\nc=IN IP4 192.168.1.64\r\nt=0 0\r\n{media}y=0100000001\r\n"
        );
        Sdp::parse(text.as_bytes()).unwrap()
    }

    fn answered(offered: &Sdp) -> String {
        let own = GbId::parse("34020000002000000001").unwrap();
        let wish = Wish::read(offered).unwrap();
        wish.answer(offered, own, ("10.0.0.1", 30_000), wish.ssrc.unwrap()).write()
    }

    #[test]
    fn the_offer_of_the_standard_is_answered_line_by_line() {
        let offered = offer("m=audio 5062 RTP/AVP 8\r\na=recvonly\r\na=rtpmap:8 PCMA/8000\r\n");
        let expected = "v=0\r\n\
            o=34020000002000000001 0 0 IN IP4 10.0.0.1\r\n\
            s=Play\r\n\
            c=IN IP4 10.0.0.1\r\n\
            t=0 0\r\n\
            m=audio 30000 RTP/AVP 8\r\n\
            a=sendonly\r\n\
            a=rtpmap:8 PCMA/8000\r\n\
            y=0100000001\r\n\
            f=v/////a/1/8/1\r\n";
        assert_eq!(answered(&offered), expected);
    }

    #[test]
    fn a_law_is_taken_before_anything_else_and_what_else_is_offered_where_it_is_not() {
        for (numbers, format, payload_type) in [
            ("96 0 8", VoiceFormat::ALaw, 8),
            ("96 0", VoiceFormat::MuLaw, 0),
            ("96", VoiceFormat::Program, 96),
        ] {
            let wish = Wish::read(&offer(&format!("m=audio 5062 RTP/AVP {numbers}\r\n"))).unwrap();
            assert_eq!((wish.format, wish.payload_type), (format, payload_type), "{numbers}");
        }
        assert_eq!(Wish::read(&offer("m=audio 5062 RTP/AVP 4 18\r\n")), None);
        assert_eq!(Wish::read(&offer("m=audio 0 RTP/AVP 8\r\n")), None);
    }

    #[test]
    fn over_tcp_the_roles_are_the_opposite_of_the_devices() {
        for (setup, transport, ours) in [
            ("a=setup:active\r\n", MediaTransport::TcpDeviceConnects, "a=setup:passive"),
            ("", MediaTransport::TcpDeviceConnects, "a=setup:passive"),
            ("a=setup:passive\r\n", MediaTransport::TcpPlatformConnects, "a=setup:active"),
        ] {
            let offered = offer(&format!("m=audio 5062 TCP/RTP/AVP 8\r\n{setup}"));
            assert_eq!(Wish::read(&offered).unwrap().transport, transport);
            let text = answered(&offered);
            assert!(text.contains("m=audio 30000 TCP/RTP/AVP 8") && text.contains(ours), "{text}");
        }
    }
}
