//! Violation files of organisations.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{DutyRoomId, OrganisationId, StaffId, ViolationId};
use domain::organisation::violation::{ViolationEvent, ViolationKind, ViolationState};
use platform::organisations::{ViolationStepWish, ViolationWish};
use platform::rows::ViolationFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, span, word};
use crate::problem::Problem;
use crate::views::ViolationPage;
use crate::views::organisation_files::{NewViolation, Violation, ViolationEventRequest, ViolationFile};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, open)).routes(routes!(one)).routes(routes!(step))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ViolationQuery {
    /// A word of `violation_states`.
    state: Option<String>,
    /// A word of `violation_kinds`.
    kind: Option<String>,
    /// Against this organisation.
    organisation_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Entries in the asker's reach, last opened first.
#[utoipa::path(get, path = "/api/violations", tag = "organisations", params(ViolationQuery), responses((status = 200, body = ViolationPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ViolationQuery>,
) -> Result<axum::Json<ViolationPage>, Problem> {
    let filter = ViolationFilter {
        state: word("state", query.state.as_deref(), ViolationState::parse)?,
        kind: word("kind", query.kind.as_deref(), ViolationKind::parse)?,
        organisation_id: query.organisation_id.map(OrganisationId),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.violations(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(ViolationPage::of(found, |row| Violation::of(row, &asker.ask))))
}

/// Opens an entry on what the platform's rows say; where none supports it, it is refused.
#[utoipa::path(post, path = "/api/violations", tag = "organisations", request_body = NewViolation, responses((status = 201, body = ViolationFile)))]
async fn open(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewViolation>,
) -> Result<(StatusCode, axum::Json<ViolationFile>), Problem> {
    let wish = ViolationWish {
        organisation_id: OrganisationId(wanted.organisation_id),
        kind: needed_word("kind", &wanted.kind, ViolationKind::parse)?,
        span: span(&wanted.from, &wanted.until)?,
        room_id: wanted.room_id.map(DutyRoomId),
        staff_id: wanted.staff_id.map(StaffId),
        words: wanted.words,
    };
    let made = app.platform.open_violation(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(ViolationFile::of(made, &asker.ask)?)))
}

/// An entry with its evidence package and what happened.
#[utoipa::path(get, path = "/api/violations/{id}", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = ViolationFile)))]
async fn one(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<ViolationFile>, Problem> {
    let found = app.platform.violation(&asker.ask, ViolationId(id)).await?;
    Ok(axum::Json(ViolationFile::of(found, &asker.ask)?))
}

/// Replies, confirms, dismisses, appeals, upholds or withdraws. 409 when it has changed since, the time for a reply has not passed, or the
/// appeal is whoever's confirmed.
#[utoipa::path(post, path = "/api/violations/{id}/events", tag = "organisations", params(("id" = Uuid, Path)), request_body = ViolationEventRequest, responses((status = 200, body = ViolationFile)))]
async fn step(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<ViolationEventRequest>,
) -> Result<axum::Json<ViolationFile>, Problem> {
    let wish = ViolationStepWish {
        event: needed_word("event", &wanted.event, ViolationEvent::parse)?,
        words: wanted.words,
        version: wanted.version,
    };
    let found = app.platform.step_violation(&asker.ask, ViolationId(id), wish).await?;
    Ok(axum::Json(ViolationFile::of(found, &asker.ask)?))
}
