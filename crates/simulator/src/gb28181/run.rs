//! The one task that owns all devices: what arrives, what is due, what is ordered.

use super::alarm::Raised;
use super::apparatus::{Apparatus, Surroundings};
use super::event::{GbEvent, GbTotals, Happening};
use super::media::News;
use super::node::Node;
use super::timers::Timers;
use crate::reel::Reel;
use crate::simulator::VideoSource;
use crate::soundtrack::Soundtrack;
use bytes::Bytes;
use gb28181::device::{Device, Effect, SessionId};
use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::alarm::AlarmKind;
use gb28181::mansrtsp::Action;
use gb28181::net::Sockets;
use gb28181::sip::{Now, Peer};
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// Arrivals taken before timers are looked at again.
const BURST: usize = 256;
/// Devices whose time has come, looked at before arrivals are taken again.
const DUE: usize = 256;
/// Pause before a lost connection is opened again, and what is added by the number of the device, so that not all come at once.
pub(super) const RECONNECT_MS: u64 = 2_000;
pub(super) const RECONNECT_SPREAD_MS: u64 = 8_000;
/// Orders that wait for one session.
pub(super) const ORDERS_MAX: usize = 16;
/// A download is so many times faster than life; what is asked for is not told to the equipment.
pub(super) const DOWNLOAD_SCALE: f64 = 4.0;
/// Devices that say good-bye within a millisecond, and what is given for the last answers.
pub(super) const LEAVES_PER_MS: u64 = 10;
const FAREWELL_MS: u64 = 4_000;

/// What is ordered from outside.
#[derive(Debug)]
pub(super) enum Order {
    Alarm { device: GbId, point: CatalogId, kind: AlarmKind, answer: oneshot::Sender<Raised> },
}

/// All devices and what they share.
#[derive(Debug)]
pub(super) struct Run {
    pub nodes: Vec<Node>,
    /// Devices and their channels.
    pub by_id: HashMap<GbId, u32>,
    /// The device of each UDP socket; empty when they are shared.
    pub by_socket: Vec<u32>,
    pub by_connection: HashMap<u64, u32>,
    pub sockets: Sockets,
    pub timers: Timers,
    pub surroundings: Surroundings,
    pub reels: HashMap<VideoSource, Arc<Reel>>,
    /// For reels without sound of their own.
    pub tone: Option<Arc<Soundtrack>>,
    pub media: HashMap<(u32, SessionId), mpsc::Sender<Action>>,
    /// Voices that are listened to; cancelled when they are over.
    pub ears: HashMap<(u32, SessionId), CancellationToken>,
    pub sessions: JoinSet<()>,
    pub news: (mpsc::Sender<News>, mpsc::Receiver<News>),
    pub dials: JoinSet<(u32, io::Result<TcpStream>)>,
    pub events: mpsc::Sender<GbEvent>,
    pub totals: GbTotals,
    pub shown: Arc<Mutex<GbTotals>>,
    pub began: Instant,
    pub is_leaving: bool,
}

impl Run {
    /// Runs until stopped, then lets all devices leave.
    pub async fn run(mut self, mut orders: mpsc::Receiver<Order>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.turn() => {}
                Some(order) = orders.recv() => self.obey(order),
            }
        }
        self.leave();
        let last = self.began
            + Duration::from_millis(
                self.now().mono_ms + self.nodes.len() as u64 / LEAVES_PER_MS + FAREWELL_MS,
            );
        while self.totals.registered > 0 && Instant::now() < last {
            self.turn().await;
        }
        // Sessions end with their orders; what is left of them with this task.
        self.media.clear();
        self.ears.drain().for_each(|(_, stop)| stop.cancel());
    }

    /// One round. May be dropped while it waits.
    async fn turn(&mut self) {
        self.show();
        let due_ms = self.timers.next_ms().unwrap_or(u64::MAX / 4).min(self.now().mono_ms + 60_000);
        let due = self.began + Duration::from_millis(due_ms);
        tokio::select! {
            arrival = self.sockets.next() => {
                self.arrived(arrival);
                for _ in 1..BURST {
                    let Some(arrival) = self.sockets.try_next() else { break };
                    self.arrived(arrival);
                }
            }
            () = sleep_until(due) => {}
            Some(Ok((number, stream))) = self.dials.join_next() => self.dialled(number, stream),
            Some(news) = self.news.1.recv() => self.heard(news),
        }
        let now_ms = self.now().mono_ms;
        for _ in 0..DUE {
            let Some(number) = self.timers.pop_due(now_ms) else { break };
            self.look_at(number);
        }
        while self.sessions.try_join_next().is_some() {}
    }

    pub(super) fn now(&self) -> Now {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now { mono_ms: self.began.elapsed().as_millis() as u64, unix_ms: unix.as_millis() as i64 }
    }

    fn show(&mut self) {
        let counters = self.sockets.counters();
        self.totals.dropped = counters.datagrams_dropped;
        self.totals.sessions = self.media.len() as u64;
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = self.totals;
    }

    pub(super) fn tell(&mut self, number: u32, what: Happening) {
        let device = self.nodes[number as usize].what.id;
        if self.events.try_send(GbEvent { device, what }).is_err() {
            self.totals.events_lost += 1;
        }
    }

    /// Looks at a device at this time, whatever its endpoint wants.
    pub(super) fn plan(&mut self, number: u32, at_ms: u64) {
        let node = &mut self.nodes[number as usize];
        node.planned_ms = Some(at_ms);
        let due = node.endpoint.next_deadline_ms().map_or(at_ms, |due| due.min(at_ms));
        self.timers.set(number, Some(due));
    }

    /// Lets a device do something, and does what it wants done.
    pub(super) fn touch(
        &mut self,
        number: u32,
        act: impl FnOnce(&mut Device, &mut Apparatus<'_>, Now, &mut Vec<Effect>),
    ) {
        let (now, surroundings) = (self.now(), self.surroundings);
        let node = &mut self.nodes[number as usize];
        let mut effects = Vec::new();
        node.with(now, surroundings, |device, apparatus, out| act(device, apparatus, now, out), &mut effects);
        let due = [node.endpoint.next_deadline_ms(), node.planned_ms].into_iter().flatten().min();
        self.timers.set(number, due);
        for effect in effects {
            match effect {
                Effect::Send { bytes, to } => self.send(&bytes, to),
                Effect::Tell(event) => self.happened(number, event),
            }
        }
        self.begin_uploads(number);
        self.retune(number);
    }

    /// Lets a device follow parameters that the platform has changed.
    fn retune(&mut self, number: u32) {
        let surroundings = self.surroundings;
        let node = &mut self.nodes[number as usize];
        if std::mem::take(&mut node.state.upkeep.is_retuned) {
            let now = node.state.upkeep.parameters(&node.what, surroundings);
            node.endpoint.retune(now.expiration_s, now.heartbeat_interval_s, now.heartbeat_count);
        }
    }

    fn send(&mut self, bytes: &Bytes, to: Peer) {
        let is_keepalive = bytes.windows(11).any(|window| window == b">Keepalive<");
        self.totals.keepalives += u64::from(is_keepalive);
        self.sockets.send(bytes, to);
    }
}
