//! Recordings that lie at devices: searching them, and playing one.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::ChannelId;
use domain::recording::LookupReason;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::{Path, Query, needed_word, time};
use crate::live::CALLER_BYTES_MAX;
use crate::playback::Showing;
use crate::problem::Problem;
use crate::views::channels::Recordings;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(play))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SpanQuery {
    /// Beginning.
    from: String,
    /// End.
    to: String,
    /// Why, a word of the dictionary.
    reason: String,
    /// Said in words; some reasons need it.
    note: Option<String>,
}

impl SpanQuery {
    fn ask(&self) -> Result<(Timestamp, Timestamp), Problem> {
        let needed = |field: &str, value: &str| {
            time(field, Some(value))?.ok_or_else(|| Problem::field(field, "missing", "a time is needed"))
        };
        Ok((needed("from", &self.from)?, needed("to", &self.to)?))
    }

    fn why(&self) -> Result<(LookupReason, Option<&str>), Problem> {
        Ok((needed_word("reason", &self.reason, LookupReason::parse)?, self.note.as_deref()))
    }
}

/// Recordings of a channel between two times, asked from its device now. Leaves a row in the register of look-ups.
#[utoipa::path(get, path = "/api/channels/{id}/recordings", tag = "devices", params(("id" = Uuid, Path), SpanQuery), responses((status = 200, body = Recordings)))]
async fn search(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<SpanQuery>,
) -> Result<axum::Json<Recordings>, Problem> {
    let found = app.platform.recordings(&asker.ask, ChannelId(id), query.ask()?, query.why()?).await?;
    Ok(axum::Json(found.into()))
}

/// WebSocket with a recording: a text message `init`, then fragmented MP4; `state` on trouble, `ended` at the end. The browser may say
/// `{"order":"pause"}`, `{"order":"resume"}`, `{"order":"speed","speed":2}` and `{"order":"seek","at":…}`, each answered by `ordered` or
/// `problem`. Leaves a row in the register of look-ups.
#[utoipa::path(get, path = "/api/channels/{id}/playback", tag = "streams", params(("id" = Uuid, Path), SpanQuery), responses((status = 101, description = "switching to WebSocket")))]
async fn play(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    Query(query): Query<SpanQuery>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    // Whether the channel is the asker's is answered before whether this is a WebSocket; a device is called only by one.
    let id = ChannelId(id);
    asker.ask.access.need(domain::role::Capability::SeeRecordings).map_err(platform::PlatformError::from)?;
    let channel = app.platform.channel(&asker.ask, id).await?;
    let device = app.platform.device(&asker.ask, channel.device_id).await?;
    let upgrade =
        upgrade.map_err(|_| Problem::unreadable(StatusCode::UPGRADE_REQUIRED, "connect by WebSocket"))?;
    let seat = app.limits.live.take(asker.who.account.id)?;
    let playback = app.platform.play_back(&asker.ask, id, query.ask()?, query.why()?).await?;
    let showing = Showing::new(app, asker, seat, (id, device.row.device.simulated), playback);
    Ok(upgrade
        .max_message_size(CALLER_BYTES_MAX)
        .max_frame_size(CALLER_BYTES_MAX)
        .on_upgrade(move |socket| showing.run(socket)))
}
