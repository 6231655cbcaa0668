//! How recording stands: the platform, the days of each camera, gaps, pins, what goes and what went.

use axum::extract::State;
use axum::http::StatusCode;
use domain::beijing::day_of;
use domain::ids::{AlarmId, CameraId, PinId, UnitId};
use domain::recording::{DeletionWhy, GapCause};
use platform::recording::PinAsk;
use platform::rows::{DeletionFilter, GapFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, needed_time, page_ask, span, time, word};
use crate::problem::Problem;
use crate::views::recording::{
    Deletion, Gap, NewPin, NextDeletion, Pin, PinSet, RecordingHealth, RecordingStatus,
};
use crate::views::{DeletionPage, GapPage, NextDeletionPage, PinPage, RecordingHealthPage};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(status))
        .routes(routes!(health))
        .routes(routes!(gaps))
        .routes(routes!(next))
        .routes(routes!(deletions))
        .routes(routes!(pins, pin))
        .routes(routes!(release))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct GapQuery {
    /// Only at this unit.
    unit_id: Option<Uuid>,
    /// Only of this camera.
    camera_id: Option<Uuid>,
    /// Only with this cause.
    cause: Option<String>,
    /// That end after this time.
    from: Option<String>,
    /// That begin before this time.
    until: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeletionQuery {
    /// Only of this unit.
    unit_id: Option<Uuid>,
    /// Only of this camera.
    camera_id: Option<Uuid>,
    /// Only for this reason.
    why: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PinQuery {
    /// Only of this camera.
    camera_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// How recording stands as a whole.
#[utoipa::path(get, path = "/api/recording", tag = "recordings", responses((status = 200, body = RecordingStatus)))]
async fn status(State(app): State<App>, asker: Asker) -> Result<axum::Json<RecordingStatus>, Problem> {
    Ok(axum::Json(app.platform.recording_status(&asker.ask)?.into()))
}

/// Whether the days that the law wants are there, camera by camera, as counted last night.
#[utoipa::path(get, path = "/api/recording/health", tag = "recordings", params(PageQuery), responses((status = 200, body = RecordingHealthPage)))]
async fn health(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<RecordingHealthPage>, Problem> {
    let today = day_of(asker.ask.now);
    let found = app.platform.recording_health(&asker.ask, today, &query.ask()?).await?;
    Ok(axum::Json(RecordingHealthPage::of(found, RecordingHealth::from)))
}

/// What is missing of days that are over, and why; grouped by camera, the newest of each first.
#[utoipa::path(get, path = "/api/recording/gaps", tag = "recordings", params(GapQuery), responses((status = 200, body = GapPage)))]
async fn gaps(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<GapQuery>,
) -> Result<axum::Json<GapPage>, Problem> {
    let filter = GapFilter {
        unit_id: query.unit_id.map(UnitId),
        camera_id: query.camera_id.map(CameraId),
        cause: word("cause", query.cause.as_deref(), GapCause::parse)?,
        from: time("from", query.from.as_deref())?,
        until: time("until", query.until.as_deref())?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.recording_gaps(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(GapPage::of(found, Gap::from)))
}

/// What goes next of every camera, soonest first.
#[utoipa::path(get, path = "/api/recording/next-deletions", tag = "recordings", params(PageQuery), responses((status = 200, body = NextDeletionPage)))]
async fn next(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<NextDeletionPage>, Problem> {
    let found = app.platform.next_deletions(&asker.ask, &query.ask()?).await?;
    Ok(axum::Json(NextDeletionPage::of(found, NextDeletion::from)))
}

/// Certificates of what was deleted, newest first.
#[utoipa::path(get, path = "/api/recording/deletions", tag = "recordings", params(DeletionQuery), responses((status = 200, body = DeletionPage)))]
async fn deletions(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<DeletionQuery>,
) -> Result<axum::Json<DeletionPage>, Problem> {
    let filter = DeletionFilter {
        unit_id: query.unit_id.map(UnitId),
        camera_id: query.camera_id.map(CameraId),
        why: word("why", query.why.as_deref(), DeletionWhy::parse)?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.recording_deletions(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DeletionPage::of(found, Deletion::from)))
}

/// Pins, newest first; those that no longer hold stay in the list.
#[utoipa::path(get, path = "/api/recording/pins", tag = "recordings", params(PinQuery), responses((status = 200, body = PinPage)))]
async fn pins(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<PinQuery>,
) -> Result<axum::Json<PinPage>, Problem> {
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.recording_pins(&asker.ask, query.camera_id.map(CameraId), &page).await?;
    Ok(axum::Json(PinPage::of(found, Pin::from)))
}

/// Pins a stretch: it stays past its ceiling until the pin ends.
#[utoipa::path(post, path = "/api/recording/pins", tag = "recordings", request_body = NewPin, responses((status = 201, body = PinSet)))]
async fn pin(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewPin>,
) -> Result<(StatusCode, axum::Json<PinSet>), Problem> {
    let pin = PinAsk {
        camera_id: CameraId(wanted.camera_id),
        span: span(&wanted.from, &wanted.to)?,
        reason: wanted.reason,
        alarm_id: wanted.alarm_id.map(AlarmId),
        keep_until: needed_time("keep_until", &wanted.keep_until)?,
    };
    let id = app.platform.pin_recording(&asker.ask, pin).await?;
    Ok((StatusCode::CREATED, axum::Json(PinSet { id: id.0 })))
}

/// Lets a pin go before its end.
#[utoipa::path(delete, path = "/api/recording/pins/{id}", tag = "recordings", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn release(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.release_recording_pin(&asker.ask, PinId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
