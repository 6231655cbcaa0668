//! Drills of duty rooms: planning, results, the monthly list, standing plans, and what a seat shows and does.

use axum::extract::State;
use axum::http::StatusCode;
use domain::alarm::AlarmCode;
use domain::duty::drill::{DrillKind, DrillState, DrillStep};
use domain::ids::{CameraId, DrillId, DutyRoomId, RegionId, UnitId};
use platform::drills::DrillWish;
use platform::rows::DrillFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::at_seat::AtSeat;
use crate::door::Asker;
use crate::input::{Json, Path, Query, day, needed_word, page_ask, time, word};
use crate::problem::Problem;
use crate::views::DrillPage;
use crate::views::drills::{
    CancelDrill, DoDrillStep, Drill, DrillDetail, DrillLot, DrillMonth, DrillPlan, NewDrills, SeatDrill,
    SetDrillPlan,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(drills, plan))
        .routes(routes!(drill))
        .routes(routes!(cancel))
        .routes(routes!(month))
        .routes(routes!(plans))
        .routes(routes!(set_plan, drop_plan))
        .routes(routes!(lots))
        .routes(routes!(at_seat))
        .routes(routes!(do_step))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DrillQuery {
    /// Only in this room.
    room_id: Option<Uuid>,
    /// Only of this kind: a word of `drill_kinds`.
    kind: Option<String>,
    /// Only in this state: a word of `drill_states`.
    state: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MonthQuery {
    /// Only rooms below this region.
    region_id: Option<Uuid>,
}

/// Drills, the last to begin first. Double-blind ones that are not over are for whoever plans drills.
#[utoipa::path(get, path = "/api/drills", tag = "duty", params(DrillQuery), responses((status = 200, body = DrillPage)))]
async fn drills(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<DrillQuery>,
) -> Result<axum::Json<DrillPage>, Problem> {
    let filter = DrillFilter {
        room_id: query.room_id.map(DutyRoomId),
        kind: word("kind", query.kind.as_deref(), DrillKind::parse)?,
        state: word("state", query.state.as_deref(), DrillState::parse)?,
        with_blind: false,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.drills(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DrillPage::of(found, Drill::of)))
}

/// Plans a drill in each of these rooms. All of them or, where one is closed or out of reach, none.
#[utoipa::path(post, path = "/api/drills", tag = "duty", request_body = NewDrills, responses((status = 201, body = Vec<Drill>)))]
async fn plan(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewDrills>,
) -> Result<(StatusCode, axum::Json<Vec<Drill>>), Problem> {
    let wish = DrillWish {
        kind: needed_word("kind", &wanted.kind, DrillKind::parse)?,
        rooms: wanted.rooms.into_iter().map(DutyRoomId).collect(),
        unit_id: wanted.unit_id.map(UnitId),
        camera_id: wanted.camera_id.map(CameraId),
        code: needed_word("code", &wanted.code, AlarmCode::parse)?,
        place: wanted.place.unwrap_or_default(),
        knows: wanted.knows.unwrap_or_default(),
        begins_at: time("begins_at", wanted.begins_at.as_deref())?,
    };
    let rows = app.platform.plan_drills(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(rows.into_iter().map(Drill::of).collect())))
}

/// One drill with its steps and points.
#[utoipa::path(get, path = "/api/drills/{id}", tag = "duty", params(("id" = Uuid, Path)), responses((status = 200, body = DrillDetail)))]
async fn drill(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DrillDetail>, Problem> {
    let detail = app.platform.drill(&asker.ask, DrillId(id)).await?;
    Ok(axum::Json(DrillDetail::of(detail)))
}

/// Calls a drill off; it does not count as held. 409 when it is over.
#[utoipa::path(post, path = "/api/drills/{id}/cancel", tag = "duty", params(("id" = Uuid, Path)), request_body = CancelDrill, responses((status = 200, body = Drill)))]
async fn cancel(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CancelDrill>,
) -> Result<axum::Json<Drill>, Problem> {
    let row = app.platform.cancel_drill(&asker.ask, DrillId(id), &wanted.why).await?;
    Ok(axum::Json(Drill::of(row)))
}

/// Who drilled in the month of a day, and who did not.
#[utoipa::path(get, path = "/api/drill-months/{day}", tag = "duty", params(("day" = String, Path), MonthQuery), responses((status = 200, body = DrillMonth)))]
async fn month(
    State(app): State<App>,
    asker: Asker,
    Path(date): Path<String>,
    Query(query): Query<MonthQuery>,
) -> Result<axum::Json<DrillMonth>, Problem> {
    let date = day("day", &date)?;
    let month = app.platform.drill_month(&asker.ask, date, query.region_id.map(RegionId)).await?;
    Ok(axum::Json(DrillMonth::of(month)))
}

/// The standing plans of the asker's region, above and below it.
#[utoipa::path(get, path = "/api/drill-plans", tag = "duty", responses((status = 200, body = Vec<DrillPlan>)))]
async fn plans(State(app): State<App>, asker: Asker) -> Result<axum::Json<Vec<DrillPlan>>, Problem> {
    let rows = app.platform.drill_plans(&asker.ask).await?;
    Ok(axum::Json(rows.into_iter().map(DrillPlan::of).collect()))
}

/// Has every duty room of a region drilled double-blind once a month, at a moment that a lot decides.
#[utoipa::path(put, path = "/api/drill-plans/{region}", tag = "duty", params(("region" = Uuid, Path)), request_body = SetDrillPlan, responses((status = 204)))]
async fn set_plan(
    State(app): State<App>,
    asker: Asker,
    Path(region): Path<Uuid>,
    Json(wanted): Json<SetDrillPlan>,
) -> Result<StatusCode, Problem> {
    let code = needed_word("code", &wanted.code, AlarmCode::parse)?;
    app.platform.put_drill_plan(&asker.ask, RegionId(region), (code, &wanted.knows)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the standing plan of a region away.
#[utoipa::path(delete, path = "/api/drill-plans/{region}", tag = "duty", params(("region" = Uuid, Path)), responses((status = 204)))]
async fn drop_plan(
    State(app): State<App>,
    asker: Asker,
    Path(region): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    app.platform.drop_drill_plan(&asker.ask, RegionId(region)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The months' lots: committed to beforehand, published afterwards.
#[utoipa::path(get, path = "/api/drill-lots", tag = "duty", responses((status = 200, body = Vec<DrillLot>)))]
async fn lots(State(app): State<App>, asker: Asker) -> Result<axum::Json<Vec<DrillLot>>, Problem> {
    let months = app.platform.drill_months(&asker.ask).await?;
    Ok(axum::Json(months.into_iter().map(DrillLot::of).collect()))
}

/// The drill that runs in the seat's room; null where none does. A double-blind one looks like an alarm until it is taken.
#[utoipa::path(get, path = "/api/seat/drill", tag = "duty", params(("x-watchfire-seat" = String, Header)), responses((status = 200, body = Option<SeatDrill>)))]
async fn at_seat(State(app): State<App>, at: AtSeat) -> Result<axum::Json<Option<SeatDrill>>, Problem> {
    let now = at.asker.ask.now;
    let found = app.platform.seat_drill(&at.asker.ask, &at.seat).await?;
    Ok(axum::Json(found.map(|one| SeatDrill::of(one, now))))
}

/// Does a step of the drill that runs at the seat. The server's clock is the stopwatch. 409 where it was done, or the alarm is not taken yet.
#[utoipa::path(post, path = "/api/seat/drill/{id}/steps", tag = "duty", params(("id" = Uuid, Path), ("x-watchfire-seat" = String, Header)), request_body = DoDrillStep, responses((status = 200, body = SeatDrill)))]
async fn do_step(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    at: AtSeat,
) -> Result<axum::Json<SeatDrill>, Problem> {
    let wanted: DoDrillStep = at.json()?;
    let step = needed_word("step", &wanted.step, DrillStep::parse)?;
    let now = at.asker.ask.now;
    let after = app.platform.do_drill_step(&at.asker.ask, &at.seat, DrillId(id), step).await?;
    Ok(axum::Json(SeatDrill::of(after, now)))
}
