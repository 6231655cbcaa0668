//! Planned silences: the register of them, asking for one, deciding about one.

use axum::extract::State;
use axum::http::StatusCode;
use domain::alarm::AlarmCode;
use domain::alarm::silence::SilenceEvent;
use domain::ids::{CameraId, SilenceId, UnitId};
use platform::alarms::{SilenceDecision, SilenceWish};
use platform::rows::SilenceFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_time, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::SilencePage;
use crate::views::silences::{NewSilence, Silence, SilenceEventRequest};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, ask)).routes(routes!(decide))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SilenceQuery {
    /// Only those that are asked for or approved, and not over.
    open: Option<bool>,
    /// Only at this unit.
    unit_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Planned silences, last asked for first.
#[utoipa::path(get, path = "/api/silences", tag = "alarms", params(SilenceQuery), responses((status = 200, body = SilencePage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<SilenceQuery>,
) -> Result<axum::Json<SilencePage>, Problem> {
    let ask = &asker.ask;
    let open_at = query.open.unwrap_or_default().then_some(ask.now);
    let filter = SilenceFilter { open_at, unit_id: query.unit_id.map(UnitId) };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.silences(ask, &filter, &page).await?;
    Ok(axum::Json(SilencePage::of(found, |row| Silence::of(row, &ask.access, ask.now))))
}

/// Asks for a planned silence of a unit, a camera or a rule; another person decides.
#[utoipa::path(post, path = "/api/silences", tag = "alarms", request_body = NewSilence, responses((status = 201, body = Silence)))]
async fn ask(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewSilence>,
) -> Result<(StatusCode, axum::Json<Silence>), Problem> {
    let wish = SilenceWish {
        unit_id: UnitId(wanted.unit_id),
        camera_id: wanted.camera_id.map(CameraId),
        code: word("code", wanted.code.as_deref(), AlarmCode::parse)?,
        reason: wanted.reason,
        starts_at: needed_time("starts_at", &wanted.starts_at)?,
        ends_at: needed_time("ends_at", &wanted.ends_at)?,
    };
    let row = app.platform.ask_for_silence(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(Silence::of(row, &asker.ask.access, asker.ask.now))))
}

/// Approves a silence, declines it, or ends it before its time. 409 when it has changed since, and for one's own wish.
#[utoipa::path(post, path = "/api/silences/{id}/events", tag = "alarms", params(("id" = Uuid, Path)), request_body = SilenceEventRequest, responses((status = 200, body = Silence)))]
async fn decide(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<SilenceEventRequest>,
) -> Result<axum::Json<Silence>, Problem> {
    let decision = SilenceDecision {
        event: needed_word("event", &wanted.event, SilenceEvent::parse)?,
        version: wanted.version,
        why: wanted.why.unwrap_or_default(),
        with_fire: wanted.with_fire.unwrap_or_default(),
    };
    let row = app.platform.decide_silence(&asker.ask, SilenceId(id), decision).await?;
    Ok(axum::Json(Silence::of(row, &asker.ask.access, asker.ask.now)))
}
