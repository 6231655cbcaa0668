//! Addresses in both directions: where a device is asked, and what a device says where its pictures are.

use crate::address::{RtspUrl, UrlError};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddrV4};

/// The port of HTTP, where most devices answer.
pub const HTTP_PORT: u16 = 80;
/// The path of the device service by the standard (ONVIF Core 5.1.1).
const DEVICE_PATH: &str = "/onvif/device_service";
/// Longest path with query that is kept, in bytes.
const PATH_BYTES_MAX: usize = 512;

/// Where a device answers ONVIF: a literal IPv4 address, a port and a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OnvifAddress {
    host: Ipv4Addr,
    port: u16,
    path: String,
}

/// Why a text is not the address of an ONVIF device.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Another scheme than `http`.
    #[error("only http:// is spoken with ONVIF devices, not {0}://")]
    Scheme(String),
    /// A name, or IPv6: names could point elsewhere tomorrow.
    #[error("the host must be an IPv4 address such as 192.168.1.64")]
    Host,
    /// No address at all.
    #[error("not an address: {0}")]
    Syntax(String),
}

/// Why an address that a device gave is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefusal {
    /// The device gave none; its reason.
    #[error("the device gives no address: {0}")]
    None(String),
    /// Not an `rtsp` address.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// It leads to another host than the device. Recorders do this for cameras behind them: ask those themselves.
    #[error("the address leads to another host, {0}")]
    OtherHost(String),
}

/// An `http` or `https` address of a device's picture, at the device itself, without credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotUrl(url::Url);

impl OnvifAddress {
    /// The device service at its usual path.
    pub fn new(host: Ipv4Addr, port: u16) -> Self {
        Self { host, port, path: DEVICE_PATH.to_owned() }
    }

    /// Reads `192.168.1.64`, `192.168.1.64:8000` or `http://192.168.1.64:8000/onvif/device_service`. Credentials in it are an error.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let url = read(&whole).map_err(AddressError::Syntax)?;
        if url.scheme() != "http" {
            return Err(AddressError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Syntax("user name and password have no place in it".to_owned()));
        }
        let Some(url::Host::Ipv4(host)) = url.host() else { return Err(AddressError::Host) };
        let path = if url.path() == "/" { DEVICE_PATH.to_owned() } else { path_of(&url) };
        Ok(Self { host, port: url.port().unwrap_or(HTTP_PORT), path })
    }

    /// The host.
    pub fn host(&self) -> Ipv4Addr {
        self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn socket(&self) -> SocketAddrV4 {
        SocketAddrV4::new(self.host, self.port)
    }

    /// Where a service of the device answers, by an address of the device's. Behind address translation and with two network
    /// cards devices name a host that is not theirs for us; then only the path is taken, and it is asked here.
    pub(super) fn service(&self, said: &str) -> Option<Self> {
        let url = read(said).ok().filter(|url| url.scheme() == "http")?;
        let path = path_of(&url);
        let is_here = url.host() == Some(url::Host::Ipv4(self.host));
        let port = if is_here { url.port().unwrap_or(HTTP_PORT) } else { self.port };
        Some(Self { host: self.host, port, path })
    }
}

impl fmt::Display for OnvifAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}:{}{}", self.host, self.port, self.path)
    }
}

impl SnapshotUrl {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// The stream at an address that `device` gave. Credentials in it are dropped.
pub(super) fn stream(said: &str, device: Ipv4Addr) -> Result<RtspUrl, UrlRefusal> {
    let (url, _credentials) = RtspUrl::parse(said)?;
    match url.host().parse::<IpAddr>() {
        Ok(IpAddr::V4(host)) if host == device => Ok(url),
        _ => Err(UrlRefusal::OtherHost(url.host())),
    }
}

/// The picture at an address that `device` gave.
pub(super) fn snapshot(said: &str, device: Ipv4Addr) -> Option<SnapshotUrl> {
    let mut url = read(said).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.set_fragment(None);
    (url.host() == Some(url::Host::Ipv4(device))).then_some(SnapshotUrl(url))
}

fn read(text: &str) -> Result<url::Url, String> {
    let text = text.trim();
    if text.len() > PATH_BYTES_MAX + 64 {
        return Err("too long".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err("control character".to_owned());
    }
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    if url.port() == Some(0) {
        return Err("port 0".to_owned());
    }
    // Percent encoding makes letters outside ASCII longer.
    if url.as_str().len() > 3 * PATH_BYTES_MAX { Err("too long".to_owned()) } else { Ok(url) }
}

fn path_of(url: &url::Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 64);

    #[test]
    fn an_address_is_read_short_or_whole() {
        for (text, whole) in [
            ("192.168.1.64", "http://192.168.1.64:80/onvif/device_service"),
            ("192.168.1.64:8000", "http://192.168.1.64:8000/onvif/device_service"),
            ("http://192.168.1.64/other?x=1", "http://192.168.1.64:80/other?x=1"),
        ] {
            assert_eq!(OnvifAddress::parse(text).unwrap().to_string(), whole);
        }
        for (text, error) in [
            ("https://192.168.1.64", AddressError::Scheme("https".into())),
            ("file:///etc/passwd", AddressError::Scheme("file".into())),
            ("camera.school", AddressError::Host),
            ("[::1]:80", AddressError::Host),
        ] {
            assert_eq!(OnvifAddress::parse(text), Err(error), "{text}");
        }
        for text in ["", "192.168.1.64:99999", "192.168.1.64:0", "a:b@192.168.1.64", "192.168.1.64/\r\nX: y"]
        {
            assert!(matches!(OnvifAddress::parse(text), Err(AddressError::Syntax(_))), "{text}");
        }
    }

    #[test]
    fn a_device_cannot_send_us_to_another_host() {
        for said in [
            "rtsp://10.0.0.9/live",
            "rtsp://evil.example/live",
            "rtsp://192.168.1.64.evil.example/live",
            "rtsp://192.168.1.64@10.0.0.9/live",
            "rtsp://[::ffff:192.168.1.64]/live",
            "rtsp://127.0.0.1/live",
        ] {
            assert!(matches!(stream(said, DEVICE), Err(UrlRefusal::OtherHost(_))), "{said}");
        }
        for said in
            ["http://192.168.1.64/live", "file:///etc/passwd", "gopher://192.168.1.64/", "", "rtsp://"]
        {
            assert!(matches!(stream(said, DEVICE), Err(UrlRefusal::Url(_))), "{said}");
        }
        for said in ["http://10.0.0.9/p.jpg", "http://192.168.1.64@10.0.0.9/", "file:///etc/passwd", ""] {
            assert_eq!(snapshot(said, DEVICE), None, "{said}");
        }
    }

    #[test]
    fn credentials_in_an_address_of_a_device_are_dropped() {
        let url = stream("rtsp://admin:secret@192.168.1.64:554/101?profile=1", DEVICE).unwrap();
        assert_eq!(url.as_str(), "rtsp://192.168.1.64:554/101?profile=1");
        let picture = snapshot("http://admin:secret@192.168.1.64/p.jpg", DEVICE).unwrap();
        assert_eq!(picture.as_str(), "http://192.168.1.64/p.jpg");
    }

    #[test]
    fn a_service_is_asked_at_the_device_whatever_host_it_names() {
        let device = OnvifAddress::new(DEVICE, 8000);
        let at = |said: &str| device.service(said).map(|found| found.to_string());
        assert_eq!(at("http://192.168.1.64/m").unwrap(), "http://192.168.1.64:80/m");
        assert_eq!(at("http://10.9.9.9:22/m?x").unwrap(), "http://192.168.1.64:8000/m?x");
        assert_eq!(at("https://192.168.1.64/m"), None);
    }
}
