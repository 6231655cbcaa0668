//! Pictures and clips as answers: an entity tag from their hash, and one byte range so that a browser can seek in a clip.
//!
//! Every look is authorised anew (`no-cache` with a tag): a person whose access ends does not see it from the browser's cache by
//! asking again.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

/// How browsers may keep evidence.
const CACHE_CONTROL: &str = "private, no-cache";

/// Answers with stored bytes. `hash` identifies them; `content_type` is one of ours, never a caller's.
pub fn answer(headers: &HeaderMap, content_type: &str, hash: &str, bytes: Vec<u8>) -> Response {
    let tag = format!("\"{hash}\"");
    let mut response = Response::new(Body::empty());
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE_CONTROL));
    fields.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        fields.insert(header::ETAG, value);
    }
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    if let Ok(value) = HeaderValue::from_str(content_type) {
        fields.insert(header::CONTENT_TYPE, value);
    }
    let fresh = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    let wanted = headers.get(header::RANGE).filter(|_| fresh).and_then(|value| value.to_str().ok());
    let length = bytes.len();
    match wanted.map_or(Range::Whole, |text| range(text, length)) {
        Range::Whole => *response.body_mut() = Body::from(bytes),
        Range::Part { first, last } => {
            let said = format!("bytes {first}-{last}/{length}");
            if let Ok(value) = HeaderValue::from_str(&said) {
                fields.insert(header::CONTENT_RANGE, value);
            }
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            *response.body_mut() = Body::from(bytes::Bytes::from(bytes).slice(first..=last));
        }
        Range::Outside => {
            if let Ok(value) = HeaderValue::from_str(&format!("bytes */{length}")) {
                fields.insert(header::CONTENT_RANGE, value);
            }
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
        }
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    Whole,
    Part { first: usize, last: usize },
    Outside,
}

/// One range of RFC 9110 §14.1.2; anything else, several ranges included, is answered with the whole.
fn range(text: &str, length: usize) -> Range {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-'))
    else {
        return Range::Whole;
    };
    let number = |text: &str| text.parse::<usize>().ok();
    match (first, last) {
        ("", suffix) => match number(suffix) {
            Some(0) => Range::Outside,
            Some(_) if length == 0 => Range::Outside,
            Some(count) => Range::Part { first: length.saturating_sub(count), last: length - 1 },
            None => Range::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), _) if first >= length => Range::Outside,
            (Some(first), None) if last.is_empty() => Range::Part { first, last: length - 1 },
            (Some(first), Some(last)) if first <= last => Range::Part { first, last: last.min(length - 1) },
            _ => Range::Whole,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood_and_nothing_else() {
        for (text, expected) in [
            ("bytes=0-3", Range::Part { first: 0, last: 3 }),
            ("bytes=4-", Range::Part { first: 4, last: 9 }),
            ("bytes=4-99", Range::Part { first: 4, last: 9 }),
            ("bytes=-4", Range::Part { first: 6, last: 9 }),
            ("bytes=-40", Range::Part { first: 0, last: 9 }),
            ("bytes=10-", Range::Outside),
            ("bytes=-0", Range::Outside),
            ("bytes=3-1", Range::Whole),
            ("bytes=0-1,4-5", Range::Whole),
            ("bytes=a-b", Range::Whole),
            ("pages=1-2", Range::Whole),
            ("bytes=99999999999999999999-", Range::Whole),
        ] {
            assert_eq!(range(text, 10), expected, "{text}");
        }
        assert_eq!(range("bytes=0-", 0), Range::Outside);
        assert_eq!(range("bytes=-1", 0), Range::Outside);
    }
}
