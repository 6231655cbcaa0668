//! The audit register.

use axum::extract::State;
use domain::ids::UserId;
use platform::rows::AuditFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Query, page_ask, text};
use crate::problem::Problem;
use crate::views::AuditRowPage;
use crate::views::audit::AuditRow;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Only acts of this person.
    actor_id: Option<Uuid>,
    /// Only acts about this thing.
    object_id: Option<String>,
    /// Only this kind of act.
    action: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Acts and looks in the asker's reach, newest first.
#[utoipa::path(get, path = "/api/audit", tag = "audit", params(AuditQuery), responses((status = 200, body = AuditRowPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<AuditQuery>,
) -> Result<axum::Json<AuditRowPage>, Problem> {
    let filter = AuditFilter {
        actor_id: query.actor_id.map(UserId),
        object_id: text("object_id", query.object_id.as_deref())?,
        action: text("action", query.action.as_deref())?,
        ..AuditFilter::default()
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.audit_rows(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(AuditRowPage::of(found, AuditRow::from)))
}
