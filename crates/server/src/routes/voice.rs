//! Speaking through a channel.

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::ChannelId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::input::Path;
use crate::problem::Problem;
use crate::voice::{MESSAGE_BYTES_MAX, Speaking};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(speak))
}

/// WebSocket for a voice to the speaker of a channel: a text message `state` `calling`, then `speaking` when the device listens; from then on
/// the browser sends binary messages of 16-bit samples, little endian, 8 000 a second, of 4 096 bytes at most. `problem` says why the device
/// cannot be spoken to, `over` why the voice ended. Closing the connection ends it.
#[utoipa::path(get, path = "/api/channels/{id}/voice", tag = "streams", params(("id" = Uuid, Path)), responses((status = 101, description = "switching to WebSocket")))]
async fn speak(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<Uuid>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    // Whether the channel is the asker's is answered before whether this is a WebSocket; a device is notified only by one.
    let id = ChannelId(id);
    asker.ask.access.need(domain::role::Capability::SeeLive).map_err(platform::PlatformError::from)?;
    app.platform.channel(&asker.ask, id).await?;
    let upgrade =
        upgrade.map_err(|_| Problem::unreadable(StatusCode::UPGRADE_REQUIRED, "connect by WebSocket"))?;
    let seat = app.limits.voices.take(asker.who.account.id)?;
    let speaking = Speaking::new(app, asker, seat, id);
    Ok(upgrade
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .on_upgrade(move |socket| speaking.run(socket)))
}
