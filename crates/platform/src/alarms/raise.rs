//! Raising an alarm: from an observation of the watch, or by a person.

use std::time::Duration;

use domain::access::Access;
use domain::alarm::inhibition::Why;
use domain::alarm::{Alarm, AlarmCode, AlarmState, Mark, Source, Times};
use domain::ids::{AlarmId, CameraId, UnitId};
use domain::quality::quiet_level;
use domain::role::Capability;
use jiff::Timestamp;
use store::{AlarmBox, AlarmRow, CameraRecord, Detector, JoinRule, NewAlarm, Raised};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use vision::Observation;

use super::work::alarm_object;
use crate::{Ask, Platform, PlatformError};

/// For so long an alarm that cannot be written is tried again; a camera that still sees it tells it again anyway.
const TRIED_FOR: Duration = Duration::from_mins(15);
/// How often.
const TRIED_EVERY: Duration = Duration::from_secs(1);

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
            told_again: None,
        };
        Ok(match self.raise_patiently(new).await? {
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
            told_again: None,
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
    /// What is told again is kept apart from what was told first, so that it finds the alarm of now. `inhibited`: why this camera is not believed.
    pub(crate) async fn raise_observed(
        &self,
        camera: &CameraRecord,
        observation: &Observation,
        inhibited: Option<Why>,
        now: Timestamp,
    ) -> Result<Raised, PlatformError> {
        let code = code_of(observation.kind);
        let at = observation.first_seen_at;
        let mut alarm = self.new_alarm(code, camera.unit_id, Some(camera.id), Source::Ai, at, now);
        self.quieten(&mut alarm, now).await;
        let note = inhibit(&mut alarm, inhibited);
        let told_at = if observation.is_again { observation.at } else { at };
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
            note,
            simulated: camera.simulated,
            observation_id: observation_id(camera.id, None, told_at),
            model: Some(observation.model_version.clone()),
            silence_id: None,
            detector: None,
            told_again: observation.is_again.then_some(self.inner.settings.alarms.after_end),
        };
        self.raise_patiently(new).await
    }

    /// Raises an alarm from something that stands in a zone or is wrong with the picture, or joins it to the one that is already open.
    pub(crate) async fn raise_sight(
        &self,
        camera: &CameraRecord,
        sight: Sight,
        inhibited: Option<Why>,
        now: Timestamp,
    ) -> Result<Raised, PlatformError> {
        let mut alarm =
            self.new_alarm(sight.code, camera.unit_id, Some(camera.id), Source::Ai, sight.since, now);
        self.quieten(&mut alarm, now).await;
        let why = inhibit(&mut alarm, inhibited);
        let note = [sight.note, why].into_iter().flatten().reduce(|note, why| format!("{note}；{why}"));
        let new = NewAlarm {
            alarm,
            // How much of a zone is covered says nothing about how sure that is.
            score: None,
            boxes: sight.boxes,
            note,
            simulated: camera.simulated,
            observation_id: observation_id(camera.id, Some(sight.code), sight.told_at),
            model: None,
            silence_id: None,
            detector: None,
            told_again: None,
        };
        self.raise_patiently(new).await
    }

    /// Keeps what was recorded around an alarm that is about a camera and happened there.
    pub(crate) fn keep_recording_of(&self, alarm: &Alarm) {
        // An alarm of the group V is about the video itself: there is nothing to see.
        if let Some(camera_id) = alarm.camera_id.filter(|_| alarm.code.group() != "V") {
            self.keep_recording(alarm.id, (alarm.unit_id, camera_id), alarm.times.occurred_at);
        }
    }

    /// Raises what is told once, whenever rows can be written. Whoever told it has nothing else that could be raised meanwhile, and the
    /// observation's id keeps a second try from raising twice.
    async fn raise_patiently(&self, mut new: NewAlarm) -> Result<Raised, PlatformError> {
        let patience = Patience::new();
        loop {
            let raised = self.raise(&Access::PLATFORM, new.clone()).await;
            let Err(error) = &raised else { return raised };
            let (code, unit) = (new.alarm.code.as_str(), new.alarm.unit_id);
            tracing::error!(code, %unit, %error, "alarm not kept yet");
            if !patience.tries_again(error, &self.inner.stop).await {
                return raised;
            }
            new.alarm.times.pushed_at = self.inner.surroundings.now();
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

/// How long something is tried that cannot be kept.
struct Patience {
    began: Instant,
}

impl Patience {
    fn new() -> Self {
        Self { began: Instant::now() }
    }

    /// Waits for the next try; false where there is none: the error does not pass, it has been tried for [`TRIED_FOR`], or the platform stops.
    async fn tries_again(&self, error: &PlatformError, stop: &CancellationToken) -> bool {
        let may_pass = matches!(error, PlatformError::Unavailable(_) | PlatformError::Internal(_));
        if !may_pass || self.began.elapsed() >= TRIED_FOR {
            return false;
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => false,
            () = tokio::time::sleep(TRIED_EVERY) => true,
        }
    }
}

/// The alarm that a kind of fire is.
pub(crate) fn code_of(kind: vision::Kind) -> AlarmCode {
    match kind {
        vision::Kind::Smoke => AlarmCode::F01,
        vision::Kind::Flame => AlarmCode::F02,
        vision::Kind::OpenFlame => AlarmCode::U04,
    }
}

/// Lowers an alarm of a camera that is not believed, marks it, and answers the words for it.
fn inhibit(alarm: &mut Alarm, inhibited: Option<Why>) -> Option<String> {
    let (zh, en) = inhibited?;
    alarm.level = alarm.level.max(quiet_level());
    alarm.marks.push(Mark::Inhibited);
    Some(format!("故障抑制：{zh} Inhibited: {en}"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::alarm::Level;

    #[test]
    fn a_camera_that_is_not_believed_calls_nobody_and_says_why() {
        let mut alarm = Alarm {
            id: AlarmId(Uuid::from_u128(1)),
            code: AlarmCode::F01,
            level: Level::One,
            state: AlarmState::Waiting,
            marks: vec![],
            drill: false,
            unit_id: UnitId(Uuid::from_u128(2)),
            camera_id: None,
            source: Source::Ai,
            owner_id: None,
            handler_id: None,
            times: Times::raised(Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH),
            false_alarm_reason: None,
            has_result_picture: false,
            version: 0,
        };
        assert_eq!(inhibit(&mut alarm, None), None);
        assert_eq!((alarm.level, alarm.marks.len()), (Level::One, 0));
        let note = inhibit(&mut alarm, Some(("看不清", "it cannot be made out"))).unwrap();
        assert!(note.contains("看不清") && note.contains("made out"), "{note}");
        assert_eq!((alarm.level, alarm.marks.as_slice()), (Level::Four, &[Mark::Inhibited][..]));
    }

    /// Tries again after an error until that is given up: how often, and after how many seconds.
    async fn tried(stop: &CancellationToken, error: PlatformError) -> (u32, u64) {
        let (patience, mut tries) = (Patience::new(), 1);
        while patience.tries_again(&error, stop).await {
            tries += 1;
        }
        (tries, patience.began.elapsed().as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_told_once_is_tried_each_second_while_rows_cannot_be_written() {
        let stop = CancellationToken::new();
        let away = || PlatformError::Unavailable("the database is gone".to_owned());
        assert_eq!(tried(&stop, away()).await, (901, 900), "a quarter of an hour");
        assert_eq!(tried(&stop, PlatformError::NotFound).await, (1, 0), "no use in trying again");
        stop.cancel();
        assert_eq!(tried(&stop, away()).await, (1, 0), "nothing is tried beyond the stop");
    }
}
