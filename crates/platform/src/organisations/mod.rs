//! The desk of organisations (值守机构): the register of them, their approval, their people and certificates, assessments, and duty
//! contracts with units.
//!
//! A unit's claim counts once the organisation has accepted it, and the other way round; what the platform sees of a unit's duty stands
//! beside both. Deliberately absent: who sits there at which hour, and what that proves.

mod applications;
mod assessments;
mod censuses;
mod contracts;
mod documents;
mod queue;
mod scores;
mod staff;
mod violations;

pub use applications::{ApplicationDecision, ApplicationWish};
pub use assessments::{AssessmentWish, Judgement, Measuring};
pub use censuses::{CensusAnswerWish, CensusDetail, CensusRegion, CensusWish};
pub use contracts::{ContractCover, ContractStepWish, ContractWish, LedgerCover};
pub use documents::CONTRACT_BYTES_MAX;
pub use scores::MonthScore;
pub use staff::{StaffMember, StaffWish};
pub use violations::{ViolationDetail, ViolationStepWish, ViolationWish};

use std::time::Duration;

use domain::ids::{OrganisationId, RegionId};
use domain::organisation::assessment::MeasuringRods;
use domain::organisation::certificate::CertificateLevel;
use domain::organisation::{OrganisationEvent, OrganisationRefusal, OrganisationState, decide};
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{
    OrganisationChange, OrganisationFilter, OrganisationRecord, OrganisationRow, OrganisationStep, Page,
    PageAsk,
};
use tokio::time::MissedTickBehavior;
use tracing::warn;

use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// How often the platform looks what time does to contracts. They begin and end on days.
const ROUND_PERIOD: Duration = Duration::from_secs(20);
/// Longest name and address, in characters.
const NAME_CHARS_MAX: usize = 100;
const ADDRESS_CHARS_MAX: usize = 200;
/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 500;
/// Longest telephone number with its extension.
const PHONE_CHARS_MAX: usize = 40;
/// More floor and more units than any organisation has.
const PREMISES_M2_MAX: u32 = 100_000;
const UNITS_MAX: u32 = 20_000;
/// Longest time for rectifying.
const RECTIFY_WITHIN_MAX: SignedDuration = SignedDuration::from_hours(24 * 90);

/// How the desk behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrganisationSettings {
    /// What is asked of an organisation.
    pub rods: MeasuringRods,
    /// The least certificate of whoever sits on a shift.
    pub certificate_level: CertificateLevel,
    /// How long the old organisation serves beside the new one.
    pub overlap: SignedDuration,
}

impl Default for OrganisationSettings {
    fn default() -> Self {
        Self {
            rods: MeasuringRods::default(),
            certificate_level: CertificateLevel::Four,
            overlap: SignedDuration::from_hours(24),
        }
    }
}

/// An organisation as somebody registers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationWish {
    /// Registered name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// Where it sits.
    pub region_id: RegionId,
    /// What may change later.
    pub facts: OrganisationFacts,
}

/// What an organisation says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationFacts {
    /// Address of its duty premises.
    pub address: String,
    /// Their floor, m².
    pub premises_m2: u32,
    /// How to reach it by day and night.
    pub phone: String,
    /// Units it says it can serve.
    pub units_max: u32,
}

/// What an office decides about an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationDecision {
    /// What happens.
    pub event: OrganisationEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// Why.
    pub reason: String,
    /// With an order to rectify: when it is looked at again.
    pub rectify_by: Option<Timestamp>,
}

/// An organisation with what happened to it.
#[derive(Debug, Clone)]
pub struct OrganisationDetail {
    /// As it stands.
    pub row: OrganisationRow,
    /// What happened, in order; empty for whoever may not look behind it.
    pub steps: Vec<OrganisationStep>,
    /// What the platform measures of it; none for whoever may not look behind it.
    pub measuring: Option<Measuring>,
}

/// Writes down what time does to contracts until the platform stops.
pub(crate) async fn run(platform: Platform) {
    let mut rounds = tokio::time::interval(ROUND_PERIOD);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = platform.inner.stop.cancelled() => return,
            _ = rounds.tick() => {}
        }
        let now = platform.inner.surroundings.now();
        if let Err(error) = platform.keep_contracts(now).await {
            warn!(%error, "duty contracts not looked at");
        }
        if let Err(error) = platform.lapse_applications(now).await {
            warn!(%error, "applications of organisations not looked at");
        }
    }
}

impl Platform {
    /// Organisations that the asker may know of, by name.
    pub async fn organisations(
        &self,
        ask: &Ask,
        filter: &OrganisationFilter,
        page: &PageAsk,
    ) -> Result<Page<OrganisationRow>, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        Ok(self.inner.store.organisations(&ask.access, filter, page).await?)
    }

    /// One organisation.
    pub async fn organisation(
        &self,
        ask: &Ask,
        id: OrganisationId,
    ) -> Result<OrganisationDetail, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        let row = self.inner.store.organisation(&ask.access, id).await?;
        let steps = self.inner.store.organisation_steps(&ask.access, id).await?;
        // Whoever sees no step, not even the first, is not within reach.
        let measuring = if steps.is_empty() { None } else { Some(self.measure(ask, &row).await?) };
        Ok(OrganisationDetail { row, steps, measuring })
    }

    /// Registers an organisation; an office where it sits approves it.
    pub async fn register_organisation(
        &self,
        ask: &Ask,
        wish: OrganisationWish,
    ) -> Result<OrganisationRow, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let credit_code = credit_code(&wish.credit_code)?;
        let name = text("name", &wish.name, NAME_CHARS_MAX)?;
        let facts = check_facts(wish.facts)?;
        let record = OrganisationRecord {
            id: OrganisationId(self.inner.surroundings.id(ask.now)),
            name,
            credit_code,
            region_id: wish.region_id,
            address: facts.address,
            premises_m2: facts.premises_m2,
            phone: facts.phone,
            units_max: facts.units_max,
            synthetic: self.inner.settings.demo,
        };
        let row = self.inner.store.add_organisation(&ask.access, &record, ask.now).await?;
        let code = row.record.credit_code.clone();
        self.audit(ask, "organisation_register", object(&row), "ok", Some(code)).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(row)
    }

    /// Writes an organisation's own facts anew.
    pub async fn edit_organisation(
        &self,
        ask: &Ask,
        id: OrganisationId,
        facts: OrganisationFacts,
        version: i64,
    ) -> Result<OrganisationRow, PlatformError> {
        if !ask.access.may(Capability::ManageOrganisations) {
            ask.access.need(Capability::KeepOrganisation)?;
        }
        let before = self.inner.store.organisation(&ask.access, id).await?;
        let facts = check_facts(facts)?;
        let said = format!("{} m2, {} units, {}", facts.premises_m2, facts.units_max, facts.address);
        let record = OrganisationRecord {
            address: facts.address,
            premises_m2: facts.premises_m2,
            phone: facts.phone,
            units_max: facts.units_max,
            ..before.record
        };
        let row = self.inner.store.update_organisation(&ask.access, &record, version).await?;
        self.audit(ask, "organisation_edit", object(&row), "ok", Some(said)).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(row)
    }

    /// Approves, declines, orders to rectify, suspends, restores, replaces or cancels.
    pub async fn decide_organisation(
        &self,
        ask: &Ask,
        id: OrganisationId,
        decision: OrganisationDecision,
    ) -> Result<OrganisationRow, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let row = self.inner.store.organisation(&ask.access, id).await?;
        if row.version != decision.version {
            return Err(PlatformError::Conflict("the organisation has changed since; look again".to_owned()));
        }
        let OrganisationDecision { event, reason, rectify_by, .. } = decision;
        let reason = remark("reason", &reason)?;
        let rectify_by = match event {
            OrganisationEvent::OrderRectification => Some(check_deadline(rectify_by, ask.now)?),
            _ => None,
        };
        let serves = row.running + row.accepted;
        let to = decide(row.state, event, reason.is_some(), rectify_by.is_some(), serves).map_err(refused)?;
        let change = OrganisationChange { event, to, rectify_by, reason, at: ask.now };
        let after = self.inner.store.change_organisation(&ask.access, id, row.version, &change).await?;
        let action = format!("organisation_{}", event.as_str());
        self.audit(ask, &action, object(&after), "ok", change.reason).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(after)
    }

    /// Which events an office may choose from.
    pub fn organisation_events(ask: &Ask, state: OrganisationState) -> Vec<OrganisationEvent> {
        if !ask.access.may(Capability::ManageOrganisations) {
            return Vec::new();
        }
        let is_known = |event: &OrganisationEvent| domain::organisation::next_state(state, *event).is_ok();
        OrganisationEvent::ALL.into_iter().filter(is_known).collect()
    }
}

fn check_deadline(wanted: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, PlatformError> {
    let within = |at: &Timestamp| *at > now && at.duration_since(now) <= RECTIFY_WITHIN_MAX;
    wanted.filter(within).ok_or_else(|| refused(OrganisationRefusal::DeadlineMissing))
}

/// A unified social credit code as it is kept.
fn credit_code(code: &str) -> Result<String, PlatformError> {
    domain::organisation::credit_code::parse(code).ok_or_else(|| {
        PlatformError::field(
            "credit_code",
            "invalid",
            "18 characters of GB 32100 whose check character is right",
        )
    })
}

fn check_facts(facts: OrganisationFacts) -> Result<OrganisationFacts, PlatformError> {
    let OrganisationFacts { address, premises_m2, phone, units_max } = facts;
    if premises_m2 > PREMISES_M2_MAX {
        return Err(PlatformError::field("premises_m2", "out_of_range", "0 to 100000"));
    }
    if units_max == 0 || units_max > UNITS_MAX {
        return Err(PlatformError::field("units_max", "out_of_range", "1 to 20000"));
    }
    Ok(OrganisationFacts {
        address: text("address", &address, ADDRESS_CHARS_MAX)?,
        premises_m2,
        phone: text("phone", &phone, PHONE_CHARS_MAX)?,
        units_max,
    })
}

/// A line that is there, trimmed.
pub(crate) fn text(field: &'static str, given: &str, chars_max: usize) -> Result<String, PlatformError> {
    let text = given.trim();
    let length = text.chars().count();
    if length == 0 || length > chars_max || text.chars().any(char::is_control) {
        return Err(PlatformError::field(field, "invalid", format!("1 to {chars_max} characters")));
    }
    Ok(text.to_owned())
}

/// What a person wrote, trimmed; empty is none.
pub(crate) fn remark(field: &'static str, given: &str) -> Result<Option<String>, PlatformError> {
    let text = given.trim();
    if text.chars().count() > REASON_CHARS_MAX {
        return Err(PlatformError::field(
            field,
            "too_long",
            format!("at most {REASON_CHARS_MAX} characters"),
        ));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn refused(refusal: OrganisationRefusal) -> PlatformError {
    use OrganisationRefusal as R;
    let message = refusal.to_string();
    match refusal {
        R::NotNow(..) | R::StillServing(_) => PlatformError::Conflict(message),
        R::ReasonMissing(_) => PlatformError::field("reason", "required", message),
        R::DeadlineMissing => PlatformError::field("rectify_by", "required", message),
    }
}

fn object(row: &OrganisationRow) -> Object {
    Object {
        kind: "organisation",
        id: Some(row.record.id.to_string()),
        name: Some(row.record.name.clone()),
        unit_id: None,
    }
}
