//! The signed contract as a file, for its two sides.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::ids::{BlobId, ContractId};
use domain::role::Capability;
use platform::organisations::CONTRACT_BYTES_MAX;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::uploads::{FRAME_BYTES_MAX, sheet_of};
use crate::app::App;
use crate::door::Asker;
use crate::input::Path;
use crate::media;
use crate::problem::Problem;
use crate::views::organisation_files::ContractDocument;

pub fn routes() -> OpenApiRouter<App> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(list, add))
        .layer(DefaultBodyLimit::max(CONTRACT_BYTES_MAX + FRAME_BYTES_MAX));
    OpenApiRouter::new().routes(routes!(one)).merge(uploads)
}

/// A signed contract.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the fields are read from the stream")]
struct ContractForm {
    /// A PDF, JPEG or PNG file of at most 20 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Files of a contract, the last added first; 404 for whoever is not one of its sides.
#[utoipa::path(get, path = "/api/contracts/{id}/documents", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<ContractDocument>)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<ContractDocument>>, Problem> {
    let found = app.platform.contract_documents(&asker.ask, ContractId(id)).await?;
    Ok(axum::Json(found.into_iter().map(Into::into).collect()))
}

/// Adds the signed contract. What it is, is told by its first bytes.
#[utoipa::path(post, path = "/api/contracts/{id}/documents", tag = "organisations", params(("id" = Uuid, Path)), request_body(content = ContractForm, content_type = "multipart/form-data"), responses((status = 201, body = Vec<ContractDocument>)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, axum::Json<Vec<ContractDocument>>), Problem> {
    let (name, bytes) = sheet_of(&app, &asker, Capability::AgreeContracts, form, CONTRACT_BYTES_MAX).await?;
    let found = app.platform.add_contract_document(&asker.ask, ContractId(id), &name, &bytes).await?;
    Ok((StatusCode::CREATED, axum::Json(found.into_iter().map(Into::into).collect())))
}

/// One file. Every look leaves a row.
#[utoipa::path(get, path = "/api/contracts/{id}/documents/{document}", tag = "organisations", params(("id" = Uuid, Path), ("document" = Uuid, Path)), responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>)))]
async fn one(
    State(app): State<App>,
    asker: Asker,
    Path((id, document)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (row, bytes) = app.platform.contract_document(&asker.ask, ContractId(id), BlobId(document)).await?;
    Ok(media::answer(&headers, &row.content_type, &row.sha256, bytes))
}
