//! A recorder of the field for these stories: the protocol's device half on a socket of its own.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gb28181::device::{
    Accepted, Declined, Device, Effect, Equipment, Event, Habits, Invitation, Listening, SessionId, Settings,
};
use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::Body;
use gb28181::manscdp::alarm::{Alarm, AlarmMethod};
use gb28181::manscdp::broadcast::Broadcast;
use gb28181::manscdp::catalog::{CatalogItem, ItemStatus};
use gb28181::manscdp::control::Command;
use gb28181::manscdp::device_info::DeviceInfo;
use gb28181::manscdp::device_status::DeviceStatus;
use gb28181::manscdp::record_info::{RecordInfoQuery, Recording};
use gb28181::net::{Arrival, Limits, Sockets};
use gb28181::profile::MediaTransport;
use gb28181::sip::{Channel, Now, Peer};
use tokio::sync::mpsc;

/// A recorder that runs until it is dropped.
pub struct Recorder {
    pub orders: Arc<Mutex<Vec<Command>>>,
    /// Voices that were heard and are over.
    pub voices_over: Arc<Mutex<u32>>,
    acts: mpsc::UnboundedSender<Act>,
}

enum Act {
    Alarm(CatalogId, Box<Alarm>),
    Leave,
}

struct Discs {
    channels: Vec<GbId>,
    orders: Arc<Mutex<Vec<Command>>>,
    /// The port of its speaker.
    ear: Option<u16>,
}

impl Recorder {
    /// Switches a recorder on; it registers over UDP.
    pub async fn switch_on(id: &str, password: &str, server: SocketAddr, channels: &[&str]) -> Self {
        Self::with_speaker(id, password, server, channels, (None, Habits::default())).await
    }

    /// The same with a speaker, which hears datagrams at a port of this machine, and with oddities.
    pub async fn with_speaker(
        id: &str,
        password: &str,
        server: SocketAddr,
        channels: &[&str],
        (ear, habits): (Option<u16>, Habits),
    ) -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let sockets = Sockets::bind(&[any], &[], Limits::default()).await.unwrap();
        let local = sockets.udp_addresses()[0];
        let peer = Peer { address: server, channel: Channel::Udp { socket: 0 } };
        let platform = GbId::parse("36000000112000000001").unwrap();
        let mut settings =
            Settings::new(GbId::parse(id).unwrap(), password, platform, peer, &local.to_string());
        settings.keepalive_s = 5;
        settings.habits = habits;
        let device = Device::new(settings, &[local.port() as u8; 32]);
        let orders = Arc::<Mutex<Vec<Command>>>::default();
        let channels = channels.iter().map(|id| GbId::parse(id).unwrap()).collect();
        let discs = Discs { channels, orders: Arc::clone(&orders), ear };
        let (acts, inbox) = mpsc::unbounded_channel();
        let voices_over = Arc::<Mutex<u32>>::default();
        tokio::spawn(run(device, sockets, discs, (inbox, Arc::clone(&voices_over))));
        Self { orders, voices_over, acts }
    }

    /// A wire of the recorder goes off.
    pub fn alarm(&self, point: &str, description: &str) {
        let alarm = Alarm {
            method: Some(AlarmMethod::Device),
            description: Some(description.to_owned()),
            ..Alarm::default()
        };
        self.acts.send(Act::Alarm(CatalogId::parse(point).unwrap(), Box::new(alarm))).unwrap();
    }

    /// Says good-bye.
    pub fn leave(&self) {
        self.acts.send(Act::Leave).unwrap();
    }
}

async fn run(
    mut device: Device,
    mut sockets: Sockets,
    mut discs: Discs,
    (mut inbox, voices_over): (mpsc::UnboundedReceiver<Act>, Arc<Mutex<u32>>),
) {
    let began = Instant::now();
    let now = || Now { mono_ms: began.elapsed().as_millis() as u64, unix_ms: 1_764_000_000_000 };
    let mut effects = Vec::new();
    device.start(now(), &mut effects);
    loop {
        for effect in effects.drain(..) {
            match effect {
                Effect::Send { bytes, to } => sockets.send(&bytes, to),
                Effect::Tell(Event::VoiceEnded { .. }) => *voices_over.lock().unwrap() += 1,
                Effect::Tell(_) => {}
            }
        }
        let wait_ms = device.next_deadline_ms().map_or(50, |at| at.saturating_sub(now().mono_ms).min(50));
        tokio::select! {
            act = inbox.recv() => match act {
                Some(Act::Alarm(point, alarm)) => device.report(now(), point, Body::Alarm(*alarm), &mut effects),
                Some(Act::Leave) => device.leave(now(), &mut effects),
                None => return,
            },
            arrival = sockets.next() => if let Arrival::Data { from, bytes } = arrival {
                device.receive(now(), from, &bytes, &mut discs, &mut effects);
            },
            () = tokio::time::sleep(Duration::from_millis(wait_ms)) => {}
        }
        device.on_timer(now(), &mut discs, &mut effects);
    }
}

impl Equipment for Discs {
    fn info(&self) -> DeviceInfo {
        DeviceInfo {
            manufacturer: Some("某厂".to_owned()),
            model: Some("NVR-16".to_owned()),
            ..DeviceInfo::default()
        }
    }

    fn status(&self) -> DeviceStatus {
        DeviceStatus::default()
    }

    fn catalog(&self, _: CatalogId) -> Vec<CatalogItem> {
        let item = |(number, id): (usize, &GbId)| {
            let mut item = CatalogItem::new((*id).into());
            item.name = Some(format!("走廊{number}号"));
            item.status = Some(ItemStatus::On);
            item
        };
        self.channels.iter().enumerate().map(item).collect()
    }

    fn recordings(&self, _: CatalogId, _: &RecordInfoQuery) -> Vec<Recording> {
        Vec::new()
    }

    fn answer(&mut self, _: CatalogId, _: &Body) -> Option<Body> {
        None
    }

    fn order(&mut self, _: CatalogId, command: &Command) -> bool {
        self.orders.lock().unwrap().push(command.clone());
        true
    }

    fn spoken_to(&mut self, _: SessionId, _: &Broadcast) -> Option<Listening> {
        let port = self.ear?;
        Some(Listening { host: "127.0.0.1".to_owned(), port, transport: MediaTransport::Udp })
    }

    fn invited(&mut self, _: &Invitation) -> Result<Accepted, Declined> {
        Err(Declined { status: 486, reason: "Busy Here" })
    }
}
