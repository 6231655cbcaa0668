//! The head of an answer: status line and headers.

/// Most headers of an answer that are kept.
const HEADERS_MAX: usize = 64;
/// How the protocols begin their answers.
const PROTOCOLS: [&[u8]; 3] = [b"HTTP/", b"RTSP/", b"SIP/"];

/// Status and headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// `HTTP`, `RTSP` or `SIP`.
    pub(crate) protocol: String,
    /// Three digits.
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
}

impl Head {
    /// True where bytes may be the beginning of an answer.
    pub(crate) fn begins(bytes: &[u8]) -> bool {
        PROTOCOLS.iter().any(|name| bytes.starts_with(name))
    }

    /// Reads a head to its empty line; what follows is not looked at. Lines may end with a bare line feed.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.lines();
        let mut words = lines.next()?.split_whitespace();
        let (protocol, _version) = words.next()?.split_once('/')?;
        let status = words.next().filter(|digits| digits.len() == 3)?.parse().ok()?;
        let headers = lines
            .take_while(|line| !line.is_empty())
            .take(HEADERS_MAX)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        Some(Self { protocol: protocol.to_owned(), status, headers })
    }

    /// The first header of a name, in any case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// All headers of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reader_serves_three_protocols() {
        for (text, protocol, status) in [
            ("HTTP/1.1 401 Unauthorized\r\nServer: App-webs/\r\n\r\n", "HTTP", 401),
            ("RTSP/1.0 200 OK\r\nserver : App-webs/\r\n\r\n", "RTSP", 200),
            ("SIP/2.0 404 Not Found\nSERVER:App-webs/\n\nbody", "SIP", 404),
        ] {
            let head = Head::parse(text.as_bytes()).unwrap();
            assert_eq!((head.protocol.as_str(), head.status), (protocol, status));
            assert_eq!(head.header("Server"), Some("App-webs/"));
        }
        assert_eq!(Head::parse(b"HTTP/1.1 2000 OK\r\n\r\n"), None);
        assert_eq!(Head::parse(b"hello"), None);
    }
}
