//! Running cameras: which streams are up, what they and the watch have seen. In memory; only changes of state are written down.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::camera::CameraState;
use domain::ids::{CameraId, ChannelId, UnitId};
use domain::place::PlaceType;
use jiff::Timestamp;
use media::onvif::OnvifAddress;
use media::{CameraConfig, CameraStream, Credentials, RtspUrl, Source};
use store::{CameraRecord, CameraSource, ChannelRoute};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::clocks::ClockedCamera;
use super::convert::needs_conversion;
use super::look::StreamKind;
use super::offline::Attendance;
use super::thumbnails::Small;
use crate::events::Event;
use crate::watch::{self, LooksAt, Watched};
use crate::{Platform, PlatformError};

/// Everything that runs, by camera.
#[derive(Default)]
pub struct Running {
    cameras: Mutex<HashMap<CameraId, RunningCamera>>,
}

struct RunningCamera {
    unit_id: UnitId,
    place_type: PlaceType,
    simulated: bool,
    /// Where it is asked for its time.
    onvif: Option<OnvifAddress>,
    stream: Arc<CameraStream>,
    /// Pulled only while somebody looks.
    sub: Option<Arc<CameraStream>>,
    /// Made while somebody looks who needs it; not there before the first did.
    converted: Option<Arc<CameraStream>>,
    small: Arc<Small>,
    watched: Arc<Watched>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

/// What a camera and the watch have counted since the camera was started.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Health {
    /// When the last frame came.
    pub last_frame_at: Option<Timestamp>,
    /// When the last key frame was looked at.
    pub last_look_at: Option<Timestamp>,
    /// Frames received.
    pub frames: u64,
    /// Key frames received.
    pub key_frames: u64,
    /// Bytes received.
    pub bytes: u64,
    /// Times the connection was made again.
    pub reconnects: u64,
    /// Key frames that could not be decoded.
    pub undecodable: u64,
    /// Key frames decoded.
    pub looks: u64,
    /// Of these, found unchanged by the gate and not shown to the model.
    pub gated_quiet: u64,
    /// Key frames replaced by a newer one before they were looked at.
    pub dropped_key_frames: u64,
    /// Time from look to look in milliseconds, smoothed.
    pub look_interval_ms: Option<u32>,
    /// Which pictures are looked at.
    pub looks_at: LooksAt,
    /// Spacing of key frames in milliseconds.
    pub key_frame_interval_ms: Option<u32>,
    /// Picture width in pixels.
    pub width_px: Option<u16>,
    /// Picture height in pixels.
    pub height_px: Option<u16>,
}

/// A camera as seen from outside.
pub(super) struct Seen {
    pub(super) state: CameraState,
    pub(super) reason_code: Option<String>,
    pub(super) reason_zh: Option<String>,
    pub(super) reason_en: Option<String>,
    pub(super) since: Option<Timestamp>,
    pub(super) health: Health,
}

impl Platform {
    pub(crate) async fn start_cameras(&self) -> Result<(), PlatformError> {
        let cameras = self.inner.store.all_cameras().await?;
        let channels: Vec<ChannelId> = cameras.iter().filter_map(|row| channel_of(&row.camera)).collect();
        let routes = self.inner.store.channel_routes(&channels).await?;
        for camera in cameras {
            // Entered before the start, and followed since.
            if self.running().contains_key(&camera.camera.id) {
                continue;
            }
            self.mind_recording(&camera.camera).await;
            let route = channel_of(&camera.camera).and_then(|id| routes.get(&id).copied());
            self.run_camera(&camera.camera, route);
        }
        Ok(())
    }

    pub(crate) async fn stop_cameras(&self) {
        let all: Vec<_> = self.running().drain().collect();
        for (id, camera) in all {
            camera.stop.cancel();
            self.end_recording(id).await;
            camera.end().await;
        }
    }

    pub(super) async fn start_camera(&self, record: &CameraRecord) -> Result<(), PlatformError> {
        self.mind_recording(record).await;
        let mut route = None;
        if let Some(channel) = channel_of(record) {
            route = self.inner.store.channel_routes(&[channel]).await?.get(&channel).copied();
        }
        self.run_camera(record, route);
        Ok(())
    }

    fn run_camera(&self, record: &CameraRecord, route: Option<ChannelRoute>) {
        if record.disabled || self.running().contains_key(&record.id) {
            return;
        }
        let Some(source) = self.source_of(record, route, StreamKind::Main) else { return };
        let sub = self.source_of(record, route, StreamKind::Sub).map(|source| {
            let seed = u64::from_be_bytes(self.inner.surroundings.random());
            let mut config = CameraConfig::new(format!("{}/sub", record.id), source, seed);
            config.on_demand = true;
            Arc::new(media::spawn_camera(config, self.media_clock()))
        });
        let seed = u64::from_be_bytes(self.inner.surroundings.random());
        let mut config = CameraConfig::new(record.id.to_string(), source, seed);
        // A channel that nobody watches over is called when somebody looks: its recorder has few places and the school little upload.
        config.on_demand = channel_of(record).is_some() && !self.is_watched(record);
        let stream = Arc::new(media::spawn_camera(config, self.media_clock()));
        let watched = Arc::new(Watched::default());
        let stop = self.inner.stop.child_token();
        let mut tasks =
            vec![tokio::spawn(follow_state(self.clone(), record.id, Arc::clone(&stream), stop.clone()))];
        if self.is_watched(record) {
            let task = watch::run(
                self.clone(),
                record.clone(),
                watch::Streams { main: Arc::clone(&stream), sub: sub.clone() },
                Arc::clone(&watched),
                stop.clone(),
            );
            tasks.push(tokio::spawn(task));
        }
        if self.is_to_be_recorded(record) {
            self.record_stream(record, &stream);
            tasks.push(tokio::spawn(crate::recording::follow(
                self.clone(),
                record.clone(),
                Arc::clone(&stream),
                stop.clone(),
            )));
        }
        info!(camera = %record.id, name = record.name, "camera started");
        self.running().insert(
            record.id,
            RunningCamera {
                unit_id: record.unit_id,
                place_type: record.place_type,
                simulated: record.simulated,
                onvif: onvif_of(record),
                stream,
                sub,
                converted: None,
                small: Arc::default(),
                watched,
                stop,
                tasks,
            },
        );
    }

    /// None, and a line in the log, where there is no way to the video; none where there is no sub-stream.
    fn source_of(
        &self,
        record: &CameraRecord,
        route: Option<ChannelRoute>,
        kind: StreamKind,
    ) -> Option<Source> {
        let (address, user_name, sealed_password) = match &record.source {
            CameraSource::Rtsp { address, sub_address, user_name, sealed_password, .. } => match kind {
                StreamKind::Main | StreamKind::Converted => (address, user_name, sealed_password),
                StreamKind::Sub => (sub_address.as_ref()?, user_name, sealed_password),
            },
            CameraSource::Channel(channel) => {
                let called = route.and_then(|route| self.called(route, kind).ok());
                if called.is_none() {
                    warn!(camera = %record.id, %channel, "no way to the channel: its device is removed, or GB/T 28181 is switched off");
                }
                return called.map(Source::Called);
            }
        };
        let Ok((url, _)) = RtspUrl::parse(address) else {
            warn!(camera = %record.id, "stored address is not an RTSP address; camera not started");
            return None;
        };
        let credentials = self.credentials_of(record.id, user_name.as_deref(), sealed_password.as_deref());
        Some(Source::Rtsp { url, credentials })
    }

    /// The account at a camera; none where no name is entered.
    pub(super) fn credentials_of(
        &self,
        id: CameraId,
        user_name: Option<&str>,
        sealed_password: Option<&[u8]>,
    ) -> Option<Credentials> {
        let name = user_name?;
        let password = sealed_password.and_then(|sealed| self.inner.seal.open(sealed, &id.to_string()));
        Some(Credentials::new(name, password.unwrap_or_default()))
    }

    pub(crate) fn is_watched(&self, record: &CameraRecord) -> bool {
        record.watch_enabled && self.inner.settings.watch.enabled
    }

    /// The clock of streams.
    pub(super) fn media_clock(&self) -> media::Clock {
        self.inner.surroundings.media_clock()
    }

    pub(super) async fn stop_camera(&self, id: CameraId) {
        let camera = self.running().remove(&id);
        if let Some(camera) = camera {
            camera.stop.cancel();
            self.end_recording(id).await;
            camera.end().await;
            // Whoever shows it elsewhere hears that it is no longer there; a camera that is started anew says so itself.
            self.inner.events.publish(Event::Camera { id, state: CameraState::Disabled, reason_code: None });
        }
    }

    pub(crate) fn stream(&self, id: CameraId) -> Option<Arc<CameraStream>> {
        self.running().get(&id).map(|camera| Arc::clone(&camera.stream))
    }

    /// The stream of a camera that is wanted, or its main one where it has no other or needs none. Limit where as many are coded anew as may
    /// be.
    pub(super) fn stream_of(
        &self,
        id: CameraId,
        kind: StreamKind,
    ) -> Result<(StreamKind, Arc<CameraStream>), PlatformError> {
        let mut running = self.running();
        let off = || PlatformError::Unavailable("this camera is switched off 摄像机已停用".to_owned());
        let camera = running.get_mut(&id).ok_or_else(off)?;
        match (kind, &camera.sub) {
            (StreamKind::Sub, Some(sub)) => Ok((StreamKind::Sub, Arc::clone(sub))),
            (StreamKind::Converted, _) if needs_conversion(&camera.stream) => {
                let converted = match camera.converted.take() {
                    Some(converted) => converted,
                    None => Arc::new(self.convert(id, &camera.stream)),
                };
                let stream = Arc::clone(camera.converted.insert(converted));
                self.inner.conversions.room_for(&stream)?;
                Ok((StreamKind::Converted, stream))
            }
            _ => Ok((StreamKind::Main, Arc::clone(&camera.stream))),
        }
    }

    /// What the watch counts and knows of a camera that runs.
    pub(crate) fn watched(&self, id: CameraId) -> Option<Arc<Watched>> {
        self.running().get(&id).map(|camera| Arc::clone(&camera.watched))
    }

    /// The stream of a camera, and the small picture that is made of it.
    pub(super) fn small(&self, id: CameraId) -> Option<(Arc<CameraStream>, Arc<Small>)> {
        self.running().get(&id).map(|camera| (Arc::clone(&camera.stream), Arc::clone(&camera.small)))
    }

    pub(super) fn seen(&self, id: CameraId, disabled: bool) -> Seen {
        let Some((status, watched)) =
            self.running().get(&id).map(|camera| (camera.stream.status(), Arc::clone(&camera.watched)))
        else {
            let state = if disabled { CameraState::Disabled } else { CameraState::Connecting };
            return Seen {
                state,
                reason_code: disabled.then(|| "disabled".to_owned()),
                reason_zh: disabled.then(|| "已停用".to_owned()),
                reason_en: disabled.then(|| "Switched off".to_owned()),
                since: None,
                health: Health::default(),
            };
        };
        let wrong = is_wrong(&status.state);
        Seen {
            state: state_of(&status.state),
            reason_code: wrong.then(|| status.state.code().to_owned()),
            reason_zh: wrong.then(|| status.state.message_zh()),
            reason_en: wrong.then(|| status.state.message_en()),
            since: Timestamp::from_microsecond(status.since_us).ok(),
            health: health(&status.counters, &watched),
        }
    }

    /// Who of all that should run sends.
    pub(super) fn attendances(&self) -> Vec<Attendance> {
        let attendance = |(id, camera): (&CameraId, &RunningCamera)| Attendance {
            camera: *id,
            unit: camera.unit_id,
            place: camera.place_type,
            simulated: camera.simulated,
            state: state_of(&camera.stream.status().state),
        };
        self.running().iter().map(attendance).collect()
    }

    /// Running cameras that are asked for their time.
    pub(super) fn cameras_with_clocks(&self) -> Vec<ClockedCamera> {
        let clocked = |(id, camera): (&CameraId, &RunningCamera)| {
            Some(ClockedCamera {
                id: *id,
                unit_id: camera.unit_id,
                simulated: camera.simulated,
                address: camera.onvif.clone()?,
            })
        };
        self.running().iter().filter_map(clocked).collect()
    }

    /// How many cameras are in each state, over all running streams.
    pub(crate) fn states_of(&self, ids: impl Iterator<Item = (CameraId, bool)>) -> HashMap<CameraState, i64> {
        let mut counts = HashMap::new();
        for (id, disabled) in ids {
            *counts.entry(self.seen(id, disabled).state).or_insert(0) += 1;
        }
        counts
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<CameraId, RunningCamera>> {
        self.inner.cameras.cameras.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The ONVIF address that is entered for a camera.
fn onvif_of(record: &CameraRecord) -> Option<OnvifAddress> {
    let CameraSource::Rtsp { onvif_address, .. } = &record.source else { return None };
    OnvifAddress::parse(onvif_address.as_deref()?).ok()
}

impl RunningCamera {
    async fn end(self) {
        self.stop.cancel();
        self.stream.cancel();
        for other in self.sub.iter().chain(&self.converted) {
            other.cancel();
        }
        for task in self.tasks {
            // A task that panicked has already been logged; the camera ends all the same.
            let _ = task.await;
        }
    }
}

fn channel_of(record: &CameraRecord) -> Option<ChannelId> {
    match record.source {
        CameraSource::Channel(id) => Some(id),
        CameraSource::Rtsp { .. } => None,
    }
}

fn health(counters: &media::Counters, watched: &Watched) -> Health {
    let seen = watched.read();
    Health {
        last_frame_at: counters.last_frame_at_us.and_then(|us| Timestamp::from_microsecond(us).ok()),
        last_look_at: seen.last_look_at,
        frames: counters.frames,
        key_frames: counters.key_frames,
        bytes: counters.bytes,
        reconnects: counters.reconnects,
        undecodable: seen.undecodable,
        looks: seen.looks,
        gated_quiet: seen.gated_quiet,
        dropped_key_frames: seen.dropped,
        look_interval_ms: seen.look_interval_ms,
        looks_at: seen.looks_at,
        key_frame_interval_ms: counters.key_frame_interval_ms,
        width_px: counters.width_px,
        height_px: counters.height_px,
    }
}

/// Writes down every change of state and tells the listeners.
async fn follow_state(platform: Platform, id: CameraId, stream: Arc<CameraStream>, stop: CancellationToken) {
    let mut status = stream.watch_status();
    let mut last = None;
    loop {
        let now = status.borrow_and_update().clone();
        if last.as_ref() != Some(&now.state) {
            let state = state_of(&now.state);
            let reason = is_wrong(&now.state).then(|| now.state.code().to_owned());
            let at = platform.inner.surroundings.now();
            if let Err(error) =
                platform.inner.store.record_camera_state(id, state, reason.as_deref(), at).await
            {
                warn!(camera = %id, %error, "camera state not written");
            }
            platform.inner.events.publish(Event::Camera { id, state, reason_code: reason });
            last = Some(now.state);
        }
        tokio::select! {
            () = stop.cancelled() => return,
            changed = status.changed() => if changed.is_err() { return },
        }
    }
}

/// Whether there is something to say about a state.
fn is_wrong(state: &media::CameraState) -> bool {
    !state.is_online() && *state != media::CameraState::Resting
}

pub(crate) fn state_of(state: &media::CameraState) -> CameraState {
    match state {
        media::CameraState::Connecting | media::CameraState::Stopped => CameraState::Connecting,
        media::CameraState::Resting => CameraState::Resting,
        media::CameraState::Online => CameraState::Online,
        media::CameraState::Unauthorised => CameraState::Unauthorised,
        media::CameraState::Unreachable(_)
        | media::CameraState::CallRefused { .. }
        | media::CameraState::BadFile(_)
        | media::CameraState::Ended => CameraState::Unreachable,
        media::CameraState::Silent => CameraState::Silent,
        media::CameraState::NoVideo => CameraState::NoVideo,
        media::CameraState::UnsupportedCodec(_) => CameraState::UnsupportedCodec,
    }
}
