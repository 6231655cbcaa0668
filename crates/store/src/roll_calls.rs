//! Roll-calls of duty rooms as kept: rounds of asking, one call a room, what became of each, its pictures, the days' commitments and planned
//! exemptions. What may follow what is the domain's word; here of two who move a call at once only one does.
//!
//! A transmission device's roll-calls are others, see `facilities`.

mod ask;
mod clock;
mod days;
mod exemptions;
mod frames;

use domain::access::Access;
use domain::duty::roll_call::code::CodeVerdict;
use domain::duty::roll_call::{RollCall as Call, RollCallOrigin, RollCallState};
use domain::ids::{
    AlarmId, DutyRollCallId, DutyRoomId, OrganisationId, RegionId, RollCallRoundId, SeatId, StaffId, UnitId,
    UserId,
};
use domain::recording::Span;
use jiff::Timestamp;

pub use ask::{NewDutyCall, NewRound, RoomChoice, RoomToAsk};
pub use clock::{AgainDue, FailedCall, HeldUp};
pub use days::{LeftOut, NewRollCallDay, RollCallDay};
pub use exemptions::{ExemptionChange, ExemptionFilter, ExemptionRow, NewExemption};
pub use frames::{FrameKind, NewFrame, RollCallFrame};

use crate::Store;
use crate::engine::Tx;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Most calls of a hundred rooms read at once: each asked every ten minutes for two days.
const OF_ROOMS_MAX: i64 = 30_000;
/// Most waiting calls shown at one seat.
const AT_SEAT_MAX: i64 = 20;

/// One room's roll-call with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyCallRow {
    /// Own id.
    pub id: DutyRollCallId,
    /// Asked together with.
    pub round_id: RollCallRoundId,
    /// Why it was asked.
    pub origin: RollCallOrigin,
    /// As the rules see it.
    pub call: Call,
    /// Name of the room now.
    pub room_name: String,
    /// Whose people sit there, and by what name.
    pub organisation: (OrganisationId, String),
    /// Where the room stood.
    pub unit_id: UnitId,
    /// Its name now.
    pub unit_name: String,
    /// The drawn moment.
    pub planned_at: Option<Timestamp>,
    /// The call before, of those asked again.
    pub previous_id: Option<DutyRollCallId>,
    /// When it got its time anew because the platform had not been running.
    pub held_up_at: Option<Timestamp>,
    /// When the answer was received.
    pub answered_at: Option<Timestamp>,
    /// Who answered.
    pub guard: Option<(StaffId, String)>,
    /// When the seat says that the key was pressed.
    pub device_at: Option<Timestamp>,
    /// What the room's camera saw of the code, and when.
    pub code: Option<(CodeVerdict, Timestamp)>,
    /// When the room is asked again.
    pub again_at: Option<Timestamp>,
    /// The alarm that it is.
    pub alarm_id: Option<AlarmId>,
}

/// A round with the counts of its calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundRow {
    /// Own id.
    pub id: RollCallRoundId,
    /// Why it was asked.
    pub origin: RollCallOrigin,
    /// When.
    pub asked_at: Timestamp,
    /// Until when an answer is in time.
    pub deadline_at: Timestamp,
    /// Minutes to answer.
    pub minutes: u8,
    /// Who asked; none: the platform.
    pub asked_by: Option<(UserId, String)>,
    /// In their words.
    pub reason: Option<String>,
    /// How many rooms there were to choose from.
    pub of_rooms: u32,
    /// Seed of the lot, where rooms were drawn.
    pub sample_seed: Option<[u8; 32]>,
    /// Calls within the asker's reach, by state, in the order of the states.
    pub counts: [u32; 5],
    /// Calls whose code the room's camera saw.
    pub seen: u32,
}

/// Which rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoundFilter {
    /// Only of this origin.
    pub origin: Option<RollCallOrigin>,
}

/// Which roll-calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutyCallFilter {
    /// Asked together.
    pub round_id: Option<RollCallRoundId>,
    /// Of this room.
    pub room_id: Option<DutyRoomId>,
    /// In this state.
    pub state: Option<RollCallState>,
    /// Of this origin.
    pub origin: Option<RollCallOrigin>,
    /// Of rooms below this region.
    pub region_id: Option<RegionId>,
}

/// A call that may still be answered, as a seat needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatCall {
    /// Own id.
    pub id: DutyRollCallId,
    /// Which room.
    pub room_id: DutyRoomId,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// Until when an answer is in time.
    pub deadline_at: Timestamp,
    /// Why.
    pub origin: RollCallOrigin,
    /// Waiting, or absent and not too late.
    pub state: RollCallState,
}

/// An answer that the domain took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyAnswer {
    /// The state before and after.
    pub states: (RollCallState, RollCallState),
    /// When it was received, and how long after the question.
    pub at: Timestamp,
    /// Milliseconds after the question.
    pub after_ms: u32,
    /// Who.
    pub guard_id: StaffId,
    /// At which seat.
    pub seat_id: SeatId,
    /// What the seat says.
    pub device_at: Option<Timestamp>,
}

const ROWS: &str = "select k.*, n.origin, r.name as room_name, r.organisation_id, o.name as organisation_name, u.name as unit_name, s.name as guard_name
    from duty_roll_call k
    join roll_call_round n on n.id = k.round_id
    join duty_room r on r.id = k.room_id
    join organisation o on o.id = r.organisation_id
    join unit_now u on u.unit_id = k.unit_id
    left join staff s on s.id = k.staff_id
    where 1 = 1";

const ROUNDS: &str = "select n.*, a.display_name as asked_name from roll_call_round n left join account a on a.id = n.asked_by where 1 = 1";

impl Store {
    /// One roll-call.
    pub async fn duty_roll_call(&self, access: &Access, id: DutyRollCallId) -> Result<DutyCallRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and k.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_call(&self.pools.fetch_one(sql).await?)
    }

    /// Roll-calls, last asked first.
    pub async fn list_duty_roll_calls(
        &self,
        access: &Access,
        filter: &DutyCallFilter,
        ask: &PageAsk,
    ) -> Result<Page<DutyCallRow>> {
        let mut sql = Sql::new(ROWS);
        sql.filter(" and k.round_id = ", filter.round_id.map(|id| id.0));
        sql.filter(" and k.room_id = ", filter.room_id.map(|id| id.0));
        sql.filter(" and k.state = ", filter.state.map(RollCallState::as_str));
        sql.filter(" and n.origin = ", filter.origin.map(RollCallOrigin::as_str));
        if let Some(region) = filter.region_id {
            sql.push(" and exists (select 1 from region_tree f where f.descendant_id = u.region_id and f.ancestor_id = ");
            sql.bind(region.0).push(")");
        }
        sql.narrow(access, Narrow::Current);
        if let Some((at_us, id)) = ask.key::<(i64, DutyRollCallId)>()? {
            sql.push(" and (k.asked_at, k.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by k.asked_at desc, k.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_call).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.call.asked_at.as_microsecond(), row.id)))
    }

    /// The roll-calls of rooms that were asked in a stretch, by room and time, as the rules see them: what the ledger is made of.
    pub async fn duty_roll_calls(&self, rooms: &[DutyRoomId], span: Span) -> Result<Vec<Call>> {
        let mut found = Vec::new();
        for chunk in rooms.chunks(crate::units::KEYS) {
            let mut sql = Sql::new(
                "select * from duty_roll_call where asked_at >= $1 and asked_at < $2 and room_id in ",
            )
            .with(span.start)
            .with(span.end);
            sql.list(chunk.iter().map(|room| room.0));
            sql.push(" order by room_id, asked_at, id limit ").bind(OF_ROOMS_MAX);
            for row in self.pools.fetch_all(sql).await? {
                found.push(read_rules(&row)?);
            }
        }
        Ok(found)
    }

    /// What a room's seat may answer, the last asked first: what waits, and the last one of the room where that was not answered and its
    /// deadline was not before `late_since`. The seat's key is the reach.
    pub async fn seat_calls(&self, room: DutyRoomId, late_since: Timestamp) -> Result<Vec<SeatCall>> {
        let sql = Sql::new(
            "select k.*, n.origin from duty_roll_call k join roll_call_round n on n.id = k.round_id
             where k.room_id = $1 and (k.state = 'waiting' or (k.state = 'absent' and k.deadline_at >= $2
                 and not exists (select 1 from duty_roll_call w where w.room_id = k.room_id and w.asked_at > k.asked_at)))
             order by k.asked_at desc, k.id desc limit $3",
        )
        .with(room.0)
        .with(late_since)
        .with(AT_SEAT_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_seat_call).collect()
    }

    /// One round, with what became of its calls in the asker's reach. NotFound where none of them is.
    pub async fn roll_call_round(&self, access: &Access, id: RollCallRoundId) -> Result<RoundRow> {
        let mut sql = Sql::new(ROUNDS);
        sql.push(" and n.id = ").bind(id.0);
        within_reach(&mut sql, access);
        let mut rows = vec![read_round(&self.pools.fetch_one(sql).await?)?];
        self.count_calls(access, &mut rows).await?;
        rows.pop().ok_or(StoreError::NotFound)
    }

    /// Rounds with calls in the asker's reach, last asked first.
    pub async fn roll_call_rounds(
        &self,
        access: &Access,
        filter: &RoundFilter,
        ask: &PageAsk,
    ) -> Result<Page<RoundRow>> {
        let mut sql = Sql::new(ROUNDS);
        sql.filter(" and n.origin = ", filter.origin.map(RollCallOrigin::as_str));
        within_reach(&mut sql, access);
        if let Some((at_us, id)) = ask.key::<(i64, RollCallRoundId)>()? {
            sql.push(" and (n.asked_at, n.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by n.asked_at desc, n.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_round).collect::<Result<Vec<_>>>()?;
        let mut page = ask.cut(rows, |row| (row.asked_at.as_microsecond(), row.id));
        self.count_calls(access, &mut page.items).await?;
        Ok(page)
    }

    /// Writes an answer. Conflict where the call is no longer in the state it was decided on.
    pub async fn answer_duty_call(&self, id: DutyRollCallId, answer: &DutyAnswer) -> Result<()> {
        let (from, to) = answer.states;
        let mut tx = self.pools.begin().await?;
        let sql = Sql::new(
            "update duty_roll_call set state = $1, answered_at = $2, answered_after_ms = $3, staff_id = $4, seat_id = $5, device_at = $6
             where id = $7 and state = $8 returning room_id",
        )
        .with(to.as_str())
        .with(answer.at)
        .with(answer.after_ms)
        .with(answer.guard_id.0)
        .with(answer.seat_id.0)
        .with(answer.device_at)
        .with(id.0)
        .with(from.as_str());
        let Some(row) = tx.fetch_opt(sql).await? else {
            return Err(StoreError::conflict("the roll-call was settled in this very moment"));
        };
        let room: DutyRoomId = row.id("room_id")?;
        // Somebody is there: no earlier failure of the room has to be followed up.
        stop_asking(&mut tx, room).await?;
        tx.commit().await
    }

    /// Notes what the room's camera saw of the code, unless something that says more is noted.
    pub async fn note_code(
        &self,
        id: DutyRollCallId,
        verdict: CodeVerdict,
        seen_at: Timestamp,
    ) -> Result<bool> {
        let mut sql = Sql::new("update duty_roll_call set code_verdict = ");
        sql.bind(verdict.as_str()).push(", code_seen_at = ").bind(seen_at);
        sql.push(" where id = ").bind(id.0).push(" and (code_verdict is null");
        let less: Vec<&str> = CodeVerdict::ALL
            .into_iter()
            .filter(|other| other.says() < verdict.says())
            .map(CodeVerdict::as_str)
            .collect();
        if !less.is_empty() {
            sql.push(" or code_verdict in ").list(less);
        }
        sql.push(")");
        Ok(self.pools.execute(sql).await? > 0)
    }

    async fn count_calls(&self, access: &Access, rounds: &mut [RoundRow]) -> Result<()> {
        if rounds.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(
            "select k.round_id, k.state, cast(count(*) as bigint) as calls, cast(sum(case when k.code_verdict = 'seen' then 1 else 0 end) as bigint) as seen
             from duty_roll_call k join unit_now u on u.unit_id = k.unit_id where k.round_id in ",
        );
        sql.list(rounds.iter().map(|round| round.id.0)).narrow(access, Narrow::Current);
        sql.push(" group by k.round_id, k.state");
        for row in self.pools.fetch_all(sql).await? {
            let id: RollCallRoundId = row.id("round_id")?;
            let state = row.word("state", RollCallState::parse)?;
            if let Some(round) = rounds.iter_mut().find(|round| round.id == id) {
                round.counts[state as usize] = row.count("calls")?;
                round.seen += row.count("seen")?;
            }
        }
        Ok(())
    }
}

/// Forgets that a room was to be asked again.
async fn stop_asking(tx: &mut Tx, room: DutyRoomId) -> Result<()> {
    let sql = "update duty_roll_call set again_at = null where room_id = $1 and again_at is not null";
    tx.execute(Sql::new(sql).with(room.0)).await.map(drop)
}

/// Narrows rounds to those that asked a room in reach.
fn within_reach(sql: &mut Sql, access: &Access) {
    sql.push(" and exists (select 1 from duty_roll_call k join unit_now u on u.unit_id = k.unit_id where k.round_id = n.id");
    sql.narrow(access, Narrow::Current).push(")");
}

fn read_rules(row: &Row) -> Result<Call> {
    let after_ms = row.int_opt("answered_after_ms")?;
    Ok(Call {
        room_id: row.id("room_id")?,
        asked_at: row.time("asked_at")?,
        deadline_at: row.time("deadline_at")?,
        state: row.word("state", RollCallState::parse)?,
        answered_after_ms: after_ms.map(|ms| u32::try_from(ms).unwrap_or(u32::MAX)),
    })
}

fn read_seat_call(row: &Row) -> Result<SeatCall> {
    Ok(SeatCall {
        id: row.id("id")?,
        room_id: row.id("room_id")?,
        asked_at: row.time("asked_at")?,
        deadline_at: row.time("deadline_at")?,
        origin: row.word("origin", RollCallOrigin::parse)?,
        state: row.word("state", RollCallState::parse)?,
    })
}

fn read_call(row: &Row) -> Result<DutyCallRow> {
    let absent: Option<AlarmId> = row.id_opt("absent_alarm_id")?;
    let late: Option<AlarmId> = row.id_opt("late_alarm_id")?;
    Ok(DutyCallRow {
        id: row.id("id")?,
        round_id: row.id("round_id")?,
        origin: row.word("origin", RollCallOrigin::parse)?,
        call: read_rules(row)?,
        room_name: row.text("room_name")?,
        organisation: (row.id("organisation_id")?, row.text("organisation_name")?),
        unit_id: row.id("unit_id")?,
        unit_name: row.text("unit_name")?,
        planned_at: row.time_opt("planned_at")?,
        previous_id: row.id_opt("previous_id")?,
        held_up_at: row.time_opt("held_up_at")?,
        answered_at: row.time_opt("answered_at")?,
        guard: row.id_opt("staff_id")?.zip(row.text_opt("guard_name")?),
        device_at: row.time_opt("device_at")?,
        code: row.word_opt("code_verdict", CodeVerdict::parse)?.zip(row.time_opt("code_seen_at")?),
        again_at: row.time_opt("again_at")?,
        alarm_id: late.or(absent),
    })
}

fn read_round(row: &Row) -> Result<RoundRow> {
    let seed = row.bytes_opt("sample_seed")?;
    Ok(RoundRow {
        id: row.id("id")?,
        origin: row.word("origin", RollCallOrigin::parse)?,
        asked_at: row.time("asked_at")?,
        deadline_at: row.time("deadline_at")?,
        minutes: u8::try_from(row.count("minutes")?).unwrap_or(u8::MAX),
        asked_by: row.id_opt("asked_by")?.zip(row.text_opt("asked_name")?),
        reason: row.text_opt("reason")?,
        of_rooms: row.count("of_rooms")?,
        sample_seed: seed.map(|bytes| bytes_32("sample_seed", &bytes)).transpose()?,
        counts: [0; 5],
        seen: 0,
    })
}

pub(crate) fn bytes_32(column: &str, bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| crate::row::corrupt(column, &format!("{} bytes", bytes.len())))
}
