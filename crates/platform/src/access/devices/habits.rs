//! What an operator has changed about how one device is spoken to. Everything that is not changed comes from its edition, maker and model.

use domain::alarm::AlarmCode;
use gb28181::charset::Charset;
use gb28181::edition::Edition;
use gb28181::manscdp::alarm::AlarmMethod;
use gb28181::profile::{AlarmRule, DeviceProfile, Dialect, EventName, MediaTransport, SsrcCheck, SubStream};
use serde::{Deserialize, Serialize};

use crate::PlatformError;

/// Rules of one device at most.
const RULES_MAX: usize = 100;
/// Longest word of a rule, in characters.
const WORD_LEN_MAX: usize = 100;
/// Longest spacing of signs of life that can be asked for, in seconds.
const KEEPALIVE_S_MAX: u32 = 3_600;

/// Changed habits; an absent field is as edition, maker and model have it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Habits {
    /// Characters of what is sent to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<CharsetHabit>,
    /// How media come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaHabit>,
    /// Whether packets with another SSRC than agreed are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssrc_checked: Option<bool>,
    /// How the sub-stream is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_stream: Option<SubStreamHabit>,
    /// Which stream of its channels is asked for live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live_stream: Option<StreamHabit>,
    /// `Event:` of subscriptions for the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalogue_event: Option<EventHabit>,
    /// `Event:` of subscriptions for alarms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_event: Option<EventHabit>,
    /// Whether it is told the time when it registers; some sites must not be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_sync: Option<bool>,
    /// Seconds between its signs of life.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keepalive_s: Option<u32>,
    /// How many of them may be missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keepalive_misses: Option<u32>,
    /// Whether its address may change without a registration, as on mobile networks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roaming: Option<bool>,
    /// Longest span, in hours, for which it is asked for recordings at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_window_h: Option<u32>,
    /// Whether catalogue and alarms are subscribed to. Off for devices that fall over it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribes: Option<bool>,
    /// Seconds between its reports of where it is, where it is asked for them: for what moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position_s: Option<u32>,
    /// The node it is sent to when it registers here (302, 9.1.2.4 of 2022): `server id@host:port`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// What its alarms mean, before the common rules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarm_rules: Vec<RuleHabit>,
}

/// Characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CharsetHabit {
    /// GB 2312 as GBK.
    Gb2312,
    /// GB 18030.
    Gb18030,
    /// UTF-8.
    Utf8,
}

/// How media come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaHabit {
    /// Over UDP.
    Udp,
    /// Over TCP, the device connects.
    TcpDeviceConnects,
    /// Over TCP, the platform connects.
    TcpPlatformConnects,
}

/// How the sub-stream is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubStreamHabit {
    /// `a=streamnumber:1`.
    StreamNumber,
    /// `a=stream:1`.
    Stream,
    /// `a=streamprofile:1`.
    StreamProfile,
    /// `a=streamMode:SUB`.
    StreamMode,
    /// Not at all.
    No,
}

/// Which stream of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamHabit {
    /// The main one, with the full picture.
    Main,
    /// The sub-stream, smaller and cheaper.
    Sub,
}

/// The value of `Event:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventHabit {
    /// `presence`.
    Presence,
    /// The plain name.
    Plain,
    /// The name with a number.
    WithId,
}

/// One line of a device's table of alarms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleHabit {
    /// `AlarmMethod` that it holds for; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `AlarmType` that it holds for; absent: any, empty: none sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_type: Option<String>,
    /// Digits 11 to 13 of the reporting id; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point_type: Option<u16>,
    /// Words of which the alarm has at least one; none: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// An alarm code, or `ignored`.
    pub meaning: String,
}

impl Habits {
    /// Reads stored habits. What cannot be read is as if nothing was changed: a device must not be lost for it.
    pub(super) fn read(json: &str) -> Self {
        if json.trim().is_empty() {
            return Self::default();
        }
        serde_json::from_str(json).unwrap_or_else(|error| {
            tracing::warn!(%error, "stored habits of a device cannot be read; its defaults are used");
            Self::default()
        })
    }

    /// For storage.
    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Refuses what no device can have.
    pub(super) fn check(&self) -> Result<(), PlatformError> {
        let refuse = |message: &str| Err(PlatformError::field("habits", "invalid", message));
        if self.keepalive_s.is_some_and(|seconds| !(5..=KEEPALIVE_S_MAX).contains(&seconds)) {
            return refuse("keepalive_s: 5 to 3600 seconds");
        }
        if self.keepalive_misses.is_some_and(|misses| !(1..=20).contains(&misses)) {
            return refuse("keepalive_misses: 1 to 20");
        }
        if self.record_window_h.is_some_and(|hours| !(1..=24).contains(&hours)) {
            return refuse("record_window_h: 1 to 24 hours");
        }
        if self.position_s.is_some_and(|seconds| !(5..=KEEPALIVE_S_MAX).contains(&seconds)) {
            return refuse("position_s: 5 to 3600 seconds");
        }
        if self.redirect.as_deref().is_some_and(|node| !is_node(node)) {
            return refuse("redirect: 20 digits, @, host:port");
        }
        if self.alarm_rules.len() > RULES_MAX {
            return refuse("at most 100 alarm rules");
        }
        for rule in &self.alarm_rules {
            let known = domain::device::NoticeKind::parse(&rule.meaning).is_some();
            let long = rule.words.iter().any(|word| word.is_empty() || word.chars().count() > WORD_LEN_MAX);
            if !known || long || rule.words.len() > RULES_MAX {
                return refuse(
                    "alarm_rules: meaning is an alarm code or ignored; words of 1 to 100 characters",
                );
            }
        }
        Ok(())
    }

    /// The number of the stream that is asked for live: 0 the main one.
    pub(super) fn stream(&self) -> u8 {
        u8::from(self.live_stream == Some(StreamHabit::Sub))
    }

    /// The profile of a device: what its edition, maker and model are known for, and on top of it what was changed.
    pub(super) fn profile(&self, edition: Edition, maker: &str, model: &str) -> DeviceProfile {
        let mut profile = DeviceProfile::for_device(edition, maker, model);
        if let Some(charset) = self.charset {
            profile.dialect = Dialect { charset: charset.into(), ..profile.dialect };
        }
        profile.media = self.media.map_or(profile.media, MediaTransport::from);
        profile.ssrc_check = match self.ssrc_checked {
            None => profile.ssrc_check,
            Some(true) => SsrcCheck::Answer,
            Some(false) => SsrcCheck::Off,
        };
        profile.sub_stream = self.sub_stream.map_or(profile.sub_stream, SubStream::from);
        profile.catalog_event = self.catalogue_event.map_or(profile.catalog_event, EventName::from);
        profile.alarm_event = self.alarm_event.map_or(profile.alarm_event, EventName::from);
        profile.time_sync = self.time_sync.unwrap_or(profile.time_sync);
        profile.keepalive_s = self.keepalive_s.unwrap_or(profile.keepalive_s);
        profile.keepalive_misses = self.keepalive_misses.unwrap_or(profile.keepalive_misses);
        profile.roaming = self.roaming.unwrap_or(profile.roaming);
        profile.record_window_h = self.record_window_h.unwrap_or(profile.record_window_h);
        let mut rules: Vec<AlarmRule> = self.alarm_rules.iter().map(AlarmRule::from).collect();
        rules.append(&mut profile.alarm_rules);
        profile.alarm_rules = rules;
        profile
    }
}

/// What a rule's meaning is to the alarm desk. The protocol's own rules speak of fire and of alarm inputs in words.
pub(super) fn meaning(word: &str, words_of_alarm: &str) -> Option<domain::device::NoticeKind> {
    use domain::device::NoticeKind;
    match word {
        "fire" if ["烟", "smoke"].iter().any(|hint| words_of_alarm.to_lowercase().contains(hint)) => {
            Some(NoticeKind::Alarm(AlarmCode::F01))
        }
        "fire" => Some(NoticeKind::Alarm(AlarmCode::F02)),
        // A wire into a recorder is, at a school, mostly a smoke detector or a call point. Who wires a door contact maps it.
        "alarm-input" => Some(NoticeKind::Alarm(AlarmCode::F03)),
        other => NoticeKind::parse(other),
    }
}

fn is_node(text: &str) -> bool {
    let Some((id, address)) = text.split_once('@') else { return false };
    let port = address.rsplit_once(':').and_then(|(host, port)| {
        let plain =
            !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-[]:".contains(c));
        plain.then(|| port.parse::<u16>().ok()).flatten()
    });
    domain::device::GbId::parse(id).is_ok() && port.is_some()
}

impl From<&RuleHabit> for AlarmRule {
    fn from(rule: &RuleHabit) -> Self {
        Self {
            method: rule.method.as_deref().map(AlarmMethod::from_text),
            alarm_type: rule.alarm_type.clone(),
            point_type: rule.point_type,
            words: rule.words.clone(),
            meaning: rule.meaning.clone(),
        }
    }
}

impl From<CharsetHabit> for Charset {
    fn from(habit: CharsetHabit) -> Self {
        match habit {
            CharsetHabit::Gb2312 => Self::Gb2312,
            CharsetHabit::Gb18030 => Self::Gb18030,
            CharsetHabit::Utf8 => Self::Utf8,
        }
    }
}

impl From<MediaHabit> for MediaTransport {
    fn from(habit: MediaHabit) -> Self {
        match habit {
            MediaHabit::Udp => Self::Udp,
            MediaHabit::TcpDeviceConnects => Self::TcpDeviceConnects,
            MediaHabit::TcpPlatformConnects => Self::TcpPlatformConnects,
        }
    }
}

impl From<SubStreamHabit> for SubStream {
    fn from(habit: SubStreamHabit) -> Self {
        match habit {
            SubStreamHabit::StreamNumber => Self::StreamNumber,
            SubStreamHabit::Stream => Self::Stream,
            SubStreamHabit::StreamProfile => Self::StreamProfile,
            SubStreamHabit::StreamMode => Self::StreamMode,
            SubStreamHabit::No => Self::No,
        }
    }
}

impl From<EventHabit> for EventName {
    fn from(habit: EventHabit) -> Self {
        match habit {
            EventHabit::Presence => Self::Presence,
            EventHabit::Plain => Self::Plain,
            EventHabit::WithId => Self::WithId,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_are_stored_as_what_was_changed_and_nothing_else() {
        let habits = Habits { media: Some(MediaHabit::Udp), ..Habits::default() };
        assert_eq!(habits.write(), r#"{"media":"udp"}"#);
        assert_eq!(Habits::read(&habits.write()), habits);
        assert_eq!(Habits::read("{\"media\":\"pigeon\"}"), Habits::default());
    }

    #[test]
    fn a_change_stands_above_what_the_maker_is_known_for() {
        let habits = Habits { keepalive_s: Some(15), ..Habits::default() };
        let profile = habits.profile(Edition::V2016, "Hikvision", "DS-7816N");
        assert_eq!(profile.keepalive_s, 15);
        assert!(habits.check().is_ok());
    }

    #[test]
    fn what_no_device_can_have_is_refused() {
        for habits in [
            Habits { keepalive_s: Some(0), ..Habits::default() },
            Habits { record_window_h: Some(1_000), ..Habits::default() },
            Habits { redirect: Some("somewhere".to_owned()), ..Habits::default() },
            Habits {
                alarm_rules: vec![RuleHabit {
                    method: None,
                    alarm_type: None,
                    point_type: None,
                    words: vec![],
                    meaning: "burning".to_owned(),
                }],
                ..Habits::default()
            },
        ] {
            assert!(habits.check().is_err(), "{habits:?}");
        }
    }

    #[test]
    fn smoke_and_flame_are_told_apart_by_the_words_of_the_alarm() {
        use domain::device::NoticeKind;
        assert_eq!(meaning("fire", "一楼烟感报警"), Some(NoticeKind::Alarm(AlarmCode::F01)));
        assert_eq!(meaning("fire", "检测到明火"), Some(NoticeKind::Alarm(AlarmCode::F02)));
        assert_eq!(meaning("ignored", ""), Some(NoticeKind::Ignored));
        assert_eq!(meaning("intrusion", ""), None);
    }
}
