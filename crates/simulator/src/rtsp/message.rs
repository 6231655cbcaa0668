//! RTSP requests (RFC 2326 §6), read from a byte stream that also carries interleaved packets.

/// Longest request head accepted, in bytes.
pub(crate) const HEAD_BYTES_MAX: usize = 16 << 10;

/// One request without its body; bodies of the methods served here carry nothing we need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) uri: String,
    headers: Vec<(String, String)>,
}

/// What the beginning of the buffer holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parsed {
    /// More bytes are needed.
    Incomplete,
    /// An interleaved packet of this length (receiver reports; not needed).
    Packet(usize),
    /// A request and its length.
    Request(Request, usize),
    /// Not RTSP.
    Garbage,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path of the URI without leading slash, query and a trailing track name.
    pub(crate) fn path(&self) -> &str {
        let after_scheme = self.uri.split_once("://").map_or(self.uri.as_str(), |(_, rest)| rest);
        let path = after_scheme.split_once('/').map_or("", |(_, path)| path);
        let path = path.split('?').next().unwrap_or_default();
        path.trim_end_matches(|letter: char| letter.is_ascii_digit())
            .strip_suffix("track")
            .unwrap_or(path)
            .trim_matches('/')
    }
}

/// Looks at the beginning of `buffer`.
pub(crate) fn parse(buffer: &[u8]) -> Parsed {
    match buffer {
        [b'$', _, high, low, rest @ ..] => {
            let length = usize::from(*high) << 8 | usize::from(*low);
            return if rest.len() >= length { Parsed::Packet(length + 4) } else { Parsed::Incomplete };
        }
        [] | [b'$', ..] => return Parsed::Incomplete,
        _ => {}
    }
    let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
        return if buffer.len() > HEAD_BYTES_MAX { Parsed::Garbage } else { Parsed::Incomplete };
    };
    let Ok(head) = std::str::from_utf8(&buffer[..end]) else { return Parsed::Garbage };
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(uri), Some("RTSP/1.0")) = (words.next(), words.next(), words.next()) else {
        return Parsed::Garbage;
    };
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let request = Request { method: method.to_owned(), uri: uri.to_owned(), headers };
    let body = match request.header("Content-Length").map(str::parse::<usize>) {
        None => 0,
        Some(Ok(length)) if length <= HEAD_BYTES_MAX => length,
        Some(_) => return Parsed::Garbage,
    };
    let length = end + 4 + body;
    if buffer.len() < length { Parsed::Incomplete } else { Parsed::Request(request, length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_packets_are_told_apart() {
        let text = b"SETUP rtsp://127.0.0.1:8554/corridor/track0?x=1 RTSP/1.0\r\nCSeq: 3\r\ncontent-length: 2\r\n\r\nab$";
        let Parsed::Request(request, length) = parse(text) else { panic!() };
        assert_eq!((request.path(), request.header("cseq"), length), ("corridor", Some("3"), text.len() - 1));
        assert_eq!(parse(&text[..20]), Parsed::Incomplete);
        assert_eq!(parse(&[b'$', 1, 0, 2, 9, 9, 9]), Parsed::Packet(6));
        assert_eq!(parse(b"GET / HTTP/1.1\r\n\r\n"), Parsed::Garbage);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(0u8..=255, 0..300)) {
            let _ = parse(&bytes);
            let mut framed = b"OPTIONS * RTSP/1.0\r\n".to_vec();
            framed.extend(bytes);
            framed.extend(b"\r\n\r\n");
            let _ = parse(&framed);
        }
    }
}
