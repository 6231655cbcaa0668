//! The duty contract (值守合同) between a unit and an organisation: what one side claims counts once the other has accepted it (R44).
//!
//! One `match` over (state, event); who may do what; when a contract may be accepted; and the proof that a unit that changes its
//! organisation was never alone. Time starts and ends a contract; the platform writes that down, it does not decide it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{ContractId, OrganisationId, UnitId};
use crate::organisation::OrganisationState;
use crate::unit::Duty;
use crate::words::words;

/// Longest contract. Annual ones are usual; nobody signs for longer than a term of office.
pub const LASTS_MAX: SignedDuration = SignedDuration::from_hours(24 * 366 * 5);
/// A proposal that nobody answers lapses after this.
pub const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A party to a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 接入单位
    Unit,
    /// 值守机构
    Organisation,
}

words! { Side:
    Unit = "unit", "接入单位", "Unit";
    Organisation = "organisation", "值守机构", "Organisation";
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Unit => Self::Organisation,
            Self::Organisation => Self::Unit,
        }
    }
}

/// Where a contract stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractState {
    /// 待对方确认
    Proposed,
    /// 已签订，待生效
    Accepted,
    /// 生效中
    Running,
    /// 未接受
    Declined,
    /// 已撤回
    Withdrawn,
    /// 逾期未答复
    Lapsed,
    /// 到期结束
    Ended,
    /// 已解除
    Terminated,
    /// 已由新机构接替
    Replaced,
}

/// What happens to a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractEvent {
    /// 确认
    Accept,
    /// 不接受
    Decline,
    /// 撤回
    Withdraw,
    /// 逾期
    Lapse,
    /// 生效
    Start,
    /// 到期
    End,
    /// 解除
    Terminate,
    /// 新机构接替
    TakeOver,
}

words! { ContractState:
    Proposed = "proposed", "待对方确认", "Proposed";
    Accepted = "accepted", "已签订待生效", "Accepted";
    Running = "running", "生效中", "Running";
    Declined = "declined", "未接受", "Declined";
    Withdrawn = "withdrawn", "已撤回", "Withdrawn";
    Lapsed = "lapsed", "逾期未答复", "Lapsed";
    Ended = "ended", "到期结束", "Ended";
    Terminated = "terminated", "已解除", "Terminated";
    Replaced = "replaced", "已接替", "Replaced";
}

words! { ContractEvent:
    Accept = "accept", "确认", "Accept";
    Decline = "decline", "不接受", "Decline";
    Withdraw = "withdraw", "撤回", "Withdraw";
    Lapse = "lapse", "逾期未答复", "Lapse";
    Start = "start", "生效", "Start";
    End = "end", "到期", "End";
    Terminate = "terminate", "解除", "Terminate";
    TakeOver = "take_over", "接替", "Take over";
}

/// Whoever acts on a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// One of the parties.
    Party(Side),
    /// The office that watches over both.
    Regulator,
    /// The platform, which keeps time and watches a take-over.
    Platform,
}

/// A contract as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// Own id.
    pub id: ContractId,
    /// The unit that is watched over.
    pub unit_id: UnitId,
    /// The organisation that does it.
    pub organisation_id: OrganisationId,
    /// Who proposed it.
    pub proposed_by: Side,
    /// When.
    pub proposed_at: Timestamp,
    /// Where it stands.
    pub state: ContractState,
    /// From when it holds.
    pub starts_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// The contract with another organisation that it takes the place of.
    pub replaces: Option<ContractId>,
    /// Counts changes; a stale writer is refused.
    pub version: i64,
}

/// What has to be known before a contract is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The organisation's state.
    pub organisation: OrganisationState,
    /// Units it has accepted, this one not counted.
    pub units: u32,
    /// Units it said it can serve.
    pub units_max: u32,
    /// Another contract of the unit, accepted or running, that meets this one's time and is not the one it replaces.
    pub meets: Option<ContractId>,
}

/// Why a contract is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ContractRefusal {
    /// The state does not know the event.
    #[error("a contract that is {} cannot {}", .0.as_str(), .1.as_str())]
    NotNow(ContractState, ContractEvent),
    /// Somebody else's step.
    #[error("{} is another party's step", .0.as_str())]
    NotYours(ContractEvent),
    /// Nothing was said.
    #[error("{} needs a reason", .0.as_str())]
    ReasonMissing(ContractEvent),
    /// The organisation may not take on another unit.
    #[error("the organisation is {}: it takes on nobody new", .0.as_str())]
    TakesNobody(OrganisationState),
    /// It has as many as it can serve.
    #[error("the organisation serves {0} units and can serve {1}")]
    Full(u32, u32),
    /// The unit has another contract for that time.
    #[error(
        "the unit has another contract for this time; to change the organisation, name it as the one that is replaced"
    )]
    Meets(ContractId),
    /// Nobody answers for a contract that is over.
    #[error("its time is over")]
    Over,
    /// It ends before it begins, or after [`LASTS_MAX`].
    #[error("it ends after it begins and within five years")]
    Span,
    /// Between the two nobody would be there.
    #[error(
        "the contract that is replaced ends before this one begins: the unit would be without duty for {0} minutes"
    )]
    Gap(i64),
    /// The same organisation renews; it does not replace itself.
    #[error("a contract replaces one with another organisation, of the same unit")]
    ReplacesItself,
}

impl ContractState {
    /// True once nothing more can happen to it.
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Proposed | Self::Accepted | Self::Running)
    }
}

impl ContractEvent {
    /// True where nothing happens without words.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Decline | Self::Terminate)
    }
}

/// The state machine: the state after an event.
pub fn next_state(state: ContractState, event: ContractEvent) -> Result<ContractState, ContractRefusal> {
    use ContractEvent as E;
    use ContractState as S;
    Ok(match (state, event) {
        (S::Proposed, E::Accept) => S::Accepted,
        (S::Proposed, E::Decline) => S::Declined,
        (S::Proposed, E::Withdraw) => S::Withdrawn,
        (S::Proposed, E::Lapse) => S::Lapsed,
        (S::Accepted, E::Start) => S::Running,
        (S::Accepted | S::Running, E::End) => S::Ended,
        (S::Accepted | S::Running, E::Terminate) => S::Terminated,
        (S::Running, E::TakeOver) => S::Replaced,
        _ => return Err(ContractRefusal::NotNow(state, event)),
    })
}

/// Whether `actor` may take a step with a contract as it stands; what else has to be so is for [`decide`].
pub fn may(contract: &Contract, event: ContractEvent, actor: Actor) -> bool {
    next_state(contract.state, event).is_ok() && is_of(contract, event, actor)
}

/// Whose step an event is.
fn is_of(contract: &Contract, event: ContractEvent, actor: Actor) -> bool {
    use ContractEvent as E;
    match (event, actor) {
        (E::Accept | E::Decline, Actor::Party(side)) => side == contract.proposed_by.other(),
        (E::Withdraw, Actor::Party(side)) => side == contract.proposed_by,
        (E::Terminate, Actor::Party(_) | Actor::Regulator)
        | (E::Lapse | E::Start | E::End | E::TakeOver, Actor::Platform) => true,
        _ => false,
    }
}

/// Whether a contract may be proposed at `now`; `replaced` is the one it names.
pub fn check_proposal(
    new: &Contract,
    replaced: Option<&Contract>,
    now: Timestamp,
) -> Result<(), ContractRefusal> {
    let lasts = new.ends_at.duration_since(new.starts_at);
    if lasts <= SignedDuration::ZERO || lasts > LASTS_MAX {
        return Err(ContractRefusal::Span);
    }
    if new.ends_at <= now {
        return Err(ContractRefusal::Over);
    }
    let Some(old) = replaced else { return Ok(()) };
    if old.unit_id != new.unit_id || old.organisation_id == new.organisation_id {
        return Err(ContractRefusal::ReplacesItself);
    }
    if old.state.is_over() || old.state == ContractState::Proposed {
        return Err(ContractRefusal::NotNow(old.state, ContractEvent::TakeOver));
    }
    match minutes(old.ends_at, new.starts_at) {
        0 => Ok(()),
        gap => Err(ContractRefusal::Gap(gap)),
    }
}

/// Decides `event` by `actor`; the state after it, or why not. An acceptance also has to pass [`check_acceptance`].
pub fn decide(
    contract: &Contract,
    event: ContractEvent,
    actor: Actor,
    has_reason: bool,
) -> Result<ContractState, ContractRefusal> {
    let to = next_state(contract.state, event)?;
    if !is_of(contract, event, actor) {
        return Err(ContractRefusal::NotYours(event));
    }
    if event.needs_reason() && !has_reason {
        return Err(ContractRefusal::ReasonMissing(event));
    }
    Ok(to)
}

/// Whether a contract may be accepted at `now` as its parties stand.
pub fn check_acceptance(
    contract: &Contract,
    standing: &Standing,
    now: Timestamp,
) -> Result<(), ContractRefusal> {
    if contract.ends_at <= now {
        return Err(ContractRefusal::Over);
    }
    if !standing.organisation.may_take_on() {
        return Err(ContractRefusal::TakesNobody(standing.organisation));
    }
    if standing.units >= standing.units_max {
        return Err(ContractRefusal::Full(standing.units, standing.units_max));
    }
    standing.meets.map_or(Ok(()), |other| Err(ContractRefusal::Meets(other)))
}

/// What time does to a contract at `now`; none where it has nothing to say.
pub fn due(contract: &Contract, now: Timestamp) -> Option<ContractEvent> {
    let unanswered = now.duration_since(contract.proposed_at) >= ANSWER_WITHIN || now >= contract.ends_at;
    match contract.state {
        ContractState::Proposed => unanswered.then_some(ContractEvent::Lapse),
        ContractState::Accepted | ContractState::Running if now >= contract.ends_at => {
            Some(ContractEvent::End)
        }
        ContractState::Accepted => (now >= contract.starts_at).then_some(ContractEvent::Start),
        _ => None,
    }
}

/// What a step of a contract makes of the unit's duty state (§5.4 of the states in words): a claim of the unit alone is a claim, a
/// contract that both accepted is agreed, and where the last one `has_ended` with this step duty is interrupted. What is proved is the
/// ledger's to say: it alone makes a state valid or doubtful. A claim beside either changes nothing: it is no news of the duty.
pub fn duty_after(duty: Duty, alive: &[(ContractState, Side)], has_ended: bool) -> Duty {
    let is_agreed =
        alive.iter().any(|(state, _)| matches!(state, ContractState::Accepted | ContractState::Running));
    let is_claimed = alive.contains(&(ContractState::Proposed, Side::Unit));
    match duty {
        Duty::None | Duty::Claimed | Duty::Interrupted | Duty::Replaced if is_agreed => Duty::Agreed,
        Duty::Agreed | Duty::Valid | Duty::Doubtful if has_ended && !is_agreed => Duty::Interrupted,
        Duty::None if is_claimed => Duty::Claimed,
        Duty::Claimed if !is_claimed => Duty::None,
        _ => duty,
    }
}

/// Minutes of `from` to `until` in which none of the spans holds, begun ones counted: 0 proves that a unit was never without a contract.
/// Spans may overlap and come in any order.
pub fn uncovered_min(spans: &[(Timestamp, Timestamp)], from: Timestamp, until: Timestamp) -> i64 {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let mut covered_until = from;
    let mut uncovered = 0;
    for (start, end) in sorted {
        uncovered += minutes(covered_until, start.min(until));
        covered_until = covered_until.max(end);
    }
    uncovered + minutes(covered_until, until)
}

/// Begun minutes between two moments; 0 where the second is not later.
fn minutes(from: Timestamp, until: Timestamp) -> i64 {
    let us = until.as_microsecond() - from.as_microsecond();
    if us <= 0 { 0 } else { (us - 1) / 60_000_000 + 1 }
}

#[cfg(test)]
#[path = "contract_tests.rs"]
mod tests;
