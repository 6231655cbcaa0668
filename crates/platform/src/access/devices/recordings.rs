//! Recordings that lie at devices: searching them, and playing one back through the media hub. Video stays at the school; what a person
//! looks at passes through, and every look leaves a row.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::ChannelId;
use domain::recording::{LookupKind, LookupReason, Span};
use domain::role::Capability;
use gb28181::answers::SearchResult;
use gb28181::id::GbId;
use gb28181::manscdp::LocalTime;
use gb28181::mansrtsp::{Action, Range};
use gb28181::sdp::Wanted;
use jiff::{SignedDuration, Timestamp};
use media::called::{Asked, Called};
use media::{CameraConfig, CameraStream, FrameReader, LiveReader, Source};
use tokio::sync::{oneshot, watch};

use super::calls::ChannelCaller;
use super::line::{refused, wire_id};
use super::rows::device_object;
use crate::audit::Object;
use crate::{Ask, Platform, PlatformError};

/// A search that found nothing by then has failed: recorders walk through disks.
const SEARCH_PATIENCE: Duration = Duration::from_mins(1);
/// Longest span that is played in one go.
const SPAN_MAX: SignedDuration = SignedDuration::from_hours(24);
/// How long the answer to an order to a playback is waited for.
const CONTROL_PATIENCE: Duration = Duration::from_secs(10);

/// A recording at a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingSpan {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub to: Timestamp,
    /// What the device calls it.
    pub name: Option<String>,
    /// Why it was made: `time`, `alarm`, `manual`, as the device says.
    pub kind: Option<String>,
    /// Bytes.
    pub size_bytes: Option<u64>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recordings {
    /// The recordings by their beginning.
    pub items: Vec<RecordingSpan>,
    /// Whether the device answered all of it.
    pub is_complete: bool,
}

/// A playback that runs. Dropping it ends it at the device.
pub struct Playback {
    stream: CameraStream,
    caller: Arc<ChannelCaller>,
    /// Tells the stream that its silence is wanted.
    pause: watch::Sender<bool>,
    platform: Platform,
    from: Timestamp,
}

/// An order to a playback.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlaybackOrder {
    /// Halt.
    Pause,
    /// Go on.
    Resume,
    /// So many times as fast: ¼ to 8.
    Speed(f64),
    /// Go to a moment of the recording.
    Seek(Timestamp),
}

impl Platform {
    /// Recordings of a channel between two times, asked from its device now. Who searches and why is written into the register of look-ups.
    pub async fn recordings(
        &self,
        ask: &Ask,
        id: ChannelId,
        (from, to): (Timestamp, Timestamp),
        (reason, note): (LookupReason, Option<&str>),
    ) -> Result<Recordings, PlatformError> {
        ask.access.need(Capability::SeeRecordings)?;
        let (device, channel, object) = self.way_to(ask, id).await?;
        let why = (LookupKind::Search, reason, note);
        self.register_channel_look(ask, id, &object, Span::new(from, to), why).await?;
        self.audit_look(ask, "search_recordings", object).await?;
        let found = self.find_recordings((device, channel), (local(from), local(to))).await?;
        let time = |time: LocalTime| Timestamp::from_microsecond(time.unix_us).unwrap_or(from);
        let items = found.recordings.into_iter().map(|found| RecordingSpan {
            from: time(found.start),
            to: time(found.end),
            name: found.name,
            kind: found.record_type.map(|kind| kind.as_str().to_owned()),
            size_bytes: found.file_size,
        });
        Ok(Recordings { items: items.collect(), is_complete: found.is_complete })
    }

    /// Writes a look at recordings of a device down, at the unit of the channel's camera, or of its device where it is no camera.
    async fn register_channel_look(
        &self,
        ask: &Ask,
        id: ChannelId,
        object: &Object,
        span: Span,
        (kind, reason, note): (LookupKind, LookupReason, Option<&str>),
    ) -> Result<(), PlatformError> {
        let channel = self.inner.store.channel(&ask.access, id).await?;
        let camera = match channel.camera_id {
            Some(camera) => self.inner.store.camera(&ask.access, camera).await.ok(),
            None => None,
        };
        let about = match (camera, object.unit_id) {
            (Some(place), _) => (place.camera.unit_id, Some(place.camera.id)),
            (None, Some(unit_id)) => (unit_id, None),
            (None, None) => return Err(PlatformError::Internal(format!("channel {id} has no unit"))),
        };
        let own = object.name.as_deref().unwrap_or_default();
        let said = note.map(str::trim).filter(|note| !note.is_empty());
        let note = about.1.is_none().then(|| match said {
            Some(said) => format!("{own}: {said}"),
            None => own.to_owned(),
        });
        // The note that a reason needs is the person's own.
        domain::recording::lookup::check_reason(reason, said)
            .map_err(|refused| PlatformError::field("note", "invalid", refused.to_string()))?;
        self.register_look(ask, about, span, (kind, reason, note.as_deref().or(said)), None).await
    }

    /// What a device says that it recorded.
    pub(in crate::access) async fn find_recordings(
        &self,
        (device, channel): (GbId, GbId),
        span: (LocalTime, LocalTime),
    ) -> Result<SearchResult, PlatformError> {
        let asked = self
            .inner
            .line
            .with(move |endpoint| {
                let now = endpoint.now();
                let search = endpoint.protocol.search_recordings(
                    now,
                    &endpoint.directory,
                    (device, channel),
                    span,
                    &mut endpoint.effects,
                )?;
                let (done, found) = oneshot::channel();
                endpoint.searches.insert(search, done);
                Ok(found)
            })
            .await?;
        let found = tokio::time::timeout(SEARCH_PATIENCE, asked.map_err(refused)?).await;
        let Ok(Ok(found)) = found else {
            return Err(PlatformError::Unavailable(
                "the device did not answer the search 设备没有返回录像目录".to_owned(),
            ));
        };
        Ok(found)
    }

    /// Plays a recording of a channel; the picture comes with the answer's readers.
    pub async fn play_back(
        &self,
        ask: &Ask,
        id: ChannelId,
        (from, to): (Timestamp, Timestamp),
        (reason, note): (LookupReason, Option<&str>),
    ) -> Result<Playback, PlatformError> {
        ask.access.need(Capability::SeeRecordings)?;
        if from >= to || to.duration_since(from) > SPAN_MAX {
            return Err(PlatformError::field("to", "invalid", "after `from`, by 24 hours at most"));
        }
        let (device, channel, object) = self.way_to(ask, id).await?;
        let why = (LookupKind::Playback, reason, note);
        self.register_channel_look(ask, id, &object, Span::new(from, to), why).await?;
        self.audit(ask, "view_recording", object, "ok", Some(format!("{from} – {to}"))).await?;
        self.open_playback((device, channel), Wanted::Playback(local(from), local(to)), from)
    }

    /// Asks a device for a recording that begins at `from`.
    pub(in crate::access) fn open_playback(
        &self,
        (device, channel): (GbId, GbId),
        wanted: Wanted,
        from: Timestamp,
    ) -> Result<Playback, PlatformError> {
        let caller = Arc::new(ChannelCaller::new(self, (device, channel), wanted, None));
        let ports = self.media_ports()?;
        let (pause, paused) = watch::channel(false);
        let what = Asked::Once(Some(paused));
        let source = Source::Called(Called { caller: caller.clone(), ports, what });
        let seed = u64::from_be_bytes(self.inner.surroundings.random());
        let config = CameraConfig::new(format!("playback {channel}"), source, seed);
        let stream = media::spawn_camera(config, self.media_clock());
        Ok(Playback { stream, caller, pause, platform: self.clone(), from })
    }

    /// The device of a channel, the channel's digits, and its name for the register.
    pub(super) async fn way_to(
        &self,
        ask: &Ask,
        id: ChannelId,
    ) -> Result<(GbId, GbId, Object), PlatformError> {
        let channel = self.inner.store.channel(&ask.access, id).await?;
        let device = self.inner.store.device(&ask.access, channel.device_id).await?.device;
        let name = format!("{} {}", channel.entry.name, channel.entry.gb_id);
        let object = Object {
            kind: "channel",
            id: Some(id.to_string()),
            name: Some(name.trim().to_owned()),
            ..device_object(&device)
        };
        Ok((wire_id(&device.gb_id), wire_id(&channel.entry.gb_id), object))
    }
}

impl Playback {
    /// Fragmented MP4 from now on.
    pub fn live(&self) -> LiveReader {
        self.stream.live()
    }

    /// The recording's frames as they come.
    pub(in crate::access) fn frames(&self) -> FrameReader {
        self.stream.subscribe()
    }

    /// Where the stream stands.
    pub fn status(&self) -> media::CameraStatus {
        self.stream.status()
    }

    /// Follows where the stream stands.
    pub fn watch_status(&self) -> tokio::sync::watch::Receiver<media::CameraStatus> {
        self.stream.watch_status()
    }

    /// Gives an order and waits until the device took it.
    pub async fn order(&self, order: PlaybackOrder) -> Result<(), PlatformError> {
        let action = match order {
            PlaybackOrder::Pause => Action::Pause,
            PlaybackOrder::Resume => Action::Play { range: Some(Range::Now), scale: None },
            PlaybackOrder::Speed(scale) if (0.25..=8.0).contains(&scale) => {
                Action::Play { range: None, scale: Some(scale) }
            }
            PlaybackOrder::Speed(_) => {
                return Err(PlatformError::field("speed", "invalid", "0.25 to 8"));
            }
            PlaybackOrder::Seek(at) => {
                let seconds = at.duration_since(self.from).as_secs_f64().max(0.0);
                Action::Play { range: Some(Range::From(seconds)), scale: None }
            }
        };
        self.control(action).await
    }

    /// Hands on an order of the protocol and waits until the device took it.
    pub(in crate::access) async fn control(&self, action: Action) -> Result<(), PlatformError> {
        let Some(call) = self.caller.present() else {
            return Err(PlatformError::Conflict("the playback has not begun yet 回放尚未开始".to_owned()));
        };
        let is_pause = action == Action::Pause;
        let controlled =
            self.platform.inner.line.with(move |endpoint| endpoint.control(call, action)).await?;
        let status = tokio::time::timeout(CONTROL_PATIENCE, controlled.map_err(refused)?).await;
        match status {
            Ok(Ok(200..=299)) => {
                self.pause.send_replace(is_pause);
                Ok(())
            }
            Ok(Ok(status)) => Err(PlatformError::Conflict(format!(
                "the device refused with status {status} 设备拒绝（{status}）"
            ))),
            Ok(Err(_)) | Err(_) => {
                Err(PlatformError::Unavailable("the device did not answer 设备没有应答".to_owned()))
            }
        }
    }
}

fn local(at: Timestamp) -> LocalTime {
    LocalTime { unix_us: at.as_microsecond() }
}
