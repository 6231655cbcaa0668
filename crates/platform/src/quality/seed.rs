//! Answered alarms of the past, for demonstrations and tests: raised and worked through the same rules, by hand of nobody.

use domain::access::Access;
use domain::alarm::{Alarm, AlarmCode, AlarmEvent, FalseAlarmReason, Source, Times};
use domain::ids::{AlarmId, CameraId, UserId};
use jiff::{SignedDuration, Timestamp};
use store::{AlarmBlobKind, AlarmBox, JoinRule, NewAlarm, Raised, StepRecord};

use crate::{Ask, Platform, PlatformError};

/// What was said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeedAnswer {
    /// It was one; taken, dealt with and reviewed.
    Real,
    /// It was none.
    False(FalseAlarmReason),
}

/// An alarm of the past.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Where.
    pub camera_id: CameraId,
    /// What.
    pub code: AlarmCode,
    /// When.
    pub at: Timestamp,
    /// Score of the observation.
    pub score: f32,
    /// The picture, and the result picture of a real one: a JPEG file.
    pub picture: Vec<u8>,
    /// What was said of it.
    pub answer: SeedAnswer,
    /// Who dealt with it.
    pub by: UserId,
}

impl Platform {
    /// Puts an answered alarm of the past into a demonstration. Conflict anywhere else.
    pub async fn seed_answered(&self, ask: &Ask, seed: &Answered) -> Result<AlarmId, PlatformError> {
        if !self.is_demo() || ask.access != Access::PLATFORM {
            return Err(PlatformError::Conflict("only a demonstration has an invented past".to_owned()));
        }
        let camera = self.inner.store.camera(&ask.access, seed.camera_id).await?.camera;
        let mut alarm =
            self.new_alarm(seed.code, camera.unit_id, Some(camera.id), Source::Ai, seed.at, ask.now);
        alarm.times = Times::raised(seed.at, seed.at);
        let id = alarm.id;
        let new = NewAlarm {
            alarm,
            score: Some(seed.score),
            boxes: vec![AlarmBox { x: 0.35, y: 0.2, w: 0.2, h: 0.3, label: "smoke".to_owned() }],
            note: None,
            simulated: true,
            observation_id: id.0,
            model: Some(self.inner.workers.model_version().to_owned()),
            silence_id: None,
            detector: None,
            told_again: None,
        };
        let rule = JoinRule { window: SignedDuration::ZERO, fuse_within: SignedDuration::ZERO };
        let Raised::New(row) = self.inner.store.raise_alarm(&ask.access, &new, rule).await? else {
            return Err(PlatformError::Conflict("an alarm of this kind is open there".to_owned()));
        };
        self.seed_file(&row.alarm, AlarmBlobKind::Picture, seed).await?;
        match seed.answer {
            SeedAnswer::False(reason) => {
                self.seed_steps(id, seed, &[(AlarmEvent::Take, None), (AlarmEvent::Reject, Some(reason))])
                    .await?;
            }
            SeedAnswer::Real => {
                let first = [AlarmEvent::Take, AlarmEvent::Confirm, AlarmEvent::StartHandling];
                self.seed_steps(id, seed, &first.map(|event| (event, None))).await?;
                self.seed_file(&row.alarm, AlarmBlobKind::ResultPicture, seed).await?;
                self.seed_steps(id, seed, &[(AlarmEvent::Handle, None), (AlarmEvent::Approve, None)]).await?;
            }
        }
        self.inner.outbox_written.notify_one();
        Ok(id)
    }

    async fn seed_file(
        &self,
        alarm: &Alarm,
        kind: AlarmBlobKind,
        seed: &Answered,
    ) -> Result<(), PlatformError> {
        let (store, bytes) = (&self.inner.store, &seed.picture);
        store.add_alarm_blob(&Access::PLATFORM, alarm.id, kind, "image/jpeg", bytes, None, seed.at).await?;
        Ok(())
    }

    /// Each step ten seconds after the one before; the review is nobody's.
    async fn seed_steps(
        &self,
        id: AlarmId,
        seed: &Answered,
        steps: &[(AlarmEvent, Option<FalseAlarmReason>)],
    ) -> Result<(), PlatformError> {
        for (event, reason) in steps.iter().copied() {
            let row = self.inner.store.alarm(&Access::PLATFORM, id).await?;
            let later = SignedDuration::from_secs(10 * (row.alarm.version + 1));
            let at = seed.at.saturating_add(later).unwrap_or(seed.at);
            let actor_id = Some(seed.by).filter(|_| !event.is_reviewers());
            let change = domain::alarm::decide(&row.alarm, event, actor_id, reason, at)?;
            let step = StepRecord { at, event, actor_id, note: None, reason };
            self.inner.store.change_alarm(&Access::PLATFORM, id, row.alarm.version, &change, &step).await?;
        }
        Ok(())
    }
}
