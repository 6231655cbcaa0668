//! A small RTSP server (RFC 2326) as simulated cameras need it: interleaved TCP, Digest login, faults on demand.
//!
//! Not for the product: one media stream per path, no UDP, no recording. Many clients may watch one camera; all
//! of them see the same moment of the clip, as with a real camera.

pub(crate) mod digest;
mod message;
mod packet;
mod session;

use crate::clip::RTP_CLOCK;
use crate::reel::Reel;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Connections served at once; more are closed at once, as a camera would.
const CONNECTIONS_MAX: usize = 2_000;

/// What a camera does wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Faults {
    /// Closes every new connection at once.
    pub refuse: bool,
    /// Closes the connection this many seconds after PLAY.
    pub drop_after_s: Option<f32>,
    /// Sends nothing from the first to the second number of seconds after PLAY, with the connection open.
    pub silent_s: Option<(f32, f32)>,
    /// This many seconds after PLAY, its time stamps jump by so many seconds and go on from there.
    pub jump_s: Option<(f32, i32)>,
    /// Puts a packet of nonsense in front of every n-th picture.
    pub garbage_every: Option<u32>,
    /// Announces MPEG-4 instead of H.264.
    pub announce_mpeg4: bool,
    /// Announces sound only.
    pub no_video: bool,
}

/// One camera of the server.
#[derive(Debug)]
pub(crate) struct Camera {
    pub(crate) reel: Arc<Reel>,
    pub(crate) credentials: Option<(String, String)>,
    pub(crate) faults: Faults,
    /// The camera's clip began this much before the server was started.
    pub(crate) phase: Duration,
}

/// Everything a connection needs to know.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) cameras: HashMap<String, Camera>,
    pub(crate) started: Instant,
}

impl Camera {
    /// RTP ticks since the camera's clip began for the first time.
    fn ticks_at(&self, site: &Site, now: Instant) -> u64 {
        let running = now.duration_since(site.started) + self.phase;
        running.as_micros() as u64 * u64::from(RTP_CLOCK) / 1_000_000
    }

    /// When the given tick is due.
    fn due(&self, site: &Site, ticks: u64) -> Instant {
        let since_start = Duration::from_micros(ticks * 1_000_000 / u64::from(RTP_CLOCK));
        site.started + since_start.saturating_sub(self.phase)
    }
}

/// Accepts connections until cancelled, then waits for them to end.
pub(crate) async fn serve(listener: TcpListener, site: Arc<Site>, stop: CancellationToken) {
    let connections = TaskTracker::new();
    let mut number = 0u32;
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((socket, _)) if connections.len() < CONNECTIONS_MAX => {
                number = number.wrapping_add(1);
                let run = session::run(socket, site.clone(), number);
                let stop = stop.clone();
                connections.spawn(async move {
                    if let Some(Err(error)) = stop.run_until_cancelled(run).await {
                        tracing::debug!(%error, "simulated camera: connection ended");
                    }
                });
            }
            Ok(_) => tracing::warn!("simulated camera: too many connections"),
            Err(error) => {
                tracing::warn!(%error, "simulated camera: accept failed");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    connections.close();
    connections.wait().await;
}
