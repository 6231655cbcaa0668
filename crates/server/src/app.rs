//! The application: what every handler shares, and the router with its doors in order.
//!
//! From outside in: request id, time limit and security headers ([`crate::request`]), then for everything under `/api` the door
//! ([`crate::door`]), then the handler. The web client is outside the door: it holds no data.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use platform::Platform;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate as _, SizeAbove};

use crate::limits::Limits;
use crate::metrics::Counts;
use crate::whep::Viewings;
use crate::{ServerConfig, assets, door, metrics, request, routes, versions};

/// Largest JSON body, in bytes.
pub const JSON_BYTES_MAX: usize = 256 * 1024;
/// Answers below this are not worth packing, in bytes.
const PACK_BYTES_MIN: u64 = 1024;

/// What every handler shares. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The desks.
    pub platform: Platform,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Arc<[IpAddr]>,
    /// True when a proxy in front speaks TLS.
    pub tls_upstream: bool,
    /// Token of `/metrics`; none switches it off.
    pub metrics_token: Option<Arc<str>>,
    /// Brakes.
    pub limits: Arc<Limits>,
    /// Browsers that look by WebRTC.
    pub viewings: Arc<Viewings>,
    /// Counters of requests.
    pub counts: Arc<Counts>,
    /// Ends open streams.
    pub stop: CancellationToken,
}

impl App {
    /// From the desks and the configuration.
    pub fn new(platform: Platform, config: ServerConfig, stop: CancellationToken) -> Self {
        Self {
            platform,
            trusted_proxies: config.trusted_proxies.into(),
            tls_upstream: config.tls_upstream,
            metrics_token: config.metrics_token.map(Into::into),
            limits: Arc::default(),
            viewings: Arc::default(),
            counts: Arc::default(),
            stop,
        }
    }

    /// The whole router.
    pub fn router(self) -> Router {
        let pack = SizeAbove::new(PACK_BYTES_MIN).and(is_json);
        let (documented, _) = routes::documented().split_for_parts();
        let api = documented
            .route("/api", any(door::unknown_path))
            .route("/api/", any(door::unknown_path))
            .route("/api/{*rest}", any(door::unknown_path))
            .method_not_allowed_fallback(door::wrong_method)
            .layer(DefaultBodyLimit::max(JSON_BYTES_MAX))
            .layer(CompressionLayer::new().gzip(true).compress_when(pack))
            .layer(from_fn_with_state(self.clone(), door::pass));
        let router = Router::new()
            .route("/metrics", get(metrics::show))
            .merge(api)
            .fallback(assets::serve)
            .layer(from_fn_with_state(self.clone(), request::accompany))
            .with_state(self);
        versions::both_names(router)
    }
}

/// Pictures, video and event streams are never packed. Neither is a file that can be had in ranges: its tag and length are those of its own
/// bytes, and browsers give a download up whose length goes missing on the way.
fn is_json(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
        && !headers.contains_key(header::ACCEPT_RANGES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn answers_are_packed_and_files_are_not() {
        let packed = |fields: &[(header::HeaderName, &'static str)]| {
            let fields = fields.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
            is_json(StatusCode::OK, Version::HTTP_11, &fields.collect(), &Extensions::new())
        };
        let json = (header::CONTENT_TYPE, "application/json");
        let manifest = [json, (header::ACCEPT_RANGES, "bytes")];
        assert!(packed(&manifest[..1]));
        assert!(!packed(&manifest), "the manifest of an export");
        assert!(!packed(&[(header::CONTENT_TYPE, "video/mp4")]));
        assert!(!packed(&[]));
    }
}
