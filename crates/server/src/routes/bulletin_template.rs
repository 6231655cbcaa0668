//! The customer's red-head template.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use domain::role::Capability;
use platform::bulletins::TEMPLATE_BYTES_MAX;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::uploads::too_large;
use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;
use crate::views::bulletins::TemplateState;
use crate::views::moment;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(state, put, remove)).layer(DefaultBodyLimit::max(TEMPLATE_BYTES_MAX))
}

/// The template in force.
#[utoipa::path(get, path = "/api/bulletins/template", tag = "bulletins", responses((status = 200, body = TemplateState)))]
async fn state(State(app): State<App>, asker: Asker) -> Result<axum::Json<TemplateState>, Problem> {
    let template = app.platform.bulletin_template(&asker.ask).await?;
    Ok(axum::Json(template.map_or_else(TemplateState::default, |template| TemplateState {
        name: Some(template.name),
        uploaded_at: moment(Some(template.at)),
        bytes: Some(template.size_bytes),
        sha256: Some(template.sha256),
    })))
}

/// Puts a DOCX with the placeholders {{标题}} {{文号}} {{主送}} {{正文}} {{附件}} {{署名}} {{日期}} {{抄送}} {{数据说明}} in force.
#[utoipa::path(put, path = "/api/bulletins/template", tag = "bulletins", request_body(content = Vec<u8>, content_type = DOCX), responses((status = 204)))]
async fn put(
    State(app): State<App>,
    asker: Asker,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    // Refused before megabytes are read for somebody who may not do it at all.
    asker.ask.access.need(Capability::MakeBulletin).map_err(platform::PlatformError::from)?;
    let body = body.map_err(|_| too_large(TEMPLATE_BYTES_MAX))?;
    let name = headers.get("x-file-name").and_then(|name| name.to_str().ok()).unwrap_or("template.docx");
    app.platform.put_bulletin_template(&asker.ask, name, body.to_vec()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the template out of force.
#[utoipa::path(delete, path = "/api/bulletins/template", tag = "bulletins", responses((status = 204)))]
async fn remove(State(app): State<App>, asker: Asker) -> Result<StatusCode, Problem> {
    app.platform.drop_bulletin_template(&asker.ask).await?;
    Ok(StatusCode::NO_CONTENT)
}
