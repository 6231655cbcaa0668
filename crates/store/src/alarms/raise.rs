//! Raising: an observation becomes a new alarm, or belongs to one that is there, in one transaction with what others must hear.

use domain::access::Access;
use domain::alarm::Alarm;
use domain::ids::{AlarmId, CameraId, UserId};
use jiff::Timestamp;

use super::change::tell;
use super::{JoinRule, NewAlarm, RAISE_EVENT, Raised, alarm_in};
use crate::Store;
use crate::cameras::need_unit;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::sql::Sql;

/// Most boxes kept of one observation.
const MAX_BOXES: usize = 64;

impl Store {
    /// Raises an alarm, or joins it to one of the same camera and code as `joins` says. Committed, with its first step and its
    /// outbox entry, before anybody hears of it.
    ///
    /// The same `observation_id` again answers the alarm it went to and changes nothing. Errors: NotFound when the unit or the
    /// camera is outside the scope or the camera belongs to another unit.
    pub async fn raise_alarm(&self, access: &Access, new: &NewAlarm, joins: JoinRule) -> Result<Raised> {
        if new.boxes.len() > MAX_BOXES {
            return Err(StoreError::Limit(format!("{} boxes, at most {MAX_BOXES}", new.boxes.len())));
        }
        let alarm = &new.alarm;
        let at = alarm.times.pushed_at;
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        need_unit(&mut tx, access, alarm.unit_id).await?;
        need_camera(&mut tx, alarm).await?;
        if let Some(id) = raised_before(&mut tx, new).await? {
            return Ok(Raised::Joined(id));
        }
        if let Some(camera_id) = alarm.camera_id
            && let Some(id) = alarm_to_join(&mut tx, camera_id, alarm, joins).await?
        {
            note_observation(&mut tx, new, id).await?;
            let sql = Sql::new(
                "update alarm set joined_count = joined_count + 1, last_joined_at = $1 where id = $2",
            );
            tx.execute(sql.with(at).with(id.0)).await?;
            tx.commit().await?;
            return Ok(Raised::Joined(id));
        }
        insert_alarm(&mut tx, new).await?;
        note_observation(&mut tx, new, alarm.id).await?;
        first_step(&mut tx, access.user_id, access, new).await?;
        tell(&mut tx, "alarm.raised", at, alarm).await?;
        let row = alarm_in(&mut tx, access, alarm.id).await?;
        tx.commit().await?;
        Ok(Raised::New(Box::new(row)))
    }
}

/// The camera is the unit's own. One removed a moment ago may still raise what it saw.
async fn need_camera(tx: &mut Tx, alarm: &Alarm) -> Result<()> {
    let Some(camera_id) = alarm.camera_id else { return Ok(()) };
    let sql = Sql::new("select id from camera where id = $1 and unit_id = $2")
        .with(camera_id.0)
        .with(alarm.unit_id.0);
    tx.fetch_opt(sql).await?.map(|_| ()).ok_or(StoreError::NotFound)
}

async fn raised_before(tx: &mut Tx, new: &NewAlarm) -> Result<Option<AlarmId>> {
    let sql =
        Sql::new("select alarm_id from alarm_observation where observation_id = $1").with(new.observation_id);
    tx.fetch_opt(sql).await?.map(|row| row.id("alarm_id")).transpose()
}

/// The open alarm of this camera and code, or else the last one pushed within the window. Never a less urgent one: what was raised quietly
/// must not swallow what would ring now.
async fn alarm_to_join(
    tx: &mut Tx,
    camera_id: CameraId,
    alarm: &Alarm,
    joins: JoinRule,
) -> Result<Option<AlarmId>> {
    let since = alarm.times.pushed_at.saturating_sub(joins.window).unwrap_or(Timestamp::MIN);
    let sql = Sql::new(
        "select id from alarm where camera_id = $1 and code = $2 and (is_open or pushed_at >= $3) and level <= $4
         order by is_open desc, pushed_at desc limit 1",
    )
    .with(camera_id.0)
    .with(alarm.code.as_str())
    .with(since)
    .with(i64::from(u8::from(alarm.level)));
    tx.fetch_opt(sql).await?.map(|row| row.id("id")).transpose()
}

async fn note_observation(tx: &mut Tx, new: &NewAlarm, id: AlarmId) -> Result<()> {
    let sql = Sql::new("insert into alarm_observation (observation_id, alarm_id, at) values ($1, $2, $3)")
        .with(new.observation_id)
        .with(id.0)
        .with(new.alarm.times.pushed_at);
    tx.execute(sql).await.map(|_| ())
}

async fn insert_alarm(tx: &mut Tx, new: &NewAlarm) -> Result<()> {
    let alarm = &new.alarm;
    let times = &alarm.times;
    let json = |error: serde_json::Error| StoreError::Invalid(format!("boxes: {error}"));
    let mut sql = Sql::new(
        "insert into alarm (id, code, level, state, is_open, marks, drill, simulated, unit_id, camera_id, source, owner_id,
             handler_id, occurred_at, pushed_at, opened_at, taken_at, verified_at, arrived_at, handled_at, reviewed_at,
             false_alarm_reason, has_result_picture, version, score, boxes, note, model, joined_count, last_step_at) values (",
    );
    sql.bind(alarm.id.0);
    sql.push(", ").bind(alarm.code.as_str());
    sql.push(", ").bind(i64::from(u8::from(alarm.level)));
    sql.push(", ").bind(alarm.state.as_str());
    sql.push(", ").bind(alarm.state.is_open());
    sql.push(", ").bind(serde_json::to_string(&alarm.marks).map_err(json)?);
    sql.push(", ").bind(alarm.drill);
    sql.push(", ").bind(new.simulated);
    sql.push(", ").bind(alarm.unit_id.0);
    sql.push(", ").bind(alarm.camera_id.map(|id| id.0));
    sql.push(", ").bind(alarm.source.as_str());
    sql.push(", ").bind(alarm.owner_id.map(|id| id.0));
    sql.push(", ").bind(alarm.handler_id.map(|id| id.0));
    sql.push(", ").bind(times.occurred_at);
    sql.push(", ").bind(times.pushed_at);
    let later = [
        times.opened_at,
        times.taken_at,
        times.verified_at,
        times.arrived_at,
        times.handled_at,
        times.reviewed_at,
    ];
    for time in later {
        sql.push(", ").bind(time);
    }
    sql.push(", ").bind(alarm.false_alarm_reason.map(domain::alarm::FalseAlarmReason::as_str));
    sql.push(", ").bind(alarm.has_result_picture);
    sql.push(", ").bind(alarm.version);
    sql.push(", ").bind(new.score);
    sql.push(", ").bind(serde_json::to_string(&new.boxes).map_err(json)?);
    sql.push(", ").bind(new.note.clone());
    sql.push(", ").bind(new.model.clone());
    sql.push(", 0, ").bind(times.pushed_at).push(")");
    tx.execute(sql).await.map(|_| ())
}

async fn first_step(tx: &mut Tx, actor_id: Option<UserId>, access: &Access, new: &NewAlarm) -> Result<()> {
    let alarm = &new.alarm;
    let sql = Sql::new(
        "insert into alarm_step (alarm_id, at, event, to_state, actor_id, actor_role, note) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .with(alarm.id.0)
    .with(alarm.times.pushed_at)
    .with(RAISE_EVENT)
    .with(alarm.state.as_str())
    .with(actor_id.map(|id| id.0))
    .with(access.role.map(domain::role::Role::as_str))
    .with(new.note.clone());
    tx.execute(sql).await.map(|_| ())
}
