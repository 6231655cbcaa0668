//! Figures and the rows behind them as files to keep.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use platform::figures::SheetFormat;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::compare::{DifferenceQuery, OverdueQuery, TrendQuery};
use super::figures::{FigureQuery, TableQuery, snapshot_key};
use crate::app::App;
use crate::door::Asker;
use crate::input::{Path, Query};
use crate::problem::Problem;

pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(units_csv))
        .routes(routes!(units_xlsx))
        .routes(routes!(figures_xlsx))
        .routes(routes!(differences_csv))
        .routes(routes!(differences_xlsx))
        .routes(routes!(overdue_csv))
        .routes(routes!(overdue_xlsx))
        .routes(routes!(trend_csv))
        .routes(routes!(trend_xlsx))
}

/// The units behind a figure as CSV. Text that a spreadsheet program would take for a formula has an apostrophe in front.
#[utoipa::path(get, path = "/api/snapshots/{id}/units.csv", tag = "figures", params(("id" = String, Path), FigureQuery), responses((status = 200, description = "Table", content_type = "text/csv", body = Vec<u8>)))]
async fn units_csv(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(query): Query<FigureQuery>,
) -> Result<Response, Problem> {
    units(&app, &asker, &id, &query, SheetFormat::Csv).await
}

/// The units behind a figure as XLSX.
#[utoipa::path(get, path = "/api/snapshots/{id}/units.xlsx", tag = "figures", params(("id" = String, Path), FigureQuery), responses((status = 200, description = "Table", content_type = XLSX, body = Vec<u8>)))]
async fn units_xlsx(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(query): Query<FigureQuery>,
) -> Result<Response, Problem> {
    units(&app, &asker, &id, &query, SheetFormat::Xlsx).await
}

async fn units(
    app: &App,
    asker: &Asker,
    id: &str,
    query: &FigureQuery,
    format: SheetFormat,
) -> Result<Response, Problem> {
    app.limits.export(asker.who.account.id)?;
    let filter = query.filter()?;
    let bytes = app.platform.units_file(&asker.ask, snapshot_key(id)?, &filter, format).await?;
    Ok(attachment("units", format, bytes))
}

/// A table of figures as XLSX: the rates as a matrix, and every cell with its whole numbers, place and change.
#[utoipa::path(get, path = "/api/snapshots/{id}/figures.xlsx", tag = "figures", params(("id" = String, Path), TableQuery), responses((status = 200, description = "Table", content_type = XLSX, body = Vec<u8>)))]
async fn figures_xlsx(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(query): Query<TableQuery>,
) -> Result<Response, Problem> {
    app.limits.export(asker.who.account.id)?;
    let bytes = app.platform.figures_file(&asker.ask, snapshot_key(&id)?, &query.ask()?).await?;
    Ok(attachment("figures", SheetFormat::Xlsx, bytes))
}

/// The units that differ between two snapshots as CSV.
#[utoipa::path(get, path = "/api/snapshots/{from}/compare/{to}/units.csv", tag = "figures", params(("from" = String, Path), ("to" = String, Path), DifferenceQuery), responses((status = 200, description = "Table", content_type = "text/csv", body = Vec<u8>)))]
async fn differences_csv(
    State(app): State<App>,
    asker: Asker,
    Path(pair): Path<(String, String)>,
    Query(query): Query<DifferenceQuery>,
) -> Result<Response, Problem> {
    differences(&app, &asker, pair, &query, SheetFormat::Csv).await
}

/// The units that differ between two snapshots as XLSX.
#[utoipa::path(get, path = "/api/snapshots/{from}/compare/{to}/units.xlsx", tag = "figures", params(("from" = String, Path), ("to" = String, Path), DifferenceQuery), responses((status = 200, description = "Table", content_type = XLSX, body = Vec<u8>)))]
async fn differences_xlsx(
    State(app): State<App>,
    asker: Asker,
    Path(pair): Path<(String, String)>,
    Query(query): Query<DifferenceQuery>,
) -> Result<Response, Problem> {
    differences(&app, &asker, pair, &query, SheetFormat::Xlsx).await
}

async fn differences(
    app: &App,
    asker: &Asker,
    (from, to): (String, String),
    query: &DifferenceQuery,
    format: SheetFormat,
) -> Result<Response, Problem> {
    app.limits.export(asker.who.account.id)?;
    let pair = (snapshot_key(&from)?, snapshot_key(&to)?);
    let bytes = app.platform.differences_file(&asker.ask, pair, &query.filter()?, format).await?;
    Ok(attachment("differences", format, bytes))
}

/// The units beyond their deadline as CSV.
#[utoipa::path(get, path = "/api/figures/overdue.csv", tag = "figures", params(OverdueQuery), responses((status = 200, description = "Table", content_type = "text/csv", body = Vec<u8>)))]
async fn overdue_csv(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OverdueQuery>,
) -> Result<Response, Problem> {
    overdue(&app, &asker, &query, SheetFormat::Csv).await
}

/// The units beyond their deadline as XLSX.
#[utoipa::path(get, path = "/api/figures/overdue.xlsx", tag = "figures", params(OverdueQuery), responses((status = 200, description = "Table", content_type = XLSX, body = Vec<u8>)))]
async fn overdue_xlsx(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<OverdueQuery>,
) -> Result<Response, Problem> {
    overdue(&app, &asker, &query, SheetFormat::Xlsx).await
}

async fn overdue(
    app: &App,
    asker: &Asker,
    query: &OverdueQuery,
    format: SheetFormat,
) -> Result<Response, Problem> {
    app.limits.export(asker.who.account.id)?;
    let (key, filter) = query.ask()?;
    let bytes = app.platform.overdue_file(&asker.ask, key, &filter, format).await?;
    Ok(attachment("overdue", format, bytes))
}

/// A figure over time as CSV.
#[utoipa::path(get, path = "/api/figures/trend.csv", tag = "figures", params(TrendQuery), responses((status = 200, description = "Table", content_type = "text/csv", body = Vec<u8>)))]
async fn trend_csv(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<TrendQuery>,
) -> Result<Response, Problem> {
    trend(&app, &asker, &query, SheetFormat::Csv).await
}

/// A figure over time as XLSX.
#[utoipa::path(get, path = "/api/figures/trend.xlsx", tag = "figures", params(TrendQuery), responses((status = 200, description = "Table", content_type = XLSX, body = Vec<u8>)))]
async fn trend_xlsx(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<TrendQuery>,
) -> Result<Response, Problem> {
    trend(&app, &asker, &query, SheetFormat::Xlsx).await
}

async fn trend(
    app: &App,
    asker: &Asker,
    query: &TrendQuery,
    format: SheetFormat,
) -> Result<Response, Problem> {
    app.limits.export(asker.who.account.id)?;
    let bytes = app.platform.trend_file(&asker.ask, &query.ask()?, format).await?;
    Ok(attachment("trend", format, bytes))
}

pub(super) fn attachment(name: &str, format: SheetFormat, bytes: Vec<u8>) -> Response {
    let (kind, extension) = match format {
        SheetFormat::Csv => (CSV, "csv"),
        SheetFormat::Xlsx => (XLSX, "xlsx"),
    };
    let disposition = format!("attachment; filename=\"{name}.{extension}\"");
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    (headers, [(header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
