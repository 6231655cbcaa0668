//! Today's state in one look.

use std::collections::BTreeMap;

use domain::camera::CameraState;
use platform::overview::{AlarmsToday, Overview as Found};
use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;

/// Units in the asker's reach, categories that carry figures.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct UnitCounts {
    /// That should connect.
    pub should: u64,
    /// That are connected.
    pub connected: u64,
    /// That are on 24-hour duty.
    pub duty: u64,
}

/// The same for one category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryCounts {
    /// Category.
    pub category: &'static str,
    /// That should connect.
    pub should: u64,
    /// That are connected.
    pub connected: u64,
    /// That are on 24-hour duty.
    pub duty: u64,
}

/// Open alarms of one level.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelCount {
    /// Level, 1 to 4.
    pub level: u8,
    /// Open alarms.
    pub open: i64,
}

/// Alarms in the asker's reach.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct AlarmCounts {
    /// Open.
    pub open: i64,
    /// Open by level, most urgent first.
    pub by_level: Vec<LevelCount>,
    /// Raised since midnight, Beijing time.
    pub today: i64,
    /// Open and over a time limit.
    pub overdue: i64,
    /// Of those of today, false.
    pub today_false: i64,
}

/// Cameras in the asker's reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct CameraCounts {
    /// All.
    pub total: i64,
    /// Online.
    pub online: i64,
    /// By state; states without a camera are absent.
    pub by_state: BTreeMap<String, i64>,
}

/// What a person sees first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// Time of the counts.
    pub as_of: Moment,
    /// Units.
    pub units: UnitCounts,
    /// Units by category.
    pub by_category: Vec<CategoryCounts>,
    /// Alarms; zero where the role does not see them.
    pub alarms: AlarmCounts,
    /// Cameras; zero where the role does not see them.
    pub cameras: CameraCounts,
}

impl From<Found> for Overview {
    fn from(found: Found) -> Self {
        let mut units = UnitCounts::default();
        // The same population as the figures' totals: categories that have only a deadline stay out.
        for count in found.units.iter().filter(|count| count.category.has_figures()) {
            units.should += count.should;
            units.connected += count.connected;
            units.duty += count.duty;
        }
        Self {
            as_of: found.as_of.into(),
            units,
            by_category: found
                .units
                .iter()
                .map(|count| CategoryCounts {
                    category: count.category.as_str(),
                    should: count.should,
                    connected: count.connected,
                    duty: count.duty,
                })
                .collect(),
            alarms: found.alarms.map(AlarmCounts::from).unwrap_or_default(),
            cameras: CameraCounts {
                total: found.cameras.values().sum(),
                online: found.cameras.get(&CameraState::Online).copied().unwrap_or(0),
                by_state: found
                    .cameras
                    .iter()
                    .map(|(state, count)| (state.as_str().to_owned(), *count))
                    .collect(),
            },
        }
    }
}

impl From<AlarmsToday> for AlarmCounts {
    fn from(found: AlarmsToday) -> Self {
        let counts = found.counts;
        Self {
            open: counts.open_by_level.iter().sum(),
            by_level: (1..)
                .zip(counts.open_by_level)
                .map(|(level, open)| LevelCount { level, open })
                .collect(),
            today: counts.today,
            overdue: found.overdue,
            today_false: counts.today_false,
        }
    }
}
