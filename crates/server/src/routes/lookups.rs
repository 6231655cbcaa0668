//! The register of look-ups: saying why, and reading who did.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{AlarmId, CameraId, UnitId, UserId};
use domain::recording::{LookupKind, LookupReason};
use platform::recording::LookupAsk;
use platform::rows::LookupFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Query, needed_word, page_ask, span, time, word};
use crate::problem::Problem;
use crate::views::LookupPage;
use crate::views::lookups::{Lookup, LookupGrant, NewLookup};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, add))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LookupQuery {
    /// Only at this unit.
    unit_id: Option<Uuid>,
    /// Only of this camera.
    camera_id: Option<Uuid>,
    /// Only by this person.
    user_id: Option<Uuid>,
    /// Only of this kind.
    kind: Option<String>,
    /// At or after this time.
    from: Option<String>,
    /// Before this time.
    until: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Says what is about to be looked at and why. The answer is to be named when looking and holds for two hours.
#[utoipa::path(post, path = "/api/lookups", tag = "recordings", request_body = NewLookup, responses((status = 201, body = LookupGrant)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewLookup>,
) -> Result<(StatusCode, axum::Json<LookupGrant>), Problem> {
    let lookup = LookupAsk {
        camera_id: CameraId(wanted.camera_id),
        span: span(&wanted.from, &wanted.to)?,
        kind: needed_word("kind", &wanted.kind, LookupKind::parse)?,
        reason: needed_word("reason", &wanted.reason, LookupReason::parse)?,
        note: wanted.note,
        alarm_id: wanted.alarm_id.map(AlarmId),
    };
    let granted = app.platform.add_lookup(&asker.ask, lookup).await?;
    Ok((StatusCode::CREATED, axum::Json(granted.into())))
}

/// Who looked at what and why, newest first.
#[utoipa::path(get, path = "/api/lookups", tag = "recordings", params(LookupQuery), responses((status = 200, body = LookupPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<LookupQuery>,
) -> Result<axum::Json<LookupPage>, Problem> {
    let filter = LookupFilter {
        unit_id: query.unit_id.map(UnitId),
        camera_id: query.camera_id.map(CameraId),
        user_id: query.user_id.map(UserId),
        kind: word("kind", query.kind.as_deref(), LookupKind::parse)?,
        from: time("from", query.from.as_deref())?,
        until: time("until", query.until.as_deref())?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.lookup_rows(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(LookupPage::of(found, Lookup::from)))
}
