//! Which cameras are recorded, and what stands in their way: the stream of a camera becomes a recording, its states become causes of gaps.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::{CameraId, UnitId};
use domain::recording::GapCause;
use jiff::Timestamp;
use media::{CameraStream, PART_US, RecordingCounts};
use store::{CameraRecord, CameraSource, Obstacle};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::ledger::Note;
use super::stream_id;
use crate::Platform;

/// A camera as the desk sees it.
pub(super) struct Supervised {
    pub(super) unit_id: UnitId,
    pub(super) name: String,
    pub(super) is_simulated: bool,
    /// Its stream is to be recorded whenever there is a recorder.
    is_wanted: bool,
    /// None while there is no recorder.
    recording: Option<media::Recording>,
    /// Where the recorder before left the stream; the next one goes on there.
    left_at: Option<media::GroupPosition>,
    /// What stands in the way, and since when.
    obstacle: Option<(Timestamp, GapCause)>,
}

impl Platform {
    /// Whether a camera is one that is to be recorded, as entered or configured. Forbidden places never are, whoever says so. Channels of a
    /// device are only where somebody says so: their recorder at the school keeps their pictures, and calling all of them all the time is
    /// what the way from the school cannot carry.
    pub(crate) fn is_to_be_recorded(&self, camera: &CameraRecord) -> bool {
        let Some(settings) = &self.inner.settings.recording else { return false };
        let is_asked_itself = matches!(camera.source, CameraSource::Rtsp { .. });
        let by_itself = settings.all_cameras && is_asked_itself;
        !camera.place_type.is_forbidden() && camera.is_recorded.unwrap_or(by_itself)
    }

    /// Notes whether a camera is to be recorded, before its stream is started or left alone.
    pub(crate) async fn mind_recording(&self, camera: &CameraRecord) {
        if self.inner.settings.recording.is_none() {
            return;
        }
        let now = self.inner.surroundings.now();
        let is_wanted = self.is_to_be_recorded(camera) && !camera.disabled;
        if !is_wanted {
            if camera.recorded_since.is_some() {
                self.set_obstacle(camera, Some(GapCause::Operator), now);
            }
            return;
        }
        if camera.recorded_since.is_none()
            && let Err(error) = self.inner.store.begin_recording(camera.id, now).await
        {
            warn!(camera = %camera.id, %error, "beginning of the recording not written down");
        }
        // Until the stream stands: it is we who have just begun.
        self.set_obstacle(camera, Some(GapCause::Restart), now);
    }

    /// Records a stream that has just been started. Does nothing for a camera that is not to be recorded.
    pub(crate) fn record_stream(&self, camera: &CameraRecord, stream: &CameraStream) {
        if !self.is_to_be_recorded(camera) {
            return;
        }
        let recording = self.recording_of(camera.id, &camera.name, (stream, None));
        let mut cameras = self.inner.recording.cameras();
        let supervised = cameras.entry(camera.id).or_insert_with(|| Supervised::of(camera));
        supervised.unit_id = camera.unit_id;
        camera.name.clone_into(&mut supervised.name);
        supervised.is_wanted = true;
        supervised.recording = recording;
        supervised.left_at = None;
    }

    fn recording_of(
        &self,
        id: CameraId,
        name: &str,
        (stream, left_at): (&CameraStream, Option<media::GroupPosition>),
    ) -> Option<media::Recording> {
        let recorder = self.inner.recording.recorder()?;
        let part = Duration::from_micros(PART_US.unsigned_abs());
        let writer = recorder.stream(stream_id(id), name);
        let groups = match left_at {
            Some(position) => stream.subscribe_groups_from(position, part),
            None => stream.subscribe_groups(part),
        };
        Some(media::spawn_recording(groups, writer))
    }

    /// Ends the recording of a camera and keeps what was received.
    pub(crate) async fn end_recording(&self, id: CameraId) {
        let recording = self.inner.recording.cameras().get_mut(&id).and_then(|camera| {
            camera.is_wanted = false;
            camera.recording.take()
        });
        if let Some(recording) = recording {
            recording.stop().await;
        }
    }

    /// Forgets a camera that is removed.
    pub(crate) fn forget_recording(&self, camera: &CameraRecord) {
        self.set_obstacle(camera, None, self.inner.surroundings.now());
        self.inner.recording.cameras().remove(&camera.id);
    }

    /// Ends every recording and keeps what was received.
    pub(super) async fn end_recordings(&self) {
        let all: Vec<media::Recording> = {
            let mut cameras = self.inner.recording.cameras();
            cameras.values_mut().filter_map(|camera| camera.recording.take()).collect()
        };
        futures::future::join_all(all.into_iter().map(media::Recording::stop)).await;
    }

    /// Takes every recording from the recorder, for the next one to go on with exactly there; how many there were. A group in two files would
    /// begin two files at one moment, of which the ledger knows only one.
    pub(super) async fn leave_recordings(&self) -> usize {
        let all: Vec<(CameraId, media::Recording)> = {
            let mut cameras = self.inner.recording.cameras();
            let taken = cameras.iter_mut().map(|(id, camera)| (*id, camera.recording.take()));
            taken.filter_map(|(id, recording)| Some((id, recording?))).collect()
        };
        let leaving = all.into_iter().map(|(id, recording)| async move { (id, recording.leave().await) });
        let left = futures::future::join_all(leaving).await;
        let count = left.len();
        let mut cameras = self.inner.recording.cameras();
        for (id, left_at) in left {
            if let Some(camera) = cameras.get_mut(&id) {
                camera.left_at = left_at;
            }
        }
        count
    }

    /// Begins to record every camera that is to be recorded and whose stream runs: after the recorder was made, for the first time or anew.
    pub(super) fn resume_recordings(&self) {
        let wanted: Vec<(CameraId, String, Option<media::GroupPosition>)> = {
            let cameras = self.inner.recording.cameras();
            let wanted = cameras.iter().filter(|(_, camera)| camera.is_wanted && camera.recording.is_none());
            wanted.map(|(id, camera)| (*id, camera.name.clone(), camera.left_at)).collect()
        };
        for (id, name, left_at) in wanted {
            let Some(stream) = self.stream(id) else { continue };
            let recording = self.recording_of(id, &name, (&stream, left_at));
            if let Some(camera) = self.inner.recording.cameras().get_mut(&id)
                && camera.recording.is_none()
            {
                camera.recording = recording;
                camera.left_at = None;
            }
        }
    }

    /// What a camera's recording has taken since it was started; none where it is not recorded.
    pub(super) fn recording_counts(&self, id: CameraId) -> Option<RecordingCounts> {
        self.inner.recording.cameras().get(&id)?.recording.as_ref().map(media::Recording::counts)
    }

    /// What stands in a camera's way, and since when.
    pub(super) fn obstacle_of(&self, id: CameraId) -> Option<(Timestamp, GapCause)> {
        self.inner.recording.cameras().get(&id)?.obstacle
    }

    /// Cameras that are being recorded, and how many of them are hindered now.
    pub(super) fn recorded_cameras(&self) -> (u64, u64) {
        let cameras = self.inner.recording.cameras();
        let recorded = || cameras.values().filter(|camera| camera.recording.is_some());
        (recorded().count() as u64, recorded().filter(|camera| camera.obstacle.is_some()).count() as u64)
    }

    /// Units with a camera that is being recorded, and whether it is a simulated one.
    pub(super) fn recorded_units(&self) -> Vec<(UnitId, bool)> {
        let cameras = self.inner.recording.cameras();
        let recorded = cameras.values().filter(|camera| camera.recording.is_some());
        let mut units: Vec<_> = recorded.map(|camera| (camera.unit_id, camera.is_simulated)).collect();
        units.sort_unstable();
        units.dedup_by_key(|(unit, _)| *unit);
        units
    }

    /// Something stands in the way from now on, or nothing does. The same again changes nothing.
    fn set_obstacle(&self, camera: &CameraRecord, cause: Option<GapCause>, now: Timestamp) {
        let mut cameras = self.inner.recording.cameras();
        let supervised = cameras.entry(camera.id).or_insert_with(|| Supervised::of(camera));
        let before = supervised.obstacle;
        if before.map(|(_, cause)| cause) == cause {
            return;
        }
        supervised.obstacle = cause.map(|cause| (now, cause));
        drop(cameras);
        let note = |from, until, cause| {
            let obstacle = Obstacle { camera_id: camera.id, from, until, cause };
            self.inner.recording.line.put(Note::Obstacle(obstacle));
        };
        if let Some((from, cause)) = before {
            note(from, Some(now.max(from)), cause);
        }
        if let Some(cause) = cause {
            note(now, None, cause);
        }
    }
}

impl Supervised {
    fn of(camera: &CameraRecord) -> Self {
        Self {
            unit_id: camera.unit_id,
            name: camera.name.clone(),
            is_simulated: camera.simulated,
            is_wanted: false,
            recording: None,
            left_at: None,
            obstacle: None,
        }
    }
}

/// Follows the state of a recorded camera's stream: what keeps it from sending pictures is the cause of a gap.
pub(crate) async fn follow(
    platform: Platform,
    camera: CameraRecord,
    stream: Arc<CameraStream>,
    stop: CancellationToken,
) {
    let mut status = stream.watch_status();
    let mut has_begun = false;
    loop {
        let state = crate::access::state_of(&status.borrow_and_update().state);
        // Connecting for the first time is our own doing.
        has_begun |= state != domain::camera::CameraState::Connecting;
        if has_begun {
            let cause = GapCause::of_camera(state);
            platform.set_obstacle(&camera, cause, platform.inner.surroundings.now());
        }
        tokio::select! {
            () = stop.cancelled() => break,
            changed = status.changed() => if changed.is_err() { break },
        }
    }
    info!(camera = %camera.id, "recording no longer followed");
}
