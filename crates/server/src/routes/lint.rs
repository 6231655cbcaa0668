//! The linter: any notice, as text or as a file.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State};
use axum::http::header;
use domain::role::Capability;
use platform::lint::LINT_BYTES_MAX;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::uploads::{FRAME_BYTES_MAX, file_of, too_large};
use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;
use crate::views::lint::LintReport;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(lint)).layer(DefaultBodyLimit::max(LINT_BYTES_MAX + FRAME_BYTES_MAX))
}

/// Checks a notice: the body is its text, or a form with the field `file` (.txt, .docx, .pdf, .json; at most 5 MiB). Nothing is kept.
/// 422 where the document cannot be read or is no notice.
#[utoipa::path(post, path = "/api/lint", tag = "bulletins", request_body(content = String, content_type = "text/plain"), responses((status = 200, body = LintReport)))]
async fn lint(
    State(app): State<App>,
    asker: Asker,
    request: Request,
) -> Result<axum::Json<LintReport>, Problem> {
    // Refused before megabytes are read for somebody who may not do it at all.
    asker.ask.access.need(Capability::SeeFigures).map_err(platform::PlatformError::from)?;
    app.limits.lint(asker.who.account.id)?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_form = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let (name, bytes) = if is_form {
        file_of(Multipart::from_request(request, &app).await, LINT_BYTES_MAX).await?
    } else {
        let body = Bytes::from_request(request, &app).await.map_err(|_| too_large(LINT_BYTES_MAX))?;
        (String::new(), body.to_vec())
    };
    Ok(axum::Json(app.platform.lint(&asker.ask, &name, bytes).await?.into()))
}
