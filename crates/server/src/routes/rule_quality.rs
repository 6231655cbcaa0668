//! What people's answers say of the rules, the alarms behind each number, and the quarantine of noisy rules.

use axum::extract::State;
use domain::alarm::{AlarmCode, FalseAlarmReason};
use domain::ids::{CameraId, QuarantineId};
use domain::quality::{Answer, QuarantineEvent};
use platform::quality::{BehindFilter, Decision, QualityFilter};
use platform::rows::QuarantineFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, text, time, word};
use crate::problem::Problem;
use crate::views::alarms::Alarm;
use crate::views::rule_quality::{Quarantine, QuarantineEventRequest, RuleQuality, ServingModel};
use crate::views::{AlarmPage, QuarantinePage};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(quality))
        .routes(routes!(behind))
        .routes(routes!(quarantines))
        .routes(routes!(decide))
        .routes(routes!(serving))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct QualityQuery {
    /// Only this code.
    code: Option<String>,
    /// Only this camera.
    camera_id: Option<Uuid>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct BehindQuery {
    /// The code.
    code: String,
    /// Version of the model; absent: a rule without one.
    model: Option<String>,
    /// Only this camera.
    camera_id: Option<Uuid>,
    /// `real` or `false`; absent: both.
    answer: Option<String>,
    /// Only false ones for this reason.
    reason: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct QuarantineQuery {
    /// Only those that are proposed or in force.
    open: Option<bool>,
    /// Only at this camera.
    camera_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// What people said of the alarms of the watch in the last 30 days, by rule and by rule and camera.
#[utoipa::path(get, path = "/api/rule-quality", tag = "alarms", params(QualityQuery), responses((status = 200, body = RuleQuality)))]
async fn quality(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<QualityQuery>,
) -> Result<axum::Json<RuleQuality>, Problem> {
    let code = word("code", query.code.as_deref(), AlarmCode::parse)?;
    let filter = QualityFilter { code, camera_id: query.camera_id.map(CameraId) };
    let found = app.platform.rule_quality(&asker.ask, filter).await?;
    Ok(axum::Json(RuleQuality::of(found, app.platform.model_version())))
}

/// The answered alarms behind a number of `/api/rule-quality`, newest first.
#[utoipa::path(get, path = "/api/rule-quality/alarms", tag = "alarms", params(BehindQuery), responses((status = 200, body = AlarmPage)))]
async fn behind(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<BehindQuery>,
) -> Result<axum::Json<AlarmPage>, Problem> {
    let filter = BehindFilter {
        code: needed_word("code", &query.code, AlarmCode::parse)?,
        model: text("model", query.model.as_deref())?,
        camera_id: query.camera_id.map(CameraId),
        answer: word("answer", query.answer.as_deref(), Answer::parse)?,
        reason: word("reason", query.reason.as_deref(), FalseAlarmReason::parse)?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.answered_alarms(&asker.ask, filter, &page).await?;
    Ok(axum::Json(AlarmPage::of(found, |row| Alarm::of(row, &asker.ask.access, asker.ask.now))))
}

/// Quarantines of noisy rules, newest first.
#[utoipa::path(get, path = "/api/quarantines", tag = "alarms", params(QuarantineQuery), responses((status = 200, body = QuarantinePage)))]
async fn quarantines(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<QuarantineQuery>,
) -> Result<axum::Json<QuarantinePage>, Problem> {
    let open_only = query.open.unwrap_or_default();
    let filter = QuarantineFilter { open_only, camera_id: query.camera_id.map(CameraId) };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.quarantines(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(QuarantinePage::of(found, Quarantine::from)))
}

/// Approves a proposed quarantine with a reason and an end, declines it, or lifts one that is in force. 409 when it has changed since.
#[utoipa::path(post, path = "/api/quarantines/{id}/events", tag = "alarms", params(("id" = Uuid, Path)), request_body = QuarantineEventRequest, responses((status = 200, body = Quarantine)))]
async fn decide(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<QuarantineEventRequest>,
) -> Result<axum::Json<Quarantine>, Problem> {
    let decision = Decision {
        event: needed_word("event", &wanted.event, QuarantineEvent::parse)?,
        version: wanted.version,
        why: wanted.why,
        until: time("until", wanted.until.as_deref())?,
    };
    let row = app.platform.decide_quarantine(&asker.ask, QuarantineId(id), decision).await?;
    Ok(axum::Json(row.into()))
}

/// The model that looks at pictures, and why a weights file that was asked for does not.
#[utoipa::path(get, path = "/api/system/model", tag = "system", responses((status = 200, body = ServingModel)))]
async fn serving(State(app): State<App>, asker: Asker) -> Result<axum::Json<ServingModel>, Problem> {
    Ok(axum::Json(app.platform.serving_model(&asker.ask)?.into()))
}
