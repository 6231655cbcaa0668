//! How the way of alarms is, for those who run the system.

use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{FaultRow, ProbeRow};

use super::WatchdogSettings;
use crate::{Ask, Platform, PlatformError};

/// Probes shown.
const PROBES_SHOWN: u32 = 20;

/// How the way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Probes come through.
    Sound,
    /// A link is broken.
    Broken,
    /// No probe has come through for longer than it may take, and nobody has found why: the watchdog itself does not run.
    Silent,
    /// Nothing has been probed yet.
    Beginning,
    /// The watchdog is off.
    Off,
}

impl Verdict {
    /// The word used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Broken => "broken",
            Self::Silent => "silent",
            Self::Beginning => "beginning",
            Self::Off => "off",
        }
    }
}

/// The watchdog.
#[derive(Debug, Clone)]
pub struct WatchdogState {
    /// How the way is.
    pub verdict: Verdict,
    /// How it is set up.
    pub settings: WatchdogSettings,
    /// When the last probe that came through everywhere was raised.
    pub last_arrival: Option<Timestamp>,
    /// Why the last probe could not even begin, and when.
    pub trouble: Option<(Timestamp, String)>,
    /// The last probes, newest first.
    pub probes: Vec<ProbeRow>,
    /// Faults: open ones first.
    pub faults: Vec<FaultRow>,
}

impl Platform {
    /// How the way of alarms is.
    pub async fn watchdog_state(&self, ask: &Ask) -> Result<WatchdogState, PlatformError> {
        ask.access.need(Capability::SeeSystem)?;
        let store = &self.inner.store;
        let settings = self.inner.settings.alarms.watchdog.clone();
        let probes = store.last_probes(ask.now, PROBES_SHOWN).await?;
        let faults = store.watchdog_faults().await?;
        let trouble = self.inner.watchdog.trouble();
        let is_broken = trouble.is_some() || faults.iter().any(|fault| fault.mended_at.is_none());
        let verdict = verdict(&settings, is_broken, &probes, ask.now);
        Ok(WatchdogState {
            verdict,
            settings,
            last_arrival: store.last_arrival().await?,
            trouble,
            probes,
            faults,
        })
    }
}

fn verdict(settings: &WatchdogSettings, is_broken: bool, probes: &[ProbeRow], now: Timestamp) -> Verdict {
    if settings.every.is_zero() {
        return Verdict::Off;
    }
    if is_broken {
        return Verdict::Broken;
    }
    // A probe is judged a moment after its time; one more may be missing before that is silence.
    let patience = settings.every + settings.every + settings.within + SignedDuration::from_secs(5);
    let judged = probes.iter().find(|probe| probe.judged_at.is_some());
    match judged.or(probes.last()) {
        Some(probe) if now.duration_since(probe.traces.raised_at) > patience => Verdict::Silent,
        Some(probe) if probe.judged_at.is_some() => Verdict::Sound,
        _ => Verdict::Beginning,
    }
}
