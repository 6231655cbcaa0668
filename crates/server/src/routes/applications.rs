//! Applications of organisations for the register: sent by anybody, decided by the office where the organisation would sit.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{ApplicationId, RegionId};
use domain::organisation::application::{ApplicationEvent, ApplicationState};
use platform::organisations::{ApplicationDecision, ApplicationWish, OrganisationFacts};
use platform::rows::ApplicationFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::{Asker, Visitor};
use crate::input::{Json, Path, Query, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::ApplicationPage;
use crate::views::organisation_files::{
    Application, ApplicationAgain, ApplicationEventRequest, ApplicationFile, ApplicationRegion, AppliedFor,
    NewApplication, OwnApplication, ReceiptRequest,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, apply))
        .routes(routes!(regions))
        .routes(routes!(look_up, again))
        .routes(routes!(one))
        .routes(routes!(decide))
}

/// Regions that an application may name.
#[utoipa::path(get, path = "/api/organisation-applications/regions", tag = "organisations", responses((status = 200, body = Vec<ApplicationRegion>)))]
async fn regions(
    State(app): State<App>,
    visitor: Visitor,
) -> Result<axum::Json<Vec<ApplicationRegion>>, Problem> {
    app.limits.look_up(visitor.peer.0)?;
    let found = app.platform.application_regions().await?;
    let view = |one: domain::region::Region| ApplicationRegion {
        id: one.id.0,
        name: one.name,
        parent_id: one.parent_id.map(|id| id.0),
    };
    Ok(axum::Json(found.into_iter().map(view).collect()))
}

/// Applies for the register; the receipt is shown once. 409 where the credit code is registered or applied for, 429 where too many came from
/// one address or wait in a region.
#[utoipa::path(post, path = "/api/organisation-applications", tag = "organisations", request_body = NewApplication, responses((status = 201, body = AppliedFor)))]
async fn apply(
    State(app): State<App>,
    visitor: Visitor,
    Json(wanted): Json<NewApplication>,
) -> Result<(StatusCode, axum::Json<AppliedFor>), Problem> {
    app.limits.apply(visitor.peer.0)?;
    let (row, receipt) = app.platform.apply(&visitor.ask, wish(wanted)).await?;
    Ok((StatusCode::CREATED, axum::Json(AppliedFor { application: row.into(), receipt })))
}

/// The application of a receipt.
#[utoipa::path(post, path = "/api/organisation-applications/own", tag = "organisations", request_body = ReceiptRequest, responses((status = 200, body = OwnApplication)))]
async fn look_up(
    State(app): State<App>,
    visitor: Visitor,
    Json(sent): Json<ReceiptRequest>,
) -> Result<axum::Json<OwnApplication>, Problem> {
    app.limits.one_time(visitor.peer.0)?;
    Ok(axum::Json(app.platform.application_of(&sent.receipt).await?.into()))
}

/// Sends a returned application again; its code and region stay.
#[utoipa::path(put, path = "/api/organisation-applications/own", tag = "organisations", request_body = ApplicationAgain, responses((status = 200, body = OwnApplication)))]
async fn again(
    State(app): State<App>,
    visitor: Visitor,
    Json(sent): Json<ApplicationAgain>,
) -> Result<axum::Json<OwnApplication>, Problem> {
    app.limits.apply(visitor.peer.0)?;
    let row =
        app.platform.apply_again(&visitor.ask, &sent.receipt, wish(sent.application), sent.version).await?;
    Ok(axum::Json(row.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ApplicationQuery {
    /// A word of `application_states`.
    state: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Applications in the office's region, those that wait longest first.
#[utoipa::path(get, path = "/api/organisation-applications", tag = "organisations", params(ApplicationQuery), responses((status = 200, body = ApplicationPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ApplicationQuery>,
) -> Result<axum::Json<ApplicationPage>, Problem> {
    let filter = ApplicationFilter { state: word("state", query.state.as_deref(), ApplicationState::parse)? };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.applications(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(ApplicationPage::of(found, |row| Application::of(row, &asker.ask))))
}

/// One application with what happened to it.
#[utoipa::path(get, path = "/api/organisation-applications/{id}", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = ApplicationFile)))]
async fn one(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<ApplicationFile>, Problem> {
    let (row, steps) = app.platform.application(&asker.ask, ApplicationId(id)).await?;
    let steps = steps.into_iter().map(Into::into).collect();
    Ok(axum::Json(ApplicationFile { application: Application::of(row, &asker.ask), steps }))
}

/// Approves, returns or refuses. With an approval the organisation stands in the register.
#[utoipa::path(post, path = "/api/organisation-applications/{id}/events", tag = "organisations", params(("id" = Uuid, Path)), request_body = ApplicationEventRequest, responses((status = 200, body = Application)))]
async fn decide(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<ApplicationEventRequest>,
) -> Result<axum::Json<Application>, Problem> {
    let decision = ApplicationDecision {
        event: needed_word("event", &wanted.event, ApplicationEvent::parse)?,
        version: wanted.version,
        reason: wanted.reason.unwrap_or_default(),
    };
    let row = app.platform.decide_application(&asker.ask, ApplicationId(id), decision).await?;
    Ok(axum::Json(Application::of(row, &asker.ask)))
}

fn wish(wanted: NewApplication) -> ApplicationWish {
    ApplicationWish {
        name: wanted.name,
        credit_code: wanted.credit_code,
        region_id: RegionId(wanted.region_id),
        facts: OrganisationFacts {
            address: wanted.address,
            premises_m2: wanted.premises_m2,
            phone: wanted.phone,
            units_max: wanted.units_max,
        },
        leader_name: wanted.leader_name,
    }
}
