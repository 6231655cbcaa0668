//! The watch: looks at the newest key frame of every camera and hands what it sees to the alarm desk.
//!
//! Decoding and inference run on blocking threads, as many at a time as the settings allow, and by turns where that is too few (`turns`). A
//! camera that waits loses its older key frames, never its newest; its page says how often it is looked at, and at which pictures
//! (`pictures`). `vision` says what is seen: fire, something that stands in a zone, a camera that shows nothing. What of that is an alarm is
//! decided here and in `alarms`; what a camera's zones are is said by people at the desk in `desk` and `reference`.

mod conditions;
mod desk;
mod disbelief;
mod every_picture;
mod hand_in;
mod infrared;
mod lookout;
mod pictures;
mod plan;
mod presence;
mod reference;
mod standing;
mod stills;
mod turns;
mod workers;
mod zones;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use media::VideoCodec;
use store::CameraRecord;
use tokio_util::sync::CancellationToken;
use vision::{Coding, Look, PresenceRules};

use crate::Platform;
pub use conditions::CONDITION_GAP_MAX;
pub use desk::{CameraZonesView, NewZone};
use lookout::Lookout;
pub use pictures::LooksAt;
pub(crate) use pictures::Streams;
use pictures::{Next, Pictures};
pub(crate) use presence::PresenceStep;
pub use reference::Candidate;
pub(crate) use reference::Candidates;
pub use standing::{NotCompared, Standing, ZoneIs};
pub(crate) use stills::{Still, code_in_key_frame, key_frame_jpeg, picture_at};
pub(crate) use workers::Workers;

/// How the watch works.
#[derive(Debug, Clone)]
pub struct WatchSettings {
    /// Off switches the whole watch off.
    pub enabled: bool,
    /// Looks at a time over all cameras; more than the cores only adds waiting.
    pub looks_at_once: usize,
    /// Most cores that looking may use, in all; 0: as many as looks at a time.
    pub cores_max: f64,
    /// A camera's pictures have to be covered, black, frozen or turned away for this long before it is an alarm.
    pub condition_hold: SignedDuration,
    /// Fire that a camera told of and still sees is told again after this.
    pub tell_again: SignedDuration,
    /// What is asked of the people in duty rooms.
    pub duty_rooms: PresenceRules,
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
    /// Which pictures are looked at.
    pub(crate) looks_at: LooksAt,
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

    fn note_pictures(&self, looks_at: LooksAt, dropped: u64) {
        let mut counts = self.counts();
        (counts.looks_at, counts.dropped) = (looks_at, dropped);
    }

    fn note(&self, look: &Look) {
        let mut counts = self.counts();
        counts.look_interval_ms = smoothed(counts.look_interval_ms, counts.last_look_at, look.at);
        counts.last_look_at = Some(look.at);
        counts.looks += 1;
        counts.gated_quiet += u64::from(look.error.is_none() && !look.looked());
        counts.undecodable += u64::from(look.error.is_some());
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
    streams: Streams,
    watched: Arc<Watched>,
    stop: CancellationToken,
) {
    let (desk, id) = (platform.clone(), camera.id);
    let lookout = Lookout::new(platform, camera, Arc::clone(&streams.main), Arc::clone(&watched));
    Box::pin(look_on(lookout, Pictures::new(streams), watched, stop)).await;
    desk.inner.presence.forget(id);
}

async fn look_on(
    mut lookout: Lookout,
    mut pictures: Pictures,
    watched: Arc<Watched>,
    stop: CancellationToken,
) {
    loop {
        let next = tokio::select! {
            () = stop.cancelled() => return,
            next = pictures.next() => match next { Some(next) => next, None => return },
        };
        watched.note_pictures(pictures.looks_at(), pictures.skipped());
        let stream = Arc::clone(pictures.stream());
        match next {
            Next::KeyFrame(frame) => lookout.key_frame(&stream, &frame, &stop).await,
            Next::EveryPicture => {
                lookout.every_picture(&stream, &stop).await;
                pictures.reconsider();
            }
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
