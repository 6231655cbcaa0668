//! The closed days of units, and the chain of days.

use std::collections::HashMap;

use domain::access::Access;
use domain::duty::ledger::{DayTotals, ServedBy};
use domain::duty::roll_call::draw::Digest;
use domain::ids::{DutyRoomId, UnitId};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::{INSERT_ROWS, read_day};
use crate::Store;
use crate::engine::Tx;
use crate::error::Result;
use crate::row::{Row, corrupt};
use crate::sessions::hash32;
use crate::sql::{Narrow, Sql};

/// Most days of one unit in one question: a year and what a page shows beside it.
const DAYS_MAX: i64 = 400;
/// Bytes of a room in `served`.
const SERVED_BYTES: usize = 18;

/// A day of a unit to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnitDay {
    /// Which unit.
    pub unit_id: UnitId,
    /// 0: as it was computed; each correction adds one.
    pub edition: u32,
    /// The minutes, `domain::duty::ledger::encoding`.
    pub minutes: Vec<u8>,
    /// Which rooms served it for how many minutes, by id.
    pub served: Vec<ServedBy>,
    /// What it comes to.
    pub totals: DayTotals,
    /// Minutes in which the camera of a serving room showed it.
    pub camera: u16,
    /// The digest before.
    pub previous: Digest,
    /// Its own.
    pub digest: Digest,
}

/// A kept day of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDayRow {
    /// Which day.
    pub day: Date,
    /// What is kept.
    pub kept: NewUnitDay,
    /// When it was written.
    pub written_at: Timestamp,
}

/// Sums over days of units: of one day over units, or of one unit over days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitDaySum {
    /// How many days of units.
    pub days: u64,
    /// Minutes in which duty was required.
    pub required: u64,
    /// Of these, proved.
    pub proven: u64,
    /// Of the proved ones, at the seat alone.
    pub at_seat: u64,
    /// Of the required ones, exempted by plan.
    pub exempt: u64,
    /// Of the required ones, claimed.
    pub claimed: u64,
    /// Of the claimed ones, the opposite was seen.
    pub contradicted: u64,
    /// Minutes in which the camera showed a serving room.
    pub camera: u64,
}

/// A unit's last link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLink {
    /// Which unit.
    pub unit_id: UnitId,
    /// Its digest.
    pub digest: Digest,
}

/// A day that is closed for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerDay {
    /// Which day.
    pub day: Date,
    /// Units whose day was closed.
    pub units: u32,
    /// Rooms whose day was closed.
    pub rooms: u32,
    /// Digest over the day before and all units.
    pub digest: Digest,
    /// When.
    pub closed_at: Timestamp,
}

/// Only the last edition of a day counts.
const LAST: &str = " and not exists (select 1 from unit_day n where n.day = y.day and n.unit_id = y.unit_id and n.edition > y.edition)";

impl Store {
    /// Keeps days of units; those of an edition that is kept already stay as they are.
    pub async fn add_unit_days(&self, day: Date, days: &[NewUnitDay], at: Timestamp) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        insert_unit_days(&mut tx, day, days, at, " on conflict (day, unit_id, edition) do nothing").await?;
        tx.commit().await
    }

    /// The last editions of a unit's days from one day to another, itself too.
    pub async fn unit_days(
        &self,
        access: &Access,
        unit: UnitId,
        from: Date,
        to: Date,
    ) -> Result<Vec<UnitDayRow>> {
        let mut sql = Sql::new(
            "select y.* from unit_day y join unit_now u on u.unit_id = y.unit_id where y.unit_id = $1 and y.day >= $2 and y.day <= $3",
        )
        .with(unit.0)
        .with(from.to_string())
        .with(to.to_string());
        sql.push(LAST).narrow(access, Narrow::Current).push(" order by y.day limit ").bind(DAYS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_unit_day).collect()
    }

    /// Every edition of every unit on a day, by unit and edition, for whoever checks the chain.
    pub async fn unit_days_of(&self, access: &Access, day: Date) -> Result<Vec<UnitDayRow>> {
        let mut sql =
            Sql::new("select y.* from unit_day y join unit_now u on u.unit_id = y.unit_id where y.day = $1")
                .with(day.to_string());
        sql.narrow(access, Narrow::Current).push(" order by y.unit_id, y.edition");
        self.pools.fetch_all(sql).await?.iter().map(read_unit_day).collect()
    }

    /// What a closed day comes to over the units in the asker's reach.
    pub async fn unit_day_sum(&self, access: &Access, day: Date) -> Result<UnitDaySum> {
        let mut sql = Sql::new(SUMS);
        sql.push(" from unit_day y join unit_now u on u.unit_id = y.unit_id where y.day = ")
            .bind(day.to_string());
        sql.push(LAST).narrow(access, Narrow::Counted);
        read_sum(&self.pools.fetch_one(sql).await?)
    }

    /// What the days of each unit come to from one day to another: for the platform itself.
    pub async fn unit_sums(&self, from: Date, to: Date) -> Result<HashMap<UnitId, UnitDaySum>> {
        let mut sql = Sql::new(SUMS);
        sql.push(", y.unit_id from unit_day y where y.day >= ").bind(from.to_string());
        sql.push(" and y.day <= ").bind(to.to_string()).push(LAST).push(" group by y.unit_id");
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter().map(|row| Ok((row.id("unit_id")?, read_sum(row)?))).collect()
    }

    /// The minutes of each unit's last edition on a day: for the platform itself.
    pub async fn unit_minutes(&self, day: Date) -> Result<HashMap<UnitId, Vec<u8>>> {
        let mut sql = Sql::new("select y.unit_id, y.minutes from unit_day y where y.day = ");
        sql.bind(day.to_string()).push(LAST);
        let rows = self.pools.fetch_all(sql).await?;
        rows.iter().map(|row| Ok((row.id("unit_id")?, row.bytes("minutes")?))).collect()
    }

    /// The first links of a day: what the next day's chain goes on from.
    pub async fn day_links(&self, day: Date) -> Result<Vec<DayLink>> {
        let sql =
            Sql::new("select unit_id, digest from unit_day where day = $1 and edition = 0 order by unit_id");
        let rows = self.pools.fetch_all(sql.with(day.to_string())).await?;
        rows.iter()
            .map(|row| Ok(DayLink { unit_id: row.id("unit_id")?, digest: hash32(row, "digest")? }))
            .collect()
    }

    /// The last first link of a unit before a day.
    pub async fn link_before(&self, unit: UnitId, day: Date) -> Result<Option<Digest>> {
        let sql = Sql::new(
            "select digest from unit_day where unit_id = $1 and day < $2 and edition = 0 order by day desc limit 1",
        );
        let row = self.pools.fetch_opt(sql.with(unit.0).with(day.to_string())).await?;
        row.map(|row| hash32(&row, "digest")).transpose()
    }

    /// Notes that a day is closed for everybody.
    pub async fn close_ledger_day(&self, day: &LedgerDay) -> Result<()> {
        let sql = Sql::new("insert into ledger_day (day, units, rooms, digest, closed_at) values ($1, $2, $3, $4, $5) on conflict do nothing")
            .with(day.day.to_string())
            .with(day.units)
            .with(day.rooms)
            .with(day.digest)
            .with(day.closed_at);
        self.pools.execute(sql).await.map(drop)
    }

    /// The days that are closed, the last first. They hold nothing of any unit.
    pub async fn ledger_days(&self, limit: u32) -> Result<Vec<LedgerDay>> {
        let sql = Sql::new("select * from ledger_day order by day desc limit $1").with(limit);
        self.pools.fetch_all(sql).await?.iter().map(read_ledger_day).collect()
    }
}

const SUMS: &str = "select cast(count(*) as bigint) as days, cast(coalesce(sum(y.required), 0) as bigint) as required,
        cast(coalesce(sum(y.proven), 0) as bigint) as proven, cast(coalesce(sum(y.at_seat), 0) as bigint) as at_seat,
        cast(coalesce(sum(y.exempt), 0) as bigint) as exempt, cast(coalesce(sum(y.claimed), 0) as bigint) as claimed,
        cast(coalesce(sum(y.contradicted), 0) as bigint) as contradicted, cast(coalesce(sum(y.camera), 0) as bigint) as camera";

/// Writes days of units; `on_conflict` says what becomes of an edition that is kept already.
pub(super) async fn insert_unit_days(
    tx: &mut Tx,
    day: Date,
    days: &[NewUnitDay],
    at: Timestamp,
    on_conflict: &'static str,
) -> Result<()> {
    for chunk in days.chunks(INSERT_ROWS) {
        let mut sql = Sql::new(
            "insert into unit_day (day, unit_id, edition, minutes, served, required, proven, at_seat, exempt, claimed, contradicted, camera,
                 previous, digest, written_at) values ",
        );
        for (index, one) in chunk.iter().enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" }).bind(day.to_string());
            bind_unit_day(&mut sql, one);
            sql.push(", ").bind(at).push(")");
        }
        sql.push(on_conflict);
        tx.execute(sql).await?;
    }
    Ok(())
}

fn bind_unit_day(sql: &mut Sql, one: &NewUnitDay) {
    let totals = one.totals;
    sql.push(", ").bind(one.unit_id.0).push(", ").bind(one.edition).push(", ").bind(one.minutes.clone());
    sql.push(", ").bind(served_bytes(&one.served));
    let counts = [
        totals.required,
        totals.proven,
        totals.at_seat,
        totals.exempt,
        totals.claimed,
        totals.contradicted,
        one.camera,
    ];
    for count in counts {
        sql.push(", ").bind(i64::from(count));
    }
    sql.push(", ").bind(one.previous).push(", ").bind(one.digest);
}

fn served_bytes(served: &[ServedBy]) -> Vec<u8> {
    let of = |one: &ServedBy| {
        one.room_id.0.into_bytes().into_iter().chain(one.minutes.to_be_bytes()).collect::<Vec<_>>()
    };
    served.iter().flat_map(of).collect()
}

fn read_served(bytes: &[u8]) -> Result<Vec<ServedBy>> {
    let read = |one: &[u8]| {
        let (id, minutes) = one.split_at_checked(16)?;
        let room_id = DutyRoomId(Uuid::from_slice(id).ok()?);
        Some(ServedBy { room_id, minutes: u16::from_be_bytes(minutes.try_into().ok()?) })
    };
    let all = bytes.chunks(SERVED_BYTES).map(|one| read(one).ok_or_else(|| corrupt("served", "no room")));
    all.collect()
}

fn read_unit_day(row: &Row) -> Result<UnitDayRow> {
    let minutes = |column| row.count(column).map(|count| count as u16);
    Ok(UnitDayRow {
        day: read_day(row, "day")?,
        kept: NewUnitDay {
            unit_id: row.id("unit_id")?,
            edition: row.count("edition")?,
            minutes: row.bytes("minutes")?,
            served: read_served(&row.bytes("served")?)?,
            totals: DayTotals {
                required: minutes("required")?,
                proven: minutes("proven")?,
                at_seat: minutes("at_seat")?,
                exempt: minutes("exempt")?,
                claimed: minutes("claimed")?,
                contradicted: minutes("contradicted")?,
            },
            camera: minutes("camera")?,
            previous: hash32(row, "previous")?,
            digest: hash32(row, "digest")?,
        },
        written_at: row.time("written_at")?,
    })
}

fn read_sum(row: &Row) -> Result<UnitDaySum> {
    let count = |column| row.int(column).map(i64::unsigned_abs);
    Ok(UnitDaySum {
        days: count("days")?,
        required: count("required")?,
        proven: count("proven")?,
        at_seat: count("at_seat")?,
        exempt: count("exempt")?,
        claimed: count("claimed")?,
        contradicted: count("contradicted")?,
        camera: count("camera")?,
    })
}

fn read_ledger_day(row: &Row) -> Result<LedgerDay> {
    Ok(LedgerDay {
        day: read_day(row, "day")?,
        units: row.count("units")?,
        rooms: row.count("rooms")?,
        digest: hash32(row, "digest")?,
        closed_at: row.time("closed_at")?,
    })
}
