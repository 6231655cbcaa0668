//! Pictures and clips as answers: an entity tag from their hash, and one byte range so that a browser can seek in a clip.
//!
//! Every look is authorised anew (`no-cache` with a tag): a person whose access ends does not see it from the browser's cache by
//! asking again.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use tokio::sync::mpsc;

use crate::problem::Problem;

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

/// Pieces of a file that wait to be sent: two on their way and one at each end.
const PIECES_WAITING: usize = 4;

/// What is served in pieces as it is read from a disk.
pub struct Served<'a> {
    /// One of ours, never a caller's.
    pub content_type: &'static str,
    /// Names the content: another content has another tag.
    pub tag: &'a str,
    /// Its length.
    pub length: u64,
    /// Name to be saved under; none is shown in the browser.
    pub save_as: Option<&'a str>,
}

/// Answers with a file that is read as it is sent. One byte range is understood; a range outside is 416. `open` reads a part and may wait for a
/// disk; an error in the middle breaks the answer off, and its length tells the receiver.
pub fn stream<I>(
    headers: &HeaderMap,
    served: &Served<'_>,
    open: impl FnOnce(std::ops::Range<u64>) -> I,
) -> Result<Response, Problem>
where
    I: Iterator<Item = std::io::Result<Bytes>> + Send + 'static,
{
    let length = served.length;
    let whole = usize::try_from(length).map_err(|_| Problem::internal())?;
    let mut response = answer(headers, served.content_type, served.tag, Vec::new());
    if let Some(name) = served.save_as
        && let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
    {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    if response.status() == StatusCode::NOT_MODIFIED {
        return Ok(response);
    }
    response.headers_mut().remove(header::CONTENT_RANGE);
    let tag = format!("\"{}\"", served.tag);
    let fresh = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    let wanted = headers.get(header::RANGE).filter(|_| fresh).and_then(|value| value.to_str().ok());
    let (status, part, said) = match wanted.map_or(Range::Whole, |text| range(text, whole)) {
        Range::Whole => (StatusCode::OK, 0..length, None),
        Range::Part { first, last } => {
            let said = format!("bytes {first}-{last}/{length}");
            (StatusCode::PARTIAL_CONTENT, first as u64..last as u64 + 1, Some(said))
        }
        Range::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{length}"))),
    };
    *response.status_mut() = status;
    let fields = response.headers_mut();
    if let Some(value) = said.and_then(|said| HeaderValue::from_str(&said).ok()) {
        fields.insert(header::CONTENT_RANGE, value);
    }
    fields.insert(header::CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    *response.body_mut() = pieces(open(part));
    Ok(response)
}

/// A body of pieces that are read on a thread of their own, as fast as the receiver takes them.
fn pieces(reader: impl Iterator<Item = std::io::Result<Bytes>> + Send + 'static) -> Body {
    let (sender, receiver) = mpsc::channel(PIECES_WAITING);
    tokio::task::spawn_blocking(move || {
        for piece in reader {
            let failed = piece.is_err();
            // The receiver has gone.
            if sender.blocking_send(piece).is_err() || failed {
                break;
            }
        }
    });
    Body::from_stream(futures::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    }))
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
