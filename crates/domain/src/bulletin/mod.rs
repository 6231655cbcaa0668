//! The bulletin (通报): official text written from the figures of one snapshot, every printed number kept beside it.
//!
//! Sentences are templates with slots, so the text is regenerated and never typed (R72); a number that stands in the text is also a
//! [`PrintedFigure`] with its numerator, denominator and place in the text (R45), and [`recompute`] proves it anew. Problems are named
//! only where the figures show them; praise, blame and demands are the office's own words ([`Settings`]). Its life from draft to
//! publication is [`life`]. Not here: files and signatures.

pub mod annex;
mod charts;
mod closing;
mod draft;
pub mod edition;
mod extremes;
mod facts;
mod figure;
pub mod life;
mod material;
mod note;
mod number;
mod recompute;
mod section_one;
mod section_two;
mod settings;
mod text;

use thiserror::Error;

pub use charts::charts;
pub use figure::{AlarmCount, FigureKind, Origin, PrintedFigure, RowSet, Side, Which};
pub use material::{AlarmStatistics, Compared, LateParty, Material, NameList, ProvenanceCounts};
pub use number::{NumberPattern, PATTERN_CHARS_MAX, PatternError};
pub use recompute::{Sources, Unproved, recompute, unproved};
pub use settings::{Addition, AdditionPlace, FieldError, Settings, Superlatives, Threshold};
pub use text::{Bulletin, Paragraph, ParagraphKind, Span};

use self::annex::AnnexKind;
use self::draft::Draft;
use self::facts::Facts;
use crate::category::Category;
use crate::figures::Measure;
use crate::ids::RegionId;

/// Why a bulletin cannot be written: parts of the material cannot belong to one snapshot, or settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BulletinError {
    /// A list of names does not have as many names as units count.
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
    /// An annex does not have as many rows as the text counts units or alarms.
    #[error("the text counts {units} for the annex {}, but it has {rows} rows", .annex.as_str())]
    AnnexRows {
        /// The annex.
        annex: AnnexKind,
        /// What the figure says.
        units: u64,
        /// What the annex has.
        rows: u64,
    },
    /// More units have a provenance than count.
    #[error("{units} units count by {}, but {counted} have a provenance", .measure.as_str())]
    ProvenanceCount {
        /// The measure.
        measure: Measure,
        /// What the figure says.
        units: u64,
        /// Sum of the provenance counts.
        counted: u64,
    },
    /// Units are counted in a city that the tree does not have: lists of cities would not add up.
    #[error("{units} units are counted in the city {city_id}, which is not in the region tree")]
    UnknownCity {
        /// The city.
        city_id: RegionId,
        /// Units of the first such cell.
        units: u64,
    },
    /// The compared snapshot is not an earlier one.
    #[error("the snapshot to compare with does not lie before the bulletin's own")]
    ComparedNotBefore,
    /// The period of the alarms is empty or ends after the as-of time (R47), or their counts exclude each other.
    #[error("alarm statistics: {0}")]
    Alarms(&'static str),
    /// Settings that cannot be used; [`Settings::check`] has all of them.
    #[error("setting {}: {}", .0.field, .0.message)]
    Settings(FieldError),
}

/// The categories whose units a bulletin names; [`Material::names`] needs a list of each for each measure.
pub fn named_categories() -> [Category; 2] {
    [Category::AdvancedStudyCollege, Category::TeachingPointHost]
}

/// Writes the bulletin.
pub fn write(material: &Material<'_>, settings: &Settings) -> Result<Bulletin, BulletinError> {
    if let Some(error) = settings.check().into_iter().next() {
        return Err(BulletinError::Settings(error));
    }
    let facts = Facts::of(material, settings)?;
    let mut draft = Draft::new(settings.percent_format());
    draft.whole(ParagraphKind::Title, &settings.title);
    draft.whole(ParagraphKind::Addressees, &settings.addressees);
    section_one::write(&mut draft, &facts)?;
    section_two::write(&mut draft, &facts);
    closing::write(&mut draft, &facts);
    note::write(&mut draft, &facts);
    Ok(draft.finish(settings.title.clone()))
}
