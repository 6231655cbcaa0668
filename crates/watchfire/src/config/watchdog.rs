//! `[watchdog]`: how the way of alarms is watched.

use domain::alarm::watchdog::ChannelPlan;
use jiff::SignedDuration;
use platform::watchdog::WatchdogSettings;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Channels by the names of their sections. Web push is none of them: it has no address but people's browsers, whom no test alarm should ring.
const CHANNELS: [&str; 8] = ["webhook", "wecom", "dingtalk", "feishu", "sms", "voice", "mail", "mqtt"];

/// `[watchdog]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Watchdog {
    /// Seconds between two test alarms; 0: none.
    #[serde(deserialize_with = "super::within::<_, 0, 3600>")]
    pub every_s: u32,
    /// Seconds in which one has to come through.
    #[serde(deserialize_with = "super::within::<_, 2, 600>")]
    pub within_s: u32,
    /// Which channels carry test alarms, and how often.
    #[serde(deserialize_with = "plans")]
    pub channels: Vec<ChannelPlan>,
    /// Which channels are told of a fault.
    #[serde(deserialize_with = "names")]
    pub tell_channels: Vec<String>,
}

impl Default for Watchdog {
    fn default() -> Self {
        let WatchdogSettings { every, within, channels, tell } = WatchdogSettings::default();
        let seconds = |span: SignedDuration| span.as_secs() as u32;
        Self { every_s: seconds(every), within_s: seconds(within), channels, tell_channels: tell }
    }
}

impl Watchdog {
    /// As the desk needs it.
    pub fn settings(&self) -> WatchdogSettings {
        WatchdogSettings {
            every: SignedDuration::from_secs(i64::from(self.every_s)),
            within: SignedDuration::from_secs(i64::from(self.within_s)),
            channels: self.channels.clone(),
            tell: self.tell_channels.clone(),
        }
    }
}

fn plans<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ChannelPlan>, D::Error> {
    let lines = Vec::<String>::deserialize(deserializer)?;
    let plans: Vec<ChannelPlan> =
        lines.iter().map(|line| line.parse().map_err(D::Error::custom)).collect::<Result<_, _>>()?;
    for plan in &plans {
        known(&plan.channel)?;
    }
    Ok(plans)
}

fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    for name in &names {
        known(name)?;
    }
    Ok(names)
}

fn known<E: serde::de::Error>(name: &str) -> Result<(), E> {
    if CHANNELS.contains(&name) {
        return Ok(());
    }
    Err(E::custom(format!("`{name}` is no channel; channels are {}", CHANNELS.join(", "))))
}
