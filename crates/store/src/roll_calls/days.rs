//! The days of scheduled roll-calls: the commitment before, what was made and left out, the seed after.

use domain::access::Access;
use domain::duty::roll_call::draw::{Digest, Seed};
use domain::duty::roll_call::schedule::{LeftOutReason, Planned, ScheduleRules};
use domain::ids::DutyRoomId;
use domain::recording::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::bytes_32;
use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// Most moments left out that one statement writes: few, for the same reason as in [`super::ask`].
const TOGETHER_MAX: usize = 100;
/// Days to reveal that one look finds.
const DUE_MAX: i64 = 50;

/// A day to commit to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRollCallDay {
    /// Which.
    pub day: Date,
    /// When the commitment was published.
    pub committed_at: Timestamp,
    /// The digest.
    pub commitment: Digest,
    /// The seed, encrypted.
    pub sealed_seed: Vec<u8>,
    /// How often rooms are asked.
    pub rules: ScheduleRules,
    /// The rooms, ascending.
    pub rooms: Vec<DutyRoomId>,
}

/// A day as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCallDay {
    /// What was committed to.
    pub committed: NewRollCallDay,
    /// The seed and when it was published.
    pub revealed: Option<(Seed, Timestamp)>,
}

/// A planned moment at which a room was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// When and which room.
    pub planned: Planned,
    /// Why.
    pub reason: LeftOutReason,
}

impl Store {
    /// Commits to a day; false where that is done. Never replaces a commitment.
    pub async fn commit_roll_call_day(&self, new: &NewRollCallDay) -> Result<bool> {
        let rooms: Vec<u8> = new.rooms.iter().flat_map(|room| *room.0.as_bytes()).collect();
        let sql = Sql::new(
            "insert into roll_call_day (day, committed_at, commitment, sealed_seed, per_week, extra_per_mille, apart_s, rooms)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (day) do nothing",
        )
        .with(new.day.to_string())
        .with(new.committed_at)
        .with(new.commitment)
        .with(new.sealed_seed.clone())
        .with(u32::from(new.rules.per_week))
        .with(u32::from(new.rules.extra_per_mille))
        .with(new.rules.apart_s)
        .with(rooms);
        Ok(self.pools.execute(sql).await? > 0)
    }

    /// A day; none where nothing was committed to. Public: it names no room that its reader does not know how to find.
    pub async fn roll_call_day(&self, day: Date) -> Result<Option<RollCallDay>> {
        let sql = Sql::new("select * from roll_call_day where day = $1").with(day.to_string());
        self.pools.fetch_opt(sql).await?.map(|row| read_day(&row)).transpose()
    }

    /// Days, the last first.
    pub async fn roll_call_days(&self, ask: &PageAsk) -> Result<Page<RollCallDay>> {
        let mut sql = Sql::new("select * from roll_call_day where 1 = 1");
        if let Some(day) = ask.key::<String>()? {
            sql.push(" and day < ").bind(day);
        }
        sql.push(" order by day desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?.iter().map(read_day).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| row.committed.day.to_string()))
    }

    /// Days before this one whose seed is not published.
    pub async fn roll_call_days_to_reveal(&self, before: Date) -> Result<Vec<RollCallDay>> {
        let sql = Sql::new(
            "select * from roll_call_day where revealed_at is null and day < $1 order by day limit $2",
        )
        .with(before.to_string())
        .with(DUE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_day).collect()
    }

    /// Publishes a seed, once.
    pub async fn reveal_roll_call_day(&self, day: Date, seed: &Seed, at: Timestamp) -> Result<()> {
        let sql =
            "update roll_call_day set seed = $1, revealed_at = $2 where day = $3 and revealed_at is null";
        self.pools.execute(Sql::new(sql).with(*seed).with(at).with(day.to_string())).await.map(drop)
    }

    /// The moments of a stretch at which rooms were asked by the schedule, whenever that was done: what need not be asked any more.
    pub async fn scheduled_moments(&self, span: Span) -> Result<Vec<Planned>> {
        let sql = Sql::new(
            "select room_id, planned_at from duty_roll_call where planned_at is not null and planned_at >= $1 and planned_at < $2
             order by planned_at, room_id",
        )
        .with(span.start)
        .with(span.end);
        self.pools.fetch_all(sql).await?.iter().map(read_planned).collect()
    }

    /// Roll-calls that were made in the name of a day's schedule, in reach, and when each was really asked: what the schedule is held against.
    /// One that names no moment is told by when it was asked.
    pub async fn calls_made_as_scheduled(
        &self,
        access: &Access,
        day: Span,
        asked_until: Timestamp,
    ) -> Result<Vec<Planned>> {
        let mut sql = Sql::new(
            "select k.room_id, k.asked_at as planned_at from duty_roll_call k join roll_call_round n on n.id = k.round_id
             join unit_now u on u.unit_id = k.unit_id where n.origin = 'scheduled' and k.asked_at >= $1 and k.asked_at < $2
                 and coalesce(k.planned_at, k.asked_at) >= $3 and coalesce(k.planned_at, k.asked_at) < $4",
        )
        .with(day.start)
        .with(asked_until)
        .with(day.start)
        .with(day.end);
        sql.narrow(access, Narrow::Current).push(" order by k.asked_at, k.room_id");
        self.pools.fetch_all(sql).await?.iter().map(read_planned).collect()
    }

    /// Writes moments that were left out; those written before stay.
    pub async fn leave_out(&self, day: Date, left: &[LeftOut], now: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        for some in left.chunks(TOGETHER_MAX) {
            let mut sql = Sql::new(
                "insert into roll_call_left_out (day, room_id, planned_at, noted_at, reason) values ",
            );
            for (n, one) in some.iter().enumerate() {
                sql.push(if n == 0 { "(" } else { ", (" });
                sql.bind(day.to_string())
                    .push(", ")
                    .bind(one.planned.room_id.0)
                    .push(", ")
                    .bind(one.planned.at);
                sql.push(", ").bind(now).push(", ").bind(one.reason.as_str()).push(")");
            }
            sql.push(" on conflict (day, planned_at, room_id) do nothing");
            tx.execute(sql).await?;
        }
        tx.commit().await
    }

    /// The moments of a day that were left out, of rooms in reach.
    pub async fn left_out(&self, access: &Access, day: Date) -> Result<Vec<LeftOut>> {
        let mut sql = Sql::new(
            "select l.room_id, l.planned_at, l.reason from roll_call_left_out l join duty_room r on r.id = l.room_id
             join unit_now u on u.unit_id = r.unit_id where l.day = $1",
        )
        .with(day.to_string());
        sql.narrow(access, Narrow::Current).push(" order by l.planned_at, l.room_id");
        let read = |row: &Row| {
            Ok(LeftOut { planned: read_planned(row)?, reason: row.word("reason", LeftOutReason::parse)? })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }
}

fn read_planned(row: &Row) -> Result<Planned> {
    Ok(Planned { at: row.time("planned_at")?, room_id: row.id("room_id")? })
}

fn read_day(row: &Row) -> Result<RollCallDay> {
    let text = row.text("day")?;
    let day: Date = text.parse().map_err(|_| corrupt("day", &text))?;
    let rooms = row.bytes("rooms")?;
    if rooms.len() % 16 != 0 {
        return Err(corrupt("rooms", &format!("{} bytes", rooms.len())));
    }
    let ids = rooms.chunks_exact(16).map(|bytes| Uuid::from_slice(bytes).map(DutyRoomId));
    let ids = ids.collect::<std::result::Result<Vec<_>, _>>();
    let byte = |column| u8::try_from(row.int(column)?).map_err(|_| corrupt(column, "out of range"));
    let extra = row.int("extra_per_mille")?;
    let rules = ScheduleRules {
        per_week: byte("per_week")?,
        extra_per_mille: u16::try_from(extra).map_err(|_| corrupt("extra_per_mille", &extra.to_string()))?,
        apart_s: row.count("apart_s")?,
    };
    let seed = row.bytes_opt("seed")?.map(|bytes| bytes_32("seed", &bytes)).transpose()?;
    Ok(RollCallDay {
        committed: NewRollCallDay {
            day,
            committed_at: row.time("committed_at")?,
            commitment: bytes_32("commitment", &row.bytes("commitment")?)?,
            sealed_seed: row.bytes("sealed_seed")?,
            rules,
            rooms: ids.map_err(|_| StoreError::Corrupt("column rooms holds no ids".to_owned()))?,
        },
        revealed: seed.zip(row.time_opt("revealed_at")?),
    })
}
