//! The synthetic count table of Jiangxi (`data/jiangxi-units.csv`): how many units, connected and on duty, per city and category.

use crate::category::Category;
use crate::unit::{Ownership, StudyLevel};

const UNITS_CSV: &str = include_str!("../../../../data/jiangxi-units.csv");

/// What the table calls units that belong to no city.
pub const OUTSIDE_CITIES: &str = "省本级";

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// Official name of the city; none for [`OUTSIDE_CITIES`].
    pub city: Option<String>,
    /// Category.
    pub category: Category,
    /// Universities only.
    pub ownership: Option<Ownership>,
    /// Universities only.
    pub study_level: Option<StudyLevel>,
    /// Units that should connect.
    pub total: u32,
    /// Of these, connected.
    pub connected: u32,
    /// Of these, on 24-hour duty; not a part of `connected`.
    pub duty: u32,
}

/// The embedded table.
///
/// # Panics
/// Never: the embedded file is part of the build and read by a test.
pub fn jiangxi_counts() -> Vec<CountRow> {
    UNITS_CSV
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| count_row(line).expect("data/jiangxi-units.csv is well formed (tested)"))
        .collect()
}

/// city, category or category-kind, total, connected, duty
fn count_row(line: &str) -> Option<CountRow> {
    let [city, label, total, connected, duty] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    let (category, kind) =
        label.split_once('-').map_or((label, None), |(category, kind)| (category, Some(kind)));
    let (ownership, study_level) = match kind {
        None => (None, None),
        Some(kind) => {
            let (ownership, study_level) = kind.split_at_checked("公办".len())?;
            let ownership = Ownership::ALL.into_iter().find(|one| one.name_zh() == ownership)?;
            let study_level = StudyLevel::ALL.into_iter().find(|one| one.name_zh() == study_level)?;
            (Some(ownership), Some(study_level))
        }
    };
    Some(CountRow {
        city: Some(city).filter(|city| *city != OUTSIDE_CITIES).map(str::to_owned),
        category: Category::parse_zh(category)?,
        ownership,
        study_level,
        total: total.parse().ok()?,
        connected: connected.parse().ok()?,
        duty: duty.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_fifty_rows_and_the_known_sums() {
        let rows = jiangxi_counts();
        let sum = |of: fn(&CountRow) -> u32| rows.iter().map(of).sum::<u32>();
        assert_eq!(rows.len(), 50);
        assert_eq!(
            (sum(|row| row.total), sum(|row| row.connected), sum(|row| row.duty)),
            (18_847, 11_907, 9_605)
        );
        assert!(rows.iter().all(|row| row.connected <= row.total && row.duty <= row.total));
        assert!(rows.iter().all(|row| row.city.is_some() == row.category.by_city()));
    }
}
