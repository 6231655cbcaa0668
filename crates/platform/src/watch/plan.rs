//! What one camera's pictures are compared with: its zones, masks and reference pictures, read from the rows into the form that looking needs.
//!
//! Masks hide by the clock. Of two reference pictures the one counts that was taken by the light of now; changing it begins every zone anew.

use domain::access::Access;
use domain::ids::CameraId;
use domain::zone::{Light, Zone, ZoneKind};
use jiff::{SignedDuration, Timestamp};
use tracing::warn;
use vision::{CameraWatch, Look, Polygon, ReferencePicture, WatchedZone};

use super::standing::NotCompared;
use super::turns::Urgency;
use crate::{Platform, PlatformError};

/// Looks by another light before the picture of that light is taken: a lamp that flashes red is no night.
const LIGHT_LOOKS: u32 = 3;

/// Zones and pictures of a camera.
#[derive(Debug, Default)]
pub(super) struct Plan {
    watched: Vec<(Zone, Polygon)>,
    /// Kept free of bicycles and motorcycles; nothing is compared for it.
    two_wheels: Vec<(Zone, Polygon)>,
    masks: Vec<(Zone, Polygon)>,
    pictures: Vec<(Light, ReferencePicture)>,
}

impl Plan {
    /// The zones that are compared, in the order of the looks' answers.
    pub(super) fn zones(&self) -> Vec<Zone> {
        self.watched.iter().map(|(zone, _)| zone.clone()).collect()
    }

    /// The zones that are kept free of bicycles and motorcycles, in the order of the looks' answers.
    pub(super) fn two_wheels(&self) -> Vec<Zone> {
        self.two_wheels.iter().map(|(zone, _)| zone.clone()).collect()
    }

    fn picture(&self, light: Light) -> Option<&ReferencePicture> {
        self.pictures.iter().find(|(of, _)| *of == light).map(|(_, picture)| picture)
    }
}

/// Reads what counts for a camera now. An outline or a file that cannot be used is left out and logged: the rest still counts.
pub(super) async fn read(platform: &Platform, id: CameraId) -> Result<Plan, PlatformError> {
    let store = &platform.inner.store;
    let mut plan = Plan::default();
    for zone in store.camera_zones(&Access::PLATFORM, id).await?.zones {
        match Polygon::try_from(zone.corners.clone()) {
            Ok(outline) if zone.kind == ZoneKind::Mask => plan.masks.push((zone, outline)),
            Ok(outline) if zone.kind.is_compared() => plan.watched.push((zone, outline)),
            Ok(outline) => plan.two_wheels.push((zone, outline)),
            Err(error) => warn!(camera = %id, zone = %zone.id, %error, "zone left out"),
        }
    }
    for row in store.references(&Access::PLATFORM, id).await? {
        let light = row.picture.light;
        let (_, jpeg) = store.reference_picture(&Access::PLATFORM, id, light).await?;
        let read =
            platform.inner.workers.lend(Urgency::Now, move |_| ReferencePicture::from_encoded(&jpeg)).await;
        match read {
            Some(Ok(picture)) => plan.pictures.push((light, picture)),
            Some(Err(error)) => warn!(camera = %id, %error, "reference picture left out"),
            None => warn!(camera = %id, "reference picture left out"),
        }
    }
    Ok(plan)
}

/// The plan as it is laid over a camera's watch.
#[derive(Debug, Default)]
pub(super) struct Scene {
    plan: Plan,
    /// The plan is not laid over yet.
    is_new: bool,
    hidden: Vec<usize>,
    /// Light of the picture that is compared with.
    compared: Option<Light>,
    /// Light of the newest pictures.
    light: Option<Light>,
    other_light_looks: u32,
}

impl Scene {
    pub(super) fn take(&mut self, plan: Plan) {
        self.plan = plan;
        self.is_new = true;
    }

    /// Lays over what counts at this moment. True where zones began anew.
    pub(super) fn prepare(&mut self, seen: &mut CameraWatch, at: Timestamp) -> bool {
        let hidden: Vec<usize> =
            (0..self.plan.masks.len()).filter(|index| self.plan.masks[*index].0.counts_at(at)).collect();
        if self.is_new || hidden != self.hidden {
            seen.mask(hidden.iter().map(|index| self.plan.masks[*index].1.clone()).collect());
            self.hidden = hidden;
        }
        if self.is_new {
            seen.watch_for_two_wheels(watched(&self.plan.two_wheels));
        }
        let wanted = self.wanted();
        let is_changed = self.is_new || wanted != self.compared;
        self.is_new = false;
        let Some(light) = wanted.filter(|_| is_changed) else { return false };
        self.compared = wanted;
        let Some(picture) = self.plan.picture(light) else { return false };
        seen.watch_zones(picture.clone(), &watched(&self.plan.watched));
        true
    }

    /// Takes note of the light of a look.
    pub(super) fn follow(&mut self, seen: &CameraWatch, look: &Look) {
        if look.error.is_some() || seen.health().shows_something_else() {
            return;
        }
        let light = if seen.health().measures().is_grey() { Light::Infrared } else { Light::Day };
        self.other_light_looks = if self.light == Some(light) { 0 } else { self.other_light_looks + 1 };
        if self.light.is_none() || self.other_light_looks >= LIGHT_LOOKS {
            (self.light, self.other_light_looks) = (Some(light), 0);
        }
    }

    /// Why a look said nothing about the zones; none where it did, and where there are none.
    pub(super) fn not_compared(&self, seen: &CameraWatch, look: &Look) -> Option<NotCompared> {
        if self.plan.watched.is_empty() || look.zones.is_some() {
            return None;
        }
        Some(if self.plan.pictures.is_empty() {
            NotCompared::NoReference
        } else if look.error.is_some() {
            NotCompared::Undecodable
        } else if seen.health().shows_something_else() {
            NotCompared::NoScene
        } else if self.light.is_some_and(|light| self.plan.picture(light).is_none()) {
            NotCompared::OtherLight
        } else {
            NotCompared::OtherScene
        })
    }

    /// The picture by the light of now, or whichever there is.
    fn wanted(&self) -> Option<Light> {
        let by_light = self.light.filter(|light| self.plan.picture(*light).is_some());
        by_light.or_else(|| self.plan.pictures.first().map(|(light, _)| *light))
    }
}

fn watched(zones: &[(Zone, Polygon)]) -> Vec<WatchedZone> {
    let hold = |zone: &Zone| SignedDuration::from_secs(i64::from(zone.hold_s));
    zones.iter().map(|(zone, outline)| WatchedZone { outline: outline.clone(), hold: hold(zone) }).collect()
}
