//! Channels: reading them, and placing them in the tree as cameras.

use domain::access::Access;
use domain::device::GbId;
use domain::ids::{ChannelId, DeviceId, UnitId};
use domain::place::PlaceType;
use domain::role::Capability;
use gb28181::id::GbId as WireId;
use store::{CameraRecord, CameraSource, ChannelFilter, ChannelRow, Page, PageAsk};

use super::rows::device_object;
use crate::access::CameraView;
use crate::access::camera::{camera_object, refuse_wrong, wrong_fields};
use crate::{Ask, Platform, PlatformError};

/// Channels placed by one request.
const PLACED_MAX: usize = 1_000;

/// How a channel becomes a camera.
#[derive(Debug, Clone)]
pub struct ChannelPlacing {
    /// The unit; none: the device's.
    pub unit_id: Option<UnitId>,
    /// The name; none: the channel's own.
    pub name: Option<String>,
    /// Where it looks.
    pub place_type: PlaceType,
    /// Whether the watch looks at it.
    pub watch_enabled: bool,
}

/// What placing many channels did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed {
    /// Cameras made.
    pub placed: usize,
    /// Channels that are no camera by their type, or are gone.
    pub no_camera: usize,
    /// Channels that had a camera already.
    pub had_camera: usize,
}

impl Platform {
    /// Channels of a device.
    pub async fn channels(
        &self,
        ask: &Ask,
        device_id: DeviceId,
        filter: &ChannelFilter,
        page: &PageAsk,
    ) -> Result<Page<ChannelRow>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.channels(&ask.access, device_id, filter, page).await?)
    }

    /// One channel.
    pub async fn channel(&self, ask: &Ask, id: ChannelId) -> Result<ChannelRow, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        Ok(self.inner.store.channel(&ask.access, id).await?)
    }

    /// Makes a camera that gets its video from a channel, and starts it.
    pub async fn place_channel(
        &self,
        ask: &Ask,
        id: ChannelId,
        placing: &ChannelPlacing,
    ) -> Result<CameraView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let channel = self.inner.store.channel(&ask.access, id).await?;
        let device = self.inner.store.device(&ask.access, channel.device_id).await?.device;
        let unit_id = placing.unit_id.unwrap_or(device.unit_id);
        let camera = self.put_camera(ask, &channel, unit_id, placing, device.simulated).await?;
        self.camera(ask, camera.id).await
    }

    /// Makes cameras of all channels of a device that look like cameras and have none: they stand in the device's unit under their own names
    /// until somebody says better.
    pub async fn place_channels(
        &self,
        ask: &Ask,
        device_id: DeviceId,
        placing: &ChannelPlacing,
    ) -> Result<Placed, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let device = self.inner.store.device(&ask.access, device_id).await?.device;
        self.audit(ask, "channels_place", device_object(&device), "ok", None).await?;
        let unit_id = placing.unit_id.unwrap_or(device.unit_id);
        let mut placed = Placed::default();
        let mut page = PageAsk { limit: store::MAX_PAGE, after: None };
        loop {
            let filter = ChannelFilter { present: Some(true), ..ChannelFilter::default() };
            let found = self.inner.store.channels(&ask.access, device_id, &filter, &page).await?;
            for channel in &found.items {
                if channel.camera_id.is_some() {
                    placed.had_camera += 1;
                } else if is_camera(&channel.entry.gb_id) {
                    self.put_camera(ask, channel, unit_id, placing, device.simulated).await?;
                    placed.placed += 1;
                } else {
                    placed.no_camera += 1;
                }
            }
            match found.next {
                Some(next) if placed.placed < PLACED_MAX => page.after = Some(next),
                _ => return Ok(placed),
            }
        }
    }

    /// Starts the cameras anew that get their video from a device, because another stream of it is wanted.
    pub(super) async fn call_anew(&self, device_id: DeviceId) -> Result<(), PlatformError> {
        let filter = ChannelFilter { has_camera: Some(true), ..ChannelFilter::default() };
        let mut page = PageAsk { limit: store::MAX_PAGE, after: None };
        loop {
            let found = self.inner.store.channels(&Access::PLATFORM, device_id, &filter, &page).await?;
            for id in found.items.iter().filter_map(|channel| channel.camera_id) {
                let record = self.inner.store.camera(&Access::PLATFORM, id).await?.camera;
                self.stop_camera(id).await;
                self.start_camera(&record).await?;
            }
            match found.next {
                Some(next) => page.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn put_camera(
        &self,
        ask: &Ask,
        channel: &ChannelRow,
        unit_id: UnitId,
        placing: &ChannelPlacing,
        simulated: bool,
    ) -> Result<CameraRecord, PlatformError> {
        let own = if channel.entry.name.trim().is_empty() {
            channel.entry.gb_id.to_string()
        } else {
            channel.entry.name.chars().filter(|c| !c.is_control()).take(100).collect()
        };
        let name = placing.name.as_deref().unwrap_or(&own).trim().to_owned();
        refuse_wrong(wrong_fields(&name, placing.place_type))?;
        let record = CameraRecord {
            id: domain::ids::CameraId(self.inner.surroundings.id(ask.now)),
            unit_id,
            name,
            place_type: placing.place_type,
            source: CameraSource::Channel(channel.id),
            watch_enabled: placing.watch_enabled,
            disabled: false,
            simulated,
            is_recorded: None,
            recorded_since: None,
            created_at: ask.now,
        };
        self.inner.store.add_camera(&ask.access, &record, ask.access.user_id, ask.now).await?;
        let from = format!("channel {}", channel.entry.gb_id);
        self.audit(ask, "camera_add", camera_object(&record), "ok", Some(from)).await?;
        self.start_camera(&record).await?;
        Ok(record)
    }
}

/// Whether the type digits of an id are those of a camera.
pub(super) fn is_camera(id: &GbId) -> bool {
    WireId::parse(id.as_str()).is_ok_and(|id| id.kind().is_camera())
}
