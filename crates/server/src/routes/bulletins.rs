//! Bulletins: writing one from a snapshot, and reading them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{BulletinId, SnapshotId, UserId};
use jiff::Timestamp;
use platform::bulletins::BulletinDetail;
use platform::figures::SnapshotKey;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::figures::{name_of, snapshot_key};
use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query};
use crate::problem::Problem;
use crate::views::BulletinRowPage;
use crate::views::bulletins::{Bulletin, BulletinRow, NewBulletin};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, write)).routes(routes!(detail))
}

/// Bulletins, newest first.
#[utoipa::path(get, path = "/api/bulletins", tag = "figures", params(PageQuery), responses((status = 200, body = BulletinRowPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<BulletinRowPage>, Problem> {
    let found = app.platform.bulletins(&asker.ask, &page.ask()?).await?;
    let people: Vec<UserId> = found.items.iter().filter_map(|record| record.created_by).collect();
    let names = app.platform.display_names(&people).await?;
    let mut moments: HashMap<SnapshotId, Timestamp> = HashMap::new();
    for record in &found.items {
        if let Entry::Vacant(unknown) = moments.entry(record.snapshot_id) {
            unknown.insert(as_of(&app, &asker, record.snapshot_id).await?);
        }
    }
    Ok(axum::Json(BulletinRowPage::of(found, |record| {
        let as_of = moments.get(&record.snapshot_id).copied().unwrap_or(record.created_at);
        let created_by = record.created_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        BulletinRow::of(&record, as_of, created_by)
    })))
}

/// Writes a bulletin from a snapshot.
#[utoipa::path(post, path = "/api/bulletins", tag = "figures", request_body = NewBulletin, responses((status = 201, body = Bulletin)))]
async fn write(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewBulletin>,
) -> Result<(StatusCode, axum::Json<Bulletin>), Problem> {
    let detail = app.platform.new_bulletin(&asker.ask, snapshot_key(&wanted.snapshot_id)?).await?;
    Ok((StatusCode::CREATED, axum::Json(view(&app, &asker, detail).await?)))
}

/// One bulletin with its text and every printed figure.
#[utoipa::path(get, path = "/api/bulletins/{id}", tag = "figures", params(("id" = Uuid, Path)), responses((status = 200, body = Bulletin)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Bulletin>, Problem> {
    let detail = app.platform.bulletin(&asker.ask, BulletinId(id)).await?;
    Ok(axum::Json(view(&app, &asker, detail).await?))
}

async fn view(app: &App, asker: &Asker, detail: BulletinDetail) -> Result<Bulletin, Problem> {
    let as_of = as_of(app, asker, detail.record.snapshot_id).await?;
    let created_by = name_of(app, detail.record.created_by).await?;
    Ok(Bulletin::of(detail, as_of, created_by))
}

/// The moment a snapshot shows.
async fn as_of(app: &App, asker: &Asker, id: SnapshotId) -> Result<Timestamp, Problem> {
    let snapshot = app.platform.snapshot(&asker.ask, SnapshotKey::Id(id)).await?;
    Ok(snapshot.ok_or_else(Problem::not_found)?.as_of)
}
