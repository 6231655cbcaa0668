//! Answers a request: the headers that RFC 3261 8.2.6 wants back, and `received`/`rport` of RFC 3581.

use std::io::Write as _;
use std::net::SocketAddr;

use super::header_name::HeaderName;
use super::message::Message;
use super::params::find_outside;
use super::peer::Peer;
use super::via::{Via, first_element};
use super::write::MessageWriter;

/// Vias that are copied: GB/T 28181 has one hop, and a chain of platforms adds one each.
const VIAS_MAX: usize = 8;

/// Starts the answer to a request with `Via`, `From`, `To`, `Call-ID` and `CSeq`; the caller adds its own headers. `tag` is written into
/// `To` when the request had none there.
pub fn response_head(
    request: &Message<'_>,
    from: &Peer,
    status: u16,
    reason: &str,
    tag: &str,
) -> MessageWriter {
    let mut writer = MessageWriter::response(status, reason);
    for (index, value) in request.all(HeaderName::Via).take(VIAS_MAX).enumerate() {
        if index == 0 {
            write_top_via(&mut writer, value, from.address);
        } else {
            writer.add("Via", &[value]);
        }
    }
    writer.add("From", &[request.header(HeaderName::From).unwrap_or_default()]);
    let to = request.header(HeaderName::To).unwrap_or_default();
    let needs_tag = status != 100 && !tag.is_empty() && request.to().is_none_or(|to| to.tag().is_none());
    if needs_tag {
        writer.add("To", &[to, b";tag=", tag.as_bytes()]);
    } else {
        writer.add("To", &[to]);
    }
    writer.add("Call-ID", &[request.header(HeaderName::CallId).unwrap_or_default()]);
    writer.add("CSeq", &[request.header(HeaderName::CSeq).unwrap_or_default()]);
    writer
}

/// A whole answer without a body.
pub fn respond(request: &Message<'_>, from: &Peer, status: u16, reason: &str, tag: &str) -> Vec<u8> {
    response_head(request, from, status, reason, tag).empty()
}

/// Writes the topmost `Via` back with the address that the packet really came from.
fn write_top_via(writer: &mut MessageWriter, value: &[u8], source: SocketAddr) {
    let Some(via) = Via::parse(value) else {
        writer.add("Via", &[value]);
        return;
    };
    let first = first_element(value);
    let head = &first[..find_outside(first, b';').unwrap_or(first.len())];
    writer.push(b"Via: ");
    writer.push_clean(head.trim_ascii());
    let mut wants_port = false;
    for (name, parameter) in via.params.iter() {
        if name.eq_ignore_ascii_case(b"received") {
            continue;
        }
        if name.eq_ignore_ascii_case(b"rport") {
            wants_port = true;
            continue;
        }
        writer.push(b";");
        writer.push_clean(name);
        if !parameter.is_empty() {
            writer.push(b"=");
            writer.push_clean(parameter);
        }
    }
    let mut address = [0_u8; 48];
    let mut left = &mut address[..];
    // An IPv6 address has at most 45 characters.
    let written = write!(left, "{}", source.ip()).map_or(0, |()| 48 - left.len());
    let address = &address[..written];
    if wants_port || via.host != address {
        writer.push(b";received=");
        writer.push(address);
    }
    if wants_port {
        writer.push(b";rport=");
        writer.push_number(u64::from(source.port()));
    }
    let rest = &value.trim_ascii()[first.len()..];
    writer.push_clean(rest);
    writer.push(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sip::Channel;

    fn peer() -> Peer {
        Peer { address: "203.0.113.7:40123".parse().unwrap(), channel: Channel::Udp { socket: 0 } }
    }

    fn answer_to(via: &str) -> String {
        let request = format!(
            "MESSAGE sip:p@d SIP/2.0\r\nVia: {via}\r\nFrom: <sip:a@d>;tag=1\r\nTo: <sip:p@d>\r\nCall-ID: c\r\nCSeq: 1 MESSAGE\r\n\r\n"
        );
        let message = Message::from_datagram(request.as_bytes()).unwrap();
        String::from_utf8(respond(&message, &peer(), 200, "OK", "t9")).unwrap()
    }

    #[test]
    fn the_real_source_is_written_into_the_via_that_asks_for_it() {
        let text = answer_to("SIP/2.0/UDP 192.168.1.64:5060;rport;branch=z9hG4bK1");
        assert!(
            text.contains(
                "Via: SIP/2.0/UDP 192.168.1.64:5060;branch=z9hG4bK1;received=203.0.113.7;rport=40123\r\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn a_truthful_via_without_rport_stays_as_it_is() {
        let text = answer_to("SIP/2.0/UDP 203.0.113.7:5060;branch=z9hG4bK1");
        assert!(text.contains("Via: SIP/2.0/UDP 203.0.113.7:5060;branch=z9hG4bK1\r\n"), "{text}");
    }

    #[test]
    fn further_vias_of_one_line_are_kept() {
        let text = answer_to("SIP/2.0/UDP 203.0.113.7;branch=z9hG4bK1, SIP/2.0/UDP 10.9.9.9;branch=z9hG4bK0");
        assert!(text.contains(";branch=z9hG4bK1, SIP/2.0/UDP 10.9.9.9;branch=z9hG4bK0\r\n"), "{text}");
    }

    #[test]
    fn the_answer_gets_a_tag_of_ours() {
        assert!(answer_to("SIP/2.0/UDP h").contains("To: <sip:p@d>;tag=t9\r\n"));
    }
}
