//! A device that answers ONVIF, for tests: a few SOAP answers over HTTP that point to simulated cameras, and WS-Discovery.
//!
//! It checks log-ins as devices do: digest of WS-Security with a window of seconds around **its own** clock and no nonce twice, or digest
//! of HTTP. What it does wrong is chosen by [`OnvifHabits`]. Questions are recognised by their first element, not parsed. Its head really turns:
//! where it looks follows from what it was told and for how long.

mod answers;
mod discovery;
mod head;
mod http;
mod login;

use crate::SimulatorError;
use discovery::Discovery;
use head::Head;
pub use head::HeadLooks;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Questions whose names are kept for tests.
const ASKED_MAX: usize = 10_000;

/// What an answer looks like instead of the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hostility {
    /// Megabytes, one element after the other.
    Huge,
    /// Entities that multiply.
    Bomb,
    /// The connection ends in the middle.
    Cut,
    /// A web page.
    WebPage,
    /// Elsewhere: a redirect.
    Redirect,
    /// One byte a second.
    Drip,
}

/// What the device does otherwise than it should, or in an older way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OnvifHabits {
    /// Its clock less the true time, in seconds.
    pub clock_offset_s: i64,
    /// Wants a log-in even for telling its time.
    pub hides_clock: bool,
    /// Wants digest of HTTP instead of a token in the envelope.
    pub asks_digest: bool,
    /// Waits before each answer.
    pub delay: Duration,
    /// Knows neither GetServices nor the second media service.
    pub is_old: bool,
    /// Names another host in its addresses.
    pub names: Option<Ipv4Addr>,
    /// Answers everything but its time like this.
    pub hostility: Option<Hostility>,
}

/// A stream that the device announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnvifStream {
    /// Token and name.
    pub name: String,
    /// `H264` or `H265`.
    pub encoding: String,
    /// Pixels.
    pub size: (u32, u32),
    /// Where it is. A host of [`OnvifHabits::names`] takes the place of this one's.
    pub url: String,
}

/// What to simulate.
#[derive(Debug, Clone)]
pub struct OnvifConfig {
    /// Where to listen for HTTP; port 0 takes a free one. The address is that of discovery, too.
    pub listen: SocketAddr,
    /// Its streams; the head of the first can be turned, where there is one.
    pub streams: Vec<OnvifStream>,
    /// Whether it has a head and the PTZ service.
    pub has_head: bool,
    /// User name and password it asks for.
    pub credentials: Option<(String, String)>,
    /// What it does wrong.
    pub habits: OnvifHabits,
}

/// A running device. Dropping it stops it.
#[derive(Debug)]
pub struct OnvifDevice {
    address: SocketAddr,
    discovery: SocketAddr,
    state: Arc<State>,
    _stop_on_drop: DropGuard,
}

/// Everything an answer needs.
#[derive(Debug)]
struct State {
    config: OnvifConfig,
    address: SocketAddr,
    asked: Mutex<Vec<String>>,
    nonces: Mutex<Vec<String>>,
    refused: Mutex<u32>,
    head: Mutex<Head>,
}

impl OnvifConfig {
    /// A well-behaved device without streams on a free port of this machine.
    pub fn new() -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            listen,
            streams: Vec::new(),
            has_head: true,
            credentials: None,
            habits: OnvifHabits::default(),
        }
    }
}

impl Default for OnvifConfig {
    fn default() -> Self {
        Self::new()
    }
}

impl OnvifDevice {
    /// Opens a TCP port for questions and a UDP port for discovery.
    pub async fn start(config: OnvifConfig) -> Result<Self, SimulatorError> {
        let failed = |source| SimulatorError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let open = Discovery::open(config.listen.ip()).await.map_err(failed)?;
        let discovery = open.address().map_err(failed)?;
        let (asked, nonces, refused) = (Mutex::default(), Mutex::default(), Mutex::default());
        let head = Mutex::new(Head::default());
        let state = Arc::new(State { config, address, asked, nonces, refused, head });
        let stop = CancellationToken::new();
        let (tcp, udp) = (Arc::clone(&state), Arc::clone(&state));
        let token = stop.clone();
        tokio::spawn(async move {
            let mut tasks = JoinSet::new();
            tasks.spawn(http::serve(listener, tcp));
            tasks.spawn(open.serve(udp));
            // Dropping the set ends both.
            token.cancelled().await;
        });
        Ok(Self { address, discovery, state, _stop_on_drop: stop.drop_guard() })
    }

    /// Where it answers questions.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it answers discovery.
    pub fn discovery(&self) -> SocketAddr {
        self.discovery
    }

    /// Names of the questions that were answered or refused, in order.
    pub fn asked(&self) -> Vec<String> {
        locked(&self.state.asked).clone()
    }

    /// Where its head looks now.
    pub fn looks(&self) -> HeadLooks {
        locked(&self.state.head).looks()
    }

    /// Log-ins that were refused.
    pub fn refused(&self) -> u32 {
        *locked(&self.state.refused)
    }
}

impl State {
    fn note(&self, operation: &str) {
        let mut asked = locked(&self.asked);
        if asked.len() < ASKED_MAX {
            asked.push(operation.to_owned());
        }
    }

    /// The host it names in its addresses.
    fn named(&self) -> String {
        self.config.habits.names.map_or_else(|| self.address.ip().to_string(), |host| host.to_string())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
