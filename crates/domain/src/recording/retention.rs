//! How long recordings stay: a floor below which nothing may go, and a ceiling above which everything has to.
//!
//! The floor is the law's: 30 days for every public-safety video system (State Council Decree 799 art. 17; the same number in GB/T 29315
//! for schools, and for security firms in the Regulations on Security Services), 90 days for designated key targets (Anti-terror Law
//! art. 32). The ceiling is the law's too, though without a number: when the purpose is met, they have to be deleted (Decree 799
//! art. 17), and personal information is kept for the shortest time that is necessary (Personal Information Protection Law art. 19). So
//! the two classes of the law keep exactly their floor, and whoever wants longer says so.
//!
//! Days are counted on the calendar: a recording of 1 March is there on all of 31 March, its thirtieth day, and goes at the beginning
//! of 1 April.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::beijing::{begin_of, day_after, last_day_before};
use crate::role::Role;
use crate::words::words;

/// Longest ceiling, days. What has to stay longer is evidence and is pinned, with a reason and an end.
pub const CEILING_DAYS_MAX: u16 = 365;

/// Which law sets the floor of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorBasis {
    /// State Council Decree 799 art. 17: at least 30 days.
    PublicSafety,
    /// Anti-terror Law art. 32: at least 90 days.
    KeyTarget,
}

words! { FloorBasis:
    PublicSafety = "public_safety", "公共安全视频（国务院令第799号第十七条）", "Public-safety video (State Council Decree 799 art. 17)";
    KeyTarget = "key_target", "防范恐怖袭击重点目标（反恐怖主义法第三十二条）", "Designated key target (Anti-terror Law art. 32)";
}

impl FloorBasis {
    /// Days below which nothing may go.
    pub fn floor_days(self) -> u16 {
        match self {
            Self::PublicSafety => 30,
            Self::KeyTarget => 90,
        }
    }

    /// Whether the role may say which law holds for a unit. Not the unit itself, which would profit from the lower floor.
    pub fn is_set_by(role: Role) -> bool {
        matches!(role, Role::Province | Role::City | Role::County)
    }
}

/// How long a unit's recordings stay, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionClass {
    /// 30 days, no more and no less.
    Days30,
    /// 90 days, no more and no less.
    Days90,
    /// As the unit says, within the law.
    Custom,
}

words! { RetentionClass:
    Days30 = "days_30", "30天", "30 days";
    Days90 = "days_90", "90天", "90 days";
    Custom = "custom", "自定义", "Custom";
}

/// How long a unit's recordings stay. Made only by the functions here, so that it is always within the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    basis: FloorBasis,
    class: RetentionClass,
    floor_days: u16,
    ceiling_days: u16,
}

/// Why recordings may not stay so short or so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RetentionError {
    /// The law wants more.
    #[error("{days} days are too few: at least {} are required, {}", .basis.floor_days(), .basis.name_en())]
    BelowFloor {
        /// What was asked for.
        days: u16,
        /// The law.
        basis: FloorBasis,
    },
    /// Nothing could be both kept and deleted.
    #[error("a ceiling of {ceiling_days} days lies below the floor of {floor_days}")]
    CeilingBelowFloor {
        /// The floor asked for.
        floor_days: u16,
        /// The ceiling asked for.
        ceiling_days: u16,
    },
    /// Longer than any purpose of a recording as such.
    #[error(
        "{ceiling_days} days are too many: at most {CEILING_DAYS_MAX} (Personal Information Protection Law art. 19: the shortest time \
         necessary); pin what is evidence"
    )]
    AboveLimit {
        /// The ceiling asked for.
        ceiling_days: u16,
    },
}

/// What may become of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Pinned: stays, whatever its age.
    Pinned,
    /// Within the floor: may only go for want of room, and then V05 is raised.
    Owed,
    /// Past the floor: may go when room is wanted.
    Free,
    /// Past the ceiling: has to go.
    Over,
}

impl Default for Retention {
    /// What holds for a unit of which nothing was said.
    fn default() -> Self {
        let days = FloorBasis::PublicSafety.floor_days();
        Self {
            basis: FloorBasis::PublicSafety,
            class: RetentionClass::Days30,
            floor_days: days,
            ceiling_days: days,
        }
    }
}

impl Retention {
    /// One of the classes with fixed days, or refused where the law wants more. [`RetentionClass::Custom`] keeps the law's floor.
    pub fn of_class(basis: FloorBasis, class: RetentionClass) -> Result<Self, RetentionError> {
        let days = match class {
            RetentionClass::Days30 => 30,
            RetentionClass::Days90 => 90,
            RetentionClass::Custom => basis.floor_days(),
        };
        Self::checked(basis, class, days, days)
    }

    /// Days of the unit's own choice: nothing goes before `floor_days`, everything goes after `ceiling_days`.
    pub fn custom(basis: FloorBasis, floor_days: u16, ceiling_days: u16) -> Result<Self, RetentionError> {
        Self::checked(basis, RetentionClass::Custom, floor_days, ceiling_days)
    }

    fn checked(
        basis: FloorBasis,
        class: RetentionClass,
        floor_days: u16,
        ceiling_days: u16,
    ) -> Result<Self, RetentionError> {
        if floor_days < basis.floor_days() {
            return Err(RetentionError::BelowFloor { days: floor_days, basis });
        }
        if ceiling_days < floor_days {
            return Err(RetentionError::CeilingBelowFloor { floor_days, ceiling_days });
        }
        if ceiling_days > CEILING_DAYS_MAX {
            return Err(RetentionError::AboveLimit { ceiling_days });
        }
        Ok(Self { basis, class, floor_days, ceiling_days })
    }

    /// The law that sets its floor.
    pub fn basis(&self) -> FloorBasis {
        self.basis
    }

    /// Its class.
    pub fn class(&self) -> RetentionClass {
        self.class
    }

    /// Days below which nothing may go.
    pub fn floor_days(&self) -> u16 {
        self.floor_days
    }

    /// Days above which everything has to.
    pub fn ceiling_days(&self) -> u16 {
        self.ceiling_days
    }

    /// What may become of a recording that ended at `end`, on the day `today`.
    pub fn standing(&self, end: Timestamp, pinned: bool, today: Date) -> Standing {
        let now = begin_of(today);
        if pinned {
            Standing::Pinned
        } else if past(end, self.ceiling_days) <= now {
            Standing::Over
        } else if past(end, self.floor_days) <= now {
            Standing::Free
        } else {
            Standing::Owed
        }
    }

    /// The moment from which a recording that ended at `end` may go.
    pub fn may_go_at(&self, end: Timestamp) -> Timestamp {
        past(end, self.floor_days)
    }

    /// The moment from which it has to.
    pub fn goes_at(&self, end: Timestamp) -> Timestamp {
        past(end, self.ceiling_days)
    }
}

/// The end of the last of `days` days that follow the day of a recording.
fn past(end: Timestamp, days: u16) -> Timestamp {
    begin_of(day_after(last_day_before(end), i32::from(days) + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_class_below_the_law_is_refused_and_says_which_law() {
        use FloorBasis::{KeyTarget, PublicSafety};
        use RetentionClass::{Days30, Days90};
        let days = |retention: Result<Retention, RetentionError>| {
            retention.map(|one| (one.floor_days(), one.ceiling_days())).map_err(|error| error.to_string())
        };
        assert_eq!(days(Retention::of_class(PublicSafety, Days30)), Ok((30, 30)));
        assert_eq!(days(Retention::of_class(PublicSafety, Days90)), Ok((90, 90)));
        assert_eq!(days(Retention::of_class(KeyTarget, Days90)), Ok((90, 90)));
        let refused = days(Retention::of_class(KeyTarget, Days30)).unwrap_err();
        assert!(refused.contains("at least 90") && refused.contains("Anti-terror Law art. 32"), "{refused}");
        let refused = days(Retention::custom(PublicSafety, 29, 60)).unwrap_err();
        assert!(refused.contains("at least 30") && refused.contains("Decree 799 art. 17"), "{refused}");
        assert_eq!(days(Retention::custom(PublicSafety, 45, 60)), Ok((45, 60)));
        assert!(days(Retention::custom(PublicSafety, 45, 44)).unwrap_err().contains("below the floor"));
        assert_eq!(days(Retention::custom(PublicSafety, 30, 365)), Ok((30, 365)));
        assert!(days(Retention::custom(PublicSafety, 30, 366)).unwrap_err().contains("at most 365"));
    }

    #[test]
    fn a_recording_is_there_on_the_whole_of_its_last_day() {
        let keep = Retention::custom(FloorBasis::PublicSafety, 30, 40).unwrap();
        let noon = begin_of(date(2026, 3, 1)) + jiff::SignedDuration::from_hours(12);
        let midnight = begin_of(date(2026, 3, 2));
        for (today, standing) in [
            (date(2026, 3, 1), Standing::Owed),
            (date(2026, 3, 31), Standing::Owed),
            (date(2026, 4, 1), Standing::Free),
            (date(2026, 4, 10), Standing::Free),
            (date(2026, 4, 11), Standing::Over),
        ] {
            for end in [noon, midnight] {
                assert_eq!(keep.standing(end, false, today), standing, "{today}");
                assert_eq!(keep.standing(end, true, today), Standing::Pinned);
            }
        }
        assert_eq!(keep.may_go_at(noon), begin_of(date(2026, 4, 1)));
        assert_eq!(keep.goes_at(midnight), begin_of(date(2026, 4, 11)));
    }

    #[test]
    fn a_unit_does_not_lower_its_own_floor() {
        let may: Vec<_> = Role::ALL.into_iter().filter(|role| FloorBasis::is_set_by(*role)).collect();
        assert_eq!(may, [Role::Province, Role::City, Role::County]);
    }
}
