//! What an office decides about its bulletins: wording of the frame, lengths of lists, thresholds, precision, its own paragraphs.
//!
//! Settings are data: nothing in them is interpreted, and a number in a paragraph of the office's own is printed as a figure without
//! proof ([`super::FigureKind::Unproved`]).

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::figures::{Measure, PercentFormat};

/// Characters of a title: three lines of 22.
pub const TITLE_CHARS_MAX: usize = 66;
/// Characters of a line of the frame: addressees, copies, names of offices.
pub const LINE_CHARS_MAX: usize = 600;
/// Characters of one paragraph of the office's own.
pub const PARAGRAPH_CHARS_MAX: usize = 2000;
/// Paragraphs of the office's own, additions and demands each.
pub const PARAGRAPHS_MAX: usize = 30;
/// Names in a sentence.
pub const NAMES_MAX: usize = 200;
/// Threshold sentences.
pub const THRESHOLDS_MAX: usize = 20;
/// Decimals of a percentage: more than two suggests a precision that counts of units do not have.
pub const DECIMALS_MAX: u8 = 2;

/// What an office decides about its bulletins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Title of the document.
    pub title: String,
    /// Whom it addresses (R1), with the colon.
    pub addressees: String,
    /// 发文机关标志, the red head.
    pub organ: String,
    /// 署名, and whoever tells regions about late alarms.
    pub issuer: String,
    /// 抄送; empty for none.
    pub copies_to: String,
    /// The office's own words within the sections.
    pub additions: Vec<Addition>,
    /// 三、工作要求: its paragraphs as the office words them; none: no such section.
    pub demands: Vec<String>,
    /// Lists up to this length name everybody; longer ones name the first few and point to an annex (R20).
    pub names_all_max: usize,
    /// Names shown of a longer list of connected units.
    pub names_shown_connection: usize,
    /// Names shown of a longer list of units on duty.
    pub names_shown_duty: usize,
    /// Categories shown by name where shares of a total are ranked; the others make the remainder (R40).
    pub categories_shown: usize,
    /// Responsible parties of alarms shown by name.
    pub parties_shown: usize,
    /// Where the text says who is last or first.
    pub superlatives: Superlatives,
    /// Where the text lists who is below a limit (R42).
    pub thresholds: Vec<Threshold>,
    /// Decimals of percentages, 0 to [`DECIMALS_MAX`] (R25).
    pub decimals: u8,
    /// True: a trailing zero of a percentage is printed (R26).
    pub keep_zeros: bool,
}

/// A paragraph of the office's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// Where it goes.
    pub place: AdditionPlace,
    /// Its words.
    pub text: String,
}

/// Where a paragraph of the office's own goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdditionPlace {
    /// Into the lead, before its last sentence.
    Lead,
    /// After 一（一） 平台接入情况.
    Connection,
    /// After 一（二） 值班值守情况.
    Duty,
    /// After 二（一） on progress.
    Progress,
    /// After 二（二） on duty.
    DutyProblems,
    /// After 二（三） on alarms.
    Alarms,
}

/// The sentences "is the lowest", "is the highest" (R36). Only what is true and complete is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Superlatives {
    /// Categories whose lowest connection rate, and rates of 0, are named; those with a deadline not yet passed are left out.
    pub connection: Vec<Category>,
    /// Categories whose lowest duty rate, and rates of 0, are named.
    pub duty: Vec<Category>,
    /// Whether the paragraphs of section 一 end with who is first.
    pub highest: bool,
}

/// "Below so many per cent".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// [`Measure::Connection`] or [`Measure::Duty`].
    pub measure: Measure,
    /// A category that is broken down by city.
    pub category: Category,
    /// Cities strictly below are listed; 1 to 100.
    pub below_percent: u8,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Which, e.g. `thresholds[0].below_percent`.
    pub field: String,
    /// `required`, `too_long`, `too_many`, `out_of_range`, `control_character` or `not_by_city`.
    pub code: &'static str,
    /// What to do, in English.
    pub message: String,
}

impl Default for Superlatives {
    fn default() -> Self {
        Self {
            connection: vec![Category::SecondaryVocational, Category::BoardingSchool, Category::Kindergarten],
            duty: vec![Category::BoardingSchool, Category::Kindergarten],
            highest: false,
        }
    }
}

impl Default for Settings {
    /// The wording and lengths of the Jiangxi notice, without anything that the notice demands.
    fn default() -> Self {
        Self {
            title: "关于全省教育系统智慧消防（视频监控）建设和值班值守情况的通报".to_owned(),
            addressees: "各设区市教育局，赣江新区社会发展局，各高校、民办非学历高等教育机构（专修学院）："
                .to_owned(),
            organ: "江西省教育厅文件".to_owned(),
            issuer: "江西省教育厅".to_owned(),
            copies_to: String::new(),
            additions: Vec::new(),
            demands: Vec::new(),
            names_all_max: 10,
            names_shown_connection: 7,
            names_shown_duty: 9,
            categories_shown: 3,
            parties_shown: 3,
            superlatives: Superlatives::default(),
            thresholds: vec![Threshold {
                measure: Measure::Duty,
                category: Category::Kindergarten,
                below_percent: 20,
            }],
            decimals: PercentFormat::default().decimals,
            keep_zeros: false,
        }
    }
}

impl Settings {
    /// How percentages are printed.
    pub fn percent_format(&self) -> PercentFormat {
        PercentFormat { decimals: self.decimals, keep_zeros: self.keep_zeros }
    }

    /// Everything that cannot be used; empty where a bulletin can be written.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Errors(Vec::new());
        errors.words("title", &self.title, TITLE_CHARS_MAX, true);
        errors.words("addressees", &self.addressees, LINE_CHARS_MAX, true);
        errors.words("organ", &self.organ, LINE_CHARS_MAX, true);
        errors.words("issuer", &self.issuer, LINE_CHARS_MAX, true);
        errors.words("copies_to", &self.copies_to, LINE_CHARS_MAX, false);
        errors.at_most("additions", self.additions.len(), PARAGRAPHS_MAX);
        for (index, addition) in self.additions.iter().enumerate() {
            errors.words(&format!("additions[{index}].text"), &addition.text, PARAGRAPH_CHARS_MAX, true);
        }
        errors.at_most("demands", self.demands.len(), PARAGRAPHS_MAX);
        for (index, demand) in self.demands.iter().enumerate() {
            errors.words(&format!("demands[{index}]"), demand, PARAGRAPH_CHARS_MAX, true);
        }
        for (field, value, least) in [
            ("names_all_max", self.names_all_max, 0),
            ("names_shown_connection", self.names_shown_connection, 1),
            ("names_shown_duty", self.names_shown_duty, 1),
            ("categories_shown", self.categories_shown, 1),
            ("parties_shown", self.parties_shown, 0),
        ] {
            errors.within(field, value, least, NAMES_MAX);
        }
        errors.within("decimals", usize::from(self.decimals), 0, usize::from(DECIMALS_MAX));
        self.check_comparisons(&mut errors);
        errors.0
    }

    fn check_comparisons(&self, errors: &mut Errors) {
        for (field, categories) in [
            ("superlatives.connection", &self.superlatives.connection),
            ("superlatives.duty", &self.superlatives.duty),
        ] {
            errors.at_most(field, categories.len(), crate::category::CATEGORIES.len());
            errors.by_city(field, categories);
        }
        errors.at_most("thresholds", self.thresholds.len(), THRESHOLDS_MAX);
        for (index, threshold) in self.thresholds.iter().enumerate() {
            let field = |name: &str| format!("thresholds[{index}].{name}");
            errors.within(&field("below_percent"), usize::from(threshold.below_percent), 1, 100);
            errors.by_city(&field("category"), &[threshold.category]);
            if !Measure::SECTION_ONE.contains(&threshold.measure) {
                errors.add(&field("measure"), "out_of_range", "connection or duty".to_owned());
            }
        }
    }
}

struct Errors(Vec<FieldError>);

impl Errors {
    fn add(&mut self, field: &str, code: &'static str, message: String) {
        self.0.push(FieldError { field: field.to_owned(), code, message });
    }

    fn words(&mut self, field: &str, words: &str, chars_max: usize, required: bool) {
        if required && words.trim().is_empty() {
            self.add(field, "required", "must not be empty".to_owned());
        }
        if words.chars().count() > chars_max {
            self.add(field, "too_long", format!("at most {chars_max} characters"));
        }
        // A line break would make two paragraphs of one, and other control characters have no place on paper.
        if words.chars().any(char::is_control) {
            self.add(field, "control_character", "no line breaks or control characters".to_owned());
        }
    }

    fn at_most(&mut self, field: &str, count: usize, max: usize) {
        if count > max {
            self.add(field, "too_many", format!("at most {max}"));
        }
    }

    fn within(&mut self, field: &str, value: usize, least: usize, most: usize) {
        if !(least..=most).contains(&value) {
            self.add(field, "out_of_range", format!("{least} to {most}"));
        }
    }

    fn by_city(&mut self, field: &str, categories: &[Category]) {
        for category in categories.iter().filter(|category| !category.by_city()) {
            self.add(field, "not_by_city", format!("{} is not broken down by city", category.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be_used() {
        assert_eq!(Settings::default().check(), []);
    }

    #[test]
    fn what_cannot_be_printed_is_named_with_its_place() {
        let threshold =
            Threshold { measure: Measure::Unattended, category: Category::University, below_percent: 0 };
        let settings = Settings {
            title: "题".repeat(TITLE_CHARS_MAX + 1),
            issuer: " ".to_owned(),
            demands: vec!["一\n二".to_owned()],
            decimals: 3,
            thresholds: vec![threshold],
            superlatives: Superlatives { duty: vec![Category::YouthCentre], ..Superlatives::default() },
            ..Settings::default()
        };
        let found: Vec<_> = settings.check().into_iter().map(|error| (error.field, error.code)).collect();
        let expected = [
            ("title", "too_long"),
            ("issuer", "required"),
            ("demands[0]", "control_character"),
            ("decimals", "out_of_range"),
            ("superlatives.duty", "not_by_city"),
            ("thresholds[0].below_percent", "out_of_range"),
            ("thresholds[0].category", "not_by_city"),
            ("thresholds[0].measure", "out_of_range"),
        ];
        assert_eq!(found, expected.map(|(field, code)| (field.to_owned(), code)));
    }
}
