//! The few packets of MQTT 3.1.1 (OASIS, 29 October 2014; ISO/IEC 20922) that somebody needs who only publishes: bytes out, bytes in, no sockets.

/// Longest packet that is read. A broker sends us nothing but answers of a few bytes.
const PACKET_BYTES_MAX: usize = 1024;
/// Length of CONNACK and PUBACK (3.2, 3.4).
const ANSWER_BYTES: usize = 2;
/// Longest text in a packet, its length being two bytes (1.5.3).
pub(super) const TEXT_BYTES_MAX: usize = 65_535;
/// Protocol level of 3.1.1 (3.1.2.2).
const LEVEL: u8 = 4;

/// What a broker says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packet {
    /// Whether the connection is taken; 0 means yes (3.2.2.3).
    ConnAck(u8),
    /// It answers for the message with this number (3.4).
    PubAck(u16),
    /// Something that nobody asked for.
    Other,
}

/// The bytes are no packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

/// Begins a connection whose session ends with it (3.1).
pub(super) fn connect(client: &str, keep_alive_s: u16, login: Option<(&str, &str)>) -> Vec<u8> {
    let clean_session = 0b0000_0010;
    let with_login = if login.is_some() { 0b1100_0000 } else { 0 };
    let mut body = Vec::new();
    put_text(&mut body, "MQTT");
    body.extend([LEVEL, clean_session | with_login]);
    body.extend(keep_alive_s.to_be_bytes());
    put_text(&mut body, client);
    if let Some((user, password)) = login {
        put_text(&mut body, user);
        put_text(&mut body, password);
    }
    framed(0x10, &body)
}

/// A message that the broker has to answer for, with `number`, which is not zero (3.3, QoS 1).
pub(super) fn publish(topic: &str, number: u16, payload: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(topic.len() + payload.len() + 4);
    put_text(&mut body, topic);
    body.extend(number.to_be_bytes());
    body.extend(payload);
    framed(0x32, &body)
}

/// The first packet of `bytes` and its length; none where more bytes are needed.
pub(super) fn read(bytes: &[u8]) -> Result<Option<(Packet, usize)>, Malformed> {
    let Some((&kind, rest)) = bytes.split_first() else { return Ok(None) };
    let Some((length, digits)) = remaining_length(rest)? else { return Ok(None) };
    // Both answers are two bytes long, so that a server of another kind is known by its first words.
    let is_answer = matches!(kind >> 4, 2 | 4);
    if length > PACKET_BYTES_MAX || (is_answer && length != ANSWER_BYTES) {
        return Err(Malformed);
    }
    let Some(body) = rest.get(digits..digits + length) else { return Ok(None) };
    let packet = match (kind >> 4, body) {
        (2, &[_, code]) => Packet::ConnAck(code),
        (4, &[high, low]) => Packet::PubAck(u16::from_be_bytes([high, low])),
        _ => Packet::Other,
    };
    Ok(Some((packet, 1 + digits + length)))
}

/// Seven bits a byte, the lowest first, at most four bytes (2.2.3).
fn remaining_length(bytes: &[u8]) -> Result<Option<(usize, usize)>, Malformed> {
    let mut length = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Ok(Some((length, index + 1)));
        }
    }
    if bytes.len() < 4 { Ok(None) } else { Err(Malformed) }
}

fn framed(head: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![head];
    let mut length = body.len();
    loop {
        let digit = (length & 0x7f) as u8;
        length >>= 7;
        bytes.push(if length == 0 { digit } else { digit | 0x80 });
        if length == 0 {
            break;
        }
    }
    bytes.extend(body);
    bytes
}

/// Its length in two bytes, then the text; what is longer than that can say is cut.
fn put_text(bytes: &mut Vec<u8>, text: &str) {
    let text = &text[..text.floor_char_boundary(TEXT_BYTES_MAX)];
    bytes.extend((text.len() as u16).to_be_bytes());
    bytes.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_are_those_of_the_standard() {
        let plain = connect("", 60, None);
        assert_eq!(plain, [0x10, 12, 0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 60, 0, 0]);
        let known = connect("w", 60, Some(("u", "p")));
        assert_eq!(known[9], 0xc2, "name, password, clean session");
        assert_eq!(known[12..], [0, 1, b'w', 0, 1, b'u', 0, 1, b'p']);
        assert_eq!(publish("a/b", 10, b"x"), [0x32, 8, 0, 3, b'a', b'/', b'b', 0, 10, b'x']);
        let long = publish("t", 1, &[0; 321 - 5]);
        assert_eq!(long[..3], [0x32, 0xc1, 2], "321 is written as the standard's own example (2.2.3)");
    }

    #[test]
    fn answers_are_read_whole_or_not_at_all() {
        let bytes = [0x20, 2, 0, 0, 0x40, 2, 1, 2, 0xd0, 0];
        assert_eq!(read(&bytes), Ok(Some((Packet::ConnAck(0), 4))));
        assert_eq!(read(&bytes[4..]), Ok(Some((Packet::PubAck(258), 4))));
        assert_eq!(read(&bytes[8..]), Ok(Some((Packet::Other, 2))));
        for end in 0..4 {
            assert_eq!(read(&bytes[..end]), Ok(None), "{end} bytes");
        }
        for bad in [
            b"HTTP/1.1",
            &[0x40, 1, 1][..],
            &[0x20, 0],
            &[0x30, 0xff, 0xff, 0xff, 0xff],
            &[0x30, 0xff, 0xff, 3],
        ] {
            assert_eq!(read(bad), Err(Malformed), "{bad:x?}");
        }
    }
}
