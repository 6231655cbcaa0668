//! What a room's seat hears: the calls that it may answer, as soon as they are asked.
//!
//! A seat asks and waits. Who is asked is told with the event itself, so ten thousand seats that wait cost no reading, and a round that asks
//! one of them wakes one.

use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::facility::roll_call::LATE_WITHIN;
use domain::ids::{DutyRollCallId, DutyRoomId};
use jiff::Timestamp;
use store::SeatCall;
use tokio::sync::broadcast::error::RecvError;

use crate::events::Event;
use crate::{Platform, PlatformError};

/// Longest wait of a seat; less than what proxies cut off.
pub const SEAT_WAIT_MAX: Duration = Duration::from_secs(25);

impl Platform {
    /// What a room's seat may answer, the last asked first. Where that is what the seat `knows`, waits up to `wait` for something else.
    pub async fn seat_calls(
        &self,
        room: DutyRoomId,
        knows: &[DutyRollCallId],
        wait: Duration,
    ) -> Result<Vec<SeatCall>, PlatformError> {
        let until = tokio::time::Instant::now() + wait.min(SEAT_WAIT_MAX);
        // Listening begins before the rows are read: what comes in between is told twice, never not at all.
        let mut news = self.listen();
        let mut calls = self.seat_rows(room).await?;
        let mut order: Vec<DutyRollCallId> = calls.iter().map(|call| call.id).collect();
        let mut known = knows.to_vec();
        order.sort_unstable();
        known.sort_unstable();
        if order != known {
            return Ok(calls);
        }
        loop {
            let event = tokio::select! {
                () = self.inner.stop.cancelled() => return Ok(calls),
                () = tokio::time::sleep_until(until) => return Ok(calls),
                event = news.recv() => event,
            };
            match event {
                Ok(Event::RoomsAsked(asked)) => {
                    if let Some(call) = asked.get(&room).filter(|call| !order.contains(&call.id)) {
                        calls.retain(|call| call.state == domain::duty::roll_call::RollCallState::Waiting);
                        calls.insert(0, *call);
                        return Ok(calls);
                    }
                }
                Ok(Event::RoomAnswered(answered)) if answered == room => return self.seat_rows(room).await,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return self.seat_rows(room).await,
                Err(RecvError::Closed) => return Ok(calls),
            }
        }
    }

    async fn seat_rows(&self, room: DutyRoomId) -> Result<Vec<SeatCall>, PlatformError> {
        let late_since =
            self.inner.surroundings.now().saturating_sub(LATE_WITHIN).unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(self.inner.store.seat_calls(room, late_since).await?)
    }

    /// Something became of a call; people are told at the next look at the clock, once for all of them.
    pub(super) fn calls_changed(&self) {
        self.inner.roll_calls.is_changed.store(true, Ordering::Relaxed);
    }

    pub(super) fn tell_of_calls(&self) {
        if self.inner.roll_calls.is_changed.swap(false, Ordering::Relaxed) {
            self.inner.events.publish(Event::RollCalls);
        }
    }
}
