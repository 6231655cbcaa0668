//! Handing in: what a look showed goes to the alarm desk, and the pictures it rests on are kept.

use std::sync::Arc;
use std::time::Duration;

use domain::alarm::inhibition::Why;
use domain::alarm::{Alarm, AlarmCode};
use domain::ids::{AlarmId, CameraId};
use domain::zone::Zone;
use jiff::Timestamp;
use media::{CameraStream, Frame};
use store::{AlarmBlobKind, AlarmBox, CameraRecord, Raised};
use tracing::{info, warn};
use vision::{Certainty, Condition, Observation, Rect};

use super::conditions::{ConditionStep, code_of, words_of};
use super::disbelief::inhibits;
use super::infrared::InfraredStep;
use super::presence::PresenceStep;
use super::stills::{frame_jpeg, key_frame_jpeg};
use super::zones::ZoneStep;
use crate::alarms::Sight;
use crate::{Platform, PlatformError};

/// The look that something is handed in from.
pub(super) struct HandIn<'a> {
    pub(super) platform: &'a Platform,
    pub(super) camera: &'a CameraRecord,
    /// The main stream, of which clips are cut.
    pub(super) stream: &'a Arc<CameraStream>,
    /// The stream that was looked at.
    pub(super) pictures: &'a Arc<CameraStream>,
    pub(super) frame: &'a Arc<Frame>,
    /// What is wrong with the camera's pictures.
    pub(super) faults: Vec<AlarmCode>,
}

impl HandIn<'_> {
    /// Fire or smoke; a suspicion is no alarm. `inhibited`: why this camera is not believed.
    pub(super) async fn observation(&self, observation: Observation, inhibited: Option<Why>) {
        if observation.certainty != Certainty::Confirmed {
            return;
        }
        let now = self.platform.inner.surroundings.now();
        let raised = self.platform.raise_observed(self.camera, &observation, inhibited, now).await;
        if let Some(alarm) = self.logged(raised, now) {
            let platform = self.platform.clone();
            let (stream, at_us) = (Arc::clone(self.stream), self.frame.received_at_us);
            // Boxes are kept as numbers beside the picture, so that evidence stays as the camera sent it.
            let picture = observation.evidence.plain_jpeg;
            let tasks = &self.platform.inner.tasks;
            tasks
                .spawn(async move { keep_evidence(&platform, alarm, (&stream, at_us), Some(picture)).await });
        }
    }

    /// What a zone became.
    pub(super) async fn zone(&self, step: ZoneStep) {
        match step {
            ZoneStep::Blocked { zone, since, at } => {
                let Some(code) = zone.kind.alarm() else { return };
                let boxes = vec![box_of(&zone)];
                self.sight(Sight { code, since, told_at: at, boxes, note: Some(zone.name) }).await;
            }
            ZoneStep::Cleared(code) => self.clear(code).await,
        }
    }

    /// What the people of a duty room became.
    pub(super) async fn presence(&self, step: PresenceStep) {
        match step {
            PresenceStep::Told { code, since, at, place, note } => {
                let boxed = |Rect { x, y, w, h }| AlarmBox { x, y, w, h, label: "person".to_owned() };
                let boxes = place.map(boxed).into_iter().collect();
                self.sight(Sight { code, since, told_at: at, boxes, note: Some(note) }).await;
            }
            PresenceStep::Cleared(code, cameras) => {
                for camera in cameras {
                    self.clear_of(camera, code).await;
                }
            }
        }
    }

    /// Whether the camera sees by infrared at noon.
    pub(super) async fn infrared(&self, step: InfraredStep) {
        match step {
            InfraredStep::Stuck { since, at } => {
                let note = Some("白天停留在红外模式 Infrared at noon".to_owned());
                self.sight(Sight { code: AlarmCode::S03, since, told_at: at, boxes: Vec::new(), note }).await;
            }
            InfraredStep::Cleared => self.clear(AlarmCode::S03).await,
        }
    }

    /// What a condition became.
    pub(super) async fn condition(&self, step: ConditionStep) {
        match step {
            ConditionStep::Lasts { condition, since, at } => self.sight(sight_of(condition, since, at)).await,
            ConditionStep::Cleared(code) => self.clear(code).await,
        }
    }

    async fn sight(&self, sight: Sight) {
        let now = self.platform.inner.surroundings.now();
        let inhibited = inhibits(&self.faults, sight.code);
        let raised = self.platform.raise_sight(self.camera, sight, inhibited, now).await;
        if let Some(alarm) = self.logged(raised, now) {
            let platform = self.platform.clone();
            let (stream, pictures) = (Arc::clone(self.stream), Arc::clone(self.pictures));
            let frame = Arc::clone(self.frame);
            let tasks = &self.platform.inner.tasks;
            tasks.spawn(async move {
                let at_us = frame.received_at_us;
                let picture = frame_jpeg(&platform, &pictures, frame).await;
                keep_evidence(&platform, alarm, (&stream, at_us), picture).await;
            });
        }
    }

    async fn clear(&self, code: AlarmCode) {
        self.clear_of(self.camera.id, code).await;
    }

    async fn clear_of(&self, camera: CameraId, code: AlarmCode) {
        match self.platform.clear_sight(camera, code).await {
            Ok(Some(alarm)) => info!(%alarm, %camera, code = code.as_str(), "gone again, noted"),
            Ok(None) => {}
            Err(error) => warn!(%camera, %error, "end not noted"),
        }
    }

    /// The alarm whose picture and clip are to be kept: a new one, or the card of a detector that this camera shows for the first time.
    fn logged(&self, raised: Result<Raised, PlatformError>, now: Timestamp) -> Option<AlarmId> {
        let camera = self.camera;
        match raised {
            Ok(Raised::New(row)) => {
                let latency_ms = now.as_millisecond() - self.frame.received_at_us / 1000;
                info!(alarm = %row.alarm.id, camera = %camera.id, latency_ms, "alarm raised");
                self.platform.keep_recording_of(&row.alarm);
                Some(row.alarm.id)
            }
            Ok(Raised::Fused(alarm)) => {
                info!(%alarm, camera = %camera.id, "seen where a detector tells of a fire, on its card");
                Some(alarm)
            }
            Ok(Raised::Joined(alarm)) => {
                info!(%alarm, camera = %camera.id, "seen again, joined");
                None
            }
            Err(error) => {
                warn!(camera = %camera.id, %error, "alarm not raised");
                None
            }
        }
    }
}

fn box_of(zone: &Zone) -> AlarmBox {
    let [x, y, w, h] = zone.bounds();
    AlarmBox { x, y, w, h, label: zone.kind.as_str().to_owned() }
}

fn sight_of(condition: Condition, since: Timestamp, told_at: Timestamp) -> Sight {
    let note = Some(words_of(condition).to_owned());
    Sight { code: code_of(condition), since, told_at, boxes: Vec::new(), note }
}

impl Platform {
    /// Keeps what the camera of an alarm shows now: of a detector that told a fire at a place that this camera sees. Nothing waits for it.
    pub(crate) fn show_place(&self, alarm: &Alarm) {
        let Some(stream) = alarm.camera_id.and_then(|camera| self.stream(camera)) else { return };
        let (platform, id) = (self.clone(), alarm.id);
        let at_us = self.inner.surroundings.now().as_microsecond();
        self.inner.tasks.spawn(async move {
            let picture = match stream.latest_key_frame() {
                Some(frame) => key_frame_jpeg(&platform, frame, None).await,
                None => None,
            };
            keep_evidence(&platform, id, (&stream, at_us), picture).await;
        });
    }
}

/// Keeps the picture and the seconds around it.
async fn keep_evidence(
    platform: &Platform,
    alarm: AlarmId,
    (stream, at_us): (&CameraStream, i64),
    picture: Option<Vec<u8>>,
) {
    let kept: Result<(), PlatformError> = async {
        if let Some(picture) = picture {
            platform.add_evidence(alarm, AlarmBlobKind::Picture, "image/jpeg", &picture).await?;
        }
        let settings = &platform.inner.settings.alarms;
        let (before, after): (Duration, Duration) = (settings.clip_before, settings.clip_after);
        match stream.clip(at_us, before, after).await {
            Ok(clip) => platform.add_evidence(alarm, AlarmBlobKind::Clip, "video/mp4", &clip.data).await,
            Err(error) => Err(PlatformError::Unavailable(format!("clip: {error}"))),
        }
    }
    .await;
    if let Err(error) = kept {
        warn!(%alarm, %error, "evidence incomplete");
    }
}
