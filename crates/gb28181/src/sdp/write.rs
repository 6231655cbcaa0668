//! Writing: the lines in the order of RFC 4566, then `y=`, then `f=`.

use super::media::{Attribute, Media};
use super::session::Sdp;

impl Sdp {
    /// The body.
    pub fn write(&self) -> String {
        let mut out = String::new();
        let mut line = |key: &str, value: &str| {
            out.push_str(key);
            out.push('=');
            // A value never brings a line of its own.
            out.extend(value.chars().filter(|c| !c.is_control()));
            out.push_str("\r\n");
        };
        line("v", "0");
        let origin = or_dash(&self.origin);
        line("o", &format!("{origin} 0 0 {}", network(or_dash(&self.origin_address))));
        line("s", or_dash(self.kind.as_str()));
        if let Some(history) = self.history {
            line("u", &format!("{}:{}", history.channel, history.record_type));
        }
        if let Some(address) = &self.address {
            line("c", &network(address));
        }
        line("t", &format!("{} {}", self.time.0, self.time.1));
        for attribute in &self.attributes {
            line("a", &attribute_value(attribute));
        }
        for media in &self.media {
            write_media(media, &mut line);
        }
        if let Some(ssrc) = self.ssrc {
            line("y", &ssrc.to_string());
        }
        if let Some(format) = &self.format {
            line("f", &format.to_string());
        }
        out
    }
}

fn write_media(media: &Media, line: &mut impl FnMut(&str, &str)) {
    let mut words = vec![media.kind.as_str().to_owned(), media.port.to_string()];
    words.push(media.transport.as_str().to_owned());
    words.extend(media.payload_types.iter().map(u8::to_string));
    line("m", &words.join(" "));
    if let Some(address) = &media.address {
        line("c", &network(address));
    }
    if let Some(direction) = media.direction {
        line("a", direction.as_str());
    }
    for map in &media.rtp_maps {
        line("a", &format!("rtpmap:{} {}/{}", map.payload_type, map.encoding, map.clock_hz));
    }
    for attribute in &media.attributes {
        line("a", &attribute_value(attribute));
    }
}

fn attribute_value(attribute: &Attribute) -> String {
    if attribute.value.is_empty() {
        attribute.name.clone()
    } else {
        format!("{}:{}", attribute.name, attribute.value)
    }
}

fn network(address: &str) -> String {
    let family = if address.contains(':') { "IP6" } else { "IP4" };
    format!("IN {family} {address}")
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}
