//! Contacts: where the signed-in person is told besides the console. Everybody's own, and nobody else's.

use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::PushBrowserId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::{Asker, Visitor};
use crate::input::{Json, Path};
use crate::problem::Problem;
use crate::views::contacts::{BrowserContact, ContactBrowser, Contacts, MailContact};
use crate::views::notification_channels::ChannelTest;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(own))
        .routes(routes!(set_mail))
        .routes(routes!(add_browser))
        .routes(routes!(drop_browser))
        .routes(routes!(test_browser))
}

/// Where the signed-in person is told besides the console.
#[utoipa::path(get, path = "/api/contacts", tag = "session", responses((status = 200, body = Contacts)))]
async fn own(State(app): State<App>, asker: Asker) -> Result<axum::Json<Contacts>, Problem> {
    Ok(axum::Json(app.platform.contacts(&asker.ask).await?.into()))
}

/// Sets the own mail address, or takes it away.
#[utoipa::path(put, path = "/api/contacts/mail", tag = "session", request_body = MailContact, responses((status = 204)))]
async fn set_mail(
    State(app): State<App>,
    asker: Asker,
    Json(sent): Json<MailContact>,
) -> Result<StatusCode, Problem> {
    app.platform.set_mail(&asker.ask, sent.mail.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells the person in this browser from now on, by its push service. One that is known changes hands. 404 where web push is switched off.
#[utoipa::path(post, path = "/api/contacts/browsers", tag = "session", request_body = BrowserContact, responses((status = 201, body = ContactBrowser)))]
async fn add_browser(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    Json(sent): Json<BrowserContact>,
) -> Result<(StatusCode, axum::Json<ContactBrowser>), Problem> {
    let kept = app.platform.add_browser(&asker.ask, sent.named(visitor.agent)).await?;
    Ok((StatusCode::CREATED, axum::Json(kept.into())))
}

/// Tells the person in this browser no more.
#[utoipa::path(delete, path = "/api/contacts/browsers/{id}", tag = "session", params(("id" = Uuid, Path)), responses((status = 204)))]
async fn drop_browser(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    app.platform.drop_browser(&asker.ask, PushBrowserId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a test message, which says that it is one, to a browser of the person's.
#[utoipa::path(post, path = "/api/contacts/browsers/{id}/test", tag = "session", params(("id" = Uuid, Path)), responses((status = 200, body = ChannelTest)))]
async fn test_browser(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
) -> Result<axum::Json<ChannelTest>, Problem> {
    app.limits.push_test(asker.who.account.id)?;
    Ok(axum::Json(app.platform.test_browser(&asker.ask, PushBrowserId(id)).await?.into()))
}
