//! How the access desk stands, as it travels: what an installer types into a recorder, what was counted, who waits.

use domain::device::DeviceState;
use platform::access::devices::{AccessStanding as Standing, LineCounts, WaitingDevice as Waiting};
use serde::Serialize;
use utoipa::ToSchema;

use super::Moment;

/// How the access desk stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessStanding {
    /// The platform's own 20 digits; none where access by GB/T 28181 is switched off.
    pub id: Option<String>,
    /// The domain of its addresses.
    pub domain: String,
    /// `host:port` that devices are to be given.
    pub address: String,
    /// Where it listens, over UDP and TCP alike.
    pub listens: Vec<String>,
    /// Devices in the asker's reach, by state.
    pub states: DeviceCounts,
    /// What was counted of all devices; for who sees the whole province.
    pub line: Option<AccessLine>,
    /// Ids that wait for a decision, the newest knock first.
    pub waiting: Vec<WaitingDevice>,
}

/// What was counted of all devices.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessLine {
    /// Devices entered.
    pub entered: usize,
    /// Devices in the registrar's table.
    pub registered: usize,
    /// Calls that stand.
    pub calls: usize,
    /// What the registrar has counted since the start.
    pub counters: AccessCounters,
    /// Packets that were no SIP.
    pub noise_not_sip: u64,
    /// Packets that could not be read.
    pub noise_malformed: u64,
}

/// Devices in the asker's reach, by state.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct DeviceCounts {
    /// Registered and alive.
    pub online: u64,
    /// Gone.
    pub offline: u64,
    /// Registering with a wrong secret.
    pub unauthorised: u64,
    /// Never registered.
    pub never_seen: u64,
    /// Switched off by a person.
    pub disabled: u64,
}

/// What the registrar has counted since the start.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessCounters {
    /// Challenges sent.
    pub challenged: u64,
    /// Registrations and refreshes accepted.
    pub registered: u64,
    /// Unregistrations accepted.
    pub unregistered: u64,
    /// Signs of life taken.
    pub keepalives: u64,
    /// Digests that were wrong.
    pub wrong_digest: u64,
    /// Answers with an old nonce.
    pub stale_nonce: u64,
    /// Digests that had been used before.
    pub replayed: u64,
    /// Names that are no device id: scanners.
    pub not_an_id: u64,
    /// Ids outside the allowed rules.
    pub not_allowed: u64,
    /// Devices that call themselves by an id of the platform.
    pub own_id: u64,
    /// Ids that nobody has entered.
    pub unknown_id: u64,
    /// Ids that somebody has switched off.
    pub blocked_id: u64,
    /// Requests of devices that are not registered.
    pub not_registered: u64,
    /// Requests of registered devices from another address.
    pub moved_address: u64,
    /// Dropped because their address sent too many.
    pub limited_address: u64,
    /// Dropped because their id sent too many.
    pub limited_id: u64,
    /// Refusals not sent, because the address had its share.
    pub silent: u64,
    /// Registrations refused because the table is full.
    pub table_full: u64,
}

/// An id that knocked and that nobody has entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingDevice {
    /// Its 20 digits.
    pub gb_id: String,
    /// Where it knocks from.
    pub address: String,
    /// `udp` or `tcp`.
    pub transport: &'static str,
    /// First knock.
    pub first_at: Moment,
    /// Last knock.
    pub last_at: Moment,
    /// How often.
    pub knocks: u32,
    /// Whether it knows the commissioning password.
    pub proved: bool,
    /// What it calls itself.
    pub user_agent: String,
}

impl AccessStanding {
    /// From the desk's, with the devices of the asker.
    pub fn of(standing: Standing, states: DeviceCounts) -> Self {
        Self {
            id: standing.id.map(|id| id.to_string()),
            domain: standing.domain,
            address: standing.address,
            listens: standing.listens.iter().map(ToString::to_string).collect(),
            states,
            line: standing.line.map(AccessLine::from),
            waiting: standing.waiting.into_iter().map(WaitingDevice::from).collect(),
        }
    }
}

impl From<LineCounts> for AccessLine {
    fn from(line: LineCounts) -> Self {
        let counted = line.counters;
        Self {
            entered: line.entered,
            registered: line.registered,
            calls: line.calls,
            counters: AccessCounters {
                challenged: counted.challenged,
                registered: counted.registered,
                unregistered: counted.unregistered,
                keepalives: counted.keepalives,
                wrong_digest: counted.wrong_digest,
                stale_nonce: counted.stale_nonce,
                replayed: counted.replayed,
                not_an_id: counted.not_an_id,
                not_allowed: counted.not_allowed,
                own_id: counted.own_id,
                unknown_id: counted.unknown_id,
                blocked_id: counted.blocked_id,
                not_registered: counted.not_registered,
                moved_address: counted.moved_address,
                limited_address: counted.limited_address,
                limited_id: counted.limited_id,
                silent: counted.silent,
                table_full: counted.table_full,
            },
            noise_not_sip: line.noise.0,
            noise_malformed: line.noise.1,
        }
    }
}

impl From<Vec<(DeviceState, u64)>> for DeviceCounts {
    fn from(states: Vec<(DeviceState, u64)>) -> Self {
        let mut counts = Self::default();
        for (state, count) in states {
            match state {
                DeviceState::Online => counts.online = count,
                DeviceState::Offline => counts.offline = count,
                DeviceState::Unauthorised => counts.unauthorised = count,
                DeviceState::NeverSeen => counts.never_seen = count,
                DeviceState::Disabled => counts.disabled = count,
            }
        }
        counts
    }
}

impl From<Waiting> for WaitingDevice {
    fn from(waiting: Waiting) -> Self {
        Self {
            gb_id: waiting.gb_id.to_string(),
            address: waiting.address.to_string(),
            transport: waiting.transport.as_str(),
            first_at: waiting.first_at.into(),
            last_at: waiting.last_at.into(),
            knocks: waiting.knocks,
            proved: waiting.proved,
            user_agent: waiting.user_agent,
        }
    }
}
