//! Rosters of duty rooms, and the sheets that were signed there.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{DutyRoomId, ShiftId, StaffId};
use domain::recording::Span;
use platform::duty::{CopyWish, RosterStep, ShiftWish, StandInWish};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, day, needed_time, span, time};
use crate::problem::Problem;
use crate::views::rosters::{CopyRoster, Handover, NewShifts, NewStandIn, Roster, SwapShifts, TakeOffShift};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(roster))
        .routes(routes!(enter))
        .routes(routes!(copy))
        .routes(routes!(take_off))
        .routes(routes!(stand_in))
        .routes(routes!(swap))
        .routes(routes!(handovers))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RosterQuery {
    /// The first day, YYYY-MM-DD, Beijing.
    from: String,
    /// How many days, 1 to 35; 7 when absent.
    days: Option<i32>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SpanQuery {
    /// From when.
    from: String,
    /// Until when, at most 31 days later.
    to: String,
}

/// The roster of a room with everything that is wrong with it.
#[utoipa::path(get, path = "/api/duty-rooms/{id}/roster", tag = "duty", params(("id" = Uuid, Path), RosterQuery), responses((status = 200, body = Roster)))]
async fn roster(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<RosterQuery>,
) -> Result<axum::Json<Roster>, Problem> {
    let (from, days) = (day("from", &query.from)?, query.days.unwrap_or(7));
    Ok(axum::Json(Roster::of(app.platform.roster(&asker.ask, DutyRoomId(id), from, days).await?)))
}

/// Enters shifts. What nobody could work is refused, all of it.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/roster", tag = "duty", params(("id" = Uuid, Path)), request_body = NewShifts, responses((status = 204)))]
async fn enter(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewShifts>,
) -> Result<StatusCode, Problem> {
    let shifts = wanted.shifts.iter().map(|shift| {
        Ok(ShiftWish {
            staff_id: StaffId(shift.staff_id),
            starts_at: needed_time("starts_at", &shift.starts_at)?,
            ends_at: needed_time("ends_at", &shift.ends_at)?,
        })
    });
    let step = RosterStep::Enter(shifts.collect::<Result<_, Problem>>()?);
    change(&app, &asker, id, step, "").await
}

/// Repeats days of a roster.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/roster/copy", tag = "duty", params(("id" = Uuid, Path)), request_body = CopyRoster, responses((status = 204)))]
async fn copy(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CopyRoster>,
) -> Result<StatusCode, Problem> {
    let wish = CopyWish { from: day("from", &wanted.from)?, days: wanted.days, to: day("to", &wanted.to)? };
    change(&app, &asker, id, RosterStep::Copy(wish), "").await
}

/// Takes a shift off that has not begun.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/shifts/{shift}/take-off", tag = "duty", params(("id" = Uuid, Path), ("shift" = Uuid, Path)), request_body = TakeOffShift, responses((status = 204)))]
async fn take_off(
    State(app): State<App>,
    asker: Asker,
    Path((id, shift)): Path<(Uuid, Uuid)>,
    Json(wanted): Json<TakeOffShift>,
) -> Result<StatusCode, Problem> {
    let step = RosterStep::TakeOff { shift_id: ShiftId(shift), staff_id: StaffId(wanted.staff_id) };
    change(&app, &asker, id, step, &wanted.reason).await
}

/// Somebody else takes a shift or a part of it.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/shifts/{shift}/stand-in", tag = "duty", params(("id" = Uuid, Path), ("shift" = Uuid, Path)), request_body = NewStandIn, responses((status = 204)))]
async fn stand_in(
    State(app): State<App>,
    asker: Asker,
    Path((id, shift)): Path<(Uuid, Uuid)>,
    Json(wanted): Json<NewStandIn>,
) -> Result<StatusCode, Problem> {
    let part = (time("starts_at", wanted.starts_at.as_deref())?, time("ends_at", wanted.ends_at.as_deref())?);
    let span = match part {
        (Some(start), Some(end)) => Some(Span::new(start, end)),
        (None, None) => None,
        _ => return Err(Problem::field("ends_at", "missing", "both ends of the part, or none")),
    };
    let (from, to) = (StaffId(wanted.from), StaffId(wanted.to));
    let step = RosterStep::StandIn(StandInWish { shift_id: ShiftId(shift), from, to, span });
    change(&app, &asker, id, step, &wanted.reason).await
}

/// Two guards exchange whole shifts.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/shifts/{shift}/swap", tag = "duty", params(("id" = Uuid, Path), ("shift" = Uuid, Path)), request_body = SwapShifts, responses((status = 204)))]
async fn swap(
    State(app): State<App>,
    asker: Asker,
    Path((id, shift)): Path<(Uuid, Uuid)>,
    Json(wanted): Json<SwapShifts>,
) -> Result<StatusCode, Problem> {
    let one = (ShiftId(shift), StaffId(wanted.from));
    let other = (ShiftId(wanted.other_shift), StaffId(wanted.other));
    change(&app, &asker, id, RosterStep::Swap { one, other }, &wanted.reason).await
}

/// The handovers that were signed in a room, the latest first.
#[utoipa::path(get, path = "/api/duty-rooms/{id}/handovers", tag = "duty", params(("id" = Uuid, Path), SpanQuery), responses((status = 200, body = Vec<Handover>)))]
async fn handovers(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<SpanQuery>,
) -> Result<axum::Json<Vec<Handover>>, Problem> {
    let rows = app.platform.handovers(&asker.ask, DutyRoomId(id), span(&query.from, &query.to)?).await?;
    Ok(axum::Json(rows.into_iter().map(Handover::kept).collect()))
}

async fn change(
    app: &App,
    asker: &Asker,
    id: Uuid,
    step: RosterStep,
    reason: &str,
) -> Result<StatusCode, Problem> {
    app.platform.change_roster(&asker.ask, DutyRoomId(id), step, reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
