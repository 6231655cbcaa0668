//! What an upper platform is shown: the cameras of its subtree that are switched on and stand where cameras may stand, below their units,
//! below one business group, with the regions as civil codes.
//!
//! A snapshot in memory, because questions for the catalogue must not wait for rows; [`super::news`] replaces it when something changed.

use std::collections::{HashMap, HashSet};

use domain::access::{Access, Subtree};
use domain::camera::CameraState;
use domain::ids::{CameraId, ChannelId, RegionId, UnitId};
use domain::region::Region;
use gb28181::id::{CatalogId, GbId};
use gb28181::manscdp::catalog::{CatalogItem, ItemStatus};
use store::{GivenTo, SharedCamera, UpperPlatform};

use super::items;
use crate::access::devices::wire_id;
use crate::{Platform, PlatformError};

/// Cameras shown to one upper platform at most: as many as a platform of our own kind takes from one device.
const SHOWN_MAX: usize = 49_000;

/// A camera as shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) camera: CameraId,
    pub(super) unit: UnitId,
    pub(super) name: String,
    pub(super) gb_id: GbId,
    /// Its channel, and where to ask for it: device and channel.
    pub(super) channel: Option<(ChannelId, (GbId, GbId))>,
    pub(super) item: CatalogItem,
    unit_gb_id: GbId,
}

/// A snapshot.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    system: Option<CatalogItem>,
    group: Option<CatalogItem>,
    regions: Vec<CatalogItem>,
    units: Vec<CatalogItem>,
    cameras: Vec<Shown>,
    by_gb_id: HashMap<GbId, usize>,
    by_camera: HashMap<CameraId, usize>,
    /// Cameras left out because no camera may stand there.
    pub(super) forbidden: usize,
    /// Cameras left out because there are too many.
    pub(super) beyond: usize,
}

impl Tree {
    pub(super) fn camera(&self, gb_id: &GbId) -> Option<&Shown> {
        self.by_gb_id.get(gb_id).map(|at| &self.cameras[*at])
    }

    pub(super) fn camera_of(&self, id: CameraId) -> Option<&Shown> {
        self.by_camera.get(&id).map(|at| &self.cameras[*at])
    }

    /// Everything, parents before children.
    pub(super) fn items(&self) -> impl Iterator<Item = &CatalogItem> {
        let frame = self.system.iter().chain(&self.group).chain(&self.regions).chain(&self.units);
        frame.chain(self.cameras.iter().map(|shown| &shown.item))
    }

    pub(super) fn counts(&self) -> (usize, usize, usize) {
        (self.regions.len(), self.units.len(), self.cameras.len())
    }

    /// What a question about a node means: everything for the system, what lies below for the others.
    pub(super) fn below(&self, about: CatalogId) -> Vec<CatalogItem> {
        match about {
            CatalogId::Region(code) => {
                let lies_in = |item: &&CatalogItem| {
                    let own = item.civil_code.as_deref().unwrap_or(item.id.as_str());
                    own.starts_with(code.as_str())
                };
                let below = self
                    .regions
                    .iter()
                    .chain(&self.units)
                    .chain(self.cameras.iter().map(|shown| &shown.item));
                below.filter(lies_in).cloned().collect()
            }
            CatalogId::Device(id) if id.type_code() == 215 => self.units.clone(),
            CatalogId::Device(id) if id.type_code() == 216 => {
                let of_unit = self.cameras.iter().filter(|shown| shown.unit_gb_id == id);
                of_unit.map(|shown| shown.item.clone()).collect()
            }
            CatalogId::Device(id) => match self.camera(&id) {
                Some(shown) => vec![shown.item.clone()],
                None => self.items().cloned().collect(),
            },
        }
    }

    /// A camera's pictures come or stay away; the item as it is now, where that changed.
    pub(super) fn turn(&mut self, id: CameraId, is_on: bool) -> Option<CatalogItem> {
        let shown = &mut self.cameras[*self.by_camera.get(&id)?];
        let status = if is_on { ItemStatus::On } else { ItemStatus::Off };
        if shown.item.status.as_ref() == Some(&status) {
            return None;
        }
        shown.item.status = Some(status);
        Some(shown.item.clone())
    }
}

impl Platform {
    /// Reads what an upper platform is shown. Whoever is shown for the first time gets digits now.
    pub(super) async fn shown_tree(&self, upper: &UpperPlatform) -> Result<Tree, PlatformError> {
        let access = Access { scope: Some(upper.shown.into()), ..Access::PLATFORM };
        let regions: HashMap<RegionId, Region> =
            self.inner.store.regions(&access).await?.into_iter().map(|region| (region.id, region)).collect();
        let own = wire_id(&upper.own_gb_id);
        let mut builder =
            Builder { own, regions, tree: Tree::default(), units: HashMap::new(), seen: HashSet::new() };
        let mut after = None;
        loop {
            let (cameras, is_end) = self.inner.store.shared_cameras(&access, after).await?;
            after = cameras.last().map(|camera| camera.id);
            for camera in &cameras {
                builder.add(self, camera).await?;
            }
            if is_end {
                break;
            }
        }
        let name = match upper.shown {
            Subtree::Region(id) => builder.regions.get(&id).map(|region| region.name.clone()),
            Subtree::Unit(id) => Some(self.inner.store.unit(&access, id).await?.unit.name),
        };
        Ok(builder.finish(upper.shown, &name.unwrap_or_default()))
    }

    /// Whether pictures of a camera can be had now.
    pub(super) fn is_on(&self, camera: &SharedCamera) -> bool {
        match self.seen(camera.id, false).state {
            CameraState::Online => true,
            CameraState::Resting => camera.channel.as_ref().is_some_and(|channel| channel.is_on),
            _ => false,
        }
    }
}

struct Builder {
    own: GbId,
    regions: HashMap<RegionId, Region>,
    tree: Tree,
    units: HashMap<UnitId, GbId>,
    seen: HashSet<RegionId>,
}

impl Builder {
    async fn add(&mut self, platform: &Platform, camera: &SharedCamera) -> Result<(), PlatformError> {
        if camera.place_type.is_forbidden() {
            self.tree.forbidden += 1;
            return Ok(());
        }
        if self.tree.cameras.len() >= SHOWN_MAX {
            self.tree.beyond += 1;
            return Ok(());
        }
        let code = self.code_of(camera.region_id);
        let division =
            code.as_deref().map_or_else(|| self.own.as_str()[..6].to_owned(), |code| format!("{code:0<6}"));
        let unit = self.unit(platform, camera, &division, code.as_deref()).await?;
        let gb_id = self.id_of(platform, camera, &division).await?;
        let is_on = platform.is_on(camera);
        let item = items::camera_item(gb_id, (self.own, unit), camera, code.as_deref(), is_on);
        let channel = camera
            .channel
            .as_ref()
            .map(|channel| (channel.id, (wire_id(&channel.device_gb_id), wire_id(&channel.gb_id))));
        let at = self.tree.cameras.len();
        self.tree.by_gb_id.insert(gb_id, at);
        self.tree.by_camera.insert(camera.id, at);
        self.tree.cameras.push(Shown {
            camera: camera.id,
            unit: camera.unit_id,
            name: camera.name.clone(),
            gb_id,
            channel,
            item,
            unit_gb_id: unit,
        });
        Ok(())
    }

    async fn unit(
        &mut self,
        platform: &Platform,
        camera: &SharedCamera,
        division: &str,
        code: Option<&str>,
    ) -> Result<GbId, PlatformError> {
        if let Some(known) = self.units.get(&camera.unit_id) {
            return Ok(*known);
        }
        let given = match camera.unit_gb_id {
            Some(given) => given,
            None => platform.give(GivenTo::Unit(camera.unit_id), &items::prefix(division, 216)).await?,
        };
        let id = wire_id(&given);
        self.units.insert(camera.unit_id, id);
        self.tree.units.push(items::unit_item(id, self.own, &camera.unit_name, code));
        self.regions_above(camera.region_id);
        Ok(id)
    }

    /// The digits of the channel, where nobody else in this tree has them: recorders of one maker come with the same ones.
    async fn id_of(
        &self,
        platform: &Platform,
        camera: &SharedCamera,
        division: &str,
    ) -> Result<GbId, PlatformError> {
        if let Some(given) = camera.given {
            return Ok(wire_id(&given));
        }
        if let Some(channel) = &camera.channel {
            let own = wire_id(&channel.gb_id);
            if !self.tree.by_gb_id.contains_key(&own) {
                return Ok(own);
            }
        }
        let given = platform.give(GivenTo::Camera(camera.id), &items::prefix(division, 132)).await?;
        Ok(wire_id(&given))
    }

    fn regions_above(&mut self, id: RegionId) {
        let mut next = Some(id);
        while let Some(region) = next.and_then(|id| self.regions.get(&id)) {
            self.seen.insert(region.id);
            next = region.parent_id;
        }
    }

    /// The code of a region, or of the nearest one above it that has one.
    fn code_of(&self, id: RegionId) -> Option<String> {
        let mut next = Some(id);
        while let Some(region) = next.and_then(|id| self.regions.get(&id)) {
            if let Some(code) = items::civil_code(region) {
                return Some(code.to_owned());
            }
            next = region.parent_id;
        }
        None
    }

    fn finish(mut self, shown: Subtree, name: &str) -> Tree {
        let code = match shown {
            Subtree::Region(id) => self.code_of(id),
            Subtree::Unit(_) => self.tree.cameras.first().and_then(|shown| shown.item.civil_code.clone()),
        };
        let mut regions: Vec<CatalogItem> = self
            .regions
            .values()
            .filter(|region| self.seen.contains(&region.id))
            .filter_map(items::region_item)
            .collect();
        regions.sort_by_key(|item| item.id);
        self.tree.regions = regions;
        self.tree.system = Some(items::system(self.own, name, code.as_deref()));
        self.tree.group = Some(items::group_item(self.own, name));
        self.tree
    }
}

impl Platform {
    async fn give(&self, to: GivenTo, prefix: &str) -> Result<domain::device::GbId, PlatformError> {
        let at = self.inner.surroundings.now();
        Ok(self.inner.store.give_gb_id(to, prefix, at).await?)
    }
}
