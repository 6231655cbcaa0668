//! Alarm codes and their default levels: the trade's list F, E, U, S, D, V, M.

use serde::{Deserialize, Serialize};

/// Urgency: 1 red, 2 orange, 3 yellow, 4 blue (Emergency Response Law 2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Level {
    /// 一级（红）特别紧急
    One,
    /// 二级（橙）紧急
    Two,
    /// 三级（黄）一般
    Three,
    /// 四级（蓝）提示
    Four,
}

/// Every level, most urgent first.
pub const LEVELS: [Level; 4] = [Level::One, Level::Two, Level::Three, Level::Four];

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        match level {
            Level::One => 1,
            Level::Two => 2,
            Level::Three => 3,
            Level::Four => 4,
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        LEVELS.into_iter().find(|level| u8::from(*level) == number).ok_or("an alarm level is 1, 2, 3 or 4")
    }
}

macro_rules! codes {
    ($($code:ident, $zh:literal, $en:literal, $level:ident;)+) => {
        /// What an alarm is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum AlarmCode {
            $(#[doc = $zh] $code,)+
        }

        /// Every code in the order of the list.
        pub const ALARM_CODES: &[AlarmCode] = &[$(AlarmCode::$code),+];

        impl AlarmCode {
            /// The code as printed, e.g. `F02`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => stringify!($code)),+ }
            }

            /// Chinese name.
            pub fn name_zh(self) -> &'static str {
                match self { $(Self::$code => $zh),+ }
            }

            /// English name.
            pub fn name_en(self) -> &'static str {
                match self { $(Self::$code => $en),+ }
            }

            /// Level unless configuration says otherwise.
            pub fn default_level(self) -> Level {
                match self { $(Self::$code => Level::$level),+ }
            }

            /// Reads the code back.
            pub fn parse(code: &str) -> Option<Self> {
                ALARM_CODES.iter().copied().find(|known| known.as_str() == code)
            }
        }
    };
}

codes! {
    F01, "烟雾", "Smoke", One;
    F02, "明火", "Open flame", One;
    F03, "探测器火警", "Detector fire alarm", One;
    F04, "手动报警", "Manual call point", One;
    F05, "温度异常", "Abnormal temperature", Two;
    F06, "电气火灾预警", "Electrical fire warning", Two;
    E01, "疏散通道堵塞", "Escape route blocked", Two;
    E02, "安全出口锁闭", "Emergency exit locked", Two;
    E03, "消防车通道占用", "Fire lane occupied", Three;
    E04, "常闭防火门未关", "Fire door left open", Three;
    E05, "门窗设置障碍物", "Door or window barred", Two;
    E06, "人员拥挤", "Crowding", Two;
    U01, "电动自行车（电池）入楼", "E-bike or battery indoors", Two;
    U02, "飞线/违规充电", "Unsafe charging", Two;
    U03, "吸烟", "Smoking", Three;
    U04, "动火作业未报备", "Unregistered hot work", Two;
    U05, "易燃物堆放", "Flammables stacked", Three;
    S01, "灭火器缺失", "Extinguisher missing", Three;
    S02, "消火栓遮挡", "Hydrant covered", Three;
    S03, "设施故障", "Facility fault", Three;
    S04, "设施屏蔽", "Facility disabled", Three;
    S05, "独立式探测器离线", "Stand-alone detector offline", Three;
    D01, "值班室无人（脱岗）", "Duty room empty", Two;
    D02, "在岗人数不足", "Too few on duty", Two;
    D03, "睡岗", "Asleep on duty", Two;
    D04, "疑似假人/静止画面", "Possible dummy or still picture", Two;
    D05, "画面重放可疑", "Possible replayed picture", Two;
    D06, "查岗未应答", "Roll-call not answered", Two;
    D07, "查岗迟答", "Roll-call answered late", Three;
    D08, "未按时交接班", "Handover late", Three;
    D09, "一人多岗", "One person at several posts", Three;
    D10, "值班室视频中断", "Duty room video lost", Two;
    V01, "设备离线", "Device offline", Three;
    V02, "画面遮挡", "Camera covered", Three;
    V03, "画面黑屏/冻结", "Black or frozen picture", Three;
    V04, "画面偏移", "Camera moved", Four;
    V05, "录像缺失", "Recording missing", Three;
    V06, "时钟偏差", "Clock drift", Four;
    V07, "站点中断（归并）", "Site offline", Two;
    V08, "告警链路中断", "Alarm path broken", Two;
    M01, "巡查逾期", "Patrol overdue", Three;
    M02, "整改逾期", "Rectification overdue", Three;
    M03, "证书到期", "Certificate expiring", Four;
    M04, "合同到期", "Contract expiring", Three;
    M05, "备案逾期", "Filing overdue", Four;
    M06, "火情报告逾期", "Fire report overdue", Two;
}

impl AlarmCode {
    /// The letter of the group: F fire, E exits, U use of fire and power, S facilities, D duty, V video, M management.
    pub fn group(self) -> &'static str {
        &self.as_str()[..1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_levels_follow_the_list() {
        assert_eq!(ALARM_CODES.len(), 46);
        for code in ALARM_CODES {
            assert_eq!(AlarmCode::parse(code.as_str()), Some(*code));
        }
        assert_eq!(AlarmCode::F02.default_level(), Level::One);
        assert_eq!(AlarmCode::V04.default_level(), Level::Four);
        assert_eq!(AlarmCode::parse("F99"), None);
        assert!(Level::try_from(5).is_err());
    }
}
