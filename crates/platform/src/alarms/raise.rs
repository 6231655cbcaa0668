//! Raising an alarm: from an observation of the watch, or by a person.

use domain::access::Access;
use domain::alarm::{Alarm, AlarmCode, AlarmState, Source, Times};
use domain::ids::{AlarmId, CameraId, UnitId};
use domain::role::Capability;
use jiff::Timestamp;
use store::{AlarmBox, AlarmRow, CameraRecord, Detector, JoinRule, NewAlarm, Raised};
use uuid::Uuid;
use vision::Observation;

use super::work::alarm_object;
use crate::{Ask, Platform, PlatformError};

/// An alarm reported by a person.
#[derive(Debug, Clone)]
pub struct ManualAlarm {
    /// Where.
    pub unit_id: UnitId,
    /// Seen on this camera, if on any.
    pub camera_id: Option<CameraId>,
    /// What.
    pub code: AlarmCode,
    /// In the person's words.
    pub note: String,
    /// When it happened, if not now.
    pub occurred_at: Option<Timestamp>,
}

/// An alarm that something other than the watch reported.
#[derive(Debug, Clone)]
pub struct Reported {
    /// What.
    pub code: AlarmCode,
    /// Where.
    pub unit_id: UnitId,
    /// Of this camera, if of any.
    pub camera_id: Option<CameraId>,
    /// What reported it.
    pub source: Source,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// In its words.
    pub note: Option<String>,
    /// True for something that is not real.
    pub simulated: bool,
    /// The same matter reported again has the same one.
    pub observation_id: Uuid,
    /// The component of a fire facility that told it.
    pub detector: Option<Detector>,
}

/// Something that the watch saw and that is neither fire nor smoke.
#[derive(Debug, Clone)]
pub(crate) struct Sight {
    pub(crate) code: AlarmCode,
    /// Since when it is there.
    pub(crate) since: Timestamp,
    /// The look that settled it.
    pub(crate) told_at: Timestamp,
    pub(crate) boxes: Vec<AlarmBox>,
    /// The zone's name, or what is wrong with the picture.
    pub(crate) note: Option<String>,
}

impl Platform {
    /// Raises an alarm that something reported, or joins it to the one that is already open.
    pub async fn raise_reported(&self, report: Reported, now: Timestamp) -> Result<AlarmId, PlatformError> {
        let new = NewAlarm {
            alarm: self.new_alarm(
                report.code,
                report.unit_id,
                report.camera_id,
                report.source,
                report.occurred_at,
                now,
            ),
            score: None,
            boxes: vec![],
            note: report.note,
            simulated: report.simulated,
            observation_id: report.observation_id,
            model: None,
            silence_id: None,
            detector: report.detector,
        };
        Ok(match self.raise(&Access::PLATFORM, new).await? {
            Raised::New(row) => {
                self.keep_recording_of(&row.alarm);
                tracing::info!(alarm = %row.alarm.id, code = report.code.as_str(), "alarm raised by a device");
                let id = row.alarm.id;
                if report.detector.is_some() {
                    self.show_place(&row.alarm);
                }
                id
            }
            Raised::Joined(id) | Raised::Fused(id) => id,
        })
    }

    /// Raises an alarm reported by a person.
    pub async fn raise_manual(&self, ask: &Ask, report: ManualAlarm) -> Result<AlarmRow, PlatformError> {
        ask.access.need(Capability::RaiseAlarm)?;
        let unit = self.inner.store.unit(&ask.access, report.unit_id).await?;
        if let Some(camera_id) = report.camera_id {
            let camera = self.inner.store.camera(&ask.access, camera_id).await?;
            if camera.camera.unit_id != report.unit_id {
                return Err(PlatformError::field(
                    "camera_id",
                    "other_unit",
                    "this camera belongs to another unit",
                ));
            }
        }
        let occurred_at = report.occurred_at.unwrap_or(ask.now);
        if occurred_at > ask.now {
            return Err(PlatformError::field(
                "occurred_at",
                "in_future",
                "an alarm cannot be reported before it happens",
            ));
        }
        let alarm =
            self.new_alarm(report.code, unit.unit.id, report.camera_id, Source::Manual, occurred_at, ask.now);
        let new = NewAlarm {
            alarm,
            score: None,
            boxes: vec![],
            note: Some(report.note),
            simulated: unit.unit.synthetic,
            observation_id: self.inner.surroundings.id(ask.now),
            model: None,
            silence_id: None,
            detector: None,
        };
        let row = match self.raise(&ask.access, new).await? {
            Raised::New(row) => {
                self.keep_recording_of(&row.alarm);
                *row
            }
            // The camera has already seen what the person reports: one alarm, not two.
            Raised::Joined(id) | Raised::Fused(id) => self.inner.store.alarm(&ask.access, id).await?,
        };
        self.audit(ask, "alarm_raise", alarm_object(&row), "ok", None).await?;
        Ok(row)
    }

    /// Raises an alarm from what a camera saw, or joins it to the one that is already open.
    pub(crate) async fn raise_observed(
        &self,
        camera: &CameraRecord,
        observation: &Observation,
        now: Timestamp,
    ) -> Result<Raised, PlatformError> {
        let code = match observation.kind {
            vision::Kind::Smoke => AlarmCode::F01,
            vision::Kind::Flame => AlarmCode::F02,
            vision::Kind::OpenFlame => AlarmCode::U04,
        };
        let at = observation.first_seen_at;
        let mut alarm = self.new_alarm(code, camera.unit_id, Some(camera.id), Source::Ai, at, now);
        self.quieten(&mut alarm, now).await;
        let new = NewAlarm {
            alarm,
            score: Some(observation.score),
            boxes: observation
                .boxes
                .iter()
                .map(|found| AlarmBox {
                    x: found.x,
                    y: found.y,
                    w: found.w,
                    h: found.h,
                    label: observation.kind.as_str().to_owned(),
                })
                .collect(),
            note: None,
            simulated: camera.simulated,
            observation_id: observation_id(camera.id, None, at),
            model: Some(observation.model_version.clone()),
            silence_id: None,
            detector: None,
        };
        self.raise(&Access::PLATFORM, new).await
    }

    /// Raises an alarm from something that stands in a zone or is wrong with the picture, or joins it to the one that is already open.
    pub(crate) async fn raise_sight(
        &self,
        camera: &CameraRecord,
        sight: Sight,
        now: Timestamp,
    ) -> Result<Raised, PlatformError> {
        let mut alarm =
            self.new_alarm(sight.code, camera.unit_id, Some(camera.id), Source::Ai, sight.since, now);
        self.quieten(&mut alarm, now).await;
        let new = NewAlarm {
            alarm,
            // How much of a zone is covered says nothing about how sure that is.
            score: None,
            boxes: sight.boxes,
            note: sight.note,
            simulated: camera.simulated,
            observation_id: observation_id(camera.id, Some(sight.code), sight.told_at),
            model: None,
            silence_id: None,
            detector: None,
        };
        self.raise(&Access::PLATFORM, new).await
    }

    /// Keeps what was recorded around an alarm that is about a camera and happened there.
    pub(crate) fn keep_recording_of(&self, alarm: &Alarm) {
        // An alarm of the group V is about the video itself: there is nothing to see.
        if let Some(camera_id) = alarm.camera_id.filter(|_| alarm.code.group() != "V") {
            self.keep_recording(alarm.id, (alarm.unit_id, camera_id), alarm.times.occurred_at);
        }
    }

    /// Commits an alarm, marked where a planned silence keeps it quiet, or joins it to the one that is open, and wakes who tells people.
    async fn raise(&self, access: &Access, mut new: NewAlarm) -> Result<Raised, PlatformError> {
        let settings = &self.inner.settings.alarms;
        let rule = JoinRule { window: settings.join_within, fuse_within: settings.fuse_within };
        let pushed_at = new.alarm.times.pushed_at;
        self.hush(&mut new, pushed_at).await;
        let raised = self.inner.raising.raise(&self.inner.store, access, &new, rule).await?;
        self.inner.outbox_written.notify_one();
        Ok(raised)
    }

    pub(crate) fn new_alarm(
        &self,
        code: AlarmCode,
        unit_id: UnitId,
        camera_id: Option<CameraId>,
        source: Source,
        occurred_at: Timestamp,
        now: Timestamp,
    ) -> Alarm {
        Alarm {
            id: AlarmId(self.inner.surroundings.id(now)),
            code,
            level: code.default_level(),
            state: AlarmState::Waiting,
            marks: vec![],
            drill: false,
            unit_id,
            camera_id,
            source,
            owner_id: None,
            handler_id: None,
            times: Times::raised(occurred_at, now),
            false_alarm_reason: None,
            has_result_picture: false,
            version: 0,
        }
    }
}

/// The same sighting always has the same id, so that handing it in twice raises one alarm. Fire that is seen as smoke and as flame at once is one
/// sighting; what is told by a code of its own is one of its own.
fn observation_id(camera: CameraId, code: Option<AlarmCode>, seen_at: Timestamp) -> Uuid {
    matter_id(&format!("sight {camera} {} {}", code.map_or("", AlarmCode::as_str), seen_at.as_microsecond()))
}

/// The same matter always has the same id, so that it is told once.
pub(crate) fn matter_id(about: &str) -> Uuid {
    use sha2::Digest as _;
    let digest: [u8; 32] = sha2::Sha256::digest(about.as_bytes()).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
