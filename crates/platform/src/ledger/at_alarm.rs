//! What duty a unit had in the minute in which an alarm rang: an alarm that nobody handled is shown beside the gap that was in force then (notice,
//! 二（二）). Read from the ledger, never judged here.

use domain::beijing::{day_of, minute_of_day};
use domain::duty::ledger::Run;
use domain::ids::AlarmId;
use domain::role::Capability;
use jiff::civil::Date;

use super::effective::known_minutes;
use crate::{Ask, Platform, PlatformError};

/// The duty in force when an alarm rang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyAtAlarm {
    /// The Beijing day.
    pub day: Date,
    /// The minute of that day.
    pub minute: u16,
    /// The stretch of minutes alike that it lies in; none where the unit has no day in the ledger, for nobody had agreed to do its duty.
    pub run: Option<Run>,
    /// Whether the minute can be judged yet: cameras' minutes come a little later.
    pub is_known: bool,
    /// Whether the day is closed, so that only a correction can change it.
    pub is_closed: bool,
}

impl Platform {
    /// The duty of an alarm's unit in the minute in which the alarm rang.
    ///
    /// Whoever sees the alarm sees this one minute of the ledger, whether or not the ledger is theirs to read.
    pub async fn duty_at_alarm(&self, ask: &Ask, id: AlarmId) -> Result<DutyAtAlarm, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let alarm = self.inner.store.alarm(&ask.access, id).await?.alarm;
        let rang_at = alarm.times.rings_at();
        let (day, minute) = (day_of(rang_at), minute_of_day(rang_at));
        let days = self.days_of_unit((&ask.access, ask.now), alarm.unit_id, day, day).await?;
        let (mut run, mut is_closed) = (None, false);
        for one in days {
            run = one.runs.iter().find(|run| (run.from..run.from + run.minutes).contains(&minute)).copied();
            is_closed = one.closed.is_some();
        }
        let is_known = is_closed || known_minutes(day, ask.now).contains(minute);
        Ok(DutyAtAlarm { day, minute, run, is_known, is_closed })
    }
}
