//! Planned exemptions: asked for, decided by another person, taken back. Who may do what is the domain's word.

use domain::access::Access;
use domain::duty::roll_call::exemption::{ExemptionEvent, ExemptionState};
use domain::ids::{DutyRoomId, ExemptionId, UserId};
use domain::recording::Span;
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// An exemption to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExemption {
    /// Own id.
    pub id: ExemptionId,
    /// Of which room.
    pub room_id: DutyRoomId,
    /// When it is not asked.
    pub span: Span,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub asked_by: UserId,
    /// When.
    pub at: Timestamp,
}

/// An exemption with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptionRow {
    /// Own id.
    pub id: ExemptionId,
    /// Of which room.
    pub room_id: DutyRoomId,
    /// Its name.
    pub room_name: String,
    /// Name of the organisation whose people sit there.
    pub organisation_name: String,
    /// When it is not asked.
    pub span: Span,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: ExemptionState,
    /// Who asked.
    pub asked_by: (UserId, String),
    /// When.
    pub asked_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<(UserId, String)>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What they wrote.
    pub decided_why: Option<String>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i64,
}

/// Which exemptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExemptionFilter {
    /// Only those asked for or approved that are not over at this moment.
    pub open_at: Option<Timestamp>,
    /// Of this room.
    pub room_id: Option<DutyRoomId>,
}

/// A step that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptionChange {
    /// What happens.
    pub event: ExemptionEvent,
    /// The state after it.
    pub to: ExemptionState,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What they wrote.
    pub why: Option<String>,
}

const ROWS: &str = "select x.*, r.name as room_name, o.name as organisation_name, a.display_name as asked_name, d.display_name as decided_name
    from roll_call_exemption x
    join duty_room r on r.id = x.room_id
    join organisation o on o.id = r.organisation_id
    join unit_now u on u.unit_id = r.unit_id
    join account a on a.id = x.asked_by
    left join account d on d.id = x.decided_by
    where 1 = 1";

impl Store {
    /// Keeps a wish. NotFound where the room is out of reach or closed.
    pub async fn ask_for_exemption(&self, access: &Access, new: &NewExemption) -> Result<ExemptionRow> {
        let mut sql = Sql::new(
            "insert into roll_call_exemption (id, room_id, starts_at, ends_at, reason, state, asked_by, asked_at, version)
             select cast($1 as text), r.id, cast($2 as bigint), cast($3 as bigint), cast($4 as text), cast($5 as text), cast($6 as text),
                 cast($7 as bigint), 0
             from duty_room r join unit_now u on u.unit_id = r.unit_id where r.closed_at is null and r.id = $8",
        )
        .with(new.id.0)
        .with(new.span.start)
        .with(new.span.end)
        .with(&new.reason)
        .with(ExemptionState::Asked.as_str())
        .with(new.asked_by.0)
        .with(new.at)
        .with(new.room_id.0);
        sql.narrow(access, Narrow::Current);
        if self.pools.execute(sql).await? == 0 {
            return Err(StoreError::NotFound);
        }
        self.exemption(access, new.id).await
    }

    /// One exemption.
    pub async fn exemption(&self, access: &Access, id: ExemptionId) -> Result<ExemptionRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and x.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_row(&self.pools.fetch_one(sql).await?)
    }

    /// Exemptions, last asked for first.
    pub async fn exemptions(
        &self,
        access: &Access,
        filter: &ExemptionFilter,
        ask: &PageAsk,
    ) -> Result<Page<ExemptionRow>> {
        let mut sql = Sql::new(ROWS);
        if let Some(at) = filter.open_at {
            sql.push(" and x.state in ('asked', 'approved') and x.ends_at > ").bind(at);
        }
        sql.filter(" and x.room_id = ", filter.room_id.map(|id| id.0)).narrow(access, Narrow::Current);
        if let Some((at_us, id)) = ask.key::<(i64, ExemptionId)>()? {
            sql.push(" and (x.asked_at, x.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by x.asked_at desc, x.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?.iter().map(read_row).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.asked_at.as_microsecond(), row.id)))
    }

    /// Writes a step. Conflict when somebody was faster; NotFound out of reach.
    pub async fn change_exemption(
        &self,
        access: &Access,
        id: ExemptionId,
        expected_version: i64,
        change: &ExemptionChange,
    ) -> Result<ExemptionRow> {
        let before = self.exemption(access, id).await?;
        let mut sql = Sql::new("update roll_call_exemption set version = version + 1, state = ");
        sql.bind(change.to.as_str());
        if change.event == ExemptionEvent::Withdraw {
            sql.push(", withdrawn_at = ").bind(change.at).push(", withdrawn_by = ").bind(change.by.0);
        } else {
            sql.push(", decided_at = ").bind(change.at).push(", decided_by = ").bind(change.by.0);
            sql.push(", decided_why = ").bind(change.why.as_deref());
        }
        sql.push(" where id = ").bind(id.0).push(" and version = ").bind(expected_version);
        if self.pools.execute(sql).await? == 0 {
            return Err(StoreError::conflict(format!(
                "the exemption is at version {} ({}), not {expected_version}: somebody was faster",
                before.version,
                before.state.as_str()
            )));
        }
        self.exemption(access, id).await
    }
}

fn read_row(row: &Row) -> Result<ExemptionRow> {
    Ok(ExemptionRow {
        id: row.id("id")?,
        room_id: row.id("room_id")?,
        room_name: row.text("room_name")?,
        organisation_name: row.text("organisation_name")?,
        span: Span { start: row.time("starts_at")?, end: row.time("ends_at")? },
        reason: row.text("reason")?,
        state: row.word("state", ExemptionState::parse)?,
        asked_by: (row.id("asked_by")?, row.text("asked_name")?),
        asked_at: row.time("asked_at")?,
        decided_by: row.id_opt("decided_by")?.zip(row.text_opt("decided_name")?),
        decided_at: row.time_opt("decided_at")?,
        decided_why: row.text_opt("decided_why")?,
        withdrawn_at: row.time_opt("withdrawn_at")?,
        version: row.int("version")?,
    })
}
