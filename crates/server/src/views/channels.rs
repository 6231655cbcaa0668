//! Channels of devices, and their recordings, as they travel.

use domain::ids::UnitId;
use domain::place::PlaceType;
use platform::access::devices::{ChannelPlacing, Placed as Done, RecordingSpan, Recordings as Found};
use platform::rows::ChannelRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Moment;
use crate::input::needed_word;
use crate::problem::Problem;

/// A channel as its device tells it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Channel {
    /// Id.
    pub id: Uuid,
    /// Its device.
    pub device_id: Uuid,
    /// Its 20 digits.
    pub gb_id: String,
    /// Digits 11 to 13: what it is, e.g. `132` a network camera, `134` an alarm input.
    pub type_code: String,
    /// What it hangs below, as sent.
    pub parent_gb_id: Option<String>,
    /// Its name; may be empty.
    pub name: String,
    /// Manufacturer.
    pub maker: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Whether it works, as the device says.
    pub status: &'static str,
    /// Kind of mount as sent: 1 dome, 2 half-dome, 3 fixed, 4 bullet with remote control.
    pub ptz_type: Option<u8>,
    /// In the last complete catalogue, or told since.
    pub present: bool,
    /// When anything of it changed last.
    pub changed_at: Moment,
    /// The camera that gets its video from it; it may belong to a unit that the asker does not see.
    pub camera_id: Option<Uuid>,
}

impl From<ChannelRow> for Channel {
    fn from(row: ChannelRow) -> Self {
        let entry = row.entry;
        Self {
            id: row.id.0,
            device_id: row.device_id.0,
            gb_id: entry.gb_id.to_string(),
            type_code: entry.gb_id.type_code().to_owned(),
            parent_gb_id: entry.parent_gb_id,
            name: entry.name,
            maker: entry.maker,
            model: entry.model,
            status: entry.status.as_str(),
            ptz_type: entry.ptz_type,
            present: row.present,
            changed_at: row.changed_at.into(),
            camera_id: row.camera_id.map(|id| id.0),
        }
    }
}

/// How a channel becomes a camera.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChannelCamera {
    /// The unit; absent: the device's.
    pub unit_id: Option<Uuid>,
    /// The name; absent: the channel's own.
    pub name: Option<String>,
    /// Where it looks.
    pub place_type: String,
    /// Whether the watch looks at it.
    pub watch_enabled: bool,
}

/// How all channels of a device become cameras, under their own names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewChannelCameras {
    /// The unit; absent: the device's.
    pub unit_id: Option<Uuid>,
    /// Where they look.
    pub place_type: String,
    /// Whether the watch looks at them.
    pub watch_enabled: bool,
}

impl NewChannelCamera {
    /// As the desk understands it.
    pub fn ask(self) -> Result<ChannelPlacing, Problem> {
        Ok(ChannelPlacing {
            unit_id: self.unit_id.map(UnitId),
            name: self.name,
            place_type: needed_word("place_type", &self.place_type, PlaceType::parse)?,
            watch_enabled: self.watch_enabled,
        })
    }
}

impl From<NewChannelCameras> for NewChannelCamera {
    fn from(all: NewChannelCameras) -> Self {
        let NewChannelCameras { unit_id, place_type, watch_enabled } = all;
        Self { unit_id, name: None, place_type, watch_enabled }
    }
}

/// What placing many channels did.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the word of the answer is the word of the act")]
pub struct Placed {
    /// Cameras made.
    pub placed: usize,
    /// Channels that are no camera by their type, or are gone.
    pub no_camera: usize,
    /// Channels that had a camera already.
    pub had_camera: usize,
}

impl From<Done> for Placed {
    fn from(done: Done) -> Self {
        Self { placed: done.placed, no_camera: done.no_camera, had_camera: done.had_camera }
    }
}

/// A recording at a device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recording {
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub to: Moment,
    /// What the device calls it.
    pub name: Option<String>,
    /// Why it was made, as the device says: `time`, `alarm`, `manual`.
    pub kind: Option<String>,
    /// Bytes.
    pub size_bytes: Option<u64>,
}

/// What a search for recordings found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recordings {
    /// The recordings by their beginning.
    pub items: Vec<Recording>,
    /// Whether the device answered all of it.
    pub is_complete: bool,
}

impl From<RecordingSpan> for Recording {
    fn from(span: RecordingSpan) -> Self {
        Self {
            from: span.from.into(),
            to: span.to.into(),
            name: span.name,
            kind: span.kind,
            size_bytes: span.size_bytes,
        }
    }
}

impl From<Found> for Recordings {
    fn from(found: Found) -> Self {
        Self { items: found.items.into_iter().map(Recording::from).collect(), is_complete: found.is_complete }
    }
}
