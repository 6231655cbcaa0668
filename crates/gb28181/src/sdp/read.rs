//! Reading.

use super::format::MediaFormat;
use super::media::{Attribute, Direction, Media, MediaKind, RtpMap, Transport};
use super::session::{History, Sdp, SessionKind};
use super::{ATTRIBUTES_MAX, BODY_BYTES_MAX, LINES_MAX, MEDIA_MAX, SdpError};
use crate::charset::decode;
use crate::id::GbId;
use crate::ssrc::Ssrc;

impl Sdp {
    /// Reads a description. Only a media line is needed.
    pub fn parse(bytes: &[u8]) -> Result<Self, SdpError> {
        if bytes.len() > BODY_BYTES_MAX {
            return Err(SdpError::TooLarge(bytes.len()));
        }
        let text = decode(bytes);
        let mut sdp = empty();
        for line in text.split(['\r', '\n', '\0']).take(2 * LINES_MAX) {
            // No control character gets inside, so none has to be left out when the description is written on.
            let line = line.replace(char::is_control, " ");
            if let Some((key, value)) = line.split_once('=') {
                sdp.take(key.trim(), value.trim());
            }
        }
        if sdp.media.is_empty() { Err(SdpError::NoMedia) } else { Ok(sdp) }
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "o" => self.take_origin(value),
            "s" => self.kind = SessionKind::from_text(value),
            "u" => self.history = history(value).or(self.history),
            "c" => self.take_address(value),
            "t" => self.time = times(value).unwrap_or(self.time),
            "m" => self.media.extend(media(value).filter(|_| self.media.len() < MEDIA_MAX)),
            "a" => self.take_attribute(value),
            "y" => self.ssrc = Ssrc::parse(value).or(self.ssrc),
            "f" => self.format = MediaFormat::parse(value).or(self.format.take()),
            _ => {}
        }
    }

    fn take_origin(&mut self, value: &str) {
        let words: Vec<&str> = value.split_whitespace().collect();
        words.first().copied().unwrap_or_default().clone_into(&mut self.origin);
        self.origin_address = words.get(5).and_then(|word| host(word)).unwrap_or_default();
    }

    fn take_address(&mut self, value: &str) {
        let address = value.split_whitespace().nth(2).and_then(host);
        match self.media.last_mut() {
            Some(media) => media.address = address,
            None => self.address = address,
        }
    }

    fn take_attribute(&mut self, value: &str) {
        let (name, rest) = value.split_once(':').unwrap_or((value, ""));
        let (name, rest) = (name.trim(), rest.trim());
        let Some(media) = self.media.last_mut() else {
            if self.attributes.len() < ATTRIBUTES_MAX {
                self.attributes.push(Attribute::new(name, rest));
            }
            return;
        };
        if let Some(direction) = Direction::from_text(name).filter(|_| rest.is_empty()) {
            media.direction = Some(direction);
        } else if name.eq_ignore_ascii_case("rtpmap") {
            media.rtp_maps.extend(rtp_map(rest).filter(|_| media.rtp_maps.len() < ATTRIBUTES_MAX));
        } else if media.attributes.len() < ATTRIBUTES_MAX {
            media.attributes.push(Attribute::new(name, rest));
        }
    }
}

fn empty() -> Sdp {
    Sdp {
        origin: String::new(),
        origin_address: String::new(),
        kind: SessionKind::Raw(String::new()),
        history: None,
        address: None,
        time: (0, 0),
        attributes: Vec::new(),
        media: Vec::new(),
        ssrc: None,
        format: None,
    }
}

/// An address or a name, without the time to live behind it. Anything else than letters, digits and `.:-` is no address.
fn host(word: &str) -> Option<String> {
    let host = word.split('/').next().unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-');
    (!host.is_empty() && host.len() <= 253 && host.chars().all(fits)).then(|| host.to_owned())
}

/// `34020000001310000001:0`; the type is 0 where there is none.
fn history(value: &str) -> Option<History> {
    let (channel, record_type) = value.split_once(':').unwrap_or((value, "0"));
    Some(History {
        channel: GbId::parse(channel).ok()?,
        record_type: record_type.trim().parse().unwrap_or(0),
    })
}

fn times(value: &str) -> Option<(u64, u64)> {
    let mut words = value.split_whitespace().map(|word| word.parse().ok());
    Some((words.next()??, words.next()??))
}

/// `video 6000 RTP/AVP 96 97`, also with the number of ports: `6000/2`.
fn media(value: &str) -> Option<Media> {
    let mut words = value.split_whitespace();
    let kind = MediaKind::from_text(words.next()?);
    let port = words.next()?.split('/').next()?.parse().ok()?;
    let transport = Transport::from_text(words.next()?);
    let payload_types = words.filter_map(|word| word.parse().ok()).take(ATTRIBUTES_MAX).collect();
    Some(Media { kind, payload_types, ..Media::video(port, transport) })
}

/// `96 PS/90000`.
fn rtp_map(value: &str) -> Option<RtpMap> {
    let (payload_type, rest) = value.split_once(char::is_whitespace)?;
    let mut parts = rest.trim().split('/');
    Some(RtpMap {
        payload_type: payload_type.parse().ok()?,
        encoding: parts.next().filter(|name| !name.is_empty())?.to_owned(),
        clock_hz: parts.next().and_then(|clock| clock.trim().parse().ok()).unwrap_or(90_000),
    })
}
