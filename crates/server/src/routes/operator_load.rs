//! How much operators have to do.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;
use crate::views::operator_load::OperatorLoads;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(loads))
}

/// Alarms that called each guard in the last ten minutes, hour and day: the asker's own, or of those within the asker's reach.
#[utoipa::path(get, path = "/api/operator-load", tag = "alarms", responses((status = 200, body = OperatorLoads)))]
async fn loads(State(app): State<App>, asker: Asker) -> Result<axum::Json<OperatorLoads>, Problem> {
    Ok(axum::Json(OperatorLoads::of(app.platform.operator_load(&asker.ask).await?)))
}
