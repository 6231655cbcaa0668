//! Scores, violation files, applications, censuses and contract documents as they travel.

use domain::duty::score::file::{EXCUSED_MINUTES_MAX, RULES, RowCounts};
use domain::duty::score::{PartScore, UPHELD_HUNDREDTHS};
use domain::organisation::application::ApplicationEvent;
use domain::organisation::violation::{APPEAL_WITHIN, ViolationEvent};
use platform::organisations::{MonthScore as Score, ViolationDetail};
use platform::rows::{
    ApplicationRow, ApplicationStep, ContractDocument as Document, ScoreRow, ViolationRow, ViolationStep, hex,
};
use platform::{Ask, Platform, PlatformError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// A kept score.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationScore {
    /// Whose.
    pub organisation_id: Uuid,
    /// Its name.
    pub organisation_name: String,
    /// YYYY-MM.
    pub month: String,
    /// By which rules it was counted.
    pub rules: String,
    /// Hundredths of a point, 0 to 10 000.
    pub hundredths: u32,
    /// SHA-256 of the file it follows from, hex.
    pub digest: String,
    /// When it was kept.
    pub kept_at: Moment,
}

/// One part of a score with its arithmetic: weight × 100 × numerator ÷ denominator, rounded down.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScorePart {
    /// A word of `score_parts`.
    pub part: &'static str,
    /// Points of 100.
    pub weight: u32,
    /// What was counted.
    pub numerator: u64,
    /// Of how many; 0: nothing was measured, which earns nothing.
    pub denominator: u64,
    /// What it earns, hundredths of a point.
    pub hundredths: u32,
}

/// How many rows were counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreRows {
    /// Days of rooms.
    pub room_days: u64,
    /// Roll-calls.
    pub roll_calls: u64,
    /// Alarms.
    pub alarms: u64,
    /// Drills.
    pub drills: u64,
    /// Confirmed findings of deceit.
    pub findings: u64,
}

/// The score of a month with everything it follows from.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthScore {
    /// YYYY-MM.
    pub month: String,
    /// The rules of this figure.
    pub rules: String,
    /// The rules that are in force.
    pub rules_now: &'static str,
    /// Hundredths of a point.
    pub hundredths: u32,
    /// What confirmed findings take away.
    pub taken_away: u32,
    /// What each of them takes away.
    pub per_finding: u32,
    /// Minutes of a room that planned exemptions take out of a month at most.
    pub excused_minutes_max: u64,
    /// The parts.
    pub parts: Vec<ScorePart>,
    /// How many rows were counted.
    pub rows: ScoreRows,
    /// SHA-256 of the file, hex.
    pub digest: String,
    /// When it was kept; null: the month is not closed, and the figure may change.
    pub kept_at: Option<Moment>,
}

/// An entry of a violation file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Violation {
    /// Id.
    pub id: Uuid,
    /// Against whom.
    pub organisation_id: Uuid,
    /// Its name.
    pub organisation_name: String,
    /// A word of `violation_kinds`.
    pub kind: &'static str,
    /// Of which stretch.
    pub from: Moment,
    /// Its end.
    pub until: Moment,
    /// In which room, where it is about one.
    pub room_name: Option<String>,
    /// Which person, where it is about one.
    pub staff_name: Option<String>,
    /// The upheld suspicion it comes from.
    pub suspicion_id: Option<Uuid>,
    /// What is held against it.
    pub words: String,
    /// How many rows it rests on.
    pub row_count: u32,
    /// SHA-256 of the evidence package, hex.
    pub digest: String,
    /// A word of `violation_states`.
    pub state: &'static str,
    /// Whether it stands against the organisation now.
    pub stands: bool,
    /// When it was opened.
    pub opened_at: Moment,
    /// Who opened it; null: the platform.
    pub opened_by: Option<String>,
    /// Until when a reply is awaited.
    pub reply_until: Moment,
    /// When it was confirmed.
    pub confirmed_at: Option<Moment>,
    /// Until when it can be appealed against.
    pub appeal_until: Option<Moment>,
    /// Counts changes; sent back with every event.
    pub version: i64,
    /// What the asker may do now, words of `violation_events`.
    pub next: Vec<&'static str>,
}

/// Something that happened to an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViolationMoment {
    /// When.
    pub at: Moment,
    /// A word of `violation_events`.
    pub event: &'static str,
    /// The state after it.
    pub to: &'static str,
    /// Who; null: the platform.
    pub by: Option<String>,
    /// What they said.
    pub words: String,
}

/// An entry with everything behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViolationFile {
    /// As it stands.
    pub violation: Violation,
    /// What happened, in order.
    pub steps: Vec<ViolationMoment>,
    /// The evidence package: form, kind, stretch, rows with their digests.
    pub package: Value,
    /// Whether the package still has the digest that was kept.
    pub intact: bool,
}

/// An entry to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewViolation {
    /// Against whom.
    pub organisation_id: Uuid,
    /// A word of `violation_kinds`; feigned duty comes from suspicions alone.
    pub kind: String,
    /// Of which stretch, RFC 3339.
    pub from: String,
    /// Its end, at most 31 days later.
    pub until: String,
    /// In one room alone.
    pub room_id: Option<Uuid>,
    /// Whose certificate is false.
    pub staff_id: Option<Uuid>,
    /// What is held against it.
    pub words: String,
}

/// A step with an entry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViolationEventRequest {
    /// A word of `violation_events`.
    pub event: String,
    /// What is said.
    pub words: String,
    /// The version that was looked at.
    pub version: i64,
}

/// An application for the register, as a stranger writes it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewApplication {
    /// Registered name, 1 to 100 characters.
    pub name: String,
    /// Unified social credit code; blanks and small letters are forgiven.
    pub credit_code: String,
    /// Where it would sit: one of the lowest regions.
    pub region_id: Uuid,
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How the office reaches it.
    pub phone: String,
    /// Units it can serve.
    pub units_max: u32,
    /// Who answers for it, 1 to 40 characters.
    pub leader_name: String,
}

/// A returned application that is sent again; code and region stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationAgain {
    /// The receipt.
    pub receipt: String,
    /// The version that was looked at.
    pub version: i64,
    /// All of it anew.
    pub application: NewApplication,
}

/// The receipt of an application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptRequest {
    /// As it was shown.
    pub receipt: String,
}

/// A region that an application may name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationRegion {
    /// Id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The region above.
    pub parent_id: Option<Uuid>,
}

/// An application as its writer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnApplication {
    /// Registered name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Where it would sit.
    pub region_id: Uuid,
    /// Its name.
    pub region_name: String,
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How the office reaches it.
    pub phone: String,
    /// Units it can serve.
    pub units_max: u32,
    /// Who answers for it.
    pub leader_name: String,
    /// A word of `application_states`.
    pub state: &'static str,
    /// What the office said last.
    pub reason: Option<String>,
    /// When it was sent first.
    pub applied_at: Moment,
    /// Its last step.
    pub moved_at: Moment,
    /// Counts changes.
    pub version: i64,
}

/// A new application with its receipt, which is shown once.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppliedFor {
    /// As it was kept.
    pub application: OwnApplication,
    /// The only way back to it.
    pub receipt: String,
}

/// An application as an office sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Application {
    /// Id.
    pub id: Uuid,
    /// What it says.
    pub said: OwnApplication,
    /// How often it was sent.
    pub sent_count: u32,
    /// Another organisation or application has the same name.
    pub same_name: bool,
    /// The organisation that came of it.
    pub organisation_id: Option<Uuid>,
    /// What the asker may do now, words of `application_events`.
    pub next: Vec<&'static str>,
}

/// Something that happened to an application.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationMoment {
    /// When.
    pub at: Moment,
    /// A word of `application_events`; null: it was sent.
    pub event: Option<&'static str>,
    /// The state after it.
    pub to: &'static str,
    /// Who; null: the applicant, or time.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// An application with what happened to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationFile {
    /// As it stands.
    pub application: Application,
    /// What happened, in order.
    pub steps: Vec<ApplicationMoment>,
}

/// A decision about an application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationEventRequest {
    /// `approve`, `return` or `refuse`.
    pub event: String,
    /// The version that was looked at.
    pub version: i64,
    /// Why; whoever applied reads it.
    pub reason: Option<String>,
}

/// A file of a contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractDocument {
    /// Id.
    pub id: Uuid,
    /// What it was called.
    pub file_name: String,
    /// `application/pdf`, `image/jpeg` or `image/png`.
    pub content_type: String,
    /// How large.
    pub size_bytes: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// Who added it.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl From<ScoreRow> for OrganisationScore {
    fn from(row: ScoreRow) -> Self {
        Self {
            organisation_id: row.organisation_id.0,
            organisation_name: row.organisation_name,
            month: row.month.text(),
            rules: row.rules,
            hundredths: row.hundredths,
            digest: hex(&row.digest),
            kept_at: Moment(row.made_at),
        }
    }
}

impl From<Score> for MonthScore {
    fn from(one: Score) -> Self {
        let counted = one.file.score();
        let RowCounts { room_days, roll_calls, alarms, drills, findings } = one.file.counts();
        Self {
            month: one.file.month,
            rules: one.file.rules,
            rules_now: RULES,
            hundredths: one.file.hundredths,
            taken_away: counted.taken_away,
            per_finding: UPHELD_HUNDREDTHS,
            excused_minutes_max: EXCUSED_MINUTES_MAX,
            parts: counted.parts.into_iter().map(part).collect(),
            rows: ScoreRows { room_days, roll_calls, alarms, drills, findings },
            digest: one.digest,
            kept_at: moment(one.kept_at),
        }
    }
}

fn part(one: PartScore) -> ScorePart {
    ScorePart {
        part: one.part.as_str(),
        weight: one.part.weight(),
        numerator: one.share.numerator,
        denominator: one.share.denominator,
        hundredths: one.hundredths,
    }
}

impl Violation {
    /// As the asker sees it.
    pub fn of(row: ViolationRow, ask: &Ask) -> Self {
        let next = Platform::violation_events(ask, &row).into_iter().map(ViolationEvent::as_str).collect();
        let one = row.opened;
        let appeal_until = row.confirmed_at.and_then(|at| at.checked_add(APPEAL_WITHIN).ok());
        Self {
            id: one.id.0,
            organisation_id: one.organisation_id.0,
            organisation_name: row.organisation_name,
            kind: one.kind.as_str(),
            from: Moment(one.span.start),
            until: Moment(one.span.end),
            room_name: row.room_name,
            staff_name: row.staff_name,
            suspicion_id: one.suspicion_id.map(|id| id.0),
            words: one.words,
            row_count: one.row_count,
            digest: hex(&one.digest),
            state: one.state.as_str(),
            stands: one.state.stands(),
            opened_at: Moment(one.opened_at),
            opened_by: row.opener.map(|(_, name)| name),
            reply_until: Moment(one.reply_until),
            confirmed_at: moment(row.confirmed_at),
            appeal_until: moment(appeal_until),
            version: row.version,
            next,
        }
    }
}

impl ViolationFile {
    /// As the asker sees it.
    pub fn of(detail: ViolationDetail, ask: &Ask) -> Result<Self, PlatformError> {
        let package = serde_json::from_str(&detail.row.opened.package).map_err(|error| {
            PlatformError::Internal(format!("violation {}: {error}", detail.row.opened.id))
        })?;
        Ok(Self {
            violation: Violation::of(detail.row, ask),
            steps: detail.steps.into_iter().map(violation_moment).collect(),
            package,
            intact: detail.is_intact,
        })
    }
}

fn violation_moment(step: ViolationStep) -> ViolationMoment {
    ViolationMoment {
        at: Moment(step.at),
        event: step.event.as_str(),
        to: step.to.as_str(),
        by: step.actor.map(|(_, name)| name),
        words: step.words,
    }
}

impl From<ApplicationRow> for OwnApplication {
    fn from(row: ApplicationRow) -> Self {
        let one = row.record;
        Self {
            name: one.name,
            credit_code: one.credit_code,
            region_id: one.region_id.0,
            region_name: row.region_name,
            address: one.address,
            premises_m2: one.premises_m2,
            phone: one.phone,
            units_max: one.units_max,
            leader_name: one.leader_name,
            state: row.state.as_str(),
            reason: row.reason,
            applied_at: Moment(row.applied_at),
            moved_at: Moment(row.moved_at),
            version: row.version,
        }
    }
}

impl Application {
    /// As the asker sees it.
    pub fn of(row: ApplicationRow, ask: &Ask) -> Self {
        let next = Platform::application_events(ask, row.state);
        Self {
            id: row.id.0,
            sent_count: row.sent_count,
            same_name: row.same_name,
            organisation_id: row.organisation_id.map(|id| id.0),
            next: next.into_iter().map(ApplicationEvent::as_str).collect(),
            said: row.into(),
        }
    }
}

impl From<ApplicationStep> for ApplicationMoment {
    fn from(step: ApplicationStep) -> Self {
        Self {
            at: Moment(step.at),
            event: step.event.map(ApplicationEvent::as_str),
            to: step.to.as_str(),
            by: step.actor.map(|(_, name)| name),
            reason: step.reason,
        }
    }
}

impl From<Document> for ContractDocument {
    fn from(row: Document) -> Self {
        Self {
            id: row.id.0,
            file_name: row.file_name,
            content_type: row.content_type,
            size_bytes: row.size_bytes,
            sha256: row.sha256,
            by: row.by.1,
            at: Moment(row.at),
        }
    }
}
