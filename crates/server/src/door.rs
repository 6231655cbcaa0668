//! The door of `/api`: closed unless a route is on the short list of public ones.
//!
//! Everything else needs a live session, and whatever changes something must come from our own origin. What the person behind the
//! session may do, and to which rows, is decided by the desks, not here.

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, Method};
use axum::middleware::Next;
use axum::response::Response;
use domain::access::Access;
use platform::people::Who;
use platform::{Ask, Platform};

use crate::app::App;
use crate::peer::Peer;
use crate::problem::Problem;
use crate::request::RequestId;
use crate::{cookie, origin};

/// Operations that need no session. A test walks every other one and expects 401.
pub const PUBLIC: [(Method, &str); 14] = [
    (Method::GET, "/api/health"),
    (Method::GET, "/api/setup"),
    (Method::POST, "/api/setup"),
    (Method::POST, "/api/session"),
    (Method::POST, "/api/session/one-time"),
    (Method::GET, "/api/openapi.json"),
    (Method::GET, "/api/verify/{key}"),
    (Method::POST, "/api/verify"),
    (Method::GET, "/api/verify/keys"),
    // The token in the path is the proof: devices have no session.
    (Method::POST, "/api/device-uploads/{token}"),
    // An organisation applies before anybody knows it; what it sends is bounded, and its receipt is the proof.
    (Method::GET, "/api/organisation-applications/regions"),
    (Method::POST, "/api/organisation-applications"),
    (Method::POST, "/api/organisation-applications/own"),
    (Method::PUT, "/api/organisation-applications/own"),
];

/// A signed-in person's request, ready for a desk.
#[derive(Clone)]
pub struct Asker {
    /// The person.
    pub who: Who,
    /// The request as the desks take it.
    pub ask: Ask,
    /// The session's token, for streams that check it again.
    pub token: String,
}

/// A request of somebody who is not signed in yet.
#[derive(Clone)]
pub struct Visitor {
    /// The request as the desks take it. Its access is the platform's own, because nobody is known yet: it goes only to desks that
    /// sign somebody in or set the platform up, which check a secret first, and to applications, which read nothing with it.
    pub ask: Ask,
    /// Address of the caller.
    pub peer: Peer,
    /// What the browser calls itself.
    pub agent: String,
}

/// Lets a request through, or answers why not.
pub async fn pass(State(app): State<App>, mut request: Request, next: Next) -> Result<Response, Problem> {
    let token = cookie::token(request.headers());
    origin::check(request.method(), request.headers(), token.is_some())?;
    if !is_public(&request) {
        let token = token.ok_or_else(Problem::not_signed_in)?;
        let now = app.platform.surroundings().now();
        let who = app.platform.who(&token, now).await?;
        let ask = ask_of(&app.platform, who.access, request.extensions());
        request.extensions_mut().insert(Asker { who, ask, token });
    }
    Ok(next.run(request).await)
}

/// No such path.
pub async fn unknown_path() -> Problem {
    Problem::not_found()
}

/// No such method on this path.
pub async fn wrong_method() -> Problem {
    Problem::wrong_method()
}

fn is_public(request: &Request) -> bool {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    // HEAD is answered by the handler of GET.
    let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
    PUBLIC.iter().any(|(public, at)| public == method && Some(*at) == path)
}

fn ask_of(platform: &Platform, access: Access, extensions: &Extensions) -> Ask {
    Ask {
        access,
        now: platform.surroundings().now(),
        request_id: extensions.get::<RequestId>().map(|id| id.0.clone()),
        address: extensions.get::<Peer>().map(|peer| peer.0.to_string()),
    }
}

impl FromRequestParts<App> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::not_signed_in)
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<Peer>().copied().ok_or_else(Problem::internal)?;
        let agent = parts.headers.get(axum::http::header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            ask: ask_of(&app.platform, Access::PLATFORM, &parts.extensions),
            peer,
            agent: agent.unwrap_or_default().to_owned(),
        })
    }
}
