//! The cells of a snapshot and the figures read from them.

use std::collections::HashMap;

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
    /// Only units of which the register knows ownership or level of study not: the remainder of a list by kind.
    pub kind_unknown: bool,
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

/// The four counts of a set of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Units that should connect.
    pub total: u64,
    /// Of these, connected.
    pub connected: u64,
    /// Of these, on 24-hour duty.
    pub duty: u64,
    /// Of these, both.
    pub connected_on_duty: u64,
}

/// The cell of one county, for tables below the city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountyCell {
    /// The county; none for units that belong to the city itself.
    pub county_id: Option<RegionId>,
    /// Its units, with their city.
    pub cell: Cell,
}

/// All figures of one snapshot. The cells are gone through once; after that a figure costs a look-up (or, by kind of university, a walk
/// over the distinct cells of the province), however many units there are.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Counts by category (none: all that carry figures) and place.
    sums: HashMap<(Option<Category>, Place), Counts>,
    /// Counts by everything a dimension may ask for.
    kinds: HashMap<Kind, Counts>,
}

/// The units that share a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Kind {
    category: Category,
    ownership: Option<Ownership>,
    study_level: Option<StudyLevel>,
    city_id: Option<RegionId>,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.total += other.total;
        self.connected += other.connected;
        self.duty += other.duty;
        self.connected_on_duty += other.connected_on_duty;
    }
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

    /// Its counts without its name.
    pub fn counts(&self) -> Counts {
        Counts {
            total: self.total,
            connected: self.connected,
            duty: self.duty,
            connected_on_duty: self.connected_on_duty,
        }
    }
}

impl CountyCell {
    /// The cells of one city by county, so that [`Figures`] of them have counties where a province has cities, and the city's own
    /// units where it has the units outside cities.
    pub fn within(cells: &[Self], city_id: RegionId) -> Vec<Cell> {
        let here = cells.iter().filter(|one| one.cell.city_id == Some(city_id));
        here.map(|one| Cell { city_id: one.county_id, ..one.cell }).collect()
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

    /// Units of which the register does not know ownership or level of study (R13).
    #[must_use]
    pub fn of_unknown_kind(self) -> Self {
        Self { kind_unknown: true, ..self }
    }

    fn holds(&self, kind: &Kind) -> bool {
        // Categories that have only a deadline (R31) stay out of every sum that does not name them.
        let category = match self.category {
            Some(category) => kind.category == category,
            None => kind.category.has_figures(),
        };
        let place = match self.place {
            Place::Province => true,
            Place::City(id) => kind.city_id == Some(id),
            Place::OutsideCities => kind.city_id.is_none(),
        };
        category
            && place
            && self.ownership.is_none_or(|wanted| kind.ownership == Some(wanted))
            && self.study_level.is_none_or(|wanted| kind.study_level == Some(wanted))
            && (!self.kind_unknown || kind.ownership.is_none() || kind.study_level.is_none())
    }
}

impl Figures {
    /// Figures of these cells, all of one snapshot.
    pub fn new(cells: &[Cell]) -> Self {
        let mut kinds: HashMap<Kind, Counts> = HashMap::new();
        for cell in cells {
            let Cell { category, ownership, study_level, city_id, .. } = *cell;
            kinds.entry(Kind { category, ownership, study_level, city_id }).or_default().add(cell.counts());
        }
        let mut sums: HashMap<_, Counts> = HashMap::new();
        for (kind, counts) in &kinds {
            let all = kind.category.has_figures().then_some(None);
            for category in all.into_iter().chain([Some(kind.category)]) {
                for place in [Place::Province, kind.city_id.map_or(Place::OutsideCities, Place::City)] {
                    sums.entry((category, place)).or_default().add(*counts);
                }
            }
        }
        Self { sums, kinds }
    }

    /// The four counts among the units of a dimension.
    pub fn counts(&self, dimension: &Dimension) -> Counts {
        if dimension.ownership.is_none() && dimension.study_level.is_none() && !dimension.kind_unknown {
            return self.sums.get(&(dimension.category, dimension.place)).copied().unwrap_or_default();
        }
        let mut counts = Counts::default();
        for (_, one) in self.kinds.iter().filter(|(kind, _)| dimension.holds(kind)) {
            counts.add(*one);
        }
        counts
    }

    /// The value of a measure among the units of a dimension.
    pub fn ratio(&self, measure: Measure, dimension: &Dimension) -> Ratio {
        measure.of(self.counts(dimension))
    }

    /// The same with its name.
    pub fn figure(&self, measure: Measure, dimension: Dimension) -> Figure {
        Figure { measure, dimension, ratio: self.ratio(measure, &dimension) }
    }
}
