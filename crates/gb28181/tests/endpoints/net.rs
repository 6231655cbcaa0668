//! The network: packets with a delay, losses by a rule, NAT, connections; and a clock that jumps.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use watchfire_gb28181::device::{self, Device, Habits};
use watchfire_gb28181::id::GbId;
use watchfire_gb28181::platform::{self, Effect, Event, Platform};
use watchfire_gb28181::sip::{Channel, Now, Peer};

use crate::stage::{Owner, PASSWORD, Stage, id};

/// One way through the network.
const DELAY_MS: u64 = 5;

/// A device, what stands behind it, and the address at which the platform sees it.
pub struct Node {
    pub device: Device,
    pub stage: Stage,
    pub seen_as: SocketAddr,
    pub channel: Channel,
    pub events: Vec<device::Event>,
}

struct Packet {
    bytes: Vec<u8>,
    // `None` for the platform.
    to: Option<usize>,
    peer: Peer,
}

/// Decides whether a packet is lost: its text, and whether it goes to the platform.
pub type Loss = Box<dyn FnMut(&str, bool) -> bool>;

/// Loses four packets of ten, by a series that is the same in every run. Losing every second one would lose every answer for ever.
pub fn heavy_loss() -> Loss {
    let mut series = 28_181_u64;
    Box::new(move |_, _| {
        series = series.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (series >> 33) % 10 < 4
    })
}

pub struct Net {
    pub now_ms: u64,
    pub platform: Platform,
    pub owner: Owner,
    pub nodes: Vec<Node>,
    pub events: Vec<Event>,
    pub sent: Vec<String>,
    pub loss: Loss,
    pub closed: Vec<u64>,
    pub keep_bytes: bool,
    pub kept: Vec<Vec<u8>>,
    wire: BTreeMap<(u64, u64), Packet>,
    packets: u64,
}

pub fn server_id() -> GbId {
    id(200, 1)
}

/// The id of device number `at`.
pub fn device_id(at: usize) -> GbId {
    id(118, at as u32 + 1)
}

pub fn server_address() -> SocketAddr {
    ([10, 0, 0, 1], 5060).into()
}

impl Net {
    pub fn new() -> Self {
        let settings = platform::Settings::new(server_id(), "10.0.0.1:5060");
        Self {
            now_ms: 0,
            platform: Platform::new(settings, &[7; 32], now_at(0)),
            owner: Owner::default(),
            nodes: Vec::new(),
            events: Vec::new(),
            sent: Vec::new(),
            loss: Box::new(|_, _| false),
            closed: Vec::new(),
            keep_bytes: false,
            kept: Vec::new(),
            wire: BTreeMap::new(),
            packets: 0,
        }
    }

    /// A network with one registered recorder on UDP.
    pub fn with_recorder(channels: u32) -> Self {
        Self::with_odd_recorder(channels, Habits::default())
    }

    pub fn with_odd_recorder(channels: u32, habits: Habits) -> Self {
        let mut net = Self::new();
        net.add(Stage::with_channels(channels), false, |settings| settings.habits = habits);
        net.start(0);
        net.run_for(1_000);
        net
    }

    /// Adds a device that has not started.
    pub fn add(&mut self, stage: Stage, is_tcp: bool, change: impl FnOnce(&mut device::Settings)) -> usize {
        let at = self.nodes.len();
        let channel =
            if is_tcp { Channel::Tcp { connection: at as u64 + 1 } } else { Channel::Udp { socket: 0 } };
        let seen_as: SocketAddr = ([10, 1, (at / 250) as u8, (at % 250) as u8 + 1], 5060).into();
        let server = Peer { address: server_address(), channel };
        let mut settings =
            device::Settings::new(device_id(at), PASSWORD, server_id(), server, &seen_as.to_string());
        change(&mut settings);
        let mut secret = [0; 32];
        secret[0] = at as u8;
        secret[1] = 1;
        let device = Device::new(settings, &secret);
        self.nodes.push(Node { device, stage, seen_as, channel, events: Vec::new() });
        at
    }

    pub fn now(&self) -> Now {
        now_at(self.now_ms)
    }

    pub fn start(&mut self, at: usize) {
        self.with_device(at, |device, now, _, out| device.start(now, out));
    }

    /// Has a device do something, and sends what it wants to send.
    pub fn with_device<R>(
        &mut self,
        at: usize,
        act: impl FnOnce(&mut Device, Now, &mut Stage, &mut Vec<device::Effect>) -> R,
    ) -> R {
        let (now, mut out) = (self.now(), Vec::new());
        let node = &mut self.nodes[at];
        let result = act(&mut node.device, now, &mut node.stage, &mut out);
        let peer = Peer { address: node.seen_as, channel: node.channel };
        for effect in out {
            match effect {
                device::Effect::Send { bytes, .. } => self.post(bytes.to_vec(), None, peer),
                device::Effect::Tell(event) => self.nodes[at].events.push(event),
            }
        }
        result
    }

    /// Has the platform do something, and sends what it wants to send.
    pub fn with_platform<R>(
        &mut self,
        act: impl FnOnce(&mut Platform, Now, &Owner, &mut Vec<Effect>) -> R,
    ) -> R {
        let (now, mut out) = (self.now(), Vec::new());
        let result = act(&mut self.platform, now, &self.owner, &mut out);
        for effect in out {
            match effect {
                Effect::Send { bytes, to } => {
                    let node = self.nodes.iter().position(|node| reaches(node, &to));
                    let from = Peer { address: server_address(), channel: to.channel };
                    if let Some(node) = node {
                        self.post(bytes.to_vec(), Some(node), from);
                    }
                }
                Effect::Close { connection } => self.closed.push(connection),
                Effect::Tell(event) => self.events.push(event),
            }
        }
        result
    }

    /// Sends bytes to the platform as if from some address.
    pub fn inject(&mut self, from: Peer, bytes: &[u8]) {
        self.post(bytes.to_vec(), None, from);
    }

    fn post(&mut self, bytes: Vec<u8>, to: Option<usize>, peer: Peer) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.sent.push(text.lines().next().unwrap_or_default().to_owned());
        if self.keep_bytes {
            self.kept.push(bytes.clone());
        }
        let is_datagram = matches!(peer.channel, Channel::Udp { .. });
        if is_datagram && (self.loss)(&text, to.is_none()) {
            return;
        }
        self.packets += 1;
        self.wire.insert((self.now_ms + DELAY_MS, self.packets), Packet { bytes, to, peer });
    }

    /// Lets so much time pass.
    pub fn run_for(&mut self, ms: u64) {
        let end_ms = self.now_ms + ms;
        loop {
            let packet_ms = self.wire.keys().next().map(|(at, _)| *at);
            let devices_ms = self.nodes.iter().filter_map(|node| node.device.next_deadline_ms()).min();
            let next_ms = [packet_ms, devices_ms, Some(self.platform.next_deadline_ms())];
            let next_ms = next_ms.into_iter().flatten().min().unwrap_or(end_ms);
            if next_ms > end_ms {
                break;
            }
            self.now_ms = self.now_ms.max(next_ms);
            self.deliver();
            self.turn_clocks();
        }
        self.now_ms = end_ms;
    }

    fn deliver(&mut self) {
        while let Some(key) = self.wire.keys().next().copied().filter(|(at, _)| *at <= self.now_ms) {
            let Packet { bytes, to, peer } = self.wire.remove(&key).expect("a packet");
            match to {
                Some(node) => self.with_device(node, |device, now, stage, out| {
                    device.receive(now, peer, &bytes, stage, out);
                }),
                None => self.with_platform(|platform, now, owner, out| {
                    platform.receive(now, peer, &bytes, owner, out);
                }),
            }
        }
    }

    fn turn_clocks(&mut self) {
        if self.platform.next_deadline_ms() <= self.now_ms {
            self.with_platform(|platform, now, owner, out| platform.on_timer(now, owner, out));
        }
        for at in 0..self.nodes.len() {
            if self.nodes[at].device.next_deadline_ms().is_some_and(|due| due <= self.now_ms) {
                self.with_device(at, |device, now, stage, out| device.on_timer(now, stage, out));
            }
        }
    }

    /// How often a line was sent.
    pub fn count_sent(&self, start: &str) -> usize {
        self.sent.iter().filter(|line| line.starts_with(start)).count()
    }

    /// The platform is started anew; what it had stored is given back.
    pub fn restart_platform(&mut self, is_remembered: bool) {
        let bindings: Vec<_> = self.platform.registrar().snapshot(self.now()).collect();
        let settings = platform::Settings::new(server_id(), "10.0.0.1:5060");
        self.platform = Platform::new(settings, &[9; 32], self.now());
        for binding in bindings.into_iter().filter(|_| is_remembered) {
            self.platform.restore(binding, self.now());
        }
    }
}

fn reaches(node: &Node, to: &Peer) -> bool {
    match to.channel {
        Channel::Udp { .. } => node.channel == to.channel && node.seen_as == to.address,
        Channel::Tcp { .. } => node.channel == to.channel,
    }
}

fn now_at(now_ms: u64) -> Now {
    Now { mono_ms: now_ms, unix_ms: 1_764_000_000_000 + now_ms as i64 }
}
