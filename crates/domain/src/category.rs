//! Categories (类别): the closed list of kinds of units that the programme counts, with the words bulletins use for them.

use serde::{Deserialize, Serialize};

/// The nine categories that are counted, and the sites of duty rooms. Seven carry figures, two only a deadline (R6, R31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 高校
    University,
    /// 中等职业学校
    SecondaryVocational,
    /// 寄宿制中小学校
    BoardingSchool,
    /// 幼儿园
    Kindergarten,
    /// 校外培训机构
    TrainingInstitution,
    /// 专修学院, private higher-education institutions without degrees (R2)
    AdvancedStudyCollege,
    /// 校外教学点设点单位: the institution that sets up teaching points is counted, not the point (R20, R69)
    TeachingPointHost,
    /// 青少年活动中心
    YouthCentre,
    /// 学生综合实践基地
    PracticeBase,
    /// 值守场所: where the duty room of an organisation stands. Holds cameras and alarms like a unit, and is counted nowhere.
    DutySite,
}

/// The categories that are counted, in the order of the bulletin's numbered paragraphs.
pub const CATEGORIES: [Category; 9] = [
    Category::University,
    Category::SecondaryVocational,
    Category::BoardingSchool,
    Category::Kindergarten,
    Category::TrainingInstitution,
    Category::AdvancedStudyCollege,
    Category::TeachingPointHost,
    Category::YouthCentre,
    Category::PracticeBase,
];

impl Category {
    /// The word used in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::University => "university",
            Self::SecondaryVocational => "secondary_vocational",
            Self::BoardingSchool => "boarding_school",
            Self::Kindergarten => "kindergarten",
            Self::TrainingInstitution => "training_institution",
            Self::AdvancedStudyCollege => "advanced_study_college",
            Self::TeachingPointHost => "teaching_point_host",
            Self::YouthCentre => "youth_centre",
            Self::PracticeBase => "practice_base",
            Self::DutySite => "duty_site",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        CATEGORIES.into_iter().chain([Self::DutySite]).find(|category| category.as_str() == word)
    }

    /// Reads a Chinese name as spreadsheets write it, synonyms included.
    pub fn parse_zh(name: &str) -> Option<Self> {
        match name.trim() {
            "高等学校" | "高等院校" => Some(Self::University),
            "中职学校" | "中职" => Some(Self::SecondaryVocational),
            "寄宿制学校" | "寄宿制中小学" => Some(Self::BoardingSchool),
            "培训机构" => Some(Self::TrainingInstitution),
            "民办非学历高等教育机构" => Some(Self::AdvancedStudyCollege),
            "校外教学点" => Some(Self::TeachingPointHost),
            "综合实践基地" => Some(Self::PracticeBase),
            name => CATEGORIES.into_iter().find(|category| category.name_zh() == name),
        }
    }

    /// Official Chinese name; the only one bulletins print.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::University => "高校",
            Self::SecondaryVocational => "中等职业学校",
            Self::BoardingSchool => "寄宿制中小学校",
            Self::Kindergarten => "幼儿园",
            Self::TrainingInstitution => "校外培训机构",
            Self::AdvancedStudyCollege => "专修学院",
            Self::TeachingPointHost => "校外教学点设点单位",
            Self::YouthCentre => "青少年活动中心",
            Self::PracticeBase => "学生综合实践基地",
            Self::DutySite => "值守场所",
        }
    }

    /// English name for the console.
    pub fn name_en(self) -> &'static str {
        match self {
            Self::University => "Universities",
            Self::SecondaryVocational => "Secondary vocational schools",
            Self::BoardingSchool => "Boarding schools",
            Self::Kindergarten => "Kindergartens",
            Self::TrainingInstitution => "Training institutions",
            Self::AdvancedStudyCollege => "Advanced-study colleges",
            Self::TeachingPointHost => "Teaching-point hosts",
            Self::YouthCentre => "Youth centres",
            Self::PracticeBase => "Practice bases",
            Self::DutySite => "Duty sites",
        }
    }

    /// Measure word: 所 for schools, 家 for institutions (R18, R68).
    pub fn measure_word(self) -> &'static str {
        match self {
            Self::TrainingInstitution | Self::YouthCentre | Self::PracticeBase => "家",
            _ => "所",
        }
    }

    /// Whether bulletins print figures for it; the others have only a deadline.
    pub fn has_figures(self) -> bool {
        !matches!(self, Self::YouthCentre | Self::PracticeBase | Self::DutySite)
    }

    /// Whether it is broken down by city; the others belong to the province or are listed by name.
    pub fn by_city(self) -> bool {
        matches!(
            self,
            Self::SecondaryVocational | Self::BoardingSchool | Self::Kindergarten | Self::TrainingInstitution
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_read_back() {
        for category in CATEGORIES {
            assert_eq!(Category::parse(category.as_str()), Some(category));
            assert_eq!(Category::parse_zh(category.name_zh()), Some(category));
        }
        assert_eq!(Category::parse("duty_site"), Some(Category::DutySite));
        // Nobody enters one as a unit.
        assert_eq!(Category::parse_zh("值守场所"), None);
        assert_eq!(Category::parse_zh("小卖部"), None);
    }
}
