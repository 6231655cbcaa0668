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
    /// The roll-calls of rooms that were asked in a stretch. None are kept yet, so none has failed and none was answered.
    #[expect(clippy::unused_async, reason = "reads rows as soon as roll-calls of duty rooms are kept")]
    pub(crate) async fn calls_of(
        &self,
        _rooms: &[DutyRoomId],
        _span: Span,
    ) -> Result<RoomCalls, PlatformError> {
        Ok(RoomCalls::default())
    }
}
