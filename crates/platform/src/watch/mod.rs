//! The watch: looks at the newest key frame of every camera and hands what it sees to the alarm desk.
//!
//! Decoding and inference run on blocking threads, as many at a time as the settings allow; a camera that waits loses its older key
//! frames, never its newest. `vision` says what is seen; that it is an alarm is decided here and in `alarms`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use media::{CameraStream, Frame, VideoCodec};
use store::{AlarmBlobKind, CameraRecord, Raised};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};
use vision::scale::Scaler;
use vision::{CameraWatch, Certainty, Coding, FireSmoke, Look, Observation, Worker};

use crate::{Platform, PlatformError};

/// How the watch works.
#[derive(Debug, Clone)]
pub struct WatchSettings {
    /// Off switches the whole watch off.
    pub enabled: bool,
    /// Looks at a time over all cameras; more than the cores only adds waiting.
    pub looks_at_once: usize,
}

/// What the watch has counted for one camera.
#[derive(Default)]
pub(crate) struct Watched {
    counts: Mutex<Counts>,
}

/// The counters.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) last_look_at: Option<Timestamp>,
    pub(crate) looks: u64,
    pub(crate) gated_quiet: u64,
    pub(crate) undecodable: u64,
    pub(crate) dropped: u64,
}

impl Watched {
    pub(crate) fn read(&self) -> Counts {
        *self.lock()
    }

    fn note(&self, look: &Look, dropped: u64) {
        let mut counts = self.lock();
        counts.last_look_at = Some(look.at);
        counts.looks += 1;
        counts.gated_quiet += u64::from(look.error.is_none() && !look.looked());
        counts.undecodable += u64::from(look.error.is_some());
        counts.dropped = dropped;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The decoders and models of the watch: as many as may look at a time, lent out one look each.
pub(crate) struct Workers {
    model: Arc<FireSmoke>,
    seats: Semaphore,
    free: Mutex<Vec<Worker>>,
}

impl Workers {
    pub(crate) fn new(model: Arc<FireSmoke>, looks_at_once: usize) -> Self {
        Self { model, seats: Semaphore::new(looks_at_once.max(1)), free: Mutex::new(Vec::new()) }
    }

    /// Runs `work` with a worker on a blocking thread. None when the work panicked; that worker is not used again.
    async fn lend<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Worker) -> T + Send + 'static,
    ) -> Option<T> {
        let _seat = self.seats.acquire().await.ok()?;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = free.unwrap_or_else(|| Worker::new(Arc::clone(&self.model)));
        let (worker, done) = tokio::task::spawn_blocking(move || {
            let done = work(&mut worker);
            (worker, done)
        })
        .await
        .map_err(|fault| warn!(%fault, "a look failed"))
        .ok()?;
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Some(done)
    }
}

/// Watches one camera until told to stop.
pub(crate) async fn run(
    platform: Platform,
    camera: CameraRecord,
    stream: Arc<CameraStream>,
    watched: Arc<Watched>,
    stop: CancellationToken,
) {
    let mut key_frames = stream.subscribe_key_frames();
    let mut seen = CameraWatch::new(&platform.inner.workers.model);
    loop {
        let frame = tokio::select! {
            () = stop.cancelled() => return,
            frame = key_frames.next() => match frame { Some(frame) => frame, None => return },
        };
        let Ok(at) = Timestamp::from_microsecond(frame.received_at_us) else { continue };
        let (mut lent, access_unit) = (seen.clone(), Arc::clone(&frame));
        let looked = platform.inner.workers.lend(move |worker| {
            let coding = coding_of(access_unit.parameters.codec);
            let look = lent.look(worker, at, coding, &access_unit.byte_stream());
            (lent, look)
        });
        let Some((after, look)) = looked.await else { continue };
        seen = after;
        watched.note(&look, key_frames.skipped());
        for observation in look.observations {
            hand_in(&platform, &camera, &stream, &frame, observation).await;
        }
    }
}

/// A coding of video by the name that pictures have for it.
pub fn coding_of(codec: VideoCodec) -> Coding {
    match codec {
        VideoCodec::H264 => Coding::H264,
        VideoCodec::H265 => Coding::H265,
    }
}

/// A key frame of a camera as a JPEG file, in its own size or so many pixels wide; none when it cannot be decoded.
pub(crate) async fn key_frame_jpeg(
    platform: &Platform,
    frame: Arc<Frame>,
    width_px: Option<u32>,
) -> Option<Vec<u8>> {
    let encode = move |worker: &mut Worker| {
        let picture = worker.decode(coding_of(frame.parameters.codec), &frame.byte_stream()).ok()?;
        match width_px {
            Some(width_px) => Scaler::new().thumbnail(&picture, width_px).ok(),
            None => picture.to_jpeg().ok(),
        }
    };
    platform.inner.workers.lend(encode).await.flatten()
}

async fn hand_in(
    platform: &Platform,
    camera: &CameraRecord,
    stream: &Arc<CameraStream>,
    frame: &Frame,
    observation: Observation,
) {
    if observation.certainty != Certainty::Confirmed {
        return;
    }
    let now = platform.inner.surroundings.now();
    match platform.raise_observed(camera, &observation, now).await {
        Ok(Raised::New(row)) => {
            let latency_ms = now.as_millisecond() - frame.received_at_us / 1000;
            info!(alarm = %row.alarm.id, camera = %camera.id, latency_ms, "alarm raised");
            let (platform, stream, at_us) = (platform.clone(), Arc::clone(stream), frame.received_at_us);
            let tasks = platform.inner.tasks.clone();
            platform.keep_recording(row.alarm.id, (camera.unit_id, camera.id), row.alarm.times.occurred_at);
            tasks.spawn(keep_evidence(platform, row.alarm.id, stream, at_us, observation));
        }
        Ok(Raised::Joined(alarm)) => info!(%alarm, camera = %camera.id, "seen again, joined"),
        Err(error) => warn!(camera = %camera.id, %error, "alarm not raised"),
    }
}

async fn keep_evidence(
    platform: Platform,
    alarm: domain::ids::AlarmId,
    stream: Arc<CameraStream>,
    at_us: i64,
    observation: Observation,
) {
    let kept: Result<(), PlatformError> = async {
        // Boxes are kept as numbers beside the picture, so that evidence stays as the camera sent it.
        let picture = &observation.evidence.plain_jpeg;
        platform.add_evidence(alarm, AlarmBlobKind::Picture, "image/jpeg", picture).await?;
        let settings = &platform.inner.settings.alarms;
        let (before, after): (Duration, Duration) = (settings.clip_before, settings.clip_after);
        match stream.clip(at_us, before, after).await {
            Ok(clip) => platform.add_evidence(alarm, AlarmBlobKind::Clip, "video/mp4", &clip.data).await,
            Err(error) => Err(PlatformError::Unavailable(format!("clip: {error}"))),
        }
    }
    .await;
    if let Err(error) = kept {
        warn!(%alarm, %error, "evidence incomplete");
    }
}
