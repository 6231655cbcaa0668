//! Fingerprints of the rows behind figures: which units a numerator counts, as one hash.

use domain::access::Access;
use domain::bulletin::{PrintedFigure, RowSet, Side};
use domain::category::{CATEGORIES, Category};
use domain::figures::{Dimension, Measure, Place};
use domain::ids::SnapshotId;
use store::{FigureFilter, FrozenUnit, sha256_hex};

use crate::{Platform, PlatformError};

/// Units of one snapshot at most: ten provinces and some to spare.
const UNITS_MAX: usize = 500_000;

/// The frozen units of a snapshot in ascending order of their ids.
pub struct FrozenUnits(Vec<FrozenUnit>);

impl Platform {
    pub(super) async fn frozen_units(&self, id: SnapshotId) -> Result<FrozenUnits, PlatformError> {
        let store = &self.inner.store;
        let all = FigureFilter::all(Measure::Connection);
        let mut units = store.snapshot_unit_list(&Access::PLATFORM, id, &all, UNITS_MAX).await?;
        // Categories that have only a deadline stay out of "all" and are asked for by name.
        for category in CATEGORIES.into_iter().filter(|category: &Category| !category.has_figures()) {
            let filter = FigureFilter { category: Some(category), ..all };
            units.extend(store.snapshot_unit_list(&Access::PLATFORM, id, &filter, UNITS_MAX).await?);
        }
        units.sort_by_key(|row| row.unit.id);
        Ok(FrozenUnits(units))
    }
}

impl FrozenUnits {
    /// SHA-256 over the ids of the units in the numerator, a line feed after each; none where the figure counts no units.
    pub fn hash(&self, figure: &PrintedFigure) -> Option<String> {
        let sets = figure.row_sets();
        if sets.is_empty() {
            return None;
        }
        let mut ids = String::new();
        for row in self.0.iter().filter(|row| sets.iter().any(|set| is_in(set, row))) {
            ids.push_str(&row.unit.id.to_string());
            ids.push('\n');
        }
        Some(sha256_hex(ids.as_bytes()))
    }
}

fn is_in(set: &RowSet, row: &FrozenUnit) -> bool {
    let (connected, on_duty) = (row.unit.connection.counts_as_connected(), row.unit.duty.counts_as_on_duty());
    let (counted, population) = set.measure.counts(connected, on_duty);
    let side = match set.side {
        Side::In => counted,
        Side::All => population,
    };
    let left_out = set.minus.is_some_and(|minus| minus.counts(connected, on_duty).0);
    side && !left_out && holds(&set.dimension, row)
}

fn holds(dimension: &Dimension, row: &FrozenUnit) -> bool {
    let unit = &row.unit;
    let category =
        dimension.category.map_or(unit.category.has_figures(), |category| category == unit.category);
    let city = row.city.as_ref().map(|(id, _)| *id);
    let place = match dimension.place {
        Place::Province => true,
        Place::City(id) => city == Some(id),
        Place::OutsideCities => city.is_none(),
    };
    let kind = if dimension.kind_unknown {
        unit.ownership.is_none() || unit.study_level.is_none()
    } else {
        dimension.ownership.is_none_or(|wanted| unit.ownership == Some(wanted))
            && dimension.study_level.is_none_or(|wanted| unit.study_level == Some(wanted))
    };
    category && place && kind
}
