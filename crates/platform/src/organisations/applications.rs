//! Applications (登记申请): an organisation without an account asks to be registered, the office where it would sit approves, returns or refuses.
//!
//! What is checked without knowing anybody: the form of every field, the check character of the credit code, that no organisation and no other
//! application has this code, how many came from one address and how many wait in a region. That whoever wrote is who they say is for the
//! office to find out, by calling; nothing is registered and no account exists before a person there has approved.

use domain::access::Access;
use domain::ids::{ApplicationId, OrganisationId, RegionId, StaffId};
use domain::organisation::application::{
    ApplicationEvent, ApplicationRefusal, ApplicationState, LAPSES_AFTER, PER_ADDRESS_WITHIN, SENT_MAX,
    decide,
};
use domain::region::Region;
use domain::role::Capability;
use jiff::Timestamp;
use store::{
    ApplicationChange, ApplicationFilter, ApplicationRecord, ApplicationRow, ApplicationStep, Approving,
    NewApplication, Page, PageAsk,
};
use tracing::info;

use super::{NAME_CHARS_MAX, OrganisationFacts, check_facts, credit_code, remark, text};
use crate::audit::Object;
use crate::events::Event;
use crate::people::{token_hash, token_text};
use crate::{Ask, Platform, PlatformError};

/// Longest name of a person, in characters.
const PERSON_CHARS_MAX: usize = 40;
/// A receipt as it is shown: 32 random bytes in base64.
const RECEIPT_CHARS: usize = 43;

/// An application as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationWish {
    /// Registered name.
    pub name: String,
    /// Unified social credit code; of one sent again it stays as it was.
    pub credit_code: String,
    /// Where it would sit; of one sent again it stays as it was.
    pub region_id: RegionId,
    /// What it says of itself.
    pub facts: OrganisationFacts,
    /// Who answers for it.
    pub leader_name: String,
}

/// A decision of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationDecision {
    /// Approve, return or refuse.
    pub event: ApplicationEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// Why; for whoever applied to read.
    pub reason: String,
}

impl Platform {
    /// Regions that an application may name: the lowest ones, public knowledge, in official order.
    pub async fn application_regions(&self) -> Result<Vec<Region>, PlatformError> {
        let all = self.inner.store.regions(&Access::PLATFORM).await?;
        let is_lowest = |one: &&Region| !all.iter().any(|other| other.parent_id == Some(one.id));
        Ok(all.iter().filter(is_lowest).cloned().collect())
    }

    /// Keeps an application; the receipt is shown once and is the applicant's only way back to it.
    pub async fn apply(
        &self,
        ask: &Ask,
        wish: ApplicationWish,
    ) -> Result<(ApplicationRow, String), PlatformError> {
        let code = credit_code(&wish.credit_code)?;
        let record = check(wish, code)?;
        if !self.application_regions().await?.iter().any(|one| one.id == record.region_id) {
            return Err(PlatformError::field("region_id", "unknown", "one of the lowest regions"));
        }
        let receipt = token_text(self.inner.surroundings.random());
        let new = NewApplication {
            id: ApplicationId(self.inner.surroundings.id(ask.now)),
            record,
            receipt_sha256: token_hash(&receipt),
            sent_from: ask.address.clone().unwrap_or_default(),
            at: ask.now,
            counted_since: ask.now.saturating_sub(PER_ADDRESS_WITHIN).unwrap_or(Timestamp::MIN),
        };
        let row = self.inner.store.add_application(&new).await?;
        self.audit(ask, "application_send", object(&row), "ok", Some(row.record.credit_code.clone())).await?;
        self.inner.events.publish(Event::Organisations);
        Ok((row, receipt))
    }

    /// The application of a receipt.
    pub async fn application_of(&self, receipt: &str) -> Result<ApplicationRow, PlatformError> {
        Ok(self.inner.store.application_by_receipt(&hash_of(receipt)?).await?)
    }

    /// Sends a returned application again.
    pub async fn apply_again(
        &self,
        ask: &Ask,
        receipt: &str,
        wish: ApplicationWish,
        version: i64,
    ) -> Result<ApplicationRow, PlatformError> {
        let hash = hash_of(receipt)?;
        let before = self.inner.store.application_by_receipt(&hash).await?;
        decide(before.state, ApplicationEvent::SendAgain, "").map_err(refused)?;
        if before.sent_count >= SENT_MAX {
            return Err(PlatformError::Limit {
                detail: format!("sent {SENT_MAX} times: ask the office"),
                retry_after_s: None,
            });
        }
        let kept = ApplicationWish { region_id: before.record.region_id, ..wish };
        let record = check(kept, before.record.credit_code)?;
        let row = self.inner.store.send_application_again(&hash, version, &record, ask.now).await?;
        self.audit(ask, "application_send_again", object(&row), "ok", None).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(row)
    }

    /// Applications in the office's region, those that wait longest first.
    pub async fn applications(
        &self,
        ask: &Ask,
        filter: &ApplicationFilter,
        page: &PageAsk,
    ) -> Result<Page<ApplicationRow>, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        Ok(self.inner.store.applications(&ask.access, filter, page).await?)
    }

    /// One application with what happened to it.
    pub async fn application(
        &self,
        ask: &Ask,
        id: ApplicationId,
    ) -> Result<(ApplicationRow, Vec<ApplicationStep>), PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let row = self.inner.store.application(&ask.access, id).await?;
        Ok((row, self.inner.store.application_steps(&ask.access, id).await?))
    }

    /// Approves, returns or refuses. With an approval the organisation stands in the register, its leader on its list, without an account yet.
    pub async fn decide_application(
        &self,
        ask: &Ask,
        id: ApplicationId,
        decision: ApplicationDecision,
    ) -> Result<ApplicationRow, PlatformError> {
        ask.access.need(Capability::ManageOrganisations)?;
        let row = self.inner.store.application(&ask.access, id).await?;
        if row.version != decision.version {
            return Err(PlatformError::Conflict("the application has changed since; look again".to_owned()));
        }
        let event = decision.event;
        if !event.is_offices() {
            return Err(refused(ApplicationRefusal::NotNow(row.state, event)));
        }
        let reason = remark("reason", &decision.reason)?;
        let to = decide(row.state, event, reason.as_deref().unwrap_or_default()).map_err(refused)?;
        let store = &self.inner.store;
        let after = if event == ApplicationEvent::Approve {
            let approving = Approving {
                organisation_id: OrganisationId(self.inner.surroundings.id(ask.now)),
                leader_id: StaffId(self.inner.surroundings.id(ask.now)),
                synthetic: self.inner.settings.demo,
                at: ask.now,
            };
            store.approve_application(&ask.access, id, row.version, &approving, reason.as_deref()).await?
        } else {
            let change = ApplicationChange { event, to, reason: reason.clone(), at: ask.now };
            store.change_application(&ask.access, id, row.version, &change).await?
        };
        self.audit(ask, &format!("application_{}", event.as_str()), object(&after), "ok", reason).await?;
        self.inner.events.publish(Event::Organisations);
        Ok(after)
    }

    /// What an office may do with an application.
    pub fn application_events(ask: &Ask, state: ApplicationState) -> Vec<ApplicationEvent> {
        if !ask.access.may(Capability::ManageOrganisations) {
            return Vec::new();
        }
        let may = |event: &ApplicationEvent| event.is_offices() && decide(state, *event, "…").is_ok();
        ApplicationEvent::ALL.into_iter().filter(may).collect()
    }

    /// Ends applications that nobody moved for thirty days.
    pub async fn lapse_applications(&self, now: Timestamp) -> Result<(), PlatformError> {
        let since = now.saturating_sub(LAPSES_AFTER).unwrap_or(Timestamp::MIN);
        let lapsed = self.inner.store.lapse_applications(since, now).await?;
        if lapsed > 0 {
            info!(lapsed, "applications of organisations lapsed");
        }
        Ok(())
    }
}

fn hash_of(receipt: &str) -> Result<[u8; 32], PlatformError> {
    let receipt = receipt.trim();
    if receipt.len() == RECEIPT_CHARS { Ok(token_hash(receipt)) } else { Err(PlatformError::NotFound) }
}

fn check(wish: ApplicationWish, credit_code: String) -> Result<ApplicationRecord, PlatformError> {
    let facts = check_facts(wish.facts)?;
    Ok(ApplicationRecord {
        name: text("name", &wish.name, NAME_CHARS_MAX)?,
        credit_code,
        region_id: wish.region_id,
        address: facts.address,
        premises_m2: facts.premises_m2,
        phone: facts.phone,
        units_max: facts.units_max,
        leader_name: text("leader_name", &wish.leader_name, PERSON_CHARS_MAX)?,
    })
}

fn refused(refusal: ApplicationRefusal) -> PlatformError {
    let message = refusal.to_string();
    match refusal {
        ApplicationRefusal::NotNow(..) => PlatformError::Conflict(message),
        ApplicationRefusal::ReasonMissing(_) => PlatformError::field("reason", "required", message),
    }
}

fn object(row: &ApplicationRow) -> Object {
    Object {
        kind: "application",
        id: Some(row.id.to_string()),
        name: Some(row.record.name.clone()),
        unit_id: None,
    }
}
