//! Inhibition (抑制): a camera whose picture cannot be trusted is not believed about what that picture would have to show.
//!
//! Decided pair by pair of fault and kind, each with its reason. What is inhibited is recorded, marked and shown like everything else; it rings
//! nobody. Only what the same camera is watched for is asked here: detectors, call points and people are never inhibited, and neither is what a
//! camera saw before its fault. A flame is told through every fault.

use super::code::AlarmCode;

/// Faults of a camera or of its line.
pub const FAULTS: [AlarmCode; 8] = [
    AlarmCode::V01,
    AlarmCode::V02,
    AlarmCode::V03,
    AlarmCode::V04,
    AlarmCode::V05,
    AlarmCode::V06,
    AlarmCode::V07,
    AlarmCode::V08,
];

/// What the watch tells of by itself, faults of the picture aside.
pub const WATCHED: [AlarmCode; 15] = [
    AlarmCode::F01,
    AlarmCode::F02,
    AlarmCode::U04,
    AlarmCode::E01,
    AlarmCode::E03,
    AlarmCode::E04,
    AlarmCode::S01,
    AlarmCode::S02,
    AlarmCode::S03,
    AlarmCode::U01,
    AlarmCode::D01,
    AlarmCode::D02,
    AlarmCode::D03,
    AlarmCode::D04,
    AlarmCode::D05,
];

/// Why something is told or not, in both languages.
pub type Why = (&'static str, &'static str);

/// What a fault means for what the watch tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is told as always.
    Tells(Why),
    /// It is recorded and rings nobody.
    Inhibited(Why),
    /// No picture comes, so nothing is seen that could be told.
    Unseen(Why),
}

impl Verdict {
    /// Why it is inhibited; none where it is not.
    pub fn inhibits(self) -> Option<Why> {
        match self {
            Self::Inhibited(why) => Some(why),
            Self::Tells(_) | Self::Unseen(_) => None,
        }
    }
}

/// What a fault of a camera means for a kind that it is watched for. Kinds that no camera is watched for are told.
pub fn verdict(fault: AlarmCode, seen: AlarmCode) -> Verdict {
    use AlarmCode as C;
    use Verdict::{Inhibited, Tells, Unseen};
    match (fault, seen) {
        (C::V01, _) => Unseen(("没有画面，无从观测", "no picture comes, so nothing is seen")),
        (C::V07, _) => {
            Unseen(("全站没有画面，无从观测", "no picture comes from the site, so nothing is seen"))
        }
        (C::V05, _) => {
            Tells(("录像缺失，实时画面完好", "the recording is missing, the live picture is sound"))
        }
        (C::V06, _) => {
            Tells(("设备时钟不准，时间以平台为准", "the device's clock is wrong, times are the platform's"))
        }
        (C::V08, _) => Tells(("告警链路与画面无关", "the path of alarms says nothing of the picture")),
        (C::V02 | C::V03 | C::V04, C::F02) => Tells((
            "火焰自身发光且在动，漏报的代价最大",
            "a flame gives its own light and moves; missing one costs most",
        )),
        (C::V02, C::F01) => Inhibited((
            "镜头起雾或被遮挡时的灰白与烟相似；由烟造成的遮挡，烟先已告警",
            "fog on a lens and what covers it look like smoke; where smoke covers it, the smoke was told first",
        )),
        (C::V03, C::F01) => Inhibited((
            "黑屏、冻结或过曝画面中的噪点与烟相似",
            "the noise of a black, frozen or washed-out picture looks like smoke",
        )),
        (C::V04, C::F01 | C::U04) => {
            Tells(("画面真实，只是朝向变了", "the picture is true, only its direction changed"))
        }
        (C::V02 | C::V03, C::U04) => {
            Inhibited(("看不清是否有人持火", "whether somebody holds the flame cannot be made out"))
        }
        (C::V02 | C::V03, C::E01 | C::E03 | C::E04 | C::S01 | C::S02 | C::U01) => {
            Inhibited(("区域在画面中看不清", "the zone cannot be made out in the picture"))
        }
        (C::V04, C::E01 | C::E03 | C::E04 | C::S01 | C::S02 | C::U01) => Inhibited((
            "镜头转动后，画定的区域不在原处",
            "since the camera was turned its zones lie elsewhere",
        )),
        (C::V02 | C::V03, C::S03) => Inhibited((
            "画面发灰是因遮挡、黑屏或过曝，而非红外卡滞",
            "the picture is grey because of the fault, not because of infrared",
        )),
        (C::V04, C::S03) => Tells(("色彩与朝向无关", "colour does not depend on direction")),
        (C::V02 | C::V03, C::D01 | C::D02 | C::D03) => {
            Inhibited(("画面中看不清有没有人", "whether people are there cannot be made out"))
        }
        (C::V04, C::D01 | C::D02) => {
            Inhibited(("镜头转开后，值班位不在画面中", "the camera was turned away from the desk"))
        }
        (C::V04, C::D03) => Tells(("看见的人在画面中", "the person told of is in the picture")),
        (C::V02 | C::V03 | C::V04, C::D04 | C::D05) => Tells((
            "静止或重放的画面正是要告知的事",
            "a picture that stands still or comes again is what this tells of",
        )),
        _ => Tells(("不由画面判断", "not judged by the picture")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One letter for each kind in the order of [`WATCHED`]: `t` told, `i` inhibited, `u` unseen.
    const TABLE: [(AlarmCode, &str); 8] = [
        //                 F01 F02 U04 E01 E03 E04 S01 S02 S03 U01 D01 D02 D03 D04 D05
        (AlarmCode::V01, "uuuuuuuuuuuuuuu"),
        (AlarmCode::V02, "itiiiiiiiiiiitt"),
        (AlarmCode::V03, "itiiiiiiiiiiitt"),
        (AlarmCode::V04, "tttiiiiitiiittt"),
        (AlarmCode::V05, "ttttttttttttttt"),
        (AlarmCode::V06, "ttttttttttttttt"),
        (AlarmCode::V07, "uuuuuuuuuuuuuuu"),
        (AlarmCode::V08, "ttttttttttttttt"),
    ];

    #[test]
    fn every_pair_of_fault_and_kind_is_decided_with_its_reason() {
        for (fault, row) in TABLE {
            let decided: String = WATCHED
                .iter()
                .map(|seen| {
                    let (letter, (zh, en)) = match verdict(fault, *seen) {
                        Verdict::Tells(why) => ('t', why),
                        Verdict::Inhibited(why) => ('i', why),
                        Verdict::Unseen(why) => ('u', why),
                    };
                    assert!(!zh.is_empty() && en.len() > 10, "{fault:?} {seen:?}");
                    assert_ne!(en, "not judged by the picture", "{fault:?} {seen:?} is watched for");
                    letter
                })
                .collect();
            assert_eq!(decided, row, "{}", fault.as_str());
        }
        assert_eq!(TABLE.map(|(fault, _)| fault), FAULTS);
    }

    #[test]
    fn a_flame_is_inhibited_by_nothing_and_neither_is_what_no_camera_is_watched_for() {
        for fault in FAULTS {
            assert_eq!(verdict(fault, AlarmCode::F02).inhibits(), None, "{fault:?}");
            for other in [AlarmCode::F03, AlarmCode::F04, AlarmCode::D10, AlarmCode::M01] {
                assert_eq!(verdict(fault, other).inhibits(), None, "{fault:?} {other:?}");
            }
        }
    }
}
