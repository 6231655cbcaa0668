//! Platforms above ours: reading, entering, changing, removing, and what they are shown.

use axum::extract::State;
use axum::http::StatusCode;
use domain::device::Transport;
use domain::ids::UpperPlatformId;
use platform::access::cascade::{NewUpper, UpperEdit};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, page_ask, word};
use crate::problem::Problem;
use crate::views::UpperPlatformPage;
use crate::views::uppers::{NewUpperPlatform, SharedCatalogue, UpperPlatform, UpperPlatformPatch, subtree};

/// Who comes after whom when nobody said it: somewhere in the middle.
const PTZ_PRIORITY: u8 = 100;
/// Spacing of signs of life that the standard names.
const KEEPALIVE_S: u32 = 60;
/// Life of a registration that the standard names.
const EXPIRES_S: u32 = 86_400;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(detail, edit, remove))
        .routes(routes!(catalogue))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UpperQuery {
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Platforms above ours that are shown nothing beyond the asker's reach.
#[utoipa::path(get, path = "/api/upper-platforms", tag = "cascade", params(UpperQuery), responses((status = 200, body = UpperPlatformPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<UpperQuery>,
) -> Result<axum::Json<UpperPlatformPage>, Problem> {
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.upper_platforms(&asker.ask, &page).await?;
    Ok(axum::Json(UpperPlatformPage::of(found, UpperPlatform::from)))
}

/// Enters a platform above ours and registers at it.
#[utoipa::path(post, path = "/api/upper-platforms", tag = "cascade", request_body = NewUpperPlatform, responses((status = 201, body = UpperPlatform)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewUpperPlatform>,
) -> Result<(StatusCode, axum::Json<UpperPlatform>), Problem> {
    let missing = || Problem::field("region_id", "missing", "a region or a unit to be shown");
    let new = NewUpper {
        name: wanted.name,
        server_gb_id: wanted.server_gb_id,
        domain: wanted.domain,
        address: wanted.address,
        transport: word("transport", Some(wanted.transport.as_str()), Transport::parse)?
            .unwrap_or(Transport::Udp),
        own_gb_id: wanted.own_gb_id,
        user_name: wanted.user_name,
        secret: wanted.secret,
        shown: subtree(wanted.region_id, wanted.unit_id)?.ok_or_else(missing)?,
        shares: wanted.shares.into(),
        ptz_priority: wanted.ptz_priority.unwrap_or(PTZ_PRIORITY),
        keepalive_s: wanted.keepalive_s.unwrap_or(KEEPALIVE_S),
        expires_s: wanted.expires_s.unwrap_or(EXPIRES_S),
    };
    let added = app.platform.add_upper_platform(&asker.ask, new).await?;
    Ok((StatusCode::CREATED, axum::Json(added.into())))
}

/// One platform above ours.
#[utoipa::path(get, path = "/api/upper-platforms/{id}", tag = "cascade", params(("id" = Uuid, Path)), responses((status = 200, body = UpperPlatform)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<UpperPlatform>, Problem> {
    let found = app.platform.upper_platform(&asker.ask, UpperPlatformId(id)).await?;
    Ok(axum::Json(found.into()))
}

/// Changes a platform above ours; the line to it begins anew.
#[utoipa::path(patch, path = "/api/upper-platforms/{id}", tag = "cascade", params(("id" = Uuid, Path)), request_body = UpperPlatformPatch, responses((status = 200, body = UpperPlatform)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<UpperPlatformPatch>,
) -> Result<axum::Json<UpperPlatform>, Problem> {
    let edit = UpperEdit {
        name: wanted.name,
        server_gb_id: wanted.server_gb_id,
        domain: wanted.domain,
        address: wanted.address,
        transport: word("transport", wanted.transport.as_deref(), Transport::parse)?,
        own_gb_id: wanted.own_gb_id,
        user_name: wanted.user_name,
        secret: wanted.secret,
        shown: subtree(wanted.region_id, wanted.unit_id)?,
        shares: wanted.shares.map(Into::into),
        ptz_priority: wanted.ptz_priority,
        keepalive_s: wanted.keepalive_s,
        expires_s: wanted.expires_s,
        disabled: wanted.disabled,
    };
    let edited = app.platform.edit_upper_platform(&asker.ask, UpperPlatformId(id), edit).await?;
    Ok(axum::Json(edited.into()))
}

/// Removes a platform above ours; it is told that we are gone.
#[utoipa::path(delete, path = "/api/upper-platforms/{id}", tag = "cascade", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn remove(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.remove_upper_platform(&asker.ask, UpperPlatformId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What it is shown: counts, and the catalogue page by page as it is sent.
#[utoipa::path(get, path = "/api/upper-platforms/{id}/catalogue", tag = "cascade", params(("id" = Uuid, Path), UpperQuery), responses((status = 200, body = SharedCatalogue)))]
async fn catalogue(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<UpperQuery>,
) -> Result<axum::Json<SharedCatalogue>, Problem> {
    let page = page_ask(query.limit, query.after.as_deref())?;
    let preview = app.platform.shared_catalogue(&asker.ask, UpperPlatformId(id), &page).await?;
    Ok(axum::Json(preview.into()))
}
