//! The roll-calls and exemptions of duty rooms that the ledger counts.

use std::collections::HashMap;

use domain::duty::roll_call::{Exemption, RollCall};
use domain::ids::DutyRoomId;
use domain::recording::Span;

use crate::{Platform, PlatformError};

/// What is known of the roll-calls of rooms in a stretch.
#[derive(Debug, Clone, Default)]
pub(crate) struct RoomCalls {
    /// By room, in order of time.
    pub(crate) calls: HashMap<DutyRoomId, Vec<RollCall>>,
    /// By room.
    pub(crate) exemptions: HashMap<DutyRoomId, Vec<Exemption>>,
}

impl Platform {
    /// The roll-calls of rooms that were asked in a stretch, and the exemptions that touch it.
    pub(crate) async fn calls_of(
        &self,
        rooms: &[DutyRoomId],
        span: Span,
    ) -> Result<RoomCalls, PlatformError> {
        let mut found = RoomCalls::default();
        for call in self.inner.store.duty_roll_calls(rooms, span).await? {
            found.calls.entry(call.room_id).or_default().push(call);
        }
        for exemption in self.inner.store.exemptions_of_rooms(rooms, span).await? {
            found.exemptions.entry(exemption.room_id).or_default().push(exemption);
        }
        Ok(found)
    }
}
