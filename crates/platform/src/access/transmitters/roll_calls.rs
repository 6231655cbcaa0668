//! Roll-calls at transmission devices: the order goes out with its deadline, somebody presses a key there, and what became of it is a row.

use domain::access::Access;
use domain::facility::roll_call::{MINUTES_DEFAULT, answer, next_state};
use domain::facility::{RollCallEvent, RollCallState};
use domain::ids::{RollCallId, TransmitterId};
use domain::role::Capability;
use gb26875::{Command, Objects, units};
use jiff::{SignedDuration, Timestamp};
use store::{NewRollCall, Page, PageAsk, RollCall, UnsettledEvent};
use tracing::{info, warn};

use super::orders::Order;
use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// Roll-calls among which the one that is answered is looked for.
const RECENT: u32 = 20;

impl Platform {
    /// Asks for the person on duty at a device: somebody has to press a key there within so many minutes (three where none are given).
    pub async fn call_roll(
        &self,
        ask: &Ask,
        id: TransmitterId,
        minutes: Option<u8>,
    ) -> Result<RollCall, PlatformError> {
        ask.access.need(Capability::CallRoll)?;
        let minutes = minutes.unwrap_or(MINUTES_DEFAULT);
        if minutes == 0 {
            return Err(PlatformError::field("minutes", "invalid", "1 to 255 minutes"));
        }
        let row = self.inner.store.transmitter(&ask.access, id).await?;
        let span = SignedDuration::from_mins(i64::from(minutes));
        let new = NewRollCall {
            id: RollCallId(self.inner.surroundings.id(ask.now)),
            transmitter_id: id,
            asked_at: ask.now,
            asked_by: ask.access.user_id,
            minutes,
            deadline_at: ask.now.saturating_add(span).unwrap_or(Timestamp::MAX),
        };
        self.inner.store.add_roll_call(&ask.access, &new).await?;
        let object = Object {
            kind: "transmitter",
            id: Some(id.to_string()),
            name: Some(row.transmitter.name),
            unit_id: Some(row.transmitter.unit_id),
        };
        self.audit(ask, "roll_call", object, "ok", Some(format!("{minutes} min"))).await?;
        let order = Order {
            command: Command::Control,
            objects: Objects::RollCall(vec![units::RollCall { minutes }]),
            roll_call: Some(new.id),
        };
        let is_sent =
            self.inner.transmitters.line(id).is_some_and(|line| line.orders.try_send((id, order)).is_ok());
        if !is_sent {
            self.roll_call_lost(new.id).await;
        }
        self.inner.events.publish(Event::Facilities);
        Ok(self.inner.store.roll_call(&ask.access, new.id).await?)
    }

    /// Roll-calls at a device, newest first.
    pub async fn roll_calls(
        &self,
        ask: &Ask,
        id: TransmitterId,
        page: &PageAsk,
    ) -> Result<Page<RollCall>, PlatformError> {
        ask.access.need(Capability::SeeCameras)?;
        self.inner.store.transmitter(&ask.access, id).await?;
        Ok(self.inner.store.roll_calls(&ask.access, Some(id), page).await?)
    }

    /// The device has the order.
    pub(super) async fn roll_call_received(&self, id: RollCallId, now: Timestamp) {
        if let Err(error) = self.inner.store.roll_call_received(id, now).await {
            warn!(%id, %error, "receipt of a roll-call not written");
        }
        self.inner.events.publish(Event::Facilities);
    }

    /// The order did not reach the device.
    pub(super) async fn roll_call_lost(&self, id: RollCallId) {
        let result = self.move_roll_call(id, RollCallEvent::NotDelivered, None).await;
        if let Err(error) = result {
            warn!(%id, %error, "roll-call that was not delivered not written");
        }
    }

    /// Somebody pressed the key: that answers the oldest roll-call of the device that waits, or else the last one that nobody answered.
    pub(super) async fn answer_roll_call(&self, event: &UnsettledEvent) -> Result<(), PlatformError> {
        let page = PageAsk::first(RECENT);
        let recent =
            self.inner.store.roll_calls(&Access::PLATFORM, Some(event.transmitter_id), &page).await?.items;
        let is_in = |state| move |call: &&RollCall| call.state == state && call.asked_at <= event.received_at;
        let waiting = recent.iter().rev().find(is_in(RollCallState::Waiting));
        let Some(call) = waiting.or_else(|| recent.iter().find(is_in(RollCallState::Absent))) else {
            return Ok(());
        };
        if let Some(what) = answer(call.deadline_at, event.received_at) {
            let given = Some((event.received_at, event.operator));
            self.move_roll_call(call.id, what, given).await?;
            info!(roll_call = %call.id, ?what, "roll-call answered");
        }
        Ok(())
    }

    /// Roll-calls whose deadline is over are not answered.
    pub(super) async fn end_roll_calls(&self, now: Timestamp) -> Result<(), PlatformError> {
        for call in self.inner.store.roll_calls_overdue(now).await? {
            self.move_roll_call(call.id, RollCallEvent::DeadlineOver, None).await?;
            info!(roll_call = %call.id, "roll-call not answered");
        }
        Ok(())
    }

    async fn move_roll_call(
        &self,
        id: RollCallId,
        event: RollCallEvent,
        given: Option<(Timestamp, Option<u8>)>,
    ) -> Result<(), PlatformError> {
        let call = self.inner.store.roll_call(&Access::PLATFORM, id).await?;
        if let Some(to) = next_state(call.state, event) {
            self.inner.store.move_roll_call(id, (call.state, to), given).await?;
            self.inner.events.publish(Event::Facilities);
        }
        Ok(())
    }
}
