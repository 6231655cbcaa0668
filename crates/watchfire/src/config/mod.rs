//! Configuration: one file, one table of keys, every key with its default, unit and consequence.
//!
//! The table in [`keys`] is the reference manual; `config/example.toml` and the reference page are printed from it, and a test keeps
//! it equal to [`Config::default`]. Nothing in the configuration can be executed.

mod access;
mod duty;
mod escalation;
pub mod keys;
mod load;
mod mail;
mod media;
mod mqtt;
mod notify;
mod organisations;
pub mod printed;
mod recording;
mod roll_calls;
mod transmitters;
mod watchdog;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use domain::alarm::AfterEnd;
use domain::bulletin::NumberPattern;
use jiff::SignedDuration;
use platform::alarms::AlarmSettings;
use platform::bulletins::BulletinSettings;
use platform::notices::NoticeSettings;
use platform::people::{PasswordProfile, Policy};
use platform::quality::{LearningSettings, ServingWeights};
use platform::watch::WatchSettings;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use vision::PresenceRules;

pub use access::Access;
pub use duty::Duty;
pub use escalation::Escalation;
pub use load::load;
pub use mail::Mail;
pub use media::Media;
pub use mqtt::Mqtt;
pub use notify::{Gateway, Keyed, Notify, Signed, WebPush};
pub use organisations::Organisations;
pub use recording::Recording;
pub use roll_calls::RollCalls;
pub use transmitters::Transmitters;
pub use watchdog::Watchdog;

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
    /// How devices are spoken with.
    pub access: Access,
    /// How transmission devices of fire facilities are listened to.
    pub transmitters: Transmitters,
    /// How browsers look at cameras.
    pub media: Media,
    /// How alarms behave.
    pub alarms: Alarms,
    /// Who is told of alarms, and when.
    pub escalation: Escalation,
    /// How the way of alarms is watched.
    pub watchdog: Watchdog,
    /// How long notices wait, and over which time they are counted.
    pub notices: Notices,
    /// What is asked of organisations that do the duty.
    pub organisations: Organisations,
    /// What is asked of rosters.
    pub duty: Duty,
    /// How often duty rooms are asked.
    pub roll_calls: RollCalls,
    /// What holds for every channel to the outside.
    pub notify: Notify,
    /// A signed webhook.
    pub webhook: Signed,
    /// A robot in a WeCom group.
    pub wecom: Keyed,
    /// A robot in a DingTalk group.
    pub dingtalk: Signed,
    /// A robot in a Feishu group.
    pub feishu: Signed,
    /// A gateway for short messages.
    pub sms: Gateway,
    /// A gateway for calls.
    pub voice: Gateway,
    /// A mail server.
    pub mail: Mail,
    /// A broker of MQTT.
    pub mqtt: Mqtt,
    /// Push services of browsers.
    pub web_push: WebPush,
    /// How bulletins are numbered, consulted on and printed.
    pub bulletins: Bulletins,
    /// How cameras are recorded.
    pub recording: Recording,
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
    /// Processor time that looking may use, in percent of one core; 0: no limit of its own.
    pub processor_max_percent: u32,
    /// Seconds that a camera's pictures have to be wrong before it is an alarm.
    pub condition_hold_s: u32,
    /// Seconds after which fire that is still seen is told again.
    #[serde(deserialize_with = "within::<_, 10, 3600>")]
    pub tell_again_s: u32,
    /// People who have to be seen in a duty room.
    #[serde(deserialize_with = "within::<_, 1, 5>")]
    pub duty_room_people: u32,
    /// Seconds after which a duty room is empty.
    #[serde(deserialize_with = "within::<_, 10, 600>")]
    pub duty_room_empty_s: u32,
    /// Seconds after which a person does not move.
    #[serde(deserialize_with = "within::<_, 60, 1800>")]
    pub duty_room_still_s: u32,
    /// Weights file that serves; empty means the weights in the program.
    pub weights: PathBuf,
    /// Days that pictures of answered alarms are kept as samples.
    pub sample_days: u32,
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
    /// Seconds within which a camera and a detector at the same place tell of one fire.
    pub fuse_within_s: u32,
    /// Seconds for which an ended alarm takes in what the camera still sees.
    #[serde(deserialize_with = "within::<_, 0, 1800>")]
    pub after_end_s: u32,
    /// Seconds after which a camera that sends nothing is away.
    pub offline_after_s: u32,
    /// Seconds that a device's clock may be off.
    #[serde(deserialize_with = "within::<_, 5, 86400>")]
    pub clock_drift_max_s: u32,
    /// Seconds of clip before the alarm.
    pub clip_before_s: u32,
    /// Seconds of clip after it.
    pub clip_after_s: u32,
}

/// `[notices]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Notices {
    /// Hours for signing or replying where the sender names no deadline.
    #[serde(deserialize_with = "within::<_, 1, 1440>")]
    pub reply_within_h: u32,
    /// Hours a notice is late before it climbs.
    #[serde(deserialize_with = "within::<_, 0, 1440>")]
    pub escalate_after_h: u32,
    /// Days over which notices to a party are counted.
    #[serde(deserialize_with = "within::<_, 1, 366>")]
    pub period_days: u32,
}

/// `[bulletins]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bulletins {
    /// Pattern of reference numbers.
    #[serde(deserialize_with = "number_pattern")]
    pub number_pattern: NumberPattern,
    /// Address under which anybody reaches the platform; empty for none.
    #[serde(deserialize_with = "public_address")]
    pub public_address: String,
    /// Hours of a consultation, and the least.
    pub consultation_hours: u32,
    /// Folders with letter faces.
    pub font_folders: Vec<PathBuf>,
    /// Documents printed at a time.
    pub prints_at_once: usize,
}

fn within<'de, D: Deserializer<'de>, const LEAST: u32, const MOST: u32>(
    deserializer: D,
) -> Result<u32, D::Error> {
    let number = u32::deserialize(deserializer)?;
    if (LEAST..=MOST).contains(&number) {
        return Ok(number);
    }
    Err(D::Error::custom(format!("a number from {LEAST} to {MOST}")))
}

fn number_pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NumberPattern, D::Error> {
    NumberPattern::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

fn public_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let address = String::deserialize(deserializer)?;
    let is_address = address.is_empty() || address.starts_with("https://") || address.starts_with("http://");
    if is_address && !address.chars().any(|c| c.is_whitespace() || c.is_control()) {
        Ok(address)
    } else {
        Err(D::Error::custom("an address begins with https:// or http:// and has no spaces"))
    }
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
        let learning = LearningSettings::default();
        Self {
            enabled: true,
            looks_at_once: 0,
            processor_max_percent: 0,
            condition_hold_s: 60,
            tell_again_s: 60,
            duty_room_people: 1,
            duty_room_empty_s: 120,
            duty_room_still_s: 300,
            weights: PathBuf::new(),
            sample_days: learning.sample_days,
        }
    }
}

impl Default for Alarms {
    fn default() -> Self {
        Self {
            owner_silent_s: 180,
            join_within_s: 120,
            fuse_within_s: 600,
            after_end_s: 120,
            offline_after_s: 300,
            clock_drift_max_s: 30,
            clip_before_s: 5,
            clip_after_s: 3,
        }
    }
}

impl Default for Notices {
    fn default() -> Self {
        Self { reply_within_h: 72, escalate_after_h: 24, period_days: 90 }
    }
}

impl Default for Bulletins {
    fn default() -> Self {
        let BulletinSettings { number_pattern, consultation_hours, prints_at_once, font_folders, .. } =
            BulletinSettings::default();
        Self {
            number_pattern,
            public_address: String::new(),
            consultation_hours,
            font_folders,
            prints_at_once,
        }
    }
}

impl Config {
    /// The part of it that the desks need.
    pub fn settings(&self, demo: bool, weights: ServingWeights) -> platform::Settings {
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
                cores_max: f64::from(self.watch.processor_max_percent) / 100.0,
                condition_hold: SignedDuration::from_secs(i64::from(self.watch.condition_hold_s)),
                tell_again: SignedDuration::from_secs(i64::from(self.watch.tell_again_s)),
                duty_rooms: PresenceRules {
                    required: self.watch.duty_room_people,
                    nobody_hold: SignedDuration::from_secs(i64::from(self.watch.duty_room_empty_s)),
                    still_hold: SignedDuration::from_secs(i64::from(self.watch.duty_room_still_s)),
                    ..PresenceRules::default()
                },
            },
            learning: LearningSettings { sample_days: self.watch.sample_days, weights },
            access: self.access.settings(),
            transmitters: self.transmitters.settings(),
            live: self.media.settings(self.server.listen),
            alarms: AlarmSettings {
                owner_silent: SignedDuration::from_secs(i64::from(self.alarms.owner_silent_s)),
                join_within: SignedDuration::from_secs(i64::from(self.alarms.join_within_s)),
                fuse_within: SignedDuration::from_secs(i64::from(self.alarms.fuse_within_s)),
                after_end: AfterEnd::of(SignedDuration::from_secs(i64::from(self.alarms.after_end_s))),
                clock_drift_max: SignedDuration::from_secs(i64::from(self.alarms.clock_drift_max_s)),
                offline_after: SignedDuration::from_secs(i64::from(self.alarms.offline_after_s)),
                clip_before: secs(self.alarms.clip_before_s),
                clip_after: secs(self.alarms.clip_after_s),
                ladders: self.escalation.ladders(),
                hours: self.escalation.working_hours.clone(),
                watchdog: self.watchdog.settings(),
            },
            bulletins: BulletinSettings {
                number_pattern: self.bulletins.number_pattern.clone(),
                public_address: Some(self.bulletins.public_address.clone())
                    .filter(|address| !address.is_empty()),
                consultation_hours: self.bulletins.consultation_hours,
                prints_at_once: self.bulletins.prints_at_once,
                font_folders: self.bulletins.font_folders.clone(),
            },
            notices: NoticeSettings {
                reply_within: SignedDuration::from_hours(i64::from(self.notices.reply_within_h)),
                escalate_after: SignedDuration::from_hours(i64::from(self.notices.escalate_after_h)),
                period: SignedDuration::from_hours(24 * i64::from(self.notices.period_days)),
            },
            organisations: self.organisations.settings(),
            duty: self.duty.settings(),
            roll_calls: self.roll_calls.settings(),
            notify: notify::settings(self),
            recording: Some(self.recording.settings(&self.data.folder)),
            demo,
        }
    }
}
