//! What a seat asks for and does: each request is signed by the seat's key.

use axum::extract::State;
use axum::http::StatusCode;
use domain::duty::seat::handover::HandoverSide;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::at_seat::AtSeat;
use crate::input::{needed_time, needed_word};
use crate::problem::Problem;
use crate::views::rosters::{SeatScreen, SignHandover, SignRecord, Vigilance};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(screen))
        .routes(routes!(sign_on, sign_off))
        .routes(routes!(activity))
        .routes(routes!(handover))
        .routes(routes!(record))
}

/// Everything that the seat's screen shows.
#[utoipa::path(get, path = "/api/seat", tag = "duty", params(("x-watchfire-seat" = String, Header)), responses((status = 200, body = SeatScreen)))]
async fn screen(State(app): State<App>, at: AtSeat) -> Result<axum::Json<SeatScreen>, Problem> {
    let now = at.asker.ask.now;
    Ok(axum::Json(SeatScreen::of(app.platform.seat_view(&at.asker.ask, at.seat).await?, now)))
}

/// Goes on post.
#[utoipa::path(post, path = "/api/seat/post", tag = "duty", params(("x-watchfire-seat" = String, Header)), responses((status = 204)))]
async fn sign_on(State(app): State<App>, at: AtSeat) -> Result<StatusCode, Problem> {
    app.platform.sign_on(&at.asker.ask, &at.seat).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Goes off post.
#[utoipa::path(delete, path = "/api/seat/post", tag = "duty", params(("x-watchfire-seat" = String, Header)), responses((status = 204)))]
async fn sign_off(State(app): State<App>, at: AtSeat) -> Result<StatusCode, Problem> {
    app.platform.sign_off(&at.asker.ask, &at.seat).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody did something at the seat; how awake the room is afterwards.
#[utoipa::path(post, path = "/api/seat/activity", tag = "duty", params(("x-watchfire-seat" = String, Header)), responses((status = 200, body = Option<Vigilance>)))]
async fn activity(State(app): State<App>, at: AtSeat) -> Result<axum::Json<Option<Vigilance>>, Problem> {
    let view = app.platform.note_activity(&at.asker.ask, &at.seat).await?;
    Ok(axum::Json(view.map(Vigilance::of)))
}

/// Signs one side of the handover that is due.
#[utoipa::path(post, path = "/api/seat/handover", tag = "duty", params(("x-watchfire-seat" = String, Header)), request_body = SignHandover, responses((status = 204)))]
async fn handover(State(app): State<App>, at: AtSeat) -> Result<StatusCode, Problem> {
    let wanted: SignHandover = at.json()?;
    let due_at = needed_time("due_at", &wanted.due_at)?;
    let side = needed_word("side", &wanted.side, HandoverSide::parse)?;
    let remark = wanted.remark.unwrap_or_default();
    app.platform.sign_handover(&at.asker.ask, &at.seat, (due_at, side), &remark).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the record of two hours.
#[utoipa::path(post, path = "/api/seat/record", tag = "duty", params(("x-watchfire-seat" = String, Header)), request_body = SignRecord, responses((status = 204)))]
async fn record(State(app): State<App>, at: AtSeat) -> Result<StatusCode, Problem> {
    let wanted: SignRecord = at.json()?;
    let slot_at = needed_time("slot_at", &wanted.slot_at)?;
    let remark = wanted.remark.unwrap_or_default();
    app.platform.sign_record(&at.asker.ask, &at.seat, slot_at, &remark).await?;
    Ok(StatusCode::NO_CONTENT)
}
