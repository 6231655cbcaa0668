//! Censuses as they travel.

use domain::organisation::census::{CensusCounts as Counts, CensusEvent};
use platform::organisations::{CensusDetail, CensusRegion as Region};
use platform::rows::{
    CensusAnswer as Answer, CensusLists as Lists, CensusOrganisation as Organisation, CensusRow, CensusStep,
    CensusUnit as Unit, hex,
};
use platform::{Ask, Platform};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// What rows come to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CensusCounts {
    /// Organisations that are not cancelled.
    pub organisations: u32,
    /// Of these, approved and not under any order.
    pub valid: u32,
    /// Units.
    pub units: u32,
    /// Of these, with a running contract.
    pub contracted: u32,
    /// Of these, with effective duty as observed.
    pub on_duty: u32,
}

/// A census.
#[derive(Debug, Serialize, ToSchema)]
pub struct Census {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What is asked.
    pub note: String,
    /// Whose region asks.
    pub region_id: Uuid,
    /// Its name.
    pub region_name: String,
    /// Who opened it.
    pub opened_by: String,
    /// When.
    pub opened_at: Moment,
    /// Until when answers are awaited.
    pub deadline_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// SHA-256 of what was frozen, hex.
    pub digest: Option<String>,
    /// Regions in the asker's reach that it asks.
    pub asked: u32,
    /// Of these, answered or accepted.
    pub answered: u32,
    /// Of these, accepted.
    pub accepted: u32,
    /// Counts changes.
    pub version: i64,
}

/// The answer of a region.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusAnswer {
    /// Which region.
    pub region_id: Uuid,
    /// Its name.
    pub region_name: String,
    /// A word of `census_states`.
    pub state: &'static str,
    /// What the last answer came to.
    pub counts: Option<CensusCounts>,
    /// SHA-256 of its lists, hex.
    pub digest: Option<String>,
    /// Who signed.
    pub signed_by: Option<String>,
    /// When.
    pub signed_at: Option<Moment>,
    /// What they said.
    pub remark: Option<String>,
    /// Counts changes.
    pub version: i64,
    /// What the asker may do now, words of `census_events`.
    pub next: Vec<&'static str>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusMoment {
    /// When.
    pub at: Moment,
    /// `open`, `answer`, `return`, `accept` or `close`.
    pub event: String,
    /// About which region; null: all of it.
    pub region_name: Option<String>,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
}

/// A census with its answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusFile {
    /// As it stands.
    pub census: Census,
    /// The answers in the asker's reach.
    pub answers: Vec<CensusAnswer>,
    /// What the answers that were given come to.
    pub sum: CensusCounts,
    /// What happened, in order.
    pub steps: Vec<CensusMoment>,
    /// Whether the asker may close it now.
    pub may_close: bool,
}

/// An organisation on a region's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusOrganisation {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// A word of `organisation_states`.
    pub state: &'static str,
}

/// A unit on a region's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusUnit {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// A word of `categories`.
    pub category: &'static str,
    /// A word of `duty_states`.
    pub duty: &'static str,
    /// A word of `provenances`.
    pub duty_provenance: &'static str,
    /// Who does its duty.
    pub organisation: Option<String>,
}

/// What is entered at a region.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusLists {
    /// Organisations.
    pub organisations: Vec<CensusOrganisation>,
    /// Units.
    pub units: Vec<CensusUnit>,
}

/// A region's answer beside what its rows say now.
#[derive(Debug, Serialize, ToSchema)]
pub struct CensusRegion {
    /// Its answer.
    pub answer: CensusAnswer,
    /// What it answered with; null: it has not.
    pub signed: Option<CensusLists>,
    /// What is entered there now.
    pub lists: CensusLists,
    /// What that comes to.
    pub counts: CensusCounts,
}

/// A census to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCensus {
    /// What it is called, 1 to 100 characters.
    pub title: String,
    /// What is asked.
    pub note: Option<String>,
    /// Until when answers are awaited, RFC 3339: in an hour to 180 days.
    pub deadline_at: String,
}

/// A step with a region's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CensusEventRequest {
    /// A word of `census_events`.
    pub event: String,
    /// The version of the answer that was looked at.
    pub version: i64,
    /// With an answer: the counts that are confirmed.
    pub counts: Option<CensusCounts>,
    /// Why; needed where it is returned.
    pub reason: Option<String>,
}

/// The version that was looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CensusCloseRequest {
    /// Of the census.
    pub version: i64,
}

impl From<Counts> for CensusCounts {
    fn from(one: Counts) -> Self {
        let Counts { organisations, valid, units, contracted, on_duty } = one;
        Self { organisations, valid, units, contracted, on_duty }
    }
}

impl From<CensusCounts> for Counts {
    fn from(one: CensusCounts) -> Self {
        let CensusCounts { organisations, valid, units, contracted, on_duty } = one;
        Self { organisations, valid, units, contracted, on_duty }
    }
}

impl From<CensusRow> for Census {
    fn from(row: CensusRow) -> Self {
        let one = row.opened;
        Self {
            id: one.id.0,
            title: one.title,
            note: one.note,
            region_id: one.region_id.0,
            region_name: row.region_name,
            opened_by: row.opener_name,
            opened_at: Moment(one.opened_at),
            deadline_at: Moment(one.deadline_at),
            closed_at: moment(row.closed_at),
            digest: row.digest.as_ref().map(|digest| hex(digest)),
            asked: row.asked,
            answered: row.answered,
            accepted: row.accepted,
            version: row.version,
        }
    }
}

fn answer(one: Answer, next: Vec<CensusEvent>) -> CensusAnswer {
    let (signed_by, signed_at) = one.signed.map(|(_, name, at)| (name, Moment(at))).unzip();
    CensusAnswer {
        region_id: one.region_id.0,
        region_name: one.region_name,
        state: one.state.as_str(),
        counts: one.counts.map(Into::into),
        digest: one.digest.as_ref().map(|digest| hex(digest)),
        signed_by,
        signed_at,
        remark: one.remark,
        version: one.version,
        next: next.into_iter().map(CensusEvent::as_str).collect(),
    }
}

impl CensusFile {
    /// As the asker sees it.
    pub fn of(detail: CensusDetail, ask: &Ask) -> Self {
        let may_close = Platform::may_close_census(ask, &detail);
        let row = &detail.row;
        let answers = detail
            .answers
            .into_iter()
            .map(|one| {
                let next = Platform::census_events(ask, row, &one);
                answer(one, next)
            })
            .collect();
        Self {
            answers,
            sum: detail.sum.into(),
            steps: detail.steps.into_iter().map(Into::into).collect(),
            may_close,
            census: detail.row.into(),
        }
    }
}

impl From<CensusStep> for CensusMoment {
    fn from(step: CensusStep) -> Self {
        Self {
            at: Moment(step.at),
            event: step.event,
            region_name: step.region_name,
            by: step.actor.1,
            reason: step.reason,
        }
    }
}

impl From<Lists> for CensusLists {
    fn from(lists: Lists) -> Self {
        Self {
            organisations: lists.organisations.into_iter().map(Into::into).collect(),
            units: lists.units.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Organisation> for CensusOrganisation {
    fn from(one: Organisation) -> Self {
        Self { id: one.id.0, name: one.name, credit_code: one.credit_code, state: one.state.as_str() }
    }
}

impl From<Unit> for CensusUnit {
    fn from(one: Unit) -> Self {
        Self {
            id: one.id.0,
            name: one.name,
            category: one.category.as_str(),
            duty: one.duty.as_str(),
            duty_provenance: one.duty_provenance.as_str(),
            organisation: one.organisation,
        }
    }
}

impl From<Region> for CensusRegion {
    fn from(one: Region) -> Self {
        Self {
            answer: answer(one.answer, Vec::new()),
            signed: one.signed.map(Into::into),
            lists: one.lists.into(),
            counts: one.counts.into(),
        }
    }
}
