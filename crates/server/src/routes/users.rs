//! Accounts, for the security administrator.

use axum::extract::State;
use axum::http::StatusCode;
use domain::access::Scope;
use domain::ids::{OrganisationId, RegionId, UnitId, UserId};
use domain::role::Role;
use platform::people::NewAccount;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Json, PageQuery, Path, Query, needed_word};
use crate::problem::Problem;
use crate::views::UserPage;
use crate::views::people::{CreatedUser, NewUser, OneTimeLink, User};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(reset)).routes(routes!(disable))
}

/// All accounts.
#[utoipa::path(get, path = "/api/users", tag = "users", params(PageQuery), responses((status = 200, body = UserPage)))]
async fn list(
    State(app): State<App>,
    asker: Asker,
    Query(page): Query<PageQuery>,
) -> Result<axum::Json<UserPage>, Problem> {
    let found = app.platform.accounts(&asker.ask, &page.ask()?).await?;
    let mut names = Vec::with_capacity(found.items.len());
    for account in &found.items {
        names.push(app.platform.scope_name(&asker.ask, &account.scope).await?);
    }
    let mut names = names.into_iter();
    Ok(axum::Json(UserPage::of(found, |account| User::of(account, names.next().unwrap_or_default()))))
}

/// Creates an account without password, and the link by which its person signs in first.
#[utoipa::path(post, path = "/api/users", tag = "users", request_body = NewUser, responses((status = 201, body = CreatedUser)))]
async fn create(
    State(app): State<App>,
    asker: Asker,
    Json(wanted): Json<NewUser>,
) -> Result<(StatusCode, axum::Json<CreatedUser>), Problem> {
    let role = needed_word("role", &wanted.role, Role::parse)?;
    let scope = needed_word("scope_kind", &wanted.scope_kind, |kind| match kind {
        "region" => Some(Scope::Region(RegionId(wanted.scope_id))),
        "unit" => Some(Scope::Unit(UnitId(wanted.scope_id))),
        "organisation" => Some(Scope::Organisation(OrganisationId(wanted.scope_id))),
        _ => None,
    })?;
    let new = NewAccount { login_name: wanted.login_name, display_name: wanted.display_name, role, scope };
    let (account, link) = app.platform.create_account(&asker.ask, &new).await?;
    let scope_name = app.platform.scope_name(&asker.ask, &account.scope).await?;
    let link = OneTimeLink::from(link);
    let created = CreatedUser {
        user: User::of(account, scope_name),
        one_time_token: link.one_time_token,
        expires_at: link.expires_at,
    };
    Ok((StatusCode::CREATED, axum::Json(created)))
}

/// Ends every session of a person and makes a new link.
#[utoipa::path(post, path = "/api/users/{id}/reset", tag = "users", params(("id" = Uuid, Path)), responses((status = 200, body = OneTimeLink)))]
async fn reset(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<OneTimeLink>, Problem> {
    let link = app.platform.reset_account(&asker.ask, UserId(id)).await?;
    Ok(axum::Json(link.into()))
}

/// Disables an account and ends its sessions.
#[utoipa::path(post, path = "/api/users/{id}/disable", tag = "users", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn disable(State(app): State<App>, asker: Asker, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    app.platform.disable_account(&asker.ask, UserId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
