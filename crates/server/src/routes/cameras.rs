//! Cameras: reading, adding, changing, removing, and their newest picture.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::camera::CameraState;
use domain::ids::{CameraId, UnitId};
use domain::place::PlaceType;
use platform::access::{CameraEdit, CameraView, NewCamera as Wanted, THUMBNAIL_WIDTH_PX};
use platform::rows::{CameraFilter, Page, PageAsk};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, text, word};
use crate::media;
use crate::problem::Problem;
use crate::views::CameraPage;
use crate::views::cameras::{Camera, CameraPatch, NewCamera};

/// Pages read at most for one answer when only one state is wanted; the state lives in memory, not in the rows.
const PAGES_MAX: usize = 50;

/// Which small picture.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ThumbnailQuery {
    /// Width in pixels: 320, which is what is made where nothing is said.
    width: Option<u32>,
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(detail, edit, remove))
        .routes(routes!(thumbnail))
        .routes(routes!(small_picture))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CameraQuery {
    /// Only cameras of this unit.
    unit_id: Option<Uuid>,
    /// Only cameras in this state. A page may then be shorter than `limit` and still have a `next`.
    state: Option<String>,
    /// Part of the camera's or unit's name.
    q: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Cameras in the asker's reach.
#[utoipa::path(get, path = "/api/cameras", tag = "cameras", params(CameraQuery), responses((status = 200, body = CameraPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<CameraQuery>,
) -> Result<axum::Json<CameraPage>, Problem> {
    let state = word("state", query.state.as_deref(), CameraState::parse)?;
    let filter = CameraFilter { unit_id: query.unit_id.map(UnitId), text: text("q", query.q.as_deref())? };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = match state {
        None => app.platform.cameras(&asker.ask, &filter, &page).await?,
        Some(state) => in_state(&app, &asker, &filter, page, state).await?,
    };
    Ok(axum::Json(CameraPage::of(found, Camera::from)))
}

/// The next page that holds any camera in `state`.
async fn in_state(
    app: &App,
    asker: &Asker,
    filter: &CameraFilter,
    mut page: PageAsk,
    state: CameraState,
) -> Result<Page<CameraView>, Problem> {
    let mut found = Page { items: vec![], next: None };
    for _ in 0..PAGES_MAX {
        found = app.platform.cameras(&asker.ask, filter, &page).await?;
        found.items.retain(|camera| camera.state == state);
        if !found.items.is_empty() || found.next.is_none() {
            break;
        }
        page.after.clone_from(&found.next);
    }
    Ok(found)
}

/// Adds a camera and starts it.
#[utoipa::path(post, path = "/api/cameras", tag = "cameras", request_body = NewCamera, responses((status = 201, body = Camera)))]
async fn add(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewCamera>,
) -> Result<(StatusCode, axum::Json<Camera>), Problem> {
    let new = Wanted {
        unit_id: UnitId(wanted.unit_id),
        name: wanted.name,
        place_type: needed_word("place_type", &wanted.place_type, PlaceType::parse)?,
        address: wanted.address,
        sub_address: wanted.sub_address,
        onvif_address: wanted.onvif_address,
        user_name: wanted.user_name,
        password: wanted.password,
        watch_enabled: wanted.watch_enabled,
        is_recorded: wanted.is_recorded,
        simulated: false,
    };
    let camera = app.platform.add_camera(&asker.ask, new).await?;
    Ok((StatusCode::CREATED, axum::Json(camera.into())))
}

/// One camera.
#[utoipa::path(get, path = "/api/cameras/{id}", tag = "cameras", params(("id" = Uuid, Path)), responses((status = 200, body = Camera)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Camera>, Problem> {
    let camera = app.platform.camera(&asker.ask, CameraId(id)).await?;
    Ok(axum::Json(camera.into()))
}

/// Changes a camera and starts it anew.
#[utoipa::path(patch, path = "/api/cameras/{id}", tag = "cameras", params(("id" = Uuid, Path)), request_body = CameraPatch, responses((status = 200, body = Camera)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CameraPatch>,
) -> Result<axum::Json<Camera>, Problem> {
    let place_type = match wanted.place_type.as_deref() {
        Some(place) => Some(needed_word("place_type", place, PlaceType::parse)?),
        None => None,
    };
    let edit = CameraEdit {
        name: wanted.name,
        place_type,
        address: wanted.address,
        sub_address: wanted.sub_address,
        onvif_address: wanted.onvif_address,
        user_name: wanted.user_name,
        password: wanted.password,
        watch_enabled: wanted.watch_enabled,
        is_recorded: wanted.is_recorded,
        disabled: wanted.disabled,
    };
    let camera = app.platform.edit_camera(&asker.ask, CameraId(id), edit).await?;
    Ok(axum::Json(camera.into()))
}

/// Removes a camera; its alarms stay.
#[utoipa::path(delete, path = "/api/cameras/{id}", tag = "cameras", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn remove(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.remove_camera(&asker.ask, CameraId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A small picture, 320 pixels wide: the newest key frame, looked for every few seconds (`media.thumbnail_s`) however many ask. 404 while
/// there is none.
#[utoipa::path(get, path = "/api/cameras/{id}/thumbnail.jpg", tag = "cameras", params(("id" = Uuid, Path), ThumbnailQuery), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 304)))]
async fn small_picture(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(wanted): Query<ThumbnailQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if wanted.width.is_some_and(|width| width != THUMBNAIL_WIDTH_PX) {
        return Err(Problem::field("width", "out_of_range", "320"));
    }
    let picture = app.platform.small_picture(&asker.ask, CameraId(id)).await?;
    // The moment of the frame identifies the picture; it is asked for again and again, and mostly answered with 304.
    let tag = format!("{id}-{}", picture.taken_at.as_microsecond());
    Ok(media::answer(&headers, "image/jpeg", &tag, picture.jpeg.to_vec()))
}

/// The newest key frame. 404 while there is none.
#[utoipa::path(get, path = "/api/cameras/{id}/thumbnail", tag = "cameras", params(("id" = Uuid, Path)), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn thumbnail(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<Response, Problem> {
    let jpeg = app.platform.thumbnail(&asker.ask, CameraId(id)).await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store")], jpeg).into_response())
}
