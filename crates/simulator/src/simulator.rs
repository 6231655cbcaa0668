//! The whole school: makes the clips, opens the port, serves the cameras, stops in order.

use crate::clip::ClipError;
use crate::drawing::begin_reels;
use crate::duty_room::DutyRoom;
use crate::rtsp::{Camera, Faults, Site, serve};
use crate::scene::Scene;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Shift of two neighbouring cameras of one clip: not a multiple of the distance of pictures or groups.
const CLIP_STEP: Duration = Duration::from_millis(137);
/// Scenes of [`many_cameras`] repeat after this many cameras, each at another moment of its clip.
const PHASE_STEP: Duration = Duration::from_millis(1_700);

/// What a simulated camera shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum VideoSource {
    /// A drawn scene; the seed varies it.
    Scene {
        /// Which scene.
        scene: Scene,
        /// Another seed, another corridor.
        seed: u64,
    },
    /// A duty room, drawn as time passes. For cameras by RTSP; those by GB/T 28181 would show it late.
    DutyRoom(DutyRoom),
    /// A clip of the user's: MP4 with H.264 or H.265, or a bare byte stream.
    File(PathBuf),
}

/// One camera.
#[derive(Debug, Clone)]
pub struct SimulatedCamera {
    /// Path in the address, e.g. `corridor`.
    pub path: String,
    /// What it shows.
    pub source: VideoSource,
    /// User name and password it asks for.
    pub credentials: Option<(String, String)>,
    /// What it does wrong.
    pub faults: Faults,
    /// Its clip begins this much earlier than the simulator; shifts cameras of one clip against each other.
    pub phase: Duration,
}

/// What to simulate.
#[derive(Debug, Clone)]
pub struct SimulatorConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The cameras.
    pub cameras: Vec<SimulatedCamera>,
    /// Folder for encoded clips, so that the next start need not draw them again.
    pub cache: Option<PathBuf>,
}

/// Why the simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The port cannot be opened.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// A clip cannot be made.
    #[error("camera {path}: {source}")]
    Clip {
        /// The camera.
        path: String,
        /// What is wrong.
        source: ClipError,
    },
    /// Two cameras at one path.
    #[error("two cameras have the path {0}")]
    SamePath(String),
    /// Drawing the camera's scene failed inside; a bug.
    #[error("camera {0}: drawing failed")]
    Drawing(String),
}

/// A running simulator. Dropping it stops it.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    paths: Vec<String>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
    task: JoinHandle<()>,
}

impl SimulatedCamera {
    /// A well-behaved camera showing a scene.
    pub fn new(path: impl Into<String>, source: VideoSource) -> Self {
        let (credentials, faults, phase) = (None, Faults::default(), Duration::ZERO);
        Self { path: path.into(), source, credentials, faults, phase }
    }
}

/// `count` cameras that all show one clip, for load; each begins it at another moment.
pub fn cameras_of(count: usize, source: &VideoSource, faults: Faults) -> Vec<SimulatedCamera> {
    let camera = |number: usize| {
        let path = format!("camera{:03}", number + 1);
        SimulatedCamera {
            phase: CLIP_STEP * number as u32,
            faults,
            ..SimulatedCamera::new(path, source.clone())
        }
    };
    (0..count).map(camera).collect()
}

/// `count` cameras going round the quiet scenes and one fire, for load: one clip per scene is shared by all.
pub fn many_cameras(count: usize, seed: u64) -> Vec<SimulatedCamera> {
    let scenes = Scene::ROUND;
    (0..count)
        .map(|number| {
            let scene = scenes[number % scenes.len()];
            let source = VideoSource::Scene { scene, seed };
            let phase = PHASE_STEP * (number / scenes.len()) as u32;
            SimulatedCamera { phase, ..SimulatedCamera::new(format!("camera{:03}", number + 1), source) }
        })
        .collect()
}

impl Simulator {
    /// Opens the port and starts to serve as soon as every scene has its first picture (seconds); the rest is
    /// drawn meanwhile, faster than it is played, and kept in `cache`.
    #[expect(
        clippy::mutable_key_type,
        reason = "rooms are told apart by where they lie, which does not change"
    )]
    pub async fn start(config: SimulatorConfig) -> Result<Self, SimulatorError> {
        // The port first: "in use" should be said before seconds of drawing.
        let failed = |source| SimulatorError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stop = CancellationToken::new();
        let stop_on_drop = stop.clone().drop_guard();
        let wanted = config.cameras.iter().map(|camera| (camera.path.as_str(), &camera.source));
        let reels = begin_reels(wanted, config.cache.as_deref(), &stop).await?;
        let started = tokio::time::Instant::now();
        let mut cameras = HashMap::new();
        let mut paths = Vec::new();
        for camera in config.cameras {
            let SimulatedCamera { path, source, credentials, faults, phase } = camera;
            let path = path.trim_matches('/').to_owned();
            let reel = reels[&source].clone();
            // What is live shows the present moment, whenever it was begun.
            let phase =
                reel.live_since.map_or(phase, |since| started.into_std().saturating_duration_since(since));
            paths.push(path.clone());
            if cameras.insert(path.clone(), Camera { reel, credentials, faults, phase }).is_some() {
                return Err(SimulatorError::SamePath(path));
            }
        }
        let site = Arc::new(Site { cameras, started });
        let task = tokio::spawn(serve(listener, site, stop.clone()));
        Ok(Self { address, paths, _stop_on_drop: stop_on_drop, stop, task })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Addresses of all cameras, in the order given, without credentials.
    pub fn urls(&self) -> Vec<String> {
        self.paths.iter().map(|path| self.url(path)).collect()
    }

    /// Address of the camera at `path`.
    pub fn url(&self, path: &str) -> String {
        format!("rtsp://{}/{path}", self.address)
    }

    /// Asks it to stop; [`Self::stop`] also waits.
    pub fn cancellation(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Closes all connections and waits for them.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "simulator ended badly");
        }
    }
}
