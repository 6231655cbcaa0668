//! Quarantines: proposed once at a time for a rule at a camera, changed by whoever is first, found by those who raise alarms.

use domain::access::Access;
use domain::alarm::AlarmCode;
use domain::ids::{CameraId, QuarantineId, UnitId, UserId};
use domain::quality::{
    Grounds, Quarantine, QuarantineEvent, QuarantineState, REST_AFTER_DECLINE, STALE_AFTER,
};
use jiff::Timestamp;

use crate::Store;
use crate::error::{Result, StoreError};
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// Most quarantines whose time is over that one look finds; the next finds the rest.
const OVER_MAX: i64 = 500;

/// A quarantine to propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuarantine {
    /// Own id.
    pub id: QuarantineId,
    /// At which camera.
    pub camera_id: CameraId,
    /// Which rule.
    pub code: AlarmCode,
    /// The model whose answers it rests on.
    pub model: Option<String>,
    /// Why.
    pub grounds: Grounds,
    /// Answers when it was proposed.
    pub answered: u32,
    /// Real ones among them.
    pub real: u32,
    /// False ones on the worst day.
    pub worst_day: u32,
    /// When.
    pub at: Timestamp,
}

/// A quarantine with the names around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineRow {
    /// As it was proposed.
    pub new: NewQuarantine,
    /// Where it stands.
    pub state: QuarantineState,
    /// Counts changes.
    pub version: i64,
    /// The camera's unit now.
    pub unit_id: UnitId,
    /// Its name.
    pub unit_name: String,
    /// The camera's name now.
    pub camera_name: String,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<(UserId, String)>,
    /// What they wrote.
    pub decided_why: Option<String>,
    /// When it ends.
    pub until: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// By whom; none: time.
    pub closed_by: Option<(UserId, String)>,
    /// What they wrote.
    pub closed_why: Option<String>,
}

impl QuarantineRow {
    /// As the rules see it.
    pub fn as_rule(&self) -> Quarantine {
        Quarantine { code: self.new.code, state: self.state, proposed_at: self.new.at, until: self.until }
    }
}

/// Which quarantines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QuarantineFilter {
    /// Only those that are proposed or in force.
    pub open_only: bool,
    /// At this camera.
    pub camera_id: Option<CameraId>,
}

/// A step that the domain allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineChange {
    /// What happens.
    pub event: QuarantineEvent,
    /// The state after it.
    pub to: QuarantineState,
    /// When.
    pub at: Timestamp,
    /// Who; none: the platform.
    pub by: Option<UserId>,
    /// What they wrote.
    pub why: Option<String>,
    /// When it ends, with an approval.
    pub until: Option<Timestamp>,
}

const ROWS: &str =
    "select q.*, c.name as camera_name, u.unit_id, u.name as unit_name, d.display_name as decided_name,
        e.display_name as closed_name
    from rule_quarantine q
    join camera c on c.id = q.camera_id
    join unit_now u on u.unit_id = c.unit_id
    left join account d on d.id = q.decided_by
    left join account e on e.id = q.closed_by
    where 1 = 1";

impl Store {
    /// Proposes a quarantine. False where one is proposed or in force for this rule at this camera, or a person declined or lifted one lately.
    pub async fn propose_quarantine(&self, new: &NewQuarantine) -> Result<bool> {
        let rested = new.at.saturating_sub(REST_AFTER_DECLINE).unwrap_or(Timestamp::MIN);
        let sql = Sql::new(
            "insert into rule_quarantine (id, camera_id, code, model, state, version, grounds, proposed_at, answered, real_count, worst_day)
             select cast($1 as text), c.id, cast($2 as text), cast($3 as text), 'proposed', 0, cast($4 as text), cast($5 as bigint),
                 cast($6 as bigint), cast($7 as bigint), cast($8 as bigint)
             from camera c where c.id = $9 and c.removed_at is null and not exists (
                 select 1 from rule_quarantine q where q.camera_id = c.id and q.code = $2
                     and (q.state in ('proposed', 'in_force') or q.state in ('declined', 'lifted') and q.closed_at > $10))
             on conflict do nothing",
        )
        .with(new.id.0)
        .with(new.code.as_str())
        .with(new.model.clone())
        .with(new.grounds.as_str())
        .with(new.at)
        .with(new.answered)
        .with(new.real)
        .with(new.worst_day)
        .with(new.camera_id.0)
        .with(rested);
        Ok(self.pools.execute(sql).await? > 0)
    }

    /// One quarantine.
    pub async fn quarantine(&self, access: &Access, id: QuarantineId) -> Result<QuarantineRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and q.id = ").bind(id.0).narrow(access, Narrow::Current);
        read_quarantine(&self.pools.fetch_one(sql).await?)
    }

    /// Quarantines, newest first.
    pub async fn quarantines(
        &self,
        access: &Access,
        filter: &QuarantineFilter,
        ask: &PageAsk,
    ) -> Result<Page<QuarantineRow>> {
        let mut sql = Sql::new(ROWS);
        sql.narrow(access, Narrow::Current);
        if filter.open_only {
            sql.push(" and q.state in ('proposed', 'in_force')");
        }
        sql.filter(" and q.camera_id = ", filter.camera_id.map(|id| id.0));
        if let Some((at_us, id)) = ask.key::<(i64, QuarantineId)>()? {
            sql.push(" and (q.proposed_at, q.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by q.proposed_at desc, q.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_quarantine).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.new.at.as_microsecond(), row.new.id)))
    }

    /// Writes a step. Conflict when somebody was faster; NotFound outside the scope.
    pub async fn change_quarantine(
        &self,
        access: &Access,
        id: QuarantineId,
        expected_version: i64,
        change: &QuarantineChange,
    ) -> Result<QuarantineRow> {
        let before = self.quarantine(access, id).await?;
        let mut sql = Sql::new("update rule_quarantine set version = version + 1, state = ");
        sql.bind(change.to.as_str());
        if matches!(change.event, QuarantineEvent::Approve | QuarantineEvent::Decline) {
            sql.push(", decided_at = ")
                .bind(change.at)
                .push(", decided_by = ")
                .bind(change.by.map(|id| id.0));
            sql.push(", decided_why = ").bind(change.why.clone()).push(", until = ").bind(change.until);
        }
        if change.event != QuarantineEvent::Approve {
            sql.push(", closed_at = ").bind(change.at).push(", closed_by = ").bind(change.by.map(|id| id.0));
            sql.push(", closed_why = ").bind(change.why.clone());
        }
        sql.push(" where id = ").bind(id.0).push(" and version = ").bind(expected_version);
        if self.pools.execute(sql).await? == 0 {
            return Err(StoreError::conflict(format!(
                "the quarantine is at version {} ({}), not {expected_version}: somebody was faster",
                before.version,
                before.state.as_str()
            )));
        }
        self.quarantine(access, id).await
    }

    /// Whether the alarms of a rule at a camera are quiet at a moment. An end that has passed counts, whether or not it is written down.
    pub async fn is_rule_quiet(
        &self,
        access: &Access,
        camera_id: CameraId,
        code: AlarmCode,
        at: Timestamp,
    ) -> Result<bool> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and q.camera_id = ").bind(camera_id.0).push(" and q.code = ").bind(code.as_str());
        sql.push(" and q.state = 'in_force'").narrow(access, Narrow::Current);
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_quarantine).collect::<Result<Vec<_>>>()?;
        Ok(rows.iter().any(|row| row.as_rule().is_quiet_at(at)))
    }

    /// Quarantines whose time is over and that nobody has written so. No asker: it is the platform that keeps time.
    pub async fn quarantines_over(&self, now: Timestamp) -> Result<Vec<QuarantineRow>> {
        let stale = now.saturating_sub(STALE_AFTER).unwrap_or(Timestamp::MIN);
        let mut sql = Sql::new(ROWS);
        sql.push(" and (q.state = 'in_force' and q.until <= ").bind(now);
        sql.push(" or q.state = 'proposed' and q.proposed_at <= ").bind(stale);
        sql.push(") order by q.proposed_at limit ").bind(OVER_MAX);
        self.pools.fetch_all(sql).await?.iter().map(read_quarantine).collect()
    }
}

fn read_quarantine(row: &Row) -> Result<QuarantineRow> {
    let count = |column| row.int(column).map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Ok(QuarantineRow {
        new: NewQuarantine {
            id: row.id("id")?,
            camera_id: row.id("camera_id")?,
            code: row.word("code", AlarmCode::parse)?,
            model: row.text_opt("model")?,
            grounds: row.word("grounds", Grounds::parse)?,
            answered: count("answered")?,
            real: count("real_count")?,
            worst_day: count("worst_day")?,
            at: row.time("proposed_at")?,
        },
        state: row.word("state", QuarantineState::parse)?,
        version: row.int("version")?,
        unit_id: row.id("unit_id")?,
        unit_name: row.text("unit_name")?,
        camera_name: row.text("camera_name")?,
        decided_at: row.time_opt("decided_at")?,
        decided_by: row.id_opt("decided_by")?.zip(row.text_opt("decided_name")?),
        decided_why: row.text_opt("decided_why")?,
        until: row.time_opt("until")?,
        closed_at: row.time_opt("closed_at")?,
        closed_by: row.id_opt("closed_by")?.zip(row.text_opt("closed_name")?),
        closed_why: row.text_opt("closed_why")?,
    })
}
