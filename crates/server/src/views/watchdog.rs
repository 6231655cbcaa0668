//! The watchdog as it travels.

use domain::alarm::watchdog::{FAULT_CODE, Trace, fault_level};
use platform::rows::{FaultRow, ProbeRow};
use platform::watchdog::WatchdogState;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// How the way of alarms is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Watchdog {
    /// `sound`, `broken`, `silent`, `beginning` or `off`.
    pub verdict: &'static str,
    /// Seconds between two test alarms; 0: off.
    pub every_s: i64,
    /// Seconds in which one has to come through.
    pub within_s: i64,
    /// Channels that carry test alarms.
    pub channels: Vec<ProbedChannel>,
    /// Channels that are told of a fault.
    pub tell_channels: Vec<String>,
    /// When the last test alarm that came through everywhere was raised.
    pub last_arrival_at: Option<Moment>,
    /// When a test alarm could not even begin.
    pub trouble_at: Option<Moment>,
    /// Why.
    pub trouble: Option<String>,
    /// The last test alarms, newest first.
    pub probes: Vec<Probe>,
    /// Broken links, and those that were; open ones first.
    pub faults: Vec<WatchdogFault>,
}

/// A channel that carries test alarms.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProbedChannel {
    /// Which.
    pub name: String,
    /// Seconds between two.
    pub every_s: i64,
    /// True where the receiver has to send a receipt back; false where its word is all there is.
    pub proves_arrival: bool,
}

/// A test alarm.
#[derive(Debug, Serialize, ToSchema)]
pub struct Probe {
    /// Id.
    pub id: Uuid,
    /// When it was committed.
    pub raised_at: Moment,
    /// True where every statement of raising an alarm was gone through and taken back.
    pub rehearsed: bool,
    /// When the outbox was read.
    pub passed_at: Option<Moment>,
    /// When the clocks were read.
    pub told_at: Option<Moment>,
    /// When the push to consoles came by.
    pub heard_at: Option<Moment>,
    /// At the channels that it was for.
    pub sent: Vec<ProbeArrival>,
    /// Whether all came in time; null while its time is not over.
    pub arrived: Option<bool>,
}

/// A test alarm at one address.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProbeArrival {
    /// The channel.
    pub channel: String,
    /// Its address without secrets.
    pub address: String,
    /// When it arrived.
    pub arrived_at: Option<Moment>,
    /// What the other side said last, or what went wrong.
    pub said: Option<String>,
}

/// A broken link of the way of alarms.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchdogFault {
    /// Id.
    pub id: Uuid,
    /// `V08`.
    pub code: &'static str,
    /// 2.
    pub level: u8,
    /// A word of `watchdog_stages`.
    pub stage: &'static str,
    /// The channel; empty for stages inside.
    pub channel: String,
    /// Its address without secrets; empty for stages inside.
    pub address: String,
    /// What is wrong.
    pub why: String,
    /// When the first test alarm that did not come was raised.
    pub since: Moment,
    /// When that was found.
    pub found_at: Moment,
    /// When the last one that did not come was raised.
    pub last_at: Moment,
    /// How many did not come.
    pub probes: i64,
    /// When one came again.
    pub mended_at: Option<Moment>,
}

impl From<WatchdogState> for Watchdog {
    fn from(state: WatchdogState) -> Self {
        let (trouble_at, trouble) = state.trouble.unzip();
        let channel = |plan: domain::alarm::watchdog::ChannelPlan| ProbedChannel {
            every_s: plan.every.as_secs(),
            proves_arrival: plan.channel == "webhook",
            name: plan.channel,
        };
        Self {
            verdict: state.verdict.as_str(),
            every_s: state.settings.every.as_secs(),
            within_s: state.settings.within.as_secs(),
            channels: state.settings.channels.into_iter().map(channel).collect(),
            tell_channels: state.settings.tell,
            last_arrival_at: moment(state.last_arrival),
            trouble_at: moment(trouble_at),
            trouble,
            probes: state.probes.into_iter().map(Probe::from).collect(),
            faults: state.faults.into_iter().map(WatchdogFault::from).collect(),
        }
    }
}

impl From<ProbeRow> for Probe {
    fn from(row: ProbeRow) -> Self {
        let traces = row.traces;
        Self {
            id: row.id.0,
            raised_at: traces.raised_at.into(),
            rehearsed: row.rehearsed,
            passed_at: moment(traces.passed_at),
            told_at: moment(traces.told_at),
            heard_at: moment(traces.heard_at),
            sent: traces.sent.into_iter().map(ProbeArrival::from).collect(),
            arrived: row.arrived,
        }
    }
}

impl From<Trace> for ProbeArrival {
    fn from(trace: Trace) -> Self {
        Self {
            channel: trace.channel,
            address: trace.recipient,
            arrived_at: moment(trace.arrived_at),
            said: trace.said,
        }
    }
}

impl From<FaultRow> for WatchdogFault {
    fn from(row: FaultRow) -> Self {
        Self {
            id: row.id,
            code: FAULT_CODE.as_str(),
            level: fault_level().into(),
            stage: row.link.stage.as_str(),
            channel: row.link.channel,
            address: row.link.recipient,
            why: row.why,
            since: row.since.into(),
            found_at: row.found_at.into(),
            last_at: row.last_at.into(),
            probes: row.probes,
            mended_at: moment(row.mended_at),
        }
    }
}
