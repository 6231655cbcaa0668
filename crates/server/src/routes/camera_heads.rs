//! Heads of cameras: whether one turns, orders, presets. Those of channels of devices have routes of their own.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::CameraId;
use platform::access::heads::{HeadOrder, MOVE_SECONDS};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path};
use crate::problem::Problem;
use crate::views::heads::{CameraHead, Preset};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(head)).routes(routes!(order)).routes(routes!(presets))
}

/// An order to the head of a camera that is asked itself, by ONVIF.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "order", rename_all = "snake_case", deny_unknown_fields)]
enum CameraOrder {
    /// Turn until told to stop. Signs are directions, sizes per cent of full speed, −100 to 100; absent is 0.
    Move {
        /// Left (−) and right (+).
        #[serde(default)]
        pan: i8,
        /// Down (−) and up (+).
        #[serde(default)]
        tilt: i8,
        /// Wider (−) and nearer (+).
        #[serde(default)]
        zoom: i8,
        /// Seconds after which it stops by itself, 1 to 60; 15 when absent.
        at_most_s: Option<u8>,
    },
    /// Stop everything that moves.
    Stop,
    /// Look at a preset.
    PresetCall {
        /// Its id, as the camera gave it.
        preset: String,
    },
    /// Remember where it looks.
    PresetSet {
        /// The name for people.
        name: String,
        /// The preset to replace; absent: a new one.
        preset: Option<String>,
    },
    /// Forget a preset.
    PresetDelete {
        /// Its id, as the camera gave it.
        preset: String,
    },
}

impl From<CameraOrder> for HeadOrder {
    fn from(order: CameraOrder) -> Self {
        match order {
            CameraOrder::Move { pan, tilt, zoom, at_most_s } => {
                Self::Move { pan, tilt, zoom, at_most_s: at_most_s.unwrap_or(MOVE_SECONDS) }
            }
            CameraOrder::Stop => Self::Stop,
            CameraOrder::PresetCall { preset } => Self::PresetCall(preset),
            CameraOrder::PresetSet { name, preset } => Self::PresetSet { name, preset },
            CameraOrder::PresetDelete { preset } => Self::PresetDelete(preset),
        }
    }
}

/// Whether a camera's head can be turned, by which way, and where it looks. The first question to a camera greets it and may take seconds.
#[utoipa::path(get, path = "/api/cameras/{id}/head", tag = "cameras", params(("id" = Uuid, Path)), responses((status = 200, body = CameraHead)))]
async fn head(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<CameraHead>, Problem> {
    let head = app.platform.head(&asker.ask, CameraId(id)).await?;
    Ok(axum::Json(head.into()))
}

/// Orders a camera's head something and answers when the camera took it. 409 where it has none, refuses, or is a channel of a device.
#[utoipa::path(post, path = "/api/cameras/{id}/orders", tag = "cameras", params(("id" = Uuid, Path)), request_body = CameraOrder, responses((status = 204)))]
async fn order(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(order): Json<CameraOrder>,
) -> Result<StatusCode, Problem> {
    app.platform.order_head(&asker.ask, CameraId(id), order.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The places that a camera's head remembers, asked from it now.
#[utoipa::path(get, path = "/api/cameras/{id}/presets", tag = "cameras", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<Preset>)))]
async fn presets(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<Preset>>, Problem> {
    let presets = app.platform.head_presets(&asker.ask, CameraId(id)).await?;
    Ok(axum::Json(presets.into_iter().map(Preset::from).collect()))
}
