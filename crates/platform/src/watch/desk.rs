//! The desk where a camera's zones are read and put. A change counts from the camera's next look; nothing is restarted for it.

use std::collections::HashSet;

use domain::camera::CameraState;
use domain::ids::{CameraId, ZoneId};
use domain::role::Capability;
use domain::zone::{Hours, Zone, ZoneKind};
use jiff::Timestamp;
use store::{CameraRecord, CameraZones, ReferenceRow};
use vision::Polygon;

use super::standing::{NotCompared, Standing};
use crate::access::camera_object;
use crate::{Ask, FieldError, Platform, PlatformError};

/// A zone as somebody puts it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewZone {
    /// The zone that it is a change of; none: a new one.
    pub id: Option<ZoneId>,
    /// What for.
    pub kind: ZoneKind,
    /// Name.
    pub name: String,
    /// Outline in shares of the picture.
    pub corners: Vec<[f32; 2]>,
    /// Seconds that a change has to stay; none: as usual for the kind.
    pub hold_s: Option<u32>,
    /// When it counts; none: always.
    pub hours: Option<Hours>,
}

/// A camera's zones and how they are.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraZonesView {
    /// As put.
    pub zones: CameraZones,
    /// The pictures that they are compared with.
    pub references: Vec<ReferenceRow>,
    /// How they are.
    pub standing: Standing,
    /// When the camera was looked at last.
    pub last_look_at: Option<Timestamp>,
    /// Time from look to look in milliseconds, smoothed.
    pub look_interval_ms: Option<u32>,
}

impl Platform {
    /// The zones of a camera, the pictures they are compared with, and how they are.
    pub async fn camera_zones(&self, ask: &Ask, id: CameraId) -> Result<CameraZonesView, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        let camera = self.inner.store.camera(&ask.access, id).await?.camera;
        let zones = self.inner.store.camera_zones(&ask.access, id).await?;
        let references = self.inner.store.references(&ask.access, id).await?;
        let watched = self.watched(id);
        let counts = watched.as_ref().map(|watched| watched.read()).unwrap_or_default();
        let mut standing = watched.map(|watched| watched.standing()).unwrap_or_default();
        let is_compared = zones.zones.iter().any(|zone| zone.kind.alarm().is_some());
        let silent = self.why_silent(&camera, counts.last_look_at);
        standing.not_compared = silent.or(standing.not_compared).filter(|_| is_compared);
        if silent.is_some() {
            // What was last seen is not what is.
            standing.zones.clear();
            standing.conditions.clear();
        }
        let (last_look_at, look_interval_ms) = (counts.last_look_at, counts.look_interval_ms);
        Ok(CameraZonesView { zones, references, standing, last_look_at, look_interval_ms })
    }

    /// Puts the zones of a camera: all of them, in place of those at `version`. Conflict when somebody else was faster.
    pub async fn put_camera_zones(
        &self,
        ask: &Ask,
        id: CameraId,
        (version, wanted): (i64, Vec<NewZone>),
    ) -> Result<CameraZonesView, PlatformError> {
        ask.access.need(Capability::ManageCameras)?;
        let camera = self.inner.store.camera(&ask.access, id).await?.camera;
        let known: HashSet<ZoneId> = self
            .inner
            .store
            .camera_zones(&ask.access, id)
            .await?
            .zones
            .into_iter()
            .map(|zone| zone.id)
            .collect();
        let mut given = HashSet::new();
        let mut zones = Vec::with_capacity(wanted.len());
        for new in wanted {
            // An id that is no zone of this camera, or is given twice, is no zone's: what is drawn is a new one.
            let kept = new.id.filter(|id| known.contains(id) && given.insert(*id));
            let id = kept.unwrap_or_else(|| ZoneId(self.inner.surroundings.id(ask.now)));
            zones.push(checked(new, id)?);
        }
        let put = (version, zones.as_slice());
        self.inner.store.put_camera_zones(&ask.access, id, put, ask.access.user_id, ask.now).await?;
        let detail = Some(said(&zones));
        self.audit(ask, "zones_edit", camera_object(&camera), "ok", detail).await?;
        self.change_watch(id);
        self.camera_zones(ask, id).await
    }

    /// Has the running watch of a camera read its zones and pictures again.
    pub(super) fn change_watch(&self, id: CameraId) {
        if let Some(watched) = self.watched(id) {
            watched.change();
        }
    }

    /// Why no looks come.
    fn why_silent(&self, camera: &CameraRecord, last_look_at: Option<Timestamp>) -> Option<NotCompared> {
        let stream = self.stream(camera.id);
        let state = stream.map(|stream| crate::access::state_of(&stream.status().state));
        if !self.is_watched(camera) {
            return Some(NotCompared::WatchOff);
        }
        if state != Some(CameraState::Online) {
            return Some(NotCompared::Offline);
        }
        last_look_at.is_none().then_some(NotCompared::NotYet)
    }
}

fn checked(new: NewZone, id: ZoneId) -> Result<Zone, PlatformError> {
    let hold_s = match new.kind {
        ZoneKind::Mask => 0,
        kind => new.hold_s.unwrap_or_else(|| kind.default_hold_s()),
    };
    let name = new.name.trim().to_owned();
    let zone = Zone { id, kind: new.kind, name, corners: new.corners, hold_s, hours: new.hours };
    if let Some(fault) = zone.fault() {
        let message = match zone.name.as_str() {
            "" => fault.to_string(),
            name => format!("{name}: {fault}"),
        };
        return Err(PlatformError::Invalid(vec![FieldError {
            field: fault.field(),
            code: fault.code(),
            message,
        }]));
    }
    // What the comparison itself needs: a sliver between its cells has an area and nothing in it.
    Polygon::try_from(zone.corners.clone())
        .map_err(|error| PlatformError::field("corners", "too_small", format!("{}: {error}", zone.name)))?;
    Ok(zone)
}

/// The zones in one line, for the register.
fn said(zones: &[Zone]) -> String {
    let one = |zone: &Zone| {
        let hours = zone.hours.map(|hours| format!(" {}", hours.say().join("–"))).unwrap_or_default();
        format!("{} {} {} s{hours}", zone.kind.as_str(), zone.name, zone.hold_s)
    };
    zones.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn new() -> NewZone {
        NewZone {
            id: None,
            kind: ZoneKind::Exit,
            name: " 东门 ".to_owned(),
            corners: vec![[0.1, 0.1], [0.4, 0.1], [0.4, 0.6]],
            hold_s: None,
            hours: None,
        }
    }

    #[test]
    fn a_zone_gets_its_usual_hold_and_a_mask_none() {
        let id = ZoneId(Uuid::from_u128(1));
        let zone = checked(new(), id).unwrap();
        assert_eq!((zone.name.as_str(), zone.hold_s), ("东门", 60));
        assert_eq!(checked(NewZone { hold_s: Some(5), ..new() }, id).unwrap().hold_s, 5);
        let mask = NewZone { kind: ZoneKind::Mask, hold_s: Some(9), ..new() };
        assert_eq!(checked(mask, id).unwrap().hold_s, 0);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_field() {
        let id = ZoneId(Uuid::from_u128(1));
        let field = |new: NewZone| match checked(new, id) {
            Err(PlatformError::Invalid(fields)) => (fields[0].field, fields[0].code),
            other => panic!("{other:?}"),
        };
        assert_eq!(field(NewZone { name: String::new(), ..new() }), ("name", "invalid"));
        assert_eq!(field(NewZone { hold_s: Some(4), ..new() }), ("hold_s", "out_of_range"));
        let sliver = vec![[0.0, 0.504], [1.0, 0.504], [1.0, 0.510], [0.0, 0.510]];
        assert_eq!(field(NewZone { corners: sliver, ..new() }), ("corners", "too_small"));
    }

    #[test]
    fn the_register_names_every_zone() {
        let mut zone = checked(new(), ZoneId(Uuid::from_u128(1))).unwrap();
        zone.hours = Hours::parse("22:00", "06:00");
        assert_eq!(said(&[zone.clone(), zone]), "exit 东门 60 s 22:00–06:00; exit 东门 60 s 22:00–06:00");
    }
}
