//! Two snapshots beside each other, figures over time, the plan held against a snapshot.

use axum::extract::State;
use domain::category::Category;
use domain::figures::Measure;
use domain::ids::RegionId;
use domain::register::difference::Difference;
use platform::figures::{SnapshotKey, TrendAsk};
use platform::progress::ProgressFilter;
use platform::rows::DifferenceFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::figures::{name_of, snapshot_key};
use crate::app::App;
use crate::door::Asker;
use crate::input::{Path, Query, page_ask, word};
use crate::problem::Problem;
use crate::views::UnitDifferencePage;
use crate::views::compare::{Comparison, Overdue, Trend, UnitDifference};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(compare))
        .routes(routes!(differences))
        .routes(routes!(trend))
        .routes(routes!(overdue))
}

/// Compares two snapshots: counts by category and city in both, and how many units differ.
#[utoipa::path(get, path = "/api/snapshots/{from}/compare/{to}", tag = "figures", params(("from" = String, Path), ("to" = String, Path)), responses((status = 200, body = Comparison)))]
async fn compare(
    State(app): State<App>,
    asker: Asker,
    Path((from, to)): Path<(String, String)>,
) -> Result<axum::Json<Comparison>, Problem> {
    let found = app.platform.compare_snapshots(&asker.ask, snapshot_key(&from)?, snapshot_key(&to)?).await?;
    let names = (name_of(&app, found.from.taken_by).await?, name_of(&app, found.to.taken_by).await?);
    Ok(axum::Json(Comparison::of(found, names.0, names.1)))
}

/// Which differences.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DifferenceQuery {
    /// `added`, `removed`, `connected`, `disconnected`, `duty_gained`, `duty_lost`, `moved`, `renamed` or `recategorised`.
    change: Option<String>,
    /// Only units of this category.
    category: Option<String>,
    /// Only units of this region and those below it.
    region_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

impl DifferenceQuery {
    /// As the desk understands it.
    pub fn filter(&self) -> Result<DifferenceFilter, Problem> {
        Ok(DifferenceFilter {
            difference: word("change", self.change.as_deref(), Difference::parse)?,
            category: word("category", self.category.as_deref(), Category::parse)?,
            region_id: self.region_id.map(RegionId),
        })
    }
}

/// The units that differ between two snapshots, as far as the asker sees; a unit with several differences has several rows.
#[utoipa::path(get, path = "/api/snapshots/{from}/compare/{to}/units", tag = "figures", params(("from" = String, Path), ("to" = String, Path), DifferenceQuery), responses((status = 200, body = UnitDifferencePage)))]
async fn differences(
    State(app): State<App>,
    asker: Asker,
    Path((from, to)): Path<(String, String)>,
    Query(query): Query<DifferenceQuery>,
) -> Result<axum::Json<UnitDifferencePage>, Problem> {
    let page = page_ask(query.limit, query.after.as_deref())?;
    let (from, to) = (snapshot_key(&from)?, snapshot_key(&to)?);
    let found = app.platform.snapshot_differences(&asker.ask, from, to, &query.filter()?, &page).await?;
    Ok(axum::Json(UnitDifferencePage::of(found, UnitDifference::from)))
}

/// Weeks of a trend when the caller does not say: half a year.
const TREND_WEEKS: u32 = 26;

/// Which trend.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TrendQuery {
    /// `connection` (when absent), `duty`, `not_connected`, `effective_duty` or `unattended`.
    measure: Option<String>,
    /// Only this category.
    category: Option<String>,
    /// Only this city or county.
    region_id: Option<Uuid>,
    /// How far back, 1 to 260; 26 when absent.
    weeks: Option<u32>,
}

impl TrendQuery {
    /// As the desk understands it.
    pub fn ask(&self) -> Result<TrendAsk, Problem> {
        let measure = word("measure", self.measure.as_deref(), Measure::parse)?;
        Ok(TrendAsk {
            measure: measure.unwrap_or(Measure::Connection),
            category: word("category", self.category.as_deref(), Category::parse)?,
            region_id: self.region_id.map(RegionId),
            weeks: self.weeks.unwrap_or(TREND_WEEKS),
        })
    }
}

/// A figure over the snapshots, its weekly rate of late, and what that would lead to.
#[utoipa::path(get, path = "/api/figures/trend", tag = "figures", params(TrendQuery), responses((status = 200, body = Trend)))]
async fn trend(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<TrendQuery>,
) -> Result<axum::Json<Trend>, Problem> {
    Ok(axum::Json(app.platform.trend(&asker.ask, &query.ask()?).await?.into()))
}

/// Which part of the plan.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OverdueQuery {
    /// Snapshot; the latest when absent.
    snapshot: Option<String>,
    /// Only this category.
    category: Option<String>,
    /// Only units of this region and those below it.
    region_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

impl OverdueQuery {
    /// As the desk understands it.
    pub fn ask(&self) -> Result<(SnapshotKey, ProgressFilter), Problem> {
        let filter = ProgressFilter {
            category: word("category", self.category.as_deref(), Category::parse)?,
            region_id: self.region_id.map(RegionId),
        };
        Ok((snapshot_key(self.snapshot.as_deref().unwrap_or("latest"))?, filter))
    }
}

/// The building plan held against a snapshot: deadlines with the days passed, and the units beyond theirs.
#[utoipa::path(get, path = "/api/figures/overdue", tag = "figures", params(OverdueQuery), responses((status = 200, body = Overdue)))]
async fn overdue(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OverdueQuery>,
) -> Result<axum::Json<Overdue>, Problem> {
    let page = page_ask(query.limit, query.after.as_deref())?;
    let (key, filter) = query.ask()?;
    Ok(axum::Json(app.platform.progress(&asker.ask, key, &filter, &page).await?.into()))
}
