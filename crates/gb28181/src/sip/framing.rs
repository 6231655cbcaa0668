//! What a datagram on the SIP port is. 4.3.2 forbids anything but SIP there; blank keep-alives, STUN and RTP arrive nevertheless.

use super::method::Method;

/// What a datagram looks like, by its first bytes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datagram {
    /// Begins like a request or response.
    Sip,
    /// Blank lines or NULs that keep a NAT mapping open.
    KeepAlive,
    /// A STUN message.
    Stun,
    /// RTP or RTCP that went to the wrong port.
    Rtp,
    /// Anything else, among it the later parts of a message that was cut (WVP#853).
    Unknown,
}

/// Looks at the first bytes of a datagram.
pub fn classify(datagram: &[u8]) -> Datagram {
    let noise = datagram.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | 0)).count();
    if noise == datagram.len() {
        return Datagram::KeepAlive;
    }
    if begins_message(&datagram[noise..]) {
        return Datagram::Sip;
    }
    // STUN: two zero bits and the magic cookie of RFC 5389 6.
    if datagram.len() >= 20 && datagram[0] & 0xC0 == 0 && datagram[4..8] == [0x21, 0x12, 0xA4, 0x42] {
        return Datagram::Stun;
    }
    // RTP and RTCP: version 2 in the two highest bits (RFC 3550 5.1).
    if datagram.len() >= 8 && datagram[0] & 0xC0 == 0x80 {
        return Datagram::Rtp;
    }
    Datagram::Unknown
}

/// Whether the bytes begin with `SIP/2.0 ` or with a method and a blank. An unknown method counts when a SIP URI follows it.
pub(super) fn begins_message(bytes: &[u8]) -> bool {
    if bytes.get(..8).is_some_and(|head| head.eq_ignore_ascii_case(b"SIP/2.0 ")) {
        return true;
    }
    let letters = bytes.iter().take(MOST_LETTERS).take_while(|byte| byte.is_ascii_uppercase()).count();
    if letters == 0 || bytes.get(letters) != Some(&b' ') {
        return false;
    }
    Method::of(&bytes[..letters]) != Method::Other
        || bytes[letters + 1..].get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"sip:"))
}

/// Whether the bytes may still become the beginning of a message when more arrive.
pub(super) fn may_begin_message(bytes: &[u8]) -> bool {
    let is_prefix_of_status = bytes.len() < 8 && b"SIP/2.0 "[..bytes.len()].eq_ignore_ascii_case(bytes);
    let letters = bytes.iter().take(MOST_LETTERS).take_while(|byte| byte.is_ascii_uppercase()).count();
    let after = &bytes[letters..];
    is_prefix_of_status
        || (letters > 0 && after.len() < 5 && b" sip:"[..after.len()].eq_ignore_ascii_case(after))
}

/// Longest method token that is recognised: `SUBSCRIBE` has 9 letters, `PUBLISH` and the like fewer.
const MOST_LETTERS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sip_is_known_by_its_first_word() {
        for bytes in [&b"REGISTER sip:d SIP/2.0\r\n"[..], b"\r\n\0SIP/2.0 200 OK", b"PUBLISH sip:x SIP/2.0"] {
            assert_eq!(classify(bytes), Datagram::Sip);
        }
    }

    #[test]
    fn noise_on_the_sip_port_is_told_apart() {
        assert_eq!(classify(b"\r\n\r\n"), Datagram::KeepAlive);
        assert_eq!(classify(b"\0"), Datagram::KeepAlive);
        assert_eq!(classify(b""), Datagram::KeepAlive);
        assert_eq!(classify(&[0x80, 0x60, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]), Datagram::Rtp);
        let stun = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(classify(&stun), Datagram::Stun);
        assert_eq!(classify(b"<Item><DeviceID>"), Datagram::Unknown);
    }
}
