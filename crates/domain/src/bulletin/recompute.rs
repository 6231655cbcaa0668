//! Proving a printed figure: what the sources give in its place, computed anew from whole numbers.
//!
//! The text is not read here and the printed numerator is not believed; only the name of the figure (what it counts, among whom) is
//! taken from it. A draft whose figures all come out as printed holds no number from elsewhere.

use jiff::Timestamp;
use jiff::civil::Date;

use super::figure::{AlarmCount, FigureKind, Origin, PrintedFigure, Side, Which};
use super::material::{AlarmStatistics, Material, ProvenanceCounts};
use super::text::Bulletin;
use crate::beijing;
use crate::figures::{Dimension, Figures, Measure, Ratio};
use crate::plan::Plan;
use crate::unit::Provenance;

/// What figures are computed from. A source that is not at hand leaves the figures that need it unproved.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sources<'a> {
    /// The snapshot.
    pub figures: Option<&'a Figures>,
    /// The snapshot compared with.
    pub before: Option<&'a Figures>,
    /// As-of time of the snapshot.
    pub as_of: Option<Timestamp>,
    /// As-of time of the compared one.
    pub before_as_of: Option<Timestamp>,
    /// The plan.
    pub plan: Option<&'a Plan>,
    /// Alarm statistics.
    pub alarms: Option<&'a AlarmStatistics>,
    /// Provenance of the states.
    pub provenance: &'a [ProvenanceCounts],
    /// Version of the register in force.
    pub register_version: Option<u32>,
}

/// A figure that is not what the sources give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproved {
    /// Id of the figure.
    pub id: String,
    /// What the sources give; none where they give nothing.
    pub recomputed: Option<String>,
}

impl<'a> Sources<'a> {
    /// Only the snapshot's figures.
    pub fn of(figures: &'a Figures) -> Self {
        Self { figures: Some(figures), ..Self::default() }
    }

    /// Everything a bulletin was written from; `figures` and `before` are those of its snapshots.
    pub fn of_material(material: &Material<'a>, figures: &'a Figures, before: Option<&'a Figures>) -> Self {
        Self {
            figures: Some(figures),
            before,
            as_of: Some(material.as_of),
            before_as_of: material.compared.map(|compared| compared.as_of),
            plan: Some(material.plan),
            alarms: material.alarms,
            provenance: material.provenance,
            register_version: material.register_version,
        }
    }
}

/// The figures of a bulletin that its sources do not bear out, in the order of the text.
pub fn unproved(bulletin: &Bulletin, sources: &Sources<'_>) -> Vec<Unproved> {
    let check = |figure: &PrintedFigure| {
        let recomputed = recompute(figure, sources);
        let proved = recomputed.as_ref() == Some(&figure.text);
        (!proved).then(|| Unproved { id: figure.id.clone(), recomputed })
    };
    bulletin.figures.iter().filter_map(check).collect()
}

/// What should be printed in a figure's place; none where the sources do not say.
pub fn recompute(figure: &PrintedFigure, sources: &Sources<'_>) -> Option<String> {
    match figure.origin {
        Origin::Rows => from_rows(figure, sources),
        Origin::AsOf(Which::Own) => Some(moment(figure, sources.as_of?)),
        Origin::AsOf(Which::Compared) => Some(moment(figure, sources.before_as_of?)),
        Origin::Plan => from_plan(figure, sources),
        Origin::Alarms(count) => from_alarms(figure, count, sources.alarms?),
        Origin::Provenance(provenance) => {
            let counts = sources.provenance.iter().find(|counts| Some(counts.measure) == figure.measure)?;
            Some(counts.of(provenance).to_string())
        }
        Origin::RegisterVersion => Some(sources.register_version?.to_string()),
        Origin::Setting => figure.format.percent(Ratio::new(figure.numerator, figure.denominator?)),
        Origin::Office => None,
    }
}

fn from_rows(figure: &PrintedFigure, sources: &Sources<'_>) -> Option<String> {
    let figures = sources.figures?;
    let measure = figure.measure?;
    match figure.kind {
        FigureKind::Count => Some(numerator(figure, figures).to_string()),
        FigureKind::Percent => {
            let denominator = population(figure, figures, measure);
            figure.format.percent(Ratio::new(numerator(figure, figures), denominator))
        }
        FigureKind::KindShare => {
            let whole = Dimension { place: figure.dimension().place, ..Dimension::of(figure.category?) };
            let denominator = figures.ratio(measure, &whole).denominator;
            figure.format.percent(Ratio::new(numerator(figure, figures), denominator))
        }
        FigureKind::TotalShare => {
            let whole = figures.ratio(measure, &Dimension::default()).numerator;
            figure.format.percent(Ratio::new(numerator(figure, figures), whole))
        }
        FigureKind::Points => {
            let now = figures.ratio(measure, &figure.dimension());
            let before = sources.before?.ratio(measure, &figure.dimension());
            figure.format.change(now, before).map(|change| change.points)
        }
        FigureKind::Days | FigureKind::Day | FigureKind::Unproved => None,
    }
}

fn numerator(figure: &PrintedFigure, figures: &Figures) -> u64 {
    let counted = |measure: Measure, side: Side, dimension: &Dimension| {
        let ratio = figures.ratio(measure, dimension);
        if side == Side::All { ratio.denominator } else { ratio.numerator }
    };
    let count = |set: super::figure::RowSet| {
        let minus = set.minus.map_or(0, |minus| counted(minus, Side::In, &set.dimension));
        counted(set.measure, set.side, &set.dimension).saturating_sub(minus)
    };
    figure.row_sets().into_iter().map(count).sum()
}

fn population(figure: &PrintedFigure, figures: &Figures, measure: Measure) -> u64 {
    figure.row_sets().into_iter().map(|set| figures.ratio(measure, &set.dimension).denominator).sum()
}

fn from_plan(figure: &PrintedFigure, sources: &Sources<'_>) -> Option<String> {
    let category = figure.category.or(figure.categories.first().copied())?;
    let milestone = sources.plan?.of(category)?;
    match figure.kind {
        FigureKind::Day => Some(day(figure, milestone.due)),
        FigureKind::Days => {
            let days = milestone.overdue_days(beijing::day_of(sources.as_of?));
            Some(days.unsigned_abs().to_string())
        }
        _ => None,
    }
}

fn from_alarms(figure: &PrintedFigure, count: AlarmCount, alarms: &AlarmStatistics) -> Option<String> {
    let number = match count {
        AlarmCount::From => return Some(day(figure, beijing::day_of(alarms.from))),
        AlarmCount::Until => return Some(day(figure, beijing::last_day_before(alarms.until))),
        AlarmCount::Raised => alarms.raised,
        AlarmCount::Late => alarms.late,
        AlarmCount::Told => alarms.told?,
        AlarmCount::Open => alarms.open,
        AlarmCount::Parties => alarms.parties.len() as u64,
    };
    match figure.kind {
        FigureKind::Percent => figure.format.percent(Ratio::new(number, alarms.raised)),
        _ => Some(number.to_string()),
    }
}

/// In the form the figure has: with the hour, with the year, or short.
fn moment(figure: &PrintedFigure, time: Timestamp) -> String {
    if figure.text.contains(':') {
        return beijing::say_moment(time);
    }
    day(figure, beijing::day_of(time))
}

fn day(figure: &PrintedFigure, day: Date) -> String {
    if figure.text.contains('年') { beijing::full_day(day) } else { beijing::short_day(day) }
}

impl ProvenanceCounts {
    /// Units whose state has this provenance.
    pub fn of(&self, provenance: Provenance) -> u64 {
        match provenance {
            Provenance::Observed => self.observed,
            Provenance::Reported => self.reported,
            Provenance::Confirmed => self.confirmed,
        }
    }
}
