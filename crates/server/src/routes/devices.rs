//! Devices: reading, entering, changing, removing, and what is wrong with one.

use axum::extract::State;
use axum::http::StatusCode;
use domain::device::DeviceState;
use domain::ids::{DeviceId, UnitId};
use platform::access::devices::{DeviceEdit, NewDevice as Wanted};
use platform::rows::DeviceFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, page_ask, text, word};
use crate::problem::Problem;
use crate::views::DevicePage;
use crate::views::devices::{Device, DevicePatch, DeviceWithSecret, NewDevice};
use crate::views::diagnosis::Diagnosis;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(detail, edit, remove))
        .routes(routes!(diagnosis))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeviceQuery {
    /// Only devices of this unit.
    unit_id: Option<Uuid>,
    /// Only devices in this state.
    state: Option<String>,
    /// Part of the device's name, the unit's name or the 20 digits.
    q: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Devices in the asker's reach.
#[utoipa::path(get, path = "/api/devices", tag = "devices", params(DeviceQuery), responses((status = 200, body = DevicePage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<DeviceQuery>,
) -> Result<axum::Json<DevicePage>, Problem> {
    let filter = DeviceFilter {
        unit_id: query.unit_id.map(UnitId),
        state: word("state", query.state.as_deref(), DeviceState::parse)?,
        text: text("q", query.q.as_deref())?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.devices(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DevicePage::of(found, Device::from)))
}

/// Enters a device, so that it may register; an id that knocks is approved by this. A secret made by the platform is shown here and never
/// again.
#[utoipa::path(post, path = "/api/devices", tag = "devices", request_body = NewDevice, responses((status = 201, body = DeviceWithSecret)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewDevice>,
) -> Result<(StatusCode, axum::Json<DeviceWithSecret>), Problem> {
    let new = Wanted {
        unit_id: UnitId(wanted.unit_id),
        gb_id: wanted.gb_id,
        name: wanted.name,
        secret: wanted.secret.filter(|secret| !secret.is_empty()),
        habits: wanted.habits.ask()?,
        simulated: false,
    };
    let added = app.platform.add_device(&asker.ask, new).await?;
    Ok((StatusCode::CREATED, axum::Json(added.into())))
}

/// One device.
#[utoipa::path(get, path = "/api/devices/{id}", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = Device)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Device>, Problem> {
    let device = app.platform.device(&asker.ask, DeviceId(id)).await?;
    Ok(axum::Json(device.into()))
}

/// Changes a device; it has to register again where its secret changed or it was switched off.
#[utoipa::path(patch, path = "/api/devices/{id}", tag = "devices", params(("id" = Uuid, Path)), request_body = DevicePatch, responses((status = 200, body = DeviceWithSecret)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<DevicePatch>,
) -> Result<axum::Json<DeviceWithSecret>, Problem> {
    let edit = DeviceEdit {
        unit_id: wanted.unit_id.map(UnitId),
        name: wanted.name,
        secret: wanted.secret,
        habits: wanted.habits.map(|habits| habits.ask()).transpose()?,
        disabled: wanted.disabled,
    };
    let edited = app.platform.edit_device(&asker.ask, DeviceId(id), edit).await?;
    Ok(axum::Json(edited.into()))
}

/// Removes a device that no camera gets its video from; what it reported stays.
#[utoipa::path(delete, path = "/api/devices/{id}", tag = "devices", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn remove(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.remove_device(&asker.ask, DeviceId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Each step from the device's first packet to a picture: what was found and what to do; and its last messages, without secrets.
#[utoipa::path(get, path = "/api/devices/{id}/diagnosis", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = Diagnosis)))]
async fn diagnosis(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Diagnosis>, Problem> {
    let made = app.platform.diagnose(&asker.ask, DeviceId(id)).await?;
    Ok(axum::Json(made.into()))
}
