//! The days of duty rooms.

use domain::access::Access;
use domain::duty::roster::RoomKind;
use domain::ids::{DutyRoomId, OrganisationId, UnitId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{INSERT_ROWS, read_day};
use crate::Store;
use crate::duty_rooms::seen_by;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// Most rows of one question: the rooms of a province on one day, or one room's year.
const ROWS_MAX: i64 = 4000;

/// What a room's day is worth as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRoomDay {
    /// Which room.
    pub room_id: DutyRoomId,
    /// People that were required.
    pub people: u8,
    /// The minutes, `domain::duty::ledger::encoding`.
    pub minutes: Vec<u8>,
    /// Minutes in which the camera showed the room.
    pub camera: u16,
    /// Minutes without the camera in a row at the end.
    pub unseen_after: u16,
}

/// A kept day of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomDayRow {
    /// Which day.
    pub day: Date,
    /// What it is worth.
    pub kept: NewRoomDay,
    /// Name of the room.
    pub room_name: String,
    /// What kind of room.
    pub kind: RoomKind,
    /// Where it stands.
    pub unit_id: UnitId,
    /// Whose people sit there.
    pub organisation_id: OrganisationId,
    /// Name of that organisation.
    pub organisation_name: String,
    /// When it was computed last.
    pub computed_at: Timestamp,
    /// When it was closed; none while it may change.
    pub closed_at: Option<Timestamp>,
}

/// Which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomDayFilter {
    /// The first day.
    pub from: Date,
    /// The last day, itself too.
    pub to: Date,
    /// Of this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Of this room.
    pub room_id: Option<DutyRoomId>,
}

impl Store {
    /// The days of rooms that the asker sees, by organisation, room and day.
    pub async fn room_days(&self, access: &Access, filter: &RoomDayFilter) -> Result<Vec<RoomDayRow>> {
        let mut sql = Sql::new(
            "select y.*, d.name as room_name, d.kind, d.unit_id, d.organisation_id, o.name as organisation_name
             from room_day y join duty_room d on d.id = y.room_id join organisation o on o.id = d.organisation_id
             join unit_now u on u.unit_id = d.unit_id where y.day >= $1 and y.day <= $2",
        )
        .with(filter.from.to_string())
        .with(filter.to.to_string());
        sql.filter(" and d.organisation_id = ", filter.organisation_id.map(|id| id.0));
        sql.filter(" and y.room_id = ", filter.room_id.map(|id| id.0));
        seen_by(&mut sql, access);
        sql.push(" order by o.name, d.organisation_id, d.name, y.room_id, y.day limit ").bind(ROWS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_room_day).collect()
    }

    /// Writes what rooms' days are worth; those that are closed stay.
    pub async fn put_room_days(&self, day: Date, days: &[NewRoomDay], at: Timestamp) -> Result<()> {
        if days.is_empty() {
            return Ok(());
        }
        let mut tx = self.pools.begin().await?;
        for chunk in days.chunks(INSERT_ROWS) {
            let mut sql = Sql::new(
                "insert into room_day (day, room_id, people, minutes, camera, unseen_after, computed_at) values ",
            );
            for (index, one) in chunk.iter().enumerate() {
                sql.push(if index == 0 { "(" } else { ", (" }).bind(day.to_string());
                sql.push(", ").bind(one.room_id.0).push(", ").bind(i64::from(one.people));
                sql.push(", ").bind(one.minutes.clone()).push(", ").bind(i64::from(one.camera));
                sql.push(", ").bind(i64::from(one.unseen_after)).push(", ").bind(at).push(")");
            }
            sql.push(
                " on conflict (day, room_id) do update set people = excluded.people, minutes = excluded.minutes, camera = excluded.camera,
                     unseen_after = excluded.unseen_after, computed_at = excluded.computed_at where room_day.closed_at is null",
            );
            tx.execute(sql).await?;
        }
        tx.commit().await
    }

    /// Closes the days of all rooms of a day.
    pub async fn close_room_days(&self, day: Date, at: Timestamp) -> Result<u64> {
        let sql = Sql::new("update room_day set closed_at = $1 where closed_at is null and day = $2");
        self.pools.execute(sql.with(at).with(day.to_string())).await
    }
}

fn read_room_day(row: &Row) -> Result<RoomDayRow> {
    Ok(RoomDayRow {
        day: read_day(row, "day")?,
        kept: NewRoomDay {
            room_id: row.id("room_id")?,
            people: row.count("people")? as u8,
            minutes: row.bytes("minutes")?,
            camera: row.count("camera")? as u16,
            unseen_after: row.count("unseen_after")?.min(u32::from(u16::MAX)) as u16,
        },
        room_name: row.text("room_name")?,
        kind: row.word("kind", RoomKind::parse)?,
        unit_id: row.id("unit_id")?,
        organisation_id: row.id("organisation_id")?,
        organisation_name: row.text("organisation_name")?,
        computed_at: row.time("computed_at")?,
        closed_at: row.time_opt("closed_at")?,
    })
}
