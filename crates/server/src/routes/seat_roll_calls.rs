//! Roll-calls at a seat: the code it shows, what it is asked, and its answer. Every request carries the proof of the seat's key.

use std::time::Duration;

use axum::extract::State;
use domain::ids::DutyRollCallId;
use platform::roll_calls::SeatAnswer;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::at_seat::AtSeat;
use crate::input::{Path, Query, time};
use crate::problem::Problem;
use crate::views::roll_calls::{SeatRollCallAnswer, SeatRollCallAnswered, SeatRollCalls, SeatRoomCode};

/// Most calls that a seat says it knows.
const KNOWN_MAX: usize = 20;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(code)).routes(routes!(waiting)).routes(routes!(answer))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WaitingQuery {
    /// Ids of the calls that the seat shows, with commas between.
    knows: Option<String>,
    /// Seconds to wait for something else, up to 25; at once when absent.
    wait_s: Option<u8>,
}

/// The rotating code that the seat shows now.
#[utoipa::path(get, path = "/api/seat/code", tag = "duty", params(("x-watchfire-seat" = String, Header)), responses((status = 200, body = SeatRoomCode)))]
async fn code(State(app): State<App>, at: AtSeat) -> Result<axum::Json<SeatRoomCode>, Problem> {
    let now = at.asker.ask.now;
    let (code, valid_until) = app.platform.seat_code(&at.asker.ask, &at.seat).await?;
    Ok(axum::Json(SeatRoomCode::of(code, valid_until, now)))
}

/// What the seat may answer. Where that is what it knows already, the answer waits until it is not, or the seconds are over.
#[utoipa::path(get, path = "/api/seat/roll-calls", tag = "duty", params(WaitingQuery, ("x-watchfire-seat" = String, Header)), responses((status = 200, body = SeatRollCalls)))]
async fn waiting(
    State(app): State<App>,
    Query(query): Query<WaitingQuery>,
    at: AtSeat,
) -> Result<axum::Json<SeatRollCalls>, Problem> {
    let words = query.knows.as_deref().unwrap_or_default().split(',').filter(|word| !word.is_empty());
    let knows = words
        .take(KNOWN_MAX + 1)
        .map(|word| word.parse().map_err(|_| Problem::field("knows", "invalid", "ids with commas between")))
        .collect::<Result<Vec<DutyRollCallId>, Problem>>()?;
    let wait = Duration::from_secs(query.wait_s.unwrap_or_default().into());
    let calls = app.platform.seat_calls(at.seat.room_id, &knows, wait).await?;
    Ok(axum::Json(SeatRollCalls::of(calls, app.platform.surroundings().now())))
}

/// Answers a roll-call with the digits that the seat shows. The server's clock decides whether it is late.
#[utoipa::path(post, path = "/api/seat/roll-calls/{id}/answer", tag = "duty", params(("id" = Uuid, Path), ("x-watchfire-seat" = String, Header)), request_body = SeatRollCallAnswer, responses((status = 200, body = SeatRollCallAnswered)))]
async fn answer(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    at: AtSeat,
) -> Result<axum::Json<SeatRollCallAnswered>, Problem> {
    let given: SeatRollCallAnswer = at.json()?;
    let answer = SeatAnswer {
        call_id: DutyRollCallId(id),
        digits: given.digits,
        device_at: time("device_at", given.device_at.as_deref())?,
    };
    let answered = app.platform.answer_duty_call(&at.asker.ask, &at.seat, answer).await?;
    Ok(axum::Json(SeatRollCallAnswered::of(answered)))
}
