//! The assessment of an organisation (排查, R60): premises, staff, ability, real 24-hour duty. Each criterion is measured where the platform
//! can measure, judged by a person, and what fails has a deadline.
//!
//! The measuring rods are proposals, configurable: the premises figure is borrowed from the rule for fire service bodies (Decree 7 of the
//! Ministry of Emergency Management, 2021: 200 m²), which was not written for duty organisations.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// One of the four criteria of the notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// 值守场所
    Premises,
    /// 值守人员
    Staff,
    /// 专业能力
    Ability,
    /// 24小时值守
    AroundTheClock,
}

words! { Criterion:
    Premises = "premises", "值守场所", "Premises";
    Staff = "staff", "值守人员", "Staff";
    Ability = "ability", "专业能力", "Professional ability";
    AroundTheClock = "around_the_clock", "24小时值守", "Duty around the clock";
}

/// What is asked of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuringRods {
    /// Least floor of its duty premises, m².
    pub premises_m2_min: u32,
    /// Least people who may be on one shift.
    pub per_shift_min: u32,
    /// Units that one qualified person may serve at most.
    pub units_per_guard_max: u32,
}

impl Default for MeasuringRods {
    fn default() -> Self {
        Self { premises_m2_min: 200, per_shift_min: 2, units_per_guard_max: 60 }
    }
}

/// Shifts of 8 hours in a week (21) over what one person may work of them (5): people for each place that is manned day and night.
const PEOPLE_PER_PLACE_TENTHS: u32 = 42;

impl MeasuringRods {
    /// People needed so that `per_shift_min` sit there at every hour of a week: 21 shifts a week, five for each person, rounded up.
    pub fn people_min(&self) -> u32 {
        (self.per_shift_min * PEOPLE_PER_PLACE_TENTHS).div_ceil(10)
    }
}

/// What is known of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measured {
    /// Floor of its premises as registered, m².
    pub premises_m2: u32,
    /// People on its list.
    pub people: u32,
    /// Of these, with a certificate that counts.
    pub qualified: u32,
    /// Units that it serves.
    pub units: u32,
}

/// What the figures say of one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which.
    pub criterion: Criterion,
    /// What there is; none where the platform measures nothing and a person has to look.
    pub measured: Option<u32>,
    /// What is asked.
    pub needed: u32,
}

impl Finding {
    /// Whether the figures meet what is asked; none where there are none.
    pub fn is_met(&self) -> Option<bool> {
        self.measured.map(|measured| measured >= self.needed)
    }
}

/// What the figures say of the four criteria. Duty around the clock is proved by the ledger, not by a figure of the register.
pub fn findings(measured: &Measured, rods: &MeasuringRods) -> [Finding; 4] {
    let finding = |criterion, measured, needed| Finding { criterion, measured, needed };
    let qualified_needed = rods.people_min().max(measured.units.div_ceil(rods.units_per_guard_max.max(1)));
    [
        finding(Criterion::Premises, Some(measured.premises_m2), rods.premises_m2_min),
        finding(Criterion::Staff, Some(measured.people), rods.people_min()),
        finding(Criterion::Ability, Some(measured.qualified), qualified_needed),
        finding(Criterion::AroundTheClock, None, rods.per_shift_min),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_people_man_two_places_around_the_clock() {
        // 2 places × 21 shifts = 42 a week, five a person: 8.4.
        assert_eq!(MeasuringRods::default().people_min(), 9);
        assert_eq!(MeasuringRods { per_shift_min: 1, ..MeasuringRods::default() }.people_min(), 5);
    }

    #[test]
    fn figures_against_rods() {
        let measured = Measured { premises_m2: 200, people: 9, qualified: 8, units: 300 };
        let met: Vec<_> =
            findings(&measured, &MeasuringRods::default()).iter().map(Finding::is_met).collect();
        assert_eq!(met, [Some(true), Some(true), Some(false), None]);
        let many = Measured { qualified: 10, units: 601, ..measured };
        assert_eq!(findings(&many, &MeasuringRods::default())[2].needed, 11, "sixty units a person at most");
    }
}
