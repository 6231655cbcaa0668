//! Roll-calls of duty rooms: asking, results, the published schedule, exemptions.

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::duty::roll_call::draw::SampleSize;
use domain::duty::roll_call::exemption::ExemptionEvent;
use domain::duty::roll_call::{RollCallOrigin, RollCallState};
use domain::ids::{DutyRollCallId, DutyRoomId, ExemptionId, OrganisationId, RegionId, RollCallRoundId};
use domain::recording::Span;
use platform::roll_calls::{ExemptionDecision, ExemptionWish, RollCallWish};
use platform::rows::{DutyCallFilter, ExemptionFilter, FrameKind, RoundFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, day, needed_time, needed_word, page_ask, word};
use crate::media;
use crate::problem::Problem;
use crate::views::roll_calls::{
    DutyRollCall, DutyRollCallDetail, NewRollCallExemption, NewRollCallRound, RollCallDay, RollCallDayCheck,
    RollCallExemption, RollCallExemptionEvent, RollCallRound,
};
use crate::views::{DutyRollCallPage, RollCallDayPage, RollCallExemptionPage, RollCallRoundPage};

/// Largest list of rooms: 20 000 ids.
const BODY_BYTES_MAX: usize = 1 << 20;

pub fn routes() -> OpenApiRouter<App> {
    let rooms =
        OpenApiRouter::new().routes(routes!(rounds, ask)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX));
    OpenApiRouter::new()
        .merge(rooms)
        .routes(routes!(round))
        .routes(routes!(calls))
        .routes(routes!(call))
        .routes(routes!(picture))
        .routes(routes!(days))
        .routes(routes!(check_day))
        .routes(routes!(day_text))
        .routes(routes!(exemptions, ask_for_exemption))
        .routes(routes!(decide_exemption))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RoundQuery {
    /// Only of this origin: a word of `roll_call_origins`.
    origin: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CallQuery {
    /// Only of this round.
    round_id: Option<Uuid>,
    /// Only of this room.
    room_id: Option<Uuid>,
    /// Only below this region.
    region_id: Option<Uuid>,
    /// Only in this state: a word of `duty_roll_call_states`.
    state: Option<String>,
    /// Only of this origin: a word of `roll_call_origins`.
    origin: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DayQuery {
    /// Gives the moments of this room, once the seed is published.
    room_id: Option<Uuid>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExemptionQuery {
    /// Only those that are asked for or approved, and not over.
    open: Option<bool>,
    /// Only of this room.
    room_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Rounds of asking, last asked first.
#[utoipa::path(get, path = "/api/roll-call-rounds", tag = "duty", params(RoundQuery), responses((status = 200, body = RollCallRoundPage)))]
async fn rounds(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<RoundQuery>,
) -> Result<axum::Json<RollCallRoundPage>, Problem> {
    let filter = RoundFilter { origin: word("origin", query.origin.as_deref(), RollCallOrigin::parse)? };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.roll_call_rounds(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(RollCallRoundPage::of(found, RollCallRound::of)))
}

/// Asks duty rooms now: named ones, every open one in reach, or a sample of them by lot. All of them or, where one that is named is closed or
/// out of reach, none.
#[utoipa::path(post, path = "/api/roll-call-rounds", tag = "duty", request_body = NewRollCallRound, responses((status = 201, body = RollCallRound)))]
async fn ask(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewRollCallRound>,
) -> Result<(StatusCode, axum::Json<RollCallRound>), Problem> {
    let sample = match (wanted.sample_rooms, wanted.sample_percent) {
        (Some(_), Some(_)) => {
            return Err(Problem::field(
                "sample_percent",
                "invalid",
                "a number of rooms or a share of them, not both",
            ));
        }
        (Some(rooms), None) => Some(SampleSize::Rooms(rooms)),
        (None, percent) => percent.map(SampleSize::Percent),
    };
    let wish = RollCallWish {
        rooms: wanted.rooms.into_iter().map(DutyRoomId).collect(),
        region_id: wanted.region_id.map(RegionId),
        organisation_id: wanted.organisation_id.map(OrganisationId),
        sample,
        minutes: wanted.minutes,
        reason: wanted.reason,
    };
    let row = app.platform.ask_rooms(&asker.ask, wish).await?;
    Ok((StatusCode::CREATED, axum::Json(RollCallRound::of(row))))
}

/// One round with its counts.
#[utoipa::path(get, path = "/api/roll-call-rounds/{id}", tag = "duty", params(("id" = Uuid, Path)), responses((status = 200, body = RollCallRound)))]
async fn round(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<RollCallRound>, Problem> {
    let row = app.platform.roll_call_round(&asker.ask, RollCallRoundId(id)).await?;
    Ok(axum::Json(RollCallRound::of(row)))
}

/// Roll-calls of duty rooms, last asked first.
#[utoipa::path(get, path = "/api/roll-calls", tag = "duty", params(CallQuery), responses((status = 200, body = DutyRollCallPage)))]
async fn calls(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<CallQuery>,
) -> Result<axum::Json<DutyRollCallPage>, Problem> {
    let filter = DutyCallFilter {
        round_id: query.round_id.map(RollCallRoundId),
        room_id: query.room_id.map(DutyRoomId),
        region_id: query.region_id.map(RegionId),
        state: word("state", query.state.as_deref(), RollCallState::parse)?,
        origin: word("origin", query.origin.as_deref(), RollCallOrigin::parse)?,
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.duty_roll_calls(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DutyRollCallPage::of(found, DutyRollCall::of)))
}

/// One roll-call with its pictures.
#[utoipa::path(get, path = "/api/roll-calls/{id}", tag = "duty", params(("id" = Uuid, Path)), responses((status = 200, body = DutyRollCallDetail)))]
async fn call(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DutyRollCallDetail>, Problem> {
    let detail = app.platform.duty_roll_call(&asker.ask, DutyRollCallId(id)).await?;
    Ok(axum::Json(DutyRollCallDetail::of(detail)))
}

/// A picture of the room: when it was asked (`asked`), when it answered (`answered`), or the one that decided about the code (`code`).
#[utoipa::path(get, path = "/api/roll-calls/{id}/pictures/{kind}", tag = "duty", params(("id" = Uuid, Path), ("kind" = String, Path)), responses((status = 200, content_type = "image/jpeg", body = Vec<u8>)))]
async fn picture(
    State(app): State<App>,
    asker: Asker,
    Path((id, kind)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let kind = FrameKind::parse(&kind).ok_or_else(Problem::not_found)?;
    let (frame, bytes) = app.platform.roll_call_picture(&asker.ask, DutyRollCallId(id), kind).await?;
    Ok(media::answer(&headers, &frame.content_type, &frame.sha256, bytes))
}

/// Days whose schedule was committed to, the last first.
#[utoipa::path(get, path = "/api/roll-call-days", tag = "duty", params(PageQuery), responses((status = 200, body = RollCallDayPage)))]
async fn days(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<RollCallDayPage>, Problem> {
    let found = app.platform.roll_call_days(&asker.ask, &query.ask()?).await?;
    Ok(axum::Json(RollCallDayPage::of(found, |row| RollCallDay::of(&row))))
}

/// A day's schedule, recomputed from the published seed and held against the calls that were made.
#[utoipa::path(get, path = "/api/roll-call-days/{day}", tag = "duty", params(("day" = String, Path), DayQuery), responses((status = 200, body = RollCallDayCheck)))]
async fn check_day(
    State(app): State<App>,
    asker: Asker,
    Path(date): Path<String>,
    Query(query): Query<DayQuery>,
) -> Result<axum::Json<RollCallDayCheck>, Problem> {
    let date = day("day", &date)?;
    let check = app.platform.check_roll_call_day(&asker.ask, date, query.room_id.map(DutyRoomId)).await?;
    Ok(axum::Json(RollCallDayCheck::of(check)))
}

/// The text whose SHA-256 was published before the day. 409 until its seed is published.
#[utoipa::path(get, path = "/api/roll-call-days/{day}/text", tag = "duty", params(("day" = String, Path)), responses((status = 200, content_type = "text/plain", body = String)))]
async fn day_text(
    State(app): State<App>,
    asker: Asker,
    Path(date): Path<String>,
) -> Result<Response, Problem> {
    let date = day("day", &date)?;
    let text = app.platform.roll_call_day_text(&asker.ask, date).await?;
    let name = format!("attachment; filename=\"roll-calls-{date}.txt\"");
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}

/// Exemptions, last asked for first.
#[utoipa::path(get, path = "/api/roll-call-exemptions", tag = "duty", params(ExemptionQuery), responses((status = 200, body = RollCallExemptionPage)))]
async fn exemptions(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ExemptionQuery>,
) -> Result<axum::Json<RollCallExemptionPage>, Problem> {
    let ask = &asker.ask;
    let open_at = query.open.unwrap_or_default().then_some(ask.now);
    let filter = ExemptionFilter { open_at, room_id: query.room_id.map(DutyRoomId) };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.exemptions(ask, &filter, &page).await?;
    Ok(axum::Json(RollCallExemptionPage::of(found, |row| RollCallExemption::of(row, &ask.access, ask.now))))
}

/// Asks for a time in which a room is not asked, four hours at most; another person decides before it begins.
#[utoipa::path(post, path = "/api/roll-call-exemptions", tag = "duty", request_body = NewRollCallExemption, responses((status = 201, body = RollCallExemption)))]
async fn ask_for_exemption(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewRollCallExemption>,
) -> Result<(StatusCode, axum::Json<RollCallExemption>), Problem> {
    let (start, end) =
        (needed_time("starts_at", &wanted.starts_at)?, needed_time("ends_at", &wanted.ends_at)?);
    let wish = ExemptionWish {
        room_id: DutyRoomId(wanted.room_id),
        span: Span { start, end },
        reason: wanted.reason,
    };
    let row = app.platform.ask_for_exemption(&asker.ask, wish).await?;
    let shown = RollCallExemption::of(row, &asker.ask.access, asker.ask.now);
    Ok((StatusCode::CREATED, axum::Json(shown)))
}

/// Approves an exemption, declines it, or takes it back. 409 when it has changed since, and for one's own wish.
#[utoipa::path(post, path = "/api/roll-call-exemptions/{id}/events", tag = "duty", params(("id" = Uuid, Path)), request_body = RollCallExemptionEvent, responses((status = 200, body = RollCallExemption)))]
async fn decide_exemption(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RollCallExemptionEvent>,
) -> Result<axum::Json<RollCallExemption>, Problem> {
    let decision = ExemptionDecision {
        event: needed_word("event", &wanted.event, ExemptionEvent::parse)?,
        version: wanted.version,
        why: wanted.why,
    };
    let row = app.platform.decide_exemption(&asker.ask, ExemptionId(id), decision).await?;
    Ok(axum::Json(RollCallExemption::of(row, &asker.ask.access, asker.ask.now)))
}
