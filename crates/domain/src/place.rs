//! Place types (场所): where a camera looks, and where none may ever look.
//!
//! The forbidden ones are those of State Council Decree 799 art. 8; they are in the list so that choosing one is answered with the
//! reason instead of a missing menu entry.

use serde::{Deserialize, Serialize};

use crate::words::words;

/// The kind of place a camera looks at (R66).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceType {
    /// 校门
    Gate,
    /// 教学楼走廊
    TeachingCorridor,
    /// 宿舍楼走廊
    DormitoryCorridor,
    /// 楼梯间
    Stairs,
    /// 安全出口
    Exit,
    /// 食堂
    Canteen,
    /// 厨房
    Kitchen,
    /// 实验室
    Laboratory,
    /// 图书馆
    Library,
    /// 活动室
    ActivityRoom,
    /// 教室
    Classroom,
    /// 消防车通道
    FireLane,
    /// 车棚
    BicycleShed,
    /// 消防控制室
    FireControlRoom,
    /// 值班室
    DutyRoom,
    /// 室外
    Outdoor,
    /// 其他
    Other,
    /// 宿舍房间 (forbidden)
    DormitoryRoom,
    /// 浴室 (forbidden)
    Bathroom,
    /// 卫生间 (forbidden)
    Toilet,
    /// 更衣室 (forbidden)
    ChangingRoom,
    /// 哺乳室 (forbidden)
    NursingRoom,
    /// 员工休息室 (forbidden)
    RestRoom,
}

words! { PlaceType:
    Gate = "gate", "校门", "Gate";
    TeachingCorridor = "teaching_corridor", "教学楼走廊", "Teaching building corridor";
    DormitoryCorridor = "dormitory_corridor", "宿舍楼走廊", "Dormitory corridor";
    Stairs = "stairs", "楼梯间", "Stairs";
    Exit = "exit", "安全出口", "Emergency exit";
    Canteen = "canteen", "食堂", "Canteen";
    Kitchen = "kitchen", "厨房", "Kitchen";
    Laboratory = "laboratory", "实验室", "Laboratory";
    Library = "library", "图书馆", "Library";
    ActivityRoom = "activity_room", "活动室", "Activity room";
    Classroom = "classroom", "教室", "Classroom";
    FireLane = "fire_lane", "消防车通道", "Fire lane";
    BicycleShed = "bicycle_shed", "车棚", "Bicycle shed";
    FireControlRoom = "fire_control_room", "消防控制室", "Fire control room";
    DutyRoom = "duty_room", "值班室", "Duty room";
    Outdoor = "outdoor", "室外", "Outdoor";
    Other = "other", "其他", "Other";
    DormitoryRoom = "dormitory_room", "宿舍房间", "Dormitory room";
    Bathroom = "bathroom", "浴室", "Bathroom";
    Toilet = "toilet", "卫生间", "Toilet";
    ChangingRoom = "changing_room", "更衣室", "Changing room";
    NursingRoom = "nursing_room", "哺乳室", "Nursing room";
    RestRoom = "rest_room", "员工休息室", "Staff rest room";
}

impl PlaceType {
    /// True where no camera may be installed (State Council Decree 799 art. 8).
    pub fn is_forbidden(self) -> bool {
        matches!(
            self,
            Self::DormitoryRoom
                | Self::Bathroom
                | Self::Toilet
                | Self::ChangingRoom
                | Self::NursingRoom
                | Self::RestRoom
        )
    }

    /// True where people are on duty around the clock and are counted.
    pub fn is_duty_room(self) -> bool {
        matches!(self, Self::DutyRoom | Self::FireControlRoom)
    }

    /// True for key parts of fire safety (消防安全重点部位): where fire starts easily, or where many sleep or leave at once. By the marks of MPS
    /// Order 61 art. 19.
    pub fn is_key_part(self) -> bool {
        matches!(
            self,
            Self::DormitoryCorridor
                | Self::Stairs
                | Self::Canteen
                | Self::Kitchen
                | Self::Laboratory
                | Self::Library
                | Self::BicycleShed
                | Self::FireControlRoom
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_places_are_forbidden_and_all_words_read_back() {
        assert_eq!(PlaceType::ALL.iter().filter(|place| place.is_forbidden()).count(), 6);
        for place in PlaceType::ALL {
            assert_eq!(PlaceType::parse(place.as_str()), Some(place));
        }
    }
}
