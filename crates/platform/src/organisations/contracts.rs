//! Duty contracts at the desk: proposed for one's own side, answered by the other, begun and ended by time, replaced without a gap.

use domain::access::{Access, Scope};
use domain::beijing::{begin_of, day_after, day_of};
use domain::contract::{
    Actor, Contract, ContractEvent, ContractRefusal, ContractState, Side, check_acceptance, check_proposal,
    decide, due, duty_after, uncovered_min,
};
use domain::duty::ledger::MinuteState;
use domain::ids::{ContractId, OrganisationId, UnitId};
use domain::role::Capability;
use domain::unit::Provenance;
use jiff::Timestamp;
use store::{
    ContractChange, ContractFilter, ContractRow, ContractStep, ErrorKind, NewContract, Page, PageAsk,
    UnitChange,
};
use tracing::{info, warn};

use super::{remark, text};
use crate::audit::Object;
use crate::events::Event;
use crate::ledger::OBSERVED_SOURCE;
use crate::{Ask, Platform, PlatformError};

/// Longest number of the parties' own.
const NUMBER_CHARS_MAX: usize = 60;
/// Days of the ledger that the proof of no gap looks at.
const LEDGER_DAYS: i32 = 90;

/// A contract as one side proposes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractWish {
    /// The unit; a unit names itself.
    pub unit_id: UnitId,
    /// The organisation; an organisation names itself.
    pub organisation_id: OrganisationId,
    /// The parties' own number; may be empty.
    pub number: String,
    /// From when it holds.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// The contract with another organisation that it takes the place of.
    pub replaces: Option<ContractId>,
}

/// A step that somebody takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractStepWish {
    /// Accept, decline, withdraw or terminate.
    pub event: ContractEvent,
    /// The version the person was looking at.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// What covers a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractCover {
    /// Its contracts by their beginning.
    pub contracts: Vec<ContractRow>,
    /// Minutes without a contract that held, from the first beginning until now; none where there was none yet. 0 is the proof that
    /// the unit was never left between two organisations.
    pub uncovered_min: Option<i64>,
    /// The same as the ledger has it: minutes without a contract in force on the days that it holds; none where it holds none, or the asker
    /// does not read it.
    pub ledger: Option<LedgerCover>,
}

/// What the ledger says of the time since the first contract began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerCover {
    /// Days that it holds, the one that runs too.
    pub days: u32,
    /// Their minutes without a contract in force.
    pub uncovered_min: u32,
}

impl Platform {
    /// Contracts in the asker's reach, last proposed first.
    pub async fn contracts(
        &self,
        ask: &Ask,
        filter: &ContractFilter,
        page: &PageAsk,
    ) -> Result<Page<ContractRow>, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        Ok(self.inner.store.contracts(&ask.access, filter, page).await?)
    }

    /// What happened to a contract, in order.
    pub async fn contract_steps(
        &self,
        ask: &Ask,
        id: ContractId,
    ) -> Result<Vec<ContractStep>, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        Ok(self.inner.store.contract_steps(&ask.access, id).await?)
    }

    /// What covered a unit, and for how long nothing did.
    pub async fn contract_cover(&self, ask: &Ask, unit: UnitId) -> Result<ContractCover, PlatformError> {
        ask.access.need(Capability::SeeOrganisations)?;
        self.inner.store.unit(&ask.access, unit).await?;
        let contracts = self.inner.store.contracts_of_unit(&ask.access, unit).await?;
        let spans: Vec<_> = contracts.iter().filter_map(held).collect();
        let first = spans.iter().map(|(from, _)| *from).min();
        let uncovered_min = first.map(|first| uncovered_min(&spans, first, ask.now));
        let ledger = match first {
            Some(first) if ask.access.may(Capability::SeeLedger) => {
                self.ledger_cover(ask, unit, first).await?
            }
            _ => None,
        };
        Ok(ContractCover { contracts, uncovered_min, ledger })
    }

    /// Minutes without a contract in force since `first`, as the ledger has them, over the last days that one question may ask for.
    async fn ledger_cover(
        &self,
        ask: &Ask,
        unit: UnitId,
        first: Timestamp,
    ) -> Result<Option<LedgerCover>, PlatformError> {
        let to = day_of(ask.now);
        let from = day_of(first).max(day_after(to, 1 - LEDGER_DAYS));
        if from > to {
            return Ok(None);
        }
        let days = self.unit_ledger(ask, unit, from, to).await?;
        let mut uncovered_min = 0;
        for day in &days {
            let begin = begin_of(day.day);
            // Minutes that began before the first contract are nobody's.
            let before = (first.duration_since(begin).as_secs().max(0) + 59) / 60;
            for run in day.runs.iter().filter(|run| run.state == MinuteState::NoContract) {
                let (from, until) = (i64::from(run.from), i64::from(run.from) + i64::from(run.minutes));
                uncovered_min += u32::try_from((until - from.max(before)).max(0)).unwrap_or_default();
            }
        }
        let days = u32::try_from(days.len()).unwrap_or(u32::MAX);
        Ok((days > 0).then_some(LedgerCover { days, uncovered_min }))
    }

    /// Proposes a contract for the asker's own side.
    pub async fn propose_contract(
        &self,
        ask: &Ask,
        wish: ContractWish,
    ) -> Result<ContractRow, PlatformError> {
        ask.access.need(Capability::AgreeContracts)?;
        let denied = domain::access::Denied(Capability::AgreeContracts);
        let (Some(side), Some(proposer)) = (side_of(&ask.access), ask.access.user_id) else {
            return Err(denied.into());
        };
        let number = wish.number.trim();
        let number =
            if number.is_empty() { String::new() } else { text("number", number, NUMBER_CHARS_MAX)? };
        let contract = Contract {
            id: ContractId(self.inner.surroundings.id(ask.now)),
            unit_id: wish.unit_id,
            organisation_id: wish.organisation_id,
            proposed_by: side,
            proposed_at: ask.now,
            state: ContractState::Proposed,
            starts_at: wish.starts_at,
            ends_at: wish.ends_at,
            replaces: wish.replaces,
            version: 0,
        };
        // The contract that is replaced is another organisation's; that the unit has it is the platform's to know.
        let replaced = match wish.replaces {
            Some(id) => Some(self.inner.store.contract(&Access::PLATFORM, id).await?.contract),
            None => None,
        };
        check_proposal(&contract, replaced.as_ref(), ask.now).map_err(refused)?;
        let new = NewContract { contract, number, proposer };
        let row = self.inner.store.propose_contract(&ask.access, &new).await?;
        self.audit(ask, "contract_propose", object(&row), "ok", Some(span(&row))).await?;
        self.note_contract(row.contract.unit_id, false, ask.now).await?;
        Ok(row)
    }

    /// Accepts, declines, withdraws or ends a contract.
    pub async fn step_contract(
        &self,
        ask: &Ask,
        id: ContractId,
        wish: ContractStepWish,
    ) -> Result<ContractRow, PlatformError> {
        let is_office = ask.access.may(Capability::ManageOrganisations);
        if !is_office {
            ask.access.need(Capability::AgreeContracts)?;
        }
        let row = self.inner.store.contract(&ask.access, id).await?;
        if row.contract.version != wish.version {
            return Err(PlatformError::Conflict("the contract has changed since; look again".to_owned()));
        }
        let actor = match side_of(&ask.access) {
            Some(side) => Actor::Party(side),
            None => Actor::Regulator,
        };
        let reason = remark("reason", &wish.reason)?;
        let after = self.write_contract_step(ask, &row, wish.event, actor, reason).await?;
        // One that should have begun by now does not wait for the next round.
        let Some(event) = due(&after.contract, ask.now) else { return Ok(after) };
        self.step_by_time(&Ask::platform(ask.now), &after, event).await;
        Ok(self.inner.store.contract(&ask.access, id).await?)
    }

    /// What the asker may do with a contract now.
    pub fn contract_events(ask: &Ask, contract: &Contract) -> Vec<ContractEvent> {
        let actor = match side_of(&ask.access) {
            Some(side) if ask.access.may(Capability::AgreeContracts) => Actor::Party(side),
            None if ask.access.may(Capability::ManageOrganisations) => Actor::Regulator,
            _ => return Vec::new(),
        };
        let may = |event: &ContractEvent| domain::contract::may(contract, *event, actor);
        ContractEvent::ALL.into_iter().filter(may).collect()
    }

    /// Writes down what time has done to contracts at `now`, and which organisations are relieved.
    pub async fn keep_contracts(&self, now: Timestamp) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let ask = Ask::platform(now);
        let answer_since = now.saturating_sub(domain::contract::ANSWER_WITHIN).unwrap_or(Timestamp::MIN);
        for row in store.contracts_due(now, answer_since).await? {
            if let Some(event) = due(&row.contract, now) {
                self.step_by_time(&ask, &row, event).await;
            }
        }
        let relieved =
            now.saturating_sub(self.inner.settings.organisations.overlap).unwrap_or(Timestamp::MIN);
        for row in store.contracts_followed(relieved).await? {
            self.step_by_time(&ask, &row, ContractEvent::TakeOver).await;
        }
        Ok(())
    }

    async fn step_by_time(&self, ask: &Ask, row: &ContractRow, event: ContractEvent) {
        match self.write_contract_step(ask, row, event, Actor::Platform, None).await {
            Ok(_) => info!(contract = %row.contract.id, event = event.as_str(), "duty contract"),
            // A person acted in this very moment: the next round looks again.
            Err(PlatformError::Conflict(_)) => {}
            Err(error) => warn!(contract = %row.contract.id, %error, "duty contract not moved"),
        }
    }

    async fn write_contract_step(
        &self,
        ask: &Ask,
        row: &ContractRow,
        event: ContractEvent,
        actor: Actor,
        reason: Option<String>,
    ) -> Result<ContractRow, PlatformError> {
        let store = &self.inner.store;
        let contract = &row.contract;
        let to = decide(contract, event, actor, reason.is_some()).map_err(refused)?;
        let change = ContractChange { event, to, reason, at: ask.now };
        let mut decided_on = None;
        if event == ContractEvent::Accept {
            let standing = store.contract_standing(&Access::PLATFORM, contract.id).await?;
            check_acceptance(contract, &standing, ask.now).map_err(refused)?;
            decided_on = Some(standing);
        }
        let after = store
            .change_contract(&ask.access, contract.id, contract.version, &change, decided_on.as_ref())
            .await?;
        let said = change.reason.unwrap_or_else(|| span(&after));
        let action = format!("contract_{}", event.as_str());
        self.audit(ask, &action, object(&after), "ok", Some(said)).await?;
        let has_ended = after.contract.state.is_over() && after.accepted_at.is_some();
        if has_ended {
            self.give_back_queue(contract.unit_id, contract.organisation_id, ask.now).await?;
        }
        self.note_contract(contract.unit_id, has_ended, ask.now).await?;
        Ok(after)
    }

    /// Writes what the contracts of a unit make of its duty state, and tells whoever is connected.
    async fn note_contract(
        &self,
        unit: UnitId,
        has_ended: bool,
        now: Timestamp,
    ) -> Result<(), PlatformError> {
        let store = &self.inner.store;
        let access = Access::PLATFORM;
        let contracts = store.contracts_of_unit(&access, unit).await?;
        let alive: Vec<_> = contracts
            .iter()
            .filter(|row| !row.contract.state.is_over())
            .map(|row| (row.contract.state, row.contract.proposed_by))
            .collect();
        self.inner.events.publish(Event::Organisations);
        let Some(current) = store.unit_history(&access, unit).await?.pop() else { return Ok(()) };
        // What was observed is the ledger's to change: it counts contracts, too.
        if current.duty_provenance == Provenance::Observed && current.source == OBSERVED_SOURCE {
            return Ok(());
        }
        let duty = duty_after(current.unit.duty, &alive, has_ended);
        if duty == current.unit.duty {
            return Ok(());
        }
        let change = UnitChange {
            unit: domain::unit::Unit { duty, ..current.unit },
            connection_provenance: current.connection_provenance,
            // Two sides said it, or one did; nothing was seen yet.
            duty_provenance: Provenance::Reported,
            source: "contract".to_owned(),
        };
        match store.apply_units(&access, &[change], None, now).await {
            Ok(_) => Ok(()),
            // Somebody changed the unit in this very moment; the next step of a contract writes it.
            Err(error) if error.kind() == ErrorKind::Conflict => {
                warn!(%unit, %error, "duty state not written after a contract");
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The side a person speaks for.
fn side_of(access: &Access) -> Option<Side> {
    match access.scope {
        Some(Scope::Unit(_)) => Some(Side::Unit),
        Some(Scope::Organisation(_)) => Some(Side::Organisation),
        Some(Scope::Region(_)) | None => None,
    }
}

/// From when until when a contract held or will; none for one that never did.
fn held(row: &ContractRow) -> Option<(Timestamp, Timestamp)> {
    let one = &row.contract;
    match one.state {
        ContractState::Running => Some((one.starts_at, one.ends_at)),
        ContractState::Ended | ContractState::Terminated | ContractState::Replaced => {
            let over = row.over_at.unwrap_or(one.ends_at).min(one.ends_at);
            (over > one.starts_at && row.accepted_at.is_some()).then_some((one.starts_at, over))
        }
        _ => None,
    }
}

fn span(row: &ContractRow) -> String {
    let one = &row.contract;
    format!("{:.0} to {:.0}", one.starts_at, one.ends_at)
}

fn refused(refusal: ContractRefusal) -> PlatformError {
    use ContractRefusal as R;
    let message = refusal.to_string();
    match refusal {
        R::NotNow(..) | R::NotYours(_) | R::TakesNobody(_) | R::Full(..) | R::Meets(_) | R::Over => {
            PlatformError::Conflict(message)
        }
        R::ReasonMissing(_) => PlatformError::field("reason", "required", message),
        R::Span => PlatformError::field("ends_at", "out_of_range", message),
        R::Gap(_) => PlatformError::field("starts_at", "gap", message),
        R::ReplacesItself => PlatformError::field("replaces", "invalid", message),
    }
}

fn object(row: &ContractRow) -> Object {
    Object {
        kind: "contract",
        id: Some(row.contract.id.to_string()),
        name: Some(format!("{} · {}", row.unit_name, row.organisation_name)),
        unit_id: Some(row.contract.unit_id),
    }
}
