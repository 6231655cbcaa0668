//! Censuses (摸底): an office opens one with a deadline, every region below answers from its rows and signs, what does not convince is returned,
//! and the whole is closed and frozen.
//!
//! A person confirms numbers that the platform counted; nobody types one. Whoever confirms other numbers than the rows say is told to look
//! again, and whoever signed an answer does not accept it.

use domain::access::Scope;
use domain::ids::{CensusId, RegionId};
use domain::organisation::OrganisationState;
use domain::organisation::census::{
    ANSWER_WITHIN_MAX, ANSWER_WITHIN_MIN, CensusCounts, CensusEvent, CensusRefusal, CensusState, decide,
    may_close,
};
use domain::role::Capability;
use domain::unit::{Duty, Provenance};
use jiff::Timestamp;
use serde::Serialize;
use store::{
    CensusAnswer, CensusAnswerChange, CensusClose, CensusLists, CensusRow, CensusSigned, CensusStep,
    NewCensus, Page, PageAsk, hex, sha256,
};

use super::{NAME_CHARS_MAX, remark, text};
use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// Longest note of what is asked, in characters.
const NOTE_CHARS_MAX: usize = 2000;

/// A census as an office wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusWish {
    /// What it is called.
    pub title: String,
    /// What is asked; may be empty.
    pub note: String,
    /// Until when answers are awaited.
    pub deadline_at: Timestamp,
}

/// A census with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusDetail {
    /// As it stands.
    pub row: CensusRow,
    /// The answers in the asker's reach.
    pub answers: Vec<CensusAnswer>,
    /// What happened, in order.
    pub steps: Vec<CensusStep>,
    /// What the answers that were given come to.
    pub sum: CensusCounts,
}

/// What a region's rows say now, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusRegion {
    /// Its answer.
    pub answer: CensusAnswer,
    /// What it answered with; none: it has not.
    pub signed: Option<CensusLists>,
    /// What is entered there now.
    pub lists: CensusLists,
    /// What that comes to.
    pub counts: CensusCounts,
}

/// An answer as a person signs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusAnswerWish {
    /// What they confirm; what the rows say.
    pub counts: CensusCounts,
    /// What they say.
    pub remark: String,
    /// The version the person was looking at.
    pub version: i64,
}

#[derive(Serialize)]
struct Frozen<'a> {
    format: &'static str,
    id: CensusId,
    title: &'a str,
    region: &'a str,
    opened_at: Timestamp,
    deadline_at: Timestamp,
    closed_at: Timestamp,
    sum: CensusCounts,
    answers: Vec<FrozenAnswer<'a>>,
}

#[derive(Serialize)]
struct FrozenAnswer<'a> {
    region_id: RegionId,
    region: &'a str,
    state: &'static str,
    counts: Option<CensusCounts>,
    /// SHA-256 of the lists, which stay with the answer.
    digest: Option<String>,
    signed_by: Option<&'a str>,
    signed_at: Option<Timestamp>,
}

impl Platform {
    /// Censuses that the asker has to do with, last opened first.
    pub async fn censuses(&self, ask: &Ask, page: &PageAsk) -> Result<Page<CensusRow>, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        Ok(self.inner.store.censuses(&ask.access, page).await?)
    }

    /// One census with the answers in the asker's reach.
    pub async fn census(&self, ask: &Ask, id: CensusId) -> Result<CensusDetail, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        let store = &self.inner.store;
        let row = store.census(&ask.access, id).await?;
        let answers = store.census_answers(&ask.access, id).await?;
        let steps = store.census_steps(&ask.access, id).await?;
        Ok(CensusDetail { sum: sum(&answers), row, answers, steps })
    }

    /// Opens a census of the asker's region.
    pub async fn open_census(&self, ask: &Ask, wish: CensusWish) -> Result<CensusDetail, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let Some(Scope::Region(region_id)) = ask.access.scope else {
            return Err(domain::access::Denied(Capability::ManageOrganisations).into());
        };
        let within = wish.deadline_at.duration_since(ask.now);
        if within < ANSWER_WITHIN_MIN || within > ANSWER_WITHIN_MAX {
            return Err(PlatformError::field("deadline_at", "out_of_range", "in an hour to 180 days"));
        }
        let note = wish.note.trim();
        if note.chars().count() > NOTE_CHARS_MAX {
            return Err(PlatformError::field(
                "note",
                "too_long",
                format!("at most {NOTE_CHARS_MAX} characters"),
            ));
        }
        let new = NewCensus {
            id: CensusId(self.inner.surroundings.id(ask.now)),
            title: text("title", &wish.title, NAME_CHARS_MAX)?,
            note: note.to_owned(),
            region_id,
            opened_at: ask.now,
            deadline_at: wish.deadline_at,
        };
        let row = self.inner.store.open_census(&ask.access, &new).await?;
        self.audit(ask, "census_open", object(&row), "ok", Some(format!("{} regions", row.asked))).await?;
        self.inner.events.publish(Event::Organisations);
        self.census(ask, new.id).await
    }

    /// What a region answered, and what its rows say now.
    pub async fn census_region(
        &self,
        ask: &Ask,
        id: CensusId,
        region: RegionId,
    ) -> Result<CensusRegion, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        let (answer, signed) = self.inner.store.census_answer(&ask.access, id, region).await?;
        let signed = signed
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|error| PlatformError::Internal(format!("census {id}, region {region}: {error}")))?;
        let lists = self.inner.store.census_lists(&ask.access, region).await?;
        Ok(CensusRegion { answer, signed, counts: count(&lists), lists })
    }

    /// Signs a region's answer: the counts that the person confirms have to be those of the rows.
    pub async fn answer_census(
        &self,
        ask: &Ask,
        id: CensusId,
        region: RegionId,
        wish: CensusAnswerWish,
    ) -> Result<CensusDetail, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let store = &self.inner.store;
        let row = store.census(&ask.access, id).await?;
        let (answer, _) = store.census_answer(&ask.access, id, region).await?;
        if ask.access.scope != Some(Scope::Region(region)) {
            return Err(PlatformError::Conflict("a region answers for itself".to_owned()));
        }
        decide(answer.state, CensusEvent::Answer, row.closed_at.is_some(), "").map_err(refused)?;
        let lists = store.census_lists(&ask.access, region).await?;
        let counts = count(&lists);
        if counts != wish.counts {
            return Err(refused(CensusRefusal::OtherCounts));
        }
        let text =
            serde_json::to_string(&lists).map_err(|error| PlatformError::Internal(error.to_string()))?;
        let signed = CensusSigned {
            counts,
            digest: sha256(text.as_bytes()),
            lists: text,
            remark: remark("remark", &wish.remark)?,
            at: ask.now,
        };
        store.answer_census(&ask.access, id, region, wish.version, &signed).await?;
        let said = format!("{}: {}", answer.region_name, hex(&signed.digest));
        self.audit(ask, "census_answer", object(&row), "ok", Some(said)).await?;
        self.inner.events.publish(Event::Organisations);
        self.census(ask, id).await
    }

    /// Returns or accepts a region's answer.
    pub async fn decide_census_answer(
        &self,
        ask: &Ask,
        id: CensusId,
        region: RegionId,
        event: CensusEvent,
        version: i64,
        reason: &str,
    ) -> Result<CensusDetail, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let store = &self.inner.store;
        let row = store.census(&ask.access, id).await?;
        let (answer, _) = store.census_answer(&ask.access, id, region).await?;
        if event == CensusEvent::Answer || !judges(ask, &row, &answer) {
            return Err(PlatformError::Conflict(
                "an answer is accepted or returned by an office above, or by another person of the one that asks".to_owned(),
            ));
        }
        let reason = remark("reason", reason)?;
        let to = decide(answer.state, event, row.closed_at.is_some(), reason.as_deref().unwrap_or_default())
            .map_err(refused)?;
        let change = CensusAnswerChange { event, to, reason: reason.clone(), at: ask.now };
        store.change_census_answer(&ask.access, id, region, version, &change).await?;
        let said =
            reason.map_or_else(|| answer.region_name.clone(), |why| format!("{}: {why}", answer.region_name));
        self.audit(ask, &format!("census_{}", event.as_str()), object(&row), "ok", Some(said)).await?;
        self.inner.events.publish(Event::Organisations);
        self.census(ask, id).await
    }

    /// Closes a census and freezes what was answered; regions that did not answer stand in it as such.
    pub async fn close_census(
        &self,
        ask: &Ask,
        id: CensusId,
        version: i64,
    ) -> Result<CensusDetail, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let store = &self.inner.store;
        let row = store.census(&ask.access, id).await?;
        if ask.access.scope != Some(Scope::Region(row.opened.region_id)) {
            return Err(PlatformError::Conflict("the office that opened a census closes it".to_owned()));
        }
        if row.closed_at.is_some() {
            return Err(refused(CensusRefusal::Closed));
        }
        let answers = store.census_answers(&ask.access, id).await?;
        let states: Vec<CensusState> = answers.iter().map(|one| one.state).collect();
        may_close(&states, row.opened.deadline_at, ask.now).map_err(refused)?;
        let frozen = Frozen {
            format: "watchfire-census/1",
            id,
            title: &row.opened.title,
            region: &row.region_name,
            opened_at: row.opened.opened_at,
            deadline_at: row.opened.deadline_at,
            closed_at: ask.now,
            sum: sum(&answers),
            answers: answers.iter().map(frozen_answer).collect(),
        };
        let text =
            serde_json::to_string(&frozen).map_err(|error| PlatformError::Internal(error.to_string()))?;
        let close = CensusClose { digest: sha256(text.as_bytes()), frozen: text, at: ask.now };
        let after = store.close_census(&ask.access, id, version, &close).await?;
        self.audit(ask, "census_close", object(&after), "ok", Some(hex(&close.digest))).await?;
        self.inner.events.publish(Event::Organisations);
        self.census(ask, id).await
    }

    /// What was frozen, for the office that opened the census and those above.
    pub async fn census_frozen(&self, ask: &Ask, id: CensusId) -> Result<String, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        self.inner.store.census_frozen(&ask.access, id).await?.ok_or(PlatformError::NotFound)
    }

    /// What the asker may do with a region's answer now.
    pub fn census_events(ask: &Ask, row: &CensusRow, answer: &CensusAnswer) -> Vec<CensusEvent> {
        if !ask.access.may(Capability::ManageOrganisations) {
            return Vec::new();
        }
        let may = |event: &CensusEvent| {
            let is_theirs = match event {
                CensusEvent::Answer => ask.access.scope == Some(Scope::Region(answer.region_id)),
                CensusEvent::Return | CensusEvent::Accept => judges(ask, row, answer),
            };
            is_theirs && decide(answer.state, *event, row.closed_at.is_some(), "…").is_ok()
        };
        CensusEvent::ALL.into_iter().filter(may).collect()
    }

    /// Whether the asker may close a census now.
    pub fn may_close_census(ask: &Ask, detail: &CensusDetail) -> bool {
        let states: Vec<CensusState> = detail.answers.iter().map(|one| one.state).collect();
        ask.access.may(Capability::ManageOrganisations)
            && ask.access.scope == Some(Scope::Region(detail.row.opened.region_id))
            && detail.row.closed_at.is_none()
            && may_close(&states, detail.row.opened.deadline_at, ask.now).is_ok()
    }
}

/// Whether the asker may accept or return an answer: an office above the region, or the one that asks; never whoever signed it.
fn judges(ask: &Ask, row: &CensusRow, answer: &CensusAnswer) -> bool {
    let signed_it = answer.signed.as_ref().is_some_and(|(id, ..)| Some(*id) == ask.access.user_id);
    let is_own = ask.access.scope == Some(Scope::Region(answer.region_id));
    !signed_it && (!is_own || row.opened.region_id == answer.region_id)
}

/// What lists come to.
fn count(lists: &CensusLists) -> CensusCounts {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let is_on_duty =
        |one: &&store::CensusUnit| one.duty == Duty::Valid && one.duty_provenance == Provenance::Observed;
    CensusCounts {
        organisations: number(lists.organisations.len()),
        valid: number(lists.organisations.iter().filter(|one| one.state == OrganisationState::Valid).count()),
        units: number(lists.units.len()),
        contracted: number(lists.units.iter().filter(|one| one.organisation.is_some()).count()),
        on_duty: number(lists.units.iter().filter(is_on_duty).count()),
    }
}

/// What the answers that were given come to; one that was returned is none.
fn sum(answers: &[CensusAnswer]) -> CensusCounts {
    let is_given = |one: &&CensusAnswer| matches!(one.state, CensusState::Answered | CensusState::Accepted);
    let counts = answers.iter().filter(is_given).filter_map(|one| one.counts);
    counts.fold(CensusCounts::default(), CensusCounts::plus)
}

fn frozen_answer(one: &CensusAnswer) -> FrozenAnswer<'_> {
    FrozenAnswer {
        region_id: one.region_id,
        region: &one.region_name,
        state: one.state.as_str(),
        counts: one.counts,
        digest: one.digest.as_ref().map(|digest| hex(digest)),
        signed_by: one.signed.as_ref().map(|(_, name, _)| name.as_str()),
        signed_at: one.signed.as_ref().map(|(_, _, at)| *at),
    }
}

fn refused(refusal: CensusRefusal) -> PlatformError {
    let message = refusal.to_string();
    match refusal {
        CensusRefusal::ReasonMissing(_) => PlatformError::field("reason", "required", message),
        CensusRefusal::NotNow(..)
        | CensusRefusal::Closed
        | CensusRefusal::OtherCounts
        | CensusRefusal::Awaited(_) => PlatformError::Conflict(message),
    }
}

fn object(row: &CensusRow) -> Object {
    Object {
        kind: "census",
        id: Some(row.opened.id.to_string()),
        name: Some(row.opened.title.clone()),
        unit_id: None,
    }
}
