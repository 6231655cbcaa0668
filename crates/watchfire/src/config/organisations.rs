//! `[organisations]`: what is asked of those who do the duty for units.

use domain::organisation::assessment::MeasuringRods;
use domain::organisation::certificate::CertificateLevel;
use jiff::SignedDuration;
use platform::organisations::OrganisationSettings;
use serde::Deserialize;

/// `[organisations]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organisations {
    /// Least floor of duty premises, m².
    #[serde(deserialize_with = "super::within::<_, 0, 100000>")]
    pub premises_m2_min: u32,
    /// Least people on one shift.
    #[serde(deserialize_with = "super::within::<_, 1, 20>")]
    pub per_shift_min: u32,
    /// Units that one qualified person may serve.
    #[serde(deserialize_with = "super::within::<_, 1, 20000>")]
    pub units_per_guard_max: u32,
    /// Least certificate of whoever sits on a shift.
    pub certificate_level: CertificateLevel,
    /// Hours in which the old organisation serves beside the new one.
    #[serde(deserialize_with = "super::within::<_, 1, 720>")]
    pub overlap_h: u32,
}

impl Default for Organisations {
    fn default() -> Self {
        let OrganisationSettings { rods, certificate_level, overlap } = OrganisationSettings::default();
        Self {
            premises_m2_min: rods.premises_m2_min,
            per_shift_min: rods.per_shift_min,
            units_per_guard_max: rods.units_per_guard_max,
            certificate_level,
            overlap_h: overlap.as_hours() as u32,
        }
    }
}

impl Organisations {
    /// As the desk needs it.
    pub fn settings(&self) -> OrganisationSettings {
        OrganisationSettings {
            rods: MeasuringRods {
                premises_m2_min: self.premises_m2_min,
                per_shift_min: self.per_shift_min,
                units_per_guard_max: self.units_per_guard_max,
            },
            certificate_level: self.certificate_level,
            overlap: SignedDuration::from_hours(i64::from(self.overlap_h)),
        }
    }
}
