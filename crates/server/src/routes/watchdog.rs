//! The watchdog that walks the way of alarms, and the calendar by which rungs are told.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;
use crate::views::watchdog::Watchdog;
use crate::views::working_hours::WorkingHours;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(state)).routes(routes!(hours))
}

/// Whether test alarms come through, and which links of the way are broken.
#[utoipa::path(get, path = "/api/system/watchdog", tag = "system", responses((status = 200, body = Watchdog)))]
async fn state(State(app): State<App>, asker: Asker) -> Result<axum::Json<Watchdog>, Problem> {
    Ok(axum::Json(app.platform.watchdog_state(&asker.ask).await?.into()))
}

/// Working hours, what today is, the holidays and make-up days that come, and until when the calendar is known.
#[utoipa::path(get, path = "/api/working-hours", tag = "alarms", responses((status = 200, body = WorkingHours)))]
async fn hours(State(app): State<App>, asker: Asker) -> Result<axum::Json<WorkingHours>, Problem> {
    let now = asker.ask.now;
    let hours = app.platform.working_hours(&asker.ask)?;
    Ok(axum::Json(WorkingHours::of(hours, now)))
}
