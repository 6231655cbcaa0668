//! L2 for changes: 提高2.3个百分点, 同比下降15.6% are the difference of the two levels printed beside them.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::model::Model;
use crate::lint::number::{Decimal, MICRO, percent_text, prints};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Kind;

/// How far from a change its levels may stand, in figures.
const REACH: usize = 4;

/// Words of another time than now.
const TIMES: [&str; 10] =
    ["季度", "去年", "上年", "上月", "月底", "月末", "年底", "月份", "上半年", "上学期"];

/// Checks every change whose two levels are printed in its sentence.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let changes = model.figures.iter().enumerate().filter(|(_, f)| f.role == Role::Change && model.fact(f));
    changes
        .filter_map(|(index, figure)| {
            points(model, index, figure)
                .or_else(|| points_from_afar(model, index, figure))
                .or_else(|| growth(model, index, figure))
                .or_else(|| count_difference(model, index, figure))
        })
        .collect()
}

fn near<'m>(
    model: &'m Model,
    index: usize,
    role: Role,
    test: impl Fn(&Figure) -> bool + 'm,
) -> Option<usize> {
    let sentence = model.figures[index].sentence;
    let fits = move |i: &usize| {
        model.figures[*i].role == role && model.figures[*i].sentence == sentence && test(&model.figures[*i])
    };
    let before = (index.saturating_sub(REACH)..index).rev().find(|i| fits(i));
    before.or_else(|| (index + 1..model.figures.len().min(index + REACH)).find(|i| fits(i)))
}

fn points(model: &Model, index: usize, figure: &Figure) -> Option<Finding> {
    let Kind::Points(change) = figure.number.kind else { return None };
    if figure.label.contains("相差") || figure.label.contains("高出") {
        return None;
    }
    let earlier = near(model, index, Role::Earlier, |f| f.percent().is_some())?;
    let current =
        near(model, index, Role::Plain, |f| f.percent().is_some() && f.number.start < figure.number.start)?;
    let (before, now) = (model.figures[earlier].percent()?, model.figures[current].percent()?);
    let difference = now.minus(before);
    let falls = ["下降", "降低", "减少", "回落"].iter().any(|word| figure.label.contains(word));
    let expected = Decimal { micro: if falls { -difference.micro } else { difference.micro }, ..difference };
    let unit = 2 * before.half_micro().max(now.half_micro()).max(change.half_micro());
    if (expected.micro - change.micro).abs() <= unit {
        return None;
    }
    let finding = model.finding(Rule::L2, Severity::Error, "change", index, &[current, earlier]);
    Some(finding.says(
        format!("{now} − {before} = {difference} ≠ {}{change}", if falls { "−" } else { "" }),
        format!(
            "由{before}%到{now}%，变化应为{}个百分点，写的是{change}个百分点",
            Decimal { micro: difference.micro.abs(), ..difference }
        ),
        format!("from {before}% to {now}% is {difference} points, printed {change}"),
        "按两期数值重新计算变化幅度",
    ))
}

/// 二季度末安装率为71.2%，三季度提高了13.3个百分点: the level of now stands elsewhere, in the only rate of the whole that is another.
fn points_from_afar(model: &Model, index: usize, figure: &Figure) -> Option<Finding> {
    let Kind::Points(change) = figure.number.kind else { return None };
    let told = ["提高", "上升", "提升", "增加", "下降", "降低", "减少", "回落"]
        .iter()
        .any(|word| figure.label.trim_end_matches('了').ends_with(word));
    let in_sentence: Vec<usize> = (index.saturating_sub(REACH)..index)
        .filter(|i| model.figures[*i].sentence == figure.sentence && model.figures[*i].percent().is_some())
        .collect();
    let [level] = in_sentence.as_slice() else { return None };
    let one = &model.figures[*level];
    // 与上月的82.4%相比: the level has no words of its own, the rate right before it is meant.
    let measure = if one.measure.is_empty() { &rate_before(model, *level)?.measure } else { &one.measure };
    let compares = figure.label.contains(['比', '较']);
    let dated =
        TIMES.iter().any(|word| one.label.contains(word) || model.sentence_before(one).contains(word));
    if !told || !dated || compares || measure.is_empty() || one.region.is_some() || figure.region.is_some() {
        return None;
    }
    let (printed, unit) = (one.percent()?, 2 * change.half_micro());
    let others: Vec<usize> = model
        .plain()
        .filter(|(i, f)| {
            *i != *level
                && f.percent().is_some_and(|value| value.micro != printed.micro)
                && f.phrase.is_rate
                && f.measure == *measure
                && f.phrase.negated == one.phrase.negated
        })
        .map(|(i, _)| i)
        .collect();
    let difference =
        |i: usize| model.figures[i].percent().map_or(0, |value| (value.micro - printed.micro).abs());
    let same =
        others.windows(2).all(|pair| model.figures[pair[0]].percent() == model.figures[pair[1]].percent());
    let now = *others.first()?;
    if !same || (difference(now) - change.micro).abs() <= unit {
        return None;
    }
    let right = Decimal { micro: difference(now), decimals: change.decimals };
    let finding = model.finding(Rule::L2, Severity::Error, "change", index, &[now, *level]);
    Some(finding.says(
        format!("{} 与 {} 相差{right} ≠ {change}", model.figures[now].printed(), one.printed()),
        format!("两期相差{right}个百分点，写的是{change}个百分点"),
        format!("the two levels are {right} points apart, printed {change}"),
        "按两期数值重新计算变化幅度",
    ))
}

/// The rate of the whole in the sentence before.
fn rate_before<'m>(model: &'m Model, level: usize) -> Option<&'m Figure> {
    let before = &model.figures[level.checked_sub(1)?];
    let figure = &model.figures[level];
    let near = before.paragraph == figure.paragraph && before.sentence + 1 == figure.sentence;
    (near && before.role == Role::Plain && before.phrase.is_rate && before.region.is_none()).then_some(before)
}

/// 412起，同比下降15.6%（去年同期488起）.
fn growth(model: &Model, index: usize, figure: &Figure) -> Option<Finding> {
    let Kind::Percent(percent) = figure.number.kind else { return None };
    if let Some(finding) = printed_difference(model, index, percent) {
        return Some(finding);
    }
    let current = (index.saturating_sub(REACH)..index).rev().find(|i| {
        model.figures[*i].plain_count().is_some() && model.figures[*i].sentence == figure.sentence
    })?;
    let unit = model.figures[current].number.unit.clone();
    let earlier =
        near(model, index, Role::Earlier, move |f| f.count().is_some() && same_unit(&f.number.unit, &unit))?;
    let (now, before) = (model.figures[current].count()?, model.figures[earlier].count()?);
    let exact = i128::from(now.abs_diff(before)) * 100 * i128::from(MICRO);
    let printed = i128::from(percent.micro) * i128::from(before);
    let falls = ["下降", "降低", "减少", "回落"].iter().any(|word| figure.label.contains(word));
    let rises = ["增长", "上升", "提高", "增加"].iter().any(|word| figure.label.contains(word));
    let wrong_way = (falls && now > before) || (rises && now < before);
    if before == 0
        || model.figures[current].list.is_some()
        || (!wrong_way && (exact - printed).abs() <= i128::from(percent.half_micro()) * i128::from(before))
    {
        return None;
    }
    let finding = model.finding(Rule::L2, Severity::Error, "growth", index, &[current, earlier]);
    Some(finding.says(
        format!(
            "|{now} − {before}| ÷ {before} = {} ≠ {percent}%",
            percent_text(now.abs_diff(before), before, percent.decimals.max(1))
        ),
        format!(
            "由{before}到{now}，变化幅度应为{}，写的是{percent}%",
            percent_text(now.abs_diff(before), before, percent.decimals.max(1))
        ),
        format!("from {before} to {now} is not a change of {percent}%"),
        "按两期数值重新计算变化幅度和方向",
    ))
}

/// 845起，较去年同期的910起减少65起: a difference of counts.
fn count_difference(model: &Model, index: usize, figure: &Figure) -> Option<Finding> {
    let change = figure.count()?;
    let unit = figure.number.unit.clone();
    let earlier = near(model, index, Role::Earlier, move |f| f.count().is_some() && f.number.unit == unit)?;
    let mut levels = (index.saturating_sub(REACH)..index).rev().filter(|i| {
        let now = &model.figures[*i];
        now.plain_count().is_some()
            && now.list.is_none()
            && !now.phrase.due
            && now.sentence == figure.sentence
            && now.number.unit == figure.number.unit
            && now.region == figure.region
    });
    let current = levels.next()?;
    let (now, before) = (model.figures[current].count()?, model.figures[earlier].count()?);
    let fits = |i: usize| model.figures[i].count().is_some_and(|now| now.abs_diff(before) == change);
    if fits(current) || levels.any(fits) {
        return None;
    }
    let finding = model.finding(Rule::L2, Severity::Error, "change", index, &[current, earlier]);
    Some(finding.says(
        format!("|{now} − {before}| = {} ≠ {change}", now.abs_diff(before)),
        format!("由{before}到{now}，变化应为{}，写的是{}", now.abs_diff(before), figure.printed()),
        format!("from {before} to {now} is {}, printed {change}", now.abs_diff(before)),
        "按两期数值重新计算变化",
    ))
}

/// 减少9条，下降30%（去年同期45条）: the difference is printed itself.
fn printed_difference(model: &Model, index: usize, percent: Decimal) -> Option<Finding> {
    let by = index.checked_sub(1)?;
    let (change, figure) = (&model.figures[by], &model.figures[index]);
    let is_earlier = |i: usize| {
        model.figures.get(i).is_some_and(|f| f.role == Role::Earlier && f.sentence == figure.sentence)
    };
    let at = [Some(index + 1), by.checked_sub(1)].into_iter().flatten().find(|i| is_earlier(*i))?;
    let earlier = &model.figures[at];
    let (difference, before) = (change.count()?, earlier.count()?);
    let fits = change.role == Role::Change
        && change.sentence == figure.sentence
        && change.number.unit == earlier.number.unit;
    if !fits || before == 0 || prints(difference, before, percent) {
        return None;
    }
    let exact = percent_text(difference, before, percent.decimals.max(1));
    let finding = model.finding(Rule::L4, Severity::Error, "change-rate", index, &[by, at]);
    Some(finding.says(
        format!("{difference} ÷ {before} = {exact} ≠ {percent}%"),
        format!("变化{}，占上期{}的{exact}，写的是{percent}%", change.printed(), earlier.printed()),
        format!("a change of {difference} on {before} is {exact}, printed {percent}%"),
        "按两期数值重新计算变化幅度",
    ))
}
