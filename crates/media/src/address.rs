//! Camera addresses: text becomes an [`RtspUrl`] or an error, never anything in between.
//!
//! The set of schemes is closed on purpose. Programs that accept "any ffmpeg input" have been turned into
//! file readers and command runners by a camera form (`exec:`, `file:`, `gopher:`), so only `rtsp` passes here
//! and files are a different [`Source`](crate::Source) that only the caller's own code can choose.
//! Credentials found in the address are taken out, so that an address can be logged and stored as it is.

use std::fmt::{self, Write as _};

/// Longest address accepted, in bytes. Real cameras need fewer than 200.
pub const URL_BYTES_MAX: usize = 2048;

/// The port of RTSP (RFC 2326 §3.2).
pub const RTSP_PORT: u16 = 554;

/// An `rtsp://` address without credentials; safe to print.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RtspUrl(url::Url);

/// User name and password of a camera. `Debug` never prints the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    username: String,
    password: String,
}

/// Why a text is not an address of a camera.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Anything but `rtsp`.
    #[error("only rtsp:// addresses are accepted, not {0}://")]
    Scheme(String),
    /// `rtsp://` with no host.
    #[error("the address names no host")]
    Host,
    /// Not an address at all, or one with control characters.
    #[error("not a valid address: {0}")]
    Syntax(String),
    /// Longer than [`URL_BYTES_MAX`], as typed or with everything percent-encoded.
    #[error("the address is longer than {URL_BYTES_MAX} bytes")]
    TooLong,
}

impl UrlError {
    /// Stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Scheme(_) => "url_scheme",
            Self::Host => "url_host",
            Self::Syntax(_) => "url_syntax",
            Self::TooLong => "url_too_long",
        }
    }
}

impl RtspUrl {
    /// Reads `rtsp://[user[:password]@]host[:port][/path][?query]` and splits the credentials off.
    pub fn parse(text: &str) -> Result<(Self, Option<Credentials>), UrlError> {
        let text = text.trim();
        if text.len() > URL_BYTES_MAX {
            return Err(UrlError::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(UrlError::Syntax("control character".into()));
        }
        let mut url = url::Url::parse(text).map_err(|e| UrlError::Syntax(e.to_string()))?;
        if url.scheme() != "rtsp" {
            return Err(UrlError::Scheme(url.scheme().to_owned()));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(UrlError::Host);
        }
        if url.port() == Some(0) {
            return Err(UrlError::Syntax("port 0".into()));
        }
        let credentials = split_credentials(&mut url)?;
        url.set_fragment(None);
        // Percent encoding makes letters outside ASCII three times as long, and what is kept must be readable again.
        if url.as_str().len() > URL_BYTES_MAX {
            return Err(UrlError::TooLong);
        }
        Ok((Self(url), credentials))
    }

    /// The address as text, without credentials.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, IPv6 without brackets.
    pub fn host(&self) -> String {
        match self.0.host() {
            Some(url::Host::Ipv6(ip)) => ip.to_string(),
            Some(url::Host::Ipv4(ip)) => ip.to_string(),
            Some(url::Host::Domain(name)) => name.to_owned(),
            None => String::new(),
        }
    }

    /// The port, [`RTSP_PORT`] when none is written.
    pub fn port(&self) -> u16 {
        self.0.port().unwrap_or(RTSP_PORT)
    }

    pub(crate) fn url(&self) -> &url::Url {
        &self.0
    }
}

fn split_credentials(url: &mut url::Url) -> Result<Option<Credentials>, UrlError> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let username = percent_decode(url.username())?;
    let password = percent_decode(url.password().unwrap_or_default())?;
    let bad = || UrlError::Syntax("credentials".into());
    url.set_username("").map_err(|()| bad())?;
    url.set_password(None).map_err(|()| bad())?;
    Ok(Some(Credentials { username, password }))
}

/// Everything but unreserved letters (RFC 3986 §2.3) as percent and two digits, the slash too.
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte.into()),
            _ => {
                // Writing into a text cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Undoes percent encoding (RFC 3986 §2.1); the result must be UTF-8.
pub(crate) fn percent_decode(text: &str) -> Result<String, UrlError> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(hex_digit(*high) << 4 | hex_digit(*low));
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).map_err(|_| UrlError::Syntax("credentials are not UTF-8".into()))
}

fn hex_digit(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.to_ascii_uppercase().saturating_sub(b'A') + 10,
    }
}

impl fmt::Display for RtspUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl fmt::Debug for RtspUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RtspUrl({})", self.0.as_str())
    }
}

impl Credentials {
    /// Keeps a name and a password as the camera knows them (not percent-encoded).
    pub fn new(username: impl Into<String>, password: impl Into<String>) -> Self {
        Self { username: username.into(), password: password.into() }
    }

    /// The user name.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The password, for whoever must store it encrypted or send it to the camera; never log it.
    pub fn expose_password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}:***)", self.username)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_unreserved_letters_is_encoded_and_comes_back() {
        assert_eq!(percent_encode("a+b/c=火"), "a%2Bb%2Fc%3D%E7%81%AB");
        assert_eq!(percent_decode("a%2Bb%2Fc%3D%E7%81%AB").unwrap(), "a+b/c=火");
    }

    #[test]
    fn only_rtsp_passes() {
        for text in [
            "http://10.0.0.8/x",
            "https://a/",
            "file:///etc/passwd",
            "exec:ls",
            "gopher://a/1",
            "ftp://a/",
            "rtsps://a/",
            "data:text/plain,x",
            "concat:a|b",
            "javascript:alert(1)",
            "rtmp://a/live",
            "pipe:0",
        ] {
            assert_eq!(RtspUrl::parse(text).unwrap_err().code(), "url_scheme", "{text}");
        }
        for text in
            ["", "camera", "/etc/passwd", "../x.mp4", "rtsp://a\u{0}b/", "rtsp://h:99999/", "rtsp://h:0/"]
        {
            assert_eq!(RtspUrl::parse(text).unwrap_err().code(), "url_syntax", "{text}");
        }
        assert!(matches!(RtspUrl::parse("rtsp:///x"), Err(UrlError::Host | UrlError::Syntax(_))));
        assert_eq!(RtspUrl::parse(&format!("rtsp://a/{}", "x".repeat(3000))).unwrap_err(), UrlError::TooLong);
    }

    #[test]
    fn credentials_leave_the_address_and_never_print() {
        let (url, credentials) =
            RtspUrl::parse("rtsp://admin:p%40ss%3Aw@[::1]:8554/Streaming/101?a=1").unwrap();
        let credentials = credentials.unwrap();
        assert_eq!(url.as_str(), "rtsp://[::1]:8554/Streaming/101?a=1");
        assert_eq!((url.host().as_str(), url.port()), ("::1", 8554));
        assert_eq!((credentials.username(), credentials.expose_password()), ("admin", "p@ss:w"));
        assert!(!format!("{url:?} {url} {credentials:?}").contains("p@ss"));
        assert_eq!(RtspUrl::parse("rtsp://10.1.2.3/a").unwrap().0.port(), RTSP_PORT);
    }

    #[test]
    fn an_address_that_grows_beyond_the_limit_is_refused() {
        let address = |letters: usize| format!("rtsp://a/{}", "馆".repeat(letters));
        let (kept, _) = RtspUrl::parse(&address(200)).unwrap();
        assert_eq!(RtspUrl::parse(kept.as_str()).unwrap().0, kept);
        assert!(address(300).len() < URL_BYTES_MAX);
        assert_eq!(RtspUrl::parse(&address(300)).unwrap_err(), UrlError::TooLong);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_an_address_or_an_error(text in "\\PC{0,80}") {
            if let Ok((url, _)) = RtspUrl::parse(&format!("rtsp://{text}")) {
                proptest::prop_assert!(url.as_str().starts_with("rtsp://"));
                let again = RtspUrl::parse(url.as_str());
                proptest::prop_assert_eq!(again, Ok((url, None)), "nothing is left to split off");
            }
            let _ = RtspUrl::parse(&text);
        }
    }
}
