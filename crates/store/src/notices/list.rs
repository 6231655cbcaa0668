//! Lists of notices, and how many there are of each.

use domain::access::Access;
use domain::alarm::Rung;
use domain::ids::{AlarmId, NoticeId, OrganisationId, UnitId};
use domain::notice::{NoticeKind, NoticeState};
use jiff::Timestamp;

use super::{NOTICE_ROWS, NoticeRow, number, read_notice_row, visible};
use crate::Store;
use crate::error::Result;
use crate::page::{Page, PageAsk};
use crate::sql::Sql;

/// Which states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeStates {
    /// Any.
    #[default]
    All,
    /// Something waits for people of this level: a receipt, a reply, a review.
    Awaiting(Rung),
    /// Not closed and not withdrawn.
    Open,
    /// This one.
    One(NoticeState),
}

/// Which notices; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoticeQuery {
    /// In which states.
    pub states: NoticeStates,
    /// Of this kind.
    pub kind: Option<NoticeKind>,
    /// To this unit.
    pub unit_id: Option<UnitId>,
    /// To this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// About this alarm.
    pub alarm_id: Option<AlarmId>,
    /// Whose deadline has passed at this moment while the party still owes something.
    pub late_at: Option<Timestamp>,
}

/// Notices counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoticeCounts {
    /// Something waits for people of the asker's level.
    pub awaiting: u64,
    /// Not closed and not withdrawn.
    pub open: u64,
    /// The deadline has passed.
    pub late: u64,
    /// Climbed and not ended.
    pub escalated: u64,
    /// Drafts of the asker's office.
    pub drafted: u64,
    /// Everything in the asker's reach.
    pub all: u64,
}

const LATE: &str =
    "(n.state = 'sent' or n.kind <> 'reminder' and n.state in ('received', 'returned')) and n.deadline_at < ";

impl Store {
    /// Notices, newest first.
    pub async fn notices(
        &self,
        access: &Access,
        query: &NoticeQuery,
        ask: &PageAsk,
    ) -> Result<Page<NoticeRow>> {
        let mut sql = Sql::new(NOTICE_ROWS);
        visible(&mut sql, access);
        match query.states {
            NoticeStates::All => {}
            NoticeStates::Awaiting(rung) => {
                sql.push(" and ");
                awaiting(&mut sql, rung);
            }
            NoticeStates::Open => {
                sql.push(" and n.ended_at is null");
            }
            NoticeStates::One(state) => {
                sql.push(" and n.state = ").bind(state.as_str());
            }
        }
        sql.filter(" and n.kind = ", query.kind.map(NoticeKind::as_str));
        sql.filter(" and n.unit_id = ", query.unit_id.map(|id| id.0));
        sql.filter(" and n.organisation_id = ", query.organisation_id.map(|id| id.0));
        if let Some(alarm) = query.alarm_id {
            sql.push(" and n.id in (select x.notice_id from notice_alarm x where x.alarm_id = ");
            sql.bind(alarm.0).push(")");
        }
        if let Some(now) = query.late_at {
            sql.push(" and ").push(LATE).bind(now);
        }
        sql.filter(" and n.id < ", ask.key::<NoticeId>()?.map(|id| id.0));
        sql.push(" order by n.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let items = rows.iter().map(read_notice_row).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(items, |row| row.notice.id))
    }

    /// Counts at `now`; `level` is the asker's, where people of it sign or review.
    pub async fn notice_counts(
        &self,
        access: &Access,
        level: Option<Rung>,
        now: Timestamp,
    ) -> Result<NoticeCounts> {
        let mut sql = Sql::new("select cast(count(*) as bigint) as n_all");
        for (name, condition) in [
            (" as n_open", "n.ended_at is null"),
            (" as n_drafted", "n.state = 'drafted'"),
            (" as n_escalated", "n.ended_at is null and n.escalated_at is not null"),
        ] {
            sql.push(", ").push(SUM).push(condition).push(SUM_END).push(name);
        }
        sql.push(", ").push(SUM).push(LATE).bind(now).push(SUM_END).push(" as n_late, ").push(SUM);
        match level {
            Some(level) => awaiting(&mut sql, level),
            None => {
                sql.push("1 = 0");
            }
        }
        sql.push(SUM_END).push(
            " as n_awaiting from notice n left join unit_now u on u.unit_id = n.unit_id
                 left join organisation q on q.id = n.organisation_id where 1 = 1",
        );
        visible(&mut sql, access);
        let row = self.pools.fetch_one(sql).await?;
        Ok(NoticeCounts {
            awaiting: number(&row, "n_awaiting")?,
            open: number(&row, "n_open")?,
            late: number(&row, "n_late")?,
            escalated: number(&row, "n_escalated")?,
            drafted: number(&row, "n_drafted")?,
            all: number(&row, "n_all")?,
        })
    }
}

const SUM: &str = "cast(coalesce(sum(case when ";
const SUM_END: &str = " then 1 else 0 end), 0) as bigint)";

/// Something waits for people of this level.
fn awaiting(sql: &mut Sql, rung: Rung) {
    sql.push(
        "n.ended_at is null and (exists (select 1 from notice_rung g where g.notice_id = n.id and g.rung = ",
    );
    sql.bind(rung.as_str()).push(" and g.signed_at is null)");
    if matches!(rung, Rung::Unit | Rung::Organisation) {
        sql.push(" or n.kind <> 'reminder' and n.state in ('received', 'returned')");
    } else {
        sql.push(" or n.state = 'replied' and (n.issuer_level = ").bind(rung.as_str());
        sql.push(" or n.escalated_to = ").bind(rung.as_str()).push(")");
    }
    sql.push(")");
}
