//! How the access desk stands: who knocks and waits for a decision, how many are there, what the line has counted.

use std::net::SocketAddr;

use domain::access::{Access, Scope};
use domain::device::{GbId, Transport};
use domain::role::Capability;
use gb28181::registrar::{Counters, Presence};
use gb28181::sip::Channel;
use jiff::Timestamp;

use super::line::own_id;
use crate::access::clocks::Clocked;
use crate::{Ask, Platform, PlatformError};

/// Digits of a province's division code.
const PROVINCE_DIGITS: usize = 2;

/// An id that knocked and that nobody has entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingDevice {
    /// Its 20 digits.
    pub gb_id: GbId,
    /// Where it knocks from.
    pub address: SocketAddr,
    /// Over what.
    pub transport: Transport,
    /// First knock.
    pub first_at: Timestamp,
    /// Last knock.
    pub last_at: Timestamp,
    /// How often.
    pub knocks: u32,
    /// Whether it knows the commissioning password.
    pub proved: bool,
    /// What it calls itself.
    pub user_agent: String,
}

/// What the line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineCounts {
    /// Devices entered.
    pub entered: usize,
    /// Devices in the registrar's table.
    pub registered: usize,
    /// Calls that stand.
    pub calls: usize,
    /// What the registrar has counted since the start.
    pub counters: Counters,
    /// Packets that were no SIP, and that could not be read.
    pub noise: (u64, u64),
}

/// How the access desk stands.
#[derive(Debug, Clone)]
pub struct AccessStanding {
    /// The platform's id; none where access by GB/T 28181 is switched off.
    pub id: Option<GbId>,
    /// The domain of its addresses.
    pub domain: String,
    /// `host:port` that devices are to be given.
    pub address: String,
    /// Where it listens over UDP and TCP.
    pub listens: Vec<SocketAddr>,
    /// What the line has counted, of all devices; for those who see the whole province.
    pub line: Option<LineCounts>,
    /// Ids that wait for a decision, the newest knock first.
    pub waiting: Vec<WaitingDevice>,
}

impl Platform {
    /// How the access desk stands. The list of ids that wait is for those who may enter devices, and holds the ids that bear the division code
    /// of their region: an id has no unit yet.
    pub async fn access_standing(&self, ask: &Ask) -> Result<AccessStanding, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let Some(settings) = self.inner.settings.access.clone().filter(|_| self.inner.line.is_open()) else {
            return Ok(AccessStanding::off());
        };
        let own = self.division_of(ask).await?;
        let sees_all = own.as_deref().is_some_and(|own| own.len() <= PROVINCE_DIGITS);
        let division = own.filter(|_| ask.access.may(Capability::ManageCameras));
        self.inner
            .line
            .with(move |endpoint| {
                let registrar = endpoint.protocol.registrar();
                let is_theirs = |id: &gb28181::id::GbId| {
                    division.as_deref().is_some_and(|division| id.as_str().starts_with(division))
                };
                let mut waiting: Vec<WaitingDevice> =
                    registrar.waiting().filter(|(id, _)| is_theirs(id)).map(waiting_device).collect();
                waiting.sort_by_key(|one| std::cmp::Reverse(one.last_at));
                let noise = endpoint.protocol.noise();
                let listens = endpoint.sockets.udp_addresses();
                let heard = listens.first().map(ToString::to_string).unwrap_or_default();
                AccessStanding {
                    domain: settings.id.as_str()[..10].to_owned(),
                    address: settings.address.clone().unwrap_or(heard),
                    id: Some(settings.id),
                    listens,
                    line: sees_all.then(|| LineCounts {
                        entered: endpoint.directory.len(),
                        registered: registrar.len(),
                        calls: endpoint.protocol.calls_standing(),
                        counters: registrar.counters(),
                        noise: (noise.not_sip, noise.malformed),
                    }),
                    waiting,
                }
            })
            .await
    }

    /// The digits that ids of the asker's region begin with; none where the region has no code.
    async fn division_of(&self, ask: &Ask) -> Result<Option<String>, PlatformError> {
        let store = &self.inner.store;
        let region_id = match ask.access.scope {
            None => return Ok(Some(String::new())),
            Some(Scope::Region(id)) => id,
            Some(Scope::Unit(id)) => store.unit(&ask.access, id).await?.unit.region_id,
            Some(Scope::Organisation(id)) => store.organisation(&ask.access, id).await?.record.region_id,
        };
        let code = store.region(&Access::PLATFORM, region_id).await?.gb2260_code;
        Ok(code.map(|code| code.trim_end_matches("00").to_owned()))
    }

    /// Devices that are registered and there, as far as they are wanted; nobody where devices are not spoken with.
    pub(in crate::access) async fn devices_with_clocks(
        &self,
        is_wanted: impl Fn(&gb28181::id::GbId) -> bool + Send + 'static,
    ) -> Vec<Clocked> {
        let there = self.inner.line.with(move |endpoint| {
            let now = endpoint.now();
            let registrar = endpoint.protocol.registrar();
            let is_there = |id: &gb28181::id::GbId| {
                registrar.binding(id, now).is_some_and(|binding| binding.presence == Presence::Online)
            };
            let wanted = endpoint.directory.iter().filter(|(id, _)| is_wanted(id) && is_there(id));
            let clocked = wanted.map(|(id, entry)| Clocked {
                gb_id: *id,
                id: entry.id,
                unit_id: entry.unit_id,
                simulated: entry.simulated,
            });
            clocked.collect()
        });
        there.await.unwrap_or_default()
    }

    /// Where devices are heard over UDP and TCP; empty where they are not.
    pub async fn access_addresses(&self) -> Vec<SocketAddr> {
        self.inner.line.with(|endpoint| endpoint.sockets.udp_addresses()).await.unwrap_or_default()
    }
}

impl AccessStanding {
    fn off() -> Self {
        Self {
            id: None,
            domain: String::new(),
            address: String::new(),
            listens: Vec::new(),
            line: None,
            waiting: Vec::new(),
        }
    }
}

fn waiting_device((id, waiting): (&gb28181::id::GbId, &gb28181::registrar::Waiting)) -> WaitingDevice {
    let time = |unix_ms| Timestamp::from_millisecond(unix_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    WaitingDevice {
        gb_id: own_id(id),
        address: waiting.peer.address,
        transport: match waiting.peer.channel {
            Channel::Udp { .. } => Transport::Udp,
            Channel::Tcp { .. } => Transport::Tcp,
        },
        first_at: time(waiting.first_unix_ms),
        last_at: time(waiting.last_unix_ms),
        knocks: waiting.knocks,
        proved: waiting.proved,
        user_agent: waiting.user_agent.to_string(),
    }
}
