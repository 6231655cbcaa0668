//! Rows of others that the ledger is computed from, for many rooms and units at once.

use domain::access::Access;
use domain::duty::roll_call::code::CodeVerdict;
use domain::ids::{DutyRoomId, OrganisationId, RegionId, StaffId, UnitId};
use domain::recording::Span;
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// A stretch in which a contract was in force that both sides had accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldContract {
    /// Whose duty is done.
    pub unit_id: UnitId,
    /// By whom.
    pub organisation_id: OrganisationId,
    /// From when until when.
    pub span: Span,
}

/// Somebody signed something at a room's seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SightingRow {
    /// Who.
    pub staff_id: StaffId,
    /// Where.
    pub room_id: DutyRoomId,
    /// When.
    pub at: Timestamp,
    /// At which unit or site the room stands.
    pub unit_id: UnitId,
    /// In which region that lies.
    pub region_id: RegionId,
    /// In which city; none for a place of the province.
    pub city_id: Option<RegionId>,
}

/// An answered roll-call of a duty room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuardAnswer {
    /// Who answered.
    pub staff_id: StaffId,
    /// In which room.
    pub room_id: DutyRoomId,
    /// When.
    pub at: Timestamp,
    /// Milliseconds after the question.
    pub after_ms: u32,
    /// What the room's camera saw of the code; none where it saw no card.
    pub verdict: Option<CodeVerdict>,
    /// Whether a camera of the room ran: then there are pictures.
    pub is_filmed: bool,
}

/// Most sightings of one look: six an hour of the people of a province's rooms.
const SIGHTINGS_MAX: i64 = 200_000;
/// Most answers of one look: twenty rooms' roll-calls an hour for four weeks, or a province's at four a day.
const ANSWERS_MAX: i64 = 200_000;

impl Store {
    /// Where people signed something in a stretch, by person and time: for the platform itself, which looks whether one was in two places.
    pub async fn sightings(&self, span: Span) -> Result<Vec<SightingRow>> {
        let sql = Sql::new(
            "select a.staff_id, a.room_id, a.at, u.unit_id, u.region_id, r.city_id from seat_act a join duty_room d on d.id = a.room_id
             join unit_now u on u.unit_id = d.unit_id join region r on r.id = u.region_id
             where a.at >= $1 and a.at < $2 order by a.staff_id, a.at limit $3",
        );
        let rows = self.pools.fetch_all(sql.with(span.start).with(span.end).with(SIGHTINGS_MAX)).await?;
        rows.iter()
            .map(|row| {
                Ok(SightingRow {
                    staff_id: row.id("staff_id")?,
                    room_id: row.id("room_id")?,
                    at: row.time("at")?,
                    unit_id: row.id("unit_id")?,
                    region_id: row.id("region_id")?,
                    city_id: row.id_opt("city_id")?,
                })
            })
            .collect()
    }

    /// Roll-calls asked in a stretch that were answered, by time: for the platform itself, which looks who answers.
    pub async fn guard_answers(&self, span: Span) -> Result<Vec<GuardAnswer>> {
        let sql = Sql::new(
            "select k.staff_id, k.room_id, k.answered_at, k.answered_after_ms, k.code_verdict,
                 (select cast(count(*) as bigint) from roll_call_frame f where f.roll_call_id = k.id) as frames
             from duty_roll_call k where k.asked_at >= $1 and k.asked_at < $2 and k.staff_id is not null and k.answered_at is not null
             order by k.answered_at desc, k.id desc limit $3",
        );
        let rows = self.pools.fetch_all(sql.with(span.start).with(span.end).with(ANSWERS_MAX)).await?;
        let read = |row: &Row| {
            Ok(GuardAnswer {
                staff_id: row.id("staff_id")?,
                room_id: row.id("room_id")?,
                at: row.time("answered_at")?,
                after_ms: row.count("answered_after_ms")?,
                verdict: row.word_opt("code_verdict", CodeVerdict::parse)?,
                is_filmed: row.count("frames")? > 0,
            })
        };
        rows.iter().rev().map(read).collect()
    }

    /// The contracts that were in force at some time of a stretch, by unit: of one unit, or of all in the asker's reach.
    pub async fn held_contracts(
        &self,
        access: &Access,
        unit: Option<UnitId>,
        span: Span,
    ) -> Result<Vec<HeldContract>> {
        let mut sql = Sql::new(
            "select c.unit_id, c.organisation_id, c.starts_at, c.ends_at, c.accepted_at, c.over_at
             from contract c join unit_now u on u.unit_id = c.unit_id
             where c.state in ('running', 'ended', 'terminated', 'replaced') and c.accepted_at is not null and c.starts_at < $1 and c.ends_at > $2
                 and (c.over_at is null or c.over_at > $3)",
        )
        .with(span.end)
        .with(span.start)
        .with(span.start);
        sql.filter(" and c.unit_id = ", unit.map(|id| id.0));
        sql.narrow(access, Narrow::Current).push(" order by c.unit_id, c.starts_at, c.id");
        let rows = self.pools.fetch_all(sql).await?;
        let all = rows.iter().map(read_held).collect::<Result<Vec<_>>>()?;
        Ok(all.into_iter().filter(|one| !one.span.is_empty()).collect())
    }

    /// Units whose duty the ledger is kept of on a day that begins at `begin`: a contract of theirs has been in force since before its end, and
    /// they are still in the register.
    pub async fn ledger_units(&self, end: Timestamp) -> Result<Vec<UnitId>> {
        let sql = Sql::new(
            "select distinct c.unit_id from contract c join unit_now u on u.unit_id = c.unit_id
             where c.state in ('running', 'ended', 'terminated', 'replaced') and c.accepted_at is not null and c.starts_at < $1
                 and (c.over_at is null or c.over_at > c.starts_at)
             order by c.unit_id",
        );
        self.pools.fetch_all(sql.with(end)).await?.iter().map(|row| row.id("unit_id")).collect()
    }

    /// When somebody signed to have taken a room's duty over, during a stretch: the moment at which the shifts changed.
    pub async fn taken_handovers(&self, span: Span) -> Result<Vec<(DutyRoomId, Timestamp)>> {
        let sql = Sql::new(
            "select room_id, due_at from handover where taken_at is not null and due_at >= $1 and due_at < $2 order by room_id, due_at",
        );
        let rows = self.pools.fetch_all(sql.with(span.start).with(span.end)).await?;
        rows.iter().map(|row| Ok((row.id("room_id")?, row.time("due_at")?))).collect()
    }
}

fn read_held(row: &Row) -> Result<HeldContract> {
    let start = row.time("starts_at")?.max(row.time("accepted_at")?);
    let end = row.time("ends_at")?;
    let end = row.time_opt("over_at")?.map_or(end, |over| over.min(end));
    Ok(HeldContract {
        unit_id: row.id("unit_id")?,
        organisation_id: row.id("organisation_id")?,
        span: Span::new(start, end),
    })
}
