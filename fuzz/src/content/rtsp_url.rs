//! Camera addresses as people type them.

use media::address::URL_BYTES_MAX;
use media::{RtspUrl, UrlError};

/// What is accepted is an RTSP address without a secret in it, and reads back as itself.
pub fn rtsp_url(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check(&text);
    check(&format!("rtsp://{text}"));
}

fn check(text: &str) {
    let (url, credentials) = match RtspUrl::parse(text) {
        Ok(read) => read,
        // Percent encoding makes a byte three.
        Err(error) => return assert!(error != UrlError::TooLong || text.len() * 3 > URL_BYTES_MAX),
    };
    let shown = url.to_string();
    assert!(shown.starts_with("rtsp://") && !shown.chars().any(char::is_control), "{shown:?}");
    assert!(!url.host().is_empty() && url.port() != 0, "{shown:?}");
    assert_eq!(RtspUrl::parse(&shown), Ok((url, None)), "nothing is left to split off");
    if let Some(credentials) = credentials {
        let hidden = format!("Credentials({}:***)", credentials.username());
        assert_eq!(format!("{credentials:?}"), hidden);
    }
}
