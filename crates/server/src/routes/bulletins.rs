//! Bulletins: writing, settings, approval, publication, documents.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::bulletin::Settings;
use domain::bulletin::life::BulletinState;
use domain::ids::{BulletinId, UserId};
use platform::bulletins::{BulletinDetail, Document, DocumentFormat, Paper};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::figures::snapshot_key;
use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, Path, Query, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::BulletinRowPage;
use crate::views::bulletins::{
    AnnexRows, Bulletin, BulletinRow, ChangedSettings, Names, NewApproval, NewBulletin,
};

/// Rows of an annex in one answer.
const ANNEX_ROWS: usize = 200;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, write))
        .routes(routes!(defaults))
        .routes(routes!(detail, withdraw))
        .routes(routes!(change))
        .routes(routes!(annex))
        .routes(routes!(document))
        .routes(routes!(approve))
        .routes(routes!(publish))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct BulletinQuery {
    /// `draft`, `consulting`, `approved`, `published` or `withdrawn`; absent: all.
    state: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Bulletins, newest first: all for the province, for others what was sent to them or asked of them.
#[utoipa::path(get, path = "/api/bulletins", tag = "bulletins", params(BulletinQuery), responses((status = 200, body = BulletinRowPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<BulletinQuery>,
) -> Result<axum::Json<BulletinRowPage>, Problem> {
    let state = word("state", query.state.as_deref(), BulletinState::parse)?;
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.bulletins(&asker.ask, state, &page).await?;
    let people: Vec<UserId> = found.items.iter().filter_map(|row| row.created_by).collect();
    let names = app.platform.display_names(&people).await?;
    Ok(axum::Json(BulletinRowPage::of(found, |row| BulletinRow::of(row, &names))))
}

/// Writes a draft from a snapshot.
#[utoipa::path(post, path = "/api/bulletins", tag = "bulletins", request_body = NewBulletin, responses((status = 201, body = Bulletin)))]
async fn write(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewBulletin>,
) -> Result<(StatusCode, axum::Json<Bulletin>), Problem> {
    let snapshot = snapshot_key(&wanted.snapshot_id)?;
    let compared =
        wanted.compare_snapshot_id.as_deref().filter(|id| !id.is_empty()).map(snapshot_key).transpose()?;
    let settings = wanted.settings.unwrap_or_default();
    let id = app.platform.new_bulletin(&asker.ask, snapshot, compared, settings).await?;
    Ok((StatusCode::CREATED, shown(&app, &asker, id).await?))
}

/// What a bulletin is written with where nobody decides otherwise.
#[utoipa::path(get, path = "/api/bulletins/settings", tag = "bulletins", responses((status = 200, body = Object)))]
async fn defaults(State(app): State<App>, asker: Asker) -> Result<axum::Json<Settings>, Problem> {
    Ok(axum::Json(app.platform.bulletin_defaults(&asker.ask)?))
}

/// One bulletin with its text, every printed figure, and what the asker may do now. A party's first look is remembered.
#[utoipa::path(get, path = "/api/bulletins/{id}", tag = "bulletins", params(("id" = Uuid, Path)), responses((status = 200, body = Bulletin)))]
async fn detail(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Bulletin>, Problem> {
    shown(&app, &asker, BulletinId(id)).await
}

/// Writes a draft anew from the same snapshot; the text before stays as a revision. Absent settings go back to their defaults.
#[utoipa::path(put, path = "/api/bulletins/{id}/settings", tag = "bulletins", params(("id" = Uuid, Path)), request_body = ChangedSettings, responses((status = 200, body = Bulletin)))]
async fn change(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(mut body): Json<Map<String, Value>>,
) -> Result<axum::Json<Bulletin>, Problem> {
    let version = body.remove("version").and_then(|version| version.as_i64());
    let version =
        version.ok_or_else(|| Problem::field("version", "required", "the version that was read"))?;
    let settings: Settings = serde_json::from_value(Value::Object(body))
        .map_err(|error| Problem::field("settings", "invalid", error.to_string()))?;
    app.platform.change_bulletin_settings(&asker.ask, BulletinId(id), version, settings).await?;
    shown(&app, &asker, BulletinId(id)).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WithdrawQuery {
    /// Why; needed once the bulletin is approved.
    reason: Option<String>,
}

/// Takes a bulletin back. Nothing is removed: its archive and its number stay.
#[utoipa::path(delete, path = "/api/bulletins/{id}", tag = "bulletins", params(("id" = Uuid, Path), WithdrawQuery), responses((status = 204)))]
async fn withdraw(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<WithdrawQuery>,
) -> Result<StatusCode, Problem> {
    app.platform.withdraw_bulletin(&asker.ask, BulletinId(id), query.reason.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AnnexQuery {
    /// `next` of the rows before.
    after: Option<String>,
}

/// Rows of an annex, 200 at a time.
#[utoipa::path(get, path = "/api/bulletins/{id}/annexes/{number}", tag = "bulletins", params(("id" = Uuid, Path), ("number" = u32, Path), AnnexQuery), responses((status = 200, body = AnnexRows)))]
async fn annex(
    State(app): State<App>,
    asker: Asker,
    Path((id, number)): Path<(Uuid, u32)>,
    Query(query): Query<AnnexQuery>,
) -> Result<axum::Json<AnnexRows>, Problem> {
    let after = match query.after.as_deref().filter(|after| !after.is_empty()) {
        Some(after) => {
            after.parse().map_err(|_| Problem::field("after", "invalid", "`next` of the rows before"))?
        }
        None => 0,
    };
    let (annex, percent) = app.platform.bulletin_annex(&asker.ask, BulletinId(id), number).await?;
    Ok(axum::Json(AnnexRows::of(annex, percent, after, ANNEX_ROWS)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DocumentQuery {
    /// `docx`, `pdf`, `xlsx`, `json` (the sealed form) or `text`.
    format: String,
    /// True: filled into the customer's red-head template (docx only).
    template: Option<bool>,
}

/// A document of a bulletin, as an attachment.
#[utoipa::path(get, path = "/api/bulletins/{id}/document", tag = "bulletins", params(("id" = Uuid, Path), DocumentQuery), responses((status = 200, description = "The document", content_type = "application/octet-stream", body = Vec<u8>)))]
async fn document(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<DocumentQuery>,
) -> Result<Response, Problem> {
    let format = needed_word("format", &query.format, DocumentFormat::parse)?;
    let paper = if query.template.unwrap_or(false) { Paper::TemplateInForce } else { Paper::Plain };
    let printed = app.platform.bulletin_document(&asker.ask, BulletinId(id), format, paper).await?;
    Ok(attachment(printed))
}

/// Approves as the second person: gives number and date, and signs. 409 with findings or objections left and no reason for overriding.
#[utoipa::path(post, path = "/api/bulletins/{id}/approve", tag = "bulletins", params(("id" = Uuid, Path)), request_body = NewApproval, responses((status = 200, body = Bulletin)))]
async fn approve(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewApproval>,
) -> Result<axum::Json<Bulletin>, Problem> {
    let reason = wanted.override_reason.as_deref();
    app.platform.approve_bulletin(&asker.ask, BulletinId(id), wanted.version, reason).await?;
    shown(&app, &asker, BulletinId(id)).await
}

/// Sends an approved bulletin to its addressees.
#[utoipa::path(post, path = "/api/bulletins/{id}/publish", tag = "bulletins", params(("id" = Uuid, Path)), responses((status = 200, body = Bulletin)))]
async fn publish(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<Bulletin>, Problem> {
    app.platform.publish_bulletin(&asker.ask, BulletinId(id)).await?;
    shown(&app, &asker, BulletinId(id)).await
}

/// The bulletin as the asker sees it now.
pub async fn shown(app: &App, asker: &Asker, id: BulletinId) -> Result<axum::Json<Bulletin>, Problem> {
    let detail = app.platform.bulletin(&asker.ask, id).await?;
    let names = names_in(app, &detail).await?;
    Ok(axum::Json(Bulletin::of(detail, &names)))
}

async fn names_in(app: &App, detail: &BulletinDetail) -> Result<Names, Problem> {
    let mut people = vec![detail.row.created_by];
    people.extend(detail.seal.iter().map(|seal| Some(seal.approved_by)));
    people.extend(detail.steps.iter().map(|step| step.actor_id));
    let objections = detail.consultation.iter().flat_map(|round| &round.objections);
    people.extend(objections.map(|objection| objection.by_id));
    let people: Vec<UserId> = people.into_iter().flatten().collect();
    Ok(app.platform.display_names(&people).await?)
}

/// A file to save under its own name (RFC 6266, RFC 8187).
pub(super) fn attachment(document: Document) -> Response {
    let mut encoded = String::new();
    for byte in document.file_name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'.' {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    let name = format!("attachment; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(document.content_type)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, document.bytes).into_response()
}
