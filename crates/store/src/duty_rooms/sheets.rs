//! Sheets that are signed at a seat: the handover between two shifts, and the record of two hours. What the system filled in is kept as it
//! was at the first signature.

use domain::access::Access;
use domain::duty::seat::handover::{HandoverSide, Signature};
use domain::ids::{DutyRoomId, StaffId};
use domain::recording::Span;
use jiff::Timestamp;

use super::post::write_act;
use super::{SeatAct, need_room};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::row::Row;
use crate::sql::Sql;

/// Most sheets of one question: a year of records.
const SHEETS_MAX: i64 = 4_400;

/// A handover as signed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRow {
    /// Which room.
    pub room_id: DutyRoomId,
    /// When the shifts change.
    pub due_at: Timestamp,
    /// What the system filled in, JSON.
    pub sheet: String,
    /// What the people wrote.
    pub remark: Option<String>,
    /// Who leaves, with name.
    pub given: Option<(Signature, String)>,
    /// Who comes, with name.
    pub taken: Option<(Signature, String)>,
}

/// The record of two hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRecord {
    /// Which room.
    pub room_id: DutyRoomId,
    /// The beginning of the two hours.
    pub slot_at: Timestamp,
    /// When it was signed.
    pub recorded_at: Timestamp,
    /// By whom.
    pub staff_id: StaffId,
    /// Name.
    pub name: String,
    /// What the system measured, JSON.
    pub sheet: String,
    /// What the person wrote.
    pub remark: Option<String>,
}

impl Store {
    /// One side signs. Conflict where that side has signed.
    pub async fn sign_handover(
        &self,
        act: &SeatAct,
        (due_at, side): (Timestamp, HandoverSide),
        (sheet, remark): (&str, Option<&str>),
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "insert into handover (room_id, due_at, sheet) values ($1, $2, $3) on conflict do nothing",
        );
        tx.execute(sql.with(act.room_id.0).with(due_at).with(sheet)).await?;
        let sql = match side {
            HandoverSide::Leaves => Sql::new(
                "update handover set given_by = $1, given_at = $2, remark = coalesce($3, remark) where given_at is null and room_id = $4 and due_at = $5",
            ),
            HandoverSide::Comes => Sql::new(
                "update handover set taken_by = $1, taken_at = $2, remark = coalesce($3, remark) where taken_at is null and room_id = $4 and due_at = $5",
            ),
        };
        let sql = sql.with(act.staff_id.0).with(act.at).with(remark).with(act.room_id.0).with(due_at);
        if tx.execute(sql).await? == 0 {
            return Err(StoreError::conflict("this side has signed already"));
        }
        write_act(&mut tx, act).await?;
        tx.commit().await
    }

    /// The handovers of a room that were due during a stretch, the latest first.
    pub async fn handovers(&self, access: &Access, room: DutyRoomId, span: Span) -> Result<Vec<HandoverRow>> {
        need_room(self, access, room).await?;
        let sql = Sql::new(
            "select h.*, g.name as given_name, t.name as taken_name from handover h left join staff g on g.id = h.given_by
             left join staff t on t.id = h.taken_by where h.room_id = $1 and h.due_at >= $2 and h.due_at < $3
             order by h.due_at desc limit $4",
        );
        let sql = sql.with(room.0).with(span.start).with(span.end).with(SHEETS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_handover).collect()
    }

    /// Keeps the record of two hours. Conflict where there is one.
    pub async fn add_duty_record(
        &self,
        act: &SeatAct,
        slot_at: Timestamp,
        (sheet, remark): (&str, Option<&str>),
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "insert into duty_record (room_id, slot_at, recorded_at, staff_id, sheet, remark) values ($1, $2, $3, $4, $5, $6)
             on conflict do nothing",
        )
        .with(act.room_id.0)
        .with(slot_at)
        .with(act.at)
        .with(act.staff_id.0)
        .with(sheet)
        .with(remark);
        if tx.execute(sql).await? == 0 {
            return Err(StoreError::conflict("this record has been written already"));
        }
        write_act(&mut tx, act).await?;
        tx.commit().await
    }

    /// The records of a room whose two hours begin during a stretch, in order.
    pub async fn duty_records(
        &self,
        access: &Access,
        room: DutyRoomId,
        span: Span,
    ) -> Result<Vec<DutyRecord>> {
        need_room(self, access, room).await?;
        let sql = Sql::new(
            "select r.*, s.name from duty_record r join staff s on s.id = r.staff_id
             where r.room_id = $1 and r.slot_at >= $2 and r.slot_at < $3 order by r.slot_at limit $4",
        );
        let sql = sql.with(room.0).with(span.start).with(span.end).with(SHEETS_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_record).collect()
    }
}

fn read_handover(row: &Row) -> Result<HandoverRow> {
    let signed = |by: &str, at: &str, name: &str| -> Result<Option<(Signature, String)>> {
        let guard = row.id_opt::<StaffId>(by)?.zip(row.time_opt(at)?);
        Ok(guard.map(|(guard_id, at)| Signature { guard_id, at }).zip(row.text_opt(name)?))
    };
    Ok(HandoverRow {
        room_id: row.id("room_id")?,
        due_at: row.time("due_at")?,
        sheet: row.text("sheet")?,
        remark: row.text_opt("remark")?,
        given: signed("given_by", "given_at", "given_name")?,
        taken: signed("taken_by", "taken_at", "taken_name")?,
    })
}

fn read_record(row: &Row) -> Result<DutyRecord> {
    Ok(DutyRecord {
        room_id: row.id("room_id")?,
        slot_at: row.time("slot_at")?,
        recorded_at: row.time("recorded_at")?,
        staff_id: row.id("staff_id")?,
        name: row.text("name")?,
        sheet: row.text("sheet")?,
        remark: row.text_opt("remark")?,
    })
}
