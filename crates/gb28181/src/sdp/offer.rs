//! The offers that a platform makes, and the mirror that answers them (9.2.2, 9.8.2, 9.9.2).

use super::format::MediaFormat;
use super::media::{Attribute, Direction, Media, Setup, Transport};
use super::session::{History, Sdp, SessionKind};
use crate::edition::Edition;
use crate::id::GbId;
use crate::manscdp::LocalTime;
use crate::profile::MediaTransport;
use crate::ssrc::Ssrc;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted {
    /// What happens now.
    Live,
    /// What was recorded between two times, at the speed of life.
    Playback(LocalTime, LocalTime),
    /// What was recorded between two times, so many times faster.
    Download(LocalTime, LocalTime, u8),
}

/// An offer to receive a channel's stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Whose.
    pub channel: GbId,
    /// What.
    pub wanted: Wanted,
    /// Where media shall come to.
    pub address: String,
    /// At which port; with [`MediaTransport::TcpPlatformConnects`] any, by custom 9.
    pub port: u16,
    /// How.
    pub transport: MediaTransport,
    /// Under which number.
    pub ssrc: Ssrc,
    /// The edition of the device, for the number of H.265.
    pub edition: Edition,
    /// Which stream; see [`crate::profile::DeviceProfile::stream_attribute`].
    pub stream: Option<Attribute>,
    /// What it shall be like.
    pub format: Option<MediaFormat>,
}

impl Offer {
    /// The description to send.
    pub fn sdp(&self) -> Sdp {
        let kind = match self.wanted {
            Wanted::Live => SessionKind::Play,
            Wanted::Playback(..) => SessionKind::Playback,
            Wanted::Download(..) => SessionKind::Download,
        };
        let mut sdp = Sdp::new(self.channel, &self.address, kind);
        if let Wanted::Playback(start, end) | Wanted::Download(start, end, _) = self.wanted {
            sdp.history = Some(History { channel: self.channel, record_type: 0 });
            sdp.time = (start.unix_s().max(0).unsigned_abs(), end.unix_s().max(0).unsigned_abs());
        }
        sdp.media.push(self.media());
        sdp.ssrc = Some(self.ssrc);
        sdp.format.clone_from(&self.format);
        sdp
    }

    fn media(&self) -> Media {
        let setup = match self.transport {
            MediaTransport::Udp => None,
            MediaTransport::TcpDeviceConnects => Some(Setup::Passive),
            MediaTransport::TcpPlatformConnects => Some(Setup::Active),
        };
        let transport = if setup.is_some() { Transport::Tcp } else { Transport::Udp };
        // 2022 puts H.265 on 100; before, peers put it on 99, where the standard has SVAC.
        let h265 = if self.edition >= Edition::V2022 { 100 } else { 99 };
        let mut media = Media::video(self.port, transport)
            .with_payload(96, "PS", 90_000)
            .with_payload(97, "MPEG4", 90_000)
            .with_payload(98, "H264", 90_000)
            .with_payload(h265, "H265", 90_000);
        media.direction = Some(Direction::RecvOnly);
        if let Some(setup) = setup {
            media = media.with_attribute("setup", setup.as_str()).with_attribute("connection", "new");
        }
        if let Wanted::Download(_, _, speed) = self.wanted {
            media = media.with_attribute("downloadspeed", speed.to_string());
        }
        media.attributes.extend(self.stream.clone());
        media
    }
}

impl Sdp {
    /// The answer of the side that sends: the mirror of an offer. Its media are the first payload type offered, PS where it is
    /// offered; `None` when the offer has no section that is turned on.
    pub fn mirror(&self, sender: GbId, address: &str, port: u16) -> Option<Sdp> {
        let offered = self.media.iter().find(|media| media.port != 0)?;
        let is_ps = |number: &&u8| offered.encoding(**number) == Some("PS");
        let chosen = offered.payload_types.iter().find(is_ps).or(offered.payload_types.first())?;
        let mut media = Media { kind: offered.kind.clone(), ..Media::video(port, offered.transport.clone()) }
            .with_payload(*chosen, offered.encoding(*chosen).unwrap_or("PS"), clock_of(offered, *chosen));
        media.direction = Some(Direction::SendOnly);
        if let Some(setup) = self.setup(offered) {
            media =
                media.with_attribute("setup", setup.opposite().as_str()).with_attribute("connection", "new");
        }
        let mut answer = Sdp::new(sender, address, self.kind.clone());
        answer.time = self.time;
        answer.history = self.history;
        answer.media.push(media);
        answer.ssrc = self.ssrc;
        Some(answer)
    }
}

fn clock_of(media: &Media, payload_type: u8) -> u32 {
    let mapped = media.rtp_maps.iter().find(|map| map.payload_type == payload_type);
    mapped.map_or(90_000, |map| map.clock_hz)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdp::MediaKind;

    fn offer(wanted: Wanted, transport: MediaTransport) -> Offer {
        Offer {
            channel: GbId::parse("34020000001310000001").unwrap(),
            wanted,
            address: "10.0.0.1".to_owned(),
            port: 30_000,
            transport,
            ssrc: Ssrc(200_000_001),
            edition: Edition::V2016,
            stream: Some(Attribute::new("stream", "1")),
            format: None,
        }
    }

    #[test]
    fn a_download_over_tcp_is_offered_line_by_line() {
        let time = |text: &str| LocalTime::parse(text).unwrap();
        let wanted = Wanted::Download(time("2026-11-23T19:30:50"), time("2026-11-23T20:30:50"), 4);
        let expected = "v=0\r\n\
            o=34020000001310000001 0 0 IN IP4 10.0.0.1\r\n\
            s=Download\r\n\
            u=34020000001310000001:0\r\n\
            c=IN IP4 10.0.0.1\r\n\
            t=1795433450 1795437050\r\n\
            m=video 30000 TCP/RTP/AVP 96 97 98 99\r\n\
            a=recvonly\r\n\
            a=rtpmap:96 PS/90000\r\n\
            a=rtpmap:97 MPEG4/90000\r\n\
            a=rtpmap:98 H264/90000\r\n\
            a=rtpmap:99 H265/90000\r\n\
            a=setup:passive\r\n\
            a=connection:new\r\n\
            a=downloadspeed:4\r\n\
            a=stream:1\r\n\
            y=0200000001\r\n";
        assert_eq!(offer(wanted, MediaTransport::TcpDeviceConnects).sdp().write(), expected);
    }

    #[test]
    fn the_mirror_sends_what_was_asked_for_in_the_opposite_role() {
        let offered = offer(Wanted::Live, MediaTransport::TcpDeviceConnects).sdp();
        let sender = GbId::parse("34020000001310000001").unwrap();
        let answer = offered.mirror(sender, "10.0.0.2", 40_000).unwrap();
        let media = answer.section(&MediaKind::Video).unwrap();
        assert_eq!(media.direction, Some(Direction::SendOnly));
        assert_eq!(answer.setup(media), Some(Setup::Active));
        assert_eq!((media.port, &media.payload_types[..]), (40_000, &[96][..]));
        assert_eq!(answer.ssrc, offered.ssrc);
    }

    #[test]
    fn an_offer_over_udp_says_nothing_about_connections() {
        let text = offer(Wanted::Live, MediaTransport::Udp).sdp().write();
        assert!(text.contains("m=video 30000 RTP/AVP ") && !text.contains("a=setup"));
    }

    #[test]
    fn an_offer_whose_media_are_turned_off_has_no_mirror() {
        let mut offered = offer(Wanted::Live, MediaTransport::Udp).sdp();
        offered.media[0].port = 0;
        assert_eq!(offered.mirror(offer(Wanted::Live, MediaTransport::Udp).channel, "10.0.0.2", 1), None);
    }
}
