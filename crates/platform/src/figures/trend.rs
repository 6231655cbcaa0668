//! A figure over time: one point for each day that a snapshot shows, the weekly rate of late, and what it would lead to.

use std::collections::BTreeMap;

use domain::access::Access;
use domain::beijing;
use domain::category::Category;
use domain::figures::trend::{Forecast, Point, WeeklyRate, forecast, weekly_rate};
use domain::figures::{Measure, Ratio};
use domain::ids::{RegionId, SnapshotId};
use domain::plan::Plan;
use domain::region::RegionLevel;
use domain::role::Capability;
use jiff::{SignedDuration, Timestamp};
use store::{SeriesFilter, SeriesPoint};

use crate::{Ask, Platform, PlatformError};

/// Weeks a trend reaches back at most.
pub const WEEKS_MAX: u32 = 260;
/// Weeks the rate is taken over: long enough for a holiday not to be a standstill, short enough to be the present rate.
const RATE_WEEKS: u32 = 4;

/// Which trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrendAsk {
    /// What is counted.
    pub measure: Measure,
    /// Among which category; none for all that carry figures.
    pub category: Option<Category>,
    /// In which city or county; none, or the province itself, for everywhere.
    pub region_id: Option<RegionId>,
    /// How far back from now, 1 to [`WEEKS_MAX`].
    pub weeks: u32,
}

/// A figure over time.
#[derive(Debug, Clone)]
pub struct Trend {
    /// One point for each day (Beijing time) that a snapshot shows, oldest first: the last of the day.
    pub points: Vec<(SnapshotId, Point)>,
    /// The rate over the last four weeks; none where the points do not carry one.
    pub weekly_rate: Option<WeeklyRate>,
    /// What that rate would lead to.
    pub forecast: Option<Forecast>,
}

impl Platform {
    /// A figure over the snapshots.
    pub async fn trend(&self, ask: &Ask, wanted: &TrendAsk) -> Result<Trend, PlatformError> {
        ask.access.need(Capability::SeeFigures)?;
        if !(1..=WEEKS_MAX).contains(&wanted.weeks) {
            return Err(PlatformError::field("weeks", "out_of_range", format!("1 to {WEEKS_MAX}")));
        }
        let filter = SeriesFilter {
            category: wanted.category,
            region_id: self.below_province(wanted.region_id).await?,
        };
        let span = SignedDuration::from_hours(i64::from(wanted.weeks) * 7 * 24);
        let from = ask.now.saturating_sub(span).unwrap_or(Timestamp::MIN);
        let series = self.inner.store.snapshot_series(&filter, from, ask.now).await?;
        let mut by_day = BTreeMap::new();
        for one in &series {
            by_day.insert(beijing::day_of(one.as_of), (one.snapshot_id, point(one, wanted.measure)));
        }
        let points: Vec<(SnapshotId, Point)> = by_day.into_values().collect();
        let plain: Vec<Point> = points.iter().map(|(_, point)| *point).collect();
        let weekly_rate = weekly_rate(&plain, RATE_WEEKS);
        let deadline = wanted.category.and_then(|category| Plan::jiangxi().of(category).map(|one| one.due));
        let connects = wanted.measure == Measure::Connection;
        let deadline = deadline.filter(|_| connects);
        // What becomes fewer has no day on which it is complete.
        let grows = matches!(wanted.measure, Measure::Connection | Measure::Duty);
        let forecast = weekly_rate.as_ref().filter(|_| grows).map(|rate| forecast(rate, deadline));
        Ok(Trend { points, weekly_rate, forecast })
    }

    /// The province holds every unit, so it is no narrowing. An unknown region is NotFound.
    async fn below_province(&self, region_id: Option<RegionId>) -> Result<Option<RegionId>, PlatformError> {
        let Some(id) = region_id else { return Ok(None) };
        let region = self.inner.store.region(&Access::PLATFORM, id).await?;
        Ok(Some(id).filter(|_| region.level != RegionLevel::Province))
    }
}

fn point(one: &SeriesPoint, measure: Measure) -> Point {
    let ratio = one.cells.iter().fold(Ratio::default(), |sum, cell| sum.plus(measure.of(cell.counts())));
    Point { as_of: one.as_of, ratio }
}
