//! The platform of these stories: the product's endpoint over real sockets, driven while somebody waits for something.

use crate::simulator::VideoSource;
use crate::simulator::clip::Clip;
use crate::simulator::encode::encode;
use crate::simulator::gb28181::{GbChannel, GbDevice, GbSimulator, GbSimulatorConfig};
use crate::simulator::picture::{Picture, Random};
use gb28181::id::{CatalogId, GbId, IdParts};
use gb28181::manscdp::catalog::CatalogItem;
use gb28181::manscdp::control::Command;
use gb28181::manscdp::record_info::Recording;
use gb28181::manscdp::{Body, LocalTime};
use gb28181::mansrtsp::Action;
use gb28181::net::{Arrival, Limits, Sockets};
use gb28181::platform::{
    CallId, CallOver, Devices, Effect, Event, Plan, Platform, Settings, Started, VoiceId, VoicePlan,
    VoiceStarted,
};
use gb28181::profile::{DeviceProfile, MediaTransport};
use gb28181::registrar::{Admission, Approved, Change, Proof};
use gb28181::sdp::Wanted;
use gb28181::sip::{Channel, Now};
use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::time::timeout;

pub const PASSWORD: &str = "12345678";
const WAIT: Duration = Duration::from_mins(1);

/// Whoever knows the password may register.
struct Everybody(DeviceProfile);

impl Devices for Everybody {
    fn admission(&self, _: &GbId) -> Admission<'_> {
        let proof = Proof::Password(Cow::Borrowed(PASSWORD.as_bytes()));
        Admission::Approved(Approved { proof, terms: self.0.terms(), redirect: None })
    }

    fn profile(&self, _: &GbId) -> Cow<'_, DeviceProfile> {
        Cow::Borrowed(&self.0)
    }
}

pub fn id(type_code: u16, serial: u32) -> GbId {
    let parts = IdParts { region: 330_100, grassroots: 0, industry: 11, type_code, network: 0, serial };
    GbId::compose(parts).unwrap()
}

/// Six seconds of moving bars, ten pictures a second, a key frame every two seconds.
fn bars() -> Clip {
    let (width, height) = (320usize, 192usize);
    let mut random = Random::new(3);
    let pictures = (0..60usize).map(move |number| {
        let mut i420 = vec![128u8; width * height * 3 / 2];
        for (at, luma) in i420[..width * height].iter_mut().enumerate() {
            let bar = (at % width + number * 4) / 20 % 2;
            *luma = if bar == 0 { 60 } else { 180 } + (random.bits() % 9) as u8;
        }
        Picture { width, height, i420 }
    });
    encode(pictures, 10).unwrap()
}

pub fn clip_file(folder: &Path) -> VideoSource {
    let path = folder.join("bars.h264");
    let bytes: Vec<u8> = bars().units.iter().flat_map(|unit| unit.data.to_vec()).collect();
    std::fs::write(&path, bytes).unwrap();
    VideoSource::File(path)
}

pub fn recorder(serial: u32, channels: u32, source: &VideoSource) -> GbDevice {
    let mut device = GbDevice::new(id(118, serial), PASSWORD, "模拟录像机");
    let channel = |at| GbChannel::camera(id(132, serial * 100 + at), "走廊", source.clone());
    device.channels = (0..channels).map(channel).collect();
    device
}

pub async fn simulator(host: &Host, devices: Vec<GbDevice>) -> GbSimulator {
    GbSimulator::start(host.config(devices)).await.unwrap()
}

pub struct Host {
    platform: Platform,
    sockets: Sockets,
    devices: Everybody,
    start: Instant,
    events: VecDeque<Event>,
    connections: BTreeSet<u64>,
    present: BTreeSet<GbId>,
}

impl Host {
    pub async fn new() -> Self {
        let (sockets, udp) = same_port_of_both().await;
        let mut settings = Settings::new(id(200, 1), &udp[0].to_string());
        settings.registrar.address_rate = (1e6, 1e6);
        let start = Instant::now();
        let now = Now { mono_ms: 0, unix_ms: 0 };
        let platform = Platform::new(settings, &[42; 32], now);
        let devices = Everybody(DeviceProfile::default());
        let (events, connections, present) = (VecDeque::new(), BTreeSet::new(), BTreeSet::new());
        Self { platform, sockets, devices, start, events, connections, present }
    }

    pub fn config(&self, devices: Vec<GbDevice>) -> GbSimulatorConfig {
        GbSimulatorConfig::new(self.sockets.udp_addresses()[0], id(200, 1), devices, [7; 32])
    }

    fn now(&self) -> Now {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        Now { mono_ms: self.start.elapsed().as_millis() as u64, unix_ms: unix.as_millis() as i64 }
    }

    /// Orders something of the platform.
    fn with<T>(&mut self, act: impl FnOnce(&mut Platform, Now, &Everybody, &mut Vec<Effect>) -> T) -> T {
        let (now, mut effects) = (self.now(), Vec::new());
        let result = act(&mut self.platform, now, &self.devices, &mut effects);
        for effect in effects {
            match effect {
                Effect::Send { bytes, to } => self.sockets.send(&bytes, to),
                Effect::Close { connection } => self.sockets.close(connection),
                Effect::Tell(event) => {
                    if let Event::Presence { device, change } = &event {
                        match change {
                            Change::Registered | Change::Returned => drop(self.present.insert(*device)),
                            Change::Renewed | Change::Moved => {}
                            _ => drop(self.present.remove(device)),
                        }
                    }
                    self.events.push_back(event);
                }
            }
        }
        result
    }

    async fn turn(&mut self) {
        let wait_ms = self.platform.next_deadline_ms().saturating_sub(self.now().mono_ms).clamp(1, 100);
        match timeout(Duration::from_millis(wait_ms), self.sockets.next()).await {
            Ok(Arrival::Data { from, bytes }) => {
                if let Channel::Tcp { connection } = from.channel {
                    self.connections.insert(connection);
                }
                self.with(|platform, now, owner, out| platform.receive(now, from, &bytes, owner, out));
            }
            Ok(Arrival::Closed { connection }) => {
                self.with(|platform, now, owner, out| platform.connection_lost(now, connection, owner, out));
            }
            Err(_) => {}
        }
        self.with(|platform, now, owner, out| platform.on_timer(now, owner, out));
    }

    pub async fn run_for(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while Instant::now() < until {
            self.turn().await;
        }
    }

    /// Runs until an event says something. Events before it are forgotten.
    pub async fn until<T>(&mut self, mut find: impl FnMut(&Event) -> Option<T>) -> T {
        let until = Instant::now() + WAIT;
        loop {
            while let Some(event) = self.events.pop_front() {
                if let Some(found) = find(&event) {
                    return found;
                }
            }
            assert!(Instant::now() < until, "what is waited for does not come");
            self.turn().await;
        }
    }

    pub fn close_connections(&mut self) {
        for connection in std::mem::take(&mut self.connections) {
            self.sockets.close(connection);
        }
        self.present.clear();
    }

    pub async fn registered(&mut self, which: GbId) {
        self.presence(which, true).await;
    }

    pub async fn unregistered(&mut self, which: GbId) {
        self.presence(which, false).await;
    }

    async fn presence(&mut self, which: GbId, is_there: bool) {
        let until = Instant::now() + WAIT;
        while self.present.contains(&which) != is_there {
            assert!(Instant::now() < until, "{which} does not come or go");
            self.turn().await;
        }
    }

    pub async fn catalog(&mut self, of: GbId) -> Vec<CatalogItem> {
        self.with(|platform, now, owner, out| platform.ask_catalog(now, owner, (of, of.into()), out))
            .unwrap();
        let find = |event: &Event| match event {
            Event::Catalog(answer) if answer.device == of => {
                Some((answer.is_complete(), answer.items.clone()))
            }
            _ => None,
        };
        let (is_complete, items) = self.until(find).await;
        assert!(is_complete);
        items
    }

    pub async fn ask(&mut self, of: GbId, query: Body) -> Option<Body> {
        let ticket =
            self.with(|platform, now, owner, out| platform.ask(now, owner, (of, of.into()), query, out));
        let ticket = ticket.unwrap();
        self.until(|event| match event {
            Event::Answered { ticket: answered, body, .. } if *answered == ticket => Some(body.clone()),
            _ => None,
        })
        .await
    }

    pub async fn order(&mut self, of: GbId, about: CatalogId, command: Command) {
        let order = |platform: &mut Platform, now, owner: &Everybody, out: &mut Vec<Effect>| {
            platform.order(now, owner, (of, about), command, out)
        };
        let ticket = self.with(order).unwrap();
        self.until(|event| {
            matches!(event, Event::Answered { ticket: answered, .. } if *answered == ticket).then_some(())
        })
        .await;
    }

    pub async fn recordings(
        &mut self,
        of: GbId,
        channel: GbId,
        (from_s, to_s): (i64, i64),
    ) -> Vec<Recording> {
        let span = (LocalTime::from_unix_s(from_s), LocalTime::from_unix_s(to_s));
        self.with(|platform, now, owner, out| {
            platform.search_recordings(now, owner, (of, channel), span, out)
        })
        .unwrap();
        self.until(|event| match event {
            Event::Recordings(result) => Some(result.recordings.clone()),
            _ => None,
        })
        .await
    }

    pub fn call(
        &mut self,
        device: GbId,
        channel: GbId,
        wanted: Wanted,
        transport: MediaTransport,
        media_port: u16,
    ) -> CallId {
        let media_host = "127.0.0.1".to_owned();
        let plan =
            Plan { device, channel, wanted, stream: 0, media_host, media_port, transport: Some(transport) };
        self.with(|platform, now, owner, out| platform.call(now, owner, plan, out)).unwrap()
    }

    pub async fn started(&mut self, call: CallId) -> Started {
        self.until(|event| match event {
            Event::CallStarted(started) if started.call == call => Some((**started).clone()),
            Event::CallOver { reason, .. } => panic!("the call is over: {reason:?}"),
            _ => None,
        })
        .await
    }

    pub fn speak(&mut self, device: GbId, target: GbId, media_port: u16) -> VoiceId {
        let media_host = "127.0.0.1".to_owned();
        let plan = VoicePlan { device, target, media_host, media_port };
        self.with(|platform, now, owner, out| platform.speak(now, owner, plan, out)).unwrap()
    }

    pub async fn voice_started(&mut self, voice: VoiceId) -> VoiceStarted {
        self.until(|event| match event {
            Event::VoiceStarted(started) if started.voice == voice => Some((**started).clone()),
            Event::VoiceOver { over, .. } => panic!("the voice is over: {over:?}"),
            _ => None,
        })
        .await
    }

    pub async fn stop_speaking(&mut self, voice: VoiceId) {
        self.with(|platform, now, owner, out| platform.stop_speaking(now, owner, voice, out));
        self.until(|event| matches!(event, Event::VoiceOver { .. }).then_some(())).await;
    }

    pub async fn control(&mut self, call: CallId, action: Action) {
        self.with(|platform, now, owner, out| platform.control(now, owner, call, action, out)).unwrap();
        self.until(|event| matches!(event, Event::Controlled { status: 200, .. }).then_some(())).await;
    }

    pub async fn over(&mut self, which: CallId) -> CallOver {
        self.until(|event| match event {
            Event::CallOver { call, reason } if *call == which => Some(reason.clone()),
            _ => None,
        })
        .await
    }

    pub async fn hang_up(&mut self, call: CallId) {
        self.with(|platform, now, owner, out| platform.hang_up(now, owner, call, out));
        self.over(call).await;
    }
}

/// Sockets with one number for datagrams and connections. A free number for the one may be taken for the other: then the next.
async fn same_port_of_both() -> (Sockets, Vec<SocketAddr>) {
    let anywhere = [SocketAddr::from(([127, 0, 0, 1], 0))];
    for _ in 0..50 {
        let udp = Sockets::bind(&anywhere, &[], Limits::default()).await.unwrap().udp_addresses();
        if let Ok(sockets) = Sockets::bind(&udp, &udp, Limits::default()).await {
            return (sockets, udp);
        }
    }
    panic!("no port is free for both");
}
