//! Voices at the line: the device is notified, calls back, and whoever speaks is told what came of it.
//!
//! A dialog that stands is a row, because a device goes on listening until somebody says BYE, also when this process has died.

use std::net::IpAddr;

use domain::device::DialogPurpose;
use gb28181::id::GbId;
use gb28181::platform::{CommandError, VoiceEnd, VoiceId, VoiceOver, VoicePlan, VoiceStarted};
use tokio::sync::oneshot;
use tracing::warn;

use super::clerk::Note;
use super::line::Endpoint;

/// A voice that was asked for and is not over.
pub(super) struct Standing {
    device: GbId,
    target: GbId,
    dialog: Option<String>,
    answer: Option<oneshot::Sender<Result<Answered, VoiceEnd>>>,
    over: oneshot::Sender<VoiceEnd>,
}

/// A device that called back.
pub(super) struct Answered {
    pub(super) started: VoiceStarted,
    /// Where its connection for media may come from; none for a device whose address may change.
    pub(super) only_from: Option<IpAddr>,
}

/// Where the outcome is told, and later the end.
pub(super) type Waiting = (oneshot::Sender<Result<Answered, VoiceEnd>>, oneshot::Sender<VoiceEnd>);

impl Endpoint {
    pub(super) fn speak(
        &mut self,
        (device, target): (GbId, GbId),
        media_port: u16,
        (answer, over): Waiting,
    ) -> Result<VoiceId, CommandError> {
        let now = self.now();
        let plan = VoicePlan { device, target, media_host: self.media_host.clone(), media_port };
        let id = self.protocol.speak(now, &self.directory, plan, &mut self.effects)?;
        self.voices.insert(id, Standing { device, target, dialog: None, answer: Some(answer), over });
        Ok(id)
    }

    pub(super) fn stop_speaking(&mut self, id: VoiceId) {
        let now = self.now();
        self.protocol.stop_speaking(now, &self.directory, id, &mut self.effects);
    }

    pub(super) fn voice_started(&mut self, started: VoiceStarted) {
        let id = started.voice;
        let Some(standing) = self.voices.get_mut(&id) else { return };
        standing.dialog = Some(started.identity.call_id.clone());
        let (device, target, answer) = (standing.device, standing.target, standing.answer.take());
        let entry = self.directory.get(&device);
        let is_roaming = entry.is_some_and(|entry| entry.sort.profile.roaming);
        if let Some(entered) = entry.map(|entry| entry.id) {
            self.remember_dialog(entered, &target, DialogPurpose::Talk, &started.identity);
        }
        let only_from = (!is_roaming).then(|| started.identity.peer.address.ip().to_canonical());
        let answered = Answered { started, only_from };
        if answer.is_none_or(|answer| answer.send(Ok(answered)).is_err()) {
            // Nobody wants to speak any more.
            self.stop_speaking(id);
        }
    }

    pub(super) fn voice_over(&mut self, id: VoiceId, over: VoiceOver) {
        let Some(standing) = self.voices.remove(&id) else { return };
        match (over.unconfirmed, standing.dialog) {
            (Some(identity), _) => {
                warn!(device = %standing.device, "the end of a voice was not confirmed; it is said again when the device is back");
                self.facts.unhealed.entry(standing.device).or_default().push(*identity);
            }
            (None, Some(call_id)) => self.tray.note(Note::DialogOver(call_id)),
            (None, None) => {}
        }
        // Whoever waited may have gone.
        let _ = match standing.answer {
            Some(answer) => answer.send(Err(over.reason)).is_ok(),
            None => standing.over.send(over.reason).is_ok(),
        };
    }
}
