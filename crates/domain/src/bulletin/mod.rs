//! The bulletin (通报): official text written from the figures of one snapshot, every printed number kept beside it.
//!
//! Sentences are templates with slots, so the text is regenerated and never typed (R72); a number that stands in the text is also a
//! [`PrintedFigure`] with its numerator, denominator and place in the text (R45). Written here: title, addressees, lead, section 一
//! (connection and duty) and the note on the data. Not here: the sections on problems and demands, annexes, files and signatures.

mod draft;
pub mod edition;
mod note;
mod section_one;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::category::Category;
use crate::figures::{Cell, Figures, Measure};
use crate::ids::RegionId;
use crate::region::Region;
use crate::unit::{Ownership, StudyLevel};

/// What a bulletin is written from: one snapshot (R5).
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The snapshot's cells.
    pub cells: &'a [Cell],
    /// The region tree; its city-level regions give names and the order of ties.
    pub regions: &'a [Region],
    /// Names of the units that count, for the categories listed by name (see [`named_categories`]), in the order to print.
    pub names: &'a [NameList],
    /// As-of time of the snapshot.
    pub as_of: Timestamp,
    /// True where the register holds invented rows; the text then says so.
    pub synthetic: bool,
}

/// The units counted by one figure, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameList {
    /// Their category.
    pub category: Category,
    /// By which measure they count.
    pub measure: Measure,
    /// Their names: exactly as many as the figure says (R19).
    pub names: Vec<String>,
}

/// What an office decides about its bulletins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Title of the document.
    pub title: String,
    /// Whom it addresses (R1).
    pub addressees: String,
    /// Lists up to this length name everybody; longer ones name the first few and point to an annex (R20).
    pub names_all_max: usize,
    /// Names shown of a longer list of connected units.
    pub names_shown_connection: usize,
    /// Names shown of a longer list of units on duty.
    pub names_shown_duty: usize,
    /// The annex that holds the whole list.
    pub names_annex: u32,
}

impl Default for Settings {
    /// The wording and lengths of the Jiangxi notice.
    fn default() -> Self {
        Self {
            title: "关于全省教育系统智慧消防（视频监控）建设和值班值守情况的通报".to_owned(),
            addressees: "各设区市教育局，赣江新区社会发展局，各高校、民办非学历高等教育机构（专修学院）："
                .to_owned(),
            names_all_max: 10,
            names_shown_connection: 7,
            names_shown_duty: 9,
            names_annex: 3,
        }
    }
}

/// A written bulletin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bulletin {
    /// Title.
    pub title: String,
    /// Every paragraph, the title first.
    pub paragraphs: Vec<Paragraph>,
    /// The paragraphs with a line break (`\n`) after each.
    pub text: String,
    /// Every printed number in the order of the text.
    pub figures: Vec<PrintedFigure>,
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its part in the layout.
    pub kind: ParagraphKind,
    /// Its text.
    pub text: String,
}

/// The parts a layout tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// 标题
    Title,
    /// 主送机关
    Addressees,
    /// A heading 一、
    Heading,
    /// A heading （一）
    Subheading,
    /// Text.
    Body,
    /// 数据说明, outside the official text.
    Note,
}

/// How a figure is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// A number of units: the numerator itself.
    Count,
    /// Numerator of denominator as a percentage, printed without the sign.
    Percent,
}

/// A number that stands in the text, with everything needed to find its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedFigure {
    /// `F001`, `F002`, … in the order of the text.
    pub id: String,
    /// Name of the figure in Chinese.
    pub label: String,
    /// As printed; equal to the text at `span`.
    pub text: String,
    /// Count or percentage.
    pub kind: FigureKind,
    /// What is counted.
    pub measure: Measure,
    /// Among which category; none for all.
    pub category: Option<Category>,
    /// In which city-level region; none for the province.
    pub city_id: Option<RegionId>,
    /// True for the units that belong to no city (`city_id` is none then).
    pub outside_cities: bool,
    /// Ownership of the units counted in the numerator.
    pub ownership: Option<Ownership>,
    /// Level of study of the units counted in the numerator.
    pub study_level: Option<StudyLevel>,
    /// Units counted.
    pub numerator: u64,
    /// Of so many; none for a count.
    pub denominator: Option<u64>,
    /// Where it stands in [`Bulletin::text`].
    pub span: Span,
}

/// A stretch of text in bytes of UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub offset: usize,
    /// Bytes.
    pub len: usize,
}

/// Why a bulletin cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BulletinError {
    /// A list of names does not have as many names as units count; the two cannot come from one snapshot.
    #[error("{} units count in {} by {}, but {names} names are given", .units, .category.as_str(), .measure.as_str())]
    NameCount {
        /// The category.
        category: Category,
        /// The measure.
        measure: Measure,
        /// What the figure says.
        units: u64,
        /// What the list has.
        names: usize,
    },
}

/// The categories whose units a bulletin names; [`Material::names`] needs a list of each for each measure.
pub fn named_categories() -> [Category; 2] {
    [Category::AdvancedStudyCollege, Category::TeachingPointHost]
}

/// Writes the bulletin.
pub fn write(material: &Material<'_>, settings: &Settings) -> Result<Bulletin, BulletinError> {
    let figures = Figures::new(material.cells);
    let mut draft = draft::Draft::default();
    draft.whole(ParagraphKind::Title, &settings.title);
    draft.whole(ParagraphKind::Addressees, &settings.addressees);
    section_one::lead(&mut draft, &figures);
    draft.whole(ParagraphKind::Heading, "一、建设进度情况");
    for (measure, heading) in
        [(Measure::Connection, "（一）平台接入情况"), (Measure::Duty, "（二）24小时值班值守情况")]
    {
        draft.whole(ParagraphKind::Subheading, heading);
        section_one::paragraphs(&mut draft, &figures, material, settings, measure)?;
    }
    note::write(&mut draft, &figures, material);
    Ok(draft.finish(settings.title.clone()))
}
