//! Today's state in one look.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;
use crate::views::overview::Overview;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(overview))
}

/// Units, alarms and cameras in the asker's reach, counted now.
#[utoipa::path(get, path = "/api/overview", tag = "figures", responses((status = 200, body = Overview)))]
async fn overview(State(app): State<App>, asker: Asker) -> Result<axum::Json<Overview>, Problem> {
    Ok(axum::Json(app.platform.overview(&asker.ask).await?.into()))
}
