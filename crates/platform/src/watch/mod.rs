//! The watch: looks at the newest key frame of every camera and hands what it sees to the alarm desk.
//!
//! Decoding and inference run on blocking threads, as many at a time as the settings allow; a camera that waits loses its older key
//! frames, never its newest. `vision` says what is seen: fire, something that stands in a zone, a camera that shows nothing. What of that is
//! an alarm is decided here and in `alarms`; what a camera's zones are is said by people at the desk in `desk` and `reference`.

mod closer;
mod conditions;
mod desk;
mod hand_in;
mod plan;
mod reference;
mod standing;
mod workers;
mod zones;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use media::{CameraStream, VideoCodec};
use store::CameraRecord;
use tokio_util::sync::CancellationToken;
use tracing::warn;
use vision::{CameraWatch, Coding, Look};

use crate::Platform;
use closer::{Closer, CloserLook};
pub use conditions::CONDITION_GAP_MAX;
use conditions::ConditionLedger;
pub use desk::{CameraZonesView, NewZone};
use hand_in::HandIn;
use plan::Scene;
pub use reference::Candidate;
pub(crate) use reference::Candidates;
pub use standing::{NotCompared, Standing, ZoneIs};
pub(crate) use workers::{Workers, key_frame_jpeg};
use zones::ZoneLedger;

/// How the watch works.
#[derive(Debug, Clone)]
pub struct WatchSettings {
    /// Off switches the whole watch off.
    pub enabled: bool,
    /// Looks at a time over all cameras; more than the cores only adds waiting.
    pub looks_at_once: usize,
    /// A camera's pictures have to be covered, black, frozen or turned away for this long before it is an alarm.
    pub condition_hold: SignedDuration,
}

/// What the watch has counted for one camera, and what it knows of its scene.
#[derive(Default)]
pub(crate) struct Watched {
    counts: Mutex<Counts>,
    standing: Mutex<Standing>,
    /// Counts up when zones or reference pictures changed.
    changes: AtomicU64,
}

/// The counters.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) last_look_at: Option<Timestamp>,
    pub(crate) looks: u64,
    pub(crate) gated_quiet: u64,
    pub(crate) undecodable: u64,
    pub(crate) dropped: u64,
    /// Time from look to look, smoothed.
    pub(crate) look_interval_ms: Option<u32>,
}

impl Watched {
    pub(crate) fn read(&self) -> Counts {
        *self.counts()
    }

    pub(crate) fn standing(&self) -> Standing {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has the running watch read zones and pictures again before its next look.
    pub(crate) fn change(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }

    fn note(&self, look: &Look, dropped: u64) {
        let mut counts = self.counts();
        counts.look_interval_ms = smoothed(counts.look_interval_ms, counts.last_look_at, look.at);
        counts.last_look_at = Some(look.at);
        counts.looks += 1;
        counts.gated_quiet += u64::from(look.error.is_none() && !look.looked());
        counts.undecodable += u64::from(look.error.is_some());
        counts.dropped = dropped;
    }

    fn set_standing(&self, standing: Standing) {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = standing;
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The time between looks after one more of them; a fifth of it is the newest.
fn smoothed(kept_ms: Option<u32>, last: Option<Timestamp>, now: Timestamp) -> Option<u32> {
    let newest = u32::try_from(now.duration_since(last?).as_millis()).ok()?;
    Some(kept_ms.map_or(newest, |kept| kept - kept / 5 + newest / 5))
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
    let mut scene = Scene::default();
    let mut zones = ZoneLedger::default();
    let mut conditions = ConditionLedger::new(platform.inner.settings.watch.condition_hold);
    let mut read_at = None;
    let mut closer = Closer::default();
    loop {
        let frame = tokio::select! {
            () = stop.cancelled() => return,
            frame = key_frames.next() => match frame { Some(frame) => frame, None => return },
        };
        let Ok(at) = Timestamp::from_microsecond(frame.received_at_us) else { continue };
        let changes = watched.changes.load(Ordering::Relaxed);
        if read_at != Some(changes) {
            match plan::read(&platform, camera.id).await {
                Ok(plan) => {
                    zones.take(plan.zones());
                    scene.take(plan);
                    read_at = Some(changes);
                }
                // What was read before counts until the next key frame, which tries again.
                Err(error) => warn!(camera = %camera.id, %error, "zones not read"),
            }
        }
        if scene.prepare(&mut seen, at) {
            zones.restart();
        }
        let (mut lent, access_unit) = (seen.clone(), Arc::clone(&frame));
        let looked = platform.inner.workers.lend(move |worker| {
            let coding = coding_of(access_unit.parameters.codec);
            let look = lent.look(worker, at, coding, &access_unit.byte_stream());
            (lent, look)
        });
        let Some((after, mut look)) = looked.await else { continue };
        seen = after;
        watched.note(&look, key_frames.skipped());
        scene.follow(&seen, &look);
        let hand_in = HandIn { platform: &platform, camera: &camera, stream: &stream, frame: &frame };
        for observation in std::mem::take(&mut look.observations) {
            hand_in.observation(observation).await;
        }
        if closer.is_due(&look) {
            seen = look_closer(&hand_in, seen, &stop).await;
        }
        for step in zones.look(at, look.zones.as_deref()) {
            hand_in.zone(step).await;
        }
        let holding = seen.health().conditions();
        let steps = if look.error.is_none() { conditions.look(at, &holding) } else { Vec::new() };
        for step in steps {
            hand_in.condition(step).await;
        }
        watched.set_standing(Standing {
            zones: zones.standing(),
            not_compared: scene.not_compared(&seen, &look),
            conditions: holding,
        });
    }
}

/// Looks at all pictures for some seconds and hands in what they settle.
async fn look_closer(hand_in: &HandIn<'_>, mut seen: CameraWatch, stop: &CancellationToken) -> CameraWatch {
    let mut closer = CloserLook::begin(hand_in.stream, hand_in.frame);
    while !stop.is_cancelled() {
        let (after, looked) = closer.next(&hand_in.platform.inner.workers, seen).await;
        seen = after;
        let Some((looks, frame)) = looked else { break };
        let closer_hand_in = HandIn { frame: &frame, ..*hand_in };
        for observation in looks.into_iter().flat_map(|look| look.observations) {
            closer_hand_in.observation(observation).await;
        }
    }
    seen
}

/// A coding of video by the name that pictures have for it.
pub fn coding_of(codec: VideoCodec) -> Coding {
    match codec {
        VideoCodec::H264 => Coding::H264,
        VideoCodec::H265 => Coding::H265,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_between_looks_follows_the_newest() {
        let at = |ms: i64| Timestamp::from_millisecond(1_800_000_000_000 + ms).unwrap();
        assert_eq!(smoothed(None, None, at(0)), None);
        assert_eq!(smoothed(None, Some(at(0)), at(2000)), Some(2000));
        assert_eq!(smoothed(Some(2000), Some(at(0)), at(4000)), Some(2400));
        // A clock that was set back says nothing.
        assert_eq!(smoothed(Some(2000), Some(at(9)), at(0)), None);
    }
}
