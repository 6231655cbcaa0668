//! Duty rooms, how many people they need, and the seats that are bound to them.

use axum::extract::State;
use axum::http::StatusCode;
use domain::duty::roster::{LegalBasis, RoomKind};
use domain::ids::{CameraId, DutyRoomId, OrganisationId, RegionId, SeatId, UnitId};
use platform::duty::{DutyRoomWish, HeadCountWish, PairWish, RoomCameraWish, RoomEdit};
use platform::rows::DutyRoomFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, span, text};
use crate::problem::Problem;
use crate::views::DutyRoomPage;
use crate::views::duty_rooms::{
    CloseDutyRoom, DutyRoom, DutyRoomEdit, HeadCount, NewDutyRoom, NewHeadCount, NewRoomCamera, NewSeat,
    NewSeatCode, Post, Seat, SeatCode,
};

/// Quiet time where nobody says another one, seconds: in the middle of what IMO MSC.128(75) allows.
const QUIET_S: u32 = 360;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(one, edit))
        .routes(routes!(add_camera))
        .routes(routes!(close))
        .routes(routes!(seats, make_code))
        .routes(routes!(unpair))
        .routes(routes!(posts))
        .routes(routes!(pair))
        .routes(routes!(head_counts))
        .routes(routes!(set_head_count, drop_head_count))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DutyRoomQuery {
    /// Of this organisation.
    organisation_id: Option<Uuid>,
    /// Standing in this region or below.
    region_id: Option<Uuid>,
    /// Part of the name.
    name: Option<String>,
    /// Closed ones, too.
    with_closed: Option<bool>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SpanQuery {
    /// From when.
    from: String,
    /// Until when.
    to: String,
}

/// Duty rooms by name.
#[utoipa::path(get, path = "/api/duty-rooms", tag = "duty", params(DutyRoomQuery), responses((status = 200, body = DutyRoomPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<DutyRoomQuery>,
) -> Result<axum::Json<DutyRoomPage>, Problem> {
    let filter = DutyRoomFilter {
        organisation_id: query.organisation_id.map(OrganisationId),
        region_id: query.region_id.map(RegionId),
        name: text("name", query.name.as_deref())?,
        with_closed: query.with_closed.unwrap_or_default(),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.duty_rooms(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DutyRoomPage::of(found, DutyRoom::of)))
}

/// Opens a duty room.
#[utoipa::path(post, path = "/api/duty-rooms", tag = "duty", request_body = NewDutyRoom, responses((status = 201, body = DutyRoom)))]
async fn open(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewDutyRoom>,
) -> Result<(StatusCode, axum::Json<DutyRoom>), Problem> {
    let wish = DutyRoomWish {
        name: wanted.name,
        kind: needed_word("kind", &wanted.kind, RoomKind::parse)?,
        organisation_id: OrganisationId(wanted.organisation_id),
        unit_id: wanted.unit_id.map(UnitId),
        quiet_s: wanted.quiet_s.unwrap_or(QUIET_S),
    };
    let room = app.platform.open_duty_room(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(DutyRoom::of(room))))
}

/// One duty room.
#[utoipa::path(get, path = "/api/duty-rooms/{id}", tag = "duty", params(("id" = Uuid, Path)), responses((status = 200, body = DutyRoom)))]
async fn one(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DutyRoom>, Problem> {
    Ok(axum::Json(DutyRoom::of(app.platform.duty_room(&asker.ask, DutyRoomId(id)).await?)))
}

/// Changes a duty room: its name, the quiet time of its seats, its cameras. 409 when it has changed since.
#[utoipa::path(patch, path = "/api/duty-rooms/{id}", tag = "duty", params(("id" = Uuid, Path)), request_body = DutyRoomEdit, responses((status = 200, body = DutyRoom)))]
async fn edit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<DutyRoomEdit>,
) -> Result<axum::Json<DutyRoom>, Problem> {
    let edit = RoomEdit {
        name: wanted.name,
        quiet_s: wanted.quiet_s,
        cameras: wanted.cameras.map(|ids| ids.into_iter().map(CameraId).collect()),
        version: wanted.version,
    };
    Ok(axum::Json(DutyRoom::of(app.platform.edit_duty_room(&asker.ask, DutyRoomId(id), edit).await?)))
}

/// Enters a camera for an organisation's own room.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/cameras", tag = "duty", params(("id" = Uuid, Path)), request_body = NewRoomCamera, responses((status = 201, body = DutyRoom)))]
async fn add_camera(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewRoomCamera>,
) -> Result<(StatusCode, axum::Json<DutyRoom>), Problem> {
    let NewRoomCamera { name, address, user_name, password } = wanted;
    let wish = RoomCameraWish { name, address, user_name, password };
    let room = app.platform.add_room_camera(&asker.ask, DutyRoomId(id), wish).await?;
    Ok((StatusCode::CREATED, axum::Json(DutyRoom::of(room))))
}

/// Closes a duty room; its seats are given up.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/close", tag = "duty", params(("id" = Uuid, Path)), request_body = CloseDutyRoom, responses((status = 200, body = DutyRoom)))]
async fn close(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CloseDutyRoom>,
) -> Result<axum::Json<DutyRoom>, Problem> {
    let room =
        app.platform.close_duty_room(&asker.ask, DutyRoomId(id), wanted.version, &wanted.reason).await?;
    Ok(axum::Json(DutyRoom::of(room)))
}

/// The seats of a room, given up ones included.
#[utoipa::path(get, path = "/api/duty-rooms/{id}/seats", tag = "duty", params(("id" = Uuid, Path)), responses((status = 200, body = Vec<Seat>)))]
async fn seats(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Vec<Seat>>, Problem> {
    let seats = app.platform.seats(&asker.ask, DutyRoomId(id)).await?;
    Ok(axum::Json(seats.into_iter().map(Seat::of).collect()))
}

/// Gives out a code by which a browser becomes a seat of the room.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/seats", tag = "duty", params(("id" = Uuid, Path)), request_body = NewSeatCode, responses((status = 201, body = SeatCode)))]
async fn make_code(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewSeatCode>,
) -> Result<(StatusCode, axum::Json<SeatCode>), Problem> {
    let code = app.platform.make_pairing(&asker.ask, DutyRoomId(id), &wanted.name).await?;
    Ok((StatusCode::CREATED, axum::Json(SeatCode::of(code))))
}

/// Gives a seat up.
#[utoipa::path(delete, path = "/api/duty-rooms/{id}/seats/{seat}", tag = "duty", params(("id" = Uuid, Path), ("seat" = Uuid, Path)), responses((status = 204)))]
async fn unpair(
    State(app): State<App>,
    asker: Asker,
    Path((id, seat)): Path<(Uuid, Uuid)>,
) -> Result<StatusCode, Problem> {
    app.platform.unpair_seat(&asker.ask, DutyRoomId(id), SeatId(seat)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who was on post in a room during a stretch, the latest first.
#[utoipa::path(get, path = "/api/duty-rooms/{id}/posts", tag = "duty", params(("id" = Uuid, Path), SpanQuery), responses((status = 200, body = Vec<Post>)))]
async fn posts(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<SpanQuery>,
) -> Result<axum::Json<Vec<Post>>, Problem> {
    let posts = app.platform.posts(&asker.ask, DutyRoomId(id), span(&query.from, &query.to)?).await?;
    Ok(axum::Json(posts.into_iter().map(Post::of).collect()))
}

/// Makes this browser a seat, by a code and a key of its own.
#[utoipa::path(post, path = "/api/seats", tag = "duty", request_body = NewSeat, responses((status = 201, body = Seat)))]
async fn pair(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewSeat>,
) -> Result<(StatusCode, axum::Json<Seat>), Problem> {
    let wish = PairWish { code: wanted.code, public_key: wanted.public_key, signature: wanted.signature };
    Ok((StatusCode::CREATED, axum::Json(Seat::of(app.platform.pair_seat(&asker.ask, &wish).await?))))
}

/// How many people each region asks for.
#[utoipa::path(get, path = "/api/head-counts", tag = "duty", responses((status = 200, body = Vec<HeadCount>)))]
async fn head_counts(State(app): State<App>, asker: Asker) -> Result<axum::Json<Vec<HeadCount>>, Problem> {
    let rules = app.platform.head_count_rules(&asker.ask).await?;
    Ok(axum::Json(rules.iter().map(HeadCount::of).collect()))
}

/// Says how many people a region asks for in rooms of a kind.
#[utoipa::path(put, path = "/api/head-counts/{region}/{kind}", tag = "duty", params(("region" = Uuid, Path), ("kind" = String, Path)), request_body = NewHeadCount, responses((status = 204)))]
async fn set_head_count(
    State(app): State<App>,
    asker: Asker,
    Path((region, kind)): Path<(Uuid, String)>,
    Json(wanted): Json<NewHeadCount>,
) -> Result<StatusCode, Problem> {
    let wish = HeadCountWish {
        region_id: RegionId(region),
        kind: needed_word("kind", &kind, RoomKind::parse)?,
        people: wanted.people,
        basis: needed_word("basis", &wanted.basis, LegalBasis::parse)?,
        document: wanted.document.unwrap_or_default(),
    };
    app.platform.set_head_count(&asker.ask, wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a head-count away; the next one above holds again.
#[utoipa::path(delete, path = "/api/head-counts/{region}/{kind}", tag = "duty", params(("region" = Uuid, Path), ("kind" = String, Path)), responses((status = 204)))]
async fn drop_head_count(
    State(app): State<App>,
    asker: Asker,
    Path((region, kind)): Path<(Uuid, String)>,
) -> Result<StatusCode, Problem> {
    let kind = needed_word("kind", &kind, RoomKind::parse)?;
    app.platform.drop_head_count(&asker.ask, RegionId(region), kind).await?;
    Ok(StatusCode::NO_CONTENT)
}
