//! Fire facilities: transmission devices, the components behind them, what they told, roll-calls at them.

use axum::extract::State;
use axum::http::StatusCode;
use domain::facility::FacilityEventKind;
use domain::ids::{CameraId, ComponentId, TransmitterId, UnitId};
use platform::access::transmitters::{ComponentPlace as Place, NewTransmitter as Wanted, TransmitterEdit};
use platform::rows::{ComponentFilter, FacilityEventFilter, TransmitterFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, page_ask, text, word};
use crate::problem::Problem;
use crate::views::transmitters::{
    Component, ComponentPlace, FacilityEvent, NewRollCall, NewTransmitter, RollCall, Transmitter,
    TransmitterPatch, TransmitterStanding,
};
use crate::views::{ComponentPage, FacilityEventPage, RollCallPage, TransmitterPage};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(standing))
        .routes(routes!(detail, edit, remove))
        .routes(routes!(components))
        .routes(routes!(place))
        .routes(routes!(events))
        .routes(routes!(roll_calls, call_roll))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TransmitterQuery {
    /// Only devices of this unit.
    unit_id: Option<Uuid>,
    /// Only those that are online, or are not.
    online: Option<bool>,
    /// Part of the device's name, the unit's name or the address.
    q: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Transmission devices in the asker's reach, by name.
#[utoipa::path(get, path = "/api/transmitters", tag = "fire facilities", params(TransmitterQuery), responses((status = 200, body = TransmitterPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<TransmitterQuery>,
) -> Result<axum::Json<TransmitterPage>, Problem> {
    let filter = TransmitterFilter {
        unit_id: query.unit_id.map(UnitId),
        online: query.online,
        text: text("q", query.q.as_deref())?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.transmitters(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(TransmitterPage::of(found, Transmitter::from)))
}

/// Enters a transmission device, so that what it sends is taken; an address that knocks is approved by this.
#[utoipa::path(post, path = "/api/transmitters", tag = "fire facilities", request_body = NewTransmitter, responses((status = 201, body = Transmitter)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewTransmitter>,
) -> Result<(StatusCode, axum::Json<Transmitter>), Problem> {
    let new = Wanted {
        unit_id: UnitId(wanted.unit_id),
        address: wanted.address,
        name: wanted.name,
        simulated: false,
    };
    let added = app.platform.add_transmitter(&asker.ask, new).await?;
    Ok((StatusCode::CREATED, axum::Json(added.into())))
}

/// Where the platform listens to transmission devices, what it counted, and addresses that knock and that nobody has entered.
#[utoipa::path(get, path = "/api/transmitters/standing", tag = "fire facilities", responses((status = 200, body = TransmitterStanding)))]
async fn standing(State(app): State<App>, asker: Asker) -> Result<axum::Json<TransmitterStanding>, Problem> {
    Ok(axum::Json(app.platform.transmitter_standing(&asker.ask)?.into()))
}

/// One transmission device.
#[utoipa::path(get, path = "/api/transmitters/{id}", tag = "fire facilities", params(("id" = Uuid, Path)), responses((status = 200, body = Transmitter)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Transmitter>, Problem> {
    Ok(axum::Json(app.platform.transmitter(&asker.ask, TransmitterId(id)).await?.into()))
}

/// Changes a transmission device; it has to connect again.
#[utoipa::path(patch, path = "/api/transmitters/{id}", tag = "fire facilities", params(("id" = Uuid, Path)), request_body = TransmitterPatch, responses((status = 200, body = Transmitter)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<TransmitterPatch>,
) -> Result<axum::Json<Transmitter>, Problem> {
    let edit =
        TransmitterEdit { unit_id: wanted.unit_id.map(UnitId), name: wanted.name, disabled: wanted.disabled };
    Ok(axum::Json(app.platform.edit_transmitter(&asker.ask, TransmitterId(id), edit).await?.into()))
}

/// Removes a transmission device; what it told stays.
#[utoipa::path(delete, path = "/api/transmitters/{id}", tag = "fire facilities", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn remove(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.remove_transmitter(&asker.ask, TransmitterId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ComponentQuery {
    /// Only those to which nobody gave a place.
    unplaced: Option<bool>,
    /// Only those that are not in order: fire, fault, disabled.
    troubled: Option<bool>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Components behind a transmission device, in the order of their addresses.
#[utoipa::path(get, path = "/api/transmitters/{id}/components", tag = "fire facilities", params(("id" = Uuid, Path), ComponentQuery), responses((status = 200, body = ComponentPage)))]
async fn components(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<ComponentQuery>,
) -> Result<axum::Json<ComponentPage>, Problem> {
    let filter = ComponentFilter {
        unplaced: query.unplaced.unwrap_or_default(),
        troubled: query.troubled.unwrap_or_default(),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.components(&asker.ask, TransmitterId(id), filter, &page).await?;
    Ok(axum::Json(ComponentPage::of(found, Component::from)))
}

/// Says where a component is and which cameras of its unit see that place.
#[utoipa::path(put, path = "/api/components/{id}/place", tag = "fire facilities", params(("id" = Uuid, Path)), request_body = ComponentPlace, responses((status = 200, body = Component)))]
async fn place(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<ComponentPlace>,
) -> Result<axum::Json<Component>, Problem> {
    let place = Place { place: wanted.place, cameras: wanted.camera_ids.into_iter().map(CameraId).collect() };
    Ok(axum::Json(app.platform.place_component(&asker.ask, ComponentId(id), &place).await?.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EventQuery {
    /// Only of this device.
    transmitter_id: Option<Uuid>,
    /// Only of this kind, e.g. `fire` or `reset`.
    kind: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// What fire facilities in the asker's reach told, newest first.
#[utoipa::path(get, path = "/api/facility-events", tag = "fire facilities", params(EventQuery), responses((status = 200, body = FacilityEventPage)))]
async fn events(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<EventQuery>,
) -> Result<axum::Json<FacilityEventPage>, Problem> {
    let filter = FacilityEventFilter {
        transmitter_id: query.transmitter_id.map(TransmitterId),
        kind: word("kind", query.kind.as_deref(), FacilityEventKind::parse)?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.facility_events(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(FacilityEventPage::of(found, FacilityEvent::from)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RollCallQuery {
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Roll-calls at a transmission device, newest first.
#[utoipa::path(get, path = "/api/transmitters/{id}/roll-calls", tag = "fire facilities", params(("id" = Uuid, Path), RollCallQuery), responses((status = 200, body = RollCallPage)))]
async fn roll_calls(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<RollCallQuery>,
) -> Result<axum::Json<RollCallPage>, Problem> {
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.roll_calls(&asker.ask, TransmitterId(id), &page).await?;
    Ok(axum::Json(RollCallPage::of(found, RollCall::from)))
}

/// Asks for the person on duty at a transmission device: somebody has to press a key there before the deadline.
#[utoipa::path(post, path = "/api/transmitters/{id}/roll-calls", tag = "fire facilities", params(("id" = Uuid, Path)), request_body = NewRollCall, responses((status = 201, body = RollCall)))]
async fn call_roll(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewRollCall>,
) -> Result<(StatusCode, axum::Json<RollCall>), Problem> {
    let call = app.platform.call_roll(&asker.ask, TransmitterId(id), wanted.minutes).await?;
    Ok((StatusCode::CREATED, axum::Json(call.into())))
}
