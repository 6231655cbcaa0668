//! Drills on their way: entered, begun when their moment has come, worked at the room's seat, ended. Of two who move one at once only one does.

use domain::access::Access;
use domain::duty::drill::DrillStep;
use domain::ids::{DrillId, DutyRoomId, StaffId};
use jiff::Timestamp;

use super::{DrillRow, DrillStepRow, NewDrill, ROWS, read_drill, seen};
use crate::Store;
use crate::error::{Result, StoreError};
use crate::sql::{Narrow, Sql};

/// Drills that one look begins or ends at most.
const LOOK_MAX: i64 = 1_000;

impl Store {
    /// Enters a drill; false where the lot of that month and room is drawn already. NotFound where the room is out of reach or closed, or the
    /// unit is.
    pub async fn plan_drill(&self, access: &Access, new: &NewDrill) -> Result<bool> {
        let mut unit = Sql::new("select u.unit_id from unit_now u where u.unit_id = $1").with(new.unit_id.0);
        unit.narrow(access, Narrow::Current);
        self.pools.fetch_one(unit).await?;
        let mut sql = Sql::new(
            "insert into drill (id, kind, room_id, unit_id, camera_id, code, place, knows, state, begins_at, lot_month, planned_by, planned_at)
             select cast($1 as text), cast($2 as text), r.id, cast($3 as text), cast($4 as text), cast($5 as text), cast($6 as text),
                 cast($7 as text), 'planned', cast($8 as bigint), cast($9 as text), cast($10 as text), cast($11 as bigint)
             from duty_room r join unit_now u on u.unit_id = r.unit_id where r.closed_at is null and r.id = $12",
        )
        .with(new.id.0)
        .with(new.kind.as_str())
        .with(new.unit_id.0)
        .with(new.camera_id.map(|id| id.0))
        .with(new.code.as_str())
        .with(&new.place)
        .with(&new.knows)
        .with(new.begins_at)
        .with(new.lot_month.map(|month| month.to_string()))
        .with(new.planned_by.map(|id| id.0))
        .with(new.planned_at)
        .with(new.room_id.0);
        sql.narrow(access, Narrow::Current);
        if new.lot_month.is_some() {
            sql.push(" on conflict (room_id, lot_month) where lot_month is not null do nothing");
            return Ok(self.pools.execute(sql).await? > 0);
        }
        if self.pools.execute(sql).await? == 0 { Err(StoreError::NotFound) } else { Ok(true) }
    }

    /// Drills whose moment has come, in rooms in which none runs, the earliest of each room.
    pub async fn drills_due(&self, now: Timestamp) -> Result<Vec<DrillRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and d.state = 'planned' and d.begins_at <= ").bind(now);
        sql.push(
            " and not exists (select 1 from drill w where w.room_id = d.room_id and w.state = 'running')",
        );
        sql.push(" and not exists (select 1 from drill w where w.room_id = d.room_id and w.state = 'planned' and (w.begins_at, w.id) < (d.begins_at, d.id))");
        sql.push(" order by d.begins_at, d.id limit ").bind(LOOK_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_drill).collect()
    }

    /// Begins a drill; false where it was begun or called off meanwhile.
    pub async fn begin_drill(&self, id: DrillId, at: Timestamp) -> Result<bool> {
        let sql =
            Sql::new("update drill set state = 'running', begun_at = $1 where state = 'planned' and id = $2");
        Ok(self.pools.execute(sql.with(at).with(id.0)).await? > 0)
    }

    /// The drills that run, the earliest first.
    pub async fn drills_running(&self) -> Result<Vec<DrillRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and d.state = 'running' order by d.begun_at, d.id limit ").bind(LOOK_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_drill).collect()
    }

    /// The drill that runs in a room, with what was done. The seat's key is the reach.
    pub async fn seat_drill(&self, room: DutyRoomId) -> Result<Option<(DrillRow, Vec<DrillStepRow>)>> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and d.state = 'running' and d.room_id = ").bind(room.0);
        let Some(row) = self.pools.fetch_opt(sql).await? else { return Ok(None) };
        let drill = read_drill(&row)?;
        let steps = self.drill_steps(&Access::PLATFORM, drill.plan.id, true).await?;
        Ok(Some((drill, steps)))
    }

    /// Keeps a step of a drill that runs. Conflict where it does not, or the step was done.
    pub async fn do_drill_step(
        &self,
        id: DrillId,
        step: DrillStep,
        staff: StaffId,
        at: Timestamp,
    ) -> Result<()> {
        let sql = Sql::new(
            "insert into drill_step (drill_id, step, at, staff_id)
             select d.id, cast($1 as text), cast($2 as bigint), cast($3 as text) from drill d where d.state = 'running' and d.id = $4
             on conflict (drill_id, step) do nothing",
        );
        let sql = sql.with(step.as_str()).with(at).with(staff.0).with(id.0);
        if self.pools.execute(sql).await? == 0 {
            return Err(StoreError::conflict("this step was done already, or the drill is over"));
        }
        Ok(())
    }

    /// Ends a drill with its score; false where somebody was faster.
    pub async fn end_drill(&self, id: DrillId, half_points: u32, at: Timestamp) -> Result<bool> {
        let sql = Sql::new(
            "update drill set state = 'done', half_points = $1, ended_at = $2 where state = 'running' and id = $3",
        );
        Ok(self.pools.execute(sql.with(half_points).with(at).with(id.0)).await? > 0)
    }

    /// Calls a drill off. Conflict where it is over.
    pub async fn cancel_drill(&self, access: &Access, id: DrillId, why: &str, at: Timestamp) -> Result<()> {
        let mut reach = Sql::new(
            "select d.id from drill d join duty_room r on r.id = d.room_id join unit_now u on u.unit_id = r.unit_id
             join unit_now v on v.unit_id = d.unit_id where d.id = $1",
        )
        .with(id.0);
        seen(&mut reach, access, true);
        self.pools.fetch_one(reach).await?;
        let sql = Sql::new(
            "update drill set state = 'cancelled', why = $1, ended_at = $2 where state in ('planned', 'running') and id = $3",
        );
        if self.pools.execute(sql.with(why).with(at).with(id.0)).await? == 0 {
            return Err(StoreError::conflict("the drill is over"));
        }
        Ok(())
    }
}
