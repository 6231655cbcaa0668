//! What time does to roll-calls: deadlines that are over, failures that have to become alarms, rooms to ask again, calls that a stop of the
//! platform held up.

use domain::duty::roll_call::unproved::ASK_AGAIN;
use domain::duty::roll_call::{RollCall as Call, RollCallOrigin};
use domain::ids::{AlarmId, CameraId, DutyRollCallId, DutyRoomId, UnitId};
use jiff::Timestamp;

use super::read_rules;
use crate::Store;
use crate::error::Result;
use crate::row::Row;
use crate::sql::Sql;

/// A room to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgainDue {
    /// The call that failed.
    pub id: DutyRollCallId,
    /// Of which room.
    pub room_id: DutyRoomId,
    /// Where it stands.
    pub unit_id: UnitId,
    /// Minutes that it had.
    pub minutes: u8,
    /// True for a room that was closed meanwhile.
    pub is_closed: bool,
}

/// A failed call that is no alarm yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCall {
    /// Which.
    pub id: DutyRollCallId,
    /// As the rules see it.
    pub call: Call,
    /// Why it was asked.
    pub origin: RollCallOrigin,
    /// Name of the room.
    pub room_name: String,
    /// Where it stood.
    pub unit_id: UnitId,
    /// One of the room's cameras.
    pub camera_id: Option<CameraId>,
    /// The alarm of the same call that was not answered in time.
    pub absent_alarm_id: Option<AlarmId>,
    /// True for a room that is invented.
    pub synthetic: bool,
}

/// A call that waited when the platform stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldUp {
    /// Which.
    pub id: DutyRollCallId,
    /// As the rules see it.
    pub call: Call,
    /// Minutes that it had.
    pub minutes: u8,
}

impl Store {
    /// Writes down which waiting calls were not answered by `now`, and when their rooms are asked again; answers how many. One statement,
    /// however many they are.
    pub async fn end_duty_calls(&self, now: Timestamp) -> Result<u64> {
        let sql = Sql::new(
            "update duty_roll_call set state = 'absent', again_at = deadline_at + $1 where state = 'waiting' and deadline_at < $2",
        )
        .with(i64::try_from(ASK_AGAIN.as_micros()).unwrap_or(i64::MAX))
        .with(now);
        self.pools.execute(sql).await
    }

    /// Failed calls that are no alarm yet, so many of each kind at most.
    pub async fn failed_duty_calls(&self, limit: u32) -> Result<Vec<FailedCall>> {
        let mut failed = Vec::new();
        // Two readings and no `or`: each has an index that holds nothing else.
        for which in [
            " where k.state = 'absent' and k.absent_alarm_id is null order by k.id limit ",
            " where k.state = 'late' and k.late_alarm_id is null order by k.id limit ",
        ] {
            let mut sql = Sql::new(
                "select k.*, n.origin, r.name as room_name, r.synthetic,
                     (select min(c.camera_id) from duty_room_camera c where c.room_id = r.id) as camera_id
                 from duty_roll_call k join roll_call_round n on n.id = k.round_id join duty_room r on r.id = k.room_id",
            );
            sql.push(which).bind(limit);
            for row in self.pools.fetch_all(sql).await? {
                failed.push(read_failed(&row)?);
            }
        }
        Ok(failed)
    }

    /// Open alarms of a room's calls that nobody answered: somebody who answers now is their end.
    pub async fn unanswered_alarms(&self, room: DutyRoomId, since: Timestamp) -> Result<Vec<AlarmId>> {
        let sql = Sql::new(
            "select distinct a.id from duty_roll_call k join alarm a on a.id = k.absent_alarm_id
             where k.room_id = $1 and k.asked_at >= $2 and a.is_open order by a.id",
        )
        .with(room.0)
        .with(since);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// Notes which alarm a failed call is.
    pub async fn note_duty_call_alarm(
        &self,
        id: DutyRollCallId,
        is_late: bool,
        alarm: AlarmId,
    ) -> Result<()> {
        let sql = if is_late {
            "update duty_roll_call set late_alarm_id = $1 where id = $2"
        } else {
            "update duty_roll_call set absent_alarm_id = $1 where id = $2"
        };
        self.pools.execute(Sql::new(sql).with(alarm.0).with(id.0)).await.map(drop)
    }

    /// Rooms to ask again at `now`, each once, by the last of their failures.
    pub async fn duty_calls_to_repeat(&self, now: Timestamp) -> Result<Vec<AgainDue>> {
        let sql = Sql::new(
            "select k.id, k.room_id, r.unit_id, r.closed_at, n.minutes from duty_roll_call k join duty_room r on r.id = k.room_id join roll_call_round n on n.id = k.round_id
             where k.again_at <= $1
                 and not exists (select 1 from duty_roll_call w where w.room_id = k.room_id and w.state = 'waiting')
             order by k.room_id, k.asked_at desc, k.id desc",
        )
        .with(now);
        let mut due = self.pools.fetch_all(sql).await?.iter().map(read_due).collect::<Result<Vec<_>>>()?;
        due.dedup_by_key(|one| one.room_id);
        Ok(due)
    }

    /// Forgets that a room was to be asked again: it is closed.
    pub async fn stop_asking_room(&self, room: DutyRoomId) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        super::stop_asking(&mut tx, room).await?;
        tx.commit().await
    }

    /// Calls that wait.
    pub async fn waiting_duty_calls(&self) -> Result<Vec<HeldUp>> {
        let sql = Sql::new(
            "select k.*, n.minutes from duty_roll_call k join roll_call_round n on n.id = k.round_id where k.state = 'waiting'",
        );
        let read = |row: &Row| {
            let minutes = u8::try_from(row.count("minutes")?).unwrap_or(u8::MAX);
            Ok(HeldUp { id: row.id("id")?, call: read_rules(row)?, minutes })
        };
        self.pools.fetch_all(sql).await?.iter().map(read).collect()
    }

    /// Gives waiting calls a later deadline, and notes when and that it was done. All or none.
    pub async fn hold_up_duty_calls(
        &self,
        held: &[(DutyRollCallId, Timestamp)],
        now: Timestamp,
    ) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        for (id, deadline_at) in held {
            let sql = "update duty_roll_call set deadline_at = $1, held_up_at = $2 where id = $3 and state = 'waiting'";
            tx.execute(Sql::new(sql).with(*deadline_at).with(now).with(id.0)).await?;
        }
        tx.commit().await
    }
}

fn read_due(row: &Row) -> Result<AgainDue> {
    Ok(AgainDue {
        id: row.id("id")?,
        room_id: row.id("room_id")?,
        unit_id: row.id("unit_id")?,
        minutes: u8::try_from(row.count("minutes")?).unwrap_or(u8::MAX),
        is_closed: row.time_opt("closed_at")?.is_some(),
    })
}

fn read_failed(row: &Row) -> Result<FailedCall> {
    Ok(FailedCall {
        id: row.id("id")?,
        call: read_rules(row)?,
        origin: row.word("origin", RollCallOrigin::parse)?,
        room_name: row.text("room_name")?,
        unit_id: row.id("unit_id")?,
        camera_id: row.id_opt("camera_id")?,
        absent_alarm_id: row.id_opt("absent_alarm_id")?,
        synthetic: row.flag("synthetic")?,
    })
}
