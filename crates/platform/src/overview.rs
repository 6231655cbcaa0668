//! Today's state in one look: units, alarms, cameras, each as far as the asker sees.

use std::collections::HashMap;

use domain::camera::CameraState;
use domain::role::Capability;
use jiff::Timestamp;
use jiff::tz::Offset;
use store::{AlarmCounts, UnitCount};

use crate::{Ask, Platform, PlatformError};

/// Beijing time, UTC+8 without daylight saving.
pub const BEIJING: Offset = Offset::constant(8);

/// What a person sees first. A part is empty where the role does not include it.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Time of the counts.
    pub as_of: Timestamp,
    /// Units by category.
    pub units: Vec<UnitCount>,
    /// Alarms.
    pub alarms: Option<AlarmsToday>,
    /// Cameras by state.
    pub cameras: HashMap<CameraState, i64>,
}

/// Alarms of the day.
#[derive(Debug, Clone)]
pub struct AlarmsToday {
    /// Open by level, raised today, false today.
    pub counts: AlarmCounts,
    /// Not taken in time, still waiting.
    pub overdue: i64,
}

impl Platform {
    /// Counts of now, not of a snapshot.
    pub async fn overview(&self, ask: &Ask) -> Result<Overview, PlatformError> {
        let store = &self.inner.store;
        let units =
            if ask.access.may(Capability::SeeUnits) { store.count_units(&ask.access).await? } else { vec![] };
        let alarms = if ask.access.may(Capability::SeeAlarms) {
            let counts = store.alarm_counts(&ask.access, day_start(ask.now)).await?;
            Some(AlarmsToday { counts, overdue: store.untaken_overdue(&ask.access, ask.now).await? })
        } else {
            None
        };
        let cameras = if ask.access.may(Capability::SeeCameras) {
            let ids = store.camera_ids(&ask.access).await?;
            self.states_of(ids.into_iter())
        } else {
            HashMap::new()
        };
        Ok(Overview { as_of: ask.now, units, alarms, cameras })
    }
}

/// Midnight in Beijing before `now`.
fn day_start(now: Timestamp) -> Timestamp {
    let midnight = BEIJING.to_datetime(now).date().at(0, 0, 0, 0);
    BEIJING.to_timestamp(midnight).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_at_midnight_in_beijing() {
        let now: Timestamp = "2026-11-23T15:59:59Z".parse().unwrap();
        assert_eq!(day_start(now).to_string(), "2026-11-22T16:00:00Z");
        let later: Timestamp = "2026-11-23T16:00:00Z".parse().unwrap();
        assert_eq!(day_start(later), later);
    }
}
