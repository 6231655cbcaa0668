//! Channels to the outside: how they are set up, without secrets, and how they fare.

use platform::notify::{ChannelState, TestOutcome};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Moment, moment};

/// A channel by which the outside is told of alarms.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationChannel {
    /// `webhook`, `wecom`, `dingtalk`, `feishu`, `sms`, `voice`, `mail`, `mqtt` or `web_push`.
    pub name: String,
    /// Its addresses without secrets: a host, telephone numbers.
    pub addresses: Vec<String>,
    /// True where it tells the people of a rung besides, at the contacts they entered.
    pub tells_people: bool,
    /// Rungs that are told by it.
    pub rungs: Vec<&'static str>,
    /// Notifications that wait, counted up to 1000.
    pub waiting: i64,
    /// When the last one was taken.
    pub last_sent_at: Option<Moment>,
    /// When the last one was given up.
    pub last_failed_at: Option<Moment>,
    /// What was said of it.
    pub last_failure: Option<String>,
}

/// Every channel that is configured.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationChannels {
    /// In the order of the configuration.
    pub items: Vec<NotificationChannel>,
}

/// What the test of a connection found at one address.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelTest {
    /// The address, without secrets.
    pub address: String,
    /// True where the other side took the message.
    pub taken: bool,
    /// What it said, or what went wrong.
    pub said: String,
}

/// What the test of a channel found.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelTests {
    /// One for each address.
    pub items: Vec<ChannelTest>,
}

impl From<ChannelState> for NotificationChannel {
    fn from(state: ChannelState) -> Self {
        let (failed_at, failure) = state.standing.last_failure.unzip();
        Self {
            name: state.standing.channel,
            addresses: state.addresses,
            tells_people: state.tells_people,
            rungs: state.rungs.into_iter().map(domain::alarm::Rung::as_str).collect(),
            waiting: state.standing.waiting,
            last_sent_at: moment(state.standing.last_sent_at),
            last_failed_at: moment(failed_at),
            last_failure: failure,
        }
    }
}

impl From<TestOutcome> for ChannelTest {
    fn from(outcome: TestOutcome) -> Self {
        Self { address: outcome.address, taken: outcome.taken, said: outcome.said }
    }
}
