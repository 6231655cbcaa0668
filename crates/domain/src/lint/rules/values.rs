//! L2: one measure of one category, region and date has one value.

use crate::lint::figure::{Figure, Role, same_unit};
use crate::lint::model::Model;
use crate::lint::phrase::members;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Date;

/// Words that say that a number is the whole population.
const WHOLE_WORDS: [&str; 8] = ["共", "现有", "总数", "全省", "全市", "全县", "全区", "在册"];
/// How many earlier statements a statement is compared with.
const COMPARED_MAX: usize = 200;

/// Compares counts with counts and rates with lists.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    let statements: Vec<usize> = model
        .plain()
        .filter(|(_, f)| f.span().is_some() && !f.phrase.fresh)
        .map(|(index, _)| index)
        .collect();
    let mut told: Vec<usize> = Vec::new();
    for (position, later) in statements.iter().enumerate() {
        for earlier in statements[..position].iter().rev().take(COMPARED_MAX).rev() {
            if told.contains(later) || told.contains(earlier) || !contradict(model, *earlier, *later) {
                continue;
            }
            told.push(*later);
            findings.push(two_values(model, *earlier, *later));
        }
    }
    findings.extend(list_values(model));
    findings
}

fn two_values(model: &Model, earlier: usize, later: usize) -> Finding {
    let (one, other) = (&model.figures[earlier], &model.figures[later]);
    let what = format!("{}{}", model.measure_name(&other.measure), other.subject);
    let finding = model.finding(Rule::L2, Severity::Error, "two-values", later, &[earlier]);
    let difference = match (one.count(), other.count()) {
        (Some(a), Some(b)) => format!("{} − {} = {}", a.max(b), a.min(b), a.abs_diff(b)),
        _ => format!("{} ≠ {}", one.printed(), other.printed()),
    };
    finding.says(
        difference,
        format!(
            "同一指标（{what}）出现两个数值：第{}行为{}，此处为{}",
            one.line,
            one.printed(),
            other.printed()
        ),
        format!(
            "the same measure has two values: {} on line {}, {} here",
            one.printed(),
            one.line,
            other.printed()
        ),
        "统一使用同一统计快照的数值；口径不同的，写明口径",
    )
}

fn contradict(model: &Model, earlier: usize, later: usize) -> bool {
    let (one, other) = (&model.figures[earlier], &model.figures[later]);
    let (Some(a), Some(b)) = (one.span(), other.span()) else { return false };
    let differ = a.1 < b.0 || b.1 < a.0;
    if !differ
        || one.sentence == other.sentence
        || one.measure != other.measure
        || one.phrase.negated != other.phrase.negated
        || one.phrase.due != other.phrase.due
    {
        return false;
    }
    if !same_unit(&one.number.unit, &other.number.unit) || !same_time(model, one, other) {
        return false;
    }
    let (mine, theirs) = (members(&one.subject), members(&other.subject));
    if one.measure.is_empty() {
        let population = |f: &Figure| {
            let words = format!("{}{}", f.label, f.post);
            f.phrase.whole
                && WHOLE_WORDS.iter().any(|word| words.contains(word))
                && !words.contains("其中")
                && !f.phrase.due
        };
        return population(one)
            && population(other)
            && one.subject == other.subject
            && one.subject.chars().count() >= 3
            && one.phrase.subject == one.subject
            && other.phrase.subject == other.subject
            && plain_tail(one)
            && plain_tail(other);
    }
    if same_base(model, earlier, later) {
        return true;
    }
    let umbrella = mine.len() >= 2 && theirs.len() >= 2 && one.phrase.whole && other.phrase.whole;
    if generic(model, one, other) && !inside(model, one) && !inside(model, other) {
        return true;
    }
    let own = |f: &Figure| f.phrase.subject == f.subject && f.subject.chars().count() >= 2 && f.phrase.whole;
    (umbrella || (one.subject == other.subject && own(one) && own(other) && model.same_topic(one, other)))
        && !inside(model, one)
        && !inside(model, other)
}

/// 特种设备 … 设备: one name ends with the other, and the text counts nothing else of this measure whose name ends so.
fn generic(model: &Model, one: &Figure, other: &Figure) -> bool {
    let (short, long) = if one.subject.len() <= other.subject.len() { (one, other) } else { (other, one) };
    if short.subject.chars().count() < 2
        || !long.subject.ends_with(&short.subject)
        || short.subject == long.subject
        || !short.phrase.whole
    {
        return false;
    }
    let stands_with_whole = |f: &Figure| {
        f.phrase.whole
            || model.figures.iter().any(|base| {
                base.sentence == f.sentence
                    && base.number.start < f.number.start
                    && base.phrase.whole
                    && base.subject == f.subject
                    && base.region.is_none()
            })
    };
    let alone = model.category_counts.iter().all(|i| {
        let f = &model.figures[*i];
        f.measure != one.measure
            || !f.subject.ends_with(&short.subject)
            || f.subject == short.subject
            || f.subject == long.subject
    });
    let dated = model.sentence_before(short).contains("截至");
    alone && dated && stands_with_whole(long)
}

/// 有47家机构存在…: what follows narrows the population.
fn plain_tail(figure: &Figure) -> bool {
    figure.post.chars().count() <= figure.subject.chars().count() + 2
}

/// 其中…, 已检查的…中: the figure is a part of something.
fn inside(model: &Model, figure: &Figure) -> bool {
    let before = model.sentence_before(figure);
    before.contains("其中") || (before.contains("中，") && !before.starts_with("在已"))
}

/// Both stand behind the same total, and measure the same: 396.5万人，已完成364.3万人 … 396.5万名…，已完成366.9万人.
fn same_base(model: &Model, earlier: usize, later: usize) -> bool {
    let base = |index: usize| {
        let figure = &model.figures[index];
        let from = index.saturating_sub(3);
        (from..index).rev().find(|i| {
            let candidate = &model.figures[*i];
            candidate.sentence == figure.sentence
                && candidate.role == Role::Plain
                && candidate.list.is_none()
                && same_unit(&candidate.number.unit, &figure.number.unit)
                && candidate.measure != figure.measure
        })
    };
    let next_to =
        |figure: &Figure, text: &str| text.contains("其中") || figure.phrase.subject.chars().count() > 6;
    let (Some(one), Some(other)) = (base(earlier), base(later)) else { return false };
    let (one, other) = (&model.figures[one], &model.figures[other]);
    let narrow = next_to(&model.figures[earlier], &model.sentence_before(&model.figures[earlier]))
        || next_to(&model.figures[later], &model.sentence_before(&model.figures[later]));
    one.span().is_some() && one.span() == other.span() && !narrow
}

/// True where neither sentence dates its figure otherwise than the other.
fn same_time(model: &Model, one: &Figure, other: &Figure) -> bool {
    let time = |f: &Figure| {
        let paragraph = &model.paragraphs[f.paragraph];
        let start = paragraph.sentence_start(f.number.start);
        let dates = &model.scans[f.paragraph].dates;
        let last = dates.partition_point(|date| date.end <= f.number.start);
        dates[..last]
            .last()
            .filter(|date| date.start >= start)
            .map(|Date { month, day, year, .. }| (*year, *month, *day))
    };
    match (time(one), time(other)) {
        (Some(a), Some(b)) => (a.1, a.2) == (b.1, b.2) && (a.0.is_none() || b.0.is_none() || a.0 == b.0),
        (None, None) => true,
        // One is dated, the other not: the same only if the text has a single as-of date.
        _ => model.dates.as_of.iter().all(|date| date.last == model.dates.as_of[0].last),
    }
}

/// A region's rate printed alone differs from its value in the list of that measure and category.
fn list_values(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, figure) in model.figures.iter().enumerate() {
        let (Some(value), Some(region)) = (figure.percent(), figure.region) else { continue };
        if figure.role != Role::Plain
            || figure.measure.is_empty()
            || !model.fact(figure)
            || !figure.phrase.is_rate
            || figure.bracketed
        {
            continue;
        }
        let own_list = figure.list;
        if own_list.is_some_and(|list| model.lists[list].items.len() > 3) {
            continue;
        }
        let lists: Vec<_> = model
            .lists
            .iter()
            .enumerate()
            .filter(|(number, list)| {
                Some(*number) != own_list
                    && list.percent
                    && !list.share
                    && list.measure == figure.measure
                    && list.negated == figure.phrase.negated
                    && list.items.len() > 3
            })
            .filter(|(_, list)| {
                list.subject == figure.subject
                    || list.subject.contains(&figure.subject)
                    || figure.subject.contains(&list.subject)
            })
            .filter_map(|(_, list)| list.of(region))
            .collect();
        let agrees = lists.iter().any(|item| {
            model.figures[*item].percent().is_some_and(|other| {
                (other.micro - value.micro).abs() <= other.half_micro().max(value.half_micro())
            })
        });
        if let ([item], false) = (lists.as_slice(), agrees) {
            let other = &model.figures[*item];
            let finding = model.finding(Rule::L2, Severity::Error, "list-value", index, &[*item]);
            findings.push(finding.says(
                format!("{} ≠ {}", figure.printed(), other.printed()),
                format!(
                    "{}的同一比率在第{}行为{}，此处为{}",
                    model.regions.name(region),
                    other.line,
                    other.printed(),
                    figure.printed()
                ),
                format!(
                    "the same rate of {} is {} on line {} and {} here",
                    model.regions.name(region),
                    other.printed(),
                    other.line,
                    figure.printed()
                ),
                "统一为同一数值",
            ));
        }
    }
    findings
}
