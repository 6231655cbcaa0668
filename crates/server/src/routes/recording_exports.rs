//! Exports of recordings: asked for, listed, taken back, downloaded.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::ids::{CameraId, ExportId};
use domain::recording::LookupReason;
use platform::recording::NewExportAsk;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, needed_word, span};
use crate::media::{Served, stream};
use crate::problem::Problem;
use crate::views::RecordingExportPage;
use crate::views::footage::{NewRecordingExport, RecordingExport};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(add))
        .routes(routes!(list))
        .routes(routes!(detail))
        .routes(routes!(cancel))
        .routes(routes!(file))
}

/// Asks for a stretch of a camera to take along, a day at most. Films of an hour each and a signed manifest are written; the row of the register
/// of look-ups is written with the request.
#[utoipa::path(post, path = "/api/cameras/{id}/exports", tag = "recordings", params(("id" = Uuid, Path)), request_body = NewRecordingExport, responses((status = 201, body = RecordingExport)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewRecordingExport>,
) -> Result<(StatusCode, axum::Json<RecordingExport>), Problem> {
    let new = NewExportAsk {
        camera_id: CameraId(id),
        span: span(&wanted.from, &wanted.to)?,
        reason: needed_word("reason", &wanted.reason, LookupReason::parse)?,
        note: wanted.note,
        alteration: wanted.alteration.into(),
    };
    let row = app.platform.add_export(&asker.ask, new).await?;
    Ok((StatusCode::CREATED, axum::Json(row.into())))
}

/// Exports in the asker's reach, newest first.
#[utoipa::path(get, path = "/api/exports", tag = "recordings", params(PageQuery), responses((status = 200, body = RecordingExportPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<RecordingExportPage>, Problem> {
    let found = app.platform.exports(&asker.ask, &query.ask()?).await?;
    Ok(axum::Json(RecordingExportPage::of(found, RecordingExport::from)))
}

/// One export.
#[utoipa::path(get, path = "/api/exports/{id}", tag = "recordings", params(("id" = Uuid, Path)), responses((status = 200, body = RecordingExport)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<RecordingExport>, Problem> {
    let row = app.platform.export(&asker.ask, ExportId(id)).await?;
    Ok(axum::Json(row.into()))
}

/// Takes a request back that is not done yet.
#[utoipa::path(post, path = "/api/exports/{id}/cancel", tag = "recordings", params(("id" = Uuid, Path)), responses((status = 200, body = RecordingExport)))]
async fn cancel(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<RecordingExport>, Problem> {
    let row = app.platform.cancel_export(&asker.ask, ExportId(id)).await?;
    Ok(axum::Json(row.into()))
}

/// A file of an export. One byte range is understood. 410 when its time is over.
#[utoipa::path(get, path = "/api/exports/{id}/files/{name}", tag = "recordings", params(("id" = Uuid, Path), ("name" = String, Path)), responses((status = 200, content_type = "video/mp4", body = Vec<u8>), (status = 206, content_type = "video/mp4", body = Vec<u8>)))]
async fn file(
    State(app): State<App>,
    asker: Asker,
    Path((id, name)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let file = app.platform.export_file(&asker.ask, ExportId(id), &name).await?;
    let is_film = std::path::Path::new(&file.name).extension().is_some_and(|ending| ending == "mp4");
    let served = Served {
        content_type: if is_film { "video/mp4" } else { "application/json" },
        tag: &file.sha256,
        length: file.length,
        save_as: Some(&file.name),
    };
    stream(&headers, &served, |part| file.read(part))
}
