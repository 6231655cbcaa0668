//! Units from spreadsheets: the import, its error sheet, its template.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::role::Capability;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::uploads::{FRAME_BYTES_MAX, sheet_of};
use crate::app::App;
use crate::door::Asker;
use crate::input::Query;
use crate::problem::Problem;
use crate::views::units::ImportOutcome;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Largest spreadsheet, in bytes. A province of twenty thousand units is below 3 MB.
const IMPORT_BYTES_MAX: usize = 20_000_000;

pub fn routes() -> OpenApiRouter<App> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(import))
        .routes(routes!(errors))
        .layer(DefaultBodyLimit::max(IMPORT_BYTES_MAX + FRAME_BYTES_MAX));
    OpenApiRouter::new().routes(routes!(template)).merge(uploads)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportQuery {
    /// True only compares and writes nothing.
    dry_run: Option<bool>,
}

/// The form of an import.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the fields are read from the stream")]
struct ImportForm {
    /// A .csv or .xlsx file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Imports units from a spreadsheet: all rows, or none and a list of every bad cell.
#[utoipa::path(
    post,
    path = "/api/units/import",
    tag = "units",
    params(ImportQuery),
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportOutcome))
)]
async fn import(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ImportQuery>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<axum::Json<ImportOutcome>, Problem> {
    let (name, bytes) = sheet_of(&app, &asker, Capability::ImportUnits, form, IMPORT_BYTES_MAX).await?;
    let outcome = app.platform.import_units(&asker.ask, &name, bytes, query.dry_run.unwrap_or(false)).await?;
    Ok(axum::Json(outcome.into()))
}

/// The bad cells of a spreadsheet as an .xlsx file to send back to those who filled it in. Writes nothing.
#[utoipa::path(
    post,
    path = "/api/units/import/errors",
    tag = "units",
    request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 200, description = "Error sheet", content_type = XLSX, body = Vec<u8>))
)]
async fn errors(
    State(app): State<App>,
    asker: Asker,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let (name, bytes) = sheet_of(&app, &asker, Capability::ImportUnits, form, IMPORT_BYTES_MAX).await?;
    let outcome = app.platform.import_units(&asker.ask, &name, bytes, true).await?;
    Ok(sheet(platform::registry::error_sheet(&outcome.errors)?))
}

/// An empty .xlsx file with the columns of an import.
#[utoipa::path(
    get,
    path = "/api/units/import/template",
    tag = "units",
    responses((status = 200, description = "Template", content_type = XLSX, body = Vec<u8>))
)]
async fn template(State(app): State<App>, asker: Asker) -> Result<Response, Problem> {
    Ok(sheet(app.platform.import_template(&asker.ask)?))
}

fn sheet(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, XLSX), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
}
