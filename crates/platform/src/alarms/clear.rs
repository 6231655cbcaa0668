//! What the watch saw is gone again: a note in the alarm's time line. A person still ends the alarm.

use domain::access::Access;
use domain::alarm::{AlarmCode, AlarmEvent, Source};
use domain::ids::{AlarmId, CameraId};
use store::{AlarmFilter, AlarmRow, AlarmStates, AlarmStep, ErrorKind, PageAsk, StepRecord};

use crate::{Platform, PlatformError};

/// Tries against people who work the alarm in the same moment.
const TRIES: u32 = 3;

impl Platform {
    /// Notes on the open alarm of a camera and code that what the watch saw is gone, and answers which.
    pub(crate) async fn clear_sight(
        &self,
        camera: CameraId,
        code: AlarmCode,
    ) -> Result<Option<AlarmId>, PlatformError> {
        let filter = AlarmFilter {
            states: AlarmStates::Open,
            code: Some(code),
            camera_id: Some(camera),
            ..AlarmFilter::default()
        };
        self.clear_alarm(&filter, Source::Ai).await
    }

    /// Notes on the newest alarm of a filter that its cause is gone, and answers which. None where it is of another origin or there is none, and
    /// where that is noted since it was last seen.
    pub(crate) async fn clear_alarm(
        &self,
        filter: &AlarmFilter,
        source: Source,
    ) -> Result<Option<AlarmId>, PlatformError> {
        let open = self.inner.store.alarms(&Access::PLATFORM, filter, &PageAsk::first(1)).await?;
        match open.items.into_iter().find(|row| row.alarm.source == source) {
            Some(row) => self.note_cleared(row.alarm.id, None).await,
            None => Ok(None),
        }
    }

    /// Notes on an open alarm that its cause is gone, and answers it; none where it is not open or that is noted since it was last told.
    pub(crate) async fn note_cleared(
        &self,
        id: AlarmId,
        note: Option<String>,
    ) -> Result<Option<AlarmId>, PlatformError> {
        for _ in 0..TRIES {
            let row = self.inner.store.alarm(&Access::PLATFORM, id).await?;
            if !row.alarm.state.is_open() {
                return Ok(None);
            }
            let steps = self.inner.store.alarm_steps(&Access::PLATFORM, row.alarm.id).await?;
            if is_noted(&row, &steps) {
                return Ok(None);
            }
            let now = self.inner.surroundings.now();
            let change = domain::alarm::decide(&row.alarm, AlarmEvent::Clear, None, None, now)?;
            let step = StepRecord {
                at: now,
                event: AlarmEvent::Clear,
                actor_id: None,
                note: note.clone(),
                reason: None,
            };
            let version = row.alarm.version;
            match self.inner.store.change_alarm(&Access::PLATFORM, id, version, &change, &step).await {
                Ok(_) => {
                    self.inner.outbox_written.notify_one();
                    return Ok(Some(id));
                }
                Err(error) if error.kind() == ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(PlatformError::Conflict("the alarm changed again and again".to_owned()))
    }
}

fn is_noted(row: &AlarmRow, steps: &[AlarmStep]) -> bool {
    let seen_at = row.last_joined_at.unwrap_or(row.alarm.times.pushed_at).max(row.alarm.times.pushed_at);
    steps.iter().any(|step| step.event == AlarmEvent::Clear.as_str() && step.at >= seen_at)
}
