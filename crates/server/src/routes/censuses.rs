//! Censuses of organisations and duty.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::{CensusId, RegionId};
use domain::organisation::census::CensusEvent;
use platform::organisations::{CensusAnswerWish, CensusWish};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, needed_time, needed_word};
use crate::problem::Problem;
use crate::views::CensusPage;
use crate::views::censuses::{
    Census, CensusCloseRequest, CensusEventRequest, CensusFile, CensusRegion, NewCensus,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(one))
        .routes(routes!(region))
        .routes(routes!(step))
        .routes(routes!(close))
        .routes(routes!(frozen))
}

/// Censuses that the asker has to do with, last opened first.
#[utoipa::path(get, path = "/api/censuses", tag = "organisations", params(PageQuery), responses((status = 200, body = CensusPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<CensusPage>, Problem> {
    let found = app.platform.censuses(&asker.ask, &query.ask()?).await?;
    Ok(axum::Json(CensusPage::of(found, Census::from)))
}

/// Opens a census of the asker's region: every region that has rows of its own is asked.
#[utoipa::path(post, path = "/api/censuses", tag = "organisations", request_body = NewCensus, responses((status = 201, body = CensusFile)))]
async fn open(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewCensus>,
) -> Result<(StatusCode, axum::Json<CensusFile>), Problem> {
    let wish = CensusWish {
        title: wanted.title,
        note: wanted.note.unwrap_or_default(),
        deadline_at: needed_time("deadline_at", &wanted.deadline_at)?,
    };
    let made = app.platform.open_census(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(CensusFile::of(made, &asker.ask))))
}

/// One census with the answers in the asker's reach.
#[utoipa::path(get, path = "/api/censuses/{id}", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, body = CensusFile)))]
async fn one(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<CensusFile>, Problem> {
    let found = app.platform.census(&asker.ask, CensusId(id)).await?;
    Ok(axum::Json(CensusFile::of(found, &asker.ask)))
}

/// What a region answered, and what its rows say now.
#[utoipa::path(get, path = "/api/censuses/{id}/regions/{region}", tag = "organisations", params(("id" = Uuid, Path), ("region" = Uuid, Path)), responses((status = 200, body = CensusRegion)))]
async fn region(
    State(app): State<App>,
    asker: Asker,
    Path((id, region)): Path<(Uuid, Uuid)>,
) -> Result<axum::Json<CensusRegion>, Problem> {
    let found = app.platform.census_region(&asker.ask, CensusId(id), RegionId(region)).await?;
    Ok(axum::Json(found.into()))
}

/// Signs, returns or accepts a region's answer. 409 where the counts confirmed are not those of the rows, or the census is closed.
#[utoipa::path(post, path = "/api/censuses/{id}/regions/{region}/events", tag = "organisations", params(("id" = Uuid, Path), ("region" = Uuid, Path)), request_body = CensusEventRequest, responses((status = 200, body = CensusFile)))]
async fn step(
    State(app): State<App>,
    asker: Asker,
    Path((id, region)): Path<(Uuid, Uuid)>,
    Json(wanted): Json<CensusEventRequest>,
) -> Result<axum::Json<CensusFile>, Problem> {
    let (id, region) = (CensusId(id), RegionId(region));
    let event = needed_word("event", &wanted.event, CensusEvent::parse)?;
    let reason = wanted.reason.unwrap_or_default();
    let found = match (event, wanted.counts) {
        (CensusEvent::Answer, Some(counts)) => {
            let wish = CensusAnswerWish { counts: counts.into(), remark: reason, version: wanted.version };
            app.platform.answer_census(&asker.ask, id, region, wish).await?
        }
        (CensusEvent::Answer, None) => {
            return Err(Problem::field("counts", "required", "the counts that are confirmed"));
        }
        (event, _) => {
            app.platform.decide_census_answer(&asker.ask, id, region, event, wanted.version, &reason).await?
        }
    };
    Ok(axum::Json(CensusFile::of(found, &asker.ask)))
}

/// Closes a census and freezes it. 409 before the deadline while a region has not been accepted.
#[utoipa::path(post, path = "/api/censuses/{id}/close", tag = "organisations", params(("id" = Uuid, Path)), request_body = CensusCloseRequest, responses((status = 200, body = CensusFile)))]
async fn close(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CensusCloseRequest>,
) -> Result<axum::Json<CensusFile>, Problem> {
    let found = app.platform.close_census(&asker.ask, CensusId(id), wanted.version).await?;
    Ok(axum::Json(CensusFile::of(found, &asker.ask)))
}

/// What was frozen at the close, whose SHA-256 stands beside the census.
#[utoipa::path(get, path = "/api/censuses/{id}/frozen", tag = "organisations", params(("id" = Uuid, Path)), responses((status = 200, description = "The frozen census", content_type = "application/json", body = Vec<u8>)))]
async fn frozen(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<Response, Problem> {
    let text = app.platform.census_frozen(&asker.ask, CensusId(id)).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"census.json\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text).into_response())
}
