//! Work orders (处置工单): what both sides of a confirmed alarm did, may do and how each did, with the 四快 stopwatches and the prompt to call 119.
//!
//! Who owns the alarm is the remote side; people of the unit are on site, whether they own it or not. A unit that does its duty itself is both.

use domain::access::{Access, Scope};
use domain::alarm::order::call::{FIRE_BRIGADE, FireCall, say};
use domain::alarm::order::{
    Acted, OrderAct, OrderFacts, OrderSide, WorkOrder, decide, is_fire, offered, order,
};
use domain::alarm::{Alarm, AlarmEvent};
use domain::ids::AlarmId;
use domain::role::Capability;
use jiff::Timestamp;
use store::{AlarmRow, NewOrderAct, OrderActRow, StepRecord};

use super::work::alarm_object;
use crate::{Ask, Platform, PlatformError};

/// Longest remark, in characters.
const WORDS_LEN_MAX: usize = 2000;
/// An act is written again where the alarm moved in this very moment; more often than this, somebody should look.
const TRIES_MAX: u32 = 3;

/// A work order as the asker sees it.
#[derive(Debug, Clone)]
pub struct OrderDetail {
    /// The alarm.
    pub row: AlarmRow,
    /// The order.
    pub order: WorkOrder,
    /// How both sides did.
    pub facts: OrderFacts,
    /// What was done, in order.
    pub acts: Vec<OrderActRow>,
    /// The sides on which the asker stands, with what may be done now.
    pub own: Vec<(OrderSide, Vec<OrderAct>)>,
    /// For a fire: whom to call and what to say.
    pub call: Option<FirePrompt>,
}

/// The prompt to call the fire brigade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirePrompt {
    /// The number.
    pub number: &'static str,
    /// What to say, sentence by sentence.
    pub say: Vec<String>,
    /// Who said that they called, and when.
    pub called: Option<(Timestamp, String)>,
    /// An announced drill: nobody calls.
    pub drill: bool,
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderWish {
    /// What.
    pub act: OrderAct,
    /// On which side.
    pub side: OrderSide,
    /// In their words.
    pub words: Option<String>,
}

impl Platform {
    /// The work order of an alarm in the asker's reach; none where the alarm has none.
    pub async fn alarm_order(&self, ask: &Ask, id: AlarmId) -> Result<Option<OrderDetail>, PlatformError> {
        ask.access.need(Capability::SeeAlarms)?;
        let row = self.inner.store.alarm(&ask.access, id).await?;
        let acts = self.acts_of(&ask.access, &row).await?;
        let acted = acted(&acts);
        let Some(order) = order(&row.alarm, &acted) else { return Ok(None) };
        let own = sides_of(&ask.access, &row.alarm)
            .into_iter()
            .map(|side| (side, offered(&row.alarm, &acted, side, ask.now)));
        Ok(Some(OrderDetail {
            facts: OrderFacts::of(&row.alarm, &order, &acted, ask.now),
            own: own.collect(),
            call: self.fire_prompt(ask, &row, &acts).await?,
            order,
            acts,
            row,
        }))
    }

    /// Keeps what a person did on a work order. Who arrives on site stops the alarm's clock of arriving and does not become its owner.
    pub async fn act_on_order(
        &self,
        ask: &Ask,
        id: AlarmId,
        wish: &OrderWish,
    ) -> Result<OrderDetail, PlatformError> {
        ask.access.need(Capability::WorkAlarms)?;
        let words = wish.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
        if words.is_some_and(|words| words.chars().count() > WORDS_LEN_MAX) {
            return Err(PlatformError::field("words", "too_long", "at most 2000 characters"));
        }
        let mut tries = 0;
        loop {
            tries += 1;
            match self.try_to_act(ask, id, wish, words).await {
                Err(PlatformError::Conflict(_)) if tries < TRIES_MAX => {}
                tried => break tried?,
            }
        }
        self.inner.outbox_written.notify_one();
        let detail = self.alarm_order(ask, id).await?.ok_or(PlatformError::NotFound)?;
        let said = format!("{} {}", wish.side.as_str(), wish.act.as_str());
        self.audit(ask, "alarm_order", alarm_object(&detail.row), "ok", Some(said)).await?;
        Ok(detail)
    }

    async fn try_to_act(
        &self,
        ask: &Ask,
        id: AlarmId,
        wish: &OrderWish,
        words: Option<&str>,
    ) -> Result<(), PlatformError> {
        let row = self.inner.store.alarm(&ask.access, id).await?;
        let acted = acted(&self.acts_of(&ask.access, &row).await?);
        if !sides_of(&ask.access, &row.alarm).contains(&wish.side) {
            return Err(PlatformError::field(
                "side",
                "not_yours",
                "the owner of the alarm is the remote side, people of its unit are on site",
            ));
        }
        let moved = decide(&row.alarm, &acted, (wish.act, wish.side), words, ask.now)?;
        let opened_at = row.alarm.times.verified_at.ok_or(PlatformError::NotFound)?;
        let new = NewOrderAct {
            opened_at,
            side: wish.side,
            act: wish.act,
            at: ask.now,
            words: words.map(str::to_owned),
        };
        let step = StepRecord {
            at: ask.now,
            event: AlarmEvent::Arrive,
            actor_id: ask.access.user_id,
            note: words.map(str::to_owned),
            reason: None,
        };
        let moved = moved.as_ref().map(|change| (change, &step));
        Ok(self.inner.store.add_order_act(&ask.access, id, row.alarm.version, &new, moved).await?)
    }

    /// What was done since the alarm was last confirmed.
    pub(super) async fn acts_of(
        &self,
        access: &Access,
        row: &AlarmRow,
    ) -> Result<Vec<OrderActRow>, PlatformError> {
        let mut acts = self.inner.store.order_acts(access, row.alarm.id).await?;
        acts.retain(|one| is_of_order(one, row));
        Ok(acts)
    }

    async fn fire_prompt(
        &self,
        ask: &Ask,
        row: &AlarmRow,
        acts: &[OrderActRow],
    ) -> Result<Option<FirePrompt>, PlatformError> {
        if !is_fire(row.alarm.code) {
            return Ok(None);
        }
        let caller = self.name_of_asker(ask).await?;
        let regions: Vec<&str> = [row.city.as_deref(), row.county.as_deref()].into_iter().flatten().collect();
        let place = place_of(row);
        let call = FireCall {
            regions: &regions,
            unit: &row.unit_name,
            place: place.as_deref(),
            code: row.alarm.code,
            occurred_at: row.alarm.times.occurred_at,
            caller: caller.as_deref().unwrap_or("值班人员"),
        };
        Ok(Some(FirePrompt {
            number: FIRE_BRIGADE,
            say: say(&call),
            called: called(acts),
            drill: row.alarm.drill,
        }))
    }
}

/// Whether an act belongs to the order that was opened when the alarm was last confirmed.
pub(super) fn is_of_order(act: &OrderActRow, row: &AlarmRow) -> bool {
    Some(act.opened_at) == row.alarm.times.verified_at
}

/// As the domain asks for them.
pub(super) fn acted<'a>(acts: impl IntoIterator<Item = &'a OrderActRow>) -> Vec<Acted> {
    acts.into_iter().map(|one| one.acted).collect()
}

/// When 119 was called, and by whom.
pub(super) fn called(acts: &[OrderActRow]) -> Option<(Timestamp, String)> {
    let call = acts.iter().find(|one| one.acted.act == OrderAct::CallFireBrigade)?;
    Some((call.acted.at, call.actor.1.clone()))
}

/// Where it is: the camera, or the place of the detector that told it.
pub(super) fn place_of(row: &AlarmRow) -> Option<String> {
    let of_detector = || row.sources.iter().find_map(|source| Some(source.component.as_ref()?.2.clone()));
    row.camera_name.clone().or_else(of_detector)
}

/// On which sides the asker stands.
fn sides_of(access: &Access, alarm: &Alarm) -> Vec<OrderSide> {
    if !access.may(Capability::WorkAlarms) {
        return Vec::new();
    }
    let is_owner = access.user_id.is_some() && access.user_id == alarm.owner_id;
    let is_there = access.scope == Some(Scope::Unit(alarm.unit_id));
    let stands = |side: &OrderSide| match side {
        OrderSide::Remote => is_owner,
        OrderSide::Site => is_there,
    };
    OrderSide::ALL.into_iter().filter(stands).collect()
}
