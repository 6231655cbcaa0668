//! Live pictures by WebRTC, asked for by WHEP (RFC 9725).

use axum::extract::rejection::StringRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::ids::CameraId;
use domain::role::Capability;
use platform::PlatformError;
use platform::access::OFFER_BYTES_MAX;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Path, Query, StreamQuery};
use crate::problem::Problem;
use crate::whep;

/// Says that the pictures are drawn and not taken.
const SIMULATED: &str = "x-simulated";
/// Says which stream it is.
const STREAM: &str = "x-stream";
const SDP: &str = "application/sdp";

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(view))
        .routes(routes!(leave))
        .layer(DefaultBodyLimit::max(OFFER_BYTES_MAX))
}

/// Live pictures by WebRTC (WHEP, RFC 9725): the body is an SDP offer that would receive video, and sound by G.711 where it is wanted; the
/// answer is SDP, and `Location` is where the viewer is sent away. The camera's coding must be among those offered, or the answer is 422 with
/// the field `offer` and the code `codec`; 503 while the camera sends nothing, and where WebRTC is switched off. Candidates are not trickled.
#[utoipa::path(post, path = "/api/cameras/{id}/whep", tag = "streams", params(("id" = Uuid, Path), StreamQuery), request_body(content = String, content_type = "application/sdp"), responses((status = 201, content_type = "application/sdp", body = String, headers(("location" = String, description = "where the viewer is sent away by DELETE"), ("x-stream" = String, description = "`main` or `sub`"), ("x-simulated" = String, description = "`true` where the pictures are drawn")))))]
async fn view(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<StreamQuery>,
    headers: HeaderMap,
    offer: Result<String, StringRejection>,
) -> Result<Response, Problem> {
    // Whether the camera is the asker's is answered before what they offer.
    let camera = CameraId(id);
    asker.ask.access.need(Capability::SeeLive).map_err(PlatformError::from)?;
    let simulated = app.platform.camera(&asker.ask, camera).await?.camera.simulated;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(SDP)) {
        return Err(Problem::unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send application/sdp"));
    }
    let offer = offer.map_err(|rejection| Problem::unreadable(rejection.status(), rejection.body_text()))?;
    let seat = app.limits.live.take(asker.who.account.id)?;
    let (kind, viewing) = app.platform.view_live(&asker.ask, camera, (query.kind()?, &offer)).await?;
    let answer = viewing.answer.clone();
    let viewer = whep::watch_over(&app, asker, seat, camera, viewing);
    let location = format!("/api/cameras/{id}/whep/{viewer}");
    let mut response = (StatusCode::CREATED, answer).into_response();
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(SDP));
    fields.insert(header::LOCATION, HeaderValue::try_from(location).map_err(|_| Problem::internal())?);
    fields.insert(STREAM, HeaderValue::from_static(kind.as_str()));
    if simulated {
        fields.insert(SIMULATED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// Sends a viewer of one's own away.
#[utoipa::path(delete, path = "/api/cameras/{id}/whep/{viewer}", tag = "streams", params(("id" = Uuid, Path), ("viewer" = Uuid, Path)), responses((status = 204)))]
async fn leave(
    State(app): State<App>,
    asker: Asker,
    Path((id, viewer)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Problem> {
    asker.ask.access.need(Capability::SeeLive).map_err(PlatformError::from)?;
    if app.viewings.end(viewer, CameraId(id), asker.who.account.id) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found())
    }
}
