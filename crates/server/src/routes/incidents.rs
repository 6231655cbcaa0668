//! Reports that confirmed fires owe.

use axum::extract::State;
use domain::alarm::incident::IncidentEvent;
use domain::ids::AlarmId;
use platform::alarms::IncidentWish;
use platform::rows::IncidentFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::IncidentPage;
use crate::views::incidents::{Incident, IncidentDetail, IncidentRequest};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(detail, write))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct IncidentQuery {
    /// `open` (not handed in, when absent), `late` (not handed in by the due time), or `all`.
    state: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Confirmed fires and their reports, last confirmed first.
#[utoipa::path(get, path = "/api/incidents", tag = "alarms", params(IncidentQuery), responses((status = 200, body = IncidentPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<IncidentQuery>,
) -> Result<axum::Json<IncidentPage>, Problem> {
    let now = asker.ask.now;
    let filter = word("state", query.state.as_deref(), |state| match state {
        "open" => Some(IncidentFilter::Open),
        "late" => Some(IncidentFilter::Late(now)),
        "all" => Some(IncidentFilter::All),
        _ => None,
    })?;
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.incidents(&asker.ask, filter.unwrap_or_default(), &page).await?;
    Ok(axum::Json(IncidentPage::of(found, |row| Incident::of(row, &asker.ask.access, now))))
}

/// The report of one fire with its form. 404 for an alarm that owes none.
#[utoipa::path(get, path = "/api/alarms/{id}/incident", tag = "alarms", params(("id" = Uuid, Path)), responses((status = 200, body = IncidentDetail)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<IncidentDetail>, Problem> {
    let found = app.platform.incident(&asker.ask, AlarmId(id)).await?;
    Ok(axum::Json(IncidentDetail::of(found, &asker.ask.access, asker.ask.now)))
}

/// Keeps the form, or hands it in: then it is sealed and signed. 409 where somebody else wrote on it since, or it is sealed.
#[utoipa::path(put, path = "/api/alarms/{id}/incident", tag = "alarms", params(("id" = Uuid, Path)), request_body = IncidentRequest, responses((status = 200, body = IncidentDetail)))]
async fn write(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<IncidentRequest>,
) -> Result<axum::Json<IncidentDetail>, Problem> {
    let wish = IncidentWish {
        event: needed_word("event", &wanted.event, IncidentEvent::parse)?,
        version: wanted.version,
        form: wanted.form.into(),
    };
    let found = app.platform.write_incident(&asker.ask, AlarmId(id), &wish).await?;
    Ok(axum::Json(IncidentDetail::of(found, &asker.ask.access, asker.ask.now)))
}
