//! How long the recordings of a unit stay.

use axum::extract::State;
use domain::ids::UnitId;
use domain::recording::{FloorBasis, RetentionClass};
use platform::recording::RetentionAsk;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, needed_word};
use crate::problem::Problem;
use crate::views::RetentionPage;
use crate::views::recording::{RetentionOrder, UnitRetention};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(detail, set))
}

/// Units of which was said how long their recordings stay; of the others it is 30 days.
#[utoipa::path(get, path = "/api/recording/retentions", tag = "recordings", params(PageQuery), responses((status = 200, body = RetentionPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<RetentionPage>, Problem> {
    let found = app.platform.unit_retentions(&asker.ask, &query.ask()?).await?;
    Ok(axum::Json(RetentionPage::of(found, UnitRetention::from)))
}

/// How long the recordings of a unit stay.
#[utoipa::path(get, path = "/api/units/{id}/retention", tag = "recordings", params(("id" = Uuid, Path)), responses((status = 200, body = UnitRetention)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<UnitRetention>, Problem> {
    let holds = app.platform.unit_retention(&asker.ask, UnitId(id)).await?;
    Ok(axum::Json(UnitRetention::of(id, None, holds)))
}

/// Says how long the recordings of a unit stay, also of what was recorded before. Not below the law's floor, and a unit does not change which law
/// holds.
#[utoipa::path(put, path = "/api/units/{id}/retention", tag = "recordings", params(("id" = Uuid, Path)), request_body = RetentionOrder, responses((status = 200, body = UnitRetention)))]
async fn set(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(order): Json<RetentionOrder>,
) -> Result<axum::Json<UnitRetention>, Problem> {
    let wanted = RetentionAsk {
        basis: needed_word("basis", &order.basis, FloorBasis::parse)?,
        class: needed_word("class", &order.class, RetentionClass::parse)?,
        days: order.floor_days.zip(order.ceiling_days),
        note: order.note,
    };
    let holds = app.platform.set_unit_retention(&asker.ask, UnitId(id), &wanted).await?;
    Ok(axum::Json(UnitRetention::of(id, None, holds)))
}
