//! How the access desk stands.

use axum::extract::State;
use domain::device::DeviceState;
use platform::rows::{DeviceFilter, MAX_PAGE, PageAsk};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;
use crate::views::standing::{AccessStanding, DeviceCounts};

/// Pages of devices counted for one answer; beyond them the counts say that they are not complete.
const PAGES_MAX: usize = 50;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(standing))
}

/// What devices are to be given to register here, how many are in which state, and which ids knock and wait for a person.
#[utoipa::path(get, path = "/api/access", tag = "devices", responses((status = 200, body = AccessStanding)))]
async fn standing(State(app): State<App>, asker: Asker) -> Result<axum::Json<AccessStanding>, Problem> {
    let standing = app.platform.access_standing(&asker.ask).await?;
    let states = counts(&app, &asker).await?;
    Ok(axum::Json(AccessStanding::of(standing, states)))
}

async fn counts(app: &App, asker: &Asker) -> Result<DeviceCounts, Problem> {
    let mut counts = DeviceCounts::default();
    let mut page = PageAsk { limit: MAX_PAGE, after: None };
    for _ in 0..PAGES_MAX {
        let found = app.platform.devices(&asker.ask, &DeviceFilter::default(), &page).await?;
        for device in &found.items {
            match device.state {
                DeviceState::Online => counts.online += 1,
                DeviceState::Offline => counts.offline += 1,
                DeviceState::Unauthorised => counts.unauthorised += 1,
                DeviceState::NeverSeen => counts.never_seen += 1,
                DeviceState::Disabled => counts.disabled += 1,
            }
        }
        page.after = found.next;
        if page.after.is_none() {
            counts.is_complete = true;
            break;
        }
    }
    Ok(counts)
}
