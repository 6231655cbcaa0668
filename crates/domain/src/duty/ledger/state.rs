//! What a minute is worth: proved, or a gap with the one cause that explains it best.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// How many states there are.
pub const STATES: usize = MinuteState::ALL.len();

/// A minute of duty. From the best to the worst: where two rooms serve a unit at once the smaller counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum MinuteState {
    /// No duty was required.
    NotRequired,
    /// The roster, and the people in the room as its camera saw them.
    Proven,
    /// The roster, and activity at the room's own seat while the camera was down; for an hour at most.
    ProvenAtSeat,
    /// Planned and approved beforehand.
    Exempt,
    /// The camera was down, and nothing at the seat showed anybody.
    CameraDown,
    /// The platform did not look. Its own fault, and still no proof.
    Unwatched,
    /// A roll-call was not answered, or answered late, and nothing has shown anybody since.
    RollCallFailed,
    /// Enough people, of whom too many do not move.
    Asleep,
    /// Fewer people than required.
    TooFew,
    /// Nobody.
    Empty,
    /// Something that looks like a person and never moves, or a picture that stands still.
    Dummy,
    /// Pictures that were shown before.
    Replay,
    /// Too few people on the roster, so nobody was to be there.
    NoRoster,
    /// No contract in force that both sides accepted.
    NoContract,
}

words! { MinuteState:
    NotRequired = "not_required", "无需值守", "Not required";
    Proven = "proven", "已证实", "Proven";
    ProvenAtSeat = "proven_at_seat", "席位证实", "Proven at the seat";
    Exempt = "exempt", "计划免除", "Exempt by plan";
    CameraDown = "camera_down", "值班室视频中断", "Room camera down";
    Unwatched = "unwatched", "平台未观测", "Not watched";
    RollCallFailed = "roll_call_failed", "查岗未通过", "Roll-call failed";
    Asleep = "asleep", "疑似睡岗", "Possibly asleep";
    TooFew = "too_few", "在岗人数不足", "Too few on duty";
    Empty = "empty", "无人在岗", "Nobody there";
    Dummy = "dummy", "疑似假人或静止画面", "Possible dummy or still picture";
    Replay = "replay", "疑似画面重放", "Possible replayed picture";
    NoRoster = "no_roster", "无排班", "No roster";
    NoContract = "no_contract", "无生效合同", "No contract in force";
}

impl MinuteState {
    /// Whether there had to be duty.
    pub fn is_required(self) -> bool {
        self != Self::NotRequired
    }

    /// Whether it is proved that there was.
    pub fn is_proven(self) -> bool {
        matches!(self, Self::Proven | Self::ProvenAtSeat)
    }

    /// Whether something shows that there was none. A camera that is down, or a platform that did not look, shows nothing.
    pub fn contradicts(self) -> bool {
        matches!(
            self,
            Self::RollCallFailed | Self::Asleep | Self::TooFew | Self::Empty | Self::Dummy | Self::Replay
        )
    }

    /// Reads the number under which it is kept.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}
