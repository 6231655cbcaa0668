//! Devices from a spreadsheet.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
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
use crate::views::devices::DeviceImport;

/// Largest spreadsheet of devices, in bytes. Ten thousand recorders are below one megabyte.
const IMPORT_BYTES_MAX: usize = 5_000_000;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(import))
        .layer(DefaultBodyLimit::max(IMPORT_BYTES_MAX + FRAME_BYTES_MAX))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeviceImportQuery {
    /// True only checks and writes nothing.
    dry_run: Option<bool>,
}

/// The form of an import.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the fields are read from the stream")]
struct DeviceImportForm {
    /// A .csv or .xlsx file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Enters devices from a spreadsheet: all rows, or none and a list of every bad cell. Secrets that the platform made are shown here and never
/// again.
#[utoipa::path(
    post,
    path = "/api/devices/import",
    tag = "devices",
    params(DeviceImportQuery),
    request_body(content = DeviceImportForm, content_type = "multipart/form-data"),
    responses((status = 200, body = DeviceImport))
)]
async fn import(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<DeviceImportQuery>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<axum::Json<DeviceImport>, Problem> {
    let (name, bytes) = sheet_of(&app, &asker, Capability::ManageCameras, form, IMPORT_BYTES_MAX).await?;
    let done = app.platform.import_devices(&asker.ask, &name, bytes, query.dry_run.unwrap_or(false)).await?;
    Ok(axum::Json(done.into()))
}
