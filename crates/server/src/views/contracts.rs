//! Duty contracts as they travel.

use domain::contract::ContractEvent;
use platform::organisations::ContractCover as Cover;
use platform::rows::{ContractRow, ContractStep};
use platform::{Ask, Platform};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Moment, moment};

/// A duty contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contract {
    /// Id.
    pub id: Uuid,
    /// The parties' own number; empty: none.
    pub number: String,
    /// The unit.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Its duty state now: what the register says beside what the parties say.
    pub duty: &'static str,
    /// The organisation.
    pub organisation_id: Uuid,
    /// Its name.
    pub organisation_name: String,
    /// A word of `organisation_states`.
    pub organisation_state: &'static str,
    /// `unit` or `organisation`.
    pub proposed_by: &'static str,
    /// When.
    pub proposed_at: Moment,
    /// Who.
    pub proposer: String,
    /// A word of `contract_states`.
    pub state: &'static str,
    /// From when it holds.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// The contract that it takes the place of.
    pub replaces: Option<Uuid>,
    /// The contract that takes its place.
    pub follower: Option<Uuid>,
    /// When the other side accepted.
    pub accepted_at: Option<Moment>,
    /// When it was over.
    pub over_at: Option<Moment>,
    /// Counts changes; sent back with every event.
    pub version: i64,
    /// What the asker may do now, words of `contract_events`.
    pub next: Vec<&'static str>,
}

/// Something that happened to a contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractMoment {
    /// When.
    pub at: Moment,
    /// A word of `contract_events`; null: it was proposed.
    pub event: Option<&'static str>,
    /// The state after it.
    pub to: &'static str,
    /// Who; null: the platform.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What covers a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractCover {
    /// Its contracts by their beginning.
    pub contracts: Vec<Contract>,
    /// Minutes without a contract that held, from the first beginning until now; null where there was none yet.
    pub uncovered_min: Option<i64>,
    /// The same as the ledger of duty has it; null where it holds no day, or the asker does not read it.
    pub ledger: Option<LedgerCover>,
}

/// What the ledger says of the time since the first contract began.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerCover {
    /// Days that it holds, the one that runs too; 90 at most.
    pub days: u32,
    /// Their minutes without a contract in force.
    pub uncovered_min: u32,
}

/// A contract that one side proposes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContract {
    /// The unit.
    pub unit_id: Uuid,
    /// The organisation.
    pub organisation_id: Uuid,
    /// The parties' own number.
    pub number: Option<String>,
    /// From when it holds.
    pub starts_at: String,
    /// Until when, within five years.
    pub ends_at: String,
    /// The contract with another organisation that it takes the place of.
    pub replaces: Option<Uuid>,
}

/// A step with a contract.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractEventRequest {
    /// `accept`, `decline`, `withdraw` or `terminate`.
    pub event: String,
    /// The version that was looked at.
    pub version: i64,
    /// Why; needed to decline and to terminate.
    pub reason: Option<String>,
}

impl Contract {
    /// As the asker sees it.
    pub fn of(row: ContractRow, ask: &Ask) -> Self {
        let one = row.contract;
        Self {
            id: one.id.0,
            number: row.number,
            unit_id: one.unit_id.0,
            unit_name: row.unit_name,
            duty: row.duty.as_str(),
            organisation_id: one.organisation_id.0,
            organisation_name: row.organisation_name,
            organisation_state: row.organisation_state.as_str(),
            proposed_by: one.proposed_by.as_str(),
            proposed_at: one.proposed_at.into(),
            proposer: row.proposer_name,
            state: one.state.as_str(),
            starts_at: one.starts_at.into(),
            ends_at: one.ends_at.into(),
            replaces: one.replaces.map(|id| id.0),
            follower: row.follower.map(|id| id.0),
            accepted_at: moment(row.accepted_at),
            over_at: moment(row.over_at),
            version: one.version,
            next: Platform::contract_events(ask, &one).into_iter().map(ContractEvent::as_str).collect(),
        }
    }
}

impl ContractMoment {
    /// As it travels.
    pub fn of(step: ContractStep) -> Self {
        Self {
            at: step.at.into(),
            event: step.event.map(ContractEvent::as_str),
            to: step.to.as_str(),
            by: step.actor.map(|(_, name)| name),
            reason: step.reason,
        }
    }
}

impl ContractCover {
    /// As the asker sees it.
    pub fn of(cover: Cover, ask: &Ask) -> Self {
        Self {
            contracts: cover.contracts.into_iter().map(|row| Contract::of(row, ask)).collect(),
            uncovered_min: cover.uncovered_min,
            ledger: cover.ledger.map(|one| LedgerCover { days: one.days, uncovered_min: one.uncovered_min }),
        }
    }
}
