//! Regions, units, and their import from spreadsheets.

use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use domain::category::Category;
use domain::ids::{RegionId, UnitId};
use domain::unit::{Connection, Duty};
use platform::rows::UnitFilter;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Path, Query, page_ask, text, word};
use crate::problem::Problem;
use crate::views::UnitRowPage;
use crate::views::units::{ImportOutcome, Region, UnitDetail, UnitRow};

/// Largest spreadsheet, in bytes. A province of twenty thousand units is below 3 MB.
const IMPORT_BYTES_MAX: usize = 20_000_000;
/// What the multipart frame around the file may add.
const FRAME_BYTES_MAX: usize = 64 * 1024;
/// Longest file name kept.
const FILE_NAME_CHARS_MAX: usize = 200;

pub fn routes() -> OpenApiRouter<App> {
    let import = OpenApiRouter::new()
        .routes(routes!(import))
        .layer(DefaultBodyLimit::max(IMPORT_BYTES_MAX + FRAME_BYTES_MAX));
    OpenApiRouter::new().routes(routes!(regions)).routes(routes!(list)).routes(routes!(detail)).merge(import)
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
    // Refused before twenty megabytes are read for somebody who may not import at all.
    asker.ask.access.need(domain::role::Capability::ImportUnits).map_err(platform::PlatformError::from)?;
    app.limits.import(asker.who.account.id)?;
    let form = form.map_err(|rejection| Problem::unreadable(rejection.status(), rejection.body_text()))?;
    let (name, bytes) = file_of(form).await?;
    let outcome = app.platform.import_units(&asker.ask, &name, bytes, query.dry_run.unwrap_or(false)).await?;
    Ok(axum::Json(outcome.into()))
}

async fn file_of(mut form: Multipart) -> Result<(String, Vec<u8>), Problem> {
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        if field.name() == Some("file") {
            let name = name_of(&field);
            let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
            if bytes.len() > IMPORT_BYTES_MAX {
                return Err(Problem::unreadable(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "a spreadsheet has at most 20 MB",
                ));
            }
            return Ok((name, bytes.to_vec()));
        }
    }
    Err(Problem::field("file", "missing", "send the spreadsheet as the form field `file`"))
}

/// The file's name as the browser says; it tells the kind and is shown in the history, and never names a file of ours.
fn name_of(field: &Field<'_>) -> String {
    let name = field.file_name().unwrap_or("");
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    let length = plain.chars().count();
    plain.chars().skip(length.saturating_sub(FILE_NAME_CHARS_MAX)).collect()
}

fn unreadable(error: &MultipartError) -> Problem {
    Problem::unreadable(error.status(), error.body_text())
}
