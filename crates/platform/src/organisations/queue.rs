//! The queue of open alarms when a unit changes its organisation: what people of the one that leaves have taken and not decided goes back to
//! the queue at once, and the one that stays sees it. Nothing waits for an owner who cannot see it any more. What was confirmed is no matter of
//! the queue: it keeps its owner, and the ladder tells the offices when its clocks run out.

use domain::access::Access;
use domain::alarm::{AlarmEvent, decide};
use domain::ids::{OrganisationId, UnitId};
use jiff::Timestamp;
use store::{ErrorKind, StepRecord};
use tracing::{info, warn};

use crate::{Platform, PlatformError};

/// What is written beside an alarm that goes back.
const NOTE: &str = "值守合同结束，告警退回待接警队列";

impl Platform {
    /// Gives back what people of an organisation hold of a unit with which no contract of theirs runs any more.
    pub(super) async fn give_back_queue(
        &self,
        unit: UnitId,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        for id in self.inner.store.alarms_held_by(unit, organisation).await? {
            let row = self.inner.store.alarm(&Access::PLATFORM, id).await?;
            let event = AlarmEvent::Release;
            let Ok(change) = decide(&row.alarm, event, None, None, now) else { continue };
            let note = Some(NOTE.to_owned());
            let step = StepRecord { at: now, event, actor_id: None, note, reason: None };
            match self
                .inner
                .store
                .change_alarm(&Access::PLATFORM, id, row.alarm.version, &change, &step)
                .await
            {
                Ok(_) => {
                    info!(alarm = %id, %organisation, "alarm given back: the organisation's contract is over");
                }
                Err(error) if error.kind() == ErrorKind::Conflict => {
                    warn!(alarm = %id, %error, "alarm moved while its organisation left");
                }
                Err(error) => return Err(error.into()),
            }
            self.inner.outbox_written.notify_one();
        }
        Ok(())
    }
}
