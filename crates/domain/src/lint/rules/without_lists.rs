//! L6 for lists of what has one thing and not another: 已接入但没有落实值守的：甲类32家、乙类14家…, each at least A − B and at most A.

use crate::lint::figure::Figure;
use crate::lint::list::{Item, List};
use crate::lint::model::Model;
use crate::lint::phrase::Phrase;
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;

/// Checks every list that says 但没有, 但未 before its entries.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in model.fact_lists().filter(|list| !list.percent && !list.share) {
        let Some((outer, inner)) = conditions(model, list) else { continue };
        findings.extend(list.items.iter().filter_map(|item| one(model, item, &outer, &inner)));
    }
    findings
}

/// What the entries have, and what they lack.
fn conditions(model: &Model, list: &List) -> Option<(Phrase, Phrase)> {
    let clause = list.intro.rsplit(['，', '；']).find(|clause| clause.contains('但'))?;
    let (has, lacks) = clause.split_once('但')?;
    let read = |text: &str| Phrase::read(text, &model.lexicon, &model.regions);
    let (outer, inner) = (read(has), read(lacks.split(['：', '，']).next()?));
    let told = !outer.negated && inner.negated && outer.measure() != inner.measure();
    (told && !outer.measure().is_empty() && !inner.measure().is_empty()).then_some((outer, inner))
}

fn one(model: &Model, item: &Item, outer: &Phrase, inner: &Phrase) -> Option<Finding> {
    let value = model.figures[item.figure].count()?;
    let unit = &model.figures[item.figure].number.unit;
    let about = |f: &Figure| match item.region {
        Some(region) => f.region == Some(region),
        None => f.region.is_none() && f.subject == item.name,
    };
    let only = |measure: &[u16]| {
        let mut found = model.figures.iter().enumerate().filter(|(index, f)| {
            *index != item.figure
                && f.plain_count().is_some()
                && model.fact(f)
                && f.measure == measure
                && f.number.unit == *unit
                && !f.phrase.negated
                && !f.phrase.due
                && !f.phrase.fresh
                && about(f)
        });
        let first = found.next()?.0;
        found.all(|(_, f)| f.count() == model.figures[first].count()).then_some(first)
    };
    let (a, b) = (only(outer.measure())?, only(inner.measure())?);
    let (all, both) = (model.figures[a].count()?, model.figures[b].count()?);
    let least = all.saturating_sub(both);
    if (least..=all).contains(&value) {
        return None;
    }
    let finding = model.finding(Rule::L6, Severity::Error, "derived-bound", item.figure, &[a, b]);
    let (has, lacks) = (model.measure_name(outer.measure()), model.measure_name(inner.measure()));
    Some(finding.says(
        if value < least {
            format!("{all} − {both} = {least} > {value}；短少{}", least - value)
        } else {
            format!("{value} > {all}")
        },
        format!("{}有{has}而没有{lacks}的不应少于{least}、不应多于{all}，写的是{value}", item.name),
        format!("with one and without the other there are {least} to {all}, printed {value}"),
        "按单位逐一求交集后重新统计",
    ))
}
