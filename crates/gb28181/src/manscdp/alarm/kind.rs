//! What the standard's alarm types mean.

use super::AlarmMethod;
use crate::manscdp::block::is_code;

/// An alarm that the standard knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlarmKind {
    /// Method 2 without a type: the alarm input itself, such as a smoke detector.
    Input,
    /// 2/1: a channel has no picture.
    VideoLoss,
    /// 2/2: the housing was opened.
    Tamper,
    /// 2/3: no room to record.
    DiskFull,
    /// 2/4: the device is too hot.
    OverTemperature,
    /// 2/5: the device is too cold.
    UnderTemperature,
    /// 5/1: somebody pressed a button.
    Manual,
    /// 5/2: something moves.
    Motion,
    /// 5/3: something was left.
    LeftObject,
    /// 5/4: something was taken away.
    RemovedObject,
    /// 5/5: somebody crossed a line.
    Tripwire,
    /// 5/6: somebody entered (event 1) or left (event 2) an area.
    Intrusion,
    /// 5/7: the wrong way.
    WrongWay,
    /// 5/8: somebody loiters.
    Loitering,
    /// 5/9: how many passed.
    FlowCount,
    /// 5/10: how many are there.
    Density,
    /// 5/11: the picture is not in order.
    VideoAbnormal,
    /// 5/12: something moves fast.
    FastMovement,
    /// 5/13 (2022): the lens is covered.
    Occlusion,
    /// 6/1: a disk is broken.
    DiskFault,
    /// 6/2: a fan is broken.
    FanFault,
}

/// The standard's table; types that it does not have are not in it.
static TABLE: [(AlarmMethod, &str, AlarmKind); 20] = [
    (AlarmMethod::Device, "1", AlarmKind::VideoLoss),
    (AlarmMethod::Device, "2", AlarmKind::Tamper),
    (AlarmMethod::Device, "3", AlarmKind::DiskFull),
    (AlarmMethod::Device, "4", AlarmKind::OverTemperature),
    (AlarmMethod::Device, "5", AlarmKind::UnderTemperature),
    (AlarmMethod::Video, "1", AlarmKind::Manual),
    (AlarmMethod::Video, "2", AlarmKind::Motion),
    (AlarmMethod::Video, "3", AlarmKind::LeftObject),
    (AlarmMethod::Video, "4", AlarmKind::RemovedObject),
    (AlarmMethod::Video, "5", AlarmKind::Tripwire),
    (AlarmMethod::Video, "6", AlarmKind::Intrusion),
    (AlarmMethod::Video, "7", AlarmKind::WrongWay),
    (AlarmMethod::Video, "8", AlarmKind::Loitering),
    (AlarmMethod::Video, "9", AlarmKind::FlowCount),
    (AlarmMethod::Video, "10", AlarmKind::Density),
    (AlarmMethod::Video, "11", AlarmKind::VideoAbnormal),
    (AlarmMethod::Video, "12", AlarmKind::FastMovement),
    (AlarmMethod::Video, "13", AlarmKind::Occlusion),
    (AlarmMethod::Fault, "1", AlarmKind::DiskFault),
    (AlarmMethod::Fault, "2", AlarmKind::FanFault),
];

/// The kind of a method and type; `None` where the standard has no meaning for them.
pub fn alarm_kind(method: &AlarmMethod, alarm_type: Option<&str>) -> Option<AlarmKind> {
    let Some(alarm_type) = alarm_type else {
        return (*method == AlarmMethod::Device).then_some(AlarmKind::Input);
    };
    let row = TABLE.iter().find(|(known, code, _)| known == method && is_code(alarm_type.trim(), code));
    row.map(|(_, _, kind)| *kind)
}
