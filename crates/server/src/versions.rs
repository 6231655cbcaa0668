//! `/api/v1/…` is `/api/…`: programs may name the version of the API, and both names meet the same door, brakes and desks.
//!
//! The path is rewritten before anything is routed, so no route, permission or description exists twice.

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use tower::ServiceExt as _;

const VERSIONED: &str = "/api/v1";
const PLAIN: &str = "/api";

/// The router, answering to both names.
pub fn both_names(router: Router) -> Router {
    Router::new().fallback_service(router.map_request(|mut request: Request| {
        if let Some(plain) = plain(request.uri()) {
            *request.uri_mut() = plain;
        }
        request
    }))
}

/// The address without its version; none where it names none.
fn plain(uri: &Uri) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(VERSIONED)?;
    if !(rest.is_empty() || rest.starts_with(['/', '?'])) {
        return None;
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{PLAIN}{rest}")).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_version_is_taken_out() {
        for (asked, expected) in [
            ("/api/v1/units?q=a", Some("/api/units?q=a")),
            ("/api/v1", Some("/api")),
            ("/api/v1?x", Some("/api?x")),
            ("/api/v1/v1/units", Some("/api/v1/units")),
            ("http://host/api/v1/units", Some("http://host/api/units")),
            ("/api/v10/units", None),
            ("/api/units", None),
            ("/v1/api/units", None),
        ] {
            let found = plain(&asked.parse().unwrap()).map(|uri| uri.to_string());
            assert_eq!(found.as_deref(), expected, "{asked}");
        }
    }
}
