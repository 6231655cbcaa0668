//! Reports that confirmed fires owe (火情报告). Which alarm owes one is the domain's word; here it is one condition in SQL, which a contract test holds against it.

use std::collections::HashMap;

use domain::access::Access;
use domain::alarm::incident::{IncidentForm, IncidentState, WITHIN, due_at};
use domain::ids::{AlarmId, DutyReportId};
use jiff::Timestamp;

use crate::Store;
use crate::alarms::{AlarmRow, alarm_in};
use crate::error::{Result, StoreError};
use crate::ledger::{NewDutyReport, write_report};
use crate::page::{Page, PageAsk};
use crate::row::{Row, corrupt};
use crate::sql::{Narrow, Sql};

/// A confirmed fire and how far its report has come.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentRow {
    /// The fire.
    pub alarm: AlarmRow,
    /// Until when the report is due.
    pub due_at: Timestamp,
    /// How far it has come.
    pub state: IncidentState,
    /// What stands on the form; none: nothing yet.
    pub form: Option<IncidentForm>,
    /// Who handed it in, and when.
    pub submitted: Option<(Timestamp, String)>,
    /// The sealed paper.
    pub report_id: Option<DutyReportId>,
    /// The alarm that rang because it was late.
    pub late_alarm_id: Option<AlarmId>,
    /// Counts changes; 0: nobody wrote on it.
    pub version: i64,
}

/// Which reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IncidentFilter {
    /// Not handed in.
    #[default]
    Open,
    /// Not handed in, and due before this.
    Late(Timestamp),
    /// Every confirmed fire.
    All,
}

/// A form to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentChange {
    /// The state after it.
    pub to: IncidentState,
    /// Until when it is due.
    pub due_at: Timestamp,
    /// The answers.
    pub form: IncidentForm,
    /// The sealed paper, where it is handed in.
    pub paper: Option<NewDutyReport>,
    /// When.
    pub at: Timestamp,
}

/// Fires that owe a report, as [`due_at`] says.
const OWING: &str = "a.code in ('F01', 'F02', 'F03', 'F04') and a.verified_at is not null and not a.drill
    and a.state in ('confirmed', 'handling', 'in_review', 'closed')";

const ROWS: &str = "select a.id as fire_id, a.verified_at, i.*, p.display_name as submitted_name from alarm a
    join unit_now u on u.unit_id = a.unit_id left join incident_report i on i.alarm_id = a.id
    left join account p on p.id = i.submitted_by where ";

impl Store {
    /// Confirmed fires and their reports, last confirmed first.
    pub async fn incidents(
        &self,
        access: &Access,
        filter: IncidentFilter,
        ask: &PageAsk,
    ) -> Result<Page<IncidentRow>> {
        let mut sql = Sql::new(ROWS);
        sql.push(OWING);
        let open = " and (i.state is null or i.state <> 'submitted')";
        match filter {
            IncidentFilter::All => {}
            IncidentFilter::Open => {
                sql.push(open);
            }
            IncidentFilter::Late(now) => {
                sql.push(open).push(" and a.verified_at < ").bind(now.saturating_sub(WITHIN).ok());
            }
        }
        if let Some((at_us, id)) = ask.key::<(i64, AlarmId)>()? {
            sql.push(" and (a.verified_at, a.id) < (").bind(at_us).push(", ").bind(id.0).push(")");
        }
        sql.narrow(access, Narrow::Current);
        sql.push(" order by a.verified_at desc, a.id desc limit ").bind(ask.fetch());
        let rows = self.pools.fetch_all(sql).await?;
        let mut found = rows.iter().map(read_row).collect::<Result<Vec<_>>>()?;
        let ids: Vec<AlarmId> = found.iter().map(|one| one.id).collect();
        let alarms = self.alarms_by_id(access, &ids).await?;
        let mut alarms: HashMap<AlarmId, AlarmRow> =
            alarms.into_iter().map(|row| (row.alarm.id, row)).collect();
        let items = found.drain(..).filter_map(|one| {
            let alarm = alarms.remove(&one.id)?;
            Some((one.verified_at, one.with(alarm)))
        });
        let page = ask.cut(items.collect(), |(at, row): &(Timestamp, Result<IncidentRow>)| {
            (at.as_microsecond(), row.as_ref().map(|row| row.alarm.alarm.id).ok())
        });
        let items = page.items.into_iter().map(|(_, row)| row).collect::<Result<Vec<_>>>()?;
        Ok(Page { items, next: page.next })
    }

    /// One fire and its report. NotFound for what owes none.
    pub async fn incident(&self, access: &Access, id: AlarmId) -> Result<IncidentRow> {
        let mut sql = Sql::new(ROWS);
        sql.push(OWING).push(" and a.id = ").bind(id.0).narrow(access, Narrow::Current);
        let row = read_row(&self.pools.fetch_one(sql).await?)?;
        row.with(self.alarm(access, id).await?)
    }

    /// Keeps a form, and its sealed paper where it is handed in. Conflict where somebody wrote on it since `expected_version`.
    pub async fn change_incident(
        &self,
        access: &Access,
        id: AlarmId,
        expected_version: i64,
        change: &IncidentChange,
    ) -> Result<IncidentRow> {
        let by = access.user_id.ok_or(StoreError::NotFound)?;
        let form = serde_json::to_string(&change.form)
            .map_err(|error| StoreError::Invalid(format!("form: {error}")))?;
        let mut tx = self.pools.begin().await?;
        alarm_in(&mut tx, access, id).await?;
        if let Some(paper) = &change.paper {
            tx.execute(write_report(access, paper)).await?;
        }
        let submitted = change.paper.as_ref().map(|paper| paper.id.0);
        let mut sql = Sql::new(
            "insert into incident_report (alarm_id, due_at, state, form, changed_at, changed_by, submitted_at, submitted_by, report_id, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
             on conflict (alarm_id) do update set state = excluded.state, form = excluded.form, changed_at = excluded.changed_at,
                 changed_by = excluded.changed_by, submitted_at = excluded.submitted_at, submitted_by = excluded.submitted_by,
                 report_id = excluded.report_id, version = incident_report.version + 1
             where incident_report.state <> 'submitted' and incident_report.version = ",
        )
        .with(id.0)
        .with(change.due_at)
        .with(change.to.as_str())
        .with(form)
        .with(change.at)
        .with(by.0)
        .with(submitted.map(|_| change.at))
        .with(submitted.map(|_| by.0))
        .with(submitted);
        sql.bind(expected_version);
        if tx.execute(sql).await? == 0 {
            return Err(StoreError::conflict("somebody else wrote on this report; look again"));
        }
        tx.commit().await?;
        self.incident(access, id).await
    }

    /// Fires confirmed after `since` whose report is late at `now` and for which nothing rang yet; the longest late first.
    pub async fn incidents_late(&self, since: Timestamp, now: Timestamp, limit: u32) -> Result<Vec<AlarmId>> {
        let mut sql = Sql::new(
            "select a.id from alarm a left join incident_report i on i.alarm_id = a.id
             where (i.state is null or i.state <> 'submitted') and i.late_alarm_id is null and ",
        );
        sql.push(OWING).push(" and a.verified_at > ").bind(since);
        sql.push(" and a.verified_at < ").bind(now.saturating_sub(WITHIN).ok());
        sql.push(" order by a.verified_at, a.id limit ").bind(limit);
        self.pools.fetch_all(sql).await?.iter().map(|row| row.id("id")).collect()
    }

    /// Remembers which alarm rang for a late report.
    pub async fn note_incident_late(
        &self,
        id: AlarmId,
        due_at: Timestamp,
        late: AlarmId,
        at: Timestamp,
    ) -> Result<()> {
        let sql = Sql::new(
            "insert into incident_report (alarm_id, due_at, state, changed_at, late_alarm_id, version) values ($1, $2, 'owed', $3, $4, 1)
             on conflict (alarm_id) do update set late_alarm_id = excluded.late_alarm_id, version = incident_report.version + 1",
        )
        .with(id.0)
        .with(due_at)
        .with(at)
        .with(late.0);
        self.pools.execute(sql).await.map(drop)
    }
}

/// A row without its alarm.
struct Bare {
    id: AlarmId,
    verified_at: Timestamp,
    state: IncidentState,
    form: Option<IncidentForm>,
    submitted: Option<(Timestamp, String)>,
    report_id: Option<DutyReportId>,
    late_alarm_id: Option<AlarmId>,
    version: i64,
}

impl Bare {
    fn with(self, alarm: AlarmRow) -> Result<IncidentRow> {
        Ok(IncidentRow {
            due_at: due_at(&alarm.alarm).ok_or(StoreError::NotFound)?,
            state: self.state,
            form: self.form,
            submitted: self.submitted,
            report_id: self.report_id,
            late_alarm_id: self.late_alarm_id,
            version: self.version,
            alarm,
        })
    }
}

fn read_row(row: &Row) -> Result<Bare> {
    let form = row.text_opt("form")?;
    let form = form
        .map(|text| serde_json::from_str(&text).map_err(|error| corrupt("form", &error.to_string())))
        .transpose()?;
    let state = row.word_opt("state", IncidentState::parse)?;
    Ok(Bare {
        id: row.id("fire_id")?,
        verified_at: row.time("verified_at")?,
        submitted: row.time_opt("submitted_at")?.zip(row.text_opt("submitted_name")?),
        report_id: row.id_opt("report_id")?,
        late_alarm_id: row.id_opt("late_alarm_id")?,
        version: if state.is_some() { row.int("version")? } else { 0 },
        state: state.unwrap_or(IncidentState::Owed),
        form,
    })
}
