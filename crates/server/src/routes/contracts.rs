//! Duty contracts: proposed by one side, answered by the other.

use axum::extract::State;
use axum::http::StatusCode;
use domain::contract::{ContractEvent, ContractState};
use domain::ids::{ContractId, OrganisationId, UnitId};
use platform::organisations::{ContractStepWish, ContractWish};
use platform::rows::ContractFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_time, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::ContractPage;
use crate::views::contracts::{Contract, ContractCover, ContractEventRequest, ContractMoment, NewContract};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, propose)).routes(routes!(step, steps)).routes(routes!(cover))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ContractQuery {
    /// A word of `contract_states`.
    state: Option<String>,
    /// Only proposed, accepted or running ones.
    alive: Option<bool>,
    /// Of this unit.
    unit_id: Option<Uuid>,
    /// Of this organisation.
    organisation_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Duty contracts, last proposed first.
#[utoipa::path(get, path = "/api/contracts", tag = "organisations", params(ContractQuery), responses((status = 200, body = ContractPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ContractQuery>,
) -> Result<axum::Json<ContractPage>, Problem> {
    let filter = ContractFilter {
        state: word("state", query.state.as_deref(), ContractState::parse)?,
        alive: query.alive.unwrap_or_default(),
        unit_id: query.unit_id.map(UnitId),
        organisation_id: query.organisation_id.map(OrganisationId),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.contracts(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(ContractPage::of(found, |row| Contract::of(row, &asker.ask))))
}

/// Proposes a contract for the asker's own side; the other side answers.
#[utoipa::path(post, path = "/api/contracts", tag = "organisations", request_body = NewContract, responses((status = 201, body = Contract)))]
async fn propose(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewContract>,
) -> Result<(StatusCode, axum::Json<Contract>), Problem> {
    let wish = ContractWish {
        unit_id: UnitId(wanted.unit_id),
        organisation_id: OrganisationId(wanted.organisation_id),
        number: wanted.number.unwrap_or_default(),
        starts_at: needed_time("starts_at", &wanted.starts_at)?,
        ends_at: needed_time("ends_at", &wanted.ends_at)?,
        replaces: wanted.replaces.map(ContractId),
    };
    let row = app.platform.propose_contract(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(Contract::of(row, &asker.ask))))
}

/// Accepts a contract, declines, withdraws or ends it. 409 when it has changed since, or the organisation may not take on more.
#[utoipa::path(post, path = "/api/contracts/{id}/events", tag = "organisations", params(("id" = Uuid, Path)), request_body = ContractEventRequest, responses((status = 200, body = Contract)))]
async fn step(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<ContractEventRequest>,
) -> Result<axum::Json<Contract>, Problem> {
    let wish = ContractStepWish {
        event: needed_word("event", &wanted.event, ContractEvent::parse)?,
        version: wanted.version,
        reason: wanted.reason.unwrap_or_default(),
    };
    let row = app.platform.step_contract(&asker.ask, ContractId(id), wish).await?;
    Ok(axum::Json(Contract::of(row, &asker.ask)))
}

/// What happened to a contract, in order.
#[utoipa::path(get, path = "/api/contracts/{id}/events", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<ContractMoment>)))]
async fn steps(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<ContractMoment>>, Problem> {
    let steps = app.platform.contract_steps(&asker.ask, ContractId(id)).await?;
    Ok(axum::Json(steps.into_iter().map(ContractMoment::of).collect()))
}

/// The contracts of a unit, and for how many minutes none held.
#[utoipa::path(get, path = "/api/units/{id}/contracts", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = ContractCover)))]
async fn cover(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<ContractCover>, Problem> {
    let cover = app.platform.contract_cover(&asker.ask, UnitId(id)).await?;
    Ok(axum::Json(ContractCover::of(cover, &asker.ask)))
}
