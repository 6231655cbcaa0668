//! Channels to the outside: how they fare, and trying a connection.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::door::Asker;
use crate::input::Path;
use crate::problem::Problem;
use crate::views::notification_channels::{
    ChannelTest, ChannelTests, NotificationChannel, NotificationChannels,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(test))
}

/// Every channel that is configured, and how it fares.
#[utoipa::path(get, path = "/api/notification-channels", tag = "system", responses((status = 200, body = NotificationChannels)))]
async fn list(State(app): State<App>, asker: Asker) -> Result<axum::Json<NotificationChannels>, Problem> {
    let found = app.platform.notification_channels(&asker.ask).await?;
    Ok(axum::Json(NotificationChannels { items: found.into_iter().map(NotificationChannel::from).collect() }))
}

/// Sends a test message, which says that it is one, to every address of a channel.
#[utoipa::path(post, path = "/api/notification-channels/{name}/test", tag = "system", params(("name" = String, Path)), responses((status = 200, body = ChannelTests)))]
async fn test(
    State(app): State<App>,
    asker: Asker,
    Path(name): Path<String>,
) -> Result<axum::Json<ChannelTests>, Problem> {
    let found = app.platform.test_channel(&asker.ask, &name).await?;
    Ok(axum::Json(ChannelTests { items: found.into_iter().map(ChannelTest::from).collect() }))
}
