//! Charts for people who look rather than read: rates by city, and how they moved.

use super::edition::{Chart, ChartKind, Series};
use super::extremes;
use crate::beijing;
use crate::figures::trend::Point;
use crate::figures::{Dimension, Figures, Measure, Table};
use crate::region::Region;

/// Points that a line can show on paper; of more, the newest.
pub const TREND_POINTS_MAX: usize = 60;

/// One bar chart for each category that is broken down by city, best connected first; then one line chart of the measures of `trends`,
/// where at least two points have the same moments in every series.
pub fn charts(figures: &Figures, regions: &[Region], trends: &[(Measure, Vec<Point>)]) -> Vec<Chart> {
    let table = Table::of(figures, regions, Measure::Connection);
    let rows = table.rows.iter().filter(|row| row.category.by_city() && !row.total.is_empty());
    let bars = rows.map(|row| {
        let entries = extremes::entries(row);
        let rates = |measure: Measure| {
            let at = |entry: &extremes::Entry<'_>| {
                figures.ratio(measure, &Dimension::of(row.category).at(entry.place))
            };
            Series { name: measure.name_zh().to_owned(), rates: entries.iter().map(at).collect() }
        };
        Chart {
            title: format!("各设区市{}接入率和值班率", row.category.name_zh()),
            kind: ChartKind::Bars,
            labels: entries.iter().map(|entry| entry.name.to_owned()).collect(),
            series: Measure::SECTION_ONE.map(rates).into(),
        }
    });
    bars.chain(trend(trends)).collect()
}

fn trend(trends: &[(Measure, Vec<Point>)]) -> Option<Chart> {
    let moments: Vec<_> = trends.first()?.1.iter().map(|point| point.as_of).collect();
    let same = |(_, points): &(Measure, Vec<Point>)| {
        points.iter().map(|point| point.as_of).eq(moments.iter().copied())
    };
    if moments.len() < 2 || !trends.iter().all(same) {
        return None;
    }
    let from = moments.len().saturating_sub(TREND_POINTS_MAX);
    let series = |(measure, points): &(Measure, Vec<Point>)| Series {
        name: measure.name_zh().to_owned(),
        rates: points[from..].iter().map(|point| point.ratio).collect(),
    };
    Some(Chart {
        title: "全省变化趋势".to_owned(),
        kind: ChartKind::Trend,
        labels: moments[from..].iter().map(|moment| beijing::full_day(beijing::day_of(*moment))).collect(),
        series: trends.iter().map(series).collect(),
    })
}
