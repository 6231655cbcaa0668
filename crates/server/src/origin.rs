//! Same origin: a browser that carries a session must come from our own pages when it changes something or opens a socket.
//!
//! `SameSite=Strict` already keeps the cookie away from foreign pages; this check does not rely on it.

use axum::http::{HeaderMap, Method, header};

use crate::problem::Problem;

/// Refuses a request that changes something, or asks for a WebSocket, from another origin.
///
/// Without `Origin` it is refused too where the session cookie is sent: every browser sends both.
pub fn check(method: &Method, headers: &HeaderMap, has_session_cookie: bool) -> Result<(), Problem> {
    let upgrade = headers.contains_key(header::UPGRADE);
    if method.is_safe() && !upgrade {
        return Ok(());
    }
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) if !has_session_cookie => Ok(()),
        (Some(origin), None) if host.is_some_and(|host| is_same(origin.to_str().unwrap_or(""), host)) => {
            Ok(())
        }
        _ => Err(Problem::denied("this request must come from the platform's own pages (Origin)")),
    }
}

/// Whether `origin` (RFC 6454: scheme, host, port) names `host`.
fn is_same(origin: &str, host: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let standard_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return false,
    };
    // A browser leaves the standard port out of both; a proxy may write it into one of them.
    let plain = |text: &str| text.strip_suffix(standard_port).unwrap_or(text).to_ascii_lowercase();
    !authority.is_empty() && plain(authority) == plain(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_host_is_the_own_origin() {
        for (origin, host, same) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("https://watch.example", "watch.example", true),
            ("https://watch.example", "watch.example:443", true),
            ("https://WATCH.example", "watch.example", true),
            ("http://127.0.0.1:8081", "127.0.0.1:8080", false),
            ("https://watch.example.evil.test", "watch.example", false),
            ("https://evil.test", "watch.example", false),
            ("null", "watch.example", false),
            ("", "", false),
            ("https://", "", false),
            ("file://watch.example", "watch.example", false),
        ] {
            assert_eq!(is_same(origin, host), same, "{origin} at {host}");
        }
    }

    #[test]
    fn two_origins_are_none() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "a.test".parse().unwrap());
        headers.append(header::ORIGIN, "https://a.test".parse().unwrap());
        assert!(check(&Method::POST, &headers, true).is_ok());
        headers.append(header::ORIGIN, "https://evil.test".parse().unwrap());
        assert!(check(&Method::POST, &headers, true).is_err());
        assert!(check(&Method::GET, &headers, true).is_ok());
        headers.insert(header::UPGRADE, "websocket".parse().unwrap());
        assert!(check(&Method::GET, &headers, true).is_err());
    }
}
