//! Signing in, seeing who one is, changing the password, signing out.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use platform::people::SignedIn;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::cookie;
use crate::door::{Asker, Visitor};
use crate::input::Json;
use crate::problem::Problem;
use crate::views::people::{LogIn, Me, OneTime, PasswordChange};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, who_am_i, sign_out))
        .routes(routes!(sign_in_once))
        .routes(routes!(change_password))
}

/// An answer that carries a fresh session: the person, and the cookie.
pub fn signed_in(app: &App, status: StatusCode, now: Timestamp, session: &SignedIn) -> Response {
    let me = Me::of(&session.who, app.platform.is_demo());
    let given = cookie::give(&session.token, now, session.who.expires_at);
    (status, [(header::SET_COOKIE, given)], axum::Json(me)).into_response()
}

/// Signs in by name and password. A wrong name and a wrong password are answered alike.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = LogIn, responses((status = 200, body = Me)))]
async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    Json(sent): Json<LogIn>,
) -> Result<Response, Problem> {
    app.limits.sign_in(visitor.peer.0, &sent.login_name)?;
    let session = app.platform.sign_in(&visitor.ask, &sent.login_name, sent.password, &visitor.agent).await?;
    Ok(signed_in(&app, StatusCode::OK, visitor.ask.now, &session))
}

/// Signs in by a link that works once.
#[utoipa::path(post, path = "/api/session/one-time", tag = "session", request_body = OneTime, responses((status = 200, body = Me)))]
async fn sign_in_once(
    State(app): State<App>,
    visitor: Visitor,
    Json(sent): Json<OneTime>,
) -> Result<Response, Problem> {
    app.limits.one_time(visitor.peer.0)?;
    let session = app.platform.sign_in_once(&visitor.ask, &sent.token, &visitor.agent).await?;
    Ok(signed_in(&app, StatusCode::OK, visitor.ask.now, &session))
}

/// Who is signed in, and what the person may do.
#[utoipa::path(get, path = "/api/session", tag = "session", responses((status = 200, body = Me)))]
async fn who_am_i(State(app): State<App>, asker: Asker) -> axum::Json<Me> {
    axum::Json(Me::of(&asker.who, app.platform.is_demo()))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/session", tag = "session", responses((status = 204)))]
async fn sign_out(State(app): State<App>, asker: Asker) -> Result<Response, Problem> {
    app.platform.sign_out(&asker.ask, &asker.who).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::take())]).into_response())
}

/// Changes the own password. Every session of the person ends; this browser gets a fresh one.
#[utoipa::path(post, path = "/api/session/password", tag = "session", request_body = PasswordChange, responses((status = 204)))]
async fn change_password(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    Json(sent): Json<PasswordChange>,
) -> Result<Response, Problem> {
    // Guessing the present password from a stolen session is braked like signing in.
    app.limits.sign_in(visitor.peer.0, &asker.who.account.login_name)?;
    app.platform.change_password(&asker.ask, &asker.who, sent.old, sent.new.clone()).await?;
    let name = &asker.who.account.login_name;
    let session = app.platform.sign_in(&visitor.ask, name, sent.new, &visitor.agent).await?;
    let given = cookie::give(&session.token, visitor.ask.now, session.who.expires_at);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, given)]).into_response())
}
