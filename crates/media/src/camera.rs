//! One camera as the rest of the program sees it: start it, watch its state, read from it, stop it.

use crate::address::{Credentials, RtspUrl};
use crate::backoff::BackoffLimits;
use crate::called::{self, Called};
use crate::clip::{Clip, ClipError, cut_clip};
use crate::file;
use crate::frame::Frame;
use crate::hub::{FrameReader, GroupPosition, GroupReader, Hub, HubLimits, KeyFrameReader};
use crate::ingest::{Board, Ingest};
use crate::live::LiveReader;
use crate::made::{self, Made};
use crate::reception::Reception;
use crate::rtsp;
use crate::state::{CameraState, CameraStatus};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Microseconds since 1970 UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Where the video comes from. A closed list: no other scheme can be reached from outside.
#[derive(Debug, Clone)]
pub enum Source {
    /// A camera over RTSP, media interleaved in the TCP connection.
    Rtsp {
        /// Address without credentials.
        url: RtspUrl,
        /// What the camera asks for, if it asks.
        credentials: Option<Credentials>,
    },
    /// A clip on this machine, played at its own speed.
    File {
        /// `.mp4`, or a bare byte stream (`.h264`, `.h265`).
        path: PathBuf,
        /// Begin again at the end, for ever.
        repeat: bool,
    },
    /// A channel of a GB/T 28181 device, asked for by a call.
    Called(Called),
    /// Made in this program.
    Made(Made),
}

/// Time limits of a stream.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// From connecting to the answer to PLAY.
    pub connect_ms: u64,
    /// From calling a device to its answer. Whoever calls should give up earlier, with a better reason.
    pub call_ms: u64,
    /// From the answer of a called device to its first packet.
    pub first_media_ms: u64,
    /// No frame for this long means the camera is silent.
    pub silence_ms: u64,
    /// A stream on demand goes on for so long without readers.
    pub linger_ms: u64,
    /// Waiting times between attempts.
    pub backoff: BackoffLimits,
}

impl Default for Timing {
    fn default() -> Self {
        // Silence must be known within 10 s; the rest of that second is for the way to the screen.
        // A recorder that has to wake its camera first, or a lower platform, may take seconds to answer.
        Self {
            connect_ms: 8_000,
            call_ms: 20_000,
            first_media_ms: 9_000,
            silence_ms: 9_000,
            linger_ms: 15_000,
            backoff: BackoffLimits::default(),
        }
    }
}

/// What a stream needs to run.
#[derive(Debug, Clone)]
pub struct CameraConfig {
    /// Name in logs.
    pub name: String,
    /// Where the video comes from.
    pub source: Source,
    /// Decides the jitter of reconnections; different for every camera.
    pub jitter_seed: u64,
    /// Runs only while somebody reads, and for [`Timing::linger_ms`] after the last reader left.
    pub on_demand: bool,
    /// Bounds of the ring.
    pub limits: HubLimits,
    /// Time limits.
    pub timing: Timing,
}

impl CameraConfig {
    /// A camera with the default limits.
    pub fn new(name: impl Into<String>, source: Source, jitter_seed: u64) -> Self {
        Self {
            name: name.into(),
            source,
            jitter_seed,
            on_demand: false,
            limits: HubLimits::default(),
            timing: Timing::default(),
        }
    }
}

/// A running stream. Dropping it stops it.
#[derive(Debug)]
pub struct CameraStream {
    hub: Arc<Hub>,
    board: Arc<Board>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
    task: JoinHandle<()>,
}

/// Starts a stream; it runs until it is stopped or dropped. Must be called inside a tokio runtime.
pub fn spawn_camera(config: CameraConfig, clock: Clock) -> CameraStream {
    let hub = Hub::new(config.limits);
    let board = Arc::new(Board::new(clock()));
    let stop = CancellationToken::new();
    let ending =
        Ending { state: CameraState::Stopped, hub: hub.clone(), board: board.clone(), clock: clock.clone() };
    let mut ingest = Ingest::new(hub.clone(), board.clone(), clock);
    let stopped = stop.clone();
    let task = tokio::spawn(async move {
        let mut ending = ending;
        if let Some(state) = stopped.run_until_cancelled(run(&config, &mut ingest)).await {
            ending.state = state;
        }
    });
    CameraStream { hub, board, _stop_on_drop: stop.clone().drop_guard(), stop, task }
}

/// Runs a camera until it ends by itself; returns the state it ended in.
async fn run(config: &CameraConfig, ingest: &mut Ingest) -> CameraState {
    if !config.on_demand {
        return run_source(config, ingest).await;
    }
    let hub = ingest.hub.clone();
    let linger = Duration::from_millis(config.timing.linger_ms);
    loop {
        ingest.board.enter(CameraState::Resting, (ingest.clock)());
        hub.rest();
        hub.wanted().await;
        ingest.board.enter(CameraState::Connecting, (ingest.clock)());
        tokio::select! {
            state = run_source(config, ingest) => return state,
            () = hub.unwanted_for(linger) => tracing::info!(camera = config.name, "nobody watches"),
        }
    }
}

/// Runs a source until it ends by itself; returns the state it ended in.
async fn run_source(config: &CameraConfig, ingest: &mut Ingest) -> CameraState {
    match &config.source {
        Source::Rtsp { url, credentials } => rtsp::run(config, url, credentials.as_ref(), ingest).await,
        Source::File { path, repeat } => file::play(&config.name, path, *repeat, ingest).await,
        Source::Called(called) => called::run(config, called, ingest).await,
        Source::Made(made) => made::run(made, ingest).await,
    }
}

/// Enters the last state and closes the hub when the task ends, whatever ended it.
struct Ending {
    state: CameraState,
    hub: Arc<Hub>,
    board: Arc<Board>,
    clock: Clock,
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.board.enter(self.state.clone(), (self.clock)());
        self.hub.close();
    }
}

impl CameraStream {
    /// State and counters now.
    pub fn status(&self) -> CameraStatus {
        self.board.status()
    }

    /// Follows the state; counters are refreshed about once a second.
    pub fn watch_status(&self) -> watch::Receiver<CameraStatus> {
        self.board.watch()
    }

    /// What became of the last call; `None` before the first one, and for sources that are not called.
    pub fn reception(&self) -> Option<Reception> {
        self.board.reception()
    }

    /// Every frame from the newest key frame on.
    pub fn subscribe(&self) -> FrameReader {
        self.hub.reader()
    }

    /// Whole groups of pictures with their sound, from the newest key frame on. Groups longer than `part` come in parts.
    pub fn subscribe_groups(&self, part: Duration) -> GroupReader {
        self.hub.group_reader(i64::try_from(part.as_micros()).unwrap_or(i64::MAX), None)
    }

    /// The same from where another reader of this stream stood: without what it took, and from the first key frame after it.
    pub fn subscribe_groups_from(&self, position: GroupPosition, part: Duration) -> GroupReader {
        self.hub.group_reader(i64::try_from(part.as_micros()).unwrap_or(i64::MAX), Some(position))
    }

    /// The newest key frame, whenever there is a newer one.
    pub fn subscribe_key_frames(&self) -> KeyFrameReader {
        self.hub.key_reader()
    }

    /// The newest key frame received, however old: see its `received_at_us`. Wakes no stream that rests.
    pub fn latest_key_frame(&self) -> Option<Arc<Frame>> {
        self.hub.newest_key()
    }

    /// Fragmented MP4 for a browser, beginning at once with the current group of pictures.
    pub fn live(&self) -> LiveReader {
        LiveReader::new(self.hub.reader())
    }

    /// The seconds around a moment as an MP4 file. Waits for the part that is still to come.
    pub async fn clip(&self, around_us: i64, before: Duration, after: Duration) -> Result<Clip, ClipError> {
        cut_clip(&self.hub, around_us, before, after).await
    }

    /// Asks the stream to stop.
    pub fn cancel(&self) {
        self.stop.cancel();
    }

    /// Stops the stream and waits until its connection is given up.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "camera task ended badly");
        }
    }
}
