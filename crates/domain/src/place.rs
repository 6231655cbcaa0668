//! Place types (场所): where a camera looks, and where none may ever look.
//!
//! The forbidden ones are those of State Council Decree 799 art. 8; they are in the list so that choosing one is answered with the
//! reason instead of a missing menu entry.

use serde::{Deserialize, Serialize};

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

/// Every place type, usable ones first.
pub const PLACE_TYPES: [PlaceType; 23] = [
    PlaceType::Gate,
    PlaceType::TeachingCorridor,
    PlaceType::DormitoryCorridor,
    PlaceType::Stairs,
    PlaceType::Exit,
    PlaceType::Canteen,
    PlaceType::Kitchen,
    PlaceType::Laboratory,
    PlaceType::Library,
    PlaceType::ActivityRoom,
    PlaceType::Classroom,
    PlaceType::FireLane,
    PlaceType::BicycleShed,
    PlaceType::FireControlRoom,
    PlaceType::DutyRoom,
    PlaceType::Outdoor,
    PlaceType::Other,
    PlaceType::DormitoryRoom,
    PlaceType::Bathroom,
    PlaceType::Toilet,
    PlaceType::ChangingRoom,
    PlaceType::NursingRoom,
    PlaceType::RestRoom,
];

impl PlaceType {
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
        PLACE_TYPES.into_iter().find(|place| place.as_str() == word)
    }

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

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Gate => ("gate", "校门", "Gate"),
            Self::TeachingCorridor => ("teaching_corridor", "教学楼走廊", "Teaching building corridor"),
            Self::DormitoryCorridor => ("dormitory_corridor", "宿舍楼走廊", "Dormitory corridor"),
            Self::Stairs => ("stairs", "楼梯间", "Stairs"),
            Self::Exit => ("exit", "安全出口", "Emergency exit"),
            Self::Canteen => ("canteen", "食堂", "Canteen"),
            Self::Kitchen => ("kitchen", "厨房", "Kitchen"),
            Self::Laboratory => ("laboratory", "实验室", "Laboratory"),
            Self::Library => ("library", "图书馆", "Library"),
            Self::ActivityRoom => ("activity_room", "活动室", "Activity room"),
            Self::Classroom => ("classroom", "教室", "Classroom"),
            Self::FireLane => ("fire_lane", "消防车通道", "Fire lane"),
            Self::BicycleShed => ("bicycle_shed", "车棚", "Bicycle shed"),
            Self::FireControlRoom => ("fire_control_room", "消防控制室", "Fire control room"),
            Self::DutyRoom => ("duty_room", "值班室", "Duty room"),
            Self::Outdoor => ("outdoor", "室外", "Outdoor"),
            Self::Other => ("other", "其他", "Other"),
            Self::DormitoryRoom => ("dormitory_room", "宿舍房间", "Dormitory room"),
            Self::Bathroom => ("bathroom", "浴室", "Bathroom"),
            Self::Toilet => ("toilet", "卫生间", "Toilet"),
            Self::ChangingRoom => ("changing_room", "更衣室", "Changing room"),
            Self::NursingRoom => ("nursing_room", "哺乳室", "Nursing room"),
            Self::RestRoom => ("rest_room", "员工休息室", "Staff rest room"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_places_are_forbidden_and_all_words_read_back() {
        assert_eq!(PLACE_TYPES.iter().filter(|place| place.is_forbidden()).count(), 6);
        for place in PLACE_TYPES {
            assert_eq!(PlaceType::parse(place.as_str()), Some(place));
        }
    }
}
