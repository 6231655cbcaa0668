//! Work orders as they travel.

use domain::alarm::order::{OrderReading, OrderSide, SideResult, Stopwatch};
use platform::alarms::{FirePrompt as FoundPrompt, OrderDetail};
use platform::rows::OrderActRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::alarm_detail::Actor;
use super::{Moment, moment};

/// The work order of an alarm; null where it has none.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmOrder {
    /// The order.
    pub order: Option<WorkOrder>,
}

/// A work order with both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkOrder {
    /// The alarm.
    pub alarm_id: Uuid,
    /// Since when: the alarm was confirmed.
    pub opened_at: Moment,
    /// How far the people on site have come: `waiting`, `accepted`, `on_site` or `done`.
    pub state: &'static str,
    /// When somebody said that they go.
    pub accepted_at: Option<Moment>,
    /// When somebody was there.
    pub arrived_at: Option<Moment>,
    /// When they were done.
    pub done_at: Option<Moment>,
    /// The remote side, then the people on site.
    pub sides: Vec<WorkOrderSide>,
    /// 四快 and the two of the procedure.
    pub stopwatches: Vec<OrderStopwatch>,
    /// What was done, in order.
    pub acts: Vec<WorkOrderAct>,
    /// For a fire: whom to call and what to say; null for everything else.
    pub call: Option<FirePrompt>,
}

/// One side of a work order.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkOrderSide {
    /// `remote` or `site`.
    pub side: &'static str,
    /// `running`, `in_time` or `late`.
    pub result: &'static str,
    /// Milliseconds to spare of the tightest clock, below zero: by so many late; null while nothing is decided.
    pub spare_ms: Option<i64>,
    /// Its clocks.
    pub clocks: Vec<WorkOrderClock>,
    /// True where the asker stands on this side.
    pub is_own: bool,
    /// What the asker may do on it now: `inform`, `call_fire_brigade`, `start_systems`, `send_force`, `accept`, `arrive`, `second_force`,
    /// `evacuate`, `handle`, `remark`.
    pub next: Vec<&'static str>,
}

/// A clock of one side.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkOrderClock {
    /// `take`, `verify`, `accept`, `arrive` or `handle`.
    pub clock: &'static str,
    /// Its limit in seconds.
    pub limit_s: i64,
    /// When it began.
    pub started_at: Moment,
    /// When it runs out.
    pub due_at: Moment,
    /// When it was stopped.
    pub stopped_at: Option<Moment>,
    /// True when it ran out before it was stopped, or has run out now.
    pub overdue: bool,
}

/// A stopwatch.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderStopwatch {
    /// `found`, `warned`, `nearest`, `second`, `handled` or `closed`.
    pub kind: &'static str,
    /// Its limit in seconds; null: none.
    pub limit_s: Option<i64>,
    /// When it began.
    pub started_at: Moment,
    /// When it was stopped; null: it runs.
    pub stopped_at: Option<Moment>,
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkOrderAct {
    /// `remote` or `site`.
    pub side: &'static str,
    /// What.
    pub act: &'static str,
    /// When, by the server's clock.
    pub at: Moment,
    /// Who.
    pub actor: Actor,
    /// In the person's words.
    pub words: Option<String>,
}

/// The prompt to call the fire brigade.
#[derive(Debug, Serialize, ToSchema)]
pub struct FirePrompt {
    /// `119`.
    pub number: &'static str,
    /// What to say, sentence by sentence, in Chinese.
    pub say: Vec<String>,
    /// When somebody pressed that they called; null: nobody has.
    pub called_at: Option<Moment>,
    /// Who.
    pub called_by: Option<String>,
    /// An announced drill: nobody calls.
    pub drill: bool,
}

/// An act to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrderAct {
    /// What.
    pub act: String,
    /// `remote` or `site`.
    pub side: String,
    /// In the person's words, at most 2000 characters; a remark needs some.
    pub words: Option<String>,
}

impl From<OrderDetail> for WorkOrder {
    fn from(found: OrderDetail) -> Self {
        let side = |(side, result): (OrderSide, SideResult)| {
            let own = found.own.iter().find(|(own, _)| *own == side);
            WorkOrderSide {
                side: side.as_str(),
                result: result.as_str(),
                spare_ms: result.spare_ms(),
                clocks: found
                    .facts
                    .readings
                    .iter()
                    .filter(|one| one.clock.side() == side)
                    .map(WorkOrderClock::from)
                    .collect(),
                is_own: own.is_some(),
                next: own.map_or(Vec::new(), |(_, acts)| acts.iter().map(|act| act.as_str()).collect()),
            }
        };
        Self {
            alarm_id: found.row.alarm.id.0,
            opened_at: found.order.opened_at.into(),
            state: found.order.state.as_str(),
            accepted_at: moment(found.order.accepted_at),
            arrived_at: moment(found.order.arrived_at),
            done_at: moment(found.order.done_at),
            sides: OrderSide::ALL.into_iter().zip(found.facts.results).map(side).collect(),
            stopwatches: found.facts.watches.iter().map(OrderStopwatch::from).collect(),
            acts: found.acts.into_iter().map(WorkOrderAct::from).collect(),
            call: found.call.map(FirePrompt::from),
        }
    }
}

impl From<&OrderReading> for WorkOrderClock {
    fn from(reading: &OrderReading) -> Self {
        Self {
            clock: reading.clock.as_str(),
            limit_s: reading.limit_s,
            started_at: reading.started_at.into(),
            due_at: reading.due_at.into(),
            stopped_at: moment(reading.stopped_at),
            overdue: reading.overdue,
        }
    }
}

impl From<&Stopwatch> for OrderStopwatch {
    fn from(watch: &Stopwatch) -> Self {
        Self {
            kind: watch.kind.as_str(),
            limit_s: watch.limit_s,
            started_at: watch.started_at.into(),
            stopped_at: moment(watch.stopped_at),
        }
    }
}

impl From<OrderActRow> for WorkOrderAct {
    fn from(row: OrderActRow) -> Self {
        let (id, display_name, role) = row.actor;
        Self {
            side: row.acted.side.as_str(),
            act: row.acted.act.as_str(),
            at: row.acted.at.into(),
            actor: Actor { id: id.0, display_name, role: role.as_str() },
            words: row.words,
        }
    }
}

impl From<FoundPrompt> for FirePrompt {
    fn from(found: FoundPrompt) -> Self {
        let (called_at, called_by) = found.called.unzip();
        Self {
            number: found.number,
            say: found.say,
            called_at: moment(called_at),
            called_by,
            drill: found.drill,
        }
    }
}
