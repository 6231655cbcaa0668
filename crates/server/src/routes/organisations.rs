//! Organisations: the register of them, decisions of the office, their own facts.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{OrganisationId, RegionId};
use domain::organisation::{OrganisationEvent, OrganisationState};
use platform::organisations::OrganisationDecision;
use platform::rows::OrganisationFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, time, word};
use crate::problem::Problem;
use crate::views::OrganisationPage;
use crate::views::organisations::{
    NewOrganisation, Organisation, OrganisationEdit, OrganisationEventRequest, OrganisationFile,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, register)).routes(routes!(one, edit)).routes(routes!(decide))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OrganisationQuery {
    /// A word of `organisation_states`.
    state: Option<String>,
    /// Sitting in this region or below.
    region_id: Option<Uuid>,
    /// Part of the name or of the credit code.
    name: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Organisations that the asker may know of, by name.
#[utoipa::path(get, path = "/api/organisations", tag = "organisations", params(OrganisationQuery), responses((status = 200, body = OrganisationPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OrganisationQuery>,
) -> Result<axum::Json<OrganisationPage>, Problem> {
    let filter = OrganisationFilter {
        state: word("state", query.state.as_deref(), OrganisationState::parse)?,
        region_id: query.region_id.map(RegionId),
        name: query.name,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.organisations(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(OrganisationPage::of(found, |row| Organisation::of(row, &asker.ask))))
}

/// Registers an organisation; the office where it sits approves it. 409 where its credit code is registered.
#[utoipa::path(post, path = "/api/organisations", tag = "organisations", request_body = NewOrganisation, responses((status = 201, body = Organisation)))]
async fn register(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewOrganisation>,
) -> Result<(StatusCode, axum::Json<Organisation>), Problem> {
    let row = app.platform.register_organisation(&asker.ask, wanted.wish()).await?;
    Ok((StatusCode::CREATED, axum::Json(Organisation::of(row, &asker.ask))))
}

/// One organisation with what is behind it.
#[utoipa::path(get, path = "/api/organisations/{id}", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = OrganisationFile)))]
async fn one(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<OrganisationFile>, Problem> {
    let detail = app.platform.organisation(&asker.ask, OrganisationId(id)).await?;
    Ok(axum::Json(OrganisationFile::of(detail, &asker.ask)))
}

/// Writes an organisation's facts anew.
#[utoipa::path(put, path = "/api/organisations/{id}", tag = "organisations", params(("id" = Uuid, Path)), request_body = OrganisationEdit, responses((status = 200, body = Organisation)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<OrganisationEdit>,
) -> Result<axum::Json<Organisation>, Problem> {
    let version = wanted.version;
    let row = app.platform.edit_organisation(&asker.ask, OrganisationId(id), wanted.facts(), version).await?;
    Ok(axum::Json(Organisation::of(row, &asker.ask)))
}

/// Approves an organisation, declines it, orders it to rectify, suspends, restores, replaces or cancels it.
#[utoipa::path(post, path = "/api/organisations/{id}/events", tag = "organisations", params(("id" = Uuid, Path)), request_body = OrganisationEventRequest, responses((status = 200, body = Organisation)))]
async fn decide(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<OrganisationEventRequest>,
) -> Result<axum::Json<Organisation>, Problem> {
    let decision = OrganisationDecision {
        event: needed_word("event", &wanted.event, OrganisationEvent::parse)?,
        version: wanted.version,
        reason: wanted.reason.unwrap_or_default(),
        rectify_by: time("rectify_by", wanted.rectify_by.as_deref())?,
    };
    let row = app.platform.decide_organisation(&asker.ask, OrganisationId(id), decision).await?;
    Ok(axum::Json(Organisation::of(row, &asker.ask)))
}
