//! The session cookie: a token nobody but its browser keeps, bound to this host by its name (`__Host-`, RFC 6265bis §4.1.3.2).

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, SameSite};
use jiff::{SignedDuration, Timestamp};

/// Name of the cookie.
pub const NAME: &str = "__Host-watchfire";

/// The token a request carries.
pub fn token(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == NAME)
        .map(|cookie| cookie.value().to_owned())
}

/// The header that gives a browser its token until `expires_at`.
pub fn give(token: &str, now: Timestamp, expires_at: Timestamp) -> HeaderValue {
    header_of(token, expires_at.duration_since(now).max(SignedDuration::ZERO).as_secs())
}

/// The header that takes the token away.
pub fn take() -> HeaderValue {
    header_of("", 0)
}

fn header_of(token: &str, seconds: i64) -> HeaderValue {
    let mut cookie = Cookie::new(NAME, token);
    cookie.set_secure(true);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.set_path("/");
    let text = format!("{cookie}; Max-Age={seconds}");
    // Tokens are letters of base64url; anything else has no place in a header and becomes no cookie at all.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_bound_to_this_host_and_hidden_from_scripts() {
        let now = Timestamp::UNIX_EPOCH;
        let header = give("abc", now, now + SignedDuration::from_hours(1));
        let text = header.to_str().unwrap();
        assert!(text.starts_with("__Host-watchfire=abc;"), "{text}");
        for part in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/", "Max-Age=3600"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains("Domain"));
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; __Host-watchfire=tok; b=2".parse().unwrap());
        assert_eq!(token(&headers).as_deref(), Some("tok"));
        headers.insert(header::COOKIE, "watchfire=tok; \"=;;".parse().unwrap());
        assert_eq!(token(&headers), None);
    }
}
