//! The web client, embedded into the binary: files of `web/dist` as the web build left them, packed variants included.
//!
//! The client routes behind `#`, so the server knows only real files and `/`. Without a web build there is one page that says how
//! to make one; the API works all the same.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use rust_embed::{Embed, EmbeddedFile};

use crate::problem::Problem;

/// Files under this folder carry a hash of their content in their name.
const HASHED: &str = "assets/";
const INDEX: &str = "index.html";

const NOT_BUILT: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>Watchfire 烽燧</title>\
    <p>网页尚未构建。The web client is not built into this program.</p>\
    <p>Build it with <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>, then build the program again.</p></html>";

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct WebClient;

/// Answers with a file of the web client.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return Problem::wrong_method().into_response();
    }
    let path = match uri.path().trim_start_matches('/') {
        "" => INDEX,
        path => path,
    };
    if let Some(file) = WebClient::get(path) {
        return answer(path, &file, &headers);
    }
    if path == INDEX {
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        return ([kind, (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))], NOT_BUILT)
            .into_response();
    }
    Problem::not_found().into_response()
}

fn answer(path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = entity_tag(file);
    let kept = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = Response::new(Body::empty());
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    fields.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        fields.insert(header::ETAG, tag);
    }
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    if let Ok(kind) = HeaderValue::from_str(file.metadata.mimetype()) {
        fields.insert(header::CONTENT_TYPE, kind);
    }
    let packed = if takes_gzip(headers) { WebClient::get(&format!("{path}.gz")) } else { None };
    if packed.is_some() {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    *response.body_mut() =
        Body::from(packed.map_or_else(|| file.data.clone(), |packed| packed.data).into_owned());
    response
}

/// From the content's SHA-256; weak, because the packed variant shares it.
fn entity_tag(file: &EmbeddedFile) -> String {
    use std::fmt::Write as _;
    let hash = file.metadata.sha256_hash();
    let mut tag = String::from("W/\"");
    for byte in &hash[..16] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted.split(',').any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        parts.next() == Some("gzip") && parts.next() != Some("q=0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_only_to_those_who_take_it() {
        for (accepted, takes) in
            [("gzip, deflate, br", true), ("br", false), ("gzip;q=0", false), ("", false)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
            assert_eq!(takes_gzip(&headers), takes, "{accepted}");
        }
    }
}
