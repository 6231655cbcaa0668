//! The load of operators as it travels.

use domain::alarm::load::{FLOOD_ABOVE, TARGET, WINDOW};
use platform::alarms::OperatorLoad as Found;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// How much operators have to do.
#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorLoads {
    /// Seconds in which alarms are counted.
    pub window_s: i64,
    /// Alarms in that time that a person can work in the long run (EEMUA 191).
    pub target: u32,
    /// More than this are a flood.
    pub flood_above: u32,
    /// The most loaded first.
    pub items: Vec<OperatorLoad>,
}

/// The load of one operator.
#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorLoad {
    /// Who.
    pub user_id: Uuid,
    /// By what name.
    pub display_name: String,
    /// Alarms that called them within the window.
    pub in_window: u32,
    /// In the last hour.
    pub in_hour: u32,
    /// In the last day.
    pub in_day: u32,
    /// Since when they are flooded; null where they are not.
    pub flooded_since: Option<Moment>,
}

impl OperatorLoads {
    /// As found.
    pub fn of(found: Vec<Found>) -> Self {
        let items = found.into_iter().map(OperatorLoad::from).collect();
        Self { window_s: WINDOW.as_secs(), target: TARGET, flood_above: FLOOD_ABOVE, items }
    }
}

impl From<Found> for OperatorLoad {
    fn from(found: Found) -> Self {
        Self {
            user_id: found.user_id.0,
            display_name: found.name,
            in_window: found.load.in_window,
            in_hour: found.in_hour,
            in_day: found.in_day,
            flooded_since: moment(found.load.flooded_since),
        }
    }
}
