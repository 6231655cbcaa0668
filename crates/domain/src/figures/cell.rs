//! The cells of a snapshot and the figures read from them.

use serde::{Deserialize, Serialize};

use super::measure::Measure;
use super::ratio::Ratio;
use crate::category::Category;
use crate::ids::RegionId;
use crate::unit::{Ownership, StudyLevel, Unit};

/// Counts of the units that share category, ownership, level of study and city in one snapshot. Cells are disjoint; cells that differ
/// in nothing may occur more than once and are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Category of the units.
    pub category: Category,
    /// Public or private, where the register knows.
    pub ownership: Option<Ownership>,
    /// Level of study; universities only.
    pub study_level: Option<StudyLevel>,
    /// City-level region the units belong to; none for units run by the province itself.
    pub city_id: Option<RegionId>,
    /// Units that should connect.
    pub total: u64,
    /// Of these, connected.
    pub connected: u64,
    /// Of these, on 24-hour duty; not a part of `connected`.
    pub duty: u64,
    /// Of these, both connected and on duty.
    pub connected_on_duty: u64,
}

/// Which part of the province a figure speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Place {
    /// All of it.
    #[default]
    Province,
    /// One city-level region.
    City(RegionId),
    /// 省本级: units that belong to no city, the remainder every list of cities must own up to (R39).
    OutsideCities,
}

/// Which units a figure counts; an empty field asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Dimension {
    /// Category; none for all categories that carry figures.
    pub category: Option<Category>,
    /// Public or private.
    pub ownership: Option<Ownership>,
    /// Level of study.
    pub study_level: Option<StudyLevel>,
    /// Part of the province.
    pub place: Place,
}

/// One value with its name: measure × dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted.
    pub measure: Measure,
    /// Among which units.
    pub dimension: Dimension,
    /// The value.
    pub ratio: Ratio,
}

/// All figures of one snapshot.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    cells: &'a [Cell],
}

impl Cell {
    /// A cell of one unit, the way snapshots count: add them up to get the register's cells.
    pub fn of_unit(unit: &Unit, city_id: Option<RegionId>) -> Self {
        let (connected, duty) = (unit.connection.counts_as_connected(), unit.duty.counts_as_on_duty());
        Self {
            category: unit.category,
            ownership: unit.ownership,
            study_level: unit.study_level,
            city_id,
            total: 1,
            connected: u64::from(connected),
            duty: u64::from(duty),
            connected_on_duty: u64::from(connected && duty),
        }
    }
}

impl Dimension {
    /// All units of a category.
    pub fn of(category: Category) -> Self {
        Self { category: Some(category), ..Self::default() }
    }

    /// The same units, narrowed to a part of the province.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The same units, narrowed to one kind of university (R13).
    #[must_use]
    pub fn kind(self, ownership: Ownership, study_level: StudyLevel) -> Self {
        Self { ownership: Some(ownership), study_level: Some(study_level), ..self }
    }

    fn holds(&self, cell: &Cell) -> bool {
        // Categories that have only a deadline (R31) stay out of every sum that does not name them.
        let category = match self.category {
            Some(category) => cell.category == category,
            None => cell.category.has_figures(),
        };
        let place = match self.place {
            Place::Province => true,
            Place::City(id) => cell.city_id == Some(id),
            Place::OutsideCities => cell.city_id.is_none(),
        };
        category
            && place
            && self.ownership.is_none_or(|wanted| cell.ownership == Some(wanted))
            && self.study_level.is_none_or(|wanted| cell.study_level == Some(wanted))
    }
}

impl<'a> Figures<'a> {
    /// Figures of these cells, all of one snapshot.
    pub fn new(cells: &'a [Cell]) -> Self {
        Self { cells }
    }

    /// The value of a measure among the units of a dimension.
    pub fn ratio(&self, measure: Measure, dimension: &Dimension) -> Ratio {
        self.cells
            .iter()
            .filter(|cell| dimension.holds(cell))
            .fold(Ratio::default(), |sum, cell| sum.plus(measure.of(cell)))
    }

    /// The same with its name.
    pub fn figure(&self, measure: Measure, dimension: Dimension) -> Figure {
        Figure { measure, dimension, ratio: self.ratio(measure, &dimension) }
    }
}
