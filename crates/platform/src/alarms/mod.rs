//! The alarm desk: raises alarms, lets people work them by the rules of `domain::alarm`, keeps the proof.
//!
//! An alarm is a committed row, with its outbox row in the same transaction, before anybody hears of it; the ladder climbs from
//! there. Notices to responsible parties are [`crate::notices`].

mod clear;
mod evidence;
mod incident;
mod ladder;
mod load;
mod order;
mod put_back;
mod raise;
mod sheet;
mod silences;
mod together;
mod work;

pub use evidence::{PICTURE_BYTES_MAX, ResultPicture};
pub use incident::{IncidentDetail, IncidentWish};
pub use ladder::{AlarmLadder, LadderRun, LadderStep};
pub use load::OperatorLoad;
pub use order::{FirePrompt, OrderDetail, OrderWish};
pub(crate) use put_back::PutBack;
pub use raise::{ManualAlarm, Reported};
pub(crate) use raise::{Sight, code_of, matter_id};
pub use silences::{SilenceDecision, SilenceWish};
pub(crate) use together::Together;
pub use work::{AlarmDetail, Step, next_events};

use std::sync::PoisonError;
use std::time::Duration;

use domain::access::Access;
use domain::alarm::{AfterEnd, AlarmEvent, Ladders};
use domain::calendar::WorkingHours;
use jiff::{SignedDuration, Timestamp};
use store::StepRecord;
use tokio::time::MissedTickBehavior;
use tracing::{info, warn};

use crate::watchdog::WatchdogSettings;
use crate::{Platform, PlatformError};

/// How often it is asked which owners stay silent.
const CLOCK_PERIOD: Duration = Duration::from_secs(5);

/// Pause after a fault of the store.
const FAULT_PAUSE: Duration = Duration::from_secs(1);

/// How alarms behave.
#[derive(Debug, Clone)]
pub struct AlarmSettings {
    /// An owner silent for this long before verifying loses the alarm.
    pub owner_silent: SignedDuration,
    /// Another observation of the same kind by the same camera within this span joins the alarm.
    pub join_within: SignedDuration,
    /// What a camera sees and what a detector tells at the same place within this span stand on one card.
    pub fuse_within: SignedDuration,
    /// How long an alarm that a person ended takes in what the camera still sees.
    pub after_end: AfterEnd,
    /// A camera that sends nothing for this long is away.
    pub offline_after: SignedDuration,
    /// A device whose clock is further off than this is told.
    pub clock_drift_max: SignedDuration,
    /// Seconds of video kept before the moment of the alarm.
    pub clip_before: Duration,
    /// Seconds of video kept after it.
    pub clip_after: Duration,
    /// Who is told when, by level and clock.
    pub ladders: Ladders,
    /// When people work, for rungs that are told then or not then.
    pub hours: WorkingHours,
    /// How the way of alarms is watched.
    pub watchdog: WatchdogSettings,
}

impl Default for AlarmSettings {
    fn default() -> Self {
        Self {
            owner_silent: SignedDuration::from_mins(3),
            join_within: SignedDuration::from_mins(2),
            fuse_within: SignedDuration::from_mins(10),
            after_end: AfterEnd::of(SignedDuration::from_mins(2)),
            offline_after: SignedDuration::from_mins(5),
            clock_drift_max: SignedDuration::from_secs(30),
            clip_before: Duration::from_secs(5),
            clip_after: Duration::from_secs(3),
            ladders: Ladders::default(),
            hours: WorkingHours::default(),
            watchdog: WatchdogSettings::default(),
        }
    }
}

/// Gives alarms of silent owners back and climbs the ladder, until the platform stops.
pub(crate) async fn run_clocks(platform: Platform) {
    let mut owners = tokio::time::interval(CLOCK_PERIOD);
    let mut looks = tokio::time::interval(ladder::LOOK_PERIOD);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let is_owners = tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = owners.tick() => true,
            _ = looks.tick() => false,
            () = platform.inner.look_asked.notified() => false,
        };
        let now = platform.inner.surroundings.now();
        let read =
            if is_owners { platform.read_alarm_clocks(now).await } else { platform.read_ladders(now).await };
        if let Err(error) = read {
            warn!(%error, is_owners, "alarm clocks not read");
            tokio::time::sleep(FAULT_PAUSE).await;
        }
    }
}

impl Platform {
    /// Says in the log, once a day, that the calendar does not know today: rungs that are told in working hours follow the weekday then.
    pub(crate) fn note_calendar(&self, now: Timestamp) {
        let calendar = self.inner.settings.alarms.hours.calendar();
        let today = domain::beijing::day_of(now);
        let mut noted = self.inner.calendar_noted.lock().unwrap_or_else(PoisonError::into_inner);
        if !calendar.knows(today) && noted.replace(today) != Some(today) {
            let known_until = calendar.known_until();
            warn!(%today, %known_until, "the calendar does not know today: working days are judged by their weekday");
        }
    }

    /// Reads the clocks of all taken alarms at `now` and gives those of silent owners back; rings for reports of fires that are late.
    pub async fn read_alarm_clocks(&self, now: Timestamp) -> Result<(), PlatformError> {
        self.ring_late_reports(now).await?;
        let before = now.saturating_sub(self.inner.settings.alarms.owner_silent).unwrap_or(Timestamp::MIN);
        for id in self.inner.store.taken_silent_since(before).await? {
            let row = self.inner.store.alarm(&Access::PLATFORM, id).await?;
            let event = AlarmEvent::SilenceTimeout;
            let change = domain::alarm::decide(&row.alarm, event, None, None, now)?;
            let step = StepRecord { at: now, event, actor_id: None, note: None, reason: None };
            match self
                .inner
                .store
                .change_alarm(&Access::PLATFORM, id, row.alarm.version, &change, &step)
                .await
            {
                Ok(_) => info!(alarm = %id, "owner silent, alarm waits again"),
                // The owner moved in this very moment; the next reading decides again.
                Err(error) if error.kind() == store::ErrorKind::Conflict => {}
                Err(error) => return Err(error.into()),
            }
            self.inner.outbox_written.notify_one();
        }
        Ok(())
    }
}
