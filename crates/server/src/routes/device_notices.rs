//! What devices reported: reading it, saying what it means, letting an alarm input report again.

use axum::extract::State;
use domain::device::NoticeKind;
use domain::ids::{DeviceId, DeviceNoticeId, UnitId};
use platform::access::devices::NoticeMeaning;
use platform::rows::NoticeFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask};
use crate::problem::Problem;
use crate::views::DeviceNoticePage;
use crate::views::device_notices::{DeviceNotice, NewNoticeMeaning};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(say_meaning)).routes(routes!(reset))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NoticeQuery {
    /// Only of this device.
    device_id: Option<Uuid>,
    /// Only of this unit.
    unit_id: Option<Uuid>,
    /// Only those whose meaning nobody has said.
    unmapped: Option<bool>,
    /// Only those whose point is silent until somebody resets it.
    silent: Option<bool>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// What devices in the asker's reach reported, newest first.
#[utoipa::path(get, path = "/api/device-notices", tag = "devices", params(NoticeQuery), responses((status = 200, body = DeviceNoticePage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<NoticeQuery>,
) -> Result<axum::Json<DeviceNoticePage>, Problem> {
    let filter = NoticeFilter {
        device_id: query.device_id.map(DeviceId),
        unit_id: query.unit_id.map(UnitId),
        unmapped: query.unmapped.unwrap_or_default(),
        silent: query.silent.unwrap_or_default(),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.device_notices(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DeviceNoticePage::of(found, DeviceNotice::from)))
}

/// Says what a notice means. One that means an alarm and never became one is raised now, with the time it happened.
#[utoipa::path(post, path = "/api/device-notices/{id}/meaning", tag = "devices", params(("id" = Uuid, Path)), request_body = NewNoticeMeaning, responses((status = 200, body = DeviceNotice)))]
async fn say_meaning(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewNoticeMeaning>,
) -> Result<axum::Json<DeviceNotice>, Problem> {
    let kind = needed_word("kind", &wanted.kind, NoticeKind::parse)?;
    let meaning = NoticeMeaning { kind, from_now_on: wanted.from_now_on };
    let notice = app.platform.map_notice(&asker.ask, DeviceNoticeId(id), &meaning).await?;
    Ok(axum::Json(notice.into()))
}

/// Lets the point of a notice report again; the row says who did it.
#[utoipa::path(post, path = "/api/device-notices/{id}/reset", tag = "devices", params(("id" = Uuid, Path)), responses((status = 200, body = DeviceNotice)))]
async fn reset(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DeviceNotice>, Problem> {
    let notice = app.platform.reset_notice(&asker.ask, DeviceNoticeId(id)).await?;
    Ok(axum::Json(notice.into()))
}
