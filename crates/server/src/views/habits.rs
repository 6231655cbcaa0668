//! What is changed about how one device is spoken to, as it travels. The words are those of the access desk, which also refuses what no
//! device can have; here they only get a description.

use platform::access::devices::Habits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;

/// Changed habits of a device; an absent field is as its edition, maker and model have it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceHabits {
    /// `gb2312`, `gb18030` or `utf8`: characters of what is sent to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// `udp`, `tcp_device_connects` or `tcp_platform_connects`: how media come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// Whether packets with another SSRC than agreed are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssrc_checked: Option<bool>,
    /// `stream_number`, `stream`, `stream_profile`, `stream_mode` or `no`: how the sub-stream is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_stream: Option<String>,
    /// `main` or `sub`: which stream of its channels is asked for live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live_stream: Option<String>,
    /// `presence`, `plain` or `with_id`: `Event:` of subscriptions for the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalogue_event: Option<String>,
    /// The same for alarms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_event: Option<String>,
    /// Whether it is told the time when it registers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_sync: Option<bool>,
    /// Seconds between its signs of life.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keepalive_s: Option<u32>,
    /// How many of them may be missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keepalive_misses: Option<u32>,
    /// Whether its address may change without a registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roaming: Option<bool>,
    /// Longest span, in hours, for which it is asked for recordings at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_window_h: Option<u32>,
    /// Whether catalogue and alarms are subscribed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribes: Option<bool>,
    /// Seconds between its reports of where it is, where it is asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position_s: Option<u32>,
    /// The node it is sent to when it registers here: `server id@host:port`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// What its alarms mean, before the common rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alarm_rules: Vec<DeviceAlarmRule>,
}

/// One line of a device's table of alarms.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceAlarmRule {
    /// `AlarmMethod` that it holds for; absent: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `AlarmType` that it holds for; absent: any, empty: none sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarm_type: Option<String>,
    /// Digits 11 to 13 of the reporting id; absent: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point_type: Option<u16>,
    /// Words of which the alarm has at least one; none: any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// An alarm code, or `ignored`.
    pub meaning: String,
}

impl DeviceHabits {
    /// From the desk's.
    pub fn of(habits: &Habits) -> Self {
        serde_json::to_value(habits).and_then(serde_json::from_value).unwrap_or_default()
    }

    /// As the desk understands them.
    pub fn ask(&self) -> Result<Habits, Problem> {
        serde_json::to_value(self)
            .and_then(serde_json::from_value)
            .map_err(|error| Problem::field("habits", "invalid", error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use platform::access::devices::{
        CharsetHabit, EventHabit, MediaHabit, RuleHabit, StreamHabit, SubStreamHabit,
    };

    use super::*;

    #[test]
    fn every_habit_of_the_desk_travels_there_and_back() {
        let rule = RuleHabit {
            method: Some("5".to_owned()),
            alarm_type: Some(String::new()),
            point_type: Some(134),
            words: vec!["烟".to_owned()],
            meaning: "F01".to_owned(),
        };
        let habits = Habits {
            charset: Some(CharsetHabit::Gb18030),
            media: Some(MediaHabit::TcpDeviceConnects),
            ssrc_checked: Some(false),
            sub_stream: Some(SubStreamHabit::StreamNumber),
            live_stream: Some(StreamHabit::Sub),
            catalogue_event: Some(EventHabit::Presence),
            alarm_event: Some(EventHabit::WithId),
            time_sync: Some(false),
            keepalive_s: Some(60),
            keepalive_misses: Some(3),
            roaming: Some(true),
            record_window_h: Some(6),
            subscribes: Some(false),
            position_s: Some(30),
            redirect: Some("36000000002000000001@192.0.2.1:5060".to_owned()),
            alarm_rules: vec![rule],
        };
        assert_eq!(DeviceHabits::of(&habits).ask().unwrap(), habits);
    }

    #[test]
    fn a_word_that_no_habit_has_is_refused_by_name() {
        let habits = DeviceHabits { media: Some("pigeon".to_owned()), ..DeviceHabits::default() };
        assert_eq!(habits.ask().unwrap_err().fields[0].field, "habits");
    }
}
