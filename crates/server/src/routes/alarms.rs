//! Alarms: reading them, reporting one, working one.

use axum::extract::State;
use axum::http::StatusCode;
use domain::alarm::{AlarmCode, AlarmEvent, AlarmState, FalseAlarmReason, Level};
use domain::ids::{AlarmId, CameraId, SilenceId, UnitId};
use domain::role::Capability;
use platform::alarms::{AlarmDetail as Found, ManualAlarm, Step};
use platform::rows::{AlarmFilter, AlarmStates, CameraFilter, MAX_PAGE, PageAsk};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, time, word};
use crate::problem::Problem;
use crate::views::AlarmPage;
use crate::views::alarm_detail::AlarmDetail;
use crate::views::alarms::{Alarm, AlarmEventRequest, NewAlarm};
use crate::views::cameras::Camera;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, report)).routes(routes!(detail)).routes(routes!(work))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AlarmQuery {
    /// `open` (when absent), `closed`, `all`, or one state.
    state: Option<String>,
    /// Only this level, 1 to 4.
    level: Option<u8>,
    /// Only this code.
    code: Option<String>,
    /// Only alarms of this unit.
    unit_id: Option<Uuid>,
    /// Only alarms of this camera.
    camera_id: Option<Uuid>,
    /// Only alarms raised during this planned silence.
    silence_id: Option<Uuid>,
    /// True: only alarms named in a supervision order that is not over.
    supervised: Option<bool>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Alarms in the asker's reach: open ones most urgent first, others newest first.
#[utoipa::path(get, path = "/api/alarms", tag = "alarms", params(AlarmQuery), responses((status = 200, body = AlarmPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<AlarmQuery>,
) -> Result<axum::Json<AlarmPage>, Problem> {
    let states = word("state", query.state.as_deref(), |state| match state {
        "open" => Some(AlarmStates::Open),
        "closed" => Some(AlarmStates::Closed),
        "all" => Some(AlarmStates::All),
        state => AlarmState::parse(state).map(AlarmStates::One),
    })?;
    let level = match query.level {
        Some(level) => {
            Some(Level::try_from(level).map_err(|words| Problem::field("level", "unknown_word", words))?)
        }
        None => None,
    };
    let filter = AlarmFilter {
        states: states.unwrap_or(AlarmStates::Open),
        level,
        code: word("code", query.code.as_deref(), AlarmCode::parse)?,
        unit_id: query.unit_id.map(UnitId),
        camera_id: query.camera_id.map(CameraId),
        silence_id: query.silence_id.map(SilenceId),
        supervised: query.supervised.unwrap_or(false),
        ..AlarmFilter::default()
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.alarms(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(AlarmPage::of(found, |row| Alarm::of(row, &asker.ask.access, asker.ask.now))))
}

/// Reports an alarm by hand.
#[utoipa::path(post, path = "/api/alarms", tag = "alarms", request_body = NewAlarm, responses((status = 201, body = Alarm)))]
async fn report(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewAlarm>,
) -> Result<(StatusCode, axum::Json<Alarm>), Problem> {
    let report = ManualAlarm {
        unit_id: UnitId(wanted.unit_id),
        camera_id: wanted.camera_id.map(CameraId),
        code: needed_word("code", &wanted.code, AlarmCode::parse)?,
        note: wanted.note,
        occurred_at: time("occurred_at", wanted.occurred_at.as_deref())?,
    };
    let row = app.platform.raise_manual(&asker.ask, report).await?;
    Ok((StatusCode::CREATED, axum::Json(Alarm::of(row, &asker.ask.access, asker.ask.now))))
}

/// One alarm with its steps. The first look by somebody who works alarms is T2.
#[utoipa::path(get, path = "/api/alarms/{id}", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 200, body = AlarmDetail)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<AlarmDetail>, Problem> {
    let found = app.platform.alarm(&asker.ask, AlarmId(id)).await?;
    with_neighbours(&app, &asker, found).await
}

/// Takes a step on an alarm. 409 when it has changed since, or its state does not allow the step.
#[utoipa::path(post, path = "/api/alarms/{id}/events", tag = "alarms", params(("id" = Uuid, Path)), request_body = AlarmEventRequest, responses((status = 200, body = AlarmDetail)))]
async fn work(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<AlarmEventRequest>,
) -> Result<axum::Json<AlarmDetail>, Problem> {
    let step = Step {
        event: needed_word("event", &wanted.event, AlarmEvent::parse)?,
        version: wanted.version,
        reason: word("reason", wanted.reason.as_deref(), FalseAlarmReason::parse)?,
        note: wanted.note.filter(|note| !note.trim().is_empty()),
    };
    let found = app.platform.work_alarm(&asker.ask, AlarmId(id), step).await?;
    with_neighbours(&app, &asker, found).await
}

async fn with_neighbours(app: &App, asker: &Asker, found: Found) -> Result<axum::Json<AlarmDetail>, Problem> {
    let access = &asker.ask.access;
    let neighbours = if access.may(Capability::SeeCameras) {
        let filter = CameraFilter { unit_id: Some(found.row.alarm.unit_id), ..CameraFilter::default() };
        let all = PageAsk { limit: MAX_PAGE, after: None };
        app.platform.cameras(&asker.ask, &filter, &all).await?.items
    } else {
        vec![]
    };
    let neighbours = neighbours.into_iter().map(Camera::from).collect();
    Ok(axum::Json(AlarmDetail::of(found, neighbours, access, asker.ask.now)))
}
