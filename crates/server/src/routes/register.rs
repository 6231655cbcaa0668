//! The register of units that should connect: versions, proposals, decisions.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::{RegisterChangeId, UnitId, UserId};
use domain::register::change::{ChangeKind, ChangeReason, ChangeState};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Query, needed_word, page_ask, word};
use crate::problem::Problem;
use crate::views::register::{
    ChangeNames, NewRegisterChange, RegisterChange, RegisterDecided, RegisterDecision, RegisterVersion,
};
use crate::views::{RegisterChangePage, RegisterVersionPage};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(versions)).routes(routes!(changes, propose)).routes(routes!(decide))
}

/// Versions of the register, newest first.
#[utoipa::path(get, path = "/api/register/versions", tag = "register", params(PageQuery), responses((status = 200, body = RegisterVersionPage)))]
async fn versions(
    State(app): State<App>,
    asker: Asker,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<RegisterVersionPage>, Problem> {
    let found = app.platform.register_versions(&asker.ask, &page.ask()?).await?;
    let people: Vec<UserId> = found.items.iter().filter_map(|version| version.approved_by).collect();
    let names = app.platform.display_names(&people).await?;
    Ok(axum::Json(RegisterVersionPage::of(found, |row| {
        let approved_by = row.approved_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        RegisterVersion::of(row, approved_by)
    })))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ChangeQuery {
    /// `proposed`, `approved` or `rejected`; absent: all.
    state: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Proposed changes of units within reach, last proposed first.
#[utoipa::path(get, path = "/api/register/changes", tag = "register", params(ChangeQuery), responses((status = 200, body = RegisterChangePage)))]
async fn changes(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<ChangeQuery>,
) -> Result<axum::Json<RegisterChangePage>, Problem> {
    let state = word("state", query.state.as_deref(), ChangeState::parse)?;
    let page = page_ask(query.limit, query.after.as_deref())?;
    let found = app.platform.register_changes(&asker.ask, state, &page).await?;
    let people = found.items.iter().flat_map(|change| [change.proposed_by, change.decided_by]);
    let people: Vec<UserId> = people.flatten().collect();
    let names = app.platform.display_names(&people).await?;
    let name = |id: Option<UserId>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    Ok(axum::Json(RegisterChangePage::of(found, |row| {
        let names = ChangeNames {
            proposed_by: name(row.proposed_by),
            decided_by: name(row.decided_by),
            own: row.proposed_by == asker.ask.access.user_id,
        };
        RegisterChange::of(row, names)
    })))
}

/// Proposes that a unit should count, or should no longer.
#[utoipa::path(post, path = "/api/register/changes", tag = "register", request_body = NewRegisterChange, responses((status = 201, body = RegisterChange)))]
async fn propose(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewRegisterChange>,
) -> Result<(StatusCode, axum::Json<RegisterChange>), Problem> {
    let kind = needed_word("kind", &wanted.kind, ChangeKind::parse)?;
    let reason = needed_word("reason", &wanted.reason, ChangeReason::parse)?;
    let note = wanted.note.filter(|note| !note.trim().is_empty());
    let unit_id = UnitId(wanted.unit_id);
    let row = app.platform.propose_register_change(&asker.ask, unit_id, kind, reason, note).await?;
    let proposed_by = asker.who.account.display_name;
    let names = ChangeNames { proposed_by, decided_by: String::new(), own: true };
    Ok((StatusCode::CREATED, axum::Json(RegisterChange::of(row, names))))
}

/// Approves or rejects changes, all or none. Approving makes one new version of the register; nobody decides an own proposal.
#[utoipa::path(post, path = "/api/register/changes/decide", tag = "register", request_body = RegisterDecision, responses((status = 200, body = RegisterDecided)))]
async fn decide(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<RegisterDecision>,
) -> Result<axum::Json<RegisterDecided>, Problem> {
    let ids: Vec<RegisterChangeId> = wanted.ids.into_iter().map(RegisterChangeId).collect();
    let note = wanted.note.filter(|note| !note.trim().is_empty());
    let version = app.platform.decide_register_changes(&asker.ask, &ids, wanted.approve, note).await?;
    Ok(axum::Json(RegisterDecided { version: version.map(|version| version.version) }))
}
