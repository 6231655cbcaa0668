//! Reports of fires as they travel.

use domain::access::Access;
use domain::alarm::incident::{IncidentForm as Form, IncidentState};
use jiff::Timestamp;
use platform::alarms::IncidentDetail as Found;
use platform::rows::IncidentRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::alarms::Alarm;
use super::{Moment, moment};

/// A confirmed fire and its report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Incident {
    /// The fire.
    pub alarm: Alarm,
    /// Until when the report is due.
    pub due_at: Moment,
    /// `owed`, `drafted` or `submitted`.
    pub state: &'static str,
    /// True where it was not handed in by then, or handed in later.
    pub late: bool,
    /// When it was handed in.
    pub submitted_at: Option<Moment>,
    /// By whom.
    pub submitted_by: Option<String>,
    /// The sealed paper; its document is under `/api/duty/reports/{id}/document`.
    pub report_id: Option<Uuid>,
    /// The alarm that rang because it was late.
    pub late_alarm_id: Option<Uuid>,
    /// Counts changes; sent back with every writing.
    pub version: i64,
}

/// One report with its form.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentDetail {
    /// The fire and how far its report has come.
    pub incident: Incident,
    /// The form: as it was kept, or filled in from rows.
    pub form: IncidentForm,
    /// True where the asker may write on it.
    pub may_write: bool,
}

/// The answers of the form; each of words at most 2000 characters, each number of people at most 100000.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentForm {
    /// Where exactly.
    pub place: String,
    /// What was seen.
    pub seen: String,
    /// What burned, and why as far as is known.
    pub cause: String,
    /// What was done.
    pub measures: String,
    /// Who was told, by whom, when.
    pub told: String,
    /// What was lost.
    pub damage: String,
    /// People hurt.
    pub injured: u32,
    /// People dead.
    pub dead: u32,
    /// People led out.
    pub evacuated: u32,
}

/// A form to be kept or handed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentRequest {
    /// `save` or `submit`.
    pub event: String,
    /// The version the person was looking at.
    pub version: i64,
    /// The answers.
    pub form: IncidentForm,
}

impl Incident {
    /// As `access` sees it at `now`.
    pub fn of(row: IncidentRow, access: &Access, now: Timestamp) -> Self {
        let (submitted_at, submitted_by) = row.submitted.unzip();
        let until = if row.state == IncidentState::Submitted { submitted_at.unwrap_or(now) } else { now };
        Self {
            late: until > row.due_at,
            due_at: row.due_at.into(),
            state: row.state.as_str(),
            submitted_at: moment(submitted_at),
            submitted_by,
            report_id: row.report_id.map(|id| id.0),
            late_alarm_id: row.late_alarm_id.map(|id| id.0),
            version: row.version,
            alarm: Alarm::of(row.alarm, access, now),
        }
    }
}

impl IncidentDetail {
    /// As `access` sees it at `now`.
    pub fn of(found: Found, access: &Access, now: Timestamp) -> Self {
        Self {
            incident: Incident::of(found.row, access, now),
            form: found.form.into(),
            may_write: found.may_write,
        }
    }
}

impl From<Form> for IncidentForm {
    fn from(form: Form) -> Self {
        let Form { place, seen, cause, measures, told, damage, injured, dead, evacuated } = form;
        Self { place, seen, cause, measures, told, damage, injured, dead, evacuated }
    }
}

impl From<IncidentForm> for Form {
    fn from(form: IncidentForm) -> Self {
        let IncidentForm { place, seen, cause, measures, told, damage, injured, dead, evacuated } = form;
        Self { place, seen, cause, measures, told, damage, injured, dead, evacuated }
    }
}
