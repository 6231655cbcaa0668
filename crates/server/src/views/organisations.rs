//! Organisations, their people and assessments as they travel.

use domain::ids::RegionId;
use domain::organisation::OrganisationEvent;
use domain::organisation::assessment::Finding;
use platform::organisations::{Measuring, OrganisationDetail, OrganisationFacts, StaffMember};
use platform::rows::{AssessmentRow, OrganisationRow, OrganisationStep};
use platform::{Ask, Platform};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organisation {
    /// Id.
    pub id: Uuid,
    /// Registered name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Where it sits.
    pub region_id: Uuid,
    /// Its name.
    pub region_name: String,
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How to reach it by day and night.
    pub phone: String,
    /// Units it says it can serve.
    pub units_max: u32,
    /// A word of `organisation_states`.
    pub state: &'static str,
    /// Counts changes; sent back with every event.
    pub version: i64,
    /// When an order to rectify is looked at again.
    pub rectify_by: Option<Moment>,
    /// When it was registered.
    pub registered_at: Moment,
    /// People on its list.
    pub people: u32,
    /// Contracts that run.
    pub running: u32,
    /// Contracts accepted and not begun.
    pub accepted: u32,
    /// True for invented rows of a demonstration.
    pub synthetic: bool,
    /// What the asker may decide now, words of `organisation_events`.
    pub next: Vec<&'static str>,
}

/// Something that happened to an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationMoment {
    /// When.
    pub at: Moment,
    /// A word of `organisation_events`; null: it was registered.
    pub event: Option<&'static str>,
    /// The state after it.
    pub to: &'static str,
    /// Who; null: the platform.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What the platform measures of one criterion.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionFinding {
    /// A word of `criteria`.
    pub criterion: &'static str,
    /// What there is; null where a person has to look.
    pub measured: Option<u32>,
    /// What is asked.
    pub needed: u32,
    /// Whether the figures meet it.
    pub met: Option<bool>,
}

/// An organisation with what is behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationFile {
    /// As it stands.
    pub organisation: Organisation,
    /// What happened; empty for whoever may not look behind it.
    pub history: Vec<OrganisationMoment>,
    /// What the platform measures; null for whoever may not look behind it.
    pub findings: Option<Vec<CriterionFinding>>,
    /// People on shifts whose certificate counts; null likewise.
    pub qualified: Option<u32>,
}

/// An organisation to register.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrganisation {
    /// Registered name, 1 to 100 characters.
    pub name: String,
    /// Unified social credit code; blanks and small letters are forgiven.
    pub credit_code: String,
    /// Where it sits.
    pub region_id: Uuid,
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How to reach it by day and night.
    pub phone: String,
    /// Units it can serve.
    pub units_max: u32,
}

/// Facts of an organisation written anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationEdit {
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How to reach it by day and night.
    pub phone: String,
    /// Units it can serve.
    pub units_max: u32,
    /// The version that was looked at.
    pub version: i64,
}

/// A decision about an organisation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationEventRequest {
    /// A word of `organisation_events`.
    pub event: String,
    /// The version that was looked at.
    pub version: i64,
    /// Why; may be absent with an approval and a restoring.
    pub reason: Option<String>,
    /// With an order to rectify: when it is looked at again, within 90 days.
    pub rectify_by: Option<String>,
}

/// A certificate.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffCertificate {
    /// As printed.
    pub number: String,
    /// A word of `certificate_levels`.
    pub level: String,
    /// A word of `certificate_directions`.
    pub direction: String,
    /// Last day on which it counts, YYYY-MM-DD.
    pub valid_until: Option<String>,
    /// A word of `certificate_queries`.
    pub query: String,
    /// On which day the register was asked, YYYY-MM-DD.
    pub queried_on: Option<String>,
}

/// A person of an organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Staff {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// A word of `posts`.
    pub post: &'static str,
    /// The certificate.
    pub certificate: Option<StaffCertificate>,
    /// A word of `certificate_standings`, as of today.
    pub standing: &'static str,
    /// Whether that counts for a shift.
    pub qualified: bool,
    /// True where there is an account to sign in with.
    pub has_account: bool,
    /// Since when.
    pub joined_at: Moment,
    /// Until when.
    pub left_at: Option<Moment>,
}

/// A person to enter or to write anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffRequest {
    /// Name.
    pub name: String,
    /// A word of `posts`.
    pub post: String,
    /// The certificate.
    pub certificate: Option<StaffCertificate>,
}

/// An account to make for a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffAccountRequest {
    /// Name to sign in with.
    pub login_name: String,
}

/// One criterion as it was judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessedCriterion {
    /// A word of `criteria`.
    pub criterion: &'static str,
    /// What the person judged.
    pub passed: bool,
    /// What the platform measured at that moment.
    pub measured: Option<u32>,
    /// What was asked.
    pub needed: u32,
    /// What the person wrote.
    pub remark: Option<String>,
}

/// An assessment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assessment {
    /// Id.
    pub id: Uuid,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// True where every criterion passed.
    pub passed: bool,
    /// About all of it.
    pub remark: Option<String>,
    /// The four criteria.
    pub criteria: Vec<AssessedCriterion>,
}

/// What a person judges of one criterion.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgementRequest {
    /// A word of `criteria`.
    pub criterion: String,
    /// Whether it is met.
    pub passed: bool,
    /// Why; needed where it is not met, or against the figures.
    pub remark: Option<String>,
}

/// An assessment to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessmentRequest {
    /// Each of the four criteria once.
    pub criteria: Vec<JudgementRequest>,
    /// About all of it.
    pub remark: Option<String>,
}

impl Organisation {
    /// As the asker sees it.
    pub fn of(row: OrganisationRow, ask: &Ask) -> Self {
        let next = Platform::organisation_events(ask, row.state);
        let one = row.record;
        Self {
            id: one.id.0,
            name: one.name,
            credit_code: one.credit_code,
            region_id: one.region_id.0,
            region_name: row.region_name,
            address: one.address,
            premises_m2: one.premises_m2,
            phone: one.phone,
            units_max: one.units_max,
            state: row.state.as_str(),
            version: row.version,
            rectify_by: moment(row.rectify_by),
            registered_at: row.registered_at.into(),
            people: row.people,
            running: row.running,
            accepted: row.accepted,
            synthetic: one.synthetic,
            next: next.into_iter().map(OrganisationEvent::as_str).collect(),
        }
    }
}

impl OrganisationFile {
    /// As the asker sees it.
    pub fn of(detail: OrganisationDetail, ask: &Ask) -> Self {
        let finding = |one: &Finding| CriterionFinding {
            criterion: one.criterion.as_str(),
            measured: one.measured,
            needed: one.needed,
            met: one.is_met(),
        };
        let measuring: Option<Measuring> = detail.measuring;
        Self {
            organisation: Organisation::of(detail.row, ask),
            history: detail.steps.into_iter().map(happened).collect(),
            findings: measuring.map(|one| one.findings.iter().map(finding).collect()),
            qualified: measuring.map(|one| one.measured.qualified),
        }
    }
}

impl NewOrganisation {
    /// What the desk is asked for.
    pub fn wish(self) -> platform::organisations::OrganisationWish {
        platform::organisations::OrganisationWish {
            name: self.name,
            credit_code: self.credit_code,
            region_id: RegionId(self.region_id),
            facts: OrganisationFacts {
                address: self.address,
                premises_m2: self.premises_m2,
                phone: self.phone,
                units_max: self.units_max,
            },
        }
    }
}

impl OrganisationEdit {
    /// The facts without the version.
    pub fn facts(self) -> OrganisationFacts {
        OrganisationFacts {
            address: self.address,
            premises_m2: self.premises_m2,
            phone: self.phone,
            units_max: self.units_max,
        }
    }
}

impl Staff {
    /// As it travels.
    pub fn of(member: StaffMember) -> Self {
        let row = member.row;
        let certificate = row.record.certificate.map(|one| StaffCertificate {
            number: one.number,
            level: one.level.as_str().to_owned(),
            direction: one.direction.as_str().to_owned(),
            valid_until: one.valid_until.map(|day| day.to_string()),
            query: one.query.as_str().to_owned(),
            queried_on: one.queried_on.map(|day| day.to_string()),
        });
        Self {
            id: row.record.id.0,
            name: row.record.name,
            post: row.record.post.as_str(),
            certificate,
            standing: member.standing.as_str(),
            qualified: member.standing.counts(),
            has_account: row.account.is_some(),
            joined_at: row.joined_at.into(),
            left_at: moment(row.left_at),
        }
    }
}

impl Assessment {
    /// As it travels.
    pub fn of(row: AssessmentRow) -> Self {
        let one = row.assessment;
        let criterion = |one: platform::rows::AssessedCriterion| AssessedCriterion {
            criterion: one.criterion.as_str(),
            passed: one.passed,
            measured: one.measured,
            needed: one.needed,
            remark: one.remark,
        };
        Self {
            id: one.id.0,
            at: one.at.into(),
            by: row.by_name,
            passed: one.passed,
            remark: one.remark,
            criteria: one.criteria.into_iter().map(criterion).collect(),
        }
    }
}

fn happened(step: OrganisationStep) -> OrganisationMoment {
    OrganisationMoment {
        at: step.at.into(),
        event: step.event.map(OrganisationEvent::as_str),
        to: step.to.as_str(),
        by: step.actor.map(|(_, name)| name),
        reason: step.reason,
    }
}
