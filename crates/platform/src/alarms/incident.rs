//! Reports of fires (火情报告): the form filled in from rows, completed by people, sealed and signed when it is handed in; what is late rings by an alarm of its own.

use domain::access::Access;
use domain::alarm::incident::{IncidentEvent, IncidentForm, IncidentState, WITHIN, decide};
use domain::alarm::order::{OrderAct, OrderSide};
use domain::alarm::sheet::{IncidentReport, incident};
use domain::alarm::{AlarmCode, Source};
use domain::beijing::say_second;
use domain::ids::AlarmId;
use domain::recording::Span;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{IncidentChange, IncidentFilter, IncidentRow, OrderActRow, Page, PageAsk};
use tracing::{info, warn};

use super::order::{called, place_of};
use super::sheet::facts_of;
use super::work::alarm_object;
use super::{Reported, matter_id};
use crate::reports::{ReportKind, Written};
use crate::{Ask, Platform, PlatformError};

/// Late reports for which it rings in one round; the rest in the next.
const RINGS_MAX: u32 = 50;
/// What was due longer ago than this was told long ago, or is from before there were reports.
const LATE_LOOK: SignedDuration = SignedDuration::from_hours(24);

/// A report as the asker sees it.
#[derive(Debug, Clone)]
pub struct IncidentDetail {
    /// The fire and how far its report has come.
    pub row: IncidentRow,
    /// The form: as it was kept, or as rows fill it in.
    pub form: IncidentForm,
    /// True where the asker may write on it.
    pub may_write: bool,
}

/// What a person does with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentWish {
    /// Keep it, or hand it in.
    pub event: IncidentEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// The answers.
    pub form: IncidentForm,
}

impl Platform {
    /// Confirmed fires in the asker's reach and their reports, last confirmed first.
    pub async fn incidents(
        &self,
        ask: &Ask,
        filter: IncidentFilter,
        page: &PageAsk,
    ) -> Result<Page<IncidentRow>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        Ok(self.inner.store.incidents(&ask.access, filter, page).await?)
    }

    /// The report of one fire, filled in where nobody has written on it.
    pub async fn incident(&self, ask: &Ask, id: AlarmId) -> Result<IncidentDetail, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let row = self.inner.store.incident(&ask.access, id).await?;
        let form = match &row.form {
            Some(form) => form.clone(),
            None => self.filled_in(ask, &row).await?,
        };
        let may_write = ask.access.may(Capability::WorkAlarms) && row.state != IncidentState::Submitted;
        Ok(IncidentDetail { row, form, may_write })
    }

    /// Keeps a form, or hands it in: then it is sealed and signed.
    pub async fn write_incident(
        &self,
        ask: &Ask,
        id: AlarmId,
        wish: &IncidentWish,
    ) -> Result<IncidentDetail, PlatformError> {
        ask.access.need(Capability::WorkAlarms)?;
        let row = self.inner.store.incident(&ask.access, id).await?;
        let to = decide(row.state, wish.event, &wish.form)?;
        if row.version != wish.version {
            return Err(PlatformError::Conflict("somebody else wrote on this report; look again".to_owned()));
        }
        let paper = match wish.event {
            IncidentEvent::Save => None,
            IncidentEvent::Submit => Some(self.incident_paper(ask, &row, &wish.form).await?),
        };
        let change = IncidentChange { to, due_at: row.due_at, form: wish.form.clone(), paper, at: ask.now };
        let row = self.inner.store.change_incident(&ask.access, id, wish.version, &change).await?;
        let detail = change.paper.map(|paper| paper.digest);
        let action = format!("incident_{}", wish.event.as_str());
        self.audit(ask, &action, alarm_object(&row.alarm), "ok", detail).await?;
        self.incident(ask, id).await
    }

    async fn incident_paper(
        &self,
        ask: &Ask,
        row: &IncidentRow,
        form: &IncidentForm,
    ) -> Result<store::NewDutyReport, PlatformError> {
        let acts = self.acts_of(&ask.access, &row.alarm).await?;
        let by = self.name_of_asker(ask).await?;
        let report = IncidentReport {
            facts: facts_of(&row.alarm),
            form: form.clone(),
            called: called(&acts),
            due_at: row.due_at,
            submitted_at: ask.now,
            by: by.unwrap_or_default(),
        };
        let times = &row.alarm.alarm.times;
        let written = Written {
            kind: ReportKind::Incident,
            edition: incident(&report),
            organisation_id: None,
            region_id: None,
            alarm_id: Some(row.alarm.alarm.id),
            span: Span::new(times.occurred_at.min(ask.now), ask.now),
        };
        self.seal_report(ask, written).await
    }

    /// What rows know: where, what was seen, what was done, who was told.
    async fn filled_in(&self, ask: &Ask, row: &IncidentRow) -> Result<IncidentForm, PlatformError> {
        let alarm = &row.alarm;
        let acts = self.acts_of(&ask.access, alarm).await?;
        let note = alarm.note.as_deref().map_or(String::new(), |note| format!("：{note}"));
        let seen =
            format!("{}，{}{note}", say_second(alarm.alarm.times.occurred_at), alarm.alarm.code.name_zh());
        let done: Vec<String> =
            acts.iter().filter(|one| one.acted.act != OrderAct::CallFireBrigade).map(said).collect();
        Ok(IncidentForm {
            place: place_of(alarm).unwrap_or_default(),
            seen,
            measures: done.join("\n"),
            told: self.who_was_told(ask, row, &acts).await?.join("\n"),
            ..IncidentForm::default()
        })
    }

    async fn who_was_told(
        &self,
        ask: &Ask,
        row: &IncidentRow,
        acts: &[OrderActRow],
    ) -> Result<Vec<String>, PlatformError> {
        let id = row.alarm.alarm.id;
        let rungs = self.inner.store.ladder_rungs(&ask.access, id).await?;
        let notified = self.inner.store.notified(&ask.access, id).await?;
        let mut told: Vec<String> = Vec::new();
        for rung in rungs.iter().filter(|rung| rung.people > 0) {
            let mut names: Vec<&str> = notified
                .iter()
                .filter(|line| line.rung_seq == rung.seq)
                .filter_map(|line| Some(line.person.as_ref()?.1.as_str()))
                .collect();
            names.sort_unstable();
            names.dedup();
            told.push(format!(
                "{} 平台通知{}：{}",
                say_second(rung.first_told_at),
                rung.rung.role().name_zh(),
                names.join("、")
            ));
        }
        if let Some((at, by)) = called(acts) {
            told.push(format!("{} 拨打119：{by}", say_second(at)));
        }
        Ok(told)
    }

    /// Raises an alarm for each report that is late, once: it climbs, and stands among what was not handled in time.
    pub(super) async fn ring_late_reports(&self, now: Timestamp) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let since = now.saturating_sub(WITHIN).and_then(|at| at.saturating_sub(LATE_LOOK));
        for id in store.incidents_late(since.unwrap_or(Timestamp::MIN), now, RINGS_MAX).await? {
            if let Err(error) = self.ring_late(id, now).await {
                warn!(alarm = %id, %error, "late report of a fire not told");
            }
        }
        Ok(())
    }

    async fn ring_late(&self, id: AlarmId, now: Timestamp) -> Result<(), PlatformError> {
        let row = self.inner.store.incident(&Access::PLATFORM, id).await?;
        let report = Reported {
            code: AlarmCode::M06,
            unit_id: row.alarm.alarm.unit_id,
            camera_id: None,
            source: Source::Device,
            occurred_at: row.due_at,
            note: Some(format!(
                "{}的火情报告应于{}前提交 The report of this fire was due by then",
                row.alarm.alarm.code.name_zh(),
                say_second(row.due_at)
            )),
            simulated: row.alarm.simulated,
            observation_id: matter_id(&format!("incident report {id}")),
            detector: None,
        };
        let late = self.raise_reported(report, now).await?;
        self.inner.store.note_incident_late(id, row.due_at, late, now).await?;
        info!(alarm = %id, %late, "the report of a fire is late");
        Ok(())
    }
}

/// One act in a line.
fn said(act: &OrderActRow) -> String {
    let words = act.words.as_deref().map_or(String::new(), |words| format!("：{words}"));
    let side = match act.acted.side {
        OrderSide::Remote => "远程",
        OrderSide::Site => "现场",
    };
    format!("{} {side} {} {}{words}", say_second(act.acted.at), act.acted.act.name_zh(), act.actor.1)
}
