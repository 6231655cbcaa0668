//! Configuration: one file, one table of keys, every key with its default, unit and consequence.
//!
//! The table in [`keys`] is the reference manual; `config/example.toml` and the reference page are printed from it, and a test keeps
//! it equal to [`Config::default`]. Nothing in the configuration can be executed.

pub mod keys;
mod load;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use jiff::SignedDuration;
use platform::alarms::AlarmSettings;
use platform::people::{PasswordProfile, Policy};
use platform::watch::WatchSettings;
use serde::Deserialize;

pub use load::load;

/// Everything that can be configured.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where people and programs come in.
    pub server: Server,
    /// Where things are kept.
    pub data: Data,
    /// How people sign in.
    pub people: People,
    /// How pictures are watched.
    pub watch: Watch,
    /// How alarms behave.
    pub alarms: Alarms,
}

/// `[server]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// True behind a proxy that speaks TLS.
    pub tls_upstream: bool,
    /// Proxies whose forwarded address is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// `[data]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Data {
    /// Folder of rows, blobs and keys.
    pub folder: PathBuf,
    /// PostgreSQL address; empty means SQLite in the folder.
    pub postgres_url: String,
}

/// `[people]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct People {
    /// Password rules.
    pub password_profile: Profile,
    /// Failed tries before an account is locked.
    pub failures_max: u32,
    /// Minutes it stays locked.
    pub lock_min: u32,
    /// Minutes without a request after which a session ends.
    pub idle_min: u32,
    /// Hours after which a session ends in any case.
    pub session_h: u32,
}

/// Password rules by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// GB/T 22239—2019 level 3
    Mlps3,
    /// NIST SP 800-63B
    Nist,
}

/// `[watch]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Watch {
    /// Off switches the whole watch off.
    pub enabled: bool,
    /// Looks at a time; 0 means one per core.
    pub looks_at_once: usize,
}

/// `[alarms]`
#[expect(clippy::struct_field_names, reason = "the unit of every key stands at its end")]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Alarms {
    /// Seconds of silence after which an owner loses an alarm.
    pub owner_silent_s: u32,
    /// Seconds within which another sighting joins an alarm.
    pub join_within_s: u32,
    /// Seconds of clip before the alarm.
    pub clip_before_s: u32,
    /// Seconds of clip after it.
    pub clip_after_s: u32,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            tls_upstream: false,
            trusted_proxies: vec![],
        }
    }
}

impl Default for Data {
    fn default() -> Self {
        Self { folder: PathBuf::from("data"), postgres_url: String::new() }
    }
}

impl Default for People {
    fn default() -> Self {
        Self { password_profile: Profile::Mlps3, failures_max: 5, lock_min: 30, idle_min: 30, session_h: 12 }
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self { enabled: true, looks_at_once: 0 }
    }
}

impl Default for Alarms {
    fn default() -> Self {
        Self { owner_silent_s: 180, join_within_s: 120, clip_before_s: 5, clip_after_s: 3 }
    }
}

impl Config {
    /// The part of it that the desks need.
    pub fn settings(&self, demo: bool) -> platform::Settings {
        let secs = |s: u32| std::time::Duration::from_secs(u64::from(s));
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        platform::Settings {
            people: Policy {
                profile: match self.people.password_profile {
                    Profile::Mlps3 => PasswordProfile::Mlps3,
                    Profile::Nist => PasswordProfile::Nist,
                },
                failures_max: self.people.failures_max,
                lock: SignedDuration::from_mins(i64::from(self.people.lock_min)),
                idle: SignedDuration::from_mins(i64::from(self.people.idle_min)),
                absolute: SignedDuration::from_hours(i64::from(self.people.session_h)),
                ..Policy::default()
            },
            watch: WatchSettings {
                enabled: self.watch.enabled,
                looks_at_once: if self.watch.looks_at_once == 0 { cores } else { self.watch.looks_at_once },
            },
            alarms: AlarmSettings {
                owner_silent: SignedDuration::from_secs(i64::from(self.alarms.owner_silent_s)),
                join_within: SignedDuration::from_secs(i64::from(self.alarms.join_within_s)),
                clip_before: secs(self.alarms.clip_before_s),
                clip_after: secs(self.alarms.clip_after_s),
            },
            demo,
        }
    }
}
