//! The two open streams: events as they happen, and live pictures.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::Sse;
use axum::response::{IntoResponse as _, Response};
use domain::ids::CameraId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::feed::{self, Feed};
use crate::input::{Path, Query, StreamQuery};
use crate::live;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(events)).routes(routes!(live_picture))
}

/// Server-sent events: `alarm`, `camera`, `devices` and `device_notices` (without rows: read the lists again), `ping` every 15 s, and
/// `resync` when the listener must read the lists again. Comes back where it left off with `Last-Event-ID`.
#[utoipa::path(get, path = "/api/events", tag = "streams", responses((status = 200, content_type = "text/event-stream", body = String)))]
async fn events(State(app): State<App>, asker: Asker, headers: HeaderMap) -> Result<Response, Problem> {
    let seat = app.limits.events.take(asker.who.account.id)?;
    let feed = Feed::open(app, asker, seat, feed::last_event_id(&headers)).await?;
    let mut response = Sse::new(feed.into_stream()).into_response();
    // A proxy that collects an answer before passing it on would hold an alarm back.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// WebSocket with live pictures: a text message `init` that also says which stream it is, then fragmented MP4; a text message `state` on
/// trouble of the camera.
#[utoipa::path(get, path = "/api/cameras/{id}/live", tag = "streams", params(("id" = Uuid, Path), StreamQuery), responses((status = 101, description = "switching to WebSocket")))]
async fn live_picture(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<StreamQuery>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    // Whether the camera is the asker's is answered before whether this is a WebSocket.
    let id = CameraId(id);
    let camera = app.platform.camera(&asker.ask, id).await?;
    let (kind, reader) = app.platform.live(&asker.ask, id, query.kind()?).await?;
    let upgrade =
        upgrade.map_err(|_| Problem::unreadable(StatusCode::UPGRADE_REQUIRED, "connect by WebSocket"))?;
    let seat = app.limits.live.take(asker.who.account.id)?;
    let show = live::Show::new(app, asker, seat, (&camera, kind));
    Ok(upgrade
        .max_message_size(live::CALLER_BYTES_MAX)
        .max_frame_size(live::CALLER_BYTES_MAX)
        .on_upgrade(move |socket| show.run(socket, reader)))
}
