//! The platform itself: its health, its API's description, first set-up, the word lists.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::session::signed_in;
use crate::app::App;
use crate::door::{Asker, Visitor};
use crate::input::Json;
use crate::openapi::openapi_json;
use crate::problem::Problem;
use crate::views::dictionary::{self, Dictionary};
use crate::views::people::{Me, Setup, SetupRequest};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(setup_state, set_up))
        .routes(routes!(words))
        .routes(routes!(openapi))
}

/// That the server answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    pub status: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// True for a demonstration with simulated schools.
    pub demo: bool,
}

/// Whether the server answers.
#[utoipa::path(get, path = "/api/health", tag = "system", responses((status = 200, body = Health)))]
async fn health(State(app): State<App>) -> axum::Json<Health> {
    let version = env!("CARGO_PKG_VERSION");
    axum::Json(Health { status: "ok", version, demo: app.platform.is_demo() })
}

/// Whether first set-up is still to be done.
#[utoipa::path(get, path = "/api/setup", tag = "system", responses((status = 200, body = Setup)))]
async fn setup_state(State(app): State<App>) -> Result<axum::Json<Setup>, Problem> {
    let needed = app.platform.setup_needed().await?;
    Ok(axum::Json(Setup { needed, demo: app.platform.is_demo() }))
}

/// First set-up: creates the first security administrator and signs in. 409 when it is done.
#[utoipa::path(post, path = "/api/setup", tag = "system", request_body = SetupRequest, responses((status = 201, body = Me)))]
async fn set_up(
    State(app): State<App>,
    visitor: Visitor,
    Json(wanted): Json<SetupRequest>,
) -> Result<Response, Problem> {
    app.limits.set_up(visitor.peer.0)?;
    let SetupRequest { code, login_name, display_name, password } = wanted;
    let session = app
        .platform
        .set_up(&visitor.ask, &code, &login_name, &display_name, password, &visitor.agent)
        .await?;
    Ok(signed_in(&app, StatusCode::CREATED, visitor.ask.now, &session))
}

/// Every closed word list with its names.
#[utoipa::path(get, path = "/api/dictionary", tag = "system", responses((status = 200, body = Dictionary)))]
async fn words(_asker: Asker) -> axum::Json<Dictionary> {
    axum::Json(dictionary::dictionary())
}

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", tag = "system", responses((status = 200, body = serde_json::Value)))]
async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], openapi_json()).into_response()
}
