//! The work order of a confirmed alarm (处置工单): what the remote duty and the people on site owe, each with clocks, acts and a result of its own.
//!
//! It is no second life beside the alarm's: it opens when the alarm is confirmed, the remote side's times are the alarm's, and who arrives moves
//! the alarm on. What is added are the acts of people on site, who do not own the alarm, and the acts of the 四快 procedure. Nothing here writes
//! or reads a clock.

pub mod call;
pub mod score;
pub mod stopwatch;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::life::{self, Alarm};
use super::state::AlarmState;
use super::{AlarmCode, Level};
use crate::words::words;

pub use score::{OrderClock, OrderFacts, OrderReading, SideResult, readings, result};
pub use stopwatch::{Stopwatch, StopwatchKind, stopwatches};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderSide {
    /// The owner of the alarm: a guard of the organisation, or of a unit that does its duty itself.
    Remote,
    /// People of the unit.
    Site,
}

/// How far the people on site have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Nobody has said that they go.
    Waiting,
    /// Somebody goes.
    Accepted,
    /// Somebody is there.
    OnSite,
    /// They say that it is done.
    Done,
}

/// What one side does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderAct {
    /// The remote side has spoken with the people on site.
    Inform,
    /// Somebody has called 119.
    CallFireBrigade,
    /// Pumps, doors, ventilation, announcement: started.
    StartSystems,
    /// More people are on their way.
    SendForce,
    /// Somebody goes.
    Accept,
    /// Somebody is there.
    Arrive,
    /// More people are there.
    SecondForce,
    /// People are led out.
    Evacuate,
    /// It is done.
    Handle,
    /// In one's own words; any number of times.
    Remark,
}

words! { OrderSide:
    Remote = "remote", "远程值守", "Remote duty";
    Site = "site", "现场处置", "People on site";
}

words! { OrderState:
    Waiting = "waiting", "待接单", "Waiting";
    Accepted = "accepted", "已接单", "Accepted";
    OnSite = "on_site", "已到场", "On site";
    Done = "done", "处置完毕", "Done";
}

words! { OrderAct:
    Inform = "inform", "通知现场", "Site informed";
    CallFireBrigade = "call_fire_brigade", "已拨打119", "119 called";
    StartSystems = "start_systems", "启动消防设施", "Systems started";
    SendForce = "send_force", "增派力量", "More people sent";
    Accept = "accept", "接单", "Accept";
    Arrive = "arrive", "到场", "Arrive";
    SecondForce = "second_force", "第二批力量到场", "Second force arrived";
    Evacuate = "evacuate", "组织疏散", "Evacuation";
    Handle = "handle", "处置完毕", "Done";
    Remark = "remark", "备注", "Remark";
}

impl OrderAct {
    /// Whether it is this side's to do. Whoever is nearest to a telephone calls the fire brigade.
    pub fn is_of(self, side: OrderSide) -> bool {
        match self {
            Self::Inform | Self::SendForce => side == OrderSide::Remote,
            Self::Accept | Self::Arrive | Self::SecondForce | Self::Evacuate | Self::Handle => {
                side == OrderSide::Site
            }
            Self::CallFireBrigade | Self::StartSystems | Self::Remark => true,
        }
    }

    /// Acts of the 四快 procedure, which belong to fire alone.
    pub fn is_of_fire(self) -> bool {
        matches!(self, Self::CallFireBrigade | Self::StartSystems | Self::SecondForce | Self::Evacuate)
    }
}

/// An act that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acted {
    /// What.
    pub act: OrderAct,
    /// By whom.
    pub side: OrderSide,
    /// When, by the server's clock.
    pub at: Timestamp,
}

/// Why an act is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OrderRefusal {
    /// The alarm is not confirmed, or calls for no order.
    #[error("this alarm has no work order: it is not confirmed, or nobody has to go anywhere")]
    NoOrder,
    /// The alarm is closed.
    #[error("the alarm is closed; its work order is over")]
    Over,
    /// The other side's.
    #[error("{} is not for the {} side", .0.as_str(), .1.as_str())]
    OtherSide(OrderAct, OrderSide),
    /// The state does not know it.
    #[error("a work order in state {} does not know {}", .0.as_str(), .1.as_str())]
    NotNow(OrderState, OrderAct),
    /// It was done.
    #[error("{} was done already", .0.as_str())]
    Twice(OrderAct),
    /// It belongs to fire.
    #[error("{} belongs to fire alone", .0.as_str())]
    NoFire(OrderAct),
    /// A remark without words.
    #[error("a remark needs words")]
    WordsMissing,
}

/// A work order as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkOrder {
    /// Since when: the alarm was confirmed (T4).
    pub opened_at: Timestamp,
    /// How far the people on site have come.
    pub state: OrderState,
    /// When somebody said that they go; the arrival where nobody did.
    pub accepted_at: Option<Timestamp>,
    /// T5.
    pub arrived_at: Option<Timestamp>,
    /// When the people on site were done; T6 where only the owner said so.
    pub done_at: Option<Timestamp>,
}

/// True where somebody has to go somewhere: levels 1 and 2, and a matter of the place itself – not of video, duty rooms or papers.
pub fn calls_for_order(code: AlarmCode, level: Level) -> bool {
    level <= Level::Two && matches!(code.group(), "F" | "E" | "U" | "S")
}

/// The work order of an alarm, from the alarm and what was done since it was confirmed; none where it has none.
pub fn order(alarm: &Alarm, acted: &[Acted]) -> Option<WorkOrder> {
    let is_confirmed = matches!(
        alarm.state,
        AlarmState::Confirmed | AlarmState::Handling | AlarmState::InReview | AlarmState::Closed
    );
    if !is_confirmed || !calls_for_order(alarm.code, alarm.level) {
        return None;
    }
    let opened_at = alarm.times.verified_at?;
    let at = |act| acted.iter().find(|one| one.act == act).map(|one| one.at);
    let (arrived, handled) = (alarm.times.arrived_at, alarm.times.handled_at);
    let done_at = at(OrderAct::Handle).or(handled);
    let arrived_at = [at(OrderAct::Arrive), arrived].into_iter().flatten().min().or(done_at);
    let accepted_at = at(OrderAct::Accept).or(arrived_at);
    let state = match (accepted_at, arrived_at, done_at) {
        (_, _, Some(_)) => OrderState::Done,
        (_, Some(_), None) => OrderState::OnSite,
        (Some(_), None, None) => OrderState::Accepted,
        (None, None, None) => OrderState::Waiting,
    };
    Some(WorkOrder { opened_at, state, accepted_at, arrived_at, done_at })
}

/// The state machine: the state after an act, or none where the state does not know it.
pub fn next_state(state: OrderState, act: OrderAct) -> Option<OrderState> {
    use OrderAct as A;
    use OrderState as S;
    Some(match (state, act) {
        (S::Waiting, A::Accept) => S::Accepted,
        (S::Waiting | S::Accepted, A::Arrive) => S::OnSite,
        (S::OnSite, A::Handle) => S::Done,
        (
            S::Waiting | S::Accepted | S::OnSite,
            A::Inform | A::CallFireBrigade | A::StartSystems | A::SendForce | A::Evacuate,
        )
        | (S::OnSite, A::SecondForce)
        | (_, A::Remark) => state,
        _ => return None,
    })
}

/// Decides whether a side may do `act` at `now`, and how it moves the alarm: who arrives stops the alarm's clock of arriving, whoever owns it.
pub fn decide(
    alarm: &Alarm,
    acted: &[Acted],
    (act, side): (OrderAct, OrderSide),
    words: Option<&str>,
    now: Timestamp,
) -> Result<Option<life::Change>, OrderRefusal> {
    let order = order(alarm, acted).ok_or(OrderRefusal::NoOrder)?;
    if alarm.state == AlarmState::Closed {
        return Err(OrderRefusal::Over);
    }
    if !act.is_of(side) {
        return Err(OrderRefusal::OtherSide(act, side));
    }
    if act.is_of_fire() && !is_fire(alarm.code) {
        return Err(OrderRefusal::NoFire(act));
    }
    if act != OrderAct::Remark && acted.iter().any(|one| one.act == act) {
        return Err(OrderRefusal::Twice(act));
    }
    next_state(order.state, act).ok_or(OrderRefusal::NotNow(order.state, act))?;
    if act == OrderAct::Remark && words.is_none_or(|words| words.trim().is_empty()) {
        return Err(OrderRefusal::WordsMissing);
    }
    Ok((act == OrderAct::Arrive).then(|| life::arrive(alarm, now)).flatten())
}

/// What a side may do now, in the order of the buttons.
pub fn offered(alarm: &Alarm, acted: &[Acted], side: OrderSide, now: Timestamp) -> Vec<OrderAct> {
    OrderAct::ALL
        .into_iter()
        .filter(|act| decide(alarm, acted, (*act, side), Some("…"), now).is_ok())
        .collect()
}

/// Smoke, flame, a detector, a call point: what 119 is called for once a person has confirmed it.
pub fn is_fire(code: AlarmCode) -> bool {
    matches!(code, AlarmCode::F01 | AlarmCode::F02 | AlarmCode::F03 | AlarmCode::F04)
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
