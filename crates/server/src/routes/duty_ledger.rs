//! The ledger of duty: what days of rooms and units are worth, effective duty, suspicions of feigned duty.

use axum::extract::State;
use axum::http::StatusCode;
use domain::duty::falsehood::Trick;
use domain::duty::falsehood::case::{SuspicionEvent, SuspicionState};
use domain::duty::ledger::MinuteState;
use domain::ids::{AlarmId, DutyRoomId, OrganisationId, RegionId, SuspicionId, UnitId};
use domain::unit::Duty;
use platform::ledger::{CorrectionWish, SuspicionStepWish};
use platform::rows::{DutyStandingFilter, RoomDayFilter, SuspicionFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, day, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::duty_ledger::{
    Correction, Coverage, DutyAtAlarm, DutyStanding, LedgerDay, LedgerProof, NewCorrection, RoomDay,
    Suspicion, SuspicionEventRequest, SuspicionFile, UnitDay,
};
use crate::views::{DutyStandingPage, SuspicionPage};

/// Closed days that are listed.
const DAYS_LISTED: u32 = 400;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(coverage))
        .routes(routes!(room_days))
        .routes(routes!(unit_days))
        .routes(routes!(at_alarm))
        .routes(routes!(corrections, correct))
        .routes(routes!(standings))
        .routes(routes!(days))
        .routes(routes!(verify))
        .routes(routes!(suspicions))
        .routes(routes!(suspicion))
        .routes(routes!(step))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DayQuery {
    /// A Beijing day, YYYY-MM-DD.
    day: String,
}

/// What a day comes to in the asker's reach. A day that runs counts up to about two minutes ago.
#[utoipa::path(get, path = "/api/duty/coverage", tag = "duty", params(DayQuery), responses((status = 200, body = Coverage)))]
async fn coverage(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<DayQuery>,
) -> Result<axum::Json<Coverage>, Problem> {
    let found = app.platform.ledger_coverage(&asker.ask, day("day", &query.day)?).await?;
    Ok(axum::Json(found.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RoomDayQuery {
    /// The first Beijing day, YYYY-MM-DD.
    first: String,
    /// The last one, at most 92 days later.
    last: String,
    /// Of this organisation.
    organisation_id: Option<Uuid>,
    /// Of this room.
    room_id: Option<Uuid>,
}

/// The days of duty rooms, by organisation, room and day.
#[utoipa::path(get, path = "/api/duty/room-days", tag = "duty", params(RoomDayQuery), responses((status = 200, body = Vec<RoomDay>)))]
async fn room_days(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<RoomDayQuery>,
) -> Result<axum::Json<Vec<RoomDay>>, Problem> {
    let filter = RoomDayFilter {
        from: day("first", &query.first)?,
        to: day("last", &query.last)?,
        organisation_id: query.organisation_id.map(OrganisationId),
        room_id: query.room_id.map(DutyRoomId),
    };
    let found = app.platform.ledger_rooms(&asker.ask, &filter).await?;
    Ok(axum::Json(found.into_iter().map(Into::into).collect()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UnitDayQuery {
    /// The first Beijing day, YYYY-MM-DD.
    first: String,
    /// The last one, at most 92 days later.
    last: String,
}

/// The days of a unit that are in the ledger.
#[utoipa::path(get, path = "/api/units/{id}/duty-days", tag = "duty", params(("id" = Uuid, Path), UnitDayQuery), responses((status = 200, body = Vec<UnitDay>)))]
async fn unit_days(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<UnitDayQuery>,
) -> Result<axum::Json<Vec<UnitDay>>, Problem> {
    let (from, to) = (day("first", &query.first)?, day("last", &query.last)?);
    let found = app.platform.unit_ledger(&asker.ask, UnitId(id), from, to).await?;
    Ok(axum::Json(found.into_iter().map(Into::into).collect()))
}

/// The duty of the alarm's unit in the minute in which it rang, for everybody who sees the alarm.
#[utoipa::path(get, path = "/api/alarms/{id}/duty", tag = "duty", params(("id" = Uuid, Path)), responses((status = 200, body = DutyAtAlarm)))]
async fn at_alarm(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<DutyAtAlarm>, Problem> {
    Ok(axum::Json(app.platform.duty_at_alarm(&asker.ask, AlarmId(id)).await?.into()))
}

/// The corrections of a room's day, in the order in which they were made.
#[utoipa::path(get, path = "/api/duty-rooms/{id}/corrections", tag = "duty", params(("id" = Uuid, Path), DayQuery), responses((status = 200, body = Vec<Correction>)))]
async fn corrections(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<DayQuery>,
) -> Result<axum::Json<Vec<Correction>>, Problem> {
    let day = day("day", &query.day)?;
    let found = app.platform.ledger_corrections(&asker.ask, DutyRoomId(id), day).await?;
    Ok(axum::Json(found.into_iter().map(Into::into).collect()))
}

/// Corrects minutes of a closed day of a room; what they were held to be stays. 409 when the day is not closed, or was corrected meanwhile.
#[utoipa::path(post, path = "/api/duty-rooms/{id}/corrections", tag = "duty", params(("id" = Uuid, Path)), request_body = NewCorrection, responses((status = 204)))]
async fn correct(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewCorrection>,
) -> Result<StatusCode, Problem> {
    let wish = CorrectionWish {
        day: day("day", &wanted.day)?,
        room_id: DutyRoomId(id),
        from: wanted.from,
        minutes: wanted.minutes,
        to: needed_word("to", &wanted.to, MinuteState::parse)?,
        reason: wanted.reason,
        known: wanted.known,
    };
    app.platform.correct_ledger(&asker.ask, wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StandingQuery {
    /// In this region or below.
    region_id: Option<Uuid>,
    /// One unit.
    unit_id: Option<Uuid>,
    /// With this state following from the ledger, a word of `duty_states`.
    state: Option<String>,
    /// Only those that do not meet all five conditions.
    unmet: Option<bool>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// The five conditions of effective duty of each unit, those that meet least first.
#[utoipa::path(get, path = "/api/duty/standings", tag = "duty", params(StandingQuery), responses((status = 200, body = DutyStandingPage)))]
async fn standings(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<StandingQuery>,
) -> Result<axum::Json<DutyStandingPage>, Problem> {
    let filter = DutyStandingFilter {
        region_id: query.region_id.map(RegionId),
        unit_id: query.unit_id.map(UnitId),
        state: word("state", query.state.as_deref(), Duty::parse)?,
        unmet: query.unmet.unwrap_or_default(),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.duty_standings(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(DutyStandingPage::of(found, DutyStanding::from)))
}

/// The days of the ledger that are closed, the last first.
#[utoipa::path(get, path = "/api/duty/ledger-days", tag = "duty", responses((status = 200, body = Vec<LedgerDay>)))]
async fn days(State(app): State<App>, asker: Asker) -> Result<axum::Json<Vec<LedgerDay>>, Problem> {
    let found = app.platform.ledger_days(&asker.ask, DAYS_LISTED).await?;
    Ok(axum::Json(found.into_iter().map(Into::into).collect()))
}

/// Computes every link of a closed day again and compares.
#[utoipa::path(get, path = "/api/duty/ledger-proof", tag = "duty", params(DayQuery), responses((status = 200, body = LedgerProof)))]
async fn verify(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<DayQuery>,
) -> Result<axum::Json<LedgerProof>, Problem> {
    let proof = app.platform.verify_ledger_day(&asker.ask, day("day", &query.day)?).await?;
    Ok(axum::Json(proof.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SuspicionQuery {
    /// A word of `suspicion_states`.
    state: Option<String>,
    /// A word of `tricks`.
    trick: Option<String>,
    /// Of this organisation.
    organisation_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Suspicions of feigned duty, last raised first.
#[utoipa::path(get, path = "/api/suspicions", tag = "duty", params(SuspicionQuery), responses((status = 200, body = SuspicionPage)))]
async fn suspicions(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<SuspicionQuery>,
) -> Result<axum::Json<SuspicionPage>, Problem> {
    let filter = SuspicionFilter {
        state: word("state", query.state.as_deref(), SuspicionState::parse)?,
        trick: word("trick", query.trick.as_deref(), Trick::parse)?,
        organisation_id: query.organisation_id.map(OrganisationId),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.suspicions(&asker.ask, &filter, &page).await?;
    Ok(axum::Json(SuspicionPage::of(found, |row| Suspicion::of(row, &asker.ask))))
}

/// A suspicion with its numbers, its evidence package, and what happened.
#[utoipa::path(get, path = "/api/suspicions/{id}", tag = "duty", params(("id" = Uuid, Path)), responses((status = 200, body = SuspicionFile)))]
async fn suspicion(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<SuspicionFile>, Problem> {
    let found = app.platform.suspicion(&asker.ask, SuspicionId(id)).await?;
    Ok(axum::Json(SuspicionFile::of(found, &asker.ask)))
}

/// Replies to a suspicion, upholds or dismisses it. 409 when it has changed since, or the time for a reply has not passed.
#[utoipa::path(post, path = "/api/suspicions/{id}/events", tag = "duty", params(("id" = Uuid, Path)), request_body = SuspicionEventRequest, responses((status = 200, body = SuspicionFile)))]
async fn step(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<SuspicionEventRequest>,
) -> Result<axum::Json<SuspicionFile>, Problem> {
    let wish = SuspicionStepWish {
        event: needed_word("event", &wanted.event, SuspicionEvent::parse)?,
        words: wanted.words,
        version: wanted.version,
    };
    let found = app.platform.step_suspicion(&asker.ask, SuspicionId(id), wish).await?;
    Ok(axum::Json(SuspicionFile::of(found, &asker.ask)))
}
