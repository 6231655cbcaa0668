//! What climbed to an office: its queue, and its acknowledgements.

use std::collections::HashMap;

use domain::access::Access;
use domain::alarm::ladder::Rung;
use domain::ids::AlarmId;
use jiff::Timestamp;

use super::{LadderRung, RUNG_ROWS, read_rung};
use crate::Store;
use crate::alarms::{AlarmRow, alarm_in, change};
use crate::engine::Lock;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::sql::{Narrow, Sql};

/// Which part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscalationFilter {
    /// Still open, and the office has not acknowledged.
    Owed,
    /// Everything that ever climbed here.
    All,
}

/// An alarm that climbed to a rung.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalation {
    /// The rung as told.
    pub rung: LadderRung,
    /// The alarm as it stands.
    pub alarm: AlarmRow,
}

impl Store {
    /// What climbed to `rung` within the asker's reach, last told first.
    pub async fn escalations(
        &self,
        access: &Access,
        rung: Rung,
        filter: EscalationFilter,
        ask: &PageAsk,
    ) -> Result<Page<Escalation>> {
        let mut sql = Sql::new(RUNG_ROWS);
        sql.push(" and l.people > 0 and l.rung = ").bind(rung.as_str());
        if filter == EscalationFilter::Owed {
            sql.push(" and l.owes_receipt and l.acknowledged_at is null and a.is_open = true");
        }
        sql.filter(" and l.seq < ", ask.key::<i64>()?);
        sql.narrow(access, Narrow::Current).push(" order by l.seq desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rungs = rows.iter().map(read_rung).collect::<Result<Vec<_>>>()?;
        let page = ask.cut(rungs, |one| one.seq);
        let ids: Vec<AlarmId> = page.items.iter().map(|one| one.alarm_id).collect();
        let alarms: HashMap<AlarmId, AlarmRow> =
            self.alarms_by_id(access, &ids).await?.into_iter().map(|row| (row.alarm.id, row)).collect();
        let items = page
            .items
            .into_iter()
            .filter_map(|rung| {
                let alarm = alarms.get(&rung.alarm_id)?.clone();
                Some(Escalation { rung, alarm })
            })
            .collect();
        Ok(Page { items, next: page.next })
    }

    /// How many acknowledgements a rung owes within the asker's reach, counted up to `most`.
    pub async fn count_owed(&self, access: &Access, rung: Rung, most: i64) -> Result<i64> {
        let mut sql = Sql::new(
            "select cast(count(*) as bigint) as n from (select l.seq from ladder_rung l join alarm a on a.id = l.alarm_id
             join unit_now u on u.unit_id = a.unit_id
             where l.people > 0 and l.owes_receipt and l.acknowledged_at is null and a.is_open = true and l.rung = $1",
        )
        .with(rung.as_str());
        sql.narrow(access, Narrow::Current).push(" order by l.seq desc limit ").bind(most).push(") owed");
        self.pools.fetch_one(sql).await?.int("n")
    }

    /// Acknowledges an alarm for a rung: in every run in which the rung was told and has not acknowledged. Answers how many these
    /// were; none where everything was acknowledged before. NotFound for an alarm outside the scope, or one that never climbed here.
    pub async fn acknowledge_rung(
        &self,
        access: &Access,
        id: AlarmId,
        rung: Rung,
        note: Option<&str>,
        at: Timestamp,
    ) -> Result<u64> {
        let by = access.user_id.ok_or(StoreError::NotFound)?;
        let mut tx = self.pools.begin().await?;
        tx.lock(Lock::Outbox).await?;
        let row = alarm_in(&mut tx, access, id).await?;
        let sql =
            Sql::new("select seq from ladder_rung where alarm_id = $1 and rung = $2 and people > 0 limit 1")
                .with(id.0)
                .with(rung.as_str());
        tx.fetch_opt(sql).await?.ok_or(StoreError::NotFound)?;
        let sql = Sql::new(
            "update ladder_rung set acknowledged_at = $1, acknowledged_by = $2, acknowledged_note = $3
             where alarm_id = $4 and rung = $5 and people > 0 and acknowledged_at is null",
        )
        .with(at)
        .with(by.0)
        .with(note)
        .with(id.0)
        .with(rung.as_str());
        let acknowledged = tx.execute(sql).await?;
        if acknowledged > 0 {
            change::tell(&mut tx, "alarm.changed", at, &row.alarm).await?;
        }
        tx.commit().await?;
        Ok(acknowledged)
    }
}
