//! A printed figure: the number as it stands in the text, what it counts, and the units behind it.

use serde::{Deserialize, Serialize};

use super::text::Span;
use crate::category::Category;
use crate::figures::{Dimension, Measure, PercentFormat, Place, Ratio};
use crate::ids::RegionId;
use crate::unit::{Ownership, StudyLevel};

/// How a figure is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// A number of things: the numerator itself.
    Count,
    /// Numerator of denominator as a percentage, printed without the sign.
    Percent,
    /// A percentage whose denominator is the whole category though the numerator counts one kind of it (占全部高校, R13).
    KindShare,
    /// A percentage of a total: the numerator counts a part of what the denominator counts (占总数, R40).
    TotalShare,
    /// A change of a percentage since the compared snapshot, in percentage points without sign.
    Points,
    /// Days beyond a deadline, or left until it.
    Days,
    /// A day or a moment.
    Day,
    /// A number that people wrote: nothing behind it.
    Unproved,
}

/// Where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "from", content = "what", rename_all = "snake_case")]
pub enum Origin {
    /// Counted from the snapshot's rows.
    #[default]
    Rows,
    /// The snapshot's as-of time, or that of the compared one.
    AsOf(Which),
    /// A milestone of the plan.
    Plan,
    /// The alarm statistics of the snapshot.
    Alarms(AlarmCount),
    /// Provenance counts of the snapshot.
    Provenance(crate::unit::Provenance),
    /// The version of the register in force.
    RegisterVersion,
    /// A limit that the office set.
    Setting,
    /// The office's own words.
    Office,
}

/// Which snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The one the bulletin is written from.
    Own,
    /// The one it is compared with.
    Compared,
}

/// A number of the alarm statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmCount {
    /// First day of the period.
    From,
    /// Last day of the period.
    Until,
    /// Alarms raised.
    Raised,
    /// Alarms not handled in time.
    Late,
    /// Messages told to regions about late alarms.
    Told,
    /// Late alarms still open.
    Open,
    /// Responsible parties of those.
    Parties,
}

/// Which units of a population a count counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Those the measure's numerator counts.
    #[default]
    In,
    /// The whole population.
    All,
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
    /// How it is printed.
    pub kind: FigureKind,
    /// Where it comes from.
    #[serde(default)]
    pub origin: Origin,
    /// What is counted; none where no units are.
    pub measure: Option<Measure>,
    /// Units that this measure counts as well are left out of the numerator.
    #[serde(default)]
    pub minus: Option<Measure>,
    /// Which units of the measure's population the numerator counts.
    #[serde(default)]
    pub side: Side,
    /// Among which category; none for all, or where `categories` names several.
    pub category: Option<Category>,
    /// Among these categories where there are several; empty otherwise.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// In which city-level region; none for the province.
    pub city_id: Option<RegionId>,
    /// True for the units that belong to no city (`city_id` is none then).
    pub outside_cities: bool,
    /// Ownership of the units counted in the numerator.
    pub ownership: Option<Ownership>,
    /// Level of study of the units counted in the numerator.
    pub study_level: Option<StudyLevel>,
    /// True where only units of unknown ownership or level of study are counted.
    #[serde(default)]
    pub kind_unknown: bool,
    /// Units (alarms, days) counted.
    pub numerator: u64,
    /// Of so many; none for a count.
    pub denominator: Option<u64>,
    /// The same figure in the compared snapshot; only for changes.
    #[serde(default)]
    pub before: Option<Ratio>,
    /// How its bulletin prints percentages.
    #[serde(default)]
    pub format: PercentFormat,
    /// Where it stands in [`super::Bulletin::text`].
    pub span: Span,
}

/// Units behind a figure: those of a dimension on one side of a measure, without those that `minus` counts as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSet {
    /// What is counted.
    pub measure: Measure,
    /// Left out where this measure counts them too.
    pub minus: Option<Measure>,
    /// On which side.
    pub side: Side,
    /// Among which units.
    pub dimension: Dimension,
}

impl PrintedFigure {
    /// The disjoint sets of frozen units that the numerator counts; empty where it does not count units of one state.
    pub fn row_sets(&self) -> Vec<RowSet> {
        let (Origin::Rows, Some(measure)) = (self.origin, self.measure) else {
            return Vec::new();
        };
        let base = self.dimension();
        let set = |dimension| RowSet { measure, minus: self.minus, side: self.side, dimension };
        if self.categories.is_empty() {
            return vec![set(base)];
        }
        let of = |category: &Category| set(Dimension { category: Some(*category), ..base });
        self.categories.iter().map(of).collect()
    }

    /// Whose units the numerator counts, but for `categories`.
    pub fn dimension(&self) -> Dimension {
        let place = match self.city_id {
            Some(id) => Place::City(id),
            None if self.outside_cities => Place::OutsideCities,
            None => Place::Province,
        };
        Dimension {
            category: self.category,
            ownership: self.ownership,
            study_level: self.study_level,
            kind_unknown: self.kind_unknown,
            place,
        }
    }
}
