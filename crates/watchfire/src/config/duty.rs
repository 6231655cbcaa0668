//! `[duty]`: what is asked of rosters.

use domain::duty::roster::RestRules;
use platform::duty::DutySettings;
use serde::Deserialize;

/// `[duty]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Duty {
    /// Longest shift, minutes.
    #[serde(deserialize_with = "super::within::<_, 60, 480>")]
    pub shift_minutes_max: u32,
    /// Shortest rest between two shifts of a person, minutes.
    #[serde(deserialize_with = "super::within::<_, 0, 1440>")]
    pub rest_minutes_min: u32,
    /// Most minutes of work in any seven days.
    #[serde(deserialize_with = "super::within::<_, 480, 10080>")]
    pub week_minutes_max: u32,
    /// Shortest free stretch in any seven days, minutes.
    #[serde(deserialize_with = "super::within::<_, 0, 10080>")]
    pub free_minutes_min: u32,
}

impl Default for Duty {
    fn default() -> Self {
        let RestRules { shift_minutes_max, rest_minutes_min, week_minutes_max, free_minutes_min } =
            RestRules::default();
        Self { shift_minutes_max, rest_minutes_min, week_minutes_max, free_minutes_min }
    }
}

impl Duty {
    /// As the desk needs it.
    pub fn settings(&self) -> DutySettings {
        DutySettings {
            rest: RestRules {
                shift_minutes_max: self.shift_minutes_max,
                rest_minutes_min: self.rest_minutes_min,
                week_minutes_max: self.week_minutes_max,
                free_minutes_min: self.free_minutes_min,
            },
        }
    }
}
