//! What hangs in a school's network and can be used again: cameras and recorders that speak RTSP, ONVIF or GB/T 28181.
//!
//! A scan knocks at the usual ports of every address of a few private ranges, slowly, and asks what answers, in the protocols' own
//! words, who it is. It **guesses no password**: credentials are those that a person gave, they go only to ONVIF devices, only as a
//! digest, and once a device. Nothing is written to a device.
//!
//! [`spawn_scan`] starts one task; events come through a bounded channel, and dropping the [`Scan`] ends it.

mod host;
mod hunt;
mod maker;
mod ports;
mod ranges;
mod reuse;
mod row;
mod rtsp;
mod sip;
mod ticket;

pub use ports::Ports;
pub use ranges::{ADDRESSES_MAX, RangeError, Ranges};
pub use reuse::{Reuse, Verdict};
pub use row::{ProtocolKind, ScanRow, ScannedStream};

use crate::address::Credentials;
use crate::onvif::{OnvifClient, ReplyLimits};
use hunt::Hunt;
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Events that wait for a slow reader; then the scan waits, too.
const EVENTS_MAX: usize = 64;

/// What to scan and how.
#[derive(Debug, Clone)]
pub struct ScanPlan {
    /// Where.
    pub ranges: Ranges,
    /// At which ports.
    pub ports: Ports,
    /// User name and password that a person gave for the devices of this network.
    pub credentials: Option<Credentials>,
    /// Connections and questions that begin within a second, 1 to 1000; others are cut. The default of 200 is a few kilobytes a second;
    /// at ten knocks an address, a /24 takes a quarter of a minute and a /22 a minute.
    pub knocks_per_s: u32,
    /// How long a host may take to accept a connection, in milliseconds.
    pub connect_ms: u64,
    /// 16 random bytes that name the questions.
    pub id: [u8; 16],
}

/// What happens during a scan.
#[derive(Debug, Clone, PartialEq)]
pub enum ScanEvent {
    /// So many addresses are done.
    Progress {
        /// Done.
        done: usize,
        /// Of so many.
        total: usize,
    },
    /// Something answers here.
    Found(Box<ScanRow>),
}

/// A running scan. Dropping it ends it.
#[derive(Debug)]
pub struct Scan {
    events: mpsc::Receiver<ScanEvent>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
}

impl ScanPlan {
    /// A plan with the usual ports and pace.
    pub fn new(ranges: Ranges, id: [u8; 16]) -> Self {
        Self { ranges, ports: Ports::default(), credentials: None, knocks_per_s: 200, connect_ms: 1_000, id }
    }

    /// Limits of single questions: a camera in the same building answers soon.
    fn limits(&self) -> ReplyLimits {
        ReplyLimits { connect_ms: self.connect_ms, answer_ms: 4_000, body_bytes_max: 64 << 10 }
    }
}

impl Scan {
    /// The next event; `None` when all addresses are done or the scan was cancelled.
    pub async fn next(&mut self) -> Option<ScanEvent> {
        self.events.recv().await
    }

    /// Asks it to stop; events that wait can still be read.
    pub fn cancel(&self) {
        self.stop.cancel();
    }
}

/// Starts a scan. `client` asks the ONVIF devices; its reach decides about loopback.
pub fn spawn_scan(plan: ScanPlan, client: OnvifClient) -> Scan {
    let (sender, events) = mpsc::channel(EVENTS_MAX);
    let stop = CancellationToken::new();
    let token = stop.clone();
    tokio::spawn(async move {
        // Everything a scan has open hangs in this future and falls with it.
        token.run_until_cancelled(Hunt::new(plan, client, sender).run()).await;
    });
    Scan { events, _stop_on_drop: stop.clone().drop_guard(), stop }
}
