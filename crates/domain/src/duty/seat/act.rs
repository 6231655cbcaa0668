//! What is done at a seat and signed by it: each is a sign that somebody was in the room. A mouse that moves is activity and no act.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// What somebody signed at a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatActKind {
    /// 上岗
    SignOn,
    /// 离岗
    SignOff,
    /// 查岗应答
    RollCall,
    /// 交接班签字
    Handover,
    /// 两小时记录
    Record,
    /// 接警
    Alarm,
}

words! { SeatActKind:
    SignOn = "sign_on", "上岗", "Signed on";
    SignOff = "sign_off", "离岗", "Signed off";
    RollCall = "roll_call", "查岗应答", "Roll-call answered";
    Handover = "handover", "交接班签字", "Handover signed";
    Record = "record", "两小时记录", "Two-hour record";
    Alarm = "alarm", "接警处置", "Alarm worked";
}
