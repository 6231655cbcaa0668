//! Zones of cameras and the pictures they are compared with.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::ids::CameraId;
use domain::zone::Light;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word};
use crate::media;
use crate::problem::Problem;
use crate::views::zones::{CameraZones, CameraZonesPut, ReferenceApproval, ReferenceCandidate, ZonePut};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(zones, put))
        .routes(routes!(reference, approve))
        .routes(routes!(candidate))
        .routes(routes!(candidate_picture))
}

/// Which picture.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReferenceQuery {
    /// `day` or `infrared`.
    light: String,
}

/// The zones of a camera, the pictures they are compared with, and how they are.
#[utoipa::path(get, path = "/api/cameras/{id}/zones", tag = "cameras", params(("id" = Uuid, Path)), responses((status = 200, body = CameraZones)))]
async fn zones(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<CameraZones>, Problem> {
    let zones = app.platform.camera_zones(&asker.ask, CameraId(id)).await?;
    Ok(axum::Json(zones.into()))
}

/// Puts the zones of a camera, all of them, in place of those that were seen. 409 when somebody else was faster. They count from the camera's
/// next look.
#[utoipa::path(put, path = "/api/cameras/{id}/zones", tag = "cameras", params(("id" = Uuid, Path)), request_body = CameraZonesPut, responses((status = 200, body = CameraZones)))]
async fn put(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CameraZonesPut>,
) -> Result<axum::Json<CameraZones>, Problem> {
    let zones = wanted.zones.into_iter().map(ZonePut::read).collect::<Result<Vec<_>, _>>()?;
    let put = app.platform.put_camera_zones(&asker.ask, CameraId(id), (wanted.version, zones)).await?;
    Ok(axum::Json(put.into()))
}

/// The approved picture of a camera by one light. 404 where there is none.
#[utoipa::path(get, path = "/api/cameras/{id}/reference", tag = "cameras", params(("id" = Uuid, Path), ReferenceQuery), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 304)))]
async fn reference(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<ReferenceQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let light = needed_word("light", &query.light, Light::parse)?;
    let (row, jpeg) = app.platform.reference_picture(&asker.ask, CameraId(id), light).await?;
    Ok(media::answer(&headers, "image/jpeg", &row.sha256, jpeg))
}

/// Approves the picture of a candidate: the camera's zones are compared with it from the next look. 409 where it was not shown in the last ten
/// minutes.
#[utoipa::path(post, path = "/api/cameras/{id}/reference", tag = "cameras", params(("id" = Uuid, Path)), request_body = ReferenceApproval, responses((status = 200, body = CameraZones)))]
async fn approve(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(approval): Json<ReferenceApproval>,
) -> Result<axum::Json<CameraZones>, Problem> {
    let zones = app.platform.approve_reference(&asker.ask, CameraId(id), &approval.sha256).await?;
    Ok(axum::Json(zones.into()))
}

/// Takes the camera's newest key frame as a picture that can be approved. 503 while there is none.
#[utoipa::path(post, path = "/api/cameras/{id}/reference/candidate", tag = "cameras", params(("id" = Uuid, Path)), responses((status = 201, body = ReferenceCandidate)))]
async fn candidate(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, axum::Json<ReferenceCandidate>), Problem> {
    let candidate = app.platform.reference_candidate(&asker.ask, CameraId(id)).await?;
    Ok((StatusCode::CREATED, axum::Json(candidate.into())))
}

/// The file of a candidate. 404 when it was not shown in the last ten minutes.
#[utoipa::path(get, path = "/api/cameras/{id}/reference/candidates/{sha256}", tag = "cameras", params(("id" = Uuid, Path), ("sha256" = String, Path)), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 304)))]
async fn candidate_picture(
    State(app): State<App>,
    asker: Asker,
    Path((id, sha256)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let candidate = app.platform.candidate_picture(&asker.ask, CameraId(id), &sha256).await?;
    Ok(media::answer(&headers, "image/jpeg", &candidate.sha256, candidate.jpeg.to_vec()))
}
