//! Questions and orders of an upper platform, handed on to the device that has the channel.

use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::Body;
use gb28181::manscdp::control::Command;
use gb28181::manscdp::outcome::Outcome;
use gb28181::manscdp::record_info::Recording;
use store::UpperPlatform;
use tracing::info;

use super::line::Act;
use super::tree::Shown;
use crate::audit::Object;
use crate::{Platform, PlatformError};

/// Asks the device and says what to answer; none where nothing is to be answered.
pub(super) async fn fulfil(
    platform: &Platform,
    upper: &UpperPlatform,
    (sn, about): (u64, CatalogId),
    shown: &Shown,
    body: Body,
) -> Act {
    let answered = match (shown.channel, &body) {
        (None, _) => Ok(None),
        (Some((_, at)), Body::DeviceControl(control)) => {
            order(platform, upper, at, shown, control.command.clone()).await
        }
        (Some((_, at)), Body::RecordInfoQuery(query)) => {
            let found = platform.find_recordings(at, (query.start, query.end)).await;
            let recordings = found.map(|found| found.recordings).unwrap_or_default();
            let ours = recordings.into_iter().map(|one| shown_recording(shown.gb_id, one)).collect();
            return Act::Recordings { sn, about, recordings: ours };
        }
        (Some((_, (device, channel))), _) => platform.inner.line.ask(device, channel, body).await,
    };
    match answered {
        Ok(body) => Act::Answer { sn, about, body },
        Err(error) => {
            info!(upper = upper.name, camera = shown.name, %error, "the device did not do what an upper platform wanted");
            Act::Answer { sn, about, body: None }
        }
    }
}

async fn order(
    platform: &Platform,
    upper: &UpperPlatform,
    (device, channel): (GbId, GbId),
    shown: &Shown,
    command: Command,
) -> Result<Option<Body>, PlatformError> {
    let is_answered = command.is_answered();
    if !matches!(command, Command::KeyFrame) {
        platform.audit_upper(upper, "camera_turn", shown, None).await?;
    }
    let done = platform.inner.line.order(device, channel, command).await;
    Ok(is_answered.then(|| Body::DeviceControlAnswer(Outcome::new(done.is_ok()))))
}

/// A recording under the digits that the upper platform knows.
fn shown_recording(gb_id: GbId, recording: Recording) -> Recording {
    Recording { device: Some(gb_id.into()), ..recording }
}

impl Platform {
    /// Writes down what an upper platform did with a camera. Turning it leaves one row for ten minutes, as with people.
    pub(super) async fn audit_upper(
        &self,
        upper: &UpperPlatform,
        action: &'static str,
        shown: &Shown,
        span: Option<String>,
    ) -> Result<(), PlatformError> {
        let object = Object {
            kind: "camera",
            id: Some(shown.camera.to_string()),
            name: Some(shown.name.clone()),
            unit_id: Some(shown.unit),
        };
        let ask = crate::Ask {
            address: Some(upper.address.clone()),
            ..crate::Ask::platform(self.surroundings().now())
        };
        let who = format!("上级平台 {} {}", upper.name, upper.server_gb_id);
        if action == "camera_turn" && !self.inner.cascade.is_new_turn((upper.id, shown.camera), ask.now) {
            return Ok(());
        }
        let detail = span.map_or_else(|| who.clone(), |span| format!("{who} {span}"));
        self.audit(&ask, action, object, "ok", Some(detail)).await
    }
}
