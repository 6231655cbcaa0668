//! The edges for people and programs: HTTP with OpenAPI, WebSocket, server-sent events, sessions at the door, the embedded web client.
//!
//! Deliberately absent: decisions. A handler parses a request, calls one desk of `platform`, and answers. What a person may do, and
//! to which rows, is decided by the desks; here it is only made sure that nobody comes in without a session.

mod app;
mod assets;
mod at_seat;
mod cookie;
mod door;
mod feed;
mod headers;
mod input;
mod limits;
mod live;
mod media;
mod metrics;
mod openapi;
mod origin;
mod peer;
mod playback;
mod problem;
mod request;
mod routes;
mod serve;
mod versions;
mod views;
mod voice;
mod whep;

pub use openapi::openapi_json;
pub use serve::{Bound, ServerConfig, ServerError, bind};

use axum::Router;
use platform::Platform;
use tokio_util::sync::CancellationToken;

/// The router alone, for tests and for embedding. Its streams end with their connections.
pub fn router(platform: Platform, config: ServerConfig) -> Router {
    app::App::new(platform, config, CancellationToken::new()).router()
}
