//! The building plan (里程碑): until when units of which category have to be connected, according to which document (R30 to R34).
//!
//! A milestone is a deadline in a document; whether a unit has met it is a question to the figures. A category without a milestone is
//! never late, whatever its rate.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::beijing;
use crate::category::Category;
use crate::figures::{Dimension, Figures, Measure};

const MILESTONES_CSV: &str = include_str!("../../../data/milestones.csv");

/// One deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Title of the document that sets it, without the title marks.
    pub document: String,
    /// Where in the document; none where unknown.
    pub clause: Option<String>,
    /// Whom it binds.
    pub category: Category,
    /// Last day (Beijing time).
    pub due: Date,
}

/// The milestones of a programme, at most one a category.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// In the order in which a bulletin lists them.
    pub milestones: Vec<Milestone>,
}

/// A milestone held against a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue<'a> {
    /// The milestone.
    pub milestone: &'a Milestone,
    /// Days since the last day in time; negative while there is time left.
    pub overdue_days: i64,
    /// Units of its category that should connect.
    pub units: u64,
    /// Of these, not connected.
    pub not_connected: u64,
}

impl Milestone {
    /// Days since the last day in time: 0 on that day, negative before.
    pub fn overdue_days(&self, day: Date) -> i64 {
        // Days of a civil date lie within ±4 million: always a span of days.
        day.since(self.due).map_or(0, |span| i64::from(span.get_days()))
    }
}

impl Plan {
    /// The milestones that the provincial notice quotes.
    ///
    /// # Panics
    /// Never: the embedded file is part of the build and read by a test.
    pub fn jiangxi() -> Self {
        let rows = MILESTONES_CSV.lines().skip(1).filter(|line| !line.is_empty());
        let milestones =
            rows.map(|line| milestone(line).expect("data/milestones.csv is well formed (tested)"));
        Self { milestones: milestones.collect() }
    }

    /// The milestone of a category.
    pub fn of(&self, category: Category) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.category == category)
    }

    /// Every milestone with the units that have not met it at `as_of`; those with time left are included.
    pub fn held_against(&self, figures: &Figures, as_of: Timestamp) -> Vec<Overdue<'_>> {
        let day = beijing::day_of(as_of);
        let mut held = Vec::with_capacity(self.milestones.len());
        for milestone in &self.milestones {
            let ratio = figures.ratio(Measure::NotConnected, &Dimension::of(milestone.category));
            held.push(Overdue {
                milestone,
                overdue_days: milestone.overdue_days(day),
                units: ratio.denominator,
                not_connected: ratio.numerator,
            });
        }
        held
    }
}

impl Overdue<'_> {
    /// True where the deadline has passed and units are missing.
    pub fn is_late(&self) -> bool {
        self.overdue_days > 0 && self.not_connected > 0
    }
}

/// document, clause, category, due, source
fn milestone(line: &str) -> Option<Milestone> {
    let [document, clause, category, due, _] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    Some(Milestone {
        document: document.to_owned(),
        clause: Some(clause).filter(|clause| !clause.is_empty()).map(str::to_owned),
        category: Category::parse(category)?,
        due: due.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::category::CATEGORIES;

    #[test]
    fn on_the_second_of_september_schools_are_94_days_late_and_universities_two() {
        let plan = Plan::jiangxi();
        let late: Vec<_> = CATEGORIES
            .into_iter()
            .filter_map(|category| Some((category, plan.of(category)?.overdue_days(date(2025, 9, 2)))))
            .collect();
        assert_eq!(
            late,
            [
                (Category::University, 2),
                (Category::SecondaryVocational, 2),
                (Category::BoardingSchool, 94),
                (Category::Kindergarten, 94),
                (Category::YouthCentre, 94),
                (Category::PracticeBase, 94),
            ]
        );
        let university = plan.of(Category::University).unwrap();
        assert_eq!(university.overdue_days(date(2025, 8, 31)), 0, "the last day is in time");
        assert_eq!(university.overdue_days(date(2025, 8, 1)), -30);
        assert_eq!(university.overdue_days(date(2026, 9, 2)), 367);
    }

    #[test]
    fn a_category_without_deadline_is_never_late() {
        let plan = Plan::jiangxi();
        for category in
            [Category::AdvancedStudyCollege, Category::TrainingInstitution, Category::TeachingPointHost]
        {
            assert_eq!(plan.of(category), None);
        }
        assert!(plan.milestones.iter().all(|milestone| milestone.document.starts_with("江西省教育系统")));
    }
}
