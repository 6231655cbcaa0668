//! SIP that arrives where media is expected: devices answer on the wrong port, and proxies send to it (ZLM#1013, where the
//! SSRC read " sip").

/// Beginnings of the messages of RFC 3261 and its extensions.
const BEGINNINGS: [&[u8]; 15] = [
    b"SIP/2.0 ",
    b"REGISTER ",
    b"MESSAGE ",
    b"INVITE ",
    b"ACK ",
    b"BYE ",
    b"CANCEL ",
    b"OPTIONS ",
    b"INFO ",
    b"NOTIFY ",
    b"SUBSCRIBE ",
    b"PRACK ",
    b"UPDATE ",
    b"REFER ",
    b"PUBLISH ",
];

/// True if these bytes begin a SIP message, blank lines in front allowed.
pub(crate) fn is_sip(bytes: &[u8]) -> bool {
    let blank = bytes.iter().take_while(|&&byte| byte == b'\r' || byte == b'\n').count();
    BEGINNINGS.iter().any(|beginning| bytes[blank..].starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_answers_are_known_and_packets_are_not() {
        assert!(is_sip(b"REGISTER sip:34020000002000000001@3402000000 SIP/2.0\r\n"));
        assert!(is_sip(b"\r\n\r\nSIP/2.0 200 OK\r\n"));
        assert!(!is_sip(&[0x80, 0x60, 0, 1, 0, 0, 0, 0]));
        assert!(!is_sip(b"\r\n"));
    }
}
