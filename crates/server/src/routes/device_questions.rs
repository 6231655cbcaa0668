//! What a device is asked while somebody looks at its page: how it is, how it is set, its memory cards, where it was; and its parameters
//! being changed.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::DeviceId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path};
use crate::problem::Problem;
use crate::views::device_questions::{DeviceCondition, DeviceParameters, DevicePlace, MemoryCard};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(condition))
        .routes(routes!(parameters, set_parameters))
        .routes(routes!(cards))
        .routes(routes!(position))
}

/// How a device is, asked from it now.
#[utoipa::path(get, path = "/api/devices/{id}/condition", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = DeviceCondition)))]
async fn condition(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DeviceCondition>, Problem> {
    let told = app.platform.device_condition(&asker.ask, DeviceId(id)).await?;
    Ok(axum::Json(told.into()))
}

/// The basic parameters of a device, asked from it now.
#[utoipa::path(get, path = "/api/devices/{id}/parameters", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = DeviceParameters)))]
async fn parameters(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DeviceParameters>, Problem> {
    let told = app.platform.device_parameters(&asker.ask, DeviceId(id)).await?;
    Ok(axum::Json(told.into()))
}

/// Changes basic parameters at a device and answers when it has taken them; an absent one stays as it is. The platform then expects its signs
/// of life accordingly.
#[utoipa::path(put, path = "/api/devices/{id}/parameters", tag = "devices", params(("id" = Uuid, Path)), request_body = DeviceParameters, responses((status = 204)))]
async fn set_parameters(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<DeviceParameters>,
) -> Result<StatusCode, Problem> {
    app.platform.set_device_parameters(&asker.ask, DeviceId(id), &wanted.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The memory cards of a device of 2022, asked from it now.
#[utoipa::path(get, path = "/api/devices/{id}/cards", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<MemoryCard>)))]
async fn cards(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<MemoryCard>>, Problem> {
    let cards = app.platform.device_cards(&asker.ask, DeviceId(id)).await?;
    Ok(axum::Json(cards.into_iter().map(MemoryCard::from).collect()))
}

/// Where a device last said it was, since the platform's start.
#[utoipa::path(get, path = "/api/devices/{id}/position", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = DevicePlace)))]
async fn position(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DevicePlace>, Problem> {
    let told = app.platform.device_position(&asker.ask, DeviceId(id)).await?;
    Ok(axum::Json(DevicePlace { position: told.map(Into::into) }))
}
