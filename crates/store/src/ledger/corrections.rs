//! Corrections of closed days of rooms: beside what was computed, never over it.

use domain::access::Access;
use domain::ids::{DutyRoomId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::read_day;
use super::unit_days::{NewUnitDay, insert_unit_days};
use crate::Store;
use crate::duty_rooms::seen_by;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Most corrections of one question.
const ROWS_MAX: i64 = 1000;

/// A correction to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection {
    /// Which day.
    pub day: Date,
    /// Which room.
    pub room_id: DutyRoomId,
    /// The first minute.
    pub from: u16,
    /// How many.
    pub minutes: u16,
    /// What they are worth now, a word of the domain.
    pub to: &'static str,
    /// What they were worth before, JSON.
    pub old: String,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A kept correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRow {
    /// Order of writing.
    pub seq: i64,
    /// Which day.
    pub day: Date,
    /// Which room.
    pub room_id: DutyRoomId,
    /// The first minute.
    pub from: u16,
    /// How many.
    pub minutes: u16,
    /// What they are worth since.
    pub to: String,
    /// What they were worth before, JSON.
    pub old: String,
    /// Who, by id and name.
    pub by: (UserId, String),
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Keeps a correction and the editions of units' days that it makes, all or nothing, if as many corrections lie on that day as the corrector
    /// had read. Conflict where somebody was faster, be it in another room that served one of these units.
    pub async fn add_correction(
        &self,
        access: &Access,
        new: &NewCorrection,
        known: usize,
        editions: &[NewUnitDay],
    ) -> Result<()> {
        self.duty_room(access, new.room_id).await?;
        let mut tx = self.pools.begin().await?;
        tx.lock(crate::engine::Lock::Rosters).await?;
        let sql = Sql::new(
            "select cast(count(*) as bigint) as n from ledger_correction where room_id = $1 and day = $2",
        );
        let row = tx.fetch_opt(sql.with(new.room_id.0).with(new.day.to_string())).await?;
        if row.map_or(Ok(0), |row| row.count("n"))? as usize != known {
            return Err(StoreError::conflict("this day was corrected meanwhile; look again"));
        }
        let sql = Sql::new(
            "insert into ledger_correction (day, room_id, from_minute, minutes, to_state, old, by_id, at, reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .with(new.day.to_string())
        .with(new.room_id.0)
        .with(i64::from(new.from))
        .with(i64::from(new.minutes))
        .with(new.to)
        .with(&new.old)
        .with(new.by.0)
        .with(new.at)
        .with(&new.reason);
        tx.execute(sql).await?;
        insert_unit_days(&mut tx, new.day, editions, new.at, "").await.map_err(|error| match error {
            StoreError::Conflict(_) => {
                StoreError::conflict("a unit of this room was corrected meanwhile; look again")
            }
            other => other,
        })?;
        tx.commit().await
    }

    /// The corrections of days of rooms that the asker sees, in the order in which they were made.
    pub async fn corrections(
        &self,
        access: &Access,
        room: Option<DutyRoomId>,
        from: Date,
        to: Date,
    ) -> Result<Vec<CorrectionRow>> {
        let mut sql = Sql::new(
            "select k.*, p.display_name as by_name from ledger_correction k join duty_room d on d.id = k.room_id
             join unit_now u on u.unit_id = d.unit_id join account p on p.id = k.by_id where k.day >= $1 and k.day <= $2",
        )
        .with(from.to_string())
        .with(to.to_string());
        sql.filter(" and k.room_id = ", room.map(|id| id.0));
        seen_by(&mut sql, access);
        sql.push(" order by k.seq limit ").bind(ROWS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_correction).collect()
    }
}

fn read_correction(row: &Row) -> Result<CorrectionRow> {
    Ok(CorrectionRow {
        seq: row.int("seq")?,
        day: read_day(row, "day")?,
        room_id: row.id("room_id")?,
        from: row.count("from_minute")? as u16,
        minutes: row.count("minutes")? as u16,
        to: row.text("to_state")?,
        old: row.text("old")?,
        by: (row.id("by_id")?, row.text("by_name")?),
        at: row.time("at")?,
        reason: row.text("reason")?,
    })
}
