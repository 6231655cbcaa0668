//! Duty rooms: opened, given cameras, closed. An organisation's own room stands on a duty site, which holds its cameras and alarms and is
//! counted nowhere.

use domain::access::Access;
use domain::category::Category;
use domain::duty::roster::{HeadCount, RoomKind};
use domain::duty::seat::VigilanceRules;
use domain::ids::{CameraId, DutyRoomId, OrganisationId, UnitId};
use domain::place::PlaceType;
use domain::role::Capability;
use domain::unit::{Connection, Duty, Provenance, Unit};
use store::{DutyRoom, DutyRoomChange, DutyRoomFilter, NewDutyRoom, Page, PageAsk, UnitChange};

use super::object;
use crate::access::NewCamera;
use crate::events::Event;
use crate::organisations::{remark, text};
use crate::{Ask, Platform, PlatformError};

/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 60;
/// Bytes of the secret of a room's code.
const SECRET_LEN: usize = 32;

/// A room as somebody opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRoomWish {
    /// Name.
    pub name: String,
    /// What kind of room.
    pub kind: RoomKind,
    /// Whose people sit there.
    pub organisation_id: OrganisationId,
    /// The unit that it stands in; none for an organisation's own room, which gets a site.
    pub unit_id: Option<UnitId>,
    /// Quiet time of its seats, seconds.
    pub quiet_s: u32,
}

/// What somebody changes of a room; none leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoomEdit {
    /// Name.
    pub name: Option<String>,
    /// Quiet time of its seats, seconds.
    pub quiet_s: Option<u32>,
    /// The cameras that see it.
    pub cameras: Option<Vec<CameraId>>,
    /// The version the person was looking at.
    pub version: i64,
}

/// A camera for an organisation's own room.
#[derive(Clone, PartialEq, Eq)]
pub struct RoomCameraWish {
    /// Name.
    pub name: String,
    /// `rtsp://` address.
    pub address: String,
    /// Account at the camera.
    pub user_name: Option<String>,
    /// Its password.
    pub password: Option<String>,
}

/// A room with what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRoomView {
    /// The room.
    pub room: DutyRoom,
    /// How many people it needs, and by which rule.
    pub required: HeadCount,
}

impl Platform {
    /// Rooms in the asker's reach, by name.
    pub async fn duty_rooms(
        &self,
        ask: &Ask,
        filter: &DutyRoomFilter,
        page: &PageAsk,
    ) -> Result<Page<DutyRoomView>, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let rooms = self.inner.store.duty_rooms(&ask.access, filter, page).await?;
        let ids: Vec<DutyRoomId> = rooms.items.iter().map(|room| room.id).collect();
        let required = self.inner.store.required_people(&ids).await?;
        let items =
            rooms.items.into_iter().zip(required).map(|(room, required)| DutyRoomView { room, required });
        Ok(Page { items: items.collect(), next: rooms.next })
    }

    /// One room.
    pub async fn duty_room(&self, ask: &Ask, id: DutyRoomId) -> Result<DutyRoomView, PlatformError> {
        ask.access.need(Capability::SeeDutyRooms)?;
        let room = self.inner.store.duty_room(&ask.access, id).await?;
        self.viewed(room).await
    }

    /// Opens a room.
    pub async fn open_duty_room(&self, ask: &Ask, wish: DutyRoomWish) -> Result<DutyRoomView, PlatformError> {
        ask.access.need(Capability::ManageDutyRooms)?;
        let name = text("name", &wish.name, NAME_CHARS_MAX)?;
        let quiet_s = checked_quiet(wish.quiet_s)?;
        let unit_id = match (wish.kind, wish.unit_id) {
            (RoomKind::Organisation, None) => self.site_of(ask, wish.organisation_id).await?,
            (RoomKind::Organisation, Some(_)) => {
                return Err(PlatformError::field(
                    "unit_id",
                    "invalid",
                    "an organisation's own room stands on its own site",
                ));
            }
            (_, Some(unit)) => unit,
            (_, None) => {
                return Err(PlatformError::field("unit_id", "required", "say in which unit the room stands"));
            }
        };
        let id = DutyRoomId(self.inner.surroundings.id(ask.now));
        let secret = store::hex(&self.inner.surroundings.random::<SECRET_LEN>());
        let new = NewDutyRoom {
            id,
            name,
            kind: wish.kind,
            organisation_id: wish.organisation_id,
            unit_id,
            quiet_s,
            sealed_secret: self.inner.seal.close(
                &secret,
                &super::code::context(id),
                self.inner.surroundings.random(),
            ),
            at: ask.now,
            synthetic: self.inner.settings.demo,
        };
        let room = self.inner.store.open_duty_room(&ask.access, &new).await?;
        self.audit(ask, "duty_room_open", object(&room), "ok", Some(room.kind.as_str().to_owned())).await?;
        self.inner.events.publish(Event::Duty);
        self.viewed(room).await
    }

    /// Changes a room.
    pub async fn edit_duty_room(
        &self,
        ask: &Ask,
        id: DutyRoomId,
        edit: RoomEdit,
    ) -> Result<DutyRoomView, PlatformError> {
        ask.access.need(Capability::ManageDutyRooms)?;
        let before = self.inner.store.duty_room(&ask.access, id).await?;
        let change = DutyRoomChange {
            name: match edit.name {
                Some(name) => text("name", &name, NAME_CHARS_MAX)?,
                None => before.name,
            },
            quiet_s: checked_quiet(edit.quiet_s.unwrap_or(before.quiet_s))?,
            cameras: edit.cameras.unwrap_or(before.cameras),
        };
        let room = self.inner.store.change_duty_room(&ask.access, id, edit.version, &change).await?;
        let said = format!("{} s, {} cameras", room.quiet_s, room.cameras.len());
        self.audit(ask, "duty_room_edit", object(&room), "ok", Some(said)).await?;
        self.inner.events.publish(Event::Duty);
        self.viewed(room).await
    }

    /// Enters a camera for an organisation's own room. On a duty site nobody else enters one; in a unit it is the unit's own to enter.
    pub async fn add_room_camera(
        &self,
        ask: &Ask,
        id: DutyRoomId,
        wish: RoomCameraWish,
    ) -> Result<DutyRoomView, PlatformError> {
        ask.access.need(Capability::ManageDutyRooms)?;
        let before = self.inner.store.duty_room(&ask.access, id).await?;
        if before.kind != RoomKind::Organisation {
            return Err(PlatformError::field("kind", "invalid", "a camera in a unit is entered by the unit"));
        }
        let DutyRoom { name, quiet_s, cameras, version, .. } = before;
        let mut change = DutyRoomChange { name, quiet_s, cameras };
        // Whoever may not change the room finds that out before there is a camera.
        let kept = self.inner.store.change_duty_room(&ask.access, id, version, &change).await?;
        let new = NewCamera {
            unit_id: kept.unit_id,
            name: wish.name,
            place_type: PlaceType::DutyRoom,
            address: wish.address,
            sub_address: None,
            onvif_address: None,
            user_name: wish.user_name,
            password: wish.password,
            watch_enabled: true,
            is_recorded: None,
            simulated: false,
        };
        let camera = self.add_camera(&Ask { access: Access::PLATFORM, ..ask.clone() }, new).await?.camera;
        change.cameras.push(camera.id);
        let room = self.inner.store.change_duty_room(&ask.access, id, kept.version, &change).await?;
        self.audit(ask, "duty_room_camera", object(&room), "ok", Some(camera.name)).await?;
        self.inner.events.publish(Event::Duty);
        self.viewed(room).await
    }

    /// Closes a room.
    pub async fn close_duty_room(
        &self,
        ask: &Ask,
        id: DutyRoomId,
        version: i64,
        reason: &str,
    ) -> Result<DutyRoomView, PlatformError> {
        ask.access.need(Capability::ManageDutyRooms)?;
        let Some(reason) = remark("reason", reason)? else {
            return Err(PlatformError::field("reason", "required", "say why the room is closed"));
        };
        let room = self.inner.store.close_duty_room(&ask.access, id, version, ask.now).await?;
        self.audit(ask, "duty_room_close", object(&room), "ok", Some(reason)).await?;
        self.inner.events.publish(Event::Duty);
        self.viewed(room).await
    }

    pub(super) async fn viewed(&self, room: DutyRoom) -> Result<DutyRoomView, PlatformError> {
        let required = self.inner.store.required_people(&[room.id]).await?;
        let required = required.into_iter().next().ok_or(PlatformError::NotFound)?;
        Ok(DutyRoomView { room, required })
    }

    /// The site of an organisation where it sits: the one of its other rooms, or a new one.
    async fn site_of(&self, ask: &Ask, organisation: OrganisationId) -> Result<UnitId, PlatformError> {
        let row = self.inner.store.organisation(&ask.access, organisation).await?;
        let region_id = row.record.region_id;
        if let Some(site) = self.inner.store.duty_site(&ask.access, organisation, region_id).await? {
            return Ok(site);
        }
        let id = UnitId(self.inner.surroundings.id(ask.now));
        let unit = Unit {
            id,
            name: format!("{}值守场所", row.record.name),
            category: Category::DutySite,
            region_id,
            ownership: None,
            study_level: None,
            boarding: false,
            school_code: None,
            connection: Connection::NotStarted,
            duty: Duty::None,
            synthetic: self.inner.settings.demo,
        };
        let change = UnitChange {
            unit,
            connection_provenance: Provenance::Observed,
            duty_provenance: Provenance::Observed,
            source: "duty_room".to_owned(),
        };
        // Whose organisation it is was asked above; the register itself is not theirs to write.
        self.inner.store.apply_units(&Access::PLATFORM, &[change], ask.access.user_id, ask.now).await?;
        Ok(id)
    }
}

fn checked_quiet(quiet_s: u32) -> Result<u32, PlatformError> {
    VigilanceRules::new(quiet_s)
        .map_err(|error| PlatformError::field("quiet_s", "out_of_range", error.to_string()))?;
    Ok(quiet_s)
}
