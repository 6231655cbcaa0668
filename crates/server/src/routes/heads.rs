//! What a head is asked: its presets and rounds, its home, where it looks.

use axum::extract::State;
use domain::ids::ChannelId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::Path;
use crate::problem::Problem;
use crate::views::heads::{Cruise, CruiseStop, HeadHome, HeadPosition, Preset};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(presets))
        .routes(routes!(cruises))
        .routes(routes!(cruise))
        .routes(routes!(home))
        .routes(routes!(position))
}

/// The presets of a channel, asked from its device now.
#[utoipa::path(get, path = "/api/channels/{id}/presets", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<Preset>)))]
async fn presets(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<Preset>>, Problem> {
    let presets = app.platform.presets(&asker.ask, ChannelId(id)).await?;
    Ok(axum::Json(presets.into_iter().map(Preset::from).collect()))
}

/// The rounds of a channel of a device of 2022, asked from it now.
#[utoipa::path(get, path = "/api/channels/{id}/cruises", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<Cruise>)))]
async fn cruises(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<Cruise>>, Problem> {
    let rounds = app.platform.cruises(&asker.ask, ChannelId(id)).await?;
    Ok(axum::Json(rounds.into_iter().map(Cruise::from).collect()))
}

/// The stops of one round, in order.
#[utoipa::path(get, path = "/api/channels/{id}/cruises/{number}", tag = "devices", params(("id" = Uuid, Path), ("number" = u16, Path)), responses((status = 200, body = Vec<CruiseStop>)))]
async fn cruise(
    State(app): State<App>,
    asker: Asker,
    Path((id, number)): Path<(Uuid, u16)>,
) -> Result<axum::Json<Vec<CruiseStop>>, Problem> {
    let stops = app.platform.cruise(&asker.ask, ChannelId(id), number).await?;
    Ok(axum::Json(stops.into_iter().map(CruiseStop::from).collect()))
}

/// Where a channel of a device of 2022 goes when its head has rested for a while, asked from it now.
#[utoipa::path(get, path = "/api/channels/{id}/home", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = HeadHome)))]
async fn home(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<HeadHome>, Problem> {
    let home = app.platform.home(&asker.ask, ChannelId(id)).await?;
    Ok(axum::Json(home.unwrap_or_default().into()))
}

/// Where a channel of a device of 2022 looks, asked from it now.
#[utoipa::path(get, path = "/api/channels/{id}/position", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = HeadPosition)))]
async fn position(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<HeadPosition>, Problem> {
    let looks = app.platform.head_position(&asker.ask, ChannelId(id)).await?;
    Ok(axum::Json(looks.into()))
}
