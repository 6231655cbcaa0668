//! The watchdog (链路自检): a test alarm that goes the way of every alarm, and what its coming through, or not, says of each part of the way.
//!
//! A probe (自检告警) is no alarm of a school: it has a row of its own, so that no list and no figure can count it. What is said here is which
//! link of the way is sound or broken, given what a probe left behind; walking the way and keeping what was found is the work of `platform`
//! and `store`.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::code::{AlarmCode, Level};
use super::ladder::plan::duration;
use crate::words::words;

/// Longest time between two probes of a channel.
const EVERY_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a broken way is called; of a level of its own, and told to those who run the system.
pub const FAULT_CODE: AlarmCode = AlarmCode::V08;

/// The level of a broken way.
pub const fn fault_level() -> Level {
    Level::Two
}

/// A part of the way, in the order of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The observation becomes a committed row.
    Raise,
    /// The outbox is read.
    Outbox,
    /// The clocks are read, and write whom to tell.
    Ladder,
    /// The push that consoles and seats listen to.
    Push,
    /// A channel to the outside takes it.
    Channel,
}

words! { Stage:
    Raise = "raise", "告警入库", "Keeping the alarm";
    Outbox = "outbox", "事件传出", "Passing it on";
    Ladder = "ladder", "时限与告知", "Clocks and telling";
    Push = "push", "控制台推送", "Push to consoles";
    Channel = "channel", "外部渠道", "Channel to the outside";
}

/// One link: a stage, or one address of one channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Which part of the way.
    pub stage: Stage,
    /// The channel; empty for stages inside.
    pub channel: String,
    /// The channel's address without secrets; empty for stages inside.
    pub recipient: String,
}

impl Link {
    /// A stage inside the platform.
    pub fn inside(stage: Stage) -> Self {
        Self { stage, channel: String::new(), recipient: String::new() }
    }
}

/// What a probe left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traces {
    /// When it was committed.
    pub raised_at: Timestamp,
    /// When the outbox was read.
    pub passed_at: Option<Timestamp>,
    /// When the clocks found it and wrote whom to tell.
    pub told_at: Option<Timestamp>,
    /// When the push came by.
    pub heard_at: Option<Timestamp>,
    /// What became of it at each address.
    pub sent: Vec<Trace>,
}

/// What became of a probe at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The channel.
    pub channel: String,
    /// Its address without secrets.
    pub recipient: String,
    /// When the other side proved that it came.
    pub arrived_at: Option<Timestamp>,
    /// What the other side said last, or what went wrong.
    pub said: Option<String>,
}

/// What a probe says of a link: sound, or broken and why.
pub type Finding = (Link, Result<(), String>);

/// What a probe says of the way, within the time it was given. A link behind a broken one is not spoken of: nothing is known of it.
pub fn judge(traces: &Traces, within: SignedDuration) -> Vec<Finding> {
    let until = traces.raised_at.saturating_add(within).unwrap_or(Timestamp::MAX);
    let in_time = |at: Option<Timestamp>| match at {
        Some(at) if at <= until => Ok(()),
        Some(at) => Err(format!("late: after {} s", at.duration_since(traces.raised_at).as_secs())),
        None => Err(format!("not within {} s", within.as_secs())),
    };
    let mut findings = vec![(Link::inside(Stage::Raise), Ok(()))];
    for (stage, at) in [(Stage::Outbox, traces.passed_at), (Stage::Ladder, traces.told_at)] {
        let found = in_time(at);
        let is_broken = found.is_err();
        findings.push((Link::inside(stage), found));
        if is_broken {
            return findings;
        }
    }
    findings.push((Link::inside(Stage::Push), in_time(traces.heard_at)));
    for one in &traces.sent {
        let link =
            Link { stage: Stage::Channel, channel: one.channel.clone(), recipient: one.recipient.clone() };
        let found = in_time(one.arrived_at)
            .map_err(|why| one.said.as_ref().map_or(why.clone(), |said| format!("{why}; {said}")));
        findings.push((link, found));
    }
    findings
}

/// How often a channel is probed, as somebody writes it down: `webhook 60s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelPlan {
    /// The channel's name.
    pub channel: String,
    /// Between two probes.
    pub every: SignedDuration,
}

/// What is wrong with a [`ChannelPlan`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}`: a channel and how often it is probed, such as `webhook 60s` or `sms 24h`, from 1s to 7d")]
pub struct ChannelPlanError(String);

impl FromStr for ChannelPlan {
    type Err = ChannelPlanError;

    fn from_str(line: &str) -> Result<Self, ChannelPlanError> {
        let wrong = || ChannelPlanError(line.to_owned());
        let mut words = line.split_whitespace();
        let (Some(channel), Some(every), None) = (words.next(), words.next(), words.next()) else {
            return Err(wrong());
        };
        let every = duration(every).filter(|every| every.is_positive() && *every <= EVERY_MAX);
        Ok(Self { channel: channel.to_owned(), every: every.ok_or_else(wrong)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_000 + s).unwrap()
    }

    /// Seconds at which it passed, was told, was heard, and arrived at the webhook; `-` where it did not.
    fn judged(times: [Option<i64>; 4], said: Option<&str>) -> Vec<String> {
        let [passed, told, heard, arrived] = times.map(|s| s.map(at));
        let sent = vec![Trace {
            channel: "webhook".to_owned(),
            recipient: "h".to_owned(),
            arrived_at: arrived,
            said: said.map(str::to_owned),
        }];
        let traces = Traces { raised_at: at(0), passed_at: passed, told_at: told, heard_at: heard, sent };
        let findings = judge(&traces, SignedDuration::from_secs(45));
        let line = |(link, found): &Finding| match found {
            Ok(()) => link.stage.as_str().to_owned(),
            Err(why) => format!("{}: {why}", link.stage.as_str()),
        };
        findings.iter().map(line).collect()
    }

    #[test]
    fn each_link_is_judged_by_what_the_probe_left_behind() {
        let all = ["raise", "outbox", "ladder", "push", "channel"];
        assert_eq!(judged([Some(1), Some(1), Some(1), Some(2)], None), all);
        assert_eq!(judged([Some(1), Some(1), Some(1), Some(45)], None), all, "the last moment counts");
        assert_eq!(
            judged([None; 4], None),
            ["raise", "outbox: not within 45 s"],
            "nothing is known of the rest"
        );
        assert_eq!(judged([Some(1), None, None, None], None), ["raise", "outbox", "ladder: not within 45 s"]);
        assert_eq!(judged([Some(1), Some(60), None, None], None)[2], "ladder: late: after 60 s");
        assert_eq!(
            judged([Some(1), Some(1), None, None], Some("HTTP 500")),
            ["raise", "outbox", "ladder", "push: not within 45 s", "channel: not within 45 s; HTTP 500"],
            "a silent push does not hide a broken channel"
        );
        assert_eq!(judged([Some(1), Some(1), Some(1), Some(46)], None)[4], "channel: late: after 46 s");
    }

    #[test]
    fn how_often_a_channel_is_probed_reads_back_or_says_what_is_wrong() {
        let plan: ChannelPlan = "sms 24h".parse().unwrap();
        assert_eq!((plan.channel.as_str(), plan.every.as_hours()), ("sms", 24));
        for line in ["", "webhook", "webhook 0s", "webhook 8d", "webhook soon", "webhook 60s more"] {
            assert!(line.parse::<ChannelPlan>().unwrap_err().to_string().contains("such as"), "{line}");
        }
    }

    #[test]
    fn a_broken_way_is_of_the_device_family() {
        assert_eq!((FAULT_CODE.group(), FAULT_CODE.default_level()), ("V", fault_level()));
    }
}
