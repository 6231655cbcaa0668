//! Fire facilities (消防设施): what their components tell, which of it is an alarm, and when a camera and a detector see the same fire.
//!
//! The bytes are another crate's; here are the words and the rules. AI looks for fire and does not replace a fire alarm system
//! (GB 15631): a detector's alarm is never held back, weakened or taken in by what a camera saw.

pub mod condition;
pub mod roll_call;

use serde::{Deserialize, Serialize};

use crate::alarm::{AlarmCode, AlarmState};
use crate::words::words;

pub use condition::{ComponentSort, Condition};
pub use roll_call::{RollCallEvent, RollCallState};

/// What a fire facility told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityEventKind {
    /// 火警
    Fire,
    /// 手动报警
    ManualAlarm,
    /// 电气火灾预警
    ElectricalWarning,
    /// 故障
    Fault,
    /// 屏蔽
    Disabled,
    /// 监管
    Supervised,
    /// 启动
    Started,
    /// 反馈
    Feedback,
    /// 火警消失
    FireGone,
    /// 故障恢复
    FaultGone,
    /// 屏蔽解除
    Enabled,
    /// 复位
    Reset,
    /// 消音
    Silence,
    /// 警情消除
    Cleared,
    /// 自检
    SelfTest,
    /// 确认
    Confirm,
    /// 测试
    Test,
    /// 查岗应答
    Answer,
    /// 装置故障
    DeviceFault,
    /// 装置故障恢复
    DeviceFaultGone,
    /// 装置上线
    Online,
    /// 装置离线
    Offline,
    /// 时钟偏差
    ClockOff,
    /// 版本、配置
    Information,
    /// 未知类型标志
    Unknown,
}

words! { FacilityEventKind:
    Fire = "fire", "火警", "Fire alarm";
    ManualAlarm = "manual_alarm", "手动报警", "Manual alarm";
    ElectricalWarning = "electrical_warning", "电气火灾预警", "Electrical fire warning";
    Fault = "fault", "故障", "Fault";
    Disabled = "disabled", "屏蔽", "Disabled";
    Supervised = "supervised", "监管", "Supervisory";
    Started = "started", "启动", "Started";
    Feedback = "feedback", "反馈", "Feedback";
    FireGone = "fire_gone", "火警消失", "Fire alarm gone";
    FaultGone = "fault_gone", "故障恢复", "Fault gone";
    Enabled = "enabled", "屏蔽解除", "Enabled again";
    Reset = "reset", "复位", "Reset";
    Silence = "silence", "消音", "Silenced";
    Cleared = "cleared", "警情消除", "Alarm cleared";
    SelfTest = "self_test", "自检", "Self-test";
    Confirm = "confirm", "确认", "Confirmed at the panel";
    Test = "test", "测试", "Test";
    Answer = "answer", "查岗应答", "Roll-call answered";
    DeviceFault = "device_fault", "装置故障", "Device fault";
    DeviceFaultGone = "device_fault_gone", "装置故障恢复", "Device fault gone";
    Online = "online", "装置上线", "Device online";
    Offline = "offline", "装置离线", "Device offline";
    ClockOff = "clock_off", "时钟偏差", "Clock is off";
    Information = "information", "版本与配置", "Version or configuration";
    Unknown = "unknown", "未知类型", "Unknown type";
}

impl FacilityEventKind {
    /// The alarm it is.
    pub fn alarm(self) -> Option<AlarmCode> {
        match self {
            Self::Fire => Some(AlarmCode::F03),
            Self::ManualAlarm => Some(AlarmCode::F04),
            Self::ElectricalWarning => Some(AlarmCode::F06),
            Self::Fault | Self::DeviceFault => Some(AlarmCode::S03),
            Self::Disabled => Some(AlarmCode::S04),
            Self::Offline => Some(AlarmCode::V01),
            _ => None,
        }
    }

    /// The alarms of the same component, or device where it names none, of which it says that their cause is gone. A person still ends them.
    pub fn clears(self) -> &'static [AlarmCode] {
        match self {
            Self::FireGone => &[AlarmCode::F03, AlarmCode::F04, AlarmCode::F06],
            Self::FaultGone | Self::DeviceFaultGone => &[AlarmCode::S03],
            Self::Enabled => &[AlarmCode::S04],
            Self::Online => &[AlarmCode::V01],
            _ => &[],
        }
    }

    /// The alarms of every component of the device that a person at the panel declared over.
    pub fn clears_all(self) -> &'static [AlarmCode] {
        match self {
            Self::Reset | Self::Cleared => &[AlarmCode::F03, AlarmCode::F04, AlarmCode::F06],
            _ => &[],
        }
    }
}

/// Whether what a camera saw and what a detector told may be one fire: fire or smoke there, any fire alarm here. Place and time are asked
/// elsewhere.
pub fn is_same_fire(seen: AlarmCode, detected: AlarmCode) -> bool {
    matches!(seen, AlarmCode::F01 | AlarmCode::F02)
        && matches!(detected, AlarmCode::F03 | AlarmCode::F04 | AlarmCode::F05 | AlarmCode::F06)
}

/// Whether a camera's alarm is taken into the card of a detector that fires after it. One that somebody has found true stays a card of its own.
pub fn is_taken_in(seen: AlarmState) -> bool {
    matches!(seen, AlarmState::Waiting | AlarmState::Taken | AlarmState::Verifying)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alarm::code::ALARM_CODES;

    #[test]
    fn a_detectors_fire_is_level_one_and_only_people_end_it() {
        assert_eq!(FacilityEventKind::Fire.alarm().map(|code| u8::from(code.default_level())), Some(1));
        assert_eq!(
            FacilityEventKind::ManualAlarm.alarm().map(|code| u8::from(code.default_level())),
            Some(1)
        );
        for kind in FacilityEventKind::ALL {
            assert_eq!(FacilityEventKind::parse(kind.as_str()), Some(kind));
            let clears = kind.clears().iter().chain(kind.clears_all());
            assert!(clears.count() == 0 || kind.alarm().is_none(), "{kind:?} raises or clears");
        }
    }

    #[test]
    fn a_camera_confirms_a_detector_and_never_the_other_way_round() {
        for code in ALARM_CODES {
            assert!(!is_same_fire(*code, AlarmCode::F01), "a sighting is no detector");
            assert!(!is_same_fire(AlarmCode::F03, *code), "a detector is no sighting");
        }
        assert!(is_same_fire(AlarmCode::F01, AlarmCode::F03) && is_same_fire(AlarmCode::F02, AlarmCode::F06));
        assert!(!is_same_fire(AlarmCode::U04, AlarmCode::F03), "welding is no fire");
        assert!(!is_taken_in(AlarmState::Confirmed) && !is_taken_in(AlarmState::FalseAlarm));
    }
}
