//! Planning drills and calling them off: for offices and for the unit at which the alarm is said to be, never for whoever is drilled.

use domain::access::Denied;
use domain::alarm::AlarmCode;
use domain::duty::drill::{DrillKind, DrillRefusal, check_wish};
use domain::ids::{CameraId, DrillId, DutyRoomId, RegionId, UnitId};
use domain::role::Capability;
use jiff::Timestamp;
use store::{DrillPlan, DrillRow, NewDrill, RoomChoice};

use super::object;
use crate::audit::Object;
use crate::events::Event;
use crate::organisations::remark;
use crate::{Ask, Platform, PlatformError};

/// Most rooms of one plan.
const ROOMS_MAX: usize = 200;

/// A drill as somebody wishes it, in one room or many at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillWish {
    /// How it is held.
    pub kind: DrillKind,
    /// In which rooms.
    pub rooms: Vec<DutyRoomId>,
    /// Where the made-up alarm is said to be; none: where the room stands.
    pub unit_id: Option<UnitId>,
    /// Seen by this camera of that unit.
    pub camera_id: Option<CameraId>,
    /// What is made up.
    pub code: AlarmCode,
    /// Where in the unit.
    pub place: String,
    /// Who is told beforehand.
    pub knows: String,
    /// When; none: now.
    pub begins_at: Option<Timestamp>,
}

impl Platform {
    /// Plans drills, and begins those of now. Refused as a whole where a room is closed or out of reach.
    pub async fn plan_drills(&self, ask: &Ask, wish: DrillWish) -> Result<Vec<DrillRow>, PlatformError> {
        ask.access.need(Capability::PlanDrills)?;
        let planned_by = ask.access.user_id.ok_or(Denied(Capability::PlanDrills))?;
        let begins_at = wish.begins_at.unwrap_or(ask.now);
        let (knows, place) = (wish.knows.trim(), wish.place.trim());
        check_wish(wish.kind, wish.code, (begins_at, ask.now), (knows, place)).map_err(refused)?;
        if wish.rooms.is_empty() || wish.rooms.len() > ROOMS_MAX {
            return Err(PlatformError::field("rooms", "out_of_range", format!("1 to {ROOMS_MAX} rooms")));
        }
        self.is_seen_by(ask, &wish).await?;
        let mut ids = wish.rooms.clone();
        ids.sort_unstable();
        ids.dedup();
        let found = self.inner.store.rooms_to_ask(&ask.access, RoomChoice::Rooms(&ids)).await?;
        if found.len() < ids.len() {
            return Err(PlatformError::field("rooms", "unknown", "a room is not in reach"));
        }
        if let Some(closed) = found.iter().find(|room| room.is_closed) {
            return Err(PlatformError::field("rooms", "closed", format!("closed: {}", closed.name)));
        }
        let mut planned = Vec::with_capacity(found.len());
        for room in found {
            let new = NewDrill {
                id: DrillId(self.inner.surroundings.id(ask.now)),
                kind: wish.kind,
                room_id: room.id,
                unit_id: wish.unit_id.unwrap_or(room.unit_id),
                camera_id: wish.camera_id,
                code: wish.code,
                place: place.to_owned(),
                knows: knows.to_owned(),
                begins_at,
                lot_month: None,
                planned_by: Some(planned_by),
                planned_at: ask.now,
            };
            self.inner.store.plan_drill(&ask.access, &new).await?;
            planned.push(new.id);
        }
        self.keep_drills(ask.now).await?;
        let mut rows = Vec::with_capacity(planned.len());
        for id in planned {
            let row = self.inner.store.drill(&ask.access, id, true).await?;
            let said = format!("{} {} {begins_at}", wish.kind.as_str(), wish.code.as_str());
            self.audit(ask, "drill_plan", object(&row), "ok", Some(said)).await?;
            rows.push(row);
        }
        self.inner.events.publish(Event::Drills);
        Ok(rows)
    }

    /// Calls a drill off: a real alarm goes first. It does not count as held.
    pub async fn cancel_drill(&self, ask: &Ask, id: DrillId, why: &str) -> Result<DrillRow, PlatformError> {
        ask.access.need(Capability::PlanDrills)?;
        let why = remark("why", why)?
            .ok_or_else(|| PlatformError::field("why", "required", "say why the drill is called off"))?;
        self.inner.store.cancel_drill(&ask.access, id, &why, ask.now).await?;
        let row = self.inner.store.drill(&ask.access, id, true).await?;
        self.audit(ask, "drill_cancel", object(&row), "ok", Some(why)).await?;
        self.inner.events.publish(Event::Drills);
        Ok(row)
    }

    /// The standing plans that hold in the asker's region, above and below it.
    pub async fn drill_plans(&self, ask: &Ask) -> Result<Vec<DrillPlan>, PlatformError> {
        ask.access.need(Capability::PlanDrills)?;
        Ok(self.inner.store.drill_plans(&ask.access).await?)
    }

    /// Has every duty room of a region drilled double-blind once a month, at a moment that a lot decides.
    pub async fn put_drill_plan(
        &self,
        ask: &Ask,
        region: RegionId,
        (code, knows): (AlarmCode, &str),
    ) -> Result<(), PlatformError> {
        ask.access.need(Capability::PlanDrills)?;
        check_wish(DrillKind::DoubleBlind, code, (ask.now, ask.now), (knows, "")).map_err(refused)?;
        self.inner.store.put_drill_plan(&ask.access, region, (code, knows.trim()), ask.now).await?;
        let said = Some(format!("{} {}", code.as_str(), knows.trim()));
        self.audit(ask, "drill_plan_set", region_object(region), "ok", said).await?;
        self.inner.events.publish(Event::Drills);
        Ok(())
    }

    /// Takes the standing plan of a region away. What was drawn stays.
    pub async fn drop_drill_plan(&self, ask: &Ask, region: RegionId) -> Result<(), PlatformError> {
        ask.access.need(Capability::PlanDrills)?;
        self.inner.store.drop_drill_plan(&ask.access, region).await?;
        self.audit(ask, "drill_plan_drop", region_object(region), "ok", None).await?;
        self.inner.events.publish(Event::Drills);
        Ok(())
    }

    /// The camera that is said to see it stands at the unit.
    async fn is_seen_by(&self, ask: &Ask, wish: &DrillWish) -> Result<(), PlatformError> {
        let Some(camera) = wish.camera_id else { return Ok(()) };
        let camera = self.inner.store.camera(&ask.access, camera).await?;
        if Some(camera.camera.unit_id) == wish.unit_id {
            return Ok(());
        }
        Err(PlatformError::field("camera_id", "other_unit", "this camera belongs to another unit"))
    }
}

pub(super) fn refused(refusal: DrillRefusal) -> PlatformError {
    use DrillRefusal as R;
    let message = refusal.to_string();
    match refusal {
        R::NotGrave => PlatformError::field("code", "not_grave", message),
        R::NobodyKnows => PlatformError::field("knows", "required", message),
        R::TooLong => PlatformError::field("place", "too_long", message),
        R::Begun => PlatformError::field("begins_at", "in_past", message),
        R::TooFar => PlatformError::field("begins_at", "too_far", message),
        R::NotNow(..) => PlatformError::Conflict(message),
    }
}

fn region_object(id: RegionId) -> Object {
    Object { kind: "region", id: Some(id.to_string()), name: None, unit_id: None }
}
