//! Starting and stopping.

use super::alarm::Raised;
use super::apparatus::Surroundings;
use super::device::{GbDevice, GbSimulatorConfig, Signalling};
use super::error::GbSimulatorError;
use super::event::{GbEvent, GbTotals};
use super::node::Node;
use super::run::{Order, Run};
use super::timers::Timers;
use crate::clip::RTP_CLOCK;
use crate::drawing::begin_reels;
use crate::soundtrack::Soundtrack;
use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::alarm::AlarmKind;
use gb28181::net::{Limits, Sockets};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Up to so many devices have a UDP port each. Beyond, looking at all sockets would cost more than what arrives.
const OWN_PORTS_MAX: usize = 256;
/// Ports that more devices share.
const SHARED_PORTS: usize = 16;
/// Events that wait to be fetched; further ones are counted and lost.
const EVENTS_MAX: usize = 4_096;
/// Orders and news that wait.
const QUEUE_MAX: usize = 256;
/// Length of the tone: longer than every drawn scene.
const TONE_TICKS: u32 = 600 * RTP_CLOCK;
/// Connections to the server are expected to be silent for long.
const IDLE_S: u64 = 86_400;

/// A running simulator. Dropping it stops it without good-byes.
#[derive(Debug)]
pub struct GbSimulator {
    devices: Vec<GbId>,
    events: mpsc::Receiver<GbEvent>,
    orders: mpsc::Sender<Order>,
    shown: Arc<Mutex<GbTotals>>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
    task: JoinHandle<()>,
}

impl GbSimulator {
    /// Opens sockets, waits until every scene has its first picture, and lets the devices register one after the other.
    ///
    /// # Errors
    /// No way to the server, no sockets, no pictures, an id given twice.
    #[expect(
        clippy::mutable_key_type,
        reason = "rooms are told apart by where they lie, which does not change"
    )]
    pub async fn start(mut config: GbSimulatorConfig) -> Result<Self, GbSimulatorError> {
        let by_id = numbers_by_id(&config.devices)?;
        let host = own_address(config.server)?;
        let stop = CancellationToken::new();
        let stop_on_drop = stop.clone().drop_guard();
        let channels = config.devices.iter().flat_map(|device| &device.channels);
        let wanted = channels.filter_map(|channel| Some((channel.id.as_str(), channel.source.as_ref()?)));
        let wanted = wanted.filter(|_| config.has_media);
        let reels = begin_reels(wanted, config.cache.as_deref(), &stop).await?;
        let (sockets, by_socket) = open_sockets(&config, host).await?;
        let locals = sockets.udp_addresses();
        let devices = std::mem::take(&mut config.devices);
        let ids = devices.iter().map(|device| device.id).collect();
        let mut timers = Timers::new(devices.len());
        let mut of_number: HashMap<u32, u16> = HashMap::new();
        of_number.extend(by_socket.iter().zip(0..).map(|(number, socket)| (*number, socket)));
        let nodes = (0..).zip(devices).map(|(number, device): (u32, GbDevice)| {
            let begins_ms = u64::from(number) * 1_000 / u64::from(config.starts_per_s.max(1));
            timers.set(number, Some(begins_ms));
            let shared = (number as usize % locals.len().max(1)) as u16;
            let socket = of_number.get(&number).copied().unwrap_or(shared);
            let local = locals.get(usize::from(socket)).copied().unwrap_or(SocketAddr::new(host, 5060));
            let node = Node::new(number, device, &config, (socket, local));
            Node { planned_ms: Some(begins_ms), ..node }
        });
        let nodes = nodes.collect();
        let (events, fetched) = mpsc::channel(EVENTS_MAX);
        let (orders, obeyed) = mpsc::channel(QUEUE_MAX);
        let shown = Arc::new(Mutex::new(GbTotals::default()));
        let run = Run {
            nodes,
            by_id,
            by_socket,
            by_connection: HashMap::new(),
            sockets,
            timers,
            surroundings: Surroundings {
                host,
                has_media: config.has_media,
                recorded_h: config.recorded_h,
                clock_ahead_s: config.clock_ahead_s,
                expires_s: config.expires_s,
                keepalive_s: config.keepalive_s,
            },
            reels,
            tone: config.has_tone.then(|| Arc::new(Soundtrack::tone(TONE_TICKS, RTP_CLOCK))),
            media: HashMap::new(),
            ears: HashMap::new(),
            sessions: JoinSet::new(),
            news: mpsc::channel(QUEUE_MAX),
            dials: JoinSet::new(),
            events,
            totals: GbTotals::default(),
            shown: shown.clone(),
            began: Instant::now(),
            is_leaving: false,
        };
        let task = tokio::spawn(run.run(obeyed, stop.clone()));
        Ok(Self { devices: ids, events: fetched, orders, shown, stop, _stop_on_drop: stop_on_drop, task })
    }

    /// The ids of all devices, in the order given.
    pub fn devices(&self) -> &[GbId] {
        &self.devices
    }

    /// The next event; `None` when it has stopped. Nothing is lost when the future is dropped.
    pub async fn next_event(&mut self) -> Option<GbEvent> {
        self.events.recv().await
    }

    /// Sums over all devices.
    pub fn totals(&self) -> GbTotals {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Raises an alarm at a point of a device: the device itself, a channel, or an alarm input. By method 2 a point is silent afterwards until the
    /// platform resets it.
    pub async fn raise_alarm(&self, device: GbId, point: CatalogId, kind: AlarmKind) -> Raised {
        let (answer, raised) = oneshot::channel();
        let order = Order::Alarm { device, point, kind, answer };
        if self.orders.send(order).await.is_err() {
            return Raised::Unknown;
        }
        raised.await.unwrap_or(Raised::Unknown)
    }

    /// Lets all devices leave, waits a few seconds for the answers, and ends.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "simulated devices ended badly");
        }
    }
}

/// Numbers of devices under their ids and those of their channels.
fn numbers_by_id(devices: &[GbDevice]) -> Result<HashMap<GbId, u32>, GbSimulatorError> {
    let mut by_id = HashMap::new();
    for (number, device) in (0..).zip(devices) {
        if by_id.insert(device.id, number).is_some() {
            return Err(GbSimulatorError::SameId(device.id));
        }
        for channel in &device.channels {
            // A camera is its own channel.
            if by_id.insert(channel.id, number).is_some_and(|_| channel.id != device.id) {
                return Err(GbSimulatorError::SameId(channel.id));
            }
        }
    }
    Ok(by_id)
}

/// The address of this machine from which the server is reached. Nothing is sent.
fn own_address(server: SocketAddr) -> Result<IpAddr, GbSimulatorError> {
    let any =
        if server.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { IpAddr::from(Ipv6Addr::UNSPECIFIED) };
    let ask = || {
        let socket = UdpSocket::bind((any, 0))?;
        socket.connect(server)?;
        socket.local_addr()
    };
    ask().map(|address| address.ip()).map_err(|source| GbSimulatorError::NoWay { server, source })
}

/// Opens UDP sockets; with them comes the device of each where devices have their own.
async fn open_sockets(
    config: &GbSimulatorConfig,
    host: IpAddr,
) -> Result<(Sockets, Vec<u32>), GbSimulatorError> {
    let is_udp = |(_, device): &(u32, &GbDevice)| device.signalling == Signalling::Udp;
    let numbers: Vec<u32> = (0..).zip(&config.devices).filter(is_udp).map(|(number, _)| number).collect();
    let is_shared = numbers.len() > OWN_PORTS_MAX;
    let count = if is_shared { SHARED_PORTS } else { numbers.len() };
    let limits = Limits { connections_max: config.devices.len(), idle_s: IDLE_S, ..Limits::default() };
    let sockets = Sockets::bind(&vec![SocketAddr::new(host, 0); count], &[], limits).await?;
    Ok((sockets, if is_shared { Vec::new() } else { numbers }))
}
