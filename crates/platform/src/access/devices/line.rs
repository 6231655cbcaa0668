//! The line to the devices: one thread that owns the sockets and the protocol's state machine, and takes orders from the desks.
//!
//! An order is a closure that runs inside it, so that there is one owner and no lock; answers come back through channels. A thread of its
//! own, because thousands of packets a second that wander between the workers of a runtime cost twice the processor time. It never waits
//! for a row: what has to be written goes to the [`super::clerk`].

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use domain::device::GbId as DeviceGbId;
use gb28181::answers::{SearchId, SearchResult};
use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::Body;
use gb28181::manscdp::control::Command;
use gb28181::net::{Arrival, Limits, Sockets};
use gb28181::platform::{
    CallId, CommandError, Effect, Failure, Platform as Protocol, Settings, Ticket, VoiceId,
};
use gb28181::registrar::{Binding, IdRule, Presence};
use gb28181::sdp::Wanted;
use gb28181::sip::{DialogIdentity, Now};
use media::called::{Asked, Called, MediaPorts};
use store::ChannelRoute;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::calls::{ChannelCaller, Standing};
use super::clerk::{self, Note, Tray};
use super::directory::Directory;
use super::memory::Memory;
use super::settings::AccessSettings;
use super::uploads::Uploads;
use crate::access::StreamKind;
use crate::surroundings::Surroundings;
use crate::{Platform, PlatformError};

/// Packets taken before orders and deadlines are looked at again.
const BURST: usize = 256;
/// How often deadlines are looked at. The shortest that the protocol has is 200 ms.
const TICK: Duration = Duration::from_millis(50);
/// Packets within a [`TICK`] from which on they are left to gather: 1 000 a second. Below it each is served at once, because a recorder that
/// sends its catalogue item by item waits for every answer.
const BUSY: usize = 50;
/// How long they are left to: at 3 000 a second one waking then serves fifteen, which saves half of the processor time; no device among
/// thousands notices five milliseconds.
const GATHER: Duration = Duration::from_millis(5);
/// Connections of one address at most.
const CONNECTIONS_PER_ADDRESS_MAX: usize = 8_192;
/// How long an asker waits for the line itself, not for a device.
const LINE_PATIENCE: Duration = Duration::from_secs(10);

type Order = Box<dyn FnOnce(&mut Endpoint) + Send>;
type Answer = Result<Option<Body>, Failure>;

/// The way for orders; closed where the platform speaks with no device.
pub(crate) struct Line {
    orders: OnceLock<mpsc::UnboundedSender<Order>>,
    ports: Option<Arc<MediaPorts>>,
}

/// What the task owns.
pub(super) struct Endpoint {
    pub(super) protocol: Protocol,
    pub(super) directory: Directory,
    pub(super) sockets: Sockets,
    pub(super) surroundings: Surroundings,
    pub(super) tray: Tray,
    pub(super) effects: Vec<Effect>,
    pub(super) answers: HashMap<Ticket, oneshot::Sender<Answer>>,
    pub(super) searches: HashMap<SearchId, oneshot::Sender<SearchResult>>,
    pub(super) calls: HashMap<CallId, Standing>,
    pub(super) voices: HashMap<VoiceId, super::voice_calls::Standing>,
    /// The address that devices send media to.
    pub(super) media_host: String,
    pub(super) facts: super::happenings::Facts,
    /// Pictures that devices were asked to upload.
    pub(super) uploads: Arc<Uploads>,
    began: Instant,
}

impl Line {
    /// A line that is not open yet.
    pub(crate) fn new(settings: Option<&AccessSettings>) -> Self {
        let ports = settings.map(|access| MediaPorts::new(access.media_listen, access.media_ports.clone()));
        Self { orders: OnceLock::new(), ports }
    }

    /// Puts back what an earlier life knew, opens the sockets and begins to listen. Nothing where no access is configured.
    pub(crate) async fn start(&self, platform: &Platform) -> Result<(), PlatformError> {
        let Some(settings) = platform.inner.settings.access.clone() else { return Ok(()) };
        let memory = Memory::read(platform, &settings).await?;
        let (orders, inbox) = mpsc::unbounded_channel();
        let tray = clerk::start(platform.clone());
        let (opened, is_open) = oneshot::channel();
        let (ended, has_ended) = oneshot::channel::<()>();
        let owner = platform.clone();
        let own_thread = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async move {
                match Endpoint::open(&owner, &settings, memory, tray).await {
                    Ok(endpoint) => {
                        let addresses = endpoint.sockets.udp_addresses();
                        info!(?addresses, id = %settings.id, devices = endpoint.directory.len(), "GB/T 28181 listens");
                        let _ = opened.send(Ok(()));
                        run(endpoint, inbox, owner.inner.stop.clone()).await;
                    }
                    Err(error) => drop(opened.send(Err(error))),
                }
            });
            drop(ended);
            Ok::<(), std::io::Error>(())
        };
        let internal = |error: std::io::Error| PlatformError::Internal(error.to_string());
        std::thread::Builder::new().name("gb28181".to_owned()).spawn(own_thread).map_err(internal)?;
        // Whoever waits for the standing work waits for the thread as well.
        platform.inner.tasks.spawn(async move { drop(has_ended.await) });
        is_open.await.map_err(|_| off())??;
        let _ = self.orders.set(orders);
        Ok(())
    }

    /// Runs an order inside the task.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        order: impl FnOnce(&mut Endpoint) -> T + Send + 'static,
    ) -> Result<T, PlatformError> {
        let (done, answer) = oneshot::channel();
        // Who does not wait for the answer any more has given up; the order is carried out all the same.
        self.send(Box::new(move |endpoint| drop(done.send(order(endpoint)))))?;
        match tokio::time::timeout(LINE_PATIENCE, answer).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) | Err(_) => Err(off()),
        }
    }

    /// Gives an order without waiting.
    pub(super) fn send(&self, order: Order) -> Result<(), PlatformError> {
        self.orders.get().ok_or_else(off)?.send(order).map_err(|_| off())
    }

    /// Whether devices are spoken with at all.
    pub(super) fn is_open(&self) -> bool {
        self.orders.get().is_some_and(|orders| !orders.is_closed())
    }

    /// A device was entered or changed: the table learns of it.
    pub(super) async fn enter(&self, platform: &Platform, gb_id: &DeviceGbId) -> Result<(), PlatformError> {
        if !self.is_open() {
            return Ok(());
        }
        let Some(row) = platform.inner.store.registrant(gb_id).await? else { return Ok(()) };
        let platform = platform.clone();
        self.with(move |endpoint| {
            let device = wire_id(&row.gb_id);
            let before = endpoint.directory.get(&device).map(|entry| entry.sort.topics());
            endpoint.directory.put(&row, &platform.inner.seal);
            let terms = endpoint.directory.get(&device).map(|entry| entry.sort.profile.terms());
            endpoint.protocol.decide(&device);
            if let Some(terms) = terms {
                endpoint.protocol.reconfigure(&device, terms, endpoint.now());
            }
            endpoint.subscribe_anew(device, &before.unwrap_or_default());
        })
        .await
    }

    /// A device must register again.
    pub(super) async fn forget(&self, gb_id: &DeviceGbId) {
        let device = wire_id(gb_id);
        // Without a line there is nothing to forget.
        let _ = self.with(move |endpoint| endpoint.protocol.forget(&device)).await;
    }

    /// A device is no more.
    pub(super) async fn remove(&self, gb_id: &DeviceGbId) {
        let device = wire_id(gb_id);
        let _ = self
            .with(move |endpoint| {
                endpoint.protocol.forget(&device);
                endpoint.directory.remove(&device);
            })
            .await;
    }

    /// Asks a device or orders it something, and waits for its answer; none for an order that is done with the 200.
    pub(in crate::access) async fn ask(
        &self,
        device: GbId,
        about: GbId,
        body: Body,
    ) -> Result<Option<Body>, PlatformError> {
        let asked = self.with(move |endpoint| endpoint.ask(device, about.into(), body)).await?;
        let answer = asked.map_err(refused)?.await.map_err(|_| off())?;
        answer.map_err(|failure| match failure {
            Failure::Refused { status } => PlatformError::Conflict(format!(
                "the device refused with status {status} 设备拒绝（{status}）"
            )),
            Failure::NoAnswer | Failure::Silent => {
                PlatformError::Unavailable(format!("{failure} 设备没有应答"))
            }
        })
    }

    /// Orders a device something and waits until it took it.
    pub(in crate::access) async fn order(
        &self,
        device: GbId,
        about: GbId,
        order: Command,
    ) -> Result<(), PlatformError> {
        let control = gb28181::manscdp::control::DeviceControl { command: order, priority: None };
        self.ask(device, about, Body::DeviceControl(control)).await.map(|_| ())
    }
}

impl Endpoint {
    async fn open(
        platform: &Platform,
        settings: &AccessSettings,
        memory: Memory,
        tray: Tray,
    ) -> Result<Self, PlatformError> {
        // A whole district may sit behind one translated address.
        let limits = Limits { connections_per_address_max: CONNECTIONS_PER_ADDRESS_MAX, ..Limits::default() };
        let sockets = Sockets::bind(&settings.listen, &settings.listen, limits)
            .await
            .map_err(|error| PlatformError::Unavailable(format!("GB/T 28181: {error}")))?;
        let surroundings = platform.inner.surroundings.clone();
        let began = Instant::now();
        let now = Now { mono_ms: 0, unix_ms: surroundings.now().as_millisecond() };
        let id = wire_id(&settings.id);
        let heard = sockets.udp_addresses();
        let address = match (&settings.address, heard.first()) {
            (Some(address), _) => address.clone(),
            (None, Some(address)) => address.to_string(),
            (None, None) => {
                return Err(PlatformError::Unavailable("GB/T 28181: no address to listen on".to_owned()));
            }
        };
        let media_host = settings.media_address.clone().unwrap_or_else(|| host_of(&address));
        let mut protocol = Settings::new(id, &address);
        protocol.registrar.allowed = settings
            .allowed_ids
            .0
            .iter()
            .map(|rule| IdRule::parse(rule).ok_or_else(|| bad_rule(rule)))
            .collect::<Result<_, _>>()?;
        let rate = settings.address_rate_hz.max(1) as f32;
        protocol.registrar.address_rate = (rate, rate * 10.0);
        let mut endpoint = Self {
            protocol: Protocol::new(protocol, &surroundings.random(), now),
            directory: memory.directory,
            sockets,
            surroundings,
            tray,
            effects: Vec::new(),
            answers: HashMap::new(),
            searches: HashMap::new(),
            calls: HashMap::new(),
            voices: HashMap::new(),
            media_host,
            facts: super::happenings::Facts::default(),
            uploads: Arc::clone(&platform.inner.uploads),
            began,
        };
        endpoint.remember(memory.bindings, memory.unhealed, memory.orphans);
        Ok(endpoint)
    }

    /// Puts back registrations and dialogs of an earlier life.
    fn remember(
        &mut self,
        bindings: Vec<Binding>,
        unhealed: Vec<(GbId, DialogIdentity)>,
        orphans: Vec<String>,
    ) {
        let now = self.now();
        for binding in bindings {
            let was_there = binding.presence == Presence::Online;
            if was_there && binding.peer.is_datagram() {
                self.greet_later(binding.device);
            } else if was_there {
                // Its connection ended with us. It comes back by itself and is greeted then, or it is gone.
                self.facts.expected.push(binding.device);
            }
            self.protocol.restore(binding, now);
        }
        let devices: Vec<GbId> = unhealed.iter().map(|(device, _)| *device).collect();
        for (device, identity) in unhealed {
            self.facts.unhealed.entry(device).or_default().push(identity);
        }
        // Devices on UDP are there at once; the others are told when they are back.
        for device in devices {
            self.heal(device);
        }
        for call_id in orphans {
            self.tray.note(Note::DialogOver(call_id));
        }
        self.act();
    }

    /// The time, in the two ways that the protocol wants it.
    pub(super) fn now(&self) -> Now {
        let mono_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now { mono_ms, unix_ms: self.surroundings.now().as_millisecond() }
    }

    /// Asks, and gives where the answer will come.
    pub(super) fn ask(
        &mut self,
        device: GbId,
        about: CatalogId,
        body: Body,
    ) -> Result<oneshot::Receiver<Answer>, CommandError> {
        let now = self.now();
        let ticket = self.protocol.ask(now, &self.directory, (device, about), body, &mut self.effects)?;
        let (sender, receiver) = oneshot::channel();
        self.answers.insert(ticket, sender);
        Ok(receiver)
    }

    fn arrived(&mut self, arrival: Arrival) {
        let now = self.now();
        match arrival {
            Arrival::Data { from, bytes } => {
                self.protocol.receive(now, from, &bytes, &self.directory, &mut self.effects);
            }
            Arrival::Closed { connection } => {
                self.protocol.connection_lost(now, connection, &self.directory, &mut self.effects);
            }
        }
        self.act();
    }

    fn on_timer(&mut self) {
        let now = self.now();
        self.protocol.on_timer(now, &self.directory, &mut self.effects);
        self.greet_some();
        self.miss_expected();
        self.act();
    }
}

async fn run(mut endpoint: Endpoint, mut inbox: mpsc::UnboundedReceiver<Order>, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut heard, mut is_busy) = (0, false);
    loop {
        let heard_before = heard;
        tokio::select! {
            () = stop.cancelled() => break,
            order = inbox.recv() => {
                let Some(order) = order else { break };
                order(&mut endpoint);
                endpoint.act();
            }
            arrival = endpoint.sockets.next() => {
                heard += 1;
                endpoint.arrived(arrival);
                for _ in 0..BURST {
                    let Some(arrival) = endpoint.sockets.try_next() else { break };
                    heard += 1;
                    endpoint.arrived(arrival);
                }
            }
            _ = ticks.tick() => {
                is_busy = heard >= BUSY;
                heard = 0;
            }
        }
        if endpoint.protocol.next_deadline_ms() <= endpoint.now().mono_ms {
            endpoint.on_timer();
        }
        if is_busy && heard > heard_before {
            tokio::time::sleep(GATHER).await;
        }
    }
    if !endpoint.calls.is_empty() {
        // Their dialogs are rows: the next start ends what a device may still be sending.
        warn!(calls = endpoint.calls.len(), "GB/T 28181 stops with calls standing");
    }
}

impl Platform {
    /// How the pictures of a channel are asked for.
    pub(in crate::access) fn called(
        &self,
        route: ChannelRoute,
        kind: StreamKind,
    ) -> Result<Called, PlatformError> {
        let at = (wire_id(&route.device_gb_id), wire_id(&route.gb_id));
        // Which one a channel gives by itself is a habit of its device.
        let stream = (kind == StreamKind::Sub).then_some(1);
        let caller = ChannelCaller::new(self, at, Wanted::Live, stream);
        Ok(Called { caller: Arc::new(caller), ports: self.media_ports()?, what: Asked::Live })
    }

    /// The ports on which media are received.
    pub(in crate::access) fn media_ports(&self) -> Result<Arc<MediaPorts>, PlatformError> {
        self.inner.line.ports.clone().ok_or_else(off)
    }
}

/// The host of `host:port`, without the brackets of an IPv6 address.
fn host_of(address: &str) -> String {
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    host.trim_start_matches('[').trim_end_matches(']').to_owned()
}

/// The protocol's form of an id.
pub(in crate::access) fn wire_id(id: &DeviceGbId) -> GbId {
    GbId::from_digits(id.as_str().as_bytes()).expect("both forms hold twenty digits")
}

/// Our form of the protocol's id.
pub(super) fn own_id(id: &GbId) -> DeviceGbId {
    DeviceGbId::parse(id.as_str()).expect("both forms hold twenty digits")
}

/// Why a command was not even sent.
pub(super) fn refused(error: CommandError) -> PlatformError {
    match error {
        CommandError::NotRegistered => {
            PlatformError::Unavailable("the device is not online 设备不在线".to_owned())
        }
        CommandError::Busy => PlatformError::Conflict(format!("{error} 设备正在处理同一请求")),
        CommandError::TooMany => PlatformError::Limit { detail: error.to_string(), retry_after_s: Some(10) },
        CommandError::Search(_) => PlatformError::field("from", "invalid", error.to_string()),
        CommandError::NotACommand | CommandError::NoCall | CommandError::Ssrc(_) => {
            PlatformError::Unavailable(error.to_string())
        }
    }
}

fn off() -> PlatformError {
    PlatformError::Unavailable("GB/T 28181 access is switched off 国标接入未启用".to_owned())
}

fn bad_rule(rule: &str) -> PlatformError {
    PlatformError::Unavailable(format!("access.allowed_ids: {rule} is no pattern of digits and ?"))
}
