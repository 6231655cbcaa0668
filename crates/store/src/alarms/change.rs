//! Changing: what the domain decided about an alarm is written if nobody was faster, together with the step and what others must hear.

use domain::access::Access;
use domain::alarm::{Alarm, AlarmState, Change, FalseAlarmReason};
use domain::ids::AlarmId;
use domain::role::Role;
use jiff::Timestamp;

use super::{AlarmRow, StepRecord, alarm_in};
use crate::Store;
use crate::engine::{Lock, Tx};
use crate::error::{Result, StoreError};
use crate::outbox::{NewEntry, write_entries};
use crate::sql::Sql;

impl Store {
    /// Writes a decided change and its step, and tells. Conflict when the alarm is no longer at `expected_version`; the caller reads
    /// it again and decides again.
    pub async fn change_alarm(
        &self,
        access: &Access,
        id: AlarmId,
        expected_version: i64,
        change: &Change,
        step: &StepRecord,
    ) -> Result<AlarmRow> {
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        let before = alarm_in(&mut tx, access, id).await?.alarm;
        if before.version != expected_version {
            return Err(stale(&before, expected_version));
        }
        write_change(&mut tx, &before, change, step.at).await?;
        write_step(&mut tx, access, &before, change.to, step).await?;
        let after = alarm_in(&mut tx, access, id).await?;
        tell(&mut tx, "alarm.changed", step.at, &after.alarm).await?;
        tx.commit().await?;
        Ok(after)
    }
}

fn stale(alarm: &Alarm, expected: i64) -> StoreError {
    StoreError::conflict(format!(
        "the alarm is at version {} ({}), not {expected}: somebody was faster",
        alarm.version,
        alarm.state.as_str()
    ))
}

pub(crate) async fn write_change(tx: &mut Tx, before: &Alarm, change: &Change, at: Timestamp) -> Result<()> {
    let mut marks = before.marks.clone();
    marks.extend(change.mark.filter(|mark| !before.marks.contains(mark)));
    let marks =
        serde_json::to_string(&marks).map_err(|error| StoreError::Invalid(format!("marks: {error}")))?;
    let times = &change.times;
    let sql = Sql::new(
        "update alarm set state = $1, is_open = $2, owner_id = $3, handler_id = $4, occurred_at = $5, pushed_at = $6,
             opened_at = $7, taken_at = $8, verified_at = $9, arrived_at = $10, handled_at = $11, reviewed_at = $12,
             marks = $13, false_alarm_reason = $14, last_step_at = $15, quiet_until = $16, version = version + 1
         where id = $17 and version = $18",
    )
    .with(change.to.as_str())
    .with(change.to.is_open())
    .with(change.owner_id.map(|id| id.0))
    .with(change.handler_id.map(|id| id.0))
    .with(times.occurred_at)
    .with(times.pushed_at)
    .with(times.opened_at)
    .with(times.taken_at)
    .with(times.verified_at)
    .with(times.arrived_at)
    .with(times.handled_at)
    .with(times.reviewed_at)
    .with(marks)
    .with(change.false_alarm_reason.map(FalseAlarmReason::as_str))
    .with(at)
    .with(times.quiet_until)
    .with(before.id.0)
    .with(before.version);
    if tx.execute(sql).await? == 0 { Err(stale(before, before.version)) } else { Ok(()) }
}

pub(crate) async fn write_step(
    tx: &mut Tx,
    access: &Access,
    before: &Alarm,
    to: AlarmState,
    step: &StepRecord,
) -> Result<()> {
    let sql = Sql::new(
        "insert into alarm_step (alarm_id, at, event, from_state, to_state, actor_id, actor_role, note, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .with(before.id.0)
    .with(step.at)
    .with(step.event.as_str())
    .with(before.state.as_str())
    .with(to.as_str())
    .with(step.actor_id.map(|id| id.0))
    .with(step.actor_id.and(access.role).map(Role::as_str))
    .with(step.note.clone())
    .with(step.reason.map(FalseAlarmReason::as_str));
    tx.execute(sql).await.map(|_| ())
}

/// Adds the outbox entry about an alarm as it is after the change.
pub(crate) async fn tell(tx: &mut Tx, topic: &'static str, at: Timestamp, alarm: &Alarm) -> Result<()> {
    let entry = NewEntry { at, topic, key: alarm.id.to_string(), payload: payload(alarm) };
    write_entries(tx, std::iter::once(entry)).await
}

pub(super) fn payload(alarm: &Alarm) -> String {
    serde_json::json!({
        "alarm_id": alarm.id,
        "unit_id": alarm.unit_id,
        "state": alarm.state,
        "version": alarm.version,
    })
    .to_string()
}
