//! The narrow place every frame passes: time line, parameter sets, counters, hub.

use crate::camera::Clock;
use crate::codec::{VideoCodec, VideoParameters};
use crate::frame::{Frame, Sound, SoundParameters};
use crate::hub::Hub;
use crate::reception::Reception;
use crate::state::{CameraState, CameraStatus, Counters};
use crate::stir::Stir;
use crate::timeline::Timeline;
use bytes::Bytes;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Largest access unit accepted, in bytes; a key frame of a 4K camera has about 1 MB.
pub(crate) const ACCESS_UNIT_BYTES_MAX: usize = 8 << 20;
/// Counters are published at most this often, in microseconds; state changes at once.
const PUBLISH_US: i64 = 1_000_000;
/// Weight of the newest frame distance in the smoothed frame rate.
const RATE_WEIGHT: f32 = 0.1;
/// How long a session may go on without its first key frame: longer than cameras are set to.
pub(crate) const KEY_PATIENCE: Duration = Duration::from_secs(30);

/// What the outside can see of a camera, shared by its task and its handle.
#[derive(Debug)]
pub(crate) struct Board {
    status: Mutex<CameraStatus>,
    published: watch::Sender<CameraStatus>,
    reception: Mutex<Option<Reception>>,
}

impl Board {
    pub(crate) fn new(now_us: i64) -> Self {
        let status =
            CameraStatus { state: CameraState::Connecting, since_us: now_us, counters: Counters::default() };
        Self {
            published: watch::Sender::new(status.clone()),
            status: Mutex::new(status),
            reception: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, CameraStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn status(&self) -> CameraStatus {
        self.lock().clone()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<CameraStatus> {
        self.published.subscribe()
    }

    /// Enters a state; publishes when it is a new one. Returns whether it is.
    pub(crate) fn enter(&self, state: CameraState, now_us: i64) -> bool {
        let mut status = self.lock();
        if status.state == state {
            return false;
        }
        status.state = state;
        status.since_us = now_us;
        self.published.send_replace(status.clone());
        true
    }

    pub(crate) fn count(&self, change: impl FnOnce(&mut Counters)) {
        change(&mut self.lock().counters);
    }

    pub(crate) fn reception(&self) -> Option<Reception> {
        self.reception.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn begin_reception(&self, reception: Reception) {
        *self.reception.lock().unwrap_or_else(PoisonError::into_inner) = Some(reception);
    }

    /// Notes something about the call in progress.
    pub(crate) fn note(&self, change: impl FnOnce(&mut Reception)) {
        let mut reception = self.reception.lock().unwrap_or_else(PoisonError::into_inner);
        reception.as_mut().map(change);
    }

    fn publish(&self) {
        self.published.send_replace(self.status());
    }
}

/// One access unit as a source delivers it.
pub(crate) struct AccessUnit {
    /// Time stamp of the source in microseconds, any origin.
    pub(crate) camera_us: i64,
    pub(crate) codec: VideoCodec,
    /// Sample form; a key frame with its parameter sets, where the camera sent them.
    pub(crate) data: Bytes,
    pub(crate) is_key: bool,
    pub(crate) lost_packets: u16,
}

/// A piece of sound as a source delivers it.
pub(crate) struct SoundUnit {
    /// Time stamp of the source in microseconds, on the clock of its pictures.
    pub(crate) camera_us: i64,
    pub(crate) samples: u32,
    pub(crate) data: Bytes,
    pub(crate) parameters: SoundParameters,
}

/// The key frame without which pictures cannot be decoded, so that they are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Awaits {
    Nothing,
    /// The first one of a session.
    FirstKey,
    /// The one after a key frame that was refused.
    NextKey,
}

/// Turns access units into frames in the hub.
pub(crate) struct Ingest {
    pub(crate) hub: Arc<Hub>,
    pub(crate) board: Arc<Board>,
    pub(crate) clock: Clock,
    pub(crate) timeline: Timeline,
    awaits: Awaits,
    parameters: Option<Arc<VideoParameters>>,
    sound: Option<Arc<SoundParameters>>,
    next_sequence: u64,
    last_key_us: Option<i64>,
    stir: Stir,
    published_us: i64,
}

impl Ingest {
    pub(crate) fn new(hub: Arc<Hub>, board: Arc<Board>, clock: Clock) -> Self {
        Self {
            hub,
            board,
            clock,
            timeline: Timeline::default(),
            awaits: Awaits::FirstKey,
            parameters: None,
            sound: None,
            next_sequence: 0,
            last_key_us: None,
            stir: Stir::default(),
            published_us: i64::MIN,
        }
    }

    /// A session begins: time stamps have nothing to do with those before, and the first picture to be taken is a key frame.
    pub(crate) fn begin_session(&mut self) {
        self.timeline.restart();
        self.awaits = Awaits::FirstKey;
    }

    /// True while no key frame has come in this session.
    pub(crate) fn awaits_first_key(&self) -> bool {
        self.awaits == Awaits::FirstKey
    }

    /// Accepts one access unit. What is malformed, too large or has no parameters is counted and left out, and where that is a key frame,
    /// the pictures that depend on it with it. Pictures before the first key frame of a session are left out without being counted.
    /// Pictures after a loss on the network are taken: blurred ones show more than none up to the next key frame would.
    /// Returns true when the unit became a frame.
    pub(crate) fn push(&mut self, unit: AccessUnit) -> bool {
        let now_us = (self.clock)();
        let AccessUnit { camera_us, codec, data, is_key, lost_packets } = unit;
        let is_decodable = is_key || self.awaits == Awaits::Nothing;
        let Some((data, parameters)) = is_decodable.then(|| self.take(codec, data, is_key)).flatten() else {
            if is_key {
                self.awaits = Awaits::NextKey;
            }
            let is_refused = self.awaits != Awaits::FirstKey;
            self.board.count(|counters| counters.corrupt += u64::from(is_refused));
            return false;
        };
        self.awaits = Awaits::Nothing;
        let stamp = self.timeline.place(camera_us, now_us, is_key);
        let interval_us = is_key.then(|| self.last_key_us.replace(stamp.pts_us)).flatten();
        let frame = Arc::new(Frame {
            sequence: self.next_sequence,
            is_key,
            discontinuity: stamp.discontinuity,
            pts_us: stamp.pts_us,
            dts_us: stamp.dts_us,
            received_at_us: now_us,
            lost_packets,
            data,
            parameters,
        });
        self.next_sequence += 1;
        self.stir.picture(is_key, frame.data.len());
        let is_stirring = self.stir.is_stirring();
        self.board.count(|counters| {
            count_frame(counters, &frame);
            counters.is_stirring = is_stirring;
            if let (Some(last_us), false) = (interval_us, frame.discontinuity) {
                counters.key_frame_interval_ms = u32::try_from((frame.pts_us - last_us) / 1000).ok();
            }
        });
        self.hub.push(frame);
        self.publish(now_us);
        true
    }

    /// Accepts a piece of sound; before the first picture there is no line to place it on.
    pub(crate) fn push_sound(&mut self, unit: SoundUnit) {
        if self.parameters.is_none() {
            return;
        }
        let now_us = (self.clock)();
        let parameters = match &self.sound {
            Some(known) if **known == unit.parameters => known.clone(),
            _ => self.sound.insert(Arc::new(unit.parameters)).clone(),
        };
        let pts_us = self.timeline.place_sound(unit.camera_us, now_us);
        let (samples, data) = (unit.samples, unit.data);
        self.hub.push_sound(Arc::new(Sound { pts_us, received_at_us: now_us, samples, data, parameters }));
    }

    /// A picture's bytes as they are kept, a key frame with parameter sets in front, and its parameters; `None` where it is refused.
    fn take(
        &mut self,
        codec: VideoCodec,
        data: Bytes,
        is_key: bool,
    ) -> Option<(Bytes, Arc<VideoParameters>)> {
        if data.len() > ACCESS_UNIT_BYTES_MAX {
            return None;
        }
        let data = codec.whole(data)?;
        let is_bare = is_key && !self.learn_parameters(codec, &data);
        // Pictures of one coding mean nothing under the parameters of the other.
        let parameters = self.parameters.clone().filter(|known| known.codec == codec)?;
        let data = if is_bare { [&parameters.sets[..], &data].concat().into() } else { data };
        Some((data, parameters))
    }

    /// True where a key frame has its parameter sets. Without readable ones those stay in force that were there: decoders then do what
    /// they can.
    fn learn_parameters(&mut self, codec: VideoCodec, key_frame: &[u8]) -> bool {
        let is_just = |known: &VideoParameters| {
            key_frame.starts_with(&known.sets) && codec.bytes_ahead(key_frame) == known.sets.len()
        };
        let known = self.parameters.as_deref();
        if known.is_some_and(|known| known.codec == codec && is_just(known)) {
            return true;
        }
        let Some(found) = codec.parameters_of(key_frame) else { return false };
        if known != Some(&found) {
            self.parameters = Some(Arc::new(found));
        }
        true
    }

    fn publish(&mut self, now_us: i64) {
        let entered = self.board.enter(CameraState::Online, now_us);
        if entered || now_us.saturating_sub(self.published_us) >= PUBLISH_US {
            self.published_us = now_us;
            self.board.publish();
        }
    }
}

fn count_frame(counters: &mut Counters, frame: &Frame) {
    if let (Some(last_us), false) = (counters.last_frame_at_us, frame.discontinuity) {
        let seconds = (frame.received_at_us - last_us).max(1) as f32 / 1e6;
        // The mean distance is smoothed, not the mean rate: two frames in one packet burst must not count as 10 kHz.
        let mean = counters.frame_rate.map_or(seconds, |rate| 1.0 / rate.max(0.01));
        counters.frame_rate = Some(1.0 / (mean + RATE_WEIGHT * (seconds - mean)).max(1e-3));
    }
    counters.frames += 1;
    counters.key_frames += u64::from(frame.is_key);
    counters.bytes += frame.data.len() as u64;
    counters.lost_packets += u64::from(frame.lost_packets);
    counters.last_frame_at_us = Some(frame.received_at_us);
    counters.width_px = Some(frame.parameters.width_px);
    counters.height_px = Some(frame.parameters.height_px);
}
