//! What both sides of a work order did (处置工单): acts that are added and never changed. Of what state the order is, follows from the alarm and these.

use domain::access::Access;
use domain::alarm::Change;
use domain::alarm::order::{Acted, OrderAct, OrderSide};
use domain::ids::{AlarmId, UserId};
use domain::role::Role;
use jiff::Timestamp;

use crate::Store;
use crate::alarms::{StepRecord, alarm_in, change, read_actor};
use crate::engine::Lock;
use crate::error::{Result, StoreError};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// An act to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrderAct {
    /// Of the order that opened then.
    pub opened_at: Timestamp,
    /// By which side.
    pub side: OrderSide,
    /// What.
    pub act: OrderAct,
    /// When.
    pub at: Timestamp,
    /// In the person's words.
    pub words: Option<String>,
}

/// An act as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderActRow {
    /// Of the order that opened then.
    pub opened_at: Timestamp,
    /// What, by which side, when.
    pub acted: Acted,
    /// Who, by what name, as what.
    pub actor: (UserId, String, Role),
    /// In the person's words.
    pub words: Option<String>,
}

impl Store {
    /// What was done on an alarm's orders, in order. Empty for an alarm outside the scope.
    pub async fn order_acts(&self, access: &Access, id: AlarmId) -> Result<Vec<OrderActRow>> {
        let mut sql = Sql::new(
            "select t.*, p.display_name as actor_name from order_act t join alarm a on a.id = t.alarm_id
             join unit_now u on u.unit_id = a.unit_id join account p on p.id = t.actor_id where t.alarm_id = $1",
        )
        .with(id.0);
        sql.narrow(access, Narrow::Current).push(" order by t.seq");
        self.pools.fetch_all(sql).await?.iter().map(read_act).collect()
    }

    /// Keeps an act, with the step that it is for the alarm, and tells. Conflict where the alarm is no longer at `expected_version`, or somebody
    /// did the same before.
    pub async fn add_order_act(
        &self,
        access: &Access,
        id: AlarmId,
        expected_version: i64,
        new: &NewOrderAct,
        moved: Option<(&Change, &StepRecord)>,
    ) -> Result<()> {
        let (by, role) = access.user_id.zip(access.role).ok_or(StoreError::NotFound)?;
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        let before = alarm_in(&mut tx, access, id).await?.alarm;
        if before.version != expected_version {
            return Err(StoreError::conflict("the alarm has changed since; look again"));
        }
        let sql = Sql::new(
            "insert into order_act (alarm_id, opened_at, side, act, at, actor_id, actor_role, words)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .with(id.0)
        .with(new.opened_at)
        .with(new.side.as_str())
        .with(new.act.as_str())
        .with(new.at)
        .with(by.0)
        .with(role.as_str())
        .with(new.words.clone());
        tx.execute(sql).await?;
        if let Some((change, step)) = moved {
            change::write_change(&mut tx, &before, change, new.at).await?;
            change::write_step(&mut tx, access, &before, change.to, step).await?;
        }
        let after = alarm_in(&mut tx, access, id).await?;
        change::tell(&mut tx, "alarm.changed", new.at, &after.alarm).await?;
        tx.commit().await
    }
}

fn read_act(row: &Row) -> Result<OrderActRow> {
    Ok(OrderActRow {
        opened_at: row.time("opened_at")?,
        acted: Acted {
            act: row.word("act", OrderAct::parse)?,
            side: row.word("side", OrderSide::parse)?,
            at: row.time("at")?,
        },
        actor: read_actor(row)?.ok_or_else(|| corrupt("actor_id", "nobody"))?,
        words: row.text_opt("words")?,
    })
}
