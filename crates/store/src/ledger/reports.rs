//! Reports of duty, kept as they were sealed.

use domain::access::{Access, Scope};
use domain::ids::{AlarmId, DutyReportId, OrganisationId, RegionId};
use domain::recording::Span;
use jiff::Timestamp;

use crate::Store;
use crate::error::Result;
use crate::organisations::within_reach;
use crate::page::{Page, PageAsk};
use crate::row::Row;
use crate::sql::{Narrow, Sql};

/// A report to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDutyReport {
    /// Own id.
    pub id: DutyReportId,
    /// `daily`, `weekly`, `alarm` or `incident`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Of which organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Of which region.
    pub region_id: Option<RegionId>,
    /// Of which alarm.
    pub alarm_id: Option<AlarmId>,
    /// Over which stretch.
    pub span: Span,
    /// When.
    pub made_at: Timestamp,
    /// Canonical JSON.
    pub content: String,
    /// Its SHA-256 in hex.
    pub digest: String,
    /// Which key signed it.
    pub key_id: String,
    /// The signature, base64.
    pub signature: String,
}

/// A kept report with the name of whoever made it; none: the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyReport {
    /// As it was made.
    pub made: NewDutyReport,
    /// By whom.
    pub made_by: Option<String>,
}

/// Which reports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DutyReportFilter {
    /// `daily`, `weekly`, `alarm` or `incident`.
    pub kind: Option<String>,
    /// Of this organisation.
    pub organisation_id: Option<OrganisationId>,
    /// Of this alarm.
    pub alarm_id: Option<AlarmId>,
}

const ROWS: &str =
    "select t.*, p.display_name as made_by_name from duty_report t left join account p on p.id = t.made_by
    left join organisation o on o.id = t.organisation_id where 1 = 1";

impl Store {
    /// Keeps a report.
    pub async fn add_duty_report(&self, access: &Access, new: &NewDutyReport) -> Result<()> {
        self.pools.execute(write_report(access, new)).await.map(drop)
    }

    /// Reports, last made first: those of organisations and regions in the asker's reach.
    pub async fn duty_reports(
        &self,
        access: &Access,
        filter: &DutyReportFilter,
        ask: &PageAsk,
    ) -> Result<Page<DutyReport>> {
        let mut sql = Sql::new(ROWS);
        seen_by(&mut sql, access);
        sql.filter(" and t.kind = ", filter.kind.as_deref());
        sql.filter(" and t.organisation_id = ", filter.organisation_id.map(|id| id.0));
        sql.filter(" and t.alarm_id = ", filter.alarm_id.map(|id| id.0));
        if let Some((at_us, id)) = ask.key::<(i64, DutyReportId)>()? {
            sql.push(" and (t.made_at, t.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.push(" order by t.made_at desc, t.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let rows = rows.iter().map(read_report).collect::<Result<Vec<_>>>()?;
        Ok(ask.cut(rows, |row| (row.made.made_at.as_microsecond(), row.made.id)))
    }

    /// One report.
    pub async fn duty_report(&self, access: &Access, id: DutyReportId) -> Result<DutyReport> {
        let mut sql = Sql::new(ROWS);
        sql.push(" and t.id = ").bind(id.0);
        seen_by(&mut sql, access);
        read_report(&self.pools.fetch_one(sql).await?)
    }
}

/// The statement that keeps a report.
pub(crate) fn write_report(access: &Access, new: &NewDutyReport) -> Sql {
    Sql::new(
        "insert into duty_report (id, kind, title, organisation_id, region_id, alarm_id, starts_at, ends_at, made_at, made_by, content, digest, key_id, signature)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .with(new.id.0)
    .with(&new.kind)
    .with(&new.title)
    .with(new.organisation_id.map(|id| id.0))
    .with(new.region_id.map(|id| id.0))
    .with(new.alarm_id.map(|id| id.0))
    .with(new.span.start)
    .with(new.span.end)
    .with(new.made_at)
    .with(access.user_id.map(|id| id.0))
    .with(&new.content)
    .with(&new.digest)
    .with(&new.key_id)
    .with(&new.signature)
}

/// Those of organisations in reach; those of a region for its offices; those of an alarm for whoever sees the alarm.
fn seen_by(sql: &mut Sql, access: &Access) {
    sql.push(" and ((t.organisation_id is not null");
    within_reach(sql, access);
    sql.push(")");
    sql.push(" or t.alarm_id is not null and exists (select 1 from alarm a join unit_now u on u.unit_id = a.unit_id where a.id = t.alarm_id");
    sql.narrow(access, Narrow::Current).push(")");
    if let Some(Scope::Region(id)) = access.scope {
        sql.push(" or t.region_id in (select descendant_id from region_tree where ancestor_id = ")
            .bind(id.0)
            .push(")");
    }
    if *access == Access::PLATFORM {
        sql.push(" or 1 = 1");
    }
    sql.push(")");
}

fn read_report(row: &Row) -> Result<DutyReport> {
    Ok(DutyReport {
        made: NewDutyReport {
            id: row.id("id")?,
            kind: row.text("kind")?,
            title: row.text("title")?,
            organisation_id: row.id_opt("organisation_id")?,
            region_id: row.id_opt("region_id")?,
            alarm_id: row.id_opt("alarm_id")?,
            span: Span::new(row.time("starts_at")?, row.time("ends_at")?),
            made_at: row.time("made_at")?,
            content: row.text("content")?,
            digest: row.text("digest")?,
            key_id: row.text("key_id")?,
            signature: row.text("signature")?,
        },
        made_by: row.text_opt("made_by_name")?,
    })
}
