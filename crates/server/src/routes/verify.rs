//! Verification for everybody, without a session: a published bulletin by number or digest, a copy by upload, the public keys.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use platform::verify::FILE_BYTES_MAX;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::uploads::{FRAME_BYTES_MAX, file_of};
use crate::app::App;
use crate::door::{Asker, Visitor};
use crate::input::Path;
use crate::problem::Problem;
use crate::views::verify::{CopyVerdict, SigningKeyView, Verified};

pub fn routes() -> OpenApiRouter<App> {
    let uploads = OpenApiRouter::new()
        .routes(routes!(check))
        .layer(DefaultBodyLimit::max(FILE_BYTES_MAX + FRAME_BYTES_MAX));
    OpenApiRouter::new().routes(routes!(keys, replace_key)).routes(routes!(look_up)).merge(uploads)
}

/// A published bulletin by its number (发文字号) or its digest. Nothing unpublished is found.
#[utoipa::path(get, path = "/api/verify/{key}", tag = "verify", params(("key" = String, Path)), responses((status = 200, body = Verified)))]
async fn look_up(
    State(app): State<App>,
    visitor: Visitor,
    Path(key): Path<String>,
) -> Result<axum::Json<Verified>, Problem> {
    app.limits.look_up(visitor.peer.0)?;
    Ok(axum::Json(app.platform.published(&key).await?.into()))
}

/// A copy to be checked.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the fields are read from the stream")]
struct CopyForm {
    /// A .docx, .pdf, .txt, .xlsx or sealed .json file of at most 20 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Compares a copy with the published bulletin it shows the number, digest or title of. The file is not kept.
#[utoipa::path(
    post,
    path = "/api/verify",
    tag = "verify",
    request_body(content = CopyForm, content_type = "multipart/form-data"),
    responses((status = 200, body = CopyVerdict))
)]
async fn check(
    State(app): State<App>,
    visitor: Visitor,
    form: Result<Multipart, MultipartRejection>,
) -> Result<axum::Json<CopyVerdict>, Problem> {
    app.limits.verify(visitor.peer.0)?;
    let (name, bytes) = file_of(form, FILE_BYTES_MAX).await?;
    Ok(axum::Json(app.platform.verify_copy(&name, bytes).await?.into()))
}

/// Public halves of all keys that ever signed, oldest first.
#[utoipa::path(get, path = "/api/verify/keys", tag = "verify", responses((status = 200, body = Vec<SigningKeyView>)))]
async fn keys(State(app): State<App>, visitor: Visitor) -> Result<axum::Json<Vec<SigningKeyView>>, Problem> {
    app.limits.look_up(visitor.peer.0)?;
    let keys = app.platform.public_keys().await?;
    Ok(axum::Json(keys.into_iter().map(SigningKeyView::from).collect()))
}

/// Puts a new signing key in use; the old one stays for checking.
#[utoipa::path(post, path = "/api/verify/keys", tag = "verify", responses((status = 200, body = SigningKeyView)))]
async fn replace_key(State(app): State<App>, asker: Asker) -> Result<axum::Json<SigningKeyView>, Problem> {
    Ok(axum::Json(app.platform.replace_signing_key(&asker.ask).await?.into()))
}
