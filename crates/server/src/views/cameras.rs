//! Cameras as they travel. Passwords do not: there is no field for one in any answer.

use domain::recording::GapCause;
use platform::access::{CameraView, Health};
use platform::recording::RecordingState;
use platform::rows::CameraSource;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// Whether the watch looks at a camera.
#[derive(Debug, Serialize, ToSchema)]
pub struct CameraWatch {
    /// True when it does.
    pub enabled: bool,
}

/// What a camera and the watch have counted since the camera was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct CameraHealth {
    /// When the last frame came.
    pub last_frame_at: Option<Moment>,
    /// When the last key frame was looked at.
    pub last_key_frame_at: Option<Moment>,
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
    /// Of these, found unchanged and not shown to the model.
    pub gated_quiet: u64,
    /// Time from look to look in milliseconds, smoothed: how often the watch really sees this camera.
    pub look_interval_ms: Option<u32>,
    /// Which pictures are looked at: `key_frames`; where those come too rarely, `sub_stream` (its key frames) or `every_picture` (all are decoded).
    pub looks_at: &'static str,
    /// Spacing of key frames in milliseconds.
    pub key_frame_interval_ms: Option<u32>,
    /// Picture width in pixels.
    pub width: Option<u16>,
    /// Picture height in pixels.
    pub height: Option<u16>,
    /// Key frames replaced by a newer one before they were looked at.
    pub dropped_key_frames: u64,
}

/// How the recording of a camera stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct CameraRecording {
    /// Whether it is to be recorded, as entered or configured.
    pub wanted: bool,
    /// As entered; none: as configured.
    pub entered: Option<bool>,
    /// Since when it has been one that is to be recorded; none: never yet.
    pub since: Option<Moment>,
    /// What stands in the way now.
    pub obstacle: Option<&'static str>,
    /// Since when.
    pub obstacle_since: Option<Moment>,
    /// Until when pictures were taken; none since the last start.
    pub recorded_until: Option<Moment>,
    /// Bytes taken since the last start.
    pub bytes: u64,
    /// Pictures that this machine was too slow to take.
    pub lost_frames: u64,
    /// How much faster the camera's clock runs than ours, in millionths.
    pub clock_drift_ppm: Option<i32>,
}

/// A camera with the state of its stream.
#[derive(Debug, Serialize, ToSchema)]
pub struct Camera {
    /// Id.
    pub id: Uuid,
    /// Unit it stands in.
    pub unit_id: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// Name for people.
    pub name: String,
    /// Where it looks.
    pub place_type: &'static str,
    /// `rtsp`, `file`, or `channel` of a device.
    pub source_kind: &'static str,
    /// Address without credentials; empty for a channel.
    pub address: String,
    /// Address of the sub-stream; none where there is none, and of a channel.
    pub sub_address: Option<String>,
    /// Where it answers ONVIF, as entered; none: it is looked for at the host of the stream.
    pub onvif_address: Option<String>,
    /// Whether it has a sub-stream; of a channel whether one may be asked for.
    pub has_sub_stream: bool,
    /// Video account.
    pub user_name: Option<String>,
    /// State now.
    pub state: &'static str,
    /// Stable code of what is wrong.
    pub reason_code: Option<String>,
    /// What is wrong and what to do, in Chinese.
    pub reason_zh: Option<String>,
    /// The same in English.
    pub reason_en: Option<String>,
    /// Since when; the camera's creation where it never ran.
    pub state_since: Moment,
    /// True for a simulated camera.
    pub simulated: bool,
    /// Whether the watch looks at it.
    pub watch: CameraWatch,
    /// Counters.
    pub health: CameraHealth,
    /// How its recording stands.
    pub recording: CameraRecording,
}

impl From<CameraView> for Camera {
    fn from(view: CameraView) -> Self {
        let camera = view.camera;
        let is_channel = matches!(camera.source, CameraSource::Channel(_));
        let (source_kind, address, sub_address, onvif_address, user_name) = match camera.source {
            CameraSource::Rtsp { address, sub_address, onvif_address, user_name, .. } => {
                let kind = if address.starts_with("rtsp:") { "rtsp" } else { "file" };
                (kind, address, sub_address, onvif_address, user_name)
            }
            CameraSource::Channel(_) => ("channel", String::new(), None, None, None),
        };
        Self {
            id: camera.id.0,
            unit_id: camera.unit_id.0,
            unit_name: view.unit_name,
            name: camera.name,
            place_type: camera.place_type.as_str(),
            source_kind,
            address,
            has_sub_stream: is_channel || sub_address.is_some(),
            sub_address,
            onvif_address,
            user_name,
            state: view.state.as_str(),
            reason_code: view.reason_code,
            reason_zh: view.reason_zh,
            reason_en: view.reason_en,
            state_since: view.state_since.unwrap_or(camera.created_at).into(),
            simulated: camera.simulated,
            watch: CameraWatch { enabled: camera.watch_enabled },
            health: view.health.into(),
            recording: recording(&view.recording, camera.is_recorded),
        }
    }
}

fn recording(state: &RecordingState, entered: Option<bool>) -> CameraRecording {
    let counts = state.counts.unwrap_or_default();
    let until = counts.recorded_until_us.and_then(|us| jiff::Timestamp::from_microsecond(us).ok());
    CameraRecording {
        wanted: state.is_wanted,
        entered,
        since: moment(state.since),
        obstacle: state.obstacle.map(|(_, cause)| GapCause::as_str(cause)),
        obstacle_since: moment(state.obstacle.map(|(since, _)| since)),
        recorded_until: moment(until),
        bytes: counts.bytes,
        lost_frames: counts.lost_frames,
        clock_drift_ppm: counts.clock_drift_ppm,
    }
}

impl From<Health> for CameraHealth {
    fn from(health: Health) -> Self {
        Self {
            last_frame_at: moment(health.last_frame_at),
            last_key_frame_at: moment(health.last_look_at),
            frames: health.frames,
            key_frames: health.key_frames,
            bytes: health.bytes,
            reconnects: health.reconnects,
            undecodable: health.undecodable,
            looks: health.looks,
            gated_quiet: health.gated_quiet,
            look_interval_ms: health.look_interval_ms,
            looks_at: health.looks_at.code(),
            key_frame_interval_ms: health.key_frame_interval_ms,
            width: health.width_px,
            height: health.height_px,
            dropped_key_frames: health.dropped_key_frames,
        }
    }
}

/// A camera to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCamera {
    /// Unit it stands in.
    pub unit_id: Uuid,
    /// Name for people.
    pub name: String,
    /// Where it looks.
    pub place_type: String,
    /// `rtsp://host[:port]/path`; credentials inside are split off and sealed.
    pub address: String,
    /// Address of the sub-stream, at the same host and without an account.
    pub sub_address: Option<String>,
    /// Where it answers ONVIF, at the same host, e.g. `192.168.1.64:8000`; absent: it is looked for there.
    pub onvif_address: Option<String>,
    /// Video account.
    pub user_name: Option<String>,
    /// Its password; never given out again.
    pub password: Option<String>,
    /// Whether the watch looks at it.
    pub watch_enabled: bool,
    /// Whether it is recorded; absent: as configured.
    pub is_recorded: Option<bool>,
}

/// Changes to a camera; an absent field stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CameraPatch {
    /// Name for people.
    pub name: Option<String>,
    /// Where it looks.
    pub place_type: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Address of the sub-stream; empty removes it.
    pub sub_address: Option<String>,
    /// Where it answers ONVIF; empty: it is looked for.
    pub onvif_address: Option<String>,
    /// Video account; empty removes it.
    pub user_name: Option<String>,
    /// Password; empty removes it.
    pub password: Option<String>,
    /// Whether the watch looks at it.
    pub watch_enabled: Option<bool>,
    /// Whether it is recorded.
    pub is_recorded: Option<bool>,
    /// Switched off.
    pub disabled: Option<bool>,
}
