//! How the access desk stands.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;
use crate::views::standing::AccessStanding;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(standing))
}

/// What devices are to be given to register here, how many are in which state, and which ids knock and wait for a person.
#[utoipa::path(get, path = "/api/access", tag = "devices", responses((status = 200, body = AccessStanding)))]
async fn standing(State(app): State<App>, asker: Asker) -> Result<axum::Json<AccessStanding>, Problem> {
    let standing = app.platform.access_standing(&asker.ask).await?;
    let states = app.platform.device_counts(&asker.ask).await?;
    Ok(axum::Json(AccessStanding::of(standing, states.into())))
}
