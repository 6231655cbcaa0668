//! A count and the percentage beside it against the base that the sentence names.

use crate::lint::figure::{Figure, Role};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO, denominators, percent_text, prints};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

use super::base::{
    all_of_them, base, base_behind_share, due_above, due_before, explained_behind, named_base,
};
use super::{admits, own_base, printed_base};

/// Checks every percentage that stands with a count.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        (0..model.figures.len()).filter_map(|index| pair(model, index)).collect();
    findings.extend((0..model.figures.len()).filter_map(|index| sibling(model, index)));
    findings
}

fn pair(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let percent = figure.percent()?;
    if figure.label.contains("分别") {
        return None;
    }
    if model.fact(figure)
        && figure.list.is_none()
        && let Some((part, base)) = base_behind_share(model, index)
    {
        let fits = admits(model.figures[part].span()?, model.figures[base].span()?, percent);
        return if fits { None } else { mismatch(model, index, (part, base), percent) };
    }
    let named = figure.role == Role::Share || (figure.role == Role::Plain && figure.phrase.is_rate);
    if !named || !model.fact(figure) || figure.list.is_some_and(|list| !model.lists[list].rows) {
        return None;
    }
    if own_base(model, figure) {
        return None;
    }
    if let Some((part, base)) = explained_behind(model, index) {
        let (part_span, base_span) = (model.figures[part].span()?, model.figures[base].span()?);
        let fits = admits(part_span, base_span, percent);
        return if fits { None } else { mismatch(model, index, (part, base), percent) };
    }
    let part = numerator(model, index)?;
    if let Some(base) = named_base(model, index, part) {
        return mismatch(model, index, (part, base), percent);
    }
    if printed_base(model, index, percent) {
        return None;
    }
    if let Some(base) = due_before(model, index, part).or_else(|| due_above(model, index, part)) {
        return mismatch(model, index, (part, base), percent);
    }
    if !belongs(&model.figures[part], figure) {
        return None;
    }
    let named = base(model, index, part);
    if named.is_some_and(|base| shares_population(model, part, base, percent)) {
        return None;
    }
    match named.or_else(|| all_of_them(model, index, part)) {
        Some(base) => mismatch(model, index, (part, base), percent),
        None => impossible(model, index, part, percent),
    }
}

/// The count that a percentage stands with: the nearest before it in its sentence.
fn numerator(model: &Model, index: usize) -> Option<usize> {
    let figure = &model.figures[index];
    let before = (index.saturating_sub(2)..index).rev();
    let mut counts = before.filter(|i| {
        let count = &model.figures[*i];
        count.segment == figure.segment
            && count.span().is_some()
            && count.role == Role::Plain
            && count.list.is_none_or(|list| model.lists[list].rows)
    });
    counts.next()
}

/// Two shares of one sentence, 占 and nothing else: the base that gives the first must give the second.
fn sibling(model: &Model, index: usize) -> Option<Finding> {
    let figure = &model.figures[index];
    let percent = figure.percent()?;
    let bare = |f: &Figure| {
        f.role == Role::Share && f.label.trim_end_matches(['比', '为', '达']) == "占" && f.list.is_none()
    };
    if !bare(figure) || !model.fact(figure) {
        return None;
    }
    let numerator_of = |i: usize| {
        i.checked_sub(1).filter(|n| {
            model.figures[*n].plain_count().is_some() && model.figures[*n].segment == model.figures[i].segment
        })
    };
    let part = numerator_of(index)?;
    let count = model.figures[part].count()?;
    if model.figures.iter().any(|f| f.count().is_some_and(|base| prints(count, base, percent))) {
        return None;
    }
    let first = (index.saturating_sub(6)..index)
        .find(|i| model.figures[*i].sentence == figure.sentence && bare(&model.figures[*i]))?;
    let beside = numerator_of(first)?;
    let (one, value) = (model.figures[beside].count()?, model.figures[first].percent()?);
    let unit = &model.figures[part].number.unit;
    if model.figures[beside].number.unit != *unit {
        return None;
    }
    let whole = |f: &Figure| {
        f.number.unit == *unit
            && (f.phrase.whole || f.label.contains('共'))
            && f.count().is_some_and(|base| base >= count && prints(one, base, value))
    };
    let base = model.plain().find(|(i, f)| *i < beside && whole(f))?.0;
    mismatch(model, index, (part, base), percent)
}

/// 占, 占比, 比例 alone: the percentage is of whatever its count is of.
fn bare(rate: &Figure) -> bool {
    rate.phrase.rate.is_none() && rate.phrase.measure().is_empty()
}

/// True where a percentage can only be of this count.
fn belongs(count: &Figure, rate: &Figure) -> bool {
    let same = rate.phrase.rate.is_none() || rate.measure.iter().all(|id| count.measure.contains(id));
    same && !count.phrase.fresh
        && !count.phrase.due
        && !rate.phrase.fresh
        && (count.phrase.negated == rate.phrase.negated || bare(rate))
}

/// 接入5995所，接入率55.7%，落实值守4650所，比例43.2%: both rates may be of one population that is not printed.
fn shares_population(model: &Model, part: usize, base: usize, percent: Decimal) -> bool {
    let population = || {
        let rate = model.figures[model.rate_with(base)?].percent()?;
        denominators(model.figures[base].count()?, rate)
    };
    let part = model.figures[part].span();
    population().zip(part).is_some_and(|(population, part)| admits(part, population, percent))
}

fn mismatch(model: &Model, index: usize, (part, base): (usize, usize), percent: Decimal) -> Option<Finding> {
    let (a, n) = (model.figures[part].span()?, model.figures[base].span()?);
    if n.0 == 0 {
        return None;
    }
    let exact = percent_text(a.0, n.0, percent.decimals.max(1));
    let finding = model.finding(Rule::L4, Severity::Error, "rate-of-counts", index, &[part, base]);
    Some(finding.says(
        format!("{} ÷ {} = {exact} ≠ {percent}%", a.0, n.0),
        format!(
            "{}占{}应为{exact}，写的是{percent}%",
            model.figures[part].printed(),
            model.figures[base].printed()
        ),
        format!("{} of {} is {exact}, printed {percent}%", a.0, n.0),
        "核对数量和比率；比率的分母另有所指的，写明分母",
    ))
}

/// 只有9所，占乡镇初中总数的46.3%: the share can be of no other count than the one right before it.
fn only_share(model: &Model, part: usize, index: usize) -> bool {
    let (count, share) = (&model.figures[part], &model.figures[index]);
    let alike = model.figures[..index].iter().rev().take_while(|f| f.sentence == share.sentence);
    share.role == Role::Share
        && part + 1 == index
        && share.label.contains("总数")
        && alike.filter(|f| f.number.unit == count.number.unit).count() == 1
}

/// No whole denominator at all prints as this percentage.
fn impossible(model: &Model, index: usize, part: usize, percent: Decimal) -> Option<Finding> {
    let count = model.figures[part].count()?;
    let figure = &model.figures[index];
    let beside = model.rate_with(part) == Some(index) || only_share(model, part, index);
    if !beside
        || percent.decimals == 0
        || percent.micro > 100 * MICRO
        || count == 0
        || denominators(count, percent).is_some()
        || !matches!(figure.role, Role::Plain | Role::Share)
    {
        return None;
    }
    let finding = model.finding(Rule::L4, Severity::Error, "no-denominator", index, &[part]);
    Some(finding.says(
        format!("不存在整数N，使{count}÷N四舍五入为{percent}%"),
        format!("{}和{percent}%不能同时成立：没有任何整数分母", model.figures[part].printed()),
        format!("{count} is {percent}% of no whole number"),
        "核对数量和比率",
    ))
}
