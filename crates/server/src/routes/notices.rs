//! Notices and supervision orders: sending them in bulk, reading them, signing, replying, reviewing.

use axum::extract::State;
use domain::ids::{AlarmId, NoticeId, OrganisationId, UnitId};
use domain::notice::{NoticeEvent, NoticeKind, NoticeState};
use platform::notices::{NoticeAbout, NoticeStepWish, NoticeTo, NoticeWish};
use platform::rows::{NoticeQuery, NoticeStates};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, needed_word, page_ask, time, word};
use crate::problem::Problem;
use crate::views::ladder::NewReceipt;
use crate::views::notices::{
    NewNotices, Notice, NoticeCounts, NoticeDetail, NoticePreview, NoticeStepRequest, NoticedAlarm,
    NoticesSent,
};
use crate::views::{NoticePage, NoticedAlarmPage};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, send))
        .routes(routes!(preview))
        .routes(routes!(counts))
        .routes(routes!(detail))
        .routes(routes!(alarms))
        .routes(routes!(step))
        .routes(routes!(sign))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct NoticesQuery {
    /// `all` (when absent), `awaiting` (something waits for the asker's level), `open`, `late`, or one state.
    state: Option<String>,
    /// Only `reminder`, `notice` or `supervision`.
    kind: Option<String>,
    /// Only those to this unit.
    unit_id: Option<Uuid>,
    /// Only those to this organisation.
    organisation_id: Option<Uuid>,
    /// Only those about this alarm.
    alarm_id: Option<Uuid>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Which of the list.
enum Part {
    Awaiting,
    Late,
    In(NoticeStates),
}

/// Notices in the asker's reach, newest first. Drafts are seen by the office that writes them alone.
#[utoipa::path(get, path = "/api/notices", tag = "notices", params(NoticesQuery), responses((status = 200, body = NoticePage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<NoticesQuery>,
) -> Result<axum::Json<NoticePage>, Problem> {
    let part = word("state", query.state.as_deref(), |state| match state {
        "all" => Some(Part::In(NoticeStates::All)),
        "awaiting" => Some(Part::Awaiting),
        "open" => Some(Part::In(NoticeStates::Open)),
        "late" => Some(Part::Late),
        state => NoticeState::parse(state).map(NoticeStates::One).map(Part::In),
    })?;
    let (awaiting, late, states) = match part {
        None => (false, false, NoticeStates::All),
        Some(Part::Awaiting) => (true, false, NoticeStates::All),
        Some(Part::Late) => (false, true, NoticeStates::All),
        Some(Part::In(states)) => (false, false, states),
    };
    let wanted = NoticeQuery {
        states,
        kind: word("kind", query.kind.as_deref(), NoticeKind::parse)?,
        unit_id: query.unit_id.map(UnitId),
        organisation_id: query.organisation_id.map(OrganisationId),
        alarm_id: query.alarm_id.map(AlarmId),
        late_at: late.then_some(asker.ask.now),
    };
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.notices(&asker.ask, awaiting, &wanted, &page).await?;
    Ok(axum::Json(NoticePage::of(found, |row| Notice::of(row, asker.ask.now))))
}

/// Writes notices for overdue alarms, one for each unit or organisation that answers for some, and sends them unless drafts are wanted: all or none. An alarm
/// or unit outside the asker's reach refuses the whole.
#[utoipa::path(post, path = "/api/notices", tag = "notices", request_body = NewNotices, responses((status = 200, body = NoticesSent)))]
async fn send(
    State(app): State<App>,
    asker: Asker,
    Json(new): Json<NewNotices>,
) -> Result<axum::Json<NoticesSent>, Problem> {
    let found = app.platform.send_notices(&asker.ask, &wish(new)?).await?;
    Ok(axum::Json(NoticesSent::of(found, asker.ask.now)))
}

/// What sending would write; nothing is written.
#[utoipa::path(post, path = "/api/notices/preview", tag = "notices", request_body = NewNotices, responses((status = 200, body = NoticePreview)))]
async fn preview(
    State(app): State<App>,
    asker: Asker,
    Json(new): Json<NewNotices>,
) -> Result<axum::Json<NoticePreview>, Problem> {
    Ok(axum::Json(app.platform.preview_notices(&asker.ask, &wish(new)?).await?.into()))
}

fn wish(new: NewNotices) -> Result<NoticeWish, Problem> {
    let given = (new.alarm_ids.is_empty(), new.unit_ids.is_empty(), new.organisation_ids.is_empty());
    let about = match given {
        (false, true, true) => NoticeAbout::Alarms(new.alarm_ids.into_iter().map(AlarmId).collect()),
        (true, false, true) => {
            NoticeAbout::Units(new.unit_ids.into_iter().map(UnitId).collect(), new.notices_min)
        }
        (true, true, false) => {
            let ids = new.organisation_ids.into_iter().map(OrganisationId).collect();
            NoticeAbout::Organisations(ids, new.notices_min)
        }
        _ => {
            let what = "one of alarm_ids, unit_ids and organisation_ids";
            return Err(Problem::field("alarm_ids", "either_or", what));
        }
    };
    let of_organisations = matches!(about, NoticeAbout::Organisations(..));
    let usual = if of_organisations { NoticeTo::Organisations } else { NoticeTo::Units };
    Ok(NoticeWish {
        batch_id: new.batch_id,
        kind: needed_word("kind", &new.kind, NoticeKind::parse)?,
        about,
        to: word("to", new.to.as_deref(), NoticeTo::parse)?.unwrap_or(usual),
        deadline_at: time("deadline_at", new.deadline_at.as_deref())?,
        remark: new.remark,
        send: new.send,
    })
}

/// How many notices there are of each.
#[utoipa::path(get, path = "/api/notices/counts", tag = "notices", responses((status = 200, body = NoticeCounts)))]
async fn counts(State(app): State<App>, asker: Asker) -> Result<axum::Json<NoticeCounts>, Problem> {
    Ok(axum::Json(app.platform.notice_counts(&asker.ask).await?.into()))
}

/// One notice: its text, the chain of those who were told and their receipts, every step. The first look is noted.
#[utoipa::path(get, path = "/api/notices/{id}", tag = "notices", params(("id" = Uuid, Path)), responses((status = 200, body = NoticeDetail)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<NoticeDetail>, Problem> {
    let found = app.platform.notice(&asker.ask, NoticeId(id)).await?;
    Ok(axum::Json(NoticeDetail::of(found, asker.ask.now)))
}

/// The alarms a notice is about, as they stand now, the longest overdue first.
#[utoipa::path(get, path = "/api/notices/{id}/alarms", tag = "notices", params(("id" = Uuid, Path), PageQuery), responses((status = 200, body = NoticedAlarmPage)))]
async fn alarms(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<NoticedAlarmPage>, Problem> {
    let found = app.platform.notice_alarms(&asker.ask, NoticeId(id), &page.ask()?).await?;
    let (access, now) = (asker.ask.access, asker.ask.now);
    Ok(axum::Json(NoticedAlarmPage::of(found, |one| NoticedAlarm::of(one, &access, now))))
}

/// Takes one step: sends a draft, replies, accepts, returns, takes to the level above, withdraws. The platform closes by itself.
#[utoipa::path(post, path = "/api/notices/{id}/steps", tag = "notices", params(("id" = Uuid, Path)), request_body = NoticeStepRequest, responses((status = 200, body = NoticeDetail)))]
async fn step(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NoticeStepRequest>,
) -> Result<axum::Json<NoticeDetail>, Problem> {
    let wish = NoticeStepWish {
        event: needed_word("event", &wanted.event, NoticeEvent::parse)?,
        version: wanted.version,
        words: wanted.words,
        deadline_at: time("deadline_at", wanted.deadline_at.as_deref())?,
    };
    let found = app.platform.step_notice(&asker.ask, NoticeId(id), &wish).await?;
    Ok(axum::Json(NoticeDetail::of(found, asker.ask.now)))
}

/// Signs for the asker's level: as the unit, or as an office through which the notice came. The first counts.
#[utoipa::path(post, path = "/api/notices/{id}/receipt", tag = "notices", params(("id" = Uuid, Path)), request_body = NewReceipt, responses((status = 200, body = NoticeDetail)))]
async fn sign(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewReceipt>,
) -> Result<axum::Json<NoticeDetail>, Problem> {
    let found = app.platform.sign_notice(&asker.ask, NoticeId(id), wanted.note.as_deref()).await?;
    Ok(axum::Json(NoticeDetail::of(found, asker.ask.now)))
}
