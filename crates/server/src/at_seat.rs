//! Requests that come from a seat: signed by the key of a browser that is bound to a duty room, beside the session of whoever sits there.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use domain::role::Capability;
use platform::duty::SeatProof;
use platform::rows::Seat;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::door::Asker;
use crate::problem::Problem;

/// The header with the proof: `<seat>.<milliseconds>.<signature>`.
pub const SEAT_HEADER: &str = "x-watchfire-seat";
/// Largest body of a request from a seat.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// A request from a seat.
pub struct AtSeat {
    /// Who sits there.
    pub asker: Asker,
    /// The seat, proved.
    pub seat: Seat,
    body: Vec<u8>,
}

impl AtSeat {
    /// The body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Problem::field("body", "unreadable", error.to_string()))
    }
}

impl FromRequest<App> for AtSeat {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let asker = Asker::from_request_parts(&mut parts, app).await?;
        asker.ask.access.need(Capability::SitAtSeat).map_err(platform::PlatformError::from)?;
        let body = to_bytes(body, BODY_BYTES_MAX)
            .await
            .map_err(|_| Problem::field("body", "too_long", "at most 64 KiB from a seat"))?;
        let header = parts.headers.get(SEAT_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let path = parts.uri.path_and_query().map_or("", axum::http::uri::PathAndQuery::as_str);
        let proof = SeatProof::read(header, parts.method.as_str(), path, &body).ok_or_else(|| {
            Problem::field(
                "seat",
                "unbound",
                "this request carries no proof of a seat that is bound to a duty room",
            )
        })?;
        let seat = app.platform.seat(&proof, asker.ask.now).await?;
        Ok(Self { asker, seat, body: body.into() })
    }
}
