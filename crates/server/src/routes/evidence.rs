//! Evidence of an alarm: its picture, its clip, and the result picture that ends it.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::ids::AlarmId;
use platform::alarms::{PICTURE_BYTES_MAX, ResultPicture};
use platform::rows::AlarmBlobKind;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::Path;
use crate::media;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    let result = OpenApiRouter::new()
        .routes(routes!(result_picture, set_result_picture))
        .layer(DefaultBodyLimit::max(PICTURE_BYTES_MAX));
    OpenApiRouter::new().routes(routes!(picture)).routes(routes!(clip)).merge(result)
}

/// The picture that raised the alarm, as the camera sent it; the boxes travel with the alarm.
#[utoipa::path(get, path = "/api/alarms/{id}/picture", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn picture(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (blob, bytes) = app.platform.alarm_evidence(&asker.ask, AlarmId(id), AlarmBlobKind::Picture).await?;
    Ok(media::answer(&headers, &blob.content_type, &blob.sha256, bytes))
}

/// A few seconds of video around the moment. One byte range is understood.
#[utoipa::path(get, path = "/api/alarms/{id}/clip", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 200, content_type = "video/mp4", body = Vec<u8>), (status = 206, content_type = "video/mp4", body = Vec<u8>)))]
async fn clip(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (blob, bytes) = app.platform.alarm_evidence(&asker.ask, AlarmId(id), AlarmBlobKind::Clip).await?;
    Ok(media::answer(&headers, &blob.content_type, &blob.sha256, bytes))
}

/// The picture that shows the alarm is dealt with.
#[utoipa::path(get, path = "/api/alarms/{id}/result-picture", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn result_picture(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (blob, bytes) =
        app.platform.alarm_evidence(&asker.ask, AlarmId(id), AlarmBlobKind::ResultPicture).await?;
    Ok(media::answer(&headers, &blob.content_type, &blob.sha256, bytes))
}

/// Stores the picture that shows the alarm is dealt with: JPEG or PNG, at most 8 MiB.
#[utoipa::path(put, path = "/api/alarms/{id}/result-picture", tag = "alarms", params(("id" = Uuid, Path)), request_body(content = Vec<u8>, content_type = "image/jpeg"), responses((status = 204)))]
async fn set_result_picture(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let bytes = body.map_err(|rejection| Problem::unreadable(rejection.status(), rejection.body_text()))?;
    let picture = ResultPicture { bytes: bytes.to_vec() };
    app.platform.set_result_picture(&asker.ask, AlarmId(id), picture).await?;
    Ok(StatusCode::NO_CONTENT)
}
