//! L11 for differences: 最高与最低相差20.8个百分点, A市比B市高3.4个百分点 agree with the list they speak of.

use crate::lint::figure::{Figure, Role};
use crate::lint::list::List;
use crate::lint::model::Model;
use crate::lint::number::Decimal;
use crate::lint::phrase::Phrase;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Kind;

use super::spoken::{value, without_brackets};

/// Words between two places and how far they are apart.
const APART: [&str; 5] = ["相差", "差距", "高出", "低了", "相距"];
/// Words for the two ends of a list.
const ENDS: [&str; 5] = ["首尾", "最高与最低", "最高和最低", "最高、最低", "最大与最小"];
/// Fewest entries of a list whose ends are spoken of.
const ENTRIES_MIN: usize = 3;

/// Checks every difference in percentage points between two regions or the two ends of a list.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    (0..model.figures.len()).filter_map(|index| one(model, index)).collect()
}

fn one(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let Kind::Points(points) = figure.number.kind else { return None };
    let compares = figure.label.contains('比') && figure.label.ends_with(['高', '低']);
    let apart = compares || APART.iter().any(|word| figure.label.contains(word));
    if figure.role != Role::Change || !model.fact(figure) {
        return None;
    }
    if figure.label.contains("平均") && !figure.label.contains("全国") {
        return from_mean(model, index, points);
    }
    if !apart {
        return None;
    }
    let sentence = without_brackets(&model.sentence_before(figure));
    let phrase = Phrase::read(&sentence, &model.lexicon, &model.regions);
    let own = Phrase::read(&figure.label, &model.lexicon, &model.regions);
    let mut regions = if own.regions.len() == 2 { own.regions.clone() } else { phrase.regions.clone() };
    regions.sort_unstable();
    regions.dedup();
    let ends = ENDS.iter().any(|word| sentence.contains(word))
        || (sentence.contains("最高") && sentence.contains("最低"));
    // 最高的是高中，初中较小学高出33.5个百分点: two others are compared, not the ends.
    let two_others = figure.label.contains(['较', '比']) && !figure.label.contains('最');
    if regions.len() != 2 && !(ends && own.regions.is_empty() && !two_others) {
        return None;
    }
    let measure = phrase.rate.map_or_else(|| phrase.measure().to_vec(), |rate| vec![rate]);
    let lists = model.fact_lists().filter(|list| {
        list.regional()
            && list.percent
            && !list.share
            && !list.partial
            && list.items.len() >= ENTRIES_MIN
            && (measure.is_empty() || list.measure == measure)
    });
    let spread = |list: &List| -> Option<i64> {
        let values: Vec<i64> = match regions.as_slice() {
            [a, b] => vec![value(model, list.of(*a)?)?, value(model, list.of(*b)?)?],
            _ => list.items.iter().map(|item| value(model, item.figure)).collect::<Option<_>>()?,
        };
        Some(values.iter().max()? - values.iter().min()?)
    };
    let spreads: Vec<i64> = lists.filter_map(spread).collect();
    let slack = 2 * points.half_micro();
    if spreads.is_empty() || spreads.iter().any(|spread| (spread - points.micro).abs() <= slack) {
        return None;
    }
    let right = Decimal { micro: spreads[0], decimals: points.decimals };
    let finding = model.finding(Rule::L11, Severity::Error, "difference", index, &[]);
    Some(finding.says(
        format!("最大 − 最小 = {right} ≠ {points}"),
        format!("相差应为{right}个百分点，写的是{points}个百分点"),
        format!("the difference is {right} points, printed {points}"),
        "按列表重新计算差距",
    ))
}

/// 商河市低于全省平均水平2.3个百分点: the region's rate and the rate of the whole, in any list that has the region.
fn from_mean(model: &Model, index: usize, points: Decimal) -> Option<Finding> {
    let figure = &model.figures[index];
    let sentence = without_brackets(&model.sentence_before(figure));
    let read = |text: &str| Phrase::read(text, &model.lexicon, &model.regions);
    let phrase = read(&sentence);
    // The last clause that names a region, and only one.
    let mut clauses = sentence.rsplit(['，', '；']).map(|clause| read(clause).regions);
    let regions = clauses.find(|regions| !regions.is_empty())?;
    let [first] = regions.as_slice() else { return None };
    let measure = phrase.rate.map_or_else(|| phrase.measure().to_vec(), |rate| vec![rate]);
    let mut gaps = Vec::new();
    for list in model.fact_lists().filter(|list| {
        list.percent
            && list.regional()
            && !list.share
            && !list.measure.is_empty()
            && (measure.is_empty() || list.measure == measure)
    }) {
        let Some(own) = list.of(*first).and_then(|figure| value(model, figure)) else { continue };
        let wholes = model.figures.iter().filter(|f| {
            f.percent().is_some()
                && f.region.is_none()
                && matches!(f.role, Role::Plain)
                && f.measure == list.measure
                && f.phrase.negated == list.negated
        });
        gaps.extend(wholes.filter_map(Figure::percent).map(|whole| (whole.micro - own).abs()));
    }
    let slack = 2 * points.half_micro();
    if gaps.is_empty() || gaps.iter().any(|gap| (gap - points.micro).abs() <= slack) {
        return None;
    }
    let right = Decimal { micro: gaps[0], decimals: points.decimals };
    let finding = model.finding(Rule::L11, Severity::Error, "difference-from-mean", index, &[]);
    Some(finding.says(
        format!("与总率相差{right} ≠ {points}"),
        format!("与平均水平相差应为{right}个百分点，写的是{points}个百分点"),
        format!("the difference from the rate of the whole is {right} points, printed {points}"),
        "按列表和总率重新计算差距",
    ))
}
