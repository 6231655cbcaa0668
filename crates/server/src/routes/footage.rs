//! Footage of a camera: its time line, its pictures as a file, which moment is where, and deleting a stretch by hand.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use domain::ids::CameraId;
use domain::recording::Span;
use platform::recording::{Film, FilmForm};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, day, span};
use crate::media::{Served, stream};
use crate::problem::Problem;
use crate::views::footage::{CameraTimeline, RecordingMarks};
use crate::views::recording::{DeletionDone, DeletionOrder, RecordingDay};

const PLAYLIST: &str = "application/vnd.apple.mpegurl";

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(timeline))
        .routes(routes!(film))
        .routes(routes!(playlist))
        .routes(routes!(fragments))
        .routes(routes!(marks))
        .routes(routes!(days))
        .routes(routes!(delete))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FootageQuery {
    /// `grant` of a look-up (`POST /api/lookups`) that covers camera and time.
    grant: Option<String>,
    /// Beginning.
    from: String,
    /// End.
    to: String,
}

impl FootageQuery {
    fn span(&self) -> Result<Span, Problem> {
        span(&self.from, &self.to)
    }

    fn grant(&self) -> &str {
        self.grant.as_deref().unwrap_or_default()
    }

    async fn film(&self, app: &App, asker: &Asker, id: Uuid, form: FilmForm) -> Result<Film, Problem> {
        Ok(app.platform.film(&asker.ask, self.grant(), CameraId(id), self.span()?, form).await?)
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DaysQuery {
    /// First Beijing day, as 2026-11-01.
    first: String,
    /// The day after the last; at most 366 days later.
    until: String,
}

/// What of a camera is there, what is missing and why, what happened, what is pinned, what was deleted; 31 days at most. 403 `lookup_needed`
/// without a grant that covers it.
#[utoipa::path(get, path = "/api/cameras/{id}/timeline", tag = "recordings", params(("id" = Uuid, Path), FootageQuery), responses((status = 200, body = CameraTimeline)))]
async fn timeline(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<FootageQuery>,
) -> Result<axum::Json<CameraTimeline>, Problem> {
    let line = app.platform.timeline(&asker.ask, query.grant(), CameraId(id), query.span()?).await?;
    Ok(axum::Json(line.into()))
}

/// What was recorded between two times, an hour at most, as an MP4 file with its index in front. It begins with the key picture before `from`;
/// holes longer than a second are closed, and the marks say which moment is where. One byte range is understood. 403 `lookup_needed` without a
/// grant for playback, 404 where nothing was recorded, 410 where it was deleted or its disk is gone, 416 for a range outside.
#[utoipa::path(get, path = "/api/cameras/{id}/recording.mp4", tag = "recordings", params(("id" = Uuid, Path), FootageQuery), responses((status = 200, content_type = "video/mp4", body = Vec<u8>), (status = 206, content_type = "video/mp4", body = Vec<u8>)))]
async fn film(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<FootageQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    serve(&query.film(&app, &asker, id, FilmForm::File).await?, &headers)
}

/// The same for players of HTTP Live Streaming (RFC 8216), such as Apple's: a list of pieces of `recording.m4s`. The marks hold for it, too.
#[utoipa::path(get, path = "/api/cameras/{id}/recording.m3u8", tag = "recordings", params(("id" = Uuid, Path), FootageQuery), responses((status = 200, content_type = "application/vnd.apple.mpegurl", body = String)))]
async fn playlist(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<FootageQuery>,
) -> Result<Response, Problem> {
    let film = query.film(&app, &asker, id, FilmForm::Fragments).await?;
    let Span { start, end } = query.span()?;
    // A grant that held is one of ours, of letters and digits.
    let uri = format!("recording.m4s?grant={}&from={start}&to={end}", query.grant());
    Ok(([(header::CONTENT_TYPE, PLAYLIST)], film.playlist(&uri)).into_response())
}

/// The bytes that the playlist of the same range lists: fragmented MP4 (ISO/IEC 14496-12 §8.8). One byte range is understood.
#[utoipa::path(get, path = "/api/cameras/{id}/recording.m4s", tag = "recordings", params(("id" = Uuid, Path), FootageQuery), responses((status = 200, content_type = "video/mp4", body = Vec<u8>), (status = 206, content_type = "video/mp4", body = Vec<u8>)))]
async fn fragments(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<FootageQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    serve(&query.film(&app, &asker, id, FilmForm::Fragments).await?, &headers)
}

fn serve(film: &Film, headers: &HeaderMap) -> Result<Response, Problem> {
    let served = Served { content_type: "video/mp4", tag: film.tag(), length: film.length(), save_as: None };
    stream(headers, &served, |part| film.read(part))
}

/// Which moment is where in the file of the same range.
#[utoipa::path(get, path = "/api/cameras/{id}/recording/marks", tag = "recordings", params(("id" = Uuid, Path), FootageQuery), responses((status = 200, body = RecordingMarks)))]
async fn marks(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<FootageQuery>,
) -> Result<axum::Json<RecordingMarks>, Problem> {
    let film = query.film(&app, &asker, id, FilmForm::File).await?;
    Ok(axum::Json((&film).into()))
}

/// Minutes of each day of a camera that should have been recorded, were, and are still there. No look at any picture.
#[utoipa::path(get, path = "/api/cameras/{id}/recording/days", tag = "recordings", params(("id" = Uuid, Path), DaysQuery), responses((status = 200, body = Vec<RecordingDay>)))]
async fn days(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<DaysQuery>,
) -> Result<axum::Json<Vec<RecordingDay>>, Problem> {
    let asked = (day("first", &query.first)?, day("until", &query.until)?);
    let days = app.platform.recording_days(&asker.ask, CameraId(id), asked).await?;
    Ok(axum::Json(days.into_iter().map(RecordingDay::from).collect()))
}

/// Deletes every file that lies wholly within a stretch, and leaves a certificate. 409 where something in it is pinned or has to be kept longer;
/// then nothing is deleted.
#[utoipa::path(post, path = "/api/cameras/{id}/recording/deletions", tag = "recordings", params(("id" = Uuid, Path)), request_body = DeletionOrder, responses((status = 200, body = DeletionDone)))]
async fn delete(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(order): Json<DeletionOrder>,
) -> Result<axum::Json<DeletionDone>, Problem> {
    let span = span(&order.from, &order.to)?;
    let segments = app.platform.delete_recordings(&asker.ask, CameraId(id), span, &order.note).await?;
    Ok(axum::Json(DeletionDone { segments }))
}
