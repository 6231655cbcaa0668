//! What every request gets, whatever it asks for: an id, the caller's address, a task of its own with a time limit, a log line, a
//! counter, and security headers on the answer.
//!
//! The task of its own has two reasons. A panic ends one answer, never the connection of others; and a caller who hangs up early
//! cannot stop an act half-way, between the act and its row in the audit register.

use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tracing::{Instrument as _, error, info, info_span};

use crate::app::App;
use crate::problem::Problem;
use crate::{headers, peer};

/// Time for an answer to begin. Uploads of 20 MB over a school's line fit into it; streams begin at once and last longer.
pub const ANSWER_WITHIN: Duration = Duration::from_mins(2);

const REQUEST_ID: &str = "x-request-id";

/// Id of a request; ties log lines, audit rows and the answer together.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Goes along with a request from its arrival to its answer.
pub async fn accompany(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let surroundings = app.platform.surroundings();
    // An id from outside could be chosen to confuse the audit register; it is ours or none.
    let id = surroundings.id(surroundings.now()).to_string();
    let peer = peer::of(request.extensions(), request.headers(), &app.trusted_proxies);
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(peer);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    let is_api = request.uri().path().starts_with("/api");

    let span = info_span!("request", id);
    let task = tokio::spawn(next.run(request).instrument(span));
    let mut response = match tokio::time::timeout(ANSWER_WITHIN, task).await {
        Ok(Ok(response)) => response,
        Ok(Err(fault)) => {
            error!(id, %fault, "request ended by a fault");
            Problem::internal().into_response()
        }
        Err(_) => Problem::unavailable("no answer in time; look whether it was done before asking again")
            .into_response(),
    };

    headers::secure(response.headers_mut(), is_api, app.tls_upstream);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let status = response.status().as_u16();
    app.counts.answered(&route, status);
    if is_api {
        let took_ms = began.elapsed().as_millis();
        info!(id, %method, route, status, took_ms, peer = %peer.0, "answered");
    }
    response
}
