//! Regions and units.

use axum::extract::State;
use domain::category::Category;
use domain::ids::{RegionId, UnitId};
use domain::unit::{Connection, Duty};
use platform::rows::UnitFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Path, Query, page_ask, text, word};
use crate::problem::Problem;
use crate::views::UnitRowPage;
use crate::views::units::{Region, UnitDetail, UnitRow};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(regions)).routes(routes!(list)).routes(routes!(detail))
}

/// Regions in the asker's reach, with those above them.
#[utoipa::path(get, path = "/api/regions", tag = "units", responses((status = 200, body = Vec<Region>)))]
async fn regions(State(app): State<App>, asker: Asker) -> Result<axum::Json<Vec<Region>>, Problem> {
    let found = app.platform.regions(&asker.ask).await?;
    Ok(axum::Json(found.into_iter().map(Region::from).collect()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UnitQuery {
    /// Only units of this region and those below it.
    region_id: Option<Uuid>,
    /// Only this category.
    category: Option<String>,
    /// Only this connection state.
    connection: Option<String>,
    /// Only this duty state.
    duty: Option<String>,
    /// Part of the name or school code.
    q: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Units in the asker's reach, in the order of regions and names.
#[utoipa::path(get, path = "/api/units", tag = "units", params(UnitQuery), responses((status = 200, body = UnitRowPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<UnitQuery>,
) -> Result<axum::Json<UnitRowPage>, Problem> {
    let filter = UnitFilter {
        region_id: query.region_id.map(RegionId),
        category: word("category", query.category.as_deref(), Category::parse)?,
        connection: word("connection", query.connection.as_deref(), Connection::parse)?,
        duty: word("duty", query.duty.as_deref(), Duty::parse)?,
        text: text("q", query.q.as_deref())?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.units(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(UnitRowPage::of(found, UnitRow::from)))
}

/// One unit with its history and cameras.
#[utoipa::path(get, path = "/api/units/{id}", tag = "units", params(("id" = Uuid, Path)), responses((status = 200, body = UnitDetail)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<UnitDetail>, Problem> {
    let found = app.platform.unit(&asker.ask, UnitId(id)).await?;
    Ok(axum::Json(found.into()))
}
