//! Asking: which rooms there are to ask, and a round written down with all its calls in one transaction.

use domain::access::Access;
use domain::duty::roll_call::{Exemption, RollCallOrigin, RollCallState};
use domain::ids::{
    CameraId, DutyRollCallId, DutyRoomId, OrganisationId, RegionId, RollCallRoundId, UnitId, UserId,
};
use domain::recording::Span;
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Most rooms named in one statement, and most calls of one insert. Each binds nine values, and SQLite looks for every name of a value among all
/// before it: two thousand together took seven times as long as PostgreSQL does (`roll_call_storm`).
const TOGETHER_MAX: usize = 100;

/// Which rooms to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomChoice<'a> {
    /// These.
    Rooms(&'a [DutyRoomId]),
    /// Every open one in reach, of a region or an organisation where one is named.
    Reach {
        /// Below this region.
        region_id: Option<RegionId>,
        /// Of this organisation.
        organisation_id: Option<OrganisationId>,
    },
}

/// A room that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomToAsk {
    /// Which.
    pub id: DutyRoomId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub unit_id: UnitId,
    /// True for a room that is closed.
    pub is_closed: bool,
}

/// A round to write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRound {
    /// Own id.
    pub id: RollCallRoundId,
    /// Why.
    pub origin: RollCallOrigin,
    /// When.
    pub asked_at: Timestamp,
    /// Until when an answer is in time.
    pub deadline_at: Timestamp,
    /// Minutes to answer.
    pub minutes: u8,
    /// Who; none: the platform.
    pub asked_by: Option<UserId>,
    /// In their words.
    pub reason: Option<String>,
    /// How many rooms there were to choose from.
    pub of_rooms: u32,
    /// Seed of the lot, where rooms are drawn.
    pub sample_seed: Option<[u8; 32]>,
}

/// A call of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDutyCall {
    /// Own id.
    pub id: DutyRollCallId,
    /// Which room.
    pub room_id: DutyRoomId,
    /// Where it stands.
    pub unit_id: UnitId,
    /// Waiting, or exempt.
    pub state: RollCallState,
    /// The drawn moment.
    pub planned_at: Option<Timestamp>,
    /// The one before.
    pub previous_id: Option<DutyRollCallId>,
}

impl Store {
    /// Rooms to choose from, by id. Of named ones those out of reach are not found and closed ones say so; of the reach only open ones.
    pub async fn rooms_to_ask(&self, access: &Access, choice: RoomChoice<'_>) -> Result<Vec<RoomToAsk>> {
        match choice {
            RoomChoice::Rooms(ids) => {
                let mut rooms = Vec::with_capacity(ids.len());
                for some in ids.chunks(TOGETHER_MAX) {
                    let mut sql = room_rows();
                    sql.push(" and r.id in ").list(some.iter().map(|id| id.0));
                    sql.narrow(access, Narrow::Current).push(" order by r.id");
                    let found = self.pools.fetch_all(sql).await?;
                    rooms.extend(found.iter().map(read_room).collect::<Result<Vec<_>>>()?);
                }
                Ok(rooms)
            }
            RoomChoice::Reach { region_id, organisation_id } => {
                let mut sql = room_rows();
                sql.push(" and r.closed_at is null");
                sql.filter(" and r.organisation_id = ", organisation_id.map(|id| id.0));
                if let Some(region) = region_id {
                    sql.push(" and exists (select 1 from region_tree f where f.descendant_id = u.region_id and f.ancestor_id = ");
                    sql.bind(region.0).push(")");
                }
                sql.narrow(access, Narrow::Current).push(" order by r.id");
                self.pools.fetch_all(sql).await?.iter().map(read_room).collect()
            }
        }
    }

    /// The cameras of rooms that were asked.
    pub async fn cameras_of_rooms(&self, rooms: &[DutyRoomId]) -> Result<Vec<(DutyRoomId, CameraId)>> {
        let mut cameras = Vec::new();
        for some in rooms.chunks(TOGETHER_MAX) {
            let mut sql = Sql::new("select room_id, camera_id from duty_room_camera where room_id in ");
            sql.list(some.iter().map(|id| id.0)).push(" order by room_id, camera_id");
            for row in self.pools.fetch_all(sql).await? {
                cameras.push((row.id("room_id")?, row.id("camera_id")?));
            }
        }
        Ok(cameras)
    }

    /// Approved exemptions that hold at a moment, of every room: few.
    pub async fn exemptions_in_force(&self, at: Timestamp) -> Result<Vec<Exemption>> {
        let sql = Sql::new(
            "select room_id, starts_at, ends_at, decided_at from roll_call_exemption
             where state = 'approved' and ends_at > $1 and starts_at <= $2",
        )
        .with(at)
        .with(at);
        self.pools.fetch_all(sql).await?.iter().map(read_exemption).collect()
    }

    /// The approved exemptions of rooms that touch a stretch, as the rules see them.
    pub async fn exemptions_of_rooms(&self, rooms: &[DutyRoomId], span: Span) -> Result<Vec<Exemption>> {
        let mut found = Vec::new();
        for chunk in rooms.chunks(crate::units::KEYS) {
            let mut sql = Sql::new(
                "select room_id, starts_at, ends_at, decided_at from roll_call_exemption
                 where state = 'approved' and ends_at > $1 and starts_at < $2 and room_id in ",
            )
            .with(span.start)
            .with(span.end);
            sql.list(chunk.iter().map(|room| room.0)).push(" order by room_id, starts_at, id");
            for row in self.pools.fetch_all(sql).await? {
                found.push(read_exemption(&row)?);
            }
        }
        Ok(found)
    }

    /// Writes a round and all its calls, or nothing. The rooms were found with the asker's reach before.
    pub async fn ask_rooms(&self, round: &NewRound, calls: &[NewDutyCall]) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "insert into roll_call_round (id, origin, asked_at, deadline_at, minutes, asked_by, reason, of_rooms, sample_seed)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .with(round.id.0)
        .with(round.origin.as_str())
        .with(round.asked_at)
        .with(round.deadline_at)
        .with(u32::from(round.minutes))
        .with(round.asked_by.map(|id| id.0))
        .with(round.reason.as_deref())
        .with(round.of_rooms)
        .with(round.sample_seed.map(|seed| seed.to_vec()));
        tx.execute(sql).await?;
        for some in calls.chunks(TOGETHER_MAX) {
            let mut sql = Sql::new(
                "insert into duty_roll_call (id, round_id, room_id, unit_id, asked_at, deadline_at, state, planned_at, previous_id) values ",
            );
            for (n, call) in some.iter().enumerate() {
                sql.push(if n == 0 { "(" } else { ", (" });
                sql.bind(call.id.0).push(", ").bind(round.id.0).push(", ").bind(call.room_id.0);
                sql.push(", ").bind(call.unit_id.0).push(", ").bind(round.asked_at);
                sql.push(", ").bind(round.deadline_at).push(", ").bind(call.state.as_str());
                sql.push(", ").bind(call.planned_at).push(", ").bind(call.previous_id.map(|id| id.0));
                sql.push(")");
            }
            tx.execute(sql).await?;
        }
        for previous in calls.iter().filter(|call| call.previous_id.is_some()) {
            super::stop_asking(&mut tx, previous.room_id).await?;
        }
        tx.commit().await
    }
}

fn room_rows() -> Sql {
    Sql::new(
        "select r.id, r.name, r.unit_id, r.closed_at from duty_room r join unit_now u on u.unit_id = r.unit_id where 1 = 1",
    )
}

fn read_room(row: &Row) -> Result<RoomToAsk> {
    Ok(RoomToAsk {
        id: row.id("id")?,
        name: row.text("name")?,
        unit_id: row.id("unit_id")?,
        is_closed: row.time_opt("closed_at")?.is_some(),
    })
}

fn read_exemption(row: &Row) -> Result<Exemption> {
    Ok(Exemption {
        room_id: row.id("room_id")?,
        span: Span::new(row.time("starts_at")?, row.time("ends_at")?),
        approved_at: row.time("decided_at")?,
    })
}
