//! The escalation ladder: that of one alarm, and the queue of an office.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::AlarmId;
use platform::rows::EscalationFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, page_ask, word};
use crate::problem::Problem;
use crate::views::EscalationPage;
use crate::views::ladder::{AlarmLadder, Escalation, NewReceipt, ReceiptsOwed};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(owed))
        .routes(routes!(ladder))
        .routes(routes!(acknowledge))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EscalationQuery {
    /// `owed` (when absent): open alarms that the office has not acknowledged; `all`: everything that ever climbed to it.
    state: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// What climbed to the asker's office, last told first.
#[utoipa::path(get, path = "/api/escalations", tag = "alarms", params(EscalationQuery), responses((status = 200, body = EscalationPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<EscalationQuery>,
) -> Result<axum::Json<EscalationPage>, Problem> {
    let filter = word("state", query.state.as_deref(), |state| match state {
        "owed" => Some(EscalationFilter::Owed),
        "all" => Some(EscalationFilter::All),
        _ => None,
    })?;
    let page = page_ask(query.limit, query.after.as_deref())?;
    let filter = filter.unwrap_or(EscalationFilter::Owed);
    let found = app.platform.escalations(&asker.ask, filter, &page).await?;
    let (access, now) = (asker.ask.access, asker.ask.now);
    Ok(axum::Json(EscalationPage::of(found, |one| Escalation::of(one, &access, now))))
}

/// How many acknowledgements the asker's office owes.
#[utoipa::path(get, path = "/api/escalations/owed", tag = "alarms", responses((status = 200, body = ReceiptsOwed)))]
async fn owed(State(app): State<App>, asker: Asker) -> Result<axum::Json<ReceiptsOwed>, Problem> {
    Ok(axum::Json(ReceiptsOwed { count: app.platform.receipts_owed(&asker.ask).await? }))
}

/// The ladder of an alarm: who was told when and by what, who acknowledged, and what comes next.
#[utoipa::path(get, path = "/api/alarms/{id}/ladder", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 200, body = AlarmLadder)))]
async fn ladder(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<AlarmLadder>, Problem> {
    Ok(axum::Json(app.platform.alarm_ladder(&asker.ask, AlarmId(id)).await?.into()))
}

/// Acknowledges an alarm that climbed to the asker's office; the first time counts. 404 where it never did.
#[utoipa::path(post, path = "/api/alarms/{id}/receipt", tag = "alarms", params(("id" = Uuid, Path)), request_body = NewReceipt, responses((status = 204)))]
async fn acknowledge(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewReceipt>,
) -> Result<StatusCode, Problem> {
    let note = wanted.note.filter(|note| !note.trim().is_empty());
    app.platform.acknowledge_alarm(&asker.ask, AlarmId(id), note.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
