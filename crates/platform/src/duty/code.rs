//! The rotating code of a room: made from the room's secret, which lies sealed among the rows and is shown to nobody.

use domain::duty::roll_call::code::{Code, STEP_S, code_of, mac_text, step_at};
use domain::ids::DutyRoomId;
use domain::role::Capability;
use jiff::Timestamp;
use ring::hmac;
use store::Seat;

use crate::{Ask, Platform, PlatformError};

/// The secret of a room, ready for use.
pub(crate) struct RoomSecret {
    room_id: DutyRoomId,
    key: hmac::Key,
}

impl RoomSecret {
    /// The code of a step of thirty seconds.
    pub(crate) fn code(&self, step: i64) -> Code {
        let tag = hmac::sign(&self.key, mac_text(self.room_id, step).as_bytes());
        let mut mac = [0; 32];
        mac.copy_from_slice(tag.as_ref());
        code_of(&mac)
    }
}

impl Platform {
    /// The code that a seat shows now, and until when.
    pub async fn seat_code(&self, ask: &Ask, seat: &Seat) -> Result<(Code, Timestamp), PlatformError> {
        ask.access.need(Capability::SitAtSeat)?;
        let step = step_at(ask.now);
        let until = Timestamp::from_second((step + 1) * STEP_S).unwrap_or(ask.now);
        Ok((self.room_secret(seat.room_id).await?.code(step), until))
    }

    /// The secret of a room.
    pub(crate) async fn room_secret(&self, room_id: DutyRoomId) -> Result<RoomSecret, PlatformError> {
        let sealed = self.inner.store.duty_room_secret(room_id).await?;
        let opened = self.inner.seal.open(&sealed, &context(room_id)).ok_or_else(|| {
            PlatformError::Internal(format!(
                "the secret of duty room {room_id} does not open with the key file of this data folder; restore seal.key"
            ))
        })?;
        Ok(RoomSecret { room_id, key: hmac::Key::new(hmac::HMAC_SHA256, opened.as_bytes()) })
    }
}

/// What the sealed secret is bound to.
pub(super) fn context(room_id: DutyRoomId) -> String {
    format!("duty room {room_id}")
}
