//! The line to one upper platform: one task that owns its sockets and the device's half of the protocol.
//!
//! It registers, stays registered and comes back by itself: the protocol repeats a refused registration after a minute, the line opens a lost
//! connection anew, goes where it is redirected to and back when nobody is there. Whatever has to be waited for (a tree from the rows, an
//! answer of a device, pictures) is a task beside it that gives its [`Act`] back.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use domain::device::{Transport, UpperState, UpperTrouble};
use gb28181::device::{Accepted, Declined, Device, Effect, SessionId, Settings, Standing};
use gb28181::edition::Edition;
use gb28181::id::CatalogId;
use gb28181::manscdp::Body;
use gb28181::manscdp::record_info::Recording;
use gb28181::net::Arrival;
use gb28181::sip::Now;
use store::{AlarmRow, UpperPlatform};
use tokio::sync::{broadcast, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::connect::{self, Way};
use super::front::Front;
use super::session::Open;
use super::standing::Board;
use super::tree::Tree;
use crate::Platform;
use crate::access::devices::wire_id;
use crate::events::Event as News;

/// First pause before a connection is tried again; doubled up to the longest.
const PAUSE_FIRST: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_mins(1);
/// A connection that lived so long was a good one: the next pause is the first again.
const GOOD_LIFE: Duration = Duration::from_mins(1);
/// Packets taken before acts and deadlines are looked at again.
const BURST: usize = 64;
/// How long a good-bye may take: two round trips and a slow clerk.
const GOODBYE_PATIENCE: Duration = Duration::from_secs(2);
/// Alarms kept for an upper platform that is away; of more the oldest are left out.
pub(super) const ALARMS_MAX: usize = 200;
/// Body of a catalogue message by datagram: with the head below what every network passes in one piece.
const DATAGRAM_BATCH_BYTES: usize = 900;
/// The same over a connection.
const STREAM_BATCH_BYTES: usize = 32 * 1024;

/// What a task beside the line gives back.
pub(super) enum Act {
    /// The tree as it is now; none where it could not be read.
    Tree(Option<Box<Tree>>),
    /// An alarm of the subtree.
    Alarm(Box<AlarmRow>),
    /// The answer to a question or an order; none where there is nothing to say.
    Answer { sn: u64, about: CatalogId, body: Option<Body> },
    /// What a device has recorded.
    Recordings { sn: u64, about: CatalogId, recordings: Vec<Recording> },
    /// Pictures can be sent.
    Accept(SessionId, Accepted),
    /// They cannot.
    Decline(SessionId, Declined),
    /// The recording is at its end.
    FileEnd(SessionId),
    /// Nothing more is sent.
    HangUp(SessionId),
    /// Frames and bytes sent so far.
    Count(SessionId, u64, u64),
    /// The session's task is at its end.
    Finished(SessionId),
}

/// Why serving ended.
enum End {
    Stopped,
    Lost,
    Elsewhere(String),
}

/// What the task owns.
pub(super) struct Line {
    pub(super) front: Front,
    pub(super) device: Device,
    pub(super) way: Way,
    pub(super) effects: Vec<Effect>,
    pub(super) give: mpsc::UnboundedSender<Act>,
    acts: mpsc::UnboundedReceiver<Act>,
    pub(super) sessions: HashMap<SessionId, Open>,
    pub(super) jobs: JoinSet<()>,
    pub(super) board: Arc<Board>,
    pub(super) alarms: VecDeque<Box<AlarmRow>>,
    pub(super) refresh_at: Instant,
    pub(super) is_refreshing: bool,
    pub(super) end: Option<Turn>,
    news: broadcast::Receiver<News>,
    began: Instant,
    stop: CancellationToken,
}

/// Where the line has to turn.
pub(super) enum Turn {
    /// Back to the address entered.
    Back,
    /// To another server.
    To(String),
}

/// Runs the line until it is stopped.
pub(super) async fn run(
    platform: Platform,
    upper: UpperPlatform,
    board: Arc<Board>,
    stop: CancellationToken,
) {
    let upper = Arc::new(upper);
    let mut line: Option<Line> = None;
    let (mut address, mut pause) = (upper.address.clone(), PAUSE_FIRST);
    loop {
        let listen = platform.inner.settings.access.as_ref().and_then(|access| access.listen.first());
        let opening = connect::open(&address, upper.transport, listen.map(std::net::SocketAddr::ip));
        let Some(opened) = stop.run_until_cancelled(opening).await else { return };
        let began = Instant::now();
        address.clone_from(&upper.address);
        match opened {
            Ok(way) => {
                let mut served = match line.take() {
                    Some(line) => line.rerouted(way),
                    None => Line::new(&platform, &upper, way, Arc::clone(&board), stop.clone()),
                };
                match served.serve().await {
                    End::Stopped => return served.leave().await,
                    End::Lost => {}
                    End::Elsewhere(to) => address = to,
                }
                board.enter(UpperState::Connecting, platform.surroundings().now());
                line = Some(served);
            }
            Err(error) => {
                let (reason, now) = (format!("{address}: {error}"), platform.surroundings().now());
                board.fail(UpperState::Unreachable, UpperTrouble::NoWay, reason, now);
            }
        }
        pause = if began.elapsed() > GOOD_LIFE { PAUSE_FIRST } else { (pause * 2).min(PAUSE_MAX) };
        if stop.run_until_cancelled(sleep(pause)).await.is_none() {
            return;
        }
    }
}

impl Line {
    fn new(
        platform: &Platform,
        upper: &Arc<UpperPlatform>,
        way: Way,
        board: Arc<Board>,
        stop: CancellationToken,
    ) -> Self {
        let (give, acts) = mpsc::unbounded_channel();
        let device = Device::new(settings(platform, upper, &way), &platform.surroundings().random());
        let mut line = Self {
            front: Front {
                platform: platform.clone(),
                upper: Arc::clone(upper),
                tree: Tree::default(),
                wishes: Vec::new(),
                sessions: 0,
                asking: 0,
                refused: 0,
            },
            device,
            way,
            effects: Vec::new(),
            give,
            acts,
            sessions: HashMap::new(),
            jobs: JoinSet::new(),
            board,
            alarms: VecDeque::new(),
            refresh_at: Instant::now(),
            is_refreshing: false,
            end: None,
            news: platform.listen(),
            began: Instant::now(),
            stop,
        };
        let now = line.now();
        line.device.start(now, &mut line.effects);
        line
    }

    /// The same line over another way.
    fn rerouted(mut self, way: Way) -> Self {
        self.way = way;
        self.effects.clear();
        let now = self.now();
        self.device.move_to(now, self.way.server, &mut self.effects);
        self
    }

    pub(super) fn now(&self) -> Now {
        let mono_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Now { mono_ms, unix_ms: self.front.platform.surroundings().now().as_millisecond() }
    }

    async fn serve(&mut self) -> End {
        self.act();
        let stop = self.stop.clone();
        loop {
            match self.end.take() {
                Some(Turn::Back) => return End::Lost,
                Some(Turn::To(address)) => return End::Elsewhere(address),
                None => {}
            }
            let deadline = self.deadline();
            tokio::select! {
                () = stop.cancelled() => return End::Stopped,
                Some(act) = self.acts.recv() => self.take_act(act),
                Some(ended) = self.jobs.join_next() => if let Err(error) = ended {
                    warn!(%error, "a task for an upper platform ended badly");
                },
                told = self.news.recv() => self.take_news(&told),
                arrival = self.way.sockets.next() => {
                    self.arrived(arrival);
                    for _ in 0..BURST {
                        let Some(arrival) = self.way.sockets.try_next() else { break };
                        self.arrived(arrival);
                    }
                }
                () = sleep_until(deadline) => {
                    let now = self.now();
                    self.device.on_timer(now, &mut self.front, &mut self.effects);
                }
            }
            self.act();
        }
    }

    fn deadline(&self) -> Instant {
        let protocol = self.device.next_deadline_ms().map(|ms| self.began + Duration::from_millis(ms));
        let refresh = (!self.is_refreshing).then_some(self.refresh_at);
        let soon = Instant::now() + Duration::from_mins(1);
        protocol.into_iter().chain(refresh).fold(soon, Instant::min)
    }

    fn arrived(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Data { from, bytes } => {
                let now = self.now();
                self.device.receive(now, from, &bytes, &mut self.front, &mut self.effects);
            }
            Arrival::Closed { .. } => {
                info!(upper = self.front.upper.name, "the connection to an upper platform is lost");
                self.end.get_or_insert(Turn::Back);
            }
        }
    }

    /// Says good-bye, so that the upper platform does not wait for signs of life.
    async fn leave(mut self) {
        for open in self.sessions.values() {
            open.stop.cancel();
        }
        if self.device.standing() != Standing::Registered {
            return self.jobs.shutdown().await;
        }
        let now = self.now();
        self.device.leave(now, &mut self.effects);
        self.act();
        // Whether it heard us or not: we are gone.
        let _ = timeout(GOODBYE_PATIENCE, async {
            while self.device.standing() != Standing::Idle {
                let arrival = self.way.sockets.next().await;
                self.arrived(arrival);
                self.act();
            }
        })
        .await;
        self.jobs.shutdown().await;
    }
}

fn settings(platform: &Platform, upper: &UpperPlatform, way: &Way) -> Settings {
    let context = upper.id.to_string();
    let sealed = upper.sealed_secret.as_deref();
    let password = sealed.and_then(|sealed| platform.inner.seal.open(sealed, &context)).unwrap_or_default();
    let (own, server) = (wire_id(&upper.own_gb_id), wire_id(&upper.server_gb_id));
    let mut settings = Settings::new(own, &password, server, way.server, &way.local.to_string());
    settings.user_name.clone_from(&upper.user_name);
    settings.domain.clone_from(&upper.domain);
    settings.user_agent = format!("Watchfire/{}", env!("CARGO_PKG_VERSION"));
    settings.expires_s = upper.expires_s;
    settings.keepalive_s = upper.keepalive_s;
    settings.edition = Edition::V2022;
    let batch = if upper.transport == Transport::Udp { DATAGRAM_BATCH_BYTES } else { STREAM_BATCH_BYTES };
    settings.batch_bytes = Some(batch);
    settings
}
