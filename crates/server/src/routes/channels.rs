//! Channels of a device: reading them, and placing them in the tree as cameras.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{ChannelId, DeviceId};
use platform::rows::ChannelFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, page_ask, text};
use crate::problem::Problem;
use crate::views::ChannelPage;
use crate::views::cameras::Camera;
use crate::views::channels::{Channel, NewChannelCamera, NewChannelCameras, Placed};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(place)).routes(routes!(place_all))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ChannelQuery {
    /// Part of the channel's name or 20 digits.
    q: Option<String>,
    /// Digits 11 to 13, e.g. `132`.
    type_code: Option<String>,
    /// Whether it was in the last complete catalogue.
    present: Option<bool>,
    /// Whether a camera gets its video from it.
    has_camera: Option<bool>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Channels of a device in the order of their 20 digits.
#[utoipa::path(get, path = "/api/devices/{id}/channels", tag = "devices", params(("id" = Uuid, Path), ChannelQuery), responses((status = 200, body = ChannelPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<ChannelQuery>,
) -> Result<axum::Json<ChannelPage>, Problem> {
    let filter = ChannelFilter {
        text: text("q", query.q.as_deref())?,
        type_code: text("type_code", query.type_code.as_deref())?,
        present: query.present,
        has_camera: query.has_camera,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.channels(&asker.ask, DeviceId(id), &filter, &page).await?;
    Ok(axum::Json(ChannelPage::of(found, Channel::from)))
}

/// Makes a camera that gets its video from a channel.
#[utoipa::path(post, path = "/api/channels/{id}/camera", tag = "devices", params(("id" = Uuid, Path)), request_body = NewChannelCamera, responses((status = 201, body = Camera)))]
async fn place(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewChannelCamera>,
) -> Result<(StatusCode, axum::Json<Camera>), Problem> {
    let placing = wanted.ask()?;
    let camera = app.platform.place_channel(&asker.ask, ChannelId(id), &placing).await?;
    Ok((StatusCode::CREATED, axum::Json(camera.into())))
}

/// Makes cameras of all channels of a device that look like cameras and have none.
#[utoipa::path(post, path = "/api/devices/{id}/cameras", tag = "devices", params(("id" = Uuid, Path)), request_body = NewChannelCameras, responses((status = 200, body = Placed)))]
async fn place_all(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewChannelCameras>,
) -> Result<axum::Json<Placed>, Problem> {
    let placing = NewChannelCamera::from(wanted).ask()?;
    let placed = app.platform.place_channels(&asker.ask, DeviceId(id), &placing).await?;
    Ok(axum::Json(placed.into()))
}
