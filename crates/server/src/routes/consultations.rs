//! Consultation rounds, receipts and the inbox: what an addressee does with a bulletin.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{BulletinId, ObjectionId, UserId};
use platform::rows::Page;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::bulletins::shown;
use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query};
use crate::problem::Problem;
use crate::views::bulletins::{Bulletin, InboxEntry, Receipt};
use crate::views::consultations::{Consultation, NewConsultation, NewObjection, NewReply};
use crate::views::{InboxPage, ReceiptPage};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(open, round, end))
        .routes(routes!(agree))
        .routes(routes!(object))
        .routes(routes!(reply))
        .routes(routes!(receive))
        .routes(routes!(receipts))
        .routes(routes!(inbox))
}

/// Sends a draft to the parties it names.
#[utoipa::path(post, path = "/api/bulletins/{id}/consultation", tag = "bulletins", params(("id" = Uuid, Path)), request_body = NewConsultation, responses((status = 200, body = Bulletin)))]
async fn open(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewConsultation>,
) -> Result<axum::Json<Bulletin>, Problem> {
    app.platform.open_consultation(&asker.ask, BulletinId(id), wanted.hours).await?;
    shown(&app, &asker, BulletinId(id)).await
}

/// The last round.
#[utoipa::path(get, path = "/api/bulletins/{id}/consultation", tag = "bulletins", params(("id" = Uuid, Path)), responses((status = 200, body = Consultation)))]
async fn round(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Consultation>, Problem> {
    let round = app.platform.consultation(&asker.ask, BulletinId(id)).await?;
    let people: Vec<UserId> = round.objections.iter().filter_map(|one| one.by_id).collect();
    let names = app.platform.display_names(&people).await?;
    Ok(axum::Json(Consultation::of(round, &names)))
}

/// Ends a round in which everybody has answered.
#[utoipa::path(delete, path = "/api/bulletins/{id}/consultation", tag = "bulletins", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn end(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.end_consultation(&asker.ask, BulletinId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The asker's office has nothing to object.
#[utoipa::path(post, path = "/api/bulletins/{id}/consultation/agree", tag = "bulletins", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn agree(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.agree(&asker.ask, BulletinId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The id of what was made.
#[derive(Debug, Serialize, ToSchema)]
struct Made {
    id: Uuid,
}

/// The asker's office objects.
#[utoipa::path(post, path = "/api/bulletins/{id}/objections", tag = "bulletins", params(("id" = Uuid, Path)), request_body = NewObjection, responses((status = 201, body = Made)))]
async fn object(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewObjection>,
) -> Result<(StatusCode, axum::Json<Made>), Problem> {
    let objection = platform::bulletins::NewObjection {
        figure_id: wanted.figure_id,
        paragraph: wanted.paragraph,
        words: wanted.text,
        evidence_note: wanted.evidence_note,
    };
    let id = app.platform.object(&asker.ask, BulletinId(id), objection).await?;
    Ok((StatusCode::CREATED, axum::Json(Made { id: id.0 })))
}

/// Answers an objection, once.
#[utoipa::path(post, path = "/api/bulletins/{id}/objections/{objection_id}/reply", tag = "bulletins", params(("id" = Uuid, Path), ("objection_id" = Uuid, Path)), request_body = NewReply, responses((status = 204)))]
async fn reply(
    State(app): State<App>,
    asker: Asker,
    Path((id, objection_id)): Path<(Uuid, Uuid)>,
    Json(wanted): Json<NewReply>,
) -> Result<StatusCode, Problem> {
    let (id, objection) = (BulletinId(id), ObjectionId(objection_id));
    app.platform.reply_objection(&asker.ask, id, objection, wanted.accepted, &wanted.text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Confirms that the asker's office has read a published bulletin.
#[utoipa::path(post, path = "/api/bulletins/{id}/receipt", tag = "bulletins", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn receive(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.receive_bulletin(&asker.ask, BulletinId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deliveries with their receipts; an addressee sees its own.
#[utoipa::path(get, path = "/api/bulletins/{id}/receipts", tag = "bulletins", params(("id" = Uuid, Path)), responses((status = 200, body = ReceiptPage)))]
async fn receipts(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<ReceiptPage>, Problem> {
    let found = app.platform.receipts(&asker.ask, BulletinId(id)).await?;
    let people: Vec<UserId> = found.iter().filter_map(|one| one.read_by).collect();
    let names = app.platform.display_names(&people).await?;
    let page = Page { items: found, next: None };
    Ok(axum::Json(ReceiptPage::of(page, |one| Receipt::of(one, &names))))
}

/// What was sent to the asker's office: drafts to answer, bulletins to read; newest first.
#[utoipa::path(get, path = "/api/inbox", tag = "bulletins", params(PageQuery), responses((status = 200, body = InboxPage)))]
async fn inbox(
    State(app): State<App>,
    asker: Asker,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<InboxPage>, Problem> {
    let found = app.platform.inbox(&asker.ask, &page.ask()?).await?;
    Ok(axum::Json(InboxPage::of(found, InboxEntry::from)))
}
