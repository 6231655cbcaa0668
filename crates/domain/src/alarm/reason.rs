//! Reasons for a false alarm (误报): a closed list, so that precision per rule and repeaters can be counted.

use serde::{Deserialize, Serialize};

use crate::words::words;

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

words! { FalseAlarmReason:
    LightReflection = "light_reflection", "灯光、反光", "Lamp or reflection";
    Sunlight = "sunlight", "阳光、晚霞", "Sunlight";
    SteamFog = "steam_fog", "水汽、雾气", "Steam or fog";
    Dust = "dust", "扬尘", "Dust";
    RedObject = "red_object", "红色、橙色物体", "Red or orange object";
    Screen = "screen", "屏幕、画面内容", "Screen or picture";
    PermittedFlame = "permitted_flame", "正常用火（食堂、实验）", "Permitted flame";
    PeopleActivity = "people_activity", "人员正常活动", "Ordinary activity";
    CameraFault = "camera_fault", "摄像机故障", "Camera fault";
    Other = "other", "其他（备注说明）", "Other (say in the note)";
}
