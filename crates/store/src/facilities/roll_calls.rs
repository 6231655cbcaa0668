//! Roll-calls at transmission devices: asked, received, answered or not. What may follow what is the domain's word.

use domain::access::Access;
use domain::facility::RollCallState;
use domain::ids::{RollCallId, TransmitterId, UnitId, UserId};
use jiff::Timestamp;

use super::{byte, need_transmitter};
use crate::Store;
use crate::cameras::found;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Most roll-calls whose deadline is over that are read at once.
const OVERDUE_MAX: i64 = 200;

/// A roll-call to write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRollCall {
    /// Own id.
    pub id: RollCallId,
    /// At which device.
    pub transmitter_id: TransmitterId,
    /// When.
    pub asked_at: Timestamp,
    /// By whom; none: the platform.
    pub asked_by: Option<UserId>,
    /// Minutes to answer.
    pub minutes: u8,
    /// Until when.
    pub deadline_at: Timestamp,
}

/// A roll-call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCall {
    /// Own id.
    pub id: RollCallId,
    /// At which device.
    pub transmitter_id: TransmitterId,
    /// Its unit then.
    pub unit_id: UnitId,
    /// When.
    pub asked_at: Timestamp,
    /// By whom, by what name; none: the platform.
    pub asked_by: Option<(UserId, String)>,
    /// Minutes to answer.
    pub minutes: u8,
    /// Until when.
    pub deadline_at: Timestamp,
    /// Where it stands.
    pub state: RollCallState,
    /// When the device said that it has it.
    pub received_at: Option<Timestamp>,
    /// When somebody answered.
    pub answered_at: Option<Timestamp>,
    /// Their number.
    pub operator: Option<u8>,
}

const ROLL_CALLS: &str = "select r.*, p.display_name as asked_by_name from transmitter_roll_call r
    join unit_now u on u.unit_id = r.unit_id
    left join account p on p.id = r.asked_by
    where 1 = 1";

impl Store {
    /// Writes a roll-call down, waiting. NotFound for a device outside the scope.
    pub async fn add_roll_call(&self, access: &Access, new: &NewRollCall) -> Result<()> {
        let mut tx = self.pools.begin().await?;
        let unit_id = need_transmitter(&mut tx, access, new.transmitter_id).await?;
        let sql = Sql::new(
            "insert into transmitter_roll_call (id, transmitter_id, unit_id, asked_at, asked_by, minutes, deadline_at, state)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .with(new.id.0)
        .with(new.transmitter_id.0)
        .with(unit_id.0)
        .with(new.asked_at)
        .with(new.asked_by.map(|id| id.0))
        .with(i64::from(new.minutes))
        .with(new.deadline_at)
        .with(RollCallState::Waiting.as_str());
        tx.execute(sql).await?;
        tx.commit().await
    }

    /// One roll-call.
    pub async fn roll_call(&self, access: &Access, id: RollCallId) -> Result<RollCall> {
        let mut sql = Sql::new(ROLL_CALLS);
        sql.push(" and r.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_roll_call(&self.pools.fetch_one(sql).await?)
    }

    /// Roll-calls, newest first; of one device where it is named.
    pub async fn roll_calls(
        &self,
        access: &Access,
        transmitter_id: Option<TransmitterId>,
        ask: &PageAsk,
    ) -> Result<Page<RollCall>> {
        let mut sql = Sql::new(ROLL_CALLS);
        sql.narrow(access, Narrow::Current);
        sql.filter(" and r.transmitter_id = ", transmitter_id.map(|id| id.0));
        if let Some((asked_us, id)) = ask.key::<(i64, RollCallId)>()? {
            sql.push(" and (r.asked_at, r.id) < (").bind(asked_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by r.asked_at desc, r.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_roll_call).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |one| (one.asked_at.as_microsecond(), one.id)))
    }

    /// Roll-calls that wait although their deadline is over at `now`.
    pub async fn roll_calls_overdue(&self, now: Timestamp) -> Result<Vec<RollCall>> {
        let mut sql = Sql::new(ROLL_CALLS);
        sql.push(" and r.state = 'waiting' and r.deadline_at < ").bind(now);
        sql.push(" order by r.deadline_at limit ").bind(OVERDUE_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_roll_call).collect()
    }

    /// Writes down that a device has a roll-call.
    pub async fn roll_call_received(&self, id: RollCallId, at: Timestamp) -> Result<()> {
        let sql = Sql::new(
            "update transmitter_roll_call set received_at = coalesce(received_at, $1) where id = $2",
        )
        .with(at)
        .with(id.0);
        found(self.pools.execute(sql).await?)
    }

    /// Moves a roll-call on, if it still is in the state `from`; whether it was.
    pub async fn move_roll_call(
        &self,
        id: RollCallId,
        (from, to): (RollCallState, RollCallState),
        answer: Option<(Timestamp, Option<u8>)>,
    ) -> Result<bool> {
        let sql = Sql::new(
            "update transmitter_roll_call set state = $1, answered_at = $2, operator = $3 where id = $4 and state = $5",
        )
        .with(to.as_str())
        .with(answer.map(|(at, _)| at))
        .with(answer.and_then(|(_, operator)| operator).map(i64::from))
        .with(id.0)
        .with(from.as_str());
        Ok(self.pools.execute(sql).await? > 0)
    }
}

fn read_roll_call(row: &Row) -> Result<RollCall> {
    let asked_by = row.id_opt("asked_by")?.zip(row.text_opt("asked_by_name")?);
    Ok(RollCall {
        id: row.id("id")?,
        transmitter_id: row.id("transmitter_id")?,
        unit_id: row.id("unit_id")?,
        asked_at: row.time("asked_at")?,
        asked_by,
        minutes: byte("minutes", row.int("minutes")?)?,
        deadline_at: row.time("deadline_at")?,
        state: row.word("state", RollCallState::parse)?,
        received_at: row.time_opt("received_at")?,
        answered_at: row.time_opt("answered_at")?,
        operator: row.int_opt("operator")?.map(|number| byte("operator", number)).transpose()?,
    })
}
