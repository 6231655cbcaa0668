//! Who is on post in a room, the minutes in which they did something at its seat, and what they signed there.

use domain::access::Access;
use domain::duty::seat::SeatActKind;
use domain::ids::{DutyRoomId, SeatId, StaffId};
use domain::recording::Span;
use jiff::Timestamp;

use super::need_room;
use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Most rows of one room and question: four people active in every minute of a week.
const ROWS_MAX: i64 = 40_320;

/// A person on post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnPost {
    /// Which room.
    pub room_id: DutyRoomId,
    /// Who.
    pub staff_id: StaffId,
    /// Name.
    pub name: String,
    /// At which seat they signed on.
    pub seat_id: SeatId,
    /// Since when.
    pub since: Timestamp,
    /// Until when; none while they are.
    pub until: Option<Timestamp>,
}

/// Something signed at a seat of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatAct {
    /// Which room.
    pub room_id: DutyRoomId,
    /// At which seat.
    pub seat_id: SeatId,
    /// Who.
    pub staff_id: StaffId,
    /// When the server received it.
    pub at: Timestamp,
    /// What.
    pub kind: SeatActKind,
}

/// A room with somebody on post, and what its timer counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedRoom {
    /// Which.
    pub room_id: DutyRoomId,
    /// Quiet time of its seats, seconds.
    pub quiet_s: u32,
    /// When the last of those on post signed on.
    pub since: Timestamp,
    /// The last minute in which somebody did something at a seat.
    pub last_minute_at: Option<Timestamp>,
}

const TIMED: &str = "select d.id, d.quiet_s, max(p.since) as since,
        (select max(a.minute_at) from seat_activity a where a.room_id = d.id) as last_minute_at
    from on_post p join duty_room d on d.id = p.room_id where p.until is null";

impl Store {
    /// Somebody goes on post. Conflict where they are on post already, in this room or another one.
    pub async fn sign_on(&self, act: &SeatAct) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let held = Sql::new(
            "select d.name, p.room_id from on_post p join duty_room d on d.id = p.room_id where p.until is null and p.staff_id = $1",
        );
        if let Some(row) = tx.fetch_opt(held.with(act.staff_id.0)).await? {
            return Err(StoreError::conflict(if row.id::<DutyRoomId>("room_id")? == act.room_id {
                "already on post here".to_owned()
            } else {
                format!("already on post in another duty room: {}", row.text("name")?)
            }));
        }
        let sql = Sql::new("insert into on_post (room_id, staff_id, seat_id, since) values ($1, $2, $3, $4)");
        tx.execute(sql.with(act.room_id.0).with(act.staff_id.0).with(act.seat_id.0).with(act.at)).await?;
        write_act(&mut tx, act).await?;
        tx.commit().await
    }

    /// Somebody goes off post. Conflict where they are not on post in this room.
    pub async fn sign_off(&self, act: &SeatAct) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let sql =
            Sql::new("update on_post set until = $1 where until is null and room_id = $2 and staff_id = $3");
        if tx.execute(sql.with(act.at).with(act.room_id.0).with(act.staff_id.0)).await? == 0 {
            return Err(StoreError::conflict("not on post here"));
        }
        write_act(&mut tx, act).await?;
        tx.commit().await
    }

    /// Somebody did something at the seat: the minute counts, and a signed act is kept.
    pub async fn note_seat_act(&self, act: &SeatAct) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        write_act(&mut tx, act).await?;
        tx.commit().await
    }

    /// Somebody moved at the seat: the minute counts, and nothing is signed.
    pub async fn note_seat_activity(&self, room: DutyRoomId, staff: StaffId, at: Timestamp) -> Result<()> {
        self.pools.execute(activity(room, staff, at)).await.map(drop)
    }

    /// Who is on post in a room at a moment, by name.
    pub async fn on_post(&self, room: DutyRoomId, at: Timestamp) -> Result<Vec<OnPost>> {
        let sql = Sql::new(
            "select p.*, s.name from on_post p join staff s on s.id = p.staff_id
             where p.room_id = $1 and p.since <= $2 and (p.until is null or p.until > $2) order by s.name, p.seq",
        );
        self.pools.fetch_all(sql.with(room.0).with(at)).await?.iter().map(read_post).collect()
    }

    /// Where somebody is on post now.
    pub async fn post_of(&self, staff: StaffId) -> Result<Option<OnPost>> {
        let sql = Sql::new(
            "select p.*, s.name from on_post p join staff s on s.id = p.staff_id where p.until is null and p.staff_id = $1",
        );
        self.pools.fetch_opt(sql.with(staff.0)).await?.as_ref().map(read_post).transpose()
    }

    /// Who was on post in a room during a stretch, for whoever sees it, the latest first.
    pub async fn posts(&self, access: &Access, room: DutyRoomId, span: Span) -> Result<Vec<OnPost>> {
        need_room(self, access, room).await?;
        let sql = Sql::new(
            "select p.*, s.name from on_post p join staff s on s.id = p.staff_id
             where p.room_id = $1 and p.since < $2 and (p.until is null or p.until > $3) order by p.since desc limit $4",
        );
        let sql = sql.with(room.0).with(span.end).with(span.start).with(ROWS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_post).collect()
    }

    /// The minutes of a stretch in which people did something at a room's seat, and who.
    pub async fn seat_activity(&self, room: DutyRoomId, span: Span) -> Result<Vec<(Timestamp, StaffId)>> {
        let sql = Sql::new(
            "select minute_at, staff_id from seat_activity where room_id = $1 and minute_at >= $2 and minute_at < $3
             order by minute_at, staff_id limit $4",
        );
        let rows =
            self.pools.fetch_all(sql.with(room.0).with(span.start).with(span.end).with(ROWS_MAX)).await?;
        rows.iter().map(|row| Ok((row.time("minute_at")?, row.id("staff_id")?))).collect()
    }

    /// Every room in which somebody is on post, with what its timer counts from.
    pub async fn timed_rooms(&self) -> Result<Vec<TimedRoom>> {
        let mut sql = Sql::new(TIMED);
        sql.push(" group by d.id, d.quiet_s order by d.id");
        self.pools.fetch_all(sql).await?.iter().map(read_timed).collect()
    }

    /// One of them; none where nobody is on post.
    pub async fn timed_room(&self, room: DutyRoomId) -> Result<Option<TimedRoom>> {
        let mut sql = Sql::new(TIMED);
        sql.push(" and d.id = ").bind(room.0).push(" group by d.id, d.quiet_s");
        self.pools.fetch_opt(sql).await?.as_ref().map(read_timed).transpose()
    }

    /// What was signed at a room's seat during a stretch, in order.
    pub async fn seat_acts(&self, room: DutyRoomId, span: Span) -> Result<Vec<SeatAct>> {
        let sql = Sql::new(
            "select * from seat_act where room_id = $1 and at >= $2 and at < $3 order by at, seq limit $4",
        );
        let rows =
            self.pools.fetch_all(sql.with(room.0).with(span.start).with(span.end).with(ROWS_MAX)).await?;
        rows.iter().map(read_act).collect()
    }
}

pub(super) async fn write_act(tx: &mut Tx, act: &SeatAct) -> Result<()> {
    let sql =
        Sql::new("insert into seat_act (room_id, seat_id, staff_id, at, kind) values ($1, $2, $3, $4, $5)")
            .with(act.room_id.0)
            .with(act.seat_id.0)
            .with(act.staff_id.0)
            .with(act.at)
            .with(act.kind.as_str());
    tx.execute(sql).await?;
    tx.execute(activity(act.room_id, act.staff_id, act.at)).await.map(drop)
}

fn activity(room: DutyRoomId, staff: StaffId, at: Timestamp) -> Sql {
    let minute_us = domain::duty::minutes::MINUTE_US;
    let minute =
        Timestamp::from_microsecond(at.as_microsecond().div_euclid(minute_us) * minute_us).unwrap_or(at);
    Sql::new(
        "insert into seat_activity (room_id, minute_at, staff_id) values ($1, $2, $3) on conflict do nothing",
    )
    .with(room.0)
    .with(minute)
    .with(staff.0)
}

fn read_timed(row: &Row) -> Result<TimedRoom> {
    Ok(TimedRoom {
        room_id: row.id("id")?,
        quiet_s: row.count("quiet_s")?,
        since: row.time("since")?,
        last_minute_at: row.time_opt("last_minute_at")?,
    })
}

fn read_post(row: &Row) -> Result<OnPost> {
    Ok(OnPost {
        room_id: row.id("room_id")?,
        staff_id: row.id("staff_id")?,
        name: row.text("name")?,
        seat_id: row.id("seat_id")?,
        since: row.time("since")?,
        until: row.time_opt("until")?,
    })
}

fn read_act(row: &Row) -> Result<SeatAct> {
    Ok(SeatAct {
        room_id: row.id("room_id")?,
        seat_id: row.id("seat_id")?,
        staff_id: row.id("staff_id")?,
        at: row.time("at")?,
        kind: row.word("kind", SeatActKind::parse)?,
    })
}
