//! The desk of duty rooms (值班室): rooms with their cameras, rosters, seats that are bound to a room, who is on post, handovers and records.
//!
//! It says who should be there and keeps what people do at the seat. What a room's camera shows, roll-calls, and what all of it proves are
//! other desks'.

mod at_seat;
mod code;
mod head_counts;
mod rooms;
mod roster;
mod round;
mod seats;
mod sheets;

pub use at_seat::{SeatView, VigilanceView};
pub(crate) use code::RoomSecret;
pub use head_counts::HeadCountWish;
pub use rooms::{DutyRoomView, DutyRoomWish, RoomCameraWish, RoomEdit};
pub use roster::{CopyWish, RosterStep, RosterView, ShiftWish, StandInWish};
pub(crate) use round::{Awake, run};
pub use seats::{PairWish, PairingCode, SeatProof};
pub use sheets::{HandoverView, RecordSlot};

use domain::duty::roster::RestRules;
use domain::ids::DutyRoomId;
use store::DutyRoom;

use crate::audit::Object;

/// How the desk behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DutySettings {
    /// Limits for shifts and for the rest between them.
    pub rest: RestRules,
}

fn object(room: &DutyRoom) -> Object {
    Object {
        kind: "duty_room",
        id: Some(room.id.to_string()),
        name: Some(room.name.clone()),
        unit_id: Some(room.unit_id),
    }
}

fn object_of(id: DutyRoomId) -> Object {
    Object { kind: "duty_room", id: Some(id.to_string()), name: None, unit_id: None }
}
