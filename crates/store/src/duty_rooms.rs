//! Duty rooms as kept: where they stand, whose people sit there, which cameras see them, and how many people a region asks for.
//!
//! A room is seen where it stands and where its organisation serves: an office asks who watches over its schools, wherever they sit. What
//! happens in a room is in the modules below: [`seats`], [`post`], [`roster`], [`sheets`].

mod head_counts;
mod post;
mod roster;
mod seats;
mod sheets;

use domain::access::{Access, Scope};
use domain::duty::roster::RoomKind;
use domain::ids::{CameraId, DutyRoomId, OrganisationId, RegionId, UnitId, UserId};
use jiff::Timestamp;

pub use post::{OnPost, SeatAct, TimedRoom};
pub use roster::{RosterChange, RosterGuard, ShiftRow};
pub use seats::{NewSeat, OnList, Seat, SeatPairing};
pub use sheets::{DutyRecord, HandoverRow};

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::organisations::kept_by;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Sql, contains_pattern};

/// Most cameras of one room.
pub const ROOM_CAMERAS_MAX: usize = 8;

/// A duty room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRoom {
    /// Own id.
    pub id: DutyRoomId,
    /// Name.
    pub name: String,
    /// What kind of room.
    pub kind: RoomKind,
    /// Whose people sit there.
    pub organisation_id: OrganisationId,
    /// Name of that organisation.
    pub organisation_name: String,
    /// Where it stands: a unit, or the duty site of the organisation.
    pub unit_id: UnitId,
    /// Name of that unit or site.
    pub unit_name: String,
    /// Where that lies.
    pub region_id: RegionId,
    /// Quiet time of its seats, seconds.
    pub quiet_s: u32,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when; none while it is open.
    pub closed_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i64,
    /// Invented for a demonstration.
    pub synthetic: bool,
    /// The cameras that see it.
    pub cameras: Vec<CameraId>,
    /// Seats that are bound to it.
    pub seats: u32,
    /// People on post now.
    pub on_post: u32,
}

/// A room to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDutyRoom {
    /// Own id.
    pub id: DutyRoomId,
    /// Name.
    pub name: String,
    /// What kind of room.
    pub kind: RoomKind,
    /// Whose people sit there.
    pub organisation_id: OrganisationId,
    /// Where it stands.
    pub unit_id: UnitId,
    /// Quiet time of its seats, seconds.
    pub quiet_s: u32,
    /// The secret of its code, encrypted.
    pub sealed_secret: Vec<u8>,
    /// When.
    pub at: Timestamp,
    /// Invented for a demonstration.
    pub synthetic: bool,
}

/// What changes of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRoomChange {
    /// Name.
    pub name: String,
    /// Quiet time of its seats, seconds.
    pub quiet_s: u32,
    /// The cameras that see it.
    pub cameras: Vec<CameraId>,
}

/// Which rooms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DutyRoomFilter {
    /// Whose.
    pub organisation_id: Option<OrganisationId>,
    /// Standing in this region or below.
    pub region_id: Option<RegionId>,
    /// Part of the name.
    pub name: Option<String>,
    /// Closed ones, too.
    pub with_closed: bool,
}

const ROWS: &str = "select d.id, d.name, d.kind, d.organisation_id, d.unit_id, d.quiet_s, d.opened_at, d.closed_at, d.version, d.synthetic,
        o.name as organisation_name, u.name as unit_name, u.region_id,
        (select cast(count(*) as bigint) from seat s where s.room_id = d.id and s.unpaired_at is null) as seats,
        (select cast(count(*) as bigint) from on_post p where p.room_id = d.id and p.until is null) as on_post
    from duty_room d
    join organisation o on o.id = d.organisation_id
    join unit_now u on u.unit_id = d.unit_id
    where 1 = 1";

impl Store {
    /// Opens a room. NotFound where the organisation is not the asker's to keep; Conflict where it serves nobody any more, or where the room
    /// stands in a unit that it does not serve.
    pub async fn open_duty_room(&self, access: &Access, new: &NewDutyRoom) -> Result<DutyRoom> {
        let mut tx = self.pools.begin().await?;
        let mut keeps = Sql::new("select organisation.state from organisation where organisation.id = $1")
            .with(new.organisation_id.0);
        kept_by(&mut keeps, access);
        let organisation = tx.fetch_opt(keeps).await?.ok_or(StoreError::NotFound)?;
        if organisation.text("state")? == "cancelled" {
            return Err(StoreError::conflict("the organisation is cancelled"));
        }
        if new.kind != RoomKind::Organisation {
            let serves = Sql::new(
                "select id from contract where organisation_id = $1 and unit_id = $2 and state in ('accepted', 'running') limit 1",
            );
            let serves = serves.with(new.organisation_id.0).with(new.unit_id.0);
            tx.fetch_opt(serves).await?.ok_or_else(|| {
                StoreError::conflict(
                    "the organisation does no duty for this unit: no contract is accepted or running",
                )
            })?;
        }
        let sql = Sql::new(
            "insert into duty_room (id, name, kind, organisation_id, unit_id, quiet_s, sealed_secret, opened_at, version, synthetic)
             values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
        )
        .with(new.id.0)
        .with(&new.name)
        .with(new.kind.as_str())
        .with(new.organisation_id.0)
        .with(new.unit_id.0)
        .with(new.quiet_s)
        .with(new.sealed_secret.clone())
        .with(new.at)
        .with(new.synthetic);
        tx.execute(sql).await?;
        tx.commit().await?;
        self.duty_room(access, new.id).await
    }

    /// The duty site of an organisation in a region, where it has one.
    pub async fn duty_site(
        &self,
        access: &Access,
        organisation: OrganisationId,
        region: RegionId,
    ) -> Result<Option<UnitId>> {
        let mut sql = Sql::new(
            "select d.unit_id from duty_room d join unit_now u on u.unit_id = d.unit_id
                 join organisation on organisation.id = d.organisation_id
             where d.kind = 'organisation' and d.organisation_id = $1 and u.region_id = $2",
        )
        .with(organisation.0)
        .with(region.0);
        kept_by(&mut sql, access);
        sql.push(" order by d.opened_at limit 1");
        self.pools.fetch_opt(sql).await?.map(|row| row.id("unit_id")).transpose()
    }

    /// Writes a room anew, its cameras included. Conflict where somebody was faster, or a camera belongs to another room or another place.
    pub async fn change_duty_room(
        &self,
        access: &Access,
        id: DutyRoomId,
        expected_version: i64,
        change: &DutyRoomChange,
    ) -> Result<DutyRoom> {
        let before = self.duty_room(access, id).await?;
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new("update duty_room set version = version + 1, name = $1, quiet_s = $2 where closed_at is null and id = $3 and version = $4")
            .with(&change.name)
            .with(change.quiet_s)
            .with(id.0)
            .with(expected_version);
        kept_room(&mut sql, access);
        if tx.execute(sql).await? == 0 {
            return Err(stale(&before, expected_version));
        }
        write_cameras(&mut tx, &before, &change.cameras).await?;
        tx.commit().await?;
        self.duty_room(access, id).await
    }

    /// Closes a room: its seats are given up, whoever is on post goes off, and its cameras are free for another one. The roster stays.
    pub async fn close_duty_room(
        &self,
        access: &Access,
        id: DutyRoomId,
        expected_version: i64,
        at: Timestamp,
    ) -> Result<DutyRoom> {
        let before = self.duty_room(access, id).await?;
        let mut tx = self.pools.begin().await?;
        let mut sql = Sql::new("update duty_room set version = version + 1, closed_at = $1 where closed_at is null and id = $2 and version = $3")
            .with(at)
            .with(id.0)
            .with(expected_version);
        kept_room(&mut sql, access);
        if tx.execute(sql).await? == 0 {
            return Err(stale(&before, expected_version));
        }
        for text in [
            "update seat set unpaired_at = $1 where unpaired_at is null and room_id = $2",
            "update on_post set until = $1 where until is null and room_id = $2",
        ] {
            tx.execute(Sql::new(text).with(at).with(id.0)).await?;
        }
        for text in
            ["delete from duty_room_camera where room_id = $1", "delete from seat_pairing where room_id = $1"]
        {
            tx.execute(Sql::new(text).with(id.0)).await?;
        }
        tx.commit().await?;
        self.duty_room(access, id).await
    }

    /// One room.
    pub async fn duty_room(&self, access: &Access, id: DutyRoomId) -> Result<DutyRoom> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and d.id = ").bind(id.0);
        seen_by(&mut sql, access);
        let rows = self.with_cameras(vec![self.pools.fetch_one(sql).await?]).await?;
        rows.into_iter().next().ok_or(StoreError::NotFound)
    }

    /// Rooms by name.
    pub async fn duty_rooms(
        &self,
        access: &Access,
        filter: &DutyRoomFilter,
        ask: &PageAsk,
    ) -> Result<Page<DutyRoom>> {
        let mut sql = Sql::new(ROWS);
        seen_by(&mut sql, access);
        sql.filter(" and d.organisation_id = ", filter.organisation_id.map(|id| id.0));
        if let Some(region) = filter.region_id {
            sql.push(" and u.region_id in (select descendant_id from region_tree where ancestor_id = ")
                .bind(region.0)
                .push(")");
        }
        if let Some(name) = filter.name.as_deref().filter(|name| !name.trim().is_empty()) {
            sql.push(" and lower(d.name) like ").bind(contains_pattern(name)).push(" escape '!'");
        }
        if !filter.with_closed {
            sql.push(" and d.closed_at is null");
        }
        if let Some((name, id)) = ask.key::<(String, DutyRoomId)>()? {
            sql.push(" and (d.name, d.id) > (").bind(name).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by d.name, d.id limit ").bind(ask.fetch());
        let rows = self.with_cameras(self.pools.fetch_all(sql).await?).await?;
        Ok(ask.cut(rows, |row| (row.name.clone(), row.id)))
    }

    /// Every open room, for the platform itself.
    pub async fn open_duty_rooms(&self) -> Result<Vec<DutyRoom>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and d.closed_at is null order by d.id");
        self.with_cameras(self.pools.fetch_all(sql).await?).await
    }

    /// The open room that a camera sees.
    pub async fn duty_room_of_camera(&self, camera: CameraId) -> Result<Option<DutyRoomId>> {
        let sql = Sql::new("select room_id from duty_room_camera where camera_id = $1").with(camera.0);
        self.pools.fetch_opt(sql).await?.map(|row| row.id("room_id")).transpose()
    }

    /// The secret of a room's code, as the caller encrypted it.
    pub async fn duty_room_secret(&self, id: DutyRoomId) -> Result<Vec<u8>> {
        let sql = Sql::new("select sealed_secret from duty_room where id = $1").with(id.0);
        self.pools.fetch_one(sql).await?.bytes("sealed_secret")
    }

    async fn with_cameras(&self, rows: Vec<Row>) -> Result<Vec<DutyRoom>> {
        let mut rooms = rows.iter().map(read_room).collect::<Result<Vec<_>>>()?;
        for chunk in rooms.chunks_mut(crate::units::KEYS) {
            let mut sql = Sql::new("select room_id, camera_id from duty_room_camera where room_id in ");
            sql.list(chunk.iter().map(|room| room.id.0)).push(" order by camera_id");
            for row in self.pools.fetch_all(sql).await? {
                let id: DutyRoomId = row.id("room_id")?;
                if let Some(room) = chunk.iter_mut().find(|room| room.id == id) {
                    room.cameras.push(row.id("camera_id")?);
                }
            }
        }
        Ok(rooms)
    }
}

/// Who sees a room: the offices of where it stands and of where its organisation serves, the units that it serves or stands in, its own
/// organisation.
pub(crate) fn seen_by(sql: &mut Sql, access: &Access) {
    match access.scope {
        Some(Scope::Region(id)) => {
            sql.push(" and (u.region_id in (select descendant_id from region_tree where ancestor_id = ")
                .bind(id.0);
            let number = sql.values.len();
            sql.push(") or d.organisation_id in (select v.organisation_id from contract v join unit_now w on w.unit_id = v.unit_id");
            sql.push(" join region_tree t on t.descendant_id = w.region_id where v.state in ('accepted', 'running') and t.ancestor_id = ");
            sql.place(number).push("))");
        }
        Some(Scope::Unit(id)) => {
            sql.push(" and (d.unit_id = ").bind(id.0);
            let number = sql.values.len();
            sql.push(" or d.organisation_id in (select v.organisation_id from contract v where v.state in ('accepted', 'running') and v.unit_id = ");
            sql.place(number).push("))");
        }
        Some(Scope::Organisation(id)) => {
            sql.push(" and d.organisation_id = ").bind(id.0);
        }
        None if *access == Access::PLATFORM => {}
        None => {
            sql.push(" and 1 = 0");
        }
    }
}

/// Narrows a change of `duty_room` to rooms of organisations that the asker keeps.
fn kept_room(sql: &mut Sql, access: &Access) {
    sql.push(" and organisation_id in (select organisation.id from organisation where 1 = 1");
    kept_by(sql, access);
    sql.push(")");
}

async fn write_cameras(tx: &mut Tx, room: &DutyRoom, cameras: &[CameraId]) -> Result<()> {
    if cameras.len() > ROOM_CAMERAS_MAX {
        return Err(StoreError::Limit(format!(
            "{} cameras in one room, at most {ROOM_CAMERAS_MAX}",
            cameras.len()
        )));
    }
    tx.execute(Sql::new("delete from duty_room_camera where room_id = $1").with(room.id.0)).await?;
    for camera in cameras {
        let sql = Sql::new(
            "insert into duty_room_camera (camera_id, room_id)
             select c.id, cast($1 as text) from camera c
             where c.id = $2 and c.unit_id = $3 and c.removed_at is null and c.place_type in ('duty_room', 'fire_control_room')",
        );
        match tx.execute(sql.with(room.id.0).with(camera.0).with(room.unit_id.0)).await {
            Ok(1) => {}
            Ok(_) => {
                return Err(StoreError::conflict(
                    "a camera of a duty room stands in the same place and is entered as one of a duty room or fire control room",
                ));
            }
            Err(StoreError::Conflict(_)) => {
                return Err(StoreError::conflict("this camera sees another duty room already"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Somebody was faster, or it is not the asker's to change; what is not theirs is not found.
fn stale(before: &DutyRoom, expected: i64) -> StoreError {
    if before.closed_at.is_some() {
        return StoreError::conflict("the duty room is closed");
    }
    if before.version == expected {
        return StoreError::NotFound;
    }
    StoreError::conflict(format!(
        "the duty room is at version {}, not {expected}: somebody was faster",
        before.version
    ))
}

fn read_room(row: &Row) -> Result<DutyRoom> {
    Ok(DutyRoom {
        id: row.id("id")?,
        name: row.text("name")?,
        kind: row.word("kind", RoomKind::parse)?,
        organisation_id: row.id("organisation_id")?,
        organisation_name: row.text("organisation_name")?,
        unit_id: row.id("unit_id")?,
        unit_name: row.text("unit_name")?,
        region_id: row.id("region_id")?,
        quiet_s: row.count("quiet_s")?,
        opened_at: row.time("opened_at")?,
        closed_at: row.time_opt("closed_at")?,
        version: row.int("version")?,
        synthetic: row.flag("synthetic")?,
        cameras: Vec::new(),
        seats: row.count("seats")?,
        on_post: row.count("on_post")?,
    })
}

/// Who wrote something, where it was a person.
fn author(access: &Access) -> Option<uuid::Uuid> {
    access.user_id.map(|UserId(id)| id)
}

/// NotFound where the asker does not see the room.
async fn need_room(store: &Store, access: &Access, id: DutyRoomId) -> Result<()> {
    store.duty_room(access, id).await.map(drop)
}

/// NotFound where the room is not the asker's to keep.
async fn need_kept(tx: &mut Tx, access: &Access, id: DutyRoomId) -> Result<()> {
    let mut sql = Sql::new(
        "select d.id from duty_room d join organisation on organisation.id = d.organisation_id where d.closed_at is null and d.id = $1",
    )
    .with(id.0);
    kept_by(&mut sql, access);
    tx.fetch_opt(sql).await?.map(drop).ok_or(StoreError::NotFound)
}
