//! Orders to devices and channels.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{ChannelId, DeviceId};
use platform::access::devices::{ChannelOrder as Ordered, DeviceOrder as OrderedDevice, MoveOrder};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path};
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(order_device)).routes(routes!(order_channel))
}

/// An order to a device.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(tag = "order", rename_all = "snake_case", deny_unknown_fields)]
enum DeviceOrder {
    /// Start anew.
    Restart,
    /// Arm its alarm points.
    GuardSet,
    /// Disarm them.
    GuardReset,
    /// Tell the catalogue anew.
    Catalogue,
    /// Format a memory card (2022). What is on it is lost.
    FormatCard {
        /// Its number; 0 for all.
        card: u32,
    },
}

impl From<DeviceOrder> for OrderedDevice {
    fn from(order: DeviceOrder) -> Self {
        match order {
            DeviceOrder::Restart => Self::Restart,
            DeviceOrder::GuardSet => Self::Guard(true),
            DeviceOrder::GuardReset => Self::Guard(false),
            DeviceOrder::Catalogue => Self::Catalogue,
            DeviceOrder::FormatCard { card } => Self::FormatCard(card),
        }
    }
}

/// An order to a channel.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(tag = "order", rename_all = "snake_case", deny_unknown_fields)]
enum ChannelOrder {
    /// Move until told to stop. Signs are directions, sizes per cent of full speed, −100 to 100; absent is 0.
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
        /// Focus far (−) and near (+).
        #[serde(default)]
        focus: i8,
        /// Iris closed (−) and open (+).
        #[serde(default)]
        iris: i8,
    },
    /// Stop everything that moves.
    Stop,
    /// Look at a preset.
    PresetCall {
        /// 1 to 255.
        preset: u8,
    },
    /// Remember where it looks.
    PresetSet {
        /// 1 to 255.
        preset: u8,
    },
    /// Forget a preset.
    PresetDelete {
        /// 1 to 255.
        preset: u8,
    },
    /// Begin a round of presets.
    CruiseStart {
        /// Number of the round.
        group: u8,
    },
    /// Begin a scan from edge to edge.
    ScanStart {
        /// Number of the scan.
        group: u8,
    },
    /// Switch the wiper.
    Wiper {
        /// On or off.
        on: bool,
    },
    /// Look precisely there (2022).
    Precise {
        /// Degrees, 0 to 360.
        pan_deg: Option<f64>,
        /// Degrees, −30 to 90.
        tilt_deg: Option<f64>,
        /// Times.
        zoom: Option<f64>,
    },
    /// Go home to a preset after a while of rest, or no more.
    Home {
        /// On or off.
        enabled: bool,
        /// After how many seconds.
        after_s: u32,
        /// Which preset.
        preset: u8,
    },
    /// Send a key frame now.
    KeyFrame,
    /// Record at the device, or stop to.
    Record {
        /// On or off.
        on: bool,
    },
    /// Arm the point, or disarm it.
    Guard {
        /// On or off.
        on: bool,
    },
}

impl From<ChannelOrder> for Ordered {
    fn from(order: ChannelOrder) -> Self {
        match order {
            ChannelOrder::Move { pan, tilt, zoom, focus, iris } => {
                Self::Move(MoveOrder { pan, tilt, zoom, focus, iris })
            }
            ChannelOrder::Stop => Self::Stop,
            ChannelOrder::PresetCall { preset } => Self::PresetCall(preset),
            ChannelOrder::PresetSet { preset } => Self::PresetSet(preset),
            ChannelOrder::PresetDelete { preset } => Self::PresetDelete(preset),
            ChannelOrder::CruiseStart { group } => Self::CruiseStart(group),
            ChannelOrder::ScanStart { group } => Self::ScanStart(group),
            ChannelOrder::Wiper { on } => Self::Wiper(on),
            ChannelOrder::Precise { pan_deg, tilt_deg, zoom } => Self::Precise { pan_deg, tilt_deg, zoom },
            ChannelOrder::Home { enabled, after_s, preset } => Self::Home { enabled, after_s, preset },
            ChannelOrder::KeyFrame => Self::KeyFrame,
            ChannelOrder::Record { on } => Self::Record(on),
            ChannelOrder::Guard { on } => Self::Guard(on),
        }
    }
}

/// Orders a device something and answers when it took it.
#[utoipa::path(post, path = "/api/devices/{id}/orders", tag = "devices", params(("id" = Uuid, Path)), request_body = DeviceOrder, responses((status = 204)))]
async fn order_device(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(order): Json<DeviceOrder>,
) -> Result<StatusCode, Problem> {
    app.platform.order_device(&asker.ask, DeviceId(id), order.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Orders a channel something and answers when its device took it.
#[utoipa::path(post, path = "/api/channels/{id}/orders", tag = "devices", params(("id" = Uuid, Path)), request_body = ChannelOrder, responses((status = 204)))]
async fn order_channel(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(order): Json<ChannelOrder>,
) -> Result<StatusCode, Problem> {
    app.platform.order_channel(&asker.ask, ChannelId(id), &order.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}
