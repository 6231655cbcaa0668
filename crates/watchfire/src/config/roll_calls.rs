//! `[roll_calls]`: how often duty rooms are asked.

use domain::duty::roll_call::schedule::ScheduleRules;
use jiff::SignedDuration;
use platform::roll_calls::RollCallSettings;
use serde::Deserialize;

/// `[roll_calls]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RollCalls {
    /// Fewest scheduled roll-calls of a room in any seven days.
    #[serde(deserialize_with = "super::within::<_, 1, 35>")]
    pub per_week: u32,
    /// Chance of an extra one for each of 24 draws a day, per mille.
    #[serde(deserialize_with = "super::within::<_, 1, 100>")]
    pub extra_per_mille: u32,
    /// Seconds between two scheduled roll-calls of a room.
    #[serde(deserialize_with = "super::within::<_, 60, 1800>")]
    pub apart_s: u32,
    /// Minutes to answer.
    #[serde(deserialize_with = "super::within::<_, 1, 255>")]
    pub minutes: u32,
    /// Days for which pictures stay.
    #[serde(deserialize_with = "super::within::<_, 1, 3650>")]
    pub pictures_days: u32,
    /// Days for which pictures of failed calls stay.
    #[serde(deserialize_with = "super::within::<_, 1, 3650>")]
    pub failed_pictures_days: u32,
}

impl Default for RollCalls {
    fn default() -> Self {
        let RollCallSettings { rules, minutes, pictures_keep, failed_pictures_keep } =
            RollCallSettings::default();
        let days = |keep: SignedDuration| u32::try_from(keep.as_hours() / 24).unwrap_or(u32::MAX);
        Self {
            per_week: rules.per_week.into(),
            extra_per_mille: rules.extra_per_mille.into(),
            apart_s: rules.apart_s,
            minutes: minutes.into(),
            pictures_days: days(pictures_keep),
            failed_pictures_days: days(failed_pictures_keep),
        }
    }
}

impl RollCalls {
    /// As the desk needs it. Each number was read within limits that its type holds.
    pub fn settings(&self) -> RollCallSettings {
        RollCallSettings {
            rules: ScheduleRules {
                per_week: u8::try_from(self.per_week).unwrap_or(u8::MAX),
                extra_per_mille: u16::try_from(self.extra_per_mille).unwrap_or(u16::MAX),
                apart_s: self.apart_s,
            },
            minutes: u8::try_from(self.minutes).unwrap_or(u8::MAX),
            pictures_keep: SignedDuration::from_hours(i64::from(self.pictures_days) * 24),
            failed_pictures_keep: SignedDuration::from_hours(i64::from(self.failed_pictures_days) * 24),
        }
    }
}
