//! Reasons for a false alarm (误报): a closed list, so that precision per rule and repeaters can be counted.

use serde::{Deserialize, Serialize};

/// Why an alarm was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FalseAlarmReason {
    /// 灯光、反光
    LightReflection,
    /// 阳光、晚霞
    Sunlight,
    /// 水汽、雾气
    SteamFog,
    /// 扬尘
    Dust,
    /// 红色、橙色物体
    RedObject,
    /// 屏幕、画面内容
    Screen,
    /// 正常用火（食堂、实验）
    PermittedFlame,
    /// 人员正常活动
    PeopleActivity,
    /// 摄像机故障
    CameraFault,
    /// 其他
    Other,
}

/// Every reason, in the order a person is offered them.
pub const FALSE_ALARM_REASONS: [FalseAlarmReason; 10] = [
    FalseAlarmReason::LightReflection,
    FalseAlarmReason::Sunlight,
    FalseAlarmReason::SteamFog,
    FalseAlarmReason::Dust,
    FalseAlarmReason::RedObject,
    FalseAlarmReason::Screen,
    FalseAlarmReason::PermittedFlame,
    FalseAlarmReason::PeopleActivity,
    FalseAlarmReason::CameraFault,
    FalseAlarmReason::Other,
];

impl FalseAlarmReason {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        self.row().0
    }

    /// Chinese name.
    pub fn name_zh(self) -> &'static str {
        self.row().1
    }

    /// English name.
    pub fn name_en(self) -> &'static str {
        self.row().2
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        FALSE_ALARM_REASONS.into_iter().find(|reason| reason.as_str() == word)
    }

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::LightReflection => ("light_reflection", "灯光、反光", "Lamp or reflection"),
            Self::Sunlight => ("sunlight", "阳光、晚霞", "Sunlight"),
            Self::SteamFog => ("steam_fog", "水汽、雾气", "Steam or fog"),
            Self::Dust => ("dust", "扬尘", "Dust"),
            Self::RedObject => ("red_object", "红色、橙色物体", "Red or orange object"),
            Self::Screen => ("screen", "屏幕、画面内容", "Screen or picture"),
            Self::PermittedFlame => ("permitted_flame", "正常用火（食堂、实验）", "Permitted flame"),
            Self::PeopleActivity => ("people_activity", "人员正常活动", "Ordinary activity"),
            Self::CameraFault => ("camera_fault", "摄像机故障", "Camera fault"),
            Self::Other => ("other", "其他（备注说明）", "Other (say in the note)"),
        }
    }
}
